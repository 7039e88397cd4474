-- Rows put without a query: what somebody has put on a table is in force all the same, and constraints are.
SET dos.clock = '2026-04-03T10:20:30.123Z';
SELECT test.registrar('acme');
SELECT test.zone('bare', 'registrant_required=false', 'contacts_required={}', 'contacts_allowed={}', 'host_model=attribute', 'ds_max=0') > 0 AS created;
CREATE TABLE seen (n int GENERATED ALWAYS AS IDENTITY, what text);
CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.seen (what) VALUES (TG_TABLE_NAME || ' ' || TG_OP || ' ' || TG_WHEN || ' ' || TG_LEVEL);
    RETURN coalesce(NEW, OLD);
END $$;
CREATE FUNCTION bare_create(name text) RETURNS int LANGUAGE sql AS $$
    SELECT (dos.domain_create('acme', name, 1, 'y', NULL, '{ns1.elsewhere.test,ns2.elsewhere.test}', svtrid => 'SV-' || name)).code
$$;
CREATE FUNCTION rows_of(svtrid text) RETURNS text LANGUAGE sql AS $$
    SELECT format('domain %s, entry %s, event %s, mark %s',
                  (SELECT count(*) FROM dos.domain AS d WHERE 'SV-' || d.name = rows_of.svtrid),
                  (SELECT count(*) FROM dos.ledger_entry AS e WHERE e.svtrid = rows_of.svtrid),
                  (SELECT count(*) FROM dos.outbox AS o WHERE o.svtrid = rows_of.svtrid),
                  (SELECT count(*) FROM dos.dns_dirty AS q WHERE 'SV-' || q.owner = rows_of.svtrid))
