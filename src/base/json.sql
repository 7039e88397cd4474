-- What the extensions of a command say is JSON that the gateway has made from a grammar; whoever else calls a verb may say anything.

CREATE FUNCTION dos_internal.json_list(said jsonb, element text) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF said IS NOT NULL AND (jsonb_typeof(said) <> 'array' OR jsonb_path_exists(said, '$[*] ? (@.type() != "object")')) THEN
        PERFORM dos_internal.refuse(2005, 'extension_form', element, 'the extension is not valid', 'It is a list of objects.');
    END IF;
    RETURN said;
END $$;
COMMENT ON FUNCTION dos_internal.json_list(jsonb, text) IS 'a list of objects as it is, or NULL; R2005 for anything else';

CREATE FUNCTION dos_internal.json_digits_require(said text, pattern text, what text, element text) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF said !~ pattern THEN
        PERFORM dos_internal.refuse(2005, 'extension_form', element, 'the extension is not valid', format('"%s" is not a %s.', left(said, 40), what));
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.json_digits_require(text, text, text, text) IS 'refuse what is there and not written as a number is; R2005';

CREATE FUNCTION dos_internal.json_number(said text, element text) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM dos_internal.json_digits_require(said, '^-?[0-9]{1,18}(\.[0-9]{1,9})?$', 'number', element);
    RETURN said::numeric;
END $$;
COMMENT ON FUNCTION dos_internal.json_number(text, text) IS 'a number in decimals, or NULL; R2005 for anything else, such as NaN';

CREATE FUNCTION dos_internal.json_whole(said text, element text) RETURNS int
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM dos_internal.json_digits_require(said, '^-?[0-9]{1,9}$', 'whole number', element);
    RETURN said::int;
END $$;
COMMENT ON FUNCTION dos_internal.json_whole(text, text) IS 'a whole number of at most nine digits, or NULL; R2005 for anything else';

CREATE FUNCTION dos_internal.json_object_require(said jsonb, element text) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF jsonb_typeof(said) <> 'object' THEN
        PERFORM dos_internal.refuse(2005, 'data_form', element, 'the data are not valid', 'They are one object with members.');
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.json_object_require(jsonb, text) IS 'refuse JSON that is there and no object; R2005';
