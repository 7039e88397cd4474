-- Writing down what has become due: automatic renewals, completed transfers, expiry, purge. Every reader sees
-- these at their instant by projection; this makes the charge, the message and the DNS change that go with them.
-- Doing it late, twice or from two sides changes nothing more.

-- One step of what the clock has brought, the oldest; NULL when there is none.
CREATE FUNCTION dos_internal.domain_step(d dos.domain, zone dos.zone, state dos.domain_state) RETURNS dos.domain
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    turn timestamptz := CASE WHEN d.expired_at IS NOT NULL THEN 'infinity' WHEN d.unpaid IS NOT NULL THEN (d.unpaid).until ELSE d.expires_at END;
BEGIN
    IF state.settled THEN
        RETURN dos_internal.pending_settle(d, (d.pending).approves, (d.pending).acts_at, NULL);
    ELSIF state.transferred AND (d.transfer).acts_at <= turn THEN
        RETURN dos_internal.transfer_complete(d, zone, 'serverApproved', (d.transfer).actor_id, (d.transfer).acts_at, NULL, NULL);
    ELSIF state.lapsed THEN
        RETURN dos_internal.autorenew_lapse(d);
    ELSIF state.renewals > 0 THEN
        RETURN dos_internal.domain_autorenew(d, zone, state.renewals);
    ELSIF d.expired_at IS NULL AND d.deleted_at IS NULL AND (state.expired OR state.deleted_at IS NOT NULL) THEN
        d.expired_at := d.expires_at;
        PERFORM dos_internal.outbox_put('domain.expired', d.name, d.id, NULL, NULL, NULL,
            dos_internal.notify_sponsor(d) || jsonb_build_object('expires_at', d.expires_at));
        RETURN d;
    END IF;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION dos_internal.domain_step(dos.domain, dos.zone, dos.domain_state) IS
    'the oldest of what has become due on a domain, done: settled pending action, transfer, renewal, lapse, expiry; the caller writes the row';

-- A domain that the clock has ended.
CREATE FUNCTION dos_internal.domain_over(d dos.domain, state dos.domain_state) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    going text[] := '{}';
BEGIN
    IF (d.pending).kind = 'create' THEN
        PERFORM dos_internal.create_reject(d, (d.pending).acts_at, 'Nobody approved it in time.');
        RETURN;
    END IF;
    IF (d.transfer).status = 'pending' THEN
        PERFORM dos_internal.transfer_end(d, 'serverCancelled', NULL, state.deleted_at, NULL, NULL);   -- the hold is given back
    END IF;
    IF d.idn_indexed THEN
        going := dos_internal.variants_ending(d, false);
    END IF;
    PERFORM dos_internal.domain_purge(d, 'domain.purged', NULL, NULL, NULL, jsonb_build_object('purged_at', dos_internal.domain_gone_at(d, dos.now())));
    PERFORM dos_internal.variants_end(going, coalesce(d.deleted_at, state.deleted_at), d.name) WHERE going <> '{}';
END $$;
COMMENT ON FUNCTION dos_internal.domain_over(dos.domain, dos.domain_state) IS 'remove a domain that is no longer registered: purged, or a create that nobody approved';

-- What became due on a name becomes so on its variants.
CREATE FUNCTION dos_internal.variants_follow(was dos.domain, d dos.domain) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (was.transfer).status = 'pending' AND (d.transfer).status <> 'pending' THEN
        PERFORM dos_internal.variants_transfer_follow(d, NULL, NULL);
    END IF;
    IF was.deleted_at IS NULL AND d.deleted_at IS NOT NULL THEN
        PERFORM dos_internal.variants_end(dos_internal.variants_ending(d, false), d.deleted_at, d.name);
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.variants_follow(dos.domain, dos.domain) IS 'what the clock did to a domain it does to the rest of its set: a transfer, an end';

-- The domain row, which the caller has locked, after everything due is written down, in the order of the
-- instants. NULL when it is gone.
CREATE FUNCTION dos_internal.domain_advance(d dos.domain) RETURNS dos.domain
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    zone  dos.zone := dos_internal.zone_get(d.zone_id);
    state dos.domain_state := dos_internal.domain_state(d, dos.now());
    was   dos.domain := d;
    later dos.domain;
