-- Whole WHOIS answers, compared by eye; queries in every form; and what is not there.
SET dos.clock = '2026-11-21T12:00:00.123Z';
\pset format unaligned
\pset tuples_only
INSERT INTO dos.registrar (id, clid, name, iana_id, url, whois_server, email, voice, postal, abuse_email, abuse_voice)
VALUES (1, 'alpha', 'Alpha Registrar, Inc.', 9001, 'https://alpha.example', 'whois.alpha.example', 'info@alpha.example', '+1.5555550100',
        '{NULL,"Alpha, Inc.","1 Alpha Way","Floor 2",NULL,Alphaville,CA,90001,US}', 'abuse@alpha.example', '+1.5555550123');
SELECT dos.zone_create('shop') AS shop \gset
SELECT dos.zone_create('co.shop') AS co \gset
INSERT INTO dos.contact (id, handle, roid, registrar_id, creator_id, int_postal, loc_postal, voice, voice_x, email, disclose_flag, disclose)
VALUES (1, 'ANN-1', 'C1-DOS', 1, 1, ('Ann Example', 'Example Ltd', '1 Main Street', 'Suite 2', NULL, 'Springfield', 'CA', '12345', 'US'), NULL,
        '+1.5555550199', '12', 'ann@mail.example', NULL, '{}'),
       (2, 'BOB-2', 'C2-DOS', 1, 1, NULL, ('Bob Béispiel', NULL, E'2 Evil\r\nDomain Status: forged', 'Hof', NULL, 'Stadt', NULL, '1', 'DE'),
        '+49.1', NULL, 'bob@mail.example', true, '{name:loc,addr:loc,email}');
INSERT INTO dos.host (id, name, roid, registrar_id, creator_id, addresses)
VALUES (1, 'ns1.one.shop', 'H1-DOS', 1, 1, '{192.0.2.1,2001:db8::1}'), (2, 'ns2.one.shop', 'H2-DOS', 1, 1, '{192.0.2.1}');
INSERT INTO dos.domain (id, name, zone_id, roid, registrar_id, creator_id, created_at, updated_at, expires_at, statuses,
                        registrant_id, admin_ids, tech_ids, billing_ids, host_ids, ds)
VALUES (1, 'one.shop', :shop, 'D1-DOS', 1, 1, '2026-01-01Z', '2026-02-01Z', '2027-01-01Z', '{clientTransferProhibited}',
        1, '{2}', '{2,1}', '{1}', '{2,1}', '{"12345 13 2 AABBCC 257 3 13 KEY=="}'),
       (2, 'two.co.shop', :co, 'D2-DOS', 1, 1, '2026-01-01Z', NULL, '2027-01-01Z', '{}', NULL, '{}', '{}', '{}', '{}', '{}'),
       (3, 'xn--bcher-kva.shop', :shop, 'D3-DOS', 1, 1, '2026-01-01Z', NULL, '2027-01-01Z', '{serverHold}', NULL, '{}', '{}', '{}', '{1}', '{"1 13 2 AA"}');

SELECT translate(dos.whois('one.shop'), E'\r', '');
SELECT translate(dos.whois('Bücher.shop'), E'\r', '');
SELECT translate(dos.whois('nameserver ns1.one.shop'), E'\r', '');
-- with its points of contact, once there are any
SELECT o.code, o.reason, t.command
  FROM (VALUES ($$SELECT dos.registrar_contact_set('nobody', 'technical', 'Tess')$$), ($$SELECT dos.registrar_contact_set('alpha', 'billing', 'Bill')$$),
               ($$SELECT dos.registrar_contact_set('alpha', 'technical', '')$$), ($$SELECT dos.registrar_contact_set('alpha', 'technical', E'Tess\nX')$$),
               ($$SELECT dos.registrar_contact_set('alpha', 'technical', 'Tess', 'no address')$$), ($$SELECT dos.registrar_contact_set('alpha', 'technical', 'Tess', NULL, '5550100')$$),
               ($$SELECT dos.registrar_contact_set('alpha', 'technical', 'Tess', 'tess@alpha.example', '+1.5555550104')$$),
               ($$SELECT dos.registrar_contact_set('alpha', 'technical', 'Tess', 'tech@alpha.example', '+1.5555550105')$$),
               ($$SELECT dos.registrar_contact_set('alpha', 'administrative', 'Joe Registrar', 'joe@alpha.example', '+1.5555550101', '+1.5555550102')$$),
               ($$SELECT dos.registrar_contact_set('alpha', 'administrative', 'Jane Registrar', 'jane@alpha.example')$$),
               ($$SELECT dos.registrar_contact_set('alpha', 'administrative', 'Gone')$$), ($$SELECT dos.registrar_contact_drop('alpha', 'administrative', 'Gone')$$),
               ($$SELECT dos.registrar_contact_drop('alpha', 'administrative', 'Gone')$$), ($$SELECT dos.registrar_contact_drop('nobody', 'administrative', 'Gone')$$)) AS t (command),
       test.outcome(t.command) AS o;
SELECT translate(dos.whois('registrar Alpha Registrar, Inc.'), E'\r', '');
SELECT translate(dos.whois('nameserver (192.0.2.1)'), E'\r', '');
SELECT translate(dos.whois('domain three.shop'), E'\r', '');

