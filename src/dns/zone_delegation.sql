-- What should be in a zone, computed from the registry: the one source for the publisher, for
-- dos.zone_verify() and for first publications. All functions see the snapshot of their caller.

-- A delegation of the zone by its exact name: a registered domain, or a child zone of this registry.
-- Inlined into its callers.
CREATE FUNCTION dos_internal.dns_delegation(zone_id int, owner text)
RETURNS TABLE (name text, delegated boolean, servers text[], attributes dos.host_attribute[], ds text[], keys text[], ttls jsonb)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT d.name::text, s.delegated,
           -- a name that has expired and is parked goes to the zone's own servers, unsigned
           CASE WHEN s.parked THEN (SELECT p.park_servers FROM dos.zone AS p WHERE p.id = d.zone_id)
                ELSE ARRAY(SELECT h.name::text FROM dos.host AS h WHERE h.id = ANY (d.host_ids)
                           UNION ALL SELECT a.name FROM unnest(d.host_attrs) AS a) END,
           d.host_attrs, CASE WHEN s.parked THEN '{}' ELSE d.ds END, CASE WHEN s.parked THEN '{}' ELSE d.keys END, d.ttls
      FROM dos.domain AS d
      CROSS JOIN LATERAL dos_internal.domain_state(d, dos.now()) AS s
     WHERE d.name = dns_delegation.owner AND d.zone_id = dns_delegation.zone_id AND s.registered
       AND NOT EXISTS (SELECT FROM dos.zone AS z WHERE z.name = d.name)
    UNION ALL
    SELECT z.name::text, true,
           ARRAY(SELECT n.name::text FROM dos.zone_nameserver AS n WHERE n.zone_id = z.id),
           ARRAY(SELECT ROW (n.name, n.addresses)::dos.host_attribute FROM dos.zone_nameserver AS n WHERE n.zone_id = z.id),
           z.ds, '{}', NULL
      FROM dos.zone AS z
     WHERE z.name = dns_delegation.owner
       AND dns_delegation.zone_id = (SELECT p.id FROM dos.zone AS p WHERE p.name = ANY (dos_internal.dname_ancestors(z.name))
                                      ORDER BY length(p.name) DESC LIMIT 1);
END;
COMMENT ON FUNCTION dos_internal.dns_delegation(int, text) IS
    'the registered domain or child zone of this name in a zone: whether delegated, to which servers, with which DS';

-- Does any delegation of the zone, other than the one above the server, use it?
CREATE FUNCTION dos_internal.dns_server_used(zone_id int, server text, host_id bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM dos.domain AS d CROSS JOIN LATERAL dos_internal.domain_state(d, dos.now()) AS s
                    WHERE d.host_ids @> ARRAY[dns_server_used.host_id] AND d.zone_id = dns_server_used.zone_id AND s.delegated)
        OR EXISTS (SELECT FROM dos.domain AS d CROSS JOIN LATERAL dos_internal.domain_state(d, dos.now()) AS s
                    WHERE dos_internal.dns_sibling_servers(d.name, d.host_attrs) <> '{}'
                      AND dos_internal.dns_sibling_servers(d.name, d.host_attrs) @> ARRAY[dns_server_used.server]
                      AND d.zone_id = dns_server_used.zone_id AND s.delegated)
        OR EXISTS (SELECT FROM dos.zone_nameserver AS n JOIN dos.zone AS z ON z.id = n.zone_id
                    WHERE n.name = dns_server_used.server
                      AND dns_server_used.zone_id = (SELECT p.id FROM dos.zone AS p WHERE p.name = ANY (dos_internal.dname_ancestors(z.name))
                                                      ORDER BY length(p.name) DESC LIMIT 1));
END $$;
COMMENT ON FUNCTION dos_internal.dns_server_used(int, text, bigint) IS 'does a published delegation of the zone name this server (and host object, if there is one)?';

