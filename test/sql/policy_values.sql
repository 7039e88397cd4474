-- Policy values (P09, issue "bad input"): negative and out-of-scale amounts, unknown currencies and words, empty and overlapping ranges, half-said rows.
-- For each table that decides a row that is taken, then rows that differ from it in one value and are refused, by the constraint that says so.
-- Every constraint of these tables is met: one that is new and has no row here is listed at the end.
SET dos.clock = '2026-04-01T00:00:00Z';
SELECT test.registrar('acme') > 0 AS acme, test.zone('shop') > 0 AS shop;
SELECT dos.price_group_set('large', 'acme', '[2030-01-01,)');
CREATE TABLE ids AS SELECT z.id AS zone_id, (SELECT r.id FROM dos.registrar AS r) AS registrar_id, (SELECT g.id FROM dos.price_group AS g) AS group_id, dos.premium_list_set('shop', 'words') AS list_id FROM dos.zone AS z;
CREATE TABLE good (place text PRIMARY KEY, what jsonb);
INSERT INTO good VALUES
    ('price', '{"zone_id": "ZONE", "command": "update", "currency": "USD", "amount_minor": 0, "valid": "(,)"}'),
    ('price_class', '{"zone_id": "ZONE", "name": "gold", "standard": ["restore"], "keep": false}'),
    ('price_policy', '{"zone_id": "ZONE", "rounding": "half_up", "rate_max_age": "1 second", "own_prices": false, "complete": true, "month_terms": "exact"}'),
    ('price_own', '{"domain_id": 1, "registrar_id": "REGISTRAR", "currency": "USD", "amount_minor": 99999999999999, "until": "infinity"}'),
    ('price_group_member', '{"group_id": "GROUP", "registrar_id": "REGISTRAR", "valid": "[2020-01-01,2020-01-02)"}'),
    ('early_access', '{"zone_id": "ZONE", "valid": "[2026-05-01,2026-05-02)", "currency": "USD", "amount_minor": 0, "refundable": false}'),
    ('expiry_access', '{"zone_id": "ZONE", "currency": "USD", "first_minor": 5, "last_minor": 5, "tiers": 1, "tier": "1 minute"}'),
    ('fee', '{"zone_id": "ZONE", "name": "levy", "commands": ["create"], "currency": "USD", "amount_minor": 0, "each_year": false, "refundable": false, "valid": "(,)"}'),
    ('promotion', '{"name": "spring", "commands": ["create"], "years": "[0,10]", "percent": 100, "amount_minor": 0, "free_years": 0, "rank": 1, "stacks": false, "enabled": true, "valid": "(,)"}'),
    ('premium_list', '{"zone_id": "ZONE", "name": "more", "rank": 1, "enabled": true}'),
    ('premium_pattern', '{"list_id": "LIST", "pattern": "^a$", "form": "u", "rank": 1, "valid": "(,)"}'),
    ('token', '{"token": "TOKEN", "max_uses": 1, "uses": 0, "valid": "(,)", "enabled": true, "commands": ["create"], "standard_price": false, "percent": 0, "discount_years": 10, "amount_minor": 0, "renewal": "default", "stacks": false, "releases": false}'),
    ('package', '{"name": "starter", "registrar_id": "REGISTRAR", "creates_max": 1, "domains_max": 1, "currency": "USD", "price_minor": 0, "months": 120, "renews": true, "notice_percents": [1, 100], "notice_days": [1, 366], "began_at": "2026-01-01", "ends_at": "2027-01-01", "told": []}'),
    ('exchange_rate', '{"base": "EUR", "quote": "USD", "rate": 1.1, "as_of": "2026-04-01", "source": "hand", "loaded_at": "2026-04-01"}'),
    ('hook', '{"stage": "check", "object": "domain", "verb": "create", "function": "policy.f", "rank": 1, "enabled": true, "time_limit_ms": 600000}'),
    ('phase', '{"zone_id": "ZONE", "name": "quiet", "kind": "quiet", "during": "[2026-05-01,2026-06-01)", "rank": 1, "launch_required": false, "mode": "registration", "validation": true, "marks": false, "claims": false, "token_required": false, "classes": [], "contacts_required": []}'),
    ('nndn', '{"name": "x.shop", "zone_id": "ZONE", "state": "blocked", "created_at": "2026-01-01"}'),
    ('tax_rule', '{"rate": 99.99, "included": false, "reverse_charge": false, "valid": "(,)", "note": ""}'),
    ('invoice_customer', '{"registrar_id": "REGISTRAR", "country": "SE", "billing": "prepaid"}'),
    ('variant_policy', '{"zone_id": "ZONE", "registrant": "set", "transfer": "set", "deletion": "set", "restore": "set"}');
