-- Secrets are kept as hashes only, compared in constant time, and never shown.

CREATE FUNCTION dos_internal.password_hash(password text) RETURNS bytea
LANGUAGE c VOLATILE STRICT AS 'MODULE_PATHNAME', 'dos_sql_password_hash';
COMMENT ON FUNCTION dos_internal.password_hash(text) IS 'scrypt hash (RFC 7914) of a registrar''s password with its salt and costs; about 40 ms on purpose';

CREATE FUNCTION dos_internal.password_matches(password text, hash bytea) RETURNS boolean
LANGUAGE c IMMUTABLE AS 'MODULE_PATHNAME', 'dos_sql_password_matches';
COMMENT ON FUNCTION dos_internal.password_matches(text, bytea) IS 'compare a password with its hash; a NULL hash takes the same time and is false';

CREATE FUNCTION dos_internal.authinfo_hash(auth text) RETURNS bytea
LANGUAGE c VOLATILE STRICT AS 'MODULE_PATHNAME', 'dos_sql_authinfo_hash';
COMMENT ON FUNCTION dos_internal.authinfo_hash(text) IS 'salted SHA-256 of authorization information (RFC 9154 section 4.3)';

CREATE FUNCTION dos_internal.authinfo_matches(auth text, hash bytea) RETURNS boolean
LANGUAGE c IMMUTABLE AS 'MODULE_PATHNAME', 'dos_sql_authinfo_matches';
COMMENT ON FUNCTION dos_internal.authinfo_matches(text, bytea) IS 'compare authorization information with its hash in constant time; false when nothing is stored';
