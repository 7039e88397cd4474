-- Random changes of domains and hosts, published as they come: at every stop the image must equal a
-- computation from scratch, and the journal must lead from the first image to the last, serial by serial
-- and as one net difference.
\pset format unaligned
SET dos.clock = '2026-01-01T00:00:00Z';
SELECT setseed(0.42);
SELECT dos.zone_create('narrow', '{"ns1.nic.narrow 192.0.2.53"}'), dos.zone_create('wide', '{"ns1.nic.wide 192.0.2.53"}', 'glue=wide');

-- 30 names in each zone, some with a host or two under them; odd ones are served by host attributes
INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, expires_at)
SELECT 'd' || i || '.' || z.name, z.id, 'D', 1, 1, dos.now() + interval '1 year' FROM dos.zone AS z, generate_series(1, 30) AS i;
INSERT INTO dos.host (name, roid, registrar_id, creator_id, addresses, superordinate_id)
SELECT 'ns' || i || '.' || d.name, 'H', 1, 1, ARRAY['192.0.2.1'::inet + i], d.id FROM dos.domain AS d, generate_series(1, 2) AS i WHERE d.id % 3 = 0;
INSERT INTO dos.host (name, roid, registrar_id, creator_id) SELECT 'ns' || i || '.out.invalid', 'H', 1, 1 FROM generate_series(1, 3) AS i;

-- What a verb would do: change one thing, mark what shows it.
CREATE FUNCTION test.step() RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    d    dos.domain;
    h    dos.host;
    kind float := random();
BEGIN
    SELECT * INTO d FROM dos.domain ORDER BY random() LIMIT 1;
    SELECT * INTO h FROM dos.host ORDER BY random() LIMIT 1;
    IF kind < 0.4 THEN
        IF substr(d.name, 2, 1)::int % 2 = 1 THEN
            UPDATE dos.domain SET host_attrs = ARRAY(
                SELECT ROW (n.name, CASE WHEN dos_internal.dname_within(n.name, d.name) THEN ARRAY['198.51.100.1'::inet + (random() * 5)::int] ELSE '{}' END)::dos.host_attribute
                  FROM (SELECT 'ns' || (random() * 2)::int || '.' || o.name FROM dos.domain AS o WHERE o.id = d.id OR random() < 0.03 ORDER BY random() LIMIT (random() * 3)::int) AS n(name))
             WHERE id = d.id;
        ELSE
            UPDATE dos.domain SET host_ids = ARRAY(SELECT id FROM dos.host ORDER BY superordinate_id IS DISTINCT FROM d.id, random() LIMIT (random() * 3)::int) WHERE id = d.id;
        END IF;
        PERFORM dos_internal.dns_mark(d.zone_id, d.name::text);
    ELSIF kind < 0.6 THEN
        UPDATE dos.domain SET statuses = CASE WHEN statuses = '{}' THEN '{serverHold}' ELSE '{}' END::text[] WHERE id = d.id;
        PERFORM dos_internal.dns_mark(d.zone_id, d.name::text);
    ELSIF kind < 0.7 THEN
        UPDATE dos.domain SET ds = ARRAY(SELECT i || ' 13 1 0102030405060708090a0b0c0d0e0f1011121314' FROM generate_series(1, (random() * 2)::int) AS i) WHERE id = d.id;
        PERFORM dos_internal.dns_mark(d.zone_id, d.name::text);
    ELSIF kind < 0.8 AND h.superordinate_id IS NOT NULL THEN
        UPDATE dos.host SET addresses = CASE WHEN random() < 0.2 THEN '{}' ELSE ARRAY['203.0.113.1'::inet + (random() * 9)::int] END WHERE id = h.id;
        PERFORM dos_internal.host_mark(h.id);
    ELSIF kind < 0.9 AND h.superordinate_id IS NOT NULL AND NOT EXISTS (SELECT FROM dos.host WHERE name = 'r' || h.name) THEN
        UPDATE dos.host SET name = 'r' || h.name WHERE id = h.id AND length(h.name) < 60;
        PERFORM dos_internal.host_mark(h.id);
    ELSE
        -- deleted and registered again by somebody else
        UPDATE dos.domain SET deleted_at = CASE WHEN deleted_at IS NULL THEN dos.now() - CASE WHEN random() < 0.5 THEN interval '1 hour' ELSE interval '1 year' END END WHERE id = d.id;
        PERFORM dos_internal.dns_mark(d.zone_id, d.name::text);
    END IF;
