-- What the lists of a zone say about a label.

CREATE FUNCTION dos_internal.reserved_on_list(list text, label text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM dos.reserved_list AS l JOIN dos.reserved_name AS n ON n.list_id = l.id
                    WHERE l.name = list AND n.label = reserved_on_list.label
                      AND (n.effective_at <= dos.now()) IS NOT FALSE AND (n.expires_at > dos.now()) IS NOT FALSE)
        OR EXISTS (SELECT FROM dos.reserved_list AS l JOIN dos.reserved_pattern AS p ON p.list_id = l.id
                    WHERE l.name = list AND CASE WHEN p.of_unicode THEN dos.dname_unicode(label) ELSE label END ~ p.pattern)
$$;
COMMENT ON FUNCTION dos_internal.reserved_on_list(text, text) IS 'whether a label is on a list now';

-- The lists that a zone uses: its own, those of all zones, and the shipped ones of Specification 5.
CREATE FUNCTION dos_internal.reserved_lists(zone_id int) RETURNS int[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(l.id ORDER BY l.id), '{}')
      FROM dos.reserved_list AS l, dos.zone AS z
     WHERE z.id = reserved_lists.zone_id
       AND (l.all_zones OR (l.id < 1000 AND coalesce(z.spec5, z.kind = 'generic'))
            OR EXISTS (SELECT FROM dos.reserved_zone AS u WHERE u.zone_id = z.id AND u.list_id = l.id))
$$;
COMMENT ON FUNCTION dos_internal.reserved_lists(int) IS 'ids of the lists that a zone uses, in force or not';

CREATE TYPE dos_internal.reserved_hit AS (rank int, class text, list text, answer text, token boolean, phase boolean, on_hold boolean);

CREATE FUNCTION dos_internal.reserved_hits(lists int[], patterns boolean, zone_id int, asked text, at timestamptz) RETURNS SETOF dos_internal.reserved_hit
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT c.rank, c.class, l.name, c.answer, c.token, c.phase, c.on_hold
      FROM (SELECT n.list_id FROM dos.reserved_name AS n
             WHERE n.label = asked AND n.list_id = ANY (lists)
               AND (n.effective_at <= at) IS NOT FALSE AND (n.expires_at > at) IS NOT FALSE
             UNION
            SELECT p.list_id FROM dos.reserved_pattern AS p
             WHERE patterns AND p.list_id = ANY (lists) AND CASE WHEN p.of_unicode THEN dos.dname_unicode(asked) ELSE asked END ~ p.pattern) AS h
      JOIN dos.reserved_list AS l ON l.id = h.list_id
      JOIN dos.reserved_classes() AS c ON c.class = l.class
     WHERE (l.effective_at <= at) IS NOT FALSE AND (l.expires_at > at) IS NOT FALSE
       AND NOT EXISTS (SELECT FROM dos.reserved_release AS r WHERE r.zone_id = reserved_hits.zone_id AND r.label = asked)
     ORDER BY c.rank, l.name;
END $$;
COMMENT ON FUNCTION dos_internal.reserved_hits(int[], boolean, int, text, timestamptz) IS 'the lists in force that hold a label, strongest class first';

CREATE FUNCTION dos.reserved_explain(name text, at timestamptz DEFAULT dos.now(),
                                     OUT list text, OUT class text, OUT token boolean, OUT phase boolean) RETURNS SETOF record
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    canonical text := dos.dname(name);
    zone      dos.zone := dos_internal.zone_of_require(canonical);
BEGIN
    RETURN QUERY SELECT h.list, h.class, h.token, h.phase
      FROM dos_internal.reserved_hits(dos_internal.reserved_lists(zone.id), true, zone.id, left(canonical, -length(zone.name) - 1), at) AS h;
END $$;
COMMENT ON FUNCTION dos.reserved_explain(text, timestamptz) IS 'the lists in force that hold a name, strongest class first, and what releases them; R2005 name, R2306 in no zone, R2201';
