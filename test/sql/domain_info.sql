-- domain check and info (RFC 5731 sections 3.1.1 and 3.1.2): who sees what, and which hosts.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('other'), test.zone('example', 'contacts_required={}') > 0 AS zone;
SELECT test.contact('acme', 'AC-1'), test.contact('acme', 'AC-2'), test.contact('other', 'OT-1');
SELECT (dos.domain_create('acme', 'a.example', registrant => 'AC-1', contacts => '{tech:AC-2,admin:AC-1}', auth => 'Secret-1',
                          ds => ARRAY['1 13 2 ' || repeat('AB', 32)], max_sig_life => 600)).code;
SELECT (dos.domain_create('other', 'b.example', registrant => 'OT-1', auth => 'Secret-2')).code;
SELECT count(dos.host_create('acme', h.name, h.addresses::inet[])) FROM (VALUES ('ns1.a.example', '{192.0.2.1}'), ('ns2.a.example', '{192.0.2.2}'), ('ns1.elsewhere.test', '{}')) AS h (name, addresses);
SET dos.clock = '2026-04-04T00:00:00Z';
SELECT * FROM dos.domain_update('acme', 'a.example', add_hosts => '{ns1.elsewhere.test,ns1.a.example}');

-- many names in one call, in the order asked; a bad one is an answer, not an error
SELECT * FROM dos.domain_check('other', ARRAY['a.example', 'A.EXAMPLE.', 'free.example', 'a_b.example', '', 'a.nowhere', 'example', 'x.y.example', 'ab--c.example', 'free.example', NULL]);
SELECT count(*), bool_and(c.available) FROM dos.domain_check('acme', ARRAY(SELECT 'n' || n || '.example' FROM generate_series(1, 50) AS n)) AS c;
SELECT max(length(c.reason)) <= 32 AS short FROM dos.domain_check('acme', ARRAY['a.example', 'a_b.example', 'a.nowhere', 'ab--c.example']) AS c;
SELECT count(*) FROM dos.domain_check('acme', '{}');
-- many registrars in one call: the same rows, one after the other; one that may not act spoils the call for all
SELECT * FROM test.outcome($$SELECT * FROM dos.domain_checks('{acme,nobody}', '{"{a.example}","{a.example}"}', '{NULL,NULL}')$$);
SELECT * FROM test.outcome($$SELECT * FROM dos.domain_checks('{acme}', '{}', '{NULL}')$$);
SELECT * FROM test.outcome($$SELECT * FROM dos.domain_checks('{acme}', '{"{a"}', '{NULL}')$$);
SELECT * FROM test.outcome($$SELECT * FROM dos.domain_checks('{NULL}', '{"{a}"}', '{NULL}')$$);
SELECT * FROM dos.domain_checks('{other,acme,acme,other}', ARRAY['{a.example,free.example,NULL,a_b.example}', '{}', '{b.example,a.example,ab--c.example}', '{x.nowhere}'],
                                ARRAY[NULL, NULL, '{"launch": {"type": "avail", "phase": "open"}}', NULL]::jsonb[]);

-- who may see, and how much
CREATE FUNCTION looked(registrar text, name text, auth text, roid text)
RETURNS TABLE (code text, reason text, element text, sponsor text, registrant text, contacts text[], creator text, updater text, has_auth boolean) LANGUAGE plpgsql AS $$
BEGIN
    SELECT o.code, o.reason, o.element INTO code, reason, element FROM test.outcome(format('SELECT dos.domain_info(%L, %L, %L, %L)', registrar, name, auth, roid)) AS o;
    IF code = '1000' THEN
        SELECT i.sponsor, i.registrant, i.contacts, i.creator, i.updater, i.has_auth INTO sponsor, registrant, contacts, creator, updater, has_auth
          FROM dos.domain_info(registrar, name, auth, roid) AS i;
    END IF;
    RETURN NEXT;
