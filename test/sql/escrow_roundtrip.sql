-- Registry, deposit, empty registry, import, deposit: the same objects. What is read is staged here by SQL; dos-escrow reads files.
CALL test.escrow_registry();
CREATE FUNCTION deposit(zone text) RETURNS SETOF text LANGUAGE sql
AS $$ SELECT l FROM (SELECT string_agg(x, '') AS t FROM (SELECT dos.escrow_xml(dos.escrow_begin(zone)) AS x) AS p) AS whole, regexp_split_to_table(t, E'\n') AS l WHERE l ~ '^<rde[DHCRIN]' $$;
CREATE FUNCTION stage(zone text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    import bigint := dos.escrow_import_begin(zone, 'test');
    z      int := (SELECT id FROM dos.zone AS o WHERE o.name = zone);
BEGIN
    INSERT INTO dos.escrow_in_domain (import_id, line, name, roid, uname, idn_table, original_name, statuses, facts, rgp, registrant, contacts, hosts, host_attrs, sponsor, creator, created_at,
        expires_at, updater, updated_at, max_sig_life, ds, keys, transferred_at, transfer_status, transfer_requester, transfer_requested_at, transfer_actor, transfer_acts_at, transfer_expires_at)
    SELECT import, row_number() OVER (ORDER BY o.name), o.* FROM dos_internal.escrow_domains(z, dos.now()) AS o;
    INSERT INTO dos.escrow_in_host (import_id, line, name, roid, statuses, addresses, sponsor, creator, created_at, updater, updated_at, transferred_at)
    SELECT import, row_number() OVER (ORDER BY o.name), o.* FROM dos_internal.escrow_hosts(z, dos.now()) AS o;
    INSERT INTO dos.escrow_in_contact (import_id, line, handle, roid, statuses, int_postal, loc_postal, voice, voice_x, fax, fax_x, email, sponsor, creator, created_at, updater, updated_at,
        transferred_at, transfer_status, transfer_requester, transfer_requested_at, transfer_actor, transfer_acts_at, disclose_flag, disclose)
    SELECT import, row_number() OVER (ORDER BY o.handle), o.* FROM dos_internal.escrow_contacts(z, dos.now()) AS o;
    INSERT INTO dos.escrow_in_nndn SELECT import, row_number() OVER (ORDER BY o.name), o.* FROM dos_internal.escrow_nndns(z, dos.now()) AS o;
    INSERT INTO dos.escrow_in_registrar SELECT import, row_number() OVER (ORDER BY o.clid), o.* FROM dos_internal.escrow_registrars(z, dos.now()) AS o;
    PERFORM dos.escrow_import_read(import, zone, 'FULL', '20260601001', NULL, dos.now(),
        (SELECT jsonb_build_object('domain', count(*)) FROM dos.escrow_in_domain AS o WHERE o.import_id = import));
    RETURN import;
END $$;

SELECT dos.reserved_list_create('held', 'reserved', '{attr}') AS held, dos.reserved_list_create('never', 'blocked', '{attr}') AS never \gset
INSERT INTO dos.reserved_name (label, list_id) VALUES ('gold', :held), ('xn--mnchen-3ya', :held), ('evil', :never);

-- names that are no domains, by themselves and with the name they are variants of
SELECT dos.nndn_add('alone.attr', 'blocked'), dos.nndn_add('bücher.attr', 'withheld', 'other.attr'), dos.nndn_add('mirror.attr', 'mirrored', 'other.attr'), dos.nndn_add('gold.attr', 'blocked', 'other.attr');
SELECT o.name, o.uname, o.original_name, o.state, o.mirrored FROM dos.zone AS z, dos_internal.escrow_nndns(z.id, dos.now()) AS o WHERE z.name = 'attr' ORDER BY o.name;
-- two names of one registrar that belong together as variants
UPDATE dos.domain SET idn_indexed = true WHERE name IN ('plain.example', 'held.example');
INSERT INTO dos.domain_variant (name, original) VALUES ('held.example', 'plain.example');
SELECT name, original FROM dos.domain_variant;

BEGIN ISOLATION LEVEL REPEATABLE READ;
CREATE TABLE was AS SELECT z.name::text AS zone, d AS line FROM dos.zone AS z, deposit(z.name) AS d;
COMMIT;
-- what every name will be at later instants
CREATE FUNCTION later() RETURNS TABLE (days int, name text, statuses text[], rgp text[], ends text[], expires_at timestamptz, delegated boolean) LANGUAGE sql
AS $$ SELECT n, d.name::text, s.statuses, s.rgp_statuses, s.rgp_ends_at::text[], s.expires_at, s.delegated
        FROM unnest('{0,1,3,5,7,8,9,14,20,40,400}'::int[]) AS n, dos.domain AS d, dos_internal.domain_state(d, dos.now() + n * interval '1 day') AS s
       WHERE s.registered AND (dos_internal.domain_state(d, dos.now())).registered $$;
CREATE TABLE later_was AS SELECT * FROM later();
SELECT count(*) AS entries FROM dos.ledger_entry \gset
SELECT zone, count(*) FROM was GROUP BY zone ORDER BY zone;
SELECT stage('attr') AS attr, stage('example') AS example, stage('fixed') AS fixed, stage('kept') AS kept \gset
DELETE FROM dos.domain;
DELETE FROM dos.nndn;
DELETE FROM dos.host;
DELETE FROM dos.contact;
DELETE FROM dos.reserved_list WHERE id >= 1000;
TRUNCATE dos.outbox, dos.dns_dirty;

-- refusals: not analyzed, with errors, into a zone that takes none
SELECT o.code, o.reason FROM test.outcome(format('SELECT dos.escrow_load(%s)', :example)) AS o;
SELECT * FROM dos.escrow_analyze(:example);
SELECT o.code, o.reason FROM test.outcome(format('SELECT dos.escrow_load(%s)', :example)) AS o;
SELECT dos.escrow_open('example'), dos.escrow_open('attr'), dos.escrow_open('fixed'), dos.escrow_open('kept');
UPDATE dos.registrar SET iana_id = 10 WHERE clid = 'alpha';
DELETE FROM dos.escrow_registrar_map;
SELECT * FROM dos.escrow_analyze(:example);
SELECT clid, iana_id, name, action FROM dos.escrow_registrar_map ORDER BY clid;
SELECT o.code, o.reason FROM test.outcome(format('SELECT dos.escrow_load(%s)', :example)) AS o;
SELECT o.code, o.reason FROM test.outcome(format('SELECT dos.escrow_map(%s, %L, %L)', :example, 'alpha', 'nobody')) AS o;
SELECT o.code, o.reason FROM test.outcome(format('SELECT dos.escrow_map(%s, %L, %L)', :example, 'nobody', 'alpha')) AS o;
SELECT dos.escrow_map(:example, 'alpha', 'alpha');
UPDATE dos.registrar SET iana_id = 8 WHERE clid = 'alpha';
SELECT * FROM dos.escrow_analyze(:example);
SELECT * FROM dos.escrow_deletions(:example);
SELECT * FROM dos.escrow_analyze(:attr);
SELECT * FROM dos.escrow_analyze(:fixed);
SELECT * FROM dos.escrow_analyze(:kept);

-- in steps; the end may be said again
SELECT n, dos.escrow_load(:example, 5) AS loaded FROM generate_series(1, 7) AS n;
SELECT state, percent, loaded, errors FROM dos.escrow_import_status WHERE id = :example;
SELECT dos.escrow_load(:example), dos.escrow_load(:attr), dos.escrow_load(:fixed), dos.escrow_load(:kept);
SELECT event, object_name, content - 'watermark' AS content FROM dos.outbox ORDER BY id;
SELECT count(*) AS dangling FROM test.dangling() AS d WHERE d.what <> 'grace''s entry';
SELECT count(*) - :entries AS charged FROM dos.ledger_entry;
SELECT name, state, variant_of FROM dos.nndn ORDER BY name;
SELECT v.name, v.original, (SELECT count(*) FROM dos.domain AS d WHERE d.idn_indexed AND d.name IN (v.name, v.original)) AS indexed FROM dos.domain_variant AS v;

BEGIN ISOLATION LEVEL REPEATABLE READ;
CREATE TABLE is_now AS SELECT z.name::text AS zone, d AS line FROM dos.zone AS z, deposit(z.name) AS d;
COMMIT;
(SELECT 'was' AS at, * FROM was EXCEPT ALL SELECT 'was', * FROM is_now) UNION ALL (SELECT 'now', * FROM is_now EXCEPT ALL SELECT 'now', * FROM was);
SELECT l.name, l.class, array_agg(n.label ORDER BY n.label) FROM dos.reserved_list AS l JOIN dos.reserved_name AS n ON n.list_id = l.id WHERE l.id >= 1000 GROUP BY l.id ORDER BY l.name;
-- life goes on: the same state at every later instant, but for what was never escrowed
CREATE TABLE later_now AS SELECT * FROM later();
SELECT count(*) AS compared FROM later_was;
(SELECT 'was' AS at, * FROM later_was EXCEPT SELECT 'was', * FROM later_now) UNION ALL (SELECT 'now', * FROM later_now EXCEPT SELECT 'now', * FROM later_was) ORDER BY days, name, at;
-- and on time: the worker looks at no name later than something happens to it
SELECT count(*) AS names, count(*) FILTER (WHERE d.next_event_at > s.next_event_at OR (d.next_event_at IS NULL AND s.next_event_at IS NOT NULL)) AS too_late
  FROM dos.domain AS d, dos_internal.domain_state(d, dos.now()) AS s;
-- new objects have ROIDs of their own
SELECT (dos.contact_create('alpha', 'c-next', '{"Ann Example",NULL,"1 Main Street",NULL,NULL,Springfield,NULL,12345,US}', NULL, NULL, NULL, NULL, NULL, 'next@mail.example', 'Auth-next!1')).code;
SELECT count(*) - count(DISTINCT roid) AS roids_twice FROM (SELECT roid FROM dos.domain UNION ALL SELECT roid FROM dos.host UNION ALL SELECT roid FROM dos.contact) AS r;
-- authInfo is there, and nobody knows it
SELECT count(*) FILTER (WHERE auth_hash IS NULL) AS without, count(*) - count(DISTINCT auth_hash) AS alike FROM dos.domain;
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.domain_transfer_request('beta', 'plain.example', 'Auth-plain!1')$$) AS o;
-- when it has looked, it looks again exactly then
SELECT dos.job_run('domain_advance') AS advanced;
SELECT count(*) AS names, count(*) FILTER (WHERE d.next_event_at IS DISTINCT FROM s.next_event_at) AS wrong FROM dos.domain AS d, dos_internal.domain_state(d, dos.now()) AS s;
