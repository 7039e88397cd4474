-- One name through EPP (info and check), RDAP, WHOIS, DAS and DNS over random lives: some hundred commands of two registrars, with
-- jumps of the clock and workers that come now and then. The first five agree after every step, whether or not a worker has
-- come; DNS agrees as soon as the workers have. The walk is the same each time; another seed is another walk.
SET jit = off;
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('other');
SELECT test.thin_zone('example', 'transfer_lock=0', 'transfer_pending=2 days') > 0 AS example,
       test.thin_zone('short', 'autorenew=false', 'add_grace=2 days', 'renew_grace=1 day', 'redemption=3 days', 'pending_delete=1 day', 'transfer_lock=0') > 0 AS short,
       test.thin_zone('attr', 'host_model=attribute', 'autorenew_grace=10 days', 'restore_report=false', 'transfer_lock=0') > 0 AS attr,
       test.thin_zone('kept', 'autorenew=false', 'expiry_hold=20 days', 'transfer_lock=0') > 0 AS kept;
SELECT count(dos.host_create('acme', 'ns' || i || '.elsewhere.test')) FROM generate_series(0, 2) AS i;

-- What each says of a name, in one form; NULL: it is not registered. "ok" counts only when it is alone: RDAP leaves it out beside others.
CREATE FUNCTION form(statuses text[], expires_at text, sponsor text, servers text[], signed boolean) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT concat_ws(' ', (SELECT string_agg(DISTINCT s, ',' ORDER BY s) FROM unnest(statuses) AS s WHERE s <> 'ok' OR NOT EXISTS (SELECT FROM unnest(statuses) AS o WHERE o <> 'ok')),
                     expires_at, sponsor, (SELECT string_agg(s, ',' ORDER BY s) FROM unnest(servers) AS s), CASE WHEN signed THEN 'signed' END)
$$;
-- EPP says no "delegated": that follows from what it says. A name that is being restored is back in the zone.
CREATE FUNCTION info(name text, OUT said dos.domain_data, OUT delegated boolean, OUT servers text[]) LANGUAGE plpgsql AS $$
BEGIN
    said := dos.domain_info('acme', name);
    delegated := NOT said.statuses && '{inactive,clientHold,serverHold,pendingCreate}' AND ('pendingDelete' = ANY (said.statuses)) <= ('pendingRestore' = ANY (said.rgp_statuses));
    servers := ARRAY(SELECT unnest(said.hosts) UNION ALL SELECT split_part(a, ' ', 1) FROM unnest(said.host_attrs) AS a);
EXCEPTION WHEN SQLSTATE 'R2303' THEN
    NULL;
END $$;
CREATE FUNCTION by_epp(name text) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN (i.said).name IS NOT NULL THEN form((i.said).statuses || (i.said).rgp_statuses, dos.iso8601((i.said).expires_at), (i.said).sponsor, i.servers,
                i.delegated AND (i.said).ds <> '{}') END FROM info(name) AS i
$$;
CREATE FUNCTION by_rdap(name text) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN r IS NOT NULL THEN form(ARRAY(SELECT m.epp FROM jsonb_array_elements_text(r -> 'status') AS s JOIN dos.rdap_statuses() AS m ON m.rdap = s),
               (SELECT e ->> 'eventDate' FROM jsonb_array_elements(r -> 'events') AS e WHERE e ->> 'eventAction' = 'expiration'),
               (SELECT e ->> 'handle' FROM jsonb_array_elements(r -> 'entities') AS e WHERE e -> 'roles' ? 'registrar'),
               ARRAY(SELECT n ->> 'ldhName' FROM jsonb_array_elements(r -> 'nameservers') AS n), (r -> 'secureDNS' ->> 'delegationSigned')::boolean) END
      FROM (SELECT dos.rdap_domain(name, 'https://rdap.example/')::jsonb AS r) AS answer
