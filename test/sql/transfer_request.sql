-- Asking for a domain (RFC 5731 section 3.2.4): who may, when, at what price.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('loser'), test.registrar('winner'), test.registrar('third'), test.registrar('poor', 799),
       test.zone('example', 'registrant_required=false', 'contacts_required={}', 'transfer_lock=60 days') > 0 AS zone,
       test.zone('locked', 'registrant_required=false', 'contacts_required={}', 'transfer_lock=60 days') > 0 AS locked;
SELECT d.name, (dos.domain_create('loser', d.name, 2, auth => 'Code-1')).code
  FROM (VALUES ('a.example'), ('held.example'), ('server.example'), ('pending.example'), ('redeemed.example'), ('bare.example')) AS d (name);
UPDATE dos.domain SET statuses = '{clientTransferProhibited}' WHERE name = 'held.example';
UPDATE dos.domain SET statuses = '{serverTransferProhibited}' WHERE name = 'server.example';
UPDATE dos.domain SET auth_hash = NULL WHERE name = 'bare.example';
SET dos.clock = '2026-07-01T00:00:00Z';
SELECT dos.domain_delete('loser', 'redeemed.example');
SELECT (dos.domain_transfer_request('third', 'pending.example', 'Code-1')).status;
SELECT (dos.domain_create('loser', 'new.locked', auth => 'Code-1')).code;
DELETE FROM dos.dns_dirty;

-- refusals in the order of precedence, and nothing is left of them
SELECT t.what, e.*
FROM (VALUES
    (1, 'no registrar',                   $$'nobody', 'a.example', 'Code-1'$$),
    (2, 'not a name',                     $$'winner', '-.example', 'Code-1'$$),
    (3, 'unknown',                        $$'winner', 'b.example', 'Code-1'$$),
    (4, 'no authInfo',                    $$'winner', 'a.example', NULL$$),
    (5, 'empty authInfo',                 $$'winner', 'a.example', ''$$),
    (6, 'wrong authInfo',                 $$'winner', 'a.example', 'code-1'$$),
    (7, 'wrong authInfo, own domain',     $$'loser', 'a.example', 'code-1'$$),
    (8, 'authInfo of another object',     $$'winner', 'a.example', 'Code-1', 'X-DOS'$$),
    (9, 'no authInfo is set',             $$'winner', 'bare.example', 'Code-1'$$),
    (10, 'own domain',                    $$'loser', 'a.example', 'Code-1'$$),
    (11, 'pending already',               $$'winner', 'pending.example', 'Code-1'$$),
    (12, 'pending already, by itself',    $$'third', 'pending.example', 'Code-1'$$),
    (13, 'client lock',                   $$'winner', 'held.example', 'Code-1'$$),
    (14, 'server lock',                   $$'winner', 'server.example', 'Code-1'$$),
    (15, 'being deleted',                 $$'winner', 'redeemed.example', 'Code-1'$$),
    (16, 'created lately',                $$'winner', 'new.locked', 'Code-1'$$),
    (17, 'two years',                     $$'winner', 'a.example', 'Code-1', NULL, 2$$),
    (18, 'thirteen months',               $$'winner', 'a.example', 'Code-1', NULL, 13, 'm'$$),
    (19, 'the money is not there',        $$'poor', 'a.example', 'Code-1'$$)) AS t (n, what, arguments),
    test.effect(format('SELECT * FROM dos.domain_transfer_request(%s)', t.arguments)) AS e ORDER BY t.n;

