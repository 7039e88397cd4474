-- pg_dump and pg_restore into a fresh database give the same registry: every table row by row, every
-- sequence, and a registry that goes on from there.

\set QUIET on
SET client_min_messages = warning;
SET dos.clock = '2026-04-03T10:00:00Z';
-- a registry with something in every corner
CREATE SCHEMA policy;
CREATE FUNCTION policy.no_digits(c jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
    IF c ->> 'name' ~ '[0-9]' THEN
        PERFORM dos.refuse('policy_no_digits', 'digits are not welcome');
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION policy.count() RETURNS bigint LANGUAGE sql AS $$ SELECT 0::bigint $$;
SELECT test.registrar('acme') > 0 AS acme, test.registrar('bolt', 500, 'EUR') > 0 AS bolt,
       test.zone('example') > 0 AS example,
       test.zone('test', 'registrant_required=false', 'contacts_required={}', 'host_model=attribute', 'add_grace=3 days') > 0 AS test;
SELECT dos.registrar_password('acme', 'A-long-pass-word-1') IS NOT NULL AS password;
INSERT INTO dos.registrar_certificate (registrar_id, fingerprint) SELECT id, repeat('0a', 32) FROM dos.registrar WHERE clid = 'acme';
SELECT code FROM dos.epp_login('acme', 'wrong', certificate => repeat('0a', 32), address => '192.0.2.1');
UPDATE dos.epp_setting SET password_history = 3;
SELECT dos.registrar_password('acme', 'Another-Secret-1') FROM generate_series(1, 2);
INSERT INTO dos.registrar_lockout (registrar_id, failures) SELECT id, 1 FROM dos.registrar WHERE clid = 'acme';
INSERT INTO dos.registrar_login (registrar_id, last_at) SELECT id, dos.now() FROM dos.registrar WHERE clid = 'acme';
INSERT INTO dos.epp_service (uri, kind, private) VALUES ('urn:x:own-1.0', 'extension', true);
INSERT INTO dos.epp_service_grant SELECT 'urn:x:own-1.0', id FROM dos.registrar WHERE clid = 'acme';
INSERT INTO dos.epp_rate (registrar_id, class, per_minute, burst) SELECT id, 'check', 60, 10 FROM dos.registrar WHERE clid = 'acme';
INSERT INTO dos.epp_usage SELECT '2026-04-03', id, 'check', 1, 0, 0 FROM dos.registrar WHERE clid = 'acme';
INSERT INTO dos.epp_text (language, key, text) VALUES ('fr', '1000', 'Fait');
INSERT INTO dos.maintenance (systems, starts_at, ends_at) VALUES ('[{"name": "EPP", "impact": "full"}]', '2026-05-01', '2026-05-02');
SELECT test.contact('acme', 'AC-1'), test.contact('acme', 'AC-2');
SELECT id FROM dos_internal.audit_put('zone', 'zone', 'example', 'a reason');
SELECT dos_internal.history_partition() AS months;
SELECT dos.poll_switch('acme', 'domain.expiring', false);
SELECT dos.poll_send('{acme}', 'Hello.', 'a word');
SELECT code FROM dos.poll_ack('acme', (SELECT max(m.id) FROM dos.poll_message AS m));
SELECT dos.registrar_portfolio_move('bolt', 'acme', 'bolt ends', 'Ann Officer') AS portfolio;
UPDATE dos.portfolio_move SET running = false;
SELECT (dos.host_create('acme', 'ns1.elsewhere.net', '{}', 'cl', 'TEST-host')).code;
SELECT (dos.domain_create('acme', 'one.example', 2, hosts => '{ns1.elsewhere.net}', registrant => 'AC-1', contacts => '{admin:AC-1,tech:AC-2}',
                          auth => 'Secret-1!', ds => ARRAY['12345 13 2 ' || repeat('AB', 32)], cltrid => 'cl', svtrid => 'TEST-1')).code;
SELECT (dos.domain_create('acme', 'two.test', 1, host_attrs => '{ns.two.test 192.0.2.1 2001:db8::1}', svtrid => 'TEST-3')).code;
SELECT (dos.domain_renew('acme', 'one.example', '2028-04-03', 1, svtrid => 'TEST-4')).code;
-- a transfer that pends, with its messages
SELECT test.registrar('coil') > 0 AS coil;
UPDATE dos.zone SET transfer_lock = '0';
SELECT (dos.domain_transfer_request('coil', 'one.example', 'Secret-1!', svtrid => 'TEST-6')).code;
SELECT dos.zone_record_set('test', 'test', 'TXT', '{"version 1"}');
SELECT dos.zone_ttl_set('test', 'NS', 300, 86400);
SELECT (dos.org_create('acme', 'resell-1', '{"roles":[{"type":"reseller"}]}')).code;
INSERT INTO dos.zone_guard (zone_id, guard, detail, released_at) SELECT z.id, 'changes', 'once', dos.now() FROM dos.zone AS z WHERE z.name = 'test';
SELECT dos.job_run('zone_publish') >= 0 AS published;
SELECT dos.hook_add('check', 'domain', 'create', 'policy.no_digits') > 0 AS hook;
INSERT INTO dos.job (name, function, every) VALUES ('own_job', 'policy.count()', '1 day');
SELECT dos.zone_state_set('test', 'sunrise', 'general 2026-01-01T00:00Z'),
       dos.phase_create('test', 'general', 'open', '2026-01-01T00:00Z') > 0 AS phase,
       dos.reserved_list_create('own', 'reserved', '{test}', '{^own}') > 0 AS list, dos.reserved_add('own', 'gold'),
       dos.reserved_release_add('test', 'gold'), dos.reserved_override_grant('silver.test', (SELECT min(clid) FROM dos.registrar), 'as agreed') > 0 AS override;
SELECT dos.phase_create('test', 'landrush', 'landrush', '2026-04-01T00:00Z', '2026-06-01T00:00Z', 'mode=application') > 0 AS landrush,
       (dos.domain_create('acme', 'wished.test', 1, svtrid => 'TEST-A', extensions => '{"launch": {"phase": "landrush"}}')).code AS applied;
UPDATE dos.job SET every = '3 seconds' WHERE name = 'zone_publish';
INSERT INTO dos.job_setting (name, enabled) VALUES ('own_job', false);
INSERT INTO dos.country (code) VALUES ('XK');
-- prices of every kind, which the commands below do not meet
SELECT dos.price_class_set('example', 'gold', '{restore}', true), dos.price_group_set('big', 'acme');
SELECT dos.price_set('example', 'create', 1, 'USD', 900, '(,2020-01-01)', price_group => 'big'), dos.early_access_set('example', 'USD', '2020-04-01', '1 day', 500, 100), dos.fee_set('example', 'levy', '{create}', 'USD', 3, valid => '(,2020-01-01)');
INSERT INTO dos.expiry_access (zone_id, currency, first_minor, last_minor) SELECT z.id, 'USD', 5, 1 FROM dos.zone AS z WHERE z.name = 'example';
INSERT INTO dos.price_policy (zone_id, rounding) SELECT z.id, 'up' FROM dos.zone AS z WHERE z.name = 'example';
INSERT INTO dos.price_alarm (zone_id, what) SELECT z.id, 'create 1y' FROM dos.zone AS z WHERE z.name = 'example';
INSERT INTO dos.price_own (domain_id, registrar_id, currency, amount_minor) VALUES (99, 1, 'USD', 700);
INSERT INTO dos.promotion (name, percent, quota, valid) VALUES ('spring', 10, 5, '(,2020-01-01)');
INSERT INTO dos.promotion_use (promotion_id, used) SELECT p.id, 1 FROM dos.promotion AS p;
SELECT dos.premium_list_set('example', 'words') > 0 AS words, dos.premium_pattern_set('example', 'words', '^never$', 'gold') > 0 AS pattern;
SELECT dos.premium_set('example', 'words', 'never-asked', 'gold'), dos.premium_optout('bolt', 'example');
SELECT dos.exchange_rate_set('EUR', 'USD', 1.1) > 0 AS rate;
SELECT t FROM dos.token_create('example', 1, 'token=OPEN-1') AS t;
INSERT INTO dos.token_automatic (token_id, registrar_id) SELECT t.id, (SELECT r.id FROM dos.registrar AS r WHERE r.clid = 'bolt') FROM dos.token AS t;
INSERT INTO dos.token_use (token_id, registrar_id, command, object_name) SELECT t.id, 1, 'create', 'a.example' FROM dos.token AS t;
SELECT amount FROM dos.quote_make('acme', 'quoted.example', 'create');
SELECT length(dos.package_create('bolt', 'starter', 10, 5, 0, 'USD', 'example')) AS package;
SELECT dos.registrar_contact_set('acme', 'technical', 'Tess');
UPDATE dos.zone SET kind = 'country', idn = true, emoji = 'alone' WHERE name = 'test';
SELECT dos.zone_emoji_allow('test', '☕');
-- variants that belong together, names that are interrupted
INSERT INTO dos.variant_policy (zone_id, restore) SELECT z.id, 'alone' FROM dos.zone AS z WHERE z.name = 'example';
INSERT INTO dos.domain_variant (name, original) VALUES ('two.example', 'one.example');
SELECT dos.interruption_begin('example', labels => '{collision}') > 0 AS interrupted;
-- what the public reads, what is deposited and reported, what is held back
SELECT dos.zone_config_apply('example', '{"directory": [{"name": "profile", "value": "basic"}], "disclosure": [{"role": "registrant", "field": "email", "show": true}], "escrow": [{"thin_day": 3}], "reports": [{}],
    "whois_lines": [{"position": 1, "item": "text", "label": "Hello"}]}', 'in a document') AS changes;
SELECT dos.nndn_add('held.example', 'withheld', 'one.example'), dos.drop_block_add('one.example', 'a court said so') AS blocked, dos.idn_table_load('az', 'U+0061..U+007A') > 0 AS idn;
INSERT INTO dos.name_server_total (server, zone_id, kind, total) SELECT 'ns1', z.id, 'dns-udp-queries-received', 5 FROM dos.zone AS z WHERE z.name = 'example';
-- money on paper
INSERT INTO dos.ledger_setting (two_persons) VALUES (true);
SELECT dos.ledger_propose('correction', 'acme', 'USD', 5, 'goodwill', 'COR-1') > 0 AS proposed;
INSERT INTO dos.account_low (account_id) SELECT a.id FROM dos.account AS a JOIN dos.registrar AS r ON r.id = a.registrar_id WHERE r.clid = 'bolt';
INSERT INTO dos.tax_rule (rate) VALUES (0);
INSERT INTO dos.invoice_customer (registrar_id, country) SELECT r.id, 'US' FROM dos.registrar AS r;
SELECT count(*) >= 0 AS invoiced FROM dos.invoice_run('2026-03-01');
SELECT dos_internal.invoice_number('X-');
SELECT dos.operator_create('second', 'currency=EUR') > 1 AS operator, dos.account_open('acme', 'EUR', operator => 'second') > 0 AS account;
INSERT INTO dos.invoice (number, account_id, operator, registrar, name, country, currency, period, billing, net_minor, tax_minor, total_minor, tax_rule_id, tax_rate, tax_included, reverse_charge, tax_note)
VALUES ('X-000001', 1, 'registry', 'acme', 'Acme', 'US', 'USD', '[2026-02-01,2026-03-01)', 'prepaid', 0, 0, 0, 1, 0, false, false, '');
INSERT INTO dos.invoice_line (number, entry_id, amount_minor) VALUES ('X-000001', 999999, 0);
SELECT dos.outbox_reader_create('slow', true), dos.outbox_reader_create('quick');
SELECT count(dos.outbox_ack('slow', id)) FROM dos.outbox_read('slow', 2);
-- more to publish and to read; with the lowest number a mark can have, which restored zones take, too
ALTER TABLE dos.dns_dirty ALTER COLUMN id RESTART;
SELECT (dos.domain_create('acme', 'three.test', 1, host_attrs => '{ns.elsewhere.net}', svtrid => 'TEST-5')).code;
-- a deposit on its way, and an import that is half loaded
INSERT INTO dos.escrow_deposit (zone_id, zone, type, deposit_id, watermark, state) SELECT id, name, 'FULL', '20260301001', '2026-03-01Z', 'written' FROM dos.zone WHERE name = 'test';
INSERT INTO dos.escrow_delivery (deposit_id, attempts, next_at, error) SELECT id, 2, '2026-03-01T00:04:00Z', 'no answer' FROM dos.escrow_deposit;
INSERT INTO dos.escrow_part (import_id, phase, first_id, last_id) SELECT dos.escrow_import_begin('test', 'file'), 4, 1, 1000;
GRANT USAGE ON SCHEMA dos TO dos_rdds WITH GRANT OPTION;

-- what the registry is: a digest of every table that is dumped, and every sequence
CREATE FUNCTION test.contents() RETURNS TABLE (name text, rows text, digest text) LANGUAGE plpgsql AS $$
DECLARE
    t regclass;
BEGIN
    FOR t IN SELECT unnest(extconfig)::regclass FROM pg_extension WHERE extname = 'dos' ORDER BY 1::text LOOP
        name := t;
        IF (SELECT relkind = 'S' FROM pg_class WHERE oid = t) THEN
            EXECUTE format('SELECT last_value, is_called FROM %s', t) INTO rows, digest;
        ELSE
            EXECUTE format('SELECT count(*), md5(string_agg(x::text, E''\n'' ORDER BY x::text)) FROM %s AS x', t) INTO rows, digest;
        END IF;
        RETURN NEXT;
    END LOOP;
END $$;
SELECT count(*) FILTER (WHERE rows::int > 0 AND digest <> 'f') > 25 AS something_everywhere FROM test.contents();
SELECT name AS empty_tables FROM test.contents() WHERE rows = '0' ORDER BY name;

\set source :DBNAME
\set copy :DBNAME _copy
\setenv SOURCE :source
\setenv COPY :copy
CREATE DATABASE :copy;
\! pg_dump -Fc "$SOURCE" | pg_restore --exit-on-error -d "$COPY" && echo restored
CREATE TEMPORARY TABLE original AS SELECT * FROM test.contents();
CREATE TEMPORARY TABLE restored (name text, rows text, digest text);
\copy restored FROM PROGRAM 'psql -XAtq -F , -c "SELECT * FROM test.contents()" "$COPY"' CSV
SELECT count(*) > 40 AS compared FROM restored;
-- the queue of the publisher may be longer: restored zones are marked for publication, which changes nothing
SELECT coalesce(o.name, r.name) AS different, o.rows, r.rows AS restored_rows
  FROM original AS o FULL JOIN restored AS r USING (name)
 WHERE (o.rows, o.digest) IS DISTINCT FROM (r.rows, r.digest) AND o.name NOT LIKE 'dos.dns_dirty%' ORDER BY 1;

-- and it goes on
\c :copy
SET client_min_messages = warning;
SET dos.clock = '2026-04-04T10:00:00Z';
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.domain_create('acme', 'no1.test', 1, svtrid => 'TEST-6')$$) AS o;
SELECT (dos.domain_create('acme', 'four.test', 1, host_attrs => '{ns.elsewhere.net}', svtrid => 'TEST-7')).code;
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.domain_create('acme', 'one.example', 1, svtrid => 'TEST-8')$$) AS o;
SELECT (dos.domain_info('acme', 'one.example', 'Secret-1!', NULL, 'all')).ds IS NOT NULL AS info;
SELECT dos.application_reject(a.number, 'for the test') FROM dos.application AS a WHERE a.name = 'wished.test';
SELECT * FROM dos.ledger_verify();
SELECT dos.job_run('zone_publish') > 0 AS published;
SELECT count(*) AS queued FROM dos.dns_dirty;
SELECT z.name, v.* FROM dos.zone AS z, dos.zone_verify(z.name) AS v;
SELECT name, every, own FROM dos.job WHERE name IN ('own_job', 'zone_publish', 'domain_advance') ORDER BY name;
SELECT name, enabled FROM dos.job_status WHERE name = 'own_job';
SELECT string_agg(object_name, ' ') AS slow FROM dos.outbox_read('slow');
SELECT string_agg(object_name, ' ') AS quick FROM dos.outbox_read('quick');
SELECT has_schema_privilege('dos_rdds', 'dos', 'USAGE WITH GRANT OPTION') AS grants_came_along;

\c :source
SET client_min_messages = warning;
DROP DATABASE :copy;
