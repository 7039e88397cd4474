-- Policy of lives by date, flags of one domain or registrar, expiry that is kept, parked or held, names that never expire.
SET dos.clock = '2026-01-01T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('other'), test.thin_zone('example', 'autorenew=false') > 0 AS example;

-- refusals first
SELECT o.code, o.reason, o.element FROM (VALUES
    (1, $$SELECT dos.zone_policy_set('nowhere', '2026-02-01', 'redemption=1 day')$$),
    (2, $$SELECT dos.zone_policy_set('example', '2025-12-31T23:59:59Z', 'redemption=1 day')$$),
    (3, $$SELECT dos.zone_policy_set('example', '2026-02-01', 'label_min=1')$$),
    (4, $$SELECT dos.zone_policy_set('example', '2026-02-01', 'until=2026-01-01')$$),
    (5, $$SELECT dos.zone_policy_set('example', '2026-02-01', 'redemption=1 month')$$),
    (6, $$SELECT dos.zone_policy_set('example', '2026-02-01', 'release=whenever')$$),
    (7, $$SELECT dos.zone_policy_set('example', '2026-02-01', 'expiry_dns=park')$$),
    (8, $$SELECT dos.domain_autorenew_set('z.example', true)$$),
    (9, $$SELECT dos.registrar_autorenew_set('nobody', true)$$),
    (10, $$SELECT dos.domain_never_expires_set('z.example')$$)) AS t (n, command), test.outcome(t.command) AS o ORDER BY t.n;

-- a change applies to events after its date, whenever the delete is looked at; one ordered now for later does not disturb what is in force
SELECT count(dos.domain_create('acme', n || '.example')) FROM unnest('{before,after,later,kept,mine,his,nic,leaf}'::text[]) AS n;
SET dos.clock = '2026-02-01T00:00:00Z';
SELECT code FROM dos.domain_delete('acme', 'before.example');
SELECT dos.zone_policy_set('example', '2026-03-01Z', 'redemption=2 days', 'pending_delete=12 hours');
SELECT dos.zone_policy_set('example', '2026-04-01Z', 'redemption=0');
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.zone_policy_set('example', '2026-03-15Z', 'redemption=1 day')$$) AS o;
SELECT o.code, o.message FROM test.outcome($$UPDATE dos.zone SET redemption = '9 days' WHERE name = 'example'$$) AS o;
SELECT zone, effective_from, until, redemption, pending_delete FROM dos.zone_policy WHERE zone = 'example' ORDER BY until NULLS LAST;
SET dos.clock = '2026-03-01T00:00:00Z';
SELECT code FROM dos.domain_delete('acme', 'after.example');
SET dos.clock = '2026-04-01T00:00:00Z';
SELECT code FROM dos.domain_delete('acme', 'later.example');
SELECT d.name, t.at, s.registered, s.rgp_statuses, s.rgp_ends_at FROM dos.domain AS d, dos_internal.domain_state(d, d.deleted_at) AS t0,
    LATERAL (VALUES (d.deleted_at), (t0.rgp_ends_at[1] - interval '1 ms'), (t0.rgp_ends_at[1]), (t0.purge_at - interval '1 ms'), (t0.purge_at)) AS t (at),
    dos_internal.domain_state(d, t.at) AS s WHERE d.deleted_at IS NOT NULL ORDER BY d.name, t.at;
-- an UPDATE of the zone is a change from now on
UPDATE dos.zone SET redemption = '30 days', pending_delete = '5 days', expiry_hold = '10 days', expiry_dns = 'keep' WHERE name = 'example';
SELECT count(*) AS versions FROM dos.zone_policy WHERE zone = 'example';
UPDATE dos.zone SET expiry_dns_after = '2 days' WHERE name = 'example';
SELECT count(*) AS of_one_instant_the_last FROM dos.zone_policy WHERE zone = 'example';
SELECT dos.job_run('domain_advance') > 0 AS worked;

