-- Reserved names: the table of classes, which class wins, what releases it, dates, patterns, and what ICANN reserves.
SET dos.clock = '2026-04-01T00:00:00Z';
SELECT * FROM dos.reserved_classes();
SELECT max(length(answer)) <= 32 AS answers_fit FROM dos.reserved_classes();
SELECT test.registrar('acme'), test.registrar('beta');
SELECT test.thin_zone('one') > 0 AS one, test.thin_zone('two') > 0 AS two, test.thin_zone('idn', 'idn=true') > 0 AS idn;

SELECT o.code, o.reason, o.element, t.command
FROM (VALUES
    ($$SELECT dos.reserved_list_create('x', 'forbidden')$$),
    ($$SELECT dos.reserved_list_create('X y', 'blocked')$$),
    ($$SELECT dos.reserved_list_create('x', 'blocked', '{missing}')$$),
    ($$SELECT dos.reserved_list_create('x', 'blocked', patterns => '{[}')$$),
    ($$SELECT dos.reserved_list_create('x', 'blocked', effective_at => '2026-05-02', expires_at => '2026-05-01')$$),
    ($$SELECT dos.reserved_add('missing', 'a')$$),
    ($$SELECT dos.reserved_list_create('words', 'reserved', '{one}')$$),
    ($$SELECT dos.reserved_list_create('words', 'blocked', '{one}')$$),
    ($$SELECT dos.reserved_add('words', 'a.b')$$),
    ($$SELECT dos.reserved_add('words', 'a_b')$$),
    ($$SELECT dos.reserved_add('words', 'Gold', 'SILVER', 'both')$$),
    ($$SELECT dos.reserved_list_create('bad', 'blocked')$$),
    ($$SELECT dos.reserved_add('bad', 'both', 'evil', 'bücher')$$),
    ($$SELECT dos.reserved_list_create('short', 'specific', '{two}', '{^(.|..)$,^xn--}')$$),
    ($$SELECT dos.reserved_list_create('later', 'geographic', '{one}', '{^later}', '2026-05-01T00:00Z', '2026-06-01T00:00Z')$$),
    ($$SELECT dos.reserved_release_add('one', 'evil')$$),
    ($$SELECT dos.reserved_release_add('missing', 'evil')$$)) AS t (command),
    test.outcome(t.command) AS o;

CREATE FUNCTION pg_temp.answers(clock timestamptz, asked text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('dos.clock', clock::text, true);
    RETURN (SELECT format('%s | %s', coalesce(c.reason, 'available'), test.would(format('SELECT dos.domain_create(''acme'', %L)', asked)))
              FROM dos.domain_check('acme', ARRAY[asked]) AS c);
END $$;
SELECT t.*, pg_temp.answers(t.at, t.name)
FROM (VALUES
    (1, '2026-04-01T00:00:00Z'::timestamptz, 'free.one'), (2, '2026-04-01T00:00:00Z', 'gold.one'), (3, '2026-04-01T00:00:00Z', 'GOLD.one.'),
    (4, '2026-04-01T00:00:00Z', 'gold.two'), (5, '2026-04-01T00:00:00Z', 'both.one'), (6, '2026-04-01T00:00:00Z', 'both.two'),
    (7, '2026-04-01T00:00:00Z', 'evil.one'), (8, '2026-04-01T00:00:00Z', 'evil.two'), (9, '2026-04-01T00:00:00Z', 'bücher.idn'),
    (10, '2026-04-01T00:00:00Z', 'ab.one'), (11, '2026-04-01T00:00:00Z', 'ab.two'), (12, '2026-04-01T00:00:00Z', 'abc.two'),
    (13, '2026-04-30T23:59:59.999Z', 'later.one'), (14, '2026-05-01T00:00:00Z', 'later.one'), (15, '2026-05-31T23:59:59.999Z', 'later1.one'),
    (16, '2026-06-01T00:00:00Z', 'later.one')) AS t (n, at, name) ORDER BY t.n;
SET dos.clock = '2026-04-01T00:00:00Z';
SELECT * FROM dos.reserved_explain('Both.ONE');

-- in force at the next statement, gone with it
BEGIN;
SELECT dos.reserved_add('words', 'fresh');
SELECT available, reason FROM dos.domain_check('acme', '{fresh.one}');
ROLLBACK;
SELECT available, reason FROM dos.domain_check('acme', '{fresh.one}');
SELECT dos.reserved_remove('words', 'silver', 'missing');
SELECT available, reason FROM dos.domain_check('acme', '{silver.one}');

-- the staff lets one registrar have one name, once
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.reserved_override_grant('both.one', 'acme', ' ')$$) AS o;
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.reserved_override_grant('both.one', 'nobody', 'court order 7')$$) AS o;
SELECT dos.reserved_override_grant('both.one', 'acme', 'court order 7', '2 days') > 0 AS granted;
SELECT t.registrar, test.would(format('SELECT dos.domain_create(%L, ''both.one'')', t.registrar)) FROM (VALUES ('beta'), ('acme')) AS t (registrar);
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.would('SELECT dos.domain_create(''acme'', ''both.one'')');
SET dos.clock = '2026-04-02T23:59:59.999Z';
SELECT code FROM dos.domain_create('acme', 'both.one', svtrid => 'S-1');
SELECT code FROM dos.domain_delete('acme', 'both.one');
SELECT test.would('SELECT dos.domain_create(''acme'', ''both.one'')');
SELECT name, reason, used_at, svtrid FROM dos.reserved_override;
SELECT event, object_name, content - 'by' AS content FROM dos.outbox WHERE event LIKE 'reserve.%';

