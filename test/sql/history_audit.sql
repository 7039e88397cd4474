-- What staff did: nothing without a reason, nothing changed afterwards, and the chain says so if it was.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT t.reason, test.would(format('SELECT dos_internal.audit_put(''x'', NULL, NULL, %L)', t.reason)) FROM (VALUES (NULL), (''), ('  '), ('a reason')) AS t (reason);
SELECT count(*) FROM dos.audit;
SELECT (dos_internal.audit_put('domain_status_set', 'domain', 'a.example', 'court order 12', 'Ann Officer', '{"before": {"statuses": []}}')).svtrid;
SELECT (dos_internal.audit_put('zone', 'zone', 'example', 'new policy')).id;
SELECT (dos_internal.audit_put('zone', 'zone', 'example', 'newer policy')).id;
SELECT id, role = session_user AS role, CASE staff WHEN session_user THEN 'the role' ELSE staff END AS staff, act, object_name, reason, svtrid, length(digest) FROM dos.audit ORDER BY id;
SELECT * FROM dos.audit_verify();
SELECT t.command, test.would(t.command) FROM (VALUES ('UPDATE dos.audit SET reason = ''x'''), ('DELETE FROM dos.audit'), ('TRUNCATE dos.audit')) AS t (command);
-- whoever gets round that is found out
ALTER TABLE dos.audit DISABLE TRIGGER audit_final;
CREATE FUNCTION found_out(command text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    found text;
BEGIN
    EXECUTE command;
    found := coalesce((SELECT string_agg(v.id || ': ' || v.problem, '; ') FROM dos.audit_verify() AS v), 'nothing');
    RAISE EXCEPTION USING ERRCODE = 'XXUND', MESSAGE = found;
EXCEPTION WHEN SQLSTATE 'XXUND' THEN
    RETURN SQLERRM;
END $$;
SELECT t.command, found_out(t.command) FROM (VALUES
    ($$UPDATE dos.audit SET reason = 'harmless' WHERE id = 1$$), ($$UPDATE dos.audit SET staff = 'Bob' WHERE id = 3$$),
    ($$UPDATE dos.audit SET content = '{}' WHERE id = 1$$), ($$DELETE FROM dos.audit WHERE id = 2$$), ($$DELETE FROM dos.audit WHERE id = 1$$),
    ($$SELECT 1$$)) AS t (command);
