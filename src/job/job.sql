-- Background jobs: a job is a row; processes are the launcher's business (launcher.c, worker.c).
--
-- dos.job says what there is, dos.job_setting what the DBA changed about it, dos.job_state what became of
-- it. Intervals go by the real clock, not by dos.now(): a registry that travels in time still publishes.
-- A job's function returns how much work it did; more than 0 means "call me again at once".

CREATE FUNCTION dos_internal.extension_installing() RETURNS boolean
LANGUAGE c VOLATILE AS 'MODULE_PATHNAME', 'dos_sql_extension_installing';
COMMENT ON FUNCTION dos_internal.extension_installing() IS 'true inside CREATE or ALTER EXTENSION: tells shipped rows from the DBA''s own';

CREATE FUNCTION dos_internal.wake(lane text) RETURNS void
LANGUAGE c VOLATILE AS 'MODULE_PATHNAME', 'dos_sql_wake';
COMMENT ON FUNCTION dos_internal.wake(text) IS
    'at commit, wake the worker of a lane in this database (NULL: of all lanes); cheap, does nothing without shared_preload_libraries';

CREATE TABLE dos.job (
    name     text CONSTRAINT job_pkey PRIMARY KEY
                  CONSTRAINT job_name_form CHECK (name ~ '^[a-z][a-z0-9_]{0,62}$'),
    lane     text NOT NULL DEFAULT 'default' CONSTRAINT job_lane_form CHECK (lane ~ '^[a-z][a-z0-9_]{0,30}$'),
    function text NOT NULL CONSTRAINT job_function_form CHECK (function ~ '^[^.;]+\.[^.;]+\(.*\)$'),
    every    interval NOT NULL CONSTRAINT job_every_range CHECK (every BETWEEN '10 milliseconds' AND '1 year'),
    on_wake  boolean NOT NULL DEFAULT true,
    rest     interval NOT NULL DEFAULT '0' CONSTRAINT job_rest_range CHECK (rest BETWEEN '0' AND '1 minute'),
    own      boolean NOT NULL DEFAULT (NOT dos_internal.extension_installing())
);
COMMENT ON TABLE dos.job IS
    'background jobs: a call that returns the amount of work done as bigint, run every so often by the worker of its lane, as superuser; own marks those the registry added';
COMMENT ON COLUMN dos.job.on_wake IS 'run also when a commit wakes the lane, not only every so often';
COMMENT ON COLUMN dos.job.rest IS 'pause between two runs while there is work: what comes meanwhile is done in one go; the first run after a quiet moment does not wait';
SELECT pg_catalog.pg_extension_config_dump('dos.job', 'WHERE own');
CREATE TRIGGER job_shipped BEFORE INSERT OR UPDATE ON dos.job FOR EACH ROW EXECUTE FUNCTION dos_internal.shipped_row('name');

CREATE TABLE dos.job_setting (
    name    text CONSTRAINT job_setting_pkey PRIMARY KEY,
    every   interval CONSTRAINT job_setting_every_range CHECK (every BETWEEN '10 milliseconds' AND '1 year'),
    enabled boolean NOT NULL DEFAULT true,
    rest    interval CONSTRAINT job_setting_rest_range CHECK (rest BETWEEN '0' AND '1 minute')
);
COMMENT ON TABLE dos.job_setting IS 'what the DBA changed about jobs: another interval or rest (NULL: as shipped), or switched off';
SELECT pg_catalog.pg_extension_config_dump('dos.job_setting', '');

-- Not dumped: what became of the jobs of one server means nothing to the next.
CREATE TABLE dos.job_state (
    name          text CONSTRAINT job_state_pkey PRIMARY KEY,
    runs          bigint NOT NULL DEFAULT 0,
    work          bigint NOT NULL DEFAULT 0,
    failures      bigint NOT NULL DEFAULT 0,
    failed_in_row int    NOT NULL DEFAULT 0,
    last_work     bigint,
    last_started  timestamptz,
    last_finished timestamptz,
    last_failed   timestamptz,
    last_error    text,
    retry_at      timestamptz
) WITH (fillfactor = 50);
COMMENT ON TABLE dos.job_state IS 'what became of each job on this server: runs, work, failures and back-off';

