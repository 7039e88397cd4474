-- Fees (RFC 8748): what a check answers, what a command may be told, what it answers; refusals first.
SET dos.clock = '2026-04-03T10:20:30.123Z';
SELECT test.registrar('acme'), test.registrar('rival'),
       test.thin_zone('example') > 0 AS zone, test.thin_zone('strict', 'fee_required=always', 'fee_balance=true') > 0 AS strict,
       test.thin_zone('euro', 'currency=EUR') > 0 AS euro, test.thin_zone('still', 'transfer_years=0') > 0 AS still,
       dos.zone_create('unpriced') > 0 AS unpriced;
SELECT dos.account_open('acme', 'EUR', 5000) > 0 AS opened;
SELECT (dos.domain_create('acme', d.name, extensions => '{"fee":{"fees":[{"amount":"8"}]}}')).code FROM (VALUES ('a.example'), ('b.example'), ('a.strict'), ('a.euro'), ('a.still')) AS d (name);

-- fee checks that are refused as a whole
SELECT t.what, o.code, o.reason, o.element, o.detail
FROM (VALUES
    (1, 'one without account',       '{new.example}',          '{"currency":"JPY","commands":[{"name":"create"}]}'),
    (2, 'no currency at all',        '{new.example}',          '{"currency":"ZZZ","commands":[{"name":"create"}]}'),
    (3, 'a subphase of no phase',    '{new.example}',          '{"commands":[{"name":"create","subphase":"x"}]}'),
    (4, 'a phase of RFC 8334',       '{new.example}',          '{"commands":[{"name":"create","phase":"sunrise"}]}'),
    (5, 'no phase at all',           '{new.example}',          '{"commands":[{"name":"create","phase":"x"}]}'),
    (6, 'no such subphase',          '{new.example}',          '{"commands":[{"name":"create","phase":"open","subphase":"x"}]}'),
    (7, 'the one phase there is',    '{new.example}',          '{"commands":[{"name":"create","phase":"open"}]}')) AS t (n, what, names, fee),
    test.outcome(format('SELECT available AS code FROM dos.domain_check(''acme'', %L, jsonb_build_object(''fee'', %L::jsonb))', t.names, t.fee)) AS o ORDER BY t.n;

-- each command, alone
SELECT t.command, x.fee ->> 'avail' AS avail, x.fee ->> 'class' AS class, x.fee -> 'commands' -> 0 AS answer
FROM (VALUES
    (1, '{"name":"create"}'), (2, '{"name":"create","period":3,"unit":"y"}'), (3, '{"name":"create","period":24,"unit":"m"}'),
    (4, '{"name":"create","period":10,"unit":"y"}'), (5, '{"name":"create","period":11,"unit":"y"}'), (6, '{"name":"create","period":6,"unit":"m"}'),
    (7, '{"name":"renew","period":2,"unit":"y"}'), (8, '{"name":"transfer"}'), (9, '{"name":"transfer","period":1,"unit":"y"}'),
    (10, '{"name":"transfer","period":2,"unit":"y"}'), (11, '{"name":"restore"}'), (12, '{"name":"update"}'), (13, '{"name":"delete"}'),
    (14, '{"name":"custom","custom_name":"hide"}')) AS t (n, command),
    LATERAL (SELECT c.extension -> 'fee' AS fee FROM dos.domain_check('acme', '{a.example}', format('{"fee":{"commands":[%s]}}', t.command)::jsonb) AS c) AS x
ORDER BY t.n;
-- a transfer that adds no year, a zone without prices, names that are none, zones of two currencies, a name that is taken
SELECT c.name, c.available, c.reason, c.extension -> 'fee' AS fee
  FROM dos.domain_check('acme', '{a.still,x.unpriced,b_d.example,x.nowhere,x.example}', '{"fee":{"commands":[{"name":"transfer"}]}}') AS c;
