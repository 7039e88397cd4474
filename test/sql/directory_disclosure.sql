-- Privacy is policy: rows of dos.disclosure and the contact's own choice drive RDAP and WHOIS alike. Every row
-- of the first table is one policy; the columns say which of the contact's fields can be read in each answer.
SET dos.clock = '2026-11-21T12:00:00Z';
INSERT INTO dos.registrar (id, clid, name, iana_id) VALUES (1, 'alpha', 'Alpha', 9001);
SELECT dos.zone_create('shop') AS shop \gset
SELECT dos.zone_create('open') AS open \gset
INSERT INTO dos.contact (id, handle, roid, registrar_id, creator_id, int_postal, voice, voice_x, fax, fax_x, email)
VALUES (1, 'ANN-1', 'C1-DOS', 1, 1, ('P-NAME', 'P-ORG', 'P-STREET', NULL, NULL, 'P-CITY', 'P-SP', 'P-PC', 'US'),
        '+1.5550001', '771', '+1.5550002', '772', 'p@email.example');
INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, created_at, expires_at, registrant_id, tech_ids)
VALUES ('one.shop', :shop, 'D1-DOS', 1, 1, '2026-01-01Z', '2027-01-01Z', 1, '{1}'),
       ('one.open', :open, 'D2-DOS', 1, 1, '2026-01-01Z', '2027-01-01Z', 1, '{1}');

CREATE FUNCTION pg_temp.readable(answer text) RETURNS text LANGUAGE sql AS $$
    SELECT coalesce(string_agg(v.field, ' ' ORDER BY v.n), 'nothing')
      FROM (VALUES (1, 'id', 'C1-DOS'), (2, 'name', 'P-NAME'), (3, 'org', 'P-ORG'), (4, 'street', 'P-STREET'), (5, 'city', 'P-CITY'),
                   (6, 'sp', 'P-SP'), (7, 'pc', 'P-PC'), (8, 'cc', 'US'), (9, 'voice', '5550001'), (10, 'voice_x', '771'), (11, 'fax', '5550002'),
                   (12, 'fax_x', '772'), (13, 'email', 'p@email.example')) AS v(n, field, value)
     WHERE strpos(answer, v.value) > 0
$$;
-- what the domain's RDAP says of its registrant, and WHOIS too: they must be the same
CREATE FUNCTION pg_temp.registrant(name text) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN rdap = whois THEN rdap ELSE 'RDAP: ' || rdap || ', WHOIS: ' || whois END
      FROM pg_temp.readable((SELECT e::text FROM jsonb_array_elements(dos.rdap_domain(name, 'https://rdap.example/')::jsonb -> 'entities') AS e
                              WHERE e -> 'roles' ? 'registrant')) AS rdap,
           pg_temp.readable((SELECT string_agg(line, E'\n') FROM regexp_split_to_table(dos.whois(name), E'\r\n') AS line
                              WHERE line ~ '^Regist(rant|ry Registrant) ')) AS whois
$$;
CREATE FUNCTION pg_temp.after(change text) RETURNS TABLE (shop text, open text) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE change;
    RETURN QUERY SELECT pg_temp.registrant('one.shop'), pg_temp.registrant('one.open');
END $$;
\pset format unaligned
\pset footer off
SELECT t.change, a.*
  FROM (VALUES
    (1, 'SELECT 1'),
    (2, $$UPDATE dos.contact SET disclose_flag = true, disclose = '{name:int,email}'$$),
    (3, $$UPDATE dos.contact SET disclose_flag = true, disclose = '{name:loc,addr:loc}'$$),
    (4, $$UPDATE dos.contact SET disclose_flag = true, disclose = '{addr:int,voice,fax}'$$),
    (5, $$UPDATE dos.contact SET disclose_flag = false, disclose = '{org:int,addr:int}'$$),
    (6, $$UPDATE dos.contact SET disclose_flag = NULL, disclose = '{}'$$),
    (7, $$INSERT INTO dos.disclosure VALUES (NULL, 'registrant', 'name', true)$$),
    (8, $$INSERT INTO dos.disclosure SELECT id, 'registrant', 'name', false FROM dos.zone WHERE name = 'shop'$$),
    (9, $$INSERT INTO dos.disclosure SELECT z.id, 'registrant', f, true FROM dos.zone AS z,
          unnest('{handle,org,street,city,pc,voice,voice_x,fax,fax_x,email}'::text[]) AS f WHERE z.name = 'open'$$),
    (10, $$UPDATE dos.contact SET disclose_flag = false, disclose = '{name:int,org:int,addr:int,voice,fax,email}'$$),
    (11, $$UPDATE dos.disclosure SET preference = false WHERE field = 'email'$$),
    (12, $$INSERT INTO dos.disclosure SELECT id, 'registrant', 'object', false FROM dos.zone WHERE name = 'open'$$),
    (13, $$INSERT INTO dos.disclosure VALUES (NULL, 'registrant', 'cc', false), (NULL, 'registrant', 'sp', false)$$),
    (14, $$DELETE FROM dos.disclosure$$),
    (15, $$UPDATE dos.contact SET disclose_flag = NULL, disclose = '{}'$$),
    (16, $$INSERT INTO dos.disclosure (role, field, show, person) VALUES ('registrant', 'name', true, 'legal'), ('registrant', 'street', true, 'natural')$$),
    (17, $$UPDATE dos.contact SET int_postal.org = NULL$$),
    (18, $$INSERT INTO dos.disclosure (role, field, show, country) VALUES ('registrant', 'city', true, 'US'), ('registrant', 'pc', true, 'FR')$$),
    (19, $$INSERT INTO dos.disclosure (zone_id, role, field, show) SELECT id, 'registrant', 'city', false FROM dos.zone WHERE name = 'open'$$),
    (20, $$INSERT INTO dos.disclosure (role, field, show, reader) VALUES ('registrant', 'email', true, 'lawful')$$),
    (21, $$UPDATE dos.disclosure SET show = false, method = 'partialValue' WHERE field = 'street'$$),
    (22, $$UPDATE dos.contact SET int_postal.org = 'P-ORG'$$),
    (23, $$DELETE FROM dos.disclosure$$)
  ) AS t(n, change), pg_temp.after(t.change) AS a ORDER BY t.n;

