-- Contacts change their registrar (RFC 5733 section 3.2.4): who may, each answer, the clock, and what both sides hear.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('loser'), test.registrar('winner'), test.registrar('third');
SELECT test.contact('loser', c.id) FROM unnest('{A-1,HELD,SERVER,PEND,REJ,CAN,AUTO,NOW}'::text[]) AS c (id);
UPDATE dos.contact SET statuses = '{clientTransferProhibited}' WHERE handle = 'HELD';
UPDATE dos.contact SET statuses = '{serverTransferProhibited}' WHERE handle = 'SERVER';
SELECT code, status FROM dos.contact_transfer_request('third', 'PEND', 'Auth-PEND!1');
DELETE FROM dos.outbox;
DELETE FROM dos.poll_message;

-- refusals in the order of precedence, and nothing is left of them
SELECT t.what, e.*
FROM (VALUES
    (1, 'no registrar',             $$dos.contact_transfer_request('nobody', 'A-1', 'Auth-A-1!1')$$),
    (2, 'unknown',                  $$dos.contact_transfer_request('winner', 'A-2', 'Auth-A-1!1')$$),
    (3, 'no authInfo',              $$dos.contact_transfer_request('winner', 'A-1', NULL)$$),
    (4, 'wrong authInfo',           $$dos.contact_transfer_request('winner', 'A-1', 'Auth-A-1!2')$$),
    (5, 'authInfo of another',      $$dos.contact_transfer_request('winner', 'A-1', 'Auth-A-1!1', 'D1-DOS')$$),
    (6, 'own contact',              $$dos.contact_transfer_request('loser', 'A-1', 'Auth-A-1!1')$$),
    (7, 'pending already',          $$dos.contact_transfer_request('winner', 'PEND', 'Auth-PEND!1')$$),
    (8, 'client lock',              $$dos.contact_transfer_request('winner', 'HELD', 'Auth-HELD!1')$$),
    (9, 'server lock',              $$dos.contact_transfer_request('winner', 'SERVER', 'Auth-SERVER!1')$$),
    (10, 'query, unknown',          $$dos.contact_transfer_query('winner', 'A-2')$$),
    (11, 'query, of others',        $$dos.contact_transfer_query('winner', 'PEND')$$),
    (12, 'query, wrong authInfo',   $$dos.contact_transfer_query('winner', 'PEND', 'x')$$),
    (13, 'query, none',             $$dos.contact_transfer_query('loser', 'A-1')$$),
    (14, 'approve, none',           $$dos.contact_transfer_approve('loser', 'A-1')$$),
    (15, 'approve, by the winner',  $$dos.contact_transfer_approve('third', 'PEND')$$),
    (16, 'reject, by a stranger',   $$dos.contact_transfer_reject('winner', 'PEND')$$),
    (17, 'cancel, by the loser',    $$dos.contact_transfer_cancel('loser', 'PEND')$$),
    (18, 'cancel, unknown',         $$dos.contact_transfer_cancel('loser', 'A-2')$$)) AS t (n, what, command),
    test.effect('SELECT * FROM ' || t.command) AS e ORDER BY t.n;

-- while it pends: locked for everything, shown to both and to who knows the authInfo
SELECT statuses FROM dos.contact_info('loser', 'PEND');
SELECT t.what, e.*
FROM (VALUES
    (1, 'update',             $$dos.contact_update('loser', 'PEND', voice => '+1.5')$$),
    (2, 'delete',             $$dos.contact_delete('loser', 'PEND')$$),
    (3, 'query, loser',       $$dos.contact_transfer_query('loser', 'PEND')$$),
    (4, 'query, winner',      $$dos.contact_transfer_query('third', 'PEND')$$),
    (5, 'query, authInfo',    $$dos.contact_transfer_query('winner', 'PEND', 'Auth-PEND!1')$$)) AS t (n, what, command),
    test.effect('SELECT * FROM ' || t.command) AS e ORDER BY t.n;

