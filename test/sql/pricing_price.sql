-- Prices: what is set, what holds when, and that no price is a refusal.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), dos.zone_create('example', '{}', 'registrant_required=false', 'contacts_required={}') > 0 AS zone, dos.zone_create('other') > 0 AS other;

-- setting: two that hold at once for the same key are refused
SELECT o.code, o.reason, o.element, t.command
FROM (VALUES
    ($$SELECT dos.price_set('nowhere', 'create', 1, 'USD', 800)$$),
    ($$SELECT dos.price_set('exa_mple', 'create', 1, 'USD', 800)$$),
    ($$SELECT dos.price_set('example', 'destroy', 1, 'USD', 800)$$),
    ($$SELECT dos.price_set('example', 'create', -1, 'USD', 800)$$),
    ($$SELECT dos.price_set('example', 'create', 11, 'USD', 800)$$),
    ($$SELECT dos.price_set('example', 'create', 1, 'XXX', 800)$$),
    ($$SELECT dos.price_set('example', 'create', 1, 'USD', -1)$$),
    ($$SELECT dos.price_set('example', 'create', 1, 'USD', 800, 'empty')$$),
    ($$SELECT dos.price_set('example', 'create', 1, 'USD', 800, '[2026-05-01,2026-05-01)')$$),
    ($$SELECT dos.price_set('example', 'create', NULL, 'USD', 800, '(,2026-05-01)', 'to May')$$),
    ($$SELECT dos.price_set('example', 'create', NULL, 'USD', 900, '[2026-04-30,)')$$),
    ($$SELECT dos.price_set('example', 'create', NULL, 'USD', 900)$$),
    ($$SELECT dos.price_set('example', 'create', NULL, 'USD', 900, '[2026-04-01,2026-04-02)')$$),
    ($$SELECT dos.price_set('EXAMPLE', 'create', NULL, 'USD', 900, '[2026-05-01,)')$$),
    -- another key is another price
    ($$SELECT dos.price_set('example', 'create', 2, 'USD', 1500)$$),
    ($$SELECT dos.price_set('example', 'create', NULL, 'EUR', 750)$$),
    ($$SELECT dos.price_set('example', 'renew', NULL, 'USD', 850)$$),
    ($$SELECT dos.price_set('example', 'restore', 0, 'USD', 4000)$$),
    ($$SELECT dos.price_set('other', 'create', NULL, 'USD', 0)$$)) AS t (command), test.outcome(t.command) AS o;

CREATE FUNCTION quoted(name text, command text, years int, currency text, at text)
RETURNS TABLE (code text, reason text, line int, item text, amount bigint, curr text, explanation text) LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY SELECT 'ok', '', q.line, q.item, q.amount_minor, q.line_currency, regexp_replace(q.explanation, 'price \d+', 'price N')
                   FROM dos.price_quote(name, command, years, currency, at::timestamptz) AS q;
EXCEPTION WHEN OTHERS THEN
    code := SQLSTATE;
    GET STACKED DIAGNOSTICS reason = CONSTRAINT_NAME;
    RETURN NEXT;
END $$;

-- quoting: exact years beat the price of each year; dates on both sides of their boundary; zero must be written down
SELECT t.name, t.command, t.years, t.currency, t.at, q.*
FROM (VALUES
    (1, 'a.nowhere', 'create', 1, NULL, '2026-04-03T00:00:00Z'), (2, 'a_b.example', 'create', 1, NULL, '2026-04-03T00:00:00Z'),
    (3, 'a.example', 'transfer', 1, NULL, '2026-04-03T00:00:00Z'), (4, 'a.example', 'create', 1, 'JPY', '2026-04-03T00:00:00Z'),
    (5, 'a.example', 'restore', 1, NULL, '2026-04-03T00:00:00Z'), (6, 'a.example', 'nonsense', 1, NULL, '2026-04-03T00:00:00Z'),
    (7, 'a.example', 'create', 1, NULL, '2026-04-30T23:59:59.999Z'), (8, 'a.example', 'create', 1, NULL, '2026-05-01T00:00:00Z'),
    (9, 'a.example', 'create', 2, NULL, '2026-05-01T00:00:00Z'), (10, 'a.example', 'create', 3, NULL, '2026-04-03T00:00:00Z'),
    (11, 'a.example', 'create', 3, 'EUR', '2026-04-03T00:00:00Z'), (12, 'A.Example.', 'renew', 10, NULL, '2026-04-03T00:00:00Z'),
    (13, 'a.example', 'restore', 0, NULL, '2026-04-03T00:00:00Z'), (14, 'a.other', 'create', 1, NULL, '2026-04-03T00:00:00Z')) AS t (n, name, command, years, currency, at),
    quoted(t.name, t.command, t.years, t.currency, t.at) AS q
ORDER BY t.n;

-- a price planned ahead is in force at its instant, and the charge is the quote
CREATE FUNCTION bought(clock text, name text, years int) RETURNS TABLE (code text, quoted numeric, charged numeric, in_event bigint) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('dos.clock', clock, false);
    quoted := (SELECT sum(q.amount_minor) FROM dos.price_quote(name, 'create', years) AS q);
    code := (test.outcome(format('SELECT dos.domain_create(''acme'', %L, %s)', name, years))).code;
    charged := (SELECT sum(e.amount_minor) FROM dos.ledger_entry AS e WHERE e.object_name = name);
    in_event := (SELECT (o.content ->> 'amount_minor')::bigint FROM dos.outbox AS o WHERE o.object_name = name);
    RETURN NEXT;
END $$;
SELECT t.*, b.* FROM (VALUES ('2026-04-30T23:59:59.999Z', 'a.example', 1), ('2026-05-01T00:00:00Z', 'b.example', 1), ('2026-05-01T00:00:00Z', 'c.example', 2), ('2026-05-01T00:00:00Z', 'd.example', 10))
    AS t (clock, name, years), bought(t.clock, t.name, t.years) AS b;
SELECT e.object_name, p.years, p.amount_minor AS price, e.amount_minor FROM dos.ledger_entry AS e JOIN dos.price AS p ON p.id = e.price_id ORDER BY e.id;

-- no price, no domain: nothing is free by omission
DELETE FROM dos.price WHERE command = 'create' AND years IS NULL AND currency = 'USD' AND zone_id = (SELECT id FROM dos.zone WHERE name = 'example');
SELECT t.years, e.* FROM (VALUES (1), (2)) AS t (years), test.effect(format('SELECT dos.domain_create(''acme'', ''e.example'', %s)', t.years)) AS e;
