-- Two zones of different kinds, their prices (USD cents), and the secondary that serves them.
-- psql variables: zone1, zone2, knot_port, key (TSIG).
BEGIN;
SELECT dos.zone_create(:'zone1', ARRAY['ns1.nic.' || :'zone1' || ' 192.0.2.53 2001:db8::53', 'ns2.nic.' || :'zone1' || ' 198.51.100.53'],
       'contacts_required={admin,tech}', 'host_model=object', 'transfer_lock=0',
       'soa_mname=ns1.nic.' || :'zone1', 'soa_rname=hostmaster.nic.' || :'zone1');
SELECT dos.zone_create(:'zone2', ARRAY['ns1.nic.' || :'zone2' || ' 192.0.2.54', 'ns2.nic.' || :'zone2' || ' 198.51.100.54'],
       'registrant_required=false', 'registrant_allowed=false', 'contacts_required={}', 'contacts_allowed={}', 'host_model=attribute',
       'transfer_lock=0',
       'soa_mname=ns1.nic.' || :'zone2', 'soa_rname=hostmaster.nic.' || :'zone2');
SELECT dos.price_set(z.name, p.command, NULL, 'USD', p.amount_minor)
  FROM dos.zone AS z,
       (VALUES ('create', 800), ('renew', 800), ('transfer', 800), ('restore', 4000)) AS p(command, amount_minor);
SELECT dos.dns_secondary_add('knot', '127.0.0.1', NULL, :knot_port, true, :'key');
-- what a new registry leaves off until a zone wants it: both of these want everything that IANA has registered
UPDATE dos.epp_service SET enabled = true WHERE NOT private;
SELECT dos.zone_ttl_set(t.zone, t.type, 300, 172800)
  FROM (VALUES (:'zone1', 'NS'), (:'zone1', 'DS'), (:'zone1', 'A'), (:'zone1', 'AAAA'), (:'zone2', 'NS')) AS t(zone, type) \g /dev/null
COMMIT;
