-- What staff does: nothing without a reason, the checks of the verbs, on record, and told to the sponsor (RFC 8590).
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('other'), test.thin_zone('example', 'transfer_lock=0') > 0 AS zone;
SELECT test.contact('acme', c.id) FROM unnest('{ANN,BOB,EVE}'::text[]) AS c (id);
SELECT (dos.domain_create('acme', n.name, registrant => CASE n.name WHEN 'c.example' THEN 'EVE' ELSE 'ANN' END, contacts => '{tech:ANN}', auth => 'Code-1')).code FROM unnest('{a.example,b.example,c.example,d.example,e.example}'::text[]) AS n (name);
SELECT (dos.host_create('acme', 'ns1.a.example', '{192.0.2.1}')).code;
CREATE FUNCTION drain(clid text) RETURNS TABLE (event text, kind text, shown text, statuses text[], expires_at date, change text) LANGUAGE plpgsql AS $$
DECLARE
    p dos.poll_data;
BEGIN
    LOOP
        p := dos.poll_request(clid);
        EXIT WHEN p.code = 1300;
        event := (SELECT m.event FROM dos.poll_message AS m WHERE m.id = p.id);
        kind := p.kind;
        shown := coalesce((p.domain).name, (p.contact).id, (p.host).name, p.name || ' ' || p.status);
        statuses := coalesce((p.domain).statuses, (p.contact).statuses, (p.host).statuses);
        expires_at := (p.domain).expires_at::date;
        change := (SELECT concat_ws(' ', c ->> 'state', c ->> 'operation', c ->> 'op', '|', replace(c ->> 'who', session_user, 'ROLE'), '|', c ->> 'reason', '|', c #>> '{case,type}', c #>> '{case,name}', c #>> '{case,id}', '|', c ->> 'svTRID') FROM (SELECT p.extension -> 'change' AS c) AS x WHERE c IS NOT NULL);
        RETURN NEXT;
        PERFORM dos.poll_ack(clid, p.id);
    END LOOP;
END $$;

-- refusals, and nothing is left of them
SELECT t.what, e.*
FROM (VALUES
    (1, 'no reason',                    $$dos.domain_status_set('a.example', '{serverHold}', NULL, '')$$),
    (2, 'unknown',                      $$dos.domain_status_set('x.example', '{serverHold}', NULL, 'r')$$),
    (3, 'nothing',                      $$dos.domain_status_set('a.example', NULL, NULL, 'r')$$),
    (4, 'a client status',              $$dos.domain_status_set('a.example', '{clientHold}', NULL, 'r')$$),
    (5, 'a derived status',             $$dos.domain_status_set('a.example', '{pendingDelete}', NULL, 'r')$$),
    (6, 'not set',                      $$dos.domain_status_set('a.example', NULL, '{clientHold}', 'r')$$),
    (7, 'a case without type',          $$dos.domain_status_set('a.example', '{serverHold}', NULL, 'r', NULL, 'FA2026')$$),
    (8, 'create: in the future',        $$dos.domain_create_staff('acme', 'n.example', '{}', 'r', created_at => '2026-05-01')$$),
    (9, 'create: taken',                $$dos.domain_create_staff('acme', 'a.example', '{}', 'r')$$),
    (10, 'create: no such parameter',   $$dos.domain_create_staff('acme', 'n.example', '{"price": 1}', 'r')$$),
    (11, 'create: who asks is fixed',   $$dos.domain_create_staff('acme', 'n.example', '{"registrar": "other"}', 'r')$$),
    (12, 'update: unknown contact',     $$dos.domain_update_staff('a.example', '{"chg_registrant": "NOBODY"}', 'r')$$),
    (13, 'renew: beyond the horizon',   $$dos.domain_renew_staff('a.example', 10, 'r', charge => false)$$),
    (14, 'undo: no renewal',            $$dos.domain_renew_undo('a.example', 'r')$$),
    (15, 'undo: would have expired',    $$dos.domain_renew_undo('a.example', 'r', years => 1)$$),
    (16, 'undelete: not deleted',       $$dos.domain_undelete('a.example', 'r')$$),
    (17, 'dates: expired',              $$dos.domain_dates_set('a.example', NULL, '2026-04-03', 'r')$$),
    (18, 'move: to nobody',             $$dos.domain_move('a.example', 'nobody', 'r')$$),
    (19, 'move: to itself',             $$dos.domain_move('a.example', 'acme', 'r')$$),
    (20, 'move: contacts are lost',     $$dos.domain_move('a.example', 'other', 'r', contacts => 'lose')$$),
    (21, 'contact: linked',             $$dos.contact_delete_staff('ANN', 'r')$$),
    (22, 'contact: unknown',            $$dos.contact_update_staff('NOBODY', '{"email": "a@b.example"}', 'r')$$),
    (23, 'host: a contact''s status',   $$dos.host_status_set('ns1.a.example', '{serverTransferProhibited}', NULL, 'r')$$)) AS t (n, what, command),
    test.effect('SELECT * FROM ' || t.command) AS e ORDER BY t.n;

-- an URS lock: three statuses, before and after told, the command then refused, staff goes through
SELECT dos.domain_status_set('a.example', '{serverUpdateProhibited,serverDeleteProhibited,serverTransferProhibited}', NULL, 'URS lock', 'Ann Officer', 'urs:FA2026-17');
SELECT test.would($$SELECT * FROM dos.domain_update('acme', 'a.example', add_hosts => '{ns1.a.example}')$$) AS sponsor,
       test.would($$SELECT dos.domain_update_staff('a.example', '{"add_hosts": ["ns1.a.example"]}', 'r')$$) AS staff,
       test.would($$SELECT dos.domain_update_staff('a.example', '{"add_hosts": ["ns1.a.example"]}', 'r', unlock => true)$$) AS unlocked;
SELECT dos.domain_update_staff('a.example', '{"add_hosts": ["ns1.a.example"], "add_ds": ["12345 13 2 00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF"]}', 'name servers of the provider', 'Ann Officer', 'urs:FA2026-17', true);
SELECT d.statuses, cardinality(d.ds) AS ds FROM dos.domain AS d WHERE name = 'a.example';
SELECT * FROM drain('acme');
SELECT v.version, v.staff, v.verb, v.svtrid, v.reason FROM dos.object_versions('domain', 'a.example') AS v;
SELECT event, registrar, svtrid FROM dos.outbox WHERE object_name = 'a.example' ORDER BY id;

-- money and dates: created with own dates and not charged, renewed in both ways, taken back
SELECT (n).name, (n).created_at, (n).expires_at, (n).registrar_id FROM dos.domain_create_staff('acme', 'own.example', '{"period": 2, "registrant": "BOB"}', 'lost in the migration', charge => false, created_at => '2020-01-01', expires_at => '2027-01-01') AS n;
SELECT dos.domain_renew_staff('own.example', 1, 'goodwill', charge => false), dos.domain_renew_staff('own.example', 2, 'asked by telephone');
SELECT kind, amount FROM dos.ledger_line WHERE object_name = 'own.example' AND registrar = 'acme' ORDER BY entry_id;
SELECT dos.domain_renew_undo('own.example', 'asked by mistake');
SELECT test.would($$SELECT dos.domain_renew_undo('own.example', 'r')$$), dos.domain_renew_undo('own.example', 'goodwill withdrawn', years => 1);
SELECT kind, amount FROM dos.ledger_line WHERE object_name = 'own.example' AND registrar = 'acme' ORDER BY entry_id;
SELECT * FROM dos.ledger_verify();
SELECT dos.domain_dates_set('own.example', '2019-01-01', NULL, 'the paper says so');
SELECT event, shown, expires_at, change FROM drain('acme');

-- deleted, undeleted, purged; each told
SET dos.clock = '2026-06-01T00:00:00Z';
SELECT dos.domain_delete_staff('b.example', 'abuse', case_of => 'abuse:77');
SELECT dos.domain_undelete('b.example', 'appeal granted', case_of => 'abuse:77');
SELECT s.statuses, s.rgp_statuses, s.expires_at::date FROM dos.domain_state('b.example') AS s;
SELECT dos.domain_delete_staff('b.example', 'abuse again', purge => true);
SELECT dos.domain_state('b.example') IS NULL AS gone;
SELECT event, shown, statuses, change FROM drain('acme');

-- moved: to whom, with hosts and contacts; ANN is shared and so is copied once, EVE is moved
SELECT status FROM dos.domain_transfer_request('other', 'c.example', 'Code-1');
SELECT name, status, requester, actor FROM dos.domain_move('c.example', 'other', 'court order', case_of => 'udrp:D2026-1');
SELECT name, status FROM dos.domain_move('a.example', 'other', 'court order');
SELECT d.name, dos_internal.registrar_clid(d.registrar_id) AS sponsor, d.expires_at::date, d.auth_hash IS NULL AS cleared,
       (SELECT c.handle || ' ' || dos_internal.registrar_clid(c.registrar_id) FROM dos.contact AS c WHERE c.id = d.registrant_id) AS registrant,
       (SELECT c.handle || ' ' || dos_internal.registrar_clid(c.registrar_id) FROM dos.contact AS c WHERE c.id = d.tech_ids[1]) AS tech
  FROM dos.domain AS d WHERE d.name IN ('a.example', 'c.example') ORDER BY 1;
SELECT sponsor FROM dos.host_info('acme', 'ns1.a.example');
SELECT * FROM test.dangling();
SELECT count(*) AS held FROM dos.ledger_line WHERE object_name = 'c.example' AND kind = 'hold';
SELECT * FROM dos.ledger_verify();
SELECT event, kind, shown, change FROM drain('other');
SELECT dos.contact_status_set('ANN', '{serverUpdateProhibited}', NULL, 'data under review');
SELECT test.would($$SELECT * FROM dos.contact_update('acme', 'ANN', voice => '+1.5')$$), test.would($$SELECT dos.contact_update_staff('ANN', '{"voice": "+1.5"}', 'r')$$);
SELECT dos.contact_status_set('ANN', NULL, '{serverUpdateProhibited}', 'reviewed'), dos.contact_update_staff('ANN', '{"voice": "+1.5"}', 'corrected');
SELECT status, requester FROM dos.contact_move('ANN', 'other', 'sold');
SELECT dos.host_status_set('ns1.a.example', '{serverDeleteProhibited}', NULL, 'used by the provider'), dos.host_update_staff('ns1.a.example', '{"add_addresses": ["192.0.2.7"]}', 'provider moved');
SELECT event, shown, statuses, change FROM drain('other');

-- on record, whole, without the codes; nothing of it may be called by a gateway
SELECT id, act, object_name, staff = session_user AS role, reason, content FROM dos.audit ORDER BY id;
SELECT * FROM dos.audit_verify();
SELECT p.proname FROM pg_proc AS p WHERE p.pronamespace = 'dos'::regnamespace AND has_function_privilege('dos_admin', p.oid, 'EXECUTE')
   AND (has_function_privilege('dos_epp', p.oid, 'EXECUTE') OR has_function_privilege('dos_rdds', p.oid, 'EXECUTE'));
