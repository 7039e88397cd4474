-- More registered names, shared out as in load.sql. psql variables: from_number, to_number, expiry.
INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, expires_at, next_event_at, registrant_id, admin_ids, tech_ids, host_ids, auth_hash)
SELECT 'n' || to_char(n, 'FM00000000') || '.example', like_it.zone_id, 'BD' || n || '-DOS', like_it.registrar_id, like_it.creator_id, :'expiry', :'expiry',
       like_it.registrant_id, like_it.admin_ids, like_it.tech_ids, like_it.host_ids, like_it.auth_hash
  FROM generate_series(:from_number, :to_number) AS n
  CROSS JOIN LATERAL (SELECT * FROM dos.domain AS d WHERE d.name = 'n' || to_char(n % 16000, 'FM00000000') || '.example') AS like_it;
VACUUM (ANALYZE) dos.domain;
CHECKPOINT;
