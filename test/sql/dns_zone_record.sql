-- The operator's own records: what may stand in a zone, what the text of each type becomes, who wins a name.
\pset format unaligned
SET dos.clock = '2026-01-01T00:00:00Z';
CREATE FUNCTION test.verified() RETURNS text
LANGUAGE sql AS $$ SELECT coalesce(string_agg(format('%s', v), ' '), 'verified') FROM dos.zone_verify('example') AS v $$;
CREATE FUNCTION test.records() RETURNS SETOF text
LANGUAGE sql AS $$ SELECT f FROM dos.zone_file('example') AS f WHERE split_part(f, ' ', 4) NOT IN ('SOA', 'NS') $$;

-- the law, whole
SELECT * FROM dos.zone_record_rules();

SELECT dos.zone_create('example', '{"ns1.nic.example 192.0.2.53"}', 'kind=country', 'soa_mname=ns1.nic.example', 'soa_rname=hostmaster.nic.example');
SELECT dos.zone_create('tld', '{"ns1.nic.tld 192.0.2.53"}', 'soa_mname=ns1.nic.tld', 'soa_rname=hostmaster.nic.tld');
SELECT dos.zone_create('co.example', '{"ns1.nic.example"}', 'kind=second-level');

-- refusals: the owner
SELECT test.outcome($$SELECT dos.zone_record_set(z, o, 'A', '{192.0.2.1}')$$ || format(' FROM (VALUES (%L, %L)) AS v (z, o)', z, o)) AS outcome, z, o
  FROM (VALUES ('nowhere', 'www.nowhere'), ('example', 'www.other'), ('example', 'wwwexample'), ('example', ''), ('example', 'a..example'), ('example', '.'),
               ('example', 'a*.example'), ('example', 'a.*.example'), ('example', 'ä.example'), ('example', 'a b.example'),
               ('example', repeat('a', 64) || '.example'), ('example', repeat('a.', 123) || 'example'),
               ('example', 'co.example'), ('example', 'www.co.example'), ('example', 'ns1.nic.example')) AS v (z, o);
-- the type and its data
SELECT test.outcome(format('SELECT dos.zone_record_set(%L, %L, %L, %L)', 'example', 'x.example', t, ARRAY[d])) AS outcome, t, d
  FROM (VALUES ('NS', 'ns.x.test'), ('SOA', 'a. b. 1 2 3 4 5'), ('DS', '1 13 2 ' || repeat('00', 32)), ('DNSKEY', '257 3 13 AAAA'), ('OPT', '\# 0'),
               ('AXFR', ''), ('TYPE251', '\# 0'), ('TYPE0', '\# 0'), ('TYPE65536', '\# 0'), ('BOGUS', 'x'), ('A', '192.0.2.256'), ('A', '192.0.2.1 192.0.2.2'), ('A', ''),
               ('A', '2001:db8::1'), ('AAAA', '192.0.2.1'), ('MX', 'mail.example'), ('MX', '65536 mail.example'), ('MX', '10 ' || repeat('a', 64) || '.example'),
               ('TXT', '"open'), ('TXT', ''), ('TXT', E'"a"\nevil.example. 0 IN A 192.0.2.1'), ('TLSA', '3 1 1 0'), ('CAA', '256 issue "ca"'),
               ('A IN A', '192.0.2.1'), ('TYPE1', '\# 3 000000'), ('TYPE1', '\# 4 C0000201'), ('TYPE32769', '\# 1 00'), ('TYPE261', '\# 1 00'), ('SVCB', '0'), ('LOC', 'here'), ('$INCLUDE', '/etc/passwd'), ('A', '$INCLUDE /etc/passwd')) AS v (t, d);
-- a generic TLD has TXT at its apex, and nothing more
SELECT test.outcome(format('SELECT dos.zone_record_set(%L, %L, %L, %L)', 'tld', o, t, ARRAY[d])) AS outcome, o, t
  FROM (VALUES ('tld', 'A', '192.0.2.1'), ('tld', 'MX', '0 .'), ('www.tld', 'TXT', 'x'), ('*.tld', 'A', '192.0.2.1'), ('*.tld', 'TXT', 'x'), ('tld', 'TXT', '"version 7"')) AS v (o, t, d);
