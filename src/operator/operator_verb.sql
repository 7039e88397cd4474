-- Operators come, change and go.

CREATE FUNCTION dos_internal.operator_settings(settings text[], OUT column_name text, OUT literal text) RETURNS SETOF record
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    setting text;
BEGIN
    FOREACH setting IN ARRAY settings LOOP
        column_name := split_part(setting, '=', 1);
        literal := quote_nullable(CASE WHEN column_name = 'invoice_prefix' THEN substr(setting, strpos(setting, '=') + 1)
                                       ELSE nullif(substr(setting, strpos(setting, '=') + 1), '') END);
        IF strpos(setting, '=') = 0 OR column_name NOT IN (SELECT a.attname FROM pg_attribute AS a WHERE a.attrelid = 'dos.operator'::regclass AND a.attnum > 0
                                                              AND NOT a.attisdropped AND a.attname NOT IN ('id', 'created_at', 'own')) THEN
            PERFORM dos_internal.refuse(2306, 'operator_setting_unknown', column_name, format('"%s" is not a setting of an operator', column_name));
        ELSIF column_name = 'currency' AND NOT EXISTS (SELECT FROM dos.currency AS c WHERE c.code = substr(setting, 10)) THEN
            PERFORM dos_internal.refuse(2004, 'currency_unknown', 'currency', format('currency "%s" is not known', substr(setting, 10)));
        END IF;
        RETURN NEXT;
    END LOOP;
END $$;
COMMENT ON FUNCTION dos_internal.operator_settings(text[]) IS 'settings as columns and literals; nothing behind the = is NULL; R2306, R2004 currency';

-- The role of an operator's staff is a member of dos_operator, as long as it is.
CREATE FUNCTION dos_internal.operator_role() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    was text := CASE WHEN TG_OP <> 'INSERT' THEN OLD.role END;
    is_now text := CASE WHEN TG_OP <> 'DELETE' THEN NEW.role END;
BEGIN
    -- a dump that is restored switches this setting off; roles are the cluster's
    IF was IS NOT DISTINCT FROM is_now OR NOT current_setting('check_function_bodies')::boolean THEN
        RETURN NULL;
    END IF;
    IF to_regrole(quote_ident(was)) IS NOT NULL THEN
        EXECUTE format('REVOKE dos_operator FROM %I', was);
    END IF;
    IF is_now IS NOT NULL THEN
        IF NOT EXISTS (SELECT FROM pg_roles AS r WHERE r.rolname = is_now) THEN
            PERFORM dos_internal.refuse(2303, 'operator_role_unknown', 'role', format('role "%s" does not exist', is_now));
        ELSIF is_now ~ '^(pg|dos)_' OR EXISTS (SELECT FROM pg_roles AS r WHERE r.rolname = is_now AND r.rolsuper) THEN
            PERFORM dos_internal.refuse(2306, 'operator_role_form', 'role', format('role "%s" cannot be that of an operator''s staff', is_now),
                'It is a superuser or one of the system''s.');
        END IF;
        EXECUTE format('GRANT dos_operator TO %I', is_now);
    END IF;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION dos_internal.operator_role() IS 'trigger: the role of an operator gets dos_operator, and gives it back; R2303, R2306';
CREATE TRIGGER operator_role AFTER INSERT OR UPDATE OR DELETE ON dos.operator FOR EACH ROW EXECUTE FUNCTION dos_internal.operator_role();

CREATE FUNCTION dos.operator_create(name text, VARIADIC settings text[] DEFAULT '{}') RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    new_id   int;
    columns  text := 'name';
    literals text := quote_nullable(name);
    setting  record;
BEGIN
    IF NOT EXISTS (SELECT FROM unnest(settings) AS s WHERE s LIKE 'invoice\_prefix=%') THEN
        settings := settings || ('invoice_prefix=' || left(regexp_replace(regexp_replace(upper(coalesce(name, '')), '[^A-Z0-9]', '', 'g'), '^([0-9])', 'O\1'), 10));
    END IF;
    FOR setting IN SELECT * FROM dos_internal.operator_settings(settings) LOOP
        columns := columns || format(', %I', setting.column_name);
        literals := literals || ', ' || setting.literal;
    END LOOP;
    EXECUTE format('INSERT INTO dos.operator (%s) VALUES (%s) RETURNING id', columns, literals) INTO new_id;
    RETURN new_id;
END $$;
COMMENT ON FUNCTION dos.operator_create(text, text[]) IS
    'add a registry operator with settings (''currency=EUR'', ''roid_suffix=ACME'', ''role=acme_staff''); invoices are numbered by its name unless invoice_prefix is '
    'said; returns its id. R2306 setting or role, R2303 role, 23505, 23514';

CREATE FUNCTION dos.operator_update(operator text, VARIADIC settings text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target int := dos_internal.operator_choose(coalesce(operator, ''));
    pairs  text;
BEGIN
    SELECT string_agg(format('%I = %s', s.column_name, s.literal), ', ') INTO pairs FROM dos_internal.operator_settings(settings) AS s;
    IF pairs IS NOT NULL THEN
        EXECUTE format('UPDATE dos.operator SET %s WHERE id = $1', pairs) USING target;
    END IF;
END $$;
COMMENT ON FUNCTION dos.operator_update(text, text[]) IS
    'change settings of an operator, its name too (''name=acme-two''); nothing behind the = takes a setting away. R2303, R2306, 23505, 23514';

CREATE FUNCTION dos.operator_delete(operator text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target int := dos_internal.operator_choose(coalesce(operator, ''));
    used   text;
BEGIN
    IF target = 1 THEN
        PERFORM dos_internal.refuse(2304, 'operator_shipped', 'operator', 'the first operator cannot be deleted', 'Give it another name.');
    END IF;
    DELETE FROM dos.operator AS o WHERE o.id = target;
EXCEPTION WHEN foreign_key_violation THEN
    GET STACKED DIAGNOSTICS used = TABLE_NAME;
    PERFORM dos_internal.refuse(2305, 'operator_in_use', 'operator', format('operator "%s" is in use', operator), format('It has rows in dos.%s.', used));
END $$;
COMMENT ON FUNCTION dos.operator_delete(text) IS 'take an operator out that has no zone, no account and no tax rule. R2303, R2305, R2304 the first one';
