-- Retention: an event goes when it is old enough and every reader has acknowledged it.

CREATE TABLE dos.outbox_setting (
    one  boolean CONSTRAINT outbox_setting_pkey PRIMARY KEY DEFAULT true CONSTRAINT outbox_setting_one CHECK (one),
    keep interval DEFAULT '400 days' CONSTRAINT outbox_setting_keep_range CHECK (keep >= '1 hour'),
    own  boolean NOT NULL DEFAULT true
);
COMMENT ON TABLE dos.outbox_setting IS 'how long events are kept that every reader has acknowledged; NULL is for ever';
SELECT pg_catalog.pg_extension_config_dump('dos.outbox_setting', 'WHERE own');
INSERT INTO dos.outbox_setting (own) VALUES (false);
CREATE TRIGGER outbox_setting_shipped BEFORE INSERT OR UPDATE ON dos.outbox_setting
    FOR EACH ROW EXECUTE FUNCTION dos_internal.shipped_row('one');

CREATE FUNCTION dos_internal.outbox_trim() RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    WITH oldest AS (SELECT o.id, o.cluster, o.transaction, o.happened_at FROM dos.outbox AS o ORDER BY o.id LIMIT 10000),
         old AS (SELECT c.id FROM oldest AS c, dos.outbox_setting AS s
                  WHERE c.happened_at < dos.now() - s.keep
                    AND NOT EXISTS (SELECT FROM dos.outbox_reader AS r
                                     WHERE CASE WHEN c.cluster = r.cluster THEN NOT pg_visible_in_snapshot(c.transaction, r.done)
                                                ELSE c.id > r.highest END)),
         away AS (DELETE FROM dos.outbox AS o USING old WHERE o.id = old.id RETURNING 1)
    SELECT count(*) INTO gone FROM away;
    RETURN gone;
END $$;
COMMENT ON FUNCTION dos_internal.outbox_trim() IS 'job: remove events that are older than dos.outbox_setting says and acknowledged by every reader, a bounded batch a call; returns how many';
INSERT INTO dos.job (name, lane, function, every, on_wake) VALUES ('outbox_trim', 'default', 'dos_internal.outbox_trim()', '10 minutes', false);