$$;
CREATE FUNCTION by_whois(name text) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN w LIKE 'Domain Name:%' THEN form(ARRAY(SELECT m[1] FROM regexp_matches(w, E'Domain Status: (\\w+) ', 'g') AS m), replace(substring(w FROM 'Registry Expiry Date: (\S+)'), 'Z', '.000Z'),
               substring(w FROM E'\nRegistrar: Registrar (\\S+)'), ARRAY(SELECT m[1] FROM regexp_matches(w, E'\nName Server: (\\S+)', 'g') AS m), w LIKE '%DNSSEC: signedDelegation%') END
      FROM dos.whois(name) AS w
$$;
-- whether it is registered: check, DAS over its line and as JSON
CREATE FUNCTION taken(name text) RETURNS text LANGUAGE sql AS $$
    SELECT concat_ws(' ', (SELECT NOT c.available FROM dos.domain_check('acme', ARRAY[name]) AS c), dos.das(name) = name || ' registered', dos.das_json(ARRAY[name]) LIKE '%"registered"%')
$$;
CREATE FUNCTION disagree(asked text) RETURNS TABLE (name text, epp text, rdap text, whois text, taken text) LANGUAGE sql AS $$
    SELECT n.name, s.epp, s.rdap, s.whois, s.taken
      FROM (SELECT l || '.' || z.name AS name FROM dos.zone AS z, unnest('{a,b,c,d}'::text[]) AS l) AS n
      CROSS JOIN LATERAL (SELECT by_epp(n.name) AS epp, by_rdap(n.name) AS rdap, by_whois(n.name) AS whois, taken(n.name) AS taken) AS s
     WHERE n.name = coalesce(asked, n.name)
       AND (s.epp IS DISTINCT FROM s.rdap OR s.epp IS DISTINCT FROM s.whois OR s.taken <> concat_ws(' ', s.epp IS NOT NULL, s.epp IS NOT NULL, s.epp IS NOT NULL))
$$;
-- the zones as name servers get them, beside what EPP says
CREATE FUNCTION disagree_dns() RETURNS TABLE (name text, epp text, dns text) LANGUAGE sql AS $$
    WITH lines AS MATERIALIZED (SELECT rtrim(f[1], '.') AS owner, f[4] AS type, rtrim(f[5], '.') AS target
                                  FROM dos.zone AS z CROSS JOIN LATERAL dos.zone_file(z.name) AS l CROSS JOIN LATERAL regexp_split_to_array(l, E'\\s+') AS f)
    SELECT n.name, e.epp, d.dns
      FROM (SELECT l || '.' || z.name AS name FROM dos.zone AS z, unnest('{a,b,c,d}'::text[]) AS l) AS n
      CROSS JOIN LATERAL (SELECT CASE WHEN i.delegated THEN form('{}', NULL, NULL, i.servers, (i.said).ds <> '{}') END FROM info(n.name) AS i) AS e(epp)
      CROSS JOIN LATERAL (SELECT CASE WHEN count(*) > 0 THEN form('{}', NULL, NULL, array_agg(r.target) FILTER (WHERE r.type = 'NS'), bool_or(r.type = 'DS')) END
                            FROM lines AS r WHERE r.owner = n.name AND r.type IN ('NS', 'DS')) AS d(dns)
     WHERE e.epp IS DISTINCT FROM d.dns
$$;

-- a die of a thousand sides, the same each time
CREATE FUNCTION thrown(seed bigint, step int, nth int) RETURNS int LANGUAGE sql IMMUTABLE AS $$
    SELECT (('x' || substr(md5(seed || ' ' || step || ' ' || nth), 1, 8))::bit(32)::bigint % 1000)::int
$$;
CREATE FUNCTION command(seed bigint, step int, OUT name text, OUT command text) LANGUAGE plpgsql AS $$
DECLARE
    t   int[] := ARRAY(SELECT thrown(seed, step, k) FROM generate_series(1, 7) AS k);
    n   int := t[1];
    who text;
    ns  text;
