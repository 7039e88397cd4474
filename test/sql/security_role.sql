-- The least a gateway needs: as each role, every table, every sequence and every function is really tried, not looked up.
CREATE VIEW member AS
    SELECT d.classid, d.objid FROM pg_depend AS d JOIN pg_extension AS e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass
     WHERE d.deptype = 'e' AND e.extname = 'dos';
CREATE TABLE tried (role text, kind text, what text, answer text);
GRANT SELECT, INSERT ON tried, member TO PUBLIC;

-- what a statement answers as a role; undone
CREATE FUNCTION answer_as(role text, command text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text := 'done';
BEGIN
    BEGIN
        EXECUTE format('SET LOCAL SESSION AUTHORIZATION %I', role);
        EXECUTE command;
        RAISE EXCEPTION 'undo' USING ERRCODE = 'XXUND';
    EXCEPTION WHEN SQLSTATE 'XXUND' THEN
        NULL;
    WHEN OTHERS THEN
        answer := SQLSTATE;
    END;
    RETURN answer;
END $$;

CREATE TABLE role AS SELECT unnest('{dos_epp,dos_rdds,dos_dns,dos_escrow,dos_admin}'::text[]) AS name;
-- tables and views, parts of partitioned ones too
INSERT INTO tried
SELECT r.name, v.verb, c.oid::regclass::text, answer_as(r.name, format(v.command, c.oid::regclass))
  FROM role AS r, (VALUES ('select', 'SELECT FROM %s'), ('lock', 'LOCK TABLE %s IN ACCESS SHARE MODE'), ('insert', 'INSERT INTO %s DEFAULT VALUES'), ('delete', 'DELETE FROM %s'), ('truncate', 'TRUNCATE %s'),
                          ('copy out', 'COPY %s TO ''/dev/null'''), ('alter', 'ALTER TABLE %s SET SCHEMA public')) AS v (verb, command), pg_class AS c
 WHERE c.relnamespace IN ('dos'::regnamespace, 'dos_internal'::regnamespace) AND c.relkind IN ('r', 'p', 'v', 'm') AND (c.relkind <> 'v' OR v.verb IN ('select', 'lock'));
INSERT INTO tried
SELECT r.name, 'update', c.oid::regclass::text, answer_as(r.name, format('UPDATE %s SET %I = DEFAULT', c.oid::regclass, a.attname))
  FROM role AS r, pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = 1
 WHERE c.relnamespace IN ('dos'::regnamespace, 'dos_internal'::regnamespace) AND c.relkind IN ('r', 'p');
INSERT INTO tried
SELECT r.name, 'sequence', c.oid::regclass::text, answer_as(r.name, format('SELECT nextval(%L)', c.oid::regclass))
  FROM role AS r, pg_class AS c WHERE c.relnamespace IN ('dos'::regnamespace, 'dos_internal'::regnamespace) AND c.relkind = 'S';
-- every function of the extension but triggers, with NULLs that the planner does not see: refused unless it is the role's own
INSERT INTO tried
SELECT r.name, 'function', p.oid::regprocedure::text, answer_as(r.name, format('SELECT %s.%I(%s)', p.pronamespace::regnamespace, p.proname, a.list))
  FROM role AS r, pg_proc AS p JOIN member AS m ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid,
       LATERAL (SELECT p.pronamespace = 'dos'::regnamespace AND EXISTS (SELECT FROM aclexplode(p.proacl) AS x WHERE x.grantee = to_regrole(r.name))) AS g (own),
       LATERAL (SELECT string_agg(CASE WHEN p.provariadic <> 0 AND n = p.pronargs THEN 'VARIADIC ' ELSE '' END || format('(SELECT NULL::%s)', format_type(t, NULL)), ', ' ORDER BY n) FROM unnest(p.proargtypes) WITH ORDINALITY AS t (t, n)) AS a (list)
 WHERE p.prokind = 'f' AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype) AND NOT g.own;
-- whole: everything is refused for want of a right; but dos_escrow puts rows into the tables a deposit is read into, and takes their numbers
SELECT t.role, t.kind, count(*) > 20 AS many, count(*) FILTER (WHERE t.answer <> '42501') AS passed FROM tried AS t GROUP BY 1, 2 ORDER BY 1, 2;
SELECT * FROM tried AS t WHERE t.answer <> '42501' ORDER BY 1, 2, 3 LIMIT 20;

