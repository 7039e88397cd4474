-- IDN tables: loaded, refused with their line, several in a zone, another version; labels, variants, scripts, look-alikes.
SET dos.clock = '2026-04-01T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('beta');
SELECT test.thin_zone('idn', 'idn=true') > 0 AS idn, test.thin_zone('free', 'idn=true') > 0 AS free, test.thin_zone('mixed', 'idn=true', 'mixed_scripts=true') > 0 AS mixed,
       test.thin_zone('alike', 'idn=true', 'confusables=true', 'mixed_scripts=true') > 0 AS alike;

-- bad input, with its line
\set head '<lgr xmlns="urn:ietf:params:xml:ns:lgr-1.0">'
SELECT t.n, o.code, o.reason, o.detail
FROM (VALUES
    (1, ''), (2, '# only a comment'), (3, 'x'), (4, E'U+0061\nU+00E9|x'), (5, E'U+0061\nU+0062..U+0061'), (6, E'U+0061\n\nU+0061..U+0063 U+0064'),
    (7, '<lgr'), (8, '<lgr/>'), (9, :'head' || '<data/></lgr>'), (10, :'head' || E'\n<data><char cp="61x"/></data></lgr>'),
    (11, :'head' || E'\n<data>\n<char cp="0061"/><char cp="0061"/></data></lgr>'),
    (12, :'head' || '<data><char cp="0061" when="nothing"/></data></lgr>'),
    (13, :'head' || '<data><char cp="0061" when="a" not-when="b"/></data></lgr>'),
    (14, :'head' || '<data><char cp="0061"/></data><rules><rule name="r"><class by-ref="none"/></rule></rules></lgr>'),
    (15, :'head' || '<data><char cp="0061"/></data><rules><rule name="r"><class property="xx:Yy"/></rule></rules></lgr>'),
    (16, :'head' || '<data><char cp="0061"/></data><rules><rule name="r"><any count="x"/></rule></rules></lgr>'),
    (17, :'head' || '<data><char cp="0061"/></data><rules><rule name="r"><start count="2"/></rule></rules></lgr>'),
    (18, :'head' || '<data><char cp="0061"/></data><rules><action match="none" disp="invalid"/></rules></lgr>'),
    (19, :'head' || '<data><range first-cp="0062" last-cp="0061"/></data></lgr>'),
    (20, '<!DOCTYPE lgr [<!ENTITY x "0061">]>' || :'head' || '<data><char cp="&x;"/></data></lgr>'),
    (21, :'head' || '<data><char cp="0061"/></data><rules><rule name="r">' || repeat('<rule>', 40) || repeat('</rule>', 40) || '</rule></rules></lgr>'),
    (22, :'head' || '<data><char cp="' || repeat('0061 ', 17) || '"/></data></lgr>')) AS t (n, source),
    test.outcome(format('SELECT dos.idn_table_load(''bad'', %L)', t.source)) AS o ORDER BY t.n;

-- a text table; variants hold in both directions and among each other
SELECT dos.idn_table_load('latin', E'U+002D\nU+0030..U+0039\nU+0061..U+007A\nU+00E9|U+0065:U+00E8 # e\nU+00E8\nU+00FC\n') > 0 AS loaded;
SELECT l FROM dos.idn_table_text('latin') AS l;
SELECT dos.idn_table_load('cyrillic', '<lgr xmlns="urn:ietf:params:xml:ns:lgr-1.0"><meta><version>7</version><language>und-Cyrl</language></meta><data>
  <range first-cp="0430" last-cp="044F" tag="letter"/><char cp="002D" not-when="edge"/><char cp="0451"><var cp="0435" type="allocatable"/></char></data>
  <rules><class name="letter" from-tag="letter"/><rule name="edge"><choice><rule><look-behind><start/></look-behind><anchor/></rule><rule><anchor/><look-ahead><end/></look-ahead></rule></choice></rule>
  <rule name="four-in-a-row"><char cp="0436" count="4+"/></rule><action disp="invalid" match="four-in-a-row"/></rules></lgr>') > 0 AS loaded;
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.zone_idn_tables('idn', 'latin', 'greek')$$) AS o;
SELECT dos.zone_idn_tables('idn', 'latin', 'cyrillic');
SELECT name, language, version, code_points, has_variants, revision FROM dos.idn_table ORDER BY name;

