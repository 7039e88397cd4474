-- Does what somebody says open this domain? Stored are a salted hash and until when it is good (RFC 9154).

CREATE FUNCTION dos_internal.domain_auth_opens(d dos.domain, auth text, auth_roid text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN coalesce(auth_roid, d.roid) = d.roid THEN
               dos_internal.authinfo_matches(auth, d.auth_hash) AND coalesce(d.auth_until > dos.now(), true)
           ELSE         -- RFC 5731 section 3.2.4: the ROID of the registrant, where the zone lets its secret count
               EXISTS (SELECT FROM dos.contact AS c
                        WHERE c.id = d.registrant_id AND c.roid = auth_roid AND (dos_internal.zone_get(d.zone_id)).auth_registrant
                          AND auth <> '' AND dos_internal.authinfo_matches(auth, c.auth_hash))
           END
$$;
COMMENT ON FUNCTION dos_internal.domain_auth_opens(dos.domain, text, text) IS
    'whether this is the authorization information of the domain and has not grown too old (zone.auth_life), or that of its registrant, named by ROID, where the zone lets it count (zone.auth_registrant)';
