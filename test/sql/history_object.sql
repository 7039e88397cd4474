-- Every version of every object, from when to when, by whom and why; any object at any instant.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('other'), test.thin_zone('example', 'transfer_lock=0') > 0 AS zone;
SELECT test.contact('acme', 'ANN');
SELECT code FROM dos.domain_create('acme', 'a.example', registrant => 'ANN', auth => 'Canary-Secret-1', svtrid => 'SV-1');
SELECT count(*) AS "a create keeps nothing" FROM dos.object_history;

-- a refused command keeps nothing either, nor does one that only reads
SELECT test.would($$SELECT * FROM dos.domain_update('acme', 'a.example', add_statuses => '{serverHold}')$$);
SELECT code FROM dos.domain_info('acme', 'a.example');
SELECT count(*) FROM dos.object_history;

SET dos.clock = '2026-05-01T00:00:00Z';
SELECT code FROM dos.domain_update('acme', 'a.example', add_statuses => '{clientHold}', chg_auth => 'Canary-Secret-2', svtrid => 'SV-2');
SET dos.clock = '2026-06-01T00:00:00Z';
SELECT code FROM dos.domain_transfer_request('other', 'a.example', 'Canary-Secret-2', svtrid => 'SV-3');
-- the clock completes it, seen by a registrar's command: the version is the clock's, the command's comes after
SET dos.clock = '2026-07-01T00:00:00Z';
SELECT code FROM dos.domain_update('other', 'a.example', rem_statuses => '{clientHold}', svtrid => 'SV-4');
-- a DBA, without a verb
UPDATE dos.domain SET statuses = '{serverHold}' WHERE name = 'a.example';
-- what is no change of the object makes no version: the worker's diary, and the same values again
UPDATE dos.domain SET next_event_at = next_event_at + interval '1 day' WHERE name = 'a.example';
UPDATE dos.domain SET statuses = '{serverHold}' WHERE name = 'a.example';
UPDATE dos.domain SET statuses = '{}' WHERE name = 'a.example';
SET dos.clock = '2026-08-01T00:00:00Z';
SELECT code FROM dos.domain_delete('other', 'a.example', svtrid => 'SV-5');
SET dos.clock = '2027-01-01T00:00:00Z';
SELECT dos.job_run('domain_advance') > 0 AS advanced;
SELECT v.version, v.valid, v.registrar, v.staff = session_user AS dba, v.verb, v.svtrid, v.image ->> 'statuses' AS statuses, v.image ->> 'registrar_id' AS sponsor
  FROM dos.object_versions('domain', 'a.example') AS v;
SELECT (h.ended).version, (h.ended).verb, (h.ended).registrar FROM dos.object_history AS h WHERE object_name = 'a.example' ORDER BY id DESC LIMIT 1;

-- neither overlap nor gap: each begins where the one before it ended
SELECT * FROM dos.history_verify();
BEGIN;
UPDATE dos.object_history SET began_at = began_at - interval '1 day' WHERE (made).verb = 'transfer';
SELECT kind, version, problem FROM dos.history_verify();
ROLLBACK;
BEGIN;
DELETE FROM dos.object_history WHERE (made).verb = 'transfer';
SELECT kind, version, problem FROM dos.history_verify();
ROLLBACK;
-- no secret, in clear or as hash
SELECT count(*) FROM dos.object_history WHERE image::text ~ 'Canary|auth_hash' OR made::text ~ 'Canary' OR ended::text ~ 'Canary';

-- both sides of each instant
SELECT t.at, (dos.domain_at('a.example', t.at)).statuses, dos_internal.registrar_clid((dos.domain_at('a.example', t.at)).registrar_id) AS sponsor,
       (dos_internal.domain_state(dos.domain_at('a.example', t.at), t.at)).statuses AS shown
  FROM unnest('{2026-04-02T23:59:59.999Z,2026-04-03T00:00:00Z,2026-04-30T23:59:59.999Z,2026-05-01T00:00:00Z,2026-06-01T00:00:00Z,2026-06-30T00:00:00Z,2026-07-01T00:00:00Z,2026-09-30T00:00:00Z,2027-01-01T00:00:00Z}'::timestamptz[]) AS t (at);