-- flags: the domain's before its registrar's before the zone's; a change of one changes nothing that has happened
SELECT dos.domain_autorenew_set('mine.example', true), dos.registrar_autorenew_set('other', true);
SELECT count(dos.domain_create('other', n || '.example')) FROM unnest('{b1,b2}'::text[]) AS n;
SELECT dos.domain_autorenew_set('b2.example', false);
SELECT d.name, s.at, i.expires_at, i.expired FROM dos.domain AS d, (VALUES ('2027-03-31T23:59:59.999Z'::timestamptz), ('2027-04-01Z')) AS s (at),
    dos_internal.domain_state(d, s.at) AS i WHERE d.name IN ('b1.example', 'b2.example', 'mine.example') ORDER BY d.name, s.at;
SET dos.clock = '2027-01-05T00:00:00Z';
SELECT dos.domain_autorenew_set('his.example', true);      -- too late: it has expired on the first
SELECT d.name, d.expires_at, d.expired_at, d.autorenew, s.expired, s.statuses FROM dos.domain AS d, dos_internal.domain_state(d, dos.now()) AS s WHERE d.name IN ('his.example', 'mine.example') ORDER BY 1;

-- what is kept can be renewed and not transferred; hosts of others, locks and delegation stay
SELECT (dos.host_create('acme', 'ns1.leaf.example', '{192.0.2.1}')).code;
SELECT code FROM dos.domain_update('acme', 'kept.example', add_hosts => '{ns1.leaf.example}', add_statuses => '{clientDeleteProhibited}', chg_auth => 'Secret-1!');
SELECT s.statuses, s.expired, s.delegated, s.next_event_at FROM dos.domain_state('kept.example') AS s;
SELECT o.code, o.reason, o.detail FROM test.outcome($$SELECT dos.domain_transfer_request('other', 'kept.example', 'Secret-1!')$$) AS o;
SELECT code, expires_at FROM dos.domain_renew('acme', 'his.example', '2027-01-01');
SELECT s.statuses, s.expired, s.expires_at, s.next_event_at FROM dos.domain_state('his.example') AS s;

-- keep, leave and park, each boundary on both sides (expired 2027-01-01, two days, ten days)
CREATE FUNCTION seen(dns text) RETURNS TABLE (way text, at text, statuses text[], rgp text[], delegated boolean, parked boolean, next_event timestamptz, servers text[]) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('dos.clock', '2026-12-01T00:00:00Z', false);
    UPDATE dos.zone SET past_policies = '{}', expiry_dns = dns, expiry_hold = '10 days', expiry_dns_after = '2 days', park_servers = '{ns.park.test}' WHERE name = 'example';
    way := dns;
    FOREACH at IN ARRAY '{2027-01-01T00:00:00Z,2027-01-02T23:59:59.999Z,2027-01-03T00:00:00Z,2027-01-10T23:59:59.999Z,2027-01-11T00:00:00Z}'::text[] LOOP
        PERFORM set_config('dos.clock', at, false);
        SELECT s.statuses, s.rgp_statuses, s.delegated, s.parked, s.next_event_at INTO statuses, rgp, delegated, parked, next_event FROM dos.domain_state('kept.example') AS s;
        servers := (SELECT g.servers FROM dos_internal.dns_delegation((SELECT id FROM dos.zone WHERE name = 'example'), 'kept.example') AS g WHERE g.delegated);
        RETURN NEXT;
    END LOOP;
END $$;
SELECT * FROM seen('keep') UNION ALL SELECT * FROM seen('leave') UNION ALL SELECT * FROM seen('park');
-- the worker marks the name at each of its instants, and the answers are the same before and after
CREATE FUNCTION worked(clock text) RETURNS TABLE (at text, same boolean, marked bigint, next_event timestamptz) LANGUAGE plpgsql AS $$
DECLARE before dos.domain_state; mark bigint := (SELECT coalesce(max(id), 0) FROM dos.dns_dirty);
BEGIN
    at := clock;
    PERFORM set_config('dos.clock', clock, false);
    before := dos.domain_state('kept.example');
    PERFORM dos.job_run('domain_advance');
    SELECT before.statuses = s.statuses AND before.delegated = s.delegated AND before.rgp_statuses = s.rgp_statuses INTO same FROM dos.domain_state('kept.example') AS s;
    marked := (SELECT count(*) FROM dos.dns_dirty WHERE id > mark AND owner = 'kept.example');
    next_event := (SELECT d.next_event_at FROM dos.domain AS d WHERE d.name = 'kept.example');
    RETURN NEXT;
