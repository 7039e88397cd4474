-- host update and delete (RFC 5732 sections 3.2.2 and 3.2.5).
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('other'), test.zone('example', 'registrant_required=false', 'contacts_required={}') > 0 AS zone;
SELECT d.name, (dos.domain_create(d.registrar, d.name)).code FROM (VALUES ('acme', 'a.example'), ('acme', 'a2.example'), ('other', 'b.example')) AS d (registrar, name);
SELECT h.name, (dos.host_create('acme', h.name, h.addresses::inet[])).code
FROM (VALUES ('ns1.a.example', '{192.0.2.1,2001:db8::1}'), ('ns2.a.example', '{192.0.2.2}'), ('ns1.elsewhere.test', '{}'), ('ns2.elsewhere.test', '{}'),
             ('locked.elsewhere.test', '{}'), ('both.elsewhere.test', '{}'), ('full.a.example', '{10.0.0.1,10.0.0.2,10.0.0.3,10.0.0.4,10.0.0.5,10.0.0.6,10.0.0.7,10.0.0.8,10.0.0.9,10.0.0.10,10.0.0.11,10.0.0.12,10.0.0.13}')) AS h (name, addresses);
UPDATE dos.host SET statuses = '{clientUpdateProhibited,clientDeleteProhibited}' WHERE name = 'locked.elsewhere.test';
UPDATE dos.host SET statuses = '{clientUpdateProhibited,serverUpdateProhibited}' WHERE name = 'both.elsewhere.test';
SELECT * FROM dos.domain_update('acme', 'a.example', add_hosts => '{ns1.a.example,ns1.elsewhere.test}');
SELECT * FROM dos.domain_update('other', 'b.example', add_hosts => '{ns2.a.example,ns2.elsewhere.test}');
DELETE FROM dos.dns_dirty;
SET dos.clock = '2026-04-04T00:00:00Z';

-- refusals in the order of precedence
SELECT t.what, e.*
FROM (VALUES
    (1, 'not a name',                     $$'acme', 'ns_1.a.example', add_addresses => '{192.0.2.9}'$$),
    (2, 'unknown',                        $$'acme', 'ns9.a.example', add_addresses => '{192.0.2.9}'$$),
    (3, 'another''s',                     $$'other', 'ns1.a.example', add_addresses => '{192.0.2.9}'$$),
    (4, 'nothing',                        $$'acme', 'ns1.a.example'$$),
    (5, 'locked',                         $$'acme', 'locked.elsewhere.test', new_name => 'free.elsewhere.test'$$),
    (6, 'locked: another status',         $$'acme', 'locked.elsewhere.test', rem_statuses => '{clientDeleteProhibited}'$$),
    (7, 'locked: unlock and rename',      $$'acme', 'locked.elsewhere.test', rem_statuses => '{clientUpdateProhibited}', new_name => 'free.elsewhere.test'$$),
    (8, 'locked by both: unlock',         $$'acme', 'both.elsewhere.test', rem_statuses => '{clientUpdateProhibited}'$$),
    (9, 'server status',                  $$'acme', 'ns1.a.example', add_statuses => '{serverDeleteProhibited}'$$),
    (10, 'a domain''s status',            $$'acme', 'ns1.a.example', add_statuses => '{clientTransferProhibited}'$$),
    (11, 'linked',                        $$'acme', 'ns1.a.example', rem_statuses => '{linked}'$$),
    (12, 'added and removed',             $$'acme', 'ns1.a.example', add_statuses => '{clientDeleteProhibited}', rem_statuses => '{clientDeleteProhibited}'$$),
    (13, 'status not set',                $$'acme', 'ns1.a.example', rem_statuses => '{clientDeleteProhibited}'$$),
    (14, 'address not there',             $$'acme', 'ns1.a.example', rem_addresses => '{192.0.2.9}'$$),
    (15, 'address there already',         $$'acme', 'ns1.a.example', add_addresses => '{192.0.2.1}'$$),
    (16, 'there already, other form',     $$'acme', 'ns1.a.example', add_addresses => '{2001:0DB8::0:1}'$$),
    (17, 'address added and removed',     $$'acme', 'ns1.a.example', add_addresses => '{192.0.2.1}', rem_addresses => '{192.0.2.1}'$$),
    (18, 'new address twice',             $$'acme', 'ns1.a.example', add_addresses => '{192.0.2.9,192.0.2.9}'$$),
    (19, 'a network',                     $$'acme', 'ns1.a.example', add_addresses => '{192.0.2.0/25}'$$),
    (20, '14th address',                  $$'acme', 'full.a.example', add_addresses => '{10.0.0.14}'$$),
    (21, 'address of an external host',   $$'acme', 'ns1.elsewhere.test', add_addresses => '{192.0.2.9}'$$),
    (22, 'last address, own domain uses', $$'acme', 'ns1.a.example', rem_addresses => '{192.0.2.1,2001:db8::1}'$$),
    (23, 'to no name',                    $$'acme', 'ns1.a.example', new_name => 'ns_1.a.example'$$),
    (24, 'to one label',                  $$'acme', 'ns1.a.example', new_name => 'localhost'$$),
    (0, 'to an address',                 $$'acme', 'ns1.a.example', new_name => '192.0.2.1'$$),
    (25, 'to a name taken',               $$'acme', 'ns1.a.example', new_name => 'NS2.a.example'$$),
    (26, 'to its own name',               $$'acme', 'ns1.a.example', new_name => 'ns1.a.example'$$),
    (27, 'external, another uses it',     $$'acme', 'ns2.elsewhere.test', new_name => 'ns3.elsewhere.test'$$),
    (28, 'to no domain',                  $$'acme', 'ns1.a.example', new_name => 'ns1.nobody.example'$$),
    (29, 'to another''s domain',          $$'acme', 'ns1.a.example', new_name => 'ns1.b.example'$$),
    (30, 'out of the zone with address',  $$'acme', 'ns1.a.example', new_name => 'ns3.elsewhere.test'$$),
    (31, 'into the zone, no address',     $$'acme', 'ns1.elsewhere.test', new_name => 'ns3.a.example'$$)) AS t (n, what, arguments),
    test.effect(format('SELECT * FROM dos.host_update(%s)', t.arguments)) AS e ORDER BY t.n;

