-- The launcher and the workers of this database.

\set QUIET on
SET client_min_messages = warning;
CREATE SCHEMA work;
CREATE TABLE work.seen (id int GENERATED ALWAYS AS IDENTITY, note text, pid int DEFAULT pg_backend_pid(), at timestamptz DEFAULT clock_timestamp());
CREATE FUNCTION work.tick() RETURNS bigint LANGUAGE sql AS $$ INSERT INTO work.seen (note) VALUES ('tick'); SELECT 0::bigint $$;
CREATE FUNCTION work.burst() RETURNS bigint LANGUAGE sql AS
    $$ INSERT INTO work.seen (note) VALUES ('burst'); SELECT greatest(0, 5 - count(*)) FROM work.seen WHERE note = 'burst' $$;
CREATE FUNCTION work.rester() RETURNS bigint LANGUAGE sql AS $$ INSERT INTO work.seen (note) VALUES ('rester'); SELECT 1::bigint $$;
CREATE FUNCTION work.broken() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'out of paper'; END $$;
CREATE FUNCTION work.long() RETURNS bigint LANGUAGE plpgsql AS
    $$ BEGIN IF NOT EXISTS (SELECT FROM work.seen WHERE note = 'enough') THEN PERFORM pg_sleep(600); END IF; RETURN 0; END $$;

-- wait until a query is true, minutes at most
CREATE PROCEDURE work.await(question text, VARIADIC arguments text[] DEFAULT '{}') LANGUAGE plpgsql AS $$
DECLARE
    answer boolean;
BEGIN
    FOR i IN 1..12000 LOOP
        EXECUTE format(question, VARIADIC arguments) INTO answer;
        COMMIT;
        IF answer THEN
            RAISE WARNING 'yes: %', question;
            RETURN;
        END IF;
        PERFORM pg_sleep(0.01);
    END LOOP;
    RAISE WARNING 'NO: %', question;
END $$;

-- lanes get workers when the first job names them
SELECT dos_internal.workers_start();
CALL work.await($$SELECT count(*) = 4 FROM dos.worker_status WHERE database = current_database() AND state = 'running'$$);
SELECT lane, state, pid IS NOT NULL AS has_process FROM dos.worker_status WHERE database = current_database() ORDER BY lane;
INSERT INTO dos.job (name, lane, function, every) VALUES ('tick', 'ticks', 'work.tick()', '1 hour'), ('burst', 'bursts', 'work.burst()', '1 hour');
CALL work.await($$SELECT count(*) = 1 FROM work.seen WHERE note = 'tick'$$);
-- work left: again at once
CALL work.await($$SELECT count(*) = 5 FROM work.seen WHERE note = 'burst'$$);
CALL work.await($$SELECT runs = 5 AND work = 10 AND last_work = 0 AND NOT running FROM dos.job_status WHERE name = 'burst'$$);
SELECT count(DISTINCT pid) AS workers FROM work.seen;

-- a commit wakes its lane; a rollback does not, nor does another lane
BEGIN;
SELECT dos_internal.wake('ticks');
ROLLBACK;
SELECT dos_internal.wake('bursts');
CALL work.await($$SELECT runs = 6 FROM dos.job_status WHERE name = 'burst'$$);
SELECT runs FROM dos.job_status WHERE name = 'tick';
BEGIN;
SAVEPOINT s;
SELECT dos_internal.wake('ticks');
ROLLBACK TO s;
COMMIT;
CALL work.await($$SELECT runs = 2 FROM dos.job_status WHERE name = 'tick'$$);
SELECT dos_internal.wake('ticks'), dos_internal.wake('ticks'), dos_internal.wake('nobody');
CALL work.await($$SELECT runs = 3 FROM dos.job_status WHERE name = 'tick'$$);

