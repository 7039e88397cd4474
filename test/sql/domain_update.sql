-- domain update (RFC 5731 section 3.2.5, RFC 5910 section 5.2.5): refusals in the order of precedence, then what each update makes of the domain.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('other');
SELECT test.zone('full') > 0, test.zone('bare', 'registrant_required=false', 'registrant_allowed=false', 'contacts_required={}', 'contacts_allowed={}', 'host_model=attribute', 'hosts_max=3') > 0;
SELECT count(test.contact('acme', 'AC-' || n)) FROM generate_series(1, 12) AS n;
SELECT test.contact('other', 'OT-1');
SELECT d.name, (dos.domain_create('acme', d.name, registrant => 'AC-1', contacts => '{admin:AC-1,tech:AC-1}', auth => 'Secret-1')).code
FROM (VALUES ('a.full'), ('locked.full'), ('both.full'), ('gone.full')) AS d (name);
SELECT (dos.domain_create('acme', 'a.bare', host_attrs => '{"ns1.a.bare 192.0.2.1",ns1.elsewhere.test}')).code;
SELECT count(dos.host_create('acme', 'ns' || n || '.elsewhere.test')) FROM generate_series(1, 14) AS n;
SELECT (dos.host_create('acme', 'ns.a.full')).code, (dos.host_create('acme', 'ns.gone.full', '{192.0.2.1}')).code;
UPDATE dos.domain SET statuses = '{clientUpdateProhibited,clientHold}' WHERE name = 'locked.full';
UPDATE dos.domain SET statuses = '{clientUpdateProhibited,serverUpdateProhibited}' WHERE name = 'both.full';
UPDATE dos.domain SET deleted_at = dos.now() WHERE name = 'gone.full';
CREATE FUNCTION ds(tag int) RETURNS text LANGUAGE sql AS $$ SELECT format('%s 13 2 %s', tag, repeat('AB', 32)) $$;
SELECT * FROM dos.domain_update('acme', 'a.full', add_hosts => '{ns1.elsewhere.test,ns2.elsewhere.test}', add_ds => ARRAY[ds(1), ds(2)], add_statuses => '{clientRenewProhibited}');
SET dos.clock = '2026-04-04T00:00:00Z';

