-- Money of each operator apart: every way in which a command moves money, in zones of two operators, with registrars in common.
SET dos.clock = '2026-01-10T00:00:00Z';
SELECT dos.operator_create('north', 'legal_name=North Registry AS', 'tax_id=NO 999', 'postal={North,NULL,s,NULL,NULL,Oslo,NULL,NULL,NO}') > 1,
       dos.operator_create('south', 'invoice_prefix=SUD') > 1;
SELECT test.registrar('acme', 0), test.registrar('bolt', 0);
UPDATE dos.registrar SET postal = '{A,NULL,s,NULL,NULL,Paris,NULL,NULL,FR}';
SELECT test.thin_zone(z, 'operator=' || o, 'transfer_lock=0', 'fee_balance=true', 'pending_verbs=' || p, 'expiry_hold=0') > 0 AS zone
  FROM (VALUES ('nn', 'north', '{}'), ('ss', 'south', '{}'), ('wait.ss', 'south', '{create}')) AS v (z, o, p);
SELECT dos.fee_set('ss', 'check', '{create}', 'USD', 7) > 0 AS fee;

-- without an account with the operator nothing is sold, whatever there is with another
SELECT e.* FROM test.effect($$SELECT * FROM dos.domain_create('acme', 'a.nn')$$) AS e;
SELECT o.detail FROM test.outcome($$SELECT * FROM dos.domain_create('acme', 'a.nn')$$) AS o;
SELECT dos.account_open('acme', 'USD', slices => 4, operator => 'north') > 0, dos.account_deposit('acme', 'USD', 1600, 'n1', 'north') > 0,
       dos.account_deposit('acme', 'USD', 50000, 'r1') > 0 AS shipped;
SELECT o.code, o.reason FROM (VALUES ($$SELECT dos.account_open('acme', 'USD', operator => 'north')$$), ($$SELECT dos.account_deposit('acme', 'USD', 1, 's', 'south')$$),
    ($$SELECT dos.account_deposit('acme', 'USD', 1, 's', 'west')$$), ($$SELECT dos.account_deposit('acme', 'USD', 1, 'n1', 'north')$$)) AS t (c), test.outcome(t.c) AS o;
-- two names are paid, to the cent; the third is not, with 500.00 lying elsewhere
SELECT n, e.* FROM unnest('{a.nn,b.nn,c.nn,a.ss}'::text[]) WITH ORDINALITY AS t (n, i), test.effect(format('SELECT * FROM dos.domain_create(%L, %L)', 'acme', n)) AS e ORDER BY i;
SELECT registrar, operator, currency, balance FROM dos.account_balance ORDER BY 1, 2;

-- a life of every charge, with both; bolt owes south, postpaid
SELECT dos.account_deposit('acme', 'USD', 100000, 'n2', 'north') > 0, dos.account_open('acme', 'USD', slices => 4, operator => 'south') > 0, dos.account_deposit('acme', 'USD', 100000, 's2', 'south') > 0,
       dos.account_open('bolt', 'USD', 100000, 4, 'south') > 0, dos.account_billing('bolt', 'USD', 'postpaid', 'south'), dos.account_open('bolt', 'USD', 100000, 4, 'north') > 0;
SELECT (dos.domain_create('acme', n, auth => 'Auth-77-x')).code FROM unnest('{c.nn,a.ss,b.ss,c.ss,d.ss,e.ss,w.wait.ss,x.wait.ss}'::text[]) AS n;
SELECT (dos.domain_create('bolt', 'bolt.ss', auth => 'Auth-77-x')).code, dos.domain_pending_approve('w.wait.ss') AS approved, dos.domain_pending_reject('x.wait.ss') AS rejected;
SET dos.clock = '2026-01-12T00:00:00Z';
SELECT (dos.domain_delete('acme', 'b.ss')).code AS refunded, (dos.domain_renew('acme', 'a.ss', '2027-01-10', 2)).code AS renewed, (dos.domain_renew('acme', 'a.nn', '2027-01-10')).code AS north,
       (dos.domain_renew('acme', 'c.nn', '2027-01-10', extensions => '{"fee": {}}')).extension -> 'fee' ->> 'balance' AS said;
SET dos.clock = '2026-01-20T00:00:00Z';
SELECT (dos.domain_delete('acme', 'c.ss')).code AS deleted, (dos.domain_transfer_request('bolt', 'd.ss', 'Auth-77-x')).status, (dos.domain_transfer_request('bolt', 'e.ss', 'Auth-77-x')).status;
SELECT (dos.domain_transfer_approve('acme', 'd.ss')).status, (dos.domain_transfer_reject('acme', 'e.ss')).status;
SELECT (dos.domain_restore_request('acme', 'c.ss')).code AS restored;
SELECT dos.ledger_propose('correction', 'acme', 'USD', -250, 'bank fee', 'c1', operator => 'south') > 0 AS corrected;
SELECT operator, registrar, kind, count(*), sum(amount_minor) FROM dos.ledger_line WHERE account = 'registrar' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
SELECT registrar, operator, balance FROM dos.account_balance ORDER BY 1, 2;
-- renewed by the clock, in both
SET dos.clock = '2027-01-11T00:00:00Z';
SELECT dos.job_run('domain_advance') > 0 AS advanced;
SELECT operator, count(*) FROM dos.ledger_line WHERE kind = 'autorenew' AND account = 'registrar' GROUP BY 1 ORDER BY 1;

