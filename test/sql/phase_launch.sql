-- Launch phases: what may be set, what stays, and what check and create answer in each by the server's clock.
SET dos.clock = '2026-04-01T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('beta');
SELECT test.thin_zone('new') > 0 AS zone, test.thin_zone('plain') > 0 AS other, test.thin_zone('copy') > 0 AS third;

SELECT o.code, o.reason, o.element, t.command
FROM (VALUES
    ($$SELECT dos.phase_create('missing', 'sunrise', 'sunrise', '2026-05-01T00:00Z')$$),
    ($$SELECT dos.phase_create('new', 'x', 'eternal', '2026-05-01T00:00Z')$$),
    ($$SELECT dos.phase_create('new', '', 'open', '2026-05-01T00:00Z')$$),
    ($$SELECT dos.phase_create('new', 'x', 'open', NULL)$$),
    ($$SELECT dos.phase_create('new', 'x', 'open', '2026-05-01T00:00Z', '2026-05-01T00:00Z')$$),
    ($$SELECT dos.phase_create('new', 'x', 'open', '2026-05-01T00:00Z', '2026-04-30T00:00Z')$$),
    ($$SELECT dos.phase_create('new', 'x', 'open', '2026-05-01T00:00Z', NULL, 'colour=red')$$),
    ($$SELECT dos.phase_create('new', 'x', 'open', '2026-05-01T00:00Z', NULL, 'zone_id=1')$$),
    ($$SELECT dos.phase_create('new', 'x', 'open', '2026-05-01T00:00Z', NULL, 'label_min=0')$$),
    ($$SELECT dos.phase_create('new', 'x', 'open', '2026-05-01T00:00Z', NULL, 'label_min=9', 'label_max=8')$$),
    ($$SELECT dos.phase_create('new', 'x', 'open', '2026-05-01T00:00Z', NULL, 'label_pattern=[')$$),
    ($$SELECT dos.phase_create('new', 'x', 'open', '2026-05-01T00:00Z', NULL, 'years={0}')$$),
    ($$SELECT dos.phase_create('new', 'x', 'open', '2026-05-01T00:00Z', NULL, 'years={11}')$$),
    ($$SELECT dos.phase_create('new', 'x', 'open', '2026-05-01T00:00Z', NULL, 'contacts_required={owner}')$$),
    ($$SELECT dos.phase_create('new', 'x', 'open', '2026-05-01T00:00Z', NULL, 'registrars={}')$$),
    ($$SELECT dos.phase_create('new', 'landrush', 'landrush', '2026-05-01T00:00Z', '2026-06-01T00:00Z', 'registrars={acme}', 'years={2,5}')$$),
    ($$SELECT dos.phase_create('new', 'landrush', 'landrush', '2027-05-01T00:00Z')$$),
    ($$SELECT dos.phase_create('new', 'Founders', 'custom', '2026-05-15T00:00Z', '2026-06-01T00:00Z', 'launch_required=true', 'label_pattern=^f', 'contacts_required={registrant}')$$),
    ($$SELECT dos.phase_create('new', 'quiet', 'quiet', '2026-06-01T00:00Z', '2026-06-08T00:00Z')$$),
    ($$SELECT dos.phase_create('new', 'open', 'open', '2026-06-07T00:00Z')$$),
    ($$SELECT dos.phase_create('new', 'open', 'open', '2026-06-08T00:00Z')$$),
    ($$SELECT dos.phase_create('new', 'open again', 'early-access', '2030-06-08T00:00Z')$$)) AS t (command),
    test.outcome(t.command) AS o;
SELECT name, kind, during, launch_required, marks, claims FROM dos.phase ORDER BY id;

-- what commands answer: no extension, the right phase, another phase; both sides of each boundary
CREATE FUNCTION pg_temp.answers(clock timestamptz, registrar text, name text, launch text, years int DEFAULT 2) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    x jsonb := CASE WHEN launch <> '' THEN jsonb_build_object('launch', jsonb_strip_nulls(jsonb_build_object('type', 'avail', 'phase', split_part(launch, '/', 1), 'phase_name', nullif(split_part(launch, '/', 2), '')))) END;
    c record;
BEGIN
    PERFORM set_config('dos.clock', clock::text, true);
    SELECT * INTO c FROM dos.domain_check(registrar, ARRAY[name], x);
    RETURN format('%s | %s', coalesce(c.reason, 'available'),
        test.would(format('SELECT dos.domain_create(%L, %L, period => %s, extensions => %L)', registrar, name, years, x)));
