-- Which labels a zone takes: both sides of each boundary, as check and create see them.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme');
SELECT count(test.zone(z.name, VARIADIC ARRAY['registrant_required=false', 'contacts_required={}'] || z.policy))
FROM (VALUES ('plain', '{}'::text[]), ('short', '{label_min=3,label_max=5}'), ('idn', '{idn=true}'), ('letters', '{label_pattern=^[a-z]+$}'),
             ('deep.plain', '{}'), ('full', '{label_min=63}')) AS z (name, policy);

SELECT t.name, c.available, c.reason, o.code, o.reason, o.element, o.detail
FROM (VALUES
    -- in no zone
    (1, 'a.nowhere'), (2, 'plain'), (3, 'plain.'),
    -- more than one label deep; the longest zone counts
    (4, 'a.b.plain'), (5, 'a.b.deep.plain'), (6, 'a.deep.plain'), (7, 'deep.plain'),
    -- length of the label
    (8, 'ab.short'), (9, 'abcdef.short'), (10, 'abc.short'), (11, 'abcde.short'),
    (12, repeat('a', 62) || '.full'), (13, repeat('a', 63) || '.full'), (14, 'a.plain'), (15, repeat('b', 63) || '.plain'), (16, repeat('b', 64) || '.plain'),
    -- hyphens
    (17, '-a.plain'), (18, 'a-.plain'), (19, 'ab--c.plain'), (20, 'ab--c.idn'), (21, 'a--bc.plain'), (22, 'abc--d.plain'), (23, 'a-b.plain'),
    -- internationalized, as A- and as U-label
    (24, 'bücher.plain'), (25, 'xn--bcher-kva.plain'), (26, 'xn--a.idn'), (27, 'a☃.idn'),
    (28, 'bücher.idn'), (29, 'xn--mnchen-3ya.idn'), (31, 'ZÜRICH.idn.'),
    -- pattern
    (32, 'a1.letters'), (33, 'a-b.letters'), (34, 'ab.letters'),
    -- digits, case, a dot at the end
    (35, '123.plain'), (36, 'UPPER.Plain'), (37, 'dot.plain.')) AS t (n, name),
    dos.domain_check('acme', ARRAY[t.name]) AS c,
    test.outcome(format('SELECT dos.domain_create(''acme'', %L)', t.name)) AS o
ORDER BY t.n;
SELECT name FROM dos.domain ORDER BY name;

-- the same name in any other form is taken
SELECT t.name, c.available, c.reason, o.code, o.reason, o.element
FROM (VALUES ('xn--bcher-kva.idn'), ('BÜCHER.idn'), ('xn--BCHER-KVA.IDN.'), ('münchen.idn'), ('upper.plain'), ('dot.Plain')) AS t (name),
    dos.domain_check('acme', ARRAY[t.name]) AS c,
    test.outcome(format('SELECT dos.domain_create(''acme'', %L)', t.name)) AS o;

