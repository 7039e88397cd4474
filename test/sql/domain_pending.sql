-- Creates and updates that wait for approval (RFC 5731 section 3.3): by the zone or a hook; approved, rejected, timed out.
SET dos.clock = '2026-01-01T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('other'), test.thin_zone('wait', 'pending_verbs={create,update}', 'pending_timeout=10 days') > 0 AS wait,
       test.thin_zone('yes', 'pending_verbs={create}', 'pending_outcome=approve', 'pending_timeout=2 days') > 0 AS yes, test.thin_zone('hooked') > 0 AS hooked;
SELECT (dos.host_create('acme', 'ns.elsewhere.test')).code, (dos.host_create('acme', 'ns2.elsewhere.test')).code;
CREATE FUNCTION polls() RETURNS TABLE (who text, message text, kind text, data jsonb) LANGUAGE sql AS $$
    SELECT r.clid, m.text, m.kind, m.content - 'svtrid' FROM dos.poll_message AS m JOIN dos.registrar AS r ON r.id = m.registrar_id ORDER BY m.id
$$;
CREATE FUNCTION shown(asked text) RETURNS TABLE (info text, statuses text[], rgp text[], next_event timestamptz, available boolean, das text, dns boolean, balance bigint) LANGUAGE sql AS $$
    SELECT test.would(format('SELECT dos.domain_info(''acme'', %L)', asked)), s.statuses, s.rgp_statuses, s.next_event_at,
           (SELECT c.available FROM dos.domain_check('other', ARRAY[asked]) AS c), (SELECT c.status FROM dos.das_check(ARRAY[asked]) AS c),
           s.delegated, (SELECT b.balance_minor FROM dos.account_balance AS b WHERE b.registrar = 'acme')
      FROM (SELECT 1) AS one LEFT JOIN dos.domain_state(asked) AS s ON true
$$;

-- nothing waits: refused
SELECT o.code, o.reason FROM (VALUES ($$SELECT dos.domain_pending_approve('z.wait')$$), ($$SELECT dos.domain_pending_reject('z.wait')$$)) AS t (command), test.outcome(t.command) AS o;

-- a create that waits: 1001, the name is taken, not in the DNS, nobody may touch it, the money is held
SELECT e.* FROM test.effect($$SELECT dos.domain_create('acme', 'a.wait', 2, hosts => '{ns.elsewhere.test}', cltrid => 'ABC-1', svtrid => 'SV-1')$$) AS e;
SELECT * FROM shown('a.wait');
SELECT a.kind, a.currency, sum(CASE WHEN e.credit_account_id = a.id THEN e.amount_minor ELSE -e.amount_minor END) AS held
  FROM dos.ledger_entry AS e JOIN dos.account AS a ON a.id IN (e.credit_account_id, e.debit_account_id) WHERE a.kind = 'hold' GROUP BY 1, 2;
SELECT t.command, test.would(t.command) FROM (VALUES
    ($$SELECT dos.domain_create('other', 'a.wait')$$), ($$SELECT * FROM dos.domain_update('acme', 'a.wait', add_statuses => '{clientHold}')$$),
    ($$SELECT * FROM dos.domain_delete('acme', 'a.wait')$$), ($$SELECT dos.domain_renew('acme', 'a.wait', '2028-01-01')$$),
    ($$SELECT dos.host_create('acme', 'ns.a.wait', '{192.0.2.1}')$$), ($$SELECT dos.domain_restore_request('acme', 'a.wait')$$)) AS t (command);
-- approved: in force, charged, told; once
SET dos.clock = '2026-01-03T00:00:00Z';
SELECT e.* FROM test.effect($$SELECT dos.domain_pending_approve('a.wait', 'looks good') AS code$$) AS e;
SELECT * FROM shown('a.wait');
SELECT event, content - 'notify' FROM dos.outbox WHERE object_name = 'a.wait' ORDER BY id;
SELECT * FROM polls();
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.domain_pending_approve('a.wait')$$) AS o;
-- what was charged can be given back in the add grace period
SELECT e.* FROM test.effect($$SELECT * FROM dos.domain_delete('acme', 'a.wait')$$) AS e;
SELECT * FROM dos.ledger_verify();

-- rejected: the name is free, the money back, told
TRUNCATE dos.poll_message;
SELECT (dos.domain_create('acme', 'b.wait', cltrid => 'ABC-2', svtrid => 'SV-2')).code;
SELECT e.* FROM test.effect($$SELECT dos.domain_pending_reject('b.wait', 'no such company') AS code$$) AS e;
SELECT * FROM shown('b.wait');
SELECT * FROM polls();

-- nobody answers: both sides of the instant, before and after the worker
TRUNCATE dos.poll_message;
SELECT (dos.domain_create('acme', 'c.wait', cltrid => 'ABC-3', svtrid => 'SV-3')).code, (dos.domain_create('acme', 'c.yes', hosts => '{ns.elsewhere.test}', cltrid => 'ABC-4', svtrid => 'SV-4')).code;
CREATE FUNCTION moments(name text, VARIADIC clocks text[]) RETURNS TABLE (at text, work bigint, info text, statuses text[], rgp text[], next_event timestamptz, available boolean, das text, dns boolean, same boolean) LANGUAGE plpgsql AS $$
DECLARE
    before record;
    later  record;
BEGIN
    FOREACH at IN ARRAY clocks LOOP
        PERFORM set_config('dos.clock', at, false);
        SELECT * INTO before FROM shown(name);
        work := dos.job_run('domain_advance');
        SELECT * INTO later FROM shown(name);
        SELECT before.info, before.statuses, before.rgp, before.next_event, before.available, before.das, before.dns INTO info, statuses, rgp, next_event, available, das, dns;
        same := (before.info, before.statuses, before.rgp, before.available, before.das, before.dns) IS NOT DISTINCT FROM (later.info, later.statuses, later.rgp, later.available, later.das, later.dns)
             OR (later.statuses IS NULL AND NOT before.dns AND before.info = later.info AND before.available = later.available AND before.das = later.das);
        RETURN NEXT;
    END LOOP;
