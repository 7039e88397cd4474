-- Retention: old enough, and acknowledged by every reader.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT count(dos_internal.outbox_put('test.happened', 'n' || n, NULL, NULL, NULL, NULL)) FROM generate_series(1, 5) AS n;
SELECT dos.outbox_reader_create('slow', true);
SET dos.clock = '2027-05-08T00:00:00Z';
SELECT dos_internal.outbox_put('test.happened', 'young', NULL, NULL, NULL, NULL);
-- the reader has not come yet
SELECT dos_internal.outbox_trim(), (SELECT count(*) FROM dos.outbox);
-- it has seen all, and acknowledged a part: nothing of the batch goes before its end
SELECT max(id) AS last FROM dos.outbox_read('slow', 3) \gset
SELECT dos.outbox_ack('slow', :last), dos_internal.outbox_trim();
SELECT max(id) AS last FROM dos.outbox_read('slow', 10) \gset
SELECT dos.outbox_ack('slow', :last);
-- both sides of the age
SET dos.clock = '2027-05-08T00:00:00Z';
SELECT dos_internal.outbox_trim(), (SELECT count(*) FROM dos.outbox);
SET dos.clock = '2027-05-08T00:00:01Z';
SELECT dos_internal.outbox_trim(), (SELECT string_agg(object_name, ' ') FROM dos.outbox);
-- for ever
UPDATE dos.outbox_setting SET keep = NULL;
SET dos.clock = '2040-01-01T00:00:00Z';
SELECT dos_internal.outbox_trim(), (SELECT count(*) FROM dos.outbox);
-- a new event reaches the reader still
SELECT dos_internal.outbox_put('test.happened', 'new', NULL, NULL, NULL, NULL);
SELECT object_name FROM dos.outbox_read('slow', 10);
