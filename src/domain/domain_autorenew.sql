-- Automatic renewals. They happen at the instant of expiry, paid or not: what is not paid is granted until a
-- deadline, tried again every day and by every command, and told each time; or it is a debt, or ends at once,
-- as the zone says. So no name is lost on its first day, and none is renewed for nothing.

CREATE FUNCTION dos_internal.domain_years(d dos.domain, years int) RETURNS timestamptz
LANGUAGE sql IMMUTABLE
RETURN dos.period_add_years((d).expires_at, years, (d).created_at);
COMMENT ON FUNCTION dos_internal.domain_years(dos.domain, int) IS 'the expiry of a domain so many years later or (below zero) earlier';

-- Several terms of months cost what each of them costs.
CREATE FUNCTION dos_internal.price_times(price dos.price_data, times int) RETURNS dos.price_data
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    price.amount_minor := price.amount_minor * times;
    price.entry_minor := price.entry_minor * times;
    price.lines := (SELECT jsonb_agg(l.line || jsonb_build_object('amount_minor', (l.line ->> 'amount_minor')::bigint * times, 'times', times)
                                     || CASE WHEN l.line ? 'granted_minor' THEN jsonb_build_object('granted_minor', (l.line ->> 'granted_minor')::bigint * times) ELSE '{}' END ORDER BY l.n)
                      FROM jsonb_array_elements(price.lines) WITH ORDINALITY AS l (line, n));
    RETURN price;
END $$;
COMMENT ON FUNCTION dos_internal.price_times(dos.price_data, int) IS 'a price so many times';

