-- A full set of prices: what a zone owes before it opens, and the alarm when something cannot be sold.

CREATE INDEX price_zone_command ON dos.price (zone_id, command);

-- What cannot be sold for want of a price.
CREATE FUNCTION dos.price_gaps(zone text, at timestamptz DEFAULT dos.now(), phase text DEFAULT NULL,
                               OUT command text, OUT years int, OUT class text, OUT problem text) RETURNS SETOF record
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.zone := dos_internal.zone_require(zone);
    taken  int[] := (SELECT p.years FROM dos.phase AS p WHERE p.zone_id = target.id AND p.name = price_gaps.phase);
    terms  int[] := (SELECT p.months FROM dos.phase AS p WHERE p.zone_id = target.id AND p.name = price_gaps.phase);
    shares boolean := EXISTS (SELECT FROM dos.price_policy AS p WHERE p.zone_id = target.id AND p.month_terms = 'pro_rata');
    asked  record;
BEGIN
    FOR asked IN SELECT a.command, a.years, c.class
                   FROM (SELECT 'create' AS command, y AS years FROM generate_series(target.period_min, target.period_max) AS y WHERE taken IS NULL OR y = ANY (taken)
                         UNION ALL SELECT 'renew', y FROM generate_series(target.period_min, target.period_max) AS y
                         UNION ALL SELECT 'create', dos.months(m) FROM unnest(target.months_create) AS m WHERE coalesce(m = ANY (terms), taken IS NULL)
                         UNION ALL SELECT 'renew', dos.months(m) FROM unnest(target.months_renew) AS m
                         UNION ALL SELECT 'autorenew', target.autorenew_years WHERE target.autorenew
                         UNION ALL SELECT 'transfer', target.transfer_years
                         UNION ALL SELECT 'restore', 0 WHERE target.redemption > '0') AS a,
                        (SELECT NULL AS class UNION ALL SELECT k.name FROM dos.price_class AS k WHERE k.zone_id = target.id) AS c
                  ORDER BY c.class NULLS FIRST, a.command, a.years LOOP
        IF NOT EXISTS (SELECT FROM dos.price AS p
                        WHERE p.zone_id = target.id AND p.currency = target.currency AND p.valid @> at AND p.registrar_id IS NULL AND p.group_id IS NULL
                          AND (p.command = asked.command OR (asked.command = 'autorenew' AND p.command = 'renew')) AND ((p.years IS NULL AND (asked.years <= 1000 OR shares)) OR p.years = asked.years)
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
    'what a zone could not sell at an instant, in a phase and its years, for want of a standard price: commands, years and classes. No row: the set is full. R2303';

-- A phase that would open without a full set is not entered. What has begun before it is entered is judged by now.
CREATE FUNCTION dos_internal.phase_priced() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    opens timestamptz := greatest(lower(NEW.during), dos.now());
    gap   record;
BEGIN
    -- a dump that is restored switches this setting off
    IF NEW.kind = 'quiet' OR upper(NEW.during) <= opens OR NOT current_setting('check_function_bodies')::boolean
       OR (TG_OP = 'UPDATE' AND lower(OLD.during) = lower(NEW.during) AND OLD.kind <> 'quiet' AND OLD.years IS NOT DISTINCT FROM NEW.years)
       OR EXISTS (SELECT FROM dos.price_policy AS p WHERE p.zone_id = NEW.zone_id AND NOT p.complete) THEN
        RETURN NULL;
    END IF;
    SELECT g.* INTO gap FROM dos.zone AS z, dos.price_gaps(z.name::text, opens, NEW.name) AS g WHERE z.id = NEW.zone_id LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2306, 'phase_prices_missing', 'price', format('phase "%s" cannot open without prices', NEW.name),
            format('%s of %s%s: %s.', gap.command, dos.term_text(gap.years), coalesce(' of class ' || gap.class, ''), gap.problem));
    END IF;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION dos_internal.phase_priced() IS 'trigger of dos.phase: a phase is entered when everything that it sells as it opens has a price (R2306 phase_prices_missing)';
CREATE TRIGGER phase_priced AFTER INSERT OR UPDATE ON dos.phase FOR EACH ROW EXECUTE FUNCTION dos_internal.phase_priced();

CREATE TABLE dos.price_alarm (
    zone_id int  NOT NULL CONSTRAINT price_alarm_zone REFERENCES dos.zone ON DELETE CASCADE,
    what    text NOT NULL,
    since   timestamptz NOT NULL DEFAULT dos.now(),
    CONSTRAINT price_alarm_pkey PRIMARY KEY (zone_id, what)
);
COMMENT ON TABLE dos.price_alarm IS 'what open zones cannot sell for want of a price, since when the alarm has been raised';
SELECT pg_catalog.pg_extension_config_dump('dos.price_alarm', '');

-- A refusal for want of a price takes its transaction along, so the alarm is a job's: it looks before somebody asks.
CREATE FUNCTION dos_internal.price_watch() RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    zone   record;
    gaps   text[];
    fresh  text[];
    raised bigint := 0;
BEGIN
    FOR zone IN SELECT z.id, z.name,
                       (SELECT array_agg(p.name ORDER BY p.rank, p.id) FROM dos.phase AS p WHERE p.zone_id = z.id AND p.during @> dos.now() AND p.kind <> 'quiet') AS phases,
                       EXISTS (SELECT FROM dos.phase AS p WHERE p.zone_id = z.id) AS phased
                  FROM dos.zone AS z
                 WHERE coalesce(dos.zone_state_allows(dos.zone_state(z.id), 'create'), true)
                   AND NOT EXISTS (SELECT FROM dos.price_policy AS p WHERE p.zone_id = z.id AND NOT p.complete) LOOP
        SELECT coalesce(array_agg(DISTINCT concat_ws(' ', g.command, CASE WHEN g.years > 1000 THEN dos_internal.term_months(g.years) || 'm' ELSE g.years || 'y' END, 'class ' || g.class, 'phase ' || f.phase)), '{}') INTO gaps
          FROM unnest(CASE WHEN zone.phased THEN zone.phases ELSE '{NULL}' END) AS f (phase), dos.price_gaps(zone.name::text, dos.now(), f.phase) AS g;
        DELETE FROM dos.price_alarm AS a WHERE a.zone_id = zone.id AND a.what <> ALL (gaps);
        WITH told AS (
            INSERT INTO dos.price_alarm AS a (zone_id, what) SELECT zone.id, w FROM unnest(gaps) AS w
            ON CONFLICT ON CONSTRAINT price_alarm_pkey DO NOTHING RETURNING a.what)
        SELECT array_agg(t.what ORDER BY t.what) INTO fresh FROM told AS t;
        IF fresh IS NOT NULL THEN
            PERFORM dos_internal.outbox_put('price.missing', zone.name::text, zone.id, NULL, NULL, NULL, jsonb_build_object('missing', fresh));
            raised := raised + 1;
        END IF;
    END LOOP;
    RETURN raised;
END $$;
COMMENT ON FUNCTION dos_internal.price_watch() IS
    'job: an event price.missing for each zone that is open and lacks prices, once for each; until then and after, commands are refused (R2306 price_missing)';
INSERT INTO dos.job (name, lane, function, every) VALUES ('price_watch', 'default', 'dos_internal.price_watch()', '10 minutes');
