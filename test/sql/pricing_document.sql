-- Prices in a zone's document: all that a zone sells at, exported, compared, applied whole or not at all; refusals first, each with its row.
SET dos.clock = '2026-04-01T00:00:00Z';
SET timezone = 'America/New_York';
SELECT test.registrar('acme') > 0 AS acme, test.thin_zone('shop') > 0 AS shop, test.zone('copy') > 0 AS copy;
DELETE FROM dos.price AS p USING dos.zone AS z WHERE z.id = p.zone_id AND z.name = 'copy';
SELECT dos.price_group_set('large', 'acme'), dos.price_class_set('shop', 'gold', '{renew,autorenew,transfer,restore}', true, 'best'), dos.premium_list_set('shop', 'words') > 0 AS words;
SELECT dos.premium_pattern_set('shop', 'words', '^.$', 'gold', rank => 5) > 0 AS pattern, dos.premium_set('shop', 'words', 'art', 'gold');
SELECT dos.price_set('shop', 'create', 2, 'USD', 1500) > 0, dos.price_set('shop', 'create', NULL, 'USD', 50000, '[2026-05-01,2027-05-01)', 'from May', class => 'gold') > 0,
       dos.price_set('shop', 'create', NULL, 'USD', 700, price_group => 'large') > 0, dos.price_set('shop', 'renew', NULL, 'USD', 650, registrar => 'acme') > 0, dos.price_set('shop', 'create', dos.months(6), 'EUR', 500, phase => 'rush') > 0;
SELECT dos.fee_set('shop', 'handling', '{application}', 'USD', 300) > 0 AS fee, dos.early_access_set('shop', 'USD', '2026-06-01T00:00Z', '1 day', 10000, 5000) AS steps;
INSERT INTO dos.expiry_access (zone_id, currency, first_minor, last_minor, tier) SELECT z.id, 'USD', 900, 100, '30 minutes' FROM dos.zone AS z WHERE z.name = 'shop';
INSERT INTO dos.promotion (name, zone_id, percent, price_group, valid) SELECT 'april', z.id, 12.5, 'large', '[2026-04-01,2026-05-01)' FROM dos.zone AS z WHERE z.name = 'shop';
INSERT INTO dos.promotion (name, percent) VALUES ('everywhere', 1);
INSERT INTO dos.price_policy (zone_id, rounding, notice_renew, own_prices) SELECT z.id, 'half_even', '180 days', true FROM dos.zone AS z WHERE z.name = 'shop';
CREATE FUNCTION sold(zone text) RETURNS jsonb LANGUAGE sql AS $$ SELECT jsonb_object_agg(k, d -> k) FROM dos.zone_config(zone) AS d,
    unnest('{price_policy,price_classes,premium_lists,premium_patterns,prices,fees,early_access,expiry_access,promotions}'::text[]) AS k $$;
SELECT jsonb_pretty(sold('shop'));
SELECT count(*) AS nothing_changes FROM dos.zone_config_diff('shop', dos.zone_config('shop'));

