CREATE FUNCTION dos.contact_update(registrar text, id text, add_statuses text[] DEFAULT NULL, rem_statuses text[] DEFAULT NULL,
                                   int_postal text[] DEFAULT NULL, loc_postal text[] DEFAULT NULL, voice text DEFAULT NULL,
                                   voice_x text DEFAULT NULL, fax text DEFAULT NULL, fax_x text DEFAULT NULL, email text DEFAULT NULL,
                                   auth text DEFAULT NULL, disclose_flag boolean DEFAULT NULL, disclose text[] DEFAULT NULL,
                                   cltrid text DEFAULT NULL, svtrid text DEFAULT NULL, extensions jsonb DEFAULT NULL,
                                   OUT code int, OUT extension jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor   dos.registrar := dos_internal.registrar_act(registrar, 'update', svtrid);                                     -- gather
    target  dos.contact := dos_internal.contact_lock(id, actor);
    changed dos.contact := target;
    others  int := num_nonnulls(int_postal, loc_postal, voice, voice_x, fax, fax_x, email, auth, disclose_flag, nullif(extensions ?| '{addl_email,org}', false));
    lock    text := dos_internal.update_lock(dos_internal.contact_statuses(target), rem_statuses, others = 0);
BEGIN
    IF others + num_nonnulls(add_statuses, rem_statuses) = 0 THEN                                                 -- decide
        PERFORM dos_internal.refuse(2003, 'contact_update_empty', NULL, 'an update changes something');
    END IF;
    IF lock IS NOT NULL THEN
        PERFORM dos_internal.refuse(2304, 'contact_update_prohibited', 'contact:id', format('contact "%s" cannot be updated', id),
            format('Status "%s" is set.', lock));
    END IF;
    changed.statuses := dos_internal.statuses_change(target.statuses, add_statuses, rem_statuses,
        '{clientDeleteProhibited,clientTransferProhibited,clientUpdateProhibited}', 'contact:status');
    changed.int_postal := dos_internal.postal_change(target.int_postal, int_postal);
    changed.loc_postal := dos_internal.postal_change(target.loc_postal, loc_postal);
    IF voice IS NOT NULL THEN
        changed.voice := nullif(voice, '');
        changed.voice_x := nullif(voice_x, '');
    END IF;
    IF fax IS NOT NULL THEN
        changed.fax := nullif(fax, '');
        changed.fax_x := nullif(fax_x, '');
    END IF;
    changed.email := coalesce(email, target.email);
    IF auth IS NOT NULL THEN
        changed.auth_hash := dos_internal.authinfo_hash(nullif(auth, ''));
    END IF;
    IF disclose_flag IS NOT NULL THEN
        changed.disclose_flag := disclose_flag;
        changed.disclose := dos_internal.contact_disclosed(disclose);
    END IF;
    IF extensions ? 'addl_email' THEN
        changed := dos_internal.contact_extend(changed, extensions);
    END IF;
    IF extensions ? 'org' THEN
        SELECT o.ids, o.roles INTO changed.org_ids, changed.org_roles FROM dos_internal.orgs_change(target.org_ids, target.org_roles, extensions -> 'org', actor) AS o;
    END IF;
    changed.updater_id := actor.id;
    changed.updated_at := dos.now();
    PERFORM dos_internal.contact_require(changed);
    PERFORM dos_internal.hook_run('check', 'contact', 'update', NULL, jsonb_build_object('registrar', actor.clid, 'id', id))
      WHERE dos_internal.hook_exists('check', 'contact', 'update', NULL);

    UPDATE dos.contact AS c                                                                                       -- apply
       SET (statuses, int_postal, loc_postal, voice, voice_x, fax, fax_x, email, auth_hash, disclose_flag, disclose, addl_email, addl_email_primary, org_ids, org_roles, updater_id, updated_at)
         = (changed.statuses, changed.int_postal, changed.loc_postal, changed.voice, changed.voice_x, changed.fax, changed.fax_x,
            changed.email, changed.auth_hash, changed.disclose_flag, changed.disclose, changed.addl_email, changed.addl_email_primary, changed.org_ids, changed.org_roles, changed.updater_id, changed.updated_at)
     WHERE c.id = target.id;
    PERFORM dos_internal.outbox_put('contact.updated', id, target.id, actor.clid, cltrid, svtrid, NULL);          -- announce
    PERFORM dos_internal.hook_run('after', 'contact', 'update', NULL, jsonb_build_object('registrar', actor.clid, 'id', id))
      WHERE dos_internal.hook_exists('after', 'contact', 'update', NULL);
    code := 1000;
END $$;
COMMENT ON FUNCTION dos.contact_update(text, text, text[], text[], text[], text[], text, text, text, text, text, text, boolean, text[], text, text, jsonb) IS
    'change a contact (RFC 5733 section 3.2.5): NULL keeps, '''' empties, an address changes as a whole. R2303, R2201, R2304, R2306, R2003, R2005';
GRANT EXECUTE ON FUNCTION dos.contact_update(text, text, text[], text[], text[], text[], text, text, text, text, text, text, boolean, text[], text, text, jsonb) TO dos_epp;
