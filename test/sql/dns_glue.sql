-- Glue: which addresses are in the zone, with narrow and with wide glue. Each row is a zone of its own:
-- domains as 'name[!]=server,server' (! is held), hosts as 'name=address,address'.
\pset format unaligned
SET dos.clock = '2026-01-01T00:00:00Z';

CREATE FUNCTION test.glue(domains text, hosts text, glue text, attributes boolean DEFAULT false) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    zone text := 'z' || nextval('dos.zone_id_seq') || '.test';
    id   int := dos.zone_create(zone, '{ns.dns.invalid}', 'glue=' || glue);
    item text;
    answer text;
BEGIN
    FOR item IN SELECT regexp_split_to_table(replace(hosts, '@', zone), ' ') WHERE hosts <> '' AND NOT attributes LOOP
        INSERT INTO dos.host (name, roid, registrar_id, creator_id, addresses)
        VALUES (split_part(item, '=', 1), 'H', 1, 1, coalesce(string_to_array(nullif(split_part(item, '=', 2), ''), ',')::inet[], '{}'))
        ON CONFLICT DO NOTHING;
    END LOOP;
    FOR item IN SELECT regexp_split_to_table(replace(domains, '@', zone), ' ') LOOP
        INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, expires_at, statuses, host_ids, host_attrs)
        SELECT rtrim(split_part(item, '=', 1), '!'), id, 'D', 1, 1, dos.now() + interval '1 year',
               CASE WHEN split_part(item, '=', 1) LIKE '%!' THEN '{serverHold}' ELSE '{}' END::text[],
               CASE WHEN attributes THEN '{}' ELSE ARRAY(SELECT h.id FROM dos.host AS h WHERE h.name = ANY (s.servers)) END,
               CASE WHEN attributes THEN ARRAY(
                   SELECT ROW (n, coalesce((SELECT string_to_array(nullif(split_part(a, '=', 2), ''), ',')::inet[]
                                              FROM regexp_split_to_table(replace(hosts, '@', zone), ' ') AS a WHERE split_part(a, '=', 1) = n), '{}'))::dos.host_attribute
                     FROM unnest(s.servers) AS n) ELSE '{}' END
          FROM (SELECT string_to_array(nullif(split_part(item, '=', 2), ''), ',') AS servers) AS s;
    END LOOP;
    UPDATE dos.host AS h SET superordinate_id = (SELECT d.id FROM dos.domain AS d WHERE dos_internal.dname_within(h.name, d.name)) WHERE superordinate_id IS NULL;
    PERFORM dos.zone_publish(zone);
    SELECT coalesce(string_agg(replace(split_part(f, ' ', 1), '.' || zone || '.', '') || '=' || split_part(f, ' ', 5), ' '), '-') INTO answer
      FROM dos.zone_file(zone) AS f WHERE split_part(f, ' ', 4) IN ('A', 'AAAA');
    IF EXISTS (SELECT FROM dos.zone_verify(zone)) THEN
        answer := answer || ' NOT VERIFIED';
    END IF;
    RETURN answer;
END $$;

