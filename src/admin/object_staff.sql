-- Contacts and hosts, by staff, in their sponsor's name.

CREATE FUNCTION dos_internal.staff_object(verb text, kind text, name text, sponsor int, parameters jsonb, reason text, staff text, case_of text) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    clid text := dos_internal.registrar_clid(sponsor);
    a    dos.audit := dos_internal.staff_act(verb, kind, name, reason, staff, case_of, ARRAY[clid],
                          nullif(jsonb_build_object('parameters', parameters - '{auth}'::text[]), '{"parameters": null}'));
BEGIN
    RETURN dos_internal.staff_call(verb, clid, name, parameters, a.svtrid);
END $$;
COMMENT ON FUNCTION dos_internal.staff_object(text, text, text, int, jsonb, text, text, text) IS 'an act of staff on a contact or host, through the verb of its sponsor';

CREATE FUNCTION dos.contact_update_staff(id text, parameters jsonb, reason text, staff text DEFAULT NULL, case_of text DEFAULT NULL) RETURNS jsonb
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT dos_internal.staff_object('contact_update', 'contact', c.handle, c.registrar_id, parameters, reason, staff, case_of) FROM dos_internal.contact_find_lock(id) AS c
$$;
COMMENT ON FUNCTION dos.contact_update_staff(text, jsonb, text, text, text) IS
    'staff: change a contact with the parameters of dos.contact_update(); audited and announced by changePoll. Errors of the verb; R2003, R2306';
GRANT EXECUTE ON FUNCTION dos.contact_update_staff(text, jsonb, text, text, text) TO dos_admin;

CREATE FUNCTION dos.contact_delete_staff(id text, reason text, staff text DEFAULT NULL, case_of text DEFAULT NULL) RETURNS jsonb
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT dos_internal.staff_object('contact_delete', 'contact', c.handle, c.registrar_id, NULL, reason, staff, case_of) FROM dos_internal.contact_find_lock(id) AS c
$$;
COMMENT ON FUNCTION dos.contact_delete_staff(text, text, text, text) IS
    'staff: delete a contact that nothing refers to; audited and announced by changePoll. Errors of dos.contact_delete(); R2003';
GRANT EXECUTE ON FUNCTION dos.contact_delete_staff(text, text, text, text) TO dos_admin;

CREATE FUNCTION dos.host_update_staff(name text, parameters jsonb, reason text, staff text DEFAULT NULL, case_of text DEFAULT NULL) RETURNS jsonb
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT dos_internal.staff_object('host_update', 'host', dos.dname(name), dos_internal.host_sponsor(dos_internal.host_find_lock(dos.dname(name))), parameters, reason, staff, case_of)
$$;
COMMENT ON FUNCTION dos.host_update_staff(text, jsonb, text, text, text) IS
    'staff: change a host with the parameters of dos.host_update(); audited and announced by changePoll. Errors of the verb; R2003, R2306';
GRANT EXECUTE ON FUNCTION dos.host_update_staff(text, jsonb, text, text, text) TO dos_admin;

CREATE FUNCTION dos.host_delete_staff(name text, reason text, staff text DEFAULT NULL, case_of text DEFAULT NULL) RETURNS jsonb
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT dos_internal.staff_object('host_delete', 'host', dos.dname(name), dos_internal.host_sponsor(dos_internal.host_find_lock(dos.dname(name))), NULL, reason, staff, case_of)
$$;
COMMENT ON FUNCTION dos.host_delete_staff(text, text, text, text) IS
    'staff: delete a host that no domain delegates to; audited and announced by changePoll. Errors of dos.host_delete(); R2003';
GRANT EXECUTE ON FUNCTION dos.host_delete_staff(text, text, text, text) TO dos_admin;