BEGIN
    name := ('{a,b,c,d}'::text[])[1 + t[3] % 4] || '.' || ('{example,short,attr,kept}'::text[])[1 + t[4] % 4];
    -- what only a state allows is mostly tried where that state is
    name := coalesce((SELECT d.name FROM dos.domain AS d WHERE t[2] < 800 AND CASE WHEN n BETWEEN 610 AND 679 THEN (d.transfer).status = 'pending'
                                                                                   WHEN n BETWEEN 680 AND 739 THEN d.deleted_at IS NOT NULL AND d.restore_at IS NULL
                                                                                   WHEN n BETWEEN 740 AND 759 THEN d.restore_at IS NOT NULL END ORDER BY d.name LIMIT 1), name);
    -- mostly it is the sponsor who acts, else everything would be refused
    who := coalesce(CASE WHEN t[2] < 900 THEN (SELECT r.clid FROM dos.domain AS d JOIN dos.registrar AS r ON r.id = d.registrar_id WHERE d.name = command.name) END,
                    CASE WHEN t[2] % 2 = 0 THEN 'acme' ELSE 'other' END);
    ns := CASE WHEN name LIKE '%.attr' THEN format('%s_host_attrs => ARRAY[''ns%s.elsewhere.test'']', CASE WHEN t[7] < 750 THEN 'add' ELSE 'rem' END, t[6] % 3)
               ELSE format('%s_hosts => ARRAY[''ns%s.elsewhere.test'']', CASE WHEN t[7] < 750 THEN 'add' ELSE 'rem' END, t[6] % 3) END;
    command := CASE
        WHEN n < 200 THEN format('SELECT dos.domain_create(%L, %L, %s, auth => ''Code-1''%s)', who, name, 1 + t[5] % 2, CASE WHEN t[6] < 300 THEN '' WHEN name LIKE '%.attr' THEN
                                 ', host_attrs => ARRAY[''ns0.elsewhere.test'',''ns1.elsewhere.test'']' ELSE ', hosts => ''{ns0.elsewhere.test,ns1.elsewhere.test}''' END)
        WHEN n < 280 THEN format('SELECT * FROM dos.domain_delete(%L, %L)', who, name)
        WHEN n < 320 THEN format('SELECT dos.domain_renew(%L, %L, ((dos.domain_state(%2$L)).expires_at AT TIME ZONE ''UTC'')::date)', who, name)
        WHEN n < 400 THEN format('SELECT * FROM dos.domain_update(%L, %L, %s)', who, name, ns)
        WHEN n < 470 THEN format('SELECT * FROM dos.domain_update(%L, %L, %s_statuses => ARRAY[%L])', who, name, CASE WHEN t[7] < 500 THEN 'add' ELSE 'rem' END,
                                 ('{clientHold,clientDeleteProhibited,clientTransferProhibited}'::text[])[1 + t[6] % 3])
        WHEN n < 510 THEN format('SELECT * FROM dos.domain_update(%L, %L, %s_ds => ARRAY[''12345 13 2 BE74359954660069D5C63D200C39F5603827D7DD02B56F120EE9F3A86764247C''])', who, name,
                                 CASE WHEN t[7] < 700 THEN 'add' ELSE 'rem' END)
        WHEN n < 530 THEN format('SELECT dos.domain_status_set(%L, %s, ''walk'')', name, CASE WHEN t[7] < 500 THEN 'ARRAY[''serverHold''], NULL' ELSE 'NULL, ARRAY[''serverHold'']' END)
        WHEN n < 610 THEN format('SELECT * FROM dos.domain_transfer_request(%L, %L, ''Code-1'')', CASE who WHEN 'acme' THEN 'other' ELSE 'acme' END, name)
        WHEN n < 680 THEN format('SELECT * FROM dos.domain_transfer_%s(%L, %L)', ('{approve,reject}'::text[])[1 + t[7] % 2], who, name)
        WHEN n < 740 THEN format('SELECT * FROM dos.domain_restore_request(%L, %L)', who, name)
        WHEN n < 760 THEN format('SELECT * FROM dos.domain_restore_report(%L, %L, ''before'', ''after'', dos.now() - interval ''1 hour'', dos.now(), ''mistake'', ''{one,two}'')', who, name)
        WHEN n < 820 THEN 'SELECT dos.job_run(''domain_advance'')'
        WHEN n < 860 THEN 'SELECT dos.job_run(''zone_publish'')'
        ELSE format('SELECT set_config(''dos.clock'', dos.iso8601(dos.now() + %L::interval), false)',
                    ('{1 second,1 second,1 hour,1 hour,6 hours,6 hours,12 hours,1 day,1 day,2 days,2 days,5 days,10 days,21 days,30 days,46 days,300 days}'::text[])[1 + t[2] % 17]) END;
