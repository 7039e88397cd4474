-- Login: who it is, whether it may come in, and what it should know about its own security (RFC 8807).

-- What makes TLS weak is taste that ages: rows.
CREATE TABLE dos.epp_tls_advice (
    kind    text NOT NULL CONSTRAINT epp_tls_advice_kind_known CHECK (kind IN ('tlsProtocol', 'cipher')),
    pattern text NOT NULL,
    level   text NOT NULL DEFAULT 'warning' CONSTRAINT epp_tls_advice_level_known CHECK (level IN ('warning', 'error')),
    message text NOT NULL,
    own     boolean NOT NULL DEFAULT true,
    CONSTRAINT epp_tls_advice_pkey PRIMARY KEY (pattern)
);
COMMENT ON TABLE dos.epp_tls_advice IS
    'TLS versions and cipher suites (regular expressions on OpenSSL''s names) that a login answer warns of; own marks rows of this registry';
SELECT pg_catalog.pg_extension_config_dump('dos.epp_tls_advice', 'WHERE own');
INSERT INTO dos.epp_tls_advice (kind, pattern, level, message, own) VALUES
    ('tlsProtocol', '^(SSLv3|TLSv1|TLSv1\.1)$', 'error', 'Insecure TLS protocol negotiated', false),
    ('cipher', '^(?!TLS_)(?!ECDHE-)(?!DHE-)', 'warning', 'Cipher without forward secrecy negotiated', false),
    ('cipher', 'CBC|RC4|3DES|DES-|NULL|MD5|EXP|-SHA$', 'error', 'Insecure cipher negotiated', false);
CREATE TRIGGER epp_tls_advice_shipped BEFORE INSERT OR UPDATE ON dos.epp_tls_advice
    FOR EACH ROW EXECUTE FUNCTION dos_internal.shipped_row('pattern');

CREATE TABLE dos.registrar_login (
    registrar_id int CONSTRAINT registrar_login_pkey PRIMARY KEY CONSTRAINT registrar_login_registrar REFERENCES dos.registrar ON DELETE CASCADE,
    last_at      timestamptz NOT NULL,
    address      inet,
    user_agent   jsonb,
    tls          text,
    cipher       text
);
COMMENT ON TABLE dos.registrar_login IS 'the last good login of each registrar: when, from where, with what software and TLS';
SELECT pg_catalog.pg_extension_config_dump('dos.registrar_login', '');

-- Everything that speaks against it. To the outside all of it is one 2200, after the same time.
CREATE FUNCTION dos_internal.login_objections(r dos.registrar, password text, certificate text, address inet, connection jsonb) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    setting        dos.epp_setting := (SELECT s FROM dos.epp_setting AS s);
    password_right boolean := dos_internal.password_matches(password, r.password_hash);
    pin            dos.registrar_certificate;
    found          text[];
BEGIN
    SELECT * INTO pin FROM dos.registrar_certificate AS c WHERE c.registrar_id = r.id AND c.fingerprint = certificate;
    SELECT coalesce(array_agg(o.word ORDER BY o.n), '{}') INTO found
      FROM (VALUES
        (1, 'registrar_unknown', r.id IS NULL),
        (2, 'password_wrong', NOT password_right),
        (3, 'registrar_state_prohibits', NOT dos.registrar_state_allows(r.state, 'login')),
        (4, 'registrar_ote_only', r.ote AND NOT setting.ote),
        (5, 'address_not_allowed', r.login_addresses <> '{}' AND (address <<= ANY (r.login_addresses)) IS NOT TRUE),
        (6, 'certificate_missing', setting.certificate_required AND certificate IS NULL),
        (7, 'certificate_unknown', setting.certificate_required AND certificate IS NOT NULL AND pin.registrar_id IS NULL),
        (8, 'certificate_not_valid_now', setting.certificate_required AND NOT pin.valid @> dos.now()),
        (9, 'certificate_key_weak', setting.certificate_required
            AND (connection ->> 'bits')::int < CASE connection ->> 'key' WHEN 'RSA' THEN setting.certificate_rsa_min WHEN 'EC' THEN setting.certificate_ec_min END),
        (10, 'certificate_life_long', setting.certificate_required
            AND (connection ->> 'not_before')::timestamptz + setting.certificate_life_max < (connection ->> 'not_after')::timestamptz)
        ) AS o (n, word, holds)
     WHERE o.holds;
    RETURN found;