-- the ways around: none answers otherwise than it should
SELECT w.what, r.name AS role, answer_as(r.name, w.command) AS answers
  FROM role AS r, (VALUES
    (1, 'a program',            $$COPY (SELECT 1) TO PROGRAM 'true'$$, '42501'),
    (2, 'a file',               $$COPY (SELECT 1) TO '/tmp/dos'$$, '42501'),
    (3, 'read a file',          $$SELECT pg_read_file('/etc/passwd')$$, '42501'),
    (4, 'a directory',          $$SELECT pg_ls_dir('.')$$, '42501'),
    (5, 'a large object from a file', $$SELECT lo_import('/etc/passwd')$$, '42501'),
    (6, 'dblink',               $$CREATE EXTENSION dblink$$, '42501'),
    (7, 'another role',         $$SET ROLE postgres$$, '42501'),
    (8, 'a neighbour''s role',  $$SELECT set_config('role', CASE current_user WHEN 'dos_epp' THEN 'dos_admin' ELSE 'dos_epp' END, true)$$, '42501'),
    (9, 'the clock',            $$SELECT set_config('dos.clock', '2030-01-01', true)$$, '42501'),
    (10, 'a setting nobody has', $$SELECT set_config('dos.act', '1', true)$$, '42602'),
    (11, 'replication',         $$SELECT set_config('session_replication_role', 'replica', true)$$, '42501'),
    (12, 'a function of its own in dos', $$CREATE FUNCTION dos.now2() RETURNS int LANGUAGE sql RETURN 1$$, '42501'),
    (13, 'a table of its own in dos', $$CREATE TABLE dos.mine ()$$, '42501'),
    (14, 'a table in public',   $$CREATE TABLE public.mine ()$$, '42501'),
    (15, 'a trigger',           $$CREATE TRIGGER t BEFORE INSERT ON dos.domain FOR EACH ROW EXECUTE FUNCTION dos_internal.audit_is_final()$$, '42501'),
    (16, 'a view with a leak',  $$CREATE TEMP VIEW v AS SELECT * FROM dos.registrar; SELECT FROM v$$, '42501'),
    (17, 'what others run',     $$SELECT 1 / (CASE WHEN EXISTS (SELECT FROM pg_stat_activity WHERE usename <> current_user AND query NOT IN ('<insufficient privilege>')) THEN 0 ELSE 1 END)$$, 'done'),
    (18, 'passwords of roles',  $$SELECT FROM pg_authid$$, '42501'),
    (19, 'statistics of columns', $$SELECT 1 / (CASE WHEN EXISTS (SELECT FROM pg_stats WHERE schemaname = 'dos') THEN 0 ELSE 1 END)$$, 'done'),
    (21, 'a role',              $$CREATE ROLE mine$$, '42501'),
    (22, 'the extension',       $$DROP EXTENSION dos$$, '42501')) AS w (n, what, command, answer)
 WHERE answer_as(r.name, w.command) <> w.answer ORDER BY w.n, r.name;

-- a table of the caller's, called as one of the registry's, is not taken for it
SET ROLE dos_epp;
CREATE TEMP TABLE registrar AS SELECT 1 AS id, 'forged' AS clid;
CREATE TEMP TABLE domain (id int);
CREATE TEMP TABLE zone (id int);
CREATE FUNCTION pg_temp.now() RETURNS timestamptz LANGUAGE sql RETURN '2001-01-01'::timestamptz;
SELECT count(*) FROM dos.epp_greeting();
\set VERBOSITY sqlstate
SELECT count(*) FROM dos.domain_check('forged', '{a.example}');
RESET ROLE;

-- what PostgreSQL tells its log while a verb runs is not for the caller: plans, with the values in them, that anybody may ask for
SET SESSION AUTHORIZATION dos_epp;
SET plan_cache_mode = force_generic_plan;
PREPARE verb AS SELECT count(*) FROM dos.poll_request('forged');
EXPLAIN (COSTS OFF) EXECUTE verb;
SET client_min_messages = log;
SET debug_print_plan = on;
EXECUTE verb;
RESET debug_print_plan;
RESET SESSION AUTHORIZATION;
