-- Passwords of registrars: rules for new ones, and the old ones that must not come back.

CREATE TABLE dos.registrar_password_past (
    registrar_id int NOT NULL CONSTRAINT registrar_password_past_registrar REFERENCES dos.registrar ON DELETE CASCADE,
    retired_at   timestamptz NOT NULL DEFAULT dos.now(),
    hash         bytea NOT NULL
);
CREATE INDEX registrar_password_past_registrar ON dos.registrar_password_past (registrar_id, retired_at);
COMMENT ON TABLE dos.registrar_password_past IS 'hashes of passwords that registrars no longer use, as many as dos.epp_setting.password_history keeps from coming back';
SELECT pg_catalog.pg_extension_config_dump('dos.registrar_password_past', '');

-- [LOGIN-SECURITY] is a word of the protocol (RFC 8807 section 3.2), never a password.
CREATE FUNCTION dos_internal.password_objection(r dos.registrar, password text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    setting dos.epp_setting := (SELECT s FROM dos.epp_setting AS s);
BEGIN
    IF length(password) NOT BETWEEN setting.password_min AND setting.password_max THEN
        RETURN format('A new password has %s to %s characters.', setting.password_min, setting.password_max);
    ELSIF password = '[LOGIN-SECURITY]' OR position(lower(r.clid) IN lower(password)) > 0 THEN
        RETURN 'A new password does not contain the registrar''s id, and is not a word of the protocol.';
    ELSIF dos_internal.password_matches(password, r.password_hash)
          OR EXISTS (SELECT FROM (SELECT p.hash FROM dos.registrar_password_past AS p WHERE p.registrar_id = r.id
                                   ORDER BY p.retired_at DESC LIMIT setting.password_history) AS past
                      WHERE dos_internal.password_matches(password, past.hash)) THEN
        RETURN 'A new password differs from the old one and those before it.';
    END IF;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION dos_internal.password_objection(dos.registrar, text) IS 'why a registrar may not take this password, or NULL: length, words, reuse (dos.epp_setting)';

CREATE FUNCTION dos_internal.password_replace(r dos.registrar, password text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO dos.registrar_password_past (registrar_id, hash) SELECT r.id, r.password_hash WHERE r.password_hash IS NOT NULL;
    DELETE FROM dos.registrar_password_past AS p
     WHERE p.registrar_id = r.id
       AND p.ctid NOT IN (SELECT k.ctid FROM dos.registrar_password_past AS k WHERE k.registrar_id = r.id
                           ORDER BY k.retired_at DESC LIMIT (SELECT s.password_history FROM dos.epp_setting AS s));
    UPDATE dos.registrar AS o
       SET password_hash = dos_internal.password_hash(password), password_set_at = dos.now(), updated_at = dos.now()
     WHERE o.id = r.id;
END $$;
COMMENT ON FUNCTION dos_internal.password_replace(dos.registrar, text) IS 'set a registrar''s password and keep the hash of the old one as long as it must not come back';

CREATE FUNCTION dos.registrar_password(clid text, password text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.registrar := dos_internal.registrar_find(clid);
BEGIN
    IF target.id IS NULL THEN
        PERFORM dos_internal.refuse(2303, 'registrar_unknown', 'clID', format('registrar "%s" does not exist', clid));
    END IF;
    PERFORM dos_internal.password_replace(target, password);
    DELETE FROM dos.registrar_lockout AS l WHERE l.registrar_id = target.id;
END $$;
COMMENT ON FUNCTION dos.registrar_password(text, text) IS
    'set a registrar''s EPP password, whatever the rules for those that registrars choose, and lift its lock-out; R2303 if it does not exist';
