-- Deposits: what they hold, what is set aside, what differs from one to the next.
CALL test.escrow_registry();

-- a deposit's lines; what extensions EPP offers is another room's matter
CREATE FUNCTION deposit(zone text, type text, watermark timestamptz DEFAULT NULL, resend int DEFAULT 0) RETURNS SETOF text LANGUAGE sql
AS $$ SELECT regexp_replace(l, '<epp:extURI>.*</epp:extURI>', '...') FROM (SELECT string_agg(x, '') AS t FROM (SELECT dos.escrow_xml(dos.escrow_begin(zone, type, watermark, resend)) AS x) AS p) AS whole, regexp_split_to_table(t, E'\n') AS l $$;

-- refusals
SELECT t.what, o.code, o.reason, o.message FROM (VALUES
    (1, 'no snapshot', $$SELECT dos.escrow_begin('example')$$), (2, 'not begun', $$SELECT dos.escrow_xml(4711)$$)) AS t (n, what, command), test.outcome(t.command) AS o ORDER BY t.n;
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT t.what, o.code, o.reason, o.message FROM (VALUES
    (1, 'no zone', $$SELECT dos.escrow_begin('nowhere')$$), (2, 'the future', $$SELECT dos.escrow_begin('example', watermark => '2026-06-01T00:00:00.001Z')$$),
    (3, 'before its time', $$SELECT dos.escrow_begin('example', watermark => '2024-06-01T00:00:00Z')$$), (4, 'nothing to differ from', $$SELECT dos.escrow_begin('example', 'DIFF')$$),
    (5, 'no type', $$SELECT dos.escrow_begin('example', 'HALF')$$), (6, 'not begun', $$SELECT dos.escrow_xml(4711)$$)) AS t (n, what, command), test.outcome(t.command) AS o ORDER BY t.n;
COMMIT;

-- every state there is
SELECT o.name, o.statuses, o.facts, o.rgp, o.transfer_status, o.sponsor FROM dos.zone AS z, dos_internal.escrow_domains(z.id, '2026-06-01T00:00:00Z') AS o ORDER BY o.name;
\pset format unaligned
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT * FROM deposit('example', 'FULL') ORDER BY deposit COLLATE "C";
SELECT * FROM deposit('attr', 'FULL') WHERE deposit ~ 'domain|header' ORDER BY deposit COLLATE "C";
SELECT * FROM deposit('fixed', 'THIN') ORDER BY deposit COLLATE "C";
COMMIT;
\pset format aligned
SELECT zone, type, deposit_id, prev_id, resend, watermark, state, counts, quarantined, dos.escrow_file_name(d) FROM dos.escrow_deposit AS d ORDER BY id;

-- names on lists are no domains: withheld or blocked, but for what is registered or released
SELECT dos.reserved_list_create('held', 'reserved', '{attr}') AS held, dos.reserved_list_create('never', 'blocked', '{attr}') AS never \gset
INSERT INTO dos.reserved_name (label, list_id) VALUES ('gold', :held), ('xn--mnchen-3ya', :held), ('plain', :held), ('free', :held), ('evil', :never), ('gold', :never);
INSERT INTO dos.reserved_release (zone_id, label) SELECT id, 'free' FROM dos.zone WHERE name = 'attr';
SELECT o.* FROM dos.zone AS z, dos_internal.escrow_nndns(z.id, dos.now()) AS o WHERE z.name = 'attr' ORDER BY o.name;
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT * FROM deposit('attr', 'FULL') WHERE deposit ~ 'NNDN:NNDN' ORDER BY deposit COLLATE "C";
ROLLBACK;

-- one bad row of each kind does not cost the deposit
ALTER TABLE dos.contact DROP CONSTRAINT contact_handle_form;
INSERT INTO dos.contact (handle, roid, registrar_id, creator_id, email, int_postal) SELECT 'x', 'C1-DOS', id, id, 'a@b.test', ROW('A', NULL, NULL, NULL, NULL, 'B', NULL, NULL, 'US')::dos.postal FROM dos.registrar WHERE clid = 'alpha';
INSERT INTO dos.contact (handle, roid, registrar_id, creator_id, email, int_postal) SELECT 'c-bell', 'C2-DOS', id, id, 'a@b.test', ROW('A' || chr(7), NULL, NULL, NULL, NULL, 'B', NULL, NULL, 'US')::dos.postal FROM dos.registrar WHERE clid = 'alpha';
INSERT INTO dos.contact (handle, roid, registrar_id, creator_id, email, loc_postal) SELECT 'c-city', 'C3-DOS', id, id, 'a@b.test', ROW('A', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'US')::dos.postal FROM dos.registrar WHERE clid = 'alpha';
INSERT INTO dos.host (name, roid, registrar_id, creator_id) VALUES ('ns.nobody.test', 'H1-DOS', 4711, 4711);
INSERT INTO dos.host (name, roid, registrar_id, creator_id) SELECT 'ns.odd.test', 'no roid', id, id FROM dos.registrar WHERE clid = 'alpha';
INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, created_at, expires_at, host_ids) SELECT 'dangles.example', z.id, 'D1-DOS', r.id, r.id, '2026-01-01', '2027-01-01', '{4711}' FROM dos.zone AS z, dos.registrar AS r WHERE z.name = 'example' AND r.clid = 'alpha';
INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, created_at, expires_at, registrant_id) SELECT 'owned.example', z.id, 'D2-DOS', r.id, r.id, '2026-01-01', '2027-01-01', 4711 FROM dos.zone AS z, dos.registrar AS r WHERE z.name = 'example' AND r.clid = 'alpha';
INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, created_at, expires_at) SELECT 'endless.example', z.id, 'D3-DOS', r.id, r.id, '2026-01-01', '20260-01-01' FROM dos.zone AS z, dos.registrar AS r WHERE z.name = 'example' AND r.clid = 'alpha';
SET dos.clock = '2026-06-01T06:00:00Z';
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT count(*) FROM deposit('example', 'FULL') WHERE deposit ~ '^<rde(Domain:domain|Host:host|Contact:contact)>';
COMMIT;
SELECT q.kind, q.key, q.field, q.problem FROM dos.escrow_quarantine AS q ORDER BY q.kind, q.key;
SELECT o.event, o.object_name, o.content - 'counts' FROM dos.outbox AS o WHERE o.event = 'escrow.quarantined';
DELETE FROM dos.contact WHERE handle IN ('x', 'c-bell', 'c-city');
DELETE FROM dos.host WHERE name IN ('ns.nobody.test', 'ns.odd.test');
DELETE FROM dos.domain WHERE name IN ('dangles.example', 'owned.example', 'endless.example');