-- the same name, registered again, is another object
SELECT code FROM dos.domain_create('acme', 'a.example');
SELECT t.at, (dos.domain_at('A.example', t.at)).roid FROM unnest('{2026-09-01T00:00:00Z,2027-01-01T00:00:00Z}'::timestamptz[]) AS t (at);

-- contacts and hosts; a host that was renamed is found by the name it had
SELECT code FROM dos.contact_update('acme', 'ANN', email => 'new@mail.example', svtrid => 'SV-6');
SELECT (dos.contact_at('ANN', t.at)).email, ((dos.contact_at('ANN', t.at)).int_postal).city FROM unnest('{2026-12-31T23:59:59.999Z,2027-01-01T00:00:00Z}'::timestamptz[]) AS t (at);
SELECT code FROM dos.host_create('acme', 'ns1.a.example', '{192.0.2.1}');
SET dos.clock = '2027-02-01T00:00:00Z';
SELECT code FROM dos.host_update('acme', 'ns1.a.example', new_name => 'ns2.a.example', add_addresses => '{2001:db8::1}');
SELECT t.name, t.at, (dos.host_at(t.name, t.at)).addresses FROM (VALUES ('ns1.a.example', '2027-01-31'::timestamptz), ('ns1.a.example', '2027-02-01'), ('ns2.a.example', '2027-01-31'), ('ns2.a.example', '2027-02-01')) AS t (name, at);

-- by month; what is older than it should be kept goes with its partition
SELECT dos_internal.history_partition(), dos_internal.history_partition();
SELECT c.relname FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid WHERE i.inhparent = 'dos.object_history'::regclass ORDER BY 1;
SET dos.clock = '2027-03-15T00:00:00Z';
SELECT code FROM dos.contact_update('acme', 'ANN', email => 'newer@mail.example');
SELECT tableoid::regclass, count(*) FROM dos.object_history GROUP BY 1 ORDER BY 1;
-- a partition that the registry has laid out by itself, in the name of a month but for half of it; and a trigger on one
BEGIN;
CREATE TABLE dos.object_history_2027_05 PARTITION OF dos.object_history FOR VALUES FROM ('2027-05-16 00:00Z') TO ('2027-06-01 00:00Z');
SET LOCAL dos.clock = '2027-05-15T00:00:00Z';
SELECT code FROM dos.contact_update('acme', 'ANN', email => 'half@mail.example');
SET LOCAL dos.clock = '2027-05-16T00:00:00Z';
SELECT code FROM dos.contact_update('acme', 'ANN', email => 'other-half@mail.example');
CREATE FUNCTION count_version() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM set_config('test.versions', TG_TABLE_NAME || ' ' || NEW.object_name, true); RETURN NULL; END $$;
CREATE TRIGGER count_version AFTER INSERT ON dos.object_history_2027_05 FOR EACH ROW EXECUTE FUNCTION count_version();
SELECT code FROM dos.contact_update('acme', 'ANN', email => 'seen@mail.example');
SELECT current_setting('test.versions') AS seen;
SELECT tableoid::regclass, count(*) FROM dos.object_history GROUP BY 1 ORDER BY 1;
SELECT * FROM dos.history_verify();
ROLLBACK;
SET dos.clock = '2028-04-15T00:00:00Z';
UPDATE dos.history_setting SET keep = '400 days';
SELECT dos_internal.history_partition() AS done;
SELECT tableoid::regclass, count(*) FROM dos.object_history GROUP BY 1 ORDER BY 1;
UPDATE dos.history_setting SET keep = '300 days';
SELECT dos_internal.history_partition() AS done;
SELECT tableoid::regclass, count(*) FROM dos.object_history GROUP BY 1 ORDER BY 1;
UPDATE dos.history_setting SET keep = '30 days';
