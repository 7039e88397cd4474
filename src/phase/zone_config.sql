-- A zone's policy as a document: exported, compared, and applied as a whole in one audited transaction.

CREATE TRIGGER phase_history AFTER INSERT OR UPDATE OR DELETE ON dos.phase FOR EACH ROW EXECUTE FUNCTION dos_internal.policy_changed();
CREATE TRIGGER reserved_list_history AFTER INSERT OR UPDATE OR DELETE ON dos.reserved_list FOR EACH ROW EXECUTE FUNCTION dos_internal.policy_changed();
CREATE TRIGGER reserved_zone_history AFTER INSERT OR UPDATE OR DELETE ON dos.reserved_zone FOR EACH ROW EXECUTE FUNCTION dos_internal.policy_changed();
CREATE TRIGGER reserved_release_history AFTER INSERT OR UPDATE OR DELETE ON dos.reserved_release FOR EACH ROW EXECUTE FUNCTION dos_internal.policy_changed();
CREATE TRIGGER zone_idn_table_history AFTER INSERT OR UPDATE OR DELETE ON dos.zone_idn_table FOR EACH ROW EXECUTE FUNCTION dos_internal.policy_changed();

-- Columns that a document may set: not what identifies the zone, nor what other tables keep up to date.
CREATE FUNCTION dos_internal.zone_settings() RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute AS a
     WHERE a.attrelid = 'dos.zone'::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
       AND a.attname <> ALL ('{id,name,operator_id,created_at,has_records,blocks_drops}')
$$;
COMMENT ON FUNCTION dos_internal.zone_settings() IS 'the settings of a zone that a configuration document may hold';

CREATE FUNCTION dos.zone_config(zone text) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET intervalstyle = 'postgres' SET datestyle = 'ISO' AS $$
DECLARE
    z dos.zone := dos_internal.zone_require(zone);
BEGIN
    RETURN jsonb_build_object(
        'operator', (SELECT o.name FROM dos.operator AS o WHERE o.id = z.operator_id),
        'settings', (SELECT jsonb_object_agg(s.key, s.value) FROM jsonb_each(to_jsonb(z)) AS s WHERE s.key = ANY (dos_internal.zone_settings())),
        'nameservers', (SELECT coalesce(jsonb_agg(jsonb_build_object('name', n.name, 'addresses', n.addresses) ORDER BY n.name), '[]') FROM dos.zone_nameserver AS n WHERE n.zone_id = z.id),
        'states', (SELECT coalesce(jsonb_agg(s.state || ' ' || s.since ORDER BY s.since), '[]') FROM dos.zone_state AS s WHERE s.zone_id = z.id),
        'phases', (SELECT coalesce(jsonb_agg(to_jsonb(p) - '{id,zone_id,settled_at}'::text[] ORDER BY lower(p.during), p.name), '[]') FROM dos.phase AS p WHERE p.zone_id = z.id),
        'lists', (SELECT coalesce(jsonb_agg(l.name ORDER BY l.name), '[]') FROM dos.reserved_zone AS u JOIN dos.reserved_list AS l ON l.id = u.list_id WHERE u.zone_id = z.id),
        'ttls', (SELECT coalesce(jsonb_object_agg(t.record_type, to_jsonb(t) - '{zone_id,record_type}'::text[]), '{}') FROM dos.zone_ttl AS t WHERE t.zone_id = z.id),
        'emoji', (SELECT coalesce(jsonb_agg(e.sequence ORDER BY e.sequence), '[]') FROM dos.zone_emoji AS e WHERE e.zone_id = z.id),
        'variants', to_jsonb(dos_internal.variant_policy_of(z.id)) - 'zone_id',
        'idn_tables', (SELECT coalesce(jsonb_agg(t.name ORDER BY u.rank, t.id), '[]') FROM dos.zone_idn_table AS u JOIN dos.idn_table AS t ON t.id = u.table_id WHERE u.zone_id = z.id)) || dos_internal.zone_parts_said(z.id);
END $$;
COMMENT ON FUNCTION dos.zone_config(text) IS 'the policy of a zone as a document: operator, settings, name servers, states, phases, lists, IDN tables, emoji, variants, times to live, price policy, classes, prices, fees, early and expiry access, promotions, premium lists and patterns, released names, notices, disclosure, WHOIS lines, escrow, reports; R2303, R2201';

