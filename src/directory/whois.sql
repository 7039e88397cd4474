-- WHOIS (RFC 3912) in the form of ICANN's registry agreement, Specification 4, and the availability
-- service (DAS).

CREATE FUNCTION dos.whois(query text) RETURNS text
LANGUAGE c STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'dos_sql_whois';
COMMENT ON FUNCTION dos.whois(text) IS
    'complete WHOIS answer, CRLF lines, to "[domain|nameserver|registrar] NAME" (RFC 3912); never an error for bad input';

CREATE FUNCTION dos.whois_answers(queries text[]) RETURNS SETOF text
LANGUAGE c STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'dos_sql_whois_answers';
COMMENT ON FUNCTION dos.whois_answers(text[]) IS 'dos.whois() for up to 1000 queries, an answer each in their order; R2306';

-- What the rules of their zones, lists, phases and IDN tables say about names that are not registered; a registrar of
-- none asks. The words are those of dos.das_statuses().
CREATE FUNCTION dos_internal.das_verdict(verdict dos_internal.name_verdict) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN CASE WHEN (verdict).problem IS NULL AND (verdict).variant_of IS NULL THEN 'available'
            WHEN (verdict).problem ~ '^(zone_state|phase)_' THEN 'closed'
            WHEN (verdict).problem ~ '^(idn|zone_label|domain)_' AND (verdict).name_class IS NULL THEN 'invalid'
            ELSE 'reserved' END;
COMMENT ON FUNCTION dos_internal.das_verdict(dos_internal.name_verdict) IS 'the word of the availability service for what policy says about a name';

CREATE FUNCTION dos_internal.das_free(names text[], OUT name text, OUT status text, OUT class text) RETURNS SETOF record
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT j.name, CASE WHEN j.status = 'available' AND p.class IS NOT NULL THEN 'premium' ELSE j.status END, p.class
      FROM (SELECT n.name, (best.z).id AS zone_id,
                   CASE WHEN (best.z).id IS NULL THEN 'not-served'
                        WHEN dos_internal.zone_label_problem(best.z, n.name) IS NOT NULL THEN 'invalid'
                        ELSE dos_internal.das_verdict(dos_internal.name_policy(best.z, n.name, NULL, 'check', NULL, dos.now())) END AS status
              FROM unnest(names) AS n(name)
              LEFT JOIN LATERAL (SELECT s FROM dos.zone AS s WHERE s.name = ANY (dos_internal.dname_ancestors(n.name))
                                  ORDER BY length(s.name) DESC LIMIT 1) AS best(z) ON true
            OFFSET 0) AS j
      LEFT JOIN LATERAL (SELECT dos_internal.premium_class(j.zone_id, j.name, dos.now()) AS class WHERE j.status IN ('available', 'reserved')) AS p ON true
$$;
COMMENT ON FUNCTION dos_internal.das_free(text[]) IS 'availability of canonical names that are not registered, with the class of their price';

CREATE FUNCTION dos.das_check(names text[], OUT name text, OUT status text, OUT class text) RETURNS SETOF record
LANGUAGE c STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'dos_sql_das_check';
COMMENT ON FUNCTION dos.das_check(text[]) IS 'availability of up to 1000 names, in the order asked, with the price class of premium names; words: dos.das_statuses(); R2306';

CREATE FUNCTION dos.das(query text) RETURNS text
LANGUAGE c STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'dos_sql_das';
COMMENT ON FUNCTION dos.das(text) IS 'availability of one name as the line "name status"; words: dos.das_statuses()';

CREATE FUNCTION dos.das_statuses(OUT status text, OUT meaning text) RETURNS SETOF record
LANGUAGE c IMMUTABLE AS 'MODULE_PATHNAME', 'dos_sql_das_statuses';
COMMENT ON FUNCTION dos.das_statuses() IS 'the answers of the availability service and what they mean';

CREATE FUNCTION dos.das_json(names text[]) RETURNS text
LANGUAGE sql STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT coalesce(json_agg(json_strip_nulls(json_build_object('name', d.name, 'status', d.status, 'class', d.class))), '[]')::text FROM dos.das_check(names) AS d);
COMMENT ON FUNCTION dos.das_json(text[]) IS 'dos.das_check() as a JSON array of objects with name, status and price class; R2306';

GRANT EXECUTE ON FUNCTION dos.whois(text), dos.whois_answers(text[]), dos.das_check(text[]), dos.das(text), dos.das_json(text[]) TO dos_rdds;
