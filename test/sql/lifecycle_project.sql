-- The state of a domain as a function of facts and the clock (RFC 5731 section 2.3, RFC 3915): each boundary on both sides.
-- Policy: autorenew grace 45 days, redemption 30 days, pendingDelete 5 days. Facts: created 2026-04-03, one year.
CREATE FUNCTION facts(given jsonb) RETURNS dos.lifecycle_facts LANGUAGE sql AS $$
    SELECT jsonb_populate_record(NULL::dos.lifecycle_facts, '{"statuses": [], "expires_at": "2027-04-03Z", "graces": [], "has_hosts": true}' || given)
$$;
CREATE FUNCTION policy(given jsonb DEFAULT '{}') RETURNS dos.lifecycle_policy LANGUAGE sql AS $$
    SELECT jsonb_populate_record(NULL::dos.lifecycle_policy, '{"autorenew": true, "autorenew_grace": "45 days", "redemption": "30 days", "pending_delete": "5 days",
                                                               "pending_restore": "7 days", "transfer_grace": "5 days", "horizon_years": 10}' || given)
$$;
CREATE FUNCTION project(at text, expires_at text DEFAULT '2027-04-03', deleted_at text DEFAULT NULL, statuses text[] DEFAULT '{}',
                        graces dos.grace[] DEFAULT '{}', has_hosts boolean DEFAULT true, autorenew boolean DEFAULT true)
RETURNS TABLE (registered boolean, statuses_ text, rgp text, expires date, renewals int, deleted timestamptz, delegated boolean, next_event timestamptz)
LANGUAGE sql AS $$
    SELECT s.registered, array_to_string(s.statuses, ' '),
           (SELECT string_agg(r || ' until ' || to_char(e AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), ', ') FROM unnest(s.rgp_statuses, s.rgp_ends_at) AS u (r, e)),
           (s.expires_at AT TIME ZONE 'UTC')::date, s.renewals, s.deleted_at, s.delegated, s.next_event_at
      FROM dos.lifecycle_project(facts(jsonb_build_object('statuses', to_jsonb(statuses), 'expires_at', expires_at, 'deleted_at', deleted_at,
                                                           'graces', to_jsonb(graces), 'has_hosts', has_hosts)),
                                 ARRAY[policy(jsonb_build_object('autorenew', autorenew))], at::timestamptz) AS s
$$;

-- nothing but time, in a zone that renews by itself
SELECT t.at, p.* FROM (VALUES
    ('2026-04-03T00:00:00Z'), ('2027-04-02T23:59:59.999Z'), ('2027-04-03T00:00:00Z'), ('2027-05-17T23:59:59.999Z'), ('2027-05-18T00:00:00Z'),
    ('2028-04-02T23:59:59.999Z'), ('2028-04-03T00:00:00Z'), ('2036-04-03T00:00:00Z')) AS t (at), project(t.at) AS p;

-- the same in a zone that does not: expiry deletes, then redemption, pendingDelete, gone
SELECT t.at, p.* FROM (VALUES
    ('2027-04-02T23:59:59.999Z'), ('2027-04-03T00:00:00Z'), ('2027-05-02T23:59:59.999Z'), ('2027-05-03T00:00:00Z'),
    ('2027-05-07T23:59:59.999Z'), ('2027-05-08T00:00:00Z'), ('2030-01-01T00:00:00Z')) AS t (at), project(t.at, autorenew => false) AS p;

-- deleted on 2026-10-01: the expiry date no longer matters
SELECT t.at, p.* FROM (VALUES
    ('2026-09-30T23:59:59.999Z'), ('2026-10-01T00:00:00Z'), ('2026-10-30T23:59:59.999Z'), ('2026-10-31T00:00:00Z'),
    ('2026-11-04T23:59:59.999Z'), ('2026-11-05T00:00:00Z'), ('2027-04-03T00:00:00Z')) AS t (at), project(t.at, deleted_at => '2026-10-01') AS p;