BEGIN
    IF d.idn_indexed THEN                                   -- a variant may have taken it along since the caller looked
        SELECT * INTO d FROM dos.domain AS o WHERE o.id = d.id;
        IF NOT FOUND THEN
            RETURN NULL;
        END IF;
        was := d;
        state := dos_internal.domain_state(d, dos.now());
    END IF;
    PERFORM dos_internal.act_clock('advance');                  -- on record as the clock's, whoever's command came by
    LOOP
        IF NOT state.registered AND d.deleted_at IS NOT DISTINCT FROM state.deleted_at THEN
            PERFORM dos_internal.domain_over(d, state);
            PERFORM dos_internal.act_clock(NULL);
            RETURN NULL;
        END IF;
        later := dos_internal.domain_step(d, zone, state);
        EXIT WHEN later.id IS NULL;
        d := later;
        state := dos_internal.domain_state(d, dos.now());
    END LOOP;
    IF d.unpaid IS NOT NULL AND was.unpaid IS NOT NULL THEN
        d := dos_internal.autorenew_retry(d, zone);
    END IF;
    IF d.deleted_at IS NULL AND state.deleted_at IS NOT NULL THEN
        IF (d.transfer).status = 'pending' THEN
            d := dos_internal.transfer_end(d, 'serverCancelled', NULL, state.deleted_at, NULL, NULL);
        END IF;
        IF (d.pending).kind = 'update' THEN
            d := dos_internal.pending_settle(d, false, state.deleted_at, 'The domain has expired.');
        END IF;
        d.deleted_at := state.deleted_at;
        d.expired_at := NULL;
        d.release_at := dos_internal.release_drawn(d, zone, state);
        IF d.deleted_at > d.expires_at THEN
            PERFORM dos_internal.outbox_put('domain.redemption_begun', d.name, d.id, NULL, NULL, NULL,
                dos_internal.notify_sponsor(d) || jsonb_build_object('deleted_at', d.deleted_at));
        END IF;
    ELSIF state.restore_lapsed THEN
        d.deleted_at := state.deleted_at;
        d.restore_at := NULL;
        d.release_at := dos_internal.release_drawn(d, zone, state);
        PERFORM dos_internal.outbox_put('domain.restore_lapsed', d.name, d.id, NULL, NULL, NULL, dos_internal.notify_sponsor(d) || jsonb_build_object('deleted_at', d.deleted_at,
            'lapsed_at', least(dos.period_add(was.restore_at, (dos_internal.zone_policy_at(zone, was.restore_at, was.restore_at)).pending_restore), dos.now())));
    END IF;
    -- an expired name leaves the zone or is parked at an instant of its own
    IF d.deleted_at IS DISTINCT FROM was.deleted_at OR d.expired_at IS NOT NULL OR d.expired_at IS DISTINCT FROM was.expired_at
       OR d.pending IS DISTINCT FROM was.pending THEN
        PERFORM dos_internal.dns_mark(d.zone_id, d.name);
    END IF;
    d.graces := ARRAY(SELECT g FROM unnest(d.graces) AS g WHERE g.ends_at > dos.now() AND d.deleted_at IS NULL);
    state := dos_internal.domain_state(d, dos.now());
    IF NOT state.registered THEN                            -- gone by now, and what led there is told
        PERFORM dos_internal.domain_over(d, state);
        PERFORM dos_internal.act_clock(NULL);
        RETURN NULL;
    END IF;
    -- kept by order of the registry, a deleted name is looked at once a day
    d.next_event_at := CASE WHEN d.unpaid IS NOT NULL THEN least(d.next_event_at, state.next_event_at)
                            WHEN d.deleted_at IS NOT NULL THEN coalesce(state.next_event_at, dos.now() + interval '1 day')
                            ELSE state.next_event_at END;
    UPDATE dos.domain AS o
       SET registrar_id = d.registrar_id, transferred_at = d.transferred_at, transfer = d.transfer, auth_hash = d.auth_hash, expires_at = d.expires_at,
           deleted_at = d.deleted_at, restore_at = d.restore_at, graces = d.graces, next_event_at = d.next_event_at, expired_at = d.expired_at,
           unpaid = d.unpaid, pending = d.pending, release_at = d.release_at
     WHERE o.id = d.id;
    PERFORM dos_internal.act_clock(NULL);
    IF d.idn_indexed THEN
        PERFORM dos_internal.variants_follow(was, d);
    END IF;
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
    IF d.deleted_at IS NULL AND d.expires_at > dos.now() AND (d.transfer).status IS DISTINCT FROM 'pending' AND d.unpaid IS NULL
       AND d.pending IS NULL AND d.expired_at IS NULL THEN
        RETURN false;
    END IF;
    state := dos_internal.domain_state(d, dos.now());
    RETURN NOT state.registered OR state.renewals > 0 OR state.transferred OR d.deleted_at IS DISTINCT FROM state.deleted_at
        OR state.lapsed OR state.settled OR (state.expired AND d.expired_at IS NULL);
END $$;
COMMENT ON FUNCTION dos_internal.domain_is_due(dos.domain) IS 'is there anything that domain_advance() would write down now?';

-- The row that domain_lock() holds, if the clock may have moved it on.
CREATE FUNCTION dos_internal.domain_caught_up(d dos.domain) RETURNS dos.domain
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF d.unpaid IS NOT NULL OR dos_internal.domain_is_due(d) THEN
        RETURN dos_internal.domain_advance(d);
    END IF;
    RETURN d;
END $$;
COMMENT ON FUNCTION dos_internal.domain_caught_up(dos.domain) IS 'a locked domain with everything due written down; NULL when it is gone';