SELECT c.name, c.extension -> 'fee' ->> 'currency' AS currency, c.extension -> 'fee' ->> 'avail' AS avail, c.extension -> 'fee' ->> 'reason' AS reason
  FROM dos.domain_check('acme', '{x.euro,x.example,a.euro}', '{"fee":{"commands":[{"name":"create"}]}}') AS c;
SELECT c.* FROM dos.domain_check('acme', '{a.example,x.example}') AS c;

-- what a command says it will pay
SELECT t.what, e.*
FROM (VALUES
    (1, 'another currency',       $$dos.domain_create('acme', 'n.example', extensions => '{"fee":{"currency":"JPY","fees":[{"amount":"8.00"}]}}')$$),
    (2, 'one without rate',       $$dos.domain_create('acme', 'n.example', extensions => '{"fee":{"currency":"EUR","fees":[{"amount":"8.00"}]}}')$$),
    (2, 'too little',             $$dos.domain_create('acme', 'n.example', extensions => '{"fee":{"currency":"USD","fees":[{"amount":"7.99"}]}}')$$),
    (3, 'too little in parts',    $$dos.domain_create('acme', 'n.example', extensions => '{"fee":{"fees":[{"amount":"5"},{"amount":"3.5"}],"credits":[{"amount":"-0.501"}]}}')$$),
    (4, 'for one year of two',    $$dos.domain_create('acme', 'n.example', 2, extensions => '{"fee":{"fees":[{"amount":"8.00"}]}}')$$),
    (5, 'nothing where it must',  $$dos.domain_create('acme', 'n.strict')$$),
    (6, 'an empty element there', $$dos.domain_create('acme', 'n.strict', extensions => '{"fee":{}}')$$),
    (7, 'renew: too little',      $$dos.domain_renew('acme', 'a.example', '2027-04-03', extensions => '{"fee":{"fees":[{"amount":"7.99"}]}}')$$),
    (8, 'renew: nothing',         $$dos.domain_renew('acme', 'a.strict', '2027-04-03')$$),
    (9, 'update: another currency', $$dos.domain_update('acme', 'a.example', add_statuses => '{clientHold}', extensions => '{"fee":{"currency":"JPY","fees":[{"amount":"0"}]}}')$$)) AS t (n, what, command),
    test.effect('SELECT ' || t.command) AS e ORDER BY t.n;

-- exactly enough, more than enough, in parts, and what the answers say
SELECT t.what, (t.answer).code, (t.answer).extension FROM (VALUES
    (1, 'exact',      dos.domain_create('acme', 'n1.example', extensions => '{"fee":{"currency":"USD","fees":[{"amount":"8.00"}]}}')),
    (2, 'more',       dos.domain_create('acme', 'n2.example', 2, extensions => '{"fee":{"fees":[{"amount":"99"}]}}')),
    (3, 'in parts',   dos.domain_create('acme', 'n3.example', extensions => '{"fee":{"fees":[{"amount":"5"},{"amount":"3.5"}],"credits":[{"amount":"-0.5"}]}}')),
    (4, 'unasked',    dos.domain_create('acme', 'n4.example', extensions => '{"fee":{}}')),
    (5, 'not wanted', dos.domain_create('acme', 'n5.example')),
    (6, 'balance',    dos.domain_create('acme', 'n6.strict', extensions => '{"fee":{"fees":[{"amount":"8"}]}}')),
    (7, 'on credit',  dos.domain_create('acme', 'n7.euro', extensions => '{"fee":{}}'))) AS t (n, what, answer) ORDER BY t.n;
SELECT sum(e.amount_minor) AS charged, count(*) FROM dos.ledger_entry AS e WHERE e.kind = 'create' AND e.object_name LIKE 'n%';
SELECT (dos.domain_renew('acme', 'a.example', '2027-04-03', 2, extensions => '{"fee":{"fees":[{"amount":"16.00"}]}}')).extension;
SELECT u.* FROM dos.domain_update('acme', 'a.example', add_statuses => '{clientHold}', extensions => '{"fee":{"currency":"USD","fees":[{"amount":"0"}]}}') AS u;

