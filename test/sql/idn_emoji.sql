-- Labels of emoji (P15): in zones that say so, of emoji on their list, in one normal form; nowhere else and by no other way.
\pset format unaligned
SET dos.clock = '2026-04-01T00:00:00Z';
SELECT test.registrar('acme') > 0 AS acme, test.thin_zone('plain', 'idn=true') > 0 AS plain, test.thin_zone('land', 'idn=true', 'kind=country', 'emoji=alone') > 0 AS land,
       test.thin_zone('mix', 'idn=true', 'kind=country', 'emoji=mixed') > 0 AS mix, test.thin_zone('ascii', 'kind=country') > 0 AS ascii;
SELECT o.code, o.reason, t.settings FROM (VALUES ('{emoji=yes}'::text[]), ('{emoji=alone,idn=true}'), ('{emoji=alone,idn=true,kind=idn}'), ('{emoji=alone,kind=country}')) AS t (settings),
       test.outcome(format('SELECT dos.zone_create(''bad'', ''{}'', VARIADIC %L)', t.settings)) AS o;

-- normal form: no variation selectors, small letters; what has none
SELECT t.given, o.code, o.reason, o.detail, CASE WHEN o.code = 'ok' THEN dos.emoji_alabel(t.given) END AS alabel
  FROM (VALUES ('☕'), (E'❤\uFE0F'), (E'❤\uFE0E'), ('I❤'), ('👩‍🚀'), (''), ('abc'), ('é☕'), ('☕-'), ('-☕'), (E'\u200D☕'), ('☕.☕'), (repeat('☕', 64)), (repeat('😀', 50))) AS t (given), test.outcome(format('SELECT dos.emoji_alabel(%L)', t.given)) AS o;
-- a name may hold the A-label, exactly; a U-label of emoji is no name
SELECT t.name, dos.dname_problem(t.name) IS NULL AS is_name, CASE WHEN dos.dname_problem(t.name) IS NULL THEN dos.dname_unicode(t.name) END AS unicode
  FROM (VALUES ('xn--53h.land'), ('XN--53H.LAND'), ('☕.land'), ('xn--53h.xn--bcher-kva.land'), ('xn--53h'), ('xn--53h53h.land'), ('xn--i-7iq8702e.land'), ('xn--x4h.land')) AS t (name);

-- the list
SELECT o.code, o.reason, t.command FROM (VALUES ($$SELECT dos.zone_emoji_allow('nowhere', '☕')$$), ($$SELECT dos.zone_emoji_allow('land', '☕', 'a')$$), ($$SELECT dos.zone_emoji_allow('land', 'é')$$), ($$SELECT dos.zone_emoji_allow('land', 'a☕')$$),
    ($$INSERT INTO dos.zone_emoji SELECT id, E'❤\uFE0F' FROM dos.zone WHERE name = 'land'$$)) AS t (command), test.outcome(t.command) AS o;
SELECT dos.zone_emoji_allow('land', '☕', E'❤\uFE0F', '❤', '👩‍🚀', '👩'), dos.zone_emoji_allow('mix', '❤');
SELECT sequence, length(sequence) FROM dos.zone_emoji ORDER BY zone_id, sequence;

CREATE FUNCTION pg_temp.answers(label text, zone text, x jsonb DEFAULT NULL, OUT "check" text, OUT "create" text, OUT detail text) LANGUAGE plpgsql AS $$
DECLARE
    asked text := dos.emoji_alabel(label) || '.' || zone;
BEGIN
    SELECT coalesce(c.reason, 'available') INTO "check" FROM dos.domain_check('acme', ARRAY[asked], x) AS c;
    "create" := test.would(format('SELECT dos.domain_create(''acme'', %L, extensions => %L)', asked, x));
    detail := (SELECT o.detail FROM test.outcome(format('SELECT dos.domain_create(''acme'', %L, extensions => %L)', asked, x)) AS o WHERE o.code <> '1000');
    DELETE FROM dos.domain AS d WHERE d.name = asked;
END $$;
SELECT t.label, t.zone, a.* FROM (VALUES
    (1, '☕', 'plain', NULL), (2, '☕', 'ascii', NULL), (3, '☕', 'land', NULL), (4, '☕❤', 'land', NULL), (5, '😀', 'land', NULL), (6, '☕😀', 'land', NULL), (7, 'i❤', 'land', NULL), (8, '👩‍🚀', 'land', NULL), (9, '🚀', 'land', NULL),
    (10, '❤', 'mix', NULL), (11, 'i❤you-2', 'mix', NULL), (12, '☕', 'mix', NULL), (13, 'i☕', 'mix', NULL), (14, '❤', 'mix', '{"idn": {"table": "latin"}}')) AS t (n, label, zone, x), pg_temp.answers(t.label, t.zone, t.x::jsonb) AS a ORDER BY t.n;
-- in force at once, both ways; a name keeps what it has; other labels are judged as ever
SELECT code FROM dos.domain_create('acme', dos.emoji_alabel('☕') || '.land');
SELECT dos.zone_emoji_forbid('land', '☕', '😀');
SELECT (pg_temp.answers('☕☕', 'land')).*;
SELECT (dos.domain_info('acme', 'xn--53h.land')).name, code FROM dos.domain_renew('acme', 'xn--53h.land', '2027-04-01');
SELECT j ->> 'ldhName' AS ldh, j ->> 'unicodeName' AS unicode FROM (SELECT dos.rdap_domain('xn--53h.land', 'https://rdap.example/')::jsonb AS j) AS r;
SELECT n, test.would(format('SELECT dos.domain_create(''acme'', %L)', n)) FROM unnest('{bücher.land,pаypal.land,plain.land,i❤.mix}'::text[]) AS n;
SELECT place, count(*) FROM dos.policy_change WHERE place = 'zone_emoji' GROUP BY 1;
