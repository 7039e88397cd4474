-- Terms in months (P10): allowed by zone, verb and phase; priced by themselves or pro rata; exact at ends of months and leap days.
SET dos.clock = '2026-01-31T12:00:00Z';
SELECT test.registrar('acme') > 0 AS acme, test.thin_zone('mon', 'months_create={1,3,6}', 'months_renew={1,18,119}', 'redemption=0', 'pending_delete=0', 'autorenew=false') > 0 AS mon,
       test.thin_zone('years') > 0 AS years;
SELECT o.code, o.reason, t.setting
FROM (VALUES ('months_create={}'), ('months_create={0}'), ('months_create={12}'), ('months_renew={120}'), ('months_renew={1,24}')) AS t (setting), test.outcome(format('SELECT dos.zone_create(''bad'', ''{}'', %L)', t.setting)) AS o;
SELECT m, o.code, dos.months(m) FROM unnest('{1,11,13,12,60,119}'::int[]) AS m, test.outcome('SELECT 1') AS o;
SELECT o.code FROM unnest('{0,120,-1}'::int[]) AS m, test.outcome(format('SELECT dos.months(%s)', m)) AS o;
SELECT dos.term_text(dos.months(3)), dos.term_text(2), dos.term_text(dos.months(24));

-- no price is a refusal: of the term, of what the zone takes, of the other zone
SELECT t.zone, t.period, t.unit, test.would(format('SELECT dos.domain_create(''acme'', ''a.%s'', %s, %L)', t.zone, t.period, t.unit))
FROM (VALUES ('mon', 1, 'm'), ('mon', 2, 'm'), ('mon', 12, 'm'), ('mon', 1, 'y'), ('mon', 0, 'm'), ('mon', -1, 'm'), ('mon', 1003, 'y'), ('mon', 1003, 'm'), ('mon', 11, 'y'), ('years', 1, 'm'), ('years', 24, 'm')) AS t (zone, period, unit);
SELECT command, dos.term_text(years) AS term, problem FROM dos.price_gaps('mon');
SELECT o.code, o.reason FROM unnest('{11,1000,1120}'::int[]) AS y, test.outcome(format('SELECT dos.price_set(''mon'', ''create'', %s, ''USD'', 100)', y)) AS o;
SELECT dos.price_set('mon', 'create', dos.months(m), 'USD', m * 100) > 0 AS set FROM unnest('{1,3,6}'::int[]) AS m;
SELECT dos.price_set('mon', 'renew', dos.months(1), 'USD', 99) > 0 AS set;
SELECT m, q.amount_minor, q.item, q.explanation FROM unnest('{1,3,6,12,24}'::int[]) AS m, dos.price_quote('a.mon', 'create', dos.months(m), registrar => 'acme') AS q;
SELECT o.code, o.reason, o.detail FROM test.outcome($$SELECT dos.price_quote('a.mon', 'create', dos.months(2))$$) AS o;

-- ends of months: what began on a 31st ends on the last day of each month, whichever terms led there
CREATE FUNCTION pg_temp.renewed(asked text, terms text[]) RETURNS TABLE (term text, expires timestamptz) LANGUAGE plpgsql AS $$
DECLARE t text; was timestamptz;
BEGIN
    SELECT expires_at INTO expires FROM dos.domain_create('acme', asked, split_part(terms[1], ' ', 1)::int, split_part(terms[1], ' ', 2));
    term := terms[1];
    RETURN NEXT;
    FOREACH t IN ARRAY terms[2:] LOOP
        SELECT r.expires_at INTO expires FROM dos.domain_renew('acme', asked, (expires AT TIME ZONE 'UTC')::date, split_part(t, ' ', 1)::int, split_part(t, ' ', 2)) AS r;
        term := t;
        RETURN NEXT;
    END LOOP;
END $$;
SELECT dos.price_set('mon', 'renew', dos.months(m), 'USD', m * 90) > 0 AS set FROM unnest('{18,119}'::int[]) AS m;
SELECT * FROM pg_temp.renewed('jan31.mon', '{1 m,1 m,1 m,1 y,1 m,1 m}');
SET dos.clock = '2028-02-29T00:00:00Z';
SELECT * FROM pg_temp.renewed('leap.mon', '{1 y,1 m,1 y,1 y,1 m,1 y}');
SET dos.clock = '2026-02-28T23:59:59Z';
SELECT * FROM pg_temp.renewed('feb28.mon', '{1 m,1 m}');
-- the horizon, to the instant
SET dos.clock = '2026-03-01T00:00:00Z';
SELECT code, expires_at FROM dos.domain_create('acme', 'far.mon', 1, 'm');
SELECT test.would($$SELECT dos.domain_renew('acme', 'far.mon', '2026-04-01', 119, 'm')$$) AS to_the_horizon;
SELECT code, expires_at FROM dos.domain_renew('acme', 'far.mon', '2026-04-01', 1, 'm');
SELECT test.would($$SELECT dos.domain_renew('acme', 'far.mon', '2026-05-01', 119, 'm')$$) AS beyond;
SELECT e.object_name, e.kind, dos.term_text(e.years) AS term, e.amount_minor FROM dos.ledger_entry AS e WHERE e.object_name = 'far.mon' ORDER BY e.id;

