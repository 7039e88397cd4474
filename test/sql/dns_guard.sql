-- Guards: both sides of each limit, the release by two people, and what follows it.
\pset format unaligned
SET dos.clock = '2026-01-01T00:00:00Z';
SELECT dos.zone_create('example', '{"ns1.nic.example 192.0.2.53"}', 'guard_percent=10', 'guard_minimum=5', 'guard_window=1 hour',
                       'soa_mname=ns1.nic.example', 'soa_rname=hostmaster.nic.example');
INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, expires_at, host_attrs, ds)
SELECT format('d%s.example', n), 1, 'D' || n, 1, 1, '2030-01-01Z', ARRAY[ROW('ns.x.test', '{}')::dos.host_attribute],
       CASE WHEN n <= 60 THEN ARRAY['1 13 2 ' || repeat('AB', 32)] ELSE '{}' END
  FROM generate_series(1, 100) AS n;
CREATE FUNCTION test.hold(first int, last int, held boolean DEFAULT true) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    before bigint := (dos_internal.zone_current(1)).serial;
BEGIN
    UPDATE dos.domain AS d SET statuses = CASE WHEN held THEN '{serverHold}' ELSE '{}' END::text[] WHERE d.id BETWEEN first AND last;
    PERFORM dos_internal.dns_mark(1, d.name) FROM dos.domain AS d WHERE d.id BETWEEN first AND last;
    PERFORM dos.job_run('zone_publish');
    RETURN format('serial +%s, %s', (dos_internal.zone_current(1)).serial - before, (SELECT s.state FROM dos.zone_status AS s WHERE s.zone = 'example'));
END $$;
CREATE FUNCTION test.at(instant text) RETURNS void LANGUAGE sql AS $$ SELECT set_config('dos.clock', instant, false) $$;
DO $do$ BEGIN PERFORM dos_internal.dns_mark(1, d.name) FROM dos.domain AS d; PERFORM dos.zone_publish('example'); END $do$;
SELECT serial & 4294967295 AS serial, changed, delegations, signed FROM dos.zone_serial ORDER BY serial;

-- ten of a hundred may leave, whether at once or in pieces; the eleventh may not
DO $do$ BEGIN PERFORM test.at('2026-01-02T00:00:00Z'); END $do$;
SELECT test.hold(61, 68) AS eight, test.hold(69, 70) AS two_more;
SELECT test.hold(71, 71) AS one_more;
SELECT guard, detail, approvals, released_at FROM dos.zone_guard;
SELECT event, object_name, content FROM dos.outbox WHERE event = 'zone.stopped';
-- what was published stays, later changes wait, none is lost
SELECT test.hold(72, 72), (SELECT waiting FROM dos.zone_status), (SELECT count(*) FILTER (WHERE NOT v.pending) AS unexplained FROM dos.zone_verify('example') AS v);
SELECT dos.zone_publish('example') = (SELECT serial FROM dos.zone_status) AS a_person_cannot_go_past_it_either;

-- two people, each with a reason
CREATE ROLE guard_alice SUPERUSER LOGIN;
CREATE ROLE guard_bob SUPERUSER LOGIN;
SELECT test.outcome($$SELECT dos.zone_guard_release('nowhere', 'x')$$), test.outcome($$SELECT dos.zone_guard_release('example', ' ')$$),
       test.outcome($$SELECT dos.zone_guard_release('example', NULL)$$);
