CREATE FUNCTION dos.host_check(registrar text, names text[], OUT name text, OUT available boolean, OUT reason text) RETURNS SETOF record
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM dos_internal.registrar_act(registrar, 'check');
    PERFORM dos_internal.check_require(cardinality(names), 'host:name');
    RETURN QUERY
        SELECT asked.name, h.id IS NULL AND NOT asked.problem,
               CASE WHEN asked.problem THEN 'Invalid name' WHEN h.id IS NOT NULL THEN 'In use' END
          FROM (SELECT c.name, c.place, c.canonical, dos_internal.host_name_is_good(c.canonical) IS NOT TRUE AS problem
                  FROM (SELECT n.name, n.place, CASE WHEN dos.dname_problem(n.name) IS NULL THEN dos.dname(n.name) END AS canonical
                          FROM unnest(names) WITH ORDINALITY AS n (name, place)) AS c) AS asked
          LEFT JOIN dos.host AS h ON h.name = asked.canonical AND NOT dos_internal.host_is_gone(h)
         ORDER BY asked.place;
END $$;
COMMENT ON FUNCTION dos.host_check(text, text[]) IS 'which host names are free, in the order asked; a bad name is not available (RFC 5732 section 3.1.1); R2201, R2306 too many';
GRANT EXECUTE ON FUNCTION dos.host_check(text, text[]) TO dos_epp;