$$;
CREATE FUNCTION watch(tables text[], verbs text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    watched text;
BEGIN
    FOREACH watched IN ARRAY tables LOOP
        EXECUTE format('CREATE TRIGGER watch AFTER %s ON %s FOR EACH ROW EXECUTE FUNCTION see()', verbs, watched);
    END LOOP;
END $$;
BEGIN;
SELECT bare_create('first.bare'), rows_of('SV-first.bare');
SELECT count(*) AS seen FROM seen;
SELECT watch('{dos.domain,dos.outbox,dos.dns_dirty,dos.ledger_entry}', 'INSERT'), watch('{dos.account_slice}', 'UPDATE');
SELECT bare_create('second.bare'), rows_of('SV-second.bare');
SELECT what, count(*) FROM seen GROUP BY what ORDER BY 1;
ROLLBACK;
-- the trigger has gone with its transaction
BEGIN;
SELECT bare_create('third.bare'), rows_of('SV-third.bare');
SELECT count(*) AS seen FROM seen;
-- a statement trigger; a default of a new column
CREATE TRIGGER watch BEFORE INSERT ON dos.outbox FOR EACH STATEMENT EXECUTE FUNCTION see();
ALTER TABLE dos.dns_dirty ADD COLUMN origin text DEFAULT 'here';
SELECT bare_create('fourth.bare'), rows_of('SV-fourth.bare');
SELECT what FROM seen;
SELECT q.owner, q.origin FROM dos.dns_dirty AS q WHERE q.owner = 'fourth.bare';
ROLLBACK;
-- what is kept of constraints and indexes is forgotten when they change, and comes back when the change is taken back
BEGIN;
ALTER TABLE dos.outbox ADD CONSTRAINT outbox_not_fifth CHECK (object_name <> 'fifth.bare');
CREATE INDEX outbox_lower_name ON dos.outbox (lower(object_name)) WHERE event = 'domain.created';
CREATE UNIQUE INDEX domain_first_letter ON dos.domain (left(name, 1)) WHERE zone_id > 0;
SELECT e.code, e.reason FROM test.outcome($$SELECT bare_create('fifth.bare')$$) AS e;
SELECT bare_create('sixth.bare'), rows_of('SV-sixth.bare');
SELECT e.code, e.reason FROM test.outcome($$SELECT bare_create('seventh.bare')$$) AS e;
SET LOCAL enable_seqscan = off;
SELECT count(*) AS found FROM dos.outbox AS o WHERE lower(o.object_name) = 'sixth.bare' AND o.event = 'domain.created';
SELECT count(*) AS found FROM dos.domain AS d WHERE left(d.name, 1) = 's' AND d.zone_id > 0;
ROLLBACK;
SELECT bare_create('fifth.bare'), rows_of('SV-fifth.bare');
SELECT bare_create('seventh.bare'), rows_of('SV-seventh.bare');
-- a change without a query: row triggers fire as for an UPDATE of the columns that are written, and statement triggers make it one
CREATE FUNCTION bare_renew(name text) RETURNS text LANGUAGE sql AS $$
    SELECT r.code || ' until ' || dos.iso8601(r.expires_at) FROM dos.domain AS d, dos.domain_renew('acme', d.name, (d.expires_at AT TIME ZONE 'UTC')::date, 1) AS r WHERE d.name = bare_renew.name
$$;
BEGIN;
DELETE FROM seen;
CREATE TRIGGER watch_row BEFORE UPDATE ON dos.domain FOR EACH ROW EXECUTE FUNCTION see();
CREATE TRIGGER watch_expiry AFTER UPDATE OF expires_at ON dos.domain FOR EACH ROW WHEN (NEW.expires_at > OLD.expires_at) EXECUTE FUNCTION see();
CREATE TRIGGER watch_status AFTER UPDATE OF statuses ON dos.domain FOR EACH ROW EXECUTE FUNCTION see();
SELECT bare_renew('fifth.bare');
SELECT what FROM seen ORDER BY n;
DELETE FROM seen;
SELECT code FROM dos.domain_update('acme', 'fifth.bare', add_statuses => '{clientHold}');
SELECT what FROM seen ORDER BY n;
DELETE FROM seen;
CREATE TRIGGER watch_statement AFTER UPDATE ON dos.domain FOR EACH STATEMENT EXECUTE FUNCTION see();
SELECT bare_renew('fifth.bare');
SELECT what FROM seen ORDER BY n;
SELECT version, verb FROM dos.object_versions('domain', 'fifth.bare') UNION ALL SELECT (act).version, (act).verb FROM dos.domain WHERE name = 'fifth.bare' ORDER BY 1;
ROLLBACK;
-- not in a transaction that only reads, and not with one snapshot for all of it
BEGIN READ ONLY;
SELECT e.code FROM (VALUES ($$SELECT bare_create('tenth.bare')$$), ($$SELECT bare_renew('fifth.bare')$$)) AS v (call), test.outcome(v.call) AS e;
ROLLBACK;
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT e.code FROM (VALUES ($$SELECT bare_create('tenth.bare')$$), ($$SELECT bare_renew('fifth.bare')$$)) AS v (call), test.outcome(v.call) AS e;
ROLLBACK;
-- one that will not have it
BEGIN;
CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'R2308', CONSTRAINT = 'stopped', MESSAGE = 'no'; END $$;
CREATE TRIGGER stop AFTER UPDATE ON dos.domain FOR EACH ROW EXECUTE FUNCTION stop();
SELECT e.code, e.reason FROM test.outcome($$SELECT bare_renew('fifth.bare')$$) AS e;
ROLLBACK;
-- constraints hold
SELECT e.code, e.reason FROM test.outcome($t$DO $do$ DECLARE d dos.domain; BEGIN
    SELECT * INTO d FROM dos.domain AS o WHERE o.name = 'fifth.bare';
    d.statuses := '{asleep}';
    PERFORM dos_internal.domain_write(d, '{statuses}');
END $do$ $t$) AS e;
SELECT e.code, e.reason, e.message FROM (VALUES ($$SELECT dos_internal.outbox_put('Not a form', 'a', 1, NULL, NULL, NULL)$$), ($$SELECT dos_internal.outbox_put('a.b', NULL, 1, NULL, NULL, NULL)$$),
    ($$SELECT dos_internal.dns_mark(NULL, 'a.bare')$$), ($$SELECT dos_internal.ledger_put(1, 1, 5, 'create', 'a', 1, 1, NULL, NULL, NULL)$$),
    ($$SELECT dos_internal.ledger_put(1, 2, -5, 'create', 'a', 1, 1, NULL, NULL, NULL)$$)) AS v (call), test.outcome(v.call) AS e;
SELECT * FROM dos.ledger_verify();
