-- Names: one canonical form (the rules themselves have a unit test; this is what SQL callers see).
SELECT t.name, dos.dname_problem(t.name) AS problem, CASE WHEN dos.dname_problem(t.name) IS NULL THEN dos.dname(t.name) END AS canonical
FROM (VALUES
    (''), ('.'), ('..'), ('.example'), ('a..example'), (' a.example'), ('a.example '), ('a b.example'), ('a_b.example'),
    ('-a.example'), ('a-.example'), ('a.-b.example'), ('a/b.example'), ('a@b.example'), (E'a\tb.example'), ('*.example'),
    ('xn--.example'), ('xn--a.example'), ('xn--zzzzzzzz9.example'), ('xn--bcher-kva-.example'), ('☃.example'),
    ('example'), ('example.'), ('A.Example'), ('a.EXAMPLE.'), ('1.2.3.4'), ('0.example'), ('a--b.example'), ('ab--c.example'),
    ('bücher.example'), ('BÜCHER.example'), ('xn--bcher-kva.example'), ('XN--BCHER-KVA.EXAMPLE'), ('straße.example'),
    ('παράδειγμα.δοκιμή'), ('例え.テスト')) AS t (name);

-- boundaries: 63 octets a label, 253 a name
SELECT t.what, dos.dname_problem(t.name) AS problem
FROM (VALUES
    ('label of 63', repeat('a', 63) || '.example'),
    ('label of 64', repeat('a', 64) || '.example'),
    ('name of 253', repeat(repeat('a', 62) || '.', 3) || repeat('a', 61) || '.aa'),
    ('name of 253 and a dot', repeat(repeat('a', 62) || '.', 3) || repeat('a', 61) || '.aa.'),
    ('name of 254', repeat(repeat('a', 62) || '.', 3) || repeat('a', 62) || '.aa'),
    ('127 labels', repeat('a.', 126) || 'a'),
    ('128 labels', repeat('a.', 127) || 'a'),
    ('U-label whose A-label has 63', repeat('a', 55) || 'ü.example'),
    ('U-label whose A-label has 64', repeat('a', 56) || 'ü.example'),
    ('100,000 octets', repeat('a', 100000))) AS t (what, name);

-- the refusal has code, rule and element
SELECT o.* FROM (VALUES ('a_b.example'), ('a..b'), ('')) AS t (name), test.outcome(format('SELECT dos.dname(%L)', t.name)) AS o;

SELECT dos.dname_unicode('xn--bcher-kva.example'), dos.dname_unicode('plain.example'), dos.dname_unicode('xn--zzzzzzzz9.example');
SELECT dos_internal.dname_ancestors('a.b.example'), dos_internal.dname_ancestors('example');

-- the domain of table columns takes canonical names only
SELECT t.name, o.code, o.reason FROM (VALUES ('A.example'), ('a.example.'), ('bücher.example'), (''), ('a.example')) AS t (name),
    test.outcome(format('SELECT %L::dos.hostname', t.name)) AS o;
