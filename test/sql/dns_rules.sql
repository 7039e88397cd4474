-- The pure part of room dns: the table of what is published, serial arithmetic, names in zone order,
-- RDATA to and from text.
\pset format unaligned

SELECT * FROM dos.dns_rules();

-- RFC 1982: before, equal, after; 2^31 apart is nobody's; only 32 bits count
SELECT a, b, dos.serial_compare(a, b)
  FROM (VALUES (1, 1), (1, 2), (2, 1), (0, 4294967295), (4294967295, 0), (0, 2147483647), (0, 2147483648), (2147483648, 0),
               (0, 2147483649), (4294967296, 0), (4294967297, 1), (4294967290, 5)) AS c(a, b);

-- RFC 4034 section 6.1
SELECT n FROM unnest(ARRAY['z.example', 'example', 'a-b.example', 'yljkjljk.a.example', 'a.example', 'ab.example', 'zabc.a.example', 'a0.example', 'b.test']) AS n
 ORDER BY dos_internal.dname_zone_key(n) COLLATE "C";
SELECT name, ancestor, dos_internal.dname_within(name, ancestor)
  FROM (VALUES ('a.example', 'example'), ('example', 'example'), ('aexample', 'example'), ('example', 'a.example'), ('x.y.example', 'y.example')) AS c(name, ancestor);

-- RRsets are sorted and hold nothing twice, whatever they are made from
SELECT dos_internal.dns_rdata_ns('{ns2.test,ns1.test,ns2.test}') = dos_internal.dns_rdata_ns('{ns1.test,ns2.test}') AS same,
       dos_internal.dns_rdata_ns_names(dos_internal.dns_rdata_ns('{ns2.test,ns1.test,ns2.test}')) AS names;
SELECT rtype, ARRAY(SELECT dos_internal.dns_rdata_text(rtype, r) FROM unnest(dos_internal.dns_rdata_address('{2001:db8::2,192.0.2.2,2001:db8::1,192.0.2.1,192.0.2.2}', rtype)) AS r)
  FROM unnest(ARRAY[1, 28]) AS rtype;

-- DS as given, and made of keys: the examples of RFC 4509 section 2.3 and RFC 4034 section 5.4 (the key)
SELECT what, coalesce((SELECT string_agg(dos_internal.dns_rdata_text(43, r), ', ') FROM unnest(dos_internal.dns_rdata_ds('dskey.example.com', ds, keys)) AS r), '-') AS rdata
  FROM (VALUES
    ('SHA-256', '{60485 5 2 D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A}'::text[], '{}'::text[]),
    ('from a key', '{}', '{256 3 5 AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmmAphXdvxegXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw==}'),
    ('with key data behind it', '{60485 5 2 D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A 256 3 5 AQOe}', '{}'),
    ('lower case', '{1 8 1 0102030405060708090a0b0c0d0e0f1011121314}', '{}'),
    ('digest too short', '{1 8 2 0102}', '{}'),
    ('digest not hex', '{1 8 1 0102030405060708090a0b0c0d0e0f10111213xx}', '{}'),
    ('key tag too large', '{65536 8 1 0102030405060708090a0b0c0d0e0f1011121314}', '{}'),
    ('no digest', '{1 8 1}', '{}'),
    ('key not base64', '{}', '{256 3 5 ????}'),
    ('nothing', '{}', '{}')) AS c(what, ds, keys);

SELECT dos_internal.dns_rdata_text(6, dos_internal.dns_rdata_soa('ns1.example', 'hostmaster.example', 4294967295 + 3, 1, 2, 3, 4)) AS soa;

-- what is not known, or not what its type says, is written by RFC 3597
SELECT rtype, dos_internal.dns_type_text(rtype), dos_internal.dns_rdata_text(rtype, rdata)
  FROM (VALUES (1, '\x0102'::bytea), (2, '\x0363'), (6, '\x00'), (16, '\x0161'), (28, '\x01'), (65280, '\x'), (2, '\x024120026162037a2e7a00')) AS c(rtype, rdata);

SELECT dos_internal.dns_rr('a.test', 1, 3600, '\xc0000201');
