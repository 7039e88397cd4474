-- What each state of a registrar allows, whole, and how every verb asks.
SELECT s.state, string_agg(v.verb, ' ' ORDER BY v.n) FILTER (WHERE dos.registrar_state_allows(s.state, v.verb)) AS allowed,
       string_agg(v.verb, ' ' ORDER BY v.n) FILTER (WHERE NOT dos.registrar_state_allows(s.state, v.verb)) AS refused
FROM (VALUES (1, 'pending'), (2, 'ok'), (3, 'readonly'), (4, 'suspended'), (5, 'terminated'), (6, 'no such state'), (7, NULL)) AS s (n, state),
     (VALUES (1, 'login'), (2, 'check'), (3, 'info'), (4, 'create'), (5, 'update'), (6, 'delete'), (7, 'renew'), (8, 'transfer')) AS v (n, verb)
GROUP BY s.n, s.state ORDER BY s.n;

SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.zone('example', 'registrant_required=false', 'contacts_required={}') > 0 AS zone;
SELECT test.contact('acme', 'AC-1'), (dos.domain_create('acme', 'a.example')).code, (dos.host_create('acme', 'ns1.elsewhere.test')).code;

-- every verb, by a registrar in each state and by nobody
CREATE TABLE verb (n int, verb text, command text);
INSERT INTO verb VALUES
    (1, 'domain_check',   'SELECT 1000 AS code, c.* FROM dos.domain_check(%L, ''{b.example}'') AS c'),
    (2, 'domain_info',    'SELECT dos.domain_info(%L, ''a.example'')'),
    (3, 'domain_create',  'SELECT dos.domain_create(%L, ''b.example'')'),
    (4, 'domain_update',  'SELECT * FROM dos.domain_update(%L, ''a.example'', add_statuses => ''{clientHold}'')'),
    (5, 'domain_renew',   'SELECT dos.domain_renew(%L, ''a.example'', ''2027-04-03'')'),
    (6, 'domain_delete',  'SELECT * FROM dos.domain_delete(%L, ''a.example'')'),
    (7, 'contact_check',  'SELECT 1000 AS code, c.* FROM dos.contact_check(%L, ''{AC-1}'') AS c'),
    (8, 'contact_info',   'SELECT dos.contact_info(%L, ''AC-1'')'),
    (9, 'contact_create', 'SELECT dos.contact_create(%L, ''AC-2'', ''{Ann,NULL,NULL,NULL,NULL,Paris,NULL,NULL,FR}'', email => ''a@b.test'')'),
    (10, 'contact_update', 'SELECT * FROM dos.contact_update(%L, ''AC-1'', voice => ''+1.5'')'),
    (11, 'contact_delete', 'SELECT * FROM dos.contact_delete(%L, ''AC-1'')'),
    (12, 'host_check',     'SELECT 1000 AS code, c.* FROM dos.host_check(%L, ''{ns1.elsewhere.test}'') AS c'),
    (13, 'host_info',      'SELECT dos.host_info(%L, ''ns1.elsewhere.test'')'),
    (14, 'host_create',    'SELECT dos.host_create(%L, ''ns2.elsewhere.test'')'),
    (15, 'host_update',    'SELECT * FROM dos.host_update(%L, ''ns1.elsewhere.test'', add_statuses => ''{clientDeleteProhibited}'')'),
    (16, 'host_delete',    'SELECT * FROM dos.host_delete(%L, ''ns1.elsewhere.test'')');

-- as it is, then back: each verb starts from the same registry
CREATE FUNCTION tried_as(new_state text) RETURNS TABLE (n int, answer text) LANGUAGE plpgsql AS $$
BEGIN
    UPDATE dos.registrar SET state = new_state WHERE clid = 'acme';
    RETURN QUERY SELECT v.n, test.would(format(v.command, 'acme')) FROM verb AS v ORDER BY v.n;
    UPDATE dos.registrar SET state = 'ok' WHERE clid = 'acme';
END $$;
SELECT v.verb, test.would(format(v.command, 'nobody')) AS nobody, s.answer AS suspended, r.answer AS readonly, o.answer AS ok
FROM verb AS v
JOIN tried_as('suspended') AS s USING (n)
JOIN tried_as('readonly') AS r USING (n)
JOIN tried_as('ok') AS o USING (n)
ORDER BY v.n;
-- nobody in particular is not everybody
SELECT v.verb, test.would(format(v.command, NULL)) AS nobody FROM verb AS v ORDER BY v.n;
UPDATE dos.registrar SET state = 'terminated' WHERE clid = 'acme';
SELECT o.* FROM test.outcome('SELECT dos.domain_info(''acme'', ''a.example'')') AS o;