-- an alias stands alone
SELECT dos.zone_record_set('example', 'alias.example', 'CNAME', '{www.example}');
SELECT test.outcome($$SELECT dos.zone_record_set('example', 'alias.example', 'A', '{192.0.2.1}')$$);
SELECT test.outcome($$SELECT dos.zone_record_set('example', 'alias2.example', 'CNAME', '{a.example,b.example}')$$);
SELECT test.outcome($$SELECT dos.zone_record_set('example', 'example', 'CNAME', '{a.example}')$$);
SELECT dos.zone_record_set('example', 'www.example', 'A', '{192.0.2.80}');
SELECT test.outcome($$SELECT dos.zone_record_set('example', 'www.example', 'CNAME', '{alias.example}')$$);

-- every type that has a text of its own comes back as it went in; others by RFC 3597
SELECT dos.zone_record_set('example', o, t, d)
  FROM (VALUES ('example', 'MX', ARRAY['20 mx2.example', '10 mx1.example', '10 mx1.example']), ('example', 'TXT', ARRAY['"v=spf1 -all"', '"a\"b\\c\001" "two"']),
               ('example', 'CAA', ARRAY['0 issue "ca.test; x=y"']), ('_443._tcp.example', 'TLSA', ARRAY['3 1 1 ' || repeat('AB', 32)]),
               ('_sip._udp.example', 'SRV', ARRAY['1 2 5060 sip.example']), ('*.wild.example', 'AAAA', ARRAY['2001:db8::1']),
               ('naptr.example', 'NAPTR', ARRAY['100 10 "u" "E2U+sip" "!^.*$!sip:info@example!" .']), ('h.example', 'HTTPS', ARRAY['1 . alpn=h2']),
               ('h.example', 'SSHFP', ARRAY['4 2 ' || repeat('0A', 32)]), ('h.example', 'LOC', ARRAY['52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m']),
               ('h.example', 'TYPE65280', ARRAY['\# 2 ABCD']), ('h.example', 'URI', ARRAY['10 1 "https://x.example/"']), ('h.example', 'HINFO', ARRAY['"PDP-11" "UNIX"']),
               ('p.example', 'PTR', ARRAY['h.example']), ('d.example', 'DNAME', ARRAY['other.test']), ('h.example', 'RP', ARRAY['root.example .'])) AS v (o, t, d);
SELECT dos.zone_record_set('example', 'www.example', 'A', '{192.0.2.80,192.0.2.81}', ttl => 60);
SELECT dos.job_run('zone_publish') > 0 AS published, test.verified();
SELECT * FROM test.records();
-- one goes
SELECT dos.zone_record_set('example', 'h.example', 'https', '{}');
SELECT test.outcome($$SELECT dos.zone_record_set('example', 'h.example', 'https', '{}')$$);
UPDATE dos.zone SET ttl_record = 120 WHERE name = 'example';
SELECT dos.job_run('zone_publish') > 0 AS published, test.verified();
SELECT * FROM test.records() AS r WHERE r LIKE 'h.%' OR r LIKE 'www.%';

-- a name with records is not for sale, and a sold name takes none
SELECT test.registrar('one', 100000);
DO $do$ BEGIN PERFORM dos.price_set('example', 'create', NULL, 'USD', 100); END $do$;
UPDATE dos.zone SET contacts_required = '{}', registrant_required = false WHERE name = 'example';
SELECT test.outcome($$SELECT dos.domain_create('one', 'wild.example')$$);
SELECT name, available, reason FROM dos.domain_check('one', '{wild.example,h.example,free.example,_tcp.example}');
SELECT (dos.domain_create('one', 'sold.example')).code;
SELECT test.outcome($$SELECT dos.zone_record_set('example', o, 'TXT', '{x}')$$ || format(' FROM (VALUES (%L)) AS v (o)', o)) AS outcome, o
  FROM (VALUES ('sold.example'), ('_dmarc.sold.example')) AS v (o);
-- even written past the verb it does not get into the image
ALTER TABLE dos.zone_record DISABLE TRIGGER zone_record_check;
INSERT INTO dos.zone_record VALUES (1, 'a.sold.example', 16, 'sold.example', NULL, '{"\\x0178"}');
SELECT dos.job_run('zone_publish') > 0 AS taken, test.verified();
SELECT count(*) FROM test.records() AS r WHERE r LIKE '%sold%';
