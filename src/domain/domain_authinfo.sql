-- Does what somebody says open this domain? Stored are a salted hash and until when it is good (RFC 9154).

CREATE FUNCTION dos_internal.domain_auth_opens(d dos.domain, auth text, auth_roid text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT dos_internal.authinfo_matches(auth, d.auth_hash) AND coalesce(auth_roid, d.roid) = d.roid AND coalesce(d.auth_until > dos.now(), true)
$$;
COMMENT ON FUNCTION dos_internal.domain_auth_opens(dos.domain, text, text) IS
    'whether this is the authorization information of the domain, for its ROID, and has not grown too old (zone.auth_life)';