-- NULL when the money or a price is not there; the price is that of the instant of expiry.
CREATE FUNCTION dos_internal.autorenew_charge(d dos.domain, zone dos.zone, years int, at timestamptz, OUT entry_id bigint, OUT price dos.price_data,
                                              OUT debt boolean, OUT problem text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    lent  bigint := 0;
    term  int := (dos_internal.zone_policy_at(zone, at, at)).autorenew_years;
    times int := CASE WHEN term > 1000 AND dos_internal.term_months(years) % dos_internal.term_months(term) = 0 THEN dos_internal.term_months(years) / dos_internal.term_months(term) ELSE 1 END;
BEGIN
    price := dos_internal.domain_price(zone, 'autorenew', CASE WHEN times > 1 THEN term ELSE years END, d, dos_internal.registrar_find(dos_internal.registrar_clid(d.registrar_id)), at => at);
    IF times > 1 THEN
        price := dos_internal.price_times(price, times);
    END IF;
    IF zone.autorenew_unpaid = 'debt' THEN
        lent := dos_internal.ledger_lend(d.registrar_id, price.currency, price.amount_minor, zone.operator_id);
    END IF;
    entry_id := dos_internal.price_charge(price, d.registrar_id, 'autorenew', d.name, d.id, years, NULL);
    debt := lent > 0;
    PERFORM dos_internal.ledger_settle((dos_internal.account_get(d.registrar_id, 'registrar', price.currency, zone.operator_id)).id, -lent) WHERE debt;
EXCEPTION WHEN SQLSTATE 'R2104' OR SQLSTATE 'R2306' THEN
    entry_id := NULL;
    problem := SQLERRM;
END $$;
COMMENT ON FUNCTION dos_internal.autorenew_charge(dos.domain, dos.zone, int, timestamptz) IS
    'charge an automatic renewal at the price of an instant, as a debt where the zone allows that; no entry, but the problem, when it cannot be';

CREATE FUNCTION dos_internal.autorenew_announce(d dos.domain, event text, years int, content jsonb) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT dos_internal.outbox_put(event, d.name, d.id, NULL, NULL, NULL, dos_internal.notify_sponsor(d)
        || jsonb_build_object('years', years, 'expires_at', d.expires_at) || content)
$$;
COMMENT ON FUNCTION dos_internal.autorenew_announce(dos.domain, text, int, jsonb) IS 'an event about an automatic renewal, with a message for the sponsor';

-- The renewals that are due: one, or, when it cannot be paid, all of them, granted until they are.
CREATE FUNCTION dos_internal.domain_autorenew(d dos.domain, zone dos.zone, due int) RETURNS dos.domain
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    policy dos.lifecycle_policy := dos_internal.zone_policy_at(zone, d.expires_at, d.expires_at);
    began  timestamptz := d.expires_at;
    years  int := policy.autorenew_years;
    paid   record;
BEGIN
    paid := dos_internal.autorenew_charge(d, zone, years, began);
    IF paid.entry_id IS NOT NULL THEN
        d.expires_at := dos_internal.domain_years(d, years);
        d.graces := d.graces || ('autorenew', dos.period_add(began, policy.autorenew_grace), paid.entry_id, years)::dos.grace;
        PERFORM dos_internal.autorenew_announce(d, 'domain.autorenewed', years,
            jsonb_build_object('amount_minor', (paid.price).amount_minor, 'currency', (paid.price).currency) || CASE WHEN paid.debt THEN '{"debt": true}'::jsonb ELSE '{}' END);
        RETURN d;
    END IF;
    years := dos_internal.term_times(years, due);
    d.expires_at := dos_internal.domain_years(d, years);
    d.graces := d.graces || ('autorenew', dos.period_add(dos_internal.domain_years(d, -policy.autorenew_years), policy.autorenew_grace), NULL, years)::dos.grace;
    d.unpaid := ROW(began, years, least(d.expires_at, dos.period_add(dos.now(), CASE zone.autorenew_unpaid WHEN 'expire' THEN '0' ELSE zone.autorenew_retry END)))::dos.unpaid;
    PERFORM dos_internal.autorenew_announce(d, 'domain.autorenew_unpaid', years, jsonb_build_object('until', (d.unpaid).until, 'reason', paid.problem));
    d.next_event_at := dos.now() + interval '1 day';
    RETURN d;
END $$;
COMMENT ON FUNCTION dos_internal.domain_autorenew(dos.domain, dos.zone, int) IS
    'write a due automatic renewal down, charged at the price of its own instant; all that are due, unpaid, when it cannot be charged; the caller writes the row';

-- Another try. Commands try too, as often as they come; it is told when the diary says so, once a day.
CREATE FUNCTION dos_internal.autorenew_retry(d dos.domain, zone dos.zone) RETURNS dos.domain
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    paid  record;
    years int := (d.unpaid).years;
BEGIN
    paid := dos_internal.autorenew_charge(d, zone, years, (d.unpaid).expires_at);
    IF paid.entry_id IS NOT NULL THEN
        d.graces := ARRAY(SELECT ROW(g.kind, g.ends_at, CASE WHEN g.kind = 'autorenew' AND g.entry_id IS NULL THEN paid.entry_id ELSE g.entry_id END, g.years)::dos.grace
                            FROM unnest(d.graces) AS g);
        d.unpaid := NULL;
        PERFORM dos_internal.autorenew_announce(d, 'domain.autorenewed', years, jsonb_build_object('amount_minor', (paid.price).amount_minor, 'currency', (paid.price).currency));
    ELSIF d.next_event_at IS NULL OR d.next_event_at <= dos.now() THEN
        PERFORM dos_internal.autorenew_announce(d, 'domain.autorenew_unpaid', years, jsonb_build_object('until', (d.unpaid).until, 'reason', paid.problem));
        d.next_event_at := dos.now() + interval '1 day';
    END IF;
    RETURN d;
END $$;
COMMENT ON FUNCTION dos_internal.autorenew_retry(dos.domain, dos.zone) IS 'try to charge an automatic renewal that was granted unpaid; the caller writes the row';

CREATE FUNCTION dos_internal.autorenew_lapse(d dos.domain) RETURNS dos.domain
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    d.graces := ARRAY(SELECT g FROM unnest(d.graces) AS g WHERE g.kind <> 'autorenew');
    d.expires_at := (d.unpaid).expires_at;
    d.expired_at := (d.unpaid).until;
    d.unpaid := NULL;
    PERFORM dos_internal.outbox_put('domain.expired', d.name, d.id, NULL, NULL, NULL,
        dos_internal.notify_sponsor(d) || jsonb_build_object('expires_at', d.expires_at, 'reason', 'unpaid'));
    RETURN d;
END $$;
COMMENT ON FUNCTION dos_internal.autorenew_lapse(dos.domain) IS 'take back the years that nobody paid in time: the domain has expired; the caller writes the row';
