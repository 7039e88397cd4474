-- A domain's life as time passes: what every reader sees, worker or no worker, and what the worker writes down.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('poor', 800), test.thin_zone('example') > 0 AS example, test.thin_zone('expiring', 'autorenew=false') > 0 AS expiring;
SELECT d.name, (dos.domain_create(d.registrar, d.name, d.years)).code
FROM (VALUES ('acme', 'one.example', 1), ('acme', 'two.example', 2), ('acme', 'deleted.example', 1), ('acme', 'one.expiring', 1), ('acme', 'two.expiring', 2),
             ('acme', 'locked.expiring', 1), ('poor', 'poor.example', 1)) AS d (registrar, name, years);
SELECT (dos.host_create('acme', 'ns.one.expiring', '{192.0.2.1}')).code, (dos.host_create('acme', 'ns.elsewhere.test')).code;
SELECT * FROM dos.domain_update('acme', 'two.example', add_hosts => '{ns.elsewhere.test,ns.one.expiring}');
SELECT * FROM dos.domain_update('acme', 'one.expiring', add_hosts => '{ns.one.expiring}');
SELECT * FROM dos.domain_update('acme', 'locked.expiring', add_statuses => '{clientDeleteProhibited,clientHold}');
SET dos.clock = '2026-06-01T00:00:00Z';
SELECT * FROM dos.domain_delete('acme', 'deleted.example');

-- what readers see of all names, in one text
CREATE FUNCTION seen() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    asked text;
    whole text := '';
BEGIN
    FOREACH asked IN ARRAY '{one.example,two.example,deleted.example,one.expiring,two.expiring,locked.expiring,poor.example}'::text[] LOOP
        whole := whole || asked || ' ' || (SELECT c.available FROM dos.domain_check('acme', ARRAY[asked]) AS c) || ' ';
        BEGIN
            whole := whole || (SELECT to_jsonb(i) - 'hosts' FROM dos.domain_info('acme', asked) AS i) || E'\n';
        EXCEPTION WHEN SQLSTATE 'R2303' THEN
            whole := whole || E'unknown\n';
        END;
    END LOOP;
    RETURN whole;
END $$;
CREATE FUNCTION prints() RETURNS text LANGUAGE sql AS $$ SELECT string_agg(f::text, ' ') FROM test.footprint() AS f $$;

-- at each instant: what is seen before and after the worker is the same; the worker's second run changes nothing
CREATE FUNCTION worked(clock text) RETURNS TABLE (at text, work bigint, seen_the_same boolean, again bigint, nothing_more boolean, events text) LANGUAGE plpgsql AS $$
DECLARE
    before text;
    mark   bigint := (SELECT max(id) FROM dos.outbox);
BEGIN
    PERFORM set_config('dos.clock', clock, false);
    at := clock;
    before := seen();
    work := dos.job_run('domain_advance');
    seen_the_same := before = seen();
    before := prints();
    again := dos.job_run('domain_advance');
    nothing_more := before = prints();
    events := (SELECT string_agg(replace(o.event, 'domain.', '') || ' ' || o.object_name, ', ' ORDER BY o.id) FROM dos.outbox AS o WHERE o.id > mark);
    RETURN NEXT;
END $$;
-- (an interval without a worker: from 2027-04-03, when much is due, to 2027-05-07)
SELECT w.* FROM (VALUES
    ('2026-06-30T23:59:59.999Z'), ('2026-07-01T00:00:00Z'), ('2026-07-05T23:59:59.999Z'), ('2026-07-06T00:00:00Z'),
    ('2027-04-02T23:59:59.999Z'), ('2027-05-07T00:00:00Z'), ('2027-05-07T23:59:59.999Z'), ('2027-05-08T00:00:00Z'), ('2027-05-18T00:00:00Z'),
    ('2028-04-03T00:00:00Z'), ('2028-05-08T00:00:00Z'), ('2031-01-01T00:00:00Z')) AS t (clock), worked(t.clock) AS w;
SELECT d.name, d.expires_at, d.deleted_at, cardinality(d.host_ids) AS hosts, cardinality(d.graces) AS graces, d.next_event_at FROM dos.domain AS d ORDER BY d.name;
SELECT e.object_name, e.kind, e.made_at, e.amount_minor, e.years FROM dos.ledger_entry AS e WHERE e.kind = 'autorenew' ORDER BY e.id;
SELECT q.owner FROM dos.dns_dirty AS q ORDER BY q.id;
SELECT * FROM dos.ledger_verify();
SELECT * FROM test.dangling();