-- work left, with a rest: again a second later, however often it is woken meanwhile
INSERT INTO dos.job (name, lane, function, every, rest) VALUES ('rester', 'rests', 'work.rester()', '1 hour', '1 second');
CALL work.await($$SELECT count(*) >= 1 FROM work.seen WHERE note = 'rester'$$);
SELECT dos_internal.wake('rests');
CALL work.await($$SELECT count(*) >= 2 FROM work.seen WHERE note = 'rester'$$);
SELECT max(at) - min(at) >= '1 second' AS rested FROM (SELECT at FROM work.seen WHERE note = 'rester' ORDER BY at LIMIT 2) AS s;
DELETE FROM dos.job WHERE name = 'rester';

-- a failure is recorded and backs off; the other jobs go on
INSERT INTO dos.job (name, lane, function, every) VALUES ('broken', 'ticks', 'work.broken()', '20 milliseconds');
CALL work.await($$SELECT failures >= 2 FROM dos.job_status WHERE name = 'broken'$$);
SELECT runs, failed_in_row >= 2 AS in_row, last_error, next_run - last_failed = interval '1 second' * 2 ^ (failed_in_row - 1) AS backs_off FROM dos.job_status WHERE name = 'broken';
SELECT dos_internal.wake('ticks');
CALL work.await($$SELECT runs >= 5 FROM dos.job_status WHERE name = 'tick'$$);
-- switched off
INSERT INTO dos.job_setting (name, enabled) VALUES ('broken', false);
SELECT next_run FROM dos.job_status WHERE name = 'broken';

-- what runs is visible, and can be cancelled; that counts as a failure
INSERT INTO dos.job (name, lane, function, every) VALUES ('long', 'longs', 'work.long()', '1 hour');
CALL work.await($$SELECT running FROM dos.job_status WHERE name = 'long'$$);
CALL work.await($$SELECT count(*) = 1 FROM dos.worker_status AS w JOIN pg_stat_activity AS a USING (pid) WHERE w.job = 'long' AND a.wait_event = 'PgSleep'$$);
SELECT a.backend_type, a.application_name, a.state, a.query
  FROM dos.worker_status AS w JOIN pg_stat_activity AS a USING (pid) WHERE w.job = 'long';
INSERT INTO work.seen (note) VALUES ('enough');
SELECT pg_cancel_backend(pid) FROM dos.worker_status WHERE job = 'long';
CALL work.await($$SELECT failures = 1 AND runs = 1 FROM dos.job_status WHERE name = 'long'$$);
SELECT last_error FROM dos.job_status WHERE name = 'long';

-- a worker that is ended comes back
SELECT pid AS ended FROM dos.worker_status WHERE database = current_database() AND lane = 'longs' \gset
SELECT pg_terminate_backend(:ended);
CALL work.await($$SELECT pid <> %s FROM dos.worker_status WHERE database = current_database() AND lane = 'longs' AND state = 'running'$$, :'ended');
-- a lane without jobs loses its worker
DELETE FROM dos.job WHERE lane = 'longs';
CALL work.await($$SELECT count(*) = 0 FROM dos.worker_status WHERE database = current_database() AND lane = 'longs'$$);

-- DROP EXTENSION ends them, CREATE EXTENSION brings them back
DROP EXTENSION dos;
CALL work.await($$SELECT count(*) = 0 FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'dos worker'$$);
CREATE EXTENSION dos;
CALL work.await($$SELECT count(*) = 4 FROM dos.worker_status WHERE database = current_database() AND state = 'running'$$);

-- while a dump is restored they stay away until its session ends; its first lines tell
DROP EXTENSION dos;
CALL work.await($$SELECT count(*) = 0 FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'dos worker'$$);
SET row_security = off;
CREATE EXTENSION dos;
RESET row_security;
CALL work.await($$SELECT count(*) = 4 FROM dos.worker_status WHERE database = current_database() AND last_end = 'restore runs'$$);
SELECT count(*) AS ran FROM dos.job_status WHERE runs > 0;
\c
SET client_min_messages = warning;
CALL work.await($$SELECT count(*) = 4 FROM dos.worker_status WHERE database = current_database() AND state = 'running'$$);

-- DROP DATABASE does not wait for them for ever: they leave at the end of their job
SELECT current_database() AS here \gset
\c postgres
SET client_min_messages = warning;
DROP DATABASE :here;
SELECT count(*) FROM pg_database WHERE datname = :'here';
