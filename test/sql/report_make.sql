-- Reports as files and as rows: bytes, revisions, corrections, what is refused, the job.
SET dos.clock = '2026-05-10T00:00:00Z';
SELECT test.registrar('alpha') > 0 AS alpha, test.registrar('beta') > 0 AS beta, test.thin_zone('shop', 'kind=test') > 0 AS shop,
       test.thin_zone('global', 'kind=generic') > 0 AS global;
UPDATE dos.registrar SET iana_id = 101, name = 'Alpha, "the" Registrar' WHERE clid = 'alpha';
SELECT code FROM dos.domain_create('alpha', 'one.shop', svtrid => 'SV-1');
SELECT code FROM dos.domain_create('beta', 'one.global', svtrid => 'SV-2');

-- refusals first
SELECT t.call, o.code, o.reason, o.element FROM (VALUES
    ($$dos.report_make('nowhere', '2026-05-01', 'activity')$$),
    ($$dos.report_make('shop', '2026-05-01', 'activity')$$),
    ($$dos.report_make('shop', '2026-04-01', 'everything')$$),
    ($$dos.report_make('shop', '2026-04-01', NULL)$$),
    ($$dos.report_explain('shop', '2026-05-01', 'alpha', 'iana')$$),
    ($$dos.report_counts('shop', '2026-06-01')$$),
    ($$dos.report_activity('shop', '2026-06-01')$$),
    ($$dos.report_correct('shop', '2026-05-01', 'alpha', 'iana-id', 1, 'why')$$),
    ($$dos.report_correct('shop', '2026-05-01', NULL, 'zfa-passwords', 1, 'why')$$),
    ($$dos.report_correct('shop', '2026-05-01', 'nobody', 'transfer-disputed-won', 1, 'why')$$),
    ($$dos.report_correct('shop', '2026-05-01', NULL, 'transfer-disputed-won', 1, 'why')$$),
    ($$dos.report_correct('shop', '2026-05-01', 'alpha', 'rdap-queries', 1, 'why')$$),
    ($$dos.report_correct('shop', '2026-05-01', 'alpha', 'transfer-disputed-won', 1, ' ')$$),
    ($$dos.report_correct('shop', '2026-05-01', 'alpha', 'transfer-disputed-won', 0, 'why')$$)) AS t (call),
    test.outcome('SELECT ' || t.call) AS o;

-- the month has ended one instant, and no sooner
SET dos.clock = '2026-05-31T23:59:59.999Z';
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.report_make('shop', '2026-05-31', 'transactions')$$) AS o;
SET dos.clock = '2026-06-01T00:00:00Z';
SELECT dos.report_make('shop', '2026-05-31', 'transactions') = dos.report_make('shop', '2026-05-01', 'transactions') AS same;
SELECT file_name, revision, length(content) - length(replace(content, E'\r\n', '')) AS crlf, right(content, 2) = E'\r\n' AS ended,
       digest = encode(sha256(convert_to(content, 'UTF8')), 'hex') AS digest, split_part(content, E'\r\n', 2) AS line FROM dos.report;
SELECT o.code, o.reason FROM test.outcome('UPDATE dos.report SET content = NULL') AS o;
-- a zone of kind generic needs IANA ids
SELECT * FROM test.outcome($$SELECT dos.report_make('global', '2026-05-01', 'transactions')$$);

-- a dispute decided later is another revision, with its reason; the first one stays
SELECT dos.report_correct('shop', '2026-05-17', 'alpha', 'transfer-disputed-won', 2, 'TDRP 2026-17', 'legal', 'one.shop') AS correction,
       dos.report_correct('shop', '2026-05-17', 'beta', 'restored-noreport', 1, 'never came', 'ops') AS another;
SELECT o.code, o.reason FROM test.outcome('UPDATE dos.report_correction SET change = 1') AS o;
SELECT dos.report_make('shop', '2026-05-01', 'transactions', 'TDRP 2026-17') > 0 AS made;
SELECT revision, reason, split_part(content, E'\r\n', 2) AS alpha, split_part(content, E'\r\n', 3) AS beta, split_part(content, E'\r\n', 4) AS totals FROM dos.report ORDER BY revision;
SELECT at, object_name, amount, what FROM dos.report_explain('shop', '2026-05-01', 'alpha', 'transfer-disputed-won');
-- every number of the report is the sum of what explains it
SELECT count(*) AS cells, count(*) FILTER (WHERE c.amount <> coalesce((SELECT sum(e.amount) FROM dos.report_explain('shop', '2026-05-01', c.registrar, c.column_name) AS e), 0)) AS wrong
  FROM dos.report_counts('shop', '2026-05-01') AS c;
-- below zero nothing is reported
SELECT dos.report_correct('shop', '2026-05-01', 'beta', 'restored-domains', -1, 'wrong') > 0 AS corrected;
SELECT problem, detail FROM dos.report_verify('shop', '2026-05-01');