END $$;

CREATE TABLE trace (step int, name text, command text, answer text, state text);
CREATE FUNCTION walk(seed bigint, steps int) RETURNS TABLE (step int, command text, problem text) LANGUAGE plpgsql AS $$
DECLARE
    c      record;
    answer text;
BEGIN
    FOR i IN 1 .. steps LOOP
        step := i;
        SELECT * INTO c FROM command(seed, i);
        command := c.command;
        SELECT r.code || coalesce(' ' || r.reason, '') INTO answer FROM test.outcome(c.command) AS r;
        INSERT INTO trace VALUES (i, c.name, c.command, answer, by_epp(c.name));
        IF answer !~ '^(1000|1001|ok|R2[0-3]..)' THEN
            problem := 'no answer of the protocol: ' || answer;
            RETURN NEXT;
        END IF;
        -- the name that was touched, and from time to time and after each jump all of them
        FOR problem IN SELECT d::text FROM disagree(CASE WHEN i % 10 > 0 AND c.command NOT LIKE '%clock%' THEN c.name END) AS d LOOP
            RETURN NEXT;
        END LOOP;
        IF i % 10 = 0 THEN
            PERFORM dos.job_run('domain_advance'), dos.job_run('zone_publish');
            FOR problem IN SELECT d::text FROM disagree_dns() AS d UNION ALL SELECT v::text FROM dos.zone AS z CROSS JOIN LATERAL dos.zone_verify(z.name) AS v LOOP
                RETURN NEXT;
            END LOOP;
        END IF;
    END LOOP;
END $$;

SELECT * FROM walk(10, 400);

-- the walk has been everywhere: commands were done and refused, and every state was seen
SELECT substring(t.command, 'dos\.([a-z_]+)') AS command, bool_or(t.answer ~ '^(1|ok)') AS done, bool_or(t.answer ~ '^R') AS refused FROM trace AS t WHERE t.command LIKE '%dos.domain\_%' GROUP BY 1 ORDER BY 1;
SELECT s AS status, count(*) > 0 AS seen FROM trace AS t, unnest(string_to_array(split_part(t.state, ' ', 1), ',')) AS s GROUP BY 1 ORDER BY 1;
SELECT bool_or(t.state IS NULL) AS unregistered, bool_or(t.state LIKE '% signed') AS signed, count(DISTINCT split_part(t.state, ' ', 1)) > 20 AS in_many_states FROM trace AS t;

-- the forms would tell: what one says is changed behind its back, or the zones are not published
INSERT INTO dos.directory_setting (name, value) VALUES ('whois', 'off');
SELECT count(*) > 0 AS whois_differs FROM disagree(NULL);
DELETE FROM dos.directory_setting;
UPDATE dos.domain SET host_ids = CASE WHEN host_ids = '{1}' THEN '{2}' ELSE '{1}'::bigint[] END, statuses = '{}' WHERE name NOT LIKE '%.attr';
SELECT count(*) > 0 AS dns_differs FROM disagree_dns();
