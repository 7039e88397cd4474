-- What tests have in common, in the template database of tools/regress: pgTAP (in public) and schema test.
-- Tests call them; they are not part of the extension.

CREATE SCHEMA test;

-- What a command answers: its result code and fields when it succeeds, the fields of the refusal when it does not.
CREATE FUNCTION test.outcome(command text, OUT code text, OUT reason text, OUT element text, OUT message text, OUT detail text)
LANGUAGE plpgsql AS $$
DECLARE
    answer jsonb;
BEGIN
    IF command ~* '^\s*(select|values|table|with)\M' THEN
        EXECUTE format('SELECT to_jsonb(answer) FROM (%s) AS answer LIMIT 1', command) INTO answer;
        -- SELECT f(...) gives one column that holds the row; SELECT * FROM f(...) gives the row
        IF (SELECT count(*) = 1 FROM jsonb_object_keys(answer)) THEN
            answer := (SELECT CASE jsonb_typeof(value) WHEN 'object' THEN value ELSE answer END FROM jsonb_each(answer));
        END IF;
    ELSE
        EXECUTE command;
    END IF;
    code := coalesce(answer ->> 'code', 'ok');
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, reason = CONSTRAINT_NAME, element = COLUMN_NAME,
                            message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL;
    reason := nullif(reason, '');
    element := nullif(element, '');
    detail := nullif(detail, '');
END $$;

-- A registrar that may act and pay.
CREATE FUNCTION test.registrar(clid text, deposit_minor bigint DEFAULT 100000000, currency text DEFAULT 'USD') RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
    new_id int := dos.registrar_create(clid, 'Registrar ' || clid, currency => currency);
BEGIN
    PERFORM dos.account_open(clid, currency, slices => 4);
    IF deposit_minor > 0 THEN
        PERFORM dos.account_deposit(clid, currency, deposit_minor, 'opening ' || clid);
    END IF;
    RETURN new_id;
END $$;

-- A zone with prices for everything: create 8.00, renew 8.00, transfer 8.00, restore 40.00 each.
CREATE FUNCTION test.zone(name text, VARIADIC policy text[] DEFAULT '{}') RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
    new_id int := dos.zone_create(name, ARRAY['ns1.nic.' || name || ' 192.0.2.53'], VARIADIC policy);
BEGIN
    PERFORM dos.price_set(z.name, p.command, NULL, z.currency, p.amount_minor)
       FROM (VALUES ('create', 800), ('renew', 800), ('transfer', 800), ('restore', 4000)) AS p(command, amount_minor),
            dos.zone AS z
      WHERE z.id = new_id;
    RETURN new_id;
END $$;

-- A contact with an ordinary address.
CREATE FUNCTION test.contact(registrar text, id text) RETURNS text
LANGUAGE sql AS $$
    SELECT c.id FROM dos.contact_create(registrar, id, ARRAY['Ann Example', NULL, '1 Main Street', NULL, NULL, 'Springfield', NULL, '12345', 'US'],
                                        NULL, '+1.5555550100', NULL, NULL, NULL, id || '@mail.example', 'Auth-' || id || '!1',
                                        NULL, NULL, NULL, 'TEST-contact-' || id) AS c
$$;
