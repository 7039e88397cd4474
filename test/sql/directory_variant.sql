-- Variants of a name in RDAP (RFC 9083 section 5.3), and none for names whose table has none.
SET dos.clock = '2026-11-21T12:00:00Z';
INSERT INTO dos.registrar (id, clid, name, iana_id) VALUES (1, 'alpha', 'Alpha', 9001);
SELECT test.zone('idn', 'idn=true') AS idn \gset
SELECT dos.idn_table_load('latin', E'U+002D\nU+0030..U+0039\nU+0061..U+007A\nU+00E9|U+0065:U+00E8\nU+00E8\nU+00FC\n') > 0 AS latin, dos.idn_table_load('plain', E'U+0061..U+007A\nU+00FC\n') > 0 AS plain;
SELECT dos.zone_idn_tables('idn', 'latin', 'plain');
SELECT * FROM dos.idn_variants('caé.idn');
INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, expires_at, idn_table_id)
SELECT dos.dname(x.name), :idn, 'D' || x.n || '-DOS', 1, 1, '2027-01-01Z', (SELECT id FROM dos.idn_table AS t WHERE t.name = x.idn_table)
  FROM (VALUES (1, 'caé.idn', 'latin'), (2, 'bücher.idn', 'latin'), (3, 'über.idn', 'plain'), (4, 'cae.idn', NULL)) AS x(n, name, idn_table);
SELECT d.name, jsonb_pretty(dos.rdap_domain(d.name, 'https://rdap.example/')::jsonb -> 'variants') AS variants FROM dos.domain AS d ORDER BY 1;
