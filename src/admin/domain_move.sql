-- The registry moves a domain or contact to another registrar: no authInfo, no answer to wait for, no fee, no year. What
-- follows a transfer follows here too: hosts, contacts by policy, messages to both sides, a cleared authInfo.

CREATE FUNCTION dos_internal.staff_registrar(clid text) RETURNS int
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    r dos.registrar := dos_internal.registrar_find(clid);
BEGIN
    IF r.id IS NULL THEN
        PERFORM dos_internal.refuse(2303, 'registrar_unknown', 'clID', format('registrar "%s" does not exist', clid));
    END IF;
    RETURN r.id;
END $$;
COMMENT ON FUNCTION dos_internal.staff_registrar(text) IS 'the id of a registrar that staff names; R2303';

-- Apply step of all moves of domains. A transfer that pends falls, its money goes back; running graces end.
CREATE FUNCTION dos_internal.domain_moved(d dos.domain, new_owner int, contacts text, svtrid text) RETURNS dos.domain
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    old_owner int := d.registrar_id;
    at        timestamptz := dos.now();
    m         dos.domain;
BEGIN
    IF (d.transfer).status = 'pending' THEN
        d := dos_internal.transfer_end(d, 'serverCancelled', NULL, at, NULL, svtrid);
    END IF;
    d.registrar_id := new_owner;
    d.transferred_at := at;
    d.auth_hash := NULL;
    d.graces := '{}';
    IF d.unpaid IS NOT NULL THEN                            -- nobody gets years that nobody paid
        d.expires_at := (d.unpaid).expires_at;
        d.unpaid := NULL;
    END IF;
    d.transfer := ROW('serverApproved', new_owner, at, old_owner, at, 0, NULL, NULL)::dos.transfer;
    UPDATE dos.host AS h SET registrar_id = new_owner, transferred_at = at WHERE h.superordinate_id = d.id;
    d := dos_internal.domain_contacts_follow(d, old_owner, contacts);
    PERFORM dos_internal.transfer_apply(d);
    IF d.idn_indexed THEN                                   -- a set of variants has one registrar
        FOR m IN SELECT o.* FROM dos_internal.variants_of(d.name) AS v (name), dos_internal.transfer_lock_or_null(v.name) AS o WHERE o.registrar_id = old_owner LOOP
            CONTINUE WHEN NOT EXISTS (SELECT FROM dos.domain AS o WHERE o.id = m.id AND o.registrar_id = old_owner);
            PERFORM dos_internal.outbox_put('domain.moved', m.name, m.id, NULL, NULL, svtrid, jsonb_build_object('cause', d.name, 'from', dos_internal.registrar_clid(old_owner),
                'to', dos_internal.registrar_clid(new_owner), 'notify', jsonb_build_array(dos_internal.registrar_clid(old_owner), dos_internal.registrar_clid(new_owner)),
                'kind', 'domain:trnData', 'transfer', to_jsonb(dos_internal.transfer_view(dos_internal.domain_moved(m, new_owner, contacts, svtrid), 1000)) - '{code,extension}'::text[]));
        END LOOP;
    END IF;
    RETURN d;
END $$;
COMMENT ON FUNCTION dos_internal.domain_moved(dos.domain, int, text, text) IS
    'write a domain''s move to another registrar: sponsor, hosts, contacts, authInfo; a pending transfer is cancelled; its variants move along';

CREATE FUNCTION dos.domain_move(name text, registrar text, reason text, staff text DEFAULT NULL, case_of text DEFAULT NULL, contacts text DEFAULT 'move')
RETURNS dos.transfer_data
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    held      record := dos_internal.staff_domain(name, false);
    target    dos.domain := held.target;
    new_owner int := dos_internal.staff_registrar(registrar);
    a         dos.audit;
    shown     dos.transfer_data;
BEGIN
    IF new_owner = target.registrar_id THEN
        PERFORM dos_internal.refuse(2106, 'transfer_own', 'domain:name', format('domain "%s" is sponsored by the registrar already', name));
    ELSIF contacts IS NULL OR contacts NOT IN ('keep', 'move', 'copy') THEN
        PERFORM dos_internal.refuse(2005, 'admin_contacts_policy', 'contacts', 'contacts are kept, moved or copied');
    END IF;
    a := dos_internal.staff_act('domain_move', 'domain', target.name, reason, staff, case_of, NULL,
             jsonb_build_object('from', held.sponsor, 'to', registrar, 'contacts', contacts));
    target := dos_internal.domain_moved(target, new_owner, contacts, a.svtrid);
    shown := dos_internal.transfer_view(target, 1000);
    PERFORM dos_internal.outbox_put('domain.moved', target.name, target.id, NULL, NULL, a.svtrid,
        jsonb_build_object('notify', jsonb_build_array(held.sponsor, registrar), 'kind', 'domain:trnData', 'transfer', to_jsonb(shown) - '{code,extension}'::text[]));
    RETURN shown;
END $$;
COMMENT ON FUNCTION dos.domain_move(text, text, text, text, text, text) IS
    'staff: move a domain to another registrar without fee or year; contacts are kept, moved or copied; audited, messages with trnData to both sides. R2303, R2106, R2003, R2005';
GRANT EXECUTE ON FUNCTION dos.domain_move(text, text, text, text, text, text) TO dos_admin;

CREATE FUNCTION dos.contact_move(id text, registrar text, reason text, staff text DEFAULT NULL, case_of text DEFAULT NULL) RETURNS dos.transfer_data
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target    dos.contact := dos_internal.contact_find_lock(id);
    old_owner int := target.registrar_id;
    new_owner int := dos_internal.staff_registrar(registrar);
    a         dos.audit;
    shown     dos.transfer_data;
BEGIN
    IF new_owner = old_owner THEN
        PERFORM dos_internal.refuse(2106, 'transfer_own', 'contact:id', format('contact "%s" is sponsored by the registrar already', id));
    END IF;
    a := dos_internal.staff_act('contact_move', 'contact', target.handle, reason, staff, case_of, NULL,
             jsonb_build_object('from', dos_internal.registrar_clid(old_owner), 'to', registrar));
    target.transfer := ROW('pending', new_owner, dos.now(), old_owner, dos.now(), NULL, NULL, NULL)::dos.transfer;
    target := dos_internal.contact_transferred(target, 'serverApproved', old_owner, dos.now());
    PERFORM dos_internal.contact_transfer_apply(target);
    shown := dos_internal.transfer_shown(1000, target.handle, target.transfer, NULL);
    PERFORM dos_internal.outbox_put('contact.moved', target.handle, target.id, NULL, NULL, a.svtrid,
        jsonb_build_object('notify', jsonb_build_array(dos_internal.registrar_clid(old_owner), registrar), 'kind', 'contact:trnData',
                           'transfer', to_jsonb(shown) - '{code,extension}'::text[]));
    RETURN shown;
END $$;
COMMENT ON FUNCTION dos.contact_move(text, text, text, text, text) IS
    'staff: move a contact to another registrar; audited, messages with trnData to both sides. R2303, R2106, R2003';
GRANT EXECUTE ON FUNCTION dos.contact_move(text, text, text, text, text) TO dos_admin;
