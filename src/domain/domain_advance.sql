-- Writing down what has become due: automatic renewals, expiry, purge. Every reader sees these at
-- their instant by projection; this makes the charge, the message and the DNS change that go with them.
-- Doing it late, twice or from two sides changes nothing more.

-- What the registry does by itself, its sponsor is told.
CREATE FUNCTION dos_internal.notify_sponsor(d dos.domain) RETURNS jsonb
LANGUAGE sql STABLE
RETURN jsonb_build_object('notify', (SELECT jsonb_agg(r.clid) FROM dos.registrar AS r WHERE r.id = (d).registrar_id));
COMMENT ON FUNCTION dos_internal.notify_sponsor(dos.domain) IS 'the part of an event''s content that sends its message to the sponsor of a domain';

-- The row disappears with everything that hangs on it; nothing may stand in the way.
CREATE FUNCTION dos_internal.domain_purge(d dos.domain, event text, registrar text, cltrid text, svtrid text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    orphans  bigint[];
    affected dos.domain;
BEGIN
    -- a host create holds our row FOR KEY SHARE: wait for it, then look for hosts
    PERFORM FROM dos.domain AS o WHERE o.id = d.id FOR UPDATE;
    -- and whoever is delegating to one holds that FOR KEY SHARE: wait again, so that the update below sees the delegation
    orphans := ARRAY(SELECT h.id FROM dos.host AS h WHERE h.superordinate_id = d.id ORDER BY h.id FOR UPDATE);
    IF orphans <> '{}' THEN
        FOR affected IN UPDATE dos.domain AS o SET host_ids = ARRAY(SELECT i FROM unnest(o.host_ids) WITH ORDINALITY AS l (i, n)
                                                                     WHERE i <> ALL (orphans) ORDER BY n)
                         WHERE o.host_ids && orphans AND o.id <> d.id RETURNING o.* LOOP
            PERFORM dos_internal.dns_mark(affected.zone_id, affected.name);
            PERFORM dos_internal.outbox_put('domain.host_removed', affected.name, affected.id, NULL, NULL, svtrid, dos_internal.notify_sponsor(affected) || jsonb_build_object('cause', d.name));
        END LOOP;
        DELETE FROM dos.host AS h WHERE h.id = ANY (orphans);
    END IF;
    DELETE FROM dos.domain AS o WHERE o.id = d.id;
    PERFORM dos_internal.dns_mark(d.zone_id, d.name);
    PERFORM dos_internal.outbox_put(event, d.name, d.id, registrar, cltrid, svtrid, jsonb_build_object('roid', d.roid)
        || CASE WHEN registrar IS NULL THEN dos_internal.notify_sponsor(d) ELSE '{}' END);
END $$;
COMMENT ON FUNCTION dos_internal.domain_purge(dos.domain, text, text, text, text) IS 'remove a domain and its subordinate hosts, which leave other domains'' delegations';

-- One automatic renewal: charge, grace, new expiry. NULL when the money is not there; it stays due.
CREATE FUNCTION dos_internal.domain_autorenew(d dos.domain, zone dos.zone) RETURNS dos.domain
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    price    dos.price_data;
    entry_id bigint;
BEGIN
    BEGIN
        price := dos_internal.domain_price(zone, 'autorenew', 1, d, dos_internal.registrar_find(dos_internal.registrar_clid(d.registrar_id)), at => d.expires_at);
        entry_id := dos_internal.price_charge(price, d.registrar_id, 'autorenew', d.name, d.id, 1, NULL);
    EXCEPTION WHEN SQLSTATE 'R2104' OR SQLSTATE 'R2306' THEN
        -- commands try too, as often as they come; it is told when the diary says so, once a day
        IF d.next_event_at IS NULL OR d.next_event_at <= dos.now() THEN
            PERFORM dos_internal.outbox_put('domain.autorenew_unpaid', d.name, d.id, NULL, NULL, NULL,
                dos_internal.notify_sponsor(d) || jsonb_build_object('expires_at', d.expires_at, 'reason', SQLERRM));
        END IF;
        RETURN NULL;
    END;
    d.graces := d.graces || ('autorenew', dos.period_add(d.expires_at, zone.autorenew_grace), entry_id, 1)::dos.grace;
    d.expires_at := dos.period_add(d.expires_at, '1 year');
    PERFORM dos_internal.outbox_put('domain.autorenewed', d.name, d.id, NULL, NULL, NULL,
        dos_internal.notify_sponsor(d) || jsonb_build_object('years', 1, 'expires_at', d.expires_at, 'amount_minor', price.amount_minor, 'currency', price.currency));
    RETURN d;
END $$;
COMMENT ON FUNCTION dos_internal.domain_autorenew(dos.domain, dos.zone) IS
    'write one due automatic renewal down, charged at the price of its own instant; NULL when it cannot be charged';

-- The domain row, which the caller has locked, after everything due is written down, in the order of the
-- instants. NULL when it is gone.
CREATE FUNCTION dos_internal.domain_advance(d dos.domain) RETURNS dos.domain
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    zone  dos.zone := dos_internal.zone_get(d.zone_id);
    state dos.domain_state := dos_internal.domain_state(d, dos.now());
    was   dos.domain := d;
    later dos.domain;
    paid  boolean := true;
BEGIN
    PERFORM dos_internal.act_clock('advance');                  -- on record as the clock's, whoever's command came by
    IF NOT state.registered THEN
        IF (d.transfer).status = 'pending' THEN
            PERFORM dos_internal.transfer_end(d, 'serverCancelled', NULL, state.deleted_at, NULL, NULL);   -- the hold is given back
        END IF;
        PERFORM dos_internal.domain_purge(d, 'domain.purged', NULL, NULL, NULL);
        PERFORM dos_internal.act_clock(NULL);
        RETURN NULL;
    END IF;
    LOOP
        IF (d.transfer).status = 'pending' AND (d.transfer).acts_at <= dos.now() AND (d.transfer).acts_at <= d.expires_at
           AND d.deleted_at IS NULL THEN
            d := dos_internal.transfer_complete(d, zone, 'serverApproved', (d.transfer).actor_id, (d.transfer).acts_at, NULL, NULL);
        ELSIF d.deleted_at IS NULL AND zone.autorenew AND d.expires_at <= dos.now() THEN
            later := dos_internal.domain_autorenew(d, zone);
            paid := later.id IS NOT NULL;
            IF paid THEN
                d := later;
            ELSIF (d.transfer).status = 'pending' AND (d.transfer).acts_at <= dos.now() THEN
                -- the domain has left, whatever its loser owes: readers have seen the transfer at its instant
                d.graces := d.graces || ('autorenew', dos.period_add(d.expires_at, zone.autorenew_grace), NULL, 1)::dos.grace;
                d.expires_at := dos.period_add(d.expires_at, '1 year');
                paid := true;
            ELSE
                EXIT;
            END IF;
        ELSE
            EXIT;
        END IF;
    END LOOP;
    IF d.deleted_at IS NULL AND state.deleted_at IS NOT NULL THEN
        IF (d.transfer).status = 'pending' THEN
            d := dos_internal.transfer_end(d, 'serverCancelled', NULL, state.deleted_at, NULL, NULL);
        END IF;
        d.deleted_at := state.deleted_at;
        PERFORM dos_internal.outbox_put('domain.expired', d.name, d.id, NULL, NULL, NULL,
            dos_internal.notify_sponsor(d) || jsonb_build_object('expires_at', d.expires_at));
    ELSIF state.restore_lapsed THEN
        d.deleted_at := state.deleted_at;
        d.restore_at := NULL;
        PERFORM dos_internal.outbox_put('domain.restore_lapsed', d.name, d.id, NULL, NULL, NULL,
            dos_internal.notify_sponsor(d) || jsonb_build_object('deleted_at', d.deleted_at));
    END IF;
    IF d.deleted_at IS DISTINCT FROM was.deleted_at THEN
        PERFORM dos_internal.dns_mark(d.zone_id, d.name);
    END IF;
    d.graces := ARRAY(SELECT g FROM unnest(d.graces) AS g WHERE g.ends_at > dos.now() AND d.deleted_at IS NULL);
    d.next_event_at := CASE WHEN paid THEN (dos_internal.domain_state(d, dos.now())).next_event_at
                            ELSE least(CASE WHEN d.next_event_at > dos.now() THEN d.next_event_at ELSE dos.now() + interval '1 day' END,
                                       CASE WHEN (d.transfer).status = 'pending' THEN (d.transfer).acts_at END) END;
    UPDATE dos.domain AS o
       SET registrar_id = d.registrar_id, transferred_at = d.transferred_at, transfer = d.transfer, auth_hash = d.auth_hash, expires_at = d.expires_at,
           deleted_at = d.deleted_at, restore_at = d.restore_at, graces = d.graces, next_event_at = d.next_event_at
     WHERE o.id = d.id;
    PERFORM dos_internal.act_clock(NULL);
    RETURN d;
END $$;
COMMENT ON FUNCTION dos_internal.domain_advance(dos.domain) IS
    'write down what has become due on a locked domain, oldest first: automatic renewals, completed transfers, expiry, lapsed restores, purge (then NULL)';

-- Facts alone decide; next_event_at is the worker's diary, and an entry in it may have been put off.
CREATE FUNCTION dos_internal.domain_is_due(d dos.domain) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    state dos.domain_state;
BEGIN
    IF d.deleted_at IS NULL AND d.expires_at > dos.now() AND (d.transfer).status IS DISTINCT FROM 'pending' THEN
        RETURN false;
    END IF;
    state := dos_internal.domain_state(d, dos.now());
    RETURN NOT state.registered OR state.renewals > 0 OR state.transferred OR d.deleted_at IS DISTINCT FROM state.deleted_at;
END $$;
COMMENT ON FUNCTION dos_internal.domain_is_due(dos.domain) IS 'is there anything that domain_advance() would write down now?';

-- Gather step of the verbs that change a domain: the row, locked, up to date, sponsored by the one who acts.
CREATE FUNCTION dos_internal.domain_lock(name text, actor dos.registrar) RETURNS dos.domain
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.domain;
BEGIN
    SELECT * INTO target FROM dos.domain AS d WHERE d.name = domain_lock.name FOR NO KEY UPDATE;
    IF dos_internal.domain_is_due(target) THEN
        target := dos_internal.domain_advance(target);
    END IF;
    IF target.id IS NULL THEN
        PERFORM dos_internal.refuse(2303, 'domain_unknown', 'domain:name', format('domain "%s" does not exist', name));
    END IF;
    IF target.registrar_id <> actor.id THEN
        PERFORM dos_internal.refuse(2201, 'domain_of_other_registrar', 'domain:name', format('domain "%s" is sponsored by another registrar', name));
    END IF;
    RETURN target;
END $$;
COMMENT ON FUNCTION dos_internal.domain_lock(text, dos.registrar) IS 'a domain to be changed, locked and with everything due written down; R2303, R2201';

-- The lifecycle worker's job. One domain that fails is put off for an hour and never blocks the rest.
CREATE FUNCTION dos_internal.domain_advance_due() RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    d    dos.domain;
    done bigint := 0;
BEGIN
    FOR d IN SELECT * FROM dos.domain AS o WHERE o.next_event_at <= dos.now()
              ORDER BY o.next_event_at LIMIT 500 FOR NO KEY UPDATE SKIP LOCKED LOOP
        BEGIN
            PERFORM dos_internal.domain_advance(d);
        EXCEPTION
        WHEN deadlock_detected OR serialization_failure THEN
            NULL;                                           -- somebody was in the way; it stays due
        WHEN OTHERS THEN
            RAISE WARNING 'domain "%" could not be advanced: %', d.name, SQLERRM;
            UPDATE dos.domain AS o SET next_event_at = dos.now() + interval '1 hour' WHERE o.id = d.id;
        END;
        done := done + 1;
    END LOOP;
    RETURN done;
END $$;
COMMENT ON FUNCTION dos_internal.domain_advance_due() IS 'job: write down what has become due, a bounded batch of domains a call; returns how many';
INSERT INTO dos.job (name, lane, function, every) VALUES ('domain_advance', 'lifecycle', 'dos_internal.domain_advance_due()', '10 seconds');
