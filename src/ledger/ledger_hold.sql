-- Money held for a command whose outcome is open. A hold is a charge to the registry's account "hold"; it is
-- captured (the charge becomes revenue) or given back (ledger_refund), each exactly once.

CREATE FUNCTION dos_internal.ledger_hold(registrar_id int, currency text, amount_minor bigint, kind text, object_name text,
                                         object_id bigint, years int, price_id bigint, svtrid text, operator_id int DEFAULT 1) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN dos_internal.ledger_spend(registrar_id, currency, amount_minor, kind, object_name, object_id, years, price_id, svtrid, 'hold', operator_id => operator_id);
END $$;
COMMENT ON FUNCTION dos_internal.ledger_hold(int, text, bigint, text, text, bigint, int, bigint, text, int) IS
    'hold a registrar''s money for an outcome that is open, within balance and credit limit; returns the entry; R2104';

-- A price of several parts is several entries; those beside the command's own say so.
CREATE FUNCTION dos_internal.ledger_parts(hold dos.ledger_entry) RETURNS SETOF bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT e.id FROM dos.ledger_entry AS e WHERE e.object_id = hold.object_id AND e.pricing ->> 'with' = hold.id::text
       AND NOT EXISTS (SELECT FROM dos.ledger_entry AS r WHERE r.reverses_id = e.id) ORDER BY e.id
$$;
COMMENT ON FUNCTION dos_internal.ledger_parts(dos.ledger_entry) IS 'the entries of a charge or hold beside its own: what no refund takes back';

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
    SELECT hold.debit_account_id, dos_internal.ledger_own_account('revenue', a.currency, a.operator_id), hold.amount_minor, hold.kind, hold.object_name,
           hold.object_id, hold.years, hold.price_id, svtrid, hold.pricing
      FROM dos.account AS a WHERE a.id = hold.debit_account_id
    RETURNING id INTO captured;
    PERFORM dos_internal.ledger_capture(part.id, svtrid) FROM dos_internal.ledger_parts(hold) AS part (id);
    RETURN captured;
END $$;
COMMENT ON FUNCTION dos_internal.ledger_capture(bigint, text) IS
    'turn a hold and the entries that belong to it into charges at their amounts; returns the entry of the charge, which a refund may reverse';

CREATE FUNCTION dos_internal.ledger_hold_return(hold_id bigint, svtrid text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    hold dos.ledger_entry;
BEGIN
    SELECT * INTO STRICT hold FROM dos.ledger_entry AS e WHERE e.id = hold_id;
    PERFORM dos_internal.ledger_refund(part.id, svtrid) FROM (SELECT hold_id UNION ALL SELECT dos_internal.ledger_parts(hold)) AS part (id);
END $$;
COMMENT ON FUNCTION dos_internal.ledger_hold_return(bigint, text) IS 'give a hold back whole: the command it was for did not take place';
