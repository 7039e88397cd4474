-- What a registry owes its registrars before prices rise, and what a zone owes before it opens.

-- The price that a new one follows: of the same key, the last that ends no later than it begins.
CREATE FUNCTION dos_internal.price_before(p dos.price) RETURNS dos.price
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT o.* FROM dos.price AS o WHERE o.key = p.key AND o.id <> p.id AND upper(o.valid) <= lower(p.valid) ORDER BY upper(o.valid) DESC LIMIT 1
$$;
COMMENT ON FUNCTION dos_internal.price_before(dos.price) IS 'the price that this one takes the place of, or NULL';

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
    was := CASE WHEN TG_OP = 'UPDATE' AND lower(OLD.valid) IS NOT DISTINCT FROM lower(NEW.valid) THEN OLD.amount_minor ELSE (dos_internal.price_before(NEW)).amount_minor END;
    IF was < NEW.amount_minor AND (TG_OP = 'UPDATE' AND NEW.amount_minor > OLD.amount_minor AND coalesce(lower(NEW.valid), '-infinity') < dos.now() + notice
                                   OR coalesce(lower(NEW.valid), '-infinity') < NEW.announced_at + notice) THEN
        PERFORM dos_internal.refuse(2308, 'price_notice', 'price', 'a price cannot rise this soon',
            format('A higher price of %s begins no sooner than %s after it is announced.', NEW.command, notice));
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

-- What cannot be sold for want of a price.
CREATE FUNCTION dos.price_gaps(zone text, at timestamptz DEFAULT dos.now(), phase text DEFAULT NULL,
                               OUT command text, OUT years int, OUT class text, OUT problem text) RETURNS SETOF record
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.zone := dos_internal.zone_require(zone);
    asked  record;
BEGIN
    FOR asked IN SELECT a.command, a.years, c.class
                   FROM (SELECT 'create' AS command, y AS years FROM generate_series(target.period_min, target.period_max) AS y
                         UNION ALL SELECT 'renew', y FROM generate_series(target.period_min, target.period_max) AS y
                         UNION ALL SELECT 'autorenew', 1 WHERE target.autorenew
                         UNION ALL SELECT 'transfer', target.transfer_years
                         UNION ALL SELECT 'restore', 0 WHERE target.redemption > '0') AS a,
                        (SELECT NULL AS class UNION ALL SELECT k.name FROM dos.price_class AS k WHERE k.zone_id = target.id) AS c
                  ORDER BY c.class NULLS FIRST, a.command, a.years LOOP
        IF NOT EXISTS (SELECT FROM dos.price AS p
                        WHERE p.zone_id = target.id AND p.currency = target.currency AND p.valid @> at AND p.registrar_id IS NULL AND p.group_id IS NULL
                          AND (p.command = asked.command OR (asked.command = 'autorenew' AND p.command = 'renew')) AND (p.years IS NULL OR p.years = asked.years)
                          AND (p.phase IS NULL OR p.phase = price_gaps.phase)
                          AND p.class IS NOT DISTINCT FROM (SELECT k.name FROM dos.price_class AS k
                                                             WHERE k.zone_id = target.id AND k.name = asked.class AND asked.command <> ALL (k.standard))) THEN
            command := asked.command;
            years := asked.years;
            class := asked.class;
            problem := format('no price in %s%s', target.currency, coalesce(' in phase ' || phase, ''));
            RETURN NEXT;
        END IF;
    END LOOP;
END $$;
COMMENT ON FUNCTION dos.price_gaps(text, timestamptz, text) IS
    'what a zone could not sell at an instant for want of a standard price: commands, years and classes. No row: the set is full, and the zone or phase may open. R2303';

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
                       AND (p.years IS NULL OR p.years = price_affected.years) AND p.phase IS NULL AND p.class IS NOT DISTINCT FROM price_affected.class
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
                  WHERE e.pricing ? 'lines' AND e.kind <> 'refund' AND line ->> 'rule' = 'promotion') AS l ON (l.line ->> 'id')::bigint = p.id
     GROUP BY p.id;
COMMENT ON VIEW dos.promotion_report IS 'how often each promotion was granted and for how much (minor units, negative), from the ledger';