-- differential and incremental deposits
\pset format unaligned
INSERT INTO dos.escrow_setting (zone_id, differential) SELECT id, true FROM dos.zone WHERE name = 'example';
SET dos.clock = '2026-06-02T00:00:00Z';
BEGIN ISOLATION LEVEL REPEATABLE READ;
CREATE TABLE was AS SELECT d AS line FROM deposit('example', 'FULL') AS d WHERE d ~ '^<rde[DHCR][^>]*>';
COMMIT;
SELECT count(*) > 20 AS many FROM was;
SET dos.clock = '2026-06-02T12:00:00Z';
SELECT (dos.domain_create('beta', 'fresh.example', 1, 'y', NULL, registrant => 'c-full', contacts => '{admin:c-full,tech:c-full}')).code, dos.domain_delete('beta', 'new.example'),
       dos.contact_delete('beta', 'c-idle'), dos.host_delete('beta', 'idle.elsewhere.test');
-- the watermark holds whenever the deposit is written: what happened since is not in it
SELECT dos.domain_update('alpha', 'plain.example', rem_hosts => '{ns2.elsewhere.test}'), dos.contact_update('alpha', 'c-adm', voice => '+1.5555550199'),
       dos.host_update('alpha', 'ns1.glue.example', new_name => 'ns9.glue.example');
BEGIN ISOLATION LEVEL REPEATABLE READ;
CREATE TABLE again AS SELECT d AS line FROM deposit('example', 'FULL', '2026-06-02T00:00:00Z', 1) AS d WHERE d ~ '^<rde[DHCR][^>]*>';
COMMIT;
(SELECT 'was' AS at, line FROM was EXCEPT ALL SELECT 'was', line FROM again) UNION ALL (SELECT 'again', line FROM again EXCEPT ALL SELECT 'again', line FROM was);
SET dos.clock = '2026-06-03T00:00:00Z';
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT * FROM deposit('example', 'DIFF') WHERE deposit ~ 'delete|:domain>|:host>|:contact>' ORDER BY deposit COLLATE "C";
COMMIT;
-- nothing happened but time: only what the clock changed
SET dos.clock = '2026-06-05T00:00:00Z';
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT * FROM deposit('example', 'DIFF') WHERE deposit ~ 'delete|:domain>|:host>|:contact>' ORDER BY deposit COLLATE "C";
COMMIT;
SET dos.clock = '2026-06-05T12:00:00Z';
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT substring(deposit FROM '^<rde:deposit[^>]* resend="0"|<.*delete>$|<rdeDomain:name>[^<]*|^</?rde:(?:deletes|contents)>') AS line FROM deposit('example', 'INCR') WHERE deposit ~ '<rde:deposit|delete|:domain>' ORDER BY 1;
COMMIT;
-- back again what was deleted; the next full deposit begins anew
SELECT (dos.host_create('beta', 'idle.elsewhere.test')).code;
SET dos.clock = '2026-06-06T00:00:00Z';
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT * FROM deposit('example', 'DIFF') WHERE deposit ~ 'delete|host>' ORDER BY deposit COLLATE "C";
ROLLBACK;
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT count(*) > 20 AS many FROM deposit('example', 'FULL');
COMMIT;
\pset format aligned
SELECT count(*) FILTER (WHERE latest IS NULL) AS gone, count(*) FILTER (WHERE latest IS DISTINCT FROM full_one) AS differing,
       (SELECT count(*) FROM dos_internal.escrow_keys('domain', z.id, dos.now())) = count(*) FILTER (WHERE i.kind = 'domain') AS complete
  FROM dos.escrow_image AS i JOIN dos.zone AS z ON z.id = i.zone_id GROUP BY z.id;
SELECT zone, type, deposit_id, prev_id, watermark, state FROM dos.escrow_deposit AS d ORDER BY id;
