-- Launch applications, the registry's side (RFC 8334 sections 2.4 and 2.5): decisions, their money, their messages; a whole phase; auctions.
SET dos.clock = '2026-04-01T00:00:00Z';
SELECT test.registrar('acme', 100000), test.registrar('beta', 100000), test.registrar('gamma', 100000);
SELECT test.thin_zone('rush') > 0 AS rush, test.thin_zone('sun', 'add_grace=5 days') > 0 AS sun;
SELECT (dos.host_create('acme', 'ns1.elsewhere.test')).code, test.contact('acme', 'AC-1');
SELECT dos.phase_create('rush', 'landrush', 'landrush', '2026-04-01T00:00Z', '2026-05-01T00:00Z', 'mode=application') > 0 AS rush,
       dos.phase_create('rush', 'general', 'open', '2026-05-01T00:00Z') > 0 AS general, dos.phase_create('sun', 'landrush', 'landrush', '2026-04-01T00:00Z', '2026-05-01T00:00Z', 'mode=application', 'validation=false') > 0 AS sun;
CREATE FUNCTION apply(sv text, registrar text, name text, rest text DEFAULT '') RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    code int;
BEGIN
    EXECUTE format('SELECT (dos.domain_create(%L, %L, svtrid => %L, cltrid => %L, extensions => %L%s)).code', registrar, name, sv, 'CL-' || sv, '{"launch": {"phase": "landrush"}}', rest) INTO code;
    RETURN code;
END $$;
CREATE FUNCTION numbered(sv text) RETURNS text LANGUAGE sql AS $$ SELECT a.number FROM dos.application AS a WHERE a.svtrid = sv $$;
CREATE FUNCTION named(number text) RETURNS text LANGUAGE sql AS $$ SELECT coalesce((SELECT a.svtrid FROM dos.application AS a WHERE a.number = named.number), number) $$;
CREATE FUNCTION money(OUT registrar text, OUT balance bigint) RETURNS SETOF record LANGUAGE sql AS $$ SELECT b.registrar, b.balance_minor FROM dos.account_balance AS b ORDER BY 1 $$;
-- one line for each message, read and acknowledged
CREATE FUNCTION polls(registrar text) RETURNS TABLE (text text, kind text, name text, statuses text[], pan text, launch text) LANGUAGE plpgsql AS $$
DECLARE
    p dos.poll_data;
BEGIN
    LOOP
        p := dos.poll_request(registrar);
        EXIT WHEN p.code = 1300;
        text := p.text;
        kind := p.kind;
        name := coalesce((p.domain).name, p.name);
        statuses := (p.domain).statuses;
        pan := (p.extension -> 'pan' ->> 'result') || ' ' || (p.extension -> 'pan' ->> 'cltrid') || ' ' || (p.extension -> 'pan' ->> 'svtrid') || ' ' || (p.extension -> 'pan' ->> 'date');
        launch := concat_ws(' ', p.extension -> 'launch' ->> 'phase', named(p.extension -> 'launch' ->> 'application_id'), p.extension -> 'launch' ->> 'status', p.extension -> 'launch' ->> 'status_name',
                            p.extension -> 'launch' ->> 'status_text');
        PERFORM dos.poll_ack(registrar, p.id);
        RETURN NEXT;
    END LOOP;
END $$;

-- refused: no such, no reason, no name for a status
SELECT apply('S1', 'acme', 'one.rush', ', registrant => ''AC-1'', hosts => ''{ns1.elsewhere.test}'', period => 2, auth => ''Acme-one-1''');
SELECT t.n, o.code, o.reason, o.element
FROM (VALUES (1, $$SELECT dos.application_validate('A9999-DOS', 'why')$$), (2, $$SELECT dos.application_validate(numbered('S1'), '')$$), (3, $$SELECT dos.application_validate(numbered('S1'), NULL)$$),
             (4, $$SELECT dos.application_customize(numbered('S1'), ' ', 'why')$$), (5, $$SELECT dos.application_allocate(numbered('S1'), 'why')$$),
             (6, $$SELECT dos.application_allocate('A9999-DOS', 'why')$$), (7, $$SELECT dos.application_award('two.rush', numbered('S1'), 'why')$$),
             (8, $$SELECT dos.application_run('rush', 'landrush', 'why')$$), (9, $$SELECT dos.application_run('rush', 'missing', 'why')$$), (10, $$SELECT dos.application_run('rush', 'general', 'why')$$),
             (11, $$SELECT dos.application_settle('rush', 'landrush', 'why')$$)) AS t (n, command), test.outcome(t.command) AS o ORDER BY t.n;

