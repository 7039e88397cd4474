-- The zone as a master file (RFC 1035 section 5), from one snapshot, sorted as DNSSEC sorts (RFC 4034
-- section 6.1).

CREATE FUNCTION dos_internal.zone_file_rows(zone text) RETURNS TABLE (owner text, rtype int, ttl int, rdata bytea[])
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT z.name::text, 6, c.soa_ttl, ARRAY[c.soa]
      FROM dos_internal.zone_by_name(zone_file_rows.zone) AS z, dos_internal.zone_current(z.id) AS c
     WHERE c.serial IS NOT NULL
    UNION ALL
    SELECT i.owner, i.rtype, i.ttl, i.rdata
      FROM (SELECT o.* FROM dos.dns_image AS o
             WHERE o.zone_id = (SELECT z.id FROM dos_internal.zone_by_name(zone_file_rows.zone) AS z)
             ORDER BY dos_internal.dname_zone_key(o.owner), o.rtype OFFSET 0) AS i;
END;
COMMENT ON FUNCTION dos_internal.zone_file_rows(text) IS 'SOA, then all RRsets of the image in DNSSEC order';

CREATE FUNCTION dos.zone_file(zone text) RETURNS SETOF text
LANGUAGE c STABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_zone_file';
COMMENT ON FUNCTION dos.zone_file(text) IS
    'the published zone as lines of a master file (RFC 1035 section 5), SOA first, sorted; nothing when it was never published. COPY (SELECT dos.zone_file(...)) streams it. R2303';
