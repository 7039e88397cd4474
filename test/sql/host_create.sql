-- host check, info and create (RFC 5732): place, addresses, names.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('other'), test.zone('example', 'registrant_required=false', 'contacts_required={}') > 0 AS zone,
       test.zone('co.example', 'registrant_required=false', 'contacts_required={}', 'autorenew=false') > 0 AS deep;
SELECT d.name, (dos.domain_create(d.registrar, d.name)).code
FROM (VALUES ('acme', 'a.example'), ('other', 'b.example'), ('acme', 'deleted.example'), ('acme', 'a.co.example')) AS d (registrar, name);
UPDATE dos.domain SET deleted_at = dos.now() WHERE name = 'deleted.example';

-- refusals in the order of precedence, then what is right; addresses are compared by value
CREATE FUNCTION v4(n int) RETURNS inet[] LANGUAGE sql AS $$ SELECT array_agg('192.0.2.0'::inet + i) FROM generate_series(1, n) AS i $$;
SELECT t.what, e.*
FROM (VALUES
    (1, 'not a name',               'acme', 'ns_1.a.example', '{}'::inet[]),
    (2, 'one label',                'acme', 'localhost', '{}'),
    (-1, 'an address',              'acme', '192.0.2.1', '{}'),
    (0, 'a number last',            'acme', 'ns1.a.7', '{}'),
    (99, 'a number, but not last', 'acme', 'ns1.7.elsewhere.test', '{}'),
    (3, '14 addresses',             'acme', 'ns1.a.example', v4(14)),
    (4, 'one address twice',        'acme', 'ns1.a.example', '{192.0.2.1,192.0.2.2,192.0.2.1}'),
    (5, 'the same, other form',     'acme', 'ns1.a.example', '{2001:db8::1,2001:0db8:0:0::0001}'),
    (6, 'a network',                'acme', 'ns1.a.example', '{192.0.2.0/24}'),
    (7, 'a network by one bit',     'acme', 'ns1.a.example', '{2001:db8::/127}'),
    (8, 'unspecified',              'acme', 'ns1.a.example', '{0.0.0.0}'),
    (9, 'loopback',                 'acme', 'ns1.a.example', '{127.0.0.1}'),
    (10, 'multicast',               'acme', 'ns1.a.example', '{224.0.0.1}'),
    (11, 'broadcast',               'acme', 'ns1.a.example', '{255.255.255.255}'),
    (12, 'IPv6 unspecified',        'acme', 'ns1.a.example', '{::}'),
    (13, 'IPv6 loopback',           'acme', 'ns1.a.example', '{::1}'),
    (14, 'IPv6 multicast',          'acme', 'ns1.a.example', '{ff02::1}'),
    (15, 'IPv4 in IPv6',            'acme', 'ns1.a.example', '{::ffff:192.0.2.1}'),
    (16, 'external with address',   'acme', 'ns1.elsewhere.test', '{192.0.2.1}'),
    (17, 'no domain above',         'acme', 'ns1.nobody.example', '{192.0.2.1}'),
    (18, 'right under the zone',    'acme', 'ns1.co.example', '{192.0.2.1}'),
    (19, 'the zone itself',         'acme', 'co.example', '{192.0.2.1}'),
    (20, 'another''s domain',       'acme', 'ns1.b.example', '{192.0.2.1}'),
    (21, 'domain being deleted',    'acme', 'ns1.deleted.example', '{192.0.2.1}'),
    (22, 'external',                'acme', 'ns1.elsewhere.test', '{}'),
    (23, 'external, of anybody',    'other', 'ns2.elsewhere.test', '{}'),
    (24, 'subordinate',             'acme', 'ns1.a.example', '{192.0.2.1}'),
    (25, 'taken',                   'acme', 'ns1.a.example', '{192.0.2.2}'),
    (26, 'taken by another',        'other', 'ns1.elsewhere.test', '{}'),
    (27, 'taken in other case',     'acme', 'NS1.A.Example.', '{192.0.2.2}'),
    (28, 'subordinate, no address', 'acme', 'ns2.a.example', '{}'),
    (29, 'NULL is no address',      'acme', 'ns3.a.example', NULL),
    (30, '13 addresses',            'acme', 'ns4.a.example', v4(13)),
    (31, 'named like the domain',   'acme', 'a.example', '{192.0.2.1,2001:db8::1}'),
    (32, 'several labels below',    'acme', 'x.y.z.a.example', '{10.0.0.1}'),
    (33, 'under the longest zone',  'acme', 'ns1.a.co.example', '{192.0.2.1}'),
    (34, 'internationalized',       'acme', 'bücher.elsewhere.test', '{}')) AS t (n, what, registrar, name, addresses),
    test.effect(format('SELECT dos.host_create(%L, %L, %L)', t.registrar, t.name, t.addresses)) AS e ORDER BY t.n;

