-- Zones of the wire tests. psql variables: zone (a few names of every kind), big (20,000 delegations).
BEGIN;
SELECT dos.zone_create(:'zone', ARRAY['ns1.nic.' || :'zone' || ' 192.0.2.53 2001:db8::53', 'ns2.wire-test.invalid'],
                       'kind=test', 'soa_mname=ns1.nic.' || :'zone', 'soa_rname=hostmaster.' || :'zone') AS zone_id \gset
SELECT dos.zone_create(:'big', '{ns1.wire-test.invalid,ns2.wire-test.invalid}', 'soa_mname=ns1.wire-test.invalid', 'soa_rname=hostmaster.wire-test.invalid') AS big_id \gset
INSERT INTO dos.host (name, roid, registrar_id, creator_id) SELECT 'ns' || i || '.wire-test.invalid', 'H', 1, 1 FROM generate_series(1, 4) AS i;
INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, expires_at, statuses, ds)
SELECT n || '.' || :'zone', :zone_id, 'D', 1, 1, dos.now() + interval '1 year', CASE n WHEN 'held' THEN '{serverHold}' ELSE '{}' END::text[],
       CASE n WHEN 'a' THEN '{"60485 5 2 D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A"}' ELSE '{}' END::text[]
  FROM unnest(ARRAY['a', 'b', 'c', 'held', 'xn--bcher-kva', 'no-servers']) AS n;
INSERT INTO dos.host (name, roid, registrar_id, creator_id, addresses, superordinate_id)
SELECT h.name || '.' || :'zone', 'H', 1, 1, h.addresses, d.id
  FROM (VALUES ('ns1.a', '{192.0.2.1,2001:db8::1}'::inet[]), ('ns2.a', '{192.0.2.2}'), ('ns1.held', '{192.0.2.3}')) AS h(name, addresses)
  JOIN dos.domain AS d ON d.name = substr(h.name, 5) || '.' || :'zone';
UPDATE dos.domain AS d
   SET host_ids = ARRAY(SELECT h.id FROM dos.host AS h WHERE h.name = ANY (string_to_array(replace(l.servers, '@', :'zone'), ',')))
  FROM (VALUES ('a', 'ns1.a.@,ns2.a.@'), ('b', 'ns1.wire-test.invalid,ns2.wire-test.invalid'), ('c', 'ns1.held.@'), ('held', 'ns1.held.@'),
               ('xn--bcher-kva', 'ns1.a.@,ns1.wire-test.invalid')) AS l(name, servers)
 WHERE d.name = l.name || '.' || :'zone';
INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, expires_at, host_ids, ds)
SELECT 'name' || i || '.' || :'big', :big_id, 'D', 1, 1, dos.now() + interval '1 year', ARRAY(SELECT h.id FROM dos.host AS h WHERE h.name LIKE 'ns%.wire-test.invalid'),
       CASE WHEN i % 10 = 0 THEN ARRAY[i || ' 13 1 0102030405060708090a0b0c0d0e0f1011121314'] ELSE '{}' END
  FROM generate_series(1, 20000) AS i;
-- the operator's own: what makes answers of every kind (RFC 1034 section 4.3.2)
SELECT dos.zone_record_set(:'zone', o || :'zone', t, d)
  FROM (VALUES ('', 'MX', ARRAY['10 mail.' || :'zone']), ('', 'CAA', ARRAY['0 issue "ca.invalid"']), ('mail.', 'A', ARRAY['192.0.2.25']),
               ('*.wild.', 'TXT', ARRAY['"any"']), ('alias.', 'CNAME', ARRAY['mail.' || :'zone']), ('away.', 'CNAME', ARRAY['www.wire-test.invalid']),
               ('large.', 'TXT', ARRAY(SELECT format('"%s %s"', n, repeat('x', 200)) FROM generate_series(1, 12) AS n)),
               ('_443._tcp.mail.', 'TLSA', ARRAY['3 1 1 ' || repeat('AB', 32)]), ('own.', 'TYPE65280', ARRAY['\# 2 ABCD'])) AS v (o, t, d);
COMMIT;
