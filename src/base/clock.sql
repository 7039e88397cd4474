-- The registry's clock. All code asks dos.now(); only a superuser may move it (setting dos.clock).

CREATE FUNCTION dos.now() RETURNS timestamptz
LANGUAGE c STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_now';
COMMENT ON FUNCTION dos.now() IS
    'the registry''s clock at the start of the transaction, in whole milliseconds; moved by the superuser setting dos.clock';


CREATE FUNCTION dos.iso8601(at timestamptz) RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_iso8601';
COMMENT ON FUNCTION dos.iso8601(timestamptz) IS 'an instant as EPP, RDAP and WHOIS write it: UTC, milliseconds, "Z" (RFC 3339)';