-- a delete in the renew grace takes the months back with the money; the end by the clock is exact
SELECT code FROM dos.domain_create('acme', 'short.mon', 1, 'm');
SET dos.clock = '2026-03-20T00:00:00Z';
SELECT code, expires_at FROM dos.domain_renew('acme', 'short.mon', '2026-04-01', 18, 'm');
BEGIN;
UPDATE dos.zone SET redemption = '30 days' WHERE name = 'mon';
SELECT code FROM dos.domain_delete('acme', 'short.mon');
SELECT expires_at FROM dos.domain WHERE name = 'short.mon';
SELECT kind, years, amount_minor FROM dos.ledger_entry WHERE object_name = 'short.mon' ORDER BY id;
ROLLBACK;
SELECT dos.domain_renew_undo('short.mon', 'a mistake', 'staff');
SET dos.clock = '2026-03-31T23:59:59.999Z';
SELECT (dos.domain_state('short.mon')).registered;
SET dos.clock = '2026-04-01T00:00:00Z';
SELECT (dos.domain_state('short.mon')).registered;

-- pro rata, where the zone says so, rounded as it says; a price of the term still wins
SELECT dos.price_set('years', 'create', NULL, 'EUR', 1000) > 0 AS set;
UPDATE dos.zone SET months_create = '{1,5,7}', months_renew = '{7}' WHERE name = 'years';
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.domain_create('acme', 'a.years', 7, 'm')$$) AS o;
INSERT INTO dos.price_policy (zone_id, month_terms) SELECT id, 'pro_rata' FROM dos.zone WHERE name = 'years' ON CONFLICT (zone_id) DO UPDATE SET month_terms = 'pro_rata';
SELECT m, q.amount_minor, q.explanation FROM unnest('{1,5,7}'::int[]) AS m, dos.price_quote('a.years', 'create', dos.months(m), registrar => 'acme') AS q;
UPDATE dos.price_policy SET rounding = 'up' WHERE zone_id = (SELECT id FROM dos.zone WHERE name = 'years');
SELECT m, q.amount_minor FROM unnest('{1,5,7}'::int[]) AS m, dos.price_quote('a.years', 'create', dos.months(m), registrar => 'acme') AS q;
SELECT dos.price_set('years', 'create', dos.months(7), 'USD', 444) > 0 AS set;
SELECT code FROM dos.domain_create('acme', 'a.years', 7, 'm');
SELECT amount_minor, dos.term_text(years) AS term FROM dos.ledger_entry WHERE object_name = 'a.years';
SELECT count(*) AS gaps FROM dos.price_gaps('years');
-- the fee extension says the term it was asked for
SELECT c.extension -> 'fee' -> 'commands' AS commands FROM dos.domain_check('acme', '{free.years}', '{"fee": {"currency": "USD", "commands": [{"name": "create", "period": 7, "unit": "m"}, {"name": "create", "period": 6, "unit": "m"}, {"name": "renew", "period": 7, "unit": "m"}]}}') AS c;
-- automatic renewals are of years unless the zone says months
SELECT code FROM dos.domain_create('acme', 'auto.years', 1, 'm');
SET dos.clock = '2026-05-01T00:00:00Z';
SELECT (dos.domain_state('auto.years')).expires_at;

-- phases: years alone, months alone, both, neither
SELECT dos.phase_create('years', 'y' || n, 'open', ('2026-06-0' || n || 'Z')::timestamptz, ('2026-06-0' || n + 1 || 'Z')::timestamptz, VARIADIC string_to_array(p, ' ')) > 0 AS phase
  FROM (VALUES (1, 'years={1}'), (2, 'months={5}'), (3, 'years={2} months={5}'), (4, ''), (5, 'months={}')) AS t (n, p);
CREATE FUNCTION pg_temp.on_day(day int, period int, unit text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('dos.clock', format('2026-06-0%sT12:00:00Z', day), true);
    RETURN test.would(format('SELECT dos.domain_create(''acme'', ''p.years'', %s, %L)', period, unit));
END $$;
SELECT d AS day, pg_temp.on_day(d, 1, 'y') AS "1 y", pg_temp.on_day(d, 2, 'y') AS "2 y", pg_temp.on_day(d, 5, 'm') AS "5 m", pg_temp.on_day(d, 7, 'm') AS "7 m" FROM generate_series(1, 5) AS d;
SET dos.clock = '2026-06-10T00:00:00Z';
SELECT zone, currency, domains, charged_minor, earned_minor + deferred_minor - charged_minor AS off FROM dos.deferred_revenue('2026-03-20T00:00:00Z');
SELECT * FROM dos.ledger_verify();
SELECT * FROM dos.billing_verify();
