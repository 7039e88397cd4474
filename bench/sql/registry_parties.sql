-- Who and what the names of registry_names.sql refer to: 400 registrars with 1,000 contacts each, 10,000 pairs of name servers, a premium list.
BEGIN;
CREATE SCHEMA bench;
CREATE TABLE bench.sponsor (place int PRIMARY KEY, id int, contact bigint);
INSERT INTO bench.sponsor (place, id)
SELECT row_number() OVER (ORDER BY r.id) - 1, r.id FROM (SELECT id FROM dos.registrar WHERE state = 'ok' AND clid NOT LIKE 'bench-%' ORDER BY id LIMIT 400) AS r;
INSERT INTO dos.contact (handle, roid, registrar_id, creator_id, int_postal, email, auth_hash)
SELECT 'S' || s.id || '-' || to_char(n, 'FM0000'), 'S' || s.id || to_char(n, 'FM0000') || '-DOS', s.id, s.id,
       ('Registrant ' || n, CASE WHEN n % 3 = 0 THEN 'Example ' || n || ' Ltd' END, n || ' Main Street', NULL, NULL, 'Springfield', 'IL', '62701',
        (ARRAY['US', 'DE', 'GB', 'FR', 'NL', 'BR', 'IN', 'JP'])[n % 8 + 1])::dos.postal,
       'c' || n || '@s' || s.id || '.example', h.hash
  FROM bench.sponsor AS s, generate_series(0, 999) AS n, (SELECT dos_internal.authinfo_hash('Load-Auth-1') AS hash) AS h ORDER BY s.place, n;
UPDATE bench.sponsor AS s SET contact = (SELECT min(c.id) FROM dos.contact AS c WHERE c.registrar_id = s.id);
CREATE TABLE bench.own AS
SELECT right(r.clid, 2)::int AS place, r.id, (SELECT min(c.id) FROM dos.contact AS c WHERE c.registrar_id = r.id) AS contact
  FROM dos.registrar AS r WHERE r.clid ~ '^bench-(0[0-9]|1[0-5])$';
INSERT INTO dos.host (name, roid, registrar_id, creator_id)
SELECT 'ns' || side || '.host' || n || '.invalid', 'SH' || n || side || '-DOS', s.id, s.id
  FROM generate_series(1, 10000) AS n JOIN bench.sponsor AS s ON s.place = n % 400, unnest('{a,b}'::text[]) AS side ORDER BY n, side;
CREATE TABLE bench.place AS
SELECT z.id AS zone_id, (SELECT min(h.id) FROM dos.host AS h WHERE h.name LIKE 'ns%.host%.invalid') AS host, dos_internal.authinfo_hash('Load-Auth-1') AS hash
  FROM dos.zone AS z WHERE z.name = 'example';
SELECT dos.price_class_set('example', 'gold', '{renew,autorenew,transfer,restore}'), dos.price_set('example', 'create', NULL, 'USD', 9900, class => 'gold'),
       dos.premium_list_set('example', 'words') \g /dev/null
CREATE TEMPORARY TABLE given (label text, class text);
INSERT INTO given SELECT 'premium' || n, 'gold' FROM generate_series(1, 50000) AS n;
SELECT count(*) FROM dos.premium_import('example', 'words', 'given') \g /dev/null
COMMIT;
VACUUM (ANALYZE) dos.contact, dos.host, bench.sponsor, bench.own;
