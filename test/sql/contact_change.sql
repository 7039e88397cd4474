-- contact info, update and delete (RFC 5733 sections 3.1.2, 3.2.2, 3.2.5): whose it is, what locks it, what an update does to each field.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('other'), test.zone('example', 'contacts_required={}') > 0 AS zone;
SELECT test.contact('acme', 'AC-1'), test.contact('acme', 'AC-2'), test.contact('acme', 'AC-3'), test.contact('other', 'OT-1');
SELECT (dos.domain_create('acme', 'a.example', registrant => 'AC-2')).code;
SET dos.clock = '2026-04-04T00:00:00Z';

-- info: the sponsor, or who knows the code
SELECT t.what, o.code, o.reason, o.element
FROM (VALUES
    (1, 'unknown',                          'acme', 'AC-9', NULL, NULL),
    (2, 'unknown, in other case',           'acme', 'ac-1', NULL, NULL),
    (3, 'another''s',                       'other', 'AC-1', NULL, NULL),
    (4, 'another''s, empty code',           'other', 'AC-1', '', NULL),
    (5, 'another''s, wrong code',           'other', 'AC-1', 'auth-AC-1!1', NULL),
    (6, 'one''s own, wrong code',           'acme', 'AC-1', 'wrong', NULL),
    (7, 'right code of another object',     'other', 'AC-1', 'Auth-AC-1!1', 'C999-DOS'),
    (8, 'another''s, right code',           'other', 'AC-1', 'Auth-AC-1!1', NULL),
    (9, 'one''s own',                       'acme', 'AC-1', NULL, NULL),
    (10, 'one''s own, right code',          'acme', 'AC-1', 'Auth-AC-1!1', NULL)) AS t (n, what, registrar, id, auth, roid),
    test.outcome(format('SELECT dos.contact_info(%L, %L, %L, %L)', t.registrar, t.id, t.auth, t.roid)) AS o ORDER BY t.n;
SELECT id, statuses, int_postal, loc_postal, voice, email, sponsor, creator, created_at, updater, updated_at, disclose_flag, disclose FROM dos.contact_info('acme', 'AC-1');
SELECT id, statuses FROM dos.contact_info('acme', 'AC-2');

-- update: refusals in the order of precedence
UPDATE dos.contact SET statuses = '{clientUpdateProhibited,clientDeleteProhibited}' WHERE handle = 'AC-3';
SELECT t.what, e.*
FROM (VALUES
    (1, 'unknown',                       $$'acme', 'AC-9', add_statuses => '{clientDeleteProhibited}'$$),
    (2, 'another''s',                    $$'other', 'AC-1', add_statuses => '{clientDeleteProhibited}'$$),
    (2.1, 'nothing at all',               $$'acme', 'AC-1'$$),
    (2.2, 'nothing, locked',              $$'acme', 'AC-3'$$),
    (3, 'locked: anything',              $$'acme', 'AC-3', email => 'new@mail.example'$$),
    (4, 'locked: another status',        $$'acme', 'AC-3', rem_statuses => '{clientDeleteProhibited}'$$),
    (5, 'locked: unlock and change',     $$'acme', 'AC-3', rem_statuses => '{clientUpdateProhibited}', email => 'new@mail.example'$$),
    (6, 'unknown status',                $$'acme', 'AC-1', add_statuses => '{asleep}'$$),
    (7, 'server status added',           $$'acme', 'AC-1', add_statuses => '{serverUpdateProhibited}'$$),
    (8, 'server status removed',         $$'acme', 'AC-1', rem_statuses => '{serverUpdateProhibited}'$$),
    (9, 'derived status',                $$'acme', 'AC-1', add_statuses => '{linked}'$$),
    (10, 'ok',                           $$'acme', 'AC-1', rem_statuses => '{ok}'$$),
    (11, 'a domain''s status',           $$'acme', 'AC-1', add_statuses => '{clientHold}'$$),
    (12, 'added and removed',            $$'acme', 'AC-1', add_statuses => '{clientDeleteProhibited}', rem_statuses => '{clientDeleteProhibited}'$$),
    (13, 'set already',                  $$'acme', 'AC-3', add_statuses => '{clientDeleteProhibited}', rem_statuses => '{clientUpdateProhibited}'$$),
    (14, 'not set',                      $$'acme', 'AC-1', rem_statuses => '{clientTransferProhibited}'$$),
    (15, 'status right, field wrong',    $$'acme', 'AC-1', add_statuses => '{clientDeleteProhibited}', email => 'nobody'$$),
    (16, 'e-mail emptied',               $$'acme', 'AC-1', email => ''$$),
    (17, 'name emptied',                 $$'acme', 'AC-1', int_postal => ARRAY['', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL]$$),
    (18, 'address without city',         $$'acme', 'AC-1', int_postal => ARRAY[NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'FR']$$),
    (19, 'new form without name',        $$'acme', 'AC-1', loc_postal => ARRAY[NULL, NULL, NULL, NULL, NULL, 'Paris', NULL, NULL, 'FR']$$),
    (20, 'voice that is none',           $$'acme', 'AC-1', voice => '12'$$)) AS t (n, what, arguments),
    test.effect(format('SELECT * FROM dos.contact_update(%s)', t.arguments)) AS e ORDER BY t.n;

-- both locks: the client's goes only when the server's does not stand in the way
UPDATE dos.contact SET statuses = '{clientUpdateProhibited,serverUpdateProhibited}' WHERE handle = 'AC-2';
SELECT e.* FROM test.effect($$SELECT * FROM dos.contact_update('acme', 'AC-2', rem_statuses => '{clientUpdateProhibited}')$$) AS e;
UPDATE dos.contact SET statuses = '{}' WHERE handle = 'AC-2';

