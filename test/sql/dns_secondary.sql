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
