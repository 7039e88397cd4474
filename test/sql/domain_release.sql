-- When deleted names become free: at once, at an hour, by lot, by a list; blocked instead; kept by order; overdue and parked.
SET dos.clock = '2026-01-01T08:00:00Z';
SELECT test.registrar('acme'), test.registrar('other'), count(test.thin_zone(z, 'add_grace=0', 'redemption=10 days', 'pending_delete=5 days', 'release=' || z, 'release_hour=14 hours', 'release_window=2 hours'))
  FROM unnest('{exact,hour,random,list}'::text[]) AS z;
UPDATE dos.zone SET release_seed = '\x01' WHERE name IN ('random', 'list');
SELECT o.code, o.reason FROM (VALUES ($$SELECT dos.release_list_draw('nowhere', '2026-01-16')$$), ($$SELECT dos.release_list_draw('hour', '2026-01-16')$$), ($$SELECT dos.release_seed_disclose('nowhere')$$)) AS t (command), test.outcome(t.command) AS o;
SELECT z.name, count(dos.domain_create('acme', l || '.' || z.name)) FROM dos.zone AS z, unnest('{a,b,c,d,e,f}'::text[]) AS l GROUP BY 1 ORDER BY 1;
-- deleted before and after the hour of the day
SET dos.clock = '2026-01-02T13:59:59.999Z';
SELECT count(dos.domain_delete('acme', l || '.' || z.name)) FROM dos.zone AS z, unnest('{a,b,c,d}'::text[]) AS l;
SET dos.clock = '2026-01-02T14:00:00.001Z';
SELECT count(dos.domain_delete('acme', 'e.' || z.name)) FROM dos.zone AS z;
SET dos.clock = '2026-01-16T00:00:00Z';
SELECT dos.job_run('domain_advance') >= 0 AS worked, dos.job_run('release_lists') AS listed, dos.job_run('release_lists') AS once;
SELECT name, release_at, blocked FROM dos.domain_release WHERE zone NOT IN ('random') ORDER BY name;
SELECT * FROM dos.release_list('list', '2026-01-17');
SELECT * FROM dos.release_list('hour', '2026-01-17');
-- by lot: within the window, another instant for each name, stored; the same when computed from the seed
SELECT count(DISTINCT release_at) AS instants, bool_and(release_at >= r.day + interval '14 hours' AND release_at < r.day + interval '16 hours') AS in_the_window
  FROM dos.domain_release, LATERAL (SELECT date_trunc('day', release_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS day) AS r WHERE zone = 'random';
SELECT bool_and(d.release_at = r.release_at) AS stored FROM dos.domain AS d JOIN dos.domain_release AS r USING (name) WHERE r.zone = 'random';
SELECT dos.release_seed_digest('random') = encode(sha256('\x01'), 'hex') AS digest;
SELECT bool_and(d.release_at = date_trunc('day', d.release_at) + interval '14 hours'
       + floor(7200000 * (('x' || substr(encode(sha256('\x01'::bytea || convert_to(d.name, 'UTF8')), 'hex'), 1, 8))::bit(32)::bigint / 4294967296.0)) * interval '1 ms') AS as_published
  FROM dos.domain AS d WHERE d.name LIKE '_.random' AND d.deleted_at IS NOT NULL;
-- another seed does not draw again
SELECT dos.release_seed_disclose('random') AS seed;
SELECT bool_and(d.release_at = r.release_at) AS stored FROM dos.domain AS d JOIN dos.domain_release AS r USING (name) WHERE r.zone = 'random';
SELECT count(*) AS disclosed, dos.release_seed_digest('random') <> encode(sha256('\x01'), 'hex') AS another FROM dos.release_seed;
-- fair: ten thousand lots in ten equal parts
SELECT min(n) > 900 AND max(n) < 1100 AS even FROM (SELECT count(*) AS n FROM generate_series(1, 10000) AS i,
  LATERAL (SELECT ('x' || substr(encode(sha256('\x0102'::bytea || convert_to('n' || i || '.random', 'UTF8')), 'hex'), 1, 8))::bit(32)::bigint * 10 / 4294967296 AS part) AS p GROUP BY part) AS parts;

-- the instant decides, not the worker: who comes a millisecond early is refused
SELECT t.at, t.name, test.would(format('SELECT dos.domain_create(''other'', %L)', t.name)) AS create, (SELECT c.available FROM dos.domain_check('other', ARRAY[t.name]) AS c)
FROM (VALUES ('2026-01-17T13:59:59.998Z', 'a.exact'), ('2026-01-17T13:59:59.999Z', 'a.exact'), ('2026-01-17T13:59:59.999Z', 'a.hour'), ('2026-01-17T14:00:00Z', 'a.hour'),
             ('2026-01-17T14:00:00Z', 'e.hour'), ('2026-01-18T13:59:59.999Z', 'e.hour'), ('2026-01-18T14:00:00Z', 'e.hour')) AS t (at, name),
     LATERAL (SELECT set_config('dos.clock', t.at, false)) AS c (clock) WHERE c.clock IS NOT NULL;
SET dos.clock = '2026-01-17T16:00:00Z';
SELECT dos.job_run('domain_advance') > 0 AS worked;
SELECT string_agg(name, ' ' ORDER BY name) AS left FROM dos.domain;

-- restored and deleted again: a new place
SELECT dos.zone_policy_set('list', dos.now(), 'redemption=10 days');
SELECT (dos.domain_create('acme', 'g.list')).code, (dos.domain_create('acme', 'g.random')).code;
SET dos.clock = '2026-01-18T00:00:00Z';
SELECT code FROM dos.domain_delete('acme', 'g.list') UNION ALL SELECT code FROM dos.domain_delete('acme', 'g.random');
UPDATE dos.zone SET restore_report = false;
SELECT code FROM dos.domain_restore_request('acme', 'g.random');
SELECT release_at FROM dos.domain WHERE name = 'g.random';

-- blocked as it drops: check and create say so before and after the worker; a free name is blocked at once
SELECT dos.drop_block_add('f.exact', 'court order') AS later, dos.drop_block_add('zzz.exact', 'court order') AS later_too;
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.drop_block_add('a.nowhere', 'x')$$) AS o;
SELECT c.* FROM dos.domain_check('other', '{f.exact,zzz.exact}') AS c;
SELECT code FROM dos.domain_delete('acme', 'f.exact');
SET dos.clock = '2026-02-02T00:00:00Z';
SELECT c.name, c.available FROM dos.domain_check('other', '{f.exact}') AS c;
SELECT test.would($$SELECT dos.domain_create('other', 'f.exact')$$) ~ '^R2306' AS refused, EXISTS (SELECT FROM dos.domain WHERE name = 'f.exact') AS there;
SELECT dos.job_run('domain_advance') > 0 AS worked;
SELECT c.name, c.available FROM dos.domain_check('other', '{f.exact}') AS c;
SELECT test.would($$SELECT dos.domain_create('other', 'f.exact')$$) ~ '^R23' AS refused, EXISTS (SELECT FROM dos.domain WHERE name = 'f.exact') AS there, (SELECT count(*) FROM dos.drop_block) AS flags;
SELECT event, content FROM dos.outbox WHERE object_name = 'f.exact' AND event = 'domain.blocked';

