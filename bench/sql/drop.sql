-- So many names of zone example whose time is over at once, with contacts, name servers and a sponsor who is told. psql variables: names, run.
INSERT INTO dos.job_setting (name, enabled) VALUES ('domain_advance', false) ON CONFLICT (name) DO UPDATE SET enabled = false;
INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, created_at, expires_at, deleted_at, next_event_at, registrant_id, admin_ids, tech_ids, host_ids, auth_hash)
SELECT 'drop' || :'run' || '-' || n || '.example', l.zone_id, 'BX' || :'run' || '-' || n || '-DOS', l.registrar_id, l.creator_id, dos.now() - interval '400 days',
       dos.now() - interval '60 days', dos.now() - interval '50 days', dos.now() - interval '1 day', l.registrant_id, l.admin_ids, l.tech_ids, l.host_ids, l.auth_hash
  FROM generate_series(1, :names) AS n
 CROSS JOIN LATERAL (SELECT * FROM dos.domain AS d WHERE d.name = 'n' || to_char(n % 16000, 'FM00000000') || '.example') AS l;
