-- What the numbers of the transactions report are made of. A number is the sum of its items, so the same function makes
-- the report and explains it.

CREATE TYPE dos_internal.report_item AS (
    registrar text, column_name text, amount bigint, at timestamptz, object_name text, svtrid text, what text
);
COMMENT ON TYPE dos_internal.report_item IS 'one thing that counts in a column of the transactions report: whose, where, how much, when, what';

-- From the events: creates and renewals in the month in which their grace ends, the rest when it takes place.
CREATE FUNCTION dos_internal.report_trade(zone dos.zone, first timestamptz, next timestamptz, counted boolean, wanted text) RETURNS SETOF dos_internal.report_item
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH c AS MATERIALIZED (SELECT * FROM dos_internal.report_count((zone).id, first, next, counted, wanted))
    SELECT c.registrar, c.column_name, c.amount, c.at, c.object_name, c.svtrid,
           CASE c.event WHEN 'domain.created' THEN 'created ' || dos.iso8601(c.took_place_at) WHEN 'domain.renewed' THEN 'renew ' || dos.iso8601(c.took_place_at)
                        WHEN 'domain.autorenewed' THEN 'autorenew ' || dos.iso8601(c.took_place_at) WHEN 'domain.transfer_rejected' THEN 'rejected'
                        WHEN 'domain.transfer_approved' THEN t.what WHEN 'domain.transfer_completed' THEN t.what ELSE substr(c.event, 8) END
      FROM c, LATERAL (SELECT CASE c.column_name WHEN 'transfer-losing-successful' THEN 'transferred to ' || c.other
                                                 ELSE format('transferred %s from %s', dos.iso8601(c.took_place_at), c.other) END AS what) AS t
     WHERE counted OR c.column_name <> 'created'
    UNION ALL
    SELECT n.registrar, 'attempted-adds', a.amount, NULL, NULL, NULL, a.what
      FROM (SELECT coalesce(a.clid, c.registrar) AS registrar, coalesce(a.count, 0) AS tried, coalesce(c.amount, 0) AS done
              FROM (SELECT dos_internal.registrar_clid(t.registrar_id) AS clid, t.count FROM dos.create_attempt AS t
                     WHERE t.zone_id = (zone).id AND t.month = (first AT TIME ZONE 'UTC')::date) AS a
              FULL JOIN (SELECT c.registrar, c.amount FROM c WHERE c.column_name = 'created') AS c ON c.registrar = a.clid) AS n,
           LATERAL (VALUES (n.tried, 'commands that the gateways answered'), (greatest(n.done - n.tried, 0), 'names created otherwise')) AS a (amount, what)
     WHERE a.amount > 0
$$;
COMMENT ON FUNCTION dos_internal.report_trade(dos.zone, timestamptz, timestamptz, boolean, text) IS 'what the commands and the clock did that counts in a time';

-- Names at an instant by projection: a purge or transfer that nobody has written down yet counts. Most names have nothing that
-- the clock could have moved, and are not projected.
CREATE FUNCTION dos_internal.report_names(zone_id int, at timestamptz)
RETURNS TABLE (name text, registrar_id int, created_at timestamptz, host_ids bigint[], host_attrs dos.host_attribute[])
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT n.* FROM (
        SELECT d.name::text, CASE WHEN d.deleted_at IS NULL AND d.expires_at > report_names.at AND (d.transfer).status IS DISTINCT FROM 'pending' AND d.unpaid IS NULL
                                       AND d.pending IS NULL AND d.expired_at IS NULL
                                  THEN d.registrar_id
                                  ELSE (SELECT CASE WHEN s.transferred THEN (d.transfer).requester_id ELSE d.registrar_id END FROM dos_internal.domain_state(d, report_names.at) AS s
                                         WHERE s.registered AND ((d.pending).kind IS DISTINCT FROM 'create' OR s.settled)) END AS registrar_id,
               d.created_at, d.host_ids, d.host_attrs
          FROM dos_internal.escrow_domain_rows(report_names.at) AS d WHERE d.zone_id = report_names.zone_id) AS n
     WHERE n.registrar_id IS NOT NULL;
END;
COMMENT ON FUNCTION dos_internal.report_names(int, timestamptz) IS 'the names of a zone at an instant, each with its sponsor';

