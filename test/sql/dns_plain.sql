-- Plain delegations are computed by a shorter way (dns_plain_rrsets). Where it takes a name, it must say what dns_affected() and
-- dns_rrsets() say; where one of many names is not plain, it must leave it.
\pset format unaligned
SET dos.clock = '2026-01-01T00:00:00Z';
SELECT dos.zone_create('plain.test', '{ns.nic.plain.test 192.0.2.53}', 'kind=country') > 0 AS created,
       dos.zone_create('child.plain.test', '{ns.dns.invalid}') > 0 AS child;

-- hosts 'name=addresses', domains 'name[!]=servers;ds'
CREATE FUNCTION test.host(name text, addresses inet[] DEFAULT '{}') RETURNS bigint LANGUAGE sql AS $$
    INSERT INTO dos.host (name, roid, registrar_id, creator_id, addresses, superordinate_id)
    VALUES (name, 'H', 1, 1, addresses, (SELECT d.id FROM dos.domain AS d WHERE dos_internal.dname_within(host.name, d.name))) RETURNING id
$$;
CREATE FUNCTION test.domain(label text, servers text[], statuses text[] DEFAULT '{}', ds text[] DEFAULT '{}', attributes dos.host_attribute[] DEFAULT '{}', ttls jsonb DEFAULT NULL) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, expires_at, statuses, host_ids, ds, host_attrs, ttls)
    SELECT label || '.plain.test', (SELECT z.id FROM dos.zone AS z WHERE z.name = 'plain.test'), 'D', 1, 1, dos.now() + interval '1 year', statuses,
           ARRAY(SELECT h.id FROM dos.host AS h WHERE h.name = ANY (servers)), ds, attributes, ttls
$$;
SELECT test.host('ns1.out.invalid') > 0 AS one, test.host('ns2.out.invalid') > 0 AS two, test.host('ns3.out.invalid', '{192.0.2.3}') > 0 AS three \g /dev/null
SELECT test.domain('outside', '{ns1.out.invalid,ns2.out.invalid}'), test.domain('addressed', '{ns3.out.invalid}'),
       test.domain('signed', '{ns1.out.invalid}', ds => ARRAY['12345 13 2 ' || repeat('AB', 32)]),
       test.domain('malformed', '{ns1.out.invalid}', ds => '{nonsense}'),
       test.domain('ttl', '{ns1.out.invalid}', ttls => '{"NS": 60}'),
       test.domain('held', '{ns1.out.invalid}', '{serverHold}'), test.domain('empty', '{}'),
       test.domain('inside', '{}'), test.domain('hosting', '{ns1.out.invalid}'), test.domain('user', '{}'), test.domain('itself', '{}'),
       test.domain('attribute', '{}', attributes => ARRAY[ROW ('ns.attribute.plain.test', '{192.0.2.7}')::dos.host_attribute]),
       test.domain('away', '{}', attributes => ARRAY[ROW ('ns.away.invalid', '{}')::dos.host_attribute]),
       test.domain('deep.er', '{ns1.out.invalid}'), test.domain('leaver', '{}'), test.domain('recorded', '{ns1.out.invalid}') \g /dev/null
SELECT test.host('ns.inside.plain.test', '{192.0.2.1}'), test.host('ns.hosting.plain.test', '{192.0.2.2,2001:db8::2}'), test.host('itself.plain.test', '{192.0.2.4}'),
       test.host('ns.leaver.plain.test', '{192.0.2.5}') \g /dev/null
UPDATE dos.domain SET host_ids = ARRAY(SELECT id FROM dos.host WHERE name = 'ns.inside.plain.test') WHERE name IN ('inside.plain.test', 'user.plain.test');
UPDATE dos.domain SET host_ids = ARRAY(SELECT id FROM dos.host WHERE name = 'itself.plain.test') WHERE name = 'itself.plain.test';
UPDATE dos.domain SET host_ids = ARRAY(SELECT id FROM dos.host WHERE name = 'ns.leaver.plain.test') WHERE name = 'leaver.plain.test';
SELECT dos.zone_record_set('plain.test', 'www.plain.test', 'A', '{192.0.2.80}'), dos.zone_record_set('plain.test', 'plain.test', 'TXT', '{"\"a zone\""}');

