-- Messages for registrars (RFC 5730 section 2.9.2.3): first in, first out, each registrar its own.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('other'), test.registrar('idle'),
       test.zone('example', 'registrant_required=false', 'contacts_required={}', 'transfer_lock=0') > 0 AS zone;

-- an empty queue, and who may not ask
SELECT r.clid, o.* FROM unnest('{idle,nobody}'::text[]) AS r (clid), test.outcome(format('SELECT * FROM dos.poll_request(%L)', r.clid)) AS o;
SELECT code, count, id FROM dos.poll_request('idle');

-- what makes a message: steps of a transfer for both sides, what the registry does by itself for the sponsor; a command's
-- own result for nobody
SELECT code FROM dos.domain_create('acme', 'a.example', auth => 'Code-1');
SET dos.clock = '2026-04-03T00:00:01Z';
SELECT code FROM dos.domain_create('acme', 'b.example');
SELECT count(*) FROM dos.poll_message;
SET dos.clock = '2026-04-04T00:00:00Z';
SELECT status FROM dos.domain_transfer_request('other', 'a.example', 'Code-1');
SET dos.clock = '2026-04-05T00:00:00Z';
SELECT status FROM dos.domain_transfer_reject('acme', 'a.example');
SET dos.clock = '2027-04-06T00:00:00Z';
SELECT dos.job_run('domain_advance') AS advanced;
SELECT r.clid, m.id, m.queued_at, m.event, m.text, m.kind FROM dos.poll_message AS m JOIN dos.registrar AS r ON r.id = m.registrar_id ORDER BY m.registrar_id, m.id;

-- asking changes nothing; an acknowledgement must name a message of one's own
SELECT t.what, e.* FROM (VALUES
    (1, 'ask',                    $$SELECT * FROM dos.poll_request('acme')$$),
    (2, 'ask again',              $$SELECT * FROM dos.poll_request('acme')$$),
    (3, 'ack by no registrar',    $$SELECT * FROM dos.poll_ack('nobody', 1)$$),
    (4, 'ack of no message',      $$SELECT * FROM dos.poll_ack('acme', 99)$$),
    (5, 'ack of nothing',         $$SELECT * FROM dos.poll_ack('acme', NULL)$$),
    (6, 'ack of another''s',      $$SELECT * FROM dos.poll_ack('acme', 2)$$),
    (7, 'ack of another''s, idle', $$SELECT * FROM dos.poll_ack('idle', 1)$$)) AS t (n, what, command),
    test.effect(t.command) AS e ORDER BY t.n;
SELECT count(*) FROM dos.poll_message;

-- the whole queue, one by one; a message in the middle may be acknowledged first
CREATE FUNCTION drain(clid text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    message dos.poll_data;
    acked   record;
BEGIN
    LOOP
        message := dos.poll_request(clid);
        RETURN NEXT concat_ws(' | ', message.code, message.count, message.id, dos.iso8601(message.queued_at), message.text, message.kind, message.name, message.status,
            message.requester, dos.iso8601(message.requested_at), message.actor, dos.iso8601(message.acts_at), dos.iso8601(message.expires_at));
        EXIT WHEN message.code = 1300;
        acked := dos.poll_ack(clid, message.id);
        RETURN NEXT format('  %s: %s left, next %s', acked.code, acked.count, coalesce(acked.next_id::text, 'none'));
    END LOOP;
END $$;
SELECT * FROM dos.poll_ack('acme', 3);
SELECT * FROM drain('acme');
SELECT * FROM drain('other');
SELECT o.code, o.reason FROM test.outcome($$SELECT * FROM dos.poll_ack('acme', 1)$$) AS o;
-- the last one may be acknowledged again, by nobody else, and nothing happens
SELECT a.last AS it, e.* FROM (SELECT max(id) AS last FROM dos.poll_acknowledged WHERE registrar_id = (SELECT id FROM dos.registrar WHERE clid = 'acme')) AS a,
    unnest('{acme,acme,other}'::text[]) WITH ORDINALITY AS w (who, n), test.effect(format('SELECT * FROM dos.poll_ack(%L, %s)', w.who, a.last)) AS e ORDER BY w.n;

-- the registry's own words; an event without words still says what it is
UPDATE dos.poll_type SET text = 'Votre demande : %s.' WHERE event = 'domain.transfer_requested';
UPDATE dos.poll_type SET text = '%s stays.' WHERE event = 'domain.transfer_cancelled';
SELECT status FROM dos.domain_transfer_request('other', 'a.example', 'Code-1');
SELECT status FROM dos.domain_transfer_cancel('other', 'a.example');
SELECT m.text FROM dos.poll_message AS m JOIN dos.registrar AS r ON r.id = m.registrar_id WHERE r.clid = 'other' ORDER BY m.id;

-- a refused command leaves no message
BEGIN;
SELECT status FROM dos.domain_transfer_request('other', 'a.example', 'Code-1');
ROLLBACK;
SELECT count(*) FROM dos.poll_message;

-- every event that names somebody to notify has words
SELECT DISTINCT o.event FROM dos.outbox AS o WHERE o.content ? 'notify'
   AND NOT EXISTS (SELECT FROM dos.poll_type AS t WHERE t.event = o.event);
