-- Expiry access: a name that dropped costs a fee that falls by the hour; one that was deleted in its add grace period does not.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme') > 0 AS acme, test.thin_zone('shop', 'redemption=1 day', 'pending_delete=1 day') > 0 AS shop, test.thin_zone('calm', 'redemption=1 day', 'pending_delete=1 day') > 0 AS calm;
SELECT o.code, o.reason FROM (VALUES ($$INSERT INTO dos.expiry_access SELECT id, 'USD', 100, 101 FROM dos.zone$$), ($$INSERT INTO dos.expiry_access SELECT id, 'USD', 100, 1, 0 FROM dos.zone$$), ($$INSERT INTO dos.expiry_access SELECT id, 'USD', -1, -1 FROM dos.zone$$)) AS t (c), test.outcome(t.c) AS o;
INSERT INTO dos.expiry_access (zone_id, currency, first_minor, last_minor, tiers, tier) SELECT z.id, 'USD', 100000, 100, 10, '1 hour' FROM dos.zone AS z WHERE z.name = 'shop';
SELECT (dos.domain_create('acme', n)).code FROM unnest('{a.shop,b.shop,a.calm}'::text[]) AS n;
SELECT (dos.domain_delete('acme', 'b.shop')).code;
SET dos.clock = '2026-05-01T00:00:00Z';
SELECT (dos.domain_delete('acme', n)).code FROM unnest('{a.shop,a.calm}'::text[]) AS n;
SET dos.clock = '2026-05-03T00:00:00Z';
SELECT dos.job_run('domain_advance') AS purged, (SELECT count(*) FROM dos.domain) AS left;
SELECT to_char(t.at AT TIME ZONE 'UTC', 'HH24:MI:SS.MS') AS at, q.name, sum(p.amount_minor) AS total, string_agg(p.item || ' ' || p.amount_minor, ', ' ORDER BY p.line) AS lines
  FROM (VALUES ('2026-05-03T00:00:00Z'::timestamptz), ('2026-05-03T00:59:59.999Z'), ('2026-05-03T01:00:00Z'), ('2026-05-03T09:59:59.999Z'), ('2026-05-03T10:00:00Z')) AS t (at),
       unnest('{a.shop,b.shop,a.calm}'::text[]) AS q (name), dos.price_quote(q.name, 'create', at => t.at) AS p GROUP BY t.at, q.name ORDER BY q.name, t.at;
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.domain_create('acme', 'a.shop')$$) AS o;
SELECT (dos.domain_create('acme', 'a.shop', extensions => '{"fee": {"fees": [{"amount": "1008.00"}]}}')).code, (dos.domain_delete('acme', 'a.shop')).code;
SELECT e.kind, e.amount_minor FROM dos.ledger_entry AS e WHERE e.object_name = 'a.shop' ORDER BY e.id;
SELECT p.explanation FROM dos.price_quote('a.shop', 'create') AS p WHERE p.rule = 'expiry_access';
SELECT * FROM dos.billing_verify();
