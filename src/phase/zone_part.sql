-- Parts of a zone's configuration document (dos.zone_config) that are rows of a table, what it sells at above all: lists, each row told apart by its
-- key, with names where tables have numbers. A row that stays keeps its id, which quotes and ledger entries name. Labels of premium lists are no part of
-- it: they come and go by COPY (dos.premium_import).

CREATE TABLE dos_internal.zone_part (
    n        int  CONSTRAINT zone_part_order UNIQUE,
    part     text CONSTRAINT zone_part_pkey PRIMARY KEY,
    place    text NOT NULL,
    keys     text[] NOT NULL,
    defaults jsonb NOT NULL,
    hidden   text[] NOT NULL DEFAULT '{}',
    single   boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE dos_internal.zone_part IS
    'parts of a configuration document that are rows of a table: in which order they come (and go, the other way round), what tells rows apart, what is not said of one, what is no policy; rooms above add theirs';
INSERT INTO dos_internal.zone_part (n, part, place, keys, defaults, single) VALUES
    (1, 'price_policy', 'price_policy', '{}', '{"rounding": "half_up", "rate_max_age": "4 days", "complete": true, "month_terms": "exact"}', true),
    (2, 'price_classes', 'price_class', '{name}', '{"standard": ["restore"], "keep": false}', false),
    (3, 'premium_lists', 'premium_list', '{name}', '{"rank": 100, "enabled": true}', false),
    (4, 'premium_patterns', 'premium_pattern', '{list,pattern,form,valid}', '{"form": "u", "rank": 100, "valid": "(,)"}', false),
    (5, 'prices', 'price', '{command,years,currency,registrar,price_group,class,phase,valid}', '{"valid": "(,)"}', false),
    (6, 'fees', 'fee', '{name,currency,phase,valid}', '{"each_year": false, "refundable": false, "valid": "(,)"}', false),
    (7, 'early_access', 'early_access', '{currency,valid}', '{"refundable": false}', false),
    (8, 'expiry_access', 'expiry_access', '{}', '{"tiers": 24, "tier": "01:00:00"}', false),
    (9, 'promotions', 'promotion', '{name}', '{"commands": ["create"], "years": "[0,10]", "percent": 0, "amount_minor": 0, "free_years": 0, "rank": 100, "stacks": false, "enabled": true, "valid": "(,)"}', false),
    (10, 'released_names', 'reserved_release', '{label}', '{}', false);

-- A row without what identifies it here, and with names instead of numbers.
CREATE FUNCTION dos_internal.zone_part_said(what jsonb, hidden text[]) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_strip_nulls((what - ('{id,zone_id,registrar_id,group_id,list_id,key,announced_at,own_prices}'::text[] || hidden))
        || CASE WHEN what ? 'registrar_id' THEN jsonb_build_object('registrar', dos_internal.registrar_clid((what ->> 'registrar_id')::int)) ELSE '{}' END
        || CASE WHEN what ? 'group_id' THEN jsonb_build_object('price_group', (SELECT g.name FROM dos.price_group AS g WHERE g.id = (what ->> 'group_id')::int)) ELSE '{}' END
        || CASE WHEN what ? 'list_id' THEN jsonb_build_object('list', (SELECT l.name FROM dos.premium_list AS l WHERE l.id = (what ->> 'list_id')::int)) ELSE '{}' END)
$$;
COMMENT ON FUNCTION dos_internal.zone_part_said(jsonb, text[]) IS 'a row of a table as a document says it';

CREATE FUNCTION dos_internal.zone_part_item(what jsonb, keys text[]) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN (SELECT coalesce(string_agg(CASE WHEN k.name = 'years' AND (what ->> 'years')::int > 1000 THEN dos_internal.term_months((what ->> 'years')::int) || ' months'
                                        WHEN k.name IN ('command', 'currency', 'pattern') THEN what ->> k.name ELSE k.name || ' ' || (what ->> k.name) END, ', ' ORDER BY k.n), '')
          FROM unnest(keys) WITH ORDINALITY AS k (name, n) WHERE what ->> k.name <> '(,)');
COMMENT ON FUNCTION dos_internal.zone_part_item(jsonb, text[]) IS 'the key of a row as text: create, years 2, USD, class gold';

CREATE FUNCTION dos_internal.zone_part_rows(zone_id int, part text, OUT stands_at tid, OUT what jsonb) RETURNS SETOF record
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET intervalstyle = 'postgres' SET datestyle = 'ISO' AS $$
DECLARE
    p dos_internal.zone_part;
BEGIN
    SELECT * INTO p FROM dos_internal.zone_part AS o WHERE o.part = zone_part_rows.part;
    RETURN QUERY EXECUTE format('SELECT t.ctid, dos_internal.zone_part_said(to_jsonb(t), $2) FROM dos.%I AS t WHERE %s', p.place,
        CASE p.part WHEN 'premium_patterns' THEN 't.list_id IN (SELECT l.id FROM dos.premium_list AS l WHERE l.zone_id = $1)' ELSE 't.zone_id = $1' END) USING zone_id, p.hidden;
END $$;
COMMENT ON FUNCTION dos_internal.zone_part_rows(int, text) IS 'the rows of a part that a zone has';

CREATE FUNCTION dos_internal.zone_parts_said(zone_id int) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_object_agg(p.part, CASE WHEN p.single THEN p.defaults || coalesce(r.rows -> 0, '{}') ELSE coalesce(r.rows, '[]') END)
      FROM dos_internal.zone_part AS p,
           LATERAL (SELECT jsonb_agg(o.what ORDER BY dos_internal.zone_part_item(o.what, p.keys)) AS rows FROM dos_internal.zone_part_rows(zone_parts_said.zone_id, p.part) AS o) AS r
$$;
COMMENT ON FUNCTION dos_internal.zone_parts_said(int) IS 'the parts of a zone''s configuration document that are rows';

-- The rows that a document proposes, in the spelling of those that are there. What is wrong with one is said with its place in the list.
CREATE FUNCTION dos_internal.zone_part_proposed(zone_id int, part text, proposed jsonb, OUT item text, OUT what jsonb) RETURNS SETOF record
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET intervalstyle = 'postgres' SET datestyle = 'ISO' AS $$
DECLARE
    p     dos_internal.zone_part;
    given jsonb;
    odd   text;
    seen  text[] := '{}';
    place int := 0;
BEGIN
    SELECT * INTO p FROM dos_internal.zone_part AS o WHERE o.part = zone_part_proposed.part;
    IF jsonb_typeof(proposed) <> (CASE WHEN p.single THEN 'object' ELSE 'array' END) THEN
        PERFORM dos_internal.refuse(2306, 'zone_config_form', part, format('"%s" has another form', part), CASE WHEN p.single THEN 'It is an object.' ELSE 'It is a list of objects.' END);
    END IF;
    FOR given IN SELECT e FROM jsonb_array_elements(CASE WHEN p.single THEN jsonb_build_array(proposed) ELSE proposed END) AS e LOOP
        place := place + 1;
        IF jsonb_typeof(given) <> 'object' THEN
            PERFORM dos_internal.refuse(2306, 'zone_config_form', part, format('row %s of "%s" is no object', place, part));
        END IF;
        SELECT k INTO odd FROM jsonb_object_keys(given) AS k
         WHERE k IN ('id', 'zone_id', 'registrar_id', 'group_id', 'list_id', 'key', 'announced_at', 'own_prices') OR k = ANY (p.hidden)
            OR NOT (EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = ('dos.' || p.place)::regclass AND a.attnum > 0 AND a.attname = k) OR k = ANY (p.keys)) LIMIT 1;
        IF FOUND THEN
            PERFORM dos_internal.refuse(2306, 'zone_setting_unknown', odd, format('row %s of "%s": "%s" is not known', place, part, odd));
        END IF;
        BEGIN
            EXECUTE format('SELECT jsonb_strip_nulls(dos_internal.zone_part_said(to_jsonb(r), $3) || $2) FROM jsonb_populate_record(NULL::dos.%I, $1) AS r', p.place) INTO what
              USING CASE WHEN p.single THEN p.defaults || coalesce((SELECT o.what FROM dos_internal.zone_part_rows(zone_part_proposed.zone_id, part) AS o), '{}') ELSE p.defaults END || given,
                    jsonb_build_object('registrar', given -> 'registrar', 'price_group', given -> 'price_group', 'list', given -> 'list'), p.hidden;
        EXCEPTION WHEN data_exception THEN
            PERFORM dos_internal.refuse(2005, 'zone_config_value', part, format('row %s of "%s" is not valid', place, part), SQLERRM);
        END;
        item := dos_internal.zone_part_item(what, p.keys);
        IF item = ANY (seen) THEN
            PERFORM dos_internal.refuse(2306, 'zone_config_twice', part, format('row %s of "%s" is there twice', place, part), format('It is on row %s already: %s.', array_position(seen, item), item));
        END IF;
        seen := seen || item;
        RETURN NEXT;
    END LOOP;
