-- What the DNS gateway asks for: zones, SOA, and the records of full and incremental transfers.

CREATE FUNCTION dos.dns_zones() RETURNS TABLE (zone text, serial bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT z.name, c.serial & 4294967295
      FROM dos.zone AS z CROSS JOIN LATERAL dos_internal.zone_current(z.id) AS c
     WHERE c.serial IS NOT NULL
     ORDER BY z.name
$$;
COMMENT ON FUNCTION dos.dns_zones() IS 'every zone that was published, with its serial';

CREATE FUNCTION dos.dns_soa(zone text) RETURNS bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT dos_internal.dns_rr(z.name, 6, c.soa_ttl, c.soa)
              FROM dos.zone AS z CROSS JOIN LATERAL dos_internal.zone_current(z.id) AS c
             WHERE z.name = lower(rtrim(dns_soa.zone, '.')));
END $$;
COMMENT ON FUNCTION dos.dns_soa(text) IS 'the published SOA record in wire form, uncompressed; NULL for an unknown or unpublished zone';

-- The records of a full transfer (RFC 5936 section 2.2). Inlined into its caller, so that a cursor streams it. In the order of
-- names: a name server that puts them into memory as they come finds them side by side when it walks the zone (docs/dns.md).
CREATE FUNCTION dos_internal.dns_axfr_rows(zone text) RETURNS TABLE (owner text, rtype int, ttl int, rdata bytea[])
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT z.name::text, 6, c.soa_ttl, ARRAY[c.soa]
      FROM dos.zone AS z CROSS JOIN LATERAL dos_internal.zone_current(z.id) AS c
     WHERE z.name = lower(rtrim(dns_axfr_rows.zone, '.')) AND c.serial IS NOT NULL
    UNION ALL
    SELECT i.owner, i.rtype, i.ttl, i.rdata
      FROM (SELECT o.* FROM dos.dns_image AS o
             WHERE o.zone_id = (SELECT z.id FROM dos.zone AS z WHERE z.name = lower(rtrim(dns_axfr_rows.zone, '.')))
             ORDER BY o.owner, o.rtype OFFSET 0) AS i
    UNION ALL
    SELECT z.name::text, 6, c.soa_ttl, ARRAY[c.soa]
      FROM dos.zone AS z CROSS JOIN LATERAL dos_internal.zone_current(z.id) AS c
     WHERE z.name = lower(rtrim(dns_axfr_rows.zone, '.')) AND c.serial IS NOT NULL;
END;
COMMENT ON FUNCTION dos_internal.dns_axfr_rows(text) IS 'SOA, all RRsets of the image in the order of their names, SOA';

-- Every batch after a serial: SOA before it, what left, SOA after it, what came (RFC 1995 section 4).
CREATE FUNCTION dos_internal.dns_journal_rows(zone dos.zone, after_serial bigint)
RETURNS TABLE (owner text, rtype int, ttl int, rdata bytea[])
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT r.owner, r.rtype, r.ttl, r.rdata
      FROM (SELECT s.serial, false AS added, true AS soa, (zone).name::text AS owner, 6 AS rtype, s.old_ttl AS ttl, ARRAY[s.old_soa] AS rdata
              FROM (SELECT z.serial, lag(z.soa) OVER w AS old_soa, lag(z.soa_ttl) OVER w AS old_ttl
                      FROM dos.zone_serial AS z WHERE z.zone_id = (zone).id AND z.serial >= after_serial
                    WINDOW w AS (ORDER BY z.serial)) AS s
             WHERE s.serial > after_serial
            UNION ALL
            SELECT s.serial, true, true, (zone).name, 6, s.soa_ttl, ARRAY[s.soa]
              FROM dos.zone_serial AS s WHERE s.zone_id = (zone).id AND s.serial > after_serial
            UNION ALL
            SELECT j.serial, j.added, false, j.owner, j.rtype, j.ttl, j.rdata
              FROM dos.dns_journal AS j WHERE j.zone_id = (zone).id AND j.serial > after_serial) AS r
     ORDER BY r.serial, r.added, r.soa DESC, r.owner, r.rtype;
END;
COMMENT ON FUNCTION dos_internal.dns_journal_rows(dos.zone, bigint) IS 'the journal of a zone after a serial, batch by batch, as IXFR wants it';

