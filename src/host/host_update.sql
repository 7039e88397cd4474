-- A subordinate host follows the sponsor of its domain (RFC 5732 section 3.2.4).
CREATE FUNCTION dos_internal.host_sponsor(h dos.host) RETURNS int
LANGUAGE sql STABLE
RETURN coalesce((SELECT dos_internal.domain_sponsor(d) FROM dos.domain AS d WHERE d.id = (h).superordinate_id), (h).registrar_id);
COMMENT ON FUNCTION dos_internal.host_sponsor(dos.host) IS 'the registrar that sponsors a host at this instant';

CREATE FUNCTION dos_internal.host_find_lock(name text) RETURNS dos.host
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.host;
BEGIN
    SELECT * INTO target FROM dos.host AS h WHERE h.name = host_find_lock.name FOR UPDATE;
    IF NOT FOUND OR dos_internal.host_is_gone(target) THEN
        PERFORM dos_internal.refuse(2303, 'host_unknown', 'host:name', format('host "%s" does not exist', name));
    END IF;
    RETURN target;
END $$;
COMMENT ON FUNCTION dos_internal.host_find_lock(text) IS 'a host, locked, whoever sponsors it; R2303';

-- Gather step of the verbs that change a host: the row, locked, sponsored by the one who acts.
CREATE FUNCTION dos_internal.host_lock(name text, actor dos.registrar) RETURNS dos.host
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.host := dos_internal.host_find_lock(name);
BEGIN
    IF dos_internal.host_sponsor(target) <> actor.id THEN
        PERFORM dos_internal.refuse(2201, 'host_of_other_registrar', 'host:name', format('host "%s" is sponsored by another registrar', name));
    END IF;
    RETURN target;
END $$;
COMMENT ON FUNCTION dos_internal.host_lock(text, dos.registrar) IS 'a host to be changed, locked; R2303, R2201';

-- A new name keeps every link: domains refer to hosts by id.
CREATE FUNCTION dos_internal.host_rename(target dos.host, new_name text, actor dos.registrar, addresses inet[]) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM dos_internal.host_name_require(new_name, 'host:name');
    PERFORM pg_advisory_xact_lock(hashtextextended('host ' || new_name, 0));
    IF EXISTS (SELECT FROM dos.host AS h WHERE h.name = new_name AND NOT dos_internal.host_is_gone(h)) THEN
        PERFORM dos_internal.refuse(2302, 'host_name_taken', 'host:name', format('host "%s" exists', new_name));
    END IF;
    IF target.superordinate_id IS NULL AND EXISTS (SELECT FROM dos.domain AS d
            WHERE d.host_ids @> ARRAY[target.id] AND dos_internal.domain_sponsor(d) <> actor.id) THEN
        PERFORM dos_internal.refuse(2305, 'host_linked_by_other_registrar', 'host:name', format('host "%s" cannot be renamed', target.name),
            'A domain of another registrar refers to it.');
    END IF;
    RETURN dos_internal.host_place(new_name, actor, addresses);
END $$;
COMMENT ON FUNCTION dos_internal.host_rename(dos.host, text, dos.registrar, inet[]) IS
    'the superordinate domain of a host under its new name, or why it cannot have it (RFC 5732 section 3.2.5): R2302, R2305, R2303, R2201';

