CREATE FUNCTION dos_internal.org_json(o dos.org) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_strip_nulls(jsonb_build_object(
        'id', o.handle, 'roid', o.roid,
        'roles', (SELECT jsonb_agg(jsonb_build_object('type', r.type, 'role_id', r.role_id, 'statuses',
                      CASE WHEN r.statuses = '{}' THEN ARRAY['ok'] ELSE r.statuses END || CASE WHEN dos_internal.org_is_linked(o.id, r.type) THEN ARRAY['linked'] ELSE '{}' END) ORDER BY n)
                    FROM unnest(o.roles) WITH ORDINALITY AS r (type, statuses, role_id, n)),
        'statuses', CASE WHEN o.statuses = '{}' THEN ARRAY['ok'] ELSE o.statuses END || CASE WHEN dos_internal.org_is_linked(o.id) THEN ARRAY['linked'] ELSE '{}' END,
        'parent', (SELECT p.handle FROM dos.org AS p WHERE p.id = o.parent_id),
        'postal', (SELECT jsonb_agg(jsonb_build_object('form', f.form, 'name', (f.p).name, 'city', (f.p).city, 'sp', (f.p).sp, 'pc', (f.p).pc, 'cc', (f.p).cc,
                       'streets', array_remove(ARRAY[(f.p).street1, (f.p).street2, (f.p).street3], NULL)) ORDER BY f.form)
                     FROM (VALUES ('int', o.int_postal), ('loc', o.loc_postal)) AS f (form, p) WHERE (f.p).name IS NOT NULL),
        'voice', o.voice, 'voice_x', o.voice_x, 'fax', o.fax, 'fax_x', o.fax_x, 'email', o.email, 'url', o.url, 'contacts', o.contacts,
        'sponsor', dos_internal.registrar_clid(o.registrar_id), 'creator', dos_internal.registrar_clid(o.creator_id),
        'updater', dos_internal.registrar_clid(o.updater_id)))
$$;
COMMENT ON FUNCTION dos_internal.org_json(dos.org) IS 'an organization as the gateway writes it';

CREATE FUNCTION dos.org_info(registrar text, id text, OUT code int, OUT created_at timestamptz, OUT updated_at timestamptz, OUT data jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor  dos.registrar := dos_internal.registrar_act(registrar, 'info');
    target dos.org;
BEGIN
    SELECT * INTO target FROM dos.org AS o WHERE o.handle = org_info.id;
    IF NOT FOUND THEN
        PERFORM dos_internal.refuse(2303, 'org_unknown', 'org:id', format('organization "%s" does not exist', id));
    ELSIF target.registrar_id <> actor.id THEN
        PERFORM dos_internal.refuse(2201, 'org_of_other_registrar', 'org:id', format('organization "%s" is sponsored by another registrar', id));
    END IF;
    code := 1000;
    created_at := target.created_at;
    updated_at := target.updated_at;
    data := dos_internal.org_json(target);
END $$;
COMMENT ON FUNCTION dos.org_info(text, text) IS 'an organization, for its sponsor (RFC 8543 section 4.1.2); R2303, R2201';
GRANT EXECUTE ON FUNCTION dos.org_info(text, text) TO dos_epp;
