-- One table of everything an operator should look at. Thresholds are in one place, below; what is measured is what the
-- views of the rooms show.

CREATE FUNCTION dos_internal.health_state(measured numeric, warn numeric, bad numeric) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN CASE WHEN measured >= bad THEN 'bad' WHEN measured >= warn THEN 'warn' ELSE 'ok' END;
COMMENT ON FUNCTION dos_internal.health_state(numeric, numeric, numeric) IS 'ok, warn or bad: which of two thresholds a number has reached; nothing measured is ok';

CREATE FUNCTION dos_internal.health_age(since timestamptz) RETURNS numeric
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN CASE WHEN isfinite(since) THEN extract(epoch FROM dos.now() - since) END;
COMMENT ON FUNCTION dos_internal.health_age(timestamptz) IS 'seconds since an instant, less than 0 before it; NULL when it never was or never will be';

CREATE FUNCTION dos.health(OUT part text, OUT name text, OUT state text, OUT value numeric, OUT unit text, OUT detail text) RETURNS SETOF record
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT m.part, m.name, coalesce(m.forced, dos_internal.health_state(m.value, m.warn, m.bad)), round(m.value, 3), m.unit, m.detail
      FROM (
        -- the zones: what waits for publication, what is stopped, what no rule publishes
        SELECT 'zone backlog' AS part, z.zone::text AS name, CASE z.state WHEN 'ok' THEN NULL WHEN 'stopped' THEN 'bad' END AS forced,
               z.waiting::numeric AS value, 10000 AS warn, 100000 AS bad, 'names' AS unit, z.state AS detail FROM dos.zone_status AS z
        UNION ALL
        SELECT 'zone lag', z.zone::text, NULL, CASE WHEN z.waiting > 0 THEN dos_internal.health_age(z.published_at) ELSE 0 END, 60, 600, 'seconds', 'since the last publication, with names waiting'
          FROM dos.zone_status AS z
        UNION ALL
        SELECT 'zone parked', z.zone::text, NULL, z.parked, 1, 100, 'names', 'names that could not be published' FROM dos.zone_status AS z
        UNION ALL
        SELECT 'zone guard', z.name::text, 'bad', dos_internal.health_age(g.stopped_at), 0, 0, 'seconds', g.guard || ': ' || g.detail
          FROM dos.zone_guard AS g JOIN dos.zone AS z ON z.id = g.zone_id WHERE g.released_at IS NULL
        UNION ALL
        SELECT 'secondary', s.zone || ' ' || s.secondary, NULL, coalesce(dos_internal.health_age(s.behind_since), 0), 300, 3600, 'seconds', s.state FROM dos.dns_secondary_status AS s
        UNION ALL
        SELECT 'signatures', s.zone || ' ' || s.secondary, NULL, dos_internal.health_age(s.signed_until) / 86400, -3, -1, 'days past their end', 'signed until ' || dos.iso8601(s.signed_until)
          FROM dos.dns_secondary_status AS s WHERE s.signed_until IS NOT NULL
        UNION ALL
        -- what runs by itself
        SELECT 'job failing', j.name, NULL, j.failed_in_row, 1, 5, 'in a row', j.last_error FROM dos.job_status AS j WHERE j.enabled
        UNION ALL
        SELECT 'job late', j.name, NULL, greatest(dos_internal.health_age(j.next_run), 0), 120, 900, 'seconds', CASE WHEN j.running THEN 'is running' END
          FROM dos.job_status AS j WHERE j.enabled
        UNION ALL
        SELECT 'name overdue', 'domains', NULL, count(*), 1, 1000, 'names', min(o.name) || ', the latest by ' || max(o.late_by) FROM dos.domain_overdue AS o
        UNION ALL
        SELECT 'applications undecided', z.name || ' ' || p.name, NULL, dos_internal.health_age(upper(p.during)) / 86400, 30, 180, 'days after the phase', n.number || ' application(s)'
          FROM dos.phase AS p JOIN dos.zone AS z ON z.id = p.zone_id, LATERAL (SELECT count(*) AS number FROM dos.application AS a WHERE a.phase_id = p.id AND a.decided_at IS NULL) AS n
         WHERE p.mode <> 'registration' AND p.settled_at IS NULL AND upper(p.during) <= dos.now()
        UNION ALL
        SELECT 'hook failing', h.function, CASE WHEN h.missing THEN 'bad' END, (h.last_failed > dos.now() - interval '1 hour')::int, 1, 2, 'in an hour', h.last_error
          FROM dos.hook_status AS h WHERE h.enabled
        UNION ALL
        -- those who wait for the registry, and for whom it waits
        SELECT 'outbox reader', o.reader, NULL, coalesce(extract(epoch FROM o.lag), 0), 300, 3600, 'seconds', o.pending || ' event(s) wait' FROM dos.outbox_status AS o
        UNION ALL
        SELECT 'poll queue', p.registrar, NULL, extract(epoch FROM p.age) / 86400, 14, 60, 'days', p.messages || ' message(s) wait' FROM dos.poll_status AS p
        UNION ALL
        SELECT 'balance low', coalesce(b.registrar, '') || ' ' || b.currency, CASE WHEN b.available_minor <= 0 THEN 'bad' ELSE 'warn' END,
               dos_internal.health_age(l.since) / 86400, 0, 0, 'days', dos.money_text(b.available_minor, b.currency) || ' ' || b.currency || ' left'
          FROM dos.account_low AS l JOIN dos.account_balance AS b USING (account_id)
        UNION ALL
        SELECT 'certificate ends', r.clid, NULL, dos_internal.health_age(c.ends) / 86400, -30, -7, 'days past its end', 'the registrar''s last one'
          FROM (SELECT c.registrar_id, max(coalesce(upper(c.valid), 'infinity')) AS ends FROM dos.registrar_certificate AS c GROUP BY 1) AS c
          JOIN dos.registrar AS r ON r.id = c.registrar_id WHERE c.ends < 'infinity' AND r.state = 'ok'
        UNION ALL
        -- what is proved each day
        SELECT 'proof', p.name, CASE WHEN p.problems > 0 THEN 'bad' END, p.problems, 1, 1, 'problems', coalesce(p.first, 'took ' || p.took) FROM dos.proof AS p
        UNION ALL
        SELECT 'proof old', d.name, NULL, coalesce(dos_internal.health_age(d.proved_at) / 86400, 0), 2, 7, 'days', CASE WHEN d.proved_at IS NULL THEN 'never run on this server' END
          FROM dos_internal.proof_due AS d
        UNION ALL
        -- deposits: not written in time, or not accepted by the agent
        SELECT 'escrow', e.zone, 'bad', dos_internal.health_age(e.watermark + s.due_within) / 3600, 0, 0, 'hours late', 'deposit ' || e.type || ' is not written'
          FROM dos.escrow_due() AS e JOIN dos.zone AS z ON z.name = e.zone JOIN dos.escrow_setting AS s ON s.zone_id = z.id WHERE dos.now() >= e.watermark + s.due_within
        UNION ALL
        SELECT 'escrow', u.zone, 'bad', dos_internal.health_age(u.since) / 3600, 0, 0, 'hours late', concat_ws(': ', format('deposit %s is %s', u.deposit, u.state), u.error)
          FROM dos_internal.escrow_unaccepted() AS u
        UNION ALL
        -- PostgreSQL under it
        SELECT 'replication', coalesce(nullif(s.application_name, ''), s.client_addr::text, s.pid::text), CASE WHEN s.state <> 'streaming' THEN 'warn' END,
               coalesce(extract(epoch FROM s.replay_lag), 0), 10, 120, 'seconds', s.state || ', ' || s.sync_state FROM pg_stat_replication AS s
        UNION ALL
        SELECT 'replication slot', s.slot_name::text, CASE WHEN s.wal_status = 'lost' THEN 'bad' END, pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn) / 1048576, 1024, 8192, 'MB held back', s.wal_status
          FROM pg_replication_slots AS s WHERE NOT pg_is_in_recovery()
        UNION ALL
        SELECT 'transaction ids', d.datname::text, NULL, age(d.datfrozenxid), 500000000, 1500000000, 'transactions', 'age of the oldest that is not frozen'
          FROM pg_database AS d WHERE d.datname = current_database()
        UNION ALL
        SELECT 'secrets in the log', 'log_parameter_max_length', NULL, (current_setting('log_parameter_max_length') <> '0' OR current_setting('log_parameter_max_length_on_error') <> '0')::int,
               CASE WHEN current_setting('log_statement') IN ('mod', 'all') OR current_setting('log_min_duration_statement') <> '-1' THEN 1 ELSE 2 END, 2, 'settings',
               'passwords and authInfo are parameters: 0, see deploy/postgresql.conf'
        UNION ALL
        SELECT 'oldest transaction', 'all', NULL, coalesce(max(extract(epoch FROM clock_timestamp() - a.xact_start)), 0), 300, 3600, 'seconds', 'holds back vacuum and publication'
          FROM pg_stat_activity AS a WHERE a.datname = current_database() AND a.backend_type = 'client backend'
        UNION ALL
        SELECT 'connections', 'all', NULL, count(*) * 100.0 / current_setting('max_connections')::int, 80, 95, 'percent', count(*) || ' open'
          FROM pg_stat_activity AS a WHERE a.backend_type = 'client backend') AS m
     ORDER BY CASE coalesce(m.forced, dos_internal.health_state(m.value, m.warn, m.bad)) WHEN 'bad' THEN 1 WHEN 'warn' THEN 2 ELSE 3 END, m.part, m.name
$$;
COMMENT ON FUNCTION dos.health() IS
    'everything an operator should look at, the worst first: what, of whom, ok, warn or bad, how much of what unit, and why; for staff and monitoring, on the primary';
GRANT EXECUTE ON FUNCTION dos.health() TO dos_admin;

CREATE FUNCTION dos.health_summary(OUT part text, OUT state text, OUT findings bigint) RETURNS SETOF record
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH h AS MATERIALIZED (SELECT h.part, h.state FROM dos.health() AS h)
    SELECT p.part, s.state, (SELECT count(*) FROM h WHERE h.part = p.part AND h.state = s.state)
      FROM (SELECT DISTINCT h.part FROM h) AS p CROSS JOIN unnest('{warn,bad}'::text[]) AS s (state)
     ORDER BY p.part, s.state
$$;
COMMENT ON FUNCTION dos.health_summary() IS 'how many lines of dos.health() are warn and how many bad, part by part: what dos-dns shows as metric dos_health_findings; without a name in it';
GRANT EXECUTE ON FUNCTION dos.health_summary() TO dos_admin, dos_dns;
