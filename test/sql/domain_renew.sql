-- domain renew (RFC 5731 section 3.2.3): refusals in the order of precedence, the horizon on both sides, leap days.
SET dos.clock = '2026-04-03T10:20:30.123Z';
SELECT test.registrar('acme'), test.registrar('other'), test.registrar('poor', 800),
       test.zone('example', 'registrant_required=false', 'contacts_required={}') > 0 AS zone,
       test.zone('terms', 'registrant_required=false', 'contacts_required={}', 'period_min=2', 'period_default=2', 'period_max=4', 'horizon_years=5') > 0 AS terms;
SELECT d.name, (dos.domain_create(d.registrar, d.name)).expires_at
FROM (VALUES ('acme', 'a.example'), ('acme', 'locked.example'), ('acme', 'slocked.example'), ('acme', 'gone.example'), ('acme', 'a.terms'), ('poor', 'p.example')) AS d (registrar, name);
UPDATE dos.domain SET statuses = '{clientRenewProhibited}' WHERE name = 'locked.example';
UPDATE dos.domain SET statuses = '{serverRenewProhibited}' WHERE name = 'slocked.example';
UPDATE dos.domain SET deleted_at = dos.now() WHERE name = 'gone.example';

SELECT t.what, e.*
FROM (VALUES
    (1, 'not a name',                   $$'acme', 'a_b.example', '2027-04-03'$$),
    (2, 'unknown',                      $$'acme', 'z.example', '2027-04-03'$$),
    (3, 'another''s',                   $$'other', 'a.example', '2027-04-03'$$),
    (4, 'locked',                       $$'acme', 'locked.example', '2027-04-03'$$),
    (5, 'locked by the server',         $$'acme', 'slocked.example', '2027-04-03'$$),
    (6, 'being deleted',                $$'acme', 'gone.example', '2027-04-03'$$),
    (7, 'no years',                     $$'acme', 'a.example', '2027-04-03', 0$$),
    (8, 'too many years',               $$'acme', 'a.example', '2027-04-03', 11$$),
    (9, 'half a year',                  $$'acme', 'a.example', '2027-04-03', 6, 'm'$$),
    (10, 'below the zone''s minimum',   $$'acme', 'a.terms', '2028-04-03', 1$$),
    (11, 'above the zone''s maximum',   $$'acme', 'a.terms', '2028-04-03', 5$$),
    (12, 'a day before',                $$'acme', 'a.example', '2027-04-02'$$),
    (13, 'a day after',                 $$'acme', 'a.example', '2027-04-04'$$),
    (14, 'no date',                     $$'acme', 'a.example', NULL$$),
    (15, 'beyond ten years from now',   $$'acme', 'a.example', '2027-04-03', 10$$),
    (16, 'beyond the zone''s horizon',  $$'acme', 'a.terms', '2028-04-03', 4$$),
    (17, 'no money',                    $$'poor', 'p.example', '2027-04-03'$$)) AS t (n, what, arguments),
    test.effect(format('SELECT dos.domain_renew(%s)', t.arguments)) AS e ORDER BY t.n;

-- one command after the other; the same one twice renews once
CREATE TABLE step (n int GENERATED ALWAYS AS IDENTITY, clock text, arguments text);
INSERT INTO step (clock, arguments) VALUES
    ('2026-04-04T00:00:00Z', $$'acme', 'a.example', '2027-04-03'$$),
    ('2026-04-04T00:00:00Z', $$'acme', 'a.example', '2027-04-03'$$),
    ('2026-04-05T00:00:00Z', $$'acme', 'A.example.', '2028-04-03', 24, 'm'$$),
    -- 2030-04-03T10:20:30.123 and six years is ten years from 2026-04-03T10:20:30.123, to the millisecond
    ('2026-04-03T10:20:30.122Z', $$'acme', 'a.example', '2030-04-03', 6$$),
    ('2026-04-03T10:20:30.123Z', $$'acme', 'a.example', '2030-04-03', 6$$),
    ('2026-04-10T00:00:00Z', $$'acme', 'a.terms', '2028-04-03'$$);
CREATE FUNCTION stepped() RETURNS TABLE (clock text, arguments text, code text, reason text, expires timestamptz, rgp text, graces text, charged bigint) LANGUAGE plpgsql AS $$
DECLARE
    s    step;
    last bigint;
BEGIN
    FOR s IN SELECT * FROM step ORDER BY n LOOP
        PERFORM set_config('dos.clock', s.clock, false);
        last := (SELECT max(id) FROM dos.ledger_entry);
        clock := s.clock;
        arguments := s.arguments;
        SELECT o.code, o.reason INTO code, reason FROM test.outcome(format('SELECT dos.domain_renew(%s)', s.arguments)) AS o;
        SELECT d.expires_at, array_to_string(i.rgp_statuses, ' '),
               (SELECT string_agg(format('%s %s until %s', g.kind, g.years, to_char(g.ends_at AT TIME ZONE 'UTC', 'MM-DD HH24:MI')), ', ' ORDER BY n) FROM unnest(d.graces) WITH ORDINALITY AS g (kind, ends_at, entry_id, years, n))
          INTO expires, rgp, graces
          FROM dos.domain AS d, LATERAL dos.domain_info('acme', d.name) AS i WHERE d.name = dos.dname(split_part(s.arguments, '''', 4));
        charged := (SELECT sum(e.amount_minor) FROM dos.ledger_entry AS e WHERE e.id > last);
        RETURN NEXT;
    END LOOP;
END $$;
SELECT * FROM stepped();

-- the answer, the charge and the event
UPDATE dos.domain SET statuses = '{}' WHERE name = 'locked.example';
SELECT * FROM dos.domain_renew('acme', 'Locked.Example', '2027-04-03', 2, 'y', 'CL-1', 'SV-1');
SELECT account, registrar, amount, kind, years, svtrid FROM dos.ledger_line WHERE object_name = 'locked.example' AND kind = 'renew' ORDER BY amount_minor;
SELECT event, registrar, cltrid, svtrid, content FROM dos.outbox WHERE event = 'domain.renewed' AND object_name = 'locked.example';

-- 29 February: a year later it is the 28th, four years later the 29th again
SET dos.clock = '2028-02-29T12:00:00Z';
SELECT (dos.domain_create('acme', 'leap.example', 1)).expires_at, (dos.domain_create('acme', 'leap4.example', 4)).expires_at AS four;
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.domain_renew('acme', 'leap.example', '2029-03-01', 3)$$) AS o;
SELECT * FROM dos.domain_renew('acme', 'leap.example', '2029-02-28', 3);
SELECT * FROM dos.domain_renew('acme', 'leap4.example', '2032-02-29', 1);
-- the date is the one in UTC, whatever the session's time zone
SET TIME ZONE 'Pacific/Auckland';
SELECT o.code, o.reason FROM (VALUES ('2033-03-01'), ('2033-02-28')) AS t (day), test.outcome(format('SELECT dos.domain_renew(''acme'', ''leap4.example'', %L)', t.day)) AS o;
RESET TIME ZONE;
SELECT * FROM dos.ledger_verify();
