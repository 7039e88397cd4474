-- Statements: every entry of a registrar's account with the balance after it.

CREATE FUNCTION dos_internal.account_changes(account_id int, since timestamptz, until timestamptz, OUT entry dos.ledger_entry, OUT change_minor bigint) RETURNS SETOF record
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT e, -e.amount_minor FROM dos.ledger_entry AS e
     WHERE e.debit_account_id = account_changes.account_id AND e.made_at >= since AND e.made_at < until
    UNION ALL
    SELECT e, e.amount_minor FROM dos.ledger_entry AS e
     WHERE e.credit_account_id = account_changes.account_id AND e.kind IN ('refund', 'release', 'deposit', 'correction', 'writeoff')
       AND e.made_at >= since AND e.made_at < until
$$;
COMMENT ON FUNCTION dos_internal.account_changes(int, timestamptz, timestamptz) IS 'the entries of a registrar''s account in a time, and what each does to it';

CREATE FUNCTION dos.statement(registrar text, currency text, since timestamptz DEFAULT '-infinity', until timestamptz DEFAULT 'infinity', operator text DEFAULT NULL,
                              OUT made_at timestamptz, OUT entry_id bigint, OUT kind text, OUT object_name text, OUT years int, OUT amount text, OUT balance text,
                              OUT amount_minor bigint, OUT balance_minor bigint, OUT reverses_id bigint, OUT svtrid text, OUT reference text) RETURNS SETOF record
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    account int := dos_internal.account_find(registrar, currency, operator);
BEGIN
    amount_minor := 0;
    balance_minor := (SELECT coalesce(sum(c.change_minor), 0) FROM dos_internal.account_changes(account, '-infinity', since) AS c);
    IF since > '-infinity' THEN
        made_at := since;
        kind := 'opening';
        amount := dos.money_text(0, currency);
        balance := dos.money_text(balance_minor, currency);
        RETURN NEXT;
    END IF;
    RETURN QUERY
        SELECT (l.entry).made_at, (l.entry).id, (l.entry).kind, (l.entry).object_name, (l.entry).years, dos.money_text(l.change_minor, currency),
               dos.money_text(l.after, currency), l.change_minor, l.after, (l.entry).reverses_id, (l.entry).svtrid, (l.entry).reference
          FROM (SELECT c.entry, c.change_minor,
                       (statement.balance_minor + sum(c.change_minor) OVER (ORDER BY (c.entry).made_at, (c.entry).id))::bigint AS after
                  FROM dos_internal.account_changes(account, since, until) AS c) AS l
         ORDER BY (l.entry).made_at, (l.entry).id;
END $$;
COMMENT ON FUNCTION dos.statement(text, text, timestamptz, timestamptz, text) IS
    'the entries of a registrar''s account with an operator from an instant to before another, each with the balance after it, an opening line first; the last balance is the '
    'account''s at that instant. As CSV: COPY (SELECT * FROM dos.statement(...)) TO STDOUT CSV HEADER. R2303';
