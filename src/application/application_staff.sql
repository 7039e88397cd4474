-- What staff decides about one application, each time with a reason: on record (dos.audit), and told to the applicant.

-- From here to the end of the transaction staff acts.
CREATE FUNCTION dos_internal.application_staff(act text, kind text, name text, reason text, staff text, content jsonb DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    a dos.audit := dos_internal.audit_put(act, kind, name, reason, staff, jsonb_strip_nulls(content));
BEGIN
    PERFORM dos_internal.act_staff(a.staff, act, a.svtrid, reason,
        jsonb_build_object('change', jsonb_build_object('who', left(a.staff, 255), 'reason', reason)));
END $$;
COMMENT ON FUNCTION dos_internal.application_staff(text, text, text, text, text, jsonb) IS 'begin an act of staff on applications: audit row, and who and why for the history; R2003 without a reason';

-- The record comes first, for its lock is one for all acts of staff; then the application, with all others that are open for its
-- name, in one order.
CREATE FUNCTION dos_internal.application_lock(number text, act text, reason text, staff text, content jsonb) RETURNS dos.application
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    a    dos.application;
    zone dos.zone;
BEGIN
    SELECT * INTO a FROM dos.application AS o WHERE o.number = application_lock.number;
    IF FOUND THEN
        zone := dos_internal.zone_get(a.zone_id);
        PERFORM dos_internal.operator_require(zone.operator_id, 'launch:applicationID', format('application "%s"', a.number));
        PERFORM dos_internal.application_staff('application_' || act, 'application', a.number, reason, staff,
                    coalesce(content, '{}') || jsonb_build_object('name', a.name, 'was', a.status));
        PERFORM FROM dos_internal.application_others(a.name, 0);
        SELECT * INTO a FROM dos.application AS o WHERE o.id = a.id FOR UPDATE;
    END IF;
    IF NOT FOUND THEN
        PERFORM dos_internal.refuse(2303, 'application_unknown', 'launch:applicationID', format('application "%s" does not exist', number));
    END IF;
    RETURN a;
END $$;
COMMENT ON FUNCTION dos_internal.application_lock(text, text, text, text, jsonb) IS
    'put an act of staff on an application on record, and lock it; R2303, R2201 in a zone of another operator, R2003 without a reason';

CREATE FUNCTION dos_internal.application_decide(number text, act text, reason text, staff text, status_name text DEFAULT NULL) RETURNS dos.application
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    a dos.application := dos_internal.application_lock(number, act, reason, staff, jsonb_build_object('status_name', status_name));
BEGIN
    RETURN dos_internal.application_step(a, act, reason, status_name);
END $$;
COMMENT ON FUNCTION dos_internal.application_decide(text, text, text, text, text) IS 'an act of staff on one application; R2303, R2304, R2003, R2201';

CREATE FUNCTION dos.application_validate(number text, reason text, staff text DEFAULT NULL) RETURNS text
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ SELECT (dos_internal.application_decide(number, 'validate', reason, staff)).status $$;
COMMENT ON FUNCTION dos.application_validate(text, text, text) IS 'staff: an application meets the rules (RFC 8334 section 2.4: validated); its status. R2303, R2304, R2003';
GRANT EXECUTE ON FUNCTION dos.application_validate(text, text, text) TO dos_admin;

CREATE FUNCTION dos.application_invalidate(number text, reason text, staff text DEFAULT NULL) RETURNS text
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ SELECT (dos_internal.application_decide(number, 'invalidate', reason, staff)).status $$;
COMMENT ON FUNCTION dos.application_invalidate(text, text, text) IS 'staff: an application does not meet the rules (invalid); its registrar may change it, which has it validated again. R2303, R2304, R2003';
GRANT EXECUTE ON FUNCTION dos.application_invalidate(text, text, text) TO dos_admin;

CREATE FUNCTION dos.application_contend(number text, reason text, staff text DEFAULT NULL) RETURNS text
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ SELECT (dos_internal.application_decide(number, 'contend', reason, staff)).status $$;
COMMENT ON FUNCTION dos.application_contend(text, text, text) IS 'staff: who gets the name is found elsewhere, in an auction for instance (pendingAllocation). R2303, R2304, R2003';
GRANT EXECUTE ON FUNCTION dos.application_contend(text, text, text) TO dos_admin;

CREATE FUNCTION dos.application_customize(number text, status_name text, reason text, staff text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF coalesce(btrim(status_name), '') = '' THEN
        PERFORM dos_internal.refuse(2003, 'application_status_name', 'status_name', 'a status of the registry''s own has a name');
    END IF;
    RETURN (dos_internal.application_decide(number, 'customize', reason, staff, btrim(status_name))).status;
END $$;
COMMENT ON FUNCTION dos.application_customize(text, text, text, text) IS 'staff: a status of the registry''s own (custom, with a name), such as "documents requested". R2303, R2304, R2003';
GRANT EXECUTE ON FUNCTION dos.application_customize(text, text, text, text) TO dos_admin;

CREATE FUNCTION dos.application_reject(number text, reason text, staff text DEFAULT NULL) RETURNS text
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ SELECT (dos_internal.application_decide(number, 'reject', reason, staff)).status $$;
COMMENT ON FUNCTION dos.application_reject(text, text, text) IS 'staff: an application gets nothing (rejected); its money is given back. R2303, R2304, R2003';
GRANT EXECUTE ON FUNCTION dos.application_reject(text, text, text) TO dos_admin;

CREATE FUNCTION dos.application_allocate(number text, reason text, staff text DEFAULT NULL, others text DEFAULT 'reject') RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    a dos.application := dos_internal.application_lock(number, 'allocate', reason, staff, jsonb_build_object('others', others));
BEGIN
    RETURN (dos_internal.application_grant(a, reason, others)).status;
END $$;
COMMENT ON FUNCTION dos.application_allocate(text, text, text, text) IS
    'staff: an application gets the name: domain, charge, DNS, messages in one transaction; the others for the name are rejected, or left (''leave''). R2303, R2304, R2302, R2305, R2306, R2003';
GRANT EXECUTE ON FUNCTION dos.application_allocate(text, text, text, text) TO dos_admin;

-- The same from outside: an auction names a winner.
CREATE FUNCTION dos.application_award(name text, number text, reason text, staff text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asked text := (SELECT a.name FROM dos.application AS a WHERE a.number = application_award.number);
BEGIN
    IF asked <> dos.dname(name) THEN
        PERFORM dos_internal.refuse(2306, 'application_other_name', 'name', format('application "%s" is not for "%s"', number, name));
    END IF;
    RETURN dos.application_allocate(number, reason, staff, 'reject');
END $$;
COMMENT ON FUNCTION dos.application_award(text, text, text, text) IS
    'staff: the winning application for a name, as an auction says it: allocated, the others rejected. R2306 it is for another name, and what dos.application_allocate() refuses';
GRANT EXECUTE ON FUNCTION dos.application_award(text, text, text, text) TO dos_admin;
