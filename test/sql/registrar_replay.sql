-- Repetitions (E14): a transform command that is said again within the window gets the first answer and does nothing. What the
-- gateway sends is tried here as one statement, as it sends it; two gateways at once in registrar_replay_twice.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('rival'), test.zone('example', 'registrant_required=false', 'contacts_required={}') > 0 AS zone;
CREATE FUNCTION said(who text, name text, digest text, svtrid text, years int DEFAULT 1, OUT outcome text) LANGUAGE plpgsql AS $$
DECLARE
    done record;
BEGIN
    SELECT c.* INTO done FROM dos.epp_replay_begin(who, digest::bytea, svtrid) AS b (registrar), dos.domain_create(b.registrar, said.name, years, cltrid => 'CL-1', svtrid => said.svtrid) AS c
      WHERE dos.epp_replay_keep(who, digest::bytea, ROW(c.*));
    outcome := CASE WHEN FOUND THEN done.code || ' ' || done.name || ' anew' ELSE (SELECT format('%s %s again, %s', a.answer[1], a.answer[2], a.svtrid) FROM dos.epp_replay_answer(who, digest::bytea) AS a) END;
EXCEPTION WHEN SQLSTATE 'R2000' OR SQLSTATE 'R2302' OR SQLSTATE 'R2306' THEN
    outcome := ltrim(SQLSTATE, 'R');
END $$;
-- off: nothing is kept, and the second one is told so by the registry
SELECT said('acme', 'off.example', 'd0', 'SV-1'), said('acme', 'off.example', 'd0', 'SV-2');
SELECT count(*) AS kept FROM dos.epp_replay;
SELECT o.code, o.reason FROM (VALUES (1, '-1 second'), (2, '25 hours')) AS t (n, w), test.outcome(format('UPDATE dos.epp_setting SET replay_window = %L', w)) AS o ORDER BY n;
UPDATE dos.epp_setting SET replay_window = '60 seconds';
SELECT replays FROM dos.epp_greeting();

-- what was refused did nothing and is not kept: said again it is tried again
SELECT said('acme', 'late.example', 'd1', 'SV-3', 99), said('acme', 'late.example', 'd1', 'SV-4', 99);
SELECT count(*) AS kept FROM dos.epp_replay;
-- done once, answered twice, with the first svTRID
SELECT said('acme', 'once.example', 'd2', 'SV-5'), said('acme', 'once.example', 'd2', 'SV-6'), said('acme', 'once.example', 'd2', 'SV-7');
SELECT event, object_name, svtrid FROM dos.outbox WHERE object_name = 'once.example';
-- another content, or another registrar's: a command of its own
SELECT said('acme', 'once.example', 'd3', 'SV-8') AS other_content, said('rival', 'once.example', 'd2', 'SV-9') AS other_registrar;
SELECT count(*) AS unknown FROM dos.epp_replay_begin('nobody', 'd2', 'SV-9'), dos.epp_replay_answer('nobody', 'd2');
-- all columns as a client reads them
SELECT r.svtrid, r.answer FROM dos.epp_replay AS r WHERE r.digest = 'd2';
SELECT dos_internal.record_texts(ROW(1, NULL::text, true, '{a,"b c"}'::text[], '{"fee": 1}'::jsonb, timestamptz '2026-04-03T01:02:03.04Z')) AS texts;
-- to the end of the window, and not longer
SET dos.clock = '2026-04-03T00:00:59.999Z';
SELECT said('acme', 'once.example', 'd2', 'SV-10');
SET dos.clock = '2026-04-03T00:01:00Z';
SELECT said('acme', 'once.example', 'd2', 'SV-11');
SELECT dos.job_run('epp_replay_trim'), (SELECT count(*) FROM dos.epp_replay) AS kept;
-- and with the command: rolled back with it
BEGIN;
SELECT said('acme', 'undone.example', 'd4', 'SV-12');
ROLLBACK;
SELECT count(*) AS kept FROM dos.epp_replay;
SELECT said('acme', 'undone.example', 'd4', 'SV-13');
