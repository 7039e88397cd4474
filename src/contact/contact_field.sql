-- Field checks of contacts: the schema's lengths for callers from SQL, and the registry's rules.

CREATE FUNCTION dos_internal.contact_email_valid(email text) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_contact_email_valid';
COMMENT ON FUNCTION dos_internal.contact_email_valid(text) IS 'RFC 5322 addr-spec with a fully qualified domain; UTF-8 allowed (RFC 6531)';

CREATE FUNCTION dos_internal.contact_e164_valid(number text) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_contact_e164_valid';
COMMENT ON FUNCTION dos_internal.contact_e164_valid(text) IS 'E.164 number as "+cc.number" (RFC 5733 section 2.5)';

CREATE FUNCTION dos_internal.postal_require(form text, postal dos.postal) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    field record;
BEGIN
    FOR field IN SELECT * FROM (VALUES
        ('name', postal.name, 1, 255), ('org', postal.org, 0, 255), ('street', postal.street1, 0, 255),
        ('street', postal.street2, 0, 255), ('street', postal.street3, 0, 255), ('city', postal.city, 1, 255),
        ('sp', postal.sp, 0, 255), ('pc', postal.pc, 0, 16), ('cc', postal.cc, 2, 2)) AS f (element, value, shortest, longest)
    LOOP
        IF coalesce(length(field.value), 0) < field.shortest THEN
            PERFORM dos_internal.refuse(2003, 'contact_postal_incomplete', 'contact:' || field.element, 'postal information is incomplete',
                format('Element "%s" of form "%s" is required.', field.element, form));
        ELSIF length(field.value) > field.longest THEN
            PERFORM dos_internal.refuse(2005, 'contact_postal_too_long', 'contact:' || field.element, 'postal information is too long',
                format('Element "%s" has at most %s characters.', field.element, field.longest));
        ELSIF field.value ~ '[\u0001-\u001f\u007f-\u009f\u2028\u2029]' THEN     -- U+0085 and the last two end a line, too: one of WHOIS
            PERFORM dos_internal.refuse(2005, 'contact_postal_control', 'contact:' || field.element, 'postal information has control characters');
        ELSIF form = 'int' AND field.value ~ '[^\x20-\x7e]' THEN
            PERFORM dos_internal.refuse(2005, 'contact_postal_not_ascii', 'contact:' || field.element,
                'internationalized postal information is not ASCII', format('Element "%s" of form "int" has other characters.', field.element));
        END IF;
    END LOOP;
    IF NOT EXISTS (SELECT FROM dos.country AS c WHERE c.code = postal.cc) THEN
        PERFORM dos_internal.refuse(2306, 'contact_country_unknown', 'contact:cc', format('country "%s" is not known', postal.cc),
            'The country is a code of ISO 3166-1 alpha-2 in upper case.');
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.postal_require(text, dos.postal) IS 'refuse postal information that RFC 5733 section 2.3 or the country list does not allow (2003, 2005, 2306)';

CREATE FUNCTION dos_internal.contact_handle_valid(handle text) RETURNS boolean
LANGUAGE sql IMMUTABLE
RETURN coalesce(length(handle) BETWEEN 3 AND 16 AND handle !~ '[\x01-\x1f\x7f]|^ | $|  ', false);
COMMENT ON FUNCTION dos_internal.contact_handle_valid(text) IS 'is this an id a contact may have: a token of 3 to 16 characters (RFC 5730 clIDType)';

-- The registry's own data set: what it wants beside what RFC 5733 wants, and what it does not take.
CREATE FUNCTION dos_internal.contact_data_set_require(c dos.contact) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    setting dos.contact_setting;
    has_int boolean := c.int_postal IS DISTINCT FROM NULL;
    has_loc boolean := c.loc_postal IS DISTINCT FROM NULL;
    field   record;