END $$;
COMMENT ON FUNCTION dos_internal.login_objections(dos.registrar, text, text, inet, jsonb) IS
    'reasons not to let somebody in, none if it may come in; takes the same time for a registrar that does not exist';

CREATE FUNCTION dos.registrar_login_explain(clid text, password text, certificate text DEFAULT NULL, address inet DEFAULT NULL, connection jsonb DEFAULT NULL)
RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT dos_internal.login_objections(r, password, certificate, address, connection)
        || CASE WHEN EXISTS (SELECT FROM dos.registrar_lockout AS l WHERE l.registrar_id = r.id AND l.locked_until > dos.now())
                THEN ARRAY['registrar_locked_out'] ELSE '{}' END
        || CASE WHEN EXISTS (SELECT FROM dos.epp_address_lockout AS a WHERE a.address = dos_internal.lockout_network(registrar_login_explain.address) AND a.locked_until > dos.now())
                THEN ARRAY['address_locked_out'] ELSE '{}' END
      FROM (SELECT (dos_internal.registrar_find(clid)).*) AS r
$$;
COMMENT ON FUNCTION dos.registrar_login_explain(text, text, text, inet, jsonb) IS
    'for staff: why a login with these would fail, all reasons; empty if it would not. What a registrar last failed for is in dos.registrar_lockout.reasons';

-- The first thing that cannot be served is refused, before anybody is looked at.
CREATE FUNCTION dos_internal.login_services_require(registrar_id int, language text, object_uris text[], extension_uris text[]) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    odd text;
BEGIN
    IF lower(language) <> ALL ((SELECT lower(s.languages::text) FROM dos.epp_setting AS s)::text[]) THEN       -- RFC 5646 section 2.1.1: case says nothing
        PERFORM dos_internal.refuse(2102, 'login_language', 'lang', format('language "%s" is not available', language));
    END IF;
    SELECT u INTO odd FROM unnest(object_uris) AS u WHERE NOT dos_internal.epp_service_available(u, 'object', registrar_id) LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2307, 'login_object_service', 'objURI', 'object service is not available', format('"%s" is not in the greeting.', odd));
    END IF;
    SELECT u INTO odd FROM unnest(extension_uris) AS u WHERE NOT dos_internal.epp_service_available(u, 'extension', registrar_id) LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2103, 'login_extension', 'extURI', 'extension is not available', format('"%s" is not in the greeting.', odd));
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.login_services_require(int, text, text[], text[]) IS 'language and services of a login are available to the registrar: R2102, R2307, R2103';

