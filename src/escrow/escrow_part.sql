-- Loading in parts: which there are, who takes which, and what comes before and after them.

CREATE FUNCTION dos_internal.escrow_parts_make(import bigint, size int) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO dos.escrow_part (import_id, phase, first_id, last_id)
    SELECT import, o.phase, n, n + size - 1
      FROM (SELECT 2, min(c.object_id), max(c.object_id) FROM dos.escrow_in_contact AS c WHERE c.import_id = import
            UNION ALL SELECT 3, min(h.object_id), max(h.object_id) FROM dos.escrow_in_host AS h WHERE h.import_id = import
            UNION ALL SELECT 4, min(d.object_id), max(d.object_id) FROM dos.escrow_in_domain AS d WHERE d.import_id = import) AS o (phase, least, most),
           generate_series(o.least, o.most, size) AS n
$$;
COMMENT ON FUNCTION dos_internal.escrow_parts_make(bigint, int) IS 'divide the objects of an import into parts of so many ids';

-- The next part nobody has in hand. Those of the next phase wait until all of this one are committed. A session that has loaded
-- some must not wait for another, which may in turn wait for those: it commits first.
CREATE FUNCTION dos_internal.escrow_part_take(import bigint, may_wait boolean) RETURNS dos.escrow_part
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    part dos.escrow_part;
BEGIN
    LOOP
        SELECT * INTO part FROM dos.escrow_part AS p
         WHERE p.import_id = import AND p.phase = (SELECT min(o.phase) FROM dos.escrow_part AS o WHERE o.import_id = import)
         ORDER BY p.first_id LIMIT 1 FOR UPDATE SKIP LOCKED;
        EXIT WHEN FOUND OR NOT may_wait OR NOT EXISTS (SELECT FROM dos.escrow_part AS p WHERE p.import_id = import);
        PERFORM FROM dos.escrow_part AS p WHERE p.import_id = import ORDER BY p.phase, p.first_id LIMIT 1 FOR UPDATE;
    END LOOP;
    RETURN part;
END $$;
COMMENT ON FUNCTION dos_internal.escrow_part_take(bigint, boolean) IS 'a part of an import that nobody else loads, locked; NULL: none is left, or (unless it may wait) all that are left are in hand';

CREATE FUNCTION dos_internal.escrow_part_load(i dos.escrow_import, part dos.escrow_part, act dos.act) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    done bigint;
BEGIN
    CASE part.phase
        WHEN 2 THEN
            PERFORM dos_internal.escrow_load_contacts(i, part, act);
            SELECT count(*) INTO done FROM dos.escrow_in_contact AS o WHERE o.import_id = i.id AND o.object_id BETWEEN part.first_id AND part.last_id;
        WHEN 3 THEN
            PERFORM dos_internal.escrow_load_hosts(i, part, act);
            SELECT count(*) INTO done FROM dos.escrow_in_host AS o WHERE o.import_id = i.id AND o.object_id BETWEEN part.first_id AND part.last_id;
        WHEN 4 THEN
            done := dos_internal.escrow_load_domains(i, part, act);
    END CASE;
    DELETE FROM dos.escrow_part AS p WHERE p.import_id = part.import_id AND p.phase = part.phase AND p.first_id = part.first_id;
    RETURN done;
END $$;
COMMENT ON FUNCTION dos_internal.escrow_part_load(dos.escrow_import, dos.escrow_part, dos.act) IS 'load a part that was taken; returns how many objects it had';