BEGIN
    SELECT * INTO setting FROM dos.contact_setting;
    IF (setting.postal IN ('int', 'both') AND NOT has_int) OR (setting.postal IN ('loc', 'both') AND NOT has_loc) OR (setting.postal = 'one' AND has_int AND has_loc)
       OR (setting.postal = 'int' AND has_loc) OR (setting.postal = 'loc' AND has_int) THEN
        PERFORM dos_internal.refuse(2306, 'contact_postal_forms', 'contact:postalInfo', 'these forms of postal information are not allowed',
            CASE setting.postal WHEN 'both' THEN 'A contact has both forms, int and loc.' WHEN 'one' THEN 'A contact has one form, int or loc.'
                 ELSE format('A contact has form "%s" only.', setting.postal) END);
    END IF;
    IF setting.required_fields = '{}' AND setting.forbidden_fields = '{}' THEN
        RETURN;
    END IF;
    FOR field IN SELECT f.* FROM (VALUES
        ('org', coalesce(NOT has_int OR (c.int_postal).org IS NOT NULL, false) AND coalesce(NOT has_loc OR (c.loc_postal).org IS NOT NULL, false), coalesce((c.int_postal).org, (c.loc_postal).org)),
        ('street', (NOT has_int OR (c.int_postal).street1 IS NOT NULL) AND (NOT has_loc OR (c.loc_postal).street1 IS NOT NULL), coalesce((c.int_postal).street1, (c.loc_postal).street1)),
        ('sp', (NOT has_int OR (c.int_postal).sp IS NOT NULL) AND (NOT has_loc OR (c.loc_postal).sp IS NOT NULL), coalesce((c.int_postal).sp, (c.loc_postal).sp)),
        ('pc', (NOT has_int OR (c.int_postal).pc IS NOT NULL) AND (NOT has_loc OR (c.loc_postal).pc IS NOT NULL), coalesce((c.int_postal).pc, (c.loc_postal).pc)),
        ('voice', c.voice IS NOT NULL, c.voice), ('fax', c.fax IS NOT NULL, c.fax), ('auth', c.auth_hash IS NOT NULL, NULL)) AS f (name, everywhere, present)
    LOOP
        IF field.name = ANY (setting.required_fields) AND NOT field.everywhere THEN
            PERFORM dos_internal.refuse(2306, 'contact_field_required', 'contact:' || CASE field.name WHEN 'auth' THEN 'authInfo' ELSE field.name END,
                format('element "%s" is required', field.name), 'Contacts of this registry have one.');
        ELSIF field.name = ANY (setting.forbidden_fields) AND field.present IS NOT NULL THEN
            PERFORM dos_internal.refuse(2306, 'contact_field_forbidden', 'contact:' || field.name, format('element "%s" is not allowed', field.name),
                'Contacts of this registry have none.');
        END IF;
    END LOOP;
END $$;
COMMENT ON FUNCTION dos_internal.contact_data_set_require(dos.contact) IS 'refuse a contact that does not fit the registry''s data set, dos.contact_setting (R2306)';

-- Both verbs that write a contact end here, so no path can skip a field.
CREATE FUNCTION dos_internal.contact_require(c dos.contact) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF c.int_postal IS NOT DISTINCT FROM NULL AND c.loc_postal IS NOT DISTINCT FROM NULL THEN
        PERFORM dos_internal.refuse(2003, 'contact_postal_missing', 'contact:postalInfo', 'a contact has postal information');
    END IF;
    IF c.int_postal IS DISTINCT FROM NULL THEN
        PERFORM dos_internal.postal_require('int', c.int_postal);
    END IF;
    IF c.loc_postal IS DISTINCT FROM NULL THEN
        PERFORM dos_internal.postal_require('loc', c.loc_postal);
    END IF;
    IF coalesce(c.email, '') = '' THEN
        PERFORM dos_internal.refuse(2003, 'contact_email_missing', 'contact:email', 'a contact has an e-mail address');
    ELSIF NOT dos_internal.contact_email_valid(c.email) THEN
        PERFORM dos_internal.refuse(2005, 'contact_email_invalid', 'contact:email', 'e-mail address is not valid');
    END IF;
    IF NOT dos_internal.contact_e164_valid(c.voice) THEN
        PERFORM dos_internal.refuse(2005, 'contact_voice_invalid', 'contact:voice', 'voice number is not valid', 'A number is written +1.7035555555.');
    END IF;
    IF NOT dos_internal.contact_e164_valid(c.fax) THEN
        PERFORM dos_internal.refuse(2005, 'contact_fax_invalid', 'contact:fax', 'fax number is not valid', 'A number is written +1.7035555555.');
    END IF;
    PERFORM dos_internal.contact_data_set_require(c);
