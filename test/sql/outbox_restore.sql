-- A dump restored into another cluster: transaction numbers start again, readers stay where they were.
-- We play the other cluster by giving events and readers of this one another identity and numbers far ahead.

CREATE FUNCTION test.put(VARIADIC names text[]) RETURNS void LANGUAGE sql AS
    $$ SELECT dos_internal.outbox_put('test.happened', n, NULL, NULL, NULL, NULL) FROM unnest(names) AS n $$;
CREATE FUNCTION test.read(reader text, max int DEFAULT 100) RETURNS text LANGUAGE sql AS
    $$ SELECT string_agg(object_name, ' ') FROM dos.outbox_read(reader, max) $$;
CREATE FUNCTION test.ack(reader text, name text) RETURNS void LANGUAGE sql AS
    $$ SELECT dos.outbox_ack(reader, o.id) FROM dos.outbox AS o WHERE o.object_name = name $$;
-- one more restore elsewhere: what was written here happened in a cluster of that number
CREATE FUNCTION test.snapshot_ahead(s pg_snapshot, by bigint) RETURNS pg_snapshot LANGUAGE sql STRICT AS $$
    SELECT format('%s:%s:%s', pg_snapshot_xmin(s)::text::bigint + by, pg_snapshot_xmax(s)::text::bigint + by,
                  coalesce((SELECT string_agg((x::text::bigint + by)::text, ',') FROM pg_snapshot_xip(s) AS x), ''))::pg_snapshot $$;
CREATE FUNCTION test.restore_elsewhere(other bigint) RETURNS void LANGUAGE sql AS $$
    UPDATE dos.outbox SET cluster = other, transaction = (transaction::text::bigint + 1000000000)::text::xid8 WHERE cluster = dos_internal.cluster_id();
    UPDATE dos.outbox_reader
       SET cluster = other, done = test.snapshot_ahead(done, CASE WHEN done::text = '3:3:' THEN 0 ELSE 1000000000 END),
           batch = test.snapshot_ahead(batch, 1000000000)
     WHERE cluster = dos_internal.cluster_id() $$;

SELECT dos.outbox_reader_create('start', true), dos.outbox_reader_create('middle'), dos.outbox_reader_create('open'), dos.outbox_reader_create('end');
SELECT test.put('a', 'b');
SELECT test.read('middle') AS middle, test.read('end') AS "end";
SELECT test.ack('middle', 'b'), test.ack('end', 'b');
SELECT test.put('c', 'd');
SELECT test.read('open', 3) AS open, test.read('end') AS "end";
SELECT test.ack('open', 'b'), test.ack('end', 'd');

SELECT test.restore_elsewhere(1);
SELECT test.put('e', 'f');
SELECT reader, pending FROM dos.outbox_status ORDER BY reader;
-- each goes on where it was; the past is finished before the present begins
SELECT test.read('start') AS start, test.read('middle') AS middle, test.read('open') AS open, test.read('end') AS "end";
SELECT test.ack('start', 'd'), test.ack('middle', 'c'), test.ack('open', 'd'), test.ack('end', 'e');
SELECT test.read('start') AS start, test.read('middle') AS middle, test.read('open') AS open, test.read('end') AS "end";
SELECT reader, pending FROM dos.outbox_status ORDER BY reader;

-- moved again before everybody had finished, and again while nobody read, and then back to the first cluster
SELECT test.restore_elsewhere(2);
SELECT test.put('g');
SELECT test.restore_elsewhere(3);
SELECT test.put('h');
SELECT test.restore_elsewhere(1);
UPDATE dos.outbox SET transaction = (transaction::text::bigint + 7)::text::xid8 WHERE object_name = 'h';
SELECT test.put('i');
DO $$
DECLARE
    reader text;
    e      dos.outbox;
    seen   text;
BEGIN
    FOREACH reader IN ARRAY '{start,middle,open,end}'::text[] LOOP
        seen := '';
        LOOP
            SELECT * INTO e FROM dos.outbox_read(reader, 1);
            EXIT WHEN NOT FOUND;
            seen := seen || ' ' || e.object_name;
            PERFORM dos.outbox_ack(reader, e.id);
        END LOOP;
        RAISE NOTICE '%:%', reader, seen;
    END LOOP;
END $$;
SELECT reader, pending FROM dos.outbox_status ORDER BY reader;
SELECT count(*) AS here FROM dos.outbox_reader WHERE cluster = dos_internal.cluster_id();
SELECT test.put('j');
SELECT test.read('start') AS start, test.read('middle') AS middle, test.read('open') AS open, test.read('end') AS "end";
