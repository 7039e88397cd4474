CREATE FUNCTION dos.host_delete(registrar text, name text, cltrid text DEFAULT NULL, svtrid text DEFAULT NULL, OUT code int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor  dos.registrar := dos_internal.registrar_act(registrar, 'delete', svtrid);                                      -- gather
    target dos.host := dos_internal.host_lock(dos.dname(name), actor);
    lock   text := dos.lifecycle_refusal('delete', target.statuses);
BEGIN
    IF lock IS NOT NULL THEN                                                                                      -- decide
        PERFORM dos_internal.refuse(2304, 'host_delete_prohibited', 'host:name', format('host "%s" cannot be deleted', name),
            format('Status "%s" is set.', lock));
    END IF;
    -- the row lock above has waited for commands that were linking it; this statement sees what they did
    IF dos_internal.host_is_linked(target.id) THEN
        PERFORM dos_internal.refuse(2305, 'host_linked', 'host:name', format('host "%s" cannot be deleted', name), 'A domain refers to it.');
    END IF;
    PERFORM dos_internal.hook_run('check', 'host', 'delete', NULL, jsonb_build_object('registrar', actor.clid, 'name', target.name))
      WHERE dos_internal.hook_exists('check', 'host', 'delete', NULL);

    DELETE FROM dos.host AS h WHERE h.id = target.id;                                                             -- apply
    PERFORM dos_internal.outbox_put('host.deleted', target.name, target.id, actor.clid, cltrid, svtrid, NULL);    -- announce
    PERFORM dos_internal.hook_run('after', 'host', 'delete', NULL, jsonb_build_object('registrar', actor.clid, 'name', target.name))
      WHERE dos_internal.hook_exists('after', 'host', 'delete', NULL);
    code := 1000;
END $$;
COMMENT ON FUNCTION dos.host_delete(text, text, text, text) IS
    'delete a host that no domain delegates to (RFC 5732 section 3.2.2); R2303, R2201, R2304, R2305';
GRANT EXECUTE ON FUNCTION dos.host_delete(text, text, text, text) TO dos_epp;
