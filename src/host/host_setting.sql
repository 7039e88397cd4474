-- What a registry says about all its hosts.

CREATE TABLE dos.host_setting (
    one           boolean CONSTRAINT host_setting_pkey PRIMARY KEY DEFAULT true CONSTRAINT host_setting_one CHECK (one),
    info_open     boolean NOT NULL DEFAULT true,
    addresses_max int     NOT NULL DEFAULT 13 CONSTRAINT host_setting_addresses_range CHECK (addresses_max BETWEEN 1 AND 100),
    roid_suffix   text    NOT NULL DEFAULT 'DOS' CONSTRAINT host_setting_roid_form CHECK (roid_suffix ~ '^[A-Z0-9]{1,8}$'),
    own           boolean NOT NULL DEFAULT true
);
COMMENT ON TABLE dos.host_setting IS 'the registry''s rules for hosts: whether info is open to registrars that do not sponsor the host, how many addresses one has';
SELECT pg_catalog.pg_extension_config_dump('dos.host_setting', 'WHERE own');
INSERT INTO dos.host_setting (own) VALUES (false);
CREATE TRIGGER host_setting_shipped BEFORE INSERT OR UPDATE ON dos.host_setting
    FOR EACH ROW EXECUTE FUNCTION dos_internal.shipped_row('one');

-- Special-purpose addresses (RFC 6890 and the IANA registries). Those that can never be a name server's are refused as
-- shipped; a registry refuses more, such as private networks, by a row's `refused`.
CREATE TABLE dos.address_range (
    network cidr CONSTRAINT address_range_pkey PRIMARY KEY,
    meaning text NOT NULL,
    refused boolean NOT NULL,
    own     boolean NOT NULL DEFAULT true
);
COMMENT ON TABLE dos.address_range IS 'special-purpose addresses (RFC 6890) and whether a host may have them; own marks what the registry changed';
SELECT pg_catalog.pg_extension_config_dump('dos.address_range', 'WHERE own');
INSERT INTO dos.address_range (network, meaning, refused, own) VALUES
    ('0.0.0.0/8',       'this network (RFC 791)',               true,  false),
    ('10.0.0.0/8',      'private use (RFC 1918)',               false, false),
    ('100.64.0.0/10',   'shared address space (RFC 6598)',      false, false),
    ('127.0.0.0/8',     'loopback (RFC 1122)',                  true,  false),
    ('169.254.0.0/16',  'link local (RFC 3927)',                true,  false),
    ('172.16.0.0/12',   'private use (RFC 1918)',               false, false),
    ('192.0.0.0/24',    'protocol assignments (RFC 6890)',      false, false),
    ('192.0.2.0/24',    'documentation (RFC 5737)',             false, false),
    ('192.88.99.0/24',  'formerly 6to4 relays (RFC 7526)',      false, false),
    ('192.168.0.0/16',  'private use (RFC 1918)',               false, false),
    ('198.18.0.0/15',   'benchmarking (RFC 2544)',              false, false),
    ('198.51.100.0/24', 'documentation (RFC 5737)',             false, false),
    ('203.0.113.0/24',  'documentation (RFC 5737)',             false, false),
    ('224.0.0.0/4',     'multicast (RFC 5771)',                 true,  false),
    ('240.0.0.0/4',     'reserved and broadcast (RFC 1112)',    true,  false),
    ('::/128',          'unspecified (RFC 4291)',               true,  false),
    ('::1/128',         'loopback (RFC 4291)',                  true,  false),
    ('::ffff:0:0/96',   'mapped IPv4 (RFC 4291)',               true,  false),
    ('64:ff9b:1::/48',  'local translation (RFC 8215)',         false, false),
    ('100::/64',        'discard only (RFC 6666)',              true,  false),
    ('2001:2::/48',     'benchmarking (RFC 5180)',              false, false),
    ('2001:db8::/32',   'documentation (RFC 3849)',             false, false),
    ('2002::/16',       '6to4 (RFC 3056)',                      false, false),
    ('3fff::/20',       'documentation (RFC 9637)',             false, false),
    ('fc00::/7',        'unique local (RFC 4193)',              false, false),
    ('fe80::/10',       'link local (RFC 4291)',                true,  false),
    ('ff00::/8',        'multicast (RFC 4291)',                 true,  false);
CREATE TRIGGER address_range_shipped BEFORE INSERT OR UPDATE ON dos.address_range
    FOR EACH ROW EXECUTE FUNCTION dos_internal.shipped_row('network');