CREATE FUNCTION dos.zone_config_diff(zone text, proposed jsonb, OUT part text, OUT item text, OUT is_now jsonb, OUT would_be jsonb) RETURNS SETOF record
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET intervalstyle = 'postgres' SET datestyle = 'ISO' AS $$
DECLARE
    current jsonb := dos.zone_config(zone);
    unknown text;
BEGIN
    SELECT k INTO unknown
      FROM (SELECT k FROM jsonb_object_keys(proposed) AS k WHERE NOT current ? k
            UNION ALL SELECT k FROM jsonb_object_keys(coalesce(proposed -> 'settings', '{}')) AS k WHERE NOT current -> 'settings' ? k
            UNION ALL SELECT k FROM jsonb_array_elements(coalesce(proposed -> 'phases', '[]')) AS p, jsonb_object_keys(p) AS k WHERE NOT to_jsonb(jsonb_populate_record(NULL::dos.phase, '{}')) - '{id,zone_id,settled_at}'::text[] ? k) AS u (k) LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2306, 'zone_setting_unknown', unknown, format('"%s" is not a setting of a zone', unknown));
    END IF;
    RETURN QUERY
    SELECT d.part, d.item, d.is_now, d.would_be
      FROM (SELECT 'settings', s.key, current -> 'settings' -> s.key, s.value FROM jsonb_each(proposed -> 'settings') AS s
            UNION ALL
            SELECT 'phases', coalesce(o.p ->> 'name', n.p ->> 'name'), o.p, n.p
              FROM (SELECT p FROM jsonb_array_elements(current -> 'phases') AS p WHERE proposed ? 'phases') AS o
              FULL JOIN jsonb_array_elements(proposed -> 'phases') AS n (p) ON n.p ->> 'name' = o.p ->> 'name'
            UNION ALL
            SELECT k, NULL, current -> k, proposed -> k FROM unnest('{operator,nameservers,states,lists,idn_tables,ttls,emoji,variants}'::text[]) AS k WHERE proposed ? k
            UNION ALL
            SELECT p.part, nullif(p.item, ''), p.is_now, p.would_be FROM dos_internal.zone_parts_diff((dos_internal.zone_require(zone)).id, proposed) AS p) AS d (part, item, is_now, would_be)
     WHERE d.is_now IS DISTINCT FROM d.would_be
     ORDER BY d.part, d.item;
END $$;
COMMENT ON FUNCTION dos.zone_config_diff(text, jsonb) IS 'what a changed document would change; parts that it leaves out stay as they are; R2303 zone, R2306 a setting that is none';

CREATE FUNCTION dos.zone_config_apply(zone text, proposed jsonb, reason text) RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET intervalstyle = 'postgres' SET datestyle = 'ISO' AS $$
DECLARE
    target  int := (dos_internal.zone_require(zone)).id;
    d       record;
    changes int := 0;
    columns text;
    lists   int[];
