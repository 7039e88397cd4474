-- The two reports of registry agreement, Specification 3, as lines of CSV (RFC 4180).

CREATE FUNCTION dos_internal.report_field(content text) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN CASE WHEN content ~ E'[",\r\n]' THEN '"' || replace(content, '"', '""') || '"' ELSE coalesce(content, '') END;
COMMENT ON FUNCTION dos_internal.report_field(text) IS 'a field of a CSV line, quoted where it must be (RFC 4180 section 2)';

CREATE FUNCTION dos_internal.report_cells(items dos_internal.report_item[], OUT registrar text, OUT registrar_name text, OUT iana_id int, OUT "position" int, OUT column_name text, OUT amount bigint)
RETURNS SETOF record
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH item AS MATERIALIZED (SELECT i.registrar, i.column_name, sum(i.amount)::bigint AS amount FROM unnest(items) AS i GROUP BY 1, 2)
    SELECT r.clid, r.name, r.iana_id, c.position, c.name, coalesce(i.amount, 0)
      FROM dos.registrar AS r
      JOIN dos.report_column AS c ON c.report = 'transactions' AND c.enabled AND c.name NOT IN ('registrar-name', 'iana-id')
      LEFT JOIN item AS i ON i.registrar = r.clid AND i.column_name = c.name
     WHERE r.clid IN (SELECT a.registrar FROM item AS a)
     ORDER BY r.iana_id NULLS LAST, r.clid, c.position
$$;
COMMENT ON FUNCTION dos_internal.report_cells(dos_internal.report_item[]) IS 'the numbers of the transactions report that items add up to: registrars with names or trade, columns in their order';

CREATE FUNCTION dos_internal.report_lines(items dos_internal.report_item[]) RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH cell AS MATERIALIZED (SELECT * FROM dos_internal.report_cells(items)),
    line AS (
        SELECT 1 AS part, c.iana_id, c.registrar, dos_internal.report_field(min(c.registrar_name)) || ',' || coalesce(c.iana_id::text, '') || ','
                   || string_agg(c.amount::text, ',' ORDER BY c.position) AS content
          FROM cell AS c GROUP BY c.iana_id, c.registrar
        UNION ALL
        SELECT 0, NULL, NULL, string_agg(n.name, ',' ORDER BY n.position) FROM dos.report_column AS n WHERE n.report = 'transactions' AND n.enabled
        UNION ALL
        SELECT 2, NULL, NULL, 'Totals,,' || string_agg(t.amount::text, ',' ORDER BY t.position)
          FROM (SELECT n.position, (SELECT coalesce(sum(c.amount), 0) FROM cell AS c WHERE c.column_name = n.name) AS amount
                  FROM dos.report_column AS n WHERE n.report = 'transactions' AND n.enabled AND n.name NOT IN ('registrar-name', 'iana-id')) AS t)
    SELECT l.content FROM line AS l ORDER BY l.part, l.iana_id NULLS LAST, l.registrar
$$;
COMMENT ON FUNCTION dos_internal.report_lines(dos_internal.report_item[]) IS 'the transactions report that items add up to, as lines of CSV: header, a line for each registrar, Totals';

CREATE FUNCTION dos_internal.report_counted(zone text, month date) RETURNS dos_internal.report_item[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(i), '{}') FROM dos_internal.report_items(dos_internal.zone_require(zone), month, true) AS i
$$;
COMMENT ON FUNCTION dos_internal.report_counted(text, date) IS 'what counts in a month, as numbers. R2303, R2004, R2304';

CREATE FUNCTION dos.report_counts(zone text, month date, OUT registrar text, OUT registrar_name text, OUT iana_id int, OUT "position" int, OUT column_name text, OUT amount bigint)
RETURNS SETOF record
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT * FROM dos_internal.report_cells(dos_internal.report_counted(zone, month))
$$;
COMMENT ON FUNCTION dos.report_counts(text, date) IS
    'the numbers of the per-registrar transactions report of a month, one a row: registrars with names or trade, columns in their order. R2303, R2004, R2304';

CREATE FUNCTION dos.report_transactions(zone text, month date) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT * FROM dos_internal.report_lines(dos_internal.report_counted(zone, month))
$$;
COMMENT ON FUNCTION dos.report_transactions(text, date) IS
    'the per-registrar transactions report of a zone and month as lines of CSV: header, a line for each registrar, Totals (registry agreement, Specification 3 '
    'section 1). Before the month ends: as of now. R2303, R2004, R2304';

CREATE FUNCTION dos.report_activity_counts(zone text, month date, OUT "position" int, OUT column_name text, OUT amount bigint, OUT content text) RETURNS SETOF record
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.zone := dos_internal.zone_require(zone);
    span   record := dos_internal.report_month(month);
    day    date := (span.first AT TIME ZONE 'UTC')::date;