-- Whose domains delegate to it hears of it.
CREATE FUNCTION dos_internal.host_renamed_tell(target dos.host, new_name text, actor dos.registrar, cltrid text, svtrid text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT dos_internal.outbox_put('host.renamed', new_name, target.id, actor.clid, cltrid, svtrid,
               jsonb_build_object('old_name', target.name, 'notify', jsonb_agg(s.clid ORDER BY s.clid)))
      FROM (SELECT DISTINCT dos_internal.registrar_clid(dos_internal.domain_sponsor(d)) AS clid FROM dos.domain AS d
             WHERE d.host_ids @> ARRAY[target.id]) AS s
     WHERE s.clid <> actor.clid
    HAVING count(*) > 0
$$;
COMMENT ON FUNCTION dos_internal.host_renamed_tell(dos.host, text, dos.registrar, text, text) IS 'the event of a host''s new name, with a message for the other registrars whose domains delegate to it';

CREATE FUNCTION dos.host_update(registrar text, name text, add_addresses inet[] DEFAULT NULL, rem_addresses inet[] DEFAULT NULL,
                                add_statuses text[] DEFAULT NULL, rem_statuses text[] DEFAULT NULL, new_name text DEFAULT NULL,
                                cltrid text DEFAULT NULL, svtrid text DEFAULT NULL, extensions jsonb DEFAULT NULL, OUT code int, OUT extension jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor    dos.registrar := dos_internal.registrar_act(registrar, 'update', svtrid);                                    -- gather
    target   dos.host := dos_internal.host_lock(dos.dname(name), actor);
    changed  dos.host := target;
    others   int := num_nonnulls(add_addresses, rem_addresses, new_name, nullif(extensions ?| '{ttl,org}', false));
    lock     text := dos_internal.update_lock(target.statuses, rem_statuses, others = 0);
    odd      inet;
BEGIN
    IF others + num_nonnulls(add_statuses, rem_statuses) = 0 THEN                                                 -- decide
        PERFORM dos_internal.refuse(2003, 'host_update_empty', NULL, 'an update changes something');
    END IF;
    IF lock IS NOT NULL THEN
        PERFORM dos_internal.refuse(2304, 'host_update_prohibited', 'host:name', format('host "%s" cannot be updated', name),
            format('Status "%s" is set.', lock));
    END IF;
    changed.statuses := dos_internal.statuses_change(target.statuses, add_statuses, rem_statuses,
        '{clientDeleteProhibited,clientUpdateProhibited}', 'host:status');
    SELECT a INTO odd FROM unnest(rem_addresses) AS a WHERE a <> ALL (target.addresses) LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2306, 'host_address_absent', 'host:addr', format('host has no address "%s"', host(odd)));
    END IF;
    SELECT a INTO odd FROM unnest(add_addresses) AS a WHERE a = ANY (target.addresses || coalesce(rem_addresses, '{}')) LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2306, 'host_address_repeated', 'host:addr', format('address "%s" is given twice', host(odd)));
    END IF;
    changed.addresses := ARRAY(SELECT a FROM unnest(target.addresses) AS a WHERE a <> ALL (coalesce(rem_addresses, '{}')))
                         || coalesce(add_addresses, '{}');
    PERFORM dos_internal.host_addresses_require(changed.addresses);
    IF new_name IS NOT NULL THEN
        changed.name := dos.dname(new_name);
        changed.superordinate_id := dos_internal.host_rename(target, changed.name, actor, changed.addresses);
    ELSIF target.superordinate_id IS NULL AND changed.addresses <> '{}' THEN
        PERFORM dos_internal.refuse(2306, 'host_external_address', 'host:addr', format('external host "%s" cannot have addresses', name));
    END IF;
    IF changed.superordinate_id IS NOT NULL AND changed.addresses = '{}' AND EXISTS (SELECT FROM dos.domain AS d
            WHERE d.host_ids @> ARRAY[target.id] AND (d.id = changed.superordinate_id OR (dos_internal.zone_get(d.zone_id)).glue = 'wide')) THEN
        PERFORM dos_internal.refuse(2306, 'host_glue_required', 'host:addr', format('host "%s" needs an address', changed.name),
            'Its own domain delegates to it.');
    END IF;
    IF extensions ? 'ttl' THEN
        changed.ttls := dos_internal.host_ttls(changed.superordinate_id, target.ttls, extensions);
    END IF;
    IF extensions ? 'org' THEN
        SELECT o.ids, o.roles INTO changed.org_ids, changed.org_roles FROM dos_internal.orgs_change(target.org_ids, target.org_roles, extensions -> 'org', actor) AS o;
    END IF;
    PERFORM dos_internal.hook_run('check', 'host', 'update', NULL, jsonb_build_object('registrar', actor.clid, 'name', target.name))
      WHERE dos_internal.hook_exists('check', 'host', 'update', NULL);

    UPDATE dos.host AS h                                                                                          -- apply
       SET name = changed.name, superordinate_id = changed.superordinate_id, addresses = changed.addresses,
           statuses = changed.statuses, ttls = changed.ttls, org_ids = changed.org_ids, org_roles = changed.org_roles, updater_id = actor.id, updated_at = dos.now()
     WHERE h.id = target.id;
    IF changed.name <> target.name OR changed.addresses <> target.addresses OR changed.ttls IS DISTINCT FROM target.ttls THEN
        PERFORM dos_internal.host_mark(target.id);
    END IF;
    PERFORM dos_internal.outbox_put('host.updated', target.name, target.id, actor.clid, cltrid, svtrid,           -- announce
        CASE WHEN changed.name <> target.name THEN jsonb_build_object('new_name', changed.name) END);
    IF changed.name <> target.name THEN
        PERFORM dos_internal.host_renamed_tell(target, changed.name, actor, cltrid, svtrid);
    END IF;
    PERFORM dos_internal.hook_run('after', 'host', 'update', NULL, jsonb_build_object('registrar', actor.clid, 'name', changed.name))
      WHERE dos_internal.hook_exists('after', 'host', 'update', NULL);
    code := 1000;
END $$;
COMMENT ON FUNCTION dos.host_update(text, text, inet[], inet[], text[], text[], text, text, text, jsonb) IS
    'change a host''s addresses, statuses or name (RFC 5732 section 3.2.5); links follow a rename. R2003, R2303, R2201, R2302, R2304, R2305, R2306, R2005';
GRANT EXECUTE ON FUNCTION dos.host_update(text, text, inet[], inet[], text[], text[], text, text, text, jsonb) TO dos_epp;
