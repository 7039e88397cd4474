-- A corpus for privacy: eighty random policies, contacts and disclose elements. Every field of every contact has a word of its
-- own; whatever word an answer holds must be one that the policy, as dos.disclosure_policy() shows it, and the contact's own choice let
-- out in some role of that answer. This test decides by itself; it shares nothing with the code that writes the answers.
SET jit = off;
SET dos.clock = '2026-11-21T12:00:00Z';
INSERT INTO dos.registrar (id, clid, name, iana_id) VALUES (1, 'alpha', 'Alpha', 9001);
SELECT dos.zone_create('shop') AS shop \gset
INSERT INTO dos.contact (id, handle, roid, registrar_id, creator_id, int_postal, loc_postal, voice, voice_x, fax, fax_x, email)
SELECT i, 'HDL' || i, 'C' || i || '-DOS', 1, 1, p, NULL, '+1.55500' || i, '77' || i, '+1.66600' || i, '88' || i, format('mail%s@secret%s.example', i, i)
  FROM generate_series(1, 5) AS i,
       LATERAL (SELECT (format('NAME%s', i), CASE WHEN i < 4 THEN format('ORG%s', i) END, format('STREETA%s', i), format('STREETB%s', i), NULL, format('CITY%s', i), format('STATE%s', i), format('PC%s', i), (ARRAY['US', 'FR', 'DE', 'US', 'FR'])[i])::dos.postal) AS q(p);
UPDATE dos.contact SET int_postal = NULL, loc_postal = int_postal WHERE id = 5;
INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, created_at, expires_at, registrant_id, admin_ids, tech_ids, billing_ids)
VALUES ('one.shop', :shop, 'D1-DOS', 1, 1, '2026-01-01Z', '2027-01-01Z', 1, '{2}', '{3,4}', '{5}');

-- the word of each field of each contact; that of the ROID ends so that one is not found in another
CREATE TABLE word AS
    SELECT c.id, w.field, w.word, c.person, c.country
      FROM (SELECT i AS id, CASE WHEN i < 4 THEN 'legal' ELSE 'natural' END AS person, (ARRAY['US', 'FR', 'DE', 'US', 'FR'])[i] AS country FROM generate_series(1, 5) AS i) AS c,
           LATERAL (VALUES ('handle', 'C' || c.id || '-DOS'), ('handle', 'HDL' || c.id), ('name', 'NAME' || c.id), ('org', 'ORG' || c.id), ('street', 'STREETA' || c.id), ('street', 'STREETB' || c.id),
                           ('city', 'CITY' || c.id), ('sp', 'STATE' || c.id), ('pc', 'PC' || c.id), ('voice', '55500' || c.id), ('voice_x', '=77' || c.id), ('voice_x', ': 77' || c.id), ('fax', '66600' || c.id),
                           ('fax_x', '=88' || c.id), ('fax_x', ': 88' || c.id), ('email', 'secret' || c.id)) AS w(field, word);
CREATE TABLE held (role text, contact bigint);
INSERT INTO held VALUES ('registrant', 1), ('administrative', 2), ('technical', 3), ('technical', 4), ('billing', 5);

-- which words the policy of the zone (or, with role contact, of all zones) and the contact let out in a role
CREATE FUNCTION pg_temp.let_out(zone int, role text, contact bigint) RETURNS SETOF text LANGUAGE sql AS $$
    WITH rule AS (SELECT f.field, special.show AS special, special.preference AS special_preference, f.show, f.preference
                    FROM dos.disclosure_policy(zone) AS f
                    JOIN (SELECT DISTINCT person, country FROM word WHERE id = contact) AS c ON true
                    -- of rows that hold for this contact the more special wins: zone, then person, then country
                    LEFT JOIN LATERAL (SELECT d.show, d.preference FROM dos.disclosure AS d
                                        WHERE d.role = f.role AND d.field = f.field AND d.reader IS NULL AND (d.zone_id IS NULL OR d.zone_id = zone)
                                          AND (d.person IS NULL OR d.person = c.person) AND (d.country IS NULL OR d.country = c.country)
                                        ORDER BY d.zone_id NULLS LAST, d.person NULLS LAST, d.country NULLS LAST LIMIT 1) AS special ON true
                   WHERE f.role = let_out.role),
         choice AS (SELECT d.field, c.disclose_flag AS says FROM dos.contact AS c, unnest(c.disclose) AS w(word),
                           LATERAL unnest(CASE split_part(w.word, ':', 1) WHEN 'addr' THEN '{street,city,sp,pc,cc}'::text[] WHEN 'voice' THEN '{voice,voice_x}' WHEN 'fax' THEN '{fax,fax_x}'
                                                                          ELSE ARRAY[split_part(w.word, ':', 1)] END) AS d(field)
                     WHERE c.id = contact AND c.disclose_flag IS NOT NULL AND (strpos(w.word, ':') = 0 OR split_part(w.word, ':', 2) = CASE WHEN c.int_postal IS NULL THEN 'loc' ELSE 'int' END)),
         verdict AS (SELECT r.field, CASE WHEN coalesce(r.special_preference, r.preference) AND c.says IS NOT NULL THEN c.says ELSE coalesce(r.special, r.show) END AS shows
                       FROM rule AS r LEFT JOIN choice AS c ON c.field = r.field)
    SELECT w.word FROM word AS w JOIN verdict AS v ON v.field = w.field AND v.shows
     WHERE w.id = contact AND (SELECT o.shows FROM verdict AS o WHERE o.field = 'object')
