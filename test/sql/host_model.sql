-- The registry's rules for hosts: who sees them, how many addresses, which; glue that a zone wants.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('other'), test.thin_zone('example') > 0 AS narrow, test.thin_zone('wide', 'glue=wide') > 0 AS wide;
SELECT (dos.domain_create('acme', n.name)).code FROM unnest('{a.example,b.example,a.wide,b.wide}'::text[]) AS n (name);
SELECT (dos.host_create('acme', 'ns1.a.example', '{8.8.8.8}')).code, (dos.host_create('acme', 'bare.a.example')).code, (dos.host_create('acme', 'bare.a.wide')).code,
       (dos.host_create('acme', 'deep.down.there.a.example', '{8.8.8.8}')).code, (dos.host_create('acme', 'ns1.elsewhere.net')).code;

-- seen by everybody, or by the sponsor only
SELECT test.would($$SELECT * FROM dos.host_info('other', 'ns1.a.example')$$) AS open, test.would($$SELECT * FROM dos.host_info('acme', 'ns1.a.example')$$) AS own;
UPDATE dos.host_setting SET info_open = false;
SELECT test.would($$SELECT * FROM dos.host_info('other', 'ns1.a.example')$$) AS closed, test.would($$SELECT * FROM dos.host_info('acme', 'ns1.a.example')$$) AS own;
UPDATE dos.host_setting SET info_open = true;

-- special-purpose addresses: whole, as shipped; a registry refuses more, or less
SELECT r.network, r.meaning, r.refused, test.would(format('SELECT * FROM dos.host_create(''acme'', ''x.a.example'', ARRAY[host(%L::cidr)::inet])', r.network)) AS first,
       test.would(format('SELECT * FROM dos.host_create(''acme'', ''x.a.example'', ARRAY[host(broadcast(%L::cidr))::inet])', r.network)) AS last
  FROM dos.address_range AS r ORDER BY r.network;
SELECT a.address, test.would(format('SELECT * FROM dos.host_create(''acme'', ''x.a.example'', %L)', ARRAY[a.address])) FROM unnest('{9.255.255.255,126.255.255.255,128.0.0.0,223.255.255.255,2001:4860::1,192.0.2.0/31}'::text[]) AS a (address);
UPDATE dos.address_range SET refused = true WHERE network IN ('10.0.0.0/8', '2001:db8::/32');
SELECT a.address, o.code, o.reason, o.detail FROM unnest('{10.0.0.1,2001:db8::1,192.168.0.1}'::text[]) AS a (address), test.outcome(format('SELECT * FROM dos.host_create(''acme'', ''x%s.a.example'', %L)', length(a.address), ARRAY[a.address])) AS o;
UPDATE dos.host_setting SET addresses_max = 2;
SELECT test.would($$SELECT * FROM dos.host_create('acme', 'y.a.example', '{8.8.8.8,8.8.4.4}')$$) AS two, test.would($$SELECT * FROM dos.host_create('acme', 'y.a.example', '{8.8.8.8,8.8.4.4,9.9.9.9}')$$) AS three;

-- glue: narrow wants addresses of name servers inside the domain, wide of all in our zones; never of external ones
SELECT t.what, test.would(format('SELECT * FROM dos.domain_update(''acme'', %L, add_hosts => %L)', t.name, t.hosts)) FROM (VALUES
    (1, 'narrow: inside itself, bare',       'a.example', '{bare.a.example}'), (2, 'narrow: inside itself',  'a.example', '{ns1.a.example}'),
    (3, 'narrow: inside another, bare',      'b.example', '{bare.a.example}'), (4, 'narrow: at any depth',   'a.example', '{deep.down.there.a.example}'),
    (5, 'narrow: external',                  'a.example', '{ns1.elsewhere.net}'),
    (6, 'wide: inside itself, bare',         'a.wide',    '{bare.a.wide}'),    (7, 'wide: inside another',   'b.wide',    '{ns1.a.example}'),
    (8, 'wide: inside another, bare',        'b.wide',    '{bare.a.wide}'),    (9, 'wide: another zone, bare', 'b.wide',  '{bare.a.example}'),
    (10, 'wide: external',                   'b.wide',    '{ns1.elsewhere.net}')) AS t (n, what, name, hosts) ORDER BY n;
-- and the last address stays while a delegation wants it
SELECT code FROM dos.domain_update('acme', 'b.example', add_hosts => '{ns1.a.example}');
SELECT test.would($$SELECT * FROM dos.host_update('acme', 'ns1.a.example', rem_addresses => '{8.8.8.8}')$$) AS narrow;
SELECT code FROM dos.domain_update('acme', 'b.wide', add_hosts => '{ns1.a.example}');
SELECT test.would($$SELECT * FROM dos.host_update('acme', 'ns1.a.example', rem_addresses => '{8.8.8.8}')$$) AS wide,
       test.would($$SELECT * FROM dos.host_update('acme', 'ns1.a.example', rem_addresses => '{8.8.8.8}', add_addresses => '{9.9.9.9}')$$) AS replaced;
