-- Every kind of rule at real commands: what is quoted is what is charged, and the ledger can say why.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme') > 0 AS acme, test.registrar('bolt') > 0 AS bolt, test.registrar('coil', 100000000, 'EUR') > 0 AS coil, test.thin_zone('shop') > 0 AS shop;

-- the quote of a command, then the command: code, quote, what left the account, what of it stays after a delete in the add grace period
CREATE FUNCTION bought(who text, name text, years int DEFAULT 1, extensions jsonb DEFAULT NULL, keep boolean DEFAULT false)
RETURNS TABLE (code text, reason text, quoted bigint, charged bigint, entries text, kept bigint, explained text) LANGUAGE plpgsql AS $$
DECLARE
    currency text := coalesce(extensions -> 'fee' ->> 'currency', CASE who WHEN 'coil' THEN 'EUR' ELSE 'USD' END);
    before   bigint := (SELECT sum(b.available_minor) FROM dos.account_balance AS b WHERE b.registrar = who);
    o        record;
BEGIN
    SELECT sum(q.amount_minor)::bigint, string_agg(format('%s %s', q.item, q.amount_minor), ', ' ORDER BY q.line) INTO quoted, explained
      FROM dos.price_quote(name, 'create', years, currency, registrar => who, token => extensions ->> 'token') AS q;
    IF extensions ->> 'fee' = 'stated' THEN
        extensions := jsonb_build_object('fee', jsonb_build_object('fees', jsonb_build_array(jsonb_build_object('amount', dos.money_text(quoted, currency)))));
    END IF;
    SELECT t.* INTO o FROM test.outcome(format('SELECT dos.domain_create(%L, %L, %s, extensions => %L)', who, name, years, extensions)) AS t;
    code := o.code; reason := o.reason;
    charged := before - (SELECT sum(b.available_minor) FROM dos.account_balance AS b WHERE b.registrar = who);
    entries := (SELECT string_agg(e.kind || ' ' || e.amount_minor, ', ' ORDER BY e.id) FROM dos.ledger_entry AS e WHERE e.object_name = name);
    IF code = '1000' AND NOT keep THEN
        PERFORM dos.domain_delete(who, name);
        kept := before - (SELECT sum(b.available_minor) FROM dos.account_balance AS b WHERE b.registrar = who);
    END IF;
    RETURN NEXT;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, reason = CONSTRAINT_NAME, explained = PG_EXCEPTION_DETAIL;
    RETURN NEXT;
END $$;

-- groups, own prices
SELECT dos.price_group_set('big', 'bolt', '[2026-01-01,)');
SELECT o.code, o.reason FROM (VALUES ($$SELECT dos.price_group_set('small', 'bolt', '[2026-06-01,)')$$), ($$SELECT dos.price_group_set('small', 'nobody')$$),
    ($$SELECT dos.price_set('shop', 'create', 1, 'USD', 1, registrar => 'acme', price_group => 'big')$$), ($$SELECT dos.price_set('shop', 'create', 1, 'USD', 1, class => 'gold')$$)) AS t (c), test.outcome(t.c) AS o;
SELECT dos.price_set('shop', 'create', NULL, 'USD', 700, price_group => 'big') > 0 AS for_big, dos.price_set('shop', 'create', 1, 'USD', 650, registrar => 'bolt') > 0 AS for_bolt;
SELECT t.*, b.code, b.quoted, b.charged, b.kept FROM (VALUES ('acme', 1), ('bolt', 1), ('bolt', 2)) AS t (who, years), bought(t.who, 'a.shop', t.years) AS b;

-- premium lists: exact labels, patterns, order, exemption, classes at the standard price
SELECT dos.price_class_set('shop', 'gold', '{restore,renew}'), dos.price_class_set('shop', 'silver', '{}');
SELECT dos.price_set('shop', 'create', NULL, 'USD', 50000, class => 'gold') > 0 AS gold, dos.price_set('shop', 'create', NULL, 'USD', 9000, class => 'silver') > 0 AS silver,
       dos.price_set('shop', 'renew', NULL, 'USD', 3000, class => 'silver') > 0 AS silver_again;