CREATE FUNCTION dos_internal.escrow_load_require(i dos.escrow_import, import bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF i.state IS NULL OR i.state NOT IN ('analyzed', 'loading') THEN
        PERFORM dos_internal.refuse(2304, 'escrow_not_analyzed', 'import', format('import %s cannot be loaded', import), 'Read it, and analyze it with dos.escrow_analyze().');
    ELSIF EXISTS (SELECT FROM dos.escrow_problem AS p WHERE p.import_id = import AND p.severity = 'error') THEN
        PERFORM dos_internal.refuse(2304, 'escrow_has_errors', 'import', format('import %s has errors', import), 'See dos.escrow_problem.');
    ELSIF NOT EXISTS (SELECT FROM dos.escrow_setting AS s WHERE s.zone_id = i.zone_id AND s.import_open) THEN
        PERFORM dos_internal.refuse(2304, 'escrow_zone_closed', 'zone', format('zone "%s" takes no deposits', i.zone), 'Switch it on with dos.escrow_open().');
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.escrow_load_require(dos.escrow_import, bigint) IS 'may this import be loaded? R2304';

-- What comes after all parts, by the session that finds none left.
CREATE FUNCTION dos_internal.escrow_load_end(i dos.escrow_import) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    total bigint := dos_internal.escrow_load_deletes(i);
BEGIN
    PERFORM dos_internal.escrow_roids_pass(i.id);
    PERFORM dos_internal.escrow_load_nndns(i);
    PERFORM dos.idn_reindex(i.zone) WHERE EXISTS (SELECT FROM dos.zone AS z WHERE z.id = i.zone_id AND (z.confusables OR EXISTS (SELECT FROM dos.zone_idn_table AS t WHERE t.zone_id = z.id)));
    PERFORM dos_internal.escrow_load_variants(i) WHERE EXISTS (SELECT FROM dos.escrow_in_domain AS s WHERE s.import_id = i.id AND s.original_name IS NOT NULL);
    UPDATE dos.escrow_import AS o SET state = 'loaded', loaded = o.loaded + total, finished_at = dos.now() WHERE o.id = i.id RETURNING o.* INTO i;
    PERFORM dos_internal.outbox_put('escrow.loaded', i.zone, i.id, NULL, NULL, NULL,
        jsonb_build_object('deposit', i.deposit_id, 'type', i.type, 'watermark', i.watermark, 'objects', i.loaded));
    RETURN total;
END $$;
COMMENT ON FUNCTION dos_internal.escrow_load_end(dos.escrow_import) IS 'loading: deletes, ids, reserved names, and that all of it is done';

CREATE FUNCTION dos.escrow_load(import bigint, batch int DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i     dos.escrow_import;
    part  dos.escrow_part;
    act   dos.act;
    total bigint := 0;
BEGIN
    SELECT * INTO i FROM dos.escrow_import AS o WHERE o.id = import;
    IF i.state = 'loaded' THEN
        RETURN 0;
    END IF;
    PERFORM dos_internal.escrow_load_require(i, import);
    PERFORM dos_internal.act_staff(session_user, 'import', NULL, format('deposit %s of %s', i.deposit_id, i.deposit_zone));
    act := dos_internal.act();
    IF i.state = 'analyzed' THEN
        -- one session begins; the others find it begun, and must not keep the row locked that all of them count in
        PERFORM pg_advisory_xact_lock(hashtextextended('escrow load ' || import, 0));
        SELECT * INTO i FROM dos.escrow_import AS o WHERE o.id = import;
        IF i.state = 'analyzed' THEN
            total := dos_internal.escrow_load_registrars(i);
            PERFORM dos_internal.escrow_parts_make(import, coalesce(batch, 10000));
            UPDATE dos.escrow_import AS o SET state = 'loading' WHERE o.id = import;
        END IF;
    END IF;
    WHILE batch IS NULL OR total < batch LOOP
        part := dos_internal.escrow_part_take(import, total = 0);
        EXIT WHEN part.import_id IS NULL;
        total := total + dos_internal.escrow_part_load(i, part, act);
    END LOOP;
    UPDATE dos.escrow_import AS o SET loaded = o.loaded + total WHERE o.id = import RETURNING o.* INTO i;
    IF i.state = 'loading' AND (batch IS NULL OR total < batch) AND NOT EXISTS (SELECT FROM dos.escrow_part AS p WHERE p.import_id = import) THEN
        total := total + dos_internal.escrow_load_end(i);
    END IF;
    PERFORM dos_internal.wake('dns');
    RETURN total;
END $$;
COMMENT ON FUNCTION dos.escrow_load(bigint, int) IS
    'load an analyzed deposit without errors: all of it (NULL), or about so many objects; returns how many it loaded. It goes on where it stopped, and several '
    'sessions may load at a time; 0 with state loaded is the end. R2304, R2305';

CREATE VIEW dos.escrow_import_status AS
    SELECT i.id, i.zone, i.source, i.type, i.deposit_id, i.watermark, i.state, i.staged, i.loaded,
           CASE WHEN i.state = 'loaded' THEN 100 WHEN i.state = 'loading'
                THEN round(100.0 * i.loaded / greatest((i.staged ->> 'contact')::bigint + (i.staged ->> 'host')::bigint + (i.staged ->> 'domain')::bigint, 1), 1) END AS percent,
           (SELECT count(*) FROM dos.escrow_problem AS p WHERE p.import_id = i.id AND p.severity = 'error') AS errors,
           (SELECT count(*) FROM dos.escrow_problem AS p WHERE p.import_id = i.id AND p.severity = 'warning') AS warnings, i.started_at, i.finished_at, i.error
      FROM dos.escrow_import AS i;
COMMENT ON VIEW dos.escrow_import_status IS 'how far each import is: objects read and loaded, percent, errors and warnings';
