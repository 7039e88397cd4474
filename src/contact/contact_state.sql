-- A contact at this instant. A transfer nobody answered completes by the clock; every reader sees it at its instant, and
-- contact_advance() writes it down when somebody comes by.

CREATE FUNCTION dos_internal.contact_transfer_is_due(c dos.contact) RETURNS boolean
LANGUAGE sql STABLE
RETURN coalesce((c.transfer).status = 'pending' AND (c.transfer).acts_at <= dos.now(), false);
COMMENT ON FUNCTION dos_internal.contact_transfer_is_due(dos.contact) IS 'has the clock completed a transfer that is not written down yet?';

-- The sponsor changes, the authInfo is void (RFC 9154 section 4.4), nothing else does.
CREATE FUNCTION dos_internal.contact_transferred(c dos.contact, status text, actor_id int, at timestamptz) RETURNS dos.contact
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    c.registrar_id := (c.transfer).requester_id;
    c.scope := CASE c.scope WHEN 0 THEN 0 ELSE c.registrar_id END;
    c.transferred_at := at;
    c.auth_hash := NULL;
    c.transfer := ROW(status, (c.transfer).requester_id, (c.transfer).requested_at, actor_id, at, NULL, NULL, NULL)::dos.transfer;
    RETURN c;
END $$;
COMMENT ON FUNCTION dos_internal.contact_transferred(dos.contact, text, int, timestamptz) IS 'a contact after its transfer (RFC 5733 section 3.2.4); the caller writes the row';

CREATE FUNCTION dos_internal.contact_now(c dos.contact) RETURNS dos.contact
LANGUAGE sql STABLE
RETURN CASE WHEN dos_internal.contact_transfer_is_due(c)
            THEN dos_internal.contact_transferred(c, 'serverApproved', (c.transfer).actor_id, (c.transfer).acts_at) ELSE c END;
COMMENT ON FUNCTION dos_internal.contact_now(dos.contact) IS 'a contact row as it is at this instant, whether or not that is written down';

-- What prohibits, and what is shown: the stored statuses, and pendingTransfer while one pends.
CREATE FUNCTION dos_internal.contact_statuses(c dos.contact) RETURNS text[]
LANGUAGE sql STABLE
RETURN (c).statuses || CASE WHEN (c.transfer).status = 'pending' AND NOT dos_internal.contact_transfer_is_due(c)
                            THEN ARRAY['pendingTransfer'] ELSE '{}'::text[] END;
COMMENT ON FUNCTION dos_internal.contact_statuses(dos.contact) IS 'the statuses of a contact that prohibit something (RFC 5733 section 2.2); ok and linked are added when shown';

