-- What is due when, what became of it, and the alarm: both sides of each instant.
SET dos.clock = '2026-06-01T10:00:00Z';
SELECT test.registrar('alpha') > 0 AS alpha, test.thin_zone('daily') > 0 AS daily, test.thin_zone('differs') > 0 AS differs, test.thin_zone('never') > 0 AS never;
INSERT INTO dos.escrow_setting (zone_id, differential, thin_day, daily, full_day)
SELECT id, name = 'differs', CASE WHEN name = 'differs' THEN 3 END, name <> 'never', CASE WHEN name = 'differs' THEN 4 ELSE 0 END FROM dos.zone;
CREATE PROCEDURE write_due() LANGUAGE plpgsql AS $$
DECLARE
    d record;
    n bigint;
BEGIN
    FOR d IN SELECT * FROM dos.escrow_due() LOOP
        n := dos.escrow_begin(d.zone, d.type, d.watermark, d.resend);
        PERFORM dos.escrow_xml(n);
    END LOOP;
END $$;
SELECT * FROM dos.escrow_due();
SET dos.clock = '2026-06-01T23:59:59.999Z';
SELECT * FROM dos.escrow_due();
SET dos.clock = '2026-06-02T00:00:00Z';
SELECT * FROM dos.escrow_due();
SET dos.clock = '2026-06-02T00:05:00Z';
BEGIN ISOLATION LEVEL REPEATABLE READ;
CALL write_due();
COMMIT;
SELECT * FROM dos.escrow_due();
-- Tuesday was full, and had the thin one that ICANN fetches on Wednesday; Wednesday differs; Thursday is a full day again
SET dos.clock = '2026-06-03T00:05:00Z';
SELECT * FROM dos.escrow_due();
BEGIN ISOLATION LEVEL REPEATABLE READ;
CALL write_due();
COMMIT;
SET dos.clock = '2026-06-04T00:05:00Z';
SELECT * FROM dos.escrow_due();
BEGIN ISOLATION LEVEL REPEATABLE READ;
CALL write_due();
COMMIT;
SELECT d.zone, d.type, d.deposit_id, d.prev_id, d.resend, d.state, dos.escrow_file_name(d) FROM dos.escrow_deposit AS d ORDER BY d.watermark, d.zone, d.type;

-- a difference that was rejected is lost: all of it is due
SET dos.clock = '2026-06-05T00:05:00Z';
SELECT * FROM dos.escrow_due();
BEGIN ISOLATION LEVEL REPEATABLE READ;
CALL write_due();
COMMIT;
SELECT dos.escrow_deposit_note(max(id), 'rejected') FROM dos.escrow_deposit WHERE type = 'DIFF';
SELECT * FROM dos.escrow_due();
SET dos.clock = '2026-06-06T00:05:00Z';
SELECT * FROM dos.escrow_due();
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.escrow_begin('differs', 'DIFF')$$) AS o;
COMMIT;
SET dos.clock = '2026-06-04T00:10:00Z';
DELETE FROM dos.escrow_deposit WHERE watermark = '2026-06-05Z';

-- what became of it; a rejection makes it due again under the next number
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.escrow_deposit_note(4711, 'delivered')$$) AS o;
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.escrow_deposit_note(1, 'lost')$$) AS o;
SELECT dos.escrow_deposit_note(max(id), 'rejected', 'unreadable') FROM dos.escrow_deposit WHERE zone = 'differs';
SELECT * FROM dos.escrow_due();
BEGIN ISOLATION LEVEL REPEATABLE READ;
CALL write_due();
COMMIT;
SELECT dos.escrow_deposit_note(max(id), 'accepted') FROM dos.escrow_deposit;
SELECT * FROM dos.escrow_due();
SELECT d.zone, d.type, d.deposit_id, d.resend, d.state, d.note, dos.escrow_file_name(d) FROM dos.escrow_deposit AS d WHERE d.watermark = '2026-06-04Z' ORDER BY d.zone, d.resend;
SELECT dos.escrow_report(max(id)) FROM dos.escrow_deposit;
SELECT dos.escrow_report(4711) IS NULL AS none;

-- nobody wrote it: the alarm comes once
SET dos.clock = '2026-06-05T00:00:00Z';
SELECT dos.job_run('escrow_watch');
SELECT dos.now(), count(*) AS alarms FROM dos.outbox AS o WHERE o.event = 'escrow.missing';
SET dos.clock = '2026-06-05T19:59:59.999Z';
SELECT dos.job_run('escrow_watch');
SELECT dos.now(), count(*) AS alarms FROM dos.outbox AS o WHERE o.event = 'escrow.missing';
SET dos.clock = '2026-06-05T20:00:00Z';
SELECT dos.job_run('escrow_watch');
SELECT dos.now(), count(*) AS alarms FROM dos.outbox AS o WHERE o.event = 'escrow.missing';
SET dos.clock = '2026-06-05T21:00:00Z';
SELECT dos.job_run('escrow_watch');
SELECT dos.now(), count(*) AS alarms FROM dos.outbox AS o WHERE o.event = 'escrow.missing';
SET dos.clock = '2026-06-06T20:00:00Z';
SELECT dos.job_run('escrow_watch');
SELECT dos.now(), count(*) AS alarms FROM dos.outbox AS o WHERE o.event = 'escrow.missing';
SELECT o.happened_at, o.event, o.object_name, o.content FROM dos.outbox AS o WHERE o.event ~ 'escrow.(missing|rejected|accepted)' ORDER BY o.id;
