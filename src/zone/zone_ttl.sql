-- Times to live that registrars may set on the records of their objects (RFC 9803). What is not listed here is
-- not theirs to set; the default is that of the zone.

CREATE TABLE dos.zone_ttl (
    zone_id     int  NOT NULL CONSTRAINT zone_ttl_zone REFERENCES dos.zone ON DELETE CASCADE,
    record_type text NOT NULL CONSTRAINT zone_ttl_record_type_known CHECK (record_type IN ('NS', 'DS', 'A', 'AAAA')),
    ttl_min     int  NOT NULL CONSTRAINT zone_ttl_min_range CHECK (ttl_min BETWEEN 0 AND 2147483647),
    ttl_max     int  NOT NULL CONSTRAINT zone_ttl_max_range CHECK (ttl_max BETWEEN 0 AND 2147483647),
    CONSTRAINT zone_ttl_pkey PRIMARY KEY (zone_id, record_type),
    CONSTRAINT zone_ttl_order CHECK (ttl_min < ttl_max)
);
COMMENT ON TABLE dos.zone_ttl IS 'record types whose time to live registrars may set, and between which seconds (RFC 9803): NS and DS on domains, A and AAAA on hosts';
SELECT pg_catalog.pg_extension_config_dump('dos.zone_ttl', '');

CREATE FUNCTION dos.zone_ttl_set(zone text, record_type text, ttl_min int, ttl_max int) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO dos.zone_ttl AS t (zone_id, record_type, ttl_min, ttl_max)
    VALUES ((dos_internal.zone_require(zone)).id, record_type, ttl_min, ttl_max)
    ON CONFLICT ON CONSTRAINT zone_ttl_pkey DO UPDATE SET ttl_min = EXCLUDED.ttl_min, ttl_max = EXCLUDED.ttl_max
$$;
COMMENT ON FUNCTION dos.zone_ttl_set(text, text, int, int) IS 'let registrars set the time to live of a record type (NS, DS, A, AAAA) between so many seconds (RFC 9803); R2303, 23514';

CREATE FUNCTION dos_internal.ttl_default(zone dos.zone, record_type text) RETURNS int
LANGUAGE sql IMMUTABLE
RETURN CASE record_type WHEN 'NS' THEN zone.ttl_ns WHEN 'DS' THEN zone.ttl_ds ELSE zone.ttl_address END;
COMMENT ON FUNCTION dos_internal.ttl_default(dos.zone, text) IS 'the zone''s own time to live of a record type';

-- What an object stores after a command: {"NS": 3600}, without what is left to the zone; NULL for nothing.
CREATE FUNCTION dos_internal.ttls_change(zone dos.zone, stored jsonb, asked jsonb, record_types text[]) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one   jsonb;
    kind  text;
    rule  dos.zone_ttl;
BEGIN
    FOR one IN SELECT a FROM jsonb_array_elements(dos_internal.json_list(asked, 'ttl:ttl')) AS a LOOP
        kind := CASE one ->> 'for' WHEN 'custom' THEN one ->> 'custom' ELSE one ->> 'for' END;
        IF kind IS NULL OR (one ? 'custom' AND one ->> 'for' <> 'custom') THEN
            PERFORM dos_internal.refuse(CASE WHEN kind IS NULL THEN 2003 ELSE 2005 END, 'ttl_custom', 'ttl:ttl', 'a custom record type, and only one, is named');
        END IF;
        SELECT * INTO rule FROM dos.zone_ttl AS t WHERE t.zone_id = zone.id AND t.record_type = kind AND kind = ANY (record_types);
        IF NOT FOUND THEN
            PERFORM dos_internal.refuse(2306, 'ttl_record_type', 'ttl:ttl', format('the time to live of "%s" records cannot be set', kind));
        ELSIF dos_internal.json_number(one ->> 'ttl', 'ttl:ttl') NOT BETWEEN rule.ttl_min AND rule.ttl_max THEN
            PERFORM dos_internal.refuse(2004, 'ttl_range', 'ttl:ttl', 'the time to live is out of range',
                format('That of "%s" records lies between %s and %s seconds.', kind, rule.ttl_min, rule.ttl_max));
        END IF;
        stored := coalesce(stored, '{}') || jsonb_build_object(kind, one -> 'ttl');
    END LOOP;
    RETURN nullif(jsonb_strip_nulls(stored), '{}');
END $$;
COMMENT ON FUNCTION dos_internal.ttls_change(dos.zone, jsonb, jsonb, text[]) IS
    'times to live of an object after a create or update (RFC 9803 section 2.2): R2306 a type that may not be set, R2004 out of range, R2003, R2005 custom';

-- What an info answers: what differs from the zone, or with the policy all that may be set.
CREATE FUNCTION dos_internal.ttls_answer(zone dos.zone, stored jsonb, policy boolean, record_types text[]) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_agg(CASE WHEN policy THEN jsonb_build_object('for', k.kind, 'ttl', coalesce((stored ->> k.kind)::int, dos_internal.ttl_default(zone, k.kind)),
                                                              'min', t.ttl_min, 'max', t.ttl_max, 'default', dos_internal.ttl_default(zone, k.kind))
                          ELSE jsonb_build_object('for', k.kind, 'ttl', (stored ->> k.kind)::int) END ORDER BY k.n)
      FROM unnest(record_types) WITH ORDINALITY AS k (kind, n)
      LEFT JOIN dos.zone_ttl AS t ON t.zone_id = zone.id AND t.record_type = k.kind
     WHERE CASE WHEN policy THEN t.zone_id IS NOT NULL ELSE stored ? k.kind END
$$;
COMMENT ON FUNCTION dos_internal.ttls_answer(dos.zone, jsonb, boolean, text[]) IS 'times to live of an object as an info shows them (RFC 9803 section 2.1.1), or NULL';
