-- Proof that the money adds up.

CREATE FUNCTION dos.ledger_verify(OUT problem text, OUT account_id int, OUT entry_id bigint, OUT detail text) RETURNS SETOF record
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    -- what a registrar may spend is its credits, less its debits, plus its limit
    SELECT 'account_out_of_balance', a.id, NULL::bigint,
           format('entries and limit say %s, slices say %s', a.credit_limit_minor + coalesce(moved.total, 0), coalesce(held.total, 0))
      FROM dos.account AS a
      LEFT JOIN (SELECT side.account_id, sum(side.amount) AS total
                   FROM dos.ledger_entry AS e
                  CROSS JOIN LATERAL (VALUES (e.debit_account_id, -e.amount_minor), (e.credit_account_id, e.amount_minor))
                        AS side (account_id, amount)
                  GROUP BY side.account_id) AS moved ON moved.account_id = a.id
      LEFT JOIN (SELECT s.account_id, sum(s.available_minor) AS total FROM dos.account_slice AS s GROUP BY s.account_id)
             AS held ON held.account_id = a.id
     WHERE a.kind = 'registrar' AND a.credit_limit_minor + coalesce(moved.total, 0) <> coalesce(held.total, 0)
    UNION ALL
    SELECT 'account_unknown', side.account_id, e.id, 'the entry names an account that does not exist'
      FROM dos.ledger_entry AS e
     CROSS JOIN LATERAL (VALUES (e.debit_account_id), (e.credit_account_id)) AS side (account_id)
     WHERE NOT EXISTS (SELECT FROM dos.account AS a WHERE a.id = side.account_id)
    UNION ALL
    SELECT 'entry_mixes_currencies', d.id, e.id, format('%s against %s', d.currency, c.currency)
      FROM dos.ledger_entry AS e
      JOIN dos.account AS d ON d.id = e.debit_account_id
      JOIN dos.account AS c ON c.id = e.credit_account_id
     WHERE d.currency <> c.currency
    UNION ALL
    -- with each entry inside one operator, the accounts of each add up to zero
    SELECT 'entry_mixes_operators', d.id, e.id, format('operator %s against %s', d.operator_id, c.operator_id)
      FROM dos.ledger_entry AS e
      JOIN dos.account AS d ON d.id = e.debit_account_id
      JOIN dos.account AS c ON c.id = e.credit_account_id
     WHERE d.operator_id <> c.operator_id
    UNION ALL
    SELECT 'reversal_differs', r.credit_account_id, r.id, format('reverses entry %s', o.id)
      FROM dos.ledger_entry AS r
      LEFT JOIN dos.ledger_entry AS o ON o.id = r.reverses_id
     WHERE r.reverses_id IS NOT NULL
       AND (o.amount_minor, o.debit_account_id, o.credit_account_id) IS DISTINCT FROM
           (r.amount_minor, r.credit_account_id, r.debit_account_id)
$$;
COMMENT ON FUNCTION dos.ledger_verify() IS
    'what is wrong with the ledger, one row each: balances against entries, currencies, operators, reversals. No row is the proof';
