CREATE FUNCTION dos.org_create(registrar text, id text, data jsonb, cltrid text DEFAULT NULL, svtrid text DEFAULT NULL,
                               OUT code int, OUT name text, OUT created_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor dos.registrar := dos_internal.registrar_act(registrar, 'create', svtrid);                               -- gather
    fresh dos.org;
    odd   text;
BEGIN
    IF NOT dos_internal.contact_handle_valid(id) THEN                                                             -- decide
        PERFORM dos_internal.refuse(2005, 'org_handle_form', 'org:id', 'organization id is not valid', 'An id has 3 to 16 characters.');
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('org ' || id, 0));
    IF EXISTS (SELECT FROM dos.org AS o WHERE o.handle = org_create.id) THEN
        PERFORM dos_internal.refuse(2302, 'org_handle_taken', 'org:id', format('organization "%s" exists', id));
    END IF;
    fresh.roles := ARRAY(SELECT ROW(r ->> 'type', dos_internal.json_texts(r -> 'statuses'), r ->> 'role_id')::dos.org_role FROM jsonb_array_elements(data -> 'roles') AS r);
    SELECT r.type INTO odd FROM unnest(fresh.roles) AS r WHERE coalesce(r.type, '') = '' OR r.type IN (SELECT s.type FROM unnest(fresh.roles) AS s GROUP BY 1 HAVING count(*) > 1) LIMIT 1;
    IF FOUND OR fresh.roles = '{}' THEN
        PERFORM dos_internal.refuse(2306, 'org_roles', 'org:role', 'an organization has roles, each of another type');
    END IF;
    FOR odd IN SELECT s FROM unnest(fresh.roles) AS r, unnest(r.statuses) AS s LOOP
        PERFORM dos_internal.org_statuses_require(ARRAY[odd], '{clientLinkProhibited}', 'org:status');
    END LOOP;
    fresh.statuses := dos_internal.json_texts(data -> 'statuses');
    PERFORM dos_internal.org_statuses_require(fresh.statuses, '{clientDeleteProhibited,clientUpdateProhibited,clientLinkProhibited}', 'org:status');
    fresh.contacts := coalesce(data -> 'contacts', '[]');
    PERFORM dos_internal.org_contacts_require(fresh.contacts, actor);
    fresh := dos_internal.org_fill(fresh, data, actor);

    fresh.id := nextval('dos.org_id_seq');                                                                        -- apply
    fresh.handle := id;
    fresh.roid := 'O' || fresh.id || '-DOS';
    fresh.registrar_id := actor.id;
    fresh.creator_id := actor.id;
    fresh.created_at := dos.now();
    INSERT INTO dos.org SELECT fresh.*;
    PERFORM dos_internal.outbox_put('org.created', id, fresh.id, actor.clid, cltrid, svtrid, NULL);               -- announce
    code := 1000;
    name := id;
    created_at := fresh.created_at;
END $$;
COMMENT ON FUNCTION dos.org_create(text, text, jsonb, text, text) IS
    'create an organization (RFC 8543 section 4.2.1) of data {"roles": [{"type", "statuses", "role_id"}], "statuses", "parent", "postal": [{"form", "name", "addr"}], '
    '"voice": {"number", "x"}, "fax", "email", "url", "contacts": [{"type", "type_name", "id"}]}. R2302, R2303, R2201, R2005, R2306';
GRANT EXECUTE ON FUNCTION dos.org_create(text, text, jsonb, text, text) TO dos_epp;
