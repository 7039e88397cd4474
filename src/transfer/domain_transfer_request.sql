-- Decide step: may this domain be asked for?
CREATE FUNCTION dos_internal.transfer_free_require(d dos.domain, zone dos.zone, actor dos.registrar) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    state   dos.domain_state := dos_internal.domain_state(d, dos.now());
    lock    text := dos.lifecycle_refusal('transfer', array_remove(state.statuses, 'pendingTransfer'));
    free_at timestamptz := dos.period_add(greatest(d.created_at, d.transferred_at), zone.transfer_lock);
    same_at timestamptz := dos.period_add(d.registrant_changed_at, zone.registrant_lock);
BEGIN
    IF d.registrar_id = actor.id THEN
        PERFORM dos_internal.refuse(2106, 'transfer_own', 'domain:name', format('domain "%s" is sponsored by the registrar already', d.name));
    ELSIF (d.transfer).status = 'pending' THEN
        PERFORM dos_internal.refuse(2300, 'transfer_pending', 'domain:name', format('domain "%s" is being transferred', d.name));
    ELSIF lock IS NOT NULL THEN
        PERFORM dos_internal.refuse(2304, 'transfer_prohibited', 'domain:name', format('domain "%s" cannot be transferred', d.name),
            format('Status "%s" is set.', lock));
    ELSIF d.unpaid IS NOT NULL AND 'autoRenewPeriod' <> ALL (state.rgp_statuses) THEN
        PERFORM dos_internal.refuse(2106, 'transfer_renewal_unpaid', 'domain:name', format('domain "%s" cannot be transferred', d.name),
            'An automatic renewal is due that has not been paid.');
    ELSIF zone.transfer_lock > '0' AND free_at > dos.now() THEN
        PERFORM dos_internal.refuse(2106, 'transfer_locked', 'domain:name', format('domain "%s" cannot be transferred yet', d.name),
            format('It was created or transferred lately; it is free on %s.', dos.iso8601(free_at)));
    ELSIF zone.registrant_lock > '0' AND same_at > dos.now() THEN
        PERFORM dos_internal.refuse(2106, 'transfer_locked', 'domain:name', format('domain "%s" cannot be transferred yet', d.name),
            format('Its registrant has changed lately; it is free on %s.', dos.iso8601(same_at)));
    ELSIF state.expired OR NOT isfinite(d.expires_at) THEN
        PERFORM dos_internal.refuse(2106, 'transfer_expired', 'domain:name', format('domain "%s" cannot be transferred', d.name),
            CASE WHEN state.expired THEN 'It has expired; it is free once it is renewed.' ELSE 'It never expires.' END);
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.transfer_free_require(dos.domain, dos.zone, dos.registrar) IS 'R2106, R2300 or R2304 when a domain may not be transferred';

