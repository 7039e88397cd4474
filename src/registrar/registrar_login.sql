-- EPP sessions: what the greeting offers and who may log in.

CREATE TABLE dos.epp_service (
    uri     text CONSTRAINT epp_service_pkey PRIMARY KEY,
    kind    text NOT NULL CONSTRAINT epp_service_kind_known CHECK (kind IN ('object', 'extension')),
    enabled boolean NOT NULL DEFAULT true,
    own     boolean NOT NULL DEFAULT true
);
COMMENT ON TABLE dos.epp_service IS 'namespace URIs of the EPP greeting; own marks those that this registry added';
SELECT pg_catalog.pg_extension_config_dump('dos.epp_service', 'WHERE own');

INSERT INTO dos.epp_service (uri, kind) VALUES
    ('urn:ietf:params:xml:ns:domain-1.0', 'object'),
    ('urn:ietf:params:xml:ns:host-1.0', 'object'),
    ('urn:ietf:params:xml:ns:contact-1.0', 'object'),
    ('urn:ietf:params:xml:ns:secDNS-1.1', 'extension'),
    ('urn:ietf:params:xml:ns:rgp-1.0', 'extension'),
    ('urn:ietf:params:xml:ns:epp:unhandled-namespaces-1.0', 'extension'),
    ('urn:ietf:params:xml:ns:epp:secure-authinfo-transfer-1.0', 'extension');
UPDATE dos.epp_service SET own = false;
CREATE TRIGGER epp_service_shipped BEFORE INSERT OR UPDATE ON dos.epp_service
    FOR EACH ROW EXECUTE FUNCTION dos_internal.shipped_row('uri');

-- One row of settings of the EPP server.
CREATE TABLE dos.epp_setting (
    one                  boolean CONSTRAINT epp_setting_pkey PRIMARY KEY DEFAULT true CONSTRAINT epp_setting_one CHECK (one),
    server_id            text   NOT NULL DEFAULT 'DOS EPP server' CONSTRAINT epp_setting_server_id_range CHECK (length(server_id) BETWEEN 3 AND 64),
    languages            text[] NOT NULL DEFAULT '{en}' CONSTRAINT epp_setting_languages_present CHECK (cardinality(languages) > 0),
    dcp                  text   NOT NULL DEFAULT '<access><all/></access><statement><purpose><admin/><prov/></purpose>'
                                '<recipient><ours/><public/></recipient><retention><stated/></retention></statement>',
    certificate_required boolean NOT NULL DEFAULT true,
    failures_max         int    NOT NULL DEFAULT 10 CONSTRAINT epp_setting_failures_range CHECK (failures_max BETWEEN 1 AND 1000),
    lock_for             interval NOT NULL DEFAULT '10 minutes' CONSTRAINT epp_setting_lock_range CHECK (lock_for >= '0'),
    own                  boolean NOT NULL DEFAULT true
);
COMMENT ON TABLE dos.epp_setting IS 'settings of the EPP server: greeting, whether a client certificate is demanded, lock-out after failed logins';
SELECT pg_catalog.pg_extension_config_dump('dos.epp_setting', 'WHERE own');
INSERT INTO dos.epp_setting (own) VALUES (false);
CREATE TRIGGER epp_setting_shipped BEFORE INSERT OR UPDATE ON dos.epp_setting
    FOR EACH ROW EXECUTE FUNCTION dos_internal.shipped_row('one');

