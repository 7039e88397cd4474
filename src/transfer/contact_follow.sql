-- What becomes of the contacts of a domain that changes its registrar. They stay with the old one and the domain keeps
-- naming them (keep), until the new registrar's first update, which has to name others (new; dos_internal.domain_contacts_own());
-- or the new registrar gets them: those that no other domain or application names are moved, the others copied; a
-- contact that was copied before is used again, so that no stray duplicates arise.

CREATE FUNCTION dos_internal.contact_copy(source dos.contact, new_owner int) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    copy  dos.contact := source;
BEGIN
    SELECT c.id INTO copy.id FROM dos.contact AS c
     WHERE c.registrar_id = new_owner AND c.copied_from = source.id
       AND (c.int_postal, c.loc_postal, c.voice, c.voice_x, c.fax, c.fax_x, c.email, c.disclose_flag, c.disclose)
           IS NOT DISTINCT FROM (source.int_postal, source.loc_postal, source.voice, source.voice_x, source.fax, source.fax_x, source.email,
                                 source.disclose_flag, source.disclose)
     ORDER BY c.id LIMIT 1 FOR KEY SHARE;
    IF FOUND THEN
        RETURN copy.id;
    END IF;
    copy.id := nextval('dos.contact_id_seq');
    copy.handle := 'T' || copy.id || '-DOS';
    copy.roid := 'C' || copy.id || '-' || (SELECT s.roid_suffix FROM dos.contact_setting AS s);
    copy.registrar_id := new_owner;
    copy.scope := CASE source.scope WHEN 0 THEN 0 ELSE new_owner END;
    copy.creator_id := new_owner;
    copy.created_at := dos.now();
    copy.updater_id := NULL;
    copy.updated_at := NULL;
    copy.transferred_at := NULL;
    copy.transfer := NULL;
    copy.auth_hash := NULL;
    copy.statuses := '{}';
    copy.copied_from := source.id;
    copy.act := dos_internal.act();
    INSERT INTO dos.contact SELECT copy.*;
    PERFORM dos_internal.outbox_put('contact.created', copy.handle, copy.id, NULL, NULL, NULL, jsonb_build_object('copy_of', source.handle));
    RETURN copy.id;
END $$;
COMMENT ON FUNCTION dos_internal.contact_copy(dos.contact, int) IS 'the id of a registrar''s copy of a contact: one made before and still equal, or a new one';

CREATE FUNCTION dos_internal.contact_follow(contact_id bigint, d dos.domain, old_owner int, new_owner int, policy text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    c dos.contact;
BEGIN
    SELECT * INTO c FROM dos.contact AS o WHERE o.id = contact_id FOR NO KEY UPDATE;
    IF c.id IS NULL OR c.registrar_id <> old_owner THEN
        RETURN contact_id;                                  -- not his to give
    END IF;
    IF policy = 'move' AND c.scope = 0 AND (c.transfer).status IS DISTINCT FROM 'pending' AND NOT EXISTS (SELECT FROM dos.domain AS o
            WHERE (o.admin_ids || o.tech_ids || o.billing_ids || o.registrant_id) @> ARRAY[contact_id] AND o.id <> d.id)
       AND NOT EXISTS (SELECT FROM dos.application AS a WHERE a.contact_ids @> ARRAY[contact_id] AND a.decided_at IS NULL AND a.id <> d.id) THEN
        UPDATE dos.contact AS o SET registrar_id = new_owner, transferred_at = dos.now(), auth_hash = NULL WHERE o.id = contact_id;
        RETURN contact_id;
    END IF;
    RETURN dos_internal.contact_copy(c, new_owner);
END $$;
COMMENT ON FUNCTION dos_internal.contact_follow(bigint, dos.domain, int, int, text) IS 'the contact that a domain names after it changed its registrar, policy move or copy';

CREATE FUNCTION dos_internal.domain_contacts_follow(d dos.domain, old_owner int, policy text) RETURNS dos.domain
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF policy = 'keep' THEN
        RETURN d;
    END IF;
    d.registrant_id := CASE WHEN d.registrant_id IS NOT NULL THEN dos_internal.contact_follow(d.registrant_id, d, old_owner, d.registrar_id, policy) END;
    d.admin_ids := ARRAY(SELECT dos_internal.contact_follow(i, d, old_owner, d.registrar_id, policy) FROM unnest(d.admin_ids) WITH ORDINALITY AS l (i, n) ORDER BY n);
    d.tech_ids := ARRAY(SELECT dos_internal.contact_follow(i, d, old_owner, d.registrar_id, policy) FROM unnest(d.tech_ids) WITH ORDINALITY AS l (i, n) ORDER BY n);
    d.billing_ids := ARRAY(SELECT dos_internal.contact_follow(i, d, old_owner, d.registrar_id, policy) FROM unnest(d.billing_ids) WITH ORDINALITY AS l (i, n) ORDER BY n);
    RETURN d;
END $$;
COMMENT ON FUNCTION dos_internal.domain_contacts_follow(dos.domain, int, text) IS 'a domain with the contacts of its new registrar (policy keep, move or copy); the caller writes the row';

CREATE FUNCTION dos_internal.domain_contacts_apply(d dos.domain) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    UPDATE dos.domain AS o SET registrant_id = d.registrant_id, admin_ids = d.admin_ids, tech_ids = d.tech_ids, billing_ids = d.billing_ids WHERE o.id = d.id
$$;
COMMENT ON FUNCTION dos_internal.domain_contacts_apply(dos.domain) IS 'write the contacts of a domain after they followed it';
