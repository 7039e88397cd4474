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
