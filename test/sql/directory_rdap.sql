-- Whole RDAP documents, compared by eye: domain, nameserver, registrar, contact, help; and what is not there.
SET dos.clock = '2026-11-21T12:00:00.123Z';
\set base '''https://rdap.example/'''
INSERT INTO dos.registrar (id, clid, name, iana_id, rdap_base_url, url, whois_server, email, voice, postal, abuse_email, abuse_voice, created_at)
VALUES (1, 'alpha', 'Alpha Registrar, Inc.', 9001, 'https://rdap.alpha.example/', 'https://alpha.example', 'whois.alpha.example',
        'info@alpha.example', '+1.5555550100', '{NULL,"Alpha, Inc.","1 Alpha Way","Floor 2",NULL,Alphaville,CA,90001,US}',
        'abuse@alpha.example', '+1.5555550123', '2020-01-01Z'),
       (2, 'beta one', 'Beta', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2020-01-01Z');
SELECT dos.registrar_contact_set('alpha', 'technical', 'Tess <T>', 'tess@alpha.example', '+1.5555550104', '+1.5555550105'),
       dos.registrar_contact_set('alpha', 'administrative', 'Joe Registrar', 'joe@alpha.example', '+1.5555550101');
SELECT dos.zone_create('shop') AS shop \gset
SELECT dos.zone_create('attr', '{}', 'host_model=attribute', 'registrant_required=false', 'contacts_required={}') AS attr \gset
INSERT INTO dos.contact (id, handle, roid, registrar_id, creator_id, int_postal, voice, voice_x, fax, email, created_at, updated_at)
VALUES (1, 'ANN-1', 'C1-DOS', 1, 1, ('Ann Example', 'Example "Ltd" <b>', '1 Main Street', 'Suite 2', NULL, 'Springfield', 'CA', '12345', 'US'),
        '+1.5555550199', '12', NULL, 'ann@mail.example', '2026-01-01Z', '2026-02-01Z');
INSERT INTO dos.host (id, name, roid, registrar_id, creator_id, addresses, statuses, created_at)
VALUES (1, 'ns1.one.shop', 'H1-DOS', 2, 1, '{192.0.2.1,2001:db8::1}', '{clientUpdateProhibited}', '2026-01-02Z'),
       (2, 'ns.elsewhere.example', 'H2-DOS', 1, 1, '{}', '{}', '2026-01-02Z');
INSERT INTO dos.domain (id, name, zone_id, roid, registrar_id, creator_id, created_at, updated_at, transferred_at, expires_at, statuses,
                        registrant_id, admin_ids, tech_ids, billing_ids, host_ids, ds, max_sig_life)
VALUES (1, 'one.shop', :shop, 'D1-DOS', 1, 1, '2026-01-01Z', '2026-02-01Z', '2026-03-01Z', '2027-01-01Z', '{clientTransferProhibited}',
        1, '{1}', '{1}', '{1}', '{2,1}', '{"12345 13 2 AABBCC 257 3 13 KEY=="}', 604800);
UPDATE dos.host SET superordinate_id = 1 WHERE id = 1;
INSERT INTO dos.domain (id, name, zone_id, roid, registrar_id, creator_id, created_at, expires_at, host_attrs, keys)
VALUES (2, 'xn--bcher-kva.attr', :attr, 'D2-DOS', 2, 2, '2026-01-01Z', '2027-01-01Z',
        ARRAY[('ns1.xn--bcher-kva.attr', '{192.0.2.7}'), ('ns.elsewhere.example', '{}')]::dos.host_attribute[], '{"257 3 13 KEY=="}');

SELECT jsonb_pretty(dos.rdap_domain('ONE.shop.', :base)::jsonb);
SELECT jsonb_pretty(dos.rdap_domain('Bücher.attr', :base)::jsonb - '{notices,rdapConformance}'::text[]);
SELECT jsonb_pretty(dos.rdap_nameserver('ns1.one.shop', :base)::jsonb - '{notices,rdapConformance}'::text[]);
SELECT jsonb_pretty(dos.rdap_entity('9001', :base)::jsonb - '{notices,rdapConformance}'::text[]);
SELECT jsonb_pretty(dos.rdap_entity('beta one', :base)::jsonb - '{notices,rdapConformance}'::text[]);
SELECT jsonb_pretty(dos.rdap_entity('ANN-1', :base)::jsonb - '{notices,rdapConformance}'::text[]);
SELECT jsonb_pretty(dos.rdap_help('https://rdap.example')::jsonb);

SELECT plan(19);
SELECT is(replace(dos.rdap_entity('C1-DOS', :base), 'entity/C1-DOS', 'entity/ANN-1'), replace(dos.rdap_entity('ANN-1', :base), 'entity/C1-DOS', 'entity/ANN-1'), 'a contact by ROID and by id is the same but for the URL asked for');
SELECT is(replace(dos.rdap_entity('alpha', :base), 'entity/alpha', 'entity/9001'), dos.rdap_entity('9001', :base), 'a registrar by clID and by IANA id is the same but for the URL asked for');
SELECT is(replace(dos.rdap_entity('ALPHA registrar, inc.', :base), 'entity/ALPHA%20registrar%2C%20inc.', 'entity/9001'), dos.rdap_entity('9001', :base), 'and by name in any case');
SELECT is(dos.rdap_domain('two.shop', :base), NULL, 'no such domain');
SELECT is(dos.rdap_domain('shop', :base), NULL, 'a zone is not a domain');
SELECT is(dos.rdap_nameserver('ns.two.shop', :base), NULL, 'no such name server');
SELECT is(dos.rdap_entity('C1-OTHER', :base), NULL, 'a ROID of another repository');
SELECT is(dos.rdap_entity('99999999999999999999', :base), NULL, 'a very long number');
SELECT is(dos.rdap_entity('', :base), NULL, 'an empty handle');
SELECT throws_ok($$SELECT dos.rdap_domain('-one.shop', 'https://rdap.example/')$$, 'R2005', NULL, 'a malformed domain name');
SELECT throws_ok($$SELECT dos.rdap_nameserver('one..shop', 'https://rdap.example/')$$, 'R2005', NULL, 'a malformed host name');
SELECT results_eq($$SELECT content IS NOT NULL, problem FROM dos.rdap_domains('{one.shop,two.shop,-one.shop,NULL}', 'https://rdap.example/')$$,
    $$VALUES (true, NULL::text), (false, NULL), (false, 'A label does not begin or end with a hyphen.'), (false, dos.dname_problem(''))$$,
    'many names: answers, problems and neither, in their order');
SELECT is((SELECT content FROM dos.rdap_domains('{one.shop}', :base)), dos.rdap_domain('one.shop', :base), 'many is the same as one');
-- registrars are kept per backend: a change is seen at once, and what is taken back was never there
BEGIN;
UPDATE dos.registrar SET name = 'Omega' WHERE clid = 'alpha';
SELECT ok(dos.rdap_domain('one.shop', :base) LIKE '%"fn",{},"text","Omega"%', 'a change of a registrar is seen in its transaction');
ROLLBACK;
SELECT ok(dos.rdap_domain('one.shop', :base) LIKE '%"fn",{},"text","Alpha Registrar, Inc."%', 'and not after it was taken back');
UPDATE dos.registrar SET abuse_email = 'new@alpha.example' WHERE clid = 'alpha';
SELECT ok((SELECT content LIKE '%new@alpha.example%' FROM dos.rdap_domains('{one.shop}', :base)), 'a change is seen at once');
SELECT ok(dos.whois('one.shop') LIKE '%Abuse Contact Email: new@alpha.example%', 'in WHOIS too');
-- a transfer of a contact is over when the clock says so, written down or not
UPDATE dos.contact SET transfer = ('pending', 2, '2026-11-20Z', 1, '2026-11-25Z', NULL, NULL, NULL)::dos.transfer WHERE id = 1;
SELECT t.at, r.said -> 'status' AS status, r.said -> 'entities' -> 0 ->> 'handle' AS registrar,
       jsonb_path_query_first(r.said, '$.events[*] ? (@.eventAction == "transfer").eventDate') AS transferred
  FROM (VALUES ('2026-11-24T23:59:59.999Z'), ('2026-11-25T00:00:00.000Z')) AS t(at)
 CROSS JOIN LATERAL set_config('dos.clock', t.at, false) AS c(clock)
 CROSS JOIN LATERAL (SELECT dos.rdap_entity('ANN-1', CASE WHEN c.clock IS NOT NULL THEN 'https://rdap.example/' END)::jsonb AS said) AS r;
UPDATE dos.contact SET transfer = NULL WHERE id = 1;
SET dos.clock = '2040-01-01T00:00:00Z';
UPDATE dos.domain SET deleted_at = '2039-01-01Z' WHERE name = 'one.shop';
SELECT is(dos.rdap_domain('one.shop', :base), NULL, 'a domain is gone by the clock, whatever the worker does');
SELECT is(dos.rdap_nameserver('ns1.one.shop', :base), NULL, 'and its hosts with it');
SELECT finish();
