-- Promises: quotes that are kept, renewal prices that domains keep, notice before a rise, a full set before opening.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme') > 0 AS acme, test.registrar('bolt') > 0 AS bolt, test.thin_zone('shop') > 0 AS shop;

-- a quote is kept whatever the price becomes, for its registrar, its command, its time, once
CREATE TABLE made AS SELECT t.n, q.* FROM (VALUES (1, 'a.shop', 'create', 1), (2, 'b.shop', 'create', 2), (3, 'c.shop', 'create', 1)) AS t (n, name, command, years), dos.quote_make('acme', t.name, t.command, t.years) AS q;
SELECT n, amount, currency, expires_at, quote ~ '^Q[0-9A-F]{20}$' AS id FROM made ORDER BY n;
UPDATE dos.price SET amount_minor = 9999 WHERE command = 'create';
CREATE FUNCTION bought(who text, name text, years int, n int) RETURNS TABLE (code text, reason text, detail text, charged bigint) LANGUAGE plpgsql AS $$
BEGIN
    SELECT o.code, o.reason, o.detail INTO code, reason, detail FROM test.outcome(format('SELECT dos.domain_create(%L, %L, %s, extensions => %L)', who, name, years,
        jsonb_build_object('quote', coalesce((SELECT m.quote FROM made AS m WHERE m.n = bought.n), 'Q0')))) AS o;
    charged := (SELECT sum(e.amount_minor) FROM dos.ledger_entry AS e WHERE e.object_name = name);
    RETURN NEXT;
END $$;
SELECT t.*, b.* FROM (VALUES ('acme', 'a.shop', 1, 9), ('bolt', 'a.shop', 1, 1), ('acme', 'x.shop', 1, 1), ('acme', 'a.shop', 2, 1), ('acme', 'a.shop', 1, 1), ('acme', 'a2.shop', 1, 1), ('acme', 'b.shop', 2, 2)) AS t (who, name, years, n),
    bought(t.who, t.name, t.years, t.n) AS b;
SET dos.clock = '2026-04-03T01:00:00Z';
SELECT b.* FROM bought('acme', 'c.shop', 1, 3) AS b;
UPDATE dos.price SET amount_minor = 800 WHERE command = 'create';

-- a class or a token that keeps the renewal price of the day
SELECT dos.price_class_set('shop', 'gold', '{restore,transfer}', true), dos.premium_list_set('shop', 'words') > 0 AS list;
SELECT dos.premium_set('shop', 'words', w, 'gold') FROM unnest('{art,tea}'::text[]) AS w;
SELECT dos.price_set('shop', c, NULL, 'USD', 5000, class => 'gold') > 0 AS gold FROM unnest('{create,renew}'::text[]) AS c;
SELECT dos.token_create('shop', 1, 'token=STANDARD', 'standard_price=true', 'renewal=standard'), dos.token_create('shop', 1, 'token=SAME', 'price_minor=250', 'currency=USD', 'renewal=same');
SELECT o.code, t.name FROM (VALUES ('art.shop', '{"fee": {"fees": [{"amount": "50.00"}]}}'), ('tea.shop', '{"token": "STANDARD"}'), ('same.shop', '{"token": "SAME"}'), ('plain.shop', NULL)) AS t (name, extensions),
    test.outcome(format('SELECT dos.domain_create(''acme'', %L, extensions => %L)', t.name, t.extensions)) AS o;
UPDATE dos.price SET amount_minor = amount_minor * 3 WHERE command = 'renew';
SELECT d.name, q.amount_minor AS renew, q.rule, other.amount_minor AS after_transfer FROM dos.domain AS d, dos.price_quote(d.name, 'renew') AS q, dos.price_quote(d.name, 'renew', registrar => 'bolt') AS other WHERE d.name LIKE '%t%' OR d.name LIKE '%s%' ORDER BY 1;

