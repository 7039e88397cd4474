-- Named fees of update and delete: charged where a zone has them, nothing where it has none.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme') > 0 AS acme, test.registrar('poor', 2400) > 0 AS poor, test.thin_zone('shop') > 0 AS shop, test.thin_zone('calm') > 0 AS calm;
SELECT dos.fee_set('shop', 'change', '{update}', 'USD', 30) > 0 AS change, dos.fee_set('shop', 'goodbye', '{delete}', 'USD', 50) > 0 AS goodbye;
SELECT (dos.domain_create(r, n)).code FROM (VALUES ('acme', 'a.shop'), ('acme', 'a.calm'), ('poor', 'p.shop'), ('poor', 'q.shop'), ('poor', 'r.shop')) AS t (r, n);
SELECT o.code, o.reason, t.command FROM (VALUES
    ($$SELECT dos.domain_update('acme', 'a.shop', add_statuses => '{clientHold}')$$), ($$SELECT dos.domain_update('acme', 'a.calm', add_statuses => '{clientHold}')$$),
    ($$SELECT dos.domain_update('acme', 'a.shop', rem_statuses => '{clientHold}', extensions => '{"fee": {"currency": "USD", "fees": [{"amount": "0.29"}]}}')$$),
    ($$SELECT dos.domain_update('acme', 'a.shop', rem_statuses => '{clientHold}', extensions => '{"fee": {"currency": "USD", "fees": [{"amount": "0.30"}]}}')$$),
    ($$SELECT dos.domain_update('poor', 'p.shop', add_statuses => '{clientHold}')$$), ($$SELECT dos.domain_delete('poor', 'p.shop')$$),
    ($$SELECT dos.domain_delete('acme', 'a.shop')$$), ($$SELECT dos.domain_delete('acme', 'a.calm')$$)) AS t (command), test.outcome(t.command) AS o;
SELECT e.kind, e.object_name, e.amount_minor, e.pricing #>> '{lines,0,item}' AS item FROM dos.ledger_entry AS e WHERE e.object_name IS NOT NULL AND e.kind <> 'create' ORDER BY e.id;
SELECT q.item, q.amount_minor FROM unnest('{update,delete}'::text[]) AS c, dos.price_quote('b.shop', c) AS q;
SELECT * FROM dos.ledger_verify();

-- fees of what is done with a command: statuses that an update changes, locks by the registry, applications; nothing where a zone has none
SELECT test.thin_zone('busy') > 0 AS busy, dos.fee_set('busy', 'flag', '{status}', 'USD', 25) > 0 AS flag, dos.fee_set('busy', 'key', '{lock}', 'USD', 1000) > 0 AS key, dos.fee_set('busy', 'desk', '{update}', 'USD', 40) > 0 AS desk;
SELECT test.registrar('thin', 864) > 0 AS thin, (dos.domain_create('acme', 'a.busy')).code, (dos.domain_create('acme', 'b.calm')).code AS calm, (dos.domain_create('thin', 't.busy')).code AS thin_has_one;
CREATE TABLE mark AS SELECT max(id) AS id FROM dos.ledger_entry;
SELECT o.code, o.reason, (SELECT string_agg(e.kind || ' ' || e.amount_minor, ', ' ORDER BY e.id) FROM dos.ledger_entry AS e, mark AS m WHERE e.id > m.id) AS charged, t.command FROM (VALUES
    (1, $$SELECT dos.fee_set('busy', 'x', '{lock,wink}', 'USD', 1)$$), (2, $$SELECT dos.fee_set('busy', 'x', '{lock}', 'USD', -1)$$), (3, $$SELECT dos.fee_set('busy', 'x', '{lock}', 'ZZZ', 1)$$), (4, $$SELECT dos.price_set('busy', 'lock', NULL, 'USD', 1)$$),
    (5, $$SELECT dos.domain_update('acme', 'a.busy', add_statuses => '{clientHold}', extensions => '{"fee": {"currency": "USD", "fees": [{"amount": "0.64"}]}}')$$),
    (6, $$SELECT dos.domain_update('thin', 't.busy', add_statuses => '{clientHold}')$$),
    (7, $$SELECT dos.domain_status_set('t.busy', '{serverHold}', NULL, 'asked for', billed => true)$$),
    (8, $$SELECT dos.domain_status_set('b.calm', '{serverHold}', NULL, 'asked for', billed => true)$$)) AS t (n, command), test.outcome(t.command) AS o ORDER BY t.n;
DROP TABLE mark;
CREATE FUNCTION charged(command text, OUT code text, OUT reason text, OUT entries text) LANGUAGE plpgsql AS $$
DECLARE
    last bigint := (SELECT max(e.id) FROM dos.ledger_entry AS e);
