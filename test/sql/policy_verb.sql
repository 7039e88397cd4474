-- Hooks at real verbs: a refusal leaves nothing behind, a price hook sets what is charged.

SET client_min_messages = warning;
CREATE SCHEMA policy;
SELECT test.registrar('acme') > 0 AS acme,
       test.zone('example', 'registrant_required=false', 'contacts_required={}') > 0 AS example,
       test.zone('test', 'registrant_required=false', 'contacts_required={}') > 0 AS test;

CREATE FUNCTION test.register(name text) RETURNS text LANGUAGE sql AS $$
    SELECT concat_ws(' ', o.code, o.reason, o.message)
      FROM test.outcome(format('SELECT code FROM dos.domain_create(''acme'', %L, 1, svtrid => %L)', name, 'TEST-' || name)) AS o $$;
CREATE FUNCTION test.traces(domain_name text, OUT rows bigint, OUT events bigint, OUT charges bigint) LANGUAGE sql AS $$
    SELECT (SELECT count(*) FROM dos.domain AS d WHERE d.name = domain_name),
           (SELECT count(*) FROM dos.outbox AS o WHERE o.object_name = domain_name),
           (SELECT count(*) FROM dos.ledger_entry AS e WHERE to_jsonb(e)::text LIKE '%' || domain_name || '%') $$;

CREATE FUNCTION policy.no_digits(c jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
    IF c ->> 'name' ~ '[0-9]' THEN
        PERFORM dos.refuse('policy_no_digits', 'digits are not welcome', 2306, 'domain:name');
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION policy.half(c jsonb) RETURNS jsonb LANGUAGE sql AS
    $$ SELECT jsonb_build_object('amount_minor', (c ->> 'amount_minor')::bigint / 2, 'reason', 'half price') $$;
CREATE FUNCTION policy.too_late(c jsonb) RETURNS jsonb LANGUAGE plpgsql AS
    $$ BEGIN PERFORM dos.refuse('policy_too_late', c ->> 'name', 2308); RETURN NULL; END $$;
CREATE FUNCTION policy.broken(c jsonb) RETURNS jsonb LANGUAGE sql AS $$ SELECT to_jsonb(1 / 0) $$;

SELECT dos.hook_add('check', 'domain', 'create', 'policy.no_digits', (SELECT id FROM dos.zone WHERE name = 'example')) > 0 AS added;
SELECT n.name, test.register(n.name) FROM unnest('{4you.example,4you.test,foryou.example}'::text[]) WITH ORDINALITY AS n (name, i) ORDER BY n.i;
SELECT n.name, t.* FROM unnest('{4you.example,4you.test,foryou.example}'::text[]) AS n (name), test.traces(n.name) AS t;

-- a stage after that refuses undoes row, charge and event; so does a broken hook
SELECT dos.hook_add('after', 'domain', 'create', 'policy.too_late') > 0 AS added;
SELECT test.register('late.example');
SELECT * FROM test.traces('late.example');
UPDATE dos.hook SET function = 'policy.broken' WHERE stage = 'after';
SELECT test.register('broken.example');
SELECT * FROM test.traces('broken.example');
SELECT stage, calls, refusals, failures, last_error FROM dos.hook_status;
DELETE FROM dos.hook WHERE stage = 'after';

-- the price hook
SELECT dos.hook_add('price', 'domain', 'create', 'policy.half') > 0 AS added;
SELECT test.register('cheap.test');
SELECT content ->> 'amount_minor' AS amount_minor FROM dos.outbox WHERE object_name = 'cheap.test' AND event = 'domain.created';
SELECT content ->> 'amount_minor' AS amount_minor FROM dos.outbox WHERE object_name = 'foryou.example' AND event = 'domain.created';
