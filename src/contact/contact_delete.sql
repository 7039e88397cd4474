CREATE FUNCTION dos.contact_delete(registrar text, id text, cltrid text DEFAULT NULL, svtrid text DEFAULT NULL, OUT code int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor  dos.registrar := dos_internal.registrar_act(registrar, 'delete', svtrid);                                      -- gather
    target dos.contact := dos_internal.contact_lock(id, actor);
    lock   text := dos.lifecycle_refusal('delete', dos_internal.contact_statuses(target));
BEGIN
    IF lock IS NOT NULL THEN                                                                                      -- decide
        PERFORM dos_internal.refuse(2304, 'contact_delete_prohibited', 'contact:id', format('contact "%s" cannot be deleted', id),
            format('Status "%s" is set.', lock));
    END IF;
    -- wait for commands that are linking it, so that the next statement sees what they did
    PERFORM FROM dos.contact AS c WHERE c.id = target.id FOR UPDATE;
    IF dos_internal.contact_is_linked(target.id) THEN
        PERFORM dos_internal.refuse(2305, 'contact_linked', 'contact:id', format('contact "%s" cannot be deleted', id),
            'Another object refers to it.');
    END IF;
    PERFORM dos_internal.hook_run('check', 'contact', 'delete', NULL, jsonb_build_object('registrar', actor.clid, 'id', id))
      WHERE dos_internal.hook_exists('check', 'contact', 'delete', NULL);

    DELETE FROM dos.contact AS c WHERE c.id = target.id;                                                          -- apply
    PERFORM dos_internal.outbox_put('contact.deleted', id, target.id, actor.clid, cltrid, svtrid, NULL);          -- announce
    PERFORM dos_internal.hook_run('after', 'contact', 'delete', NULL, jsonb_build_object('registrar', actor.clid, 'id', id))
      WHERE dos_internal.hook_exists('after', 'contact', 'delete', NULL);
    code := 1000;
END $$;
COMMENT ON FUNCTION dos.contact_delete(text, text, text, text) IS
    'delete a contact that nothing refers to (RFC 5733 section 3.2.2); R2303, R2201, R2304, R2305';
GRANT EXECUTE ON FUNCTION dos.contact_delete(text, text, text, text) TO dos_epp;