CREATE FUNCTION dos_internal.job_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM dos_internal.wake(NULL);
    RETURN NULL;
END $$;
COMMENT ON FUNCTION dos_internal.job_changed() IS 'trigger: workers look again after a change of jobs or their settings';

CREATE TRIGGER job_changed AFTER INSERT OR UPDATE OR DELETE ON dos.job
    FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.job_changed();
CREATE TRIGGER job_setting_changed AFTER INSERT OR UPDATE OR DELETE ON dos.job_setting
    FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.job_changed();

CREATE FUNCTION dos_internal.worker_slots(
    OUT database oid, OUT lane text, OUT state text, OUT pid int, OUT job text, OUT since timestamptz,
    OUT last_end text, OUT ends int, OUT not_before timestamptz) RETURNS SETOF record
LANGUAGE c VOLATILE AS 'MODULE_PATHNAME', 'dos_sql_worker_slots';
COMMENT ON FUNCTION dos_internal.worker_slots() IS 'worker processes as the launcher sees them, of all databases';

CREATE VIEW dos.worker_status AS
    SELECT d.datname AS database, s.lane, s.state, s.pid, s.job, s.since, s.last_end, s.ends, s.not_before
      FROM dos_internal.worker_slots() AS s LEFT JOIN pg_catalog.pg_database AS d ON d.oid = s.database;
COMMENT ON VIEW dos.worker_status IS
    'worker processes of all databases: lane, state, current job, why the last one ended, how often in a row, and when it may start again';

CREATE VIEW dos.job_status AS
    SELECT j.name, j.lane, j.function, coalesce(c.every, j.every) AS every, coalesce(c.enabled, true) AS enabled, j.on_wake, coalesce(c.rest, j.rest) AS rest,
           w.pid IS NOT NULL AS running,
           CASE
               WHEN NOT coalesce(c.enabled, true) THEN NULL
               WHEN t.failed_in_row > 0 THEN t.retry_at
               WHEN t.last_work > 0 THEN t.last_finished + coalesce(c.rest, j.rest)
               ELSE coalesce(t.last_started + coalesce(c.every, j.every), '-infinity')
           END AS next_run,
           t.last_started, t.last_finished, t.last_finished - t.last_started AS last_duration, t.last_work,
           coalesce(t.runs, 0) AS runs, coalesce(t.work, 0) AS work, coalesce(t.failures, 0) AS failures,
           coalesce(t.failed_in_row, 0) AS failed_in_row, t.last_failed, t.last_error
      FROM dos.job AS j
      LEFT JOIN dos.job_setting AS c USING (name)
      LEFT JOIN dos.job_state AS t USING (name)
      LEFT JOIN dos_internal.worker_slots() AS w
             ON w.job = j.name AND w.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database());
COMMENT ON VIEW dos.job_status IS 'every job with its effective settings, what became of it and when it runs next (-infinity: at once)';

CREATE FUNCTION dos_internal.job_waits(lane text, woken boolean) RETURNS TABLE (name text, wait_ms bigint, rests boolean)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT j.name,
           CASE WHEN NOT j.enabled THEN NULL
                WHEN woken AND j.on_wake AND j.failed_in_row = 0 AND NOT j.rests THEN 0
                WHEN j.next_run <= clock_timestamp() THEN 0
                ELSE least(ceil(extract(epoch FROM j.next_run - clock_timestamp()) * 1000), 86400000)::bigint
           END,
           j.enabled AND j.rests
      FROM (SELECT s.*, s.last_work > 0 AND s.failed_in_row = 0 AND s.next_run > clock_timestamp() AS rests FROM dos.job_status AS s) AS j
     WHERE j.lane = job_waits.lane
     ORDER BY j.name;