-- both sides of the lock after a create
CREATE FUNCTION would_at(instant text, command text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('dos.clock', instant, false);
    RETURN test.would(command);
END $$;
SELECT t.at, would_at(t.at, $$SELECT * FROM dos.domain_transfer_request('winner', 'new.locked', 'Code-1')$$)
  FROM (VALUES ('2026-08-29T23:59:59.999Z'), ('2026-08-30T00:00:00Z')) AS t (at);
SET dos.clock = '2026-07-01T00:00:00Z';

-- what it takes and what it does: money is held, the domain locked, both sides told
SELECT t.what, e.*
FROM (VALUES
    (1, 'asked for, twelve months',  $$SELECT * FROM dos.domain_transfer_request('winner', 'A.example', 'Code-1', NULL, 12, 'm', 'CL-1', 'SV-1')$$),
    (2, 'renew',                     $$SELECT * FROM dos.domain_renew('loser', 'a.example', '2028-04-03')$$),
    (3, 'delete',                    $$SELECT * FROM dos.domain_delete('loser', 'a.example')$$),
    (4, 'update',                    $$SELECT * FROM dos.domain_update('loser', 'a.example', add_statuses => '{clientHold}')$$)) AS t (n, what, command),
    test.effect(t.command) AS e ORDER BY t.n;
SELECT * FROM dos.domain_transfer_query('winner', 'a.example');
SELECT sponsor, statuses, rgp_statuses, expires_at FROM dos.domain_info('loser', 'a.example');
SELECT account, registrar, amount, kind FROM dos.ledger_line WHERE object_name = 'a.example' ORDER BY entry_id, account;
SELECT r.clid, m.event, m.text, m.kind, m.content - '{name,actor,requester}'::text[] AS content FROM dos.poll_message AS m JOIN dos.registrar AS r ON r.id = m.registrar_id
 WHERE m.object_name = 'a.example' ORDER BY m.id;
SELECT event, registrar, cltrid, svtrid FROM dos.outbox WHERE object_name = 'a.example' AND event LIKE 'domain.transfer%';

-- query: for both sides, or who knows the authInfo
SELECT t.what, o.*
FROM (VALUES
    (1, 'unknown',             $$'winner', 'b.example'$$),
    (2, 'wrong authInfo',      $$'winner', 'a.example', 'code-1'$$),
    (3, 'others',              $$'third', 'a.example'$$),
    (4, 'none yet, others',    $$'winner', 'held.example'$$),
    (5, 'none yet',            $$'loser', 'held.example'$$),
    (6, 'none yet, authInfo',  $$'winner', 'held.example', 'Code-1'$$),
    (7, 'others, authInfo',    $$'third', 'a.example', 'Code-1'$$),
    (8, 'authInfo, its roid',  format($$'third', 'a.example', 'Code-1', %L$$, (SELECT d.roid FROM dos.domain AS d WHERE d.name = 'a.example'))),
    (9, 'the winner',          $$'winner', 'a.example'$$),
    (10, 'the loser',          $$'loser', 'a.example'$$)) AS t (n, what, arguments),
    test.would(format('SELECT * FROM dos.domain_transfer_query(%s)', t.arguments)) AS o ORDER BY t.n;

-- a zone that transfers at once and adds no year: 1000, a period is refused
SELECT test.zone('quick', 'registrant_required=false', 'contacts_required={}', 'transfer_lock=0', 'transfer_pending=0', 'transfer_years=0', 'transfer_grace=0') > 0 AS quick;
SELECT (dos.domain_create('loser', 'q.quick', auth => 'Code-1')).code;
SELECT (test.outcome($$SELECT * FROM dos.domain_transfer_request('winner', 'q.quick', 'Code-1', NULL, 1)$$)).*;
SELECT * FROM dos.domain_transfer_request('winner', 'q.quick', 'Code-1');
SELECT sponsor, statuses, rgp_statuses, expires_at, transferred_at FROM dos.domain_info('winner', 'q.quick');
SELECT r.clid, m.text FROM dos.poll_message AS m JOIN dos.registrar AS r ON r.id = m.registrar_id WHERE m.object_name = 'q.quick' ORDER BY m.id;
SELECT account, registrar, amount, kind FROM dos.ledger_line WHERE object_name = 'q.quick' ORDER BY entry_id, account;
SELECT * FROM dos.ledger_verify();
