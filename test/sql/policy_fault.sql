-- Hooks that raise, loop, sleep or answer nonsense, at every stage of real commands: the command is refused with 2400, counted, and nothing of it stays;
-- what the worker does stops at the one name, and goes on when the hook is mended.
SET client_min_messages = warning;
SET dos.clock = '2026-04-03T00:00:00Z';
CREATE SCHEMA policy;
SELECT test.registrar('acme') > 0 AS acme, test.thin_zone('shop') > 0 AS shop, test.thin_zone('calm') > 0 AS calm;
SELECT (dos.domain_create('acme', n, auth => 'Secret-1!')).code FROM unnest('{a.shop,b.shop,a.calm}'::text[]) AS n;
CREATE FUNCTION policy.raises(c jsonb) RETURNS jsonb LANGUAGE sql AS $$ SELECT to_jsonb(1 / 0) $$;
CREATE FUNCTION policy.loops(c jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$ BEGIN LOOP END LOOP; END $$;
CREATE FUNCTION policy.sleeps(c jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(600); RETURN NULL; END $$;
CREATE FUNCTION policy.clings(c jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$ BEGIN LOOP BEGIN PERFORM pg_sleep(600); EXCEPTION WHEN OTHERS THEN END; END LOOP; END $$;
CREATE FUNCTION policy.babbles(c jsonb) RETURNS jsonb LANGUAGE sql AS $$ SELECT '[1]'::jsonb $$;
CREATE FUNCTION policy.calls(c jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$ BEGIN PERFORM dos.domain_create('acme', 'deeper' || c ->> 'name'); RETURN NULL; END $$;
CREATE FUNCTION policy.dives(c jsonb) RETURNS jsonb LANGUAGE sql AS $$ SELECT policy.dives(c) $$;
CREATE TABLE policy.fault (name text, limit_ms int);
INSERT INTO policy.fault VALUES ('raises', 60000), ('loops', 50), ('sleeps', 50), ('clings', 50), ('babbles', 60000), ('calls', 60000), ('dives', 60000);
CREATE TABLE policy.command (n int, verb text, stages text[], command text);
INSERT INTO policy.command VALUES
    (1, 'create', '{check,price,pending,after}', $$SELECT dos.domain_create('acme', 'new.shop')$$), (2, 'renew', '{check,price,after}', $$SELECT dos.domain_renew('acme', 'a.shop', '2027-04-03')$$),
    (3, 'update', '{check,pending,after}', $$SELECT dos.domain_update('acme', 'a.shop', add_statuses => '{clientHold}')$$), (4, 'delete', '{check,after}', $$SELECT dos.domain_delete('acme', 'a.shop')$$);
CREATE FUNCTION faulty(verb text, stage text, fault text, limit_ms int, command text, OUT answer text, OUT changed text, OUT failures bigint) LANGUAGE plpgsql AS $$
DECLARE
    mine int := dos.hook_add(stage, 'domain', verb, 'policy.' || fault, (SELECT z.id FROM dos.zone AS z WHERE z.name = 'shop'), time_limit_ms => limit_ms);
BEGIN
    SELECT concat_ws(' ', e.code, e.reason), e.changed INTO answer, changed FROM test.effect(command) AS e;
    failures := (SELECT h.failures FROM dos.hook_status AS h WHERE h.id = mine);
    DELETE FROM dos.hook AS h WHERE h.id = mine;
END $$;
CREATE TABLE outcome AS
    SELECT c.n, c.verb, s.stage, f.name AS fault, r.* FROM policy.command AS c, unnest(c.stages) WITH ORDINALITY AS s (stage, n), policy.fault AS f, faulty(c.verb, s.stage, f.name, f.limit_ms, c.command) AS r;
SELECT verb, stage, fault, answer, changed, failures FROM outcome ORDER BY n, stage, fault;
-- mended, the same commands go through, and other zones never saw it
SELECT c.verb, test.would(c.command) FROM policy.command AS c ORDER BY n;
SELECT * FROM dos.ledger_verify();
SELECT * FROM dos.billing_verify();

-- the worker: a price that loops parks its names, the others are renewed; then they are, too
SELECT dos.hook_add('price', 'domain', 'autorenew', 'policy.loops', (SELECT z.id FROM dos.zone AS z WHERE z.name = 'shop'), time_limit_ms => 50) > 0 AS hook;
SET dos.clock = '2027-04-03T00:00:00Z';
SELECT dos.job_run('domain_advance') > 0 AS ran;
SELECT name, expires_at::date FROM dos.domain ORDER BY 1;
SELECT name, failures, error FROM dos.domain_parked ORDER BY 1;
SELECT failures > 0 AS counted FROM dos.hook_status;
DELETE FROM dos.hook;
SET dos.clock = '2027-04-05T00:00:00Z';
SELECT dos.job_run('domain_advance') > 0 AS ran;
SELECT name, expires_at::date FROM dos.domain ORDER BY 1;
SELECT dos.job_run('domain_unpark') AS gone_on;
SELECT count(*) AS parked FROM dos.domain_parked;
SELECT object_name, kind, count(*) FROM dos.ledger_entry WHERE kind <> 'deposit' GROUP BY 1, 2 ORDER BY 1, 2;
SELECT * FROM dos.ledger_verify();

-- zones cannot be in a circle: which is within which is in their names, and a name belongs to the longest
SELECT o.code, o.reason, z FROM unnest('{shop,SHOP,shop.,.shop,a..shop,sub.shop,sub.sub.shop,a.shop}'::text[]) WITH ORDINALITY AS t (z, n), test.outcome(format('SELECT dos.zone_create(%L)', z)) AS o ORDER BY n;
SELECT n, (dos_internal.zone_of(n)).name AS zone FROM unnest('{x.shop,x.sub.shop,sub.shop,x.sub.sub.shop,y.x.sub.shop}'::text[]) AS n;
