-- Transfers of domains between registrars (RFC 5731 sections 3.1.3 and 3.2.4).
--
-- A request holds the gaining registrar's money and sets a time. The losing registrar approves or rejects,
-- the gaining one cancels, or the time comes and the transfer is complete for every reader (projection);
-- domain_advance() then writes it down with transfer_complete(). Each step tells both registrars.

CREATE FUNCTION dos_internal.transfer_view(d dos.domain, result_code int) RETURNS dos.transfer_data
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT dos_internal.transfer_shown(result_code, d.name, d.transfer,
               -- of one that pends: the expiry it will bring, if it brings another (RFC 5731 section 3.1.3)
               CASE WHEN (d.transfer).status <> 'pending' THEN (d.transfer).expires_at
                    WHEN (d.transfer).years > 0 THEN (SELECT s.expires_at FROM dos_internal.domain_state(d, (d.transfer).acts_at) AS s WHERE s.transferred)
               END)
$$;
COMMENT ON FUNCTION dos_internal.transfer_view(dos.domain, int) IS 'the last transfer of a domain as EPP shows it';

CREATE FUNCTION dos_internal.transfer_announce(d dos.domain, loser_id int, actor text, cltrid text, svtrid text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT dos_internal.transfer_tell('domain', d.id, dos_internal.transfer_view(d, 1000), loser_id, actor, cltrid, svtrid)
$$;
COMMENT ON FUNCTION dos_internal.transfer_announce(dos.domain, int, text, text, text) IS 'the event of a transfer step of a domain, with a poll message for both registrars';

-- A transfer that ends without a change of sponsor: the money goes back.
CREATE FUNCTION dos_internal.transfer_end(d dos.domain, status text, actor_id int, at timestamptz, cltrid text, svtrid text) RETURNS dos.domain
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (d.transfer).hold_id IS NOT NULL THEN
        PERFORM dos_internal.ledger_hold_return((d.transfer).hold_id, svtrid);
    END IF;
    d.transfer := ROW(status, (d.transfer).requester_id, (d.transfer).requested_at, coalesce(actor_id, (d.transfer).actor_id), at,
                      (d.transfer).years, NULL, NULL)::dos.transfer;
    PERFORM dos_internal.transfer_announce(d, d.registrar_id, (SELECT r.clid FROM dos.registrar AS r WHERE r.id = transfer_end.actor_id), cltrid, svtrid);
    RETURN d;
END $$;
COMMENT ON FUNCTION dos_internal.transfer_end(dos.domain, text, int, timestamptz, text, text) IS 'a domain whose transfer was rejected or cancelled; the hold is given back; the caller writes the row';

-- A transfer that completes: an automatic renewal in its grace goes back to the loser with its year, the
-- winner is charged, the years are added within the horizon, authInfo is cleared (RFC 9154), hosts follow.
CREATE FUNCTION dos_internal.transfer_complete(d dos.domain, zone dos.zone, status text, actor_id int, at timestamptz, cltrid text, svtrid text)
RETURNS dos.domain
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    loser_id int := d.registrar_id;
    running  dos.grace;
    charged  bigint;
    policy   dos.lifecycle_policy := dos_internal.zone_policy_at(zone, at, d.expires_at);
BEGIN
    FOREACH running IN ARRAY d.graces LOOP
        IF running.kind = 'autorenew' AND running.ends_at > at AND d.unpaid IS NULL THEN
            PERFORM dos_internal.ledger_refund(running.entry_id, svtrid) WHERE running.entry_id IS NOT NULL;
            d.expires_at := dos_internal.domain_years(d, -running.years);
        END IF;
    END LOOP;
    IF d.unpaid IS NOT NULL THEN                            -- nobody gets years that nobody paid
        d.expires_at := (d.unpaid).expires_at;
        d.unpaid := NULL;
    END IF;
    IF (d.transfer).hold_id IS NOT NULL THEN
        charged := dos_internal.ledger_capture((d.transfer).hold_id, svtrid);
    END IF;
    d.expires_at := least(dos_internal.domain_years(d, (d.transfer).years),
                          greatest(d.expires_at, dos.period_add(at, make_interval(years => policy.horizon_years))));
    IF d.expires_at > at THEN
        d.expired_at := NULL;
    END IF;
    d.graces := CASE WHEN (d.transfer).years > 0
                     THEN ARRAY[('transfer', dos.period_add(at, policy.transfer_grace), charged, (d.transfer).years)::dos.grace] ELSE '{}' END;
    d.registrar_id := (d.transfer).requester_id;
    d.transferred_at := at;
    d.auth_hash := NULL;
    d.transfer := ROW(status, (d.transfer).requester_id, (d.transfer).requested_at, actor_id, at, (d.transfer).years, NULL, d.expires_at)::dos.transfer;
    UPDATE dos.host AS h SET registrar_id = d.registrar_id, transferred_at = at WHERE h.superordinate_id = d.id;
    IF zone.transfer_contacts IN ('move', 'copy') THEN
        d := dos_internal.domain_contacts_follow(d, loser_id, zone.transfer_contacts);
        PERFORM dos_internal.domain_contacts_apply(d);
    END IF;
    PERFORM dos_internal.transfer_announce(d, loser_id, CASE WHEN status = 'clientApproved' THEN
        (SELECT r.clid FROM dos.registrar AS r WHERE r.id = transfer_complete.actor_id) END, cltrid, svtrid);
    RETURN d;
END $$;
COMMENT ON FUNCTION dos_internal.transfer_complete(dos.domain, dos.zone, text, int, timestamptz, text, text) IS
    'a domain after its transfer at an instant: money, years, grace, sponsor, hosts, messages; the caller writes the row';

-- Write the row after a step that a registrar took.
CREATE FUNCTION dos_internal.transfer_apply(d dos.domain) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    UPDATE dos.domain AS o
       SET registrar_id = d.registrar_id, transferred_at = d.transferred_at, transfer = d.transfer, auth_hash = d.auth_hash, expires_at = d.expires_at,
           registrant_id = d.registrant_id, admin_ids = d.admin_ids, tech_ids = d.tech_ids, billing_ids = d.billing_ids,
           graces = d.graces, unpaid = d.unpaid, expired_at = d.expired_at, next_event_at = (dos_internal.domain_state(d, dos.now())).next_event_at
     WHERE o.id = d.id
$$;
COMMENT ON FUNCTION dos_internal.transfer_apply(dos.domain) IS 'write the columns a transfer changes';

-- Any domain that exists, locked and up to date, whoever sponsors it.
CREATE FUNCTION dos_internal.transfer_lock_or_null(name text) RETURNS dos.domain
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.domain;
BEGIN
    SELECT * INTO target FROM dos.domain AS d WHERE d.name = dos.dname(transfer_lock_or_null.name) FOR NO KEY UPDATE;
    IF target.unpaid IS NOT NULL OR dos_internal.domain_is_due(target) THEN
        target := dos_internal.domain_advance(target);
    END IF;
    RETURN target;
END $$;
COMMENT ON FUNCTION dos_internal.transfer_lock_or_null(text) IS 'a domain, locked and with everything due written down; NULL when there is none';

CREATE FUNCTION dos_internal.transfer_lock(name text) RETURNS dos.domain
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.domain := dos_internal.transfer_lock_or_null(name);
BEGIN
    IF target.id IS NULL THEN
        PERFORM dos_internal.refuse(2303, 'domain_unknown', 'domain:name', format('domain "%s" does not exist', name));
    END IF;
    RETURN target;
END $$;
COMMENT ON FUNCTION dos_internal.transfer_lock(text) IS 'a domain, locked and with everything due written down; R2303';
