-- Issuing: one account, a whole month, a credit note.

CREATE FUNCTION dos_internal.invoice_prefix(seller dos.operator) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN CASE (seller).invoice_prefix WHEN '' THEN '' ELSE (seller).invoice_prefix || '-' END;
COMMENT ON FUNCTION dos_internal.invoice_prefix(dos.operator) IS 'what the numbers of an operator''s invoices begin with, before C and the year';

CREATE FUNCTION dos_internal.invoice_issue(account dos.account, month date) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    who     dos.registrar;
    about   dos.invoice_customer;
    rule    dos.tax_rule;
    given   dos.invoice;
    seller  dos.operator;
    ends_at timestamptz := (month + interval '1 month')::timestamp AT TIME ZONE 'UTC';
    sum     bigint;
BEGIN
    SELECT sum(o.amount_minor) INTO sum FROM dos_internal.invoice_open(account.id, ends_at) AS o;
    IF sum IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT o.* INTO seller FROM dos.operator AS o WHERE o.id = account.operator_id;
    SELECT r.* INTO who FROM dos.registrar AS r WHERE r.id = account.registrar_id;
    SELECT c.* INTO about FROM dos.invoice_customer AS c WHERE c.registrar_id = who.id;
    given.country := coalesce(about.country, upper(who.postal[9]));
    rule := dos_internal.tax_rule_of(given.country, about.tax_id, month, account.operator_id);
    IF given.country IS NULL OR rule.id IS NULL THEN
        PERFORM dos_internal.refuse(2306, 'tax_rule_missing', 'country', format('registrar "%s" cannot be invoiced', who.clid),
            format('There is no tax rule for country %s%s.', coalesce(given.country, 'unknown'), CASE WHEN about.tax_id IS NULL THEN ' without a tax number' ELSE '' END));
    END IF;
    given.tax_minor := dos_internal.tax_of(sum, rule.rate, rule.included);
    given.net_minor := CASE WHEN rule.included THEN sum - given.tax_minor ELSE sum END;
    given.number := dos_internal.invoice_number(dos_internal.invoice_prefix(seller) || to_char(month, 'YYYY-'));
    INSERT INTO dos.invoice (number, account_id, operator, seller, seller_address, seller_tax_id, registrar, name, address, country, tax_id, currency, period, billing, net_minor, tax_minor, total_minor,
                             tax_rule_id, tax_rate, tax_included, reverse_charge, tax_note)
    VALUES (given.number, account.id, seller.name, seller.legal_name, array_to_string(seller.postal, E'\n'), seller.tax_id, who.clid, who.name, coalesce(about.address, array_to_string(who.postal, E'\n')), given.country, about.tax_id, account.currency,
            daterange(month, (month + interval '1 month')::date), account.billing, given.net_minor, given.tax_minor, given.net_minor + given.tax_minor,
            rule.id, rule.rate, rule.included, rule.reverse_charge, rule.note);
    INSERT INTO dos.invoice_line (number, entry_id, amount_minor)
    SELECT given.number, o.entry_id, o.amount_minor FROM dos_internal.invoice_open(account.id, ends_at) AS o;
    PERFORM dos_internal.outbox_put('invoice.issued', given.number, NULL, NULL, NULL, NULL, jsonb_build_object('notify', jsonb_build_array(who.clid),
        'operator', seller.name, 'currency', account.currency, 'total_minor', given.net_minor + given.tax_minor, 'total', dos.money_text(given.net_minor + given.tax_minor, account.currency)));
    RETURN given.number;
END $$;
COMMENT ON FUNCTION dos_internal.invoice_issue(dos.account, date) IS 'issue an account''s invoice up to the end of a month; NULL when there is nothing to invoice; R2306 without tax rule';

CREATE FUNCTION dos.invoice_run(month date, operator text DEFAULT NULL, OUT registrar text, OUT currency text, OUT number text, OUT net text, OUT tax text, OUT total text) RETURNS SETOF record
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    account dos.account;
    issued  int := 0;
    given   dos.invoice;
    seller  int := dos_internal.operator_choose(operator);
