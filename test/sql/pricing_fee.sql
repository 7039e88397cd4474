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
