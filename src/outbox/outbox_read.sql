-- Reading and acknowledging.
--
-- A batch is what committed between two snapshots: visible in `batch`, not in `done`. Every event is in
-- exactly one batch, however late its transaction commits, so none is lost and none is waited for: a
-- long transaction delays its own events and no others. Batches follow each other in commit order. Within
-- a batch events come in the order of their ids, which is the order of the changes of each object, because
-- a verb writes its event while it holds the object.

-- Open the next batch. True when there is one; otherwise the reader has seen all there is.
CREATE FUNCTION dos_internal.outbox_batch_open(INOUT r dos.outbox_reader, OUT opened boolean)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    present bigint := dos_internal.cluster_id();
    upto    pg_snapshot;
    first   bigint;
    last    bigint;
    next    bigint;
BEGIN
    LOOP
        -- of a cluster that is history everything is complete
        upto := CASE WHEN r.cluster = present THEN dos_internal.outbox_snapshot()
                     ELSE '9223372036854775807:9223372036854775807:'::pg_snapshot END;
        SELECT min(o.id), max(o.id) INTO first, last
          FROM (SELECT c.id, c.cluster, c.transaction FROM dos.outbox AS c
                 WHERE c.transaction = ANY (ARRAY(SELECT pg_snapshot_xip(r.done)))
                UNION ALL
                SELECT c.id, c.cluster, c.transaction FROM dos.outbox AS c
                 WHERE c.transaction >= pg_snapshot_xmax(r.done) AND c.transaction < pg_snapshot_xmax(upto)) AS o
         WHERE o.cluster = r.cluster AND pg_visible_in_snapshot(o.transaction, upto);
        opened := first IS NOT NULL;
        IF opened THEN
            r.batch := upto;
            r.batch_end := last;
            r.position := first - 1;
            r.delivered := first - 1;
            RETURN;
        END IF;
        EXIT WHEN r.cluster = present;
        SELECT o.cluster INTO next FROM dos.outbox AS o
         WHERE o.id > r.highest AND o.cluster <> r.cluster ORDER BY o.id LIMIT 1;
        r.cluster := coalesce(next, present);
        -- a registry may have come back to a cluster it was in before
        SELECT format('%1$s:%1$s:', coalesce(max(o.transaction)::text::bigint + 1, 3)) INTO r.done FROM dos.outbox AS o
         WHERE o.cluster = r.cluster AND o.id <= r.highest;
    END LOOP;
END $$;
COMMENT ON FUNCTION dos_internal.outbox_batch_open(dos.outbox_reader) IS 'the reader with its next batch open, if there is one';

CREATE FUNCTION dos_internal.outbox_batch_close(r dos.outbox_reader) RETURNS dos.outbox_reader
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    r.highest := greatest(r.highest, r.batch_end);
    r.done := r.batch;
    r.batch := NULL;
    r.batch_end := NULL;
    r.position := 0;
    r.delivered := 0;
    RETURN r;
END $$;
COMMENT ON FUNCTION dos_internal.outbox_batch_close(dos.outbox_reader) IS 'the reader after the last event of its batch was acknowledged';

CREATE FUNCTION dos_internal.outbox_reader_save(r dos.outbox_reader) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    UPDATE dos.outbox_reader AS t
       SET (cluster, done, batch, batch_end, position, delivered, highest, read_at, acknowledged_at)
         = (r.cluster, r.done, r.batch, r.batch_end, r.position, r.delivered, r.highest, r.read_at, r.acknowledged_at)
     WHERE t.name = r.name
$$;
COMMENT ON FUNCTION dos_internal.outbox_reader_save(dos.outbox_reader) IS 'store the place of a reader';

CREATE FUNCTION dos.outbox_read(reader text, max int DEFAULT 100) RETURNS SETOF dos.outbox
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    r    dos.outbox_reader := dos_internal.outbox_reader_lock(reader);
    e    dos.outbox;
    next record;
BEGIN
    LOOP
        IF r.batch IS NULL THEN
            SELECT * INTO next FROM dos_internal.outbox_batch_open(r);
            r := next.r;
            EXIT WHEN NOT next.opened;
        END IF;
        FOR e IN
            SELECT o.* FROM dos.outbox AS o
             WHERE o.id > r.position AND o.id <= r.batch_end AND o.cluster = r.cluster
               AND pg_visible_in_snapshot(o.transaction, r.batch) AND NOT pg_visible_in_snapshot(o.transaction, r.done)
             ORDER BY o.id LIMIT greatest(max, 1)
        LOOP
            r.delivered := greatest(r.delivered, e.id);
            RETURN NEXT e;
        END LOOP;
        IF FOUND THEN
            r.read_at := clock_timestamp();
            PERFORM dos_internal.outbox_reader_save(r);
            EXIT;
        END IF;
        r := dos_internal.outbox_batch_close(r);                    -- its last events were deleted
    END LOOP;
END $$;
COMMENT ON FUNCTION dos.outbox_read(text, int) IS
    'the next events of a reader, the same ones until they are acknowledged; none when it has seen all. 42704 if the reader does not exist';

CREATE FUNCTION dos.outbox_ack(reader text, id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    r dos.outbox_reader := dos_internal.outbox_reader_lock(reader);
BEGIN
    IF r.batch IS NULL OR id > r.delivered THEN
        IF id > r.highest THEN
            RAISE EXCEPTION 'event % was not handed to outbox reader "%"', id, reader USING ERRCODE = 'invalid_parameter_value';
        END IF;
        RETURN;                                                     -- said before
    END IF;
    IF id <= r.position THEN
        RETURN;
    END IF;
    r.position := id;
    r.highest := greatest(r.highest, id);
    IF id >= r.batch_end THEN
        r := dos_internal.outbox_batch_close(r);
    END IF;
    r.acknowledged_at := clock_timestamp();
    PERFORM dos_internal.outbox_reader_save(r);
END $$;
COMMENT ON FUNCTION dos.outbox_ack(text, bigint) IS
    'the reader has dealt with all events it was handed up to this one; may be said twice. 42704 reader, 22023 event not handed out';
