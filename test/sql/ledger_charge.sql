-- Money moves: exact limits, levelling, refunds, deposits, credit limits. After each step dos.ledger_verify() is silent.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme', 0), test.registrar('other', 0);
SELECT test.registrar('poor', 0, 'EUR');

-- slices of an account, sorted by size: which session holds which does not matter
CREATE FUNCTION slices(clid text) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(s.available_minor::text, ' ' ORDER BY s.available_minor DESC)
      FROM dos.account_slice AS s JOIN dos.account AS a ON a.id = s.account_id JOIN dos.registrar AS r ON r.id = a.registrar_id WHERE r.clid = slices.clid
$$;
CREATE FUNCTION charge(clid text, amount bigint, currency text DEFAULT 'USD') RETURNS bigint LANGUAGE sql AS $$
    SELECT dos_internal.ledger_charge(r.id, charge.currency, amount, 'create', 'a.example', 1, 1, NULL, 'SV-1') FROM dos.registrar AS r WHERE r.clid = charge.clid
$$;

-- each row a command; sums, not slices, decide
CREATE TABLE step (n int GENERATED ALWAYS AS IDENTITY, command text);
INSERT INTO step (command) VALUES
    -- nothing to spend
    ($$SELECT charge('acme', 1)$$),
    ($$SELECT charge('acme', 1, 'EUR')$$),
    ($$SELECT charge('acme', 0)$$),
    ($$SELECT charge('acme', -1)$$),
    -- deposits
    ($$SELECT dos.account_deposit('nobody', 'USD', 1, 'D-0')$$),
    ($$SELECT dos.account_deposit('acme', 'EUR', 1, 'D-0')$$),
    ($$SELECT dos.account_deposit('acme', 'USD', 0, 'D-0')$$),
    ($$SELECT dos.account_deposit('acme', 'USD', -1, 'D-0')$$),
    ($$SELECT dos.account_deposit('acme', 'USD', 10, 'D-1')$$),
    ($$SELECT dos.account_deposit('acme', 'USD', 10, 'D-1')$$),
    ($$SELECT dos.account_deposit('other', 'USD', 10, 'D-1')$$),
    -- to the cent: 11 of 10 is refused, 10 of 10 is not, then 1 of 0 is
    ($$SELECT charge('acme', 11)$$),
    ($$SELECT charge('acme', 4)$$),
    ($$SELECT charge('acme', 6)$$),
    ($$SELECT charge('acme', 1)$$),
    -- credit
    ($$SELECT dos.account_credit_limit('nobody', 'USD', 5)$$),
    ($$SELECT dos.account_credit_limit('acme', 'USD', -1)$$),
    ($$SELECT dos.account_credit_limit('acme', 'USD', 5)$$),
    ($$SELECT charge('acme', 6)$$),
    ($$SELECT charge('acme', 3)$$),
    ($$SELECT dos.account_credit_limit('acme', 'USD', 2)$$),
    ($$SELECT dos.account_credit_limit('acme', 'USD', 3)$$),
    ($$SELECT charge('acme', 1)$$),
    -- a deposit pays the debt first
    ($$SELECT dos.account_deposit('acme', 'USD', 100, 'D-2')$$),
    ($$SELECT dos.account_credit_limit('acme', 'USD', 0)$$),
    ($$SELECT charge('acme', 98)$$),
    ($$SELECT charge('acme', 97)$$);
CREATE FUNCTION stepped() RETURNS TABLE (command text, code text, reason text, element text, balance bigint, credit bigint, slices text, problems bigint) LANGUAGE plpgsql AS $$
DECLARE
    s step;
BEGIN
    FOR s IN SELECT * FROM step ORDER BY n LOOP
        command := s.command;
        SELECT o.code, o.reason, o.element INTO code, reason, element FROM test.outcome(s.command) AS o;
        SELECT b.balance_minor, b.credit_limit_minor INTO balance, credit FROM dos.account_balance AS b WHERE b.registrar = 'acme';
        slices := slices('acme');
        problems := (SELECT count(*) FROM dos.ledger_verify());
        RETURN NEXT;
    END LOOP;
END $$;
SELECT * FROM stepped();

-- accounts: one a currency, with as many slices as asked
SELECT o.code, o.reason, o.element FROM (VALUES
    ($$SELECT dos.account_open('nobody', 'USD')$$), ($$SELECT dos.account_open('acme', 'USD')$$), ($$SELECT dos.account_open('acme', 'XXX')$$),
    ($$SELECT dos.account_open('acme', 'EUR', -1)$$), ($$SELECT dos.account_open('acme', 'EUR', slices => 0)$$), ($$SELECT dos.account_open('acme', 'EUR', slices => 1025)$$),
    ($$SELECT dos.account_open('acme', 'EUR', 7, 3)$$), ($$SELECT dos.account_open('acme', 'JPY', slices => 1)$$)) AS t (command), test.outcome(t.command) AS o;
SELECT registrar, currency, credit_limit_minor, balance_minor, available_minor, balance,
       (SELECT count(*) FROM dos.account_slice AS s WHERE s.account_id = b.account_id) AS slices
FROM dos.account_balance AS b ORDER BY registrar, currency;

-- refunds: the original amount to whoever paid, once
SELECT dos.account_deposit('acme', 'USD', 50, 'D-3') > 0 AS deposited;
SELECT charge('acme', 33) AS entry \gset
SELECT o.code, o.reason FROM (VALUES (1), (2)) AS t (n), test.outcome(format('SELECT dos_internal.ledger_refund(%s, ''SV-%s'')', :entry, t.n)) AS o;
SELECT o.code FROM test.outcome('SELECT dos_internal.ledger_refund(0, ''SV-2'')') AS o;
SELECT balance_minor FROM dos.account_balance WHERE registrar = 'acme' AND currency = 'USD';

-- an entry says who, what and why, and both sides are one amount
SELECT made_at, account, registrar, currency, amount_minor, amount, kind, object_name, years, svtrid, reference FROM dos.ledger_line
WHERE entry_id >= :entry OR reference = 'D-1' ORDER BY entry_id, amount_minor;
SELECT currency, sum(amount_minor) FROM dos.ledger_line GROUP BY currency;

-- insert-only
SELECT o.* FROM (VALUES
    ('UPDATE dos.ledger_entry SET amount_minor = 0'), ('UPDATE dos.ledger_entry SET svtrid = ''x'' WHERE false'), ('DELETE FROM dos.ledger_entry'), ('TRUNCATE dos.ledger_entry'),
    ('INSERT INTO dos.ledger_entry (debit_account_id, credit_account_id, amount_minor, kind) VALUES (1, 1, 5, ''x'')'),
    ('INSERT INTO dos.ledger_entry (debit_account_id, credit_account_id, amount_minor, kind) VALUES (1, 2, -5, ''x'')'),
    ('UPDATE dos.account_slice SET available_minor = -1')) AS t (command), test.outcome(t.command) AS o;
SELECT * FROM dos.ledger_verify();