-- what each update changes of the contact: NULL keeps, '' empties
CREATE FUNCTION changed(arguments text) RETURNS TABLE (code text, now_different text) LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := (SELECT to_jsonb(i) || jsonb_build_object('new code works', dos_internal.authinfo_matches('New-Code-1', c.auth_hash))
                       FROM dos.contact_info('acme', 'AC-1') AS i, dos.contact AS c WHERE c.handle = 'AC-1');
BEGIN
    code := (test.outcome(format('SELECT * FROM dos.contact_update(''acme'', ''AC-1'', %s)', arguments))).code;
    SELECT string_agg(n.key || ' ' || n.value, ', ' ORDER BY n.key) INTO now_different
      FROM dos.contact_info('acme', 'AC-1') AS i, dos.contact AS c,
           jsonb_each(to_jsonb(i) || jsonb_build_object('new code works', dos_internal.authinfo_matches('New-Code-1', c.auth_hash))) AS n
     WHERE c.handle = 'AC-1' AND n.value <> before -> n.key AND n.key NOT IN ('updater', 'updated_at');
    RETURN NEXT;
END $$;
SELECT t.what, c.*
FROM (VALUES
    (1, 'statuses added',             $$add_statuses => '{clientTransferProhibited,clientDeleteProhibited}'$$),
    (2, 'one removed, one added',     $$add_statuses => '{clientUpdateProhibited}', rem_statuses => '{clientTransferProhibited}'$$),
    (3, 'unlocked',                   $$rem_statuses => '{clientUpdateProhibited,clientDeleteProhibited}'$$),
    (4, 'name alone',                 $$int_postal => ARRAY['Bea Example', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL]$$),
    (5, 'organization alone',         $$int_postal => ARRAY[NULL, 'Org', NULL, NULL, NULL, NULL, NULL, NULL, NULL]$$),
    (6, 'address as a whole',         $$int_postal => ARRAY[NULL, NULL, NULL, 'Second street line', NULL, 'Paris', NULL, NULL, 'FR']$$),
    (7, 'organization emptied',       $$int_postal => ARRAY[NULL, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL]$$),
    (8, 'a second form',              $$loc_postal => ARRAY['Béa', NULL, NULL, NULL, NULL, 'Paris', NULL, NULL, 'FR']$$),
    (9, 'voice with extension',       $$voice => '+33.1', voice_x => '77'$$),
    (10, 'extension goes with it',    $$voice => '+33.2'$$),
    (11, 'extension alone is nothing', $$voice_x => '88', email => 'bea@mail.example'$$),
    (12, 'fax given, voice emptied',  $$voice => '', fax => '+33.3'$$),
    (13, 'disclosure',                $$disclose_flag => false, disclose => '{voice,name:int}'$$),
    (14, 'disclosure replaced',       $$disclose_flag => true, disclose => '{email}'$$),
    (15, 'code',                      $$auth => 'New-Code-1'$$),
    (16, 'no code',                   $$auth => ''$$)) AS t (n, what, arguments), changed(t.arguments) AS c ORDER BY t.n;
SELECT updater, updated_at, (SELECT count(*) FROM dos.outbox WHERE event = 'contact.updated' AND object_name = 'AC-1') AS events FROM dos.contact_info('acme', 'AC-1');
SELECT o.code FROM test.outcome($$SELECT dos.contact_info('other', 'AC-1', '')$$) AS o;

-- delete
SELECT t.what, e.*
FROM (VALUES
    (1, 'unknown',            'acme', 'AC-9'), (2, 'another''s', 'other', 'AC-1'), (3, 'locked', 'acme', 'AC-3'), (4, 'linked', 'acme', 'AC-2'),
    (5, 'free',               'acme', 'AC-1'), (6, 'gone', 'acme', 'AC-1')) AS t (n, what, registrar, id),
    test.effect(format('SELECT * FROM dos.contact_delete(%L, %L, ''CL-1'', ''SV-1'')', t.registrar, t.id)) AS e ORDER BY t.n;
SELECT event, object_name, registrar, cltrid, svtrid FROM dos.outbox WHERE event = 'contact.deleted';
-- an update lock does not forbid a delete; a delete lock of the server does
UPDATE dos.contact SET statuses = '{clientUpdateProhibited,clientTransferProhibited}' WHERE handle = 'AC-3';
UPDATE dos.contact SET statuses = '{serverDeleteProhibited}' WHERE handle = 'OT-1';
SELECT e.code, e.reason FROM (VALUES ('other', 'OT-1'), ('acme', 'AC-3')) AS t (registrar, id), test.effect(format('SELECT * FROM dos.contact_delete(%L, %L)', t.registrar, t.id)) AS e;
-- the id is free again, for anybody
SELECT * FROM dos.contact_check('acme', '{AC-1,AC-2,AC-3}');
SELECT test.contact('other', 'AC-1');
-- a contact is linked in any role
SELECT test.contact('acme', 'RO-1'), test.contact('acme', 'RO-2'), test.contact('acme', 'RO-3'), test.contact('acme', 'RO-4');
SELECT (dos.domain_create('acme', 'b.example', registrant => 'RO-1', contacts => '{admin:RO-2,tech:RO-3,billing:RO-4}')).code;
SELECT t.id, o.code, o.reason FROM (VALUES ('RO-1'), ('RO-2'), ('RO-3'), ('RO-4')) AS t (id), test.outcome(format('SELECT * FROM dos.contact_delete(''acme'', %L)', t.id)) AS o;
SELECT * FROM test.dangling();