END $$;
COMMENT ON FUNCTION dos_internal.zone_part_proposed(int, text, jsonb) IS 'the rows of a part that a document proposes; R2306 its form, what is not known, a row that is there twice, R2005 a value, each with its row';

CREATE FUNCTION dos_internal.zone_parts_diff(zone_id int, proposed jsonb, OUT n int, OUT part text, OUT item text, OUT stands_at tid, OUT is_now jsonb, OUT would_be jsonb) RETURNS SETOF record
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT p.n, p.part, d.item, d.stands_at, d.is_now, d.would_be
      FROM (SELECT o.* FROM dos_internal.zone_part AS o WHERE proposed ? o.part OFFSET 0) AS p
     CROSS JOIN LATERAL (
           SELECT coalesce(o.item, w.item) AS item, o.stands_at, o.what AS is_now, w.what AS would_be
             FROM (SELECT r.stands_at, r.what, dos_internal.zone_part_item(r.what, p.keys) AS item FROM dos_internal.zone_part_rows(zone_parts_diff.zone_id, p.part) AS r) AS o
             FULL JOIN dos_internal.zone_part_proposed(zone_parts_diff.zone_id, p.part, proposed -> p.part) AS w ON w.item = o.item) AS d
     WHERE d.is_now IS DISTINCT FROM d.would_be AND NOT (p.single AND d.is_now IS NULL AND d.would_be = p.defaults)
