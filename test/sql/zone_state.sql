-- States of a zone: the table of verbs, the order, the clock, and what commands answer in each.
SET dos.clock = '2026-05-01T00:00:00Z';
SELECT s.state, string_agg(v.verb, ' ' ORDER BY v.n) FILTER (WHERE dos.zone_state_allows(s.state, v.verb)) AS allowed
FROM (VALUES (1, 'predelegation'), (2, 'sunrise'), (3, 'quiet'), (4, 'general'), (5, 'test'), (6, 'unknown')) AS s (n, state),
     (VALUES (1, 'check'), (2, 'info'), (3, 'create'), (4, 'update'), (5, 'renew'), (6, 'transfer'), (7, 'delete'), (8, 'restore')) AS v (n, verb)
GROUP BY s.n, s.state ORDER BY s.n;

SELECT test.registrar('acme');
SELECT test.thin_zone('young') > 0 AS zone, test.thin_zone('plain') > 0 AS other;
SELECT o.code, o.reason, o.element, t.command
FROM (VALUES
    ($$SELECT dos.zone_state_set('missing', 'general')$$),
    ($$SELECT dos.zone_state_set('young', 'open')$$),
    ($$SELECT dos.zone_state_set('young', 'general 2026-05-01T00:00Z', 'sunrise 2026-06-01T00:00Z')$$),
    ($$SELECT dos.zone_state_set('young', 'quiet 2026-05-01T00:00Z', 'quiet 2026-06-01T00:00Z')$$),
    ($$SELECT dos.zone_state_set('young', 'general 2026-05-01T00:00Z', 'test 2026-06-01T00:00Z')$$),
    ($$SELECT dos.zone_state_set('young', 'general 2026-05-01T00:00Z', 'general 2026-05-01T00:00Z')$$),
    ($$SELECT dos.zone_state_set('young', 'general someday')$$),
    ($$SELECT dos.zone_state_set('young', 'sunrise 2026-06-01T00:00Z', 'quiet 2026-07-01T00:00Z', 'general 2026-08-01T00:00Z')$$)) AS t (command),
    test.outcome(t.command) AS o;
SELECT state, since FROM dos.zone_state ORDER BY since;

-- both sides of each date; a zone without states is open
SELECT t.at, dos.zone_state((SELECT id FROM dos.zone WHERE name = 'young'), t.at), dos.zone_state((SELECT id FROM dos.zone WHERE name = 'plain'), t.at) AS plain
FROM (VALUES ('2026-05-31T23:59:59.999Z'::timestamptz), ('2026-06-01T00:00:00Z'), ('2026-06-30T23:59:59.999Z'), ('2026-07-01T00:00:00Z'),
             ('2026-07-31T23:59:59.999Z'), ('2026-08-01T00:00:00Z')) AS t (at);

-- what commands answer as time goes by
CREATE FUNCTION pg_temp.at(clock timestamptz, name text, OUT available boolean, OUT check_reason text, OUT "create" text) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('dos.clock', clock::text, true);
    SELECT c.available, c.reason INTO available, check_reason FROM dos.domain_check('acme', ARRAY[name]) AS c;
    "create" := test.would(format('SELECT dos.domain_create(''acme'', %L)', name));
END $$;
SELECT t.at, a.* FROM (VALUES ('2026-05-31T23:59:59.999Z'::timestamptz), ('2026-06-01T00:00:00Z'), ('2026-07-01T00:00:00Z'), ('2026-08-01T00:00:00Z')) AS t (at),
    pg_temp.at(t.at, 'name.young') AS a;
SET dos.clock = '2026-05-01T00:00:00Z';
SELECT test.would($$SELECT dos.domain_create('acme', 'name.plain')$$);

-- a change of states is in force at once
SELECT dos.zone_state_set('young', 'test');
SELECT test.would($$SELECT dos.domain_create('acme', 'name.young')$$);
SELECT dos.zone_state_set('young');
SELECT dos.zone_state((SELECT id FROM dos.zone WHERE name = 'young'));
