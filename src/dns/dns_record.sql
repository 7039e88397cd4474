-- Resource records in SQL: RDATA is bytea, an RRset an array of it without duplicates in canonical order
-- (RFC 4034 section 6.3), so that equal RRsets are equal arrays.

CREATE FUNCTION dos_internal.dns_rdata_ns(names text[]) RETURNS bytea[]
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_dns_rdata_ns';
COMMENT ON FUNCTION dos_internal.dns_rdata_ns(text[]) IS 'NS RRset of these canonical names (RFC 1035 section 3.3.11); NULL if one is malformed';

CREATE FUNCTION dos_internal.dns_rdata_ns_names(rdata bytea[]) RETURNS text[]
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_dns_rdata_ns_names';
COMMENT ON FUNCTION dos_internal.dns_rdata_ns_names(bytea[]) IS 'the names in an NS RRset';

CREATE FUNCTION dos_internal.dns_rdata_address(addresses inet[], rtype int) RETURNS bytea[]
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_dns_rdata_address';
COMMENT ON FUNCTION dos_internal.dns_rdata_address(inet[], int) IS 'A (1) or AAAA (28) RRset of the addresses of that family';

CREATE FUNCTION dos_internal.dns_rdata_ds(owner text, ds text[], keys text[]) RETURNS bytea[]
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_dns_rdata_ds';
COMMENT ON FUNCTION dos_internal.dns_rdata_ds(text, text[], text[]) IS
    'DS RRset (RFC 4034 section 5) of the ds and keys of a domain; keys become SHA-256 digests (RFC 4509); NULL if one is malformed';

CREATE FUNCTION dos_internal.dns_rdata_soa(mname text, rname text, serial bigint, refresh int, retry int, expire int, minimum int)
RETURNS bytea
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_dns_rdata_soa';
COMMENT ON FUNCTION dos_internal.dns_rdata_soa(text, text, bigint, int, int, int, int) IS
    'SOA RDATA (RFC 1035 section 3.3.13); the low 32 bits of the serial are used';

CREATE FUNCTION dos_internal.dns_rdata_text(rtype int, rdata bytea) RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_dns_rdata_text';
COMMENT ON FUNCTION dos_internal.dns_rdata_text(int, bytea) IS 'RDATA as a zone file has it; unknown types by RFC 3597 section 5';

CREATE FUNCTION dos_internal.dns_rr(owner text, rtype int, ttl int, rdata bytea) RETURNS bytea
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_dns_rr';
COMMENT ON FUNCTION dos_internal.dns_rr(text, int, int, bytea) IS 'one resource record in wire form, uncompressed (RFC 1035 section 4.1.3)';

CREATE FUNCTION dos_internal.dns_type_text(rtype int) RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_dns_type_text';
COMMENT ON FUNCTION dos_internal.dns_type_text(int) IS 'mnemonic of a record type, or TYPEn (RFC 3597 section 5)';

CREATE FUNCTION dos_internal.dname_within(name text, ancestor text) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_dname_within';
COMMENT ON FUNCTION dos_internal.dname_within(text, text) IS 'does a canonical name equal the other, or lie under it?';

CREATE FUNCTION dos_internal.dname_zone_key(name text) RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_dname_zone_key';
COMMENT ON FUNCTION dos_internal.dname_zone_key(text) IS
    'labels from the right, each with a space behind it: sorts (collation "C") in DNSSEC order, and a name''s key begins the keys of all names under it';

CREATE FUNCTION dos_internal.dns_sibling_servers(domain text, attributes dos.host_attribute[]) RETURNS text[]
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_dns_sibling_servers';
COMMENT ON FUNCTION dos_internal.dns_sibling_servers(text, dos.host_attribute[]) IS
    'name servers among a domain''s host attributes that lie beside it: under its parent, not in itself';

CREATE FUNCTION dos.serial_compare(a bigint, b bigint) RETURNS int
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_serial_compare';
COMMENT ON FUNCTION dos.serial_compare(bigint, bigint) IS 'zone serials compared (RFC 1982): below 0 if a is before b, 0 if equal, above 0 if after';

CREATE FUNCTION dos.dns_rules(OUT situation text, OUT records text, OUT narrow boolean, OUT wide boolean, OUT because text)
RETURNS SETOF record
LANGUAGE c IMMUTABLE AS 'MODULE_PATHNAME', 'dos_sql_dns_rules';
COMMENT ON FUNCTION dos.dns_rules() IS 'the table of what is in a zone, with narrow and with wide glue (RFC 9471)';

CREATE FUNCTION dos_internal.dns_published(situation text, glue text) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_dns_published';
COMMENT ON FUNCTION dos_internal.dns_published(text, text) IS 'what dos.dns_rules() says for a situation under a glue policy';
