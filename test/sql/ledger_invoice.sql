-- Corrections by one and by two persons, thresholds told once, statements that add up, invoices without gaps.
SET dos.clock = '2026-03-30T12:00:00Z';
SELECT test.registrar('acme', 0) > 0 AS acme, test.registrar('bolt', 0) > 0 AS bolt, test.registrar('coil', 5000, 'EUR') > 0 AS coil, test.thin_zone('shop') > 0 AS shop;
SELECT dos.account_credit_limit('bolt', 'USD', 10000), dos.account_billing('bolt', 'USD', 'postpaid');

-- corrections
SELECT o.code, o.reason, t.command FROM (VALUES
    ($$SELECT dos.ledger_propose('gift', 'acme', 'USD', 1, 'why', 'R-0')$$), ($$SELECT dos.ledger_propose('correction', 'acme', 'USD', 0, 'why', 'R-0')$$),
    ($$SELECT dos.ledger_propose('correction', 'acme', 'USD', 5, ' ', 'R-0')$$), ($$SELECT dos.ledger_propose('correction', 'acme', 'USD', 5, 'why', NULL)$$),
    ($$SELECT dos.ledger_propose('correction', 'acme', 'EUR', 5, 'why', 'R-0')$$), ($$SELECT dos.ledger_propose('correction', 'acme', 'USD', -1, 'why', 'R-0')$$),
    ($$SELECT dos.ledger_propose('deposit', 'acme', 'USD', 10000, 'bank', 'R-1') > 0$$), ($$SELECT dos.ledger_propose('deposit', 'acme', 'USD', 10000, 'bank', 'R-1') > 0$$),
    ($$SELECT dos.ledger_propose('correction', 'acme', 'USD', -100, 'fee of the bank', 'R-2') > 0$$)) AS t (command), test.outcome(t.command) AS o;
INSERT INTO dos.ledger_setting (two_persons) VALUES (true);
SELECT dos.ledger_propose('writeoff', 'acme', 'USD', 33, 'goodwill', 'R-3', 'ann') AS proposal \gset
SELECT balance_minor AS still FROM dos.account_balance WHERE registrar = 'acme';
SELECT o.code, o.reason, t.n FROM (VALUES (1, format('SELECT dos.ledger_approve(%s, true, ''ann'')', :proposal)), (2, 'SELECT dos.ledger_approve(999)'), (3, format('SELECT dos.ledger_approve(%s, true, ''bob'') > 0', :proposal)),
    (4, format('SELECT dos.ledger_approve(%s, true, ''bob'')', :proposal))) AS t (n, command), test.outcome(t.command) AS o ORDER BY t.n;
SELECT kind, amount_minor, reason, reference, proposed_by, decided_by, entry_id IS NOT NULL AS booked FROM dos.ledger_proposal WHERE reference = 'R-3';

-- the threshold: on it is not below it; told once, and again after it has risen
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.account_threshold('acme', 'USD', 100, 10)$$) AS o;
SELECT dos.account_threshold('acme', 'USD', 9133), dos.account_threshold('bolt', 'USD', low_percent => 50);
CREATE FUNCTION watched(buy text DEFAULT NULL) RETURNS TABLE (code text, available bigint, told bigint, messages bigint) LANGUAGE plpgsql AS $$
BEGIN
    code := CASE WHEN buy IS NOT NULL THEN (test.outcome(format('SELECT dos.domain_create(''acme'', %L)', buy))).code END;
    told := dos_internal.account_watch();
    available := (SELECT available_minor FROM dos.account_balance WHERE registrar = 'acme');
    messages := (SELECT count(*) FROM dos.outbox WHERE event = 'registrar.balance_low');
    RETURN NEXT;
END $$;
SELECT * FROM watched('a.shop');
SELECT * FROM watched('b.shop');
SELECT * FROM watched('c.shop');
SELECT (dos.domain_delete('acme', 'b.shop')).code, (dos.domain_delete('acme', 'c.shop')).code;
SELECT * FROM watched();
SELECT * FROM watched('d.shop');
SELECT object_name, content - 'notify' AS content FROM dos.outbox WHERE event = 'registrar.balance_low' ORDER BY id LIMIT 1;
SELECT p.object_name, p.text FROM dos.poll_message AS p WHERE p.event = 'registrar.balance_low' ORDER BY p.id LIMIT 1;
SELECT b.* FROM (VALUES ('acme'), ('bolt'), ('coil')) AS t (who), dos.balance_info(t.who) AS b;
SELECT o.code, o.reason FROM (VALUES ($$SELECT dos.balance_info('acme', 'EUR')$$), ($$SELECT dos.balance_info('nobody')$$)) AS t (c), test.outcome(t.c) AS o;

