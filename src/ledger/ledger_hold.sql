-- Money held for a command whose outcome is open. A hold is a charge to the registry's account "hold"; it is
-- captured (the charge becomes revenue) or given back (ledger_refund), each exactly once.

CREATE FUNCTION dos_internal.ledger_hold(registrar_id int, currency text, amount_minor bigint, kind text, object_name text,
                                         object_id bigint, years int, price_id bigint, svtrid text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN dos_internal.ledger_spend(registrar_id, currency, amount_minor, kind, object_name, object_id, years, price_id, svtrid, 'hold');
END $$;
COMMENT ON FUNCTION dos_internal.ledger_hold(int, text, bigint, text, text, bigint, int, bigint, text) IS
    'hold a registrar''s money for an outcome that is open, within balance and credit limit; returns the entry; R2104';

CREATE FUNCTION dos_internal.ledger_capture(hold_id bigint, svtrid text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    hold     dos.ledger_entry;
    captured bigint;
BEGIN
    SELECT * INTO STRICT hold FROM dos.ledger_entry AS e WHERE e.id = hold_id;
    -- the money goes back and out again in one transaction: what the registrar may spend does not change
    INSERT INTO dos.ledger_entry (debit_account_id, credit_account_id, amount_minor, kind, object_name, object_id, years, price_id, reverses_id, svtrid)
    VALUES (hold.credit_account_id, hold.debit_account_id, hold.amount_minor, 'release', hold.object_name, hold.object_id, -hold.years,
            hold.price_id, hold.id, svtrid);
    INSERT INTO dos.ledger_entry (debit_account_id, credit_account_id, amount_minor, kind, object_name, object_id, years, price_id, svtrid, pricing)
    SELECT hold.debit_account_id, dos_internal.ledger_own_account('revenue', a.currency), hold.amount_minor, hold.kind, hold.object_name,
           hold.object_id, hold.years, hold.price_id, svtrid, hold.pricing
      FROM dos.account AS a WHERE a.id = hold.debit_account_id
    RETURNING id INTO captured;
    RETURN captured;
END $$;
COMMENT ON FUNCTION dos_internal.ledger_capture(bigint, text) IS 'turn a hold into a charge at its amount; returns the entry of the charge, which a refund may reverse';