-- every act in every status, as the table says
CREATE TABLE act (n int, act text, command text);
INSERT INTO act VALUES (1, 'validate', 'SELECT dos.application_validate(%L, ''why'')'), (2, 'invalidate', 'SELECT dos.application_invalidate(%L, ''why'')'), (3, 'contend', 'SELECT dos.application_contend(%L, ''why'')'),
    (4, 'customize', 'SELECT dos.application_customize(%L, ''documents'', ''why'')'), (5, 'allocate', 'SELECT dos.application_allocate(%L, ''why'')'), (6, 'reject', 'SELECT dos.application_reject(%L, ''why'')'),
    (7, 'update', 'SELECT dos.application_update(''acme'', ''one.rush'', chg_auth => ''Acme-one-2'', extensions => ''{"launch": {"phase": "landrush", "application_id": "%s"}}'')'),
    (8, 'delete', 'SELECT dos.application_delete(''acme'', ''one.rush'', extensions => ''{"launch": {"phase": "landrush", "application_id": "%s"}}'')');
CREATE FUNCTION acted(was text, asked text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text;
    code   text;
BEGIN
    BEGIN
        UPDATE dos.application SET status = was, status_name = CASE was WHEN 'custom' THEN 'own' END, decided_at = CASE WHEN was IN ('allocated', 'rejected') THEN dos.now() END WHERE svtrid = 'S1';
        SELECT o.code || coalesce(' ' || o.reason, '') INTO code FROM act AS a, test.outcome(format(a.command, numbered('S1'))) AS o WHERE a.act = asked;
        answer := CASE WHEN code LIKE 'R%' THEN code ELSE coalesce((SELECT a.status FROM dos.application AS a WHERE a.svtrid = 'S1'), 'withdrawn') END;
        RAISE EXCEPTION 'undo' USING ERRCODE = 'XXUND';
    EXCEPTION WHEN SQLSTATE 'XXUND' THEN
        RETURN answer;
    END;
END $$;
SELECT s.status, string_agg(a.act || ' -> ' || x.becomes, ', ' ORDER BY a.n) FILTER (WHERE x.becomes NOT LIKE 'R%') AS acts,
       string_agg(DISTINCT x.becomes, ', ') FILTER (WHERE x.becomes LIKE 'R%') AS others,
       bool_and(CASE WHEN x.becomes LIKE 'R%' THEN NOT EXISTS (SELECT FROM dos.application_transitions() AS t WHERE (t.status, t.act) = (s.status, a.act))
                     ELSE EXISTS (SELECT FROM dos.application_transitions() AS t WHERE (t.status, t.act, t.next_status) = (s.status, a.act, x.becomes)) END) AS as_the_table
  FROM unnest('{pendingValidation,validated,invalid,pendingAllocation,custom,allocated,rejected}'::text[]) WITH ORDINALITY AS s (status, n), act AS a, LATERAL (SELECT acted(s.status, a.act)) AS x (becomes)
 GROUP BY s.n, s.status ORDER BY s.n;

-- a life: not valid, changed, valid, contended, allocated; each step told, on record and in the history
SELECT apply('S2', 'beta', 'one.rush'), apply('S3', 'gamma', 'one.rush');
SELECT * FROM money();
SELECT dos.application_invalidate(numbered('S1'), 'No such company.', 'ann');
SELECT (dos.application_update('acme', 'one.rush', chg_auth => 'Acme-one-2', extensions => jsonb_build_object('launch', jsonb_build_object('phase', 'landrush', 'application_id', numbered('S1'))))).code;
SELECT dos.application_customize(numbered('S1'), 'documents requested', 'Send the register entry.', 'ann');
SELECT (dos.application_info('acme', 'one.rush', extensions => jsonb_build_object('launch', jsonb_build_object('phase', 'landrush', 'application_id', numbered('S1'))))).extension #- '{launch,application_id}' AS shown;
SELECT dos.application_validate(numbered(s), 'Documents seen.', 'ann') FROM unnest('{S1,S2}'::text[]) AS s;
SELECT dos.application_contend(numbered(s), 'Auction 7.', 'ann') FROM unnest('{S1,S2}'::text[]) AS s;
SET dos.clock = '2026-04-10T00:00:00Z';
SELECT e.* FROM test.effect($$SELECT dos.application_allocate(numbered('S1'), 'Won auction 7.', 'ben') AS code$$) AS e;
SELECT named(a.number), a.status, a.reason, a.decided_at, a.entry_id IS NOT NULL AS entry FROM dos.application AS a ORDER BY a.id;
SELECT * FROM money();
SELECT d.name, d.roid = 'D' || a.id || '-DOS' AS roid, r.clid, d.created_at, d.expires_at, (d.graces[1]).kind, (d.graces[1]).ends_at, (d.graces[1]).entry_id = a.entry_id AS entry, p.name AS phase, (d.act).staff, (d.act).verb,
       dos_internal.authinfo_matches('Acme-one-2', d.auth_hash) AS auth, d.auth_until
  FROM dos.domain AS d JOIN dos.application AS a ON a.id = d.id JOIN dos.registrar AS r ON r.id = d.registrar_id JOIN dos.phase AS p ON p.id = d.phase_id;
SELECT i.statuses, i.registrant, i.hosts, i.rgp_statuses FROM dos.domain_info('acme', 'one.rush') AS i;
SELECT count(*) AS dns FROM dos.dns_dirty AS x WHERE x::text LIKE '%one.rush%';
SELECT * FROM polls('acme');
SELECT * FROM polls('beta');
SELECT * FROM polls('gamma');
SELECT o.event, named(o.content -> 'launch' ->> 'application_id') AS application, o.registrar, o.content -> 'change' AS change FROM dos.outbox AS o WHERE o.event LIKE 'application.%' OR o.event = 'domain.created' ORDER BY o.id;
SELECT a.act, named(a.object_name) AS object, a.reason, a.staff, a.content FROM dos.audit AS a ORDER BY a.id;
SELECT v.version, v.registrar, v.staff, v.verb, v.image ->> 'status' AS status FROM dos.object_versions('application', numbered('S1')) AS v;
SELECT count(*) FROM dos.name_applied;
SELECT * FROM dos.ledger_verify();
SELECT * FROM dos.billing_verify();
SELECT * FROM dos.audit_verify();
SELECT * FROM dos.history_verify();
-- it is a domain like others: taken, and refunded in its add grace period
SELECT test.would($$SELECT dos.domain_create('beta', 'one.rush', extensions => '{"launch": {"phase": "landrush"}}')$$) AS application;
SELECT e.* FROM test.effect($$SELECT * FROM dos.domain_delete('acme', 'one.rush')$$) AS e;
SELECT * FROM money();
SELECT * FROM dos.billing_verify();

-- others may be left; what it refers to may be gone; the name may be taken
SELECT apply('L1', 'beta', 'left.rush'), apply('L2', 'gamma', 'left.rush'), apply('L3', 'acme', 'lost.rush', ', hosts => ''{ns1.elsewhere.test}''');
SELECT dos.application_validate(numbered(s), 'ok') FROM unnest('{L1,L2,L3}'::text[]) AS s;
DELETE FROM dos.host WHERE name = 'ns1.elsewhere.test';
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.application_allocate(numbered('L3'), 'why')$$) AS o;
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.application_allocate(numbered('L1'), 'why', others => 'sell')$$) AS o;
SELECT dos.application_award('LEFT.rush', numbered('L1'), 'why') IS NOT NULL AS awarded, dos.application_reject(numbered('L3'), 'why');
SELECT named(a.number), a.status FROM dos.application AS a WHERE a.svtrid LIKE 'L_' ORDER BY 1;
SELECT apply('M1', 'beta', 'many.sun'), apply('M2', 'gamma', 'many.sun');
SELECT dos.application_allocate(numbered('M1'), 'why', others => 'leave');
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.application_allocate(numbered('M2'), 'why')$$) AS o;
SELECT named(a.number), a.status FROM dos.application AS a WHERE a.svtrid LIKE 'M_' ORDER BY 1;

