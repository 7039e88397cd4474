-- contact check and create (RFC 5733 sections 3.1.1 and 3.2.1): every field on both sides of its limit.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('other');

-- a good contact with one thing about it changed
CREATE FUNCTION created(id text, int_postal text[] DEFAULT NULL, loc_postal text[] DEFAULT NULL, voice text DEFAULT NULL, fax text DEFAULT NULL,
                        email text DEFAULT 'a@b.test', disclose text DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
    SELECT format('SELECT dos.contact_create(''acme'', %L, %L, %L, %L, NULL, %L, NULL, %L, ''Secret-1'', %L, %L)', id, int_postal, loc_postal, voice, fax, email,
                  CASE WHEN disclose IS NOT NULL THEN true END, disclose)
$$;
CREATE FUNCTION postal(name text DEFAULT 'Ann Example', org text DEFAULT NULL, street text DEFAULT NULL, city text DEFAULT 'Paris', sp text DEFAULT NULL,
                       pc text DEFAULT NULL, cc text DEFAULT 'FR') RETURNS text[] LANGUAGE sql AS $$ SELECT ARRAY[name, org, street, street, street, city, sp, pc, cc] $$;

-- ids: 3 to 16 characters, a token
SELECT t.id, o.code, o.reason, o.element
FROM (VALUES (1, ''), (2, 'ab'), (3, 'seventeen-letters'), (4, ' abc'), (5, 'abc '), (6, 'a  b'), (7, E'a\nbc'), (8, E'a\x7f' || 'b'), (9, NULL),
             (10, 'abc'), (11, 'sixteen-letters!'), (12, 'a b c'), (13, 'ABC'), (14, 'ünïcödé'), (15, 'abc')) AS t (n, id),
     test.outcome(created(t.id, postal())) AS o ORDER BY t.n;
SELECT * FROM dos.contact_check('acme', ARRAY['ab', 'abc', 'Abc', 'seventeen-letters', 'sixteen-letters!', 'a  b', ' abc', 'new', 'new', '']);

-- postal information: at least one form; each field's limits; int is printable ASCII, loc any character
SELECT t.what, e.code, e.reason, e.element, e.changed
FROM (VALUES
    (1, 'no form',               created('C-01')),
    (2, 'a form with nothing',   created('C-02', ARRAY[NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL])),
    (3, 'no name',               created('C-03', postal(name => NULL))),
    (4, 'empty name',            created('C-04', postal(name => ''))),
    (5, 'name of 256',           created('C-05', postal(name => repeat('x', 256)))),
    (6, 'org of 256',            created('C-06', postal(org => repeat('x', 256)))),
    (7, 'street of 256',         created('C-07', postal(street => repeat('x', 256)))),
    (8, 'no city',               created('C-08', postal(city => NULL))),
    (9, 'city of 256',           created('C-09', postal(city => repeat('x', 256)))),
    (10, 'sp of 256',            created('C-10', postal(sp => repeat('x', 256)))),
    (11, 'pc of 17',             created('C-11', postal(pc => repeat('1', 17)))),
    (12, 'no cc',                created('C-12', postal(cc => NULL))),
    (13, 'cc of 1',              created('C-13', postal(cc => 'F'))),
    (14, 'cc of 3',              created('C-14', postal(cc => 'FRA'))),
    (15, 'lower-case cc',        created('C-15', postal(cc => 'fr'))),
    (16, 'unknown cc',           created('C-16', postal(cc => 'XK'))),
    (17, 'control character',    created('C-17', postal(city => E'Pa\tris'))),
    (18, 'umlaut in int',        created('C-18', postal(name => 'Änn'))),
    (19, 'control in loc',       created('C-19', NULL, postal(city => E'Pa\nris'))),
    (20, 'int right, loc wrong', created('C-20', postal(), postal(city => ''))),
    (21, 'limits in int',        created('C-21', postal(repeat('x', 255), repeat('x', 255), repeat('x', 255), repeat('x', 255), repeat('x', 255), repeat('1', 16)))),
    (22, 'limits in loc',        created('C-22', NULL, postal(repeat('ä', 255), repeat('ä', 255), repeat('ä', 255), repeat('ä', 255), repeat('ä', 255), repeat('١', 16)))),
    (23, 'SAP, O''Neil & Co',    created('C-23', postal('O''Neil & Co', 'SAP'))),
    (24, 'both forms',           created('C-24', postal('Ann'), postal('Änn'))),
    (25, 'next line in loc',     created('C-25', NULL, postal(city => U&'Pa\0085ris'))),
    (26, 'line separator',       created('C-26', NULL, postal(city => U&'Pa\2028ris'))),
    (27, 'a joiner is none',     created('C-27', NULL, postal(city => U&'Pa\200Dris')))) AS t (n, what, command),
    test.effect(t.command) AS e ORDER BY t.n;

-- numbers and addresses
SELECT t.what, e.code, e.reason, e.element, e.changed
FROM (VALUES
    (1, 'voice without plus',    created('D-01', postal(), voice => '1.5555550100')),
    (2, 'voice without dot',     created('D-02', postal(), voice => '+15555550100')),
    (3, 'fax with a space',      created('D-03', postal(), fax => '+1.555 555')),
    (4, 'voice before fax',      created('D-04', postal(), voice => '+1', fax => '+1')),
    (5, 'no e-mail',             created('D-05', postal(), email => NULL)),
    (6, 'empty e-mail',          created('D-06', postal(), email => '')),
    (7, 'e-mail without domain', created('D-07', postal(), email => 'ann@')),
    (8, 'e-mail with one label', created('D-08', postal(), email => 'ann@localhost')),
    (9, 'e-mail before voice',   created('D-09', postal(), voice => '+1', email => 'ann')),
    (10, 'postal before e-mail', created('D-10', postal(city => ''), email => 'ann')),
    (11, 'unknown disclosure',   created('D-11', postal(), disclose => '{voice,shoe-size}')),
    (12, 'empty voice is none',  created('D-12', postal(), voice => '')),
    (13, 'all of it',            created('D-13', postal(), voice => '+1.5555550100', fax => '+33.123456789012', email => 'änn@bücher.example',
                                         disclose => '{name:int,name:loc,org:int,org:loc,addr:int,addr:loc,voice,fax,email}'))) AS t (n, what, command),
    test.effect(t.command) AS e ORDER BY t.n;

-- an id is taken for everybody, and says so before anything else is looked at
SELECT e.* FROM (VALUES
    ('SELECT dos.contact_create(''other'', ''D-13'', NULL)'), ('SELECT dos.contact_create(''other'', ''d-13'', NULL, email => ''a@b.test'')'),
    ('SELECT dos.contact_create(''acme'', ''E-01'', ''{Ann,NULL,NULL,NULL,NULL,Paris,NULL,NULL,FR}'', email => ''a@b.test'', cltrid => ''CL-1'', svtrid => ''SV-1'')'))
    AS t (command), test.effect(t.command) AS e;

-- a country the registry added is one
INSERT INTO dos.country (code) VALUES ('XK');
SELECT o.code, o.reason FROM test.outcome(created('C-16', postal(cc => 'XK'))) AS o;

-- what is stored, and that the code is not
SELECT handle, roid ~ '^C\d+-DOS$' AS roid, int_postal, loc_postal, voice, fax, email, disclose_flag, disclose, auth_hash IS NOT NULL AS has_auth, created_at, updated_at
FROM dos.contact WHERE handle IN ('C-24', 'D-12', 'D-13', 'E-01') ORDER BY handle;
SELECT event, object_name, registrar, cltrid, svtrid, content FROM dos.outbox WHERE object_name = 'E-01';
SELECT count(*) AS secrets FROM dos.outbox AS o WHERE o::text LIKE '%Secret%';
