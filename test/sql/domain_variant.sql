-- Allocatable variants of a name are one set (P13): one holder, one transfer, one end, as far as the zone's policy says.
SET dos.clock = '2026-04-01T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('beta');
SELECT test.contact('acme', 'ann'), test.contact('acme', 'bob'), test.contact('beta', 'cid');
SELECT test.zone('set', 'idn=true', 'contacts_required={}', 'transfer_lock=0', 'registrant_lock=0', 'renew_grace=0', 'add_grace=1 day') > 0 AS zone;
SELECT dos.idn_table_load('accents', '<lgr xmlns="urn:ietf:params:xml:ns:lgr-1.0"><meta><language>fr</language></meta><data>
  <range first-cp="0061" last-cp="0064"/><range first-cp="0066" last-cp="007A"/><range first-cp="0030" last-cp="0039"/>
  <char cp="0065"><var cp="00E9" type="allocatable"/><var cp="00E8" type="allocatable"/><var cp="00EA" type="blocked"/></char>
  <char cp="00E9"><var cp="0065" type="allocatable"/><var cp="00E8" type="allocatable"/><var cp="00EA" type="blocked"/></char>
  <char cp="00E8"><var cp="0065" type="allocatable"/><var cp="00E9" type="allocatable"/><var cp="00EA" type="blocked"/></char>
  <char cp="00EA"><var cp="0065" type="blocked"/><var cp="00E9" type="blocked"/><var cp="00E8" type="blocked"/></char></data></lgr>') > 0 AS loaded;
SELECT dos.zone_idn_tables('set', 'accents');

CREATE FUNCTION pg_temp.made(registrar text, asked text, registrant text) RETURNS text LANGUAGE sql AS $$
    SELECT test.would(format('SELECT dos.domain_create(%L, %L, registrant => %L)', registrar, asked, registrant)) $$;
-- the set as it is: who, whose, in which state
CREATE VIEW pg_temp.now AS
    SELECT dos.dname_unicode(d.name) AS name, dos_internal.registrar_clid(dos_internal.domain_sponsor(d)) AS sponsor, c.handle AS registrant, s.statuses, s.rgp_statuses AS rgp, s.expires_at::date AS expires, v.original
      FROM dos.domain AS d LEFT JOIN dos.contact AS c ON c.id = d.registrant_id LEFT JOIN dos.domain_variant AS v ON v.name = d.name, LATERAL dos_internal.domain_state(d, dos.now()) AS s
     WHERE s.registered ORDER BY d.id;
CREATE FUNCTION pg_temp.told(after bigint DEFAULT 0) RETURNS TABLE (event text, name text, notify text, cause text) LANGUAGE sql AS $$
    SELECT o.event, dos.dname_unicode(o.object_name), o.content ->> 'notify', dos.dname_unicode(o.content ->> 'cause') FROM dos.outbox AS o WHERE o.id > after AND o.event ~ '^domain' ORDER BY o.id $$;

-- joining: not for others, not for another registrant, not blocked ones, not while the original is leaving
SELECT code FROM dos.domain_create('acme', 'cafe.set', 2, registrant => 'ann', auth => 'Cafe-2026-Secret');
SELECT t.*, pg_temp.made(t.registrar, t.name, t.registrant)
  FROM (VALUES ('beta', 'café.set', 'cid'), ('acme', 'café.set', 'bob'), ('acme', 'cafê.set', 'ann'), ('acme', 'café.set', 'ann'), ('acme', 'other.set', 'bob')) AS t (registrar, name, registrant);
SELECT count(*) AS members FROM dos.variant_set('cafe.set');
BEGIN;
SET LOCAL dos.clock = '2026-04-03T00:00:00Z';
SELECT code FROM dos.domain_transfer_request('beta', 'cafe.set', 'Cafe-2026-Secret');
SELECT pg_temp.made('acme', 'café.set', 'ann');
SELECT available, reason FROM dos.domain_check('acme', '{café.set}');
SELECT code FROM dos.domain_transfer_cancel('beta', 'cafe.set');
SELECT pg_temp.made('acme', 'café.set', 'ann');
SELECT code FROM dos.domain_delete('acme', 'cafe.set');
SELECT pg_temp.made('acme', 'café.set', 'ann');
SELECT available, reason FROM dos.domain_check('acme', '{café.set}');
ROLLBACK;
SELECT r, available, reason FROM unnest('{acme,beta}'::text[]) AS r, dos.domain_check(r, '{café.set}');
SELECT code FROM dos.domain_create('acme', 'café.set', registrant => 'ann');
SELECT code FROM dos.domain_create('acme', 'cafè.set', registrant => 'ann');
SELECT code FROM dos.domain_create('acme', 'other.set', registrant => 'ann');
SELECT t.name, s.* FROM (VALUES ('cafe.set'), ('café.set'), ('cafè.set'), ('other.set'), ('missing.set')) AS t (name) LEFT JOIN dos.variant_set(t.name) AS s ON true ORDER BY 1, 2;
SELECT name, original FROM pg_temp.now;

-- one registrant
\set update 'SELECT dos.domain_update(''acme'', ''café.set'', chg_registrant => ''bob'')'
BEGIN;
INSERT INTO dos.variant_policy (zone_id, registrant) SELECT id, 'refuse' FROM dos.zone WHERE name = 'set';
SELECT code, reason, detail FROM test.outcome(:'update');
SELECT code FROM dos.domain_update('acme', 'other.set', chg_registrant => 'bob');
ROLLBACK;
BEGIN;
SELECT code FROM dos.domain_update('acme', 'cafe.set', add_statuses => '{clientUpdateProhibited}');
SELECT code, reason, message, detail FROM test.outcome(:'update');
ROLLBACK;
SELECT max(id) AS seen FROM dos.outbox \gset
SELECT code FROM dos.domain_update('acme', 'café.set', chg_registrant => 'bob');
SELECT name, registrant FROM pg_temp.now;
SELECT event, name, cause FROM pg_temp.told(:seen);
SELECT count(DISTINCT registrant_changed_at) AS instants, count(registrant_changed_at) FROM dos.domain;

-- one transfer: refused for the sake of one, or by policy
SET dos.clock = '2026-05-01T00:00:00Z';
BEGIN;
SELECT code FROM dos.domain_update('acme', 'cafè.set', add_statuses => '{clientTransferProhibited}');
SELECT code, reason, message FROM test.outcome($$SELECT dos.domain_transfer_request('beta', 'cafe.set', 'Cafe-2026-Secret')$$);
ROLLBACK;
BEGIN;
INSERT INTO dos.variant_policy (zone_id, transfer) SELECT id, 'refuse' FROM dos.zone WHERE name = 'set';
SELECT code, reason, detail FROM test.outcome($$SELECT dos.domain_transfer_request('beta', 'cafe.set', 'Cafe-2026-Secret')$$);
ROLLBACK;
SELECT code, reason FROM test.outcome($$SELECT dos.domain_transfer_request('beta', 'café.set', 'Cafe-2026-Secret')$$);
-- asked for, charged once, and turned down for all by an answer to another one
SELECT max(id) AS seen FROM dos.outbox \gset
SELECT code FROM dos.domain_transfer_request('beta', 'cafe.set', 'Cafe-2026-Secret');
SELECT name, sponsor, statuses FROM pg_temp.now;
SELECT event, name, notify FROM pg_temp.told(:seen);
SELECT kind, object_name, amount_minor FROM dos.ledger_entry WHERE kind = 'transfer' ORDER BY id;
SELECT max(id) AS seen FROM dos.outbox \gset
SELECT code FROM dos.domain_transfer_reject('acme', 'cafè.set');
SELECT name, sponsor, statuses FROM pg_temp.now;
SELECT event, name, notify FROM pg_temp.told(:seen);
SELECT * FROM dos.ledger_verify();
-- by the clock: all at one instant for every reader, then in one transaction
SELECT code FROM dos.domain_transfer_request('beta', 'cafe.set', 'Cafe-2026-Secret');
SET dos.clock = '2026-05-05T23:59:59.999Z';
SELECT name, sponsor FROM pg_temp.now;
SET dos.clock = '2026-05-06T00:00:00Z';
SELECT name, sponsor, expires FROM pg_temp.now;
SELECT max(id) AS seen FROM dos.outbox \gset
SELECT code FROM dos.domain_update('beta', 'café.set', add_statuses => '{clientHold}');
SELECT event, name, notify FROM pg_temp.told(:seen);
SELECT d.name, dos_internal.registrar_clid(d.registrar_id) AS stored, (d.transfer).status, (d.transfer).years, d.auth_hash IS NULL AS cleared FROM dos.domain AS d ORDER BY d.id;
SELECT * FROM dos.ledger_verify();
SELECT code FROM dos.domain_update('beta', 'café.set', rem_statuses => '{clientHold}', chg_auth => 'Cafe-2027-Secret');
-- approved at once, by the losing side, with the contacts
UPDATE dos.zone SET transfer_contacts = 'copy', transfer_pending = '0' WHERE name = 'set';
SELECT code FROM dos.domain_update('beta', 'cafe.set', chg_registrant => 'cid');
SET dos.clock = '2026-06-01T00:00:00Z';
SELECT code FROM dos.domain_transfer_request('acme', 'café.set', 'Cafe-2027-Secret');
SELECT name, sponsor, registrant ~ '^T' AS copied, count(*) OVER (PARTITION BY registrant) AS together FROM pg_temp.now;

-- deletion: what is left, by policy and by which name is deleted
CREATE FUNCTION pg_temp.left_after(rule text, asked text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE outcome record; answer text;
BEGIN
    BEGIN
        INSERT INTO dos.variant_policy (zone_id, deletion) SELECT id, rule FROM dos.zone WHERE name = 'set';
        SELECT * INTO outcome FROM test.outcome(format('SELECT dos.domain_delete(''acme'', %L)', asked));
        answer := outcome.code || coalesce(' ' || outcome.reason, '') || ': ' || (SELECT string_agg(n.name || CASE WHEN 'pendingDelete' = ANY (n.statuses) THEN ' -' ELSE ' +' END, ', ') FROM pg_temp.now AS n);
        RAISE EXCEPTION 'undo' USING ERRCODE = 'XXUND';
    EXCEPTION WHEN SQLSTATE 'XXUND' THEN
        RETURN answer;
    END;
END $$;
SELECT p.rule, n.name, pg_temp.left_after(p.rule, n.name)
  FROM unnest('{set,original,refuse,alone}'::text[]) WITH ORDINALITY AS p (rule, n), unnest('{cafe.set,café.set,other.set}'::text[]) WITH ORDINALITY AS n (name, n) ORDER BY p.n, n.n;
BEGIN;
SELECT code FROM dos.domain_update('acme', 'cafè.set', add_statuses => '{clientDeleteProhibited}');
SELECT code, reason, message FROM test.outcome($$SELECT dos.domain_delete('acme', 'cafe.set')$$);
ROLLBACK;

-- an end by the clock takes the set, a restore brings it back, each at its price
UPDATE dos.domain SET autorenew = false WHERE name = dos.dname('café.set');
SET dos.clock = '2028-04-01T00:00:00Z';
SELECT max(id) AS seen FROM dos.outbox \gset
SELECT dos_internal.domain_advance_due() > 0 AS done;
SELECT name, statuses, rgp FROM pg_temp.now;
SELECT event, name, cause FROM pg_temp.told(:seen) WHERE event ~ 'redemption|expired';
BEGIN;
INSERT INTO dos.variant_policy (zone_id, restore) SELECT id, 'alone' FROM dos.zone WHERE name = 'set';
SELECT code FROM dos.domain_restore_request('acme', 'cafe.set');
SELECT name, rgp FROM pg_temp.now;
ROLLBACK;
SELECT code FROM dos.domain_restore_request('acme', 'cafe.set');
SELECT name, rgp FROM pg_temp.now;
SELECT code FROM dos.domain_restore_report('acme', 'cafè.set', 'before', 'after', '2028-04-01Z', '2028-04-01Z', 'Registrant error', '{one,two}');
SELECT name, statuses, rgp, expires FROM pg_temp.now;
SELECT kind, object_name, amount_minor FROM dos.ledger_entry WHERE kind = 'restore' ORDER BY object_name;
SELECT domain_name FROM dos.restore_report ORDER BY 1;
SELECT * FROM dos.ledger_verify();

-- staff moves a set; EPP shows it (RFC 9095), if the registry offers that; so do RDAP and escrow
SELECT (dos.domain_move('café.set', 'beta', 'sold', 'staff', contacts => 'keep')).status AS moved;
SELECT name, sponsor FROM pg_temp.now;
SELECT extension -> 'bundle' AS bundle FROM dos.domain_info('beta', 'café.set');
UPDATE dos.epp_service SET enabled = true WHERE uri = 'urn:ietf:params:xml:ns:epp:b-dn';
SELECT t.r, t.n, i.extension -> 'bundle' AS bundle FROM (VALUES ('beta', 'café.set'), ('beta', 'cafe.set'), ('acme', 'cafe.set'), ('acme', 'other.set')) AS t (r, n), dos.domain_info(t.r, t.n) AS i;
SELECT e.name, e.original_name FROM dos.zone AS z, dos_internal.escrow_domains(z.id, dos.now()) AS e WHERE z.name = 'set' ORDER BY e.name;
SELECT v -> 'relation' AS relation, jsonb_path_query_array(v, '$.variantNames[*].ldhName') AS names FROM jsonb_array_elements(dos.rdap_domain('cafe.set', 'https://rdap.example/')::jsonb -> 'variants') AS v;

-- purged together; nothing of the set is left
SELECT code FROM dos.domain_delete('beta', 'cafe.set');
SELECT dos.domain_undelete('café.set', 'a mistake', 'staff') > dos.now() AS undone;
SELECT name, statuses FROM pg_temp.now;
BEGIN;
SELECT dos.domain_delete_staff('café.set', 'court order', 'staff', purge => true);
SELECT name FROM pg_temp.now;
ROLLBACK;
INSERT INTO dos.variant_policy (zone_id, deletion) SELECT id, 'original' FROM dos.zone WHERE name = 'set';
SELECT code FROM dos.domain_delete('beta', 'cafe.set');
SET dos.clock = '2028-05-06T00:00:00Z';
SELECT dos_internal.domain_advance_due() > 0 AS done;
SELECT name FROM pg_temp.now;
SELECT count(*) FROM dos.domain_variant;
SELECT DISTINCT name FROM dos.idn_key;
SELECT * FROM dos.ledger_verify();
SELECT place, became ->> 'deletion' AS deletion FROM dos.policy_change WHERE place = 'variant_policy';