-- The situation of a server's addresses, in the words of dos.dns_rules(). The cheap questions come first;
-- who uses the server is asked only when the answer may depend on it.
CREATE FUNCTION dos_internal.dns_glue_situation(zone dos.zone, server text, host_id bigint, above record) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    situation text;
BEGIN
    IF NOT dos_internal.dname_within(server, zone.name) THEN
        RETURN 'glue-outside';
    END IF;
    IF above.delegated AND server = ANY (above.servers) THEN
        RETURN 'glue-inside';
    END IF;
    situation := CASE
        WHEN above.delegated IS NOT TRUE THEN 'glue-undelegated'
        WHEN EXISTS (SELECT FROM unnest(above.servers) AS s
                      WHERE dos_internal.dname_within(s, above.name) OR NOT dos_internal.dname_within(s, zone.name)) THEN 'glue-sibling'
        ELSE 'glue-circle'
    END;
    IF dos_internal.dns_published(situation, zone.glue) AND NOT dos_internal.dns_server_used(zone.id, server, host_id) THEN
        RETURN 'glue-orphan';
    END IF;
    RETURN situation;
END $$;
COMMENT ON FUNCTION dos_internal.dns_glue_situation(dos.zone, text, bigint, record) IS
    'which row of dos.dns_rules() the addresses of a server fall under, given the delegation above it';

