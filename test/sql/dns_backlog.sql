-- A backlog: what one run of the publisher takes when more waits than a batch.
\pset format unaligned
SET dos.clock = '2026-01-01T00:00:00Z';
SELECT dos.zone_create('backlog.test', '{ns.dns.invalid}', 'guard_minimum=10', 'guard_percent=1', 'guard_people=1') > 0 AS created;
SELECT dos.zone_publish('backlog.test') > 0 AS published;
INSERT INTO dos.host (name, roid, registrar_id, creator_id) VALUES ('ns1.out.invalid', 'H1', 1, 1), ('ns2.out.invalid', 'H2', 1, 1);
CREATE FUNCTION test.mark(first int, last int) RETURNS void LANGUAGE sql AS $$
    INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, expires_at, host_ids)
    SELECT 'd' || to_char(n, 'FM000') || '.backlog.test', z.id, 'D' || n, 1, 1, dos.now() + interval '1 year', ARRAY(SELECT h.id FROM dos.host AS h WHERE h.name = 'ns1.out.invalid')
      FROM generate_series(first, last) AS n, dos.zone AS z WHERE z.name = 'backlog.test';
    INSERT INTO dos.dns_dirty (zone_id, owner) SELECT z.id, 'd' || to_char(n, 'FM000') || '.backlog.test' FROM generate_series(first, last) AS n, dos.zone AS z WHERE z.name = 'backlog.test' ORDER BY n;
$$;
CREATE FUNCTION test.waiting() RETURNS text LANGUAGE sql AS $$
    SELECT coalesce(count(*) || ': ' || min(left(q.owner, 4)) || ' to ' || max(left(q.owner, 4)), 'nothing') FROM dos.dns_dirty AS q JOIN dos.zone AS z ON z.id = q.zone_id WHERE z.name = 'backlog.test'
$$;
CREATE FUNCTION test.serials() RETURNS bigint LANGUAGE sql AS $$
    SELECT count(*) FROM dos.zone_serial AS s JOIN dos.zone AS z ON z.id = s.zone_id WHERE z.name = 'backlog.test'
$$;

\echo * five batches and no more: one batch a serial
SELECT test.mark(1, 10), dos_internal.zone_publish_due(2) AS taken, test.waiting(), test.serials();
SELECT dos.zone_publish('backlog.test') > 0 AS published, test.waiting(), test.serials();
\echo * more than that: ten batches of the oldest and one of the newest in one serial
SELECT test.mark(11, 45);
SELECT dos_internal.zone_publish_due(2) AS taken, test.waiting(), test.serials();
\echo * who comes meanwhile goes with the next serial
SELECT test.mark(101, 101);
SELECT dos_internal.zone_publish_due(2) AS taken, test.waiting(), test.serials();
SELECT owner FROM dos.dns_image WHERE owner = 'd101.backlog.test';
SELECT dos.zone_publish('backlog.test') > 0 AS published, test.waiting(), (SELECT count(*) FROM dos.zone_verify('backlog.test')) AS differences;

\echo * a stopped zone that is released: what waited goes out apart from what came later, whose batch is guarded again
UPDATE dos.domain SET host_ids = ARRAY(SELECT h.id FROM dos.host AS h WHERE h.name = 'ns2.out.invalid') WHERE name LIKE 'd0%.backlog.test';
INSERT INTO dos.dns_dirty (zone_id, owner) SELECT d.zone_id, d.name FROM dos.domain AS d WHERE d.name LIKE 'd0%.backlog.test' ORDER BY d.name;
SELECT dos_internal.zone_publish_due() AS taken, test.waiting();
SELECT split_part(state, ' since', 1) AS state FROM dos.zone_status WHERE zone = 'backlog.test';
SELECT released FROM dos.zone_guard_release('backlog.test', 'it is meant');
SELECT test.mark(201, 203);
SELECT dos_internal.zone_publish_due(100) AS taken, test.waiting();
SELECT dos_internal.zone_publish_due(100) AS taken, test.waiting();
SELECT state FROM dos.zone_status WHERE zone = 'backlog.test';
SELECT count(*) AS differences FROM dos.zone_verify('backlog.test');
