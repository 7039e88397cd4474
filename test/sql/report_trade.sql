-- Two months of trade, through the verbs, with a clock that jumps and a worker that comes when it likes; and a second
-- count of everything, from what the test wrote down itself, the ledger and the objects as they were, not from events.
-- Another seed is other trade: CALL trade(seed, until).
SET jit = off;
SET dos.clock = '2025-03-20T00:00:00Z';
SELECT test.registrar('alpha') > 0 AS alpha, test.registrar('beta') > 0 AS beta, test.registrar('gamma') > 0 AS gamma,
       test.thin_zone('shop', 'kind=test', 'transfer_lock=0', 'delete_hosts=rename') > 0 AS shop, test.thin_zone('other', 'kind=test', 'transfer_lock=0') > 0 AS other;
SELECT count(*) AS hosts FROM unnest('{alpha,beta,gamma}'::text[]) AS r, dos.host_create(r, 'ns.' || r || '.example') AS h WHERE h.code = 1000;

CREATE TABLE journal (n int GENERATED ALWAYS AS IDENTITY, at timestamptz, verb text, registrar text, name text, years int, code text);

CREATE FUNCTION thrown(seed bigint, step int, nth int) RETURNS int LANGUAGE sql IMMUTABLE AS $$
    SELECT (('x' || substr(md5(seed || ' ' || step || ' ' || nth), 1, 8))::bit(32)::bigint % 1000)::int
$$;

-- one command, written down with its answer
CREATE PROCEDURE command(verb text, registrar text, name text, years int, call text) LANGUAGE plpgsql AS $$
DECLARE
    answer text := (SELECT o.code FROM test.outcome('SELECT (' || call || ').code') AS o);
BEGIN
    INSERT INTO journal (at, verb, registrar, name, years, code) VALUES (dos.now(), command.verb, command.registrar, command.name, command.years, answer);
    IF verb = 'create' THEN
        PERFORM dos.create_attempt_add(ARRAY[(dos_internal.zone_of(name)).id], ARRAY[command.registrar], '{1}');
    END IF;
    COMMIT;
END $$;

CREATE PROCEDURE trade(seed bigint, until timestamptz) LANGUAGE plpgsql AS $$
DECLARE
    jumps CONSTANT text[] := '{1 millisecond,20 minutes,2 hours,5 hours,11 hours,23 hours}';
    whos  CONSTANT text[] := '{alpha,beta,gamma}';
    t     int[];
    step  int := 0;
    who   text;
    other text;
    d     record;
    nm    text;
BEGIN
    WHILE dos.now() < until LOOP
        step := step + 1;
        t := ARRAY(SELECT thrown(seed, step, k) FROM generate_series(1, 6) AS k);
        PERFORM set_config('dos.clock', (dos.now() + jumps[1 + t[1] % 6]::interval)::text, false);
        COMMIT;
        IF t[1] < 120 THEN
            PERFORM dos.job_run('domain_advance');
            COMMIT;
        END IF;
        nm := 'n' || t[2] % 70 || CASE WHEN t[2] < 900 THEN '.shop' ELSE '.other' END;
        SELECT r.clid, (x.transfer).status = 'pending' AS pending, rq.clid AS requester, x.expires_at, x.deleted_at, x.restore_at INTO d
          FROM dos.domain AS x JOIN dos.registrar AS r ON r.id = x.registrar_id LEFT JOIN dos.registrar AS rq ON rq.id = (x.transfer).requester_id WHERE x.name = nm;
        who := coalesce(d.clid, whos[1 + t[3] % 3]);
        other := whos[1 + (array_position(whos, who) + t[3] % 2) % 3];
        IF d.clid IS NULL OR t[4] < 40 THEN
            CALL command('create', who, nm, 1 + t[5] % 3, format('dos.domain_create(%L, %L, %s, hosts => %L)', who, nm, 1 + t[5] % 3, ARRAY['ns.' || whos[1 + t[6] % 3] || '.example']));
        ELSIF d.restore_at IS NOT NULL AND t[4] < 700 THEN
            CALL command('report', who, nm, NULL, format('dos.domain_restore_report(%L, %L, ''a'', ''b'', now(), now(), ''c'', ''{d,e}'')', who, nm));
        ELSIF d.deleted_at IS NOT NULL AND t[4] < 500 THEN
            CALL command('restore', who, nm, NULL, format('dos.domain_restore_request(%L, %L)', who, nm));
        ELSIF d.pending AND t[4] < 700 THEN
            CALL command(CASE t[5] % 3 WHEN 0 THEN 'approve' WHEN 1 THEN 'reject' ELSE 'cancel' END, CASE t[5] % 3 WHEN 2 THEN d.requester ELSE who END, nm, NULL,
                         format('dos.domain_transfer_%s(%L, %L)', CASE t[5] % 3 WHEN 0 THEN 'approve' WHEN 1 THEN 'reject' ELSE 'cancel' END, CASE t[5] % 3 WHEN 2 THEN d.requester ELSE who END, nm));
        ELSIF t[4] < 350 THEN
            CALL command('delete', who, nm, NULL, format('dos.domain_delete(%L, %L)', who, nm));
        ELSIF t[4] < 600 THEN
            CALL command('renew', who, nm, 1 + t[5] % 2, format('dos.domain_renew(%L, %L, %L, %s)', who, nm, (d.expires_at AT TIME ZONE 'UTC')::date, 1 + t[5] % 2));
        ELSE
            PERFORM test.outcome(format('SELECT (dos.domain_update(%L, %L, chg_auth => ''Open-Sesame-1'')).code', who, nm));
            COMMIT;
            CALL command('request', other, nm, NULL, format('dos.domain_transfer_request(%L, %L, ''Open-Sesame-1'')', other, nm));
        END IF;
    END LOOP;
