-- RDAP searches: who may, what is found, pages; and readers who see more than the public.
SET dos.clock = '2026-11-21T12:00:00Z';
\set base '''https://rdap.example/'''
INSERT INTO dos.registrar (id, clid, name, iana_id) VALUES (1, 'alpha', 'Alpha Registrar, Inc.', 9001), (2, 'alps', 'Alpine', NULL);
SELECT dos.zone_create('shop') AS shop \gset
SELECT dos.zone_create('open') AS open \gset
INSERT INTO dos.contact (id, handle, roid, registrar_id, creator_id, int_postal, email)
VALUES (1, 'ANN-1', 'C1-DOS', 1, 1, ('P-NAME', NULL, 'P-STREET', NULL, NULL, 'P-CITY', NULL, 'P-PC', 'US'), 'p@email.example');
INSERT INTO dos.host (id, name, roid, registrar_id, creator_id, addresses)
VALUES (1, 'ns1.one.shop', 'H1-DOS', 1, 1, '{192.0.2.1,2001:db8::1}'), (2, 'ns2.one.shop', 'H2-DOS', 1, 1, '{192.0.2.1}'), (3, 'ns.else.example', 'H3-DOS', 1, 1, '{}');
INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, created_at, expires_at, registrant_id, host_ids)
SELECT 'n' || lpad(i::text, 3, '0') || '.shop', :shop, 'D' || i || '-DOS', 1, 1, '2026-01-01Z', '2027-01-01Z', CASE WHEN i < 60 THEN 1 END, CASE WHEN i < 3 THEN '{1}'::bigint[] WHEN i = 3 THEN '{2,3}' ELSE '{}' END
  FROM generate_series(1, 120) AS i;
INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, created_at, expires_at) VALUES ('n001.open', :open, 'D900-DOS', 1, 1, '2026-01-01Z', '2027-01-01Z');
INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, created_at, expires_at, deleted_at) VALUES ('n999.shop', :shop, 'D999-DOS', 1, 1, '2020-01-01Z', '2021-01-01Z', '2020-06-01Z');
INSERT INTO dos.reader (name, tier, keys, may_search, purposes, valid_until)
VALUES ('Police', 'lawful', ARRAY['bearer:' || repeat('a', 64)], true, '{criminal-investigation}', NULL), ('Former', 'lawful', ARRAY['bearer:' || repeat('b', 64)], true, '{}', '2026-11-21T12:00:00Z'),
       ('Partner', 'partner', ARRAY['certificate:' || repeat('c', 64)], false, '{}', NULL);

