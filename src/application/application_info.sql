-- <info> with <launch:applicationID>: an application, shown as the domain it asks for.

CREATE FUNCTION dos_internal.application_data(a dos.application) RETURNS dos.domain_data
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    d     dos.domain := dos_internal.application_domain(a);
    shown dos.domain_data;
BEGIN
    shown.code := 1000;
    shown.name := a.name;
    shown.roid := d.roid;
    shown.statuses := CASE WHEN a.decided_at IS NULL THEN '{pendingCreate}' ELSE '{ok}' END;
    shown.registrant := (SELECT c.handle FROM dos.contact AS c WHERE c.id = d.registrant_id);
    shown.contacts := ARRAY(SELECT l FROM unnest(dos_internal.domain_contact_list(d)) AS l WHERE l IS NOT NULL);
    shown.hosts := ARRAY(SELECT h.name::text FROM unnest(d.host_ids) WITH ORDINALITY AS u (i, n) JOIN dos.host AS h ON h.id = u.i ORDER BY u.n);
    shown.host_attrs := ARRAY(SELECT s.name || coalesce((SELECT string_agg(' ' || host(i), '') FROM unnest(s.addresses) AS i), '') FROM unnest(d.host_attrs) AS s);
    shown.subordinate_hosts := '{}';
    shown.sponsor := dos_internal.registrar_clid(a.registrar_id);
    shown.creator := shown.sponsor;
    shown.created_at := a.created_at;
    shown.updater := dos_internal.registrar_clid(a.updater_id);
    shown.updated_at := a.updated_at;
    shown.has_auth := a.auth_hash IS NOT NULL;
    shown.rgp_statuses := '{}';
    shown.rgp_ends_at := '{}';
    shown.ds := d.ds;
    shown.keys := d.keys;
    shown.max_sig_life := d.max_sig_life;
    RETURN shown;
END $$;
COMMENT ON FUNCTION dos_internal.application_data(dos.application) IS
    'an application as infData of the domain it asks for (RFC 8334 section 3.2): pendingCreate until it is decided, no expiry';

CREATE FUNCTION dos.application_info(registrar text, name text, auth text DEFAULT NULL, auth_roid text DEFAULT NULL, hosts text DEFAULT 'all',
                                     extensions jsonb DEFAULT NULL)
RETURNS dos.domain_data
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor  dos.registrar := dos_internal.registrar_act(registrar, 'info');
    launch jsonb := extensions -> 'launch';
    a      dos.application := dos_internal.application_find(actor, name, launch, 'info');
    answer dos.domain_data := dos_internal.application_data(a);
BEGIN
    IF auth IS NOT NULL AND NOT dos_internal.domain_auth_opens(dos_internal.application_domain(a), auth, auth_roid) THEN
        PERFORM dos_internal.refuse(2202, 'domain_auth_wrong', 'domain:pw', 'authorization information is not valid');
    ELSIF hosts IN ('sub', 'none') THEN
        answer.hosts := '{}';
        answer.host_attrs := '{}';
    END IF;
    answer.extension := coalesce(dos_internal.domain_info_extension(dos_internal.application_domain(a), true, extensions - '{launch,token}'::text[]), '{}')
        || jsonb_build_object('launch', dos_internal.application_launch(a)
           || CASE WHEN (launch ->> 'include_mark')::boolean THEN jsonb_build_object('marks',
                  (SELECT coalesce(jsonb_agg(m), '[]') FROM jsonb_array_elements_text(a.marks -> 'smd') AS s, unnest(dos_internal.smd_marks(s)) AS m)) ELSE '{}' END);
    RETURN answer;
END $$;
COMMENT ON FUNCTION dos.application_info(text, text, text, text, text, jsonb) IS
    'a launch application, for its registrar, with its status and, asked for, its marks (RFC 8334 section 3.2); which one, extensions -> launch says. R2003, R2303, R2201, R2306, R2202';
GRANT EXECUTE ON FUNCTION dos.application_info(text, text, text, text, text, jsonb) TO dos_epp;
