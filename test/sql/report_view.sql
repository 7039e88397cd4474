-- What operators and accountants see: names, expiry, revenue, deferred revenue, and pages of HTML.
SET dos.clock = '2026-01-01T00:00:00Z';
SELECT test.registrar('alpha') > 0 AS alpha, test.registrar('beta') > 0 AS beta, test.thin_zone('shop', 'kind=test', 'transfer_lock=0') > 0 AS shop, test.thin_zone('club', 'kind=test') > 0 AS club;
UPDATE dos.registrar SET name = 'Alpha <b>& "Sons"</b>', iana_id = 101 WHERE clid = 'alpha';
SELECT code FROM dos.domain_create('alpha', 'one.shop', 1, ds => '{12345 13 2 00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF}');
SELECT code FROM dos.domain_create('alpha', 'two.shop', 4);
SELECT code FROM dos.domain_create('beta', 'three.shop', 10);
SELECT code FROM dos.domain_create('beta', 'four.club', 2);
SELECT code FROM dos.domain_create('beta', 'gone.club', 2);
SET dos.clock = '2026-01-03T00:00:00Z';
SELECT code FROM dos.domain_delete('beta', 'gone.club');
SET dos.clock = '2026-07-02T12:00:00Z';
SELECT code FROM dos.domain_renew('alpha', 'one.shop', '2027-01-01', 2);
SELECT * FROM dos.domains_managed ORDER BY 1, 2;
-- revenue by month adds up to the account
SELECT * FROM dos.revenue ORDER BY month, zone, registrar, command;
SELECT sum(r.amount_minor) = (SELECT sum(CASE WHEN e.credit_account_id = a.id THEN e.amount_minor ELSE -e.amount_minor END) FROM dos.ledger_entry AS e, dos.account AS a
                               WHERE a.kind = 'revenue' AND a.id IN (e.credit_account_id, e.debit_account_id)) AS adds_up FROM dos.revenue AS r;

-- deferred: at the beginning all of it, at the end nothing, in the middle by the day; earned and deferred are what was charged
SELECT t.at, d.* FROM (VALUES ('2026-01-01T00:00:00Z'::timestamptz), ('2026-07-02T11:59:59Z'), ('2026-07-02T12:00:00Z')) AS t (at), dos.deferred_revenue(t.at) AS d;
-- one year of 8.00, of which 182.5 of 365 days lie behind
SELECT round(800 * 0.5) AS half;
SET dos.clock = '2027-12-31T00:00:00Z';
SELECT * FROM dos.deferred_revenue() WHERE zone = 'club';
SELECT * FROM dos.domains_expiring ORDER BY 1;
SET dos.clock = '2028-01-01T00:00:00Z';
SELECT count(*) AS deferred FROM dos.deferred_revenue() WHERE zone = 'club' AND deferred_minor > 0;
WITH moved AS MATERIALIZED (SELECT dos.job_run('domain_advance') AS n) SELECT n AS worked FROM moved;
SELECT * FROM dos.deferred_revenue() WHERE zone = 'club';
SELECT name, expires_at, days, renews_itself FROM dos.domains_expiring ORDER BY 1;

-- pages: refused, escaped, well-formed (an XML parser reads each)
SELECT o.code, o.reason FROM unnest('{nothing,transactions}'::text[]) AS p, test.outcome(format('SELECT dos.report_html(%L)', p)) AS o;
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.report_html('domains', 'nowhere')$$) AS o;
SET dos.clock = '2026-07-20T00:00:00Z';
SELECT p.page, p.title, h.html IS DOCUMENT AS parsed, (xpath('count(//h:rect)', h.html, '{{h,http://www.w3.org/2000/svg}}'))[1] AS bars,
       (xpath('count(//h:tbody/h:tr)', h.html, '{{h,http://www.w3.org/1999/xhtml}}'))[1] AS lines
  FROM dos.report_pages() AS p, LATERAL (SELECT xmlparse(DOCUMENT replace(dos.report_html(p.page, 'shop', '2026-07-01'), '<!DOCTYPE html>', '')) AS html) AS h;
SELECT dos.report_html('transactions', 'shop', '2026-07-01');
SELECT dos_internal.html_text(E'a<b>&"''\x01\x0bz') AS escaped, dos_internal.html_text(NULL) AS nothing;
