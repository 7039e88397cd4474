-- DS and key data of a delegation (RFC 5910) and what a zone's policy says of it.

CREATE FUNCTION dos_internal.secdns_canonical(data text[], keys boolean) RETURNS text[]
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_secdns_canonical';
COMMENT ON FUNCTION dos_internal.secdns_canonical(text[], boolean) IS
    'DS ("tag algorithm digesttype HEX[ key]") or keys ("flags protocol algorithm BASE64") in canonical form; R2005 when not valid (RFC 4034)';

CREATE FUNCTION dos_internal.secdns_require(zone dos.zone, ds text[], keys text[]) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    odd text;
BEGIN
    IF ds = '{}' AND keys = '{}' THEN
        RETURN;
    END IF;
    IF cardinality(ds) + cardinality(keys) > zone.ds_max THEN
        PERFORM dos_internal.refuse(2306, 'secdns_too_many', 'secDNS:dsData', 'too many DNSSEC records',
            format('A domain of zone "%s" has at most %s.', zone.name, zone.ds_max));
    END IF;
    IF ds <> '{}' AND keys <> '{}' THEN
        PERFORM dos_internal.refuse(2306, 'secdns_mixed_interfaces', 'secDNS:keyData', 'DS data and key data cannot be mixed',
            'A domain uses one of the two interfaces (RFC 5910 section 4).');
    END IF;
    SELECT d INTO odd FROM unnest(ds) AS d
     WHERE split_part(d, ' ', 2)::int <> ALL (zone.ds_algorithms) OR split_part(d, ' ', 3)::int <> ALL (zone.ds_digests) LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2306, 'secdns_not_allowed', 'secDNS:dsData', 'DNSSEC algorithm or digest type is not allowed',
            format('Algorithms %s and digest types %s are.', array_to_string(zone.ds_algorithms, ', '), array_to_string(zone.ds_digests, ', ')));
    END IF;
    SELECT k INTO odd FROM unnest(keys) AS k WHERE split_part(k, ' ', 3)::int <> ALL (zone.ds_algorithms) LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2306, 'secdns_not_allowed', 'secDNS:keyData', 'DNSSEC algorithm is not allowed',
            format('Algorithms %s are.', array_to_string(zone.ds_algorithms, ', ')));
    END IF;
    IF (SELECT count(*) <> count(DISTINCT d) FROM unnest(ds || keys) AS d) THEN
        PERFORM dos_internal.refuse(2306, 'secdns_repeated', 'secDNS:dsData', 'DNSSEC data is given twice');
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.secdns_require(dos.zone, text[], text[]) IS 'refuse DNSSEC data that the zone''s policy does not allow (R2306)';

-- The records of a domain after an update: RFC 5910 section 5.2.5, removals first.
CREATE FUNCTION dos_internal.secdns_change(stored text[], removed text[], added text[], element text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    odd text;
BEGIN
    SELECT d INTO odd FROM unnest(removed) AS d WHERE d <> ALL (stored) LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2306, 'secdns_absent', element, 'DNSSEC data to be removed is not there', format('"%s"', left(odd, 100)));
    END IF;
    stored := ARRAY(SELECT d FROM unnest(stored) WITH ORDINALITY AS s (d, n) WHERE removed IS NULL OR d <> ALL (removed) ORDER BY n);
    SELECT d INTO odd FROM unnest(added) AS d WHERE d = ANY (stored) LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2306, 'secdns_present', element, 'DNSSEC data to be added is there already', format('"%s"', left(odd, 100)));
    END IF;
    RETURN stored || coalesce(added, '{}');
END $$;
COMMENT ON FUNCTION dos_internal.secdns_change(text[], text[], text[], text) IS 'DNSSEC data after removals and additions, or R2306 naming what is absent or present';
