-- domain create (RFC 5731 section 3.2.1): every refusal with what it leaves behind, which is nothing; then what it makes.
SET dos.clock = '2026-04-03T10:20:30.123Z';
SELECT test.registrar('acme'), test.registrar('other'), test.registrar('poor', 799), test.registrar('rich', 800), test.registrar('euro', 100000, 'EUR');
-- zone full requires a registrant, admin and tech; zone bare takes no contacts, but host attributes
SELECT z.name, test.zone(z.name, VARIADIC string_to_array(z.policy, ' ')) > 0 AS created
FROM (VALUES ('full', ''),
             ('example', 'registrant_required=false contacts_required={} contacts_max=2 hosts_max=3 ds_max=2'),
             ('bare', 'registrant_required=false registrant_allowed=false contacts_required={} contacts_allowed={} host_model=attribute ds_max=0'),
             ('terms', 'registrant_required=false contacts_required={} period_min=2 period_default=3 period_max=4'),
             ('expiring', 'registrant_required=false contacts_required={} autorenew=false')) AS z (name, policy);
SELECT dos.zone_create('priceless', '{}', 'registrant_required=false', 'contacts_required={}') > 0 AS created;
SELECT test.contact('acme', 'AC-1'), test.contact('acme', 'AC-2'), test.contact('acme', 'AC-3'), test.contact('other', 'OT-1');
SELECT count(dos.host_create('acme', 'ns' || n || '.elsewhere.test')) FROM generate_series(1, 4) AS n;
SELECT d.name, (dos.domain_create('acme', d.name)).code FROM (VALUES ('taken.example'), ('deleted.example'), ('old.expiring')) AS d (name);
SELECT h.name, (dos.host_create('acme', h.name, '{192.0.2.1}')).code FROM (VALUES ('ns.taken.example'), ('ns.deleted.example'), ('ns.old.expiring')) AS h (name);
UPDATE dos.domain SET deleted_at = dos.now() WHERE name = 'deleted.example';