CREATE FUNCTION dos_internal.transfer_require(d dos.domain, zone dos.zone, actor dos.registrar, auth text, auth_roid text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF auth IS NULL THEN                                    -- an empty one is wrong (RFC 9154 section 4.3)
        PERFORM dos_internal.refuse(2003, 'transfer_auth_missing', 'domain:authInfo', 'a transfer needs the authorization information');
    ELSIF NOT dos_internal.domain_auth_opens(d, auth, auth_roid) THEN
        PERFORM dos_internal.refuse(2202, 'domain_auth_wrong', 'domain:pw', 'authorization information is not valid');
    END IF;
    PERFORM dos_internal.transfer_free_require(d, zone, actor);
END $$;
COMMENT ON FUNCTION dos_internal.transfer_require(dos.domain, dos.zone, dos.registrar, text, text) IS 'R2003, R2202, R2106, R2300 or R2304 when a transfer may not be requested';

CREATE FUNCTION dos.domain_transfer_request(registrar text, name text, auth text, auth_roid text DEFAULT NULL, period int DEFAULT NULL,
                                            period_unit text DEFAULT 'y', cltrid text DEFAULT NULL, svtrid text DEFAULT NULL,
                                            extensions jsonb DEFAULT NULL)
RETURNS dos.transfer_data
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor  dos.registrar := dos_internal.registrar_act(registrar, 'transfer', svtrid);                                    -- gather
    target dos.domain := dos_internal.transfer_lock(name);
    zone   dos.zone := dos_internal.zone_get(target.zone_id);
    years  int := zone.transfer_years;
    price  dos.price_data;
    held   bigint;
    at     timestamptz := dos.now();
    others dos.domain[] := '{}';
    answer dos.transfer_data;
BEGIN
    PERFORM dos_internal.zone_state_require(zone.id, 'transfer');
    PERFORM dos_internal.transfer_require(target, zone, actor, auth, auth_roid);                                  -- decide
    IF period IS NOT NULL AND dos_internal.period_years(zone, period, period_unit) <> years THEN
        PERFORM dos_internal.refuse(2306, 'transfer_period', 'domain:period', 'the period is not allowed',
            format('A transfer in zone "%s" adds %s year(s).', zone.name, years));
    END IF;
    IF zone.transfer_horizon = 'refuse'
       AND dos_internal.domain_years(target, years) > dos.period_add(at, make_interval(years => zone.horizon_years)) THEN
        PERFORM dos_internal.refuse(2306, 'transfer_horizon', 'domain:period', format('domain "%s" cannot be transferred', name),
            format('A transfer would bring its expiry beyond %s years from now.', zone.horizon_years));
    END IF;
    IF target.idn_indexed THEN
        others := dos_internal.variants_transfer_require(target, zone, actor);
    END IF;
    IF dos_internal.hook_exists('check', 'domain', 'transfer', zone.id) THEN
        PERFORM dos_internal.hook_run('check', 'domain', 'transfer', zone.id, dos_internal.hook_context(target, actor, years));
    END IF;
    price := dos_internal.domain_price(zone, 'transfer', years, target, actor, extensions);
    IF extensions ? 'fee' OR NOT price.standard OR zone.fee_required = 'always' THEN
        PERFORM dos_internal.fee_require(zone, extensions -> 'fee', price);
    END IF;

    held := dos_internal.price_charge(price, actor.id, 'transfer', target.name, target.id, years, svtrid, 'hold');     -- charge
    target.transfer := ROW('pending', actor.id, at, target.registrar_id, dos.period_add(at, dos_internal.zone_period(zone.id, 'transfer_pending', at)), years, held, NULL)::dos.transfer;
    PERFORM dos_internal.transfer_announce(target, target.registrar_id, actor.clid, cltrid, svtrid);              -- apply, announce
    PERFORM dos_internal.variants_transfer_begin(others, target, actor, cltrid, svtrid) WHERE others <> '{}';
    IF (target.transfer).acts_at <= at THEN
        target := dos_internal.transfer_complete(target, zone, 'serverApproved', target.registrar_id, at, cltrid, svtrid);
    END IF;
    PERFORM dos_internal.transfer_apply(target);
    PERFORM dos_internal.variants_transfer_follow(target, cltrid, svtrid) WHERE others <> '{}' AND (target.transfer).status <> 'pending';
    IF dos_internal.hook_exists('after', 'domain', 'transfer', zone.id) THEN
        PERFORM dos_internal.hook_run('after', 'domain', 'transfer', zone.id, dos_internal.hook_context(target, actor, years));
    END IF;
    answer := dos_internal.transfer_view(target, CASE (target.transfer).status WHEN 'pending' THEN 1001 ELSE 1000 END);
    IF extensions ? 'fee' THEN
        answer.extension := jsonb_build_object('fee', dos_internal.fee_answer(zone, actor.id, 'transfer', price));
    END IF;
    RETURN answer;
END $$;
COMMENT ON FUNCTION dos.domain_transfer_request(text, text, text, text, int, text, text, text, jsonb) IS
    'ask for a domain of another registrar (RFC 5731 section 3.2.4): 1001, or 1000 where a zone transfers at once; the price is held. '
    'R2303, R2003, R2202, R2106, R2300, R2304, R2306, R2104';
GRANT EXECUTE ON FUNCTION dos.domain_transfer_request(text, text, text, text, int, text, text, text, jsonb) TO dos_epp;