BEGIN
    IF span.first > dos.now() THEN
        PERFORM dos_internal.refuse(2004, 'report_month_future', 'month', 'the month has not begun');
    END IF;
    RETURN QUERY
        SELECT n.position, n.name, n.number, coalesce(n.constant, n.number::text)
          FROM (SELECT c.position, c.name, c.constant,
                       (coalesce((SELECT sum(q.count) FROM dos.query_count AS q
                                   WHERE q.month = day AND q.kind = ANY (c.kinds) AND (q.zone_id = target.id OR (q.zone_id IS NULL AND q.kind = ANY (c.shared)))), 0)
                        + CASE c.name WHEN 'operational-registrars' THEN (SELECT count(*) FROM dos.registrar AS r
                                                                            WHERE r.state IN ('ok', 'readonly') AND NOT r.ote AND r.created_at < span.next) ELSE 0 END
                        + coalesce((SELECT sum(k.change) FROM dos.report_correction AS k
                                     WHERE k.zone_id = target.id AND k.month = day AND k.registrar_id IS NULL AND k.name = c.name), 0))::bigint AS number
                  FROM dos.report_column AS c WHERE c.report = 'activity' AND c.enabled) AS n
         ORDER BY n.position;
END $$;
COMMENT ON FUNCTION dos.report_activity_counts(text, date) IS
    'the numbers of the registry functions activity report of a month, one a row, and what the report says there. R2303, R2004';

CREATE FUNCTION dos.report_activity(zone text, month date) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT line FROM (SELECT string_agg(c.column_name, ',' ORDER BY c.position) AS head, string_agg(c.content, ',' ORDER BY c.position) AS numbers
                        FROM dos.report_activity_counts(zone, month) AS c) AS t,
           LATERAL (VALUES (1, t.head), (2, t.numbers)) AS l (n, line) ORDER BY l.n
$$;
COMMENT ON FUNCTION dos.report_activity(text, date) IS
    'the registry functions activity report of a zone and month as two lines of CSV (registry agreement, Specification 3 section 2). Before the month ends: as of now. R2303, R2004';

CREATE FUNCTION dos.report_file_name(report text, zone text, month date) RETURNS text
LANGUAGE sql STABLE
RETURN format('%s-%s-%s.csv', dos.dname(zone), report, to_char(month, 'YYYYMM'));
COMMENT ON FUNCTION dos.report_file_name(text, text, date) IS 'the name of a report''s file: the zone''s A-label, the report, the month (registry agreement, Specification 3)';

CREATE FUNCTION dos.report_explain(zone text, month date, registrar text, column_name text,
                                   OUT at timestamptz, OUT object_name text, OUT svtrid text, OUT amount bigint, OUT what text) RETURNS SETOF record
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.zone := dos_internal.zone_require(zone);
    col    dos.report_column;
    day    date := date_trunc('month', month::timestamp)::date;
BEGIN
    SELECT c.* INTO col FROM dos.report_column AS c WHERE c.name = report_explain.column_name;
    IF NOT FOUND THEN
        PERFORM dos_internal.refuse(2306, 'report_column_unknown', 'column', format('"%s" is not a number of a monthly report', column_name));
    ELSIF col.report = 'transactions' THEN
        RETURN QUERY
            SELECT i.at, i.object_name, i.svtrid, i.amount, i.what FROM dos_internal.report_items(target, month, wanted => col.name) AS i
             WHERE i.column_name = col.name AND i.registrar = coalesce(report_explain.registrar, i.registrar) ORDER BY i.at, i.object_name, i.what;
        RETURN;
    END IF;
    RETURN QUERY
        SELECT NULL::timestamptz, NULL::text, NULL::text, q.count, q.kind || CASE WHEN q.zone_id IS NULL THEN ' (about no zone)' ELSE '' END FROM dos.query_count AS q
         WHERE q.month = day AND q.kind = ANY (col.kinds) AND (q.zone_id = target.id OR (q.zone_id IS NULL AND q.kind = ANY (col.shared)))
        UNION ALL
        SELECT r.created_at, r.clid, NULL, 1, r.name FROM dos.registrar AS r
         WHERE col.name = 'operational-registrars' AND r.state IN ('ok', 'readonly') AND NOT r.ote AND r.created_at < (dos_internal.report_month(month)).next
        UNION ALL
        SELECT k.made_at, k.object_name, NULL, k.change, format('%s (%s)', k.reason, k.author) FROM dos.report_correction AS k
         WHERE k.zone_id = target.id AND k.month = day AND k.registrar_id IS NULL AND k.name = col.name
         ORDER BY 5, 1;
END $$;
COMMENT ON FUNCTION dos.report_explain(text, date, text, text) IS
    'what a number of a monthly report is made of: commands with svTRID, what the clock did, corrections; the amounts add up to the number. Registrar NULL: '
    'the Totals line, or the activity report. R2303, R2306, R2004, R2304';
