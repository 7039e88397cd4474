-- Money moves: charge, refund, deposit, credit limit.

CREATE FUNCTION dos_internal.ledger_take_own(account_id int, slices int, amount_minor bigint) RETURNS boolean
LANGUAGE c VOLATILE STRICT AS 'MODULE_PATHNAME', 'dos_sql_ledger_take_own';
COMMENT ON FUNCTION dos_internal.ledger_take_own(int, int, bigint) IS
    'take an amount out of the slice of this session if that has plenty and nobody else is at it: never waits, and says whether it did';

CREATE FUNCTION dos_internal.ledger_put(debit_account_id int, credit_account_id int, amount_minor bigint, kind text, object_name text, object_id bigint,
                                        years int, price_id bigint, svtrid text, pricing jsonb) RETURNS bigint
LANGUAGE c VOLATILE AS 'MODULE_PATHNAME', 'dos_sql_ledger_put';
COMMENT ON FUNCTION dos_internal.ledger_put(int, int, bigint, text, text, bigint, int, bigint, text, jsonb) IS 'write an entry of a charge; returns its id';

-- Take an amount out of what a registrar may spend. Once per transaction: what several entries cost is taken
-- together, so that no transaction holds one slice and waits for another.
--
-- The caller has tried the slice of its session's own (ledger_take_own); go on to any free slice that has plenty, then to any that covers the
-- amount, and at last level them all. By number, not by ctid: the version that was locked may be newer than this
-- statement's snapshot, and the update would miss it. A slice that somebody has spent between snapshot and lock
-- stays locked, unused; who levels with such a slice in hand locks out of order. So the last try before levelling
-- is a subtransaction: when it finds nothing, it lets go of what it has locked. The tries before it only look at
-- slices with plenty, which nobody spends in the time between.
CREATE FUNCTION dos_internal.ledger_take(payer dos.account, amount_minor bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    plenty bigint := 8 * amount_minor;
BEGIN
    UPDATE dos.account_slice AS s SET available_minor = s.available_minor - ledger_take.amount_minor
     WHERE s.account_id = payer.id
       AND s.slice = (SELECT f.slice FROM dos.account_slice AS f
                       WHERE f.account_id = payer.id AND f.available_minor >= plenty LIMIT 1 FOR UPDATE SKIP LOCKED);
    IF FOUND THEN
        RETURN;
    END IF;
    BEGIN
        UPDATE dos.account_slice AS s SET available_minor = s.available_minor - ledger_take.amount_minor
         WHERE s.account_id = payer.id
           AND s.slice = (SELECT f.slice FROM dos.account_slice AS f
                           WHERE f.account_id = payer.id AND f.available_minor >= ledger_take.amount_minor
                           LIMIT 1 FOR UPDATE SKIP LOCKED);
        IF FOUND THEN
            RETURN;
        END IF;
        RAISE EXCEPTION USING ERRCODE = 'R1000';
    EXCEPTION WHEN SQLSTATE 'R1000' THEN
        NULL;
    END;
    IF NOT dos_internal.ledger_level(payer.id, -amount_minor) THEN
        PERFORM dos_internal.refuse(2104, 'account_exhausted', NULL, 'billing failure',
            'The balance and credit limit do not cover the price.');
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.ledger_take(dos.account, bigint) IS 'take an amount out of what an account may spend, or R2104; nothing is held when it has to wait';

-- An entry for money that ledger_take() has taken.
CREATE FUNCTION dos_internal.ledger_write(registrar_id int, currency text, amount_minor bigint, kind text, object_name text, object_id bigint,
                                          years int, price_id bigint, svtrid text, receiver text, pricing jsonb, operator_id int DEFAULT 1) RETURNS bigint
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO dos.ledger_entry AS e (debit_account_id, credit_account_id, amount_minor, kind, object_name, object_id, years, price_id, svtrid, pricing)
    VALUES ((dos_internal.account_get(registrar_id, 'registrar', currency, operator_id)).id,
            coalesce((dos_internal.account_get(0, receiver, currency, operator_id)).id, dos_internal.ledger_own_account(receiver, currency, operator_id)),
            amount_minor, kind, object_name, object_id, years, price_id, svtrid, pricing)
    RETURNING e.id
$$;
COMMENT ON FUNCTION dos_internal.ledger_write(int, text, bigint, text, text, bigint, int, bigint, text, text, jsonb, int) IS
    'write one of the entries of a charge whose whole amount has been taken already';

CREATE FUNCTION dos_internal.account_none(currency text, operator_id int) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT format('The registrar has no account in %s%s.', currency, (SELECT ' with operator "' || o.name || '"' FROM dos.operator AS o WHERE o.id = operator_id AND o.id <> 1))
$$;
COMMENT ON FUNCTION dos_internal.account_none(text, int) IS 'what a registrar without an account is told';

CREATE FUNCTION dos_internal.ledger_spend(registrar_id int, currency text, amount_minor bigint, kind text, object_name text,
                                          object_id bigint, years int, price_id bigint, svtrid text, receiver text,
                                          entry_minor bigint DEFAULT NULL, pricing jsonb DEFAULT NULL, operator_id int DEFAULT 1) RETURNS bigint
LANGUAGE c VOLATILE AS 'MODULE_PATHNAME', 'dos_sql_ledger_spend';
COMMENT ON FUNCTION dos_internal.ledger_spend(int, text, bigint, text, text, bigint, int, bigint, text, text, bigint, jsonb, int) IS
    'move a registrar''s money to an account of the operator (revenue, hold) within balance and credit limit; R2104. With entry_minor the entry is for that part '
    'alone, and the caller writes the others. More than one in a transaction may deadlock';

CREATE FUNCTION dos_internal.ledger_charge(registrar_id int, currency text, amount_minor bigint, kind text, object_name text,
                                           object_id bigint, years int, price_id bigint, svtrid text, operator_id int DEFAULT 1) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN dos_internal.ledger_spend(registrar_id, currency, amount_minor, kind, object_name, object_id, years, price_id, svtrid, 'revenue', operator_id => operator_id);
END $$;
COMMENT ON FUNCTION dos_internal.ledger_charge(int, text, bigint, text, text, bigint, int, bigint, text, int) IS
    'charge a registrar within balance and credit limit and return the entry; R2104 when they do not cover it';

-- All slices changed as one sum, whatever it is: below zero, all of it stands in slice -1.
CREATE FUNCTION dos_internal.ledger_settle(account_id int, change_minor bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    total bigint;
BEGIN
    IF dos_internal.ledger_level(account_id, change_minor) THEN
        RETURN;
    END IF;
    INSERT INTO dos.account_slice (account_id, slice, available_minor) VALUES (account_id, -1, 0) ON CONFLICT DO NOTHING;
    SELECT sum(s.available_minor) + change_minor INTO total FROM dos.account_slice AS s WHERE s.account_id = ledger_settle.account_id;
    UPDATE dos.account_slice AS s SET available_minor = CASE s.slice WHEN -1 THEN total ELSE 0 END WHERE s.account_id = ledger_settle.account_id;
END $$;
COMMENT ON FUNCTION dos_internal.ledger_settle(int, bigint) IS 'spread what an account may spend plus a change evenly, or stand below zero where it is a debt';

CREATE FUNCTION dos_internal.ledger_lend(registrar_id int, currency text, amount_minor bigint, operator_id int DEFAULT 1) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    payer dos.account := dos_internal.account_get(registrar_id, 'registrar', currency, operator_id);
    lent  bigint;
BEGIN
    SELECT greatest(ledger_lend.amount_minor - sum(locked.available_minor), 0) INTO lent
      FROM (SELECT s.available_minor FROM dos.account_slice AS s WHERE s.account_id = payer.id ORDER BY s.slice FOR UPDATE) AS locked;
    IF lent > 0 THEN
        PERFORM dos_internal.ledger_settle(payer.id, lent);
    END IF;
    RETURN coalesce(lent, 0);
END $$;
COMMENT ON FUNCTION dos_internal.ledger_lend(int, text, bigint, int) IS
    'let an account cover an amount beyond balance and credit limit; returns what was missing, which the caller takes back with ledger_settle() after the charge: '
    'a debt, until which is paid everything else is refused (R2104)';

CREATE FUNCTION dos_internal.ledger_refund(entry_id bigint, svtrid text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    original dos.ledger_entry;
    refund   bigint;
    slot     int;
BEGIN
    SELECT * INTO STRICT original FROM dos.ledger_entry AS e WHERE e.id = entry_id;
    INSERT INTO dos.ledger_entry (debit_account_id, credit_account_id, amount_minor, kind, object_name, object_id, years,
                                  price_id, reverses_id, svtrid)
    VALUES (original.credit_account_id, original.debit_account_id, original.amount_minor, 'refund', original.object_name,
            original.object_id, -original.years, original.price_id, original.id, svtrid)
    RETURNING id INTO refund;

    SELECT s.slice INTO slot FROM dos.account_slice AS s
     WHERE s.account_id = original.debit_account_id ORDER BY s.slice LIMIT 1 FOR UPDATE SKIP LOCKED;    -- a debt first
    UPDATE dos.account_slice AS s SET available_minor = s.available_minor + original.amount_minor
     WHERE s.account_id = original.debit_account_id
       AND s.slice = coalesce(slot, pg_backend_pid() % (SELECT a.slices FROM dos.account AS a WHERE a.id = original.debit_account_id));
    RETURN refund;
END $$;
COMMENT ON FUNCTION dos_internal.ledger_refund(bigint, text) IS
    'take an entry back at its original amount, linked to it; a second time is refused by the constraint ledger_entry_reversed_once';

CREATE FUNCTION dos.account_open(registrar text, currency text, credit_limit_minor bigint DEFAULT 0, slices int DEFAULT 64, operator text DEFAULT NULL) RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    with_id int := dos_internal.operator_choose(operator);
    new_id  int;
BEGIN
    INSERT INTO dos.account (kind, registrar_id, operator_id, currency, credit_limit_minor, slices)
    SELECT 'registrar', r.id, with_id, account_open.currency, account_open.credit_limit_minor, account_open.slices
      FROM dos.registrar AS r WHERE r.clid = account_open.registrar
    RETURNING id INTO new_id;
    IF NOT FOUND THEN
        PERFORM dos_internal.refuse(2303, 'registrar_unknown', 'clID', format('registrar "%s" does not exist', registrar));
    END IF;
    INSERT INTO dos.account_slice (account_id, slice, available_minor)
    SELECT new_id, n, 0 FROM generate_series(0, slices - 1) AS n;
    PERFORM dos_internal.ledger_level(new_id, account_open.credit_limit_minor);
    RETURN new_id;
END $$;
COMMENT ON FUNCTION dos.account_open(text, text, bigint, int, text) IS
    'open a registrar''s account in a currency with an operator (NULL: the shipped one, or that of the staff who asks) with a credit limit in minor units; '
    'R2303 unknown registrar or operator, R2201, 23505 account exists';

CREATE FUNCTION dos_internal.account_find(registrar text, currency text, operator text DEFAULT NULL) RETURNS int
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    with_id  int := dos_internal.operator_choose(operator);
    found_id int;
BEGIN
    SELECT a.id INTO found_id
      FROM dos.account AS a
      JOIN dos.registrar AS r ON r.id = a.registrar_id
     WHERE r.clid = account_find.registrar AND a.kind = 'registrar' AND a.currency = account_find.currency AND a.operator_id = with_id;
    IF NOT FOUND THEN
        PERFORM dos_internal.refuse(2303, 'account_missing', 'clID', format('registrar "%s" has no account in %s', registrar, currency));
    END IF;
    RETURN found_id;
END $$;
COMMENT ON FUNCTION dos_internal.account_find(text, text, text) IS 'id of a registrar''s account in a currency with an operator; R2303, R2201';

CREATE FUNCTION dos.account_deposit(registrar text, currency text, amount_minor bigint, reference text, operator text DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    account_id int := dos_internal.account_find(registrar, currency, operator);
    entry_id   bigint;
BEGIN
    IF amount_minor <= 0 THEN
        PERFORM dos_internal.refuse(2004, 'account_deposit_positive', 'amount', 'a deposit is more than nothing');
    END IF;
    INSERT INTO dos.ledger_entry (debit_account_id, credit_account_id, amount_minor, kind, reference)
    VALUES (dos_internal.ledger_own_account('bank', currency, dos_internal.operator_choose(operator)), account_id, amount_minor, 'deposit', reference)
    RETURNING id INTO entry_id;
    PERFORM dos_internal.ledger_settle(account_id, amount_minor);
    RETURN entry_id;
END $$;
COMMENT ON FUNCTION dos.account_deposit(text, text, bigint, text, text) IS
    'book money that an operator received from a registrar (minor units); the reference is unique, so that one payment is booked once. R2303, R2201, R2004, 23505';

CREATE FUNCTION dos.account_credit_limit(registrar text, currency text, credit_limit_minor bigint, operator text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.account;
BEGIN
    SELECT * INTO target FROM dos.account AS a
     WHERE a.id = dos_internal.account_find(registrar, account_credit_limit.currency, operator) FOR UPDATE;
    IF credit_limit_minor >= target.credit_limit_minor THEN
        PERFORM dos_internal.ledger_settle(target.id, account_credit_limit.credit_limit_minor - target.credit_limit_minor);
    ELSIF NOT dos_internal.ledger_level(target.id, account_credit_limit.credit_limit_minor - target.credit_limit_minor) THEN
        PERFORM dos_internal.refuse(2004, 'account_credit_limit_used', 'creditLimit', 'the credit limit cannot be lowered this far',
            'More than that is spent already.');
    END IF;
    UPDATE dos.account AS a SET credit_limit_minor = account_credit_limit.credit_limit_minor WHERE a.id = target.id;
END $$;
COMMENT ON FUNCTION dos.account_credit_limit(text, text, bigint, text) IS
    'set how far a registrar''s account may go below zero (minor units); R2004 when more is spent already, R2303 no such account, R2201';