-- each answer, and what both sides hear of it
SELECT s.* FROM dos.contact_transfer_request('winner', 'A-1', 'Auth-A-1!1', cltrid => 'CL-1', svtrid => 'SV-1') AS s;
SELECT s.* FROM dos.contact_transfer_approve('loser', 'A-1', 'CL-2', 'SV-2') AS s;
SELECT id, statuses, sponsor, creator, transferred_at FROM dos.contact_info('winner', 'A-1');
SELECT auth_hash IS NULL AS cleared FROM dos.contact WHERE handle = 'A-1';
SELECT status FROM dos.contact_transfer_request('winner', 'REJ', 'Auth-REJ!1');
SELECT status FROM dos.contact_transfer_reject('loser', 'REJ');
SELECT status FROM dos.contact_transfer_request('winner', 'CAN', 'Auth-CAN!1');
SELECT status FROM dos.contact_transfer_cancel('winner', 'CAN');
SELECT c.handle, dos_internal.registrar_clid(c.registrar_id) AS sponsor, (c.transfer).status, c.auth_hash IS NULL AS cleared FROM dos.contact AS c WHERE handle IN ('REJ', 'CAN') ORDER BY 1;
SELECT r.clid, m.text, m.kind, m.content ->> 'name' AS id, m.content ->> 'status' AS status
  FROM dos.poll_message AS m JOIN dos.registrar AS r ON r.id = m.registrar_id ORDER BY m.id, 1;
SELECT code, kind, name, status, requester, actor FROM dos.poll_request('loser');

-- the clock: both sides of the instant, nothing written down; the worker comes late, twice
SELECT status, acts_at FROM dos.contact_transfer_request('winner', 'AUTO', 'Auth-AUTO!1');
SELECT test.thin_zone('example') > 0 AS zone;
DELETE FROM dos.poll_message;
CREATE FUNCTION seen(instant text) RETURNS TABLE (at text, statuses text[], sponsor text, transferred_at timestamptz, query text, loser text, winner text, names text) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('dos.clock', instant, false);
    RETURN QUERY SELECT instant, i.statuses, i.sponsor, i.transferred_at, q.status,
        test.would($q$SELECT * FROM dos.contact_update('loser', 'AUTO', voice => '+1.5')$q$),
        test.would($q$SELECT * FROM dos.contact_update('winner', 'AUTO', voice => '+1.5')$q$),
        test.would($q$SELECT * FROM dos.domain_create('winner', 'a.example', registrant => 'AUTO')$q$)
      FROM dos.contact_transfer_query('winner', 'AUTO') AS q,
           dos.contact_info(CASE q.status WHEN 'pending' THEN 'loser' ELSE 'winner' END, 'AUTO') AS i;
END $$;
SELECT s.* FROM unnest('{2026-04-07T23:59:59.999Z,2026-04-08T00:00:00Z}'::text[]) AS t (at), seen(t.at) AS s;
SELECT dos_internal.registrar_clid(registrar_id) AS written FROM dos.contact WHERE handle = 'AUTO';
SET dos.clock = '2026-05-01T00:00:00Z';
SELECT dos.job_run('contact_advance'), dos.job_run('contact_advance');
SELECT s.* FROM seen('2026-05-01T00:00:00Z') AS s;
SELECT c.handle, dos_internal.registrar_clid(registrar_id) AS written, auth_hash IS NULL AS cleared FROM dos.contact AS c WHERE handle IN ('AUTO', 'PEND') ORDER BY 1;
SELECT r.clid, m.text, m.content ->> 'status' AS status, m.content ->> 'acts_at' AS acts_at FROM dos.poll_message AS m JOIN dos.registrar AS r ON r.id = m.registrar_id ORDER BY m.object_name, 1;

-- the registry's rules: at once, a lock after a create, and not at all
UPDATE dos.contact_setting SET transfer_pending = '0', transfer_lock = '60 days';
SELECT test.would($$SELECT * FROM dos.contact_transfer_request('winner', 'NOW', 'Auth-NOW!1')$$);
SET dos.clock = '2026-06-02T00:00:00Z';
SELECT code, status FROM dos.contact_transfer_request('winner', 'NOW', 'Auth-NOW!1');
UPDATE dos.contact_setting SET transfer = false;
SELECT c.command, test.would(format('SELECT * FROM dos.contact_transfer_%s(''loser'', ''REJ''%s)', c.command, CASE c.command WHEN 'request' THEN ', ''Auth-REJ!1''' ELSE '' END))
  FROM unnest('{request,query,approve,reject,cancel}'::text[]) AS c (command);
