-- Money is an integer of minor units and a currency. The exponent says how many decimals people see.

CREATE TABLE dos.currency (
    code     text     CONSTRAINT currency_pkey PRIMARY KEY
                      CONSTRAINT currency_code_form CHECK (code ~ '^[A-Z]{3}$'),
    exponent smallint NOT NULL CONSTRAINT currency_exponent_range CHECK (exponent BETWEEN 0 AND 4),
    own      boolean  NOT NULL DEFAULT true
);
COMMENT ON TABLE dos.currency IS 'currencies a price or account may use, with the decimals of their minor unit (ISO 4217); own marks those the registry added';
SELECT pg_catalog.pg_extension_config_dump('dos.currency', 'WHERE own');

INSERT INTO dos.currency (code, exponent) VALUES
    ('AUD', 2), ('BRL', 2), ('CAD', 2), ('CHF', 2), ('CNY', 2), ('CZK', 2), ('DKK', 2), ('EUR', 2), ('GBP', 2),
    ('HKD', 2), ('INR', 2), ('ISK', 0), ('JPY', 0), ('KRW', 0), ('KWD', 3), ('MXN', 2), ('NOK', 2), ('NZD', 2),
    ('PLN', 2), ('SEK', 2), ('SGD', 2), ('TND', 3), ('UAH', 2), ('USD', 2), ('ZAR', 2);
UPDATE dos.currency SET own = false;
CREATE TRIGGER currency_shipped BEFORE INSERT OR UPDATE ON dos.currency
    FOR EACH ROW EXECUTE FUNCTION dos_internal.shipped_row('code');

CREATE FUNCTION dos.money_text(amount_minor bigint, currency text) RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    decimals int := (SELECT c.exponent FROM dos.currency AS c WHERE c.code = currency);
BEGIN
    IF decimals IS NULL THEN
        PERFORM dos_internal.refuse(2004, 'currency_unknown', 'fee:currency', format('currency "%s" is not known', currency));
    END IF;
    RETURN round(amount_minor / (10::numeric ^ decimals), decimals)::text;
END $$;
COMMENT ON FUNCTION dos.money_text(bigint, text) IS 'an amount of minor units with the decimals of its currency: (1050, EUR) is 10.50; R2004 for an unknown currency';
