-- Names that shall not become free when their registration ends: the purge puts them on the zone's list of blocked
-- names (room reserve) in its own transaction, and until it has come by nobody gets them either.

CREATE TABLE dos.drop_block (
    name       dos.hostname CONSTRAINT drop_block_pkey PRIMARY KEY,
    reason     text NOT NULL,
    flagged_at timestamptz NOT NULL DEFAULT dos.now()
);
COMMENT ON TABLE dos.drop_block IS 'registered names that are blocked instead of free when their registration ends, and why';
SELECT pg_catalog.pg_extension_config_dump('dos.drop_block', '');

CREATE FUNCTION dos.drop_block_add(name text, reason text) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    zone   dos.zone := dos_internal.zone_of_require(name, 'domain:name');
    target dos.domain;
BEGIN
    SELECT * INTO target FROM dos.domain AS d WHERE d.name = dos.dname(drop_block_add.name) FOR NO KEY UPDATE;
    IF dos_internal.domain_is_due(target) THEN
        target := dos_internal.domain_advance(target);
    END IF;
    IF target.id IS NULL THEN
        PERFORM dos_internal.reserved_block(zone.id, dos.dname(name), reason);
        RETURN false;
    END IF;
    INSERT INTO dos.drop_block (name, reason) VALUES (target.name, reason)
    ON CONFLICT ON CONSTRAINT drop_block_pkey DO UPDATE SET reason = EXCLUDED.reason;
    UPDATE dos.zone AS z SET blocks_drops = true WHERE z.id = zone.id AND NOT z.blocks_drops;
    RETURN true;
END $$;
COMMENT ON FUNCTION dos.drop_block_add(text, text) IS
    'block a name: at once when it is free (false), else when its registration ends (true); R2306 in no zone, R2005 name, R2201';

CREATE FUNCTION dos_internal.drop_is_blocked(zone_blocks boolean, name text) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN zone_blocks AND EXISTS (SELECT FROM dos.drop_block AS b WHERE b.name = drop_is_blocked.name);
END $$;
COMMENT ON FUNCTION dos_internal.drop_is_blocked(boolean, text) IS 'will this name be blocked when its registration ends?';