-- premium names: not available, and not created, without a fee; a class, lines and a token change what is said
SELECT dos.price_class_set('example', 'gold');
SELECT dos.premium_list_set('example', 'words') > 0 AS listed;
SELECT dos.premium_set('example', 'words', 'gold', 'gold'), dos.premium_set('example', 'words', 'gold2', 'gold');
SELECT dos.price_set('example', 'create', NULL, 'USD', 100000, class => 'gold') > 0 AS priced;
SELECT dos.token_create('example', 1, 'token=SAVE-20', 'percent=20');
SELECT c.name, c.available, c.reason FROM dos.domain_check('acme', '{gold.example,plain.example,x.strict}') AS c;
SELECT c.name, c.available, c.reason, c.extension -> 'fee' -> 'class' AS class, jsonb_path_query_array(c.extension, '$.fee.commands[*].fees[*].amount') AS fees,
       jsonb_path_query_array(c.extension, '$.fee.commands[*].credits[*]') AS credits, jsonb_path_query_array(c.extension, '$.fee.commands[*].standard') AS standard
  FROM (VALUES (1, NULL), (2, 'SAVE-20'), (3, 'NO-SUCH')) AS t (n, token),
       dos.domain_check('acme', '{gold.example,plain.example}', jsonb_strip_nulls(jsonb_build_object('token', t.token, 'fee',
           '{"commands":[{"name":"create"},{"name":"renew"},{"name":"restore"}]}'::jsonb))) AS c ORDER BY t.n;
SELECT t.extensions, o.code, o.reason, o.detail FROM (VALUES
    (1, NULL), (2, '{"fee":{}}'), (3, '{"fee":{"fees":[{"amount":"8"}]}}'), (4, '{"token":"SAVE-20"}'), (5, '{"token":"NO-SUCH","fee":{"fees":[{"amount":"1000"}]}}'),
    (6, '{"token":"SAVE-20","fee":{"fees":[{"amount":"1000"}],"credits":[{"amount":"-200.01"}]}}')) AS t (n, extensions),
    test.outcome(format('SELECT dos.domain_create(''acme'', ''gold.example'', extensions => %L)', t.extensions)) AS o ORDER BY t.n;
SELECT (dos.domain_create('acme', 'gold.example', extensions => '{"token":"SAVE-20","fee":{"fees":[{"amount":"1000"}],"credits":[{"amount":"-200"}]}}')).extension;
UPDATE dos.zone SET fee_required = 'never' WHERE name = 'example';
SELECT c.name, c.available, c.reason FROM dos.domain_check('acme', '{gold2.example}') AS c;
SELECT (dos.domain_create('acme', 'gold2.example')).code;

-- phases filter prices (RFC 8748 section 3.8)
SELECT test.thin_zone('launching') > 0 AS zone;
SELECT dos.phase_create('launching', 'sun', 'landrush', '2026-04-01T00:00Z', '2026-05-01T00:00Z') > 0 AND dos.phase_create('launching', 'friends', 'custom', '2026-04-01T00:00Z', '2026-05-01T00:00Z') > 0
   AND dos.phase_create('launching', 'ga', 'open', '2026-06-01T00:00Z') > 0 AS phases;
SELECT dos.price_set('launching', 'create', NULL, 'USD', 5000, phase => 'sun') > 0 AND dos.price_set('launching', 'create', NULL, 'USD', 2000, phase => 'friends') > 0 AS priced;
SELECT t.at, t.asked, o.code, o.reason FROM (VALUES
    (1, '2026-04-02', ''), (2, '2026-04-02', ',"phase":"open"'), (3, '2026-04-02', ',"phase":"custom","subphase":"foes"'), (4, '2026-05-10', ',"phase":"sunrise"')) AS t (n, at, asked),
    LATERAL (SELECT set_config('dos.clock', t.at || 'T00:00:00Z', false)) AS c,
    test.outcome(format('SELECT available AS code FROM dos.domain_check(''acme'', ''{x.launching}'', ''{"fee":{"commands":[{"name":"create"%s}]}}'')', t.asked)) AS o ORDER BY t.n;
