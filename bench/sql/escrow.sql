-- A registry as large ones are, for deposits and their import. psql variable: names.
-- Of 1000 names: 590 with transfer lock, 90 in the automatic renewal's grace, 15 in the add grace, 20 renewed lately, 12 in
-- redemption or pendingDelete, 3 in transfer, 50 with DS records, 30 on hold. A contact has three names, a host fifty; one host
-- in three lies under a name here and has addresses.
SELECT dos.zone_create('escrow', '{}', 'kind=test', 'spec5=false', 'guard_percent=100') \g /dev/null
INSERT INTO dos.registrar (clid, name, iana_id, email, state, postal)
SELECT 'escrow-' || n, 'Registrar ' || n, 9000 + n, 'ops@r' || n || '.test', 'ok', '{"Ann Example",Ltd,"1 Main Street",NULL,NULL,Springfield,IL,62701,US}' FROM generate_series(1, 20) AS n;
CREATE TEMPORARY TABLE sponsor AS SELECT row_number() OVER (ORDER BY id) - 1 AS place, id FROM dos.registrar WHERE clid LIKE 'escrow-%';
SELECT array_agg(id ORDER BY place) AS sponsors FROM sponsor \gset

INSERT INTO dos.contact (handle, roid, registrar_id, creator_id, created_at, int_postal, voice, email, auth_hash)
SELECT 'EC' || n, 'C' || n || '-DOS', (:'sponsors'::int[])[1 + n % 20], (:'sponsors'::int[])[1 + n % 20], dos.now() - interval '3 years' + n * interval '1 second',
       ROW('Erika Registrant ' || n, 'Example ' || n || ' Ltd', n % 900 || ' Main Street', NULL, NULL, 'Springfield', 'IL', '62701', 'US')::dos.postal,
       '+1.555' || 1000000 + n, 'c' || n || '@mail.example', dos_internal.authinfo_hash('Bench-Auth-1')
  FROM generate_series(0, :names / 3) AS n;
INSERT INTO dos.host (name, roid, registrar_id, creator_id, created_at, addresses)
SELECT CASE WHEN n % 3 = 0 THEN 'ns' || n % 4 || '.' || left(md5((n * 50 % :names)::text), 12) || '.escrow' ELSE 'ns' || n || '.hosting.invalid' END, 'H' || n || '-DOS',
       (:'sponsors'::int[])[1 + n % 20], (:'sponsors'::int[])[1 + n % 20], dos.now() - interval '3 years' + n * interval '1 second',
       CASE WHEN n % 3 = 0 THEN ARRAY[('192.0.2.' || n % 250)::inet, '2001:db8::1'] ELSE '{}' END
  FROM generate_series(0, :names / 50) AS n;

SELECT min(id) AS contact FROM dos.contact WHERE handle = 'EC0' \gset
SELECT min(id) AS host FROM dos.host WHERE roid = 'H0-DOS' \gset
SELECT id AS zone FROM dos.zone WHERE name = 'escrow' \gset
INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, created_at, updater_id, updated_at, expires_at, next_event_at, deleted_at, graces, transfer, statuses,
                        registrant_id, admin_ids, tech_ids, host_ids, ds, auth_hash)
SELECT left(md5(n::text), 12) || '.escrow', :zone, 'D' || n || '-DOS', o.sponsor, o.sponsor, t.created, CASE WHEN n % 3 = 0 THEN o.sponsor END, CASE WHEN n % 3 = 0 THEN t.created + interval '5 hours' END,
       t.expires, t.expires,
       CASE WHEN o.k < 8 THEN dos.now() - interval '10 days' WHEN o.k < 12 THEN dos.now() - interval '32 days' END,
       CASE WHEN o.k BETWEEN 12 AND 101 THEN ARRAY[ROW('autorenew', dos.now() + interval '20 days', NULL, 1)::dos.grace]
            WHEN o.k BETWEEN 102 AND 116 THEN ARRAY[ROW('add', dos.now() + interval '2 days', NULL, 1)::dos.grace]
            WHEN o.k BETWEEN 117 AND 136 THEN ARRAY[ROW('renew', dos.now() + interval '3 days', NULL, 2)::dos.grace] ELSE '{}' END,
       CASE WHEN o.k BETWEEN 137 AND 139 THEN ROW('pending', (:'sponsors'::int[])[1 + (n + 1) % 20], dos.now() - interval '1 day', o.sponsor, dos.now() + interval '4 days', 1, NULL, NULL)::dos.transfer END,
       CASE WHEN o.k BETWEEN 140 AND 169 THEN '{clientHold}' WHEN o.k >= 410 THEN '{clientTransferProhibited}' ELSE '{}' END::text[],
       :contact + n / 3, ARRAY[:contact + n / 3], ARRAY[:contact + n % 20],
       ARRAY[:host + n / 50, :host + (n / 50 + 1) % (:names / 50 + 1)],
       CASE WHEN o.k BETWEEN 500 AND 549 THEN ARRAY['12345 13 2 BE74359954660069D5C63D200C39F5603827D7DD02B56F120EE9F3A86764247C'] ELSE '{}' END, dos_internal.authinfo_hash('Bench-Auth-1')
  FROM generate_series(0, :names - 1) AS n,
       LATERAL (SELECT n::bigint * 7919 % 1000 AS k, (:'sponsors'::int[])[1 + n % 20] AS sponsor) AS o,
       LATERAL (SELECT CASE WHEN o.k BETWEEN 102 AND 116 THEN dos.now() - interval '3 days' ELSE dos.now() - interval '2 years' - n % 700 * interval '1 day' END AS created,
                       dos.now() + interval '30 days' + n % 300 * interval '1 day' AS expires) AS t;
UPDATE dos.host AS h SET superordinate_id = d.id FROM dos.domain AS d WHERE h.name LIKE '%.escrow' AND d.name = substr(h.name, strpos(h.name, '.') + 1) COLLATE "C";
VACUUM (ANALYZE) dos.domain, dos.contact, dos.host;
CHECKPOINT;