SELECT dos.premium_list_set('shop', 'words', 10) > 0 AS words, dos.premium_pattern_set('shop', 'short', '^.{1,2}$', 'silver') > 0 AS short,
       dos.premium_pattern_set('shop', 'short', '^xn--', 'gold', 'a', 200) > 0 AS idn;
SELECT dos.premium_set('shop', 'words', 'art', 'gold'), dos.premium_set('shop', 'words', 'no', NULL);
UPDATE dos.zone SET idn = true WHERE name = 'shop';
SELECT t.name, q.amount_minor, regexp_replace(q.explanation, 'price \d+', 'price N') AS explanation
  FROM (VALUES (1, 'art.shop'), (2, 'smart.shop'), (3, 'arts.shop'), (4, 'no.shop'), (5, 'up.shop'), (6, 'abc.shop'), (7, 'éé.shop'), (8, 'ééé.shop')) AS t (n, name), dos.price_quote(t.name, 'create') AS q ORDER BY t.n;
SELECT t.command, q.item, q.amount_minor FROM (VALUES (1, 'art.shop', 'renew'), (2, 'up.shop', 'renew'), (3, 'up.shop', 'autorenew'), (4, 'art.shop', 'restore')) AS t (n, name, command), dos.price_quote(t.name, t.command) AS q ORDER BY t.n, q.line;
SELECT o.code, o.reason, o.detail FROM test.outcome($$SELECT * FROM dos.price_quote('up.shop', 'transfer')$$) AS o;
SELECT b.code, b.reason, b.charged FROM bought('acme', 'art.shop') AS b;
SELECT b.* FROM bought('acme', 'art.shop', 1, '{"fee": "stated"}') AS b;
SELECT dos.premium_optout('acme', 'shop');
SELECT t.name, b.code, b.reason FROM unnest('{art.shop,artist.shop}'::text[]) AS t (name), bought('acme', t.name, 1, '{"fee": "stated"}') AS b;
SELECT dos.premium_optout('acme', 'shop', false);

-- a list by table: refused whole with the first bad row; a dry run; staged to a date; export is import
CREATE TABLE given (label text, class text);
INSERT INTO given VALUES ('one', 'gold'), ('two', 'silver'), ('bad_label', 'gold'), ('ONE', 'silver'), ('six', 'lead'), ('a.b', 'gold');
SELECT o.code, o.reason, o.message, o.detail FROM test.outcome($$SELECT * FROM dos.premium_import('shop', 'words', 'given')$$) AS o;
SELECT * FROM dos_internal.premium_problems('given', (SELECT id FROM dos.zone WHERE name = 'shop'));
DELETE FROM given WHERE label NOT IN ('one', 'two');
INSERT INTO given VALUES ('art', 'silver');
SELECT * FROM dos.premium_import('shop', 'words', 'given', dry_run => true);
SELECT count(*) AS still FROM dos.premium_export('shop', 'words');
SELECT * FROM dos.premium_import('shop', 'words', 'given', '2026-05-01');
SELECT t.at, (SELECT string_agg(x.label || ' ' || coalesce(x.class, '-'), ', ' ORDER BY x.label) FROM dos.premium_export('shop', 'words', t.at) AS x) AS labels, q.amount_minor AS art
  FROM (VALUES ('2026-04-30T23:59:59.999Z'::timestamptz), ('2026-05-01T00:00:00Z')) AS t (at), dos.price_quote('art.shop', 'create', at => t.at) AS q;

-- early access falls by steps and stays; a named fee goes back
SELECT dos.early_access_set('shop', 'USD', '2026-04-02T00:00:00Z', '1 day', 100000, 50000) AS steps;
SELECT dos.fee_set('shop', 'levy', '{create}', 'USD', 18, each_year => true, refundable => true) > 0 AS levy;
SELECT b.code, b.reason, b.quoted FROM bought('acme', 'bed.shop', 2) AS b;
SELECT b.* FROM bought('acme', 'bed.shop', 2, '{"fee": "stated"}') AS b;
SET dos.clock = '2026-04-04T00:00:00Z';
SELECT b.* FROM bought('acme', 'bed.shop', 2) AS b;
DELETE FROM dos.fee;

