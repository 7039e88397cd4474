-- Transfers: which records, in which order, and in chunks of wire form.
\pset format unaligned
SET dos.clock = '2026-01-01T00:00:00Z';
CREATE FUNCTION test.rows(condensed boolean, from_serial bigint) RETURNS SETOF text
LANGUAGE sql AS $$
    SELECT replace(r.owner || ' ' || r.ttl || ' ' || dos_internal.dns_type_text(r.rtype) || ' ' || dos_internal.dns_rdata_text(r.rtype, d), ' 3600 900 1209600 3600', '')
      FROM ROWS FROM (dos_internal.dns_ixfr_rows('example', from_serial, condensed)) WITH ORDINALITY AS r(owner, rtype, ttl, rdata, n) CROSS JOIN unnest(r.rdata) AS d
     ORDER BY r.n
$$;
CREATE FUNCTION test.change(name text, VARIADIC ds text[]) RETURNS bigint
LANGUAGE sql AS $$
    UPDATE dos.domain AS d SET ds = ARRAY(SELECT k || ' 13 1 0102030405060708090a0b0c0d0e0f1011121314' FROM unnest(change.ds) AS k) WHERE d.name = change.name;
    SELECT dos_internal.dns_mark(1, name);
    SELECT dos.job_run('zone_publish');
$$;

-- nothing to transfer: unknown zone, zone that was never published, names that are none
SELECT dos.zone_create('example', '{}', 'soa_mname=ns1.example', 'soa_rname=hostmaster.example');
SELECT z, (SELECT count(*) FROM dos.dns_axfr(z)) AS axfr, (SELECT count(*) FROM dos.dns_ixfr(z, 1)) AS ixfr, dos.dns_soa(z)
  FROM unnest(ARRAY['example', 'nowhere', '', '.', 'a..b', repeat('x', 64), repeat('x.', 200)]) AS z;
SELECT * FROM dos.dns_zones();

-- the serial wraps after two more batches
INSERT INTO dos.zone_nameserver VALUES (1, 'ns1.example', '{192.0.2.53}');
INSERT INTO dos.host (name, roid, registrar_id, creator_id) VALUES ('ns.dns.test', 'H', 1, 1);
INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, expires_at, host_ids)
SELECT n || '.example', 1, 'D', 1, 1, dos.now() + interval '1 year', '{1}' FROM unnest(ARRAY['a', 'b']) AS n;
SET dos.clock = '2106-02-07T06:28:14Z';
UPDATE dos.domain SET expires_at = dos.now() + interval '1 year';
SELECT dos.job_run('zone_publish') > 0 AS published;
SELECT * FROM dos.dns_zones();
SELECT test.change('a.example', '1'), test.change('a.example', '1', '2'), test.change('b.example', '3'), test.change('a.example', '2');
SELECT serial, serial & 4294967295 AS wire, removed, added, rrsets FROM dos.zone_serial;
SELECT * FROM dos.dns_zones();
SELECT dos.dns_soa('example') = dos.dns_soa('EXAMPLE.') AS same, dos.dns_soa('example');

-- serial by serial, from the first, from before the wrap, from after it; the same condensed
SELECT * FROM test.rows(false, 4294967294);
SELECT * FROM test.rows(true, 4294967294);
SELECT * FROM test.rows(false, 1);
SELECT * FROM test.rows(true, 1);
-- up to date, ahead, unknown, out of reach
SELECT * FROM test.rows(false, 2);
SELECT * FROM test.rows(false, 3);
SELECT * FROM test.rows(true, 3);
SELECT * FROM test.rows(false, 4294967293);
SELECT * FROM test.rows(false, 2147483651);
-- a change of the SOA alone is a difference without records
UPDATE dos.zone SET soa_refresh = 60 WHERE id = 1;
SELECT dos.job_run('zone_publish');
SELECT * FROM test.rows(false, 2);
SELECT * FROM test.rows(true, 2);
-- what came and went is nothing, condensed
SELECT test.change('b.example', VARIADIC '{}'), test.change('b.example', '3');
SELECT * FROM test.rows(true, 3);

-- wire form: SOA first and last, owners compressed against the question at offset 12
SELECT dos.dns_axfr('example');
SELECT dos.dns_ixfr('example', 5), dos.dns_ixfr('example', 5) = dos.dns_ixfr('example.', 5) AS same;
SELECT count(*) FROM dos.dns_ixfr('example', 77777);

-- many records: chunks of at most 60,000 octets, nearly full; a transfer that is not read to its end does no harm
INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, expires_at, host_ids, ds)
SELECT 'name' || i || '.example', 1, 'D', 1, 1, dos.now() + interval '1 year', '{1}', '{"1 13 1 0102030405060708090a0b0c0d0e0f1011121314"}' FROM generate_series(1, 5000) AS i;
SELECT dos.zone_publish('example', whole => true);
SELECT count(*), max(length(c)) <= 60000 AS fits, min(length(c)) FILTER (WHERE NOT last) > 59000 AS full
  FROM (SELECT c, row_number() OVER () = count(*) OVER () AS last FROM dos.dns_axfr('example') AS c) AS t;
SELECT length(c) > 59000 AS full FROM (SELECT dos.dns_axfr('example') AS c LIMIT 2) AS t;
SELECT count(*), max(length(c)) <= 60000 AS fits FROM dos.dns_ixfr('example', 5) AS c;
BEGIN;
DECLARE transfer CURSOR FOR SELECT length(dos.dns_axfr('example')) > 59000 AS full;
FETCH 1 FROM transfer;
DELETE FROM dos.dns_image;
FETCH 1 FROM transfer;
ROLLBACK;

-- the file: each line one record, sorted; the same number of records as the image has
SELECT count(*), count(*) = (SELECT 1 + sum(cardinality(rdata)) FROM dos.dns_image) AS complete FROM dos.zone_file('example');
SELECT f FROM dos.zone_file('example') AS f LIMIT 6;

-- the gateway's role may ask for these and see nothing else
SET ROLE dos_dns;
SELECT count(*) FROM dos.dns_zones();
SELECT count(*) > 0 AS transferred FROM dos.dns_axfr('example');
SELECT count(*) FROM dos.dns_ixfr('example', 8);
SELECT dos.dns_soa('example') IS NOT NULL AS soa;
SELECT count(*) FROM dos.dns_secondaries();
SELECT count(*) FROM dos.dns_image;
SELECT dos.zone_publish('example');
RESET ROLE;
