CREATE FUNCTION dos.org_delete(registrar text, id text, cltrid text DEFAULT NULL, svtrid text DEFAULT NULL, OUT code int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor  dos.registrar := dos_internal.registrar_act(registrar, 'delete', svtrid);                              -- gather
    target dos.org := dos_internal.org_lock(id, actor);
BEGIN
    IF target.statuses && '{clientDeleteProhibited,serverDeleteProhibited,hold,terminated}' THEN                  -- decide
        PERFORM dos_internal.refuse(2304, 'org_delete_prohibited', 'org:id', format('organization "%s" cannot be deleted', id),
            format('Status "%s" is set.', target.statuses[1]));
    END IF;
    PERFORM FROM dos.org AS o WHERE o.id = target.id FOR UPDATE;    -- wait for commands that are linking it
    IF dos_internal.org_is_linked(target.id) THEN
        PERFORM dos_internal.refuse(2305, 'org_linked', 'org:id', format('organization "%s" cannot be deleted', id), 'Another object refers to it.');
    END IF;

    DELETE FROM dos.org AS o WHERE o.id = target.id;                                                              -- apply
    PERFORM dos_internal.outbox_put('org.deleted', target.handle, target.id, actor.clid, cltrid, svtrid, NULL);   -- announce
    code := 1000;
END $$;
COMMENT ON FUNCTION dos.org_delete(text, text, text, text) IS 'delete an organization that nothing refers to (RFC 8543 section 4.2.2); R2303, R2201, R2304, R2305';
GRANT EXECUTE ON FUNCTION dos.org_delete(text, text, text, text) TO dos_epp;