-- promotions: a quota of one, and a budget to the cent
INSERT INTO dos.promotion (name, percent, quota) VALUES ('spring', 25, 1);
INSERT INTO dos.promotion (name, amount_minor, currency, budget_minor, rank) VALUES ('rest', 300, 'USD', 500, 200);
SELECT t.name, b.code, b.quoted, b.charged, b.explained FROM unnest('{c11.shop,ccc2.shop,ccc3.shop,ccc4.shop,ccc5.shop}'::text[]) AS t (name), bought('acme', t.name, keep => true) AS b;
SELECT p.name, u.used, u.spent_minor FROM dos.promotion AS p JOIN dos.promotion_use AS u ON u.promotion_id = p.id ORDER BY p.name;
-- a refund gives quota and budget back, to the next and to the report
SELECT p.name, p.granted, p.granted_minor FROM dos.promotion_report AS p ORDER BY 1;
SELECT (dos.domain_delete('acme', n)).code FROM unnest('{c11.shop,ccc2.shop,ccc5.shop}'::text[]) AS n;
SELECT p.name, u.used, u.spent_minor, r.granted, r.granted_minor FROM dos.promotion AS p JOIN dos.promotion_use AS u ON u.promotion_id = p.id JOIN dos.promotion_report AS r USING (id) ORDER BY p.name;
SELECT t.name, b.code, b.charged, b.explained FROM unnest('{ccc6.shop,ccc7.shop,ccc8.shop}'::text[]) AS t (name), bought('acme', t.name, keep => true) AS b;
SELECT p.name, u.used, u.spent_minor, r.granted, r.granted_minor FROM dos.promotion AS p JOIN dos.promotion_use AS u ON u.promotion_id = p.id JOIN dos.promotion_report AS r USING (id) ORDER BY p.name;
DELETE FROM dos.promotion_use; DELETE FROM dos.promotion;

-- tokens: bound, spent once, and what they do
SELECT token FROM dos.token_create('shop', 1, 'token=HALF-1', 'percent=50') AS token;
SELECT token FROM dos.token_create('shop', 1, 'token=ACME-ONLY', 'registrar=acme', 'standard_price=true') AS token;
SELECT token FROM dos.token_create(NULL, 1, 'token=NAMED-1', 'name=gift.shop', 'price_minor=1', 'currency=USD', 'max_uses=2') AS token;
SELECT count(*) AS made, count(DISTINCT t) AS different, min(length(t)) AS length FROM dos.token_create('shop', 3, 'batch=b1', 'valid=[2026-05-01,)') AS t;
SELECT o.code, o.reason FROM (VALUES ($$SELECT dos.token_create('shop', 1, 'colour=red')$$), ($$SELECT dos.token_create('shop', 1, 'percent=101')$$), ($$SELECT dos.token_create('shop', 1, 'amount_minor=5')$$),
    ($$SELECT dos.token_create('shop', 1, 'token=HALF-1')$$), ($$SELECT dos.token_create('nowhere')$$)) AS t (c), test.outcome(t.c) AS o;
SELECT t.who, t.name, t.token, b.code, b.reason, b.quoted, b.charged, b.explained
  FROM (VALUES (1, 'acme', 'ddd1.shop', 'NO-SUCH'), (2, 'acme', 'ddd1.shop', 'HALF-1'), (3, 'acme', 'ddd2.shop', 'HALF-1'), (4, 'bolt', 'dd.shop', 'ACME-ONLY'), (5, 'acme', 'dd.shop', 'ACME-ONLY'),
               (6, 'acme', 'other.shop', 'NAMED-1'), (7, 'acme', 'gift.shop', 'NAMED-1'), (8, 'bolt', 'gift.shop', 'NAMED-1'), (9, 'bolt', 'gift.shop', 'NAMED-1')) AS t (n, who, name, token),
       bought(t.who, t.name, 1, jsonb_build_object('token', t.token)) AS b ORDER BY t.n;