CREATE FUNCTION dos_internal.domain_write(d dos.domain, columns text[]) RETURNS boolean
LANGUAGE c VOLATILE STRICT AS 'MODULE_PATHNAME', 'dos_sql_domain_write';
COMMENT ON FUNCTION dos_internal.domain_write(dos.domain, text[]) IS
    'an UPDATE of these columns of a domain that the transaction holds (true), called as an expression, which needs no executor';

-- Gather step of the verbs that change a domain: the row, locked, up to date, sponsored by the one who acts.
CREATE FUNCTION dos_internal.domain_lock(name text, actor dos.registrar) RETURNS dos.domain
LANGUAGE c VOLATILE AS 'MODULE_PATHNAME', 'dos_sql_domain_lock';
COMMENT ON FUNCTION dos_internal.domain_lock(text, dos.registrar) IS 'a domain to be changed, locked and with everything due written down; R2303, R2201';

-- Of these names, which the caller has locked, those that the clock has ended and on which nothing hangs: removed together, for a drop
-- of a hundred thousand names is the busiest minute of a registry. What fails leaves all of them to be taken one by one.
CREATE FUNCTION dos_internal.domains_purge(due dos.domain[]) RETURNS bigint[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    gone bigint[];
    marks record;
BEGIN
    gone := ARRAY(SELECT d.id FROM unnest(due) AS d CROSS JOIN LATERAL dos_internal.domain_state(d, dos.now()) AS s
                   WHERE NOT s.registered AND d.deleted_at = s.deleted_at AND d.pending IS NULL AND (d.transfer).status IS DISTINCT FROM 'pending'
                     AND NOT d.idn_indexed AND NOT (dos_internal.zone_get(d.zone_id)).blocks_drops);
    IF gone = '{}' THEN
        RETURN gone;
    END IF;
    -- a host create holds the row FOR KEY SHARE: wait for it, then look for hosts
    PERFORM FROM dos.domain AS o WHERE o.id = ANY (gone) ORDER BY o.id FOR UPDATE;
    gone := ARRAY(SELECT g FROM unnest(gone) AS g WHERE NOT EXISTS (SELECT FROM dos.host AS h WHERE h.superordinate_id = g));
    PERFORM dos_internal.act_clock('advance');
    DELETE FROM dos.domain AS o WHERE o.id = ANY (gone);
    FOR marks IN SELECT d.zone_id, array_agg(d.name::text) AS names FROM unnest(due) AS d WHERE d.id = ANY (gone) GROUP BY d.zone_id LOOP
        PERFORM dos_internal.dns_mark(marks.zone_id, VARIADIC marks.names);
    END LOOP;
    PERFORM dos_internal.outbox_put('domain.purged', d.name, d.id, NULL, NULL, NULL, jsonb_build_object('roid', d.roid, 'purged_at', dos_internal.domain_gone_at(d, dos.now())) || dos_internal.notify_sponsor(d))
       FROM unnest(due) AS d WHERE d.id = ANY (gone);
    PERFORM dos_internal.act_clock(NULL);
    RETURN gone;
EXCEPTION WHEN OTHERS THEN
    RETURN '{}';
END $$;
COMMENT ON FUNCTION dos_internal.domains_purge(dos.domain[]) IS
    'purge together those of locked domains that are no longer registered and have no hosts, transfer or pending action; returns their ids, none when one of them fails';

-- The lifecycle worker's job. One domain that fails is parked with its error, tried again in an hour, and never blocks the rest.
CREATE FUNCTION dos_internal.domain_advance_due() RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    due  dos.domain[] := ARRAY(SELECT o FROM dos.domain AS o WHERE o.next_event_at <= dos.now()
                                ORDER BY o.next_event_at LIMIT 500 FOR NO KEY UPDATE SKIP LOCKED);
    gone bigint[] := dos_internal.domains_purge(due);
    d    dos.domain;
    done bigint := cardinality(gone);
BEGIN
    FOREACH d IN ARRAY due LOOP
        CONTINUE WHEN d.id = ANY (gone);
        BEGIN
            PERFORM dos_internal.domain_advance(d);
        EXCEPTION
        WHEN deadlock_detected OR serialization_failure THEN
            NULL;                                           -- somebody was in the way; it stays due
        WHEN OTHERS THEN
            RAISE WARNING 'domain "%" could not be advanced: %', d.name, SQLERRM;
            PERFORM dos_internal.domain_stumbled(d, SQLSTATE || ': ' || SQLERRM);
        END;
        done := done + 1;
    END LOOP;
    RETURN done;
END $$;
COMMENT ON FUNCTION dos_internal.domain_advance_due() IS 'job: write down what has become due, a bounded batch of domains a call; returns how many';
INSERT INTO dos.job (name, lane, function, every) VALUES ('domain_advance', 'lifecycle', 'dos_internal.domain_advance_due()', '10 seconds');