-- what a search says: an error, or names, how many there are, the next page
CREATE FUNCTION pg_temp.search(object text, query jsonb, key text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer jsonb;
    found  jsonb;
BEGIN
    answer := dos.rdap_search(object, ARRAY(SELECT k FROM jsonb_object_keys(query) AS k), ARRAY(SELECT query ->> k FROM jsonb_object_keys(query) AS k), 'https://rdap.example/', key);
    found := coalesce(answer -> 'domainSearchResults', answer -> 'nameserverSearchResults', answer -> 'entitySearchResults');
    RETURN coalesce((SELECT string_agg(coalesce(e ->> 'ldhName', e ->> 'handle', '-'), ' ' ORDER BY n) FROM jsonb_array_elements(found) WITH ORDINALITY AS x(e, n) WHERE n <= 3)
        || format(' (%s', jsonb_array_length(found)) || coalesce(' of ' || (answer -> 'paging_metadata' ->> 'totalCount'), '') || ')'
        || coalesce(' ' || (answer -> 'paging_metadata' -> 'links' -> 0 ->> 'href'), ''), 'nothing');
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
\set lawful '''bearer:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'''
\set partner '''certificate:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc'''
CREATE TEMPORARY TABLE question (n int, object text, query jsonb);
INSERT INTO question VALUES
    (1, 'domains', '{"name":"n00*.shop"}'), (2, 'domains', '{"name":"n001*"}'), (3, 'domains', '{"name":"n001.shop"}'), (4, 'domains', '{"name":"N0*","count":"true"}'), (5, 'domains', '{"name":"n9*"}'),
    (6, 'domains', '{"nsLdhName":"ns1.one.shop"}'), (7, 'domains', '{"nsLdhName":"ns*"}'), (8, 'domains', '{"nsIp":"192.0.2.1"}'), (9, 'domains', '{"nsIp":"2001:DB8:0::1"}'),
    (10, 'domains/reverse_search/entity', '{"handle":"ANN-1","role":"registrant"}'), (18, 'domains/reverse_search/entity', '{"handle":"ANN-1","role":"technical"}'), (19, 'domains/reverse_search/entity', '{"handle":"C1-DOS"}'), (36, 'domains/reverse_search/entity', '{"handle":"C1-DOS","role":"x"}'), (11, 'nameservers', '{"ip":"192.0.2.1"}'), (12, 'nameservers', '{"ip":"192.0.2.9"}'), (13, 'nameservers', '{"name":"ns*.shop"}'),
    (14, 'entities', '{"fn":"alpha registrar, inc."}'), (15, 'entities', '{"fn":"alp*"}'), (16, 'entities', '{"handle":"90*"}'), (17, 'entities', '{"handle":"ANN-1"}'),
    (20, 'domains', '{}'), (21, 'domains', '{"name":""}'), (22, 'domains', '{"name":"a*","nsIp":"1.2.3.4"}'), (23, 'domains', '{"name":"*"}'), (24, 'domains', '{"name":"n*"}'), (25, 'domains', '{"name":"n0*1.shop"}'),
    (26, 'domains', '{"name":"nn*.*"}'), (27, 'nameservers', '{"ip":"192.0.2.0/24"}'), (28, 'nameservers', '{"ip":"x''; DROP"}'), (29, 'domains', '{"name":"n00*","sort":"expires"}'), (30, 'domains', '{"name":"n00*","cursor":"zz"}'),
    (31, 'domains', '{"name":"n00*","cursor":"ff"}'), (32, 'domains', '{"name":"n00*","fieldSet":"all"}'), (33, 'domains', '{"name":"n00*","count":"maybe"}'), (34, 'domains', '{"name":"n00*.shop","unknown":"x","fieldSet":"id","sort":"name:a"}'), (35, 'domains', '{"name":"n%*"}'),
    (37, 'domains', '{"name":"n0*.shop","sort":"name:d","count":"yes"}'), (38, 'domains', '{"name":"n00*","cursor":""}'), (39, 'domains/reverse_search/entity', '{"fn":"P-NAME","role":"registrant"}'), (40, 'domains', '{"nsIp":"192.0.2.1","sort":"name:d"}'),
    (41, 'nameservers', '{"ip":"192.0.2.1","sort":"name:d","count":"0"}');
\pset format unaligned
\pset footer off
SELECT n, object, query, pg_temp.search(object, query, NULL) AS public FROM question ORDER BY n;
INSERT INTO dos.directory_setting VALUES (NULL, 'search_nameservers', 'readers'), (NULL, 'search_entities', 'readers'), (:shop, 'search_domains', 'readers');
SELECT n, pg_temp.search(object, query, NULL) AS public, pg_temp.search(object, query, :partner) AS partner, pg_temp.search(object, query, :lawful) AS lawful FROM question WHERE n < 20 ORDER BY n;
INSERT INTO dos.directory_setting VALUES (NULL, 'search_domains', 'all');
DELETE FROM dos.directory_setting WHERE zone_id = :shop;
SELECT n, pg_temp.search(object, query, NULL) AS public FROM question WHERE object = 'domains' ORDER BY n;
SELECT pg_temp.search('domains', jsonb_build_object('name', 'n0*.shop', 'cursor', encode('2 n050.shop', 'hex')), NULL) AS second_page,
       pg_temp.search('domains', jsonb_build_object('name', 'n0*.shop', 'sort', 'name:d', 'cursor', encode('2 n050.shop', 'hex')), NULL) AS second_down,
       pg_temp.search('domains', jsonb_build_object('name', 'n0*.shop', 'cursor', encode('0 n050.shop', 'hex')), NULL) AS page_none,
       pg_temp.search('domains', '{"name":"n00*"}', 'bearer:' || repeat('b', 64)) AS expired, pg_temp.search('domains', '{"name":"n00*"}', 'nonsense') AS unknown;
SELECT jsonb_pretty(dos.rdap_search('nameservers', '{ip,fieldSet}', '{192.0.2.1,brief}', :base)::jsonb - '{notices}'::text[]);
-- size and number of a page only when there are several (RFC 8977 section 2.1); the context of links is what was asked
SELECT q.sort, q.cursor, a.answer -> 'paging_metadata' AS paging, a.answer -> 'sorting_metadata' ->> 'currentSort' AS current, jsonb_path_query_array(a.answer, '$.notices[*].links[*].value') AS asked
  FROM (VALUES ('name', NULL), ('name:a', encode('2 n050.shop', 'hex')), ('name:d', encode('2 n005.shop', 'hex'))) AS q(sort, cursor)
 CROSS JOIN LATERAL (SELECT dos.rdap_search('domains', CASE WHEN q.cursor IS NULL THEN '{name,sort,count}' ELSE '{name,sort,count,cursor}'::text[] END,
                     ARRAY['n0*.shop', q.sort, '1'] || q.cursor, :base)::jsonb AS answer) AS a;
SELECT dos.rdap_search('domains', '{name}', '{n001.shop}', :base)::jsonb -> 'paging_metadata' AS one_page;
SELECT dos.rdap_search('domains/reverse_search/entity', '{handle,role}', '{ANN-1,registrant}', :base)::jsonb -> 'reverse_search_properties_mapping' AS mapping,
       dos.rdap_help(:base)::jsonb -> 'reverse_search_properties' AS properties;
SELECT jsonb_path_query(dos.rdap_search('domains', '{name}', '{n001*.shop}', :base)::jsonb, '$.domainSearchResults[0].redacted[*].postPath') AS path;

-- tiers: a row about a tier changes what its readers see, and nobody else
INSERT INTO dos.disclosure (role, field, show, preference, reader) SELECT 'registrant', f, true, false, 'lawful' FROM unnest('{name,street,city,pc,email}'::text[]) AS f;
INSERT INTO dos.disclosure (role, field, show, method, country) VALUES ('registrant', 'city', false, 'partialValue', 'US');
CREATE FUNCTION pg_temp.seen(answer text) RETURNS text LANGUAGE sql AS $$
    SELECT coalesce(string_agg(w, ' ' ORDER BY n), 'nothing') FROM unnest('{P-NAME,P-STREET,P-CITY,P***,P-PC,p@email.example}'::text[]) WITH ORDINALITY AS u(w, n) WHERE strpos(answer, w) > 0 $$;
SELECT pg_temp.seen(dos.rdap_domain('n001.shop', :base)) AS public, pg_temp.seen(dos.whois('n001.shop')) AS whois, pg_temp.seen(dos.rdap_read('domain', 'n001.shop', :base, :lawful)) AS lawful,
       pg_temp.seen(dos.rdap_read('domain', 'n001.shop', :base, :partner)) AS partner,
       pg_temp.seen(dos.rdap_search('domains', '{name}', '{n001*.shop}', :base, :lawful)) AS lawful_search;
SELECT p.field, p.show FROM dos.disclosure_policy(:shop, 'lawful') AS p WHERE p.role = 'registrant' AND p.show;
SELECT o.what, x.code, x.reason, x.detail FROM (VALUES
    ('without a purpose', format('SELECT dos.reader_log_add(%L, ''x'', NULL, NULL, NULL)', :lawful)), ('with another', format('SELECT dos.reader_log_add(%L, ''x'', ''fun'', NULL, NULL)', :lawful)),
    ('expired', format('SELECT dos.reader_log_add(%L, ''x'', NULL, NULL, NULL)', 'bearer:' || repeat('b', 64))), ('no token', $$SELECT dos.reader_token('nobody')$$),
    ('expired read', format('SELECT dos.rdap_read(''help'', NULL, ''x'', %L)', 'bearer:' || repeat('b', 64)))) AS o(what, command), test.outcome(o.command) AS x;
SET ROLE dos_rdds;
SELECT dos.reader_log_add(:lawful, '/domain/n001.shop', 'criminal-investigation', 'case 7', '192.0.2.5');
RESET ROLE;
SELECT at, reader, tier, purpose, case_ref, query, client FROM dos.reader_log;
SELECT dos.reader_token('Partner') AS token \gset
SELECT length(:'token') AS length, (dos_internal.reader_of('bearer:' || encode(sha256(:'token'), 'hex'))).name;