CREATE FUNCTION dos.epp_greeting(OUT server_id text, OUT languages text[], OUT object_uris text[], OUT extension_uris text[], OUT dcp text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT s.server_id, s.languages,
           ARRAY(SELECT e.uri FROM dos.epp_service AS e WHERE e.enabled AND e.kind = 'object' ORDER BY e.uri),
           ARRAY(SELECT e.uri FROM dos.epp_service AS e WHERE e.enabled AND e.kind = 'extension' ORDER BY e.uri), s.dcp
      FROM dos.epp_setting AS s
$$;
COMMENT ON FUNCTION dos.epp_greeting() IS 'what the EPP greeting says: server id, languages, object and extension URIs, data collection policy (RFC 5730 section 2.4)';
GRANT EXECUTE ON FUNCTION dos.epp_greeting() TO dos_epp;

-- Is this who it says it is? Every reason not to be is the same to the outside.
CREATE FUNCTION dos_internal.registrar_authentic(r dos.registrar, password text, certificate text, address inet) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    password_right boolean := dos_internal.password_matches(password, r.password_hash);
BEGIN
    RETURN password_right
       AND dos.registrar_state_allows(r.state, 'login')
       AND (r.login_addresses = '{}' OR address <<= ANY (r.login_addresses))
       AND (NOT (SELECT s.certificate_required FROM dos.epp_setting AS s)
            OR EXISTS (SELECT FROM dos.registrar_certificate AS c
                        WHERE c.registrar_id = r.id AND c.fingerprint = certificate AND c.valid @> dos.now()));
END $$;
COMMENT ON FUNCTION dos_internal.registrar_authentic(dos.registrar, text, text, inet) IS
    'password, state, address and client certificate all fit; takes the same time for a registrar that does not exist';

CREATE FUNCTION dos.epp_login(registrar text, password text, new_password text DEFAULT NULL, certificate text DEFAULT NULL,
                              address inet DEFAULT NULL, language text DEFAULT 'en', object_uris text[] DEFAULT '{}',
                              extension_uris text[] DEFAULT '{}', cltrid text DEFAULT NULL, svtrid text DEFAULT NULL,
                              OUT code int, OUT clid text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    setting dos.epp_setting := (SELECT s FROM dos.epp_setting AS s);
    caller  dos.registrar := dos_internal.registrar_find(registrar);
    lockout dos.registrar_lockout := (SELECT l FROM dos.registrar_lockout AS l WHERE l.registrar_id = caller.id);
    odd     text;
BEGIN
    IF language <> ALL (setting.languages) THEN
        PERFORM dos_internal.refuse(2102, 'login_language', 'lang', format('language "%s" is not available', language));
    END IF;
    SELECT u INTO odd FROM unnest(object_uris) AS u
     WHERE NOT EXISTS (SELECT FROM dos.epp_service AS e WHERE e.uri = u AND e.kind = 'object' AND e.enabled) LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2307, 'login_object_service', 'objURI', 'object service is not available', format('"%s" is not in the greeting.', odd));
    END IF;
    SELECT u INTO odd FROM unnest(extension_uris) AS u
     WHERE NOT EXISTS (SELECT FROM dos.epp_service AS e WHERE e.uri = u AND e.kind = 'extension' AND e.enabled) LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2103, 'login_extension', 'extURI', 'extension is not available', format('"%s" is not in the greeting.', odd));
    END IF;

    IF lockout.locked_until > dos.now() THEN
        code := 2501;
        RETURN;
    END IF;
    IF dos_internal.registrar_authentic(caller, password, certificate, address) IS NOT TRUE THEN
        -- no error is raised: the count of failures must be kept
        INSERT INTO dos.registrar_lockout AS l (registrar_id, failures, locked_until)
        SELECT caller.id, CASE WHEN setting.failures_max > 1 THEN 1 ELSE 0 END, CASE WHEN setting.failures_max = 1 THEN dos.now() + setting.lock_for END
         WHERE caller.id IS NOT NULL
        ON CONFLICT ON CONSTRAINT registrar_lockout_pkey DO UPDATE
           SET failures = CASE WHEN l.failures + 1 >= setting.failures_max THEN 0 ELSE l.failures + 1 END,
               locked_until = CASE WHEN l.failures + 1 >= setting.failures_max THEN dos.now() + setting.lock_for END;
        code := 2200;
        RETURN;
    END IF;
    IF new_password IS NOT NULL THEN
        IF length(new_password) < 8 OR new_password = password THEN
            PERFORM dos_internal.refuse(2306, 'login_new_password_weak', 'newPW', 'the new password is not acceptable',
                'A new password has at least 8 characters and differs from the old one.');
        END IF;
        UPDATE dos.registrar AS r SET password_hash = dos_internal.password_hash(new_password), updated_at = dos.now() WHERE r.id = caller.id;
        PERFORM dos_internal.outbox_put('registrar.password_changed', caller.clid, caller.id, caller.clid, cltrid, svtrid, NULL);
    END IF;
    IF lockout.registrar_id IS NOT NULL THEN
        DELETE FROM dos.registrar_lockout AS l WHERE l.registrar_id = caller.id;
    END IF;
    code := 1000;
    clid := caller.clid;
END $$;
COMMENT ON FUNCTION dos.epp_login(text, text, text, text, inet, text, text[], text[], text, text) IS
    'log a registrar in (RFC 5730 section 2.9.1.1). code is 1000, 2200 (whatever did not fit) or 2501 (locked out): those two are answers, '
    'not errors, so that failures are counted; errors R2102, R2307, R2103, R2306';
GRANT EXECUTE ON FUNCTION dos.epp_login(text, text, text, text, inet, text, text[], text[], text, text) TO dos_epp;