-- activity: counts about the zone, and about no zone where that is everybody's
SET dos.clock = '2026-06-15T00:00:00Z';
SELECT dos.query_count_add(ARRAY[z.id, z.id, NULL, NULL, z.id, NULL, NULL, NULL, o.id],
           '{srs-dom-check,whois,whois,srs-cont-create,rdap-domain,rdap-domain,rdap-help,srs-host-info,srs-dom-check}', '{7,3,100,5,11,100,2,4,1000}'::bigint[])
  FROM dos.zone AS z, dos.zone AS o WHERE z.name = 'shop' AND o.name = 'global';
SELECT dos.report_correct('shop', '2026-06-01', NULL, 'dns-udp-queries-received', 123456789, 'knot statistics', 'dns') > 0 AS received;
-- name servers tell their counters: told twice they count once, and one that began anew counts from nothing
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.name_server_count('ns1', 'nowhere', 1, 1, 1, 1)$$) AS o;
SELECT dos.name_server_count('ns1', 'shop', 1000, 990, NULL, NULL), dos.name_server_count('ns1', 'shop', 1000, 990, NULL, NULL), dos.name_server_count('ns2', 'shop', 7, 7, 5, 4);
SELECT dos.name_server_count('ns1', 'shop', 1500, 1400, 3, 3), dos.name_server_count('ns1', 'shop', 20, 10, 3, 3), dos.name_server_count('ns1', 'global', 1, 1, 1, 1);
SELECT q.kind, q.count FROM dos.query_count AS q JOIN dos.zone AS z ON z.id = q.zone_id WHERE z.name = 'shop' AND q.kind LIKE 'dns-%' ORDER BY 1;
SELECT column_name, content FROM dos.report_activity_counts('shop', '2026-06-01') WHERE content <> '0';
SELECT e.amount, e.what FROM dos.report_explain('shop', '2026-06-01', NULL, 'rdap-queries') AS e;
SELECT count(*) AS cells, count(*) FILTER (WHERE c.amount <> coalesce((SELECT sum(e.amount) FROM dos.report_explain('shop', '2026-06-01', NULL, c.column_name) AS e), 0)) AS wrong
  FROM dos.report_activity_counts('shop', '2026-06-01') AS c;
-- columns are rows: another agreement, another order
UPDATE dos.report_column SET enabled = true WHERE name IN ('ramp-up-registrars', 'rdap-rate-limit');
UPDATE dos.report_column SET constant = NULL WHERE name = 'zfa-passwords';
SELECT left(line, 60) AS beginning, right(line, 30) AS ending FROM dos.report_activity('shop', '2026-06-01') AS line;
SELECT name, own FROM dos.report_column WHERE own ORDER BY 1;

-- creates tried: the gateways bring them; names created in SQL are more than none
SELECT dos.create_attempt_add(ARRAY[z.id, z.id, 0], '{alpha,nobody,alpha}', '{9,1,1}'), dos.create_attempt_add(ARRAY[z.id, z.id], '{alpha,beta}', '{3,0}') FROM dos.zone AS z WHERE z.name = 'shop';
SELECT code FROM dos.domain_create('beta', 'two.shop');
SELECT registrar, amount FROM dos.report_counts('shop', '2026-06-01') WHERE column_name = 'attempted-adds';

-- the job: six hours after the month's end, once; what fails is told once a day and keeps nobody waiting
INSERT INTO dos.report_setting (zone_id) SELECT id FROM dos.zone;
SET dos.clock = '2026-07-01T05:59:59.999Z';
SELECT dos.job_run('report_monthly') AS made;
SET dos.clock = '2026-07-01T06:00:00Z';
SELECT dos.job_run('report_monthly') AS made, dos.job_run('report_monthly') AS again;
SELECT z.name, r.report, r.month, r.revision, r.file_name FROM dos.report AS r JOIN dos.zone AS z ON z.id = r.zone_id ORDER BY r.id;
SELECT z.name, s.failed_at, s.problem FROM dos.report_setting AS s JOIN dos.zone AS z ON z.id = s.zone_id ORDER BY 1;
UPDATE dos.registrar SET iana_id = 102 WHERE clid = 'beta';
SET dos.clock = '2026-07-02T05:59:59.999Z';
SELECT dos.job_run('report_monthly') AS made;
SET dos.clock = '2026-07-02T06:00:00Z';
SELECT dos.job_run('report_monthly') AS made;
SELECT problem FROM dos.report_setting WHERE problem IS NOT NULL;
SELECT event, object_name, content FROM dos.outbox WHERE event LIKE 'report.%' ORDER BY id;
-- as a file: \o june.csv before this
SELECT replace(dos.report_text('global', '2026-06-01', 'transactions'), E'\r', '') <> '' AS text;

-- events that are not kept any more give no report, but what was made is there
SET dos.clock = '2028-07-02T06:00:00Z';
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.report_transactions('shop', '2026-05-01')$$) AS o;
SELECT dos.report_text('shop', '2026-05-20', 'transactions') IS NOT NULL AS kept;