END $$;
COMMENT ON FUNCTION dos_internal.contact_require(dos.contact) IS 'refuse a contact whose fields are not valid (RFC 5733 section 2)';

-- A second address; an empty one takes it away (RFC 9873 section 5.2).
CREATE FUNCTION dos_internal.contact_extend(c dos.contact, extensions jsonb) RETURNS dos.contact
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    address text := nullif(extensions -> 'addl_email' ->> 'email', '');
BEGIN
    IF NOT dos_internal.contact_email_valid(address) THEN
        PERFORM dos_internal.refuse(2005, 'contact_email_invalid', 'addlEmail:email', 'e-mail address is not valid');
    END IF;
    c.addl_email := address;
    c.addl_email_primary := CASE WHEN address IS NOT NULL THEN coalesce((extensions -> 'addl_email' ->> 'primary')::boolean, false) END;
    RETURN c;
END $$;
COMMENT ON FUNCTION dos_internal.contact_extend(dos.contact, jsonb) IS 'a contact after what the extensions of a create or update say: addlEmail (RFC 9873); R2005';

CREATE FUNCTION dos_internal.postal_of(fields text[]) RETURNS dos.postal
LANGUAGE sql IMMUTABLE
RETURN CASE WHEN fields IS NULL THEN NULL ELSE
    ROW(nullif(fields[1], ''), nullif(fields[2], ''), nullif(fields[3], ''), nullif(fields[4], ''), nullif(fields[5], ''),
        nullif(fields[6], ''), nullif(fields[7], ''), nullif(fields[8], ''), nullif(fields[9], ''))::dos.postal END;
COMMENT ON FUNCTION dos_internal.postal_of(text[]) IS 'nine fields (name, org, street1-3, city, sp, pc, cc) as dos.postal; empty is NULL';

CREATE FUNCTION dos_internal.postal_fields(postal dos.postal) RETURNS text[]
LANGUAGE sql IMMUTABLE
RETURN CASE WHEN postal IS NOT DISTINCT FROM NULL THEN NULL ELSE
    ARRAY[(postal).name, (postal).org, (postal).street1, (postal).street2, (postal).street3, (postal).city, (postal).sp, (postal).pc, (postal).cc] END;
COMMENT ON FUNCTION dos_internal.postal_fields(dos.postal) IS 'the reverse of postal_of()';

-- The address changes as a whole, name and organization one by one; '' empties (RFC 5733 section 3.2.5).
CREATE FUNCTION dos_internal.postal_change(postal dos.postal, fields text[]) RETURNS dos.postal
LANGUAGE sql IMMUTABLE
RETURN CASE WHEN fields IS NULL THEN postal ELSE
    dos_internal.postal_of(ARRAY[coalesce(fields[1], (postal).name), coalesce(fields[2], (postal).org)]
        || CASE WHEN fields[9] IS NULL
                THEN ARRAY[(postal).street1, (postal).street2, (postal).street3, (postal).city, (postal).sp, (postal).pc, (postal).cc]
                ELSE fields[3:9] END) END;
COMMENT ON FUNCTION dos_internal.postal_change(dos.postal, text[]) IS 'postal information after the change of an update: NULL keeps, '''' empties, the address changes as a whole';

CREATE FUNCTION dos_internal.contact_disclosed(fields text[]) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT fields <@ '{name:int,name:loc,org:int,org:loc,addr:int,addr:loc,voice,fax,email}' THEN
        PERFORM dos_internal.refuse(2005, 'contact_disclose_known', 'contact:disclose', 'fields to be disclosed are not valid');
    END IF;
    RETURN coalesce(fields, '{}');
END $$;
COMMENT ON FUNCTION dos_internal.contact_disclosed(text[]) IS 'fields that a contact names for disclosure (RFC 5733 section 2.9), none for NULL; R2005';