SELECT test.zone('bare') > 0 AS bare, dos.premium_list_set('bare', 'words') > 0 AS words;
CREATE TABLE before AS SELECT dos.zone_config('bare') AS document;
-- what is no document of prices; of several rows the wrong one is named
SELECT t.doc, o.code, o.reason, o.element, o.message, CASE WHEN o.code LIKE 'R%' THEN o.detail END AS detail FROM (VALUES
    (1, '{"prices": {}}'), (2, '{"prices": 7}'), (3, '{"price_policy": []}'), (4, '{"prices": [{"command": "create", "currency": "USD", "amount_minor": 1}, 7]}'),
    (5, '{"prices": [{"command": "create", "currency": "USD", "amount_minor": 1}, {"comand": "create"}]}'), (6, '{"prices": [{"id": 1}]}'), (7, '{"price_policy": {"own_prices": false}}'),
    (8, '{"prices": [{"command": "create", "currency": "USD", "amount_minor": 1}, {"command": "renew", "currency": "USD", "amount_minor": 1}, {"command": "create", "currency": "USD", "amount_minor": 2}]}'),
    (9, '{"prices": [{"command": "create", "currency": "USD", "amount_minor": "much"}]}'), (10, '{"prices": [{"command": "create", "currency": "USD", "amount_minor": 1, "valid": "[2027-01-01,2026-01-01)"}]}'),
    (11, '{"prices": [{"command": "create", "currency": "USD", "amount_minor": 8.5}]}'), (12, '{"prices": [{"command": "create", "currency": "USD", "amount_minor": -1}]}'),
    (13, '{"prices": [{"command": "create", "currency": "USD", "amount_minor": 100000000000000}]}'), (14, '{"prices": [{"command": "create", "currency": "XXX", "amount_minor": 1}]}'),
    (15, '{"prices": [{"command": "buy", "currency": "USD", "amount_minor": 1}]}'), (16, '{"prices": [{"command": "create", "currency": "USD", "amount_minor": 1, "years": 11}]}'),
    (17, '{"prices": [{"command": "create", "currency": "USD", "amount_minor": 1, "registrar": "nobody"}]}'), (18, '{"prices": [{"command": "create", "currency": "USD", "amount_minor": 1, "price_group": "none"}]}'),
    (19, '{"prices": [{"command": "create", "currency": "USD", "amount_minor": 1, "class": "silver"}]}'), (20, '{"prices": [{"currency": "USD", "amount_minor": 1}]}'),
    (21, '{"prices": [{"command": "create", "currency": "USD", "amount_minor": 1, "valid": "[2026-01-01,2027-01-01)"}, {"command": "create", "currency": "USD", "amount_minor": 2, "valid": "[2026-12-31,2028-01-01)"}]}'),
    (22, '{"premium_patterns": [{"list": "none", "pattern": "^a$"}]}'), (23, '{"premium_patterns": [{"list": "words", "pattern": "("}]}'), (24, '{"price_classes": [{"name": "standard"}]}'),
    (25, '{"promotions": [{"name": "nothing off"}]}'), (26, '{"promotions": [{"name": "everywhere", "percent": 2}]}'), (27, '{"early_access": [{"currency": "USD", "amount_minor": 1, "valid": "empty"}]}'),
    (28, '{"expiry_access": [{"currency": "USD", "first_minor": 1, "last_minor": 2}]}')) AS t (n, doc), test.outcome(format('SELECT dos.zone_config_apply(''bare'', %L, ''r'')', t.doc)) AS o ORDER BY t.n;
SELECT dos.zone_config('bare') = before.document AS nothing_changed FROM before;
SELECT count(*) FROM dos.policy_change WHERE reason = 'r';

-- a changed amount, one row more, one less; what stays keeps its id, and a rise keeps its notice
CREATE TABLE was AS SELECT p.id, p.amount_minor FROM dos.price AS p JOIN dos.zone AS z ON z.id = p.zone_id WHERE z.name = 'shop';
CREATE TABLE plan AS SELECT jsonb_build_object('prices', jsonb_agg(CASE WHEN e @> '{"command": "create", "years": 2}' THEN e || '{"amount_minor": 1400}' ELSE e END) || '[{"command": "create", "years": 5, "currency": "USD", "amount_minor": 3000, "valid": "[2026-07-01T00:00Z,)"}]') AS doc
  FROM jsonb_array_elements(dos.zone_config('shop') -> 'prices') AS e WHERE NOT e @> '{"price_group": "large"}';
