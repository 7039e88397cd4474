-- A registrar's portfolio goes to another one: dry run, in batches that may stop anywhere, on record, no fee rows.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('old'), test.registrar('new'), test.registrar('third'), test.thin_zone('example', 'transfer_lock=0') > 0 AS zone, test.thin_zone('test') > 0 AS test;
SELECT test.contact('old', c.id) FROM unnest('{ANN,BOB,SPARE}'::text[]) AS c (id);
SELECT count((dos.domain_create('old', 'd' || n || '.example', registrant => CASE WHEN n < 6 THEN 'ANN' ELSE 'BOB' END, auth => 'Code-1')).code) FROM generate_series(1, 9) AS n;
SELECT (dos.domain_create('old', 'x.test')).code, (dos.host_create('old', 'ns1.d1.example', '{192.0.2.1}')).code, (dos.host_create('old', 'ns1.elsewhere.net')).code;
SELECT status FROM dos.domain_transfer_request('third', 'd2.example', 'Code-1');
DELETE FROM dos.poll_message;
SELECT count(*) AS entries FROM dos.ledger_entry \gset

-- refusals
SELECT t.what, test.would(format('SELECT dos.registrar_portfolio_move(%s)', t.arguments)) FROM (VALUES
    (1, 'from nobody',       $$'nobody', 'new', 'r'$$), (2, 'to nobody', $$'old', 'nobody', 'r'$$), (3, 'to itself', $$'old', 'old', 'r'$$),
    (4, 'no reason',         $$'old', 'new', NULL$$),   (5, 'not his',   $$'old', 'new', 'r', names => '{d1.example,none.example}'$$),
    (6, 'no such zone',      $$'old', 'new', 'r', zone => 'none'$$), (7, 'contacts', $$'old', 'new', 'r', contacts => 'burn'$$)) AS t (n, what, arguments) ORDER BY n;

-- dry runs
SELECT * FROM dos.registrar_portfolio_count('old');
SELECT * FROM dos.registrar_portfolio_count('old', '{d1.example,d2.example,none.example}');
SELECT * FROM dos.registrar_portfolio_count('old', NULL, 'test');
SELECT count(*) FROM dos.audit;

-- a part: named domains; the shared contact is copied once
SELECT dos.registrar_portfolio_move('old', 'new', 'BTAPPA 5', 'Ann Officer', 'icann:BTAPPA-5', '{d1.example,D2.example,d6.example}') AS part \gset
SELECT test.would($$SELECT dos.registrar_portfolio_move('old', 'third', 'r')$$);
SELECT dos.registrar_portfolio_run(:part, 2) AS first, dos.registrar_portfolio_run(:part, 2) AS second, dos.registrar_portfolio_run(:part, 2) AS third;
SELECT d.name, dos_internal.registrar_clid(d.registrar_id) AS sponsor, (d.transfer).status, d.expires_at::date, c.handle, dos_internal.registrar_clid(c.registrar_id) AS contact_of
  FROM dos.domain AS d JOIN dos.contact AS c ON c.id = d.registrant_id WHERE dos_internal.registrar_clid(d.registrar_id) = 'new' ORDER BY 1;
SELECT domains, contact_rows, host_rows, finished_at, last_name FROM dos.portfolio_move;

-- all that is left, by the job
SELECT dos.registrar_portfolio_move('old', 'new', 'registrar ends', 'Ann Officer') AS whole \gset
UPDATE dos.portfolio_move SET running = false WHERE id = :whole;
SELECT dos.job_run('portfolio_move') AS paused;
UPDATE dos.portfolio_move SET running = true WHERE id = :whole;
SELECT dos.job_run('portfolio_move') AS done, dos.job_run('portfolio_move') AS nothing;
SELECT domains, contact_rows, host_rows, finished_at FROM dos.portfolio_move WHERE id = :whole;
SELECT * FROM dos.registrar_portfolio_count('old');
SELECT count(*) FILTER (WHERE dos_internal.registrar_clid(registrar_id) = 'new') AS moved, count(*) FROM dos.domain;
SELECT count(*) AS left_behind FROM dos.contact WHERE dos_internal.registrar_clid(registrar_id) = 'old';
SELECT name, dos_internal.registrar_clid(registrar_id) FROM dos.host ORDER BY 1;
SELECT * FROM test.dangling();

-- no fee rows but the hold that went back; one message a side and move; the record is whole
SELECT kind, object_name FROM dos.ledger_entry WHERE id > :entries ORDER BY id;
SELECT * FROM dos.ledger_verify();
SELECT r.clid, m.event, m.text FROM dos.poll_message AS m JOIN dos.registrar AS r ON r.id = m.registrar_id ORDER BY m.id, 1;
SELECT event, count(*), count(DISTINCT svtrid) FROM dos.outbox WHERE event LIKE '%moved' GROUP BY 1 ORDER BY 1;
SELECT act, object_name, reason, staff, content FROM dos.audit ORDER BY id;
SELECT v.staff, v.verb, v.svtrid, v.reason, v.image ->> 'registrar_id' AS sponsor FROM dos.object_versions('domain', 'd1.example') AS v;
SELECT (d.act).version, (d.act).staff, (d.act).verb, (d.act).svtrid, (d.act).reason FROM dos.domain AS d WHERE name = 'd1.example';
SELECT * FROM dos.audit_verify();
