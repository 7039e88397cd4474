-- A random walk: some hundred commands of three registrars on few names, hosts and contacts, with jumps of the clock
-- and a worker that comes now and then. After each step everything that must always hold is checked. The walk is the
-- same each time; another seed is another walk: SELECT * FROM walk(seed, steps).
SET jit = off;      -- compiling the check of the invariants takes a thousand times as long as running it
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('other'), test.registrar('poor', 4000);
SELECT test.thin_zone('example') > 0 AS example,
       test.thin_zone('short', 'autorenew=false', 'add_grace=2 days', 'renew_grace=1 day', 'redemption=3 days', 'pending_delete=1 day') > 0 AS short,
       test.thin_zone('attr', 'host_model=attribute', 'autorenew_grace=10 days') > 0 AS attr;

-- What must hold at any time. No row is right.
CREATE FUNCTION broken() RETURNS TABLE (invariant text, what text) LANGUAGE sql AS $$
    WITH state AS MATERIALIZED (SELECT d.*, s.registered, s.statuses AS seen, s.delegated FROM dos.domain AS d CROSS JOIN LATERAL dos_internal.domain_state(d, dos.now()) AS s)
    SELECT 'the ledger adds up', v::text FROM dos.ledger_verify() AS v
    UNION ALL SELECT 'references exist', g::text FROM test.dangling() AS g
    UNION ALL SELECT 'statuses are known and there is one', s.name || ' ' || s.seen::text FROM state AS s WHERE s.seen = '{}' OR NOT s.seen <@ ARRAY(SELECT status FROM dos.lifecycle_statuses())
    UNION ALL SELECT 'ok stands alone', s.name || ' ' || s.seen::text FROM state AS s WHERE 'ok' = ANY (s.seen) AND cardinality(s.seen) > 1
    UNION ALL SELECT 'no delete lock beside pendingDelete', s.name FROM state AS s WHERE 'pendingDelete' = ANY (s.seen) AND s.seen && '{clientDeleteProhibited,serverDeleteProhibited}'
    UNION ALL SELECT 'what is deleted, held or without hosts is not delegated', s.name FROM state AS s
               WHERE s.delegated AND (NOT s.registered OR s.seen && '{pendingDelete,clientHold,serverHold,inactive}')
    UNION ALL SELECT 'a registered name is not available, any other is', n.name FROM (SELECT l || '.' || z.name AS name FROM dos.zone AS z, unnest('{a,b,c,d}'::text[]) AS l) AS n
               CROSS JOIN LATERAL dos.domain_check('acme', ARRAY[n.name]) AS c WHERE c.available = EXISTS (SELECT FROM state AS s WHERE s.name = n.name AND s.registered)
    UNION ALL SELECT 'the years are those that were paid', s.name FROM state AS s
               WHERE extract(year FROM s.expires_at AT TIME ZONE 'UTC') - extract(year FROM s.created_at AT TIME ZONE 'UTC') <> (SELECT sum(e.years) FROM dos.ledger_entry AS e WHERE e.object_id = s.id)
    UNION ALL SELECT 'what is registered ends within ten years', s.name FROM state AS s WHERE s.registered AND s.expires_at > dos.period_add(dos.now(), '10 years')
    UNION ALL SELECT 'what can be given back has not been', s.name FROM state AS s, unnest(s.graces) AS g JOIN dos.ledger_entry AS e ON e.reverses_id = g.entry_id
    UNION ALL SELECT 'the worker knows when to come', s.name FROM state AS s WHERE s.next_event_at IS NULL OR s.next_event_at > s.expires_at + interval '3650 days'
    UNION ALL SELECT 'a host lies in its domain, and outside it has no addresses', h.name FROM dos.host AS h LEFT JOIN dos.domain AS d ON d.id = h.superordinate_id
               WHERE CASE WHEN d.id IS NULL THEN h.addresses <> '{}' OR (dos_internal.zone_of(h.name)).id IS NOT NULL ELSE d.name <> ALL (ARRAY[h.name::text] || dos_internal.dname_ancestors(h.name)) END
    UNION ALL SELECT 'a name server inside its domain has an address', d.name FROM dos.domain AS d JOIN dos.host AS h ON h.id = ANY (d.host_ids) WHERE h.superordinate_id = d.id AND h.addresses = '{}'
    UNION ALL SELECT 'nobody is below zero', b.registrar FROM dos.account_balance AS b WHERE b.available_minor < 0