-- each name: is it plain, and do both ways agree where it is?
CREATE FUNCTION test.plain() RETURNS TABLE (name text, is_plain boolean, agrees boolean, rrsets text)
LANGUAGE plpgsql AS $$
DECLARE
    zone  dos.zone := dos_internal.zone_by_name('plain.test');
    owner text;
BEGIN
    FOR owner IN SELECT n FROM dos_internal.dns_names(zone) AS n UNION SELECT 'nobody.plain.test' ORDER BY 1 LOOP
        name := owner;
        SELECT count(*) FILTER (WHERE r.rtype = 0) = 0, string_agg(dos_internal.dns_type_text(r.rtype), ' ' ORDER BY r.rtype) FILTER (WHERE r.rtype <> 0)
          INTO is_plain, rrsets FROM dos_internal.dns_plain_rrsets(zone, ARRAY[owner]) AS r;
        agrees := CASE WHEN is_plain THEN dos_internal.dns_affected(zone, ARRAY[owner]) = ARRAY[owner]
            AND (SELECT array_agg(r ORDER BY r.rtype) FROM dos_internal.dns_plain_rrsets(zone, ARRAY[owner]) AS r)
                IS NOT DISTINCT FROM (SELECT array_agg(r::dos_internal.dns_rrset ORDER BY r.rtype) FROM dos_internal.dns_rrsets(zone, ARRAY[owner]) AS r) END;
        RETURN NEXT;
    END LOOP;
END $$;
\echo * before the first publication
SELECT * FROM test.plain();
SELECT dos.zone_publish('plain.test') > 0 AS published;
SELECT count(*) AS differences, string_agg(DISTINCT problem, ' ') AS problems FROM dos.zone_verify('plain.test');

\echo * what is published counts as well as what is to be: none of these is plain until its old glue is gone
UPDATE dos.host SET superordinate_id = NULL WHERE name = 'ns.leaver.plain.test';
UPDATE dos.domain SET host_ids = ARRAY(SELECT id FROM dos.host WHERE name = 'ns1.out.invalid') WHERE name IN ('user.plain.test', 'inside.plain.test', 'leaver.plain.test');
UPDATE dos.domain SET host_attrs = ARRAY[ROW ('ns.away.invalid', '{}')::dos.host_attribute] WHERE name = 'attribute.plain.test';
DELETE FROM dos.host WHERE name IN ('ns.leaver.plain.test', 'ns.inside.plain.test');
SELECT * FROM test.plain() AS p WHERE p.name ~ '^(user|inside|leaver|attribute)\.';
INSERT INTO dos.dns_dirty (zone_id, owner) SELECT zone_id, name FROM dos.domain WHERE name LIKE '%.plain.test';
SELECT dos.zone_publish('plain.test') > 0 AS published;
SELECT * FROM test.plain() AS p WHERE p.name ~ '^(user|inside|leaver|attribute|ns.leaver|ns.inside)\.';
SELECT count(*) AS differences, string_agg(DISTINCT problem, ' ') AS problems FROM dos.zone_verify('plain.test');

\echo * more names with records of their own than are worth comparing with each
SELECT count(dos.zone_record_set('plain.test', 'own' || n || '.plain.test', 'TXT', '{"\"own\""}')) FROM generate_series(1, 40) AS n;
SELECT is_plain, agrees, count(*) FROM test.plain() GROUP BY 1, 2 ORDER BY 1, 2;
SELECT p.name FROM test.plain() AS p WHERE p.is_plain ORDER BY 1;

\echo * a whole publication goes the same way
UPDATE dos.zone SET ttl_ns = 7200 WHERE name = 'plain.test';
SELECT dos.zone_publish('plain.test', true) > 0 AS published;
SELECT count(*) AS differences, string_agg(DISTINCT problem, ' ') AS problems FROM dos.zone_verify('plain.test');