SELECT d.* FROM plan, dos.zone_config_diff('shop', doc) AS d;
SELECT dos.zone_config_apply('shop', doc, 'plan 4') FROM plan;
SELECT w.id IS NULL AS new, p.id IS NULL AS gone, w.amount_minor AS was, p.amount_minor AS is_now FROM was AS w FULL JOIN (SELECT p.* FROM dos.price AS p JOIN dos.zone AS z ON z.id = p.zone_id WHERE z.name = 'shop') AS p USING (id)
 WHERE w.amount_minor IS DISTINCT FROM p.amount_minor ORDER BY 1, 2;
SELECT place, was ->> 'amount_minor' AS was, became ->> 'amount_minor' AS became, reason FROM dos.policy_change WHERE reason = 'plan 4' ORDER BY id;
SELECT q.item, q.amount_minor FROM dos.price_quote('aa.shop', 'create', 2) AS q WHERE q.rule = 'price';
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.zone_config_apply('shop', '{"prices": [{"command": "renew", "currency": "USD", "amount_minor": 801}]}', 'too soon')$$) AS o;

-- one zone's prices given to another, with names that are free there; a phase and its prices in one document
SELECT dos.zone_config_apply('copy', (sold('shop') - 'promotions') || '{"phases": [{"name": "open", "kind": "open", "during": "[2026-05-02 00:00:00+00,)"}]}', 'as shop') > 0 AS applied;
SELECT sold('copy') - 'promotions' = sold('shop') - 'promotions' AS the_same, p.own_prices FROM dos.price_policy AS p JOIN dos.zone AS z ON z.id = p.zone_id WHERE z.name = 'copy';
-- all of it taken away again: where prices rise with notice, that comes first, in a document of its own
CREATE TABLE nothing AS SELECT '{"prices": [], "price_classes": [], "premium_lists": [], "premium_patterns": [], "fees": [], "early_access": [], "expiry_access": []}'::jsonb AS doc;
SELECT o.code, o.reason FROM nothing, test.outcome(format('SELECT dos.zone_config_apply(''copy'', %L, ''closed'')', doc)) AS o;
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.zone_config_apply('copy', '{"price_policy": {"notice_renew": null}}', 'closed')$$) AS o;
SELECT o.code, o.reason FROM nothing, test.outcome(format('SELECT dos.zone_config_apply(''copy'', %L, ''closed'')', doc)) AS o;
SELECT sold('copy');
SELECT count(*) AS labels_of_shop FROM dos.premium_label;

-- and what else is rows of a zone: released names, notices, disclosure, WHOIS lines, escrow, reports
SELECT o.code, o.reason, o.message FROM unnest('{"{\"directory\": [{\"name\": \"colour\", \"value\": \"red\"}]}","{\"escrow\": [{\"import_open\": true}]}","{\"reports\": [{\"reports\": [\"all\"]}]}","{\"whois_lines\": [{\"position\": 1, \"item\": \"none\"}]}","{\"disclosure\": [{\"role\": \"none\", \"field\": \"x\", \"show\": true}]}"}'::text[]) AS d,
    test.outcome(format('SELECT dos.zone_config_apply(''bare'', %L, ''r'')', d)) AS o;
SELECT dos.zone_config_apply('bare', '{"released_names": [{"label": "gold", "comment": "board 7"}], "directory": [{"name": "profile", "value": "basic"}], "disclosure": [{"role": "registrant", "field": "email", "show": true}],
    "escrow": [{"thin_day": 3}], "reports": [{"reports": ["activity"]}]}', 'all of it') AS changes;
SELECT k, d -> k AS part FROM dos.zone_config('bare') AS d, unnest('{released_names,directory,disclosure,whois_lines,escrow,reports}'::text[]) AS k;
SELECT count(*) AS nothing_changes FROM dos.zone_config_diff('bare', dos.zone_config('bare'));
SELECT place, reason FROM dos.policy_change WHERE reason = 'all of it' ORDER BY 1;
-- every part names a table whose changes are kept
SELECT p.part FROM dos_internal.zone_part AS p WHERE NOT EXISTS (SELECT FROM dos.policy_table AS t WHERE t.place = p.place);
