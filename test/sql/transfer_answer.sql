-- What becomes of a transfer: approved, rejected, cancelled (RFC 5731 section 3.2.4).
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('loser'), test.registrar('winner'), test.registrar('third'),
       test.zone('example', 'registrant_required=false', 'contacts_required={}', 'transfer_lock=60 days') > 0 AS zone;
SELECT d.name, (dos.domain_create('loser', d.name, auth => 'Code-1')).code
  FROM (VALUES ('app.example'), ('rej.example'), ('can.example'), ('idle.example'), ('ten.example')) AS d (name);
SELECT (dos.host_create('loser', 'ns1.app.example', '{192.0.2.1}')).code, dos.domain_update('loser', 'app.example', add_hosts => '{ns1.app.example}');
SELECT (dos.domain_renew('loser', 'ten.example', '2027-04-03', 9)).expires_at;
SET dos.clock = '2026-07-01T00:00:00Z';
SELECT q.* FROM unnest('{app.example,rej.example,can.example,ten.example}'::text[]) AS n (name), dos.domain_transfer_request('winner', n.name, 'Code-1') AS q;
CREATE VIEW balance AS SELECT registrar, balance_minor, available_minor FROM dos.account_balance ORDER BY registrar;
SELECT * FROM balance;
SET dos.clock = '2026-07-02T00:00:00Z';

-- refusals in the order of precedence, for each answer: unknown, between others, none pends, the other side's
SELECT t.what, v.verb, o.*
FROM (VALUES
    (1, 'no registrar', 'nobody', 'app.example'), (2, 'not a name', 'loser', '-.example'), (3, 'unknown', 'loser', 'b.example'),
    (4, 'others', 'third', 'app.example'), (5, 'others, none pends', 'third', 'idle.example'), (6, 'none pends', 'loser', 'idle.example'),
    (7, 'the loser', 'loser', 'app.example'), (8, 'the winner', 'winner', 'app.example')) AS t (n, what, registrar, name),
    (VALUES (1, 'approve'), (2, 'reject'), (3, 'cancel')) AS v (n, verb),
    test.would(format('SELECT * FROM dos.domain_transfer_%s(%L, %L)', v.verb, t.registrar, t.name)) AS o
ORDER BY t.n, v.n;

-- each answer; what it leaves
SELECT t.verb, e.* FROM (VALUES
    (1, 'reject', 'loser', 'rej.example'), (2, 'cancel', 'winner', 'can.example'), (3, 'approve', 'loser', 'app.example'), (4, 'approve', 'loser', 'ten.example')) AS t (n, verb, registrar, name),
    test.effect(format('SELECT * FROM dos.domain_transfer_%s(%L, %L)', t.verb, t.registrar, t.name)) AS e ORDER BY t.n;
SELECT q.* FROM unnest('{app.example,can.example,rej.example,ten.example}'::text[]) AS n (name), dos.domain_transfer_query('loser', n.name) AS q;
SELECT i.name, i.sponsor, i.statuses, i.rgp_statuses, i.expires_at, i.transferred_at
  FROM (VALUES ('app.example', 'winner'), ('can.example', 'loser'), ('rej.example', 'loser'), ('ten.example', 'winner')) AS n (name, registrar), dos.domain_info(n.registrar, n.name) AS i;
SELECT * FROM balance;
SELECT object_name, account, registrar, amount, kind FROM dos.ledger_line WHERE kind IN ('transfer', 'release', 'refund') ORDER BY object_name, entry_id, account;
SELECT r.clid, m.object_name, m.text, m.content ->> 'status' AS status FROM dos.poll_message AS m JOIN dos.registrar AS r ON r.id = m.registrar_id
 WHERE m.event <> 'domain.transfer_requested' ORDER BY m.id;
-- the host went along; the authInfo is gone (RFC 9154), that of the domains that stayed is not
SELECT sponsor, transferred_at FROM dos.host_info('third', 'ns1.app.example');
SELECT d.name, d.auth_hash IS NULL AS cleared FROM dos.domain AS d ORDER BY d.name;
SELECT t.registrar, o.* FROM (VALUES ('loser'), ('winner')) AS t (registrar),
    test.would(format('SELECT * FROM dos.host_update(%L, ''ns1.app.example'', add_addresses => ''{192.0.2.2}'')', t.registrar)) AS o;

-- answered once is answered; another request may follow, but not where the lock of the transfer runs
SELECT t.what, o.* FROM (VALUES
    (1, 'approve again', $$SELECT * FROM dos.domain_transfer_approve('loser', 'app.example')$$),
    (2, 'approve what was rejected', $$SELECT * FROM dos.domain_transfer_approve('loser', 'rej.example')$$),
    (3, 'ask again after reject', $$SELECT * FROM dos.domain_transfer_request('winner', 'rej.example', 'Code-1')$$),
    (4, 'ask back with the old code', $$SELECT * FROM dos.domain_transfer_request('loser', 'app.example', 'Code-1')$$)) AS t (n, what, command),
    test.would(t.command) AS o ORDER BY t.n;
SELECT dos.domain_update('winner', 'app.example', chg_auth => 'Code-2');
CREATE FUNCTION would_at(instant text, command text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('dos.clock', instant, false);
    RETURN test.would(command);
END $$;
SELECT t.at, would_at(t.at, $$SELECT * FROM dos.domain_transfer_request('loser', 'app.example', 'Code-2')$$)
  FROM (VALUES ('2026-07-02T00:00:00Z'), ('2026-08-30T23:59:59.999Z'), ('2026-08-31T00:00:00Z')) AS t (at);

-- a delete in the transfer grace gives the price back and takes the year; a moment later it does not
SET dos.clock = '2026-07-06T23:59:59.999Z';
SELECT e.* FROM test.effect($$SELECT * FROM dos.domain_delete('winner', 'app.example')$$) AS e;
SET dos.clock = '2026-07-07T00:00:00Z';
SELECT e.* FROM test.effect($$SELECT * FROM dos.domain_delete('winner', 'ten.example')$$) AS e;
SELECT i.name, i.expires_at, i.rgp_statuses FROM unnest('{app.example,ten.example}'::text[]) AS n (name), dos.domain_info('winner', n.name) AS i;
SELECT object_name, account, registrar, amount, kind FROM dos.ledger_line WHERE kind IN ('refund', 'transfer') AND object_name IN ('app.example', 'ten.example') ORDER BY entry_id, account;
SELECT * FROM dos.ledger_verify();