-- in the order of precedence
SELECT t.what, e.*
FROM (VALUES
    (1, 'name without form',          $$'acme', 'a_b.example'$$),
    (2, 'no zone',                    $$'acme', 'a.nowhere'$$),
    (3, 'label not allowed',          $$'acme', 'ab--c.example', 99$$),
    (4, 'taken',                      $$'acme', 'TAKEN.example', 99$$),
    (5, 'taken by another',           $$'other', 'taken.example'$$),
    (6, 'being deleted',              $$'acme', 'deleted.example'$$),
    -- period
    (10, 'no years',                  $$'acme', 'a.example', 0$$),
    (11, 'minus one',                 $$'acme', 'a.example', -1$$),
    (12, 'above the maximum',         $$'acme', 'a.example', 11$$),
    (13, 'half a year',               $$'acme', 'a.example', 6, 'm'$$),
    (14, '13 months',                 $$'acme', 'a.example', 13, 'm'$$),
    (15, '11 years of months',        $$'acme', 'a.example', 132, 'm'$$),
    (16, 'days',                      $$'acme', 'a.example', 1, 'd'$$),
    (17, 'below the zone''s minimum', $$'acme', 'a.terms', 1$$),
    (18, 'above the zone''s maximum', $$'acme', 'a.terms', 5$$),
    -- contacts
    (20, 'registrant missing',        $$'acme', 'a.full', contacts => '{admin:AC-1,tech:AC-1}'$$),
    (21, 'registrant empty',          $$'acme', 'a.full', registrant => '', contacts => '{admin:AC-1,tech:AC-1}'$$),
    (22, 'admin missing',             $$'acme', 'a.full', registrant => 'AC-1', contacts => '{tech:AC-1}'$$),
    (23, 'tech missing',              $$'acme', 'a.full', registrant => 'AC-1', contacts => '{admin:AC-1}'$$),
    (24, 'registrant unknown',        $$'acme', 'a.full', registrant => 'AC-9', contacts => '{admin:AC-1,tech:AC-1}'$$),
    (25, 'contact unknown',           $$'acme', 'a.full', registrant => 'AC-1', contacts => '{admin:AC-9,tech:AC-1}'$$),
    (26, 'registrant is another''s',  $$'acme', 'a.full', registrant => 'OT-1', contacts => '{admin:AC-1,tech:AC-1}'$$),
    (27, 'contact is another''s',     $$'acme', 'a.full', registrant => 'AC-1', contacts => '{admin:OT-1,tech:AC-1}'$$),
    (28, 'unknown role',              $$'acme', 'a.full', registrant => 'AC-1', contacts => '{admin:AC-1,tech:AC-1,owner:AC-1}'$$),
    (29, 'role without contact',      $$'acme', 'a.full', registrant => 'AC-1', contacts => '{admin:AC-1,tech:}'$$),
    (30, 'contact without role',      $$'acme', 'a.full', registrant => 'AC-1', contacts => '{admin:AC-1,AC-1}'$$),
    (31, 'registrant as a role',      $$'acme', 'a.full', contacts => '{registrant:AC-1,admin:AC-1,tech:AC-1}'$$),
    (32, 'one contact twice',         $$'acme', 'a.example', contacts => '{tech:AC-1,tech:AC-1}'$$),
    (33, 'three where two may be',    $$'acme', 'a.example', contacts => '{tech:AC-1,tech:AC-2,tech:AC-3}'$$),
    (34, 'registrant not allowed',    $$'acme', 'a.bare', registrant => 'AC-1'$$),
    (35, 'contact not allowed',       $$'acme', 'a.bare', contacts => '{billing:AC-1}'$$),
    -- name servers
    (40, 'host without form',         $$'acme', 'a.example', hosts => '{ns_1.elsewhere.test}'$$),
    (41, 'host unknown',              $$'acme', 'a.example', hosts => '{ns1.elsewhere.test,ns9.elsewhere.test}'$$),
    (42, 'host twice',                $$'acme', 'a.example', hosts => '{ns1.elsewhere.test,NS1.elsewhere.test.}'$$),
    (43, 'host of a deleted domain',  $$'acme', 'a.example', hosts => '{ns.deleted.example}'$$),
    (44, 'four where three may be',   $$'acme', 'a.example', hosts => '{ns1.elsewhere.test,ns2.elsewhere.test,ns3.elsewhere.test,ns4.elsewhere.test}'$$),
    (45, 'objects, not attributes',   $$'acme', 'a.example', host_attrs => '{ns1.elsewhere.test}'$$),
    (46, 'attributes, not objects',   $$'acme', 'a.bare', hosts => '{ns1.elsewhere.test}'$$),
    (47, 'attribute without form',    $$'acme', 'a.bare', host_attrs => '{ns_1.elsewhere.test}'$$),
    (48, 'attribute of one label',    $$'acme', 'a.bare', host_attrs => '{localhost}'$$),
    (0, 'attribute like an address', $$'acme', 'a.bare', host_attrs => '{192.0.2.1}'$$),
    (49, 'empty attribute',           $$'acme', 'a.bare', host_attrs => '{""}'$$),
    (50, 'not an address',            $$'acme', 'a.bare', host_attrs => '{"ns1.a.bare 192.0.2.256"}'$$),
    (51, 'a network',                 $$'acme', 'a.bare', host_attrs => '{"ns1.a.bare 192.0.2.0/24"}'$$),
    (52, 'loopback',                  $$'acme', 'a.bare', host_attrs => '{"ns1.a.bare ::1"}'$$),
    (53, 'address outside',           $$'acme', 'a.bare', host_attrs => '{"ns1.elsewhere.test 192.0.2.1"}'$$),
    (54, 'address of a neighbour',    $$'acme', 'a.bare', host_attrs => '{"ns1.xa.bare 192.0.2.1"}'$$),
    (55, 'inside without address',    $$'acme', 'a.bare', host_attrs => '{ns1.a.bare}'$$),
    (56, 'itself without address',    $$'acme', 'a.bare', host_attrs => '{a.bare}'$$),
    (57, 'one name twice',            $$'acme', 'a.bare', host_attrs => '{"ns1.a.bare 192.0.2.1","NS1.a.bare 192.0.2.2"}'$$),
    (58, '14 attributes',             $$'acme', 'a.bare', host_attrs => '{n1.x.test,n2.x.test,n3.x.test,n4.x.test,n5.x.test,n6.x.test,n7.x.test,n8.x.test,n9.x.test,n10.x.test,n11.x.test,n12.x.test,n13.x.test,n14.x.test}'$$),
    -- DNSSEC
    (60, 'DS without form',           $$'acme', 'a.example', ds => '{"12345 13 2"}'$$),
    (61, 'digest too short',          $$'acme', 'a.example', ds => ARRAY['12345 13 2 ' || repeat('ab', 31)]$$),
    (62, 'algorithm not allowed',     $$'acme', 'a.example', ds => ARRAY['12345 5 2 ' || repeat('ab', 32)]$$),
    (63, 'digest not allowed',        $$'acme', 'a.example', ds => ARRAY['12345 13 1 ' || repeat('ab', 20)]$$),
    (64, 'three where two may be',    $$'acme', 'a.example', ds => ARRAY['1 13 2 ' || repeat('ab', 32), '2 13 2 ' || repeat('ab', 32), '3 13 2 ' || repeat('ab', 32)]$$),
    (65, 'one DS twice',              $$'acme', 'a.example', ds => ARRAY['1 13 2 ' || repeat('ab', 32), '01 13 2 ' || repeat('AB', 32)]$$),
    (66, 'DS and keys',               $$'acme', 'a.example', ds => ARRAY['1 13 2 ' || repeat('ab', 32)], keys => '{257 3 13 AQID}'$$),
    (67, 'key protocol',              $$'acme', 'a.example', keys => '{257 2 13 AQID}'$$),
    (68, 'key algorithm',             $$'acme', 'a.example', keys => '{257 3 5 AQID}'$$),
    (69, 'no DS in this zone',        $$'acme', 'a.bare', ds => ARRAY['1 13 2 ' || repeat('ab', 32)]$$),
    (70, 'signature life of nothing', $$'acme', 'a.example', ds => ARRAY['1 13 2 ' || repeat('ab', 32)], max_sig_life => 0$$),
    -- price and money come last
    (80, 'no price',                  $$'acme', 'a.priceless'$$),
    (81, 'no account in the currency', $$'euro', 'a.example'$$),
    (82, 'a cent short',              $$'poor', 'a.example'$$)) AS t (n, what, arguments),
    test.effect(format('SELECT dos.domain_create(%s)', t.arguments)) AS e ORDER BY t.n;

