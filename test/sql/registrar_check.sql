-- How many objects one check may ask for (O14): every check verb, with and without extensions, on both sides of the limit.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.zone('example', 'registrant_required=false', 'contacts_required={}') > 0 AS zone;
CREATE FUNCTION many(n int) RETURNS text LANGUAGE sql AS $$ SELECT '{' || string_agg('n' || g || '.example', ',') || '}' FROM generate_series(1, n) AS g $$;
CREATE VIEW verb AS SELECT * FROM (VALUES
    (1, 'domain',               $$SELECT count(*) AS code FROM dos.domain_check('acme', %L)$$),
    (2, 'domain with fees',     $$SELECT count(*) AS code FROM dos.domain_check('acme', %L, '{"fee": {"commands": [{"name": "delete"}]}}')$$),
    (2, 'domain, for claims',   $$SELECT count(*) AS code FROM dos.domain_check('acme', %L, '{"launch": {"type": "claims", "phase": "claims"}}')$$),
    (3, 'domain, of many',      $$SELECT count(*) AS code FROM dos.domain_checks('{acme,acme}', ARRAY['{a.example}', %L], '{NULL,NULL}')$$),
    (4, 'host',                 $$SELECT count(*) AS code FROM dos.host_check('acme', %L)$$),
    (5, 'contact',              $$SELECT count(*) AS code FROM dos.contact_check('acme', %L)$$),
    (6, 'organization',         $$SELECT count(*) AS code FROM dos.org_check('acme', %L)$$)) AS v (n, what, command);
CREATE FUNCTION tried(how_many int[]) RETURNS TABLE (what text, asked int, code text, reason text, element text, detail text) LANGUAGE sql AS $$
    SELECT v.what, a.asked, o.code, o.reason, o.element, o.detail FROM verb AS v, unnest(how_many) AS a (asked), test.outcome(format(v.command, many(a.asked))) AS o ORDER BY v.n, v.what, a.asked
$$;
-- as shipped: 50
SELECT * FROM tried('{51,50,1}');
-- nothing, and the same name again and again: each counts
SELECT count(*) FROM dos.domain_check('acme', '{}');
SELECT o.code, o.reason FROM test.outcome(format($$SELECT count(*) FROM dos.domain_check('acme', array_fill('a.example'::text, '{51}'))$$)) AS o;
-- a setting, in force at once
SELECT o.code, o.reason FROM (VALUES (1, 0), (2, 10001)) AS t (n, most), test.outcome(format('UPDATE dos.epp_setting SET check_max = %s', most)) AS o ORDER BY n;
UPDATE dos.epp_setting SET check_max = 1;
SELECT what, asked, code, reason FROM tried('{2,1}');
UPDATE dos.epp_setting SET check_max = 200;
SELECT what, asked, code, reason FROM tried('{201,200}');
SELECT check_max, replays FROM dos.epp_greeting();
