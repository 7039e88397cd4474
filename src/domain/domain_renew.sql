CREATE TYPE dos.domain_renewed AS (code int, name text, expires_at timestamptz, extension jsonb);
COMMENT ON TYPE dos.domain_renewed IS 'what dos.domain_renew() returns';

CREATE FUNCTION dos.domain_renew(registrar text, name text, current_expiry date, period int DEFAULT NULL, period_unit text DEFAULT 'y',
                                 cltrid text DEFAULT NULL, svtrid text DEFAULT NULL, extensions jsonb DEFAULT NULL)
RETURNS dos.domain_renewed
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor    dos.registrar := dos_internal.registrar_act(registrar, 'renew', svtrid);                                     -- gather
    target   dos.domain := dos_internal.domain_lock(dos.dname(name), actor);
    zone     dos.zone := dos_internal.zone_get(target.zone_id);
    state    dos.domain_state := dos_internal.domain_state(target, dos.now());
    lock     text := dos.lifecycle_refusal('renew', state.statuses);
    years    int;
    price    dos.price_data;
    entry_id bigint;
    written  boolean;
BEGIN
    IF lock IS NOT NULL THEN                                                                                      -- decide
        PERFORM dos_internal.refuse(2304, 'domain_renew_prohibited', 'domain:name', format('domain "%s" cannot be renewed', name),
            format('Status "%s" is set.', lock));
    END IF;
    IF target.unpaid IS NOT NULL THEN
        PERFORM dos_internal.refuse(2104, 'domain_autorenew_unpaid', 'domain:name', 'billing failure',
            'An automatic renewal is due that the balance and credit limit do not cover.');
    END IF;
    IF NOT isfinite(target.expires_at) THEN
        PERFORM dos_internal.refuse(2105, 'domain_never_expires', 'domain:name', format('domain "%s" is not renewed', name), 'It never expires.');
    END IF;
    years := dos_internal.period_years(zone, period, period_unit, 'renew');
    IF current_expiry IS DISTINCT FROM (target.expires_at AT TIME ZONE 'UTC')::date THEN
        PERFORM dos_internal.refuse(2306, 'domain_expiry_mismatch', 'domain:curExpDate', 'the current expiry date does not match',
            format('The domain expires on %s.', to_char(target.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')));
    END IF;
    IF dos_internal.domain_years(target, years) > dos.period_add(dos.now(), make_interval(years => zone.horizon_years)) THEN
        PERFORM dos_internal.refuse(2306, 'domain_period_horizon', 'domain:period', format('domain "%s" cannot be renewed that far', name),
            format('A domain of zone "%s" expires at most %s years from now.', zone.name, zone.horizon_years));
    END IF;
    IF dos_internal.hook_exists('check', 'domain', 'renew', zone.id) THEN
        PERFORM dos_internal.hook_run('check', 'domain', 'renew', zone.id, dos_internal.hook_context(target, actor, years));
    END IF;
    price := dos_internal.domain_price_plain(zone.id, 'renew', years, target.name, target.id, actor, extensions);
    IF price.currency IS NULL THEN
        price := dos_internal.domain_price_offered(zone, 'renew', years, target, actor, extensions, NULL, dos.now());
    END IF;

    entry_id := dos_internal.price_charge(price, actor.id, 'renew', target.name, target.id, years, svtrid);       -- charge
    target.expires_at := dos_internal.domain_years(target, years);                                                -- apply
    target.expired_at := CASE WHEN target.expires_at <= dos.now() THEN target.expired_at END;
    target.graces := ARRAY(SELECT g FROM unnest(target.graces) AS g WHERE g.ends_at > dos.now())
                     || ('renew', dos.period_add(dos.now(), dos_internal.zone_period(zone.id, 'renew_grace', dos.now())), entry_id, years)::dos.grace;
    target.next_event_at := (dos_internal.domain_state(target, dos.now())).next_event_at;
    target.updater_id := actor.id;
    target.updated_at := dos.now();
    written := dos_internal.domain_write(target, '{expires_at,expired_at,graces,next_event_at,updater_id,updated_at}');
    IF state.expired THEN
        PERFORM dos_internal.dns_mark(zone.id, target.name);
    END IF;
    PERFORM dos_internal.outbox_put('domain.renewed', target.name, target.id, actor.clid, cltrid, svtrid,         -- announce
        jsonb_build_object('years', years, 'expires_at', target.expires_at, 'amount_minor', price.amount_minor, 'currency', price.currency));
    IF dos_internal.hook_exists('after', 'domain', 'renew', zone.id) THEN
        PERFORM dos_internal.hook_run('after', 'domain', 'renew', zone.id, dos_internal.hook_context(target, actor, years));
    END IF;
    RETURN (1000, target.name::text, target.expires_at,
            CASE WHEN extensions ? 'fee' THEN jsonb_build_object('fee', dos_internal.fee_answer(zone, actor.id, 'renew', price)) END);
END $$;
COMMENT ON FUNCTION dos.domain_renew(text, text, date, int, text, text, text, jsonb) IS
    'renew a domain by whole years (RFC 5731 section 3.2.3); current_expiry must match, so a repeated command renews once. R2303, R2201, R2304, R2104, R2105, R2306';
GRANT EXECUTE ON FUNCTION dos.domain_renew(text, text, date, int, text, text, text, jsonb) TO dos_epp;
