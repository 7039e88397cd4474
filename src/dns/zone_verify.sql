-- The proof: the image compared with a computation of the whole zone from scratch, in one snapshot.

CREATE FUNCTION dos.zone_verify(zone text)
RETURNS TABLE (owner text, rtype text, problem text, pending boolean, published text[], expected text[])
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
    target  dos.zone := dos_internal.zone_by_name(zone);
    current dos.zone_serial := dos_internal.zone_current(target.id);
    piece   text[];
BEGIN
    IF current.serial IS NULL THEN
        RETURN QUERY SELECT target.name::text, 'SOA', 'never published', true, NULL::text[], NULL::text[];
        RETURN;
    END IF;
    FOR piece IN SELECT dos_internal.zone_name_pieces(target) LOOP
        RETURN QUERY
        SELECT owner, dos_internal.dns_type_text(rtype),
               CASE WHEN w.owner IS NOT NULL AND w.rdata IS NULL THEN 'parked' WHEN p.rdata IS NULL THEN 'missing'
                    WHEN w.rdata IS NULL THEN 'extra' WHEN p.rdata = w.rdata THEN 'ttl' ELSE 'different' END,
               EXISTS (SELECT FROM dos.dns_dirty AS q WHERE q.zone_id = target.id
                          AND (q.owner = target.name OR dos_internal.dname_within(owner, q.owner) OR q.owner = ANY (
                               SELECT i.owner FROM dos.dns_image AS i WHERE i.zone_id = target.id AND i.owner = q.owner AND i.rtype = 2
                                  AND owner = ANY (dos_internal.dns_rdata_ns_names(i.rdata))))),
               ARRAY(SELECT p.ttl || ' ' || dos_internal.dns_rdata_text(rtype, r) FROM unnest(p.rdata) AS r),
               ARRAY(SELECT w.ttl || ' ' || dos_internal.dns_rdata_text(rtype, r) FROM unnest(w.rdata) AS r)
          FROM dos_internal.dns_rrsets(target, piece) AS w
          FULL JOIN (SELECT i.owner, i.rtype, i.ttl, i.rdata FROM dos.dns_image AS i WHERE i.zone_id = target.id AND i.owner = ANY (piece)) AS p
         USING (owner, rtype)
         WHERE (w.ttl, w.rdata) IS DISTINCT FROM (p.ttl, p.rdata);
    END LOOP;
    IF current.soa <> dos_internal.zone_soa(target, current.serial) OR current.soa_ttl <> target.ttl_soa THEN
        RETURN QUERY SELECT target.name::text, 'SOA', 'different', EXISTS (SELECT FROM dos.dns_dirty AS q WHERE q.zone_id = target.id AND q.owner = target.name),
            ARRAY[current.soa_ttl || ' ' || dos_internal.dns_rdata_text(6, current.soa)],
            ARRAY[target.ttl_soa || ' ' || dos_internal.dns_rdata_text(6, dos_internal.zone_soa(target, current.serial))];
    END IF;
    IF current.rrsets <> (SELECT count(*) FROM dos.dns_image AS i WHERE i.zone_id = target.id) THEN
        RETURN QUERY SELECT target.name::text, 'SOA', 'count of RRsets is wrong', false, NULL::text[], NULL::text[];
    END IF;
END $$;
COMMENT ON FUNCTION dos.zone_verify(text) IS
    'compare the image with a computation of the whole zone from the registry: no rows is proof that they are equal; pending rows wait for the publisher. R2303';
