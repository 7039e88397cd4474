-- Reading the outbox: every event once, in the order of the changes, until it is acknowledged.

CREATE FUNCTION test.put(VARIADIC names text[]) RETURNS void LANGUAGE sql AS
    $$ SELECT dos_internal.outbox_put('test.happened', n, NULL, NULL, NULL, NULL) FROM unnest(names) AS n $$;
CREATE FUNCTION test.read(reader text, max int DEFAULT 100) RETURNS text LANGUAGE sql AS
    $$ SELECT string_agg(object_name, ' ') FROM dos.outbox_read(reader, max) $$;
-- acknowledge by the name of the object
CREATE FUNCTION test.ack(reader text, name text) RETURNS void LANGUAGE sql AS
    $$ SELECT dos.outbox_ack(reader, o.id) FROM dos.outbox AS o WHERE o.object_name = name $$;

-- what an event may be
SELECT t.event, o.code, o.reason
FROM (VALUES ('domain.renewed'), ('domain.host_removed'), ('Domain.renewed'), ('renewed'), ('a.b.c'), ('')) AS t (event),
    test.outcome(format('SELECT dos_internal.outbox_put(%L, ''x.example'', NULL, NULL, NULL, NULL)', t.event)) AS o;
BEGIN;
SELECT dos_internal.outbox_put('domain.renewed', 'x.example', 7, 'clid', 'cl', 'sv', '{"years": 2}');
SELECT event, object_name, object_id, registrar, cltrid, svtrid, content, happened_at = dos.now() AS now,
       transaction = pg_current_xact_id() AS mine, cluster = dos_internal.cluster_id() AS here FROM dos.outbox ORDER BY id DESC LIMIT 1;
ROLLBACK;
TRUNCATE dos.outbox;

-- readers
SELECT test.put('before');
SELECT dos.outbox_reader_create('new'), dos.outbox_reader_create('all', from_start => true);
SELECT t.name, o.code, o.reason FROM (VALUES ('new'), ('No'), ('')) AS t (name), test.outcome(format('SELECT dos.outbox_reader_create(%L)', t.name)) AS o;
SELECT o.code, o.message FROM test.outcome('SELECT * FROM dos.outbox_read(''nobody'')') AS o;
SELECT o.code, o.message FROM test.outcome('SELECT dos.outbox_reader_drop(''nobody'')') AS o;
SELECT test.read('new') AS new, test.read('all') AS "all";

-- the same events until they are acknowledged, a few or all at a time
SELECT test.put('a', 'b', 'c');
SELECT test.read('new', 2) AS two, test.read('new', 2) AS again, test.read('new') AS more, test.read('all') AS "all";
SELECT reader, pending, lag >= '0' AS lags FROM dos.outbox_status ORDER BY reader;
SELECT test.ack('new', 'b');
SELECT test.read('new') AS rest;
SELECT test.ack('new', 'b'), test.ack('new', 'a');
SELECT test.read('new') AS still_rest;
SELECT test.ack('new', 'c');
SELECT test.ack('new', 'c');
SELECT test.read('new') AS none, test.read('all', 0) AS at_least_one;
SELECT reader, pending, oldest_pending IS NULL AS nothing, lag > '0' AS lags FROM dos.outbox_status ORDER BY reader;
-- not before it was handed out
SELECT test.put('d');
SELECT o.code, replace(o.message, (SELECT max(id) FROM dos.outbox)::text, 'N') AS message
  FROM test.outcome('SELECT dos.outbox_ack(''new'', (SELECT max(id) FROM dos.outbox))') AS o;
SELECT test.read('new');
SELECT test.ack('new', 'd');

-- a batch is closed by its last event: what came meanwhile is in the next
SELECT test.put('e');
SELECT test.read('new') AS first;
SELECT test.put('f');
SELECT test.read('new') AS still_first;
SELECT test.ack('new', 'e');
SELECT test.read('new') AS second;
SELECT test.ack('new', 'f');

-- a consumer that reads, writes and acknowledges in one transaction: its own events come later, and do come
BEGIN;
SELECT test.put('g');
SELECT test.read('new') AS not_mine;
SELECT test.put('h');
SELECT test.read('new') AS not_mine;
COMMIT;
SELECT test.read('new') AS mine;
SELECT test.ack('new', 'h');
-- rolled back, it reads the same again
SELECT test.put('i');
BEGIN;
SELECT test.read('new');
SELECT test.ack('new', 'i');
ROLLBACK;
SELECT test.read('new') AS again;
-- an event of a rolled back change never was
BEGIN;
SELECT test.put('never');
ROLLBACK;
SELECT test.ack('new', 'i');
SELECT test.read('new') AS none;
-- nor does a savepoint lose one
BEGIN;
SAVEPOINT s;
SELECT test.put('inner');
RELEASE s;
SAVEPOINT t;
SELECT test.put('undone');
ROLLBACK TO t;
SELECT test.put('outer');
COMMIT;
SELECT test.read('new');
SELECT test.ack('new', 'outer');

-- a new reader and a copy of the tables in one snapshot
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT count(*) > 0 AS copied FROM dos.outbox;
SELECT dos.outbox_reader_create('copier');
COMMIT;
SELECT test.put('j');
SELECT test.read('copier') AS copier;

-- events deleted under a reader do not stop it
SELECT test.read('new') AS deleted_next;
DELETE FROM dos.outbox WHERE object_name = 'j';
SELECT test.put('k');
SELECT test.read('new') AS new, test.read('copier') AS copier;

SELECT dos.outbox_reader_drop('copier');
SELECT name FROM dos.outbox_reader ORDER BY name;
SELECT string_agg(object_name, ' ' ORDER BY id) AS kept, test.read('all') AS "all" FROM dos.outbox;

-- who listens outside is told once for all that committed: by a job that a registry adds
INSERT INTO dos.job (name, lane, function, every) VALUES ('outbox_notify', 'outbox', 'dos_internal.outbox_notify()', '1 hour');
SELECT count(test.put('told')) FROM generate_series(1, 3);
\setenv PGDATABASE :DBNAME
\! psql -XAtq -c 'LISTEN dos_outbox' -c "SELECT dos.job_run('outbox_notify')" | sed 's/payload "[0-9]*"/payload/; s/ received from .*//'
