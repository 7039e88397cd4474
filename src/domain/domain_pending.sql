-- Creates and updates that wait for approval (RFC 5731 section 3.3): which ones, the zone or a hook of stage
-- "pending" says. A name whose create waits is taken and not in the DNS; the money is held. The answer goes to
-- the sponsor as panData.

CREATE FUNCTION dos_internal.pending_wanted(zone dos.zone, verb text, context jsonb) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN verb = ANY (zone.pending_verbs) OR (dos_internal.hook_exists('pending', 'domain', verb, zone.id)
       AND coalesce((dos_internal.hook_run('pending', 'domain', verb, zone.id, context) ->> 'pending')::boolean, false));
END $$;
COMMENT ON FUNCTION dos_internal.pending_wanted(dos.zone, text, jsonb) IS 'does this create or update wait for approval: by the zone''s pending_verbs, or because a hook of stage pending says {"pending": true}';

-- The part of an event's content that becomes panData.
CREATE FUNCTION dos_internal.pending_answer(d dos.domain, approved boolean, at timestamptz, reason text) RETURNS jsonb
LANGUAGE sql STABLE
RETURN dos_internal.notify_sponsor(d) || jsonb_build_object('kind', 'domain:panData', 'reason', reason, 'pan', jsonb_build_object(
           'name', (d).name, 'result', approved, 'cltrid', ((d).pending).cltrid, 'svtrid', ((d).pending).svtrid, 'date', dos.iso8601(at)));
COMMENT ON FUNCTION dos_internal.pending_answer(dos.domain, boolean, timestamptz, text) IS
    'content of an event that tells the sponsor how a pending create or update was answered (RFC 5731 section 3.3)';