END $$;

-- names of last year, which expire in the time we look at
DO $$
BEGIN
    FOR i IN 0 .. 69 BY 2 LOOP
        PERFORM set_config('dos.clock', (timestamptz '2025-03-20 UTC' + i * interval '25 hours')::text, false);
        COMMIT;
        PERFORM dos.domain_create(('{alpha,beta,gamma}'::text[])[1 + i % 3], 'n' || i || '.shop', 1);
        COMMIT;
    END LOOP;
END $$;
SET dos.clock = '2026-04-01T00:00:00Z';
CALL trade(17, '2026-07-10T00:00:00Z');
SET dos.clock = '2026-07-10T00:00:00Z';
SELECT verb, count(*) FILTER (WHERE code LIKE '1%') AS done, count(*) FILTER (WHERE code NOT LIKE '1%') AS refused FROM journal GROUP BY 1 ORDER BY 1;

CREATE FUNCTION works() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    WHILE dos.job_run('domain_advance') > 0 LOOP NULL; END LOOP;
END $$;
SELECT works();

-- the second count
CREATE FUNCTION recount(first timestamptz, next timestamptz) RETURNS TABLE (registrar text, column_name text, amount bigint) LANGUAGE sql AS $$
    WITH j AS (SELECT * FROM journal WHERE code LIKE '1%' AND name LIKE '%.shop'),
    moved AS (
        SELECT q.name, e.at, q.registrar AS gainer, (SELECT r.clid FROM dos.registrar AS r WHERE r.id = (dos.domain_at(q.name, e.at - interval '1 millisecond')).registrar_id) AS loser
          FROM j AS q CROSS JOIN LATERAL (
               SELECT coalesce((SELECT CASE a.verb WHEN 'approve' THEN a.at END FROM j AS a WHERE a.name = q.name AND a.verb IN ('approve', 'reject', 'cancel') AND a.n > q.n AND a.at < q.at + interval '5 days'
                                 ORDER BY a.n LIMIT 1),
                               CASE WHEN NOT EXISTS (SELECT FROM j AS a WHERE a.name = q.name AND a.verb IN ('approve', 'reject', 'cancel') AND a.n > q.n AND a.at < q.at + interval '5 days')
                                    THEN q.at + interval '5 days' END) AS at) AS e
         WHERE q.verb = 'request' AND e.at <= dos.now()),
    charges AS (
        SELECT r.name, r.registrar, r.years, r.at, r.at + interval '5 days' AS until, 'renew' AS kind FROM j AS r WHERE r.verb = 'renew'
        UNION ALL
        SELECT e.object_name, r.clid, e.years, w.expires_at, w.expires_at + interval '45 days', 'autorenew'
          FROM dos.ledger_entry AS e JOIN dos.account AS a ON a.id = e.debit_account_id JOIN dos.registrar AS r ON r.id = a.registrar_id,
               LATERAL dos.domain_at(e.object_name, e.made_at - interval '1 millisecond') AS w
         WHERE e.kind = 'autorenew' AND e.object_name LIKE '%.shop'
        UNION ALL
        SELECT m.name, m.gainer, NULL, m.at, m.at + interval '5 days', 'transfer' FROM moved AS m),
    kept AS (
        SELECT c.* FROM charges AS c
         WHERE c.until >= first AND c.until < next
           AND NOT EXISTS (SELECT FROM j AS x WHERE x.verb = 'delete' AND x.name = c.name AND x.at >= c.at AND x.at < c.until
                              AND NOT EXISTS (SELECT FROM moved AS m WHERE m.name = c.name AND m.at > c.at AND m.at <= x.at))
           AND (c.kind <> 'autorenew' OR NOT EXISTS (SELECT FROM moved AS m WHERE m.name = c.name AND m.at > c.at AND m.at < c.until))),
    facts AS (
        SELECT c.registrar, 'net-adds-' || c.years || '-yr' AS column_name FROM j AS c
         WHERE c.verb = 'create' AND c.at + interval '5 days' >= first AND c.at + interval '5 days' < next
           AND NOT EXISTS (SELECT FROM j AS x WHERE x.verb = 'delete' AND x.code = '1000' AND x.name = c.name AND x.n > c.n AND x.at < c.at + interval '5 days')
        UNION ALL SELECT k.registrar, CASE k.kind WHEN 'transfer' THEN 'transfer-gaining-successful' ELSE 'net-renews-' || k.years || '-yr' END FROM kept AS k
        UNION ALL SELECT m.loser, 'transfer-losing-successful' FROM moved AS m WHERE m.at >= first AND m.at < next
        UNION ALL SELECT x.registrar, 'transfer-losing-nacked' FROM j AS x WHERE x.verb = 'reject' AND x.at >= first AND x.at < next
        UNION ALL SELECT (SELECT q.registrar FROM j AS q WHERE q.verb = 'request' AND q.name = x.name AND q.n < x.n ORDER BY q.n DESC LIMIT 1), 'transfer-gaining-nacked'
                    FROM j AS x WHERE x.verb = 'reject' AND x.at >= first AND x.at < next
        UNION ALL SELECT x.registrar, 'deleted-domains-grace' FROM j AS x WHERE x.verb = 'delete' AND x.code = '1000' AND x.at >= first AND x.at < next
        UNION ALL SELECT (SELECT r.clid FROM dos.registrar AS r WHERE r.id = (h.image ->> 'registrar_id')::int), 'deleted-domains-nograce'
                    FROM (SELECT DISTINCT ON (object_id) * FROM dos.object_history WHERE kind = 'domain' AND object_name LIKE '%.shop' ORDER BY object_id, id DESC) AS h
                   WHERE (h.ended).registrar IS NULL AND NOT EXISTS (SELECT FROM dos.domain AS d WHERE d.id = h.object_id)
                     AND (h.image ->> 'deleted_at')::timestamptz + interval '35 days' >= first AND (h.image ->> 'deleted_at')::timestamptz + interval '35 days' < next
        UNION ALL SELECT x.registrar, 'restored-domains' FROM j AS x WHERE x.verb = 'report' AND x.at >= first AND x.at < next
        UNION ALL SELECT x.registrar, 'restored-noreport' FROM j AS x WHERE x.verb = 'restore' AND x.at + interval '7 days' >= first AND x.at + interval '7 days' < next
                     AND NOT EXISTS (SELECT FROM j AS y WHERE y.verb = 'report' AND y.name = x.name AND y.at >= x.at AND y.at < x.at + interval '7 days')
        UNION ALL SELECT x.registrar, 'attempted-adds' FROM journal AS x WHERE x.verb = 'create' AND x.name LIKE '%.shop' AND x.at >= first AND x.at < next
        UNION ALL SELECT r.clid, 'total-domains' FROM generate_series(0, 69) AS i, LATERAL dos.domain_at('n' || i || '.shop', next - interval '1 millisecond') AS d,
                         LATERAL dos_internal.domain_state(d, next - interval '1 millisecond') AS s, dos.registrar AS r
                   WHERE d.id IS NOT NULL AND s.registered AND r.id = CASE WHEN s.transferred THEN (d.transfer).requester_id ELSE d.registrar_id END
        UNION ALL SELECT r.clid, 'total-nameservers' FROM dos.host AS h JOIN dos.registrar AS r ON r.id = h.registrar_id
                   WHERE EXISTS (SELECT FROM generate_series(0, 69) AS i, LATERAL dos.domain_at('n' || i || '.shop', next - interval '1 millisecond') AS d
                                  WHERE d.host_ids @> ARRAY[h.id] AND (dos_internal.domain_state(d, next - interval '1 millisecond')).registered))
    SELECT registrar, column_name, count(*) FROM facts GROUP BY 1, 2
