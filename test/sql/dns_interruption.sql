-- Controlled interruption (P20): records of a whole zone or of the names of a list, for 90 days, taken out by the clock.
\pset format unaligned
SET dos.clock = '2026-01-01T00:00:00Z';
SELECT dos.zone_create('fresh', '{"ns1.nic.fresh 192.0.2.53"}', 'soa_mname=ns1.nic.fresh', 'soa_rname=hostmaster.nic.fresh', 'spec5=false') > 0 AS fresh, test.thin_zone('old') > 0 AS old, test.thin_zone('land', 'kind=country') > 0 AS land;
SELECT test.registrar('acme') > 0 AS acme;
CREATE FUNCTION pg_temp.records(zone text) RETURNS SETOF text LANGUAGE sql AS $$ SELECT f FROM dos.zone_file(zone) AS f WHERE split_part(f, ' ', 4) IN ('A', 'MX', 'SRV', 'TXT') AND f !~ '^ns1' $$;
SELECT * FROM dos.interruption_records('Fresh');

-- lists: of another class, of all zones, of two zones, of this zone
SELECT dos.reserved_list_create('other', 'reserved', '{old}') > 0, dos.reserved_list_create('everywhere', 'collision') > 0, dos.reserved_list_create('shared', 'collision', '{old,fresh}') > 0, dos.reserved_list_create('collisions', 'collision', '{old}') > 0 AS lists;
SELECT dos.reserved_list_create('empty', 'collision', '{land}') > 0 AS empty;
SELECT dos.reserved_add('collisions', 'corp', 'home', 'mail', 'belkin');
SELECT o.code, o.reason, o.detail, t.command FROM (VALUES
    ($$SELECT dos.interruption_begin('nowhere')$$), ($$SELECT dos.interruption_begin('old', 'missing')$$), ($$SELECT dos.interruption_begin('old', 'other')$$), ($$SELECT dos.interruption_begin('old', 'everywhere')$$),
    ($$SELECT dos.interruption_begin('old', 'shared')$$), ($$SELECT dos.interruption_begin('land', 'empty')$$), ($$SELECT dos.interruption_begin('old', 'collisions', '{x}')$$), ($$SELECT dos.interruption_begin('old', labels => '{a.b}')$$),
    ($$SELECT dos.interruption_begin('old', labels => '{}')$$), ($$SELECT dos.interruption_begin('old', 'collisions', lasts => '89 days 23:59:59')$$), ($$SELECT dos.interruption_begin('land', labels => '{x}', lasts => '23 hours')$$),
    ($$SELECT dos.interruption_begin('land', labels => '{x}', lasts => '1 month')$$), ($$SELECT dos.interruption_end(1)$$)) AS t (command), test.outcome(t.command) AS o;
SELECT count(*) FROM dos.zone_record;

-- a whole new zone: apex and wildcard, though a generic TLD has no other records
SELECT dos.interruption_begin('fresh') > 0 AS begun;
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.interruption_begin('fresh')$$) AS o;
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.zone_record_set('fresh', '*.fresh', 'AAAA', '{2001:db8::1}')$$) AS o;
SELECT dos.job_run('zone_publish') > 0 AS published;
SELECT * FROM pg_temp.records('fresh');
SELECT * FROM dos.zone_verify('fresh');
-- an apex record of the operator's own stands in the way, and is not lost
SELECT dos.zone_record_set('land', 'land', 'TXT', '{"\"version 7\""}');
SELECT o.code, o.reason, o.detail FROM test.outcome($$SELECT dos.interruption_begin('land', lasts => '1 day')$$) AS o;

-- names of a list: those that somebody has are left alone, the others cannot be had meanwhile
SELECT o.id > 0 AS granted FROM dos.reserved_override_grant('home.old', 'acme', 'had it before') AS o (id);
SELECT code FROM dos.domain_create('acme', 'home.old');
SELECT dos.interruption_begin('old', 'collisions') AS id \gset
SELECT form, names, ends_at FROM dos.interruption WHERE id = :id;
SELECT dos.job_run('zone_publish') > 0 AS published;
SELECT * FROM pg_temp.records('old');
SELECT * FROM dos.zone_verify('old');
SELECT name, available, reason FROM dos.domain_check('acme', '{corp.old,free.old}');

-- the last instant, then over: no record, off the list; the job late or not
SET dos.clock = '2026-03-31T23:59:59.999Z';
SELECT dos_internal.interruption_watch();
SELECT available, reason FROM dos.domain_check('acme', '{corp.old}');
SET dos.clock = '2026-04-01T00:00:00Z';
SELECT dos_internal.interruption_watch(), dos_internal.interruption_watch();
SELECT name, available, reason FROM dos.domain_check('acme', '{corp.old,mail.old}');
SELECT code FROM dos.domain_create('acme', 'corp.old');
SELECT dos.job_run('zone_publish') > 0 AS published;
SELECT count(*) FROM pg_temp.records('old') UNION ALL SELECT count(*) FROM pg_temp.records('fresh');
SELECT has_records, name FROM dos.zone WHERE name IN ('old', 'fresh') ORDER BY 2;
SELECT * FROM dos.zone_verify('old');
SELECT event, object_name, content - 'id' AS content FROM dos.outbox WHERE event ~ 'interruption' ORDER BY id;

-- single labels elsewhere for a day, and an end before the time
SELECT dos.interruption_begin('land', labels => '{Bücher,x}', lasts => '1 day') AS id \gset
SELECT owner, rtype FROM dos.zone_record WHERE interruption_id = :id AND rtype = 1 ORDER BY owner;
SELECT dos.interruption_end(:id);
SELECT o.code, o.reason FROM test.outcome(format('SELECT dos.interruption_end(%s)', :id)) AS o;
SELECT count(*) FROM dos.zone_record WHERE interruption_id = :id;
SELECT dos.reserved_add('empty', 'y');
SELECT dos.interruption_begin('land', 'empty', lasts => '10 days') AS id \gset
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT dos.interruption_end(:id);
SELECT label, expires_at FROM dos.reserved_name WHERE label = 'y';
SELECT available FROM dos.domain_check('acme', '{y.land}');
SELECT ends_at, ended_at FROM dos.interruption WHERE id = :id;
