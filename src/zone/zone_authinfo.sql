-- How good authorization information must be (RFC 9154, section 4.1): policy of a zone.

CREATE FUNCTION dos_internal.authinfo_require(zone dos.zone, auth text) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF length(auth) < zone.auth_length_min
       OR (auth ~ '[a-z]')::int + (auth ~ '[A-Z]')::int + (auth ~ '[0-9]')::int + (auth ~ '[^a-zA-Z0-9]')::int < zone.auth_classes_min THEN
        PERFORM dos_internal.refuse(2306, 'domain_auth_weak', 'domain:pw', 'the authorization information is too weak',
            format('It has at least %s characters, of %s of the kinds: small letters, capitals, digits, others.', zone.auth_length_min, zone.auth_classes_min));
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.authinfo_require(dos.zone, text) IS 'R2306 for authorization information that is weaker than the zone wants (RFC 9154 section 4.1)';
