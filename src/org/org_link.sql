-- Who refers to an organization, and how objects come to do it (RFC 8544): one organization for each role.

CREATE FUNCTION dos_internal.org_is_linked(org_id bigint, role text DEFAULT NULL) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM dos.domain AS d WHERE d.org_ids @> ARRAY[org_id] AND (role IS NULL OR d.org_roles[array_position(d.org_ids, org_id)] = role))
        OR EXISTS (SELECT FROM dos.host AS h WHERE h.org_ids @> ARRAY[org_id] AND (role IS NULL OR h.org_roles[array_position(h.org_ids, org_id)] = role))
        OR EXISTS (SELECT FROM dos.contact AS c WHERE c.org_ids @> ARRAY[org_id] AND (role IS NULL OR c.org_roles[array_position(c.org_ids, org_id)] = role))
        OR (role IS NULL AND EXISTS (SELECT FROM dos.org AS o WHERE o.parent_id = org_id))
$$;
COMMENT ON FUNCTION dos_internal.org_is_linked(bigint, text) IS 'does any domain, host, contact or organization below refer to this organization (in this role)?';

-- The organization an object names in a role, locked so that nobody deletes it meanwhile.
CREATE FUNCTION dos_internal.org_find(handle text, role text, actor dos.registrar) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    o    dos.org;
    part dos.org_role;
BEGIN
    SELECT * INTO o FROM dos.org AS g WHERE g.handle = org_find.handle FOR KEY SHARE;
    IF NOT FOUND THEN
        PERFORM dos_internal.refuse(2303, 'org_unknown', 'orgext:id', format('organization "%s" does not exist', handle));
    ELSIF o.registrar_id <> actor.id THEN
        PERFORM dos_internal.refuse(2201, 'org_of_other_registrar', 'orgext:id', format('organization "%s" is sponsored by another registrar', handle));
    END IF;
    SELECT r.* INTO part FROM unnest(o.roles) AS r WHERE r.type = org_find.role;
    IF NOT FOUND THEN
        PERFORM dos_internal.refuse(2306, 'org_role_missing', 'orgext:id', format('organization "%s" has no role "%s"', handle, role));
    ELSIF o.statuses || part.statuses && '{hold,terminated,clientLinkProhibited,serverLinkProhibited}' THEN
        PERFORM dos_internal.refuse(2304, 'org_link_prohibited', 'orgext:id', format('organization "%s" cannot be linked', handle));
    END IF;
    RETURN o.id;
END $$;
COMMENT ON FUNCTION dos_internal.org_find(text, text, dos.registrar) IS 'id of an organization to be linked in a role; R2303, R2201, R2306, R2304';

CREATE FUNCTION dos_internal.orgs_change(INOUT ids bigint[], INOUT roles text[], asked jsonb, actor dos.registrar)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one record;
    at  int;
BEGIN
    FOR one IN SELECT v.verb, o ->> 'id' AS handle, o ->> 'role' AS role
                 FROM (VALUES (1, 'rem'), (2, 'chg'), (3, 'add')) AS v (n, verb), jsonb_array_elements(dos_internal.json_list(asked -> v.verb, 'orgext:' || v.verb)) AS o ORDER BY v.n LOOP
        at := array_position(roles, one.role);
        IF (one.verb = 'add') <> (at IS NULL) OR (one.verb = 'rem' AND one.handle NOT IN ('', (SELECT g.handle FROM dos.org AS g WHERE g.id = ids[at]))) THEN
            PERFORM dos_internal.refuse(2305, 'org_link_' || CASE one.verb WHEN 'add' THEN 'present' ELSE 'absent' END, 'orgext:id',
                CASE one.verb WHEN 'add' THEN format('an organization of role "%s" is there already', one.role) ELSE format('organization "%s" of role "%s" is not there', one.handle, one.role) END);
        ELSIF one.verb = 'add' THEN
            ids := ids || dos_internal.org_find(one.handle, one.role, actor);
            roles := roles || one.role;
        ELSIF one.verb = 'chg' THEN
            ids[at] := dos_internal.org_find(one.handle, one.role, actor);
        ELSE
            ids := ids[:at - 1] || ids[at + 1:];
            roles := roles[:at - 1] || roles[at + 1:];
        END IF;
    END LOOP;
    ids := nullif(ids, '{}');
    roles := nullif(roles, '{}');
END $$;
COMMENT ON FUNCTION dos_internal.orgs_change(bigint[], text[], jsonb, dos.registrar) IS
    'organizations of an object, one for each role, after a create or update (RFC 8544 section 4.2): removals, changes, additions; R2305, R2303, R2201, R2304, R2306';

CREATE FUNCTION dos_internal.orgs_answer(ids bigint[], roles text[], sponsor_id int) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_agg(jsonb_build_object('role', l.role, 'id', o.handle) ORDER BY l.n)
      FROM unnest(ids, roles) WITH ORDINALITY AS l (id, role, n)
      -- those of a registrar that has lost the object by transfer mean nothing more
      JOIN dos.org AS o ON o.id = l.id AND o.registrar_id = sponsor_id
$$;
COMMENT ON FUNCTION dos_internal.orgs_answer(bigint[], text[], int) IS 'organizations of an object as an info shows them, or NULL';