CREATE FUNCTION dos_internal.contact_transfer_tell(c dos.contact, loser_id int, actor text, cltrid text, svtrid text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT dos_internal.transfer_tell('contact', c.id, dos_internal.transfer_shown(1000, c.handle, c.transfer, NULL), loser_id, actor, cltrid, svtrid)
$$;
COMMENT ON FUNCTION dos_internal.contact_transfer_tell(dos.contact, int, text, text, text) IS 'the event of a transfer step of a contact, with a poll message for both registrars';

CREATE FUNCTION dos_internal.contact_transfer_apply(c dos.contact) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    UPDATE dos.contact AS o
       SET registrar_id = c.registrar_id, scope = c.scope, transferred_at = c.transferred_at, transfer = c.transfer, auth_hash = c.auth_hash
     WHERE o.id = c.id
$$;
COMMENT ON FUNCTION dos_internal.contact_transfer_apply(dos.contact) IS 'write the columns a transfer changes';

CREATE FUNCTION dos_internal.contact_advance(c dos.contact) RETURNS dos.contact
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    present dos.contact := dos_internal.contact_now(c);
BEGIN
    IF dos_internal.contact_transfer_is_due(c) THEN
        PERFORM dos_internal.act_clock('advance');
        PERFORM dos_internal.contact_transfer_apply(present);
        PERFORM dos_internal.act_clock(NULL);
        PERFORM dos_internal.contact_transfer_tell(present, c.registrar_id, NULL, NULL, NULL);
    END IF;
    RETURN present;
END $$;
COMMENT ON FUNCTION dos_internal.contact_advance(dos.contact) IS 'write down a transfer that the clock has completed, on a locked contact, and tell both sides; twice does nothing more';

CREATE FUNCTION dos_internal.contact_advance_due() RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    c    dos.contact;
    done bigint := 0;
BEGIN
    FOR c IN SELECT * FROM dos.contact AS o WHERE (o.transfer).status = 'pending' AND (o.transfer).acts_at <= dos.now()
              ORDER BY (o.transfer).acts_at LIMIT 500 FOR NO KEY UPDATE SKIP LOCKED LOOP
        PERFORM dos_internal.contact_advance(c);
        done := done + 1;
    END LOOP;
    RETURN done;
END $$;
COMMENT ON FUNCTION dos_internal.contact_advance_due() IS 'job: write down transfers of contacts that the clock has completed, a bounded batch a call; returns how many';
INSERT INTO dos.job (name, lane, function, every) VALUES ('contact_advance', 'lifecycle', 'dos_internal.contact_advance_due()', '10 seconds');
CREATE INDEX contact_transfer_pending ON dos.contact (((transfer).acts_at)) WHERE (transfer).status = 'pending';

-- A contact that exists, locked and up to date, whoever sponsors it. A registrar's own ids go before the registry's; staff,
-- who is no registrar, names a contact by its ROID where several have the id.
CREATE FUNCTION dos_internal.contact_find_lock(handle text, actor_id int DEFAULT NULL) RETURNS dos.contact
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.contact;
BEGIN
    SELECT * INTO target FROM dos.contact AS c WHERE c.handle = contact_find_lock.handle AND (actor_id IS NULL OR c.scope IN (0, actor_id))
     ORDER BY c.scope DESC LIMIT 1 FOR NO KEY UPDATE;
    IF actor_id IS NULL AND target.id IS NULL THEN
        SELECT * INTO target FROM dos.contact AS c
         WHERE c.id = substring(contact_find_lock.handle FROM '^C([0-9]{1,18})-')::bigint AND c.roid = contact_find_lock.handle FOR NO KEY UPDATE;
    ELSIF actor_id IS NULL AND target.scope <> 0 AND (SELECT count(*) > 1 FROM dos.contact AS c WHERE c.handle = contact_find_lock.handle) THEN
        PERFORM dos_internal.refuse(2306, 'contact_id_ambiguous', 'contact:id', format('several registrars have a contact "%s"', handle), 'Its ROID names one of them.');
    END IF;
    IF target.id IS NULL THEN
        PERFORM dos_internal.refuse(2303, 'contact_unknown', 'contact:id', format('contact "%s" does not exist', handle));
    END IF;
    RETURN dos_internal.contact_advance(target);
END $$;
COMMENT ON FUNCTION dos_internal.contact_find_lock(text, int) IS 'a contact that a registrar (NULL: staff) means by an id, locked and with everything due written down; R2303, R2306';

-- Gather step of the verbs that change a contact: the row, locked, sponsored by the one who acts.
CREATE FUNCTION dos_internal.contact_lock(handle text, actor dos.registrar) RETURNS dos.contact
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.contact := dos_internal.contact_find_lock(handle, actor.id);
BEGIN
    IF target.registrar_id <> actor.id THEN
        PERFORM dos_internal.refuse(2201, 'contact_of_other_registrar', 'contact:id',
            format('contact "%s" is sponsored by another registrar', handle));
    END IF;
    RETURN target;
END $$;
COMMENT ON FUNCTION dos_internal.contact_lock(text, dos.registrar) IS 'a contact to be changed, locked; R2303, R2201';
