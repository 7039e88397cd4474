CREATE TYPE dos.contact_data AS (
    code int, id text, roid text, statuses text[], int_postal text[], loc_postal text[], voice text, voice_x text, fax text, fax_x text,
    email text, sponsor text, creator text, created_at timestamptz, updater text, updated_at timestamptz, transferred_at timestamptz,
    disclose_flag boolean, disclose text[], extension jsonb
);
COMMENT ON TYPE dos.contact_data IS 'what dos.contact_info() returns';

CREATE FUNCTION dos.contact_info(registrar text, id text, auth text DEFAULT NULL, auth_roid text DEFAULT NULL,
                                 extensions jsonb DEFAULT NULL) RETURNS dos.contact_data
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor  dos.registrar := dos_internal.registrar_act(registrar, 'info');
    target dos.contact;
    answer dos.contact_data;
BEGIN
    SELECT * INTO target FROM dos.contact AS c WHERE c.handle = contact_info.id AND c.scope IN (0, actor.id) ORDER BY c.scope DESC LIMIT 1;
    IF NOT FOUND THEN
        PERFORM dos_internal.refuse(2303, 'contact_unknown', 'contact:id', format('contact "%s" does not exist', id));
    END IF;
    target := dos_internal.contact_now(target);
    IF auth IS NOT NULL AND NOT (dos_internal.authinfo_matches(auth, target.auth_hash) AND coalesce(auth_roid, target.roid) = target.roid) THEN
        PERFORM dos_internal.refuse(2202, 'contact_auth_wrong', 'contact:pw', 'authorization information is not valid');
    END IF;
    IF target.registrar_id <> actor.id AND auth IS NULL THEN
        PERFORM dos_internal.refuse(2201, 'contact_of_other_registrar', 'contact:id', format('contact "%s" is sponsored by another registrar', id));
    END IF;
    SELECT 1000, target.handle, target.roid,
           dos_internal.object_statuses(dos_internal.contact_statuses(target), dos_internal.contact_is_linked(target.id)),
           dos_internal.postal_fields(target.int_postal), dos_internal.postal_fields(target.loc_postal),
           target.voice, target.voice_x, target.fax, target.fax_x, target.email,
           dos_internal.registrar_clid(target.registrar_id),
           dos_internal.registrar_clid(target.creator_id), target.created_at,
           dos_internal.registrar_clid(target.updater_id), target.updated_at, target.transferred_at,
           target.disclose_flag, target.disclose,
           CASE WHEN target.addl_email IS NOT NULL OR target.org_ids IS NOT NULL THEN
               jsonb_strip_nulls(jsonb_build_object('org', dos_internal.orgs_answer(target.org_ids, target.org_roles, target.registrar_id),
                   'addl_email', CASE WHEN target.addl_email IS NOT NULL THEN
                       jsonb_build_object('email', target.addl_email, 'primary', coalesce(target.addl_email_primary, false)) END)) END
      INTO answer;
    RETURN answer;
END $$;
COMMENT ON FUNCTION dos.contact_info(text, text, text, text, jsonb) IS
    'a contact, for its sponsor or who knows its authInfo (RFC 5733 section 3.1.2); R2303, R2201, R2202';
GRANT EXECUTE ON FUNCTION dos.contact_info(text, text, text, text, jsonb) TO dos_epp;