-- money that is not there: the years are granted, told once a day, tried by every command, and taken back at the deadline
TRUNCATE dos.outbox;
SET dos.clock = '2031-01-02T00:00:00Z';
SELECT dos.account_deposit('poor', 'USD', 2400, 'P-0') > 0 AS paid, (dos.domain_create('poor', 'owe.example', 2)).code, (dos.domain_create('poor', 'lost.example')).code;
SELECT dos.zone_policy_set('example', dos.now(), 'expiry_hold=3 days');
CREATE TABLE step (n int GENERATED ALWAYS AS IDENTITY, clock text, what text, command text);
INSERT INTO step (clock, what, command) VALUES
    ('2033-01-02T00:00:00Z', 'the worker, a year late', $$SELECT dos.job_run('domain_advance')$$),
    ('2033-01-02T00:00:01Z', 'the worker again', $$SELECT dos.job_run('domain_advance')$$),
    ('2033-01-02T00:00:02Z', 'an update', $$SELECT * FROM dos.domain_update('poor', 'owe.example', add_statuses => '{clientHold}')$$),
    ('2033-01-02T12:00:01Z', 'a renewal', $$SELECT dos.domain_renew('poor', 'owe.example', '2034-01-02')$$),
    ('2033-01-02T23:59:59.999Z', 'the worker, 24 hours less 1 ms', $$SELECT dos.job_run('domain_advance')$$),
    ('2033-01-03T00:00:00Z', 'the worker, 24 hours', $$SELECT dos.job_run('domain_advance')$$),
    ('2033-01-03T00:00:01Z', 'money for half a year', $$SELECT dos.account_deposit('poor', 'USD', 400, 'P-1')$$),
    ('2033-01-03T00:00:02Z', 'an update', $$SELECT * FROM dos.domain_update('poor', 'owe.example', rem_statuses => '{clientHold}')$$),
    ('2033-01-03T00:00:03Z', 'money for a year', $$SELECT dos.account_deposit('poor', 'USD', 1200, 'P-2')$$),
    ('2033-01-03T00:00:04Z', 'an update', $$SELECT * FROM dos.domain_update('poor', 'owe.example', add_statuses => '{clientHold}')$$),
    ('2033-01-04T00:00:01Z', 'a renewal', $$SELECT dos.domain_renew('poor', 'owe.example', '2034-01-02')$$);
CREATE FUNCTION stepped() RETURNS TABLE (clock text, what text, code text, reason text, written date, seen date, rgp text, next_event timestamptz, balance bigint, unpaid bigint, renewed bigint) LANGUAGE plpgsql AS $$
DECLARE
    s step;
BEGIN
    FOR s IN SELECT * FROM step ORDER BY n LOOP
        PERFORM set_config('dos.clock', s.clock, false);
        clock := s.clock;
        what := s.what;
        SELECT o.code, o.reason INTO code, reason FROM test.outcome(s.command) AS o;
        SELECT (d.expires_at AT TIME ZONE 'UTC')::date, (i.expires_at AT TIME ZONE 'UTC')::date, array_to_string(i.rgp_statuses, ' '), d.next_event_at INTO written, seen, rgp, next_event
          FROM dos.domain AS d, LATERAL dos.domain_info('acme', d.name) AS i WHERE d.name = 'owe.example';
        balance := (SELECT b.balance_minor FROM dos.account_balance AS b WHERE b.registrar = 'poor');
        SELECT count(*) FILTER (WHERE o.event = 'domain.autorenew_unpaid'), count(*) FILTER (WHERE o.event = 'domain.autorenewed') INTO unpaid, renewed
          FROM dos.outbox AS o WHERE o.object_name = 'owe.example';
        RETURN NEXT;
    END LOOP;
END $$;
SELECT * FROM stepped();

-- one that is deleted gives nothing back, for nothing was taken, and keeps no years
SELECT name, unpaid FROM dos.domain WHERE unpaid IS NOT NULL;
BEGIN;
SELECT * FROM dos.domain_delete('poor', 'lost.example');
SELECT expires_at, deleted_at FROM dos.domain WHERE name = 'lost.example';
SELECT count(*) AS refunds FROM dos.ledger_entry WHERE object_name = 'lost.example' AND kind = 'refund';
ROLLBACK;
-- not paid by the deadline: expired, and kept as long as the zone keeps expired names; readers see it at the instant
SELECT t.at, s.statuses, s.rgp_statuses, s.expires_at, s.expired, s.deleted_at
FROM (VALUES ('2033-01-31T23:59:59.999Z'), ('2033-02-01T00:00:00Z'), ('2033-03-02T23:59:59.999Z'), ('2033-03-03T00:00:00Z')) AS t (at),
     dos.domain_state('lost.example', t.at::timestamptz) AS s;