-- no entry leaves its operator, and none is with another than its name's zone; the books of each add up to zero
SELECT count(*) AS entries, count(*) FILTER (WHERE d.operator_id <> c.operator_id) AS across,
       count(*) FILTER (WHERE (dos_internal.zone_of(e.object_name)).operator_id <> d.operator_id) AS foreign_names
  FROM dos.ledger_entry AS e JOIN dos.account AS d ON d.id = e.debit_account_id JOIN dos.account AS c ON c.id = e.credit_account_id;
SELECT * FROM dos.trial_balance ORDER BY 1, 2, 3;
SELECT operator, currency, sum(amount_minor) FROM dos.trial_balance GROUP BY 1, 2 ORDER BY 1;
SELECT * FROM dos.ledger_verify();
SELECT * FROM dos.billing_verify();
-- a planted entry across is found, and the sums tell
BEGIN;
INSERT INTO dos.ledger_entry (debit_account_id, credit_account_id, amount_minor, kind)
SELECT d.id, c.id, 3, 'correction' FROM dos.account AS d, dos.account AS c WHERE d.kind = 'correction' AND d.operator_id = 3 AND c.kind = 'revenue' AND c.operator_id = 2;
SELECT problem, detail FROM dos.ledger_verify();
SELECT operator, sum(amount_minor) FROM dos.trial_balance GROUP BY 1 ORDER BY 1;
ROLLBACK;

-- revenue and what is not earned yet: by operator; what was charged is in the revenue accounts
SELECT month, zone, registrar, command, charges, refunds, amount, operator FROM dos.revenue ORDER BY operator, 1, 2, 3, 4;
SELECT r.operator, r.amount_minor = b.amount_minor AS same FROM (SELECT operator, sum(amount_minor) AS amount_minor FROM dos.revenue GROUP BY 1) AS r
  JOIN dos.trial_balance AS b ON b.operator = r.operator AND b.account = 'revenue' ORDER BY 1;
SELECT operator, zone, domains, charged_minor, earned_minor + deferred_minor = charged_minor AS whole FROM dos.deferred_revenue() ORDER BY 1, 2;

-- statements and the balance mapping, each of one account
SELECT count(*) FILTER (WHERE kind = 'deposit') AS deposits, sum(amount_minor) AS sum, (array_agg(balance_minor ORDER BY entry_id DESC))[1] AS last FROM dos.statement('acme', 'USD', operator => 'north');
SELECT count(*), sum(amount_minor) FROM dos.statement('acme', 'USD');
SELECT t.o, b.balance, b.available FROM (VALUES (NULL), ('north'), ('south')) AS t (o), dos.balance_info('acme', 'USD', t.o) AS b;
SELECT o.code, o.reason FROM test.outcome($$SELECT * FROM dos.balance_info('bolt', 'USD', 'west')$$) AS o;

-- invoices: one series for each, closed apart, by the tax rule of each
INSERT INTO dos.tax_rule (operator_id, country, rate, note) VALUES (NULL, NULL, 10, 'all'), ((SELECT id FROM dos.operator WHERE name = 'south'), NULL, 0, 'south is exempt');
SELECT * FROM dos.invoice_run('2026-01-01', 'south');
SELECT * FROM dos.invoice_run('2026-01-01', 'north');
SELECT o.code, o.reason FROM (VALUES ($$SELECT * FROM dos.invoice_run('2026-01-01', 'south')$$), ($$SELECT * FROM dos.invoice_run('2026-01-01', 'west')$$)) AS t (c), test.outcome(t.c) AS o;
SELECT * FROM dos.invoice_run('2026-01-01');
SELECT dos.invoice_credit('SUD-2026-000001', 'wrong address');
SELECT number, kind, operator, seller, seller_tax_id, registrar, billing, net_minor, tax_minor, tax_note FROM dos.invoice ORDER BY issued_at, number;
SELECT prefix, last FROM dos.invoice_series ORDER BY 1;
SELECT o.name, m.month, m.invoices FROM dos.invoice_month AS m JOIN dos.operator AS o ON o.id = m.operator_id ORDER BY 1;
-- every line of an invoice is with its operator
SELECT count(*) FROM dos.invoice_line AS l JOIN dos.invoice AS i USING (number) JOIN dos.ledger_entry AS e ON e.id = l.entry_id JOIN dos.account AS d ON d.id = e.debit_account_id
  JOIN dos.operator AS o ON o.id = d.operator_id WHERE o.name <> i.operator;

-- a zone is sold: what was charged before goes back where it came from, what comes is the new operator's
SELECT (dos.domain_create('acme', 'late.nn')).code;
SELECT dos.zone_config_apply('nn', '{"operator": "south"}', 'sold');
SELECT (dos.domain_create('acme', 'later.nn')).code, (dos.domain_delete('acme', 'late.nn')).code AS deleted;
SELECT kind, operator, amount FROM dos.ledger_line WHERE object_name IN ('late.nn', 'later.nn') AND account = 'registrar' ORDER BY entry_id;
SELECT operator, currency, sum(amount_minor) FROM dos.trial_balance GROUP BY 1, 2 ORDER BY 1;
SELECT * FROM dos.ledger_verify();

-- low balances are told for each account
SELECT dos.account_threshold('acme', 'USD', 1000000, NULL, 'north'), dos.account_threshold('acme', 'USD', 1, NULL, 'south');
SELECT dos.job_run('account_watch');
SELECT object_name, content ->> 'operator' AS operator FROM dos.outbox WHERE event = 'registrar.balance_low';