END $$;
SELECT t.*, pg_temp.answers(t.at, t.registrar, t.name, t.launch, t.years)
FROM (VALUES
    (1, '2026-04-30T23:59:59.999Z'::timestamptz, 'acme', 'a.new', 'landrush', 2),
    (2, '2026-04-30T23:59:59.999Z', 'acme', 'a.new', '', 2),
    (3, '2026-05-01T00:00:00Z', 'acme', 'a.new', '', 2),
    (4, '2026-05-01T00:00:00Z', 'acme', 'a.new', 'sunrise', 2),
    (5, '2026-05-01T00:00:00Z', 'acme', 'a.new', 'open', 2),
    (6, '2026-05-01T00:00:00Z', 'acme', 'a.new', 'landrush/other', 2),
    (7, '2026-05-01T00:00:00Z', 'beta', 'a.new', 'landrush', 2),
    (8, '2026-05-01T00:00:00Z', 'acme', 'a.new', 'landrush', 1),
    (9, '2026-05-01T00:00:00Z', 'acme', 'a.new', 'landrush', 2),
    (10, '2026-05-01T00:00:00Z', 'acme', 'a.new', 'landrush/landrush', 5),
    (11, '2026-05-14T23:59:59.999Z', 'beta', 'f.new', 'custom/Founders', 1),
    (12, '2026-05-15T00:00:00Z', 'beta', 'f.new', 'custom', 1),
    (13, '2026-05-15T00:00:00Z', 'beta', 'a.new', 'custom/Founders', 1),
    (14, '2026-05-15T00:00:00Z', 'beta', 'f.new', 'custom/Founders', 1),
    (15, '2026-05-31T23:59:59.999Z', 'acme', 'a.new', 'landrush', 2),
    (16, '2026-06-01T00:00:00Z', 'acme', 'a.new', 'landrush', 2),
    (17, '2026-06-01T00:00:00Z', 'acme', 'a.new', '', 2),
    (18, '2026-06-08T00:00:00Z', 'beta', 'a.new', 'landrush', 1),
    (19, '2026-06-08T00:00:00Z', 'beta', 'a.new', '', 1),
    (20, '2026-06-08T00:00:00Z', 'beta', 'a.new', 'open', 1),
    (21, '2026-06-08T00:00:00Z', 'beta', 'a.plain', '', 1),
    (22, '2026-06-08T00:00:00Z', 'beta', 'a.plain', 'open', 1),
    (23, '2026-06-08T00:00:00Z', 'beta', 'a.plain', 'sunrise', 1)) AS t (n, at, registrar, name, launch, years)
ORDER BY t.n;

-- the phase is kept with the domain
SET dos.clock = '2026-05-02T00:00:00Z';
SELECT code FROM dos.domain_create('acme', 'kept.new', period => 2, extensions => '{"launch": {"phase": "landrush"}}');
SELECT d.name, p.name AS phase FROM dos.domain AS d JOIN dos.phase AS p ON p.id = d.phase_id;
SELECT * FROM dos.phase_now;

-- what has happened stays
SELECT t.n, o.code, o.reason, t.command
FROM (VALUES
    (1, $$DELETE FROM dos.phase WHERE name = 'landrush'$$),
    (2, $$UPDATE dos.phase SET during = tstzrange('2026-05-01T12:00Z', upper(during)) WHERE name = 'landrush'$$),
    (3, $$SELECT dos.phase_end('new', 'landrush', '2026-05-01T12:00Z')$$),
    (4, $$SELECT dos.phase_end('new', 'open', '2026-06-08T00:00Z')$$),
    (5, $$SELECT dos.phase_end('new', 'missing', NULL)$$),
    (6, $$SELECT dos.phase_end('new', 'landrush', '2026-05-20T00:00Z')$$),
    (7, $$SELECT dos.phase_end('new', 'landrush', NULL)$$),
    (8, $$SELECT dos.phase_end('new', 'landrush', '2026-05-02T00:00Z')$$),
    (9, $$SELECT dos.phase_end('new', 'landrush', '2026-05-09T00:00Z')$$),
    (10, $$UPDATE dos.phase SET comment = 'changed' WHERE name = 'landrush'$$),
    (11, $$DELETE FROM dos.phase WHERE name = 'landrush'$$),
    (12, $$DELETE FROM dos.phase WHERE name = 'quiet'$$)) AS t (n, command),
    test.outcome(t.command) AS o ORDER BY t.n;

-- copied as a whole, moved to another beginning
SELECT dos.phase_copy('new', 'copy', '2027-01-01T00:00Z');
SELECT p.name, p.during, p.registrars, p.years FROM dos.phase AS p JOIN dos.zone AS z ON z.id = p.zone_id WHERE z.name = 'copy' ORDER BY p.id;
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.phase_copy('new', 'copy')$$) AS o;

-- an open phase that asks for nothing is answered without a query, from when it is alone and not a moment longer
SET dos.clock = '2026-05-02T00:00:00Z';
SELECT test.thin_zone('calm') > 0 AS zone, dos.phase_create('calm', 'claims', 'claims', '2026-06-01T00:00Z', '2026-07-01T00:00Z') > 0 AS claims,
       dos.phase_create('calm', 'open', 'open', '2026-06-01T00:00Z', '2026-08-01T00:00Z') > 0 AS open;
SELECT f.calm_name, f.calm_from, f.calm_until FROM dos.zone AS z, dos_internal.name_facts(z.id) AS f WHERE z.name IN ('calm', 'plain', 'new') ORDER BY z.name;
SELECT t.at, pg_temp.answers(t.at, 'acme', 'a.calm', '', 1)
FROM (VALUES ('2026-05-31T23:59:59.999Z'::timestamptz), ('2026-06-01T00:00:00Z'), ('2026-06-30T23:59:59.999Z'), ('2026-07-01T00:00:00Z'), ('2026-07-31T23:59:59.999Z'), ('2026-08-01T00:00:00Z')) AS t (at);
SET dos.clock = '2026-07-01T00:00:00Z';
SELECT code FROM dos.domain_create('acme', 'kept.calm');
SELECT p.name FROM dos.domain AS d JOIN dos.phase AS p ON p.id = d.phase_id WHERE d.name = 'kept.calm';
