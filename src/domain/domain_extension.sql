-- What the extensions of a command change on a domain, and what an info says of them. Called only for commands that
-- carry one of them.

CREATE FUNCTION dos_internal.domain_extend(d dos.domain, zone dos.zone, actor dos.registrar, verb text, extensions jsonb) RETURNS dos.domain
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF verb = 'update' AND extensions ? 'launch' THEN
        -- RFC 8334 section 3.4: applications are no objects of this server
        PERFORM dos_internal.refuse(2102, 'launch_application', 'launch:update', 'launch applications are not supported');
    END IF;
    IF verb = 'update' AND extensions ? 'token' THEN
        PERFORM dos_internal.token_find(extensions ->> 'token', zone.id, d.name, actor.id, verb, dos.now(), false);
    END IF;
    IF extensions ? 'ttl' THEN
        d.ttls := dos_internal.ttls_change(zone, d.ttls, extensions -> 'ttl', '{NS,DS}');
    END IF;
    IF extensions ? 'org' THEN
        SELECT o.ids, o.roles INTO d.org_ids, d.org_roles FROM dos_internal.orgs_change(d.org_ids, d.org_roles, extensions -> 'org', actor) AS o;
    END IF;
    RETURN d;
END $$;
COMMENT ON FUNCTION dos_internal.domain_extend(dos.domain, dos.zone, dos.registrar, text, jsonb) IS
    'a domain after what the extensions of a create or update say: ttl (RFC 9803), org (RFC 8544), token and launch in an update (R2201, R2102)';

-- The token a domain was created with, for who may see it.
CREATE FUNCTION dos_internal.domain_token(d dos.domain, full_view boolean) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found text;
BEGIN
    IF NOT full_view THEN
        PERFORM dos_internal.refuse(2201, 'domain_token_hidden', 'allocationToken:info', 'the allocation token is its sponsor''s to see');
    END IF;
    SELECT t.token INTO found FROM dos.token_use AS u JOIN dos.token AS t ON t.id = u.token_id
     WHERE u.object_id = d.id AND u.command = 'create' AND u.object_name = d.name ORDER BY u.id LIMIT 1;
    IF found IS NULL THEN
        PERFORM dos_internal.refuse(2303, 'domain_token_none', 'allocationToken:info', format('domain "%s" has no allocation token', d.name));
    END IF;
    RETURN found;
END $$;
COMMENT ON FUNCTION dos_internal.domain_token(dos.domain, boolean) IS 'the allocation token a domain was created with (RFC 8495 section 3.1.2); R2201, R2303';

-- The phase a domain was created in. A zone without phases is open.
CREATE FUNCTION dos_internal.domain_launch(d dos.domain, launch jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p dos.phase;
BEGIN
    IF launch ? 'application_id' THEN
        PERFORM dos_internal.refuse(2303, 'launch_application', 'launch:applicationID', 'the application does not exist');
    END IF;
    SELECT * INTO p FROM dos.phase AS o WHERE o.id = d.phase_id;
    IF NOT coalesce(dos_internal.phase_is_meant(p, launch), launch ->> 'phase' = 'open') THEN
        PERFORM dos_internal.refuse(2306, 'launch_phase', 'launch:phase', format('domain "%s" is of another phase', d.name));
    END IF;
    RETURN jsonb_strip_nulls(jsonb_build_object('phase', launch ->> 'phase', 'phase_name', launch ->> 'phase_name'));
END $$;
COMMENT ON FUNCTION dos_internal.domain_launch(dos.domain, jsonb) IS 'the launch phase of a domain (RFC 8334 section 3.2); R2306 another, R2303 an application';

CREATE FUNCTION dos_internal.domain_info_extension(d dos.domain, full_view boolean, extensions jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN nullif(jsonb_strip_nulls(jsonb_build_object(
        'idn', (SELECT jsonb_build_object('table', t.name, 'uname', dos.dname_unicode(d.name)) FROM dos.idn_table AS t WHERE t.id = d.idn_table_id),
        'bundle', CASE WHEN full_view AND d.idn_indexed THEN dos_internal.variant_bundle(d.name) END,
        'org', CASE WHEN full_view THEN dos_internal.orgs_answer(d.org_ids, d.org_roles, d.registrar_id) END,
        'token', CASE WHEN extensions ? 'token' THEN dos_internal.domain_token(d, full_view) END,
        'launch', CASE WHEN extensions ? 'launch' THEN dos_internal.domain_launch(d, extensions -> 'launch') END,
        'ttl', CASE WHEN extensions ? 'ttl' THEN dos_internal.ttls_answer(dos_internal.zone_get(d.zone_id), d.ttls,
                                                                       coalesce((extensions -> 'ttl' ->> 'policy')::boolean, false), '{NS,DS}') END)), '{}');
END $$;
COMMENT ON FUNCTION dos_internal.domain_info_extension(dos.domain, boolean, jsonb) IS 'what extensions say in the answer to an info of a domain; NULL for nothing';
