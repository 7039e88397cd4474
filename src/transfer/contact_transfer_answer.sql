-- What follows a request for a contact: query, approve, reject, cancel.

CREATE FUNCTION dos.contact_transfer_query(registrar text, id text, auth text DEFAULT NULL, auth_roid text DEFAULT NULL) RETURNS dos.transfer_data
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor   dos.registrar := dos_internal.registrar_act(registrar, 'info');
    setting dos.contact_setting := dos_internal.contact_transfer_setting();
    target  dos.contact;
    present dos.contact;
BEGIN
    SELECT * INTO target FROM dos.contact AS c WHERE c.handle = contact_transfer_query.id AND c.scope IN (0, actor.id) ORDER BY c.scope DESC LIMIT 1;
    IF NOT FOUND THEN
        PERFORM dos_internal.refuse(2303, 'contact_unknown', 'contact:id', format('contact "%s" does not exist', id));
    END IF;
    present := dos_internal.contact_now(target);
    IF auth IS NOT NULL AND NOT (dos_internal.authinfo_matches(auth, present.auth_hash) AND coalesce(auth_roid, target.roid) = target.roid) THEN
        PERFORM dos_internal.refuse(2202, 'contact_auth_wrong', 'contact:pw', 'authorization information is not valid');
    END IF;
    PERFORM dos_internal.transfer_query_require('contact', target.handle, present.registrar_id, present.transfer, actor, auth IS NOT NULL);
    RETURN dos_internal.transfer_shown(1000, present.handle, present.transfer, NULL);
END $$;
COMMENT ON FUNCTION dos.contact_transfer_query(text, text, text, text) IS
    'the last transfer of a contact, pending or done, for its two registrars or who knows the authInfo (RFC 5733 section 3.1.3); R2101, R2303, R2202, R2201, R2301';
GRANT EXECUTE ON FUNCTION dos.contact_transfer_query(text, text, text, text) TO dos_epp;

CREATE FUNCTION dos_internal.contact_transfer_answer_lock(id text, actor dos.registrar, gaining boolean) RETURNS dos.contact
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    setting dos.contact_setting := dos_internal.contact_transfer_setting();
    target  dos.contact := dos_internal.contact_find_lock(id, actor.id);
BEGIN
    PERFORM dos_internal.transfer_side_require('contact', target.handle, target.registrar_id, target.transfer, actor, gaining);
    RETURN target;
END $$;
COMMENT ON FUNCTION dos_internal.contact_transfer_answer_lock(text, dos.registrar, boolean) IS
    'a contact whose pending transfer this registrar may answer; R2101, R2303, R2201, R2301';

-- A transfer that ends without a change of sponsor.
CREATE FUNCTION dos_internal.contact_transfer_end(c dos.contact, status text, actor dos.registrar, cltrid text, svtrid text) RETURNS dos.transfer_data
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    c.transfer := ROW(status, (c.transfer).requester_id, (c.transfer).requested_at, actor.id, dos.now(), NULL, NULL, NULL)::dos.transfer;
    PERFORM dos_internal.contact_transfer_apply(c);
    PERFORM dos_internal.contact_transfer_tell(c, c.registrar_id, actor.clid, cltrid, svtrid);
    RETURN dos_internal.transfer_shown(1000, c.handle, c.transfer, NULL);
END $$;
COMMENT ON FUNCTION dos_internal.contact_transfer_end(dos.contact, text, dos.registrar, text, text) IS 'write a rejected or cancelled transfer of a contact down, and tell both sides';

CREATE FUNCTION dos.contact_transfer_approve(registrar text, id text, cltrid text DEFAULT NULL, svtrid text DEFAULT NULL) RETURNS dos.transfer_data
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor  dos.registrar := dos_internal.registrar_act(registrar, 'transfer', svtrid);
    target dos.contact := dos_internal.contact_transfer_answer_lock(id, actor, false);
BEGIN
    target := dos_internal.contact_transferred(target, 'clientApproved', actor.id, dos.now());
    PERFORM dos_internal.contact_transfer_apply(target);
    PERFORM dos_internal.contact_transfer_tell(target, actor.id, actor.clid, cltrid, svtrid);
    RETURN dos_internal.transfer_shown(1000, target.handle, target.transfer, NULL);
END $$;
COMMENT ON FUNCTION dos.contact_transfer_approve(text, text, text, text) IS 'let a contact go to the registrar that asked for it (RFC 5733 section 3.2.4); R2101, R2303, R2201, R2301';
GRANT EXECUTE ON FUNCTION dos.contact_transfer_approve(text, text, text, text) TO dos_epp;

CREATE FUNCTION dos.contact_transfer_reject(registrar text, id text, cltrid text DEFAULT NULL, svtrid text DEFAULT NULL) RETURNS dos.transfer_data
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor dos.registrar := dos_internal.registrar_act(registrar, 'transfer', svtrid);
BEGIN
    RETURN dos_internal.contact_transfer_end(dos_internal.contact_transfer_answer_lock(id, actor, false), 'clientRejected', actor, cltrid, svtrid);
END $$;
COMMENT ON FUNCTION dos.contact_transfer_reject(text, text, text, text) IS 'keep a contact that another registrar asked for (RFC 5733 section 3.2.4); R2101, R2303, R2201, R2301';
GRANT EXECUTE ON FUNCTION dos.contact_transfer_reject(text, text, text, text) TO dos_epp;

CREATE FUNCTION dos.contact_transfer_cancel(registrar text, id text, cltrid text DEFAULT NULL, svtrid text DEFAULT NULL) RETURNS dos.transfer_data
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor dos.registrar := dos_internal.registrar_act(registrar, 'transfer', svtrid);
BEGIN
    RETURN dos_internal.contact_transfer_end(dos_internal.contact_transfer_answer_lock(id, actor, true), 'clientCancelled', actor, cltrid, svtrid);
END $$;
COMMENT ON FUNCTION dos.contact_transfer_cancel(text, text, text, text) IS 'take a request for a contact back (RFC 5733 section 3.2.4); R2101, R2303, R2201, R2301';
GRANT EXECUTE ON FUNCTION dos.contact_transfer_cancel(text, text, text, text) TO dos_epp;