-- Names are read once: what they delegate to is the same for many of one registrar, so the sets of hosts are few.
CREATE FUNCTION dos_internal.report_stock(zone dos.zone, at timestamptz, counted boolean) RETURNS SETOF dos_internal.report_item
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT counted THEN
        RETURN QUERY
            SELECT dos_internal.registrar_clid(d.registrar_id), 'total-domains', 1::bigint, d.created_at, d.name, NULL::text, 'sponsored' FROM dos_internal.report_names(zone.id, at) AS d;
    END IF;
    RETURN QUERY
        WITH s AS MATERIALIZED (SELECT d.registrar_id, d.host_ids, count(*) AS names, bool_or(d.host_attrs <> '{}') AS attributes
                                  FROM dos_internal.report_names(zone.id, at) AS d GROUP BY 1, 2)
        SELECT dos_internal.registrar_clid(s.registrar_id), 'total-domains', sum(s.names)::bigint, NULL::timestamptz, NULL::text, NULL::text, NULL::text FROM s WHERE counted GROUP BY s.registrar_id
        UNION ALL
        SELECT dos_internal.registrar_clid(h.registrar_id), 'total-nameservers', 1::bigint, h.created_at, h.name::text, NULL::text, 'host'
          FROM dos_internal.escrow_host_rows(at) AS h WHERE h.id IN (SELECT DISTINCT unnest(s.host_ids) FROM s)
        UNION ALL
        SELECT DISTINCT dos_internal.registrar_clid(d.registrar_id), 'total-nameservers', 1::bigint, NULL::timestamptz, a.name, NULL::text, 'host attribute'
          FROM dos_internal.report_names(zone.id, at) AS d, unnest(d.host_attrs) AS a WHERE d.host_attrs <> '{}' AND (SELECT bool_or(s.attributes) FROM s);
END $$;
COMMENT ON FUNCTION dos_internal.report_stock(dos.zone, timestamptz, boolean) IS
    'the names of a zone (counted: how many of each registrar) and the name servers they delegate to, with their sponsors at an instant';

CREATE FUNCTION dos_internal.report_items(zone dos.zone, month date, counted boolean DEFAULT false, wanted text DEFAULT NULL) RETURNS SETOF dos_internal.report_item
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    span record := dos_internal.report_month(month);
    kept interval := (SELECT s.keep FROM dos.outbox_setting AS s);
BEGIN
    IF span.first > dos.now() THEN
        PERFORM dos_internal.refuse(2004, 'report_month_future', 'month', 'the month has not begun');
    ELSIF span.first - dos_internal.report_longest(zone) < dos.now() - kept THEN
        PERFORM dos_internal.refuse(2304, 'report_events_gone', 'month', 'the events of the month are not kept any more', 'What was made of it is in dos.report.');
    END IF;
    span.next := least(span.next, dos.now() + interval '1 millisecond');        -- nothing that is to come
    IF wanted IS NULL OR wanted NOT LIKE 'total-%' THEN
        RETURN QUERY SELECT * FROM dos_internal.report_trade(zone, span.first, span.next, counted, wanted);
    END IF;
    IF wanted IS NULL OR wanted LIKE 'total-%' THEN
        RETURN QUERY SELECT * FROM dos_internal.report_stock(zone, span.next - interval '1 millisecond', counted);
    END IF;
    RETURN QUERY
        SELECT r.clid, n.column_name, n.amount, n.at, NULL::text, NULL::text, n.what
          FROM dos.add_grace_exemption AS e JOIN dos.registrar AS r ON r.id = e.registrar_id,
               LATERAL (VALUES ('agp-exemption-requests', 1::bigint, e.requested_at, e.request),
                               ('agp-exemptions-granted', CASE WHEN e.granted THEN 1 END, e.decided_at, e.reason),
                               ('agp-exempted-domains', CASE WHEN e.granted THEN e.names END, e.decided_at, e.reason)) AS n (column_name, amount, at, what)
         WHERE e.zone_id = zone.id AND n.amount IS NOT NULL AND n.at >= span.first AND n.at < span.next;
    RETURN QUERY
        SELECT r.clid, c.name, c.change, c.made_at, c.object_name, NULL::text, format('%s (%s)', c.reason, c.author)
          FROM dos.report_correction AS c JOIN dos.registrar AS r ON r.id = c.registrar_id
         WHERE c.zone_id = zone.id AND c.month = (span.first AT TIME ZONE 'UTC')::date;
END $$;
COMMENT ON FUNCTION dos_internal.report_items(dos.zone, date, boolean, text) IS
    'everything that counts in the transactions report of a month: events, stock, exemptions, corrections; counted: events and names as numbers; wanted: one column at least. '
    'R2004 month to come, R2304 events gone';
