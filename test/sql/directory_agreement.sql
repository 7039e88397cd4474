-- The same name through the projection of SQL, RDAP, WHOIS and DAS agrees, over many facts and instants.
SET dos.clock = '2026-01-01T00:00:00Z';
INSERT INTO dos.registrar (id, clid, name) VALUES (1, 'alpha', 'Alpha');
SELECT dos.zone_create('shop') AS shop \gset
SELECT dos.zone_create('short', '{}', 'autorenew=false', 'redemption=0', 'pending_delete=1 day') AS short \gset
INSERT INTO dos.host (id, name, roid, registrar_id, creator_id) VALUES (1, 'ns1.hosting.example', 'H1-DOS', 1, 1);
INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, created_at, updated_at, expires_at, deleted_at, graces, statuses, host_ids, ds)
SELECT format('d%s.%s', i, CASE WHEN i % 3 = 0 THEN 'short' ELSE 'shop' END), CASE WHEN i % 3 = 0 THEN :short ELSE :shop END, 'D' || i || '-DOS', 1, 1,
       '2025-01-01Z'::timestamptz + i * interval '1 hour', CASE WHEN i % 2 = 0 THEN '2025-06-01Z'::timestamptz END,
       '2026-01-01Z'::timestamptz + (i % 90 - 45) * interval '1 day',
       CASE WHEN i % 5 = 0 THEN '2026-01-01Z'::timestamptz - (i % 50) * interval '1 day' END,
       CASE WHEN i % 7 = 0 THEN ARRAY[('add', '2026-01-01Z'::timestamptz + (i % 9 - 4) * interval '1 day', NULL, 1), ('transfer', '2026-01-03Z', NULL, 1)]::dos.grace[] ELSE '{}' END,
       (SELECT coalesce(array_agg(s ORDER BY s), '{}') FROM unnest('{clientHold,serverHold,clientTransferProhibited,serverDeleteProhibited}'::text[])
            WITH ORDINALITY AS u(s, n) WHERE (i >> n::int) % 2 = 1),
       CASE WHEN i % 4 = 0 THEN '{}' ELSE '{1}' END::bigint[], CASE WHEN i % 6 = 0 THEN '{"1 13 2 AA"}' ELSE '{}' END::text[]
  FROM generate_series(1, 360) AS i;

-- all that an answer says which depends on the lifecycle, in one form
CREATE FUNCTION pg_temp.by_state(d dos.domain) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN s.registered THEN concat_ws(' ', (SELECT string_agg(DISTINCT w, ',' ORDER BY w) FROM unnest(s.statuses || s.rgp_statuses) AS w),
                dos.iso8601(s.expires_at), s.delegated AND d.ds <> '{}') END
      FROM dos_internal.domain_state(d, dos.now()) AS s
$$;
CREATE FUNCTION pg_temp.by_whois(d dos.domain) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN w LIKE 'Domain Name:%' THEN concat_ws(' ', (SELECT string_agg(m[1], ',' ORDER BY m[1]) FROM regexp_matches(w, E'Domain Status: (\\w+) ', 'g') AS m),
                replace(substring(w FROM 'Registry Expiry Date: (\S+)'), 'Z', '.000Z'), w LIKE '%DNSSEC: signedDelegation%') END
      FROM dos.whois(d.name) AS w
$$;
-- RDAP leaves "ok" out beside other statuses, so it is put back: EPP has ok whenever it has no status of its own
CREATE FUNCTION pg_temp.by_rdap(d dos.domain) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN r IS NOT NULL THEN concat_ws(' ',
               (SELECT string_agg(DISTINCT w, ',' ORDER BY w)
                  FROM (SELECT m.epp FROM jsonb_array_elements_text(r -> 'status') AS s JOIN dos.rdap_statuses() AS m ON m.rdap = s
                        UNION SELECT 'ok' WHERE 'ok' = ANY ((dos_internal.domain_state(d, dos.now())).statuses)) AS all_of(w)),
               (SELECT e ->> 'eventDate' FROM jsonb_array_elements(r -> 'events') AS e WHERE e ->> 'eventAction' = 'expiration'),
               r -> 'secureDNS' ->> 'delegationSigned' = 'true') END
      FROM (SELECT dos.rdap_domain(d.name, 'https://rdap.example/')::jsonb AS r) AS answer
$$;
CREATE FUNCTION pg_temp.by_das(d dos.domain) RETURNS boolean LANGUAGE sql AS $$
    SELECT status = 'registered' FROM dos.das_check(ARRAY[d.name])
$$;

SELECT plan(12);
SELECT isnt((SELECT count(*) FROM dos.domain AS d WHERE pg_temp.by_state(d) IS NULL), 0::bigint, 'some of the domains are gone');
SELECT cmp_ok((SELECT count(DISTINCT split_part(pg_temp.by_state(d), ' ', 1)) FROM dos.domain AS d), '>', 20::bigint, 'and the others are in many states');
SELECT is_empty($$SELECT d.name, pg_temp.by_state(d), pg_temp.by_whois(d) FROM dos.domain AS d WHERE pg_temp.by_state(d) IS DISTINCT FROM pg_temp.by_whois(d)$$, 'WHOIS agrees');
SELECT is_empty($$SELECT d.name, pg_temp.by_state(d), pg_temp.by_rdap(d) FROM dos.domain AS d WHERE pg_temp.by_state(d) IS DISTINCT FROM pg_temp.by_rdap(d)$$, 'RDAP agrees');
SELECT is_empty($$SELECT d.name, pg_temp.by_das(d) FROM dos.domain AS d WHERE pg_temp.by_das(d) <> (pg_temp.by_state(d) IS NOT NULL)$$, 'DAS agrees');
SET dos.clock = '2026-02-10T00:00:00Z';
SELECT is_empty($$SELECT d.name, pg_temp.by_state(d), pg_temp.by_whois(d) FROM dos.domain AS d WHERE pg_temp.by_state(d) IS DISTINCT FROM pg_temp.by_whois(d)$$, 'WHOIS agrees forty days later');
SELECT is_empty($$SELECT d.name, pg_temp.by_state(d), pg_temp.by_rdap(d) FROM dos.domain AS d WHERE pg_temp.by_state(d) IS DISTINCT FROM pg_temp.by_rdap(d)$$, 'RDAP agrees');
SELECT is_empty($$SELECT d.name, pg_temp.by_das(d) FROM dos.domain AS d WHERE pg_temp.by_das(d) <> (pg_temp.by_state(d) IS NOT NULL)$$, 'DAS agrees');
SET dos.clock = '2029-02-10T00:00:00Z';
SELECT is_empty($$SELECT d.name, pg_temp.by_state(d), pg_temp.by_whois(d) FROM dos.domain AS d WHERE pg_temp.by_state(d) IS DISTINCT FROM pg_temp.by_whois(d)$$, 'WHOIS agrees three years later');
SELECT is_empty($$SELECT d.name, pg_temp.by_state(d), pg_temp.by_rdap(d) FROM dos.domain AS d WHERE pg_temp.by_state(d) IS DISTINCT FROM pg_temp.by_rdap(d)$$, 'RDAP agrees');
SELECT is_empty($$SELECT d.name, pg_temp.by_das(d) FROM dos.domain AS d WHERE pg_temp.by_das(d) <> (pg_temp.by_state(d) IS NOT NULL)$$, 'DAS agrees');
SELECT isnt((SELECT count(*) FROM dos.domain AS d WHERE pg_temp.by_state(d) IS NOT NULL), 0::bigint, 'some are still there');
SELECT finish();
