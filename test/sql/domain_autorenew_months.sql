-- Automatic renewals of months (P10, L08): what a zone may say, money and dates term by term, before the worker comes by as after it, unpaid ones too.
SET dos.clock = '2026-01-31T12:00:00Z';
SELECT o.code, o.reason, t.settings FROM (VALUES (1, '{autorenew_years=0}'), (2, '{autorenew_years=11}'), (3, '{autorenew_years=1000}'), (4, '{autorenew_years=1012}'), (5, '{autorenew_years=1120}'), (6, '{autorenew_years=1013,horizon_years=1,period_max=1}'),
    (7, '{autorenew_years=1001}'), (8, '{autorenew_years=1001,autorenew_grace=29 days}'), (9, '{autorenew_years=1001,autorenew_grace=28 days}'), (10, '{autorenew_years=1119}')) AS t (n, settings),
    test.outcome(format('SELECT dos.zone_create(''try%s'', ''{}'', VARIADIC %L)', n, t.settings)) AS o ORDER BY t.n;
SELECT test.registrar('acme') > 0 AS acme, test.registrar('poor', 500) > 0 AS poor, test.thin_zone('tri', 'months_create={3}', 'autorenew_years=1003', 'autorenew_grace=30 days', 'autorenew_retry=300 days', 'redemption=0', 'pending_delete=0') > 0 AS tri;
SELECT command, dos.term_text(years) AS term, problem FROM dos.price_gaps('tri');
SELECT dos.price_set('tri', 'create', dos.months(3), 'USD', 300) > 0 AS set;
SELECT (dos.domain_create('acme', 'a.tri', 3, 'm')).code, (dos.domain_create('poor', 'p.tri', 3, 'm')).code AS of_poor;
SELECT name, expires_at FROM dos.domain ORDER BY 1;

-- at the instant of expiry, projected; a millisecond before, not
SET dos.clock = '2026-04-30T11:59:59.999Z';
SELECT (dos.domain_state('a.tri')).expires_at, (dos.domain_state('a.tri')).rgp_statuses;
SET dos.clock = '2026-04-30T12:00:00Z';
SELECT (dos.domain_state('a.tri')).expires_at, (dos.domain_state('a.tri')).rgp_statuses;
SELECT name, due_at, dos.term_text(years) AS due FROM dos.autorenew_due ORDER BY 1;
-- no price of the term is no renewal paid: granted, told, due
SELECT dos_internal.domain_advance_due() > 0 AS done;
SELECT object_name, event, content ->> 'years' AS years, content ->> 'reason' AS reason FROM dos.outbox WHERE event LIKE 'domain.autorenew%' ORDER BY object_name;
SELECT dos.price_set('tri', 'autorenew', dos.months(3), 'USD', 250) > 0 AS set;
SET dos.clock = '2026-05-01T12:00:00Z';
SELECT dos_internal.domain_advance_due() > 0 AS done;
SELECT kind, object_name, dos.term_text(years) AS term, amount_minor FROM dos.ledger_entry WHERE kind <> 'deposit' ORDER BY id;
SELECT name, expires_at, unpaid IS NOT NULL AS unpaid FROM dos.domain ORDER BY 1;
-- what is granted ends with its term, though tries might go on: a name is never unpaid and over
SELECT name, (unpaid).until, dos.term_text((unpaid).years) AS owed FROM dos.domain WHERE name = 'p.tri';
SELECT a, (dos.domain_state('p.tri', a)).registered, (dos.domain_state('p.tri', a)).expires_at, (dos.domain_state('p.tri', a)).lapsed FROM unnest('{2026-07-31T11:59:59.999Z,2026-07-31T12:00:00Z}'::timestamptz[]) AS a;
-- a delete in the grace period gives the months and their money back; a moment later, not
SELECT t.at, test.would(format($$SELECT set_config('dos.clock', %L, true), dos.domain_delete('acme', 'a.tri')$$, t.at)) FROM (VALUES ('2026-05-30T11:59:59.999Z'), ('2026-05-30T12:00:00Z')) AS t (at);
BEGIN;
UPDATE dos.zone SET redemption = '30 days' WHERE name = 'tri';
SET LOCAL dos.clock = '2026-05-30T11:59:59.999Z';
SELECT code FROM dos.domain_delete('acme', 'a.tri');
SELECT expires_at FROM dos.domain WHERE name = 'a.tri';
SELECT kind, dos.term_text(years) AS term, amount_minor FROM dos.ledger_entry WHERE object_name = 'a.tri' ORDER BY id;
ROLLBACK;