$$;

-- a die of a thousand sides, the same each time
CREATE FUNCTION thrown(seed bigint, step int, nth int) RETURNS int LANGUAGE sql IMMUTABLE AS $$
    SELECT (('x' || substr(md5(seed || ' ' || step || ' ' || nth), 1, 8))::bit(32)::bigint % 1000)::int
$$;

CREATE FUNCTION walk(seed bigint, steps int) RETURNS TABLE (step int, command text, answer text, problem text) LANGUAGE plpgsql AS $$
DECLARE
    t           int[];
    n           int;
    who         text;
    walk_name   text;
    host        text;
    walk_handle text;
    o           record;
    wrong       record;

    labels CONSTANT text[] := '{a,b,c,d}';
    zones  CONSTANT text[] := '{example,short,attr}';
    whos   CONSTANT text[] := '{acme,acme,other,poor}';
    locks  CONSTANT text[] := '{clientHold,clientDeleteProhibited,clientRenewProhibited,clientUpdateProhibited,clientTransferProhibited}';
    jumps  CONSTANT text[] := '{1 second,1 second,1 hour,1 hour,6 hours,6 hours,12 hours,12 hours,1 day,1 day,2 days,5 days,30 days,46 days,300 days}';
BEGIN
    CREATE TABLE trace (step int, command text, answer text);
    FOR i IN 1 .. steps LOOP
        t := ARRAY(SELECT thrown(seed, i, k) FROM generate_series(1, 7) AS k);
        n := t[1];
        who := whos[1 + t[2] % 4];
        walk_name := labels[1 + t[3] % 4] || '.' || zones[1 + t[4] % 3];
        host := CASE WHEN t[5] < 600 THEN 'ns' || t[6] % 2 || '.' || labels[1 + t[5] % 4] || '.' || zones[1 + t[6] % 2] ELSE 'ns' || t[6] % 3 || '.elsewhere.test' END;
        walk_handle := 'CO-' || t[7] % 4;
        -- mostly it is the sponsor who acts, else everything would be refused
        IF t[2] < 850 THEN
            who := coalesce((SELECT r.clid FROM dos.registrar AS r WHERE r.id = CASE
                WHEN n < 530 THEN (SELECT d.registrar_id FROM dos.domain AS d WHERE d.name = walk_name)
                WHEN n < 610 THEN (SELECT c.registrar_id FROM dos.contact AS c WHERE c.handle = walk_handle)
                ELSE (SELECT d.registrar_id FROM dos.domain AS d WHERE d.name = ANY (dos_internal.dname_ancestors(host))) END), who);
        END IF;
        step := i;
        command := CASE
            WHEN n < 170 THEN format('SELECT dos.domain_create(%L, %L, %s, registrant => %L%s)', who, walk_name, 1 + t[5] % 3, CASE WHEN t[7] < 300 THEN walk_handle ELSE '' END,
                                     CASE WHEN t[6] < 400 AND walk_name NOT LIKE '%attr' THEN format(', hosts => ARRAY[%L]', host)
                                          WHEN t[6] < 400 THEN format(', host_attrs => ARRAY[''ns.%s 192.0.2.1'', ''ns.elsewhere.test'']', walk_name) ELSE '' END)
            WHEN n < 240 THEN format('SELECT * FROM dos.domain_delete(%L, %L)', who, walk_name)
            WHEN n < 350 THEN format('SELECT dos.domain_renew(%L, %L, ((dos.domain_state(%2$L)).expires_at AT TIME ZONE ''UTC'')::date, %s)', who, walk_name, 1 + t[5] % 4)
            WHEN n < 420 THEN format('SELECT * FROM dos.domain_update(%L, %L, %s_hosts => ARRAY[%L])', who, walk_name, CASE WHEN t[7] < 700 THEN 'add' ELSE 'rem' END, host)
            WHEN n < 490 THEN format('SELECT * FROM dos.domain_update(%L, %L, %s_statuses => ARRAY[%L])', who, walk_name, CASE WHEN t[7] < 500 THEN 'add' ELSE 'rem' END, locks[1 + t[6] % 5])
            WHEN n < 530 THEN format('SELECT * FROM dos.domain_update(%L, %L, %s_contacts => ARRAY[%L])', who, walk_name, CASE WHEN t[6] < 600 THEN 'add' ELSE 'rem' END, 'tech:' || walk_handle)
            WHEN n < 570 THEN format('SELECT dos.contact_create(%L, %L, ARRAY[''Ann'', NULL, NULL, NULL, NULL, ''Paris'', NULL, NULL, ''FR''], email => ''a@b.test'')', who, walk_handle)
            WHEN n < 610 THEN format('SELECT * FROM dos.contact_delete(%L, %L)', who, walk_handle)
            WHEN n < 700 THEN format('SELECT dos.host_create(%L, %L, %s)', who, host, CASE WHEN host LIKE '%.test' OR t[7] < 200 THEN 'NULL' ELSE format('''{192.0.2.%s}''', 1 + t[7] % 200) END)
            WHEN n < 740 THEN format('SELECT * FROM dos.host_delete(%L, %L)', who, host)
            WHEN n < 770 THEN format('SELECT * FROM dos.host_update(%L, %L, new_name => %L)', who, host, 'ns' || t[7] % 2 || '.' || walk_name)
            WHEN n < 790 THEN format('SELECT * FROM dos.host_update(%L, %L, rem_addresses => (SELECT addresses FROM dos.host WHERE name = %2$L))', who, host)
            WHEN n < 800 THEN format('SELECT dos.account_deposit(''poor'', ''USD'', %s, ''walk %s'')', 800 + t[2], i)
            WHEN n < 870 THEN 'SELECT dos.job_run(''domain_advance'')'
            ELSE format('SELECT set_config(''dos.clock'', dos.iso8601(dos.now() + %L::interval), false)', jumps[1 + t[2] % 15]) END;
        SELECT r.code || coalesce(' ' || r.reason, '') AS answer, r.code, r.message INTO o FROM test.outcome(command) AS r;
        answer := o.answer;
        INSERT INTO trace VALUES (i, command, answer);
        IF o.code !~ '^(1000|1001|ok|R2[0-3]..)$' THEN
            problem := 'no answer of the protocol: ' || o.message;
            RETURN NEXT;
        END IF;
        FOR wrong IN SELECT * FROM broken() LOOP
            problem := wrong.invariant || ': ' || wrong.what;
            RETURN NEXT;
        END LOOP;
    END LOOP;
END $$;

SELECT * FROM walk(5, 500);

-- the walk has been everywhere: each command was done and was refused
SELECT substring(t.command, 'dos\.([a-z_]+)') AS command, bool_or(t.answer ~ '^(1|ok)') AS done, bool_or(t.answer ~ '^R') AS refused
FROM trace AS t WHERE t.command ~ '(domain|contact|host)_(create|update|renew|delete)' GROUP BY 1 ORDER BY 1;
SELECT DISTINCT event FROM dos.outbox ORDER BY event;

-- at the end everybody goes, and all that was ever charged and given back is accounted for
UPDATE dos.domain SET statuses = '{}';
SELECT set_config('dos.clock', dos.iso8601(dos.now() + interval '100 days'), false) IS NOT NULL AS later;
UPDATE dos.zone SET autorenew = false;
SELECT set_config('dos.clock', dos.iso8601(dos.now() + interval '20 years'), false) IS NOT NULL AS much_later;
SELECT dos.job_run('domain_advance') > 0 AS expired;
SELECT (SELECT count(*) FROM dos.domain) AS domains, (SELECT count(*) FROM dos.host WHERE superordinate_id IS NOT NULL) AS hosts;
SELECT * FROM broken();