-- The addresses to publish for a name, NULL when none. They come from the host object, from the domain
-- above the name, or from the zone's own servers; never from another domain that merely uses the server.
CREATE FUNCTION dos_internal.dns_glue(zone dos.zone, server text) RETURNS inet[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    apex_addresses inet[];
    host           record;
    above          record;
    addresses      inet[];
BEGIN
    SELECT n.addresses INTO apex_addresses FROM dos.zone_nameserver AS n WHERE n.zone_id = zone.id AND n.name = server;
    SELECT h.id, h.addresses INTO host FROM dos.host AS h WHERE h.name = server;
    IF apex_addresses IS NOT NULL THEN
        RETURN CASE WHEN dos_internal.dname_within(server, zone.name) AND dos_internal.dns_published('glue-apex', zone.glue)
                    THEN coalesce(nullif(apex_addresses, '{}'), host.addresses) END;
    END IF;
    SELECT d.* INTO above FROM unnest(server || dos_internal.dname_ancestors(server)) AS candidate(name)
      CROSS JOIN LATERAL dos_internal.dns_delegation(zone.id, candidate.name) AS d
     WHERE length(candidate.name) > length(zone.name)
     ORDER BY length(d.name) LIMIT 1;
    addresses := coalesce(host.addresses, '{}')
              || ARRAY(SELECT a FROM unnest(above.attributes) AS attribute CROSS JOIN unnest(attribute.addresses) AS a WHERE attribute.name = server);
    IF addresses = '{}' OR NOT dos_internal.dns_published(dos_internal.dns_glue_situation(zone, server, host.id, above), zone.glue) THEN
        RETURN NULL;
    END IF;
    RETURN addresses;
END $$;
COMMENT ON FUNCTION dos_internal.dns_glue(dos.zone, text) IS 'addresses published at a name of the zone, by dos.dns_rules(); NULL for none';

-- The RRsets that belong at these names of the zone. RDATA is NULL where the registry holds something
-- that cannot be a record: the publisher parks that name.
CREATE FUNCTION dos_internal.dns_rrsets(zone dos.zone, owners text[])
RETURNS TABLE (owner text, rtype int, ttl int, rdata bytea[])
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    WITH asked AS MATERIALIZED (SELECT DISTINCT o AS name FROM unnest(owners) AS o)
    SELECT asked.name, 2, zone.ttl_ns, dos_internal.dns_rdata_ns(ARRAY(SELECT n.name::text FROM dos.zone_nameserver AS n WHERE n.zone_id = zone.id))
      FROM asked WHERE asked.name = zone.name
    UNION ALL
    SELECT d.name, r.rtype, r.ttl, r.rdata
      FROM asked CROSS JOIN LATERAL dos_internal.dns_delegation(zone.id, asked.name) AS d
      CROSS JOIN LATERAL (SELECT dos_internal.dns_rdata_ns(d.servers) AS ns, dos_internal.dns_rdata_ds(d.name, d.ds, d.keys) AS ds OFFSET 0) AS e
      CROSS JOIN LATERAL (VALUES (2, coalesce((d.ttls ->> 'NS')::int, zone.ttl_ns), CASE WHEN e.ds IS NOT NULL THEN e.ns END),
                                 (43, coalesce((d.ttls ->> 'DS')::int, zone.ttl_ds), CASE WHEN e.ns IS NOT NULL THEN e.ds END)) AS r (rtype, ttl, rdata)
     WHERE r.rdata IS DISTINCT FROM '{}' AND d.servers <> '{}'
       AND dos_internal.dns_published(CASE WHEN d.delegated THEN 'delegated' ELSE 'withheld' END, zone.glue)
    UNION ALL
    SELECT asked.name, r.rtype, coalesce((SELECT (h.ttls ->> r.record_type)::int FROM dos.host AS h WHERE h.name = asked.name), zone.ttl_address), r.rdata
      FROM asked CROSS JOIN LATERAL dos_internal.dns_glue(zone, asked.name) AS addresses
      CROSS JOIN LATERAL (VALUES (1, 'A', dos_internal.dns_rdata_address(addresses, 1)),
                                 (28, 'AAAA', dos_internal.dns_rdata_address(addresses, 28))) AS r (rtype, record_type, rdata)
     WHERE r.rdata <> '{}'
       -- most names are no server's: spare them the call (OFFSET 0: a look-up each, never a hash of the table)
       AND (EXISTS (SELECT FROM dos.host AS h WHERE h.name = asked.name AND h.addresses <> '{}' OFFSET 0)
         OR EXISTS (SELECT FROM dos.zone_nameserver AS n WHERE n.name = asked.name OFFSET 0)
         OR EXISTS (SELECT FROM unnest(asked.name || dos_internal.dname_ancestors(asked.name)) AS a(name)
                     CROSS JOIN LATERAL (SELECT FROM dos.domain AS d WHERE d.name = a.name AND d.host_attrs <> '{}' OFFSET 0) AS d OFFSET 0))
    UNION ALL
    SELECT o.owner, o.rtype, coalesce(o.ttl, zone.ttl_record), o.rdata
      FROM asked CROSS JOIN LATERAL (SELECT * FROM dos.zone_record AS o WHERE o.zone_id = zone.id AND o.owner = asked.name OFFSET 0) AS o
           -- whatever came to be there since: below a delegation, or in the place of glue, it is no record of this zone
     WHERE NOT EXISTS (SELECT FROM dos.domain AS d WHERE d.name = o.cut
                                                     AND (dos_internal.domain_state(d, dos.now())).registered)
       AND NOT (o.rtype IN (1, 28) AND EXISTS (SELECT FROM dos.zone_nameserver AS n WHERE n.name = o.owner));
END $$;
COMMENT ON FUNCTION dos_internal.dns_rrsets(dos.zone, text[]) IS
    'the RRsets that the registry says belong at these names of a zone: apex NS, NS and DS of delegations, glue, and the operator''s own records';

-- All names whose records can depend on these delegations: themselves, their servers as they are and as
-- they were published, and whatever lies under them.
CREATE FUNCTION dos_internal.dns_affected(zone dos.zone, dirty text[]) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (
    SELECT array_agg(DISTINCT a.name)
      FROM unnest(dirty) AS d(name) CROSS JOIN LATERAL (
           SELECT d.name
            UNION ALL SELECT unnest(g.servers) FROM dos_internal.dns_delegation(zone.id, d.name) AS g
            UNION ALL SELECT unnest(dos_internal.dns_rdata_ns_names(i.rdata))
                        FROM dos.dns_image AS i WHERE i.zone_id = zone.id AND i.owner = d.name AND i.rtype = 2
            UNION ALL SELECT n.name FROM dos.zone_nameserver AS n WHERE n.zone_id = zone.id AND d.name = zone.name
            UNION ALL SELECT i.owner FROM dos.dns_image AS i
                       WHERE i.zone_id = zone.id AND i.rtype IN (1, 28) AND d.name <> zone.name
                         AND dos_internal.dname_zone_key(i.owner) >= dos_internal.dname_zone_key(d.name) COLLATE "C"
                         AND dos_internal.dname_zone_key(i.owner) < (dos_internal.dname_zone_key(d.name) || '~') COLLATE "C"
            UNION ALL SELECT r.owner FROM dos.zone_record AS r
                       WHERE r.zone_id = zone.id AND r.cut = d.name
            UNION ALL SELECT h.name FROM dos.domain AS s JOIN dos.host AS h ON h.superordinate_id = s.id WHERE s.name = d.name
           ) AS a(name)
     WHERE dos_internal.dname_within(a.name, zone.name));
END $$;
COMMENT ON FUNCTION dos_internal.dns_affected(dos.zone, text[]) IS 'the names of a zone whose records may change when these delegations change';

-- An RRset that is wanted. RDATA is NULL where the registry holds something that cannot be a record.
CREATE TYPE dos_internal.dns_rrset AS (owner text, rtype int, ttl int, rdata bytea[]);
COMMENT ON TYPE dos_internal.dns_rrset IS 'an RRset that belongs at a name of a zone';

-- Most names that are marked are plain: a label below the zone, served from outside of it, then and now, with nothing of their own in
-- the zone but NS and DS. Of these dns_affected() says "the name itself" and dns_rrsets() the delegation, and this finds both with
-- a few look-ups, a third of the price. It must agree with them: dos.zone_verify() asks them alone, and so proves this, too.
CREATE FUNCTION dos_internal.dns_plain_rrsets(zone dos.zone, names text[]) RETURNS SETOF dos_internal.dns_rrset
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    -- names with more than a delegation; NULL: too many to compare with each
    own text[] := (SELECT CASE WHEN count(*) <= 30 THEN array_agg(o.name) END
                     FROM (SELECT unnest(ARRAY[r.owner, coalesce(r.cut, r.owner)]) AS name FROM dos.zone_record AS r WHERE r.zone_id = zone.id
                            UNION ALL SELECT n.name FROM dos.zone_nameserver AS n
                            UNION ALL SELECT z.name FROM dos.zone AS z LIMIT 31) AS o);
BEGIN
    -- OFFSET 0: one look-up a name, never a hash of a table that was small when the plan was made
    RETURN QUERY
    SELECT n.name, r.rtype, r.ttl, r.rdata
      FROM unnest(names) AS n(name)
      LEFT JOIN LATERAL (SELECT d.id, d.host_ids, d.host_attrs, d.ds, d.keys, d.ttls, s.delegated, s.parked
                           FROM dos.domain AS d CROSS JOIN LATERAL dos_internal.domain_state(d, dos.now()) AS s
                          WHERE d.name = n.name AND d.zone_id = zone.id AND s.registered OFFSET 0) AS d ON true
      CROSS JOIN LATERAL (SELECT ARRAY(SELECT h.name::text FROM dos.host AS h WHERE h.id = ANY (d.host_ids)) AS servers OFFSET 0) AS h
      CROSS JOIN LATERAL (SELECT CASE WHEN own IS NOT NULL THEN n.name <> ALL (own)
                                      ELSE NOT EXISTS (SELECT FROM dos.zone_record AS r WHERE r.zone_id = zone.id AND r.owner = n.name OFFSET 0)
                                       AND NOT EXISTS (SELECT FROM dos.zone_record AS r WHERE r.zone_id = zone.id AND r.cut = n.name OFFSET 0)
                                       AND NOT EXISTS (SELECT FROM dos.zone_nameserver AS s WHERE s.name = n.name OFFSET 0)
                                       AND NOT EXISTS (SELECT FROM dos.zone AS z WHERE z.name = n.name OFFSET 0) END
                             AND n.name = split_part(n.name, '.', 1) || '.' || zone.name
                             AND d.parked IS NOT TRUE AND coalesce(d.host_attrs, '{}') = '{}'
                             AND NOT EXISTS (SELECT FROM unnest(h.servers) AS s WHERE dos_internal.dname_within(s, zone.name))
                             AND NOT EXISTS (SELECT FROM dos.host AS o WHERE o.superordinate_id = d.id OFFSET 0)
                             AND NOT EXISTS (SELECT FROM dos.host AS o WHERE o.name = n.name OFFSET 0)
                             AND NOT EXISTS (SELECT FROM dos.dns_image AS i CROSS JOIN unnest(dos_internal.dns_rdata_ns_names(i.rdata)) AS s
                                              WHERE i.zone_id = zone.id AND i.owner = n.name AND i.rtype = 2 AND dos_internal.dname_within(s, zone.name) OFFSET 0)
                             AND NOT EXISTS (SELECT FROM dos.dns_image AS i
                                              WHERE i.zone_id = zone.id AND i.rtype IN (1, 28)
                                                AND dos_internal.dname_zone_key(i.owner) >= dos_internal.dname_zone_key(n.name) COLLATE "C"
                                                AND dos_internal.dname_zone_key(i.owner) < (dos_internal.dname_zone_key(n.name) || '~') COLLATE "C" OFFSET 0)
                              AS plain OFFSET 0) AS p
      CROSS JOIN LATERAL (SELECT dos_internal.dns_rdata_ns(h.servers) AS ns, dos_internal.dns_rdata_ds(n.name, d.ds, d.keys) AS ds OFFSET 0) AS e
      CROSS JOIN LATERAL (VALUES (0, 0, NULL::bytea[]),
                                 (2, coalesce((d.ttls ->> 'NS')::int, zone.ttl_ns), CASE WHEN e.ds IS NOT NULL THEN e.ns END),
                                 (43, coalesce((d.ttls ->> 'DS')::int, zone.ttl_ds), CASE WHEN e.ns IS NOT NULL THEN e.ds END)) AS r (rtype, ttl, rdata)
     WHERE CASE WHEN r.rtype = 0 THEN p.plain IS NOT TRUE
                ELSE p.plain AND r.rdata IS DISTINCT FROM '{}' AND h.servers <> '{}'
                     AND dos_internal.dns_published(CASE WHEN d.delegated THEN 'delegated' ELSE 'withheld' END, zone.glue) END;
END $$;
COMMENT ON FUNCTION dos_internal.dns_plain_rrsets(dos.zone, text[]) IS
    'the RRsets of those of these names that are plain delegations, or nothing any more; a row of type 0 for each name that is not plain: ask dns_affected() and dns_rrsets()';

-- Every name that may have records, for a computation from scratch.
CREATE FUNCTION dos_internal.dns_names(zone dos.zone) RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT zone.name::text
     UNION SELECT n.name FROM dos.zone_nameserver AS n WHERE n.zone_id = zone.id AND dos_internal.dname_within(n.name, zone.name)
     UNION SELECT d.name FROM dos.domain AS d WHERE d.zone_id = zone.id
     UNION SELECT a.name FROM dos.domain AS d CROSS JOIN unnest(d.host_attrs) AS a
            WHERE d.zone_id = zone.id AND d.host_attrs <> '{}' AND dos_internal.dname_within(a.name, zone.name)
     UNION SELECT h.name FROM dos.host AS h WHERE dos_internal.dname_within(h.name, zone.name)
     UNION SELECT c.name FROM dos.zone AS c WHERE (dos_internal.zone_of(c.name)).id = zone.id
     UNION SELECT n.name FROM dos.zone AS c JOIN dos.zone_nameserver AS n ON n.zone_id = c.id
            WHERE (dos_internal.zone_of(c.name)).id = zone.id AND dos_internal.dname_within(n.name, zone.name)
     UNION SELECT r.owner FROM dos.zone_record AS r WHERE r.zone_id = zone.id
     UNION SELECT i.owner FROM dos.dns_image AS i WHERE i.zone_id = zone.id
$$;
COMMENT ON FUNCTION dos_internal.dns_names(dos.zone) IS 'every name at which the registry or the image may have records of a zone';
