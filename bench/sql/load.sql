-- What is in the registry before anything is measured. psql variables: names, expiry, certificate (fingerprint).
-- 16 registrars with 1000 contacts each, 200 name servers, and `names` domains of zone example shared out evenly;
-- bench-99 has money for one race only, bench-98 takes part in another.
-- what a bench does in an hour would trip the guard and use up the refunds of a month
UPDATE dos.zone SET guard_percent = 100, add_grace_free = NULL;
BEGIN;
INSERT INTO dos.registrar (clid, name, state)
SELECT 'bench-' || to_char(n, 'FM00'), 'Bench registrar ' || n, 'ok' FROM unnest(ARRAY(SELECT generate_series(0, 15)) || '{98,99}') AS n;
SELECT dos.registrar_password('bench-00', 'Bench-Pass-1') \g /dev/null
UPDATE dos.registrar SET password_hash = (SELECT password_hash FROM dos.registrar WHERE clid = 'bench-00') WHERE clid LIKE 'bench-__';
INSERT INTO dos.registrar_certificate (registrar_id, fingerprint) SELECT id, :'certificate' FROM dos.registrar WHERE clid LIKE 'bench-__';
SELECT dos.account_open(clid, 'USD', slices => 64) FROM dos.registrar WHERE clid LIKE 'bench-__' \g /dev/null
SELECT dos.account_deposit(clid, 'USD', 100000000000, 'bench ' || clid) FROM dos.registrar WHERE clid LIKE 'bench-__' AND clid <> 'bench-99' \g /dev/null

INSERT INTO dos.contact (handle, roid, registrar_id, creator_id, int_postal, email, auth_hash)
SELECT r.clid || '-' || to_char(n, 'FM0000'), 'B' || r.id || n || '-DOS', r.id, r.id,
       ('Erika Registrant', 'Example Ltd', '1 Main Street', NULL, NULL, 'Springfield', 'IL', '62701', 'US')::dos.postal,
       'c' || n || '@mail.example', dos_internal.authinfo_hash('Load-Auth-1')
  FROM dos.registrar AS r, generate_series(0, 999) AS n WHERE r.clid LIKE 'bench-__';

INSERT INTO dos.host (name, roid, registrar_id, creator_id)
SELECT 'ns' || to_char(n, 'FM000') || '.hosting.invalid', 'BH' || n || '-DOS', r.id, r.id
  FROM dos.registrar AS r, generate_series(0, 199) AS n WHERE r.clid = 'bench-00';

-- one row for each of the 16, found once
CREATE TEMPORARY TABLE sponsor ON COMMIT DROP AS
SELECT r.id, right(r.clid, 2)::int AS place, min(c.id) AS contact
  FROM dos.registrar AS r JOIN dos.contact AS c ON c.registrar_id = r.id WHERE r.clid LIKE 'bench-__' GROUP BY r.id;
ANALYZE sponsor;
INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, expires_at, next_event_at, registrant_id, admin_ids, tech_ids, host_ids, auth_hash)
SELECT 'n' || to_char(n, 'FM00000000') || '.example', z.id, 'BD' || n || '-DOS', r.id, r.id, e.at, e.at,
       r.contact + n / 16 % 1000, ARRAY[r.contact + n / 16 % 1000], ARRAY[r.contact], ARRAY[h.first + n % 100, h.first + 100 + n % 100], e.hash
  FROM generate_series(0, :names - 1) AS n
  JOIN sponsor AS r ON r.place = n % 16,
       (SELECT id FROM dos.zone WHERE name = 'example') AS z,
       (SELECT min(id) AS first FROM dos.host WHERE name LIKE 'ns%.hosting.invalid') AS h,
       (SELECT :'expiry'::timestamptz AS at, dos_internal.authinfo_hash('Load-Auth-1') AS hash) AS e;
COMMIT;

-- the publisher brings the zone's image up to date, as it would have done all along
INSERT INTO dos.dns_dirty (zone_id, owner) SELECT zone_id, name FROM dos.domain WHERE name LIKE 'n%.example';
SELECT dos_internal.wake('dns') \g /dev/null