-- and what it makes: both sides of the boundaries above
SELECT t.what, e.code, e.reason, e.changed
FROM (VALUES
    (1, 'default period',             $$'acme', 'b01.example'$$),
    (2, 'one year',                   $$'acme', 'b02.example', 1$$),
    (3, 'ten years',                  $$'acme', 'b03.example', 10, 'y'$$),
    (4, '12 months',                  $$'acme', 'b04.example', 12, 'm'$$),
    (5, '120 months',                 $$'acme', 'b05.example', 120, 'm'$$),
    (6, 'unit left out',              $$'acme', 'b06.example', 2, NULL$$),
    (7, 'zone''s default',            $$'acme', 'b07.terms'$$),
    (8, 'zone''s minimum',            $$'acme', 'b08.terms', 2$$),
    (9, 'zone''s maximum',            $$'acme', 'b09.terms', 4$$),
    (10, 'all roles, one contact',    $$'acme', 'b10.full', registrant => 'AC-1', contacts => '{admin:AC-1,tech:AC-1,billing:AC-1}'$$),
    (11, 'two of a role',             $$'acme', 'b11.example', contacts => '{tech:AC-1,admin:AC-3,tech:AC-2}'$$),
    (12, 'three hosts',               $$'acme', 'b12.example', hosts => '{ns1.elsewhere.test,NS2.elsewhere.test,ns.taken.example}'$$),
    (13, 'another''s host',           $$'other', 'b13.example', hosts => '{ns1.elsewhere.test}'$$),
    (14, 'attributes',                $$'acme', 'b14.bare', host_attrs => '{"NS1.b14.bare 192.0.2.1 2001:db8::1",ns1.elsewhere.test,"b14.bare 192.0.2.3"}'$$),
    (15, '13 attributes',             $$'acme', 'b15.bare', host_attrs => '{n1.x.test,n2.x.test,n3.x.test,n4.x.test,n5.x.test,n6.x.test,n7.x.test,n8.x.test,n9.x.test,n10.x.test,n11.x.test,n12.x.test,n13.x.test}'$$),
    (16, 'two DS',                    $$'acme', 'b16.example', ds => ARRAY['1 13 2 ' || repeat('ab', 32), '65535 16 4 ' || repeat('cd', 48)], max_sig_life => 1$$),
    (17, 'DS with its key',           $$'acme', 'b17.example', ds => ARRAY['1 13 2 ' || repeat('ab', 32) || ' 257 3 13 AQ ID']$$),
    (18, 'keys',                      $$'acme', 'b18.example', keys => '{257 3 13 AQID,256 3 8 AQIDBA==}'$$),
    (19, 'the last cent',             $$'rich', 'b19.expiring'$$)) AS t (n, what, arguments),
    test.effect(format('SELECT dos.domain_create(%s)', t.arguments)) AS e ORDER BY t.n;
