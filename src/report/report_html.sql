-- Reports for people: a page of HTML with a chart in SVG and the numbers as a table. No script, no style from elsewhere;
-- well-formed as XML; every text that comes from the registry is escaped.

CREATE FUNCTION dos_internal.html_text(content text) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN replace(replace(replace(replace(replace(regexp_replace(coalesce(content, ''), '[\x01-\x08\x0b\x0c\x0e-\x1f]', '', 'g'),
               '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;');
COMMENT ON FUNCTION dos_internal.html_text(text) IS 'a text as content or attribute of HTML and XML; control characters, which XML cannot hold, are left out';

-- Bars, the longest as wide as the chart. The table beside it says the same to who cannot see it.
CREATE FUNCTION dos_internal.html_chart(title text, labels text[], numbers numeric[]) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT format('<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="%s" width="720" height="%s" viewBox="0 0 720 %s">',
                  dos_internal.html_text(title), 24 * greatest(cardinality(labels), 1), 24 * greatest(cardinality(labels), 1))
        || coalesce(string_agg(format('<text x="0" y="%s">%s</text><rect x="260" y="%s" width="%s" height="16"><title>%s: %s</title></rect><text x="%s" y="%s">%s</text>',
               24 * b.n - 8, dos_internal.html_text(left(b.label, 34)), 24 * b.n - 20, b.width, dos_internal.html_text(b.label), trim_scale(b.number),
               266 + b.width, 24 * b.n - 8, trim_scale(b.number)), E'\n' ORDER BY b.n), '')
        || '</svg>'
      FROM (SELECT l.label, l.number, l.n, round(360 * greatest(l.number, 0) / greatest((SELECT max(x) FROM unnest(numbers) AS x), 1), 1) AS width
              FROM unnest(labels, numbers) WITH ORDINALITY AS l (label, number, n)) AS b
$$;
COMMENT ON FUNCTION dos_internal.html_chart(text, text[], numeric[]) IS 'a bar chart as inline SVG';

CREATE FUNCTION dos_internal.html_table(head text[], lines jsonb) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT '<table><thead><tr>' || (SELECT string_agg('<th scope="col">' || dos_internal.html_text(h) || '</th>', '' ORDER BY n) FROM unnest(head) WITH ORDINALITY AS x (h, n))
        || E'</tr></thead>\n<tbody>'
        || coalesce((SELECT string_agg('<tr>' || (SELECT string_agg(format('<td%s>%s</td>', CASE WHEN c ~ '^-?[0-9., ]+$' THEN ' class="n"' ELSE '' END, dos_internal.html_text(c)), '' ORDER BY m)
                                                    FROM jsonb_array_elements_text(l.line) WITH ORDINALITY AS y (c, m)) || '</tr>', E'\n' ORDER BY l.n)
                       FROM jsonb_array_elements(lines) WITH ORDINALITY AS l (line, n)), '<tr><td>nothing</td></tr>')
        || '</tbody></table>'
$$;
COMMENT ON FUNCTION dos_internal.html_table(text[], jsonb) IS 'a table; lines is an array of arrays';

-- What each page shows: a query that gives its lines as arrays, which of their fields labels a bar and which is its length.
CREATE FUNCTION dos.report_pages(OUT page text, OUT title text, OUT head text[], OUT query text, OUT label int, OUT number int) RETURNS SETOF record
LANGUAGE sql IMMUTABLE
BEGIN ATOMIC
    VALUES ('domains', 'Domains under management', '{zone,registrar,domains,deleted,pending,with name servers,signed,IDN}'::text[],
            'SELECT jsonb_build_array(zone, registrar, domains, deleted, pending, with_name_servers, signed, idn) FROM dos.domains_managed WHERE zone = coalesce($1, zone) ORDER BY domains DESC, zone, registrar', 1, 2),
           ('expiring', 'Domains that expire, by day', '{day,domains,that renew themselves}',
            'SELECT jsonb_build_array((expires_at AT TIME ZONE ''UTC'')::date, count(*), count(*) FILTER (WHERE renews_itself)) FROM dos.domains_expiring WHERE zone = coalesce($1, zone) GROUP BY (expires_at AT TIME ZONE ''UTC'')::date ORDER BY 1', 0, 1),
           ('revenue', 'Revenue', '{month,zone,registrar,command,currency,charges,refunds,amount}',
            'SELECT jsonb_build_array(month, zone, registrar, command, currency, charges, refunds, amount) FROM dos.revenue WHERE ($1 IS NULL OR zone = $1) AND ($2 IS NULL OR month = to_char($2, ''YYYY-MM'')) ORDER BY month DESC, amount_minor DESC, zone, registrar, command', 2, 7),
           ('deferred', 'Deferred revenue', '{zone,currency,domains,charged,earned,deferred}',
            'SELECT jsonb_build_array(zone, currency, domains, dos.money_text(charged_minor, currency), dos.money_text(earned_minor, currency), dos.money_text(deferred_minor, currency)) FROM dos.deferred_revenue() WHERE zone = coalesce($1, zone)', 0, 5),
           ('promotions', 'Use of promotions', '{promotion,granted,registrars,granted for (minor units),currency,quota,budget}',
            'SELECT jsonb_build_array(name, granted, registrars, granted_minor, currency, quota, budget_minor) FROM dos.promotion_report ORDER BY granted DESC, name', 0, 1),
           ('transactions', 'Transactions of the month', '{registrar,column,number}',
            'SELECT jsonb_build_array(registrar_name, column_name, amount) FROM dos.report_counts($1, coalesce($2, dos.now()::date)) WHERE amount <> 0 ORDER BY iana_id, registrar, position', 1, 2);
END;
COMMENT ON FUNCTION dos.report_pages() IS 'the pages of dos.report_html(): the query behind each ($1 zone, $2 month), its headings, and the fields that label and measure a bar';

CREATE FUNCTION dos.report_html(page text, zone text DEFAULT NULL, month date DEFAULT NULL) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p     record;
    lines jsonb;
    body  text;
BEGIN
    SELECT * INTO p FROM dos.report_pages() AS r WHERE r.page = report_html.page;
    IF NOT FOUND THEN
        PERFORM dos_internal.refuse(2306, 'report_page_unknown', 'page', format('there is no page "%s"', page));
    ELSIF zone IS NOT NULL OR page = 'transactions' THEN
        zone := (dos_internal.zone_require(zone)).name;
    END IF;
    EXECUTE format('SELECT coalesce(jsonb_agg(l), ''[]'') FROM (%s) AS q (l)', p.query) INTO lines USING zone, month;
    SELECT dos_internal.html_chart(p.title, array_agg(b.label ORDER BY b.n), array_agg(b.number ORDER BY b.n)) INTO body
      FROM (SELECT concat_ws(' ', coalesce(l.line ->> p.label, '-'), l.line ->> (array_position(p.head, 'currency') - 1)) AS label, min(l.n) AS n, sum(coalesce(substring(replace(l.line ->> p.number, ',', '') FROM '-?[0-9.]+')::numeric, 0)) AS number
              FROM jsonb_array_elements(lines) WITH ORDINALITY AS l (line, n) GROUP BY 1 ORDER BY min(l.n) LIMIT 60) AS b;
    RETURN concat(E'<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" lang="en">\n<head><meta charset="utf-8"/><title>', dos_internal.html_text(p.title),
        E'</title>\n<style>body{font:15px sans-serif;margin:2em;color:#111;background:#fff}table{border-collapse:collapse}th,td{padding:.2em .8em;border-bottom:1px solid #bbb;text-align:left}',
        E'.n{text-align:right}svg text{font:13px sans-serif}rect{fill:#2b5f9e}</style></head>\n<body><h1>', dos_internal.html_text(p.title), '</h1>',
        '<p>', dos_internal.html_text(concat_ws(', ', 'zone ' || zone, to_char(month, 'YYYY-MM'), 'made ' || dos.iso8601(dos.now()))), E'</p>\n',
        body, E'\n', dos_internal.html_table(p.head, lines), E'\n</body></html>\n');
END $$;
COMMENT ON FUNCTION dos.report_html(text, text, date) IS
    'a report as a page for browsers, one of dos.report_pages(), of a zone (NULL: all; transactions: one) and a month. R2306, R2303';
GRANT EXECUTE ON FUNCTION dos.report_html(text, text, date), dos.report_make(text, date, text, text), dos.report_correct(text, date, text, text, bigint, text, text, text),
    dos.report_explain(text, date, text, text), dos.report_verify(text, date), dos.report_transactions(text, date), dos.report_activity(text, date),
    dos.report_text(text, date, text) TO dos_admin;