END $$;

SELECT dos.job_run('zone_publish') > 0 AS published;
CREATE TABLE test.first AS
    SELECT i.zone_id, i.owner, i.rtype, i.ttl, r, (dos_internal.zone_current(i.zone_id)).serial FROM dos.dns_image AS i CROSS JOIN unnest(i.rdata) AS r;

DO $$
DECLARE
    wrong text;
BEGIN
    FOR i IN 1 .. 400 LOOP
        PERFORM test.step();
        IF random() < 0.6 THEN
            PERFORM dos.job_run('zone_publish');
        END IF;
        IF i % 20 = 0 THEN
            PERFORM dos.job_run('zone_publish');
            SELECT string_agg(format('%s', v), ' ') INTO wrong FROM dos.zone AS z CROSS JOIN LATERAL dos.zone_verify(z.name) AS v;
            IF wrong IS NOT NULL THEN
                RAISE EXCEPTION 'after % steps: %', i, wrong;
            END IF;
        END IF;
    END LOOP;
END $$;

-- enough has happened, of every kind
SELECT z.name, count(*) > 50 AS serials, sum(s.added) > 80 AS added, sum(s.removed) > 60 AS removed FROM dos.zone_serial AS s JOIN dos.zone AS z ON z.id = s.zone_id GROUP BY z.name ORDER BY 1;
SELECT z.name, i.rtype, count(*) > 0 AS present FROM dos.dns_image AS i JOIN dos.zone AS z ON z.id = i.zone_id GROUP BY 1, 2 ORDER BY 1, 2;

-- the journal leads from the first image to the last: each record is there once more than it was removed
SELECT count(*) AS unexplained
  FROM (SELECT zone_id, owner, rtype, ttl, r, sum(n) AS n
          FROM (SELECT zone_id, owner, rtype, ttl, r, 1 AS n FROM test.first
                UNION ALL SELECT zone_id, owner, rtype, ttl, r, CASE WHEN added THEN 1 ELSE -1 END FROM dos.dns_journal CROSS JOIN unnest(rdata) AS r
                UNION ALL SELECT zone_id, owner, rtype, ttl, r, -1 FROM dos.dns_image CROSS JOIN unnest(rdata) AS r) AS e
         GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) <> 0) AS unexplained;
-- and so does the net difference
SELECT z.name, (SELECT count(*) FROM
    (SELECT owner, rtype, ttl, r, sum(n) FROM
        (SELECT owner, rtype, ttl, r, 1 AS n FROM test.first AS f WHERE f.zone_id = z.id
         UNION ALL
         SELECT owner, rtype, ttl, r, CASE WHEN soas < 3 THEN -1 ELSE 1 END
           FROM (SELECT x.*, count(*) FILTER (WHERE x.rtype = 6) OVER (ORDER BY x.n) AS soas
                   FROM ROWS FROM (dos_internal.dns_ixfr_rows(z.name, (SELECT min(f.serial) FROM test.first AS f WHERE f.zone_id = z.id), true)) WITH ORDINALITY AS x(owner, rtype, ttl, rdata, n)) AS y
           CROSS JOIN unnest(y.rdata) AS r WHERE y.rtype <> 6
         UNION ALL
         SELECT owner, rtype, ttl, r, -1 FROM dos.dns_image AS i CROSS JOIN unnest(i.rdata) AS r WHERE i.zone_id = z.id) AS e
      GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0) AS u) AS unexplained
  FROM dos.zone AS z ORDER BY 1;
