-- How far behind each reader is.

CREATE FUNCTION dos_internal.outbox_pending(r dos.outbox_reader, OUT events bigint, OUT oldest timestamptz)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT count(*), min(o.happened_at)
      FROM (SELECT c.* FROM dos.outbox AS c
             WHERE c.cluster = r.cluster AND c.transaction = ANY (ARRAY(SELECT pg_snapshot_xip(r.done)))
            UNION ALL
            SELECT c.* FROM dos.outbox AS c
             WHERE c.cluster = r.cluster AND c.transaction >= pg_snapshot_xmax(r.done)
            UNION ALL
            SELECT c.* FROM dos.outbox AS c
             WHERE c.cluster <> r.cluster AND c.id > r.highest AND r.cluster <> dos_internal.cluster_id()) AS o
     WHERE NOT coalesce(o.cluster = r.cluster AND o.id <= r.position AND pg_visible_in_snapshot(o.transaction, r.batch), false)
$$;
COMMENT ON FUNCTION dos_internal.outbox_pending(dos.outbox_reader) IS 'committed events a reader has not acknowledged, and when the oldest happened';

CREATE VIEW dos.outbox_status AS
    SELECT r.name AS reader, p.events AS pending, p.oldest AS oldest_pending,
           coalesce(greatest(dos.now() - p.oldest, '0'), '0') AS lag, r.read_at, r.acknowledged_at
      FROM dos.outbox_reader AS r, dos_internal.outbox_pending(r) AS p;
COMMENT ON VIEW dos.outbox_status IS 'how many events each reader has still to acknowledge, how old the oldest is, and when it last came';