-- an allocation token releases what its class lets it, for check and create
SELECT dos.token_create('one', 1, 'token=OPEN-1', 'releases=true') AS token, dos.token_create('one', 1, 'token=PRICE-1') AS other;
SELECT t.name, t.token, coalesce(c.reason, 'available'), test.would(format('SELECT dos.domain_create(''acme'', %L, extensions => %L)', t.name, jsonb_build_object('token', t.token)))
FROM (VALUES ('gold.one', 'OPEN-1'), ('gold.one', 'PRICE-1'), ('both.one', 'OPEN-1'), ('gold.one', 'WRONG')) AS t (name, token),
     dos.domain_check('acme', ARRAY[t.name], jsonb_build_object('token', t.token)) AS c;

-- blocked as it drops
SELECT dos_internal.reserved_block((SELECT id FROM dos.zone WHERE name = 'two'), 'dropped.two', 'abuse');
SELECT available, reason FROM dos.domain_check('acme', '{dropped.two}');
SELECT available, reason FROM dos.domain_check('acme', '{dropped.one}');

-- a phase releases classes; a collision name is created on hold
SELECT dos.reserved_list_create('collide', 'collision', '{one}') > 0 AS list, dos.reserved_add('collide', 'wpad') AS added;
SELECT test.would($$SELECT dos.domain_create('acme', 'wpad.one')$$);
SELECT dos.phase_create('one', 'start', 'custom', '2026-04-02T00:00Z', NULL, 'classes={collision,reserved}') > 0 AS phase;
SELECT test.would(format('SELECT dos.domain_create(''acme'', %L)', t.name)) FROM (VALUES ('gold.one'), ('both.one')) AS t (name);
SELECT code FROM dos.domain_create('acme', 'wpad.one');
SELECT name, statuses FROM dos.domain WHERE name = 'wpad.one';
SELECT event, object_name, content FROM dos.outbox WHERE event = 'domain.collision_held';

-- Specification 5: in generic zones unless they say otherwise, never in others
SELECT l.id, l.name, l.class, count(n.label) AS labels FROM dos.reserved_list AS l LEFT JOIN dos.reserved_name AS n ON n.list_id = l.id WHERE l.id < 1000 GROUP BY l.id ORDER BY l.id;
SELECT count(test.thin_zone(z.name, VARIADIC z.policy || '{idn=true}'))
FROM (VALUES ('generic', '{spec5=null}'::text[]), ('nospec', '{spec5=false}'), ('country', '{kind=country}'), ('strict', '{kind=country,spec5=true}')) AS z (name, policy)
WHERE z.name <> 'generic';
SELECT dos.zone_create('generic', '{}', 'idn=true', 'registrant_required=false', 'contacts_required={}') > 0 AS generic;
SELECT l.label, string_agg(format('%s: %s', z.name, coalesce(c.reason, 'available')), ', ' ORDER BY z.name)
FROM (VALUES ('aa'), ('a1'), ('a'), ('aaa'), ('nic'), ('www'), ('example'), ('germany'), ('deutschland'), ('afganistán'), ('olympic'), ('redcross'), ('unesco'), ('plain')) AS l (label),
     dos.zone AS z, dos.domain_check('acme', ARRAY[l.label || '.' || z.name]) AS c
WHERE z.name IN ('generic', 'nospec', 'country', 'strict') GROUP BY l.label ORDER BY l.label;
SELECT dos.reserved_release_add('generic', 'aa');
SELECT available FROM dos.domain_check('acme', '{aa.generic}');
