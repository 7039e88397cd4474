-- What a registry owes its registrars before prices rise.

-- What a price stands above: the less specific one that holds at an instant.
CREATE FUNCTION dos_internal.price_below(p dos.price, at timestamptz) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN p.years IS NOT NULL AND o.years IS NULL THEN round(o.amount_minor * dos_internal.term_months(p.years) / 12.0)::bigint ELSE o.amount_minor END
      FROM dos.price AS o
     WHERE o.zone_id = p.zone_id AND o.command = p.command AND o.currency = p.currency AND o.id <> p.id AND o.key <> p.key
       AND o.class IS NOT DISTINCT FROM p.class AND o.phase IS NOT DISTINCT FROM p.phase
       AND (o.valid @> at OR at = '-infinity' AND lower_inf(o.valid))
       AND (o.years IS NULL OR o.years = p.years)
       AND (o.registrar_id IS NULL OR o.registrar_id = p.registrar_id)
       AND (o.group_id IS NULL OR o.group_id = p.group_id
            OR o.group_id IN (SELECT m.group_id FROM dos.price_group_member AS m WHERE m.registrar_id = p.registrar_id AND m.valid @> at))
     ORDER BY o.registrar_id NULLS LAST, o.group_id NULLS LAST, o.years NULLS LAST LIMIT 1
$$;
COMMENT ON FUNCTION dos_internal.price_below(dos.price, timestamptz) IS 'the less specific price that holds where this one ends, for its years in minor units, or NULL';

-- What a new price takes the place of: the price of the same key up to this instant, else the less specific one that holds, else
-- the last of the same key. Class and phase are another offer, and no fallback.
CREATE FUNCTION dos_internal.price_otherwise(p dos.price, at timestamptz) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(
        (SELECT o.amount_minor FROM dos.price AS o WHERE o.key = p.key AND o.id <> p.id AND upper(o.valid) = at),
        dos_internal.price_below(p, at),
        (SELECT o.amount_minor FROM dos.price AS o WHERE o.key = p.key AND o.id <> p.id AND upper(o.valid) <= at ORDER BY upper(o.valid) DESC LIMIT 1))
$$;
COMMENT ON FUNCTION dos_internal.price_otherwise(dos.price, timestamptz) IS 'what a price takes the place of at an instant, minor units, or NULL';

-- Judged by announced_at, which a restored row brings along.
CREATE FUNCTION dos_internal.price_noticed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    policy dos.price_policy;
    notice interval;
    was    bigint;
    row    dos.price := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    SELECT p.* INTO policy FROM dos.price_policy AS p WHERE p.zone_id = row.zone_id;
    notice := CASE WHEN row.command = 'create' THEN policy.notice_create WHEN row.command IN ('renew', 'autorenew') THEN policy.notice_renew END;
    IF notice IS NULL THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'DELETE' THEN
        PERFORM dos_internal.refuse(2308, 'price_notice', 'price', 'a price cannot be taken away',
            'Prices of this zone rise with notice: end it with a date, and add the next one.');
    END IF;
    was := CASE WHEN TG_OP = 'UPDATE' AND lower(OLD.valid) IS NOT DISTINCT FROM lower(NEW.valid) THEN OLD.amount_minor ELSE dos_internal.price_otherwise(NEW, coalesce(lower(NEW.valid), '-infinity')) END;
    IF was < NEW.amount_minor AND (TG_OP = 'UPDATE' AND NEW.amount_minor > OLD.amount_minor AND coalesce(lower(NEW.valid), '-infinity') < dos.now() + notice
                                   OR coalesce(lower(NEW.valid), '-infinity') < NEW.announced_at + notice) THEN
        PERFORM dos_internal.refuse(2308, 'price_notice', 'price', 'a price cannot rise this soon',
            format('A higher price of %s begins no sooner than %s after it is announced.', NEW.command, notice));
    END IF;
    -- a price that ends sooner leaves the less specific one, which is a rise where that is higher
    IF TG_OP = 'UPDATE' AND upper(NEW.valid) < dos.now() + notice AND (upper(OLD.valid) > upper(NEW.valid) OR upper_inf(OLD.valid))
       AND dos_internal.price_below(NEW, upper(NEW.valid)) > NEW.amount_minor THEN
        PERFORM dos_internal.refuse(2308, 'price_notice', 'price', 'a price cannot end this soon',
            format('What then costs more ends no sooner than %s after it is announced.', notice));
    END IF;
    IF was < NEW.amount_minor AND (NEW.announced_at = dos.now() OR TG_OP = 'UPDATE') THEN
        PERFORM dos_internal.outbox_put('price.announced', (SELECT z.name FROM dos.zone AS z WHERE z.id = NEW.zone_id), NEW.zone_id, NULL, NULL, NULL,
            jsonb_build_object('notify', (SELECT jsonb_agg(r.clid) FROM dos.registrar AS r
                                           WHERE r.state IN ('ok', 'readonly') AND (NEW.registrar_id IS NULL OR r.id = NEW.registrar_id)
                                             AND (NEW.group_id IS NULL OR r.id IN (SELECT m.registrar_id FROM dos.price_group_member AS m WHERE m.group_id = NEW.group_id))),
                               'command', NEW.command, 'years', NEW.years, 'currency', NEW.currency, 'class', NEW.class, 'amount_minor', NEW.amount_minor,
                               'was_minor', was, 'from', lower(NEW.valid)));
    END IF;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION dos_internal.price_noticed() IS 'trigger of dos.price: in zones with notice a rise comes no sooner than announced, and registrars are told';
