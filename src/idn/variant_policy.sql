-- What a zone says about names that belong together as variants. The sets are room domain's (variant_set.sql).

CREATE TABLE dos.variant_policy (
    zone_id    int CONSTRAINT variant_policy_pkey PRIMARY KEY CONSTRAINT variant_policy_zone REFERENCES dos.zone ON DELETE CASCADE,
    registrant text NOT NULL DEFAULT 'set' CONSTRAINT variant_policy_registrant_known CHECK (registrant IN ('set', 'refuse')),
    transfer   text NOT NULL DEFAULT 'set' CONSTRAINT variant_policy_transfer_known CHECK (transfer IN ('set', 'refuse')),
    deletion   text NOT NULL DEFAULT 'set' CONSTRAINT variant_policy_deletion_known CHECK (deletion IN ('set', 'original', 'refuse', 'alone')),
    restore    text NOT NULL DEFAULT 'set' CONSTRAINT variant_policy_restore_known CHECK (restore IN ('set', 'alone'))
);
COMMENT ON TABLE dos.variant_policy IS 'what happens to the variants of a name that changes; a zone without a row keeps its sets together in everything';
COMMENT ON COLUMN dos.variant_policy.registrant IS 'a new registrant: set, all names of the set get it; refuse';
COMMENT ON COLUMN dos.variant_policy.transfer IS 'a transfer: set, all names of the set go with the one that is asked for, which alone is charged and gains years; refuse';
COMMENT ON COLUMN dos.variant_policy.deletion IS 'an end, by command or by the clock: set, all names of the set; original, a variant may go alone; refuse, an original with variants is not deleted by command; alone';
COMMENT ON COLUMN dos.variant_policy.restore IS 'a restore: set, all names of the set in redemption, each at its price; alone';
SELECT pg_catalog.pg_extension_config_dump('dos.variant_policy', '');
CREATE TRIGGER variant_policy_history AFTER INSERT OR UPDATE OR DELETE ON dos.variant_policy FOR EACH ROW EXECUTE FUNCTION dos_internal.policy_changed();

CREATE FUNCTION dos_internal.variant_policy_of(zone_id int) RETURNS dos.variant_policy
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT p FROM dos.variant_policy AS p WHERE p.zone_id = variant_policy_of.zone_id), ROW(zone_id, 'set', 'set', 'set', 'set')::dos.variant_policy)
$$;
COMMENT ON FUNCTION dos_internal.variant_policy_of(int) IS 'what a zone says about sets of variants';
