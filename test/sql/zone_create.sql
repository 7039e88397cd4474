-- Zones: what may be set, in any order, and what the table refuses.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT o.code, o.reason, o.element, t.command
FROM (VALUES
    ($$SELECT dos.zone_create('exa_mple')$$),
    ($$SELECT dos.zone_create('')$$),
    ($$SELECT dos.zone_create('example', '{}', 'colour=red')$$),
    ($$SELECT dos.zone_create('example', '{}', 'id=7')$$),
    ($$SELECT dos.zone_create('example', '{}', 'name=other')$$),
    ($$SELECT dos.zone_create('example', '{}', 'autorenew')$$),
    ($$SELECT dos.zone_create('example', '{}', 'label_min=0')$$),
    ($$SELECT dos.zone_create('example', '{}', 'label_max=64')$$),
    ($$SELECT dos.zone_create('example', '{}', 'label_min=5', 'label_max=4')$$),
    ($$SELECT dos.zone_create('example', '{}', 'label_pattern=[a-')$$),
    ($$SELECT dos.zone_create('example', '{}', 'period_min=0')$$),
    ($$SELECT dos.zone_create('example', '{}', 'period_max=11')$$),
    ($$SELECT dos.zone_create('example', '{}', 'period_min=3', 'period_max=2')$$),
    ($$SELECT dos.zone_create('example', '{}', 'horizon_years=5')$$),
    ($$SELECT dos.zone_create('example', '{}', 'add_grace=-1 second')$$),
    ($$SELECT dos.zone_create('example', '{}', 'add_grace=1 month')$$),
    ($$SELECT dos.zone_create('example', '{}', 'renew_grace=1 month')$$),
    ($$SELECT dos.zone_create('example', '{}', 'autorenew_grace=1 year')$$),
    ($$SELECT dos.zone_create('example', '{}', 'redemption=1 month')$$),
    ($$SELECT dos.zone_create('example', '{}', 'pending_delete=1 month')$$),
    ($$SELECT dos.zone_create('example', '{}', 'contacts_required={owner}')$$),
    ($$SELECT dos.zone_create('example', '{}', 'contacts_allowed={admin}')$$),
    ($$SELECT dos.zone_create('example', '{}', 'registrant_allowed=false')$$),
    ($$SELECT dos.zone_create('example', '{}', 'host_model=both')$$),
    ($$SELECT dos.zone_create('example', '{}', 'hosts_max=14')$$),
    ($$SELECT dos.zone_create('example', '{}', 'currency=XXX')$$),
    ($$SELECT dos.zone_create('example', '{}', 'soa_mname=NS.Example')$$),
    ($$SELECT dos.zone_create('example', '{"ns1.example not-an-address"}')$$),
    ($$SELECT dos.zone_create('example', '{}', 'label_max=3', 'label_min=3')$$),
    ($$SELECT dos.zone_create('example')$$),
    ($$SELECT dos.zone_create('EXAMPLE.')$$),
    -- settings are judged together: their order does not matter
    ($$SELECT dos.zone_create('one.test', '{}', 'period_min=2', 'period_default=2')$$),
    ($$SELECT dos.zone_create('two.test', '{}', 'horizon_years=5', 'period_max=5')$$),
    ($$SELECT dos.zone_create('three.test', '{}', 'registrant_allowed=false', 'registrant_required=false', 'contacts_allowed={}', 'contacts_required={}')$$),
    ($$SELECT dos.zone_create('four.test', '{}', 'label_pattern=^[a-z]+$')$$),
    ($$SELECT dos.zone_create('five.test', '{}', 'label_pattern=^a=b$', 'add_grace=120 hours', 'redemption=0')$$)) AS t (command),
    test.outcome(t.command) AS o;
SELECT name, label_min, label_max, label_pattern, period_min, period_default, period_max, horizon_years, registrant_allowed, contacts_allowed, add_grace, redemption
FROM dos.zone ORDER BY name;

-- apex name servers: canonical names, addresses of those inside
SELECT dos.zone_create('servers', '{"NS1.nic.Servers 192.0.2.53  2001:db8::53",ns.elsewhere.test}') > 0 AS created;
SELECT s.name, s.addresses FROM dos.zone_nameserver AS s JOIN dos.zone AS z ON z.id = s.zone_id WHERE z.name = 'servers' ORDER BY s.name;

-- longest match, never the zone itself
SELECT dos.zone_create('co.example') > 0 AS created;
SELECT t.name, (dos_internal.zone_of(t.name)).name AS zone
FROM (VALUES ('example'), ('test'), ('a.test'), ('notexample'), (''), ('.'), ('a.example'), ('a.b.example'), ('co.example'), ('a.co.example'), ('a.b.co.example'), ('xco.example')) AS t (name);
SELECT (dos_internal.zone_get(0)).name, (dos_internal.zone_get((SELECT id FROM dos.zone WHERE name = 'example'))).name;

-- a changed zone is the new one from the next statement on
UPDATE dos.zone SET label_min = 2 WHERE name = 'co.example';
SELECT (dos_internal.zone_of('a.co.example')).label_min;
BEGIN;
UPDATE dos.zone SET label_min = 3 WHERE name = 'co.example';
SELECT (dos_internal.zone_of('a.co.example')).label_min;
ROLLBACK;
SELECT (dos_internal.zone_of('a.co.example')).label_min;
BEGIN;
SAVEPOINT s;
DELETE FROM dos.zone WHERE name = 'co.example';
SELECT (dos_internal.zone_of('a.co.example')).name;
ROLLBACK TO s;
SELECT (dos_internal.zone_of('a.co.example')).name;
COMMIT;
DELETE FROM dos.zone WHERE name = 'co.example';
SELECT (dos_internal.zone_of('a.co.example')).name;
