-- The zone as a master file (RFC 1035 section 5), from one snapshot, sorted as DNSSEC sorts (RFC 4034
-- section 6.1). One line a value, so COPY (SELECT dos.zone_file('example')) TO ... streams it.

CREATE FUNCTION dos.zone_file(zone text) RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp SET jit = off SET enable_memoize = off AS $$
    WITH target AS MATERIALIZED (SELECT z.name, c.* FROM dos_internal.zone_by_name(zone_file.zone) AS z, dos_internal.zone_current(z.id) AS c)
    SELECT format('%s. %s IN SOA %s', t.name, t.soa_ttl, dos_internal.dns_rdata_text(6, t.soa)) FROM target AS t WHERE t.soa IS NOT NULL
    UNION ALL
    (SELECT i.owner || '. ' || i.ttl || ' IN ' || dos_internal.dns_type_text(i.rtype) || ' ' || dos_internal.dns_rdata_text(i.rtype, r)
       -- rows are sorted, then taken apart: the RDATA in each are in order already
       FROM (SELECT * FROM dos.dns_image AS o WHERE o.zone_id = (SELECT t.zone_id FROM target AS t)
              ORDER BY dos_internal.dname_zone_key(o.owner), o.rtype OFFSET 0) AS i CROSS JOIN unnest(i.rdata) AS r)
$$;
COMMENT ON FUNCTION dos.zone_file(text) IS 'the published zone as lines of a master file (RFC 1035 section 5), SOA first, sorted; nothing when it was never published. R2303';
