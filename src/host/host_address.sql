-- Addresses and place of a host.

CREATE FUNCTION dos_internal.host_addresses_require(addresses inet[]) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    odd  inet;
    most int;
BEGIN
    IF addresses = '{}' THEN
        RETURN;
    END IF;
    SELECT s.addresses_max INTO most FROM dos.host_setting AS s;
    IF cardinality(addresses) > most THEN
        PERFORM dos_internal.refuse(2306, 'host_addresses_too_many', 'host:addr', 'host has too many addresses', format('A host has at most %s addresses.', most));
    END IF;
    SELECT a INTO odd FROM unnest(addresses) AS a GROUP BY a HAVING count(*) > 1 LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2306, 'host_address_repeated', 'host:addr', format('address "%s" is given twice', host(odd)));
    END IF;
    SELECT a INTO odd FROM unnest(addresses) AS a
     WHERE masklen(a) <> CASE family(a) WHEN 4 THEN 32 ELSE 128 END
        OR EXISTS (SELECT FROM dos.address_range AS r WHERE r.refused AND a <<= r.network) LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2306, 'host_address_not_unicast', 'host:addr', format('address "%s" cannot be a name server''s', odd),
            coalesce((SELECT format('It is special: %s.', r.meaning) FROM dos.address_range AS r WHERE r.refused AND odd <<= r.network LIMIT 1),
                     'It is not the unicast address of one host.'));
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.host_addresses_require(inet[]) IS 'refuse repeated, too many (dos.host_setting) or special-purpose addresses (dos.address_range) (R2306)';

