-- The one evaluator (pricing_rules.c), and the charge that follows it line by line.

CREATE FUNCTION dos_internal.span_text(valid tstzrange) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT concat(CASE WHEN lower_inc(valid) THEN '[' ELSE '(' END, dos.iso8601(lower(valid)), ',', dos.iso8601(upper(valid)), CASE WHEN upper_inc(valid) THEN ']' ELSE ')' END)
$$;
COMMENT ON FUNCTION dos_internal.span_text(tstzrange) IS 'a range of time as explanations say it, in UTC';

CREATE TYPE dos.price_data AS (
    amount_minor bigint, entry_minor bigint, currency text, price_id bigint, class text, standard boolean, lines jsonb, conversion jsonb, token_id bigint,
    operator_id int
);
COMMENT ON TYPE dos.price_data IS
    'a price: its total, the part in the command''s own ledger entry (which a grace period gives back), the class of the name, whether it is what a '
    'standard name costs without early access, the lines (NULL for a plain price unless asked for), how it was converted, the token to be spent, and the operator it is owed to (NULL: the shipped one)';

CREATE FUNCTION dos_internal.price_evaluate(zone_id int, zone_name text, home text, name text, command text, years int, registrar_id int, currency text,
                                            at timestamptz, phase text, token dos.token, domain_id bigint, explain boolean) RETURNS dos.price_data
LANGUAGE c STABLE AS 'MODULE_PATHNAME', 'dos_sql_price_evaluate';
COMMENT ON FUNCTION dos_internal.price_evaluate(int, text, text, text, text, int, int, text, timestamptz, text, dos.token, bigint, boolean) IS
    'what a command on a name costs, by the book of prices kept per backend; R2306 price_missing or price_out_of_range or price_rate_missing';

CREATE FUNCTION dos_internal.price_exists(zone_id int, command text) RETURNS boolean
LANGUAGE c STABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_price_exists';
COMMENT ON FUNCTION dos_internal.price_exists(int, text) IS 'whether a zone has any price or fee for a command; update and delete ask before they ask for the price';

CREATE FUNCTION dos_internal.premium_class(zone_id int, name text, at timestamptz) RETURNS text
LANGUAGE c STABLE AS 'MODULE_PATHNAME', 'dos_sql_premium_class';
COMMENT ON FUNCTION dos_internal.premium_class(int, text, timestamptz) IS 'the class of a name by the premium lists of its zone; NULL: a standard name. Next to free where there are no lists';

CREATE FUNCTION dos_internal.premium_refused(registrar_id int, zone_id int, name text, at timestamptz) RETURNS boolean
LANGUAGE c STABLE AS 'MODULE_PATHNAME', 'dos_sql_premium_refused';
COMMENT ON FUNCTION dos_internal.premium_refused(int, int, text, timestamptz) IS 'whether a registrar that wants no premium names asks for one; next to free without opt-outs';

CREATE FUNCTION dos_internal.promotions_lock(lines jsonb) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    limited bigint[] := ARRAY(SELECT p.id FROM jsonb_array_elements(lines) AS l, dos.promotion AS p
                               WHERE l ->> 'rule' = 'promotion' AND p.id = (l ->> 'id')::bigint AND (p.quota IS NOT NULL OR p.budget_minor IS NOT NULL) ORDER BY p.id);
BEGIN
    IF limited = '{}' THEN
        RETURN false;
    END IF;
    INSERT INTO dos.promotion_use (promotion_id) SELECT * FROM unnest(limited) ON CONFLICT DO NOTHING;
    PERFORM FROM dos.promotion_use AS u WHERE u.promotion_id = ANY (limited) ORDER BY u.promotion_id FOR NO KEY UPDATE;
    RETURN true;
END $$;
COMMENT ON FUNCTION dos_internal.promotions_lock(jsonb) IS 'hold the counters of the limited promotions among the lines of a price; false when there are none';

-- What a domain created now will pay to renew, where its class or its token promises that.
CREATE FUNCTION dos_internal.price_keep(price dos.price_data, zone dos.zone, name text, domain_id bigint, registrar_id int, years int) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    used  dos.token;
    again dos.price_data;
BEGIN
    SELECT t.* INTO used FROM dos.token AS t WHERE t.id = price.token_id;
    IF used.renewal = 'same' THEN
        again.amount_minor := (price.lines -> 0 ->> 'amount_minor')::bigint / greatest(years, 1);
        again.currency := price.currency;
    ELSIF used.renewal = 'standard' THEN
        used.percent := 0;
        used.amount_minor := 0;
        used.price_minor := NULL;
        used.currency := NULL;
        used.standard_price := true;
        again := dos_internal.price_evaluate(zone.id, zone.name, zone.currency, name, 'renew', 1, registrar_id, price.currency, dos.now(), NULL, used, NULL, false);
    ELSIF EXISTS (SELECT FROM dos.price_class AS c WHERE c.zone_id = zone.id AND c.name = price.class AND c.keep) THEN
        again := dos_internal.price_evaluate(zone.id, zone.name, zone.currency, name, 'renew', 1, registrar_id, price.currency, dos.now(), NULL, NULL, NULL, false);
    ELSE
        RETURN;
    END IF;
    INSERT INTO dos.price_own (domain_id, registrar_id, currency, amount_minor, comment)
    VALUES (domain_id, registrar_id, again.currency, again.amount_minor, CASE WHEN price.token_id IS NULL THEN 'class ' || price.class ELSE 'token ' || price.token_id END);
    INSERT INTO dos.price_policy AS p (zone_id, own_prices) VALUES (zone.id, true)
    ON CONFLICT ON CONSTRAINT price_policy_pkey DO UPDATE SET own_prices = true WHERE NOT p.own_prices;
