-- A full set of prices before a phase opens, the alarm when one is missing, notice of rises by more specific prices, history.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme') > 0 AS acme, test.registrar('bolt') > 0 AS bolt, dos.zone_create('shop', '{}', 'registrant_required=false', 'contacts_required={}', 'spec5=false') > 0 AS shop,
       test.thin_zone('full') > 0 AS full;

-- a phase is entered when all that it sells has a price at its beginning; quiet sells nothing
CREATE FUNCTION tried(command text) RETURNS text LANGUAGE sql AS $$ SELECT concat_ws(' | ', o.code, o.reason, o.detail) FROM test.outcome(command) AS o $$;
SELECT tried($$SELECT dos.phase_create('shop', 'open', 'open', '2026-05-01T00:00Z') > 0$$);
SELECT tried($$INSERT INTO dos.phase (zone_id, name, kind, during) SELECT id, 'direct', 'open', '[2026-05-01,)' FROM dos.zone WHERE name = 'shop'$$);
SELECT tried($$SELECT dos.phase_create('shop', 'calm', 'quiet', '2026-04-10T00:00Z', '2026-04-11T00:00Z') > 0$$);
SELECT tried($$UPDATE dos.phase SET kind = 'custom' WHERE name = 'calm'$$);
SELECT dos.price_set('shop', c, NULL, 'USD', 800, '[2026-05-01T00:00Z,)') > 0 AS price FROM unnest('{renew,transfer,restore}'::text[]) AS c;
SELECT dos.price_set('shop', 'create', 2, 'USD', 1600, '[2026-05-01T00:00Z,)') > 0 AS price;
SELECT tried($$SELECT dos.phase_create('shop', 'open', 'open', '2026-04-30T23:59:59.999Z') > 0$$);
SELECT tried($$SELECT dos.phase_create('shop', 'open', 'open', '2026-05-01T00:00Z') > 0$$);
SELECT tried($$SELECT dos.phase_create('shop', 'two', 'custom', '2026-05-01T00:00Z', '2026-06-01T00:00Z', 'years={2}') > 0$$);
SELECT tried($$UPDATE dos.phase SET years = '{2,3}' WHERE name = 'two'$$);
SELECT tried($$UPDATE dos.phase SET years = NULL WHERE name = 'two'$$);
SELECT dos.price_set('shop', 'create', NULL, 'USD', 0, phase => 'free') > 0 AS written_down;
SELECT tried($$SELECT dos.phase_create('shop', 'other', 'open', '2026-07-01T00:00Z') > 0$$), tried($$SELECT dos.phase_create('shop', 'free', 'open', '2026-07-01T00:00Z') > 0$$);
SELECT dos.price_class_set('shop', 'gold', '{renew,autorenew,transfer,restore}');
SELECT tried($$UPDATE dos.phase SET during = '[2026-08-01,)' WHERE name = 'free'$$);
INSERT INTO dos.price_policy (zone_id, complete) SELECT id, false FROM dos.zone WHERE name = 'shop';
SELECT tried($$UPDATE dos.phase SET during = '[2026-08-01,)' WHERE name = 'free'$$);

-- the alarm: once for what is missing in what is open, again when it comes back; not for what is not open
SELECT dos_internal.price_watch() AS waived;
UPDATE dos.price_policy SET complete = true;
SELECT dos_internal.price_watch() AS none_open;
SET dos.clock = '2026-05-01T00:00:00Z';
SELECT dos_internal.price_watch() AS in_phase_two, dos_internal.price_watch() AS told_once;
SELECT event, object_name, content FROM dos.outbox WHERE event = 'price.missing' ORDER BY id;
SELECT dos.price_set('shop', 'create', NULL, 'USD', 9000, class => 'gold') > 0 AS gold;
SELECT dos_internal.price_watch() AS over;
SELECT count(*) AS alarms FROM dos.price_alarm;
DELETE FROM dos.price WHERE command = 'renew' AND zone_id = (SELECT id FROM dos.zone WHERE name = 'full');
SELECT dos_internal.price_watch() AS raised, tried($$SELECT dos.price_quote('a.full', 'renew')$$) AS refused;
SELECT what FROM dos.price_alarm ORDER BY 1;

-- notice: a more specific price that is higher is a rise, too; a lower one is none, but its end may be
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.thin_zone('long') > 0 AS long, dos.price_group_set('big', 'bolt');
INSERT INTO dos.price_policy (zone_id, notice_create, notice_renew) SELECT id, '30 days', '180 days' FROM dos.zone WHERE name = 'long';
SELECT t.n, tried(format($$SELECT dos.price_set('long', 'create', %s, 'USD', %s, %L, %s) > 0$$, t.years, t.amount, t.valid, t.scope))
  FROM (VALUES (1, '1', 801, '(,)', 'phase => NULL'), (2, '1', 801, '[2026-05-02T23:59:59.999Z,)', 'phase => NULL'), (3, '3', 2401, '(,)', 'phase => NULL'), (4, '3', 2400, '(,)', 'phase => NULL'),
               (5, 'NULL', 801, '(,)', 'registrar => ''acme'''), (6, 'NULL', 799, '[2026-04-01,2026-06-01)', 'registrar => ''acme'''), (7, '3', 2400, '(,)', 'registrar => ''acme'''),
               (8, 'NULL', 801, '(,)', 'price_group => ''big'''), (9, 'NULL', 700, '(,)', 'price_group => ''big'''), (10, 'NULL', 750, '(,)', 'registrar => ''bolt'''),
               (11, '1', 801, '[2026-05-03,)', 'phase => NULL'), (12, 'NULL', 5000, '(,)', 'phase => ''sunrise''')) AS t (n, years, amount, valid, scope) ORDER BY t.n;
