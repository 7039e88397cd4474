-- Who may do what: the gateways' roles may execute their functions and nothing else; PUBLIC has nothing.
CREATE VIEW member AS
    SELECT d.classid, d.objid FROM pg_depend AS d JOIN pg_extension AS e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass
     WHERE d.deptype = 'e' AND e.extname = 'dos';

-- whole: what each gateway may execute
SELECT p.proname AS function, string_agg(r.rolname, ' ' ORDER BY r.rolname) AS roles
FROM member AS m JOIN pg_proc AS p ON p.oid = m.objid AND m.classid = 'pg_proc'::regclass
JOIN pg_roles AS r ON r.rolname IN ('dos_epp', 'dos_rdds', 'dos_dns', 'dos_escrow') AND has_function_privilege(r.oid, p.oid, 'EXECUTE')
GROUP BY p.oid, p.proname ORDER BY 2, 1;

-- each of them is SECURITY DEFINER with a search path nobody else can write to
SELECT p.oid::regprocedure AS unsafe
FROM member AS m JOIN pg_proc AS p ON p.oid = m.objid AND m.classid = 'pg_proc'::regclass
WHERE (EXISTS (SELECT FROM pg_roles AS r WHERE r.rolname IN ('dos_epp', 'dos_rdds', 'dos_dns', 'dos_escrow') AND has_function_privilege(r.oid, p.oid, 'EXECUTE')) OR p.prosecdef)
  AND NOT (p.prosecdef AND coalesce('search_path=pg_catalog, pg_temp' = ANY (p.proconfig), false));

-- nobody else: no table, view, sequence, no internal function, not for the gateways and not for PUBLIC
CREATE ROLE nobody_in_particular;
SELECT r.rolname, c.oid::regclass AS relation
FROM member AS m JOIN pg_class AS c ON c.oid = m.objid AND m.classid = 'pg_class'::regclass
JOIN pg_roles AS r ON r.rolname IN ('dos_epp', 'dos_rdds', 'dos_dns', 'dos_escrow', 'nobody_in_particular')
WHERE (c.relkind IN ('r', 'v', 'm', 'p') AND has_table_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER'))
   OR (c.relkind = 'S' AND has_sequence_privilege(r.oid, c.oid, 'SELECT, UPDATE, USAGE'));
-- columns: what dos-escrow copies a deposit into, by column, and nothing but INSERT
SELECT a.grantee::regrole AS role, a.privilege_type AS may, c.attrelid::regclass AS relation, count(*) AS columns, count(*) = (SELECT count(*) FROM pg_attribute AS o WHERE o.attrelid = c.attrelid AND o.attnum > 0) AS whole
FROM member AS m JOIN pg_attribute AS c ON c.attrelid = m.objid AND m.classid = 'pg_class'::regclass CROSS JOIN LATERAL aclexplode(c.attacl) AS a
GROUP BY 1, 2, c.attrelid ORDER BY 1, 2, 3;
SELECT r.rolname, p.oid::regprocedure AS function
FROM member AS m JOIN pg_proc AS p ON p.oid = m.objid AND m.classid = 'pg_proc'::regclass
JOIN pg_roles AS r ON r.rolname IN ('dos_epp', 'dos_rdds', 'dos_dns', 'dos_escrow') AND p.pronamespace = 'dos_internal'::regnamespace OR r.rolname = 'nobody_in_particular'
WHERE has_function_privilege(r.oid, p.oid, 'EXECUTE');
SELECT r.rolname, n.nspname FROM pg_namespace AS n, pg_roles AS r
WHERE n.nspname IN ('dos', 'dos_internal') AND r.rolname IN ('dos_epp', 'dos_rdds', 'dos_dns', 'dos_escrow', 'nobody_in_particular') AND has_schema_privilege(r.oid, n.oid, 'USAGE, CREATE')
ORDER BY 2, 1;
SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolcanlogin, rolbypassrls FROM pg_roles WHERE rolname IN ('dos_epp', 'dos_rdds', 'dos_dns', 'dos_escrow') ORDER BY 1;

-- as the EPP gateway: every verb of EPP answers, and nothing can be looked at otherwise
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.thin_zone('example') > 0 AS zone;
SELECT dos.registrar_password('acme', 'Secret-1');
UPDATE dos.epp_setting SET certificate_required = false;
GRANT USAGE ON SCHEMA test TO dos_epp;
SET ROLE dos_epp;
SELECT t.verb, o.code, o.reason
FROM (VALUES
    (1, 'greeting',        $$SELECT 1000 AS code, server_id FROM dos.epp_greeting()$$),
    (2, 'login',           $$SELECT * FROM dos.epp_login('acme', 'Secret-1', 'Secret-2')$$),
    (3, 'contact create',  $$SELECT dos.contact_create('acme', 'AC-1', ARRAY['Ann', NULL, NULL, NULL, NULL, 'Paris', NULL, NULL, 'FR'], email => 'a@b.test')$$),
    (4, 'contact check',   $$SELECT 1000 AS code, * FROM dos.contact_check('acme', '{AC-1}')$$),
    (5, 'contact info',    $$SELECT dos.contact_info('acme', 'AC-1')$$),
    (6, 'contact update',  $$SELECT * FROM dos.contact_update('acme', 'AC-1', voice => '+1.5')$$),
    (7, 'domain create',   $$SELECT dos.domain_create('acme', 'a.example', registrant => 'AC-1')$$),
    (8, 'host create',     $$SELECT dos.host_create('acme', 'ns.a.example', '{192.0.2.1}')$$),
    (9, 'host check',      $$SELECT 1000 AS code, * FROM dos.host_check('acme', '{ns.a.example}')$$),
    (10, 'host info',      $$SELECT dos.host_info('acme', 'ns.a.example')$$),
    (11, 'host update',    $$SELECT * FROM dos.host_update('acme', 'ns.a.example', add_addresses => '{192.0.2.2}')$$),
    (12, 'domain check',   $$SELECT 1000 AS code, * FROM dos.domain_check('acme', '{a.example}')$$),
    (13, 'domain info',    $$SELECT dos.domain_info('acme', 'a.example')$$),
    (14, 'domain update',  $$SELECT * FROM dos.domain_update('acme', 'a.example', add_hosts => '{ns.a.example}')$$),
    (15, 'domain renew',   $$SELECT dos.domain_renew('acme', 'a.example', '2027-04-03')$$),
    (16, 'host delete',    $$SELECT * FROM dos.host_delete('acme', 'ns.a.example')$$),
    (17, 'domain delete',  $$SELECT * FROM dos.domain_delete('acme', 'a.example')$$),
    (18, 'contact delete', $$SELECT * FROM dos.contact_delete('acme', 'AC-1')$$),
    (20, 'read a table',   $$SELECT * FROM dos.registrar$$),
    (21, 'read a view',    $$SELECT * FROM dos.account_balance$$),
    (22, 'write a table',  $$DELETE FROM dos.domain$$),
    (23, 'take an id',     $$SELECT nextval('dos.domain_id_seq')$$),
    (24, 'an internal function', $$SELECT dos_internal.registrar_find('acme')$$),
    (25, 'a DBA''s function', $$SELECT dos.account_deposit('acme', 'USD', 100, 'x')$$),
    (26, 'the clock',      $$SELECT set_config('dos.clock', '2030-01-01', false)$$),
    (27, 'another gateway''s function', $$SELECT dos.whois('a.example')$$)) AS t (n, verb, command),
    test.outcome(t.command) AS o ORDER BY t.n;
RESET ROLE;
DROP ROLE nobody_in_particular;