CREATE FUNCTION pg_temp.answers(asked text, x jsonb DEFAULT NULL, OUT "check" text, OUT "create" text, OUT detail text) LANGUAGE plpgsql AS $$
BEGIN
    SELECT coalesce(c.reason, 'available') INTO "check" FROM dos.domain_check('acme', ARRAY[asked], x) AS c;
    "create" := test.would(format('SELECT dos.domain_create(''acme'', %L, extensions => %L)', asked, x));
    detail := (SELECT o.detail FROM test.outcome(format('SELECT dos.domain_create(''acme'', %L, extensions => %L)', asked, x)) AS o WHERE o.code <> '1000');
    DELETE FROM dos.domain AS d WHERE d.name = dos.dname(asked) AND dos.dname_problem(asked) IS NULL;
EXCEPTION WHEN SQLSTATE 'R2005' THEN
    NULL;
END $$;
SELECT replace(t.name, U&'\200D', '\200D') AS name, t.x, a.*     -- psql 18 gives a joiner no width
FROM (VALUES
    (1, 'plain.idn', NULL), (2, 'bücher.idn', NULL), (3, 'bñ.idn', NULL), (4, 'жук.idn', NULL), (5, 'жжжж.idn', NULL), (6, 'жukü.idn', NULL),
    (7, 'ж--к.idn', NULL), (8, 'bücher.idn', '{"idn": {"table": "latin"}}'), (9, 'bücher.idn', '{"idn": {"table": "cyrillic"}}'), (10, 'bücher.idn', '{"idn": {"table": "greek"}}'),
    (11, 'bücher.idn', '{"idn": {"table": "latin", "uname": "BÜCHER.idn"}}'), (12, 'bücher.idn', '{"idn": {"table": "latin", "uname": "bücher"}}'),
    (13, 'bücher.idn', '{"idn": {"table": "latin", "uname": "büchner.idn"}}'), (14, 'plain.idn', '{"idn": {"table": "cyrillic"}}'), (15, 'plain.idn', '{"idn": {"table": "latin"}}'),
    (16, 'plain.idn', '{"idn": {"uname": "other.idn"}}'),
    -- no table: IDNA2008 and scripts alone
    (20, 'münchen.free', NULL), (21, 'pаypal.free', NULL), (22, 'pаypal.mixed', NULL), (23, 'ひらカタ漢字.free', NULL), (24, 'l·l.free', NULL), (25, 'a·b.free', NULL),
    (26, 'ア・ア.free', NULL), (27, 'a・b.free', NULL), (28, '٠۰.free', NULL), (29, 'אab.free', NULL), (30, 'אב.free', NULL), (31, 'क्‍ष.free', NULL)) AS t (n, name, x),
    pg_temp.answers(t.name, t.x::jsonb) AS a ORDER BY t.n;

-- variants: blocked names tell whose; allocatable ones go to the holder; keys go with the name
SELECT code FROM dos.domain_create('acme', 'cafe.idn');
SELECT (pg_temp.answers('café.idn')).*;
SELECT variant, unicode, idn_table, disposition FROM dos.idn_variants('cafe.idn');
SELECT code FROM dos.domain_create('acme', 'ёж.idn');
SELECT i.name, i.extension FROM dos.domain_info('acme', 'ёж.idn') AS i;
SELECT d.name, t.name AS idn_table, d.idn_indexed FROM dos.domain AS d LEFT JOIN dos.idn_table AS t ON t.id = d.idn_table_id ORDER BY d.name;
SELECT available, reason FROM dos.domain_check('acme', '{еж.idn}');
SELECT available, reason FROM dos.domain_check('beta', '{еж.idn}');
SELECT t.r, test.would(format('SELECT dos.domain_create(%L, ''еж.idn'')', t.r)) FROM (VALUES ('beta'), ('acme')) AS t (r);
SELECT code FROM dos.domain_delete('acme', 'cafe.idn');
SELECT count(*) FROM dos.idn_key WHERE name = 'cafe.idn';
SELECT available, reason FROM dos.domain_check('acme', '{café.idn}');

-- look-alikes
SELECT code FROM dos.domain_create('acme', 'paypal.alike');
SELECT (pg_temp.answers('pаypal.alike')).*;
SELECT (pg_temp.answers('paypa1.alike')).*;
SELECT (pg_temp.answers('paypall.alike')).*;

-- another version is in force at once; names that are registered get their keys again
SELECT dos.idn_table_load('latin', E'U+0061..U+007A\nU+00F1\n') > 0 AS loaded;
SELECT (pg_temp.answers('bücher.idn')).*;
SELECT (pg_temp.answers('bñ.idn')).*;
SELECT revision, has_variants FROM dos.idn_table WHERE name = 'latin';
UPDATE dos.zone SET confusables = true WHERE name = 'idn';
SELECT dos.idn_reindex('idn') AS keys;
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.idn_reindex('missing')$$) AS o;
