-- A transfer nobody answers completes by the clock; readers see it at its instant, whether the worker is on time,
-- late or stopped. Each case plays twice, and what it leaves must be the same.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('loser'), test.registrar('winner'), test.registrar('poor', 1599),
       test.zone('example', 'registrant_required=false', 'contacts_required={}', 'transfer_lock=0') > 0 AS example,
       test.zone('short', 'registrant_required=false', 'contacts_required={}', 'transfer_lock=0', 'autorenew_grace=1 hour') > 0 AS short,
       test.zone('fixed', 'registrant_required=false', 'contacts_required={}', 'transfer_lock=0', 'autorenew=false') > 0 AS fixed;

-- both sides of the instant, and nobody has written anything down
SELECT (dos.domain_create('loser', 'a.example', auth => 'Code-1')).code, (dos.host_create('loser', 'ns1.a.example', '{192.0.2.1}')).code;
SET dos.clock = '2026-06-01T00:00:00Z';
SELECT * FROM dos.domain_transfer_request('winner', 'a.example', 'Code-1');
CREATE FUNCTION seen(instant text) RETURNS TABLE (at text, sponsor text, statuses text[], rgp text[], expires_at date, transferred_at text,
    query text, acts_at text, host text, loser text, winner text) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('dos.clock', instant, false);
    RETURN QUERY SELECT instant, i.sponsor, i.statuses, i.rgp_statuses, i.expires_at::date, dos.iso8601(i.transferred_at), q.status, dos.iso8601(q.acts_at),
        h.sponsor, test.would($q$SELECT dos.host_update('loser', 'ns1.a.example', add_addresses => '{192.0.2.2}')$q$),
        test.would($q$SELECT dos.host_update('winner', 'ns1.a.example', add_addresses => '{192.0.2.2}')$q$)
      FROM dos.domain_info('winner', 'a.example', NULL) AS i, dos.domain_transfer_query('winner', 'a.example') AS q, dos.host_info('winner', 'ns1.a.example') AS h;
END $$;
SELECT s.* FROM unnest('{2026-06-05T23:59:59.999Z,2026-06-06T00:00:00Z,2026-06-10T23:59:59.999Z,2026-06-11T00:00:00Z}'::text[]) AS t (at), seen(t.at) AS s;
SELECT d.registrar_id, (d.transfer).status FROM dos.domain AS d WHERE d.name = 'a.example';
-- the worker comes at last, twice; all is as it was
SELECT dos.job_run('domain_advance'), dos.job_run('domain_advance');
SELECT s.* FROM seen('2026-06-11T00:00:00Z') AS s;
SELECT d.auth_hash IS NULL AS cleared FROM dos.domain AS d WHERE d.name = 'a.example';
SELECT r.clid, m.text FROM dos.poll_message AS m JOIN dos.registrar AS r ON r.id = m.registrar_id ORDER BY m.id;

-- the expiry comes while the transfer pends: the worker on time, and the worker late. What an automatic renewal took
-- is given back to its payer, and the transfer's year is the only one (T08); where its grace ended first, it stays
CREATE FUNCTION play(name text, sponsor text, late boolean) RETURNS TABLE (expires_at date, rgp text[], sponsor_now text, loser_paid numeric, winner_paid numeric, messages text)
LANGUAGE plpgsql AS $$
DECLARE
    command text := format('SELECT * FROM dos.domain_transfer_request(''winner'', %L, ''Code-1'')', name);