SELECT tried($$UPDATE dos.price SET valid = '[2026-04-01,2026-05-02)' WHERE amount_minor = 799$$), tried($$UPDATE dos.price SET valid = '[2026-04-01,2026-05-03)' WHERE amount_minor = 799$$);
-- a price of its own that ended long ago is not what it pays now
SELECT dos.price_set('long', 'renew', NULL, 'USD', 500, '[2020-01-01,2021-01-01)', registrar => 'acme') > 0 AS once,
       tried($$SELECT dos.price_set('long', 'renew', NULL, 'USD', 700, registrar => 'acme', valid => '[2026-04-03,2026-12-01)') > 0$$) AS lower_than_now,
       tried($$SELECT dos.price_set('long', 'renew', NULL, 'USD', 750, registrar => 'acme', valid => '[2026-12-01,)') > 0$$) AS announced;
SELECT object_name, content - 'notify' AS told, content -> 'notify' AS whom FROM dos.outbox WHERE event = 'price.announced' ORDER BY id;

-- what prices were, and who changed them
SELECT c.place, c.was ->> 'amount_minor' AS was, c.became ->> 'amount_minor' AS became, c.changed_by = session_user AS me FROM dos.policy_change AS c
 WHERE c.place = 'price' AND c.zone_id = (SELECT id FROM dos.zone WHERE name = 'full') ORDER BY c.id;
SELECT c.place, count(*) AS inserted FROM dos.policy_change AS c WHERE c.place LIKE 'price%' AND c.was IS NULL GROUP BY 1 ORDER BY 1;
SELECT t FROM dos.token_create('long', 1, 'token=KEPT-1', 'percent=10', 'max_uses=9') AS t;
UPDATE dos.token SET uses = 1;
UPDATE dos.token SET percent = 20;
SELECT c.was ->> 'percent' AS was, c.became ->> 'percent' AS became FROM dos.policy_change AS c WHERE c.place = 'token' ORDER BY c.id;

-- an anchor tenant: one name, one registrar, two years, a reserved name opened, a grace period of its own
SELECT dos.reserved_list_create('anchors', 'anchor', '{long}') > 0 AS list, dos.reserved_add('anchors', 'brand');
SELECT t FROM dos.token_create('long', 1, 'token=ANCHOR-1', 'name=brand.long', 'registrar=acme', 'releases=true', 'years=2', 'add_grace=30 days', 'price_minor=0', 'currency=USD') AS t;
SELECT o.code, o.reason FROM unnest('{years=0,years=11,add_grace=-1 days}'::text[]) AS s, test.outcome(format('SELECT dos.token_create(''long'', 1, %L)', s)) AS o;
CREATE FUNCTION bought(who text, years int, token text, name text DEFAULT 'brand.long') RETURNS text LANGUAGE sql AS $$
    SELECT tried(format('SELECT dos.domain_create(%L, %L, %s, extensions => %L)', who, name, years, jsonb_strip_nulls(jsonb_build_object('token', token)))) $$;
SELECT t.n, bought(t.who, t.years, t.token) FROM (VALUES (1, 'acme', 2, NULL), (2, 'bolt', 2, 'ANCHOR-1'), (3, 'acme', 1, 'ANCHOR-1'), (4, 'acme', 3, 'ANCHOR-1'), (5, 'acme', 2, 'ANCHOR-1')) AS t (n, who, years, token) ORDER BY t.n;
SELECT bought('acme', 2, NULL, 'plain.long') AS plain;
SELECT d.name, d.expires_at, g.kind, g.ends_at FROM dos.domain AS d, unnest(d.graces) AS g WHERE d.zone_id = (SELECT id FROM dos.zone WHERE name = 'long') ORDER BY 1;
SET dos.clock = '2026-05-02T23:59:59.999Z';
SELECT (dos.domain_info('acme', n)).rgp_statuses FROM unnest('{brand.long,plain.long}'::text[]) AS n;
SET dos.clock = '2026-05-03T00:00:00Z';
SELECT (dos.domain_info('acme', 'brand.long')).rgp_statuses;
-- an automatic token for other years is passed over
SELECT t FROM dos.token_create('long', 1, 'token=EVERY-2', 'percent=50', 'years=2', 'max_uses=5') AS t;
INSERT INTO dos.token_automatic (token_id, zone_id) SELECT t.id, t.zone_id FROM dos.token AS t WHERE t.token = 'EVERY-2';
SELECT y AS years, sum(q.amount_minor) AS amount_minor FROM generate_series(1, 3) AS y, dos.price_quote('auto.long', 'create', y, registrar => 'acme') AS q GROUP BY 1 ORDER BY 1;
-- the grace that a token brings along is the one a fee check tells
SELECT t FROM dos.token_create('long', 1, 'token=LONGER-1', 'percent=10', 'add_grace=30 days') AS t;
SELECT (c.extension -> 'fee' -> 'commands' -> 0 -> 'fees' -> 0 ->> 'grace_period') AS grace, x ->> 'token' AS token
  FROM (VALUES ('{"fee": {"commands": [{"name": "create"}]}}'::jsonb), ('{"token": "LONGER-1", "fee": {"commands": [{"name": "create"}]}}')) AS q (x), dos.domain_check('bolt', '{graced.long}', q.x) AS c;