END $$;
SELECT * FROM moments('c.yes', '2026-01-04T23:59:59.999Z', '2026-01-05T00:00:00Z');
SELECT * FROM moments('c.wait', '2026-01-12T23:59:59.999Z', '2026-01-13T00:00:00Z');
SELECT * FROM polls();
SELECT * FROM dos.ledger_verify();

-- a command that comes before the worker: the name is free
SELECT (dos.domain_create('acme', 'd.wait')).code;
SET dos.clock = '2026-01-23T00:00:00Z';
SELECT e.* FROM test.effect($$SELECT dos.domain_create('other', 'd.wait')$$) AS e;

-- updates that wait: everything stays as it is, and nothing else may be changed meanwhile; the authInfo is kept as a hash
TRUNCATE dos.poll_message;
SELECT (dos.domain_create('acme', 'u.wait', hosts => '{ns.elsewhere.test}')).code;
SELECT code FROM dos.domain_pending_approve('u.wait');
SELECT e.* FROM test.effect($$SELECT * FROM dos.domain_update('acme', 'u.wait', add_hosts => '{ns2.elsewhere.test}', add_statuses => '{clientTransferProhibited}', chg_auth => 'Secret-9!', cltrid => 'ABC-5', svtrid => 'SV-5')$$) AS e;
SELECT * FROM shown('u.wait');
SELECT (pending).request ? 'auth_hash' AS hash, (pending).request::text ~ 'Secret' AS clear FROM dos.domain WHERE name = 'u.wait';
SELECT t.command, test.would(t.command) FROM (VALUES
    ($$SELECT * FROM dos.domain_update('acme', 'u.wait', add_statuses => '{clientHold}')$$), ($$SELECT * FROM dos.domain_delete('acme', 'u.wait')$$),
    ($$SELECT dos.domain_renew('acme', 'u.wait', '2027-01-23')$$), ($$SELECT dos.domain_transfer_request('other', 'u.wait', 'Secret-9!')$$)) AS t (command);
SELECT (dos.domain_pending_reject('u.wait', 'not this one'));
SELECT i.statuses, i.hosts FROM dos.domain_info('acme', 'u.wait') AS i;
SELECT code FROM dos.domain_update('acme', 'u.wait', add_hosts => '{ns2.elsewhere.test}', add_statuses => '{clientTransferProhibited}', chg_auth => 'Secret-9!');
SELECT code FROM dos.domain_pending_approve('u.wait');
SELECT i.statuses, i.hosts, i.updater, i.updated_at FROM dos.domain_info('acme', 'u.wait') AS i;
SELECT test.would($$SELECT dos.domain_info('other', 'u.wait', 'Secret-9!')$$) AS new_auth;
-- what it would refer to has gone meanwhile: rejected, nothing dangles
SELECT code FROM dos.domain_update('acme', 'u.wait', rem_hosts => '{ns2.elsewhere.test}');
SELECT code FROM dos.domain_pending_approve('u.wait');
SELECT code FROM dos.domain_update('acme', 'u.wait', add_hosts => '{ns2.elsewhere.test}');
SELECT code FROM dos.host_delete('acme', 'ns2.elsewhere.test');
SELECT code FROM dos.domain_pending_approve('u.wait');
SELECT * FROM test.dangling();
-- an update that nobody answers is no more
SELECT code FROM dos.domain_update('acme', 'u.wait', add_statuses => '{clientHold}');
SELECT * FROM moments('u.wait', '2026-02-01T23:59:59.999Z', '2026-02-02T00:00:00Z');
SELECT who, message, data ->> 'result' AS result FROM polls();

-- a hook decides for one name
CREATE FUNCTION public.suspicious(context jsonb) RETURNS jsonb LANGUAGE sql AS $$ SELECT jsonb_build_object('pending', context ->> 'name' LIKE 'bank%') $$;
SELECT dos.hook_add('pending', 'domain', 'create', 'public.suspicious') > 0 AS hook;
SELECT n, (dos.domain_create('acme', n)).code FROM unnest('{bank.hooked,plain.hooked}'::text[]) AS n;
SELECT name, (pending).kind FROM dos.domain WHERE name LIKE '%.hooked' ORDER BY name;
SELECT * FROM dos.ledger_verify();

-- a price of several parts is held, charged or given back whole
SELECT dos.early_access_set('wait', 'USD', '2026-02-01', '30 days', 5000) > 0 AS early;
UPDATE dos.zone SET fee_required = 'never' WHERE name = 'wait';
CREATE FUNCTION money() RETURNS TABLE (balance bigint, held numeric, revenue numeric) LANGUAGE sql AS $$
    SELECT (SELECT b.balance_minor FROM dos.account_balance AS b WHERE b.registrar = 'acme'),
           (SELECT sum(l.amount_minor) FROM dos.ledger_line AS l WHERE l.account = 'hold'), (SELECT sum(l.amount_minor) FROM dos.ledger_line AS l WHERE l.account = 'revenue')
$$;
SELECT * FROM money();
SELECT (dos.domain_create('acme', 'early.wait')).code, (dos.domain_create('acme', 'never.wait')).code;
SELECT * FROM money();
SELECT dos.domain_pending_approve('early.wait'), dos.domain_pending_reject('never.wait');
SELECT * FROM money();
SELECT code FROM dos.domain_delete('acme', 'early.wait');
SELECT * FROM money();
SELECT * FROM dos.ledger_verify();