-- a whole phase, over at its end and not a moment before
SELECT apply('A1', 'acme', 'alone.rush'), apply('B1', 'acme', 'both.rush'), apply('B2', 'beta', 'both.rush'), apply('B3', 'gamma', 'both.rush'), apply('C1', 'acme', 'clear.rush'), apply('C2', 'beta', 'clear.rush'),
       apply('I1', 'acme', 'invalid.rush'), apply('T1', 'acme', 'taken.rush'), apply('U1', 'acme', 'undecided.rush'), apply('U2', 'beta', 'undecided.rush');
SELECT named(n), s FROM (SELECT numbered(a) AS n, dos.application_validate(numbered(a), 'ok') AS s FROM unnest('{A1,B1,B2,B3,C1,T1,U1}'::text[]) AS a) AS v
UNION ALL SELECT named(n), s FROM (SELECT numbered(a) AS n, dos.application_invalidate(numbered(a), 'Not entitled.') AS s FROM unnest('{C2,I1}'::text[]) AS a) AS v ORDER BY 1;
INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, expires_at) SELECT 'taken.rush', z.id, 'D0-X', r.id, r.id, '2030-01-01' FROM dos.zone AS z, dos.registrar AS r WHERE z.name = 'rush' AND r.clid = 'beta';
SELECT * FROM money();
SET dos.clock = '2026-04-30T23:59:59.999Z';
SELECT o.code, o.reason FROM test.outcome($$SELECT * FROM dos.application_run('rush', 'landrush', 'why')$$) AS o;
SET dos.clock = '2026-05-01T00:00:00Z';
SELECT r.name, r.applications, r.outcome, named(r.application), r.detail FROM dos.application_run('rush', 'landrush', 'End of landrush.', 'ben', at_most => 2) AS r;
SELECT r.name, r.applications, r.outcome, named(r.application), r.detail FROM dos.application_run('rush', 'landrush', 'End of landrush.', 'ben') AS r;
SELECT r.name, r.applications, r.outcome, named(r.application), r.detail FROM dos.application_run('rush', 'landrush', 'Again.', 'ben') AS r;
SELECT named(a.number), a.status, a.reason FROM dos.application AS a WHERE a.svtrid ~ '^[A-CIT-U]\d' ORDER BY 1;
SELECT * FROM money();
SELECT a.act, a.object_name, a.content FROM dos.audit AS a WHERE a.act = 'application_run' ORDER BY a.id;

