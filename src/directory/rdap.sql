-- RDAP (RFC 7480, 9082, 9083, 9537; ICANN's gTLD profile of February 2024). NULL means there is no such
-- object: 404. Nothing is written, so all of it runs on standbys.

-- a registrar by its name, an address by its hosts
CREATE INDEX registrar_name_lower ON dos.registrar (lower(name));
CREATE INDEX host_addresses ON dos.host USING gin (addresses) WHERE addresses <> '{}';

CREATE FUNCTION dos.rdap_domain(name text, base_url text) RETURNS text
LANGUAGE c STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'dos_sql_rdap_domain';
COMMENT ON FUNCTION dos.rdap_domain(text, text) IS
    'RDAP answer for a domain by A- or U-label name, links under base_url; NULL when not registered (RFC 9083 section 5.3); R2005';

CREATE FUNCTION dos.rdap_domains(names text[], base_url text, OUT content text, OUT problem text) RETURNS SETOF record
LANGUAGE c STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'dos_sql_rdap_domains';
COMMENT ON FUNCTION dos.rdap_domains(text[], text) IS
    'dos.rdap_domain() for up to 1000 names, a row each in their order: the answer, or what is wrong with the name, or neither; R2306';

CREATE FUNCTION dos.rdap_nameserver(name text, base_url text) RETURNS text
LANGUAGE c STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'dos_sql_rdap_nameserver';
COMMENT ON FUNCTION dos.rdap_nameserver(text, text) IS
    'RDAP answer for a host object by name; NULL when there is none (RFC 9083 section 5.2); R2005';

CREATE FUNCTION dos.rdap_entity(handle text, base_url text) RETURNS text
LANGUAGE c STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'dos_sql_rdap_entity';
COMMENT ON FUNCTION dos.rdap_entity(text, text) IS
    'RDAP answer for a registrar by IANA id, clID or name, or a contact by EPP id or ROID; NULL when there is none (RFC 9083 section 5.1)';

CREATE FUNCTION dos.rdap_help(base_url text) RETURNS text
LANGUAGE c STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'dos_sql_rdap_help';
COMMENT ON FUNCTION dos.rdap_help(text) IS 'RDAP answer to a help query (RFC 9083 section 7)';

CREATE FUNCTION dos.rdap_statuses(OUT epp text, OUT rdap text, OUT source text) RETURNS SETOF record
LANGUAGE c IMMUTABLE AS 'MODULE_PATHNAME', 'dos_sql_rdap_statuses';
COMMENT ON FUNCTION dos.rdap_statuses() IS 'the table of EPP and RGP statuses and their RDAP words (RFC 8056 section 2)';

GRANT EXECUTE ON FUNCTION dos.rdap_domain(text, text), dos.rdap_domains(text[], text), dos.rdap_nameserver(text, text),
    dos.rdap_entity(text, text), dos.rdap_help(text) TO dos_rdds;