SELECT b.code, b.reason, b.explained FROM dos.token AS t, bought('acme', 'later.shop', 1, jsonb_build_object('token', t.token)) AS b WHERE t.batch = 'b1' LIMIT 1;
SELECT t.token, t.uses, count(u.id) AS used, min(u.object_name) AS object FROM dos.token AS t LEFT JOIN dos.token_use AS u ON u.token_id = t.id WHERE t.batch IS NULL GROUP BY t.id ORDER BY t.id;
-- tried by itself
INSERT INTO dos.token_automatic (token_id, registrar_id) SELECT t.id, r.id FROM dos.token AS t, dos.registrar AS r WHERE t.token = 'NAMED-1' AND r.clid = 'acme';
UPDATE dos.token SET uses = 1 WHERE token = 'NAMED-1';
SELECT t.name, b.charged FROM unnest('{free.shop,gift.shop,gift.shop}'::text[]) AS t (name), bought('acme', t.name) AS b;

-- another currency: no rate is a refusal, so is a stale one; direct, inverse, over a common base; the total once
SELECT t.step, b.code, b.reason, b.quoted, b.charged, b.kept, b.explained FROM (VALUES (1)) AS t (step), bought('coil', 'eee1.shop', 3) AS b;
SELECT dos.exchange_rate_set('EUR', 'USD', 1.25, '2026-04-01') > 0 AS rate;
SELECT b.code, b.reason, b.quoted, b.charged, b.kept, b.explained FROM bought('coil', 'eee1.shop', 3) AS b;
SELECT q.amount_minor, q.line_currency, regexp_replace(q.explanation, 'price \d+', 'price N') AS explanation FROM dos.price_quote('eee1.shop', 'create', registrar => 'coil') AS q;
SELECT dos.exchange_rate_set('EUR', 'JPY', 161.23, '2026-04-02T12:00:00Z') > 0 AS rate;
SELECT q.amount_minor, q.line_currency, substr(q.explanation, strpos(q.explanation, ';')) AS how FROM dos.price_quote('eee1.shop', 'create', currency => 'jpy') AS q;
SELECT t.at, (test.outcome(format($$SELECT * FROM dos.price_quote('eee1.shop', 'create', currency => 'EUR', at => %L)$$, t.at))).reason
  FROM (VALUES ('2026-03-31T23:59:59.999Z'), ('2026-04-01T00:00:00Z'), ('2026-04-04T23:59:59.999Z'), ('2026-04-05T00:00:00Z')) AS t (at);
SELECT dos.price_set('shop', 'create', NULL, 'EUR', 777) > 0 AS native;
SELECT q.amount_minor, q.line_currency FROM dos.price_quote('eee1.shop', 'create', registrar => 'coil') AS q;
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.domain_create('coil', 'eee2.shop', extensions => '{"fee": {"currency": "USD"}}')$$) AS o;
SELECT e.object_name, e.amount_minor, e.pricing -> 'conversion' ->> 'currency' AS was, e.pricing -> 'conversion' ->> 'amount_minor' AS amount, e.pricing -> 'conversion' ->> 'rounding' AS rounding
  FROM dos.ledger_entry AS e WHERE e.object_name = 'eee1.shop' AND e.kind = 'create' ORDER BY e.id;

-- a domain's own price holds for its registrar until its day
SELECT (dos.domain_create('acme', 'kept.shop')).code;
INSERT INTO dos.price_policy (zone_id, own_prices) SELECT id, true FROM dos.zone WHERE name = 'shop';
INSERT INTO dos.price_own (domain_id, registrar_id, currency, amount_minor, until) SELECT d.id, d.registrar_id, 'USD', 111, '2027-01-01' FROM dos.domain AS d WHERE d.name = 'kept.shop';
SELECT t.who, t.command, t.at, q.amount_minor, q.rule FROM (VALUES (1, NULL, 'renew', '2026-12-31T23:59:59.999Z'), (2, NULL, 'autorenew', '2026-12-31'), (3, NULL, 'renew', '2027-01-01T00:00:00Z'), (4, 'bolt', 'renew', '2026-12-31'), (5, NULL, 'restore', '2026-12-31'))
    AS t (n, who, command, at), dos.price_quote('kept.shop', t.command, at => t.at::timestamptz, registrar => t.who) AS q ORDER BY t.n, q.line;
SELECT (dos.domain_renew('acme', 'kept.shop', '2027-04-04', 2)).code;
SELECT e.amount_minor, e.pricing -> 'lines' -> 0 ->> 'explanation' AS why FROM dos.ledger_entry AS e WHERE e.kind = 'renew';
SELECT * FROM dos.ledger_verify();