CREATE FUNCTION asked_at(clock text, phase text) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('dos.clock', clock, false);
    RETURN (SELECT jsonb_path_query_array(c.extension, '$.fee.commands[*].phase') || jsonb_path_query_array(c.extension, '$.fee.commands[*].subphase')
                   || jsonb_path_query_array(c.extension, '$.fee.commands[*].fees[*].amount')
              FROM dos.domain_check('acme', '{x.launching}', format('{"fee":{"commands":[{"name":"create"%s}]}}', phase)::jsonb) AS c);
END $$;
SELECT t.at, t.asked, asked_at(t.at, t.asked) FROM (VALUES
    ('2026-04-02T00:00:00Z', ',"phase":"landrush"'), ('2026-04-02T00:00:00Z', ',"phase":"custom"'), ('2026-04-02T00:00:00Z', ',"phase":"custom","subphase":"friends"'),
    ('2026-05-10T00:00:00Z', ''), ('2026-06-02T00:00:00Z', ''), ('2026-06-02T00:00:00Z', ',"phase":"open"')) AS t (at, asked);

-- a delete gives back what runs: here the add and the renew period; later nothing
SET dos.clock = '2026-04-05T00:00:00Z';
SELECT t.name, dos.domain_delete('acme', t.name, extensions => '{"fee":{}}') FROM (VALUES ('a.example'), ('n6.strict')) AS t (name);
SET dos.clock = '2026-06-05T00:00:00Z';
SELECT d.* FROM dos.domain_delete('acme', 'b.example', extensions => '{"fee":{}}') AS d;
-- restored: the fee of both parts must be enough
SELECT t.fee, e.* FROM (VALUES (1, '39.99'), (2, '40')) AS t (n, fee),
    test.effect(format('SELECT dos.domain_restore_request(''acme'', ''b.example'', extensions => jsonb_build_object(''fee'', jsonb_build_object(''fees'', jsonb_build_array(jsonb_build_object(''amount'', %L)))))', t.fee)) AS e ORDER BY t.n;
SELECT dos.domain_delete('acme', 'n2.example') IS NOT NULL AS deleted;
SELECT r.* FROM dos.domain_restore_request('acme', 'n2.example', extensions => '{"fee":{}}') AS r;

-- a transfer: what the winner pays, what the loser gets back, what others see
SET dos.clock = '2027-04-10T00:00:00Z';
SELECT dos.job_run('domain_advance') IS NOT NULL AS advanced;
SELECT dos.domain_update('acme', 'n3.example', chg_auth => 'Secret-1!x') IS NOT NULL AS authorized;
SELECT t.fee, o.code, o.reason, o.detail FROM (VALUES ('7.99'), ('8.00')) AS t (fee),
    test.outcome(format('SELECT dos.domain_transfer_request(''rival'', ''n3.example'', ''Secret-1!x'', extensions => jsonb_build_object(''fee'', jsonb_build_object(''fees'', jsonb_build_array(jsonb_build_object(''amount'', %L)))))', t.fee)) AS o;
SELECT v.clid, q.status, q.extension FROM (VALUES ('rival'), ('acme')) AS v (clid), dos.domain_transfer_query(v.clid, 'n3.example', extensions => '{"fee":{}}') AS q;
SELECT q.status, q.extension FROM dos.domain_transfer_query('rival', 'n3.example') AS q;
SELECT (dos.domain_transfer_approve('acme', 'n3.example')).status;
SELECT q.status, q.extension FROM dos.domain_transfer_query('rival', 'n3.example', extensions => '{"fee":{}}') AS q;
SELECT dos.ledger_verify();