-- what is done: who is published again
CREATE FUNCTION done(arguments text) RETURNS TABLE (code text, name text, statuses text, addresses inet[], superordinate text, dirty text) LANGUAGE plpgsql AS $$
DECLARE
    host_id bigint := (SELECT h.id FROM dos.host AS h WHERE h.name = split_part(arguments, '''', 4));
BEGIN
    DELETE FROM dos.dns_dirty;
    code := (test.outcome(format('SELECT * FROM dos.host_update(%s)', arguments))).code;
    SELECT h.name, array_to_string(h.statuses, ' '), h.addresses, (SELECT d.name FROM dos.domain AS d WHERE d.id = h.superordinate_id)
      INTO name, statuses, addresses, superordinate FROM dos.host AS h WHERE h.id = host_id;
    dirty := (SELECT string_agg(DISTINCT q.owner, ' ') FROM dos.dns_dirty AS q);
    RETURN NEXT;
END $$;
SELECT t.what, d.*
FROM (VALUES
    (1, 'status added',                    $$'acme', 'ns1.a.example', add_statuses => '{clientUpdateProhibited}'$$),
    (2, 'unlocked, another added',         $$'acme', 'ns1.a.example', add_statuses => '{clientDeleteProhibited}', rem_statuses => '{clientUpdateProhibited}'$$),
    (3, 'one address for another',         $$'acme', 'ns1.a.example', add_addresses => '{192.0.2.9}', rem_addresses => '{192.0.2.1}'$$),
    (4, 'one of 13 for another',           $$'acme', 'full.a.example', add_addresses => '{10.0.0.14}', rem_addresses => '{10.0.0.1}'$$),
    (5, 'last address, another uses it',   $$'acme', 'ns2.a.example', rem_addresses => '{192.0.2.2}'$$),
    (6, 'address again',                   $$'acme', 'ns2.a.example', add_addresses => '{192.0.2.2}'$$),
    (7, 'name in the same domain',         $$'acme', 'ns1.a.example', new_name => 'NS11.a.example'$$),
    (8, 'name in another domain of one''s own', $$'acme', 'ns11.a.example', new_name => 'ns1.a2.example'$$),
    (9, 'out of the zone, without address', $$'acme', 'ns2.a.example', rem_addresses => '{192.0.2.2}', new_name => 'ns4.elsewhere.test'$$),
    (10, 'external to external',           $$'acme', 'ns1.elsewhere.test', new_name => 'ns5.elsewhere.test'$$),
    (11, 'into the zone with an address',  $$'acme', 'ns5.elsewhere.test', add_addresses => '{192.0.2.5}', new_name => 'ns5.a2.example'$$)) AS t (n, what, arguments),
    done(t.arguments) AS d ORDER BY t.n;
-- links followed
SELECT name, hosts FROM dos.domain_info('acme', 'a.example');
SELECT name, hosts FROM dos.domain_info('acme', 'b.example');
SELECT object_name, content FROM dos.outbox WHERE event = 'host.updated' AND content IS NOT NULL ORDER BY id;
SELECT updater, updated_at FROM dos.host_info('acme', 'ns5.a2.example');

-- delete
UPDATE dos.host SET statuses = '{serverDeleteProhibited}' WHERE name = 'both.elsewhere.test';
SELECT t.what, e.*
FROM (VALUES
    (1, 'not a name', 'acme', 'ns_1.a.example'), (2, 'unknown', 'acme', 'ns9.a.example'), (3, 'another''s', 'other', 'full.a.example'),
    (4, 'locked', 'acme', 'locked.elsewhere.test'), (5, 'locked by the server', 'acme', 'both.elsewhere.test'),
    (6, 'linked by one''s own', 'acme', 'ns5.a2.example'), (7, 'linked by another''s', 'acme', 'ns4.elsewhere.test'),
    (8, 'free', 'acme', 'full.a.example'), (9, 'gone', 'acme', 'full.a.example')) AS t (n, what, registrar, name),
    test.effect(format('SELECT * FROM dos.host_delete(%L, %L, ''CL-1'', ''SV-1'')', t.registrar, t.name)) AS e ORDER BY t.n;
-- unlinked, it goes; an update lock alone is no obstacle
SELECT * FROM dos.domain_update('acme', 'a.example', rem_hosts => '{ns5.a2.example}');
UPDATE dos.host SET statuses = '{clientUpdateProhibited}' WHERE name = 'ns5.a2.example';
SELECT e.* FROM test.effect($$SELECT * FROM dos.host_delete('acme', 'ns5.a2.example')$$) AS e;
SELECT * FROM test.dangling();
