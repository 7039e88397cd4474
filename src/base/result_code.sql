-- The EPP result codes (RFC 5730 section 3), from result_codes.txt.

CREATE TABLE dos.result_code (
    code    int  CONSTRAINT result_code_pkey PRIMARY KEY,
    name    text NOT NULL CONSTRAINT result_code_name_unique UNIQUE,
    message text NOT NULL
);
COMMENT ON TABLE dos.result_code IS 'EPP result codes and their standard text (RFC 5730 section 3)';

\ir build/result_code_rows.sql

-- The one way PL/pgSQL refuses a command; the fields are those of docs/architecture.md, "Errors".
CREATE FUNCTION dos_internal.refuse(code int, reason text, element text, message text, detail text DEFAULT NULL)
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '%', message
        USING ERRCODE = 'R' || code, CONSTRAINT = reason, COLUMN = coalesce(element, ''),
              DETAIL = coalesce(detail, upper(left(message, 1)) || substr(message, 2) || '.');
END $$;
COMMENT ON FUNCTION dos_internal.refuse(int, text, text, text, text) IS
    'refuse the running command with an EPP code, a stable reason name, the element at fault and an explanation';