BEGIN
    SELECT o.code, o.reason INTO charged.code, charged.reason FROM test.outcome(command) AS o;
    entries := (SELECT string_agg(concat_ws(' ', e.kind, e.amount_minor, CASE WHEN c.kind = 'hold' THEN 'held' END), ', ' ORDER BY e.id) FROM dos.ledger_entry AS e JOIN dos.account AS c ON c.id = e.credit_account_id WHERE e.id > last);
END $$;
SELECT t.command, c.* FROM (VALUES
    (1, $$SELECT dos.domain_update('acme', 'a.busy', add_statuses => '{clientUpdateProhibited}', extensions => '{"fee": {"currency": "USD", "fees": [{"amount": "0.65"}]}}')$$),
    (2, $$SELECT dos.domain_update('acme', 'a.busy', rem_statuses => '{clientUpdateProhibited}')$$),
    (3, $$SELECT dos.domain_update('acme', 'a.busy', chg_auth => 'Secret-2')$$),
    (4, $$SELECT dos.domain_status_set('a.busy', '{serverUpdateProhibited,serverTransferProhibited}', NULL, 'asked for', billed => true)$$),
    (5, $$SELECT dos.domain_status_set('a.busy', NULL, '{serverUpdateProhibited}', 'a court said so')$$),
    (6, $$SELECT dos.domain_update('acme', 'b.calm', add_statuses => '{clientHold}')$$)) AS t (n, command), charged(t.command) AS c ORDER BY t.n;
-- what is asked beforehand says the same
SELECT c.command, q.item, q.amount_minor FROM unnest('{update,status,lock}'::text[]) AS c (command), dos.price_quote('a.busy', c.command) AS q;
SELECT t.command, c.extension #> '{fee,commands,0}' AS answer FROM (VALUES (1, '{"name":"update"}'), (2, '{"name":"custom","custom_name":"status"}'), (3, '{"name":"custom","custom_name":"lock"}'), (4, '{"name":"custom","custom_name":"application"}')) AS t (n, command),
    dos.domain_check('acme', '{a.busy}', format('{"fee":{"commands":[%s]}}', t.command)::jsonb) AS c ORDER BY t.n;

-- an application: the fee that stays is charged at once, the one that comes back is held with the price
SELECT test.thin_zone('rush') > 0 AS rush, dos.phase_create('rush', 'landrush', 'landrush', '2026-04-01T00:00Z', '2026-05-01T00:00Z', 'mode=application', 'validation=false') > 0 AS landrush,
       dos.fee_set('rush', 'handling', '{application}', 'USD', 300) > 0 AS handling, dos.fee_set('rush', 'bond', '{application}', 'USD', 5000, refundable => true) > 0 AS bond;
SELECT q.item, q.amount_minor FROM dos.price_quote('a.rush', 'create', phase => 'landrush') AS q;
SELECT c.extension #> '{fee,commands,0}' AS answer FROM dos.domain_check('acme', '{a.rush}', '{"fee":{"commands":[{"name":"create","phase":"landrush"}]}}') AS c;
SELECT c.* FROM charged($$SELECT dos.domain_create('acme', 'a.rush', extensions => '{"launch": {"phase": "landrush"}, "fee": {"currency": "USD", "fees": [{"amount": "60.99"}]}}')$$) AS c;
SELECT c.* FROM charged($$SELECT dos.domain_create('acme', 'a.rush', extensions => '{"launch": {"phase": "landrush"}, "fee": {"currency": "USD", "fees": [{"amount": "61.00"}]}}')$$) AS c;
SELECT c.* FROM charged($$SELECT dos.domain_create('acme', 'b.rush', extensions => '{"launch": {"phase": "landrush"}}')$$) AS c;
SELECT name, amount_minor AS held FROM dos.application ORDER BY id;
SET dos.clock = '2026-05-01T00:00:00Z';
SELECT a.name, c.* FROM dos.application AS a, charged(format('SELECT dos.application_reject(%L, ''r'')', a.number)) AS c WHERE a.name = 'a.rush';
SELECT a.name, c.* FROM dos.application AS a, charged(format('SELECT dos.application_allocate(%L, ''r'')', a.number)) AS c WHERE a.name = 'b.rush';
SELECT sum(s.available_minor) - 100000000 AS acme_paid FROM dos.account_slice AS s JOIN dos.account AS a ON a.id = s.account_id JOIN dos.registrar AS r ON r.id = a.registrar_id WHERE r.clid = 'acme';
SELECT * FROM dos.ledger_verify();
SELECT * FROM dos.billing_verify();
