-- The registry's clock, the way instants are written, and calendar arithmetic.

-- who may move it, and to what
CREATE ROLE clock_tester;
SET ROLE clock_tester;
SET dos.clock = '2030-01-01';
RESET ROLE;
DROP ROLE clock_tester;
SET dos.clock = 'tomorrow or so';
SET dos.clock = '+40 moons';
SET dos.clock = 'infinity';
SHOW dos.clock;

-- an instant stands still, whole milliseconds, whatever zone it is written in
SET dos.clock = '2026-04-03T10:20:30.123456Z';
SELECT dos.iso8601(dos.now()), dos.now() = (SELECT dos.now() FROM pg_sleep(0.002)) AS stands;
SET dos.clock = '2026-04-03 12:20:30.123999+02';
SELECT dos.iso8601(dos.now());
SET dos.clock = '1999-12-31T23:59:59.9999Z';
SELECT dos.iso8601(dos.now());
-- an interval runs along
SET dos.clock = '+40 days';
SELECT dos.now() - date_trunc('milliseconds', now()) AS ahead;
SET dos.clock = '-1 hour';
SELECT dos.now() - date_trunc('milliseconds', now()) AS ahead;
-- nothing is real time
SET dos.clock = '';
SELECT dos.now() - date_trunc('milliseconds', now()) AS ahead;
-- one transaction has one instant
BEGIN;
SELECT dos.now() AS begun \gset
SELECT pg_sleep(0.002);
SELECT dos.now() = :'begun' AS same;
COMMIT;

-- RFC 3339, UTC, three digits, in any session
SET TIME ZONE 'America/New_York';
SELECT dos.iso8601('2026-11-01T05:30:00Z'), dos.iso8601('2026-11-01T05:30:00.1Z'), dos.iso8601('0999-01-01T00:00:00Z');

-- periods count in UTC, not in the session's zone: 2026-03-08 has 23 hours in New York
SELECT t.at, t.period, dos.iso8601(dos.period_add(t.at::timestamptz, t.period::interval))
FROM (VALUES
    ('2026-03-07T12:00:00Z', '1 day'),
    ('2026-03-07T12:00:00Z', '1 month'),
    ('2026-12-31T23:59:59.999Z', '1 year'),
    ('2027-01-01T00:00:00Z', '-1 year'),
    ('2024-02-29T00:00:00Z', '1 year'),
    ('2024-02-29T23:59:59.999Z', '4 years'),
    ('2028-02-29T12:00:00Z', '-1 year'),
    ('2026-01-31T00:00:00Z', '1 month'),
    ('2026-01-31T00:00:00Z', '1 month 1 day 01:00:00'),
    ('2026-04-03T00:00:00Z', '0'),
    ('2026-04-03T00:00:00Z', '120 hours')) AS t (at, period);
SELECT dos.period_add('infinity', '1 year'), dos.period_add(NULL, '1 year');

-- a parallel worker has the clock of its leader
SELECT set_config(CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'debug_parallel_query' ELSE 'force_parallel_mode' END, 'on', false) AS parallel;
SET dos.clock = '2030-01-01T00:00:00.5Z';
SELECT DISTINCT dos.iso8601(dos.now()) AS now FROM dos.currency;
SET dos.clock = '+40 days';
SELECT DISTINCT dos.now() > now() + interval '39 days' AS ahead FROM dos.currency;