$$;
CREATE FUNCTION pg_temp.leaks(zone int) RETURNS TABLE (answer text, word text) LANGUAGE sql AS $$
    WITH domain AS MATERIALIZED (SELECT l AS word FROM held AS h, pg_temp.let_out(zone, h.role, h.contact) AS l),
         alone AS MATERIALIZED (SELECT i AS id, l AS word FROM generate_series(1, 5) AS i, pg_temp.let_out(NULL, 'contact', i) AS l),
         said (answer, text, id) AS (
            SELECT 'rdap', dos.rdap_domain('one.shop', 'https://rdap.example/'), NULL::int
            UNION ALL SELECT 'rdap many', content, NULL FROM dos.rdap_domains('{one.shop}', 'https://rdap.example/')
            UNION ALL SELECT 'rdap search', dos.rdap_search('domains', '{name}', '{one*.shop}', 'https://rdap.example/'), NULL
            UNION ALL SELECT 'whois', dos.whois('one.shop'), NULL
            UNION ALL SELECT 'entity', dos.rdap_entity('C' || i || '-DOS', 'https://rdap.example/'), i FROM generate_series(1, 5) AS i
            UNION ALL SELECT 'help', dos.rdap_help('https://rdap.example/'), 0)
    SELECT s.answer, w.word FROM said AS s JOIN word AS w ON strpos(s.text, w.word) > 0
     WHERE CASE WHEN s.id IS NULL THEN NOT EXISTS (SELECT FROM domain AS d WHERE d.word = w.word)
                -- who is asked for by its handle may be named by it
                ELSE NOT (w.id = s.id AND w.field = 'handle') AND NOT EXISTS (SELECT FROM alone AS a WHERE a.id = s.id AND a.word = w.word) END
$$;

INSERT INTO dos.directory_setting (name, value) VALUES ('search_domains', 'all');
SELECT setseed(0.6);
CREATE TABLE found (round int, answer text, word text);
CREATE TABLE shown (round int, words bigint);
DO $$
DECLARE
    shop int := (SELECT id FROM dos.zone WHERE name = 'shop');
BEGIN
    FOR round IN 1 .. 80 LOOP
        DELETE FROM dos.disclosure;
        INSERT INTO dos.disclosure (zone_id, role, field, show, preference, method, person, country)
        SELECT DISTINCT ON (zone, role, field, person, country) zone, role, field, random() < 0.5, random() < 0.7, CASE WHEN random() < 0.3 THEN 'silent' END, person, country
          FROM (SELECT CASE WHEN random() < 0.5 THEN shop END AS zone, ('{registrant,administrative,technical,billing,contact}'::text[])[1 + floor(random() * 5)] AS role,
                       ('{handle,name,org,street,city,sp,pc,cc,voice,voice_x,fax,fax_x,email}'::text[])[1 + floor(random() * 13)] AS field,
                       ('{natural,legal}'::text[])[1 + floor(random() * 6)] AS person, ('{US,FR,DE}'::text[])[1 + floor(random() * 9)] AS country
                  FROM generate_series(1, (round % 40)) AS g) AS r;
        IF random() < 0.3 THEN
            INSERT INTO dos.disclosure (zone_id, role, field, show) SELECT shop, r, 'object', random() < 0.5 FROM unnest('{administrative,billing}'::text[]) AS r;
        END IF;
        UPDATE dos.contact SET disclose_flag = (ARRAY[NULL, true, false])[1 + floor(random() * 3)],
               disclose = ARRAY(SELECT w FROM unnest('{name:int,name:loc,org:int,org:loc,addr:int,addr:loc,voice,fax,email}'::text[]) AS w WHERE random() < 0.4);
        UPDATE dos.contact SET disclose = '{}' WHERE disclose_flag IS NULL;
        INSERT INTO found SELECT round, l.* FROM pg_temp.leaks(shop) AS l;
        INSERT INTO shown SELECT round, (SELECT count(*) FROM word AS w WHERE strpos(dos.rdap_domain('one.shop', 'https://rdap.example/'), w.word) > 0);
    END LOOP;
END $$;
SELECT * FROM found ORDER BY round, answer, word LIMIT 20;

-- policies let out nothing, some and much
SELECT min(words) < 8 AS little, max(words) > 25 AS much, count(DISTINCT words) > 10 AS in_between FROM shown;
-- and the test would tell: a word that the answer should not have is put into it
UPDATE dos.domain SET registrant_id = 5 WHERE name = 'one.shop';
DELETE FROM dos.disclosure;
INSERT INTO dos.disclosure (role, field, show) VALUES ('registrant', 'name', true);
SELECT count(*) > 0 AS would_tell FROM pg_temp.leaks((SELECT id FROM dos.zone WHERE name = 'shop')) WHERE word = 'NAME5';