SELECT c.what, test.glue(c.domains, c.hosts, 'narrow') AS narrow, test.glue(c.domains, c.hosts, 'wide') AS wide
  FROM (VALUES
    ('inside the domain',             'a.@=ns.a.@',                            'ns.a.@=192.0.2.1,2001:db8::1'),
    ('the domain''s own name',        'a.@=a.@',                               'a.@=192.0.2.1'),
    ('any depth',                     'a.@=x.y.z.a.@',                         'x.y.z.a.@=192.0.2.1'),
    ('held',                          'a.@!=ns.a.@',                           'ns.a.@=192.0.2.1'),
    ('nobody uses it',                'a.@=ns.out.invalid',                    'ns.a.@=192.0.2.1 ns.out.invalid='),
    ('outside the zone',              'a.@=ns.out.invalid',                    'ns.out.invalid='),
    ('no address',                    'a.@=ns.a.@',                            'ns.a.@='),
    ('sibling, also the domain''s',   'a.@=ns.a.@ b.@=ns.a.@',                 'ns.a.@=192.0.2.1'),
    ('sibling, domain served inside', 'a.@=ns.a.@ b.@=x.a.@',                  'ns.a.@=192.0.2.1 x.a.@=192.0.2.2'),
    ('sibling, domain served outside', 'a.@=ns.out.invalid b.@=ns.a.@',        'ns.out.invalid= ns.a.@=192.0.2.1'),
    ('sibling, domain held',          'a.@!=ns.a.@ b.@=ns.a.@',                'ns.a.@=192.0.2.1'),
    ('sibling, domain not delegated', 'a.@= b.@=ns.a.@',                       'ns.a.@=192.0.2.1'),
    ('sibling, user held',            'a.@=ns.out.invalid b.@!=ns.a.@',        'ns.out.invalid= ns.a.@=192.0.2.1'),
    ('sibling, both held',            'a.@!=ns.a.@ b.@!=ns.a.@',               'ns.a.@=192.0.2.1'),
    ('circle of two',                 'a.@=ns.b.@ b.@=ns.a.@',                 'ns.a.@=192.0.2.1 ns.b.@=192.0.2.2'),
    ('circle of three',               'a.@=ns.b.@ b.@=ns.c.@ c.@=ns.a.@',      'ns.a.@=192.0.2.1 ns.b.@=192.0.2.2 ns.c.@=192.0.2.3'),
    ('not a circle: one way out',     'a.@=ns.b.@ b.@=ns.a.@,ns.out.invalid',  'ns.a.@=192.0.2.1 ns.b.@=192.0.2.2 ns.out.invalid='),
    ('no domain above',               'a.@=ns.nobody.@',                       'ns.nobody.@=192.0.2.1')) AS c(what, domains, hosts);

-- The same as host attributes: addresses come from the domain above the server, never from one beside it.
SELECT c.what, test.glue(c.domains, c.hosts, 'narrow', true) AS narrow, test.glue(c.domains, c.hosts, 'wide', true) AS wide
  FROM (VALUES
    ('inside the domain',             'a.@=ns.a.@',                            'ns.a.@=192.0.2.1,2001:db8::1'),
    ('held',                          'a.@!=ns.a.@',                           'ns.a.@=192.0.2.1'),
    ('outside the zone',              'a.@=ns.out.invalid',                    'ns.out.invalid=192.0.2.1'),
    ('sibling, also the domain''s',   'a.@=ns.a.@ b.@=ns.a.@',                 'ns.a.@=192.0.2.1'),
    ('sibling, domain held',          'a.@!=ns.a.@ b.@=ns.a.@',                'ns.a.@=192.0.2.1'),
    ('sibling, both held',            'a.@!=ns.a.@ b.@!=ns.a.@',               'ns.a.@=192.0.2.1'),
    ('sibling, not the domain''s',    'a.@=ns.out.invalid b.@=ns.a.@',         'ns.a.@=192.0.2.1'),
    ('no domain above',               'a.@=ns.nobody.@',                       'ns.nobody.@=192.0.2.1')) AS c(what, domains, hosts);

-- The zone's own servers, and a child zone delegated from its parent.
SELECT dos.zone_create('parent.test', '{"ns1.parent.test 192.0.2.1 2001:db8::1",ns.out.invalid}', 'ttl_address=60') > 0 AS created;
SELECT dos.zone_create('child.parent.test', '{"ns1.child.parent.test 192.0.2.2","ns1.parent.test"}') > 0 AS created;
SELECT dos.job_run('zone_publish') > 0 AS worked;
SELECT f FROM dos.zone_file('parent.test') AS f WHERE f NOT LIKE '% SOA %';
SELECT f FROM dos.zone_file('child.parent.test') AS f WHERE f NOT LIKE '% SOA %';
DELETE FROM dos.zone WHERE name = 'child.parent.test';
SELECT dos.job_run('zone_publish') > 0 AS worked;
SELECT f FROM dos.zone_file('parent.test') AS f WHERE f NOT LIKE '% SOA %';
SELECT * FROM dos.zone_verify('parent.test');
