-- Launch applications, the registrar's side (RFC 8334): what a create makes in which phase, that it is checked as a create, what holds
-- meanwhile, info, update, withdrawal.
SET dos.clock = '2026-04-01T00:00:00Z';
SELECT test.registrar('acme', 10000), test.registrar('beta'), test.registrar('poor', 799);
SELECT test.thin_zone('rush') > 0 AS rush, test.thin_zone('free') > 0 AS free, test.thin_zone('both') > 0 AS both, test.thin_zone('plain') > 0 AS plain, test.thin_zone('sun') > 0 AS sun;
SELECT (dos.host_create('acme', 'ns1.elsewhere.test')).code, (dos.host_create('acme', 'ns2.elsewhere.test')).code, test.contact('acme', 'AC-1'), test.contact('acme', 'AC-2'), test.contact('beta', 'BE-1');

-- what may be set
SELECT t.setting, o.code, o.reason
FROM (VALUES ('mode=auction'), ('mode=application,validation=false,marks=true'), ('mode=both,marks=true'), ('mode=application,validation=false')) AS t (setting),
    test.outcome(format('SELECT dos.phase_create(''plain'', %L, ''custom'', ''2030-05-01T00:00Z'', NULL, VARIADIC %L)', 'c' || length(t.setting), string_to_array(t.setting, ','))) AS o;
SELECT dos.phase_create('rush', 'landrush', 'landrush', '2026-04-01T00:00Z', '2026-05-01T00:00Z', 'mode=application') > 0 AS rush,
       dos.phase_create('rush', 'general', 'open', '2026-05-01T00:00Z') > 0 AS general,
       dos.phase_create('free', 'landrush', 'custom', '2026-04-01T00:00Z', '2026-05-01T00:00Z', 'mode=application', 'validation=false') > 0 AS free,
       dos.phase_create('both', 'landrush', 'landrush', '2026-04-01T00:00Z', '2026-05-01T00:00Z', 'mode=both', 'launch_required=false') > 0 AS both,
       dos.phase_create('plain', 'landrush', 'landrush', '2026-04-01T00:00Z', '2026-05-01T00:00Z') > 0 AS plain,
       dos.phase_create('sun', 'sunrise', 'sunrise', '2026-04-01T00:00Z', '2026-05-01T00:00Z', 'mode=application') > 0 AS sun;

-- the statuses, and what leads from one to the next
SELECT * FROM dos.application_transitions();

-- what a create makes: by the mode of the phase and the type it asks for
SELECT p.zone, p.phase, t.type, test.would(format('SELECT dos.domain_create(''beta'', %L, extensions => %L)', 'a.' || p.zone,
           CASE WHEN t.type <> 'no extension' THEN jsonb_build_object('launch', p.launch || CASE t.type WHEN 'none' THEN '{}' ELSE jsonb_build_object('type', t.type) END) END)) AS create
FROM (VALUES (1, 'plain', 'landrush', '{"phase": "landrush"}'::jsonb), (2, 'rush', 'landrush', '{"phase": "landrush"}'), (3, 'free', 'custom', '{"phase": "custom", "phase_name": "landrush"}'),
             (4, 'both', 'landrush', '{"phase": "landrush"}'), (5, 'rush', 'open', '{"phase": "open"}')) AS p (n, zone, phase, launch),
     (VALUES (1, 'no extension'), (2, 'none'), (3, 'application'), (4, 'registration')) AS t (n, type)
ORDER BY p.n, t.n;

-- marks are for the validation: required where the phase asks for them, and at least signed marks by their form
SELECT t.launch, test.would(format('SELECT dos.domain_create(''beta'', ''a.sun'', extensions => %L)', jsonb_build_object('launch', t.launch::jsonb || '{"phase": "sunrise"}'))) AS create
FROM (VALUES ('{}'), ('{"smd": ["x"]}'), ('{"smd": ["PGEvPg=="]}'), ('{"smd": ["PCFET0NUWVBFIGE+PGEvPg=="]}'), ('{"codes": [{"code": "49FD46E6"}]}'), ('{"codes": [{"code": "49FD46E6"}], "type": "registration"}')) AS t (launch);

