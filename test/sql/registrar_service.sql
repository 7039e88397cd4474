-- The manual's table of services is whole: each URI that the EPP server may speak is in it, with tests that exist.
CREATE TABLE page (line text, n int GENERATED ALWAYS AS IDENTITY);
\set manual `cat docs/epp.md 2>/dev/null | tr '\n' '\r'`
INSERT INTO page (line) SELECT l FROM regexp_split_to_table(:'manual', E'\r') AS l;
\set tests `ls test/sql test/wire/epp 2>/dev/null | tr '\n' ' '`
CREATE TABLE exists_ AS SELECT regexp_replace(t, '\.sql$', '') AS name FROM regexp_split_to_table(:'tests', ' ') AS t WHERE t ~ '\.(sql|txt)$';
SELECT count(*) > 100 AS tests, (SELECT count(*) > 1 FROM page) AS manual FROM exists_;
CREATE VIEW told AS
    SELECT p.line, u[1] AS uri, split_part(p.line, '|', 6) AS tests FROM page AS p, regexp_matches(split_part(p.line, '|', 3), '`((?:urn|https?):[^`]+)`', 'g') AS u WHERE p.line ~ '^\|';
-- not in the manual, but for the objects of RFC 5731 to 5733; in the manual, but no service
SELECT e.uri AS untold FROM dos.epp_service AS e WHERE e.uri !~ 'ns:(domain|host|contact)-1\.0$' AND NOT EXISTS (SELECT FROM told AS t WHERE t.uri = e.uri) ORDER BY 1;
SELECT t.uri AS unknown FROM told AS t WHERE NOT EXISTS (SELECT FROM dos.epp_service AS e WHERE e.uri = t.uri) ORDER BY 1;
-- without tests, or with tests that are not there
SELECT t.uri AS untested FROM told AS t WHERE t.tests !~ '`';
SELECT t.uri, n[1] AS no_such_test FROM told AS t, regexp_matches(t.tests, '`(?:test/wire/epp/)?([^`]+)`', 'g') AS n WHERE n[1] NOT IN (SELECT x.name FROM exists_ AS x);
-- the same of every test that the table of RFC sections names
SELECT DISTINCT m.found[1] AS no_such_test FROM page AS p, regexp_matches(p.line, '`(?:test/wire/epp/)?([0-9]{2}-[a-z-]+\.txt)`', 'g') AS m (found) WHERE m.found[1] NOT IN (SELECT x.name FROM exists_ AS x);

-- what is in the greeting is registered with IANA; private services never are
SELECT e.uri AS unregistered FROM dos.epp_service AS e WHERE NOT e.private AND e.uri !~ '^urn:ietf:params:xml:ns:(epp:)?[a-zA-Z-]+(-\d\.\d)?$';
UPDATE dos.epp_service SET enabled = true;
SELECT count(*) AS private_in_greeting FROM dos.epp_greeting() AS g, unnest(g.object_uris || g.extension_uris) AS u JOIN dos.epp_service AS e ON e.uri = u WHERE e.private OR u ~ 'fee-0';
