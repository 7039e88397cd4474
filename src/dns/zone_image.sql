-- What the world sees of a zone: the image (records), the journal (how it came to be) and the serials.
--
-- Serials are stored without end; on the wire stand their low 32 bits, so that order here is plain order
-- and a wrap (RFC 1982) needs no care. No foreign keys: the publisher writes thousands of these rows a second.

CREATE TABLE dos.zone_serial (
    zone_id      int         NOT NULL,
    serial       bigint      NOT NULL CONSTRAINT zone_serial_positive CHECK (serial >= 0),
    published_at timestamptz NOT NULL DEFAULT dos.now(),
    soa          bytea       NOT NULL,
    soa_ttl      int         NOT NULL,
    settings     text        NOT NULL,
    origin       text        NOT NULL,
    removed      bigint      NOT NULL DEFAULT 0,
    added        bigint      NOT NULL DEFAULT 0,
    rrsets       bigint      NOT NULL,
    changed      bigint      NOT NULL DEFAULT 0,
    delegations  bigint      NOT NULL DEFAULT 0,
    signed       bigint      NOT NULL DEFAULT 0,
    unguarded    boolean     NOT NULL DEFAULT false,
    CONSTRAINT zone_serial_pkey PRIMARY KEY (zone_id, serial)
);
COMMENT ON TABLE dos.zone_serial IS 'the serials of each zone, with the SOA each was published under; the highest is the current one';
COMMENT ON COLUMN dos.zone_serial.serial IS 'counts up for ever; SOA and transfers carry the low 32 bits (RFC 1982)';
COMMENT ON COLUMN dos.zone_serial.settings IS 'the zone''s settings that every record depends on; a difference makes the publisher compute all anew';
COMMENT ON COLUMN dos.zone_serial.origin IS 'server and timeline it was published on; after a failover or restore serials jump ahead of any that were lost';
COMMENT ON COLUMN dos.zone_serial.rrsets IS 'RRsets in the image, without SOA';
COMMENT ON COLUMN dos.zone_serial.changed IS 'RRsets that were there before and were changed or taken away';
COMMENT ON COLUMN dos.zone_serial.delegations IS 'NS RRsets in the image, without the apex';
COMMENT ON COLUMN dos.zone_serial.signed IS 'DS RRsets in the image';
COMMENT ON COLUMN dos.zone_serial.unguarded IS 'published after a release (dos.zone_guard): what follows is measured from here';
SELECT pg_catalog.pg_extension_config_dump('dos.zone_serial', '');

CREATE TABLE dos.dns_image (
    zone_id int     NOT NULL,
    owner   text    COLLATE "C" NOT NULL,
    rtype   int     NOT NULL CONSTRAINT dns_image_rtype_range CHECK (rtype BETWEEN 1 AND 65535),
    ttl     int     NOT NULL CONSTRAINT dns_image_ttl_range CHECK (ttl >= 0),
    rdata   bytea[] NOT NULL CONSTRAINT dns_image_rdata_not_empty CHECK (cardinality(rdata) > 0),
    CONSTRAINT dns_image_pkey PRIMARY KEY (zone_id, owner, rtype)
) WITH (fillfactor = 90);
CREATE INDEX dns_image_glue ON dos.dns_image (zone_id, dos_internal.dname_zone_key(owner)) WHERE rtype IN (1, 28);
COMMENT ON TABLE dos.dns_image IS 'the published records of each zone, one row an RRset (all but SOA, see dos.zone_serial); written by the publisher only';
SELECT pg_catalog.pg_extension_config_dump('dos.dns_image', '');

CREATE TABLE dos.dns_journal (
    zone_id int     NOT NULL,
    serial  bigint  NOT NULL,
    added   boolean NOT NULL,
    owner   text    COLLATE "C" NOT NULL,
    rtype   int     NOT NULL,
    ttl     int     NOT NULL,
    rdata   bytea[] NOT NULL CONSTRAINT dns_journal_rdata_not_empty CHECK (cardinality(rdata) > 0),
    CONSTRAINT dns_journal_pkey PRIMARY KEY (zone_id, serial, added, owner, rtype)
);
COMMENT ON TABLE dos.dns_journal IS 'records that each serial removed from and added to the one before it (RFC 1995); its key order is the order of IXFR';
SELECT pg_catalog.pg_extension_config_dump('dos.dns_journal', '');

-- Names whose records could not be computed: set aside, so that all others go out.
CREATE TABLE dos.dns_parked (
    zone_id   int  NOT NULL,
    owner     text COLLATE "C" NOT NULL,
    problem   text NOT NULL,
    parked_at timestamptz NOT NULL DEFAULT dos.now(),
    CONSTRAINT dns_parked_pkey PRIMARY KEY (zone_id, owner)
);
COMMENT ON TABLE dos.dns_parked IS 'names whose records could not be computed, and why; what was published of them stays until they are put right and marked again';
SELECT pg_catalog.pg_extension_config_dump('dos.dns_parked', '');

-- The publisher takes the queue of one zone at a time, in order.
CREATE INDEX dns_dirty_zone ON dos.dns_dirty (zone_id, id);
-- Servers of host attributes that lie beside the domain are rare; glue must find who uses them.
CREATE INDEX domain_sibling_servers ON dos.domain USING gin (dos_internal.dns_sibling_servers(name, host_attrs))
    WHERE dos_internal.dns_sibling_servers(name, host_attrs) <> '{}';

CREATE FUNCTION dos_internal.zone_by_name(name text) RETURNS dos.zone
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found_zone dos.zone;
BEGIN
    SELECT * INTO found_zone FROM dos.zone AS z WHERE z.name = lower(rtrim(zone_by_name.name, '.'));
    IF NOT FOUND THEN
        PERFORM dos_internal.refuse(2303, 'zone_unknown', 'zone', format('zone "%s" does not exist', name));
    END IF;
    RETURN found_zone;
END $$;
COMMENT ON FUNCTION dos_internal.zone_by_name(text) IS 'the zone of this name, or R2303';

-- The current serial row of a zone, all NULL when it was never published.
CREATE FUNCTION dos_internal.zone_current(zone_id int) RETURNS dos.zone_serial
LANGUAGE sql STABLE
RETURN (SELECT s FROM dos.zone_serial AS s WHERE s.zone_id = zone_current.zone_id ORDER BY s.serial DESC LIMIT 1);
COMMENT ON FUNCTION dos_internal.zone_current(int) IS 'the newest row of dos.zone_serial for a zone';
