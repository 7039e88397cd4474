-- The law of statuses (RFC 5731 section 2.3), whole: who sets each, what it prohibits, whether it withholds the delegation.
SELECT * FROM dos.lifecycle_statuses();

-- the same, asked verb by verb
SELECT s.status, string_agg(v.verb, ' ' ORDER BY v.n) FILTER (WHERE dos.lifecycle_refusal(v.verb, ARRAY[s.status]) = s.status) AS refuses
FROM dos.lifecycle_statuses() WITH ORDINALITY AS s (status, set_by, prohibits, withholds, n),
     (VALUES (1, 'update'), (2, 'delete'), (3, 'renew'), (4, 'transfer')) AS v (n, verb)
GROUP BY s.n, s.status ORDER BY s.n;

-- of several the first of the table is named; nobody is named when none prohibits
SELECT t.verb, t.statuses, dos.lifecycle_refusal(t.verb, t.statuses::text[])
FROM (VALUES
    ('update', '{}'), ('update', '{ok}'), ('update', '{clientHold,serverHold,inactive,linked}'), ('delete', '{clientUpdateProhibited,serverUpdateProhibited}'),
    ('update', '{serverUpdateProhibited,clientUpdateProhibited}'), ('delete', '{pendingDelete,clientDeleteProhibited}'),
    ('renew', '{pendingDelete}'), ('transfer', '{pendingTransfer}'), ('renew', NULL), (NULL, '{ok}')) AS t (verb, statuses);
SELECT o.* FROM (VALUES
    ('SELECT dos.lifecycle_refusal(''create'', ''{ok}'')'), ('SELECT dos.lifecycle_refusal(''update'', ''{OK}'')'), ('SELECT dos.lifecycle_refusal(''update'', ''{ok,NULL}'')'))
    AS t (command), test.outcome(t.command) AS o;

-- the law of lives, whole: phases and what leads from one to the next
SELECT * FROM dos.lifecycle_transitions();
-- each phase can be reached and left, and every one the state of a domain may have is in the table
SELECT array_agg(p ORDER BY p) AS dead_ends FROM (SELECT next_phase AS p FROM dos.lifecycle_transitions() EXCEPT SELECT phase FROM dos.lifecycle_transitions()) AS e;
SELECT array_agg(p ORDER BY p) AS out_of_nowhere FROM (SELECT phase AS p FROM dos.lifecycle_transitions() EXCEPT SELECT next_phase FROM dos.lifecycle_transitions()) AS e;
-- a pending status is never shown beside what it displaces, whatever is stored
SELECT l.status, s.statuses FROM dos.lifecycle_statuses() AS l CROSS JOIN LATERAL dos.lifecycle_project(
    jsonb_populate_record(NULL::dos.lifecycle_facts, jsonb_build_object('statuses', to_jsonb('{clientDeleteProhibited,serverDeleteProhibited,clientUpdateProhibited,serverUpdateProhibited,clientTransferProhibited,serverTransferProhibited}'::text[]),
        'expires_at', '2030-01-01Z', 'graces', '[]'::jsonb, 'has_hosts', true, 'deleted_at', CASE l.status WHEN 'pendingDelete' THEN '2026-01-01Z' END,
        'transfer_at', CASE l.status WHEN 'pendingTransfer' THEN '2026-02-01Z' END, 'transfer_years', 1, 'pending', CASE l.status WHEN 'pendingCreate' THEN 'create' WHEN 'pendingUpdate' THEN 'update' END,
        'pending_until', '2026-02-01Z')), ARRAY[jsonb_populate_record(NULL::dos.lifecycle_policy, '{"redemption": "30 days", "pending_delete": "5 days"}')], '2026-01-02') AS s
 WHERE l.status ~ '^pending' AND l.status <> 'pendingRenew';
