-- Renewals forced and taken back, and dates set right.

-- Write an expiry that staff has set.
CREATE FUNCTION dos_internal.staff_expiry(d dos.domain) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    UPDATE dos.domain AS o
       SET created_at = d.created_at, expires_at = d.expires_at, graces = d.graces, updated_at = dos.now(),
           next_event_at = (dos_internal.domain_state(d, dos.now())).next_event_at
     WHERE o.id = d.id
$$;
COMMENT ON FUNCTION dos_internal.staff_expiry(dos.domain) IS 'write the dates and graces of a domain that staff has changed';

CREATE FUNCTION dos.domain_renew_staff(name text, years int, reason text, staff text DEFAULT NULL, case_of text DEFAULT NULL, charge boolean DEFAULT true, unlock boolean DEFAULT false)
RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    held   record := dos_internal.staff_domain(name, false);
    target dos.domain := held.target;
    zone   dos.zone := dos_internal.zone_get(target.zone_id);
    a      dos.audit := dos_internal.staff_act('domain_renew', 'domain', target.name, reason, staff, case_of, ARRAY[held.sponsor],
                            jsonb_build_object('years', years, 'charge', charge, 'unlock', unlock, 'before', target.expires_at));
    answer jsonb;
BEGIN
    PERFORM dos_internal.staff_domain(name, unlock);
    IF charge THEN
        answer := dos_internal.staff_call('domain_renew', held.sponsor, name,
                      jsonb_build_object('current_expiry', (target.expires_at AT TIME ZONE 'UTC')::date, 'period', years), a.svtrid);
        target.expires_at := answer ->> 'expires_at';
    ELSE
        target.expires_at := dos.period_add(target.expires_at, make_interval(years => years));
        IF years IS NULL OR years < 1 OR target.expires_at > dos.period_add(dos.now(), make_interval(years => zone.horizon_years)) OR target.deleted_at IS NOT NULL THEN
            PERFORM dos_internal.refuse(2306, 'domain_period_horizon', 'domain:period', format('domain "%s" cannot be renewed that far', name),
                format('A domain of zone "%s" expires at most %s years from now.', zone.name, zone.horizon_years));
        END IF;
        PERFORM dos_internal.staff_expiry(target);
        PERFORM dos_internal.outbox_put('domain.renewed', target.name, target.id, NULL, NULL, a.svtrid, jsonb_build_object('years', years, 'expires_at', target.expires_at));
    END IF;
    PERFORM dos_internal.staff_domain_lock_again(target, unlock, held.statuses);
    RETURN target.expires_at;
END $$;
COMMENT ON FUNCTION dos.domain_renew_staff(text, int, text, text, text, boolean, boolean) IS
    'staff: renew a domain by whole years, charged to its sponsor or not; the new expiry; audited and announced by changePoll. Errors of dos.domain_renew(); R2003';
GRANT EXECUTE ON FUNCTION dos.domain_renew_staff(text, int, text, text, text, boolean, boolean) TO dos_admin;

-- The last renewal whose grace still runs goes back with its money; an older one takes years only.
CREATE FUNCTION dos.domain_renew_undo(name text, reason text, staff text DEFAULT NULL, case_of text DEFAULT NULL, years int DEFAULT NULL) RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    held   record := dos_internal.staff_domain(name, false);
    target dos.domain := held.target;
    last   dos.grace;
    a      dos.audit;
BEGIN
    SELECT g.* INTO last FROM unnest(target.graces) WITH ORDINALITY AS g (kind, ends_at, entry_id, years, n)
     WHERE g.kind IN ('renew', 'autorenew') AND g.ends_at > dos.now() ORDER BY g.n DESC LIMIT 1;
    IF last.kind IS NULL AND years IS NULL THEN
        PERFORM dos_internal.refuse(2306, 'domain_renewal_none', 'domain:name', format('domain "%s" has no renewal that could be taken back', name),
            'No grace period of a renewal runs; name the years to be taken without a refund.');
    END IF;
    target.expires_at := dos.period_add_years(target.expires_at, -coalesce(years, last.years), target.created_at);
    IF coalesce(years, last.years) < 1 OR target.expires_at <= dos.now() THEN
        PERFORM dos_internal.refuse(2306, 'admin_dates', 'domain:exDate', format('domain "%s" would have expired', name));
    END IF;
    a := dos_internal.staff_act('domain_renew_undo', 'domain', target.name, reason, staff, case_of, ARRAY[held.sponsor],
             jsonb_build_object('before', (held.target).expires_at, 'after', target.expires_at, 'refund', years IS NULL));
    IF years IS NULL THEN
        IF last.entry_id IS NOT NULL THEN
            PERFORM dos_internal.ledger_refund(last.entry_id, a.svtrid);
        END IF;
        target.graces := ARRAY(SELECT g FROM unnest(target.graces) AS g WHERE g IS DISTINCT FROM last);
    END IF;
    PERFORM dos_internal.staff_expiry(target);
    PERFORM dos_internal.outbox_put('domain.renewal_undone', target.name, target.id, NULL, NULL, a.svtrid, jsonb_build_object('expires_at', target.expires_at));
    RETURN target.expires_at;
END $$;
COMMENT ON FUNCTION dos.domain_renew_undo(text, text, text, text, int) IS
    'staff: take the last renewal back with its money while its grace runs, or so many years without; the new expiry; audited and announced by changePoll. R2303, R2306, R2003';
GRANT EXECUTE ON FUNCTION dos.domain_renew_undo(text, text, text, text, int) TO dos_admin;

CREATE FUNCTION dos.domain_dates_set(name text, created_at timestamptz, expires_at timestamptz, reason text, staff text DEFAULT NULL, case_of text DEFAULT NULL)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    held   record := dos_internal.staff_domain(name, false);
    target dos.domain := held.target;
    a      dos.audit;
BEGIN
    target.created_at := coalesce(domain_dates_set.created_at, target.created_at);
    target.expires_at := coalesce(domain_dates_set.expires_at, target.expires_at);
    IF target.created_at > dos.now() OR target.expires_at <= greatest(target.created_at, dos.now()) THEN
        PERFORM dos_internal.refuse(2306, 'admin_dates', 'domain:exDate', 'dates are not possible', 'A domain is not created in the future and expires later than now.');
    END IF;
    a := dos_internal.staff_act('domain_dates_set', 'domain', target.name, reason, staff, case_of, ARRAY[held.sponsor],
             jsonb_build_object('before', jsonb_build_array((held.target).created_at, (held.target).expires_at), 'after', jsonb_build_array(target.created_at, target.expires_at)));
    PERFORM dos_internal.staff_expiry(target);
    PERFORM dos_internal.outbox_put('domain.updated', target.name, target.id, NULL, NULL, a.svtrid, jsonb_build_object('expires_at', target.expires_at));
END $$;
COMMENT ON FUNCTION dos.domain_dates_set(text, timestamptz, timestamptz, text, text, text) IS
    'staff: set the dates of a domain right (NULL keeps), without money; audited and announced by changePoll. R2303, R2306, R2003';
GRANT EXECUTE ON FUNCTION dos.domain_dates_set(text, timestamptz, timestamptz, text, text, text) TO dos_admin;
