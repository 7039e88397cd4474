-- What the numbers of the transactions report are made of. A number is the sum of its items, so the same function makes
-- the report and explains it.

CREATE TYPE dos_internal.report_item AS (
    registrar text, column_name text, amount bigint, at timestamptz, object_name text, svtrid text, what text
);
COMMENT ON TYPE dos_internal.report_item IS 'one thing that counts in a column of the transactions report: whose, where, how much, when, what';

-- From the events: creates and renewals in the month in which their grace ends, the rest when it takes place.
CREATE FUNCTION dos_internal.report_trade(zone dos.zone, first timestamptz, next timestamptz) RETURNS SETOF dos_internal.report_item
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp SET enable_nestloop = off AS $$
    WITH h AS MATERIALIZED (SELECT * FROM dos_internal.report_happenings(zone, first)),
    gone AS MATERIALIZED (
        SELECT g.*, g.what = 'deleted' AND dos_internal.report_in_add_grace(g.object_id, g.written_at) AS in_grace FROM h AS g WHERE g.what IN ('deleted', 'purged')),
    undone AS MATERIALIZED (
        SELECT (SELECT max(r.id) FROM h AS r WHERE r.object_id = u.object_id AND r.id < u.id AND r.what IN ('renew', 'autorenew')
                   AND r.ends_at > u.at AND NOT dos_internal.report_taken_back(r.object_id, r.what, r.written_at, u.at)) AS id FROM h AS u WHERE u.what = 'renewal_undone')
    SELECT h.registrar, format('net-adds-%s-yr', h.years), 1, h.ends_at, h.object_name, h.svtrid, 'created ' || dos.iso8601(h.at)
      FROM h WHERE h.what = 'create' AND h.ends_at >= first AND h.ends_at < next
       AND NOT EXISTS (SELECT FROM gone AS g WHERE g.object_id = h.object_id AND g.in_grace)
    UNION ALL
    SELECT h.registrar, format('net-renews-%s-yr', h.years), 1, h.ends_at, h.object_name, h.svtrid, h.what || ' ' || dos.iso8601(h.at)
      FROM h WHERE h.what IN ('renew', 'autorenew') AND h.ends_at >= first AND h.ends_at < next AND h.years BETWEEN 1 AND 10
       AND NOT dos_internal.report_taken_back(h.object_id, h.what, h.written_at, h.ends_at)
       AND NOT EXISTS (SELECT FROM undone AS u WHERE u.id = h.id)
    UNION ALL
    SELECT h.registrar, 'transfer-gaining-successful', 1, h.ends_at, h.object_name, h.svtrid, format('transferred %s from %s', dos.iso8601(h.at), h.other)
      FROM h WHERE h.what = 'transfer' AND h.ends_at >= first AND h.ends_at < next AND NOT dos_internal.report_taken_back(h.object_id, 'transfer', h.written_at, h.ends_at)
    UNION ALL
    SELECT h.other, 'transfer-losing-successful', 1, h.at, h.object_name, h.svtrid, 'transferred to ' || h.registrar
      FROM h WHERE h.what = 'transfer' AND h.at >= first AND h.at < next
    UNION ALL
    SELECT side.registrar, side.column_name, 1, h.at, h.object_name, h.svtrid, 'rejected'
      FROM h, LATERAL (VALUES (h.registrar, 'transfer-gaining-nacked'), (h.other, 'transfer-losing-nacked')) AS side (registrar, column_name)
     WHERE h.what = 'transfer_rejected' AND h.at >= first AND h.at < next
    UNION ALL
    SELECT g.registrar, CASE WHEN g.in_grace THEN 'deleted-domains-grace' ELSE 'deleted-domains-nograce' END, 1, g.at, g.object_name, g.svtrid, g.what
      FROM gone AS g WHERE g.at >= first AND g.at < next
    UNION ALL
    SELECT h.registrar, CASE h.what WHEN 'restored' THEN 'restored-domains' ELSE 'restored-noreport' END, 1, h.at, h.object_name, h.svtrid, h.what
      FROM h WHERE h.what IN ('restored', 'restore_lapsed') AND h.at >= first AND h.at < next
    UNION ALL
    SELECT c.registrar, 'attempted-adds', n.amount, NULL, NULL, NULL, n.what
      FROM (SELECT coalesce(a.clid, s.registrar) AS registrar, coalesce(a.count, 0) AS tried, coalesce(s.done, 0) AS done
              FROM (SELECT dos_internal.registrar_clid(t.registrar_id) AS clid, t.count FROM dos.create_attempt AS t
                     WHERE t.zone_id = (zone).id AND t.month = (first AT TIME ZONE 'UTC')::date) AS a
              FULL JOIN (SELECT h.registrar, count(*) AS done FROM h WHERE h.what = 'create' AND h.written_at >= first AND h.written_at < next GROUP BY 1) AS s
                ON s.registrar = a.clid) AS c,
           LATERAL (VALUES (c.tried, 'commands that the gateways answered'), (greatest(c.done - c.tried, 0), 'names created otherwise')) AS n (amount, what)
     WHERE n.amount > 0
$$;
COMMENT ON FUNCTION dos_internal.report_trade(dos.zone, timestamptz, timestamptz) IS 'what the commands and the clock did that counts in a time';

-- Names and name servers as they are at the end, by projection: a purge or transfer that nobody has written down yet counts.
CREATE FUNCTION dos_internal.report_stock(zone dos.zone, at timestamptz) RETURNS SETOF dos_internal.report_item
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp SET enable_nestloop = off AS $$
    WITH d AS MATERIALIZED (
        SELECT d.name, CASE WHEN s.transferred THEN (d.transfer).requester_id ELSE d.registrar_id END AS registrar_id, d.created_at, d.host_ids, d.host_attrs
          FROM dos_internal.escrow_domain_rows(report_stock.at) AS d, LATERAL dos_internal.domain_state(d, report_stock.at) AS s
         WHERE d.zone_id = (zone).id AND s.registered AND ((d.pending).kind IS DISTINCT FROM 'create' OR s.settled))
    SELECT dos_internal.registrar_clid(d.registrar_id), 'total-domains', 1, d.created_at, d.name, NULL, 'sponsored' FROM d
    UNION ALL
    SELECT dos_internal.registrar_clid(h.registrar_id), 'total-nameservers', 1, h.created_at, h.name, NULL, 'host'
      FROM dos_internal.escrow_host_rows(report_stock.at) AS h WHERE h.id IN (SELECT unnest(d.host_ids) FROM d)
    UNION ALL
    SELECT DISTINCT dos_internal.registrar_clid(d.registrar_id), 'total-nameservers', 1, NULL::timestamptz, a.name, NULL, 'host attribute'
      FROM d, unnest(d.host_attrs) AS a
$$;
COMMENT ON FUNCTION dos_internal.report_stock(dos.zone, timestamptz) IS 'the names of a zone and the name servers they delegate to, with their sponsors at an instant';

CREATE FUNCTION dos_internal.report_items(zone dos.zone, month date) RETURNS SETOF dos_internal.report_item
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
    RETURN QUERY SELECT * FROM dos_internal.report_trade(zone, span.first, span.next);
    RETURN QUERY SELECT * FROM dos_internal.report_stock(zone, span.next - interval '1 millisecond');
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
COMMENT ON FUNCTION dos_internal.report_items(dos.zone, date) IS
    'everything that counts in the transactions report of a month: events, stock, exemptions, corrections. R2004 month to come, R2304 events gone';
