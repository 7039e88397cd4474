-- The law of lives as a property: random commands of three registrars and the registry, jumps of the clock, policy that
-- changes, and a worker that hardly ever comes. After each step: statuses are legal, the money adds up, nothing dangles,
-- EPP, RDAP, WHOIS, DAS and DNS tell the same, and what each tells is the same before and after the worker. The walk is the
-- same each time; another seed and more steps: SELECT * FROM walk(seed, steps).
SET jit = off;
SET dos.clock = '2027-12-01T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('other'), test.registrar('poor', 3000);
SELECT test.thin_zone('auto', 'transfer_lock=0', 'registrant_lock=0', 'transfer_pending=3 days', 'autorenew_retry=20 days', 'delete_hosts=rename') > 0 AS auto,
       test.thin_zone('hold', 'autorenew=false', 'expiry_hold=6 days', 'expiry_dns=park', 'expiry_dns_after=2 days', 'park_servers={ns.park.test}', 'redemption=4 days',
                      'pending_delete=2 days', 'release=random', 'release_window=5 hours', 'transfer_lock=0', 'registrant_lock=0', 'transfer_pending=2 days', 'delete_hosts=detach') > 0 AS hold,
       test.thin_zone('wait', 'pending_verbs={create,update}', 'pending_timeout=3 days', 'autorenew_unpaid=debt', 'autorenew_grace=10 days', 'redemption=3 days',
                      'pending_delete=1 day', 'release=hour', 'release_hour=14 hours', 'restore_report=false', 'transfer_lock=0', 'registrant_lock=0') > 0 AS wait;
SELECT count(dos.host_create('acme', 'ns' || n || '.elsewhere.test')) FROM generate_series(0, 2) AS n;

