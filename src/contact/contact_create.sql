CREATE TYPE dos.contact_created AS (code int, id text, created_at timestamptz, extension jsonb);
COMMENT ON TYPE dos.contact_created IS 'what dos.contact_create() returns';

CREATE FUNCTION dos.contact_create(registrar text, id text, int_postal text[], loc_postal text[] DEFAULT NULL, voice text DEFAULT NULL,
                                   voice_x text DEFAULT NULL, fax text DEFAULT NULL, fax_x text DEFAULT NULL, email text DEFAULT NULL,
                                   auth text DEFAULT NULL, disclose_flag boolean DEFAULT NULL, disclose text[] DEFAULT NULL,
                                   cltrid text DEFAULT NULL, svtrid text DEFAULT NULL, extensions jsonb DEFAULT NULL)
RETURNS dos.contact_created
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor dos.registrar := dos_internal.registrar_act(registrar, 'create', svtrid);                                       -- gather
    fresh dos.contact;
BEGIN
    IF NOT dos_internal.contact_handle_valid(id) THEN                                                             -- decide
        PERFORM dos_internal.refuse(2005, 'contact_handle_form', 'contact:id', 'contact id is not valid', 'An id has 3 to 16 characters.');
    END IF;
    fresh.scope := CASE (SELECT s.handles FROM dos.contact_setting AS s) WHEN 'registrar' THEN actor.id ELSE 0 END;
    PERFORM pg_advisory_xact_lock(hashtextextended('contact ' || id, fresh.scope));
    IF EXISTS (SELECT FROM dos.contact AS c WHERE c.handle = contact_create.id AND c.scope IN (0, actor.id)) THEN
        PERFORM dos_internal.refuse(2302, 'contact_handle_taken', 'contact:id', format('contact "%s" exists', id));
    END IF;
    fresh.id := nextval('dos.contact_id_seq');
    fresh.handle := id;
    fresh.roid := 'C' || fresh.id || '-' || (SELECT s.roid_suffix FROM dos.contact_setting AS s);
    fresh.registrar_id := actor.id;
    fresh.creator_id := actor.id;
    fresh.created_at := dos.now();
    fresh.statuses := '{}';
    fresh.act := dos_internal.act();
    fresh.int_postal := dos_internal.postal_of(int_postal);
    fresh.loc_postal := dos_internal.postal_of(loc_postal);
    fresh.voice := nullif(voice, '');
    fresh.voice_x := nullif(voice_x, '');
    fresh.fax := nullif(fax, '');
    fresh.fax_x := nullif(fax_x, '');
    fresh.email := email;
    fresh.auth_hash := dos_internal.authinfo_hash(nullif(auth, ''));
    fresh.disclose_flag := disclose_flag;
    fresh.disclose := dos_internal.contact_disclosed(disclose);
    IF extensions ? 'addl_email' THEN
        fresh := dos_internal.contact_extend(fresh, extensions);
    END IF;
    IF extensions ? 'org' THEN
        SELECT o.ids, o.roles INTO fresh.org_ids, fresh.org_roles FROM dos_internal.orgs_change(NULL, NULL, extensions -> 'org', actor) AS o;
    END IF;
    PERFORM dos_internal.contact_require(fresh);
    PERFORM dos_internal.hook_run('check', 'contact', 'create', NULL, jsonb_build_object('registrar', actor.clid, 'id', id, 'email', email))
      WHERE dos_internal.hook_exists('check', 'contact', 'create', NULL);

    INSERT INTO dos.contact SELECT fresh.*;                                                                       -- apply
    PERFORM dos_internal.outbox_put('contact.created', id, fresh.id, actor.clid, cltrid, svtrid, NULL);           -- announce
    PERFORM dos_internal.hook_run('after', 'contact', 'create', NULL, jsonb_build_object('registrar', actor.clid, 'id', id))
      WHERE dos_internal.hook_exists('after', 'contact', 'create', NULL);
    RETURN (1000, id, fresh.created_at, NULL::jsonb);
END $$;
COMMENT ON FUNCTION dos.contact_create(text, text, text[], text[], text, text, text, text, text, text, boolean, text[], text, text, jsonb) IS
    'create a contact (RFC 5733 section 3.2.1); postal forms as text[9]: name, org, street1-3, city, sp, pc, cc. R2302, R2003, R2005, R2306';
GRANT EXECUTE ON FUNCTION dos.contact_create(text, text, text[], text[], text, text, text, text, text, text, boolean, text[], text, text, jsonb) TO dos_epp;