BEGIN
    IF reason !~ '\S' OR reason IS NULL THEN
        PERFORM dos_internal.refuse(2003, 'zone_config_reason', 'reason', 'a configuration is applied for a reason');
    END IF;
    PERFORM FROM dos.zone AS z WHERE z.id = target FOR UPDATE;
    IF dos_internal.operator_limits() IS NOT NULL AND EXISTS (SELECT FROM dos.zone_config_diff(zone, proposed) AS c
                                                               WHERE c.item IN ('registrar_predicate', 'registrant_predicate') OR c.part = 'operator') THEN
        PERFORM dos_internal.refuse(2201, 'zone_config_registry', 'zone', 'this is set by the staff of the registry', 'A zone changes its operator, and conditions are SQL.');
    END IF;
    SELECT string_agg(format('%I = n.%1$I', c.item), ', ') INTO columns FROM dos.zone_config_diff(zone, proposed) AS c WHERE c.part = 'settings';
    IF columns IS NOT NULL THEN          -- one statement, for the settings of a zone are judged together
        EXECUTE format('UPDATE dos.zone AS z SET %s FROM jsonb_populate_record(NULL::dos.zone, $1) AS n WHERE z.id = $2', columns) USING proposed -> 'settings', target;
    END IF;
    PERFORM dos_internal.zone_parts_apply(target, proposed);      -- before phases, which open with prices
    FOR d IN SELECT * FROM dos.zone_config_diff(zone, proposed) AS c WHERE c.part <> 'settings' LOOP
        CASE d.part
            WHEN 'operator' THEN
                UPDATE dos.zone AS z SET operator_id = dos_internal.operator_choose(d.would_be #>> '{}') WHERE z.id = target;
            WHEN 'nameservers' THEN
                DELETE FROM dos.zone_nameserver AS n WHERE n.zone_id = target;
                INSERT INTO dos.zone_nameserver (zone_id, name, addresses)
                SELECT target, dos.dname(n.name), n.addresses FROM jsonb_to_recordset(d.would_be) AS n (name text, addresses inet[]);
            WHEN 'states' THEN
                PERFORM dos.zone_state_set(zone, VARIADIC ARRAY(SELECT jsonb_array_elements_text(d.would_be)));
            WHEN 'lists' THEN
                lists := ARRAY(SELECT coalesce((SELECT l.id FROM dos.reserved_zone AS u JOIN dos.reserved_list AS l ON l.id = u.list_id WHERE u.zone_id = target AND l.name = n),
                                               dos_internal.reserved_list_id(n)) FROM jsonb_array_elements_text(d.would_be) AS n);
                DELETE FROM dos.reserved_zone AS u WHERE u.zone_id = target;
                INSERT INTO dos.reserved_zone (zone_id, list_id) SELECT target, l FROM unnest(lists) AS l;
            WHEN 'ttls' THEN
                DELETE FROM dos.zone_ttl AS t WHERE t.zone_id = target;
                INSERT INTO dos.zone_ttl SELECT (jsonb_populate_record(NULL::dos.zone_ttl, t.value || jsonb_build_object('zone_id', target, 'record_type', t.key))).* FROM jsonb_each(d.would_be) AS t;
            WHEN 'emoji' THEN
                DELETE FROM dos.zone_emoji AS e WHERE e.zone_id = target;
                PERFORM dos.zone_emoji_allow(zone, VARIADIC ARRAY(SELECT jsonb_array_elements_text(d.would_be)));
            WHEN 'variants' THEN
                DELETE FROM dos.variant_policy AS p WHERE p.zone_id = target;
                INSERT INTO dos.variant_policy SELECT (jsonb_populate_record(NULL::dos.variant_policy, d.is_now || d.would_be || jsonb_build_object('zone_id', target))).*;
            WHEN 'idn_tables' THEN
                PERFORM dos.zone_idn_tables(zone, VARIADIC ARRAY(SELECT jsonb_array_elements_text(d.would_be)));
            ELSE
                IF d.would_be ->> 'names_list' <> coalesce(d.is_now ->> 'names_list', '') AND dos_internal.operator_limits() IS NOT NULL THEN
                    PERFORM dos_internal.reserved_list_id(d.would_be ->> 'names_list');
                END IF;
                DELETE FROM dos.phase AS p WHERE p.zone_id = target AND p.name = d.item AND d.would_be IS NULL;
                IF d.is_now IS NULL THEN
                    INSERT INTO dos.phase
                    SELECT (jsonb_populate_record(NULL::dos.phase, '{"rank": 100, "launch_required": false, "mode": "registration", "validation": true, "marks": false, "claims": false, '
                            '"token_required": false, "classes": [], "contacts_required": []}' || d.would_be || jsonb_build_object('id', nextval('dos.phase_id_seq'), 'zone_id', target))).*;
                ELSIF d.would_be IS NOT NULL THEN
                    SELECT string_agg(format('%I = n.%1$I', k), ', ') INTO columns FROM jsonb_object_keys(d.is_now) AS k;
                    EXECUTE format('UPDATE dos.phase AS p SET %s FROM jsonb_populate_record(NULL::dos.phase, $1) AS n WHERE p.zone_id = $2 AND p.name = $3', columns)
                      USING d.is_now || d.would_be, target, d.item;
                END IF;
        END CASE;
    END LOOP;
    UPDATE dos.policy_change AS c SET reason = zone_config_apply.reason WHERE c.transaction = pg_current_xact_id() AND c.reason IS NULL;
    GET DIAGNOSTICS changes = ROW_COUNT;
    RETURN changes;
END $$;
COMMENT ON FUNCTION dos.zone_config_apply(text, jsonb, text) IS
    'make a zone''s policy that of a document, all of it or nothing, with the reason kept beside each row changed; returns how many; R2303, R2306, R2003 reason, R2201, and what the tables refuse';
