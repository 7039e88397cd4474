-- UUIDs made from ROIDs: those that any other tool computes (RFC 9562 section 5.5), each of its own.
SELECT plan(3);
SELECT is(dos.object_uuid('D1-DOS'), 'fe4ee08a-4b9d-5844-9fd9-317efdfd1517'::uuid, 'version 5 in the namespace of URLs');
SELECT is(dos.object_uuid(''), 'cc1f7e74-145c-5668-b46c-be9a2ba450d7'::uuid, 'of nothing');
SELECT is(dos.object_uuid(NULL), NULL, 'of none');
SELECT count(DISTINCT dos.object_uuid('D' || n || '-DOS')) = 10000 AS different, bool_and(dos.object_uuid('D' || n || '-DOS')::text ~ '^.{14}5.{4}[89ab]') AS version_and_variant
  FROM generate_series(1, 10000) AS n;
-- every object has one, and it stays with the ROID
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.zone('example', 'registrant_required=false', 'contacts_required={}') > 0 AS zone, test.contact('acme', 'ANN');
SELECT (dos.domain_create('acme', 'a.example')).code, (dos.host_create('acme', 'ns1.a.example', '{192.0.2.1}')).code;
SELECT kind, name, uuid = dos.object_uuid(roid) AS right FROM dos.object_identity ORDER BY kind;
