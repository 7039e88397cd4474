-- A bulk transfer takes launch applications along: those that wait, in batches, with their contacts; their money stays where it was paid.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('old') > 0 AS old, test.registrar('new') > 0 AS new, test.registrar('third') > 0 AS third;
CREATE FUNCTION launch(zone text) RETURNS void LANGUAGE sql AS $$
    SELECT test.thin_zone(zone), dos.phase_create(zone, 'rush', 'landrush', '2026-04-01T00:00Z', '2026-04-10T00:00Z', 'mode=application') $$;
SELECT launch(z) FROM unnest('{wish,also}'::text[]) AS z;
SELECT test.contact('old', 'ANN');
SELECT (dos.domain_create('old', n, registrant => 'ANN', auth => 'Secret-1!', extensions => '{"launch": {"phase": "landrush"}}')).code FROM unnest('{one.wish,two.wish,three.wish,gone.wish,four.also}'::text[]) AS n;
SELECT dos.application_reject(a.number, 'r') FROM dos.application AS a WHERE a.name = 'gone.wish';
SELECT dos.application_validate(a.number, 'r') FROM dos.application AS a WHERE a.name IN ('one.wish', 'two.wish');
CREATE FUNCTION launched(wanted text) RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_object('launch', jsonb_build_object('phase', 'landrush', 'application_id', a.number)) FROM dos.application AS a WHERE a.name = wanted $$;
CREATE VIEW balance AS SELECT r.clid, sum(s.available_minor) AS minor FROM dos.account_slice AS s JOIN dos.account AS a ON a.id = s.account_id JOIN dos.registrar AS r ON r.id = a.registrar_id GROUP BY 1;
CREATE TABLE before AS SELECT * FROM balance;
CREATE TABLE entries AS SELECT count(*) FROM dos.ledger_entry;

-- dry run: of all, of a zone, of named domains none
SELECT what, number FROM dos.registrar_portfolio_count('old') WHERE what = 'applications';
SELECT what, number FROM dos.registrar_portfolio_count('old', NULL, 'wish') WHERE what = 'applications';
SELECT what, number FROM dos.registrar_portfolio_count('old', '{one.wish}') WHERE what = 'applications';

-- of one zone, two in a batch
SELECT dos.registrar_portfolio_move('old', 'new', 'BTAPPA 7', 'Ann Officer', zone => 'wish') AS part \gset
SELECT dos.registrar_portfolio_run(:part, 2) AS first, dos.registrar_portfolio_run(:part, 2) AS second, dos.registrar_portfolio_run(:part, 2) AS third;
SELECT domains, applications, finished_at IS NOT NULL AS finished FROM dos.portfolio_move;
SELECT a.name, dos_internal.registrar_clid(a.registrar_id) AS registrar, dos_internal.registrar_clid((a.request ->> 'registrar_id')::int) AS asks_for, dos_internal.registrar_clid((a.request ->> 'creator_id')::int) AS created,
       a.status, a.auth_hash IS NULL AS no_auth, c.handle IS NOT NULL AS contact, dos_internal.registrar_clid(c.registrar_id) AS contact_of, a.contact_ids = ARRAY[c.id] AS linked
  FROM dos.application AS a LEFT JOIN dos.contact AS c ON c.id = (a.request ->> 'registrant_id')::bigint ORDER BY a.id;
-- no money moved
SELECT count(*) FROM balance AS b JOIN before AS o USING (clid) WHERE b.minor <> o.minor;
SELECT (SELECT count(*) FROM dos.ledger_entry) - e.count AS fresh FROM entries AS e;

-- who may do what with it: its registrar alone
SELECT t.who, t.verb, test.would(format('SELECT dos.application_%s(%L, ''one.wish''%s, extensions => launched(''one.wish''))', t.verb, t.who, t.more))
  FROM (VALUES (1, 'old', 'info', ''), (2, 'old', 'update', ', chg_registrant => ''ANN'''), (3, 'old', 'delete', ''), (4, 'third', 'info', ''), (5, 'new', 'info', ''), (6, 'new', 'delete', '')) AS t (n, who, verb, more) ORDER BY n;

-- the rest, with everything else
SELECT dos.registrar_portfolio_move('old', 'third', 'old ends', 'Ann Officer') AS whole \gset
SELECT dos.registrar_portfolio_run(:whole) AS done, dos.registrar_portfolio_run(:whole) AS nothing;
SELECT a.name, dos_internal.registrar_clid(a.registrar_id) AS registrar, a.status FROM dos.application AS a ORDER BY a.id;
SELECT object_name, content ->> 'from' AS "from", content ->> 'to' AS "to" FROM dos.outbox WHERE event = 'application.moved' ORDER BY id;
SELECT r.clid, m.event FROM dos.poll_message AS m JOIN dos.registrar AS r ON r.id = m.registrar_id WHERE m.event LIKE '%moved' ORDER BY m.id, 1;

-- decided: the name is the new registrar's; the loser's money comes back to who paid it
SET dos.clock = '2026-04-11T00:00:00Z';
SELECT dos.application_reject(a.number, 'r') FROM dos.application AS a WHERE a.name = 'two.wish';
SELECT dos.application_allocate(a.number, 'r') FROM dos.application AS a WHERE a.name = 'one.wish';
SELECT d.name, dos_internal.registrar_clid(d.registrar_id) AS sponsor, d.auth_hash IS NULL AS no_auth FROM dos.domain AS d;
SELECT b.clid, b.minor - o.minor AS came_back FROM balance AS b JOIN before AS o USING (clid) ORDER BY 1;
SELECT event, registrar, content ->> 'sponsor' AS sponsor FROM dos.outbox WHERE event = 'domain.created';
SELECT r.clid, m.event FROM dos.poll_message AS m JOIN dos.registrar AS r ON r.id = m.registrar_id WHERE m.event ~ 'allocated|rejected' ORDER BY m.id;
SELECT * FROM dos.ledger_verify();
SELECT * FROM dos.audit_verify();
