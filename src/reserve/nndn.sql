-- Names that are not domains and not free either (NNDN, RFC 8909 and 9022): blocked, withheld for the holder of
-- a variant, or mirrored with it.

CREATE TABLE dos.nndn (
    name       dos.hostname CONSTRAINT nndn_pkey PRIMARY KEY,
    zone_id    int  NOT NULL CONSTRAINT nndn_zone REFERENCES dos.zone ON DELETE CASCADE,
    state      text NOT NULL CONSTRAINT nndn_state_known CHECK (state IN ('blocked', 'withheld', 'mirrored')),
    variant_of dos.hostname CONSTRAINT nndn_variant_other CHECK (variant_of <> name),
    idn_table  text,
    created_at timestamptz NOT NULL DEFAULT dos.now(),
    expires_at timestamptz,
    comment    text,
    CONSTRAINT nndn_dates_order CHECK (created_at < expires_at)
);
CREATE INDEX nndn_zone ON dos.nndn (zone_id);
CREATE TRIGGER nndn_cached AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dos.nndn
    FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.row_cache_changed();
COMMENT ON TABLE dos.nndn IS 'names that are no domains and cannot be registered: blocked, withheld or mirrored (RFC 9022 section 4.6), with the name they are variants of';
SELECT pg_catalog.pg_extension_config_dump('dos.nndn', '');

CREATE FUNCTION dos.nndn_add(name text, state text, variant_of text DEFAULT NULL, expires_at timestamptz DEFAULT NULL, comment text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    canonical text := dos.dname(name);
    zone      dos.zone := dos_internal.zone_of_require(canonical);
BEGIN
    INSERT INTO dos.nndn (name, zone_id, state, variant_of, expires_at, comment)
    VALUES (canonical, zone.id, state, dos.dname(variant_of), expires_at, comment);
    RETURN canonical;
END $$;
COMMENT ON FUNCTION dos.nndn_add(text, text, text, timestamptz, text) IS 'take a name out of registration without a domain (RFC 9022 section 4.6); returns it in canonical form; R2005 name, R2306 zone, R2201, 23505 there already';

CREATE FUNCTION dos.nndn_remove(name text) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM dos_internal.zone_of_require(name);
    DELETE FROM dos.nndn AS n WHERE n.name = dos.dname(nndn_remove.name);
    RETURN FOUND;
END $$;
COMMENT ON FUNCTION dos.nndn_remove(text) IS 'give a name back to registration; returns whether it was taken out; R2005 name, R2306 zone, R2201';