SELECT t.what, e.*
FROM (VALUES
    (1, 'not a name',                    $$'acme', 'a_b.full', add_statuses => '{clientHold}'$$),
    (2, 'unknown',                       $$'acme', 'z.full', add_statuses => '{clientHold}'$$),
    (3, 'another''s',                    $$'other', 'a.full', add_statuses => '{clientHold}'$$),
    (4, 'nothing',                       $$'acme', 'a.full'$$),
    (5, 'nothing, said in other words',  $$'acme', 'a.full', rem_all_ds => false, urgent => false$$),
    (6, 'locked',                        $$'acme', 'locked.full', chg_auth => 'Secret-2'$$),
    (7, 'locked: another status',        $$'acme', 'locked.full', rem_statuses => '{clientHold}'$$),
    (8, 'locked: unlock and change',     $$'acme', 'locked.full', rem_statuses => '{clientUpdateProhibited}', chg_auth => 'Secret-2'$$),
    (9, 'locked: unlock and drop DS',    $$'acme', 'locked.full', rem_statuses => '{clientUpdateProhibited}', rem_all_ds => true$$),
    (10, 'locked by both: unlock',       $$'acme', 'both.full', rem_statuses => '{clientUpdateProhibited}'$$),
    (11, 'being deleted',                $$'acme', 'gone.full', add_statuses => '{clientHold}'$$),
    (12, 'urgent',                       $$'acme', 'a.full', add_statuses => '{clientHold}', urgent => true$$),
    -- statuses
    (20, 'unknown status',               $$'acme', 'a.full', add_statuses => '{asleep}'$$),
    (21, 'server status added',          $$'acme', 'a.full', add_statuses => '{serverHold}'$$),
    (22, 'server status removed',        $$'acme', 'both.full', rem_statuses => '{serverUpdateProhibited}'$$),
    (23, 'ok',                           $$'acme', 'a.full', add_statuses => '{ok}'$$),
    (24, 'inactive',                     $$'acme', 'a.full', rem_statuses => '{inactive}'$$),
    (25, 'pendingDelete',                $$'acme', 'a.full', add_statuses => '{pendingDelete}'$$),
    (26, 'added and removed',            $$'acme', 'a.full', add_statuses => '{clientHold}', rem_statuses => '{clientHold}'$$),
    (27, 'set already',                  $$'acme', 'a.full', add_statuses => '{clientRenewProhibited}'$$),
    (28, 'not set',                      $$'acme', 'a.full', rem_statuses => '{clientHold}'$$),
    -- contacts
    (30, 'registrant unknown',           $$'acme', 'a.full', chg_registrant => 'AC-99'$$),
    (31, 'registrant is another''s',     $$'acme', 'a.full', chg_registrant => 'OT-1'$$),
    (32, 'registrant removed',           $$'acme', 'a.full', chg_registrant => ''$$),
    (33, 'contact unknown',              $$'acme', 'a.full', add_contacts => '{billing:AC-99}'$$),
    (34, 'contact is another''s',        $$'acme', 'a.full', add_contacts => '{billing:OT-1}'$$),
    (35, 'unknown role added',           $$'acme', 'a.full', add_contacts => '{owner:AC-1}'$$),
    (36, 'unknown role removed',         $$'acme', 'a.full', rem_contacts => '{owner:AC-1}'$$),
    (37, 'registrant as a role',         $$'acme', 'a.full', add_contacts => '{registrant:AC-2}'$$),
    (38, 'unknown contact removed',      $$'acme', 'a.full', rem_contacts => '{admin:AC-99}'$$),
    (39, 'removed, not there',           $$'acme', 'a.full', rem_contacts => '{admin:AC-2}'$$),
    (40, 'there, in another role',       $$'acme', 'a.full', rem_contacts => '{billing:AC-1}'$$),
    (41, 'added, there already',         $$'acme', 'a.full', add_contacts => '{admin:AC-1}'$$),
    (42, 'added and removed',            $$'acme', 'a.full', add_contacts => '{admin:AC-1}', rem_contacts => '{admin:AC-1}'$$),
    (43, 'added twice',                  $$'acme', 'a.full', add_contacts => '{billing:AC-2,billing:AC-2}'$$),
    (44, 'last admin removed',           $$'acme', 'a.full', rem_contacts => '{admin:AC-1}'$$),
    (45, '11 where 10 may be',           $$'acme', 'a.full', add_contacts => '{tech:AC-2,tech:AC-3,tech:AC-4,tech:AC-5,tech:AC-6,tech:AC-7,tech:AC-8,tech:AC-9,tech:AC-10,tech:AC-11}'$$),
    (46, 'contact not allowed',          $$'acme', 'a.bare', add_contacts => '{tech:AC-1}'$$),
    (47, 'registrant not allowed',       $$'acme', 'a.bare', chg_registrant => 'AC-1'$$),
    -- name servers
    (50, 'host unknown',                 $$'acme', 'a.full', add_hosts => '{ns99.elsewhere.test}'$$),
    (51, 'unknown host removed',         $$'acme', 'a.full', rem_hosts => '{ns99.elsewhere.test}'$$),
    (52, 'removed, not there',           $$'acme', 'a.full', rem_hosts => '{ns3.elsewhere.test}'$$),
    (53, 'added, there already',         $$'acme', 'a.full', add_hosts => '{NS1.elsewhere.test.}'$$),
    (54, 'added and removed',            $$'acme', 'a.full', add_hosts => '{ns1.elsewhere.test}', rem_hosts => '{ns1.elsewhere.test}'$$),
    (55, 'added twice',                  $$'acme', 'a.full', add_hosts => '{ns3.elsewhere.test,ns3.elsewhere.test}'$$),
    (56, 'host of a deleted domain',     $$'acme', 'a.full', add_hosts => '{ns.gone.full}'$$),
    (57, 'inside without address',       $$'acme', 'a.full', add_hosts => '{ns.a.full}'$$),
    (58, '14 where 13 may be',           $$'acme', 'a.full', add_hosts => '{ns3.elsewhere.test,ns4.elsewhere.test,ns5.elsewhere.test,ns6.elsewhere.test,ns7.elsewhere.test,ns8.elsewhere.test,ns9.elsewhere.test,ns10.elsewhere.test,ns11.elsewhere.test,ns12.elsewhere.test,ns13.elsewhere.test,ns14.elsewhere.test}'$$),
    (59, 'attributes, not objects',      $$'acme', 'a.bare', add_hosts => '{ns1.elsewhere.test}'$$),
    (60, 'objects, not attributes',      $$'acme', 'a.full', add_host_attrs => '{ns1.elsewhere.test}'$$),
    (61, 'attribute removed, not there', $$'acme', 'a.bare', rem_host_attrs => '{ns9.elsewhere.test}'$$),
    (62, 'attribute there already',      $$'acme', 'a.bare', add_host_attrs => '{NS1.elsewhere.test}'$$),
    (63, 'inside without address',       $$'acme', 'a.bare', add_host_attrs => '{ns2.a.bare}'$$),
    (64, 'four where three may be',      $$'acme', 'a.bare', add_host_attrs => '{ns2.elsewhere.test,ns3.elsewhere.test}'$$),
    -- DNSSEC
    (70, 'DS removed, not there',        $$'acme', 'a.full', rem_ds => ARRAY[ds(3)]$$),
    (71, 'DS there already',             $$'acme', 'a.full', add_ds => ARRAY[lower(ds(1))]$$),
    (72, 'DS added twice',               $$'acme', 'a.full', add_ds => ARRAY[ds(3), ds(3)]$$),
    (73, 'DS without form',              $$'acme', 'a.full', add_ds => '{nonsense}'$$),
    (74, 'DS removed without form',      $$'acme', 'a.full', rem_ds => '{nonsense}'$$),
    (75, 'keys beside DS',               $$'acme', 'a.full', add_keys => '{257 3 13 AQID}'$$),
    (76, 'ninth DS',                     $$'acme', 'a.full', add_ds => ARRAY[ds(3), ds(4), ds(5), ds(6), ds(7), ds(8), ds(9)]$$),
    (77, 'signature life of nothing',    $$'acme', 'a.full', chg_max_sig_life => 0$$),
    -- all or nothing: the last part is wrong
    (80, 'right, right, wrong',          $$'acme', 'a.full', add_statuses => '{clientHold}', add_contacts => '{tech:AC-2}', add_hosts => '{ns3.elsewhere.test}', add_ds => ARRAY[ds(1)]$$)) AS t (n, what, arguments),
    test.effect(format('SELECT * FROM dos.domain_update(%s)', t.arguments)) AS e ORDER BY t.n;

