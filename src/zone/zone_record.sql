-- Records an operator puts into a zone beside its delegations: at the apex (CAA, TXT), or at names that nobody
-- can register (_dmarc.example, nic.example when it is not a domain). One row an RRset (RFC 2181 section 5).

CREATE FUNCTION dos.zone_record_rules(OUT type text, OUT generic_apex boolean, OUT generic_inside boolean, OUT other_apex boolean,
                                      OUT other_inside boolean, OUT because text)
RETURNS SETOF record
LANGUAGE c IMMUTABLE AS 'MODULE_PATHNAME', 'dos_sql_zone_record_rules';
COMMENT ON FUNCTION dos.zone_record_rules() IS
    'which record types an operator may put into a zone, at its apex and inside, in a generic TLD (registry agreement, Exhibit A) and elsewhere';

CREATE FUNCTION dos_internal.zone_record_problem(rtype int, generic boolean, apex boolean, wildcard boolean) RETURNS text
LANGUAGE c IMMUTABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_zone_record_problem';
COMMENT ON FUNCTION dos_internal.zone_record_problem(int, boolean, boolean, boolean) IS 'why a zone may not have such a record, or NULL';

CREATE FUNCTION dos_internal.zone_record_owner(name text) RETURNS text
LANGUAGE c IMMUTABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_zone_record_owner';
COMMENT ON FUNCTION dos_internal.zone_record_owner(text) IS 'canonical owner of a record, which may have underscores and a leading *; R2005';

CREATE FUNCTION dos_internal.zone_record_rdata(type text, data text[], OUT rtype int, OUT rdata bytea[])
LANGUAGE c IMMUTABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_zone_record_rdata';
COMMENT ON FUNCTION dos_internal.zone_record_rdata(text, text[]) IS
    'the number of a record type and the RDATA of texts as a zone file has them, names absolute, unknown types by RFC 3597; R2005';

CREATE TABLE dos.zone_record (
    zone_id int     NOT NULL CONSTRAINT zone_record_zone REFERENCES dos.zone ON DELETE CASCADE,
    owner   text    COLLATE "C" NOT NULL CONSTRAINT zone_record_owner_canonical CHECK (owner = dos_internal.zone_record_owner(owner)),
    rtype   int     NOT NULL CONSTRAINT zone_record_rtype_range CHECK (rtype BETWEEN 1 AND 65535),
    cut     text    COLLATE "C",
    ttl     int     CONSTRAINT zone_record_ttl_range CHECK (ttl BETWEEN 0 AND 2147483647),
    rdata   bytea[] NOT NULL CONSTRAINT zone_record_rdata_not_empty CHECK (cardinality(rdata) > 0),
    interruption_id int CONSTRAINT zone_record_interruption_types CHECK (interruption_id IS NULL OR rtype IN (1, 15, 16, 33)),
    CONSTRAINT zone_record_pkey PRIMARY KEY (zone_id, owner, rtype)
);
CREATE INDEX zone_record_interruption ON dos.zone_record (interruption_id) WHERE interruption_id IS NOT NULL;
CREATE INDEX zone_record_cut ON dos.zone_record (zone_id, cut);
COMMENT ON TABLE dos.zone_record IS 'records of a zone that are no delegation and no glue, one row an RRset, written by dos.zone_record_set()';
COMMENT ON COLUMN dos.zone_record.cut IS 'the name directly under the zone that the owner lies at or below, which cannot be registered meanwhile; NULL for the apex';
COMMENT ON COLUMN dos.zone_record.ttl IS 'seconds; NULL: the zone''s ttl_record';
COMMENT ON COLUMN dos.zone_record.interruption_id IS 'the controlled interruption (dos.interruption) it belongs to: allowed where other records are not, and gone with it';
SELECT pg_catalog.pg_extension_config_dump('dos.zone_record', '');

-- The name under a zone that one would have to register to own this one; NULL for the apex.
CREATE FUNCTION dos_internal.zone_record_cut(zone_name text, owner text) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN CASE WHEN owner <> zone_name
            THEN regexp_replace(left(owner, length(owner) - length(zone_name) - 1), '^.*\.', '') || '.' || zone_name END;
COMMENT ON FUNCTION dos_internal.zone_record_cut(text, text) IS 'the name directly under the zone that an owner lies at or below';

-- Names that hold the operator's records are not for sale.
CREATE FUNCTION dos_internal.zone_has_records(zone_id int, name text) RETURNS boolean
LANGUAGE sql STABLE
RETURN EXISTS (SELECT FROM dos.zone_record AS r WHERE r.zone_id = zone_has_records.zone_id AND r.cut = zone_has_records.name);
COMMENT ON FUNCTION dos_internal.zone_has_records(int, text) IS 'does the operator have records at or under this name of the zone?';
