-- Counts of queries: what gateways bring is added up by zone, month and kind.
SET dos.clock = '2026-11-21T12:00:00Z';
SELECT dos.zone_create('example') AS example \gset
SELECT dos.zone_create('xn--bcher-kva.test', '{}', 'idn=true') AS idn \gset
SELECT * FROM dos.query_kinds();
SET ROLE dos_rdds;
SELECT dos.query_count_add('{}', '{}', '{}');
SELECT dos.query_count_add(ARRAY[:example, :example, 0, NULL, -7], '{whois,rdap-domain,whois,whois,whois}', '{1,20,300,4000,50000}');
SELECT dos.query_count_add(ARRAY[:example, :example, :example, :example], '{whois,whois,nonsense,das}', '{1,2,5,0}');
SELECT n.name, n.zone_id = :idn AS idn FROM dos.query_count_zones() AS n ORDER BY 1;
RESET ROLE;
SET dos.clock = '2026-12-01T00:00:00Z';
SELECT dos.query_count_add(ARRAY[:example], '{whois}', '{7}');
SELECT z.name, c.month, c.kind, c.count FROM dos.query_count AS c LEFT JOIN dos.zone AS z ON z.id = c.zone_id ORDER BY 1, 2, 3;
SELECT t.what, o.code, o.reason
FROM (VALUES
    ('an unknown kind', $$INSERT INTO dos.query_count VALUES (NULL, '2026-11-01', 'x', 1)$$),
    ('a day in the month', $$INSERT INTO dos.query_count VALUES (NULL, '2026-11-02', 'das', 1)$$),
    ('nothing', $$INSERT INTO dos.query_count VALUES (NULL, '2026-11-01', 'das', 0)$$),
    ('the same again', $$INSERT INTO dos.query_count VALUES (NULL, '2026-11-01', 'whois', 1)$$)) AS t(what, command),
     test.outcome(t.command) AS o;
DELETE FROM dos.zone WHERE name = 'example';
SELECT count(*) FROM dos.query_count WHERE zone_id IS NOT NULL;
