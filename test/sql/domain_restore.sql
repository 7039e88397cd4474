-- Restore out of redemption (RFC 3915 section 4.2.5): request, report, and both sides of each instant.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('other'), test.registrar('poor', 800),
       test.zone('example', 'registrant_required=false', 'contacts_required={}') > 0 AS example,
       test.zone('brief', 'registrant_required=false', 'contacts_required={}', 'restore_report=false') > 0 AS brief;
SELECT d.name, c.code FROM (VALUES ('acme', 'a.example'), ('acme', 'lapse.example'), ('acme', 'live.example'), ('acme', 'late.example'), ('acme', 'r.brief'), ('poor', 'poor.example')) AS d (clid, name),
    dos.domain_create(d.clid, d.name) AS c;
SELECT (dos.host_create('acme', 'ns1.elsewhere.test')).code, dos.domain_update('acme', 'a.example', add_hosts => '{ns1.elsewhere.test}', add_statuses => '{clientTransferProhibited}');
SET dos.clock = '2026-05-01T00:00:00Z';
SELECT d.name, dos.domain_delete(d.clid, d.name) FROM (VALUES ('acme', 'a.example'), ('acme', 'lapse.example'), ('acme', 'r.brief'), ('poor', 'poor.example')) AS d (clid, name);
DELETE FROM dos.dns_dirty;
SET dos.clock = '2026-05-02T00:00:00Z';
CREATE FUNCTION would_at(instant text, command text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('dos.clock', instant, false);
    RETURN test.would(command);
END $$;
CREATE FUNCTION report(clid text, name text, more text DEFAULT '') RETURNS text LANGUAGE sql
RETURN format('SELECT * FROM dos.domain_restore_report(%L, %L, pre_data => ''before'', post_data => ''after'', deleted_at => ''2026-05-01'', restored_at => ''2026-05-02'', reason => ''an error'', statements => ''{one,two}''%s)', clid, name, more);

-- request: refusals in the order of precedence
SELECT t.what, e.* FROM (VALUES
    (1, 'no registrar',      $$'nobody', 'a.example'$$),
    (2, 'not a name',        $$'acme', '-.example'$$),
    (3, 'unknown',           $$'acme', 'b.example'$$),
    (4, 'another''s',        $$'other', 'a.example'$$),
    (5, 'another''s, alive', $$'other', 'live.example'$$),
    (6, 'alive',             $$'acme', 'live.example'$$),
    (7, 'no money',          $$'poor', 'poor.example'$$)) AS t (n, what, arguments),
    test.effect(format('SELECT * FROM dos.domain_restore_request(%s)', t.arguments)) AS e ORDER BY t.n;

-- both sides of redemption
SELECT t.at, would_at(t.at, $$SELECT * FROM dos.domain_restore_request('acme', 'a.example')$$)
  FROM unnest('{2026-05-01T00:00:00Z,2026-05-30T23:59:59.999Z,2026-05-31T00:00:00Z,2026-06-04T23:59:59.999Z,2026-06-05T00:00:00Z}'::text[]) AS t (at);
SET dos.clock = '2026-05-02T00:00:00Z';

-- a report nobody waits for; then the request: charged, back in the zone, still pendingDelete
SELECT o.code, o.reason FROM test.outcome(report('acme', 'a.example')) AS o;
SELECT e.* FROM test.effect($$SELECT * FROM dos.domain_restore_request('acme', 'A.example', 'CL-1', 'SV-1')$$) AS e;
SELECT s.statuses, s.rgp_statuses, s.rgp_ends_at, s.delegated, s.next_event_at FROM dos.domain_state('a.example') AS s;
SELECT o.code, o.reason FROM test.outcome($$SELECT * FROM dos.domain_restore_request('acme', 'a.example')$$) AS o;
SELECT t.verb, test.would(t.command) FROM (VALUES
    (1, 'update', $$SELECT dos.domain_update('acme', 'a.example', add_statuses => '{clientHold}')$$), (2, 'delete', $$SELECT dos.domain_delete('acme', 'a.example')$$),
    (3, 'renew', $$SELECT * FROM dos.domain_renew('acme', 'a.example', '2027-04-03')$$)) AS t (n, verb, command) ORDER BY t.n;

-- report: refusals in the order of precedence
SELECT t.what, e.* FROM (VALUES
    (1, 'another''s',           report('other', 'a.example')),
    (2, 'alive',                report('acme', 'live.example')),
    (3, 'in redemption',        report('acme', 'lapse.example')),
    (4, 'no data before',       replace(report('acme', 'a.example'), '''before''', '''  ''')),
    (5, 'no data after',        replace(report('acme', 'a.example'), '''after''', 'NULL')),
    (6, 'no reason',            replace(report('acme', 'a.example'), '''an error''', '''''')),
    (7, 'one statement',        replace(report('acme', 'a.example'), '{one,two}', '{one}')),
    (8, 'an empty statement',   replace(report('acme', 'a.example'), '{one,two}', '{one,"  "}')),
    (9, 'restored, then deleted', replace(report('acme', 'a.example'), '2026-05-01', '2026-05-03'))) AS t (n, what, command),
    test.effect(t.command) AS e ORDER BY t.n;

-- both sides of the time a restore waits; then it is in redemption for what had been left
SELECT t.at, s.rgp_statuses, s.rgp_ends_at, s.delegated, would_at(t.at, report('acme', 'a.example'))
  FROM unnest('{2026-05-08T23:59:59.999Z,2026-05-09T00:00:00Z,2026-06-06T23:59:59.999Z,2026-06-07T00:00:00Z}'::text[]) AS t (at), dos.domain_state('a.example', t.at::timestamptz) AS s;
SET dos.clock = '2026-05-08T23:59:59.999Z';
SELECT e.* FROM test.effect(report('acme', 'a.example', ', other => ''more'', cltrid => ''CL-2'', svtrid => ''SV-2''')) AS e;
SELECT s.statuses, s.rgp_statuses, s.delegated, s.expires_at FROM dos.domain_state('a.example') AS s;
SELECT domain_name, registrar, received_at, pre_data, post_data, reason, statements, other, svtrid FROM dos.restore_report;
SELECT account, registrar, amount, kind FROM dos.ledger_line WHERE object_name = 'a.example' ORDER BY entry_id, account;
SELECT event, registrar, cltrid, svtrid FROM dos.outbox WHERE object_name = 'a.example' AND event LIKE 'domain.restore%' ORDER BY id;

-- a restore that lapses: the same seen by readers and written by a late worker; a second request is charged again
SET dos.clock = '2026-05-10T00:00:00Z';
SELECT c.* FROM dos.domain_restore_request('acme', 'lapse.example') AS c;
SET dos.clock = '2026-05-20T00:00:00Z';
SELECT s.rgp_statuses, s.rgp_ends_at, s.deleted_at, s.delegated FROM dos.domain_state('lapse.example') AS s;
SELECT dos.job_run('domain_advance') AS advanced;
SELECT s.rgp_statuses, s.rgp_ends_at, s.deleted_at, s.delegated FROM dos.domain_state('lapse.example') AS s;
SELECT m.text FROM dos.poll_message AS m WHERE m.object_name = 'lapse.example';
SELECT c.* FROM dos.domain_restore_request('acme', 'lapse.example') AS c;
SELECT -sum(l.amount_minor) AS paid_minor FROM dos.ledger_line AS l WHERE l.object_name = 'lapse.example' AND l.registrar = 'acme' AND l.kind = 'restore';

-- no report wanted: restored at once
SELECT c.* FROM dos.domain_restore_request('acme', 'r.brief') AS c;
SELECT s.statuses, s.rgp_statuses FROM dos.domain_state('r.brief') AS s;

-- what expired in redemption is renewed with the restore, by whole years
SET dos.clock = '2027-03-20T00:00:00Z';
SELECT dos.domain_delete('acme', 'late.example');
SELECT t.at, would_at(t.at, $$SELECT * FROM dos.domain_restore_request('acme', 'late.example')$$), s.expires_at
  FROM unnest('{2027-04-02T23:59:59.999Z,2027-04-03T00:00:00Z}'::text[]) AS t (at), dos.domain_state('late.example', t.at::timestamptz) AS s;
SELECT c.* FROM dos.domain_restore_request('acme', 'late.example') AS c;
SELECT s.expires_at FROM dos.domain_state('late.example') AS s;
SELECT amount, kind FROM dos.ledger_line WHERE object_name = 'late.example' AND registrar = 'acme' ORDER BY entry_id;
SELECT * FROM dos.ledger_verify();