-- to an auction, and its results back: all or none
SELECT regexp_replace(l, 'A\d+', 'A#') FROM dos.application_export('rush', 'landrush') AS l;
SELECT r.line, r.name, named(r.application), r.problem FROM dos.application_results(format(E'name,application\r\nboth.rush,%s\nclear.rush,%s\nclear.rush,A9999-DOS,extra\nboth.rush,%s\n\n', numbered('B2'), numbered('B1'), numbered('C1')), 'why', dry_run => true) AS r;
SELECT o.code, o.reason, regexp_replace(o.detail, 'A\d+', 'A#') AS detail FROM test.outcome(format($$SELECT * FROM dos.application_results(E'both.rush,%s\nundecided.rush,A9999-DOS', 'why')$$, numbered('B2'))) AS o;
SELECT named(a.number), a.status FROM dos.application AS a WHERE a.svtrid LIKE 'B_' ORDER BY 1;
SELECT r.line, r.name, named(r.application), r.problem FROM dos.application_results(format(E'name,application\n"both.rush","%s"\n', numbered('B2')), 'Auction 8.', 'ben') AS r;
SELECT named(a.number), a.status, a.reason FROM dos.application AS a WHERE a.svtrid LIKE 'B_' ORDER BY 1;
SELECT regexp_replace(l, 'A\d+', 'A#') FROM dos.application_export('rush', 'landrush') AS l;

-- settled: not before all are decided; then nobody looks for applications any more
SELECT test.would($$SELECT dos.domain_create('gamma', 'undecided.rush')$$) AS applied, f.applied AS looked_for, f.calm_name FROM dos.zone AS z, dos_internal.name_facts(z.id) AS f WHERE z.name = 'rush';
SELECT o.code, o.reason, o.detail FROM test.outcome($$SELECT dos.application_settle('rush', 'landrush', 'why')$$) AS o;
SELECT dos.application_reject(number, 'End.') FROM dos.application WHERE decided_at IS NULL AND name LIKE '%.rush';
SELECT dos.application_settle('rush', 'landrush', 'All decided.', 'ben');
SELECT test.would($$SELECT dos.domain_create('gamma', 'undecided.rush')$$) AS applied, f.applied AS looked_for, f.calm_name FROM dos.zone AS z, dos_internal.name_facts(z.id) AS f WHERE z.name = 'rush';
SELECT count(*) FROM dos.name_applied WHERE name LIKE '%.rush';
SELECT o.code, o.reason FROM test.outcome($$UPDATE dos.phase SET mode = 'registration' WHERE name = 'landrush'$$) AS o;

SELECT * FROM dos.ledger_verify();
SELECT * FROM dos.billing_verify();
SELECT * FROM dos.history_verify();