SET SESSION AUTHORIZATION guard_alice;
SELECT * FROM dos.zone_guard_release('example', 'court order 17');
SELECT test.outcome($$SELECT dos.zone_guard_release('example', 'again')$$);
RESET SESSION AUTHORIZATION;
DO $do$ BEGIN PERFORM dos.job_run('zone_publish'); END $do$;
SELECT state, waiting FROM dos.zone_status;
SET SESSION AUTHORIZATION guard_bob;
SELECT * FROM dos.zone_guard_release('example', 'seen the order');
RESET SESSION AUTHORIZATION;
DO $do$ BEGIN PERFORM dos.job_run('zone_publish'); END $do$;
SELECT state, waiting FROM dos.zone_status;
SELECT delegations, unguarded FROM dos.zone_serial ORDER BY serial DESC LIMIT 1;
SELECT approvals, reasons, released_at FROM dos.zone_guard;
SELECT test.outcome($$SELECT dos.zone_guard_release('example', 'once more')$$);
SELECT count(*) FROM dos.zone_verify('example');
-- measured anew from there: 8 of 88 may go, the ninth may not; an hour later it may
SELECT test.hold(73, 80) AS eight;
SELECT test.hold(81, 81) AS ninth;
DO $do$ BEGIN DELETE FROM dos.zone_guard WHERE released_at IS NULL; PERFORM test.at('2026-01-02T01:00:00Z'); END $do$;
SELECT test.hold(81, 81) AS ninth_after_an_hour;
-- what comes back is no loss, but it is no change of what was published either
DO $do$ BEGIN PERFORM test.at('2026-01-03T00:00:00Z'); END $do$;
SELECT test.hold(61, 81, false) AS twenty_return;

-- DS fall, though no delegation does: 6 of 60 may, the seventh may not
CREATE FUNCTION test.unsign(first int, last int) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE dos.domain AS d SET ds = '{}' WHERE d.id BETWEEN first AND last;
    RETURN test.hold(first, last, false);
END $$;
DO $do$ BEGIN PERFORM test.at('2026-01-04T00:00:00Z'); END $do$;
SELECT test.unsign(1, 6) AS six;
SELECT test.unsign(7, 7) AS seventh;
SELECT guard, detail FROM dos.zone_guard WHERE released_at IS NULL;
-- too many changes, though nothing gets less
DO $do$ BEGIN DELETE FROM dos.zone_guard WHERE released_at IS NULL; PERFORM test.at('2026-01-05T00:00:00Z'); PERFORM dos.zone_publish('example'); END $do$;
DO $do$ BEGIN PERFORM test.at('2026-01-06T00:00:00Z'); END $do$;
CREATE FUNCTION test.move(first int, last int) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE dos.domain AS d SET host_attrs = ARRAY[ROW('ns.hijacker.test', '{}')::dos.host_attribute] WHERE d.id BETWEEN first AND last;
    RETURN test.hold(first, last, false);
END $$;
SELECT test.move(61, 70) AS ten;
SELECT test.move(71, 71) AS eleventh;
SELECT guard, detail FROM dos.zone_guard WHERE released_at IS NULL;
-- a new TTL changes every record and is no accident of a command; 100 percent switches guards off
DO $do$ BEGIN DELETE FROM dos.zone_guard WHERE released_at IS NULL; UPDATE dos.zone SET ttl_ns = 300 WHERE name = 'example'; END $do$;
SELECT test.hold(100, 100, false) AS new_ttl;
UPDATE dos.zone SET guard_percent = 100 WHERE name = 'example';
SELECT test.hold(1, 100) AS all_held;

-- a zone that loses its own servers stops
UPDATE dos.zone SET guard_percent = 10 WHERE name = 'example';
DELETE FROM dos.zone_nameserver;
DO $do$ BEGIN PERFORM dos.job_run('zone_publish'); END $do$;
SELECT guard, detail FROM dos.zone_guard WHERE released_at IS NULL;
DROP ROLE guard_alice, guard_bob;

-- the stream of changes: what each serial did, from any that is kept
SELECT serial - 1767225600 AS serial, action, owner, type, data FROM dos.zone_changes('example', 1767225602) LIMIT 12;
SELECT serial - 1767225600 AS serial, action, count(*) FROM dos.zone_changes('example', 1767225604) GROUP BY 1, 2 ORDER BY 1, 2 DESC;
SELECT count(*) FROM dos.zone_changes('example', (SELECT max(serial) & 4294967295 FROM dos.zone_serial));
SELECT test.outcome($$SELECT dos.zone_changes('example', 5)$$), test.outcome($$SELECT dos.zone_changes('nowhere', 5)$$);
