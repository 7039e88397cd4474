-- One command, one transaction (E01): a fault injected into each table that a command writes leaves no trace of it, neither in
-- a table nor in what the session keeps, and the command does its work afterwards. Which tables those are is observed.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('other'), test.zone('example', 'registrant_required=false', 'contacts_required={}', 'transfer_lock=0', 'registrant_lock=0') > 0 AS zone,
       test.contact('acme', 'ANN'), test.contact('other', 'OTTO');

CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'fault' USING ERRCODE = 'XX099';
END $$;
CREATE FUNCTION counted() RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_object_agg(s.relname, s.n_tup_ins + s.n_tup_upd + s.n_tup_del) FROM pg_stat_xact_user_tables AS s WHERE s.schemaname = 'dos'
$$;
-- the tables a command writes; what it did is undone
CREATE FUNCTION touched(command text) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := counted();
    after  jsonb;
BEGIN
    EXECUTE command;
    after := counted();
    RAISE EXCEPTION 'undone' USING ERRCODE = 'XX098';
EXCEPTION WHEN SQLSTATE 'XX098' THEN
    RETURN ARRAY(SELECT a.key FROM jsonb_each(after) AS a WHERE a.value IS DISTINCT FROM coalesce(before -> a.key, '0') ORDER BY a.key COLLATE "C");
END $$;
CREATE FUNCTION trace() RETURNS text LANGUAGE sql AS $$ SELECT string_agg(f::text, ' ' ORDER BY f.place) FROM test.footprint() AS f $$;
CREATE FUNCTION broken(command text, OUT tables int, OUT went_through text, OUT left_a_trace text, OUT code text) LANGUAGE plpgsql AS $$
DECLARE
    hit    text[] := touched(command);
    before text := trace();
    t      text;
BEGIN
    tables := cardinality(hit);
    FOREACH t IN ARRAY hit LOOP
        EXECUTE format('CREATE TRIGGER zz_fault AFTER INSERT OR UPDATE OR DELETE ON dos.%I FOR EACH ROW EXECUTE FUNCTION fault()', t);
        BEGIN
            EXECUTE command;
            went_through := concat_ws(' ', went_through, t);
            RAISE EXCEPTION 'undone' USING ERRCODE = 'XX098';
        EXCEPTION WHEN SQLSTATE 'XX099' OR SQLSTATE 'XX098' THEN
            NULL;
        END;
        EXECUTE format('DROP TRIGGER zz_fault ON dos.%I', t);
        IF trace() <> before THEN
            left_a_trace := concat_ws(' ', left_a_trace, t);
        END IF;
    END LOOP;
    code := (test.outcome(command)).code;
END $$;

