-- Decide step: may this contact be asked for?
CREATE FUNCTION dos_internal.contact_transfer_require(c dos.contact, setting dos.contact_setting, actor dos.registrar, auth text, auth_roid text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    lock    text := dos.lifecycle_refusal('transfer', c.statuses);
    free_at timestamptz := dos.period_add(greatest(c.created_at, c.transferred_at), setting.transfer_lock);
BEGIN
    IF auth IS NULL THEN                                    -- an empty one is wrong (RFC 9154 section 4.3)
        PERFORM dos_internal.refuse(2003, 'transfer_auth_missing', 'contact:authInfo', 'a transfer needs the authorization information');
    ELSIF NOT dos_internal.authinfo_matches(auth, c.auth_hash) OR coalesce(auth_roid, c.roid) <> c.roid THEN
        PERFORM dos_internal.refuse(2202, 'contact_auth_wrong', 'contact:pw', 'authorization information is not valid');
    ELSIF c.registrar_id = actor.id THEN
        PERFORM dos_internal.refuse(2106, 'transfer_own', 'contact:id', format('contact "%s" is sponsored by the registrar already', c.handle));
    ELSIF (c.transfer).status = 'pending' THEN
        PERFORM dos_internal.refuse(2300, 'transfer_pending', 'contact:id', format('contact "%s" is being transferred', c.handle));
    ELSIF lock IS NOT NULL THEN
        PERFORM dos_internal.refuse(2304, 'transfer_prohibited', 'contact:id', format('contact "%s" cannot be transferred', c.handle),
            format('Status "%s" is set.', lock));
    ELSIF setting.transfer_lock > '0' AND free_at > dos.now() THEN
        PERFORM dos_internal.refuse(2106, 'transfer_locked', 'contact:id', format('contact "%s" cannot be transferred yet', c.handle),
            format('It was created or transferred lately; it is free on %s.', dos.iso8601(free_at)));
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.contact_transfer_require(dos.contact, dos.contact_setting, dos.registrar, text, text) IS
    'R2003, R2202, R2106, R2300 or R2304 when a transfer may not be requested';

-- Where contacts belong to their registrar for good, all five steps answer the same.
CREATE FUNCTION dos_internal.contact_transfer_setting() RETURNS dos.contact_setting
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    setting dos.contact_setting;
BEGIN
    SELECT * INTO setting FROM dos.contact_setting;
    IF NOT setting.transfer THEN
        PERFORM dos_internal.refuse(2101, 'contact_transfer_off', 'contact:id', 'contacts are not transferred in this registry',
            'Each registrar creates its own.');
    END IF;
    RETURN setting;
END $$;
COMMENT ON FUNCTION dos_internal.contact_transfer_setting() IS 'the registry''s rules for contacts, or R2101 where contacts are not transferred';

CREATE FUNCTION dos.contact_transfer_request(registrar text, id text, auth text, auth_roid text DEFAULT NULL, cltrid text DEFAULT NULL, svtrid text DEFAULT NULL)
RETURNS dos.transfer_data
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor    dos.registrar := dos_internal.registrar_act(registrar, 'transfer', svtrid);                                  -- gather
    setting  dos.contact_setting := dos_internal.contact_transfer_setting();
    target   dos.contact := dos_internal.contact_find_lock(id, actor.id);
    loser_id int := target.registrar_id;
    at       timestamptz := dos.now();
BEGIN
    PERFORM dos_internal.contact_transfer_require(target, setting, actor, auth, auth_roid);                       -- decide
    PERFORM dos_internal.hook_run('check', 'contact', 'transfer', NULL, jsonb_build_object('registrar', actor.clid, 'id', id))
      WHERE dos_internal.hook_exists('check', 'contact', 'transfer', NULL);

    target.transfer := ROW('pending', actor.id, at, loser_id, dos.period_add(at, setting.transfer_pending), NULL, NULL, NULL)::dos.transfer;
    PERFORM dos_internal.contact_transfer_tell(target, loser_id, actor.clid, cltrid, svtrid);                     -- apply, announce
    IF (target.transfer).acts_at <= at THEN
        target := dos_internal.contact_transferred(target, 'serverApproved', loser_id, at);
        PERFORM dos_internal.contact_transfer_tell(target, loser_id, NULL, cltrid, svtrid);
    END IF;
    PERFORM dos_internal.contact_transfer_apply(target);
    PERFORM dos_internal.hook_run('after', 'contact', 'transfer', NULL, jsonb_build_object('registrar', actor.clid, 'id', id))
      WHERE dos_internal.hook_exists('after', 'contact', 'transfer', NULL);
    RETURN dos_internal.transfer_shown(CASE (target.transfer).status WHEN 'pending' THEN 1001 ELSE 1000 END, target.handle, target.transfer, NULL);
END $$;
COMMENT ON FUNCTION dos.contact_transfer_request(text, text, text, text, text, text) IS
    'ask for a contact of another registrar (RFC 5733 section 3.2.4): 1001, or 1000 where contacts transfer at once. '
    'R2101, R2303, R2003, R2202, R2106, R2300, R2304';
GRANT EXECUTE ON FUNCTION dos.contact_transfer_request(text, text, text, text, text, text) TO dos_epp;