-- notice: on the day is soon enough, a millisecond before is not; lower prices need none; told to those concerned
UPDATE dos.price_policy SET notice_create = '30 days', notice_renew = '180 days';
UPDATE dos.price SET valid = '(,2026-05-03T01:00:00Z)' WHERE command = 'create' AND class IS NULL;
SELECT o.code, o.reason, t.command FROM (VALUES
    ($$UPDATE dos.price SET amount_minor = 801 WHERE command = 'create' AND class IS NULL$$), ($$DELETE FROM dos.price WHERE command = 'renew'$$),
    ($$UPDATE dos.price SET amount_minor = 2399 WHERE command = 'renew' AND class IS NULL$$), ($$UPDATE dos.price SET amount_minor = 2400 WHERE command = 'renew' AND class IS NULL$$),
    ($$SELECT dos.price_set('shop', 'create', NULL, 'USD', 801, '[2026-05-03T01:00:00Z,)') > 0$$)) AS t (command), test.outcome(t.command) AS o;
SELECT event, object_name, content FROM dos.outbox WHERE event = 'price.announced';
SELECT r.clid, m.text FROM dos.poll_message AS m JOIN dos.registrar AS r ON r.id = m.registrar_id ORDER BY 1;
DELETE FROM dos.outbox;
UPDATE dos.price_policy SET notice_create = NULL;
DELETE FROM dos.price WHERE amount_minor = 801;
UPDATE dos.price_policy SET notice_create = '30 days';
SET dos.clock = '2026-04-03T01:00:00.001Z';
SELECT o.code, o.reason, o.detail FROM test.outcome($$SELECT dos.price_set('shop', 'create', NULL, 'USD', 801, '[2026-05-03T01:00:00Z,)') > 0$$) AS o;
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.price_set('shop', 'create', NULL, 'USD', 799, '[2026-05-03T01:00:00Z,)') > 0$$) AS o;

-- gaps, and who pays what
UPDATE dos.price_policy SET notice_create = NULL, notice_renew = NULL;
SELECT * FROM dos.price_gaps('shop');
DELETE FROM dos.price WHERE command = 'transfer' OR (command = 'create' AND class = 'gold');
SELECT dos.price_set('shop', 'create', 1, 'USD', 5000, class => 'gold') > 0 AS one_year;
SELECT command, array_agg(years ORDER BY years) AS years, class, problem FROM dos.price_gaps('shop') GROUP BY 1, 3, 4 ORDER BY 3 NULLS FIRST, 1;
SELECT count(*) AS before_prices FROM dos.price_gaps('shop', '2026-05-03T00:59:59Z', 'sunrise') WHERE class IS NULL;
SELECT dos.price_group_set('big', 'bolt'), dos.price_set('shop', 'renew', NULL, 'USD', 500, price_group => 'big') > 0 AS for_big;
SELECT registrar, amount, scope FROM dos.price_affected('shop', 'renew', 2);

-- a fee on a transfer is held with it, and comes back with it
SET dos.clock = '2026-07-03T00:00:00Z';
SELECT dos.price_set('shop', 'transfer', NULL, 'USD', 800) > 0 AS transfer, dos.fee_set('shop', 'desk', '{transfer}', 'USD', 55) > 0 AS desk;
SELECT (dos.domain_create('acme', 'moved.shop', auth => 'Secret-1!')).code;
SET dos.clock = '2026-09-03T00:00:00Z';
CREATE FUNCTION spent() RETURNS TABLE (acme bigint, bolt bigint, hold bigint) LANGUAGE sql AS $$
    SELECT sum(amount_minor) FILTER (WHERE registrar = 'acme'), sum(amount_minor) FILTER (WHERE registrar = 'bolt'), sum(amount_minor) FILTER (WHERE account = 'hold') FROM dos.ledger_line WHERE kind IN ('transfer', 'refund', 'release', 'fee')
$$;
SELECT (dos.domain_transfer_request('bolt', 'moved.shop', 'Secret-1!')).code;
SELECT s.* FROM spent() AS s;
SELECT (dos.domain_transfer_reject('acme', 'moved.shop')).code;
SELECT s.* FROM spent() AS s;
SELECT (dos.domain_transfer_request('bolt', 'moved.shop', 'Secret-1!')).code;
SELECT (dos.domain_transfer_approve('acme', 'moved.shop')).code;
SELECT s.* FROM spent() AS s;
SELECT e.kind, e.amount_minor, e.pricing #>> '{lines,1,item}' AS with_line FROM dos.ledger_entry AS e WHERE e.object_name = 'moved.shop' AND e.kind <> 'create' ORDER BY e.id;
SELECT * FROM dos.ledger_verify();