CREATE TABLE said (n int, clock timestamptz, what text, command text);
INSERT INTO said VALUES
    (1,  '2026-04-03T00:00:00Z', 'host create',        $$SELECT * FROM dos.host_create('acme', 'ns1.elsewhere.test', svtrid => 'SV-1')$$),
    (2,  '2026-04-03T00:00:00Z', 'contact create',     $$SELECT * FROM dos.contact_create('acme', 'NEW-1', ARRAY['N', NULL, NULL, NULL, NULL, 'Paris', NULL, NULL, 'FR'], NULL, '+1.5', NULL, NULL, NULL, 'n@mail.example', 'Auth-1!x', svtrid => 'SV-2')$$),
    (3,  '2026-04-03T00:00:00Z', 'domain create',      $$SELECT * FROM dos.domain_create('acme', 'a.example', 2, registrant => 'ANN', contacts => '{admin:ANN}', hosts => '{ns1.elsewhere.test}', auth => 'Code-1', svtrid => 'SV-3')$$),
    (4,  '2026-04-03T00:00:01Z', 'subordinate host',   $$SELECT * FROM dos.host_create('acme', 'ns1.a.example', '{192.0.2.1}', svtrid => 'SV-4')$$),
    (5,  '2026-04-03T00:00:02Z', 'domain update',      $$SELECT * FROM dos.domain_update('acme', 'a.example', add_hosts => '{ns1.a.example}', add_statuses => '{clientHold}', svtrid => 'SV-5')$$),
    (6,  '2026-04-03T00:00:03Z', 'host update',        $$SELECT * FROM dos.host_update('acme', 'ns1.a.example', add_addresses => '{192.0.2.2}', svtrid => 'SV-6')$$),
    (7,  '2026-04-03T00:00:04Z', 'contact update',     $$SELECT * FROM dos.contact_update('acme', 'ANN', voice => '+1.6', svtrid => 'SV-7')$$),
    (8,  '2026-04-03T00:00:05Z', 'domain renew',       $$SELECT * FROM dos.domain_renew('acme', 'a.example', '2028-04-03', 1, svtrid => 'SV-8')$$),
    (9,  '2026-05-03T00:00:00Z', 'transfer request',   $$SELECT * FROM dos.domain_transfer_request('other', 'a.example', 'Code-1', svtrid => 'SV-9')$$),
    (10, '2026-05-03T00:00:01Z', 'transfer reject',    $$SELECT * FROM dos.domain_transfer_reject('acme', 'a.example', svtrid => 'SV-10')$$),
    (11, '2026-05-03T00:00:02Z', 'transfer again',     $$SELECT * FROM dos.domain_transfer_request('other', 'a.example', 'Code-1', svtrid => 'SV-11')$$),
    (12, '2026-05-03T00:00:03Z', 'transfer approve',   $$SELECT * FROM dos.domain_transfer_approve('acme', 'a.example', svtrid => 'SV-12')$$),
    (13, '2030-12-03T00:00:00Z', 'the clock',          $$SELECT 1000 AS code, (dos_internal.domain_advance(d)).id FROM dos.domain AS d WHERE d.name = 'a.example'$$),
    (14, '2030-12-03T00:00:01Z', 'domain delete',      $$SELECT * FROM dos.domain_delete('other', 'a.example', svtrid => 'SV-14')$$),
    (15, '2030-12-03T00:00:02Z', 'restore request',    $$SELECT * FROM dos.domain_restore_request('other', 'a.example', svtrid => 'SV-15')$$),
    (16, '2030-12-03T00:00:03Z', 'contact delete',     $$SELECT * FROM dos.contact_delete('acme', 'NEW-1', svtrid => 'SV-16')$$),
    (17, '2030-12-03T00:00:04Z', 'add grace: create',  $$SELECT * FROM dos.domain_create('acme', 'b.example', svtrid => 'SV-17')$$),
    (18, '2030-12-03T00:00:05Z', 'add grace: delete',  $$SELECT * FROM dos.domain_delete('acme', 'b.example', svtrid => 'SV-18')$$),
    (19, '2030-12-03T00:00:06Z', 'staff moves it',     $$SELECT 1000 AS code, m.* FROM dos.domain_move('a.example', 'acme', 'court order', 'Ann Officer') AS m$$);
CREATE FUNCTION run() RETURNS TABLE (n int, what text, tables boolean, went_through text, left_a_trace text, code text, money bigint) LANGUAGE plpgsql AS $$
DECLARE
    s said;
    b record;
BEGIN
    FOR s IN SELECT * FROM said ORDER BY said.n LOOP
        PERFORM set_config('dos.clock', s.clock::text, false);
        b := broken(s.command);
        n := s.n; what := s.what; tables := b.tables >= 2; went_through := b.went_through; left_a_trace := b.left_a_trace; code := b.code;
        money := (SELECT count(*) FROM dos.ledger_verify());
        RETURN NEXT;
    END LOOP;
END $$;
-- whole: no fault goes unnoticed, none leaves a trace, every command works afterwards, and the money adds up
SELECT * FROM run();
SELECT name, problem FROM dos.billing_verify() AS v (problem, name);
