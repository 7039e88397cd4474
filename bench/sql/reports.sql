-- A month of trade, set by set, in a database of its own, and the monthly reports of it. psql variable: events.
-- Five events a name: half of the names were there before, half come in the month, two fifths of those go in their add grace
-- period; a fifth as many old names are purged. Prints: names, seconds of transactions, activity, and making (which proves it
-- again), MiB of the backend's own memory at its highest, whether every total is what went in.
\set ON_ERROR_STOP on
SET jit = off;
SET client_min_messages = warning;
ALTER TABLE dos.outbox DISABLE TRIGGER outbox_poll;             -- the messages of a month are not what is measured
SET synchronous_commit = off;
SELECT dos.zone_create('month', '{}', 'kind=test', 'registrant_required=false', 'contacts_required={}') > 0 \g /dev/null
UPDATE dos.zone SET created_at = '2025-01-01Z';
INSERT INTO dos.registrar (clid, name, state) SELECT 'month-' || n, 'Registrar ' || n, 'ok' FROM generate_series(0, 19) AS n;
INSERT INTO dos.host (name, roid, registrar_id, creator_id, created_at)
SELECT 'ns' || n || '.hosting.invalid', 'BH' || n || '-DOS', r.id, r.id, '2025-01-01Z' FROM generate_series(0, 199) AS n JOIN dos.registrar AS r ON r.clid = 'month-' || n % 20;
SELECT :events / 5 AS names, (SELECT min(id) FROM dos.registrar WHERE clid LIKE 'month-%') AS registrar, (SELECT min(id) FROM dos.host) AS host,
       (SELECT id FROM dos.zone WHERE name = 'month') AS zone \gset

-- each name: its number (also its object), its registrar, an instant in the first 22 days of May 2026
CREATE TEMPORARY TABLE name AS
SELECT n + 1 AS id, 'n' || n || '.month' AS name, 'month-' || n % 20 AS registrar, 'month-' || (n + 1) % 20 AS gainer, timestamptz '2026-05-01Z' + n::bigint * 7919 % 1900000 * interval '1 second' AS at,
       CASE WHEN n < :names / 2 THEN 'old' WHEN n < :names * 4 / 5 THEN 'new' WHEN n < :names THEN 'tasted' ELSE 'purged' END AS kind
  FROM generate_series(0, :names + :names / 5 - 1) AS n;
ANALYZE name;
INSERT INTO dos.domain (id, name, zone_id, roid, registrar_id, creator_id, created_at, expires_at, host_ids, act)
SELECT n.id, n.name, :zone, 'BD' || n.id || '-DOS', :registrar + (n.id - 1) % 20, :registrar + (n.id - 1) % 20, CASE n.kind WHEN 'old' THEN n.at - interval '410 days' ELSE n.at END, '2028-01-01Z',
       ARRAY[:host + n.id % 100, :host + 100 + n.id % 100], CASE n.kind WHEN 'old' THEN ROW(2, n.at + interval '1 day', 'month-1', NULL, 'renew', NULL, NULL)::dos.act END
  FROM name AS n WHERE n.kind IN ('old', 'new');
INSERT INTO dos.object_history (kind, object_id, object_name, began_at, ended_at, made, ended, image)
SELECT 'domain', n.id, n.name, n.at - interval '410 days', n.at + interval '1 day', NULL, ROW(2, n.at + interval '1 day', 'month-1', NULL, 'renew', NULL, NULL)::dos.act,
       jsonb_build_object('id', n.id, 'name', n.name, 'roid', 'BD' || n.id || '-DOS', 'zone_id', :zone, 'creator_id', :registrar, 'registrar_id', :registrar + (n.id - 1) % 20, 'created_at', n.at - interval '410 days',
                          'expires_at', '2026-12-31T00:00:00Z', 'graces', '[]'::jsonb, 'statuses', '[]'::jsonb, 'host_ids', jsonb_build_array(:host + n.id % 100, :host + 100 + n.id % 100), 'admin_ids', '[]'::jsonb,
                          'tech_ids', '[]'::jsonb, 'billing_ids', '[]'::jsonb, 'host_attrs', '[]'::jsonb, 'ds', '[]'::jsonb, 'keys', '[]'::jsonb, 'idn_indexed', false)
       || CASE n.kind WHEN 'purged' THEN jsonb_build_object('deleted_at', n.at - interval '34 days') ELSE '{}' END
  FROM name AS n WHERE n.kind IN ('old', 'purged');

-- what happened, by name: which event, how long after the name's instant, whose, what it says
CREATE TEMPORARY TABLE plan (kind text, event text, after interval, years int, charge text);
INSERT INTO plan VALUES
    ('new', 'created', '0', 1, 'create'), ('tasted', 'created', '0', 1, 'create'), ('new', 'renewed', '1 hour', 1, 'renew'), ('tasted', 'renewed', '1 hour', 1, 'renew'),
    ('old', 'renewed', '1 hour', 1, 'renew'), ('old', 'renewed', '2 hours', 1, 'renew'), ('old', 'renewed', '3 hours', 1, 'renew'), ('old', 'renewed', '4 hours', 1, 'renew'),
    ('old', 'autorenewed', '-45 days', 1, 'autorenew'), ('fifth', 'transfer_completed', '3 hours', 1, 'transfer'), ('fourth', 'transfer_approved', '4 hours', 1, 'transfer'),
    ('third', 'transfer_approved', '5 hours', 1, 'transfer'), ('second', 'transfer_completed', '5 hours', 1, 'transfer'), ('first', 'transfer_completed', '5 hours', 1, 'transfer'),
    ('fifth', 'transfer_rejected', '2 hours', NULL, NULL), ('fourth', 'transfer_rejected', '2 hours', NULL, NULL), ('third', 'transfer_rejected', '2 hours', NULL, NULL),
    ('first', 'restored', '1 day', NULL, NULL), ('second', 'restored', '1 day', NULL, NULL), ('third', 'restore_lapsed', '1 day', NULL, NULL),
    ('tasted', 'deleted', '1 day', NULL, NULL), ('purged', 'purged', '1 day', NULL, NULL);
