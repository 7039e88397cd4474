CREATE FUNCTION dos.contact_check(registrar text, ids text[], OUT id text, OUT available boolean, OUT reason text) RETURNS SETOF record
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor dos.registrar := dos_internal.registrar_act(registrar, 'check');
BEGIN
    PERFORM dos_internal.check_require(cardinality(ids), 'contact:id');
    RETURN QUERY
        SELECT asked.id, c.id IS NULL AND dos_internal.contact_handle_valid(asked.id),
               CASE WHEN c.id IS NOT NULL THEN 'In use' WHEN NOT dos_internal.contact_handle_valid(asked.id) THEN 'Invalid' END
          FROM unnest(ids) WITH ORDINALITY AS asked (id, n)
          LEFT JOIN LATERAL (SELECT t.id FROM dos.contact AS t WHERE t.handle = asked.id AND t.scope IN (0, actor.id) LIMIT 1) AS c ON true
         ORDER BY asked.n;
END $$;
COMMENT ON FUNCTION dos.contact_check(text, text[]) IS 'which contact ids are free, in the order asked (RFC 5733 section 3.1.1); R2201, R2306 too many';
GRANT EXECUTE ON FUNCTION dos.contact_check(text, text[]) TO dos_epp;
