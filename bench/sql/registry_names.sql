-- Names from_number .. to_number (psql variables), not in their order, in every state of a domain's life, and marked for the publisher.
--
-- The first 160,000 are plain and belong to the registrars of load.sql in turn, as dos-load wants it. Of the others: registrars and name
-- servers by Zipf's law (one registrar in 400 has a tenth of the names), 6 % signed, 2 % held, 2 % in redemption, 0.8 % pendingDelete,
-- grace periods of each kind, transfers that pend, restores that wait for their report.
BEGIN;
CREATE TEMPORARY TABLE fresh ON COMMIT DROP AS
SELECT f.number, f.number < 160000 AS is_plain, f.mix % 1000 AS state, f.mix / 1000 % 1000 AS other, dos.now() AS now,
       dos.now() + interval '2 days' + f.mix / 7 % 31000000 * interval '1 second' AS expires_at,
       least(399, floor(400 ^ (f.mix / 13 % 100000 / 100000.0) - 1)::int) AS sponsor,
       least(9999, floor(10000 ^ (f.mix / 17 % 100000 / 100000.0) - 1)::int) AS host
  FROM (SELECT n.number, (n.number * 2654435761 + 97) % 4294967291 AS mix
          FROM (SELECT :from_number + (i * 7368787) % (:to_number - :from_number + 1) AS number
                  FROM generate_series(0::bigint, :to_number - :from_number) AS i) AS n) AS f;

INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, created_at, expires_at, deleted_at, restore_at, transfer, graces, statuses,
                        registrant_id, admin_ids, tech_ids, host_ids, ds, auth_hash, next_event_at)
SELECT 'n' || to_char(f.number, 'FM00000000') || '.example', p.zone_id, 'BD' || f.number || '-DOS', s.id, s.id,
       CASE WHEN f.state BETWEEN 70 AND 84 THEN f.now - interval '2 days' ELSE f.expires_at - interval '1 year' * (1 + f.other % 9) END,
       CASE WHEN f.is_plain THEN :'expiry' ELSE f.expires_at END,
       CASE WHEN f.is_plain THEN NULL WHEN f.state < 20 THEN f.now - f.other % 28 * interval '1 day' - interval '1 hour'
            WHEN f.state < 28 THEN f.now - interval '32 days' WHEN f.state < 30 THEN f.now - interval '10 days' END,
       CASE WHEN NOT f.is_plain AND f.state BETWEEN 28 AND 29 THEN f.now - interval '1 day' END,
       CASE WHEN NOT f.is_plain AND f.state BETWEEN 30 AND 32
            THEN ROW('pending', o.id, f.now - interval '1 day', s.id, f.now + interval '4 days', 1, NULL, NULL)::dos.transfer END,
       CASE WHEN f.is_plain THEN '{}' WHEN f.state BETWEEN 40 AND 69 THEN ARRAY[ROW('autorenew', f.now + f.other % 44 * interval '1 day' + interval '1 hour', NULL, 1)::dos.grace]
            WHEN f.state BETWEEN 70 AND 84 THEN ARRAY[ROW('add', f.now + interval '3 days', NULL, 1)::dos.grace]
            WHEN f.state BETWEEN 85 AND 94 THEN ARRAY[ROW('renew', f.now + interval '3 days', NULL, 1)::dos.grace]
            WHEN f.state BETWEEN 95 AND 99 THEN ARRAY[ROW('transfer', f.now + interval '3 days', NULL, 1)::dos.grace] ELSE '{}' END,
       CASE WHEN f.is_plain THEN '{}' WHEN f.state BETWEEN 100 AND 114 THEN '{clientHold}' WHEN f.state BETWEEN 115 AND 119 THEN '{serverHold}'
            WHEN f.state >= 500 THEN '{clientTransferProhibited}' ELSE '{}' END::text[],
       s.contact + f.other, ARRAY[s.contact + f.other], ARRAY[s.contact], ARRAY[p.host + 2 * f.host, p.host + 2 * f.host + 1],
       CASE WHEN NOT f.is_plain AND f.other % 100 < 6 THEN ARRAY['12345 13 2 ' || upper(encode(sha256(f.number::text::bytea), 'hex'))] ELSE '{}' END,
       p.hash,
       CASE WHEN f.is_plain THEN :'expiry' WHEN f.state BETWEEN 30 AND 32 THEN least(f.expires_at, f.now + interval '4 days') ELSE f.expires_at END
  FROM fresh AS f CROSS JOIN bench.place AS p
  CROSS JOIN LATERAL (SELECT b.id, b.contact FROM bench.own AS b WHERE f.is_plain AND b.place = f.number % 16
                      UNION ALL SELECT b.id, b.contact FROM bench.sponsor AS b WHERE NOT f.is_plain AND b.place = f.sponsor) AS s
  JOIN bench.sponsor AS o ON o.place = (f.sponsor + 1) % 400;

-- deleted names: what the projection says comes next
UPDATE dos.domain AS d SET next_event_at = (dos_internal.domain_state(d, dos.now())).next_event_at
  FROM fresh AS f WHERE d.name = 'n' || to_char(f.number, 'FM00000000') || '.example' AND f.state < 30 AND NOT f.is_plain;
INSERT INTO dos.dns_dirty (zone_id, owner) SELECT p.zone_id, 'n' || to_char(f.number, 'FM00000000') || '.example' FROM fresh AS f CROSS JOIN bench.place AS p ORDER BY f.number;
SELECT dos_internal.wake('dns') \g /dev/null
COMMIT;