END $$;
SELECT t.what, l.*
FROM (VALUES
    (1, 'not a name',               'acme', 'a_b.example', NULL, NULL),
    (2, 'unknown',                  'acme', 'z.example', NULL, NULL),
    (3, 'sponsor, wrong code',      'acme', 'a.example', 'secret-1', NULL),
    (4, 'another, wrong code',      'other', 'a.example', 'Secret-2', NULL),
    (5, 'another, right code, wrong roid', 'other', 'a.example', 'Secret-1', 'D999-DOS'),
    (6, 'another',                  'other', 'a.example', NULL, NULL),
    (7, 'another, empty code',      'other', 'a.example', '', NULL),
    (8, 'another, right code',      'other', 'A.example', 'Secret-1', NULL),
    (9, 'sponsor',                  'acme', 'a.example', NULL, NULL),
    (10, 'sponsor, right code',     'acme', 'a.example', 'Secret-1', NULL)) AS t (n, what, registrar, name, auth, roid)
CROSS JOIN looked(t.registrar, t.name, t.auth, t.roid) AS l
ORDER BY t.n;
SELECT o.code FROM test.outcome(format('SELECT dos.domain_info(''other'', ''a.example'', ''Secret-1'', %L)', (SELECT roid FROM dos.domain WHERE name = 'a.example'))) AS o;

-- which hosts
SELECT t.hosts AS asked, i.hosts, i.host_attrs, i.subordinate_hosts
FROM (VALUES (1, 'all'), (2, 'del'), (3, 'sub'), (4, 'none'), (5, NULL)) AS t (n, hosts), dos.domain_info('acme', 'a.example', hosts => t.hosts) AS i ORDER BY t.n;
SELECT statuses, rgp_statuses, rgp_ends_at, ds, keys, max_sig_life, created_at, updated_at, expires_at, transferred_at FROM dos.domain_info('acme', 'a.example');
-- several grace periods at once, each with its own end; another registrar sees them, too
BEGIN;
SELECT (dos.domain_renew('acme', 'a.example', '2027-04-03', svtrid => 'DOS-R')).code;
SELECT r.status, r.ends_at, r.ends_at - dos.now() AS left FROM dos.domain_info('acme', 'a.example') AS i, unnest(i.rgp_statuses, i.rgp_ends_at) AS r (status, ends_at);
SELECT i.rgp_ends_at = s.rgp_ends_at AS as_the_state_says FROM dos.domain AS d, dos.domain_info('other', d.name) AS i, dos_internal.domain_state(d, dos.now()) AS s WHERE d.name = 'a.example';
ROLLBACK;

-- many infos in one call: a row for each name, empty where the verb itself must be asked; one that may not act spoils the call for all
SELECT * FROM test.outcome($$SELECT * FROM dos.domain_infos('{acme,nobody}', '{"{a.example}","{a.example}"}')$$);
SELECT * FROM test.outcome($$SELECT * FROM dos.domain_infos('{acme}', '{}')$$);
SELECT * FROM test.outcome($$SELECT * FROM dos.domain_infos('{acme}', '{"{a"}')$$);
SELECT * FROM test.outcome($$SELECT * FROM dos.domain_infos('{NULL}', '{"{a}"}')$$);
SELECT * FROM test.outcome($$SELECT * FROM dos.domain_infos('{acme}', '{NULL}')$$);
SELECT count(*) FROM dos.domain_infos('{}', '{}');
SELECT i.code, i.name, i.sponsor, i.registrant, i.contacts, i.hosts, i.subordinate_hosts, i.updater
  FROM dos.domain_infos('{other,acme,acme,other}', ARRAY['{a.example,free.example,NULL,a_b.example}', '{}', '{b.example,A.EXAMPLE}', '{""}']) AS i;

-- a name that is gone by the clock does not exist for anybody
UPDATE dos.zone SET autorenew = false;
SET dos.clock = '2027-05-07T23:59:59.999Z';
SELECT c.available, test.would($$SELECT dos.domain_info('acme', 'b.example')$$) AS info, (dos.domain_state('b.example')).registered FROM dos.domain_check('acme', '{b.example}') AS c;
SET dos.clock = '2027-05-08T00:00:00Z';
SELECT c.available, test.would($$SELECT dos.domain_info('acme', 'b.example')$$) AS info, (dos.domain_state('b.example')).registered FROM dos.domain_check('acme', '{b.example}') AS c;
SELECT dos.job_run('domain_advance');
SELECT c.available, test.would($$SELECT dos.domain_info('acme', 'b.example')$$) AS info, (dos.domain_state('b.example')).registered FROM dos.domain_check('acme', '{b.example}') AS c;