-- the first line of the answer to each form of a query
SELECT q, split_part(dos.whois(q), E'\r\n', 1)
  FROM unnest(ARRAY['one.shop', 'ONE.SHOP.', '  domain   one.shop  ', 'DOMAIN one.shop', 'domain "one.shop"', 'www.one.shop', 'two.co.shop', 'co.shop',
                    'shop', 'one.elsewhere', 'ns1.one.shop', 'nameserver one.shop', 'domain ns1.one.shop', 'nameserver 2001:db8::1', 'nameserver 192.0.2.9',
                    'registrar alpha', 'registrar 9001', 'registrar nobody', 'alpha', 'Alpha registrar, INC.', 'registrar', 'domain', '', ' ', '-one.shop',
                    'domain one..shop', 'a b.shop', 'xn--bcher-kva.shop', E'one\x01.shop', repeat('a', 64) || '.shop', repeat('a', 1025),
                    $$' OR 1=1; --$$, 'one.shop; select 1', '%', '(', '"']) AS q;


-- look-ups by address can be switched off, for all zones and not for one
SELECT o.code, o.reason FROM test.outcome($$INSERT INTO dos.directory_setting SELECT id, 'whois_address', 'off' FROM dos.zone WHERE name = 'shop'$$) AS o;
SELECT o.code, o.reason FROM test.outcome($$INSERT INTO dos.directory_setting (name, value) VALUES ('whois_address', 'perhaps')$$) AS o;
INSERT INTO dos.directory_setting (name, value) VALUES ('whois_address', 'off');
SELECT q, split_part(dos.whois(q), E'\r\n', 1) FROM unnest('{nameserver 192.0.2.1,nameserver (192.0.2.1),nameserver ns1.one.shop}'::text[]) AS q;
DELETE FROM dos.directory_setting;
SELECT split_part(dos.whois('nameserver 192.0.2.1'), E'\r\n', 1);

SELECT plan(5);
SELECT is(dos.whois('one.shop') ~ E'[^\r]\n' OR dos.whois('one.shop') ~ E'\r[^\n]', false, 'every line ends in CRLF');
SELECT unalike(dos.whois('one.shop'), E'%\nDomain Status: forged%', 'no value makes a line of its own');
SELECT is(array_agg(w), ARRAY[dos.whois('one.shop'), dos.whois('x.shop'), dos.whois('')], 'many is the same as one')
  FROM dos.whois_answers('{one.shop,x.shop,""}') AS w;
SELECT is((SELECT count(*) FROM dos.whois_answers('{}')), 0::bigint, 'no question, no answer');
SELECT throws_ok($$SELECT * FROM dos.whois_answers(array_fill('a'::text, '{1001}'))$$, 'R2306', NULL, 'not too many at once');
SELECT finish();
-- lines, words and the switch of a zone
INSERT INTO dos.whois_line (zone_id, position, item, label) SELECT z.id, x.* FROM dos.zone AS z,
    (VALUES (1, 'text', '% Réponse du registre'), (2, 'name', 'domaine'), (3, 'status', 'statut'), (4, 'text', ''), (5, 'registrar', 'bureau d''enregistrement'),
            (6, 'expires', NULL), (7, 'name_server', 'serveur'), (8, 'registrant', NULL)) AS x WHERE z.name = 'shop';
INSERT INTO dos.directory_setting SELECT id, 'whois_no_match', 'Domaine inconnu.' FROM dos.zone WHERE name = 'shop';
SELECT translate(dos.whois('one.shop'), E'\r', '');
SELECT q, split_part(dos.whois(q), E'\r\n', 1) FROM unnest('{none.shop,none.elsewhere,domain none.shop}'::text[]) AS q;
INSERT INTO dos.directory_setting SELECT id, 'whois', 'off' FROM dos.zone WHERE name = 'shop';
SELECT q, split_part(dos.whois(q), E'\r\n', 1) FROM unnest('{one.shop,none.shop,none.elsewhere}'::text[]) AS q;
INSERT INTO dos.directory_setting SELECT id, 'rdap_base_url', 'https://rdap.nic.shop/' FROM dos.zone WHERE name = 'shop';
SELECT q, split_part(dos.whois(q), E'\r\n', 1) FROM unnest('{one.shop,none.shop,none.elsewhere}'::text[]) AS q;
SELECT t.what, o.code, o.reason
  FROM (VALUES ('an unknown item', $$INSERT INTO dos.whois_line VALUES (NULL, 1, 'shoe size', NULL)$$),
               ('a label of two lines', $$INSERT INTO dos.whois_line VALUES (NULL, 1, 'name', E'a\nb')$$),
               ('a position twice', $$INSERT INTO dos.whois_line SELECT zone_id, 1, 'name', NULL FROM dos.whois_line LIMIT 1$$),
               ('half on', $$INSERT INTO dos.directory_setting VALUES (NULL, 'whois', 'half')$$),
               ('plain http', $$INSERT INTO dos.directory_setting VALUES (NULL, 'rdap_base_url', 'http://rdap.example/')$$)) AS t(what, command), test.outcome(t.command) AS o;
SELECT * FROM dos.whois_items();
-- the bootstrap file: zones by their service
SELECT dos.zone_create('also'), dos.zone_create('xn--bcher-kva') IS NOT NULL AS idn \g /dev/null
SELECT jsonb_pretty(dos.rdap_bootstrap()::jsonb - 'publication'), dos.rdap_bootstrap() ~ '"publication" : "20..-..-..T..:..:..Z"' AS dated;
SELECT dos.rdap_bootstrap('https://rdap.example')::jsonb -> 'services' AS services;