SELECT h.name, d.name AS superordinate, r.clid AS sponsor, h.roid ~ '^H\d+-DOS$' AS roid, cardinality(h.addresses) AS addresses
FROM dos.host AS h LEFT JOIN dos.domain AS d ON d.id = h.superordinate_id JOIN dos.registrar AS r ON r.id = h.registrar_id ORDER BY h.name;

SELECT * FROM dos.host_check('acme', ARRAY['ns1.a.example', 'NS1.A.EXAMPLE.', 'ns9.a.example', 'ns_1.a.example', 'localhost', '', 'ns9.elsewhere.test', 'ns9.elsewhere.test', 'bücher.elsewhere.test']);

-- info is open to all; statuses are derived
SELECT (dos.domain_create('other', 'c.example', hosts => '{ns1.a.example,ns1.elsewhere.test}')).code;
UPDATE dos.host SET statuses = '{clientDeleteProhibited}' WHERE name = 'ns1.elsewhere.test';
SELECT t.registrar, o.code, o.reason, o.element, i.name, i.statuses, i.addresses, i.sponsor, i.creator, i.created_at, i.updater
FROM (VALUES (1, 'acme', 'ns9.a.example'), (2, 'other', 'ns1.a.example'), (3, 'acme', 'NS1.a.example'), (4, 'acme', 'ns1.elsewhere.test'), (5, 'acme', 'a.example')) AS t (n, registrar, name),
     test.outcome(format('SELECT dos.host_info(%L, %L)', t.registrar, t.name)) AS o
LEFT JOIN LATERAL (SELECT (dos.host_info(t.registrar, h.name)).* FROM dos.host AS h WHERE h.name = lower(t.name)) AS i ON true
ORDER BY t.n;
SELECT o.* FROM test.outcome($$SELECT dos.host_info('acme', 'ns_1.a.example')$$) AS o;

-- a subordinate host follows the sponsor of its domain
UPDATE dos.domain SET registrar_id = (SELECT id FROM dos.registrar WHERE clid = 'other') WHERE name = 'a.example';
SELECT sponsor, creator FROM dos.host_info('acme', 'ns1.a.example');
SELECT t.registrar, o.code, o.reason FROM (VALUES ('acme'), ('other')) AS t (registrar),
    test.outcome(format('SELECT * FROM dos.host_update(%L, ''ns1.a.example'', add_addresses => ''{192.0.2.99}'')', t.registrar)) AS o;

-- gone by the clock: its hosts are gone with it, whether or not somebody has come by to say so
CREATE VIEW seen AS SELECT t.what, test.would(t.command) AS answer FROM (VALUES
    (1, 'check', $$SELECT CASE WHEN available THEN 'free' ELSE 'not free' END AS code, name FROM dos.host_check('acme', '{ns1.a.co.example}')$$),
    (2, 'info', $$SELECT dos.host_info('acme', 'ns1.a.co.example')$$),
    (3, 'create', $$SELECT dos.host_create('acme', 'ns1.a.co.example', '{192.0.2.1}')$$),
    (4, 'update', $$SELECT * FROM dos.host_update('acme', 'ns1.a.co.example', add_addresses => '{192.0.2.2}')$$),
    (5, 'delete', $$SELECT * FROM dos.host_delete('acme', 'ns1.a.co.example')$$),
    (6, 'delegate', $$SELECT dos.domain_create('acme', 'd.example', hosts => '{ns1.a.co.example}')$$)) AS t (n, what, command) ORDER BY t.n;
SELECT * FROM seen;
-- the domain expires, and its zone does not renew: about to be deleted, then gone
SET dos.clock = '2027-04-03T00:00:00Z';
SELECT * FROM seen;
SET dos.clock = '2027-05-08T00:00:00Z';
SELECT * FROM seen;
SELECT dos.job_run('domain_advance') > 0 AS advanced;
SELECT * FROM seen;
SELECT * FROM test.dangling();
