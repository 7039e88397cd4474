-- What staff does with windows, what registrars read, and the message of their end.

CREATE FUNCTION dos_internal.maintenance_known(data jsonb) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    stray text;
BEGIN
    SELECT k INTO stray FROM jsonb_object_keys(data) AS k
     WHERE k <> ALL ('{name,types,systems,environment,environment_name,starts_at,ends_at,reason,detail,descriptions,tlds,connection,implementation}');
    IF FOUND THEN
        PERFORM dos_internal.refuse(2005, 'maintenance_member_unknown', 'data', format('a maintenance window has no "%s"', stray));
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.maintenance_known(jsonb) IS 'refuse members that are none; R2005';

CREATE FUNCTION dos.maintenance_create(data jsonb, reason text, staff text DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    fresh dos.maintenance;
    a     dos.audit;
BEGIN
    PERFORM dos_internal.maintenance_known(data);
    fresh := jsonb_populate_record(jsonb_populate_record(NULL::dos.maintenance, '{"types": [], "environment": "production", "reason": "planned",
        "descriptions": [], "tlds": [], "connection": false, "implementation": false, "end_told": false}'), data);
    fresh.id := nextval('dos.maintenance_id_seq');
    fresh.created_at := dos.now();
    INSERT INTO dos.maintenance SELECT fresh.*;
    a := dos_internal.audit_put('maintenance_create', 'maintenance', fresh.id::text, reason, staff, jsonb_build_object('after', to_jsonb(fresh)));
    PERFORM dos_internal.maintenance_tell(fresh, 'created', 'create', a.svtrid);
    RETURN fresh.id;
END $$;
COMMENT ON FUNCTION dos.maintenance_create(jsonb, text, text) IS
    'announce a maintenance window (RFC 9167): data has the members starts_at, ends_at and systems [{"name", "host", "impact"}], and may have name, types, environment, '
    'environment_name, reason, detail, descriptions [{"text", "lang", "type"}], tlds, connection, implementation; the reason is for the record (dos.audit); returns its id; R2003 without a reason, R2005, check constraints';
GRANT EXECUTE ON FUNCTION dos.maintenance_create(jsonb, text, text) TO dos_admin;

CREATE FUNCTION dos.maintenance_update(id bigint, data jsonb, reason text, staff text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target  dos.maintenance;
    changed dos.maintenance;
    a       dos.audit;
BEGIN
    PERFORM dos_internal.maintenance_known(data);
    SELECT * INTO target FROM dos.maintenance AS m WHERE m.id = maintenance_update.id FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM dos_internal.refuse(2303, 'maintenance_unknown', 'maint:id', format('maintenance window "%s" does not exist', id));
    END IF;
    changed := jsonb_populate_record(target, data);
    changed.updated_at := dos.now();
    changed.end_told := target.end_told AND changed.ends_at <= dos.now();
    DELETE FROM dos.maintenance AS m WHERE m.id = target.id;
    INSERT INTO dos.maintenance SELECT changed.*;
    a := dos_internal.audit_put('maintenance_update', 'maintenance', changed.id::text, reason, staff, jsonb_build_object('before', to_jsonb(target), 'after', to_jsonb(changed)));
    PERFORM dos_internal.maintenance_tell(changed, 'updated', 'update', a.svtrid);
END $$;
COMMENT ON FUNCTION dos.maintenance_update(bigint, jsonb, text, text) IS
    'change a maintenance window; data as in dos.maintenance_create, only what changes; R2303, R2003 without a reason, R2005, check constraints';
GRANT EXECUTE ON FUNCTION dos.maintenance_update(bigint, jsonb, text, text) TO dos_admin;

CREATE FUNCTION dos.maintenance_delete(id bigint, reason text, staff text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.maintenance;
    a      dos.audit;
BEGIN
    DELETE FROM dos.maintenance AS m WHERE m.id = maintenance_delete.id RETURNING * INTO target;
    IF target.id IS NULL THEN
        PERFORM dos_internal.refuse(2303, 'maintenance_unknown', 'maint:id', format('maintenance window "%s" does not exist', id));
    END IF;
    a := dos_internal.audit_put('maintenance_delete', 'maintenance', target.id::text, reason, staff, jsonb_build_object('before', to_jsonb(target)));
    IF target.ends_at > dos.now() THEN
        PERFORM dos_internal.maintenance_tell(target, 'deleted', 'delete', a.svtrid);
    END IF;
END $$;
COMMENT ON FUNCTION dos.maintenance_delete(bigint, text, text) IS 'call a maintenance window off, or forget one that is over, which nobody is told; R2303, R2003 without a reason';
GRANT EXECUTE ON FUNCTION dos.maintenance_delete(bigint, text, text) TO dos_admin;

CREATE FUNCTION dos.maintenance_info(registrar text, id text DEFAULT NULL, OUT code int, OUT data jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor  dos.registrar := dos_internal.registrar_act(registrar, 'info');
    target dos.maintenance;
BEGIN
    code := 1000;
    IF id IS NULL THEN
        data := jsonb_build_object('list', (SELECT coalesce(jsonb_agg(dos_internal.maintenance_json(m) ORDER BY m.starts_at, m.id), '[]') FROM dos.maintenance AS m));
        RETURN;
    END IF;
    SELECT * INTO target FROM dos.maintenance AS m WHERE m.id::text = maintenance_info.id;
    IF NOT FOUND THEN
        PERFORM dos_internal.refuse(2303, 'maintenance_unknown', 'maint:id', format('maintenance window "%s" does not exist', id));
    END IF;
    data := jsonb_build_object('item', dos_internal.maintenance_json(target));
END $$;
COMMENT ON FUNCTION dos.maintenance_info(text, text) IS 'one maintenance window as {"item"}, or all as {"list"} without id (RFC 9167 section 4.1.3); R2303, R2201';
GRANT EXECUTE ON FUNCTION dos.maintenance_info(text, text) TO dos_epp;

CREATE FUNCTION dos_internal.maintenance_end() RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    over dos.maintenance;
BEGIN
    FOR over IN UPDATE dos.maintenance AS m SET end_told = true WHERE NOT m.end_told AND m.ends_at <= dos.now() RETURNING m.* LOOP
        PERFORM dos_internal.maintenance_tell(over, 'ended', 'end');
    END LOOP;
    RETURN 0;
END $$;
COMMENT ON FUNCTION dos_internal.maintenance_end() IS 'job: tell registrars of windows that are over, each once';
INSERT INTO dos.job (name, lane, function, every, on_wake) VALUES ('maintenance_end', 'default', 'dos_internal.maintenance_end()', '1 minute', false);