-- The password that is meant (RFC 8807 section 3.2).
CREATE FUNCTION dos_internal.login_password(plain text, secure jsonb, key text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF plain = '[LOGIN-SECURITY]' AND secure ->> key IS NULL THEN
        PERFORM dos_internal.refuse(2003, 'login_security_password_missing', key, format('element "loginSec:%s" is missing', key),
            format('"[LOGIN-SECURITY]" says that the password is in "loginSec:%s".', key));
    ELSIF secure ->> key IS NOT NULL AND plain IS DISTINCT FROM '[LOGIN-SECURITY]' THEN
        PERFORM dos_internal.refuse(2001, 'login_security_password_unannounced', 'loginSec:' || key, format('element "loginSec:%s" is not expected', key),
            format('It takes the place of "%s" only if that is "[LOGIN-SECURITY]".', key));
    END IF;
    RETURN coalesce(secure ->> key, plain);
END $$;
COMMENT ON FUNCTION dos_internal.login_password(text, jsonb, text) IS 'pw or newPW of a login, from the extension if the element says so: R2003, R2001 (RFC 8807 section 3.2)';

-- Events for the login answer: flat, seven to each: type, name, level, exDate, value, duration, text.
CREATE FUNCTION dos_internal.login_events(r dos.registrar, certificate text, connection jsonb, objection text) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    setting  dos.epp_setting := (SELECT s FROM dos.epp_setting AS s);
    stale_at timestamptz := coalesce(r.password_set_at, r.created_at) + setting.password_life;
    cert_end timestamptz := (SELECT least(upper(c.valid), (connection ->> 'not_after')::timestamptz) FROM dos.registrar_certificate AS c
                              WHERE c.registrar_id = r.id AND c.fingerprint = certificate);
    lockout  dos.registrar_lockout := (SELECT l FROM dos.registrar_lockout AS l WHERE l.registrar_id = r.id);
    failed   int := lockout.failures + lockout.rounds * setting.failures_max;
    last_at  timestamptz := (SELECT g.last_at FROM dos.registrar_login AS g WHERE g.registrar_id = r.id);
    events   text[] := '{}';
    advice   dos.epp_tls_advice;
BEGIN
    IF stale_at - setting.password_warning <= dos.now() THEN
        events := events || ARRAY['password', NULL, CASE WHEN stale_at <= dos.now() THEN 'error' ELSE 'warning' END, stale_at::text, NULL, NULL,
                                  CASE WHEN stale_at <= dos.now() THEN 'Password has expired' ELSE 'Password expires soon' END];
    END IF;
    IF cert_end - setting.certificate_warning <= dos.now() THEN
        events := events || ARRAY['certificate', NULL, 'warning', cert_end::text, NULL, NULL, 'Client certificate expires soon'];
    END IF;
    FOR advice IN SELECT * FROM dos.epp_tls_advice AS a WHERE CASE a.kind WHEN 'cipher' THEN connection ->> 'cipher' ELSE connection ->> 'tls' END ~ a.pattern
                   ORDER BY a.kind, a.pattern LOOP
        events := events || ARRAY[advice.kind, NULL, advice.level, NULL, CASE advice.kind WHEN 'cipher' THEN connection ->> 'cipher' ELSE connection ->> 'tls' END, NULL, advice.message];
    END LOOP;
    IF objection IS NOT NULL THEN
        events := events || ARRAY['newPW', NULL, 'error', NULL, NULL, NULL, objection];
    END IF;
    IF failed >= setting.failures_warning THEN
        events := events || ARRAY['stat', 'failedLogins', 'warning', NULL, failed::text, 'PT' || ceil(extract(epoch FROM dos.now() - coalesce(last_at, r.created_at))) || 'S',
                                  'Failed logins since the last good one'];
    END IF;
    RETURN events;
END $$;
COMMENT ON FUNCTION dos_internal.login_events(dos.registrar, text, jsonb, text) IS 'what a registrar should know about the security of its logins (RFC 8807 section 3.1)';

CREATE FUNCTION dos.epp_login(registrar text, password text, new_password text DEFAULT NULL, certificate text DEFAULT NULL,
                              address inet DEFAULT NULL, language text DEFAULT 'en', object_uris text[] DEFAULT '{}',
                              extension_uris text[] DEFAULT '{}', cltrid text DEFAULT NULL, svtrid text DEFAULT NULL,
                              secure jsonb DEFAULT NULL, connection jsonb DEFAULT NULL,
                              OUT code int, OUT clid text, OUT session_id bigint, OUT accepts text[], OUT events text[], OUT element text, OUT detail text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    caller     dos.registrar := dos_internal.registrar_find(registrar);
    pw         text := dos_internal.login_password(password, secure, 'pw');
    new_pw     text := dos_internal.login_password(new_password, secure, 'newPW');
    stale_at   timestamptz;
    objection  text;
    objections text[];
BEGIN
    PERFORM dos_internal.act_named(svtrid);
    PERFORM dos_internal.login_services_require(caller.id, language, object_uris, coalesce(extension_uris, '{}'));
    -- from here on nothing is raised: what was counted must be kept
    IF EXISTS (SELECT FROM dos.registrar_lockout AS l WHERE l.registrar_id = caller.id AND l.locked_until > dos.now())
       OR EXISTS (SELECT FROM dos.epp_address_lockout AS a WHERE a.address = dos_internal.lockout_network(epp_login.address) AND a.locked_until > dos.now()) THEN
        code := 2501;
        RETURN;
    END IF;
    objections := dos_internal.login_objections(caller, pw, certificate, address, connection);
    IF objections <> '{}' THEN
        -- who does not have the registrar's certificate cannot lock it out, only himself
        PERFORM dos_internal.lockout_count(CASE WHEN objections && '{certificate_missing,certificate_unknown}' THEN NULL ELSE caller END,
                                           address, objections, cltrid, svtrid);
        code := 2200;
        RETURN;
    END IF;
    clid := caller.clid;
    stale_at := coalesce(caller.password_set_at, caller.created_at) + (SELECT s.password_life FROM dos.epp_setting AS s);
    objection := CASE WHEN new_pw IS NOT NULL THEN dos_internal.password_objection(caller, new_pw) END;
    events := dos_internal.login_events(caller, certificate, connection, objection);
    IF objection IS NOT NULL OR (new_pw IS NULL AND stale_at <= dos.now()) THEN
        code := CASE WHEN objection IS NULL THEN 2200 ELSE 2306 END;
        element := CASE WHEN objection IS NULL THEN 'pw' ELSE 'newPW' END;
        detail := coalesce(objection, 'The password has expired; the login must carry a new one.');
        RETURN;
    END IF;
    IF connection ? 'gateway' THEN
        session_id := dos_internal.epp_session_start(caller, address, language, object_uris || coalesce(extension_uris, '{}'), certificate, secure, connection);
        IF session_id IS NULL THEN
            code := 2502;
            RETURN;
        END IF;
    END IF;
    IF new_pw IS NOT NULL THEN
        PERFORM dos_internal.password_replace(caller, new_pw);
        PERFORM dos_internal.outbox_put('registrar.password_changed', caller.clid, caller.id, caller.clid, cltrid, svtrid, NULL);
    END IF;
    DELETE FROM dos.registrar_lockout AS l WHERE l.registrar_id = caller.id;
    INSERT INTO dos.registrar_login AS g (registrar_id, last_at, address, user_agent, tls, cipher)
    VALUES (caller.id, dos.now(), address, nullif(secure - '{pw,newPW}'::text[], '{}'), connection ->> 'tls', connection ->> 'cipher')
    ON CONFLICT ON CONSTRAINT registrar_login_pkey DO UPDATE
       SET last_at = excluded.last_at, address = excluded.address, user_agent = excluded.user_agent, tls = excluded.tls, cipher = excluded.cipher;
    IF caller.lenient THEN
        accepts := ARRAY(SELECT e.uri FROM dos.epp_service AS e WHERE dos_internal.epp_service_available(e.uri, e.kind, caller.id) ORDER BY e.uri);
    END IF;
    code := 1000;
END $$;
COMMENT ON FUNCTION dos.epp_login(text, text, text, text, inet, text, text[], text[], text, text, jsonb, jsonb) IS
    'log a registrar in (RFC 5730 section 2.9.1.1, RFC 8807). code is 1000, 2200 (whatever did not fit), 2306 (new password), 2501 (locked out) or 2502 '
    '(no place left): answers, not errors, so that failures are counted; errors R2001, R2003, R2102, R2103, R2307. secure: pw, newPW, app, tech, os of the '
    'extension; connection: gateway, incarnation, tls, cipher, and of the certificate key, bits, not_before, not_after; without a gateway no session is recorded';
GRANT EXECUTE ON FUNCTION dos.epp_login(text, text, text, text, inet, text, text[], text[], text, text, jsonb, jsonb) TO dos_epp;
