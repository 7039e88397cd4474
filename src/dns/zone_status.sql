-- What a DBA asks first, and the keeping of the journal.

CREATE VIEW dos.zone_status AS
    SELECT z.name AS zone, c.serial & 4294967295 AS serial, c.published_at, c.removed AS last_removed, c.added AS last_added, c.rrsets,
           q.waiting, p.parked,
           (SELECT min(s.serial) & 4294967295 FROM dos.zone_serial AS s WHERE s.zone_id = z.id) AS journal_from,
           CASE
               WHEN g.guard IS NOT NULL THEN 'stopped: ' || g.detail
               WHEN NOT EXISTS (SELECT FROM dos.zone_nameserver AS n WHERE n.zone_id = z.id) THEN 'no name servers'
               WHEN NOT z.published THEN 'paused'
               WHEN c.serial IS NULL THEN 'waiting for first publication'
               WHEN p.parked > 0 THEN 'names are parked'
               ELSE 'ok'
           END AS state
      FROM dos.zone AS z
      CROSS JOIN LATERAL dos_internal.zone_current(z.id) AS c
      CROSS JOIN LATERAL (SELECT count(*) AS waiting FROM dos.dns_dirty AS q WHERE q.zone_id = z.id) AS q
      CROSS JOIN LATERAL (SELECT count(*) AS parked FROM dos.dns_parked AS p WHERE p.zone_id = z.id) AS p
      LEFT JOIN dos.zone_guard AS g ON g.zone_id = z.id AND g.released_at IS NULL;
COMMENT ON VIEW dos.zone_status IS 'publication of each zone: serial, last batch, RRsets, names waiting and parked, how far back IXFR reaches, state (stopped: see dos.zone_guard)';

-- Serials that nobody will ask an IXFR from any more, with what they changed. The current one always stays.
CREATE FUNCTION dos_internal.dns_journal_trim(keep interval DEFAULT '7 days', batch int DEFAULT 1000) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    zone    record;
    trimmed bigint;
    work    bigint := 0;
BEGIN
    FOR zone IN SELECT z.id, (dos_internal.zone_current(z.id)).serial AS current FROM dos.zone AS z LOOP
        WITH old AS (SELECT s.serial FROM dos.zone_serial AS s
                      WHERE s.zone_id = zone.id AND s.serial < zone.current AND s.published_at < dos.now() - keep
                      ORDER BY s.serial LIMIT batch),
        trimmed AS (DELETE FROM dos.zone_serial AS s USING old WHERE s.zone_id = zone.id AND s.serial = old.serial)
        SELECT max(old.serial) INTO trimmed FROM old;
        IF trimmed IS NOT NULL THEN
            -- the oldest serial that stays is what an IXFR may start from; what led up to it goes
            DELETE FROM dos.dns_journal AS j
             WHERE j.zone_id = zone.id AND j.serial <= (SELECT min(s.serial) FROM dos.zone_serial AS s WHERE s.zone_id = zone.id);
            work := work + 1;
        END IF;
    END LOOP;
    RETURN work;
END $$;
COMMENT ON FUNCTION dos_internal.dns_journal_trim(interval, int) IS
    'job: forget serials older than this and their journal, a batch per zone; secondaries further behind get the whole zone';

INSERT INTO dos.job (name, lane, function, every) VALUES ('dns_journal_trim', 'default', 'dos_internal.dns_journal_trim()', '10 minutes');
