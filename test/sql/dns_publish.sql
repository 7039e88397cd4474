-- The publisher: image, journal and serial through the life of a zone.
\pset format unaligned
SET dos.clock = '2026-01-01T00:00:00Z';

CREATE FUNCTION test.domain(name text, servers text[], ds text[] DEFAULT '{}') RETURNS void
LANGUAGE sql AS $$
    INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, expires_at, host_ids, ds)
    SELECT domain.name, z.id, 'D', 1, 1, dos.now() + interval '1 year', ARRAY(SELECT h.id FROM dos.host AS h WHERE h.name = ANY (servers)), ds
      FROM dos_internal.zone_of(name) AS z;
    SELECT dos_internal.dns_mark((dos_internal.zone_of(name)).id, name);
$$;
CREATE FUNCTION test.host(name text, VARIADIC addresses inet[] DEFAULT '{}') RETURNS void
LANGUAGE sql AS $$
    INSERT INTO dos.host (name, roid, registrar_id, creator_id, addresses, superordinate_id)
    VALUES (name, 'H', 1, 1, addresses, (SELECT d.id FROM dos.domain AS d WHERE dos_internal.dname_within(host.name, d.name)))
$$;
CREATE FUNCTION test.hold(name text, held boolean) RETURNS void
LANGUAGE sql AS $$
    UPDATE dos.domain AS d SET statuses = CASE WHEN held THEN '{clientHold}' ELSE '{}' END::text[] WHERE d.name = hold.name;
    SELECT dos_internal.dns_mark((dos_internal.zone_of(name)).id, name);
$$;
CREATE FUNCTION test.verified() RETURNS text
LANGUAGE sql AS $$ SELECT coalesce(string_agg(format('%s', v), ' '), 'verified') FROM dos.zone_verify('example') AS v $$;
-- What the last serial changed, and how far the serial moved since the last look.
CREATE TABLE test.seen (serial bigint);
INSERT INTO test.seen VALUES (1767225600);
CREATE FUNCTION test.last() RETURNS SETOF text
LANGUAGE plpgsql AS $$
DECLARE
    work   bigint := dos.job_run('zone_publish');
    before bigint := (SELECT s.serial FROM test.seen AS s);
BEGIN
    RETURN NEXT format('%s taken, serial +%s, %s', work, (dos_internal.zone_current(1)).serial - before, test.verified());
    RETURN QUERY
    SELECT CASE WHEN j.added THEN '+ ' ELSE '- ' END || j.owner || ' ' || j.ttl || ' ' || dos_internal.dns_type_text(j.rtype) || ' ' || dos_internal.dns_rdata_text(j.rtype, r)
      FROM dos.dns_journal AS j CROSS JOIN unnest(j.rdata) AS r WHERE j.zone_id = 1 AND j.serial > before
     ORDER BY j.serial, j.added, j.owner, j.rtype, r;
    UPDATE test.seen SET serial = (dos_internal.zone_current(1)).serial;
END $$;

-- a zone without name servers is no zone
SELECT dos.zone_create('example', '{}', 'soa_mname=ns1.nic.example', 'soa_rname=hostmaster.nic.example');
SELECT dos.job_run('zone_publish');
SELECT zone, serial, state FROM dos.zone_status;
SELECT * FROM dos.zone_verify('example');
SELECT count(*) FROM dos.zone_file('example');

-- the first serial is the Unix time; it has no journal
INSERT INTO dos.zone_nameserver VALUES (1, 'ns1.nic.example', '{192.0.2.53,2001:db8::53}'), (1, 'ns2.dns.test', '{}');
DO $do$ BEGIN PERFORM test.domain('early.example', '{}'); END $do$;
SELECT dos.job_run('zone_publish'), test.verified();
SELECT * FROM dos.zone_file('example');
SELECT zone, serial, last_removed, last_added, rrsets, waiting, journal_from, state FROM dos.zone_status;
SELECT count(*) FROM dos.dns_journal;
-- nothing to do is nothing done
SELECT dos.job_run('zone_publish');
DO $do$ BEGIN PERFORM dos_internal.dns_mark(1, 'early.example', 'nowhere.example', 'example'); END $do$;
SELECT * FROM test.last();

-- a domain comes with name servers, glue and DS; its queue row and its records are one batch
DO $do$ BEGIN PERFORM test.domain('a.example', '{}'); END $do$;
DO $do$ BEGIN PERFORM test.host('ns1.a.example', '192.0.2.1', '2001:db8::1'), test.host('ns.out.test'); END $do$;
UPDATE dos.domain SET host_ids = ARRAY(SELECT id FROM dos.host), ds = '{12345 13 1 0102030405060708090a0b0c0d0e0f1011121314}' WHERE name = 'a.example';
DO $do$ BEGIN PERFORM test.domain('b.example', '{ns1.a.example}'); END $do$;
SELECT * FROM test.last();
-- one of two DS goes: only that record is journalled
UPDATE dos.domain SET ds = ds || '{54321 13 1 1102030405060708090a0b0c0d0e0f1011121314}'::text[] WHERE name = 'a.example';
DO $do$ BEGIN PERFORM dos_internal.dns_mark(1, 'a.example'); END $do$;
SELECT * FROM test.last();
UPDATE dos.domain SET ds = ds[2:] WHERE name = 'a.example';
DO $do$ BEGIN PERFORM dos_internal.dns_mark(1, 'a.example', 'a.example'); END $do$;
SELECT * FROM test.last();