-- What everybody tells of one name at this instant. (A server inside a name that is gone leaves other names' delegations when the
-- purge is written down; only servers outside are compared.)
CREATE FUNCTION told(asked text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    epp   dos.domain_data;
    whois text := dos.whois(asked);
    rdap  jsonb := dos.rdap_domain(asked, 'https://r.example/')::jsonb;
    moved text;
BEGIN
    BEGIN
        epp := dos.domain_info('acme', asked);
        SELECT q.status || ' ' || q.requester || ' ' || coalesce(q.expires_at::text, '') INTO moved FROM dos.domain_transfer_query(epp.sponsor, asked) AS q;
    EXCEPTION WHEN SQLSTATE 'R2303' OR SQLSTATE 'R2301' THEN
        NULL;
    END;
    RETURN jsonb_build_object(
        'epp', CASE WHEN epp.name IS NOT NULL THEN jsonb_build_object('statuses', (SELECT jsonb_agg(s ORDER BY s) FROM unnest(epp.statuses) AS s),
                    'rgp', (SELECT jsonb_agg(s ORDER BY s) FROM unnest(epp.rgp_statuses) AS s), 'expires', epp.expires_at, 'sponsor', epp.sponsor, 'hosts', (SELECT jsonb_agg(h) FROM unnest(epp.hosts) AS h WHERE h LIKE '%.elsewhere.test'), 'transfer', moved) END,
        'check', (SELECT c.available FROM dos.domain_check('other', ARRAY[asked]) AS c), 'das', (SELECT d.status FROM dos.das_check(ARRAY[asked]) AS d),
        'whois', CASE WHEN whois LIKE 'Domain Name:%' THEN jsonb_build_object('statuses', (SELECT jsonb_agg(m[1] ORDER BY m[1]) FROM regexp_matches(whois, E'Domain Status: (\\w+) ', 'g') AS m),
                     'expires', substring(whois FROM 'Registry Expiry Date: (\S+)'), 'sponsor', substring(whois FROM 'Registrar: (?:Registrar )?(\S+)')) END,
        'rdap', CASE WHEN rdap IS NOT NULL THEN jsonb_build_object('expires', (SELECT e ->> 'eventDate' FROM jsonb_array_elements(rdap -> 'events') AS e WHERE e ->> 'eventAction' = 'expiration'),
                     'statuses', (SELECT jsonb_agg(s ORDER BY s) FROM jsonb_array_elements(rdap -> 'status') AS s)) END,
        'dns', (SELECT (SELECT jsonb_agg(h) FROM unnest(g.servers) AS h WHERE h ~ 'elsewhere|park')
                 FROM dos_internal.dns_delegation((dos_internal.zone_of(asked)).id, asked) AS g WHERE g.delegated));
END $$;
-- Where two of them contradict each other.
CREATE FUNCTION contradicts(t jsonb) RETURNS text LANGUAGE sql AS $$
    SELECT CASE
        WHEN (t -> 'epp' = 'null') <> (t ->> 'das' = 'available') THEN 'DAS'
        WHEN (t -> 'epp' = 'null') <> (t -> 'whois' = 'null') THEN 'WHOIS'
        WHEN (t -> 'epp' = 'null') <> (t -> 'rdap' = 'null') THEN 'RDAP'
        WHEN (t ->> 'check')::boolean AND t -> 'epp' <> 'null' THEN 'check'
        WHEN t -> 'epp' = 'null' AND t -> 'dns' <> 'null' THEN 'DNS of what is not there'
        WHEN t -> 'epp' <> 'null' AND NOT (t #> '{epp,statuses}') <@ (t #> '{whois,statuses}') THEN 'statuses of WHOIS'
        WHEN t -> 'epp' <> 'null' AND t #>> '{whois,sponsor}' <> t #>> '{epp,sponsor}' THEN 'sponsor of WHOIS'
        WHEN t -> 'epp' <> 'null' AND ((t #>> '{whois,expires}')::timestamptz, (t #>> '{rdap,expires}')::timestamptz) IS DISTINCT FROM ((t #>> '{epp,expires}')::timestamptz, (t #>> '{epp,expires}')::timestamptz) THEN 'expiry'
        WHEN t -> 'dns' <> 'null' AND t #> '{epp,statuses}' ?| '{clientHold,serverHold,pendingCreate}' THEN 'DNS of what is held'
    END
$$;
CREATE TABLE name_of (name text);
INSERT INTO name_of SELECT l || '.' || z.name FROM dos.zone AS z, unnest('{a,b,c}'::text[]) AS l;

CREATE FUNCTION broken() RETURNS TABLE (invariant text, what text) LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := (SELECT jsonb_object_agg(n.name, told(n.name)) FROM name_of AS n);
    later  jsonb;
BEGIN
    RETURN QUERY SELECT 'answers agree', n.name || ' ' || contradicts(before -> n.name) || ': ' || (before ->> n.name) FROM name_of AS n WHERE contradicts(before -> n.name) IS NOT NULL;
    RETURN QUERY SELECT 'statuses may stand together', d.name || ' ' || s.statuses::text FROM dos.domain AS d, dos_internal.domain_state(d, dos.now()) AS s, dos.lifecycle_statuses() AS l
                  WHERE l.status = ANY (s.statuses) AND (l.displaces && s.statuses OR (l.status = 'ok' AND cardinality(s.statuses) > 1));
    RETURN QUERY SELECT 'the ledger adds up', v::text FROM dos.ledger_verify() AS v;
    RETURN QUERY SELECT 'references exist', g::text FROM test.dangling() AS g;
    RETURN QUERY SELECT 'the years are those that were paid or are owed', d.name || ' ' || d.expires_at FROM dos.domain AS d
        WHERE (d.pending).kind IS DISTINCT FROM 'create' AND extract(year FROM d.expires_at AT TIME ZONE 'UTC') - extract(year FROM d.created_at AT TIME ZONE 'UTC')
              > coalesce((SELECT sum(e.years) FROM dos.ledger_entry AS e WHERE e.object_id = d.id), 0) + coalesce((d.unpaid).years, 0);
    BEGIN
        PERFORM dos.job_run('domain_advance');
        later := (SELECT jsonb_object_agg(n.name, told(n.name)) FROM name_of AS n);
        RETURN QUERY SELECT 'the worker changes no answer', n.name || ' ' || (before ->> n.name) || ' becomes ' || (later ->> n.name) FROM name_of AS n WHERE before -> n.name <> later -> n.name;
        RETURN QUERY SELECT 'the worker leaves nothing due', d.name::text FROM dos.domain AS d WHERE dos_internal.domain_is_due(d) OR d.next_event_at <= dos.now();
        RETURN QUERY SELECT 'the ledger adds up after the worker', v::text FROM dos.ledger_verify() AS v;
        RAISE EXCEPTION 'undo' USING ERRCODE = 'XXUND';
    EXCEPTION WHEN SQLSTATE 'XXUND' THEN
        NULL;
    END;
END $$;

CREATE FUNCTION thrown(seed bigint, step int, nth int) RETURNS int LANGUAGE sql IMMUTABLE AS $$
    SELECT (('x' || substr(md5(seed || ' ' || step || ' ' || nth), 1, 8))::bit(32)::bigint % 1000)::int
$$;
CREATE TABLE phase_seen (step int, name text, phase text, next_phase text);
CREATE TABLE trace (step int, command text, answer text, at timestamptz);
CREATE FUNCTION walk(seed bigint, steps int) RETURNS TABLE (step int, command text, answer text, problem text) LANGUAGE plpgsql AS $$
DECLARE
    t      int[];
    n      int;
    who    text;
    target text;
    other  text;
    o      record;
    wrong  record;
    phases jsonb;
    locks CONSTANT text[] := '{clientHold,clientDeleteProhibited,clientRenewProhibited,clientUpdateProhibited,clientTransferProhibited}';
    jumps CONSTANT text[] := '{1 second,1 hour,1 hour,5 hours,12 hours,12 hours,1 day,1 day,1 day,2 days,3 days,6 days,30 days,180 days,366 days}';
BEGIN
    FOR i IN 1 .. steps LOOP
        t := ARRAY(SELECT thrown(seed, i, k) FROM generate_series(1, 6) AS k);
        n := t[1];
        target := (SELECT m.name FROM name_of AS m ORDER BY m.name OFFSET t[2] % 9 LIMIT 1);
        -- answers go where something waits for them
        target := coalesce((SELECT d.name FROM dos.domain AS d WHERE CASE WHEN n BETWEEN 490 AND 529 THEN (d.transfer).status = 'pending' WHEN n BETWEEN 530 AND 574 THEN d.deleted_at IS NOT NULL
                             WHEN n BETWEEN 575 AND 599 THEN d.restore_at IS NOT NULL WHEN n BETWEEN 600 AND 649 THEN (d.pending).kind IS NOT NULL
                             WHEN n BETWEEN 420 AND 489 THEN (d.pending).kind IS NULL AND d.deleted_at IS NULL AND t[5] < 700 ELSE false END ORDER BY d.name LIMIT 1), target);
        who := coalesce((SELECT dos_internal.registrar_clid(dos_internal.domain_sponsor(d)) FROM dos.domain AS d WHERE d.name = target), (ARRAY['acme', 'other', 'poor'])[1 + t[3] % 3]);
        other := CASE who WHEN 'acme' THEN 'other' ELSE 'acme' END;
        IF t[6] < 80 THEN
            who := (ARRAY['acme', 'other', 'poor'])[1 + t[3] % 3];
        END IF;
        step := i;
        command := CASE
            WHEN n < 160 THEN format('SELECT dos.domain_create(%L, %L, %s, hosts => ARRAY[%L], auth => ''Secret-1!'')', who, target, 1 + t[4] % 2, 'ns' || t[5] % 3 || '.elsewhere.test')
            WHEN n < 210 THEN format('SELECT * FROM dos.domain_delete(%L, %L)', who, target)
            WHEN n < 280 THEN format('SELECT dos.domain_renew(%L, %L, ((dos.domain_state(%2$L)).expires_at AT TIME ZONE ''UTC'')::date, %s)', who, target, 1 + t[5] % 3)
            WHEN n < 340 THEN format('SELECT * FROM dos.domain_update(%L, %L, %s_statuses => ARRAY[%L], chg_auth => ''Secret-1!'')', who, target, CASE WHEN t[4] < 500 THEN 'add' ELSE 'rem' END, locks[1 + t[5] % 5])
            WHEN n < 380 THEN format('SELECT * FROM dos.domain_update(%L, %L, %s_hosts => ARRAY[%L], chg_auth => ''Secret-1!'')', who, target, CASE WHEN t[4] < 500 THEN 'add' ELSE 'rem' END,
                                     CASE WHEN t[5] < 500 THEN 'ns' || t[5] % 3 || '.elsewhere.test' ELSE 'ns.' || (ARRAY['a.auto', 'b.hold', 'c.wait'])[1 + t[5] % 3] END)
            WHEN n < 410 THEN format('SELECT dos.host_create(%L, %L, ''{192.0.2.1}'')', who, 'ns.' || target)
            WHEN n < 425 THEN format('SELECT * FROM dos.host_delete(%L, %L)', who, 'ns.' || target)
            WHEN n < 490 THEN format('SELECT dos.domain_transfer_request(%L, %L, ''Secret-1!'')', other, target)
            WHEN n < 530 THEN format('SELECT dos.domain_transfer_%s(%L, %L)', (ARRAY['approve', 'reject', 'cancel'])[1 + t[4] % 3], CASE WHEN t[4] % 3 = 2 THEN other ELSE who END, target)
            WHEN n < 575 THEN format('SELECT dos.domain_restore_request(%L, %L)', who, target)
            WHEN n < 600 THEN format('SELECT dos.domain_restore_report(%L, %L, ''a'', ''b'', dos.now() - interval ''1 day'', dos.now(), ''c'', ''{d,e}'')', who, target)
            WHEN n < 650 THEN format('SELECT dos.domain_pending_%s(%L)', CASE WHEN t[4] < 650 THEN 'approve' ELSE 'reject' END, target)
            WHEN n < 670 THEN format('SELECT dos.domain_autorenew_set(%L, %s)', target, (ARRAY['true', 'false', 'NULL'])[1 + t[4] % 3])
            WHEN n < 680 THEN format('SELECT dos.registrar_autorenew_set(%L, %s)', who, (ARRAY['true', 'false', 'NULL'])[1 + t[4] % 3])
            WHEN n < 700 THEN format('UPDATE dos.zone SET %s WHERE name = %L', (ARRAY['redemption = ''2 days''', 'autorenew_grace = ''20 days''', 'expiry_hold = ''1 day''', 'autorenew = NOT autorenew',
                                     'expiry_dns = ''leave''', 'transfer_grace = ''1 day''', 'release = ''hour'', release_hour = ''3 hours''', 'autorenew_years = 2'])[1 + t[4] % 8], split_part(target, '.', 2))
            WHEN n < 715 THEN format('SELECT dos.account_deposit(''poor'', ''USD'', %s, ''walk %s'')', 800 + t[4], i)
            WHEN n < 735 THEN 'SELECT dos.job_run(''domain_advance'')'
            ELSE format('SELECT set_config(''dos.clock'', dos.iso8601(dos.now() + %L::interval), false)', jumps[1 + t[4] % 15]) END;
        phases := (SELECT jsonb_object_agg(m.name, dos.lifecycle_phase(dos.domain_state(m.name))) FROM name_of AS m);
        SELECT r.code || coalesce(' ' || r.reason, '') AS answer, r.code, r.message INTO o FROM test.outcome(command) AS r;
        answer := o.answer;
        INSERT INTO trace VALUES (i, command, answer, dos.now());
        INSERT INTO phase_seen SELECT i, m.name, phases ->> m.name, dos.lifecycle_phase(dos.domain_state(m.name)) FROM name_of AS m;
        IF o.code !~ '^(1000|1001|2305|ok|R2[0-3]..)$' THEN
            problem := 'no answer of the protocol: ' || o.message;
            RETURN NEXT;
        END IF;
        FOR wrong IN SELECT * FROM broken() LOOP
            problem := wrong.invariant || ': ' || wrong.what;
            RETURN NEXT;
        END LOOP;
    END LOOP;
END $$;
SELECT * FROM walk(2, 120);
SELECT count(*) AS steps, count(*) FILTER (WHERE answer ~ '^(1|ok)') AS done, count(*) FILTER (WHERE answer ~ '^R') AS refused, count(DISTINCT answer) AS answers FROM trace;
-- the image of the zones is what a computation from scratch says
SELECT dos.job_run('domain_advance') >= 0 AS advanced, dos.job_run('zone_publish') >= 0 AS published;
SELECT z.name, v.* FROM dos.zone AS z, dos.zone_verify(z.name) AS v;
-- a change of phase without a change of time is in the table of transitions
SELECT DISTINCT p.phase, p.next_phase, t.command FROM phase_seen AS p JOIN trace AS t USING (step)
 WHERE p.phase <> p.next_phase AND t.command !~ 'set_config' AND (p.phase, p.next_phase) NOT IN (SELECT l.phase, l.next_phase FROM dos.lifecycle_transitions() AS l);
SELECT p.phase, p.next_phase FROM phase_seen AS p JOIN dos.lifecycle_transitions() AS t USING (phase, next_phase) WHERE phase <> next_phase GROUP BY 1, 2 ORDER BY 1, 2;
-- the walk has been everywhere
SELECT substring(t.command, '(?:dos\.([a-z_]+)|UPDATE (dos\.zone))') AS command, bool_or(t.answer ~ '^(1|ok)') AS done, bool_or(t.answer ~ '^R') AS refused
FROM trace AS t WHERE t.command ~ 'dos\.(domain|host)_' GROUP BY 1 ORDER BY 1;
SELECT DISTINCT event FROM dos.outbox WHERE event ~ '^domain' ORDER BY event;