-- the worker was away for a year: every term by itself at its own instant, from the 31st to the last day of each month
CREATE FUNCTION seen() RETURNS TABLE (name text, expires_at timestamptz, rgp text[]) LANGUAGE sql AS $$
    SELECT d.name, s.expires_at, s.rgp_statuses FROM dos.domain AS d, dos_internal.domain_state(d, dos.now()) AS s WHERE d.name = 'a.tri' $$;
SET dos.clock = '2027-02-10T00:00:00Z';
SELECT * FROM seen();
SELECT name, dos.term_text(years) AS due FROM dos.autorenew_due WHERE name = 'a.tri';
SELECT dos_internal.domain_advance_due() > 0 AS done;
SELECT * FROM seen();
SELECT object_name, dos.term_text(years) AS term, amount_minor FROM dos.ledger_entry WHERE kind = 'autorenew' ORDER BY id;
-- what could not be paid is due as a whole: so many terms at the price of one each, whatever a year would cost
SELECT test.registrar('late', 350) > 0 AS late;
SET dos.clock = '2027-03-31T00:00:00Z';
SELECT (dos.domain_create('late', 'l.tri', 3, 'm')).code;
SELECT dos.price_set('tri', 'renew', 1, 'USD', 5) IS NULL AS a_cheap_year;
SET dos.clock = '2028-03-31T00:00:00Z';
SELECT dos_internal.domain_advance_due() > 0 AS done;
SELECT name, expires_at, (unpaid).expires_at AS paid_until, dos.term_text((unpaid).years) AS owed, (SELECT string_agg(dos.term_text(g.years), ', ') FROM unnest(graces) AS g) AS graces FROM dos.domain WHERE name = 'l.tri';
SELECT dos.account_deposit('late', 'USD', 2000, 'paid at last') > 0 AS deposit;
SET dos.clock = '2028-04-01T00:00:00Z';
SELECT dos_internal.domain_advance_due() > 0 AS done;
SELECT kind, dos.term_text(years) AS term, amount_minor, pricing #>> '{lines,0,times}' AS times FROM dos.ledger_entry WHERE object_name = 'l.tri' ORDER BY id;
SELECT name, expires_at, unpaid IS NOT NULL AS unpaid FROM dos.domain WHERE name = 'l.tri';
SELECT content ->> 'years' AS years, content ->> 'amount_minor' AS amount_minor FROM dos.outbox WHERE event = 'domain.autorenewed' AND object_name = 'l.tri';
-- another term from a date on: what was before goes by what was said before
SELECT dos.zone_policy_set('tri', '2028-05-01T00:00Z', 'autorenew_years=1006');
SELECT dos.price_set('tri', 'autorenew', dos.months(6), 'USD', 480) > 0 AS set;
SET dos.clock = '2029-01-15T00:00:00Z';
SELECT * FROM seen();
SELECT dos_internal.domain_advance_due() > 0 AS done;
SELECT * FROM seen();
SELECT dos.term_text(years) AS term, count(*), min(amount_minor), max(amount_minor) FROM dos.ledger_entry WHERE kind = 'autorenew' AND object_name = 'a.tri' GROUP BY 1 ORDER BY 1;
SELECT * FROM dos.ledger_verify();
SELECT * FROM dos.billing_verify();
