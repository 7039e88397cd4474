-- Whom the public may ask at a registrar: points of contact for administrative and technical matters, shown by RDAP and
-- WHOIS (gTLD RDAP response profile 3.2; registry agreement, Specification 4). The point of contact for abuse is a
-- column of dos.registrar, because every domain's answer shows it.

CREATE TABLE dos.registrar_contact (
    registrar_id int  NOT NULL CONSTRAINT registrar_contact_registrar REFERENCES dos.registrar ON DELETE CASCADE,
    role         text NOT NULL CONSTRAINT registrar_contact_role_known CHECK (role IN ('administrative', 'technical')),
    name         text NOT NULL CONSTRAINT registrar_contact_name_form CHECK (length(name) BETWEEN 1 AND 255 AND name !~ '[[:cntrl:]]'),
    email        text CONSTRAINT registrar_contact_email_form CHECK (email ~ '^[^@[:space:][:cntrl:]]+@[^@[:space:][:cntrl:]]+$' AND length(email) <= 320),
    voice        text CONSTRAINT registrar_contact_voice_form CHECK (voice ~ '^\+[0-9]{1,3}\.[0-9]{1,14}$'),
    fax          text CONSTRAINT registrar_contact_fax_form CHECK (fax ~ '^\+[0-9]{1,3}\.[0-9]{1,14}$'),
    CONSTRAINT registrar_contact_pkey PRIMARY KEY (registrar_id, role, name)
);
COMMENT ON TABLE dos.registrar_contact IS
    'points of contact of a registrar for administrative and technical matters, as RDAP and WHOIS show them; telephone numbers as in EPP (RFC 5733 section 2.5)';
SELECT pg_catalog.pg_extension_config_dump('dos.registrar_contact', '');

CREATE FUNCTION dos.registrar_contact_set(registrar text, role text, name text, email text DEFAULT NULL, voice text DEFAULT NULL, fax text DEFAULT NULL)
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    r dos.registrar := dos_internal.registrar_find(registrar);
BEGIN
    IF r.id IS NULL THEN
        PERFORM dos_internal.refuse(2303, 'registrar_unknown', 'registrar', format('registrar "%s" does not exist', registrar));
    END IF;
    INSERT INTO dos.registrar_contact AS c (registrar_id, role, name, email, voice, fax) VALUES (r.id, role, name, email, voice, fax)
    ON CONFLICT ON CONSTRAINT registrar_contact_pkey DO UPDATE SET email = EXCLUDED.email, voice = EXCLUDED.voice, fax = EXCLUDED.fax;
END $$;
COMMENT ON FUNCTION dos.registrar_contact_set(text, text, text, text, text, text) IS
    'add or replace a registrar''s point of contact, role administrative or technical, known by its name; R2303, 23514 names the form that is wrong';

CREATE FUNCTION dos.registrar_contact_drop(registrar text, role text, name text) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM dos.registrar_contact AS c
     WHERE c.registrar_id = (dos_internal.registrar_find(registrar)).id AND c.role = registrar_contact_drop.role AND c.name = registrar_contact_drop.name;
    RETURN FOUND;
END $$;
COMMENT ON FUNCTION dos.registrar_contact_drop(text, text, text) IS 'take a registrar''s point of contact away; false when there was none';
