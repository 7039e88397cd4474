-- domain delete (RFC 5731 section 3.2.2, RFC 3915): refusals; graces on both sides of their end; refunds to the cent, once.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('other'),
       test.zone('example', 'registrant_required=false', 'contacts_required={}') > 0 AS zone,
       test.zone('nograce', 'registrant_required=false', 'contacts_required={}', 'add_grace=0', 'renew_grace=0', 'autorenew_grace=0', 'redemption=0', 'pending_delete=0') > 0 AS nograce;
SELECT count(dos.domain_create('acme', d.name)) FROM (VALUES ('locked.example'), ('slocked.example'), ('deleted.example'), ('used.example'), ('own.example'), ('user.example'), ('ulocked.example')) AS d (name);
UPDATE dos.domain SET statuses = '{clientDeleteProhibited}' WHERE name = 'locked.example';
UPDATE dos.domain SET statuses = '{serverDeleteProhibited}' WHERE name = 'slocked.example';
UPDATE dos.domain SET statuses = '{clientUpdateProhibited,clientRenewProhibited,clientTransferProhibited,clientHold}' WHERE name = 'ulocked.example';
UPDATE dos.domain SET deleted_at = dos.now(), graces = '{}' WHERE name = 'deleted.example';
SELECT count(dos.host_create('acme', h.name, '{192.0.2.1}')) FROM (VALUES ('ns.used.example'), ('ns.own.example'), ('ns2.own.example')) AS h (name);
SELECT * FROM dos.domain_update('acme', 'own.example', add_hosts => '{ns.own.example}');
SELECT * FROM dos.domain_update('acme', 'user.example', add_hosts => '{ns.used.example}');
DELETE FROM dos.dns_dirty;

SELECT t.what, e.*
FROM (VALUES
    (1, 'not a name',               'acme', 'a_b.example'), (2, 'unknown', 'acme', 'z.example'), (3, 'another''s', 'other', 'own.example'),
    (4, 'locked',                   'acme', 'locked.example'), (5, 'locked by the server', 'acme', 'slocked.example'), (6, 'being deleted', 'acme', 'deleted.example'),
    (7, 'another uses its host',    'acme', 'used.example'),
    (8, 'it alone uses its hosts',  'acme', 'own.example'), (9, 'gone', 'acme', 'own.example'), (10, 'other locks', 'acme', 'ulocked.example'),
    (11, 'the user',                'acme', 'user.example'), (12, 'then the used one', 'acme', 'used.example')) AS t (n, what, registrar, name),
    test.effect(format('SELECT * FROM dos.domain_delete(%L, %L, ''CL-1'', ''SV-1'')', t.registrar, t.name)) AS e ORDER BY t.n;
SELECT event, registrar, cltrid, svtrid FROM dos.outbox WHERE object_name = 'own.example' ORDER BY id;
SELECT * FROM test.dangling();

-- One story a row: commands with their instant; what the last one answers, what has been charged and given back, and what is left.
-- (add grace 5 days, renew grace 5 days, auto-renew grace 45 days; 8.00 a year)
CREATE FUNCTION told(name text, story text[]) RETURNS TABLE (code text, charged bigint, refunded bigint, statuses text, rgp text, expires date, host_rows bigint) LANGUAGE plpgsql AS $$
DECLARE
    chapter text;
    command text;