-- an application is refused as a registration is: the same command in a phase of registrations and in one of applications
SELECT (dos.domain_create('beta', 'taken.plain', extensions => '{"launch": {"phase": "landrush"}}')).code;
INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, expires_at) SELECT 'taken.rush', z.id, 'D0-X', r.id, r.id, '2030-01-01' FROM dos.zone AS z, dos.registrar AS r WHERE z.name = 'rush' AND r.clid = 'beta';
CREATE FUNCTION forbid(context jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
    IF context ->> 'name' LIKE 'hooked.%' THEN
        RAISE EXCEPTION 'not this name' USING ERRCODE = 'R2306', CONSTRAINT = 'own_rule';
    END IF;
    RETURN NULL;
END $$;
SELECT dos.hook_add('check', 'domain', 'create', 'public.forbid') IS NOT NULL AS hooked;
CREATE FUNCTION pg_temp.tried(actor text, label text, zone text, rest text, more jsonb DEFAULT '{}') RETURNS text LANGUAGE sql AS $$
    SELECT test.would(format('SELECT dos.domain_create(%L, %L, extensions => %L%s)', actor, label || '.' || zone, '{"launch": {"phase": "landrush"}}'::jsonb || more, rest))
$$;
SELECT t.actor, t.label, t.rest, t.more, x.registration, pg_temp.tried(t.actor, t.label, 'rush', t.rest, t.more) IS NOT DISTINCT FROM x.registration AS same
FROM (VALUES (1, 'acme', '-bad', '', '{}'::jsonb), (2, 'acme', 'taken', '', '{}'), (3, 'acme', 'a', ', period => 11', '{}'), (4, 'acme', 'a', ', period => 1, period_unit => ''d''', '{}'),
             (5, 'acme', 'a', ', registrant => ''MISSING''', '{}'), (6, 'acme', 'a', ', registrant => ''BE-1''', '{}'), (7, 'acme', 'a', ', contacts => ''{owner:AC-1}''', '{}'),
             (9, 'acme', 'a', ', hosts => ''{ns9.elsewhere.test}''', '{}'), (10, 'acme', 'a', ', hosts => ''{ns1.elsewhere.test,ns1.elsewhere.test}''', '{}'),
             (11, 'acme', 'a', ', host_attrs => ''{ns1.elsewhere.test}''', '{}'), (12, 'acme', 'a', ', ds => ''{nonsense}''', '{}'), (13, 'acme', 'a', ', max_sig_life => 0', '{}'),
             (14, 'poor', 'a', '', '{}'), (15, 'acme', 'a', '', '{"token": "none-such"}'), (16, 'acme', 'a', '', '{"fee": {"currency": "USD", "fees": [{"amount": "7.99"}]}}'),
             (17, 'acme', 'a', '', '{"fee": {"currency": "EUR", "fees": [{"amount": "8.00"}]}}'), (18, 'acme', 'hooked', '', '{}'), (19, 'nobody', 'a', '', '{}'),
             (21, 'acme', 'a', '', '{"ttl": [{"for": "TXT", "ttl": 60}]}'), (22, 'acme', 'a', '', '{"org": {"add": [{"role": "reseller", "id": "none"}]}}')) AS t (n, actor, label, rest, more),
     LATERAL (SELECT pg_temp.tried(t.actor, t.label, 'plain', t.rest, t.more)) AS x (registration)
ORDER BY t.n;

-- it takes nothing but the money: no domain, no DNS; several for one name
SELECT e.* FROM test.effect($$SELECT dos.domain_create('acme', 'gold.rush', 2, hosts => '{ns1.elsewhere.test}', registrant => 'AC-1', auth => 'Acme-gold-1', cltrid => 'ABC-1', svtrid => 'SV-1',
    extensions => '{"launch": {"phase": "landrush", "type": "application"}, "fee": {}}')$$) AS e;
SELECT c.code, c.name, c.expires_at, regexp_replace(c.extension::text, 'A\d+', 'A#') AS extension FROM dos.domain_create('beta', 'gold.rush', svtrid => 'SV-2', extensions => '{"launch": {"phase": "landrush"}}') AS c;
SELECT c.code, c.extension -> 'fee' AS fee FROM dos.domain_create('acme', 'gold.rush', svtrid => 'SV-3', extensions => '{"launch": {"phase": "landrush"}, "fee": {}}') AS c;
SELECT (dos.domain_create('acme', 'silver.rush', cltrid => 'ABC-4', svtrid => 'SV-4', extensions => '{"launch": {"phase": "landrush"}}')).code,
       (dos.domain_create('acme', 'gold.free', svtrid => 'SV-5', extensions => '{"launch": {"phase": "custom", "phase_name": "landrush"}}')).code AS free;
SELECT a.name, r.clid, a.status, n.name = a.name AS applied, a.years, a.amount_minor, a.currency, a.request ->> 'name' AS domain, a.svtrid, e.kind, e.amount_minor AS held, a.number = 'A' || a.id || '-DOS' AS number
  FROM dos.application AS a JOIN dos.registrar AS r ON r.id = a.registrar_id LEFT JOIN dos.name_applied AS n USING (number) JOIN dos.ledger_entry AS e ON e.id = a.entry_id ORDER BY a.id;
SELECT a.kind, sum(CASE WHEN e.credit_account_id = a.id THEN e.amount_minor ELSE -e.amount_minor END) AS minor FROM dos.ledger_entry AS e JOIN dos.account AS a ON a.id IN (e.credit_account_id, e.debit_account_id) WHERE a.kind = 'hold' GROUP BY 1;
SELECT * FROM dos.ledger_verify();
SELECT * FROM dos.billing_verify();
SELECT count(*) FROM dos.domain WHERE name LIKE 'gold.%';
SELECT count(*) FROM dos.dns_dirty AS x WHERE x::text LIKE '%gold%';
SELECT o.event, o.object_name, o.registrar, regexp_replace(o.content::text, 'A\d+', 'A#') AS content FROM dos.outbox AS o WHERE o.event LIKE 'application.%' ORDER BY o.id LIMIT 1;
SELECT test.would($$SELECT dos.domain_info('acme', 'gold.rush')$$) AS info, (SELECT s.status FROM dos.das_check('{gold.rush}') AS s) AS das, dos.rdap_domain('gold.rush', 'https://rdap.test/') IS NULL AS rdap_none;

-- a check: available while more may apply in the phase it names, "Under application" after that, to whoever asks, until the phase is settled
SELECT c.available, c.reason FROM dos.domain_check('beta', '{gold.rush,new.rush}', '{"launch": {"type": "avail", "phase": "landrush"}}') AS c;
SELECT c.available, c.reason FROM dos.domain_check('beta', '{gold.free,gold.rush}') AS c;
SET dos.clock = '2026-05-01T00:00:00Z';
SELECT c.available, c.reason FROM dos.domain_check('beta', '{gold.rush,new.rush}') AS c;
SELECT test.would($$SELECT dos.domain_create('acme', 'gold.rush')$$) AS gold, test.would($$SELECT dos.domain_create('acme', 'new.rush')$$) AS new;
SET dos.clock = '2026-04-02T00:00:00Z';
-- in a phase that takes both, a registration does not pass an application
SELECT (dos.domain_create('acme', 'x.both', extensions => '{"launch": {"phase": "landrush"}}')).code;
SELECT test.would($$SELECT dos.domain_create('beta', 'x.both')$$) AS plain, test.would($$SELECT dos.domain_create('beta', 'x.both', extensions => '{"launch": {"phase": "landrush", "type": "application"}}')$$) AS application;

-- what it refers to stays
SELECT test.would($$SELECT dos.contact_delete('acme', 'AC-1')$$) AS contact, test.would($$SELECT dos.host_delete('acme', 'ns1.elsewhere.test')$$) AS host,
       test.would($$SELECT dos.contact_delete('acme', 'AC-2')$$) AS other_contact, test.would($$SELECT dos.host_delete('acme', 'ns2.elsewhere.test')$$) AS other_host;

-- commands about it: which application, whose, of which phase, in which status
CREATE FUNCTION numbered(application_svtrid text) RETURNS text LANGUAGE sql AS $$ SELECT a.number FROM dos.application AS a WHERE a.svtrid = application_svtrid $$;
CREATE FUNCTION meant(sv text, phase text DEFAULT 'landrush', name text DEFAULT NULL) RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_object('launch', jsonb_strip_nulls(jsonb_build_object('phase', phase, 'phase_name', meant.name, 'application_id', coalesce(numbered(sv), sv)))) $$;
SELECT t.*, test.would(format('SELECT dos.application_info(%L, %L, extensions => %L)', t.actor, t.name, meant(t.sv, t.phase))) AS info,
            test.would(format('SELECT dos.application_update(%L, %L, add_hosts => ''{ns2.elsewhere.test}'', extensions => %L)', t.actor, t.name, meant(t.sv, t.phase))) AS update,
            test.would(format('SELECT dos.application_delete(%L, %L, extensions => %L)', t.actor, t.name, meant(t.sv, t.phase))) AS delete
FROM (VALUES (1, 'acme', 'gold.rush', NULL, 'landrush'), (2, 'acme', 'gold.rush', '', 'landrush'), (3, 'acme', 'gold.rush', 'A9999-DOS', 'landrush'), (4, 'acme', 'silver.rush', 'SV-1', 'landrush'),
             (5, 'beta', 'gold.rush', 'SV-1', 'landrush'), (6, 'acme', 'gold.rush', 'SV-1', 'sunrise'), (7, 'acme', 'gold.missing', 'SV-1', 'landrush'), (8, 'acme', 'gold.plain', 'SV-1', 'landrush'),
             (9, 'nobody', 'gold.rush', 'SV-1', 'landrush'), (10, 'acme', 'gold.rush', 'SV-1', 'landrush'), (11, 'acme', 'GOLD.rush.', 'SV-1', 'landrush')) AS t (n, actor, name, sv, phase)
ORDER BY t.n;
SELECT i.code, i.name, i.roid ~ '^D\d+-DOS$' AS roid, i.statuses, i.registrant, i.contacts, i.hosts, i.sponsor, i.creator, i.created_at, i.expires_at, i.has_auth, regexp_replace(i.extension::text, 'A\d+', 'A#') AS extension
  FROM dos.application_info('acme', 'gold.rush', extensions => meant('SV-1')) AS i;
SELECT i.hosts, test.would($$SELECT dos.application_info('acme', 'gold.rush', 'Wrong-auth-1', extensions => meant('SV-1'))$$) AS wrong, test.would($$SELECT dos.application_info('acme', 'gold.rush', 'Acme-gold-1', extensions => meant('SV-1'))$$) AS right
  FROM dos.application_info('acme', 'gold.rush', hosts => 'none', extensions => meant('SV-1')) AS i;

-- an update changes what the domain would be
SELECT t.n, test.would(format('SELECT dos.application_update(''acme'', ''gold.rush'', extensions => meant(''SV-1'')%s)', t.rest)) AS update
FROM (VALUES (1, ''), (2, ', add_statuses => ''{clientHold}'''), (3, ', urgent => true, rem_all_ds => true'), (4, ', add_hosts => ''{ns1.elsewhere.test}'''), (5, ', rem_hosts => ''{ns2.elsewhere.test}'''),
             (6, ', chg_registrant => ''BE-1'''), (7, ', chg_registrant => ''MISSING'''), (8, ', add_contacts => ''{owner:AC-1}'''), (9, ', chg_max_sig_life => 0'), (10, ', add_ds => ''{nonsense}''')) AS t (n, rest) ORDER BY t.n;
SELECT dos.application_update('acme', 'gold.rush', add_hosts => '{ns2.elsewhere.test}', rem_hosts => '{ns1.elsewhere.test}', add_contacts => '{admin:AC-2}', chg_registrant => 'AC-2', chg_auth => 'Acme-gold-2',
                              add_ds => ARRAY['1 13 2 ' || repeat('AB', 32)], svtrid => 'SV-6', extensions => meant('SV-1'));
SELECT i.registrant, i.contacts, i.hosts, i.ds, i.updater, i.updated_at, i.extension -> 'launch' ->> 'status' AS status FROM dos.application_info('acme', 'gold.rush', 'Acme-gold-2', extensions => meant('SV-1')) AS i;
SELECT test.would($$SELECT dos.contact_delete('acme', 'AC-1')$$) AS contact, test.would($$SELECT dos.host_delete('acme', 'ns1.elsewhere.test')$$) AS host, test.would($$SELECT dos.host_delete('acme', 'ns2.elsewhere.test')$$) AS other_host;
SELECT v.version, v.registrar, v.verb, v.image ->> 'status' AS status, v.image -> 'request' ? 'auth_hash' OR v.image ? 'auth_hash' AS secret FROM dos.object_versions('application', numbered('SV-1')) AS v;
-- without validation it stays valid, and nobody is told what it did itself
SELECT dos.application_update('acme', 'gold.free', chg_auth => 'Acme-free-1', extensions => meant('SV-5', 'custom', 'landrush'));
SELECT status FROM dos.application WHERE svtrid = 'SV-5';
SELECT count(*) FROM dos.poll_message;

-- withdrawn: it is gone, the money is back, to the cent, and its place is free
SELECT e.* FROM test.effect($$SELECT * FROM dos.application_delete('acme', 'gold.rush', svtrid => 'SV-7', extensions => meant('SV-1') || '{"fee": {}}')$$) AS e;
SELECT (dos.application_delete('acme', 'gold.rush', svtrid => 'SV-8', extensions => meant('SV-3') || '{"fee": {}}')).extension;
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.application_info('acme', 'gold.rush', extensions => meant('SV-3'))$$) AS o;
SELECT count(*) AS held FROM dos.name_applied WHERE name = 'gold.rush';
SELECT b.balance_minor FROM dos.account_balance AS b WHERE b.registrar = 'acme';
SELECT o.event, o.object_name, o.registrar, o.svtrid FROM dos.outbox AS o WHERE o.event = 'application.withdrawn' ORDER BY o.id;
SELECT * FROM dos.ledger_verify();

-- a token is spent by an application, and comes back with the money
SELECT count(*) FROM dos.token_create('rush', 1, 'token=ONLY-ONCE', 'percent=50');
SELECT (dos.domain_create('acme', 'token.rush', svtrid => 'SV-9', extensions => '{"launch": {"phase": "landrush"}, "token": "ONLY-ONCE"}')).code;
SELECT amount_minor FROM dos.application WHERE svtrid = 'SV-9';
SELECT test.would($$SELECT dos.domain_create('acme', 'token.rush', extensions => '{"launch": {"phase": "landrush"}, "token": "ONLY-ONCE"}')$$) AS again;
SELECT (dos.application_delete('acme', 'token.rush', extensions => meant('SV-9'))).code;
SELECT test.would($$SELECT dos.domain_create('acme', 'token.rush', extensions => '{"launch": {"phase": "landrush"}, "token": "ONLY-ONCE"}')$$) AS again, (SELECT count(*) FROM dos.token_use) AS uses;