-- graces: several at once, of one kind the last end counts; they end with the delete
SELECT t.at, p.rgp, p.statuses_ FROM (VALUES
    ('2026-04-07T23:59:59.999Z'), ('2026-04-08T00:00:00Z'), ('2026-04-09T23:59:59.999Z'), ('2026-04-10T00:00:00Z')) AS t (at),
    project(t.at, graces => ARRAY[('add', '2026-04-08', 1, 1), ('renew', '2026-04-09', 2, 1), ('renew', '2026-04-10', 3, 1), ('transfer', '2026-04-08', 4, 1)]::dos.grace[]) AS p;
SELECT p.rgp, p.statuses_ FROM project('2026-04-04', deleted_at => '2026-04-04', graces => ARRAY[('renew', '2026-04-09', 2, 1)]::dos.grace[]) AS p;
-- an automatic renewal written down and one that is due
SELECT p.rgp, p.renewals FROM project('2027-04-04', graces => ARRAY[('autorenew', '2027-04-10', 2, 1)]::dos.grace[]) AS p;

-- derived statuses and delegation
SELECT t.statuses, t.hosts, t.deleted, p.statuses_, p.delegated
FROM (VALUES
    ('{}', true, NULL), ('{}', false, NULL), ('{clientHold}', true, NULL), ('{clientHold}', false, NULL), ('{serverHold}', true, NULL),
    ('{clientUpdateProhibited,clientDeleteProhibited,clientTransferProhibited,clientRenewProhibited}', true, NULL),
    ('{serverUpdateProhibited,serverDeleteProhibited,serverTransferProhibited,serverRenewProhibited}', true, NULL),
    ('{}', true, '2026-04-03'), ('{}', false, '2026-04-03'), ('{clientHold,clientDeleteProhibited}', true, '2026-04-03')) AS t (statuses, hosts, deleted),
    project('2026-04-03', statuses => t.statuses::text[], deleted_at => t.deleted, has_hosts => t.hosts) AS p;

-- leap days and the end of the century
SELECT t.expires, t.at, p.expires, p.renewals FROM (VALUES
    ('2028-02-29', '2028-02-28T23:59:59.999Z'), ('2028-02-29', '2028-02-29'), ('2028-02-29', '2029-02-27T23:59:59.999Z'), ('2028-02-29', '2029-02-28'),
    ('2028-02-29', '2032-02-28'), ('2099-12-31', '2100-01-01'), ('2100-02-28', '2100-02-28')) AS t (expires, at), project(t.at, t.expires) AS p;

-- zero periods: gone the instant it is deleted; no autorenew grace
SELECT s.registered, s.rgp_statuses FROM dos.lifecycle_project(facts('{"deleted_at": "2026-10-01Z"}'), ARRAY[policy('{"redemption": "0", "pending_delete": "0"}')], '2026-10-01') AS s;
SELECT s.registered, s.rgp_statuses, s.renewals FROM dos.lifecycle_project(facts('{}'), ARRAY[policy('{"autorenew_grace": "0"}')], '2027-04-03') AS s;

-- what is not a fact is refused, and never a crash
SELECT o.code, o.message FROM (VALUES
    ('{"statuses": ["asleep"]}'), ('{"graces": [{"kind": "nap", "ends_at": "2027-01-01"}]}'), ('{"graces": [null]}'), ('{"graces": [{"ends_at": "2027-01-01"}]}'),
    ('{"graces": [{"kind": "add"}]}'), ('{"expires_at": null}')) AS t (given),
    test.outcome(format('SELECT dos.lifecycle_project(facts(%L), ARRAY[policy()], ''2026-04-03'')', t.given)) AS o;
SELECT o.code, o.message FROM (VALUES ($$'{}'$$), ($$ARRAY[policy('{"until": "2027-01-01"}')]$$), ($$ARRAY[NULL]::dos.lifecycle_policy[]$$)) AS t (policies),
    test.outcome(format($$SELECT dos.lifecycle_project(facts('{}'), %s, '2026-04-03')$$, t.policies)) AS o;
