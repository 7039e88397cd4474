-- The public's role may ask, and nothing else; no question writes; a change of policy is seen by sessions that have
-- a cache already, at once and only when it commits.
SET dos.clock = '2026-11-21T12:00:00Z';
INSERT INTO dos.registrar (id, clid, name, iana_id) VALUES (1, 'alpha', 'Alpha', 9001);
SELECT dos.zone_create('shop') AS shop \gset
INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, expires_at) VALUES ('one.shop', :shop, 'D1-DOS', 1, 1, '2027-01-01Z');
SELECT plan(17);
SELECT is_empty($$
    SELECT p.oid::regprocedure FROM pg_proc AS p
     WHERE p.pronamespace IN ('dos'::regnamespace, 'dos_internal'::regnamespace) AND has_function_privilege('dos_rdds', p.oid, 'EXECUTE')
       AND p.proname NOT IN ('query_count_add', 'reader_log_add')   -- brought to the primary, apart from any query
       AND NOT (p.prosecdef AND p.provolatile = 's' AND p.proconfig @> ARRAY['search_path=pg_catalog, pg_temp'])
$$, 'what the role may call is STABLE and has a search path of its own');
SELECT is_empty($$
    SELECT c.oid::regclass FROM pg_class AS c WHERE c.relnamespace IN ('dos'::regnamespace, 'dos_internal'::regnamespace)
       AND c.relkind IN ('r', 'v') AND has_table_privilege('dos_rdds', c.oid, 'SELECT, INSERT, UPDATE, DELETE')
$$, 'it may use no table');
SELECT ok(has_function_privilege(r, f, 'EXECUTE') = (r = 'dos_rdds'), format('%s may call %s only if it is dos_rdds', r, f))
  FROM unnest('{dos_rdds,dos_epp}'::text[]) AS r, unnest('{"dos.rdap_domain(text,text)","dos.whois(text)","dos.das_check(text[])"}'::text[]) AS f;
BEGIN READ ONLY;
SET LOCAL ROLE dos_rdds;
SELECT left(dos.rdap_domain('one.shop', 'https://rdap.example/'), 40);
SELECT left(dos.rdap_nameserver('ns.one.shop', 'https://rdap.example/'), 40);
SELECT left(dos.rdap_entity('9001', 'https://rdap.example/'), 40);
SELECT left(dos.rdap_help('https://rdap.example/'), 20);
SELECT left(dos.whois('registrar alpha'), 16);
SELECT dos.das('one.shop');
ROLLBACK;

SELECT ok(strpos(dos.whois('x.shop'), 'new words') = 0, 'before the change');
BEGIN;
INSERT INTO dos.directory_setting VALUES (NULL, 'whois_disclaimer', 'new words');
SELECT strpos(dos.whois('x.shop'), 'new words') > 0 AS seen_by_the_session_that_changes_it;
ROLLBACK;
SELECT ok(strpos(dos.whois('x.shop'), 'new words') = 0, 'a change rolled back is none');
INSERT INTO dos.directory_setting VALUES (NULL, 'whois_disclaimer', 'new words');
SELECT ok(strpos(dos.whois('x.shop'), 'new words') > 0, 'a change committed is seen');
INSERT INTO dos.directory_setting SELECT id, 'whois_disclaimer', 'words of the zone' FROM dos.zone WHERE name = 'shop';
SELECT ok(strpos(dos.whois('one.shop'), 'words of the zone') > 0, 'the zone''s own row wins');
SELECT ok(strpos(dos.whois('x.none'), 'new words') > 0, 'what is in no zone has the row of all');
SELECT lives_ok($$INSERT INTO dos.directory_setting VALUES (NULL, 'profile', 'basic')$$, 'a basic profile');
SELECT unalike(dos.rdap_domain('one.shop', 'https://rdap.example/'), '%icann%', 'speaks of no ICANN in RDAP');
SELECT unalike(dos.whois('one.shop'), '%icann%', 'and in WHOIS');
SELECT is((SELECT count(*) FROM dos.outbox), 0::bigint, 'and nothing was announced');
SELECT finish();
