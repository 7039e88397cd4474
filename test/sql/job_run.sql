-- Jobs without workers: what is due when, and what dos.job_run() writes down.

CREATE SCHEMA work;
CREATE TABLE work.seen (note text);
CREATE FUNCTION work.idle() RETURNS bigint LANGUAGE sql AS $$ INSERT INTO work.seen VALUES ('idle'); SELECT 0::bigint $$;
CREATE FUNCTION work.nothing() RETURNS bigint LANGUAGE sql AS $$ SELECT NULL::bigint $$;
CREATE FUNCTION work.busy() RETURNS bigint LANGUAGE sql AS $$ SELECT 7::bigint $$;
CREATE FUNCTION work.broken() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN INSERT INTO work.seen VALUES ('lost'); RAISE EXCEPTION 'out of paper'; END $$;

-- what a job may look like
SELECT t.name, t.function, t.every, o.code, o.reason
FROM (VALUES
    ('Upper',   'work.idle()', '1 second'),
    ('',        'work.idle()', '1 second'),
    ('plain',   'idle()',      '1 second'),
    ('two',     'work.idle(); DROP TABLE x', '1 second'),
    ('hectic',  'work.idle()', '1 millisecond'),
    ('never',   'work.idle()', '2 years'),
    ('idle',    'work.idle()', '1 hour'),
    ('idle',    'work.idle()', '1 hour'),
    ('nothing', 'work.nothing()', '1 hour'),
    ('busy',    'work.busy()', '1 hour'),
    ('broken',  'work.broken()', '1 hour')) AS t (name, function, every),
    test.outcome(format('INSERT INTO dos.job (name, lane, function, every) VALUES (%L, %L, %L, %L)', t.name, 'work', t.function, t.every)) AS o;

-- never run is due at once
SELECT name, every, enabled, running, next_run, runs, failures FROM dos.job_status WHERE lane = 'work' ORDER BY name;
SELECT * FROM dos_internal.job_waits('work', false);

SELECT dos.job_run('idle'), dos.job_run('nothing'), dos.job_run('busy');
SELECT * FROM test.outcome('SELECT dos.job_run(''broken'')');
SELECT * FROM test.outcome('SELECT dos.job_run(''missing'')');
SELECT * FROM work.seen;

-- work to do: again at once; none: after the interval. A session's own failure is its own
SELECT name, runs, work, last_work, failures, next_run = last_finished AS at_once,
       CASE WHEN last_work = 0 THEN next_run - last_started END AS after_start
  FROM dos.job_status WHERE lane = 'work' ORDER BY name;
SELECT name, wait_ms > 3000000 AS waits, wait_ms = 0 AS due FROM dos_internal.job_waits('work', false);

-- a wake makes everything due that is not backing off and wants it
SELECT dos_internal.job_failed('broken', 'P0001: out of paper');
UPDATE dos.job SET on_wake = false WHERE name = 'nothing';
-- (its second is made an hour, for who reads this slowly)
UPDATE dos.job_state SET retry_at = retry_at + interval '1 hour' WHERE name = 'broken';
SELECT name, wait_ms = 0 AS due FROM dos_internal.job_waits('work', true);
UPDATE dos.job_state SET retry_at = retry_at - interval '1 hour' WHERE name = 'broken';
SELECT name, runs, failures, failed_in_row, last_error, next_run - last_failed AS backs_off FROM dos.job_status WHERE name = 'broken';
SELECT dos_internal.job_failed('broken', 'P0001: out of paper again');
SELECT failures, failed_in_row, last_error, next_run - last_failed AS backs_off FROM dos.job_status WHERE name = 'broken';
SELECT n AS failed_in_row, dos_internal.job_backoff(n) FROM unnest(ARRAY[1, 2, 3, 8, 9, 10, 11, 100, 1000000]) AS n;
-- success ends it
CREATE OR REPLACE FUNCTION work.broken() RETURNS bigint LANGUAGE sql AS $$ SELECT 0::bigint $$;
SELECT dos.job_run('broken');
SELECT failures, failed_in_row, last_error, next_run - last_started AS next FROM dos.job_status WHERE name = 'broken';

-- the DBA's settings: another interval, off; dos.job_run() does not ask
INSERT INTO dos.job_setting (name, every, enabled) VALUES ('idle', '5 seconds', true), ('busy', NULL, false), ('gone', '1 day', true);
SELECT * FROM test.outcome($$INSERT INTO dos.job_setting (name, every) VALUES ('broken', '0')$$);
SELECT name, every, enabled, next_run IS NULL AS never, next_run - last_started AS next FROM dos.job_status WHERE name IN ('idle', 'busy') ORDER BY name;
SELECT name, wait_ms IS NULL AS off FROM dos_internal.job_waits('work', true);
SELECT dos.job_run('busy');

-- a rest: after a run with work even a wake waits for its end, after one without work it does not
INSERT INTO dos.job_setting (name, rest) VALUES ('nothing', '1 minute') ON CONFLICT (name) DO UPDATE SET rest = excluded.rest;
UPDATE dos.job_setting SET enabled = true, rest = '1 minute' WHERE name = 'busy';
SELECT * FROM test.outcome($$INSERT INTO dos.job_setting (name, rest) VALUES ('broken', '61 seconds')$$);
SELECT dos.job_run('busy'), dos.job_run('nothing');
UPDATE dos.job SET on_wake = true WHERE name = 'nothing';
SELECT name, wait_ms > 10000 AS waits, wait_ms = 0 AS due, rests FROM dos_internal.job_waits('work', true) WHERE name IN ('busy', 'nothing');
UPDATE dos.job_setting SET rest = '0' WHERE name = 'busy';
SELECT name, wait_ms = 0 AS due, rests FROM dos_internal.job_waits('work', false) WHERE name = 'busy';

-- shipped jobs; a shipped row that is changed becomes the registry's own, and so is dumped
SELECT name, lane, function, every, on_wake, rest FROM dos.job WHERE NOT own ORDER BY name;
UPDATE dos.job SET every = '2 seconds' WHERE name = 'zone_publish';
SELECT name, every, own FROM dos.job WHERE name = 'zone_publish';
DELETE FROM dos.job WHERE lane = 'work';

-- every shipped job runs
SELECT name, dos.job_run(name) >= 0 AS ran FROM dos.job ORDER BY name;
-- and an aborted run leaves no trace
BEGIN;
SELECT dos.job_run('zone_publish') >= 0 AS ran;
ROLLBACK;
SELECT runs FROM dos.job_status WHERE name = 'zone_publish';