SELECT d.name, (d.expires_at AT TIME ZONE 'UTC')::text AS expires, g.kind, (g.ends_at AT TIME ZONE 'UTC')::text AS grace_ends, g.years, e.amount_minor, d.next_event_at = d.expires_at AS next
FROM dos.domain AS d CROSS JOIN unnest(d.graces) AS g JOIN dos.ledger_entry AS e ON e.id = g.entry_id WHERE d.name LIKE 'b0%' ORDER BY d.name;
SELECT i.name, i.statuses, i.rgp_statuses, i.registrant, i.contacts, i.hosts, i.host_attrs, i.ds, i.keys, i.max_sig_life
FROM dos.domain AS d CROSS JOIN LATERAL dos.domain_info('acme', d.name) AS i WHERE d.name LIKE 'b1%' AND d.name NOT LIKE '%expiring' ORDER BY d.name;

-- the answer, the row, the charge and the event tell one story
SELECT * FROM dos.domain_create('acme', 'Story.Full.', 2, 'y', '{ns1.elsewhere.test}', NULL, 'AC-1', '{admin:AC-2,tech:AC-3}', 'Secret-1', NULL, NULL, NULL, 'CL-1', 'SV-1');
SELECT d.roid ~ '^D\d+-DOS$' AS roid, d.created_at, d.expires_at, d.updated_at, d.auth_hash IS NOT NULL AS has_auth, r.clid AS sponsor, c.clid AS creator
FROM dos.domain AS d JOIN dos.registrar AS r ON r.id = d.registrar_id JOIN dos.registrar AS c ON c.id = d.creator_id WHERE d.name = 'story.full';
SELECT account, registrar, currency, amount, kind, object_name, years, svtrid FROM dos.ledger_line WHERE object_name = 'story.full' ORDER BY amount_minor;
SELECT event, object_name, registrar, cltrid, svtrid, content FROM dos.outbox WHERE object_name = 'story.full';
SELECT z.name AS zone, q.owner FROM dos.dns_dirty AS q JOIN dos.zone AS z ON z.id = q.zone_id WHERE q.owner = 'story.full';
SELECT count(*) AS secrets FROM dos.outbox AS o WHERE o::text LIKE '%Secret%';

-- a name that is gone by the clock is free, though nobody has come by to say so; its hosts and charge are history
SET dos.clock = '2027-05-08T10:20:30.122Z';
SELECT * FROM dos.domain_check('acme', '{old.expiring}');
SELECT e.code, e.reason FROM test.effect($$SELECT dos.domain_create('other', 'old.expiring')$$) AS e;
SET dos.clock = '2027-05-08T10:20:30.123Z';
SELECT * FROM dos.domain_check('acme', '{old.expiring}');
SELECT e.* FROM test.effect($$SELECT dos.domain_create('other', 'old.expiring', svtrid => 'SV-2')$$) AS e;
SELECT event, registrar, svtrid FROM dos.outbox WHERE object_name = 'old.expiring' ORDER BY id;
SELECT sponsor, created_at, subordinate_hosts FROM dos.domain_info('other', 'old.expiring');
-- a refused create leaves the old row to the worker
SELECT e.code, e.reason, e.changed FROM test.effect($$SELECT dos.domain_create('acme', 'b19.expiring', 11)$$) AS e;
SELECT * FROM dos.ledger_verify();
SELECT * FROM test.dangling();