BEGIN
    BEGIN
        PERFORM set_config('dos.clock', '2026-05-01T00:00:00Z', false);
        PERFORM dos.domain_create(sponsor, name, auth => 'Code-1');
        PERFORM set_config('dos.clock', '2027-04-29T00:00:00Z', false);
        EXECUTE command;
        IF NOT late THEN
            FOR i IN 0 .. 20 LOOP
                PERFORM set_config('dos.clock', dos.iso8601('2027-04-29T00:00:00Z'::timestamptz + i * interval '8 hours'), false);
                PERFORM dos.job_run('domain_advance');
            END LOOP;
        END IF;
        PERFORM set_config('dos.clock', '2027-05-06T00:00:00Z', false);
        PERFORM dos.job_run('domain_advance');
        SELECT s.expires_at::date, s.rgp_statuses, (SELECT r.clid FROM dos.registrar AS r JOIN dos.domain AS d ON d.registrar_id = r.id WHERE d.name = play.name)
          INTO expires_at, rgp, sponsor_now FROM dos.domain_state(name, '2027-05-06T00:00:00Z') AS s;
        SELECT -sum(l.amount_minor) FILTER (WHERE l.registrar = play.sponsor), -sum(l.amount_minor) FILTER (WHERE l.registrar = 'winner')
          INTO loser_paid, winner_paid FROM dos.ledger_line AS l WHERE l.object_name = name;
        messages := (SELECT string_agg(DISTINCT m.event, ' ' ORDER BY m.event) FROM dos.poll_message AS m WHERE m.object_name = name);
        IF EXISTS (SELECT FROM dos.ledger_verify()) THEN messages := 'LEDGER'; END IF;
        RAISE EXCEPTION 'undo' USING ERRCODE = 'XXUND';
    EXCEPTION WHEN SQLSTATE 'XXUND' THEN
        RETURN NEXT;
    END;
END $$;
SELECT t.what, w.late, p.* FROM (VALUES
    (1, 'absorbed: one year in all',           't08.example', 'loser'),
    (2, 'grace over: a year each',             't08.short',   'loser'),
    (3, 'no automatic renewal: it expires',    't08.fixed',   'loser')) AS t (n, what, name, sponsor),
    (VALUES (false), (true)) AS w (late), play(t.name, t.sponsor, w.late) AS p ORDER BY t.n, w.late;

-- the loser cannot pay that renewal: the domain leaves all the same, as every reader has seen
SELECT t.what, w.late, p.* FROM (VALUES
    (1, 'absorbed, unpaid',                    'unpaid.example', 'poor'),
    (2, 'grace over, unpaid',                  'unpaid.short',   'poor')) AS t (n, what, name, sponsor),
    (VALUES (false), (true)) AS w (late), play(t.name, t.sponsor, w.late) AS p ORDER BY t.n, w.late;

-- the worker comes when the domain is long gone: the money held comes back all the same
SET dos.clock = '2027-06-01T00:00:00Z';
SELECT code FROM dos.domain_create('loser', 'gone.fixed', auth => 'Code-1');
SET dos.clock = '2028-05-30T00:00:00Z';
SELECT status, acts_at, expires_at FROM dos.domain_transfer_request('winner', 'gone.fixed', 'Code-1');
SET dos.clock = '2029-01-01T00:00:00Z';
SELECT test.would($$SELECT * FROM dos.domain_transfer_query('winner', 'gone.fixed')$$), dos.job_run('domain_advance') > 0 AS advanced;
SELECT account, registrar, amount, kind FROM dos.ledger_line WHERE object_name = 'gone.fixed' AND kind <> 'create' ORDER BY entry_id, account;
SELECT r.clid, m.text FROM dos.poll_message AS m JOIN dos.registrar AS r ON r.id = m.registrar_id WHERE m.object_name = 'gone.fixed' ORDER BY m.id;

-- the horizon: ten years from the transfer and no more; one that came nearer takes nothing away
SET dos.clock = '2029-01-01T00:00:00Z';
SELECT (dos.domain_create('loser', 'far.example', 10, auth => 'Code-1')).expires_at, (dos.domain_create('loser', 'near.example', 9, auth => 'Code-1')).expires_at;
SET dos.clock = '2029-02-01T00:00:00Z';
SELECT q.name, q.acts_at, q.expires_at FROM unnest('{far.example,near.example}'::text[]) AS n (name), dos.domain_transfer_request('winner', n.name, 'Code-1') AS q;
UPDATE dos.zone SET horizon_years = 5, period_max = 5 WHERE name = 'example';
SET dos.clock = '2029-02-07T00:00:00Z';
SELECT q.name, q.status, q.expires_at FROM unnest('{far.example,near.example}'::text[]) AS n (name), dos.domain_transfer_query('winner', n.name) AS q;
SELECT dos.job_run('domain_advance') > 0 AS written;
SELECT q.name, q.status, q.expires_at FROM unnest('{far.example,near.example}'::text[]) AS n (name), dos.domain_transfer_query('winner', n.name) AS q;
SELECT * FROM dos.ledger_verify();
