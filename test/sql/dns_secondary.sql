-- Who may transfer zones: all zones or one, addresses and networks, keys; what the gateway reads.
\pset format unaligned
SELECT dos.zone_create('example', '{ns1.nic.example}'), dos.zone_create('test', '{ns1.nic.test}');

SELECT dos.dns_secondary_add('all', '192.0.2.1', key_name => 'Dos-Knot.'), dos.dns_secondary_add('one', '2001:db8::1', 'TEST.', 5353, false),
       dos.dns_secondary_add('office', '198.51.100.0/24', 'example', notify => false);
SELECT * FROM dos.dns_secondaries();

-- refusals: twice, a network that is to be told, no such zone, no name, no port
SELECT c.what, o.code, o.reason, o.element
  FROM (VALUES ('twice, for all zones', 'SELECT dos.dns_secondary_add(''all'', ''192.0.2.1'')'),
               ('twice, for one zone', 'SELECT dos.dns_secondary_add(''one'', ''2001:db8::1'', ''test'')'),
               ('another address', 'SELECT dos.dns_secondary_add(''one'', ''2001:db8::2'', ''test'')'),
               ('NOTIFY to a network', 'SELECT dos.dns_secondary_add(''net'', ''198.51.100.0/24'')'),
               ('unknown zone', 'SELECT dos.dns_secondary_add(''x'', ''192.0.2.1'', ''nowhere'')'),
               ('name with a space', 'SELECT dos.dns_secondary_add(''a b'', ''192.0.2.1'')'),
               ('name with a quote', 'SELECT dos.dns_secondary_add(''a"b'', ''192.0.2.1'')'),
               ('key that is no name', 'SELECT dos.dns_secondary_add(''x'', ''192.0.2.1'', key_name => ''a..b'')'),
               ('port 0', 'SELECT dos.dns_secondary_add(''x'', ''192.0.2.1'', port => 0)')) AS c(what, command),
       test.outcome(c.command) AS o;

-- a zone that goes takes its own rows along, not those for all
DELETE FROM dos.zone WHERE name = 'test';
SELECT zone, secondary, address FROM dos.dns_secondaries();
SELECT name FROM dos.dns_secondary ORDER BY id;

-- how far they are: reports of the gateway, judged by the clock
SET dos.clock = '2026-03-01T00:00:00Z';
SELECT dos.zone_create('watch.example', '{ns.dns.test}', 'secondary_lag_max=10 minutes', 'signature_life_min=3 days') > 0 AS watched;
SELECT dos.dns_secondary_add('far', '192.0.2.200', 'watch.example') > 0 AS added;
CREATE FUNCTION test.at(instant text, changed boolean DEFAULT false) RETURNS SETOF text
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('dos.clock', instant, false);
    UPDATE dos.zone SET soa_refresh = soa_refresh + 1 WHERE name = 'watch.example' AND changed;
    PERFORM dos.zone_publish('watch.example');
    PERFORM dos.job_run('dns_secondary_watch');
    RETURN QUERY SELECT format('%s, serial +%s, took +%s', v.state, v.serial - 1772323200, v.took - 1772323200)
                   FROM dos.dns_secondary_status AS v WHERE v.zone = 'watch.example' AND v.secondary = 'far';
END $$;
CREATE FUNCTION test.seen(took int, served int, signed_until text DEFAULT NULL) RETURNS int
LANGUAGE sql AS $$
    SELECT dos.dns_secondary_seen('{watch.example}', '{far}', ARRAY[1772323200::bigint + took], '{NULL}', ARRAY[1772323200::bigint + served], ARRAY[extract(epoch FROM signed_until::timestamptz)::bigint])
$$;
SELECT * FROM test.at('2026-03-01T00:00:00Z');
SELECT dos.dns_secondary_seen('{watch.example,watch.example,nowhere}', '{far,unknown,far}', '{1772323200,1,1}', '{NULL,1,1}', '{NULL,1,1}', '{NULL,NULL,NULL}') AS of_three;
SELECT * FROM test.at('2026-03-01T00:00:01Z');
SELECT test.seen(0, 0), (SELECT * FROM test.at('2026-03-01T00:00:02Z')) AS then;
SELECT * FROM test.at('2026-03-01T00:01:00Z', true) AS a_change;
SELECT test.seen(NULL, 0), (SELECT * FROM test.at('2026-03-01T00:11:00Z')) AS ten_minutes_later;
SELECT test.seen(NULL, 0), (SELECT * FROM test.at('2026-03-01T00:11:01Z')) AS a_second_more;
SELECT test.seen(1, 1), (SELECT * FROM test.at('2026-03-01T00:11:02Z')) AS it_took_it;
SELECT test.seen(0, 0), (SELECT * FROM test.at('2026-03-01T00:11:03Z')) AS a_late_report;
SELECT * FROM test.at('2026-03-01T00:21:02Z') AS ten_minutes_without_an_answer;
SELECT * FROM test.at('2026-03-01T00:21:03Z') AS a_second_more;
SELECT test.seen(1, 1, '2026-03-04T00:30:00Z'), (SELECT * FROM test.at('2026-03-01T00:30:00Z')) AS three_days_of_signatures;
SELECT test.seen(1, 1, '2026-03-04T00:30:00Z'), (SELECT * FROM test.at('2026-03-01T00:30:01Z')) AS a_second_less;
SELECT test.seen(1, 1, '2026-03-01T00:30:01Z'), (SELECT * FROM test.at('2026-03-01T00:30:02Z')) AS none_left;
SELECT content ->> 'was' AS was, content ->> 'alarm' AS alarm FROM dos.outbox WHERE event = 'zone.secondary_alarm' AND object_name = 'watch.example' ORDER BY id;

-- a zone's own DS: checked, and published where the parent is here
SELECT test.outcome($$UPDATE dos.zone SET ds = '{1 13 2 00}' WHERE name = 'watch.example'$$);
UPDATE dos.zone SET ds = ARRAY['1 13 2 ' || repeat('AB', 32)] WHERE name = 'watch.example';
SELECT dos.zone_create('example', '{ns.dns.test}') > 0 AS parent WHERE NOT EXISTS (SELECT FROM dos.zone WHERE name = 'example');
SELECT dos.zone_publish('example') > 0 AS published;
SELECT f FROM dos.zone_file('example') AS f WHERE f LIKE 'watch.%';
UPDATE dos.zone SET ds = '{}' WHERE name = 'watch.example';
SELECT dos.zone_publish('example') > 0 AS published;
SELECT f FROM dos.zone_file('example') AS f WHERE f LIKE 'watch.%';
