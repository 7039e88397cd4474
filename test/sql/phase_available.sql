-- What a check says of a free name in each kind of phase, with and without the launch extension, beside what a create of
-- the same command would meet and what the availability service tells the public. A check never says more than a create.
SET dos.clock = '2026-04-01T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('beta');
SELECT test.thin_zone(z) > 0 AS zone FROM unnest('{sunrise,landrush,both,mixed,claims,quiet,open,later,few,tokens}'::text[]) AS z;
SELECT count(dos.phase_create(p.zone, p.name, p.kind, '2026-05-01T00:00Z', '2026-06-01T00:00Z', VARIADIC p.policy))
FROM (VALUES ('sunrise', 'sunrise', 'sunrise', '{}'::text[]), ('landrush', 'landrush', 'landrush', '{}'),
             ('both', 'sunrise', 'sunrise', '{}'), ('both', 'landrush', 'landrush', '{}'),
             ('mixed', 'sunrise', 'sunrise', '{}'), ('mixed', 'founders', 'custom', '{}'),
             ('claims', 'claims', 'claims', '{}'), ('claims', 'general', 'open', '{}'),
             ('quiet', 'quiet', 'quiet', '{}'), ('open', 'general', 'open', '{}'), ('few', 'few', 'custom', '{"registrars={beta}"}'),
             ('tokens', 'tokens', 'open', '{token_required=true}')) AS p (zone, name, kind, policy);
SELECT dos.phase_create('later', 'general', 'open', '2026-07-01T00:00Z') > 0 AS later;
SET dos.clock = '2026-05-10T00:00:00Z';

CREATE FUNCTION pg_temp.checked(name text, launch text) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN c.available THEN 'available' ELSE c.reason END
      FROM dos.domain_check('acme', ARRAY[name], CASE WHEN launch <> '' THEN jsonb_build_object('launch', jsonb_build_object('type', 'avail', 'phase', launch)) END) AS c
$$;
CREATE FUNCTION pg_temp.created(name text, launch text) RETURNS text LANGUAGE sql AS $$
    SELECT test.would(format('SELECT dos.domain_create(''acme'', %L, extensions => %L)', name,
                             CASE WHEN launch <> '' THEN jsonb_build_object('launch', jsonb_build_object('phase', launch)) END))
$$;
SELECT z.zone, l.launch, pg_temp.checked('free.' || z.zone, l.launch) AS checked, pg_temp.created('free.' || z.zone, l.launch) AS created,
       CASE WHEN l.launch = '' THEN (SELECT d.status FROM dos.das_check(ARRAY['free.' || z.zone]) AS d) END AS das
  FROM unnest('{sunrise,landrush,both,mixed,claims,quiet,open,later,few,tokens}'::text[]) WITH ORDINALITY AS z (zone, n),
       (VALUES ('', 1), ('sunrise', 2), ('landrush', 3), ('open', 4)) AS l (launch, m)
 WHERE l.launch IN ('', 'open') OR z.zone IN (l.launch, 'both', 'mixed')
 ORDER BY z.n, l.m;

-- by the clock, both sides
SELECT t.at, set_config('dos.clock', t.at, false) <> '' AS now, pg_temp.checked('free.sunrise', '') AS plain, pg_temp.checked('free.sunrise', 'sunrise') AS launch,
       (SELECT d.status FROM dos.das_check('{free.sunrise}') AS d) AS das
  FROM (VALUES (1, '2026-04-30T23:59:59.999Z'), (2, '2026-05-01T00:00:00Z'), (3, '2026-05-31T23:59:59.999Z'), (4, '2026-06-01T00:00:00Z')) AS t (n, at) ORDER BY t.n;

SET dos.clock = '2026-05-10T00:00:00Z';
-- a reason fits the wire (RFC 5731 section 3.1.1), and where a create needs the extension a plain check is never "available"
SELECT z.zone AS promises_too_much
  FROM unnest('{sunrise,landrush,both,mixed,claims,quiet,open,later,few,tokens}'::text[]) AS z (zone)
 WHERE pg_temp.checked('free.' || z.zone, '') = 'available' AND pg_temp.created('free.' || z.zone, '') !~ '^(1000|ok)'
    OR length(pg_temp.checked('free.' || z.zone, '')) > 32
    OR (SELECT d.status FROM dos.das_check(ARRAY['free.' || z.zone]) AS d) = 'available' AND pg_temp.checked('free.' || z.zone, '') <> 'available' AND z.zone <> 'few';
