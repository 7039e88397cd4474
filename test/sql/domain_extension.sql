-- What extensions other than fees say on domains, hosts and contacts: tokens (RFC 8495), launch (RFC 8334),
-- times to live (RFC 9803), second e-mail addresses (RFC 9873). Refusals first.
SET dos.clock = '2026-04-03T10:20:30.123Z';
SELECT test.registrar('acme'), test.registrar('rival'), test.thin_zone('example') > 0 AS zone, test.thin_zone('phased') > 0 AS phased;
SELECT dos.phase_create('phased', 'friends', 'custom', '2026-04-01T00:00Z', '2026-05-01T00:00Z') > 0 AS phase;
SELECT dos.token_create('example', 1, 'token=OPEN-1'), dos.zone_ttl_set('example', 'NS', 300, 172800), dos.zone_ttl_set('example', 'DS', 60, 3600),
       dos.zone_ttl_set('example', 'A', 300, 86400);
SELECT (dos.domain_create('acme', 'plain.example')).code, (dos.domain_create('acme', 'token.example', auth => 'Secret-1!', extensions => '{"token":"OPEN-1"}')).code AS token,
       (dos.domain_create('acme', 'p.phased', extensions => '{"launch":{"phase":"custom","phase_name":"friends"}}')).code AS launch,
       (dos.host_create('acme', 'ns1.plain.example', '{192.0.2.1,2001:db8::1}')).code AS host, (dos.host_create('acme', 'ns1.elsewhere.test')).code AS external;
SELECT test.contact('acme', 'AC-1');

SELECT t.what, o.code, o.reason, o.element, o.detail
FROM (VALUES
    (1, 'token: none',                   $$domain_info('acme', 'plain.example', extensions => '{"token":{}}')$$),
    (2, 'token: another''s',             $$domain_info('rival', 'token.example', extensions => '{"token":{}}')$$),
    (3, 'token: in an update',           $$domain_update('acme', 'plain.example', add_statuses => '{clientHold}', extensions => '{"token":"OPEN-1"}')$$),
    (4, 'token: used',                   $$domain_create('acme', 'again.example', extensions => '{"token":"OPEN-1"}')$$),
    (5, 'launch: an application',        $$domain_info('acme', 'p.phased', extensions => '{"launch":{"phase":"custom","phase_name":"friends","application_id":"1"}}')$$),
    (6, 'launch: another phase',         $$domain_info('acme', 'p.phased', extensions => '{"launch":{"phase":"sunrise"}}')$$),
    (7, 'launch: another of the kind',   $$domain_info('acme', 'p.phased', extensions => '{"launch":{"phase":"custom","phase_name":"foes"}}')$$),
    (8, 'launch: a phase of none',       $$domain_info('acme', 'plain.example', extensions => '{"launch":{"phase":"claims"}}')$$),
    (9, 'launch: update',                $$domain_update('acme', 'p.phased', extensions => '{"launch":{"phase":"custom","application_id":"1"}}')$$),
    (10, 'launch: delete',               $$domain_delete('acme', 'p.phased', extensions => '{"launch":{"phase":"custom","application_id":"1"}}')$$),
    (11, 'ttl: below',                   $$domain_create('acme', 'n.example', extensions => '{"ttl":[{"for":"NS","ttl":299}]}')$$),
    (12, 'ttl: above',                   $$domain_update('acme', 'plain.example', extensions => '{"ttl":[{"for":"NS","ttl":172801}]}')$$),
    (13, 'ttl: a type of hosts',         $$domain_create('acme', 'n.example', extensions => '{"ttl":[{"for":"A","ttl":300}]}')$$),
    (14, 'ttl: a type not listed',       $$domain_create('acme', 'n.example', extensions => '{"ttl":[{"for":"DNAME","ttl":300}]}')$$),
    (15, 'ttl: custom',                  $$domain_create('acme', 'n.example', extensions => '{"ttl":[{"for":"custom","custom":"DELEG","ttl":300}]}')$$),
    (16, 'ttl: custom without a name',   $$domain_create('acme', 'n.example', extensions => '{"ttl":[{"for":"custom","ttl":300}]}')$$),
    (17, 'ttl: a name beside',           $$domain_create('acme', 'n.example', extensions => '{"ttl":[{"for":"NS","custom":"NS","ttl":300}]}')$$),
    (18, 'ttl: a zone that has none',    $$domain_create('acme', 'n.phased', extensions => '{"ttl":[{"for":"NS","ttl":300}]}')$$),
    (19, 'ttl: external host',           $$host_create('acme', 'ns2.elsewhere.test', extensions => '{"ttl":[{"for":"A","ttl":300}]}')$$),
    (20, 'ttl: host, not listed',        $$host_update('acme', 'ns1.plain.example', extensions => '{"ttl":[{"for":"AAAA","ttl":300}]}')$$),
    (21, 'ttl: one good, one bad',       $$domain_update('acme', 'plain.example', extensions => '{"ttl":[{"for":"NS","ttl":300},{"for":"DS","ttl":1}]}')$$),
    (22, 'e-mail: no address',           $$contact_update('acme', 'AC-1', extensions => '{"addl_email":{"email":"nobody"}}')$$)) AS t (n, what, command),
    test.outcome('SELECT * FROM dos.' || t.command) AS o ORDER BY t.n;