-- statements: lines add up to the balance, at any date
SET dos.clock = '2026-04-02T00:00:00Z';
SELECT (dos.domain_create('bolt', 'e.shop', 2)).code, (dos.domain_create('acme', 'f.shop')).code;
SELECT to_char(s.made_at AT TIME ZONE 'UTC', 'MM-DD') AS day, s.kind, s.object_name, s.amount, s.balance, s.reference FROM dos.statement('acme', 'USD') AS s;
SELECT s.kind, s.object_name, s.amount, s.balance FROM dos.statement('acme', 'USD', '2026-04-01', '2026-05-01') AS s;
SELECT b.registrar, b.balance_minor = (SELECT coalesce(sum(s.amount_minor), 0) FROM dos.statement(b.registrar, b.currency) AS s) AS adds_up FROM dos.account_balance AS b ORDER BY 1;

-- invoices: rules first, then a month, which is then closed
SELECT o.code, o.reason, o.detail FROM (VALUES ($$SELECT * FROM dos.invoice_run('2026-04-15')$$), ($$SELECT * FROM dos.invoice_run('2026-03-31')$$)) AS t (c), test.outcome(t.c) AS o;
INSERT INTO dos.invoice_customer (registrar_id, country, tax_id) SELECT id, CASE clid WHEN 'acme' THEN 'DE' WHEN 'bolt' THEN 'FR' ELSE 'US' END, CASE clid WHEN 'bolt' THEN 'FR123' END FROM dos.registrar;
SELECT o.code, o.reason, o.detail FROM test.outcome($$SELECT * FROM dos.invoice_run('2026-03-31')$$) AS o;
INSERT INTO dos.tax_rule (country, with_tax_id, rate, reverse_charge, included, note) VALUES
    ('DE', NULL, 19, false, false, '19 % VAT'), ('FR', true, 0, true, false, 'reverse charge'), ('FR', false, 20, false, true, 'contains 20 % VAT'), (NULL, NULL, 0, false, false, 'export');
SELECT * FROM dos.invoice_run('2026-03-31');
SELECT o.code, o.reason FROM (VALUES ($$SELECT * FROM dos.invoice_run('2026-03-01')$$), ($$UPDATE dos.invoice SET total_minor = 0$$), ($$DELETE FROM dos.invoice_line$$), ($$TRUNCATE dos.invoice_month$$)) AS t (c), test.outcome(t.c) AS o;
SET dos.clock = '2026-05-02T00:00:00Z';
BEGIN;
SELECT number, total FROM dos.invoice_run('2026-04-01');
ROLLBACK;
SELECT * FROM dos.invoice_run('2026-04-01');
SELECT d.number, d.item, d.object_name, d.years, d.amount FROM dos.invoice_detail AS d ORDER BY d.number, d.entry_id;
SELECT o.code, o.reason FROM (VALUES ($$SELECT dos.invoice_credit('2026-000009', 'why')$$), ($$SELECT dos.invoice_credit('2026-000001', '')$$)) AS t (c), test.outcome(t.c) AS o;
SELECT dos.invoice_credit('2026-000001', 'wrong address') AS note;
SELECT o.code, o.reason FROM (VALUES ($$SELECT dos.invoice_credit('2026-000001', 'again')$$), ($$SELECT dos.invoice_credit('C2026-000001', 'again')$$)) AS t (c), test.outcome(t.c) AS o;
SELECT number, kind, credits, registrar, country, billing, net_minor, tax_minor, total_minor, tax_rate, reverse_charge, tax_note FROM dos.invoice ORDER BY issued_at, number;
SELECT i.number, i.net_minor = sum(l.amount_minor) AS lines_add_up FROM dos.invoice AS i JOIN dos.invoice_line AS l USING (number) GROUP BY i.number ORDER BY 1;

-- tax of every amount from 0.01 to 999.99 at several rates: against whole numbers
SELECT count(*) FILTER (WHERE dos_internal.tax_of(a, r, false) <> (2 * a * (r * 100)::int + 10000) / 20000) AS added_wrong,
       count(*) FILTER (WHERE a - dos_internal.tax_of(a, r, true) <> (2 * a * 10000 + 10000 + (r * 100)::int) / (2 * (10000 + (r * 100)::int))) AS contained_wrong
  FROM generate_series(1, 99999, 7) AS a, unnest('{0,5.5,7,19,20,25}'::numeric[]) AS r;
SELECT * FROM dos.ledger_verify();