-- what is not known of a column is left to its default
CREATE FUNCTION attempt(place text, change jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    what  jsonb := (SELECT g.what FROM good AS g WHERE g.place = attempt.place) || change;
    row_  jsonb := (SELECT replace(replace(replace(replace(what::text, '"ZONE"', zone_id::text), '"REGISTRAR"', registrar_id::text), '"GROUP"', group_id::text), '"LIST"', list_id::text)::jsonb FROM ids);
    names text := (SELECT string_agg(quote_ident(k), ', ') FROM jsonb_object_keys(what) AS k WHERE EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = ('dos.' || place)::regclass AND a.attname = k));
BEGIN
    RETURN (SELECT coalesce(nullif(o.reason, ''), o.code) FROM test.outcome(format('DO $x$ BEGIN INSERT INTO dos.%I (%s) SELECT %2$s FROM jsonb_populate_record(NULL::dos.%1$I, %3$L); RAISE EXCEPTION USING ERRCODE = ''XXUND'', CONSTRAINT = ''taken''; END $x$', place, names, row_)) AS o);
END $$;
SELECT g.place, attempt(g.place, '{}') FROM good AS g ORDER BY 1;

CREATE TABLE bad (n int GENERATED ALWAYS AS IDENTITY, place text, change jsonb);
INSERT INTO bad (place, change) VALUES
    ('price', '{"amount_minor": -1}'), ('price', '{"amount_minor": 100000000000000}'), ('price', '{"currency": "XXX"}'), ('price', '{"currency": "usd"}'), ('price', '{"command": "buy"}'), ('price', '{"years": -1}'),
    ('price', '{"years": 11}'), ('price', '{"years": 1000}'), ('price', '{"years": 1120}'), ('price', '{"valid": "empty"}'), ('price', '{"phase": "two words"}'), ('price', '{"class": "silver"}'), ('price', '{"registrar_id": "REGISTRAR", "group_id": "GROUP"}'),
    ('price', '{"zone_id": 0}'), ('price', '{"registrar_id": 0}'), ('price', '{"group_id": 0}'), ('price', '{"command": "create", "years": null, "valid": "[2026-01-01,2027-01-01)"}'),
    ('price_class', '{"name": "standard"}'), ('price_class', '{"standard": ["update"]}'),
    ('price_policy', '{"rounding": "down"}'), ('price_policy', '{"rate_max_age": "0"}'), ('price_policy', '{"notice_create": "0"}'), ('price_policy', '{"notice_renew": "-1 day"}'), ('price_policy', '{"month_terms": "any"}'),
    ('price_own', '{"amount_minor": -1}'), ('price_own', '{"amount_minor": 100000000000000}'), ('price_own', '{"currency": "XXX"}'),
    ('price_group_member', '{"valid": "empty"}'), ('price_group_member', '{"valid": "(,)"}'),
    ('early_access', '{"amount_minor": -1}'), ('early_access', '{"amount_minor": 100000000000000}'), ('early_access', '{"currency": "XXX"}'), ('early_access', '{"valid": "empty"}'), ('early_access', '{"valid": "[2026-06-02,2026-06-04)"}'),
    ('expiry_access', '{"first_minor": -1}'), ('expiry_access', '{"last_minor": -1}'), ('expiry_access', '{"first_minor": 100000000000000}'), ('expiry_access', '{"last_minor": 6}'), ('expiry_access', '{"tiers": 0}'), ('expiry_access', '{"tiers": 1001}'),
    ('expiry_access', '{"tier": "59 seconds"}'), ('expiry_access', '{"tier": "31 days"}'), ('expiry_access', '{"currency": "XXX"}'),
    ('fee', '{"amount_minor": -1}'), ('fee', '{"amount_minor": 100000000000000}'), ('fee', '{"currency": "XXX"}'), ('fee', '{"commands": []}'), ('fee', '{"commands": ["check"]}'), ('fee', '{"name": ""}'), ('fee', '{"name": "a/b"}'), ('fee', '{"valid": "empty"}'), ('fee', '{"name": "check"}'),
    ('promotion', '{"percent": 100.01}'), ('promotion', '{"percent": -1}'), ('promotion', '{"percent": 0}'), ('promotion', '{"amount_minor": -1}'), ('promotion', '{"amount_minor": 5}'), ('promotion', '{"currency": "XXX"}'), ('promotion', '{"free_years": 10}'), ('promotion', '{"commands": []}'),
    ('promotion', '{"years": "empty"}'), ('promotion', '{"years": "[1,11]"}'), ('promotion', '{"quota": -1}'), ('promotion', '{"budget_minor": -1, "currency": "USD"}'), ('promotion', '{"budget_minor": 5}'), ('promotion', '{"valid": "empty"}'), ('promotion', '{"price_group": "none"}'),
    ('promotion', '{"name": "known"}'),
    ('premium_list', '{"name": ""}'), ('premium_list', '{"name": "words"}'),
    ('premium_pattern', '{"pattern": "("}'), ('premium_pattern', '{"pattern": ""}'), ('premium_pattern', '{"form": "x"}'), ('premium_pattern', '{"valid": "empty"}'),
    ('token', '{"token": "abc"}'), ('token', '{"token": "a b c d"}'), ('token', '{"max_uses": 0}'), ('token', '{"valid": "empty"}'), ('token', '{"commands": []}'), ('token', '{"commands": ["delete"]}'), ('token', '{"percent": 100.01}'), ('token', '{"discount_years": 11}'),
    ('token', '{"amount_minor": -1, "currency": "USD"}'), ('token', '{"amount_minor": 5}'), ('token', '{"price_minor": -1, "currency": "USD"}'), ('token', '{"price_minor": 5}'), ('token', '{"price_minor": 5, "percent": 5, "currency": "USD"}'), ('token', '{"currency": "USD"}'),
    ('token', '{"price_minor": 5, "currency": "XXX"}'), ('token', '{"renewal": "never"}'), ('token', '{"years": 11}'), ('token', '{"add_grace": "-1 day"}'),
    ('package', '{"name": " x"}'), ('package', '{"creates_max": 0}'), ('package', '{"domains_max": 0}'), ('package', '{"price_minor": -1}'), ('package', '{"currency": "XXX"}'), ('package', '{"months": 121}'), ('package', '{"notice_percents": [0]}'), ('package', '{"notice_days": [367]}'),
    ('exchange_rate', '{"rate": 0}'), ('exchange_rate', '{"rate": -1}'), ('exchange_rate', '{"quote": "EUR"}'), ('exchange_rate', '{"source": ""}'), ('exchange_rate', '{"base": "XXX"}'), ('exchange_rate', '{"quote": "XXX"}'),
    ('hook', '{"stage": "before"}'), ('hook', '{"object": "Domain"}'), ('hook', '{"verb": "create now"}'), ('hook', '{"function": "f"}'), ('hook', '{"time_limit_ms": -1}'), ('hook', '{"time_limit_ms": 600001}'),
    ('phase', '{"name": " "}'), ('phase', '{"kind": "party"}'), ('phase', '{"during": "empty"}'), ('phase', '{"during": "(,2026-06-01)"}'), ('phase', '{"during": "[2026-05-01,2026-06-01]"}'), ('phase', '{"mode": "none"}'), ('phase', '{"registrars": []}'), ('phase', '{"label_min": 0}'),
    ('phase', '{"label_max": 64}'), ('phase', '{"label_min": 5, "label_max": 4}'), ('phase', '{"label_pattern": "("}'), ('phase', '{"years": []}'), ('phase', '{"years": [11]}'), ('phase', '{"months": [12]}'), ('phase', '{"contacts_required": ["owner"]}'),
    ('phase', '{"validation": false, "marks": true, "mode": "application"}'), ('phase', '{"during": "[2026-07-01,2026-08-01)"}'), ('phase', '{"name": "known", "during": "[2027-07-01,2027-08-01)"}'),
    ('nndn', '{"state": "free"}'), ('nndn', '{"variant_of": "x.shop"}'), ('nndn', '{"expires_at": "2026-01-01"}'), ('nndn', '{"name": "X.shop"}'),
    ('tax_rule', '{"rate": -0.01}'), ('tax_rule', '{"rate": 100.01}'), ('tax_rule', '{"country": "Sweden"}'), ('tax_rule', '{"valid": "empty"}'), ('tax_rule', '{"reverse_charge": true}'),
    ('invoice_customer', '{"country": "se"}'),
    ('variant_policy', '{"registrant": "x"}'), ('variant_policy', '{"transfer": "x"}'), ('variant_policy', '{"deletion": "x"}'), ('variant_policy', '{"restore": "x"}');
SELECT dos.fee_set('shop', 'check', '{create}', 'USD', 1) > 0 AS fee, dos.early_access_set('shop', 'USD', '2026-06-03', '1 day', 1) AS step;
INSERT INTO dos.promotion (name, percent) VALUES ('known', 1);
INSERT INTO dos.price_policy (zone_id, complete) SELECT zone_id, false FROM ids;
SELECT dos.phase_create('shop', 'known', 'quiet', '2026-07-31', '2026-09-01') > 0 AS phase;
DELETE FROM dos.price_policy;
CREATE TABLE refused AS SELECT b.*, attempt(b.place, b.change) AS reason FROM bad AS b;
SELECT place, change, reason FROM refused ORDER BY n;
SELECT place, change FROM refused WHERE reason = 'taken';
-- rules that no row here has met (a pattern that is none is refused before its rule, as 2201B)
SELECT c.conrelid::regclass AS place, c.conname FROM pg_constraint AS c JOIN good AS g ON c.conrelid = ('dos.' || g.place)::regclass
 WHERE (c.contype IN ('c', 'x') OR c.conname LIKE '%known') AND c.conname NOT IN (SELECT r.reason FROM refused AS r) ORDER BY 1, 2;