-- a fifth of the old names each
CREATE TEMPORARY TABLE part AS
SELECT n.*, n.kind AS part FROM name AS n
UNION ALL SELECT n.*, ('{first,second,third,fourth,fifth}'::text[])[1 + n.id % 5] FROM name AS n WHERE n.kind = 'old';
ANALYZE part;
INSERT INTO dos.outbox (happened_at, event, object_name, object_id, registrar, svtrid, content)
SELECT n.at + p.after, 'domain.' || p.event, n.name, n.id, CASE WHEN c.clock THEN NULL WHEN p.event = 'transfer_approved' THEN n.registrar ELSE n.registrar END, CASE WHEN NOT c.clock THEN 'DOS-' || n.id || '-' || p.event END,
       CASE WHEN p.event LIKE 'transfer_%' THEN jsonb_build_object('notify', ARRAY[n.registrar, n.gainer], 'transfer', jsonb_build_object('status', 'clientApproved', 'requester', n.gainer, 'requested_at', n.at, 'acts_at', n.at + p.after,
                                                                                                                                          'actor', n.registrar, 'expires_at', '2028-01-01T00:00:00Z'))
            WHEN p.event = 'deleted' THEN jsonb_build_object('roid', 'BD' || n.id || '-DOS', 'in_grace', true)
            WHEN p.event = 'purged' THEN jsonb_build_object('roid', 'BD' || n.id || '-DOS', 'notify', ARRAY[n.registrar], 'purged_at', n.at + p.after)
            WHEN p.event = 'restore_lapsed' THEN jsonb_build_object('notify', ARRAY[n.registrar], 'deleted_at', n.at + p.after, 'lapsed_at', n.at + p.after)
            WHEN p.event = 'restored' THEN jsonb_build_object('expires_at', '2027-01-01T00:00:00Z')
            ELSE jsonb_build_object('years', p.years, 'expires_at', dos.period_add_years(n.at + p.after, 1, n.at + p.after), 'amount_minor', 800, 'currency', 'USD') || CASE WHEN c.clock THEN jsonb_build_object('notify', ARRAY[n.registrar]) ELSE '{}' END
       END
  FROM part AS n JOIN plan AS p ON p.kind = n.part, LATERAL (SELECT p.event IN ('autorenewed', 'purged', 'restore_lapsed', 'transfer_completed') AS clock) AS c;
INSERT INTO dos.ledger_entry (made_at, debit_account_id, credit_account_id, amount_minor, kind, object_name, object_id, years)
SELECT n.at + p.after, 3 + n.id % 20, 2, 800, p.charge, n.name, n.id, 1 FROM part AS n JOIN plan AS p ON p.kind = n.part WHERE p.charge IS NOT NULL;
INSERT INTO dos.ledger_entry (made_at, debit_account_id, credit_account_id, amount_minor, kind, object_name, object_id, years, reverses_id)
SELECT n.at + interval '1 day', 2, 3 + n.id % 20, 800, 'refund', n.name, n.id, 1, e.id FROM name AS n JOIN dos.ledger_entry AS e ON e.object_id = n.id WHERE n.kind = 'tasted';
SELECT dos.query_count_add(ARRAY[:zone], '{srs-dom-check}', ARRAY[:events::bigint]) \g /dev/null
SELECT count(*) AS written FROM dos.outbox WHERE event LIKE 'domain.%' \gset
VACUUM (ANALYZE) dos.outbox, dos.ledger_entry, dos.domain, dos.object_history, dos.host;

RESET synchronous_commit;
SET dos.clock = '2026-06-01T06:00:00Z';
\c
SET jit = off;
SET dos.clock = '2026-06-01T06:00:00Z';
SELECT clock_timestamp() AS t0 \gset
CREATE TEMPORARY TABLE line AS SELECT n, line FROM dos.report_transactions('month', '2026-05-01') WITH ORDINALITY AS l (line, n);
SELECT clock_timestamp() AS t1 \gset
SELECT count(*) FROM dos.report_activity('month', '2026-05-01') \g /dev/null
SELECT clock_timestamp() AS t2 \gset
SELECT (regexp_match(s, 'VmHWM:\s+(\d+)'))[1]::int - (regexp_match(s, 'RssShmem:\s+(\d+)'))[1]::int - (regexp_match(s, 'RssFile:\s+(\d+)'))[1]::int AS kib FROM pg_read_file('/proc/self/status') AS s \gset
SELECT dos.report_make('month', '2026-05-01', 'transactions') > 0, dos.report_make('month', '2026-05-01', 'activity') > 0 \g /dev/null
SELECT clock_timestamp() AS t3 \gset
SELECT :written, round(extract(epoch FROM :'t1'::timestamptz - :'t0'), 2), round(extract(epoch FROM :'t2'::timestamptz - :'t1'), 2), round(extract(epoch FROM :'t3'::timestamptz - :'t2'), 2), :kib / 1024,
       (SELECT line FROM line ORDER BY n DESC LIMIT 1) = concat_ws(',', 'Totals', '', x * 4 / 5, 200, x * 3 / 10, '0,0,0,0,0,0,0,0,0', x * 14 / 5, '0,0,0,0,0,0,0,0,0', x / 2, x * 3 / 10, x / 2, x * 3 / 10, '0,0,0', x / 5, x / 5, x / 5, x / 10, '0,0,0', x / 2)
  FROM (SELECT :names AS x) AS o;