-- what is different afterwards, and whether it is published again
CREATE FUNCTION done(arguments text) RETURNS TABLE (code text, now_different text, published boolean) LANGUAGE plpgsql AS $$
DECLARE
    asked  text := split_part(arguments, '''', 4);
    before jsonb := (SELECT to_jsonb(i) || jsonb_build_object('new code works', dos_internal.authinfo_matches('Secret-9', d.auth_hash))
                       FROM dos.domain_info('acme', asked) AS i JOIN dos.domain AS d ON d.name = i.name);
BEGIN
    DELETE FROM dos.dns_dirty;
    code := (test.outcome(format('SELECT * FROM dos.domain_update(%s)', arguments))).code;
    SELECT string_agg(n.key || ' ' || replace(n.value::text, repeat('AB', 32), 'AB..'), ', ' ORDER BY n.key) INTO now_different
      FROM dos.domain_info('acme', asked) AS i JOIN dos.domain AS d ON d.name = i.name,
           jsonb_each(to_jsonb(i) || jsonb_build_object('new code works', dos_internal.authinfo_matches('Secret-9', d.auth_hash))) AS n
     WHERE n.value <> before -> n.key AND n.key NOT IN ('updater', 'updated_at');
    published := EXISTS (SELECT FROM dos.dns_dirty AS q WHERE q.owner = asked);
    RETURN NEXT;
END $$;
SELECT t.what, d.*
FROM (VALUES
    (1, 'locks',                         $$'acme', 'a.full', add_statuses => '{clientUpdateProhibited,clientDeleteProhibited,clientTransferProhibited}', rem_statuses => '{clientRenewProhibited}'$$),
    (2, 'unlocked, all at once',         $$'acme', 'a.full', rem_statuses => '{clientUpdateProhibited,clientDeleteProhibited,clientTransferProhibited}'$$),
    (3, 'hold',                          $$'acme', 'a.full', add_statuses => '{clientHold}'$$),
    (4, 'a lock does not publish',       $$'acme', 'a.full', add_statuses => '{clientRenewProhibited}'$$),
    (5, 'hold lifted',                   $$'acme', 'a.full', rem_statuses => '{clientHold,clientRenewProhibited}'$$),
    (6, 'registrant',                    $$'acme', 'a.full', chg_registrant => 'AC-2'$$),
    (7, 'admin replaced',                $$'acme', 'a.full', add_contacts => '{admin:AC-3}', rem_contacts => '{admin:AC-1}'$$),
    (8, 'contact moves to another role', $$'acme', 'a.full', add_contacts => '{billing:AC-1,tech:AC-4}', rem_contacts => '{tech:AC-1}'$$),
    (9, 'billing removed',               $$'acme', 'a.full', rem_contacts => '{billing:AC-1}'$$),
    (10, 'one host for another',         $$'acme', 'a.full', add_hosts => '{ns3.elsewhere.test}', rem_hosts => '{ns1.elsewhere.test}'$$),
    (11, 'no hosts',                     $$'acme', 'a.full', rem_hosts => '{ns2.elsewhere.test,ns3.elsewhere.test}'$$),
    (12, 'hold without hosts',           $$'acme', 'a.full', add_statuses => '{clientHold}'$$),
    (13, 'hosts under hold',             $$'acme', 'a.full', add_hosts => '{ns4.elsewhere.test}', rem_statuses => '{clientHold}'$$),
    (14, 'DS replaced',                  $$'acme', 'a.full', rem_ds => ARRAY[ds(1)], add_ds => ARRAY[ds(3)]$$),
    (15, 'all DS for one',               $$'acme', 'a.full', rem_all_ds => true, add_ds => ARRAY[ds(2)]$$),
    (16, 'DS for keys',                  $$'acme', 'a.full', rem_all_ds => true, add_keys => '{257 3 13 AQID}'$$),
    (17, 'key removed',                  $$'acme', 'a.full', rem_keys => '{257  3 13 AQ ID}'$$),
    (18, 'signature life',               $$'acme', 'a.full', chg_max_sig_life => 600$$),
    (19, 'code',                         $$'acme', 'a.full', chg_auth => 'Secret-9'$$),
    (20, 'no code',                      $$'acme', 'a.full', chg_auth => ''$$),
    (21, 'attribute: another address',   $$'acme', 'a.bare', rem_host_attrs => '{"ns1.a.bare 192.0.2.1"}', add_host_attrs => '{"ns1.a.bare 192.0.2.2 2001:db8::2"}'$$),
    (22, 'attribute removed by name',    $$'acme', 'a.bare', rem_host_attrs => '{NS1.elsewhere.test}'$$)) AS t (n, what, arguments),
    done(t.arguments) AS d ORDER BY t.n;
SELECT updater, updated_at FROM dos.domain_info('acme', 'a.full');

-- a contact that another registrar sponsors may leave the domain, though it may not come
UPDATE dos.contact SET registrar_id = (SELECT id FROM dos.registrar WHERE clid = 'other') WHERE handle = 'AC-3';
SELECT * FROM done($$'acme', 'a.full', add_contacts => '{admin:AC-5}', rem_contacts => '{admin:AC-3}'$$);
-- an update that does not touch contacts is not judged by a contact model that changed meanwhile
UPDATE dos.zone SET contacts_required = '{admin,tech,billing}' WHERE name = 'full';
SELECT * FROM done($$'acme', 'a.full', chg_max_sig_life => 700$$);
SELECT e.code, e.reason FROM test.effect($$SELECT * FROM dos.domain_update('acme', 'a.full', chg_registrant => 'AC-1')$$) AS e;
SELECT event, registrar, cltrid, svtrid FROM dos.outbox WHERE id = (SELECT max(id) FROM dos.outbox);
SELECT * FROM test.dangling();