END $$;
COMMENT ON FUNCTION dos_internal.price_keep(dos.price_data, dos.zone, text, bigint, int, int) IS 'write down the renewal price a new domain keeps, if its class or token says so';

-- The charge of a price: each entry by itself in the ledger, the command's own first, whose id is returned. What is held is
-- held in the same parts, and comes back or is charged with the first (ledger_parts).
CREATE FUNCTION dos_internal.price_charge(price dos.price_data, registrar_id int, command text, object_name text, object_id bigint, years int, svtrid text,
                                          receiver text DEFAULT 'revenue') RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    owed_to  int := coalesce(price.operator_id, 1);
    entry_id bigint;
    part     record;
BEGIN
    IF price.lines IS NULL THEN
        RETURN dos_internal.ledger_spend(registrar_id, price.currency, price.amount_minor, command, object_name, object_id, years, price.price_id, svtrid, receiver,
                                         operator_id => owed_to);
    END IF;
    entry_id := dos_internal.ledger_spend(registrar_id, price.currency, price.amount_minor, command, object_name, object_id, years, price.price_id, svtrid,
                                          receiver, price.entry_minor, jsonb_strip_nulls(jsonb_build_object('lines', price.lines, 'class', price.class, 'conversion', price.conversion)), owed_to);
    FOR part IN SELECT l ->> 'entry' AS kind, sum((l ->> 'amount_minor')::bigint)::bigint AS amount_minor, max((l ->> 'years')::int) AS years
                  FROM jsonb_array_elements(price.lines) AS l WHERE NOT (l ->> 'refundable')::boolean GROUP BY l ->> 'entry' ORDER BY 1 LOOP
        -- to hand in an application costs what it costs, whatever becomes of what is held
        PERFORM dos_internal.ledger_write(registrar_id, price.currency, part.amount_minor, part.kind, object_name, object_id, part.years, NULL, svtrid,
                                          CASE part.kind WHEN 'application' THEN 'revenue' ELSE receiver END,
                                          jsonb_build_object(CASE part.kind WHEN 'application' THEN 'beside' ELSE 'with' END, entry_id), owed_to);
    END LOOP;
    UPDATE dos.promotion_use AS u SET used = u.used + 1, spent_minor = u.spent_minor - (l ->> 'granted_minor')::bigint
      FROM jsonb_array_elements(price.lines) AS l WHERE l ->> 'rule' = 'promotion' AND u.promotion_id = (l ->> 'id')::bigint;
    IF command = 'create' AND (price.class IS NOT NULL OR price.token_id IS NOT NULL) THEN
        PERFORM dos_internal.price_keep(price, dos_internal.zone_of(object_name), object_name, object_id, registrar_id, years);
    END IF;
    IF price.token_id IS NOT NULL THEN
        UPDATE dos.token AS t SET uses = t.uses + 1 WHERE t.id = price.token_id AND t.max_uses IS NOT NULL;
        INSERT INTO dos.token_use (token_id, registrar_id, command, object_name, object_id, svtrid)
        VALUES (price.token_id, registrar_id, command, object_name, object_id, svtrid);
    END IF;
    RETURN entry_id;
END $$;
COMMENT ON FUNCTION dos_internal.price_charge(dos.price_data, int, text, text, bigint, int, text, text) IS
    'charge a price within balance and credit limit: the command''s own entry, whose id is returned, and one for each part that no refund takes back; promotions are counted, the token is spent. R2104';

-- The book is forgotten in every session when one of its tables changes.
CREATE TRIGGER price_booked AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dos.price FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.row_cache_changed();
CREATE TRIGGER price_class_booked AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dos.price_class FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.row_cache_changed();
CREATE TRIGGER price_group_member_booked AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dos.price_group_member FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.row_cache_changed();
CREATE TRIGGER price_policy_booked AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dos.price_policy FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.row_cache_changed();
CREATE TRIGGER early_access_booked AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dos.early_access FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.row_cache_changed();
CREATE TRIGGER expiry_access_booked AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dos.expiry_access FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.row_cache_changed();
CREATE TRIGGER fee_booked AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dos.fee FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.row_cache_changed();
CREATE TRIGGER promotion_booked AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dos.promotion FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.row_cache_changed();
CREATE TRIGGER premium_list_booked AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dos.premium_list FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.row_cache_changed();
CREATE TRIGGER premium_edition_booked AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dos.premium_edition FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.row_cache_changed();
CREATE TRIGGER premium_pattern_booked AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dos.premium_pattern FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.row_cache_changed();
CREATE TRIGGER premium_optout_booked AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dos.premium_optout FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.row_cache_changed();
CREATE TRIGGER token_automatic_booked AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dos.token_automatic FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.row_cache_changed();
CREATE TRIGGER currency_booked AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dos.currency FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.row_cache_changed();
