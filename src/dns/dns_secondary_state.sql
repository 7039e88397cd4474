-- How far each secondary is: what it took from us, what it acknowledged, what it answers the world. The gateway
-- reports (dos.dns_secondary_seen), the view compares with the database, a job raises an alarm when that changes.

CREATE TABLE dos.dns_secondary_state (
    zone_id         int  NOT NULL,
    secondary       text NOT NULL,
    took            bigint,
    took_at         timestamptz,
    acknowledged    bigint,
    acknowledged_at timestamptz,
    served          bigint,
    served_at       timestamptz,
    signed_until    timestamptz,
    alarm           text,
    CONSTRAINT dns_secondary_state_pkey PRIMARY KEY (zone_id, secondary)
);
COMMENT ON TABLE dos.dns_secondary_state IS
    'what the DNS gateways know of each secondary: serial it transferred, NOTIFY it acknowledged, serial and signature end it answers; not dumped';
COMMENT ON COLUMN dos.dns_secondary_state.served IS 'a secondary that signs counts serials of its own';
COMMENT ON COLUMN dos.dns_secondary_state.alarm IS 'the alarm that the last event zone.secondary_alarm told of; NULL: none';

-- Serials of the wire are 32 bits; a later report never puts a secondary back.
CREATE FUNCTION dos_internal.serial_later(known bigint, reported bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE
RETURN CASE WHEN known IS NULL OR dos.serial_compare(known, reported) < 0 THEN reported ELSE known END;
COMMENT ON FUNCTION dos_internal.serial_later(bigint, bigint) IS 'the later of two serials (RFC 1982); the other where one is NULL';

CREATE FUNCTION dos.dns_secondary_seen(zones text[], secondaries text[], took bigint[], acknowledged bigint[], served bigint[], signed_until bigint[])
RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    known int;
BEGIN
    INSERT INTO dos.dns_secondary_state AS s (zone_id, secondary, took, took_at, acknowledged, acknowledged_at, served, served_at, signed_until)
    SELECT z.id, r.secondary, r.took, CASE WHEN r.took IS NOT NULL THEN dos.now() END, r.acknowledged, CASE WHEN r.acknowledged IS NOT NULL THEN dos.now() END,
           r.served, CASE WHEN r.served IS NOT NULL THEN dos.now() END, to_timestamp(r.signed_until)
      FROM unnest(zones, secondaries, took, acknowledged, served, signed_until) AS r (zone, secondary, took, acknowledged, served, signed_until)
      JOIN dos.zone AS z ON z.name = r.zone
     WHERE EXISTS (SELECT FROM dos.dns_secondary AS d WHERE d.name = r.secondary AND (d.zone_id IS NULL OR d.zone_id = z.id))
     ORDER BY z.id, r.secondary
    ON CONFLICT ON CONSTRAINT dns_secondary_state_pkey DO UPDATE
       SET took = dos_internal.serial_later(s.took, excluded.took), took_at = coalesce(excluded.took_at, s.took_at),
           acknowledged = dos_internal.serial_later(s.acknowledged, excluded.acknowledged), acknowledged_at = coalesce(excluded.acknowledged_at, s.acknowledged_at),
           served = coalesce(excluded.served, s.served), served_at = coalesce(excluded.served_at, s.served_at),
           signed_until = CASE WHEN excluded.served IS NULL THEN s.signed_until ELSE excluded.signed_until END;
    GET DIAGNOSTICS known = ROW_COUNT;
    RETURN known;
END $$;
COMMENT ON FUNCTION dos.dns_secondary_seen(text[], text[], bigint[], bigint[], bigint[], bigint[]) IS
    'the gateway reports, for each pair of zone and secondary, serials (NULL: nothing new) and the Unix time at which the SOA''s signature ends (NULL: unsigned); returns how many pairs are known';
REVOKE EXECUTE ON FUNCTION dos.dns_secondary_seen(text[], text[], bigint[], bigint[], bigint[], bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION dos.dns_secondary_seen(text[], text[], bigint[], bigint[], bigint[], bigint[]) TO dos_dns;

CREATE VIEW dos.dns_secondary_status AS
    SELECT z.name AS zone, s.name AS secondary, s.address, c.serial & 4294967295 AS serial, t.took, t.took_at, b.behind_since,
           t.acknowledged, t.acknowledged_at, t.served, t.served_at, t.signed_until,
           CASE
               WHEN c.serial IS NULL THEN 'zone is not published'
               WHEN t.took IS NULL THEN 'has transferred nothing'
               WHEN b.behind_since < dos.now() - z.secondary_lag_max THEN 'behind'
               WHEN s.notify AND t.served_at IS NULL THEN 'has not answered'
               WHEN s.notify AND t.served_at < dos.now() - z.secondary_lag_max THEN 'silent'
               WHEN t.signed_until < dos.now() THEN 'signatures have ended'
               WHEN t.signed_until < dos.now() + z.signature_life_min THEN 'signatures end soon'
               ELSE 'ok'
           END AS state
      FROM dos.dns_secondary AS s
      JOIN dos.zone AS z ON s.zone_id IS NULL OR s.zone_id = z.id
      CROSS JOIN LATERAL dos_internal.zone_current(z.id) AS c
      LEFT JOIN dos.dns_secondary_state AS t ON t.zone_id = z.id AND t.secondary = s.name
      -- since when there is something newer than what it took
      CROSS JOIN LATERAL (SELECT min(l.published_at) AS behind_since FROM dos.zone_serial AS l
                           WHERE l.zone_id = z.id AND l.serial > c.serial - ((c.serial - t.took) & 4294967295)) AS b;
COMMENT ON VIEW dos.dns_secondary_status IS
    'each zone at each secondary: the database''s serial, what the secondary took, acknowledged and answers, since when it is behind, when its signatures end, state';

CREATE FUNCTION dos_internal.dns_secondary_watch() RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    changed record;
BEGIN
    FOR changed IN SELECT v.zone, v.secondary, v.serial, v.took, v.served, v.signed_until, nullif(v.state, 'ok') AS alarm, t.alarm AS was, z.id
                     FROM dos.dns_secondary_status AS v JOIN dos.zone AS z ON z.name = v.zone
                     LEFT JOIN dos.dns_secondary_state AS t ON t.zone_id = z.id AND t.secondary = v.secondary
                    WHERE nullif(v.state, 'ok') IS DISTINCT FROM t.alarm LOOP
        INSERT INTO dos.dns_secondary_state AS t (zone_id, secondary, alarm) VALUES (changed.id, changed.secondary, changed.alarm)
        ON CONFLICT ON CONSTRAINT dns_secondary_state_pkey DO UPDATE SET alarm = excluded.alarm;
        PERFORM dos_internal.outbox_put('zone.secondary_alarm', changed.zone, changed.id, NULL, NULL, NULL,
            jsonb_build_object('secondary', changed.secondary, 'alarm', changed.alarm, 'was', changed.was, 'serial', changed.serial, 'took', changed.took,
                               'served', changed.served, 'signed_until', changed.signed_until));
    END LOOP;
    RETURN 0;
END $$;
COMMENT ON FUNCTION dos_internal.dns_secondary_watch() IS 'job: an event zone.secondary_alarm when a secondary falls behind, stops answering or its signatures end, and when that is over (alarm null)';

INSERT INTO dos.job (name, lane, function, every) VALUES ('dns_secondary_watch', 'default', 'dos_internal.dns_secondary_watch()', '1 minute');