-- by order of the registry a name is not purged, however long past its date
SELECT (dos.domain_create('acme', 'held.exact')).code;
SELECT code FROM dos.domain_delete('acme', 'held.exact');
UPDATE dos.domain SET statuses = '{serverDeleteProhibited}' WHERE name = 'held.exact';
SET dos.clock = '2026-06-01T00:00:00Z';
SELECT dos.job_run('domain_advance') > 0 AS worked;
SELECT s.registered, s.statuses, s.rgp_statuses, s.delegated, d.next_event_at FROM dos.domain AS d, dos_internal.domain_state(d, dos.now()) AS s WHERE d.name = 'held.exact';
SELECT test.would($$SELECT dos.domain_create('other', 'held.exact')$$);
SELECT count(*) AS overdue FROM dos.domain_overdue;
UPDATE dos.domain SET statuses = '{}' WHERE name = 'held.exact';
SELECT test.would($$SELECT dos.domain_create('other', 'held.exact')$$);

-- what fails is parked with its error and seen; the rest goes on; what works again is taken off the list
CREATE FUNCTION stumble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'stone in the way'; END $$;
CREATE TRIGGER stumble BEFORE INSERT ON dos.outbox FOR EACH ROW WHEN (NEW.object_name = 'held.exact') EXECUTE FUNCTION stumble();
SET dos.clock = '2026-06-02T00:00:00Z';
SELECT dos.job_run('domain_advance') > 0 AS worked;
SELECT name, failures, error FROM dos.domain_parked;
SET dos.clock = '2026-06-02T01:00:00.001Z';
SELECT dos.job_run('domain_advance') > 0 AS worked, dos.job_run('domain_unpark') AS unparked;
SELECT name, late_by, failures, error FROM dos.domain_overdue;
DROP TRIGGER stumble ON dos.outbox;
SET dos.clock = '2026-06-02T02:00:00.001Z';
SELECT dos.job_run('domain_advance') > 0 AS worked, dos.job_run('domain_unpark') AS unparked;
SELECT count(*) AS overdue, (SELECT count(*) FROM dos.domain_parked) AS parked FROM dos.domain_overdue;
SELECT * FROM dos.ledger_verify();