CREATE FUNCTION dos_internal.create_reject(d dos.domain, at timestamptz, reason text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (d.pending).hold_id IS NOT NULL THEN
        PERFORM dos_internal.ledger_hold_return((d.pending).hold_id, (d.pending).svtrid);
    END IF;
    PERFORM dos_internal.domain_purge(d, 'domain.create_rejected', NULL, NULL, NULL, dos_internal.pending_answer(d, false, at, reason));
END $$;
COMMENT ON FUNCTION dos_internal.create_reject(dos.domain, timestamptz, text) IS 'the end of a create that was not approved: the money goes back, the name is free, the sponsor is told';

CREATE FUNCTION dos_internal.pending_settle(d dos.domain, approved boolean, at timestamptz, reason text) RETURNS dos.domain
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    was     dos.domain := d;
    charged bigint;
BEGIN
    IF (d.pending).kind = 'create' THEN                     -- a rejected one is create_reject()'s
        IF (d.pending).hold_id IS NOT NULL THEN
            charged := dos_internal.ledger_capture((d.pending).hold_id, (d.pending).svtrid);
        END IF;
        d.graces := ARRAY(SELECT ROW(g.kind, g.ends_at, CASE WHEN g.entry_id = (d.pending).hold_id THEN charged ELSE g.entry_id END, g.years)::dos.grace
                            FROM unnest(d.graces) AS g);
        PERFORM dos_internal.outbox_put('domain.created', d.name, d.id, dos_internal.registrar_clid(d.creator_id), (d.pending).cltrid, (d.pending).svtrid,
            jsonb_build_object('years', (d.pending).years, 'expires_at', d.expires_at));
    END IF;
    PERFORM dos_internal.outbox_put('domain.' || (was.pending).kind || CASE WHEN approved THEN '_approved' ELSE '_rejected' END,
        d.name, d.id, NULL, NULL, NULL, dos_internal.pending_answer(was, approved, at, reason));
    d.pending := NULL;
    RETURN d;
END $$;
COMMENT ON FUNCTION dos_internal.pending_settle(dos.domain, boolean, timestamptz, text) IS
    'a domain whose pending create was approved, or whose pending update was answered: charge, events, panData; the caller writes the row';

-- What a waiting update would refer to may have gone meanwhile.
CREATE FUNCTION dos_internal.update_still_fits(d dos.domain) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM dos.host AS h WHERE h.id = ANY (d.host_ids) ORDER BY h.id FOR KEY SHARE;
    PERFORM FROM dos.contact AS c WHERE c.id = ANY (d.admin_ids || d.tech_ids || d.billing_ids || d.registrant_id) ORDER BY c.id FOR KEY SHARE;
    RETURN (SELECT count(*) FROM dos.host AS h WHERE h.id = ANY (d.host_ids)) = cardinality(d.host_ids)
       AND NOT EXISTS (SELECT FROM unnest(d.admin_ids || d.tech_ids || d.billing_ids || d.registrant_id) AS i
                        WHERE i IS NOT NULL AND NOT EXISTS (SELECT FROM dos.contact AS c WHERE c.id = i));
END $$;
COMMENT ON FUNCTION dos_internal.update_still_fits(dos.domain) IS 'do the hosts and contacts of a domain exist? They are locked';

CREATE FUNCTION dos_internal.pending_lock(name text) RETURNS dos.domain
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.domain;
BEGIN
    SELECT * INTO target FROM dos.domain AS d WHERE d.name = dos.dname(pending_lock.name) FOR NO KEY UPDATE;
    IF dos_internal.domain_is_due(target) THEN
        target := dos_internal.domain_advance(target);
    END IF;
    IF target.id IS NULL THEN
        PERFORM dos_internal.refuse(2303, 'domain_unknown', 'domain:name', format('domain "%s" does not exist', name));
    END IF;
    PERFORM dos_internal.domain_own_require(target);
    IF (target.pending).kind IS NULL THEN
        PERFORM dos_internal.refuse(2304, 'domain_nothing_pending', 'domain:name', format('domain "%s" waits for no approval', name));
    END IF;
    RETURN target;
END $$;
COMMENT ON FUNCTION dos_internal.pending_lock(text) IS 'a domain whose create or update waits for approval, locked; R2303, R2304, R2201';

CREATE FUNCTION dos.domain_pending_approve(name text, reason text DEFAULT NULL, OUT code int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target  dos.domain := dos_internal.pending_lock(name);
    changed dos.domain := target;
    fits    boolean := true;
BEGIN
    IF (target.pending).kind = 'update' THEN
        changed := jsonb_populate_record(target, (target.pending).request);
        fits := dos_internal.update_still_fits(changed);
        IF NOT fits THEN
            changed := target;
            reason := 'What it refers to does not exist any more.';
        END IF;
    END IF;
    changed := dos_internal.pending_settle(changed, fits, dos.now(), reason);
    UPDATE dos.domain AS d
       SET pending = NULL, graces = changed.graces, statuses = changed.statuses, registrant_id = changed.registrant_id, admin_ids = changed.admin_ids,
           tech_ids = changed.tech_ids, billing_ids = changed.billing_ids, host_ids = changed.host_ids, host_attrs = changed.host_attrs,
           ds = changed.ds, keys = changed.keys, max_sig_life = changed.max_sig_life, auth_hash = changed.auth_hash, auth_until = changed.auth_until,
           registrant_changed_at = changed.registrant_changed_at, updater_id = changed.updater_id, updated_at = changed.updated_at,
           next_event_at = (dos_internal.domain_state(changed, dos.now())).next_event_at
     WHERE d.id = target.id;
    PERFORM dos_internal.dns_mark(target.zone_id, target.name);
    code := CASE WHEN fits THEN 1000 ELSE 2305 END;
END $$;
COMMENT ON FUNCTION dos.domain_pending_approve(text, text) IS
    'approve a pending create or update of a domain: charged, in force, the sponsor told by panData (RFC 5731 section 3.3); code 2305 when what an update '
    'refers to is gone, which rejects it. R2303, R2304 nothing waits';

CREATE FUNCTION dos.domain_pending_reject(name text, reason text DEFAULT NULL, OUT code int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.domain := dos_internal.pending_lock(name);
BEGIN
    code := 1000;
    IF (target.pending).kind = 'create' THEN
        PERFORM dos_internal.create_reject(target, dos.now(), reason);
        RETURN;
    END IF;
    target := dos_internal.pending_settle(target, false, dos.now(), reason);
    UPDATE dos.domain AS d SET pending = NULL, next_event_at = (dos_internal.domain_state(target, dos.now())).next_event_at WHERE d.id = target.id;
END $$;
COMMENT ON FUNCTION dos.domain_pending_reject(text, text) IS
    'reject a pending create (the money goes back, the name is free) or update (nothing changes); the sponsor is told by panData. R2303, R2304 nothing waits';
