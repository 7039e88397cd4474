-- Readers of the outbox and the place of each.

CREATE TABLE dos.outbox_reader (
    name            text CONSTRAINT outbox_reader_pkey PRIMARY KEY
                         CONSTRAINT outbox_reader_name_form CHECK (name ~ '^[a-z][a-z0-9_.-]{0,62}$'),
    cluster         bigint NOT NULL,
    done            pg_snapshot NOT NULL,
    batch           pg_snapshot,
    batch_end       bigint,
    position        bigint NOT NULL DEFAULT 0,
    delivered       bigint NOT NULL DEFAULT 0,
    highest         bigint NOT NULL DEFAULT 0,
    read_at         timestamptz,
    acknowledged_at timestamptz,
    CONSTRAINT outbox_reader_batch_whole CHECK ((batch IS NULL) = (batch_end IS NULL))
);
COMMENT ON TABLE dos.outbox_reader IS 'who reads the outbox, and how far each one is';
COMMENT ON COLUMN dos.outbox_reader.cluster IS 'the cluster whose events it is reading; done and batch count in its transactions';
COMMENT ON COLUMN dos.outbox_reader.done IS 'events of the cluster that this snapshot sees are done';
COMMENT ON COLUMN dos.outbox_reader.batch IS 'the open batch: events that this snapshot sees and done does not, in the order of their ids';
COMMENT ON COLUMN dos.outbox_reader.position IS 'events of the open batch up to this id are acknowledged';
COMMENT ON COLUMN dos.outbox_reader.delivered IS 'events of the open batch up to this id were handed out';
COMMENT ON COLUMN dos.outbox_reader.highest IS 'no event up to this id in a later cluster; a repeated acknowledgement up to it is harmless';
SELECT pg_catalog.pg_extension_config_dump('dos.outbox_reader', '');

-- A transaction's own number is missing from its snapshot's list of running ones. What it still writes
-- would count as done.
CREATE FUNCTION dos_internal.outbox_snapshot() RETURNS pg_snapshot
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    seen pg_snapshot := pg_current_snapshot();
    own  xid8 := pg_current_xact_id_if_assigned();
BEGIN
    IF own IS NULL OR NOT pg_visible_in_snapshot(own, seen) THEN
        RETURN seen;
    END IF;
    RETURN (SELECT format('%s:%s:%s', least(own, pg_snapshot_xmin(seen)), pg_snapshot_xmax(seen), string_agg(x.id::text, ',' ORDER BY x.id))
              FROM (SELECT own AS id UNION SELECT pg_snapshot_xip(seen)) AS x)::pg_snapshot;
END $$;
COMMENT ON FUNCTION dos_internal.outbox_snapshot() IS 'the current snapshot, with this transaction among those still running';

CREATE FUNCTION dos.outbox_reader_create(name text, from_start boolean DEFAULT false) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    seen pg_snapshot := dos_internal.outbox_snapshot();
BEGIN
    IF from_start THEN
        INSERT INTO dos.outbox_reader (name, cluster, done)
        VALUES (name, coalesce((SELECT o.cluster FROM dos.outbox AS o ORDER BY o.id LIMIT 1), dos_internal.cluster_id()), '3:3:');
    ELSE
        INSERT INTO dos.outbox_reader (name, cluster, done, highest)
        VALUES (name, dos_internal.cluster_id(), seen, coalesce((SELECT max(o.id) FROM dos.outbox AS o), 0));
    END IF;
END $$;
COMMENT ON FUNCTION dos.outbox_reader_create(text, boolean) IS
    'add a reader that gets what commits from now on, or everything kept. In a REPEATABLE READ transaction "now" is its snapshot: '
    'copy tables there and miss nothing after. 23505 when the name is taken';

CREATE FUNCTION dos.outbox_reader_drop(name text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM dos.outbox_reader AS r WHERE r.name = outbox_reader_drop.name;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'outbox reader "%" does not exist', name USING ERRCODE = 'undefined_object';
    END IF;
END $$;
COMMENT ON FUNCTION dos.outbox_reader_drop(text) IS 'remove a reader; 42704 if it does not exist';

CREATE FUNCTION dos_internal.outbox_reader_lock(name text) RETURNS dos.outbox_reader
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    r dos.outbox_reader;
BEGIN
    SELECT * INTO r FROM dos.outbox_reader AS o WHERE o.name = outbox_reader_lock.name FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'outbox reader "%" does not exist', name
            USING ERRCODE = 'undefined_object', HINT = 'Add it with dos.outbox_reader_create(name).';
    END IF;
    RETURN r;
END $$;
COMMENT ON FUNCTION dos_internal.outbox_reader_lock(text) IS 'a reader, held until the end of the transaction; 42704 if it does not exist';
