-- What may be said of one domain's life: whether it renews by itself, whether it ends at all.

CREATE FUNCTION dos_internal.domain_flag_lock(name text) RETURNS dos.domain
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.domain;
BEGIN
    SELECT * INTO target FROM dos.domain AS d WHERE d.name = dos.dname(domain_flag_lock.name) FOR NO KEY UPDATE;
    IF dos_internal.domain_is_due(target) THEN              -- what has happened was judged by what was said then
        target := dos_internal.domain_advance(target);
    END IF;
    IF target.id IS NULL THEN
        PERFORM dos_internal.refuse(2303, 'domain_unknown', 'domain:name', format('domain "%s" does not exist', name));
    END IF;
    PERFORM dos_internal.domain_own_require(target);
    RETURN target;
END $$;
COMMENT ON FUNCTION dos_internal.domain_flag_lock(text) IS 'any domain that exists, locked and with everything due written down; R2303, R2201';

CREATE FUNCTION dos.domain_autorenew_set(name text, autorenew boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.domain := dos_internal.domain_flag_lock(name);
BEGIN
    UPDATE dos.domain AS d SET autorenew = domain_autorenew_set.autorenew WHERE d.id = target.id;
    PERFORM dos_internal.outbox_put('domain.updated', target.name, target.id, NULL, NULL, NULL, jsonb_build_object('autorenew', autorenew));
END $$;
COMMENT ON FUNCTION dos.domain_autorenew_set(text, boolean) IS 'let a domain renew by itself or not, from now on; NULL: as its registrar or zone says. R2303';

CREATE FUNCTION dos.registrar_autorenew_set(registrar text, autorenew boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    d dos.domain;
BEGIN
    FOR d IN SELECT o.* FROM dos.domain AS o JOIN dos.registrar AS r ON r.id = o.registrar_id
              WHERE r.clid = registrar_autorenew_set.registrar AND o.next_event_at <= dos.now() ORDER BY o.id FOR NO KEY UPDATE OF o LOOP
        PERFORM dos_internal.domain_advance(d);
    END LOOP;
    UPDATE dos.registrar AS r SET autorenew = registrar_autorenew_set.autorenew WHERE r.clid = registrar;
    IF NOT FOUND THEN
        PERFORM dos_internal.refuse(2303, 'registrar_unknown', 'clID', format('registrar "%s" does not exist', registrar));
    END IF;
END $$;
COMMENT ON FUNCTION dos.registrar_autorenew_set(text, boolean) IS
    'let a registrar''s domains renew by themselves or not, from now on, where a domain says nothing itself; NULL: as their zones say. R2303';

CREATE FUNCTION dos.domain_never_expires_set(name text, expires_at timestamptz DEFAULT 'infinity') RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.domain := dos_internal.domain_flag_lock(name);
BEGIN
    IF target.deleted_at IS NOT NULL OR (target.transfer).status = 'pending' OR target.unpaid IS NOT NULL OR (target.pending).kind IS NOT NULL THEN
        PERFORM dos_internal.refuse(2304, 'domain_not_settled', 'domain:name', format('domain "%s" cannot be changed now', name),
            'A delete, transfer, approval or payment is pending.');
    ELSIF expires_at <= dos.now() THEN
        PERFORM dos_internal.refuse(2004, 'domain_expiry_past', 'domain:exDate', 'the expiry is in the past');
    END IF;
    target.expires_at := domain_never_expires_set.expires_at;
    target.expired_at := NULL;
    target.graces := '{}';
    UPDATE dos.domain AS d SET expires_at = target.expires_at, expired_at = NULL, graces = '{}', updated_at = dos.now(),
           next_event_at = (dos_internal.domain_state(target, dos.now())).next_event_at
     WHERE d.id = target.id;
    PERFORM dos_internal.dns_mark(target.zone_id, target.name);
    PERFORM dos_internal.outbox_put('domain.updated', target.name, target.id, NULL, NULL, NULL,
        dos_internal.notify_sponsor(target) || jsonb_build_object('never_expires', NOT isfinite(expires_at)));
END $$;
COMMENT ON FUNCTION dos.domain_never_expires_set(text, timestamptz) IS
    'take a domain (nic, the registry''s own) out of time: no expiry, no charge, no delete; or give it an expiry again. R2303, R2304 something pends, R2004';