$$;

CREATE TABLE reported AS SELECT m.month, c.registrar, c.column_name, c.amount
  FROM (VALUES ('2026-05-01'::date), ('2026-06-01')) AS m (month), dos.report_counts('shop', m.month) AS c WHERE c.amount <> 0;
CREATE TABLE counted AS SELECT m.month, c.* FROM (VALUES ('2026-05-01'::date), ('2026-06-01')) AS m (month), recount(m.month::timestamp AT TIME ZONE 'UTC', (m.month + interval '1 month') AT TIME ZONE 'UTC') AS c;
SELECT * FROM reported ORDER BY month, registrar, column_name;
-- no row is right
(SELECT 'reported' AS only, * FROM reported EXCEPT SELECT 'reported', * FROM counted) UNION ALL (SELECT 'counted', * FROM counted EXCEPT SELECT 'counted', * FROM reported) ORDER BY 2, 3, 4, 1;
SELECT m.month, v.* FROM (VALUES ('2026-04-01'::date), ('2026-05-01'), ('2026-06-01')) AS m (month), dos.report_verify('shop', m.month) AS v;
-- what explains a number adds up to it, cell by cell
SELECT count(*) AS cells, count(*) FILTER (WHERE r.amount <> (SELECT sum(e.amount) FROM dos.report_explain('shop', r.month, r.registrar, r.column_name) AS e)) AS wrong FROM reported AS r;
-- a report of the past has the same bytes whenever it is made
SELECT dos.report_make('shop', '2026-05-01', 'transactions') > 0 AS made;
SET dos.clock = '2026-09-01T00:00:00Z';
SELECT works();
SELECT dos.report_make('shop', '2026-05-01', 'transactions') > 0 AS made_again, (SELECT count(*) FROM dos.report) AS revisions;