-- The same as one batch: only what a secondary at that serial lacks or has too much (RFC 1995 section 5).
CREATE FUNCTION dos_internal.dns_journal_condensed(zone dos.zone, after_serial bigint)
RETURNS TABLE (owner text, rtype int, ttl int, rdata bytea[])
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT r.owner, r.rtype, r.ttl, r.rdata
      FROM (SELECT false AS added, true AS soa, (zone).name::text AS owner, 6 AS rtype, s.soa_ttl AS ttl, ARRAY[s.soa] AS rdata
              FROM dos.zone_serial AS s WHERE s.zone_id = (zone).id AND s.serial = after_serial
            UNION ALL
            SELECT true, true, (zone).name, 6, c.soa_ttl, ARRAY[c.soa] FROM dos_internal.zone_current((zone).id) AS c
            UNION ALL
            SELECT sum(CASE WHEN j.added THEN 1 ELSE -1 END) > 0, false, j.owner, j.rtype, j.ttl, ARRAY[d]
              FROM dos.dns_journal AS j CROSS JOIN unnest(j.rdata) AS d
             WHERE j.zone_id = (zone).id AND j.serial > after_serial
             GROUP BY j.owner, j.rtype, j.ttl, d
            HAVING sum(CASE WHEN j.added THEN 1 ELSE -1 END) <> 0) AS r
     ORDER BY r.added, r.soa DESC, r.owner, r.rtype, r.rdata;
END;
COMMENT ON FUNCTION dos_internal.dns_journal_condensed(dos.zone, bigint) IS 'the net change of a zone after a serial, as one batch';

-- The records of an incremental transfer. No rows: the serial is not in the journal, transfer the whole zone.
CREATE FUNCTION dos_internal.dns_ixfr_rows(zone text, from_serial bigint, condensed boolean)
RETURNS TABLE (owner text, rtype int, ttl int, rdata bytea[])
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET jit = off AS $$
DECLARE
    target  dos.zone;
    current dos.zone_serial;
    base    bigint;
    soa     record;
BEGIN
    SELECT * INTO target FROM dos.zone AS z WHERE z.name = lower(rtrim(dns_ixfr_rows.zone, '.'));
    current := dos_internal.zone_current(target.id);
    IF current.serial IS NULL THEN
        RETURN;
    END IF;
    IF dos.serial_compare(from_serial, current.serial) >= 0 THEN
        RETURN QUERY SELECT target.name::text, 6, current.soa_ttl, ARRAY[current.soa];
        RETURN;
    END IF;
    -- the newest serial with these low 32 bits
    SELECT s.serial INTO base FROM dos.zone_serial AS s
     WHERE s.zone_id = target.id AND s.serial = current.serial - ((current.serial - from_serial) & 4294967295);
    IF base IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT target.name::text, 6, current.soa_ttl, ARRAY[current.soa];
    IF condensed THEN
        RETURN QUERY SELECT j.owner, j.rtype, j.ttl, j.rdata FROM dos_internal.dns_journal_condensed(target, base) AS j;
    ELSE
        RETURN QUERY SELECT j.owner, j.rtype, j.ttl, j.rdata FROM dos_internal.dns_journal_rows(target, base) AS j;
    END IF;
    RETURN QUERY SELECT target.name::text, 6, current.soa_ttl, ARRAY[current.soa];
END $$;
COMMENT ON FUNCTION dos_internal.dns_ixfr_rows(text, bigint, boolean) IS
    'records of an IXFR answer: one SOA when up to date, nothing when the journal does not reach back';

CREATE FUNCTION dos.dns_axfr(zone text) RETURNS SETOF bytea
LANGUAGE c STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'dos_sql_dns_axfr';
COMMENT ON FUNCTION dos.dns_axfr(text) IS
    'a full transfer (RFC 5936) as runs of wire records of at most 60,000 octets, each to stand behind a header and the question; call it in the select list to stream';

CREATE FUNCTION dos.dns_ixfr(zone text, from_serial bigint, condensed boolean DEFAULT false) RETURNS SETOF bytea
LANGUAGE c STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'dos_sql_dns_ixfr';
COMMENT ON FUNCTION dos.dns_ixfr(text, bigint, boolean) IS
    'an incremental transfer (RFC 1995) in the form of dos.dns_axfr(): one SOA when up to date, nothing when AXFR must be used';

REVOKE EXECUTE ON FUNCTION dos.dns_zones(), dos.dns_soa(text), dos.dns_axfr(text), dos.dns_ixfr(text, bigint, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION dos.dns_zones(), dos.dns_soa(text), dos.dns_axfr(text), dos.dns_ixfr(text, bigint, boolean) TO dos_dns;