END $$;
COMMENT ON FUNCTION dos_internal.job_waits(text, boolean) IS
    'the jobs of a lane and how long each may wait: 0 is due, NULL is switched off; a wake makes due what does not back off; rests: there was work a moment ago';

CREATE FUNCTION dos.job_run(name text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    job     dos.job;
    started timestamptz;
    done    bigint;
BEGIN
    SELECT * INTO job FROM dos.job AS j WHERE j.name = job_run.name;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'job "%" does not exist', name USING ERRCODE = 'undefined_object';
    END IF;
    PERFORM FROM dos.job_state AS s WHERE s.name = job.name FOR UPDATE;     -- one at a time, wherever it runs
    IF NOT FOUND THEN
        INSERT INTO dos.job_state (name) VALUES (job.name);
    END IF;
    started := clock_timestamp();
    EXECUTE 'SELECT ' || job.function INTO done;
    UPDATE dos.job_state AS s
       SET runs = s.runs + 1, work = s.work + coalesce(done, 0), failed_in_row = 0, retry_at = NULL,
           last_work = coalesce(done, 0), last_started = started, last_finished = clock_timestamp()
     WHERE s.name = job.name;
    RETURN coalesce(done, 0);
END $$;
COMMENT ON FUNCTION dos.job_run(text) IS
    'run a job once in this transaction, enabled or not, and return the amount of work done; an error is the job''s own';

-- However rare a job is meant to be, a failure is tried again soon: a deadlock should not cost a day.
CREATE FUNCTION dos_internal.job_backoff(failed_in_row int) RETURNS interval
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN least(interval '1 second' * 2 ^ least(failed_in_row - 1, 20), interval '5 minutes');
COMMENT ON FUNCTION dos_internal.job_backoff(int) IS 'how long a job waits after so many failures in a row: 1, 2, 4 seconds ... 5 minutes';

CREATE FUNCTION dos_internal.job_failed(name text, error text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    at timestamptz := clock_timestamp();
BEGIN
    INSERT INTO dos.job_state AS s (name, failures, failed_in_row, last_failed, last_error, retry_at)
    VALUES (job_failed.name, 1, 1, at, error, at + dos_internal.job_backoff(1))
    ON CONFLICT ON CONSTRAINT job_state_pkey DO UPDATE
       SET failures = s.failures + 1, failed_in_row = s.failed_in_row + 1, last_failed = at, last_error = error,
           retry_at = at + dos_internal.job_backoff(s.failed_in_row + 1);
END $$;
COMMENT ON FUNCTION dos_internal.job_failed(text, text) IS 'record a failed run and when to try again';

-- Workers start right after CREATE EXTENSION, or the DBA learns why they do not.
CREATE FUNCTION dos_internal.workers_start() RETURNS void
LANGUAGE c VOLATILE AS 'MODULE_PATHNAME', 'dos_sql_workers_start';
COMMENT ON FUNCTION dos_internal.workers_start() IS 'at commit, make the launcher look at this database';

CREATE FUNCTION dos_internal.workers_problem() RETURNS text
LANGUAGE c STABLE AS 'MODULE_PATHNAME', 'dos_sql_workers_problem';
COMMENT ON FUNCTION dos_internal.workers_problem() IS 'the setting that keeps workers from running in this database, or NULL';

DO $$
BEGIN
    PERFORM dos_internal.workers_start();
    CASE dos_internal.workers_problem()
        WHEN 'shared_preload_libraries' THEN
            RAISE WARNING 'background jobs of DOS are off: its library is not preloaded'
                USING HINT = 'Set shared_preload_libraries = ''dos'' and dos.databases in postgresql.conf and restart the server, or call dos.job_run(name) from your own scheduler.';
        WHEN 'dos.workers' THEN
            RAISE NOTICE 'background jobs of DOS are off: dos.workers is off';
        WHEN 'dos.databases' THEN
            RAISE NOTICE 'background jobs of DOS are off in database "%": dos.databases does not name it', current_database()
                USING HINT = 'Add it to dos.databases in postgresql.conf and reload.';
        ELSE NULL;
    END CASE;
END $$;