BEGIN
    month := date_trunc('month', month)::date;
    LOCK TABLE dos.invoice_month IN EXCLUSIVE MODE;
    IF EXISTS (SELECT FROM dos.invoice_month AS m WHERE m.month = invoice_run.month AND m.operator_id = seller) THEN
        PERFORM dos_internal.refuse(2304, 'invoice_month_closed', 'month', format('month %s is closed', to_char(month, 'YYYY-MM')));
    ELSIF (month + interval '1 month')::timestamp AT TIME ZONE 'UTC' > dos.now() THEN
        PERFORM dos_internal.refuse(2306, 'invoice_month_open', 'month', format('month %s is not over', to_char(month, 'YYYY-MM')));
    END IF;
    FOR account IN SELECT a.* FROM dos.account AS a WHERE a.kind = 'registrar' AND a.operator_id = seller ORDER BY a.id LOOP
        number := dos_internal.invoice_issue(account, month);
        CONTINUE WHEN number IS NULL;
        SELECT i.* INTO given FROM dos.invoice AS i WHERE i.number = invoice_run.number;
        issued := issued + 1;
        registrar := given.registrar;
        currency := given.currency;
        net := dos.money_text(given.net_minor, given.currency);
        tax := dos.money_text(given.tax_minor, given.currency);
        total := dos.money_text(given.total_minor, given.currency);
        RETURN NEXT;
    END LOOP;
    INSERT INTO dos.invoice_month (month, operator_id, invoices) VALUES (invoice_run.month, seller, issued);
END $$;
COMMENT ON FUNCTION dos.invoice_run(date, text) IS
    'invoice everything that an operator charged up to the end of a month (UTC), one invoice for each account, and close the month; all or none. '
    'What is written later comes with the next month. R2304 closed, R2306 not over or no tax rule, R2303 operator, R2201';

CREATE FUNCTION dos.invoice_credit(number text, reason text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    original dos.invoice;
    seller   dos.operator;
    note     text;
BEGIN
    SELECT i.* INTO original FROM dos.invoice AS i WHERE i.number = invoice_credit.number;
    IF original.number IS NULL THEN
        PERFORM dos_internal.refuse(2303, 'invoice_unknown', 'number', format('invoice "%s" does not exist', number));
    END IF;
    SELECT o.* INTO seller FROM dos.operator AS o JOIN dos.account AS a ON a.operator_id = o.id WHERE a.id = original.account_id;
    PERFORM dos_internal.operator_require(seller.id, 'number', format('invoice "%s"', number));
    IF original.kind = 'credit_note' THEN
        PERFORM dos_internal.refuse(2304, 'invoice_is_credit_note', 'number', format('"%s" is a credit note', number));
    ELSIF coalesce(btrim(reason), '') = '' THEN
        PERFORM dos_internal.refuse(2003, 'invoice_reason_missing', 'reason', 'a credit note needs a reason');
    END IF;
    note := dos_internal.invoice_number(dos_internal.invoice_prefix(seller) || 'C' || to_char(dos.now() AT TIME ZONE 'UTC', 'YYYY-'));
    INSERT INTO dos.invoice (number, kind, credits, account_id, operator, seller, seller_address, seller_tax_id, registrar, name, address, country, tax_id, currency, period, billing, net_minor, tax_minor, total_minor,
                             tax_rule_id, tax_rate, tax_included, reverse_charge, tax_note, reason)
    VALUES (note, 'credit_note', original.number, original.account_id, original.operator, original.seller, original.seller_address, original.seller_tax_id, original.registrar, original.name, original.address, original.country, original.tax_id,
            original.currency, original.period, original.billing, -original.net_minor, -original.tax_minor, -original.total_minor, original.tax_rule_id,
            original.tax_rate, original.tax_included, original.reverse_charge, original.tax_note, reason);
    INSERT INTO dos.invoice_line (number, entry_id, amount_minor) SELECT note, l.entry_id, -l.amount_minor FROM dos.invoice_line AS l WHERE l.number = original.number;
    PERFORM dos_internal.outbox_put('invoice.credited', note, NULL, NULL, NULL, NULL, jsonb_build_object('notify', jsonb_build_array(original.registrar),
        'credits', original.number, 'currency', original.currency, 'total_minor', -original.total_minor));
    RETURN note;
END $$;
COMMENT ON FUNCTION dos.invoice_credit(text, text) IS
    'take a whole invoice back by a credit note with its reason; once (23505 invoice_credited_once). The money itself moves by dos.ledger_propose(). R2303, R2304, R2003';

CREATE VIEW dos.invoice_detail AS
    SELECT i.number, i.kind, i.registrar, i.currency, e.id AS entry_id, e.made_at, e.kind AS item, e.object_name, e.years, l.amount_minor,
           dos.money_text(l.amount_minor, i.currency) AS amount, e.svtrid, e.pricing -> 'lines' AS lines
      FROM dos.invoice_line AS l
      JOIN dos.invoice AS i ON i.number = l.number
      JOIN dos.ledger_entry AS e ON e.id = l.entry_id;
COMMENT ON VIEW dos.invoice_detail IS 'the lines of invoices with what was bought; they add up to the net sum, or to the total where prices contain the tax';