BEGIN
    FOREACH chapter IN ARRAY story LOOP
        PERFORM set_config('dos.clock', split_part(chapter, ' ', 1), false);
        command := split_part(chapter, ' ', 2);
        code := (test.outcome(CASE command
            WHEN 'create' THEN format('SELECT dos.domain_create(''acme'', %L, %s)', name, split_part(chapter, ' ', 3))
            WHEN 'renew' THEN format('SELECT dos.domain_renew(''acme'', %L, ((dos.domain_state(%1$L)).expires_at AT TIME ZONE ''UTC'')::date, %s)', name, split_part(chapter, ' ', 3))
            WHEN 'host' THEN format('SELECT dos.host_create(''acme'', ''ns.'' || %L, ''{192.0.2.1}'')', name)
            WHEN 'work' THEN 'SELECT dos.job_run(''domain_advance'')'
            WHEN 'look' THEN format('SELECT dos.domain_info(''acme'', %L)', name)
            ELSE format('SELECT * FROM dos.domain_delete(''acme'', %L)', name) END)).code;
    END LOOP;
    SELECT sum(e.amount_minor) FILTER (WHERE e.kind <> 'refund'), sum(e.amount_minor) FILTER (WHERE e.kind = 'refund') INTO charged, refunded
      FROM dos.ledger_entry AS e WHERE e.object_name = name;
    SELECT array_to_string(s.statuses, ' '), array_to_string(s.rgp_statuses, ' '), (s.expires_at AT TIME ZONE 'UTC')::date
      INTO statuses, rgp, expires FROM dos.domain_state(name) AS s WHERE s.registered;
    host_rows := (SELECT count(*) FROM dos.host AS h WHERE h.name = 'ns.' || told.name);
    PERFORM set_config('dos.clock', '2026-04-03T00:00:00Z', false);
    RETURN NEXT;
