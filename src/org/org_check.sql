CREATE FUNCTION dos.org_check(registrar text, ids text[], OUT id text, OUT available boolean, OUT reason text) RETURNS SETOF record
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM dos_internal.registrar_act(registrar, 'check');
    PERFORM dos_internal.check_require(cardinality(ids), 'org:id');
    RETURN QUERY
        SELECT asked.id, o.id IS NULL AND dos_internal.contact_handle_valid(asked.id),
               CASE WHEN o.id IS NOT NULL THEN 'In use' WHEN NOT dos_internal.contact_handle_valid(asked.id) THEN 'Invalid' END
          FROM unnest(ids) WITH ORDINALITY AS asked (id, n)
          LEFT JOIN dos.org AS o ON o.handle = asked.id
         ORDER BY asked.n;
END $$;
COMMENT ON FUNCTION dos.org_check(text, text[]) IS 'which organization ids are free, in the order asked (RFC 8543 section 4.1.1); R2201, R2306 too many';
GRANT EXECUTE ON FUNCTION dos.org_check(text, text[]) TO dos_epp;
