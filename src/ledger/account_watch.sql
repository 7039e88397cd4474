-- Thresholds: a registrar is told once when what it may spend falls below, and again only after it has risen.
-- Charges do not look, for a balance is spread over slices: a job adds them up.

CREATE TABLE dos.account_low (
    account_id int CONSTRAINT account_low_pkey PRIMARY KEY CONSTRAINT account_low_account REFERENCES dos.account ON DELETE CASCADE,
    since      timestamptz NOT NULL DEFAULT dos.now()
);
COMMENT ON TABLE dos.account_low IS 'accounts below their threshold whose registrars have been told';
SELECT pg_catalog.pg_extension_config_dump('dos.account_low', '');

CREATE FUNCTION dos.account_threshold(registrar text, currency text, low_minor bigint DEFAULT NULL, low_percent int DEFAULT NULL,
                                      operator text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    account_id int := dos_internal.account_find(registrar, currency, operator);
BEGIN
    UPDATE dos.account AS a SET low_minor = account_threshold.low_minor, low_percent = account_threshold.low_percent WHERE a.id = account_id;
END $$;
COMMENT ON FUNCTION dos.account_threshold(text, text, bigint, int, text) IS
    'set the threshold of an account in minor units or as a percentage of its credit limit; neither: no messages. R2303, 23514';

CREATE FUNCTION dos.account_billing(registrar text, currency text, billing text, operator text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    account_id int := dos_internal.account_find(registrar, currency, operator);
BEGIN
    UPDATE dos.account AS a SET billing = account_billing.billing WHERE a.id = account_id;
END $$;
COMMENT ON FUNCTION dos.account_billing(text, text, text, text) IS 'make an account prepaid or postpaid; R2303, 23514';

CREATE FUNCTION dos_internal.account_threshold_of(a dos.account) RETURNS bigint
LANGUAGE sql IMMUTABLE
RETURN coalesce((a).low_minor, (a).credit_limit_minor * (a).low_percent / 100);
COMMENT ON FUNCTION dos_internal.account_threshold_of(dos.account) IS 'what must be spendable in an account before its registrar is told, or NULL';

CREATE FUNCTION dos_internal.account_watch() RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    seen record;
    told bigint := 0;
BEGIN
    FOR seen IN SELECT a.id, a.currency, r.clid, r.name, o.name AS operator, a.credit_limit_minor, a.low_percent, dos_internal.account_threshold_of(a) AS threshold, b.available_minor, l.account_id IS NOT NULL AS was_low
                  FROM dos.account AS a
                  JOIN dos.registrar AS r ON r.id = a.registrar_id
                  JOIN dos.operator AS o ON o.id = a.operator_id
                  LEFT JOIN dos.account_low AS l ON l.account_id = a.id
                 CROSS JOIN LATERAL (SELECT sum(s.available_minor)::bigint AS available_minor FROM dos.account_slice AS s WHERE s.account_id = a.id) AS b
                 WHERE a.low_minor IS NOT NULL OR a.low_percent IS NOT NULL OR l.account_id IS NOT NULL LOOP
        IF seen.was_low AND seen.available_minor >= coalesce(seen.threshold, 0) THEN
            DELETE FROM dos.account_low AS l WHERE l.account_id = seen.id;
        ELSIF NOT seen.was_low AND seen.available_minor < seen.threshold THEN
            INSERT INTO dos.account_low (account_id) VALUES (seen.id);
            PERFORM dos_internal.outbox_put('registrar.balance_low', seen.clid, seen.id, NULL, NULL, NULL,
                jsonb_build_object('notify', jsonb_build_array(seen.clid), 'operator', seen.operator, 'currency', seen.currency, 'available_minor', seen.available_minor,
                                   'threshold_minor', seen.threshold, 'credit_limit_minor', seen.credit_limit_minor,
                                   'available', dos.money_text(seen.available_minor, seen.currency), 'threshold', dos.money_text(seen.threshold, seen.currency),
                                   'data', jsonb_build_object('registrar_name', seen.name, 'currency', seen.currency,
                                       'credit_limit', dos.money_text(seen.credit_limit_minor, seen.currency),
                                       'balance', dos.money_text(seen.credit_limit_minor - seen.available_minor, seen.currency),
                                       'available', dos.money_text(seen.available_minor, seen.currency),
                                       'threshold_kind', CASE WHEN seen.low_percent IS NULL THEN 'fixed' ELSE 'percent' END,
                                       'threshold', coalesce(seen.low_percent::text, dos.money_text(seen.threshold, seen.currency)))));
            told := told + 1;
        END IF;
    END LOOP;
    RETURN told;
END $$;
COMMENT ON FUNCTION dos_internal.account_watch() IS 'job: one event and message for each account that has fallen below its threshold; returns how many';
INSERT INTO dos.job (name, lane, function, every) VALUES ('account_watch', 'default', 'dos_internal.account_watch()', '30 seconds');

-- Balance mapping (http://www.verisign.com/epp/balance-1.0, registered with IANA): the balance is what is owed.
CREATE FUNCTION dos.balance_info(registrar text, currency text DEFAULT NULL, operator text DEFAULT NULL, OUT code int, OUT account_currency text, OUT credit_limit text, OUT balance text,
                                 OUT available text, OUT threshold_kind text, OUT threshold text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor   dos.registrar := dos_internal.registrar_act(registrar, 'info');
    account dos.account;
    spend   bigint;
BEGIN
    SELECT a.* INTO account FROM dos.account AS a JOIN dos.operator AS o ON o.id = a.operator_id
     WHERE a.registrar_id = actor.id AND a.kind = 'registrar' AND a.currency = coalesce(balance_info.currency, actor.currency)
       AND (balance_info.operator IS NULL OR o.name = balance_info.operator) ORDER BY a.operator_id LIMIT 1;
    IF account.id IS NULL THEN
        PERFORM dos_internal.refuse(2303, 'account_missing', 'clID', format('registrar "%s" has no account in %s', registrar, coalesce(currency, actor.currency)));
    END IF;
    spend := (SELECT sum(s.available_minor) FROM dos.account_slice AS s WHERE s.account_id = account.id);
    code := 1000;
    account_currency := account.currency;
    credit_limit := dos.money_text(account.credit_limit_minor, account.currency);
    balance := dos.money_text(account.credit_limit_minor - spend, account.currency);
    available := dos.money_text(spend, account.currency);
    threshold_kind := CASE WHEN account.low_percent IS NOT NULL THEN 'percent' WHEN account.low_minor IS NOT NULL THEN 'fixed' END;
    threshold := coalesce(account.low_percent::text, dos.money_text(account.low_minor, account.currency));
END $$;
COMMENT ON FUNCTION dos.balance_info(text, text, text) IS
    'what the balance mapping shows (balance-1.0) of the account with an operator (NULL: the first it has one with): credit limit, balance owed (negative: money deposited), what may be spent, threshold; R2303 no account, R2201';
GRANT EXECUTE ON FUNCTION dos.balance_info(text, text, text) TO dos_epp;

-- The same account as clients of another registry system know it (https://namingo.org/epp/funds-1.0): a balance is money
-- deposited, and available credit is what is left of the credit limit alone.
CREATE FUNCTION dos.funds_info(registrar text, OUT code int, OUT balance text, OUT account_currency text, OUT available_credit text, OUT credit_limit text,
                               OUT threshold_kind text, OUT threshold text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT b.code, (-(b.balance::numeric))::text, b.account_currency, least(b.available::numeric, b.credit_limit::numeric)::text, b.credit_limit, b.threshold_kind, b.threshold
      FROM dos.balance_info(funds_info.registrar) AS b
$$;
COMMENT ON FUNCTION dos.funds_info(text) IS
    'what the funds mapping shows (funds-1.0): balance (negative: owed), credit that is left, credit limit, threshold; R2303 no account, R2201';
GRANT EXECUTE ON FUNCTION dos.funds_info(text) TO dos_epp;
