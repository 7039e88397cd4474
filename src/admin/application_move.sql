-- Applications go along with a registrar's portfolio. What was paid for them stays with who paid: money that is held comes back
-- to the account that it was held in, or is charged there, as the years of a domain that moves were paid by its former registrar.

CREATE INDEX application_registrar ON dos.application (registrar_id) WHERE decided_at IS NULL;

CREATE FUNCTION dos_internal.application_moved(a dos.application, new_owner int, contacts text, svtrid text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    old_owner int := a.registrar_id;
    d         dos.domain := dos_internal.application_domain(a);
BEGIN
    d.registrar_id := new_owner;
    d.auth_hash := NULL;
    a := dos_internal.application_request(a, dos_internal.domain_contacts_follow(d, old_owner, contacts));
    UPDATE dos.application AS o SET registrar_id = new_owner, request = a.request, contact_ids = a.contact_ids, auth_hash = NULL WHERE o.id = a.id;
    PERFORM dos_internal.outbox_put('application.moved', a.name, a.id, NULL, NULL, svtrid, jsonb_build_object('launch', dos_internal.application_launch(a),
        'from', dos_internal.registrar_clid(old_owner), 'to', dos_internal.registrar_clid(new_owner)));
END $$;
COMMENT ON FUNCTION dos_internal.application_moved(dos.application, int, text, text) IS
    'write the move of an application that is not decided to another registrar: sponsor of what it asks for, contacts by policy, no authInfo; its money stays held where it is';
