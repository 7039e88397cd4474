CREATE FUNCTION dos_internal.org_lock(handle text, actor dos.registrar) RETURNS dos.org
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.org;
BEGIN
    SELECT * INTO target FROM dos.org AS o WHERE o.handle = org_lock.handle FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM dos_internal.refuse(2303, 'org_unknown', 'org:id', format('organization "%s" does not exist', handle));
    ELSIF target.registrar_id <> actor.id THEN
        PERFORM dos_internal.refuse(2201, 'org_of_other_registrar', 'org:id', format('organization "%s" is sponsored by another registrar', handle));
    END IF;
    RETURN target;
END $$;
COMMENT ON FUNCTION dos_internal.org_lock(text, dos.registrar) IS 'an organization to be changed, locked; R2303, R2201';

-- Roles after an update: a role with statuses gains or loses these, one without comes or goes.
CREATE FUNCTION dos_internal.org_roles_change(stored dos.org_role[], removed jsonb, added jsonb) RETURNS dos.org_role[]
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one      jsonb;
    statuses text[];
    at       int;
BEGIN
    FOR one IN SELECT r FROM jsonb_array_elements(removed) AS r LOOP
        statuses := dos_internal.json_texts(one -> 'statuses');
        PERFORM dos_internal.org_statuses_require(statuses, '{clientLinkProhibited}', 'org:status');
        at := array_position(ARRAY(SELECT s.type FROM unnest(stored) AS s), one ->> 'type');
        IF at IS NULL OR NOT statuses <@ stored[at].statuses THEN
            PERFORM dos_internal.refuse(2306, 'org_role_absent', 'org:role', format('role "%s" is not there', one ->> 'type'));
        ELSIF statuses <> '{}' THEN
            stored[at] := ROW(stored[at].type, ARRAY(SELECT s FROM unnest(stored[at].statuses) AS s WHERE s <> ALL (statuses)), stored[at].role_id)::dos.org_role;
        ELSE
            stored := stored[:at - 1] || stored[at + 1:];
        END IF;
    END LOOP;
    FOR one IN SELECT r FROM jsonb_array_elements(added) AS r LOOP
        statuses := dos_internal.json_texts(one -> 'statuses');
        PERFORM dos_internal.org_statuses_require(statuses, '{clientLinkProhibited}', 'org:status');
        at := array_position(ARRAY(SELECT s.type FROM unnest(stored) AS s), one ->> 'type');
        IF at IS NULL THEN
            stored := stored || ROW(one ->> 'type', statuses, one ->> 'role_id')::dos.org_role;
        ELSIF statuses = '{}' OR statuses <@ stored[at].statuses THEN
            PERFORM dos_internal.refuse(2306, 'org_role_present', 'org:role', format('role "%s" is there already', one ->> 'type'));
        ELSE
            stored[at] := ROW(stored[at].type, stored[at].statuses || statuses, stored[at].role_id)::dos.org_role;
        END IF;
    END LOOP;
    IF stored = '{}' THEN
        PERFORM dos_internal.refuse(2306, 'org_roles', 'org:role', 'an organization has roles, each of another type');
    END IF;
    RETURN stored;
END $$;
COMMENT ON FUNCTION dos_internal.org_roles_change(dos.org_role[], jsonb, jsonb) IS 'roles of an organization after removals and additions; R2306';

CREATE FUNCTION dos.org_update(registrar text, id text, data jsonb, cltrid text DEFAULT NULL, svtrid text DEFAULT NULL, OUT code int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor   dos.registrar := dos_internal.registrar_act(registrar, 'update', svtrid);                             -- gather
    target  dos.org := dos_internal.org_lock(id, actor);
    changed dos.org := target;
    added   jsonb := coalesce(data -> 'add', '{}');
    removed jsonb := coalesce(data -> 'rem', '{}');
    gone    text;
BEGIN
    PERFORM dos_internal.json_object_require(data, NULL);
    IF coalesce(data, '{}') - '{add,rem,chg}'::text[] <> '{}' OR coalesce(jsonb_strip_nulls(data), '{}') = '{}' OR (added = '{}' AND removed = '{}' AND coalesce(data -> 'chg', '{}') = '{}') THEN  -- decide
        PERFORM dos_internal.refuse(2003, 'org_update_empty', NULL, 'an update changes something');
    ELSIF target.statuses && '{serverUpdateProhibited,hold,terminated}'
          OR ('clientUpdateProhibited' = ANY (target.statuses) AND NOT (data - 'rem' = '{}' AND removed - 'statuses' = '{}' AND removed -> 'statuses' ? 'clientUpdateProhibited')) THEN
        PERFORM dos_internal.refuse(2304, 'org_update_prohibited', 'org:id', format('organization "%s" cannot be updated', id),
            format('Status "%s" is set.', target.statuses[1]));
    END IF;
    changed.statuses := dos_internal.statuses_change(target.statuses, dos_internal.json_texts(added -> 'statuses'), dos_internal.json_texts(removed -> 'statuses'),
        '{clientDeleteProhibited,clientUpdateProhibited,clientLinkProhibited}', 'org:status');
    changed.roles := dos_internal.org_roles_change(target.roles, removed -> 'roles', added -> 'roles');
    SELECT r.type INTO gone FROM unnest(target.roles) AS r WHERE r.type NOT IN (SELECT s.type FROM unnest(changed.roles) AS s) AND dos_internal.org_is_linked(target.id, r.type) LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2305, 'org_role_linked', 'org:role', format('role "%s" cannot be removed', gone), 'Objects refer to the organization in it.');
    END IF;
    IF NOT target.contacts @> coalesce(removed -> 'contacts', '[]') THEN
        PERFORM dos_internal.refuse(2306, 'org_contact_absent', 'org:contact', 'a contact to be removed is not there');
    END IF;
    PERFORM dos_internal.org_contacts_require(coalesce(added -> 'contacts', '[]'), actor);
    changed.contacts := coalesce((SELECT jsonb_agg(c) FROM jsonb_array_elements(target.contacts) AS c
                                   WHERE c NOT IN (SELECT r FROM jsonb_array_elements(removed -> 'contacts') AS r)), '[]') || coalesce(added -> 'contacts', '[]');
    changed := dos_internal.org_fill(changed, coalesce(data -> 'chg', '{}'), actor);

    UPDATE dos.org AS o                                                                                           -- apply
       SET parent_id = changed.parent_id, roles = changed.roles, statuses = changed.statuses, int_postal = changed.int_postal, loc_postal = changed.loc_postal,
           voice = changed.voice, voice_x = changed.voice_x, fax = changed.fax, fax_x = changed.fax_x, email = changed.email, url = changed.url,
           contacts = changed.contacts, updater_id = actor.id, updated_at = dos.now()
     WHERE o.id = target.id;
    PERFORM dos_internal.outbox_put('org.updated', target.handle, target.id, actor.clid, cltrid, svtrid, NULL);   -- announce
    code := 1000;
END $$;
COMMENT ON FUNCTION dos.org_update(text, text, jsonb, text, text) IS
    'change an organization (RFC 8543 section 4.2.5): data {"add": {"contacts", "roles", "statuses"}, "rem": {...}, "chg": {...}}, as org_create names them; '
    'R2003, R2303, R2201, R2304, R2305, R2306, R2005';
GRANT EXECUTE ON FUNCTION dos.org_update(text, text, jsonb, text, text) TO dos_epp;