CREATE TRIGGER price_noticed AFTER INSERT OR UPDATE OR DELETE ON dos.price FOR EACH ROW EXECUTE FUNCTION dos_internal.price_noticed();

-- Who would pay what: for a preview of a change, before COMMIT or ROLLBACK.
CREATE FUNCTION dos.price_affected(zone text, command text, years int DEFAULT 1, at timestamptz DEFAULT dos.now(), class text DEFAULT NULL,
                                   OUT registrar text, OUT amount text, OUT currency text, OUT scope text, OUT price_id bigint) RETURNS SETOF record
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.clid, dos.money_text(best.amount_minor, best.currency), best.currency, best.scope, best.id
      FROM dos.registrar AS r,
           LATERAL (SELECT CASE WHEN p.years IS NULL THEN p.amount_minor * greatest(price_affected.years, 1) ELSE p.amount_minor END AS amount_minor, p.currency, p.id,
                           CASE WHEN p.registrar_id IS NOT NULL THEN 'own' WHEN p.group_id IS NOT NULL THEN 'group' ELSE 'standard' END AS scope
                      FROM dos.price AS p
                     WHERE p.zone_id = (dos_internal.zone_require(price_affected.zone)).id AND p.command = price_affected.command AND p.valid @> at
                       AND ((p.years IS NULL AND price_affected.years <= 1000) OR p.years = price_affected.years) AND p.phase IS NULL AND p.class IS NOT DISTINCT FROM price_affected.class
                       AND (p.registrar_id IS NULL OR p.registrar_id = r.id)
                       AND (p.group_id IS NULL OR p.group_id IN (SELECT m.group_id FROM dos.price_group_member AS m WHERE m.registrar_id = r.id AND m.valid @> at))
                     ORDER BY p.registrar_id NULLS LAST, p.group_id NULLS LAST, p.years NULLS LAST LIMIT 1) AS best
     ORDER BY r.clid
$$;
COMMENT ON FUNCTION dos.price_affected(text, text, int, timestamptz, text) IS
    'which price each registrar would pay, and by which scope: own beats group beats standard. After a change and before COMMIT it shows who is affected. R2303';

CREATE VIEW dos.promotion_report AS
    SELECT p.id, p.name, count(l.line) AS granted, coalesce(sum((l.line ->> 'granted_minor')::bigint), 0)::bigint AS granted_minor, p.currency, p.quota, p.budget_minor,
           count(DISTINCT l.payer) AS registrars
      FROM dos.promotion AS p
      LEFT JOIN (SELECT line, e.debit_account_id AS payer
                   FROM dos.ledger_entry AS e JOIN dos.account AS c ON c.id = e.credit_account_id AND c.kind = 'revenue', jsonb_array_elements(e.pricing -> 'lines') AS line
                  WHERE e.pricing ? 'lines' AND e.kind <> 'refund' AND line ->> 'rule' = 'promotion'
                    AND NOT EXISTS (SELECT FROM dos.ledger_entry AS r WHERE r.reverses_id = e.id AND r.kind = 'refund')) AS l ON (l.line ->> 'id')::bigint = p.id
     GROUP BY p.id;
COMMENT ON VIEW dos.promotion_report IS 'how often each promotion was granted and for how much (minor units, negative), from the ledger; what was refunded does not count';