-- IDN tables: unknown, of another name; shown with the name's Unicode form
SELECT test.thin_zone('idn', 'idn=true') > 0 AS zone, dos.idn_table_load('latin', E'U+0061..U+007A\nU+00F1\n') > 0 AS loaded;
SELECT dos.zone_idn_tables('idn', 'latin');
SELECT t.idn, o.code, o.reason, o.element FROM (VALUES
    (1, '{"table":"greek"}'), (2, '{"table":"latin","uname":"manana.idn"}'), (3, '{"table":"latin","uname":"ma\u00f1ana.idn"}')) AS t (n, idn),
    test.outcome(format('SELECT * FROM dos.domain_create(''acme'', ''xn--maana-pta.idn'', extensions => ''{"idn":%s}'')', t.idn)) AS o ORDER BY t.n;
SELECT i.extension FROM dos.domain_info('rival', 'xn--maana-pta.idn') AS i;

-- tokens and launch phases in answers
SELECT i.extension FROM dos.domain_info('acme', 'token.example', extensions => '{"token":{}}') AS i;
SELECT i.extension FROM dos.domain_info('rival', 'token.example', 'Secret-1!', extensions => '{"token":{}}') AS i;
SELECT i.extension FROM dos.domain_info('acme', 'p.phased', extensions => '{"launch":{"phase":"custom","phase_name":"friends","include_mark":true}}') AS i;
SELECT i.extension FROM dos.domain_info('acme', 'plain.example', extensions => '{"launch":{"phase":"open"}}') AS i;

-- times to live: set, shown, published, taken back
SELECT c.code FROM dos.domain_create('acme', 'n.example', hosts => '{ns1.plain.example}', ds => ARRAY['1 13 2 ' || repeat('AB', 32)], extensions => '{"ttl":[{"for":"NS","ttl":300},{"for":"DS","ttl":60}]}') AS c;
SELECT u.code FROM dos.host_update('acme', 'ns1.plain.example', extensions => '{"ttl":[{"for":"A","ttl":400}]}') AS u;
SELECT u.code FROM dos.domain_update('acme', 'plain.example', add_hosts => '{ns1.plain.example}', extensions => '{"ttl":[{"for":"NS","ttl":172800}]}') AS u;
CREATE FUNCTION records() RETURNS TABLE (owner text, rtype int, ttl int) LANGUAGE sql AS $$
    SELECT i.owner, i.rtype, i.ttl FROM dos.dns_image AS i WHERE i.owner ~ 'plain|^n' ORDER BY 1, 2
$$;
SELECT dos.job_run('zone_publish') IS NOT NULL AS published;
SELECT * FROM records();
SELECT d.name, x.mode, i.extension FROM (VALUES ('n.example'), ('plain.example'), ('token.example')) AS d (name), (VALUES ('false'), ('true')) AS x (mode),
    dos.domain_info('acme', d.name, extensions => format('{"ttl":{"policy":%s}}', x.mode)::jsonb) AS i ORDER BY 1, 2;
SELECT i.extension FROM dos.host_info('acme', 'ns1.plain.example', '{"ttl":{}}') AS i;
SELECT i.extension FROM dos.host_info('acme', 'ns1.plain.example', '{"ttl":{"policy":true}}') AS i;
SELECT i.extension FROM dos.domain_info('acme', 'n.example') AS i;
SELECT u.code FROM dos.domain_update('acme', 'n.example', extensions => '{"ttl":[{"for":"NS","ttl":null}]}') AS u;
SELECT u.code FROM dos.host_update('acme', 'ns1.plain.example', extensions => '{"ttl":[{"for":"A","ttl":null}]}') AS u;
SELECT dos.job_run('zone_publish') IS NOT NULL AS published;
SELECT * FROM records();
SELECT d.name, d.ttls FROM dos.domain AS d WHERE d.ttls IS NOT NULL ORDER BY 1;

SELECT c.place, c.became ->> 'record_type' AS record_type FROM dos.policy_change AS c WHERE c.place = 'zone_ttl' ORDER BY c.id;

-- a second e-mail address: set, shown, changed, taken away
SELECT i.extension FROM dos.contact_info('acme', 'AC-1') AS i;
SELECT u.code FROM dos.contact_update('acme', 'AC-1', extensions => '{"addl_email":{"email":"andr\u00e9@b\u00fccher.example","primary":true}}') AS u;
SELECT i.email, i.extension FROM dos.contact_info('acme', 'AC-1') AS i;
SELECT u.code FROM dos.contact_update('acme', 'AC-1', extensions => '{"addl_email":{"email":"","primary":true}}') AS u;
SELECT i.email, i.extension FROM dos.contact_info('acme', 'AC-1') AS i;