SELECT plan(15);
SELECT throws_ok($$INSERT INTO dos.disclosure (role, field, show, person) VALUES ('registrant', 'name', true, 'ghost')$$, '23514', NULL, 'an unknown kind of person');
SELECT throws_ok($$INSERT INTO dos.disclosure (role, field, show, country) VALUES ('registrant', 'name', true, 'us')$$, '23514', NULL, 'a country in small letters');
SELECT throws_ok($$INSERT INTO dos.disclosure (role, field, show, method) VALUES ('registrant', 'email', false, 'partialValue')$$, '23514', NULL, 'a hint of an e-mail address');
SELECT throws_ok($$INSERT INTO dos.disclosure VALUES (NULL, 'owner', 'name', true)$$, '23514', NULL, 'an unknown role');
SELECT throws_ok($$INSERT INTO dos.disclosure VALUES (NULL, 'registrant', 'shoe', true)$$, '23514', NULL, 'an unknown field');
SELECT throws_ok($$INSERT INTO dos.disclosure VALUES (NULL, 'registrant', 'name', true, true, 'mask')$$, '23514', NULL, 'an unknown method');
SELECT throws_ok($$INSERT INTO dos.disclosure VALUES (NULL, 'registrant', 'name', true, true, 'removal')$$, '23514', NULL, 'a method that does not fit');
SELECT lives_ok($$INSERT INTO dos.disclosure VALUES (NULL, 'registrant', 'name', false, true, 'silent')$$, 'silence fits');
SELECT throws_ok($$INSERT INTO dos.disclosure VALUES (NULL, 'registrant', 'name', true)$$, '23505', NULL, 'one row for a field');
SELECT unalike(dos.rdap_domain('one.shop', 'https://rdap.example/'), '%Registrant Name%', 'a silent redaction is not spoken of');
SELECT throws_ok($$INSERT INTO dos.directory_setting VALUES (NULL, 'shoe', 'x')$$, '23514', NULL, 'an unknown setting');
SELECT throws_ok($$INSERT INTO dos.directory_setting VALUES (NULL, 'profile', 'none')$$, '23514', NULL, 'an unknown profile');
SELECT throws_ok($$INSERT INTO dos.directory_setting VALUES (NULL, 'terms_text', E'a\r\nb')$$, '23514', NULL, 'a setting is one line');
INSERT INTO dos.directory_setting SELECT id, 'contact_form_url', 'https://form.example/?d={domain}' FROM dos.zone WHERE name = 'shop';
SELECT is((SELECT e -> 'vcardArray' -> 1 -> -1 FROM jsonb_array_elements(dos.rdap_domain('one.shop', 'https://rdap.example/')::jsonb -> 'entities') AS e
            WHERE e -> 'roles' ? 'registrant'), '["contact-uri", {}, "uri", "https://form.example/?d=one.shop"]', 'a web form stands for the e-mail');
SELECT is((SELECT r - 'reason' FROM jsonb_array_elements(dos.rdap_domain('one.shop', 'https://rdap.example/')::jsonb -> 'redacted') AS r
            WHERE r -> 'name' ->> 'type' = 'Registrant Email'),
          $${"name": {"type": "Registrant Email"}, "method": "replacementValue", "pathLang": "jsonpath",
             "prePath": "$.entities[?(@.roles[0]=='registrant')].vcardArray[1][?(@[0]=='email')]",
             "replacementPath": "$.entities[?(@.roles[0]=='registrant')].vcardArray[1][?(@[0]=='contact-uri')]"}$$, 'and is said to (RFC 9537)');
SELECT finish();
