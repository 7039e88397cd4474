-- dos.domain_infos() says what dos.domain_info() says: about every domain of a registry in which every state occurs, to every registrar, before
-- and after the clock has changed what is so. A row is empty for a name that is not registered, and where extensions have something to add.
CALL test.escrow_registry();
CREATE FUNCTION alone(registrar text, name text) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
    RETURN to_jsonb(dos.domain_info(registrar, name));
EXCEPTION WHEN SQLSTATE 'R2303' THEN
    RETURN NULL;
END $$;
CREATE TABLE asked AS
    SELECT row_number() OVER (ORDER BY r.clid, n.name) AS place, r.clid, n.name
      FROM dos.registrar AS r, (SELECT name FROM dos.domain UNION ALL VALUES ('nobody.example'), ('nobody.elsewhere')) AS n;
CREATE FUNCTION compared(at timestamptz) RETURNS TABLE (same bigint, other bigint, both_empty bigint, for_the_verb bigint) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('dos.clock', at::text, true);
    RETURN QUERY
    SELECT count(*) FILTER (WHERE to_jsonb(m) - 'place' = alone(a.clid, a.name)), count(*) FILTER (WHERE m.code IS NOT NULL AND to_jsonb(m) - 'place' IS DISTINCT FROM alone(a.clid, a.name)),
           count(*) FILTER (WHERE m.code IS NULL AND alone(a.clid, a.name) IS NULL), count(*) FILTER (WHERE m.code IS NULL AND alone(a.clid, a.name) IS NOT NULL)
      FROM asked AS a
      JOIN dos.domain_infos((SELECT array_agg(g.clid ORDER BY g.clid) FROM (SELECT DISTINCT q.clid FROM asked AS q) AS g),
                            (SELECT array_agg(g.names ORDER BY g.clid) FROM (SELECT q.clid, array_agg(q.name ORDER BY q.place)::text AS names FROM asked AS q GROUP BY q.clid) AS g)) WITH ORDINALITY AS m
           (code, name, roid, statuses, registrant, contacts, hosts, host_attrs, subordinate_hosts, sponsor, creator, created_at, updater, updated_at, expires_at, transferred_at, has_auth,
            rgp_statuses, ds, keys, max_sig_life, rgp_ends_at, extension, place) ON m.place = a.place;
END $$;
SELECT t.at, c.* FROM (VALUES ('2026-05-31T23:59:59Z'::timestamptz), ('2026-06-01T00:00:00Z'), ('2026-06-04T00:00:00Z'), ('2026-07-15T00:00:00Z'), ('2027-08-01T00:00:00Z')) AS t (at), compared(t.at) AS c ORDER BY t.at;
-- for the verb: names with an IDN table, and with organizations
SELECT d.name FROM dos.domain AS d WHERE d.idn_table_id IS NOT NULL OR d.org_ids IS NOT NULL ORDER BY d.name;
SELECT count(*) AS registrars FROM dos.registrar;