END $$;
UPDATE dos.domain SET expired_at = NULL, next_event_at = expires_at WHERE name = 'kept.example';
SELECT w.* FROM unnest('{2027-01-01T00:00:00Z,2027-01-02T00:00:00Z,2027-01-03T00:00:00Z,2027-01-04T00:00:00Z,2027-01-11T00:00:00Z,2027-01-12T00:00:00Z}'::text[]) AS t (clock), worked(t.clock) AS w;
SELECT statuses, deleted_at, expired_at FROM dos.domain WHERE name = 'kept.example';

-- never expires: no renewal, no delete, no transfer, no charge, no expiry shown
SET dos.clock = '2027-01-05T00:00:00Z';
SELECT (dos.domain_create('acme', 'forever.example')).code;
SELECT dos.domain_never_expires_set('forever.example');
SELECT t.command, test.would(t.command) FROM (VALUES
    ($$SELECT dos.domain_renew('acme', 'forever.example', '2028-01-05')$$), ($$SELECT * FROM dos.domain_delete('acme', 'forever.example')$$),
    ($$SELECT * FROM dos.domain_update('acme', 'forever.example', add_statuses => '{clientHold}')$$)) AS t (command);
SET dos.clock = '2050-01-05T00:00:00Z';
SELECT dos.job_run('domain_advance') >= 0 AS worked;
SELECT i.expires_at, i.statuses, i.rgp_statuses FROM dos.domain_info('acme', 'forever.example') AS i;
SELECT dos.whois('forever.example') !~ 'Expiry' AS whois, dos.rdap_domain('forever.example', 'https://r.example/')::text !~ '"expiration"' AS rdap;
SELECT next_event_at FROM dos.domain WHERE name = 'forever.example';
SELECT dos.domain_never_expires_set('forever.example', '2051-01-05Z');
SELECT i.expires_at FROM dos.domain_info('acme', 'forever.example') AS i;
SELECT * FROM dos.ledger_verify();

-- debt: charged all the same, and everything else is refused until it is paid
SET dos.clock = '2060-01-01T00:00:00Z';
SELECT test.registrar('poor', 2000), test.thin_zone('debt', 'autorenew_unpaid=debt') > 0 AS debt, (dos.domain_create('poor', 'a.debt')).code, (dos.domain_create('poor', 'b.debt')).code;
SET dos.clock = '2061-01-01T00:00:00Z';
SELECT dos.job_run('domain_advance') > 0 AS worked;
SELECT balance_minor, available_minor FROM dos.account_balance WHERE registrar = 'poor';
SELECT event, content FROM dos.outbox WHERE object_name = 'b.debt' ORDER BY id;
SELECT test.would($$SELECT dos.domain_create('poor', 'c.debt')$$);
SELECT count(*) FROM dos.ledger_verify();
SELECT dos.account_deposit('poor', 'USD', 1000, 'D-1') > 0 AS some, test.would($$SELECT dos.domain_create('poor', 'c.debt')$$);
SELECT dos.account_deposit('poor', 'USD', 1000, 'D-2') > 0 AS more, test.would($$SELECT dos.domain_create('poor', 'c.debt')$$);
SELECT balance_minor, available_minor FROM dos.account_balance WHERE registrar = 'poor';
SELECT count(*) FROM dos.ledger_verify();
-- a delete in the grace gives it back
SELECT code FROM dos.domain_delete('poor', 'b.debt');
SELECT balance_minor FROM dos.account_balance WHERE registrar = 'poor';
SELECT count(*) FROM dos.ledger_verify();