$$;
COMMENT ON FUNCTION dos_internal.zone_parts_diff(int, jsonb) IS 'the rows that a document would add, change and take away; parts that it leaves out stay as they are';

-- A row with the numbers that stand for names in it.
CREATE FUNCTION dos_internal.zone_part_stored(target int, what jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    list int;
BEGIN
    IF what ? 'registrar' THEN
        what := what || jsonb_build_object('registrar_id', dos_internal.registrar_require(what ->> 'registrar'));
    END IF;
    IF what ? 'price_group' AND what ? 'command' THEN       -- of a price; a promotion names its group
        what := (what - 'price_group') || jsonb_build_object('group_id', dos_internal.price_group_require(what ->> 'price_group'));
    END IF;
    IF what ? 'list' THEN
        list := (SELECT l.id FROM dos.premium_list AS l WHERE l.zone_id = target AND l.name = what ->> 'list');
        IF list IS NULL THEN
            PERFORM dos_internal.refuse(2303, 'premium_list_unknown', 'list', format('list "%s" does not exist', what ->> 'list'));
        END IF;
        RETURN (what - 'list') || jsonb_build_object('list_id', list);
    END IF;
    RETURN (what - 'registrar') || jsonb_build_object('zone_id', target);
END $$;
COMMENT ON FUNCTION dos_internal.zone_part_stored(int, jsonb) IS 'a row of a document as its table stores it; R2303 registrar, group or list';

CREATE FUNCTION dos_internal.zone_parts_apply(target int, proposed jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    d      record;
    stored jsonb;
    names  text;
    rule   text;
BEGIN
    IF NOT EXISTS (SELECT FROM dos_internal.zone_part AS p WHERE proposed ? p.part) THEN
        RETURN;
    END IF;
    FOR d IN SELECT p.place, x.* FROM dos_internal.zone_parts_diff(target, proposed) AS x JOIN dos_internal.zone_part AS p USING (part) WHERE x.would_be IS NULL ORDER BY x.n DESC LOOP
        EXECUTE format('DELETE FROM dos.%I AS t WHERE t.ctid = $1', d.place) USING d.stands_at;
    END LOOP;
    FOR d IN SELECT p.place, x.* FROM dos_internal.zone_parts_diff(target, proposed) AS x JOIN dos_internal.zone_part AS p USING (part) ORDER BY x.n, x.item LOOP
        stored := dos_internal.zone_part_stored(target, d.would_be);
        SELECT string_agg(quote_ident(k), ', ') INTO names FROM (SELECT k FROM jsonb_object_keys(stored) AS k UNION SELECT k FROM jsonb_object_keys(d.is_now - '{registrar,price_group,list}'::text[]) AS k) AS u;
        BEGIN
            EXECUTE CASE WHEN d.stands_at IS NULL THEN format('INSERT INTO dos.%I (%s) SELECT %2$s FROM jsonb_populate_record(NULL::dos.%1$I, $1)', d.place, names)
                         ELSE format('UPDATE dos.%I AS t SET (%s) = (SELECT %2$s FROM jsonb_populate_record(NULL::dos.%1$I, $1)) WHERE t.ctid = $2', d.place, names) END
              USING stored, d.stands_at;
        EXCEPTION WHEN integrity_constraint_violation OR data_exception THEN
            GET STACKED DIAGNOSTICS rule = CONSTRAINT_NAME;
            RAISE EXCEPTION '"%" cannot have "%"', d.part, d.item USING ERRCODE = SQLSTATE, CONSTRAINT = coalesce(rule, ''), COLUMN = d.part, DETAIL = SQLERRM;
        END;
    END LOOP;
END $$;
COMMENT ON FUNCTION dos_internal.zone_parts_apply(int, jsonb) IS 'make these parts of a zone''s policy those of a document: rows go, change and come; what the tables refuse, R2306, R2303, R2005';