SET dos.clock = '2033-02-01T00:00:00Z';
SELECT w.* FROM worked('2033-02-01T00:00:00Z') AS w;
SELECT event, content FROM dos.outbox WHERE object_name = 'lost.example' ORDER BY id;
TRUNCATE dos.outbox;

-- the price of an automatic renewal is that of its own instant, however late it is written down
SELECT (dos.domain_create('acme', 'priced.example')).expires_at;
UPDATE dos.price SET valid = '(,2032-06-01)' WHERE command = 'renew';
SELECT dos.price_set('example', 'renew', NULL, 'USD', 5000, '[2032-06-01,)') > 0 AS dearer;
SET dos.clock = '2033-05-01T00:00:00Z';
SELECT dos.job_run('domain_advance') > 0 AS worked;
SELECT amount_minor, years FROM dos.ledger_entry WHERE object_name = 'priced.example' AND kind = 'autorenew' ORDER BY id;
-- no price is no renewal for nothing
DELETE FROM dos.price WHERE command = 'renew';
SET dos.clock = '2034-04-04T00:00:00Z';
SELECT dos.job_run('domain_advance') > 0 AS worked;
SELECT event, content ->> 'reason' AS reason FROM dos.outbox WHERE object_name = 'priced.example' ORDER BY id DESC LIMIT 1;

-- one that fails is put off for an hour, and the rest goes on
SELECT test.thin_zone('fail', 'autorenew=false') > 0 AS zone;
SELECT count(dos.domain_create('acme', n || '.fail')) FROM unnest('{a,b,c}'::text[]) AS n;
CREATE FUNCTION stumble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'stone in the way'; END $$;
CREATE TRIGGER stumble BEFORE INSERT ON dos.outbox FOR EACH ROW WHEN (NEW.object_name = 'b.fail') EXECUTE FUNCTION stumble();
SET dos.clock = '2035-04-04T00:00:00Z';
SELECT dos.job_run('domain_advance') >= 3 AS worked;
SELECT name, deleted_at, next_event_at FROM dos.domain WHERE name LIKE '%.fail' ORDER BY name;
DROP TRIGGER stumble ON dos.outbox;
SET dos.clock = '2035-04-04T01:00:00Z';
SELECT dos.job_run('domain_advance') > 0 AS worked;
SELECT name, deleted_at, next_event_at FROM dos.domain WHERE name = 'b.fail';

-- a batch is bounded; the answer says that there is more
SELECT test.thin_zone('many', 'autorenew=false', 'redemption=0', 'pending_delete=0') > 0 AS zone;
SELECT count(dos.domain_create('acme', 'n' || n || '.many')) FROM generate_series(1, 501) AS n;
DELETE FROM dos.domain WHERE name NOT LIKE '%.many';
SET dos.clock = '2036-04-04T01:00:00Z';
SELECT dos.job_run('domain_advance');
SELECT dos.job_run('domain_advance');
SELECT dos.job_run('domain_advance');
SELECT count(*) FROM dos.domain;

-- 29 February: renewed by itself it comes back to the 29th in leap years
SET dos.clock = '2028-02-29T00:00:00Z';
SELECT dos.price_set('example', 'renew', NULL, 'USD', 800) > 0 AS priced;
SELECT (dos.domain_create('acme', 'leap.example', 4)).expires_at;
CREATE FUNCTION at_instant(clock text) RETURNS TABLE (at text, projected date, work bigint, written date) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('dos.clock', clock, false);
    at := clock;
    projected := ((dos.domain_state('leap.example')).expires_at AT TIME ZONE 'UTC')::date;
    work := dos.job_run('domain_advance');
    written := (SELECT (d.expires_at AT TIME ZONE 'UTC')::date FROM dos.domain AS d WHERE d.name = 'leap.example');
    RETURN NEXT;
END $$;
SELECT a.* FROM (VALUES ('2032-02-28T23:59:59.999Z'), ('2032-02-29T00:00:00Z'), ('2033-02-27T23:59:59.999Z'), ('2033-02-28T00:00:00Z'), ('2036-02-28T00:00:00Z')) AS t (clock), at_instant(t.clock) AS a;
SELECT * FROM dos.ledger_verify();
SELECT * FROM test.dangling();
