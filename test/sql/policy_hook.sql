-- Hooks: which run when, what they may answer, whose rights they have, and what happens when they fail.

CREATE SCHEMA policy;
CREATE FUNCTION policy.first(c jsonb) RETURNS jsonb LANGUAGE sql AS $$ SELECT jsonb_build_object('first', c -> 'n') $$;
CREATE FUNCTION policy.second(c jsonb) RETURNS jsonb LANGUAGE sql AS $$ SELECT jsonb_build_object('second', c -> 'first', 'n', (c ->> 'n')::int + 1) $$;
CREATE FUNCTION policy.silent(c jsonb) RETURNS jsonb LANGUAGE sql AS $$ SELECT NULL::jsonb $$;
CREATE FUNCTION policy.refusal(c jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
    IF c ->> 'name' LIKE 'bad%' THEN
        PERFORM dos.refuse('name_is_bad', format('name "%s" is bad', c ->> 'name'), 2308, 'domain:name', 'Names may not be bad.');
    END IF;
    RETURN NULL;
END $$;

-- what may be a hook
CREATE FUNCTION policy.wrong_argument(c json) RETURNS jsonb LANGUAGE sql AS 'SELECT NULL::jsonb';
CREATE FUNCTION policy.wrong_result(c jsonb) RETURNS text LANGUAGE sql AS 'SELECT NULL::text';
CREATE FUNCTION policy.wrong_set(c jsonb) RETURNS SETOF jsonb LANGUAGE sql AS 'SELECT c';
SELECT t.stage, t.verb, t.function, o.code, o.reason
FROM (VALUES
    ('check',  'create', 'policy.missing'),
    ('check',  'create', 'policy.wrong_argument'),
    ('check',  'create', 'policy.wrong_argument(json)'),
    ('check',  'create', 'policy.wrong_result'),
    ('check',  'create', 'policy.wrong_set'),
    ('before', 'create', 'policy.first'),
    ('check',  'Create', 'policy.first'),
    ('check',  'create', 'policy.first'),
    ('check',  'create', 'policy.second(jsonb)')) AS t (stage, verb, function),
    test.outcome(format('DO $x$ BEGIN PERFORM dos.hook_add(%L, %L, %L, %L); END $x$', t.stage, 'domain', t.verb, t.function)) AS o;
SELECT * FROM test.outcome($$INSERT INTO dos.hook (stage, object, verb, function) VALUES ('check', 'domain', 'create', 'first(jsonb)')$$);
SELECT stage, object, verb, function FROM dos.hook ORDER BY id;
DELETE FROM dos.hook;

-- who is asked: stage, object, verb, zone; NULL zone of a hook: all, also objects in none
SELECT dos.hook_add('check', 'domain', 'create', 'policy.silent', zone_id => 7) > 0 AS seven,
       dos.hook_add('check', 'domain', 'renew', 'policy.silent') > 0 AS every,
       dos.hook_add('after', 'domain', 'delete', 'policy.silent', enabled => false) > 0 AS off;
SELECT t.*, dos_internal.hook_exists(t.stage, t.object, t.verb, t.zone) AS asked
FROM (VALUES
    ('check', 'domain', 'create', 7), ('check', 'domain', 'create', 8), ('check', 'domain', 'create', NULL),
    ('price', 'domain', 'create', 7), ('check', 'contact', 'create', 7), ('check', 'domain', 'renew', 7),
    ('check', 'domain', 'renew', 8), ('check', 'domain', 'renew', NULL), ('after', 'domain', 'delete', 7),
    (NULL, 'domain', 'renew', 7)) AS t (stage, object, verb, zone);
-- a change counts at once in this transaction, everywhere after the commit, and not after a rollback
BEGIN;
DELETE FROM dos.hook;
SELECT dos_internal.hook_exists('check', 'domain', 'renew', 7) AS asked;
ROLLBACK;
SELECT dos_internal.hook_exists('check', 'domain', 'renew', 7) AS asked;
\setenv PGDATABASE :DBNAME
\! psql -Xqc "DELETE FROM dos.hook WHERE verb = 'renew'"
SELECT dos_internal.hook_exists('check', 'domain', 'renew', 7) AS asked;
TRUNCATE dos.hook;
SELECT dos_internal.hook_exists('check', 'domain', 'create', 7) AS asked;

-- each sees what those before it returned; order is rank, then id
SELECT dos.hook_add('check', 'domain', 'create', 'policy.second', rank => 200) > 0 AS second,
       dos.hook_add('check', 'domain', 'create', 'policy.silent', rank => 150) > 0 AS silent,
       dos.hook_add('check', 'domain', 'create', 'policy.first') > 0 AS first;
SELECT dos_internal.hook_run('check', 'domain', 'create', 7, '{"n": 5}') AS merged;
SELECT dos_internal.hook_run('check', 'domain', 'create', 7, NULL) AS merged;
SELECT dos_internal.hook_run('check', 'domain', 'transfer', 7, '{}') IS NULL AS nothing;
DELETE FROM dos.hook;

-- refusals reach the client as they are
SELECT dos.hook_add('check', 'domain', 'create', 'policy.refusal') AS refusal \gset
SELECT t.name, o.* FROM (VALUES ('good.example'), ('bad.example')) AS t (name),
    test.outcome(format('SELECT dos_internal.hook_run(''check'', ''domain'', ''create'', 7, jsonb_build_object(''name'', %L))', t.name)) AS o;
SELECT t.*, o.* FROM (VALUES (2306, 'm'), (2308, NULL), (1000, 'm'), (2600, 'm'), (NULL, 'm')) AS t (refused_with, text),
    test.outcome(format('DO $x$ BEGIN PERFORM dos.refuse(%L, %L, %L); END $x$', 'reason_of_policy', t.text, t.refused_with)) AS o;
SELECT o.* FROM test.outcome('DO $x$ BEGIN PERFORM dos.refuse(''only_reason'', ''no''); END $x$') AS o;

-- everything else is a clean 2400, and only the operator learns more
CREATE TABLE policy.note (n int);
CREATE FUNCTION policy.broken(c jsonb) RETURNS jsonb LANGUAGE sql AS $$ SELECT to_jsonb(1 / 0) $$;
CREATE FUNCTION policy.slow(c jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(60); RETURN NULL; END $$;
CREATE FUNCTION policy.endless(c jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$ BEGIN LOOP END LOOP; END $$;
CREATE FUNCTION policy.stubborn(c jsonb) RETURNS jsonb LANGUAGE plpgsql AS
    $$ BEGIN LOOP BEGIN PERFORM pg_sleep(60); EXCEPTION WHEN OTHERS THEN END; END LOOP; END $$;
CREATE FUNCTION policy.no_object(c jsonb) RETURNS jsonb LANGUAGE sql AS $$ SELECT '[1]'::jsonb $$;
CREATE FUNCTION policy.success(c jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'fine' USING ERRCODE = 'R1000'; END $$;
CREATE FUNCTION policy.retry(c jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = 'deadlock_detected'; END $$;
CREATE FUNCTION policy.gone(c jsonb) RETURNS jsonb LANGUAGE sql AS $$ SELECT NULL::jsonb $$;
INSERT INTO dos.hook (stage, object, verb, function, time_limit_ms)
SELECT 'check', 'test', f, 'policy.' || f, CASE WHEN f IN ('slow', 'endless', 'stubborn') THEN 50 ELSE 60000 END FROM unnest('{broken,slow,endless,stubborn,no_object,success,retry,gone}'::text[]) AS f;
DROP FUNCTION policy.gone;
SELECT f AS hook, o.* FROM unnest('{broken,slow,endless,stubborn,no_object,success,retry,gone}'::text[]) AS f,
    test.outcome(format('SELECT dos_internal.hook_run(''check'', ''test'', %L, NULL, ''{}'')', f)) AS o;
SELECT verb, missing, calls, refusals, failures, last_error, mean_ms IS NOT NULL AND max_ms <= total_ms AS timed
  FROM dos.hook_status WHERE object = 'test';
SELECT dos_internal.hook_count_reset();
SELECT sum(calls), sum(failures) FROM dos.hook_status;
-- the session's own cancel is not the hook's
UPDATE dos.hook SET time_limit_ms = 0 WHERE verb = 'slow';
SET statement_timeout = '500ms';
SELECT o.* FROM test.outcome('SELECT dos_internal.hook_run(''check'', ''test'', ''slow'', NULL, ''{}'')') AS o;
SELECT dos_internal.hook_run('check', 'test', 'slow', NULL, '{}');
RESET statement_timeout;
DELETE FROM dos.hook;

-- a price is a whole number of minor units
CREATE TABLE policy.answer (answer jsonb);
CREATE FUNCTION policy.price(c jsonb) RETURNS jsonb LANGUAGE sql AS $$ SELECT answer FROM policy.answer $$;
CREATE FUNCTION test.price(answer jsonb) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    TRUNCATE policy.answer;
    INSERT INTO policy.answer VALUES (answer);
    RETURN dos_internal.hook_run('price', 'domain', 'renew', 7, '{"amount_minor": 800}');
END $$;
SELECT dos.hook_add('price', 'domain', 'renew', 'policy.price') > 0 AS added;
SELECT t.answer, o.code, o.reason
FROM (VALUES ('{"amount_minor": 0}'), ('{"amount_minor": 999999999999999}'), ('{"amount_minor": 1e15}'), ('{"amount_minor": -1}'),
             ('{"amount_minor": 10.5}'), ('{"amount_minor": "10"}'), ('{"amount_minor": null}'), ('{"reason": "nothing to say"}'), ('10'), (NULL)) AS t (answer),
    test.outcome(format('SELECT test.price(%L)', t.answer)) AS o;
DELETE FROM dos.hook;

-- whose rights: those of the function's owner, whoever calls; settings and temporary things do not stay behind
CREATE ROLE policy_maker;
GRANT USAGE, CREATE ON SCHEMA policy TO policy_maker;
GRANT USAGE ON SCHEMA dos TO policy_maker;
SET ROLE policy_maker;
CREATE FUNCTION policy.whoami(c jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('work_mem', '64kB', false);
    RETURN jsonb_build_object('who', current_user, 'work_mem', current_setting('work_mem'));
END $$;
CREATE FUNCTION policy.thief(c jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT to_jsonb(r) FROM dos.registrar AS r); END $$;
CREATE FUNCTION policy.escape(c jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$ BEGIN RESET ROLE; RETURN NULL; END $$;
CREATE FUNCTION policy.trap(c jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$ BEGIN CREATE TEMPORARY TABLE trap (); RETURN NULL; END $$;
RESET ROLE;
INSERT INTO dos.hook (stage, object, verb, function) SELECT 'check', 'test', f, 'policy.' || f FROM unnest('{whoami,thief,escape,trap}'::text[]) AS f;
SELECT dos_internal.hook_run('check', 'test', 'whoami', NULL, '{}'), current_user, current_setting('work_mem') AS work_mem;
SELECT f AS hook, o.code, h.last_error FROM unnest('{thief,escape,trap}'::text[]) AS f,
    LATERAL (SELECT * FROM test.outcome(format('SELECT dos_internal.hook_run(''check'', ''test'', %L, NULL, ''{}'')', f))) AS o,
    LATERAL (SELECT last_error FROM dos.hook_status WHERE verb = f AND o.code IS NOT NULL) AS h ORDER BY f;
DROP OWNED BY policy_maker;
DROP ROLE policy_maker;
DELETE FROM dos.hook;

-- rehearsals: also of what is switched off, and nothing stays
CREATE OR REPLACE FUNCTION policy.writer(c jsonb) RETURNS jsonb LANGUAGE sql AS $$ INSERT INTO policy.note VALUES (1) RETURNING to_jsonb(note) $$;
SELECT dos.hook_add('after', 'domain', 'create', 'policy.writer', enabled => false) AS writer \gset
SELECT dos.hook_add('check', 'domain', 'create', 'policy.refusal', enabled => false) AS refusal \gset
SELECT code, result, elapsed_ms >= 0 AS timed FROM dos.hook_rehearse(:writer, '{}');
SELECT count(*) FROM policy.note;
SELECT code, reason, element, message, detail FROM dos.hook_rehearse(:refusal, '{"name": "bad.example"}');
SELECT code, message FROM dos.hook_rehearse(0, '{}');
SELECT dos_internal.hook_run('after', 'domain', 'create', 7, '{}') IS NULL AS still_off;
