-- WHOIS (RFC 3912) in the form of ICANN's registry agreement, Specification 4, and the availability
-- service (DAS).

CREATE FUNCTION dos.whois(query text) RETURNS text
LANGUAGE c STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'dos_sql_whois';
COMMENT ON FUNCTION dos.whois(text) IS
    'complete WHOIS answer, CRLF lines, to "[domain|nameserver|registrar] NAME" (RFC 3912); never an error for bad input';

CREATE FUNCTION dos.whois_answers(queries text[]) RETURNS SETOF text
LANGUAGE c STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'dos_sql_whois_answers';
COMMENT ON FUNCTION dos.whois_answers(text[]) IS 'dos.whois() for up to 1000 queries, an answer each in their order; R2306';

CREATE FUNCTION dos.das_check(names text[], OUT name text, OUT status text) RETURNS SETOF record
LANGUAGE c STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'dos_sql_das_check';
COMMENT ON FUNCTION dos.das_check(text[]) IS 'availability of up to 1000 names, in the order asked; words: dos.das_statuses(); R2306';

CREATE FUNCTION dos.das(query text) RETURNS text
LANGUAGE c STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'dos_sql_das';
COMMENT ON FUNCTION dos.das(text) IS 'availability of one name as the line "name status"; words: dos.das_statuses()';

CREATE FUNCTION dos.das_statuses(OUT status text, OUT meaning text) RETURNS SETOF record
LANGUAGE c IMMUTABLE AS 'MODULE_PATHNAME', 'dos_sql_das_statuses';
COMMENT ON FUNCTION dos.das_statuses() IS 'the answers of the availability service and what they mean';

CREATE FUNCTION dos.das_json(names text[]) RETURNS text
LANGUAGE sql STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT coalesce(json_agg(json_build_object('name', d.name, 'status', d.status)), '[]')::text FROM dos.das_check(names) AS d);
COMMENT ON FUNCTION dos.das_json(text[]) IS 'dos.das_check() as a JSON array of objects with name and status; R2306';

GRANT EXECUTE ON FUNCTION dos.whois(text), dos.whois_answers(text[]), dos.das_check(text[]), dos.das(text), dos.das_json(text[]) TO dos_rdds;