END $$;
SELECT t.story, s.*
FROM (VALUES
    -- add grace: one millisecond on both sides of its end
    (1, 'a1.example', '{2026-04-03T00:00:00Z create 2,2026-04-07T23:59:59.999Z delete}'),
    (2, 'a2.example', '{2026-04-03T00:00:00Z create 2,2026-04-08T00:00:00Z delete}'),
    (3, 'a3.example', '{2026-04-03T00:00:00Z create 1,2026-04-03T00:00:00Z delete}'),
    (4, 'a4.example', '{2026-04-03T00:00:00Z create 1,2026-04-03T00:00:00Z host,2026-04-04T00:00:00Z delete}'),
    -- add and renew grace together; renew grace alone; several renews
    (5, 'b1.example', '{2026-04-03T00:00:00Z create 1,2026-04-04T00:00:00Z renew 3,2026-04-07T23:59:59.999Z delete}'),
    (6, 'b2.example', '{2026-04-03T00:00:00Z create 1,2026-04-04T00:00:00Z renew 3,2026-04-08T00:00:00Z delete}'),
    (7, 'b3.example', '{2026-04-03T00:00:00Z create 1,2026-04-04T00:00:00Z renew 3,2026-04-08T23:59:59.999Z delete}'),
    (8, 'b4.example', '{2026-04-03T00:00:00Z create 1,2026-04-04T00:00:00Z renew 3,2026-04-09T00:00:00Z delete}'),
    (9, 'b5.example', '{2026-04-03T00:00:00Z create 1,2026-05-01T00:00:00Z renew 2,2026-05-03T00:00:00Z renew 3,2026-05-05T23:59:59.999Z delete}'),
    (10, 'b6.example', '{2026-04-03T00:00:00Z create 1,2026-05-01T00:00:00Z renew 2,2026-05-03T00:00:00Z renew 3,2026-05-06T00:00:00Z delete}'),
    -- auto-renew grace, worker on time, late, or not at all
    (11, 'c1.example', '{2026-04-03T00:00:00Z create 1,2027-04-03T00:00:00Z work,2027-05-17T23:59:59.999Z delete}'),
    (12, 'c2.example', '{2026-04-03T00:00:00Z create 1,2027-05-17T23:59:59.999Z work,2027-05-17T23:59:59.999Z delete}'),
    (13, 'c3.example', '{2026-04-03T00:00:00Z create 1,2027-05-17T23:59:59.999Z delete}'),
    (14, 'c4.example', '{2026-04-03T00:00:00Z create 1,2027-04-03T00:00:00Z work,2027-05-18T00:00:00Z delete}'),
    (15, 'c5.example', '{2026-04-03T00:00:00Z create 1,2027-05-18T00:00:00Z delete}'),
    (16, 'c6.example', '{2026-04-03T00:00:00Z create 1,2027-04-02T23:59:59.999Z delete}'),
    (17, 'c7.example', '{2026-04-03T00:00:00Z create 1,2029-04-04T00:00:00Z delete}'),
    -- auto-renew and renew grace together
    (18, 'd1.example', '{2026-04-03T00:00:00Z create 1,2027-04-04T00:00:00Z renew 2,2027-04-08T23:59:59.999Z delete}'),
    (19, 'd2.example', '{2026-04-03T00:00:00Z create 1,2027-04-04T00:00:00Z renew 2,2027-04-09T00:00:00Z delete}'),
    (20, 'd3.example', '{2026-04-03T00:00:00Z create 1,2027-04-01T00:00:00Z renew 2,2027-04-04T00:00:00Z delete}'),
    -- after the delete: redemption, pendingDelete, gone; each boundary
    (21, 'e1.example', '{2026-04-03T00:00:00Z create 1,2026-06-01T00:00:00Z delete,2026-06-30T23:59:59.999Z look}'),
    (22, 'e2.example', '{2026-04-03T00:00:00Z create 1,2026-06-01T00:00:00Z delete,2026-07-01T00:00:00Z look}'),
    (23, 'e3.example', '{2026-04-03T00:00:00Z create 1,2026-06-01T00:00:00Z delete,2026-07-05T23:59:59.999Z look}'),
    (24, 'e4.example', '{2026-04-03T00:00:00Z create 1,2026-06-01T00:00:00Z delete,2026-07-06T00:00:00Z look}'),
    (25, 'e5.example', '{2026-04-03T00:00:00Z create 1,2026-06-01T00:00:00Z host,2026-06-01T00:00:00Z delete,2026-07-05T23:59:59.999Z work}'),
    (26, 'e6.example', '{2026-04-03T00:00:00Z create 1,2026-06-01T00:00:00Z host,2026-06-01T00:00:00Z delete,2026-07-06T00:00:00Z work}'),
    (27, 'e7.example', '{2026-04-03T00:00:00Z create 1,2026-06-01T00:00:00Z delete,2026-06-02T00:00:00Z renew 1}'),
    (28, 'e8.example', '{2026-04-03T00:00:00Z create 1,2026-06-01T00:00:00Z delete,2026-06-02T00:00:00Z delete}'),
    (29, 'e9.example', '{2026-04-03T00:00:00Z create 1,2026-06-01T00:00:00Z delete,2026-07-06T00:00:00Z delete}'),
    -- deleted at once, then registered again, twice
    (30, 'f1.example', '{2026-04-03T00:00:00Z create 1,2026-04-03T00:00:01Z delete,2026-04-03T00:00:02Z create 1,2026-04-03T00:00:03Z delete,2026-04-03T00:00:04Z create 3}'),
    -- no periods at all
    (31, 'g1.nograce', '{2026-04-03T00:00:00Z create 1,2026-04-03T00:00:00Z delete}'),
    (32, 'g2.nograce', '{2026-04-03T00:00:00Z create 1,2026-04-03T00:00:00Z delete,2026-04-03T00:00:00Z create 1}'),
    (33, 'g3.nograce', '{2026-04-03T00:00:00Z create 1,2027-04-03T00:00:00Z delete}')) AS t (n, name, story),
    told(t.name, t.story::text[]) AS s ORDER BY t.n;
SELECT * FROM dos.ledger_verify();
SELECT * FROM test.dangling();

-- a refund is of what was paid, not of today's price
SELECT (dos.domain_create('acme', 'price.example', 2)).code;
UPDATE dos.price SET amount_minor = 9999 WHERE command = 'create';
SELECT * FROM dos.domain_delete('acme', 'price.example', NULL, 'SV-9');
SELECT kind, account, amount, years, svtrid, reverses_id IS NOT NULL AS reverses FROM dos.ledger_line WHERE object_name = 'price.example' ORDER BY entry_id, amount_minor;