-- hold takes NS and DS out; the host stays while b.example is served by it, and is an orphan after that
DO $do$ BEGIN PERFORM test.hold('a.example', true); END $do$;
SELECT * FROM test.last();
DO $do$ BEGIN PERFORM test.hold('b.example', true); END $do$;
SELECT * FROM test.last();
DO $do$ BEGIN PERFORM test.hold('b.example', false); END $do$;
SELECT * FROM test.last();
DO $do$ BEGIN PERFORM test.hold('a.example', false); END $do$;
SELECT * FROM test.last();

-- a host gets another address, then another name: every delegation to it moves
UPDATE dos.host SET addresses = '{192.0.2.2}' WHERE name = 'ns1.a.example';
DO $do$ BEGIN PERFORM dos_internal.dns_mark(1, 'a.example', 'b.example'); END $do$;
SELECT * FROM test.last();
UPDATE dos.host SET name = 'ns9.a.example' WHERE name = 'ns1.a.example';
DO $do$ BEGIN PERFORM dos_internal.dns_mark(1, 'a.example', 'b.example'); END $do$;
SELECT * FROM test.last();

-- deleted, then gone
UPDATE dos.domain SET deleted_at = dos.now() WHERE name = 'b.example';
DO $do$ BEGIN PERFORM dos_internal.dns_mark(1, 'b.example'); END $do$;
SELECT * FROM test.last();
DELETE FROM dos.domain WHERE name = 'b.example';
DO $do$ BEGIN PERFORM dos_internal.dns_mark(1, 'b.example'); END $do$;
SELECT * FROM test.last();

-- settings of the zone are picked up: SOA alone, one TTL for all records, a name server of the zone
UPDATE dos.zone SET soa_refresh = 7200 WHERE id = 1;
SELECT * FROM test.last();
UPDATE dos.zone SET ttl_ns = 172800 WHERE id = 1;
SELECT * FROM test.last();
UPDATE dos.zone_nameserver SET addresses = '{192.0.2.54}' WHERE name = 'ns1.nic.example';
SELECT * FROM test.last();
UPDATE dos.zone SET idn = true WHERE id = 1;
SELECT * FROM test.last();

-- paused: names wait, each counts once; a DBA may publish all the same
UPDATE dos.zone SET published = false WHERE id = 1;
DO $do$ BEGIN PERFORM test.hold('a.example', true); END $do$;
DO $do$ BEGIN PERFORM test.hold('a.example', false); END $do$;
SELECT dos.job_run('zone_publish');
SELECT waiting, state FROM dos.zone_status;
DO $do$ BEGIN PERFORM test.hold('a.example', true); END $do$;
SELECT owner, rtype, problem, pending FROM dos.zone_verify('example');
UPDATE dos.zone SET published = true WHERE id = 1;
SELECT * FROM test.last();
DO $do$ BEGIN PERFORM test.hold('a.example', false); END $do$;
SELECT dos.zone_publish('EXAMPLE.') - (SELECT serial FROM test.seen) AS moved, test.verified();

-- what cannot be a record is parked, stays as it was, and holds nobody up
DO $do$ BEGIN PERFORM test.domain('c.example', '{ns.out.test}'); END $do$;
UPDATE dos.domain SET ds = '{12345 13 1 FF}' WHERE name = 'a.example';
DO $do$ BEGIN PERFORM dos_internal.dns_mark(1, 'a.example'); END $do$;
SELECT * FROM test.last();
SELECT owner, problem FROM dos.dns_parked;
SELECT state, parked FROM dos.zone_status;
UPDATE dos.domain SET ds = '{}' WHERE name = 'a.example';
DO $do$ BEGIN PERFORM dos_internal.dns_mark(1, 'a.example'); END $do$;
SELECT * FROM test.last();
SELECT count(*) FROM dos.dns_parked;

-- somebody writes into the image: found, and put right
DELETE FROM dos.dns_image WHERE owner = 'c.example';
INSERT INTO dos.dns_image VALUES (1, 'evil.example', 2, 60, dos_internal.dns_rdata_ns('{ns.evil.test}'));
UPDATE dos.dns_image SET ttl = 1 WHERE owner = 'a.example';
SELECT * FROM dos.zone_verify('example');
SELECT dos.zone_publish('example', whole => true) - (SELECT serial FROM test.seen) AS moved;
SELECT * FROM test.last();

-- a serial of another server or timeline is left far behind: what it lost may have been seen by secondaries
UPDATE dos.zone_serial SET origin = 'elsewhere';
DO $do$ BEGIN PERFORM test.hold('c.example', true); END $do$;
SELECT * FROM test.last();

-- the journal is kept for a while, the current serial for ever
SELECT dos_internal.dns_journal_trim();
SET dos.clock = '2026-01-09T00:00:00Z';
DO $do$ BEGIN PERFORM test.hold('c.example', false); END $do$;
SELECT * FROM test.last();
SELECT dos_internal.dns_journal_trim(batch => 5), dos_internal.dns_journal_trim(), dos_internal.dns_journal_trim();
SELECT count(*), (SELECT count(*) FROM dos.dns_journal) AS journal FROM dos.zone_serial;

-- refusals, and a zone that goes takes all along
SELECT * FROM test.outcome('SELECT dos.zone_publish(''nowhere'')');
SELECT * FROM test.outcome('SELECT * FROM dos.zone_verify(''nowhere'')');
SELECT * FROM test.outcome('SELECT dos.zone_file(''nowhere'')');
DELETE FROM dos.zone_nameserver;
DELETE FROM dos.zone;
SELECT (SELECT count(*) FROM dos.dns_image) AS image, (SELECT count(*) FROM dos.dns_journal) AS journal,
       (SELECT count(*) FROM dos.zone_serial) AS serials, (SELECT count(*) FROM dos.dns_dirty) AS dirty;
