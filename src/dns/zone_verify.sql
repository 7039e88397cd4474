-- The proof: the image compared with a computation of the whole zone from scratch, in one snapshot.

CREATE FUNCTION dos.zone_verify(zone text)
RETURNS TABLE (owner text, rtype text, problem text, pending boolean, published text[], expected text[])
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
DECLARE
    target  dos.zone := dos_internal.zone_by_name(zone);
    current dos.zone_serial := dos_internal.zone_current(target.id);
    waiting text[];
    piece   text[];
BEGIN
    IF current.serial IS NULL THEN
        RETURN QUERY SELECT target.name::text, 'SOA', 'never published', true, NULL::text[], NULL::text[];
        RETURN;
    END IF;
    waiting := dos_internal.dns_affected(target, ARRAY(SELECT DISTINCT q.owner FROM dos.dns_dirty AS q WHERE q.zone_id = target.id));
    FOR piece IN SELECT dos_internal.zone_name_pieces(target) LOOP
        RETURN QUERY
        SELECT d.name, dos_internal.dns_type_text(d.type),
               CASE WHEN d.malformed THEN 'parked' WHEN d.image IS NULL THEN 'missing' WHEN d.wanted IS NULL THEN 'extra'
                    WHEN d.image = d.wanted THEN 'ttl' ELSE 'different' END,
               d.name = ANY (coalesce(waiting, '{}')),
               ARRAY(SELECT d.image_ttl || ' ' || dos_internal.dns_rdata_text(d.type, r) FROM unnest(d.image) AS r),
               ARRAY(SELECT d.wanted_ttl || ' ' || dos_internal.dns_rdata_text(d.type, r) FROM unnest(d.wanted) AS r)
          FROM (SELECT coalesce(w.owner, p.owner) AS name, coalesce(w.rtype, p.rtype) AS type, p.ttl AS image_ttl, p.rdata AS image,
                       w.ttl AS wanted_ttl, w.rdata AS wanted, w.owner IS NOT NULL AND w.rdata IS NULL AS malformed
                  FROM dos_internal.dns_rrsets(target, piece) AS w
                  FULL JOIN dos_internal.dns_published_rrsets(target.id, piece) AS p ON p.owner = w.owner AND p.rtype = w.rtype
                 WHERE (w.ttl, w.rdata) IS DISTINCT FROM (p.ttl, p.rdata)) AS d
         ORDER BY dos_internal.dname_zone_key(d.name) COLLATE "C", d.type;
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
