-- A rehearsal tells everything a command would do and leaves nothing behind.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme') > 0 AS acme, test.registrar('bolt', 500) > 0 AS bolt, test.thin_zone('shop', 'host_model=attribute') > 0 AS shop;
SELECT (dos.domain_create('acme', 'old.shop', 1, host_attrs => '{ns1.elsewhere.net,ns2.elsewhere.net}')).code, dos.job_run('zone_publish') > 0 AS published;
CREATE FUNCTION left_behind(command text) RETURNS TABLE (code text, reason text, changed text) LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := (SELECT jsonb_object_agg(f.place, f.digest) FROM test.footprint() AS f);
BEGIN
    SELECT r.code, r.reason INTO code, reason FROM dos.rehearse(command) AS r;
    changed := coalesce((SELECT string_agg(f.place, ' ') FROM test.footprint() AS f WHERE f.digest IS DISTINCT FROM before ->> f.place), '');
    RETURN NEXT;
END $$;
SELECT l.* FROM (VALUES
    (1, $$SELECT dos.domain_create('acme', 'new.shop', 2, host_attrs => '{ns1.elsewhere.net}')$$), (2, $$SELECT * FROM dos.domain_create('acme', 'new.shop');$$),
    (3, $$SELECT dos.domain_create('acme', 'old.shop')$$), (4, $$SELECT dos.domain_create('bolt', 'new.shop')$$), (5, $$SELECT dos.domain_delete('acme', 'old.shop')$$),
    (6, $$SELECT no_such_function()$$), (7, $$SELECT dos.price_set('shop', 'create', 1, 'USD', 1)$$)) AS t (n, command), left_behind(t.command) AS l ORDER BY t.n;
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.rehearse('DELETE FROM dos.domain')$$) AS o;
-- what is told
INSERT INTO dos.promotion (name, percent) VALUES ('spring', 25);
SELECT r.code, jsonb_pretty((r.money -> 0) - 'price_id' #- '{lines,0,id}' #- '{lines,0,explanation}') AS money, r.records FROM dos.rehearse($$SELECT dos.domain_create('acme', 'new.shop', 2, host_attrs => '{ns1.elsewhere.net}')$$) AS r;
SELECT r.code, r.answer ->> 'code' AS answered, r.money #>> '{0,kind}' AS kind, r.money #>> '{0,to}' AS paid_to, r.records, e ->> 'event' AS event FROM dos.rehearse($$SELECT dos.domain_delete('acme', 'old.shop')$$) AS r, jsonb_array_elements(r.events) AS e;
SELECT r.code, r.reason, r.element, r.message, r.detail, r.money FROM dos.rehearse($$SELECT dos.domain_create('bolt', 'a-.shop')$$) AS r;
-- of others, nothing: their rows are not ours
SELECT r.messages FROM dos.rehearse($$SELECT dos.domain_renew('acme', 'old.shop', '2027-04-03')$$) AS r;
SELECT * FROM dos.ledger_verify();

-- replay: what last month would have been
SET dos.clock = '2026-04-10T00:00:00Z';
DELETE FROM dos.promotion;
SELECT (dos.domain_create('acme', n)).code FROM unnest('{abc.shop,ab.shop,long-name.shop}'::text[]) AS n;
SELECT (dos.domain_renew('acme', 'old.shop', '2027-04-03', 3)).code;
SET dos.clock = '2026-05-03T00:00:00Z';
CREATE SCHEMA policy;
CREATE FUNCTION policy.no_hyphens(context jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
    IF context ->> 'name' LIKE '%-%' AND dos.now() < '2026-05-01' THEN
        PERFORM dos.refuse('policy_hyphen', 'no hyphens in April');
    END IF;
    RETURN NULL;
END $$;
SELECT * FROM dos.policy_replay('2026-04-01', '2026-05-01');
SELECT * FROM dos.policy_replay('2026-04-01', '2026-05-01', $$UPDATE dos.price SET amount_minor = amount_minor + 50 WHERE command = 'renew'$$,
    $$SELECT dos.hook_add('check', 'domain', 'create', 'policy.no_hyphens')$$,
    $$SELECT dos.price_class_set('shop', 'short', '{}'), dos.premium_pattern_set('shop', 'short', '^..$', 'short'), dos.price_set('shop', 'create', NULL, 'USD', 500, class => 'short')$$);
SELECT dos.now() AS clock, (SELECT count(*) FROM dos.hook) AS hooks, (SELECT count(*) FROM dos.price_class) AS classes, (SELECT max(amount_minor) FROM dos.price WHERE command = 'renew') AS renew;