-- A name like an address could be read as one: the last label of a host name is no number.
CREATE FUNCTION dos_internal.host_name_is_good(name text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN strpos(name, '.') > 0 AND name !~ '[.][0-9]+$';
COMMENT ON FUNCTION dos_internal.host_name_is_good(text) IS 'has this canonical name several labels, and is the last one of them no number (RFC 1123 section 2.1)?';

CREATE FUNCTION dos_internal.host_name_require(name text, element text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF strpos(name, '.') = 0 THEN
        PERFORM dos_internal.refuse(2005, 'host_name_not_qualified', element, format('host name "%s" has one label only', name));
    ELSIF NOT dos_internal.host_name_is_good(name) THEN
        PERFORM dos_internal.refuse(2005, 'host_name_numeric', element, format('host name "%s" ends in a number', name), 'An address is not a name.');
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.host_name_require(text, text) IS 'refuse a canonical name that no host can have (R2005)';

-- The registered domain a host lies in or is named like, whoever sponsors it.
CREATE FUNCTION dos_internal.host_superordinate(name text) RETURNS dos.domain
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT d FROM dos.domain AS d
     WHERE d.name = ANY (ARRAY[host_superordinate.name] || dos_internal.dname_ancestors(host_superordinate.name))
     ORDER BY length(d.name) DESC
     LIMIT 1
$$;
COMMENT ON FUNCTION dos_internal.host_superordinate(text) IS 'the domain that a host name is subordinate to (RFC 5732 section 1.1), or NULL';

-- A subordinate host goes with its domain: at the instant, not when the lifecycle worker comes by.
CREATE FUNCTION dos_internal.host_is_gone(h dos.host) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    parent dos.domain;
BEGIN
    IF h.superordinate_id IS NULL THEN
        RETURN false;
    END IF;
    SELECT * INTO parent FROM dos.domain AS d WHERE d.id = h.superordinate_id;
    RETURN parent.id IS NULL OR (dos_internal.domain_is_due(parent) AND NOT (dos_internal.domain_state(parent, dos.now())).registered);
END $$;
COMMENT ON FUNCTION dos_internal.host_is_gone(dos.host) IS 'true when the superordinate domain of a host is no longer registered: every reader and verb takes the host for gone';

-- Where a host of this name may be: its superordinate domain, NULL for an external host.
CREATE FUNCTION dos_internal.host_place(name text, actor dos.registrar, addresses inet[]) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    zone   dos.zone := dos_internal.zone_of(name);
    parent dos.domain;
BEGIN
    IF zone.id IS NULL AND NOT EXISTS (SELECT FROM dos.zone AS z WHERE z.name = host_place.name) THEN
        IF cardinality(addresses) > 0 THEN
            PERFORM dos_internal.refuse(2306, 'host_external_address', 'host:addr', format('external host "%s" cannot have addresses', name));
        END IF;
        RETURN NULL;
    END IF;
    parent := dos_internal.host_superordinate(name);
    IF parent.id IS NOT NULL THEN
        -- a delete of the parent waits for us, or we for it
        SELECT * INTO parent FROM dos.domain AS d WHERE d.id = parent.id FOR KEY SHARE;
    END IF;
    IF parent.id IS NULL OR NOT (dos_internal.domain_state(parent, dos.now())).registered THEN
        PERFORM dos_internal.refuse(2303, 'host_superordinate_missing', 'host:name', format('no domain is registered above host "%s"', name));
    END IF;
    IF dos_internal.domain_sponsor(parent) <> actor.id THEN
        PERFORM dos_internal.refuse(2201, 'host_superordinate_of_other_registrar', 'host:name',
            format('domain "%s" is sponsored by another registrar', parent.name));
    END IF;
    IF 'pendingCreate' = ANY ((dos_internal.domain_state(parent, dos.now())).statuses) THEN
        PERFORM dos_internal.refuse(2304, 'host_superordinate_pending_create', 'host:name', format('domain "%s" waits for approval', parent.name),
            'Status "pendingCreate" is set.');
    END IF;
    IF 'pendingDelete' = ANY ((dos_internal.domain_state(parent, dos.now())).statuses) THEN
        PERFORM dos_internal.refuse(2304, 'host_superordinate_pending_delete', 'host:name', format('domain "%s" is being deleted', parent.name),
            'Status "pendingDelete" is set.');
    END IF;
    RETURN parent.id;
END $$;
COMMENT ON FUNCTION dos_internal.host_place(text, dos.registrar, inet[]) IS
    'id of the superordinate domain a registrar may put a host under, NULL outside our zones; R2303, R2201, R2304, R2306 addresses of an external host';

-- Every delegation that shows this host's name or addresses is to be published again: those that name the host, and
-- the domain above it, whose host attributes may name it too.
CREATE FUNCTION dos_internal.host_mark(host_id bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    affected record;
BEGIN
    FOR affected IN SELECT d.zone_id, array_agg(d.name::text) AS owners FROM dos.domain AS d
                     WHERE d.host_ids @> ARRAY[host_id]
                        OR d.id = (SELECT h.superordinate_id FROM dos.host AS h WHERE h.id = host_id)
                     GROUP BY d.zone_id LOOP
        PERFORM dos_internal.dns_mark(affected.zone_id, VARIADIC affected.owners);
    END LOOP;
END $$;
COMMENT ON FUNCTION dos_internal.host_mark(bigint) IS 'queue every domain that delegates to a host, and the one above it, for publication';

-- Times to live of a host's addresses (RFC 9803): those of the zone it is glue in.
CREATE FUNCTION dos_internal.host_ttls(parent_id bigint, stored jsonb, extensions jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF parent_id IS NULL THEN
        PERFORM dos_internal.refuse(2306, 'ttl_record_type', 'ttl:ttl', 'an external host has no records in our zones');
    END IF;
    RETURN dos_internal.ttls_change(dos_internal.zone_get((SELECT d.zone_id FROM dos.domain AS d WHERE d.id = parent_id)), stored, extensions -> 'ttl', '{A,AAAA}');
END $$;
COMMENT ON FUNCTION dos_internal.host_ttls(bigint, jsonb, jsonb) IS 'times to live of a host''s records after a create or update; R2306, R2004';

CREATE FUNCTION dos_internal.host_ttls_answer(h dos.host, extensions jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT nullif(jsonb_strip_nulls(jsonb_build_object('ttl', dos_internal.ttls_answer(dos_internal.zone_get(d.zone_id), h.ttls,
               coalesce((extensions -> 'ttl' ->> 'policy')::boolean, false), '{A,AAAA}'))), '{}')
      FROM dos.domain AS d WHERE d.id = h.superordinate_id
$$;
COMMENT ON FUNCTION dos_internal.host_ttls_answer(dos.host, jsonb) IS 'times to live of a host as an info shows them; NULL for nothing';
