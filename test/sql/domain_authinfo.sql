-- Authorization information (RFC 9154): strength and lifetime are policy of the zone; empty opens nothing; a transfer clears it.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('beta');
SELECT test.thin_zone('strict') > 0 AS strict, test.thin_zone('lax') > 0 AS lax;
UPDATE dos.zone SET auth_length_min = 12, auth_classes_min = 3, auth_life = '7 days', transfer_lock = '0' WHERE name = 'strict';
UPDATE dos.zone SET transfer_lock = '0', transfer_pending = '0' WHERE name IN ('strict', 'lax');

-- strength, at create and at update
SELECT t.auth, c.code AS create_code, c.reason, c.element, u.code AS update_code, u.reason
FROM (VALUES (1, 'Abcdefghij1'), (2, 'Abcdefghijk1'), (3, 'abcdefghijk1'), (4, 'abcdefghijklmnopqrstuvwxyz'), (5, 'abc-efghijk1'), (6, 'ABCDEFGHIJ-1'), (7, '')) AS t (n, auth),
     test.outcome(format('SELECT code FROM dos.domain_create(''acme'', ''a%s.strict'', auth => %L)', t.n, t.auth)) AS c,
     test.outcome('SELECT code FROM dos.domain_create(''acme'', ''x' || t.n || '.strict'')') AS x,
     test.outcome(format('SELECT code FROM dos.domain_update(''acme'', ''x%s.strict'', chg_auth => %L)', t.n, t.auth)) AS u ORDER BY t.n;
SELECT code AS another_zone FROM dos.domain_create('acme', 'a.lax', auth => 'x');

-- lifetime: to the millisecond; the same answer as for a wrong one; an update starts it again; a zone without has none
CREATE FUNCTION opens(clock text, name text, auth text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('dos.clock', clock, false);
    RETURN QUERY SELECT concat_ws(' ', o.code, o.reason) FROM test.outcome(format('SELECT code FROM dos.domain_info(''beta'', %L, auth => %L)', name, auth)) AS o;
END $$;
SELECT t.*, opens(t.clock, t.name, t.auth) FROM (VALUES
    (1, '2026-04-03T00:00:00Z', 'a2.strict', 'Abcdefghijk1'),
    (2, '2026-04-09T23:59:59.999Z', 'a2.strict', 'Abcdefghijk1'),
    (3, '2026-04-10T00:00:00Z', 'a2.strict', 'Abcdefghijk1'),
    (4, '2026-04-10T00:00:00Z', 'a2.strict', 'wrong'),
    (5, '2027-01-01T00:00:00Z', 'a.lax', 'x')) AS t (n, clock, name, auth) ORDER BY t.n;
SET dos.clock = '2026-04-10T00:00:00Z';
SELECT o.code, o.reason FROM test.outcome('SELECT code FROM dos.domain_transfer_request(''beta'', ''a2.strict'', ''Abcdefghijk1'')') AS o;
SELECT o.code, o.reason FROM test.outcome('SELECT code FROM dos.domain_transfer_query(''beta'', ''a2.strict'', ''Abcdefghijk1'')') AS o;
SELECT code FROM dos.domain_update('acme', 'a2.strict', chg_auth => 'Lmnopqrstuv2');
SELECT opens('2026-04-16T23:59:59Z', 'a2.strict', 'Lmnopqrstuv2') AS renewed, opens('2026-04-16T23:59:59Z', 'a2.strict', 'Abcdefghijk1') AS the_old_one;

-- empty opens nothing; a transfer clears it, for the one who knew it, too
SELECT o.code, o.reason FROM test.outcome('SELECT code FROM dos.domain_transfer_request(''beta'', ''x7.strict'', '''')') AS o;
SELECT o.code, o.reason FROM test.outcome('SELECT code FROM dos.domain_transfer_request(''beta'', ''x7.strict'', ''anything'')') AS o;
SELECT o.code, o.reason FROM test.outcome('SELECT code FROM dos.domain_transfer_request(''beta'', ''a2.strict'', ''Lmnopqrstuv2'')') AS o;
SELECT o.code, o.reason FROM test.outcome('SELECT code FROM dos.domain_info(''acme'', ''a2.strict'', auth => ''Lmnopqrstuv2'')') AS o;
SELECT count(*) AS kept_in_clear FROM dos.domain AS d WHERE d::text ~ 'Lmnopqrstuv2|Abcdefghijk1';

-- the registrant's secret, named by its ROID, opens a domain where the zone says so, and no other contact's does
SELECT test.zone('thick', 'contacts_required={}', 'transfer_lock=0') > 0 AS thick, test.zone('shared', 'contacts_required={}', 'transfer_lock=0', 'auth_registrant=true') > 0 AS shared;
SELECT test.contact('acme', 'holder'), test.contact('acme', 'tech');
SELECT code FROM dos.domain_create('acme', 'a.thick', registrant => 'holder', contacts => '{tech:tech}', auth => 'Own-Secret-1');
SELECT code FROM dos.domain_create('acme', 'a.shared', registrant => 'holder', contacts => '{tech:tech}', auth => 'Own-Secret-1');
SELECT d.name, t.auth, t.of, i.code AS info, i.reason, q.code AS request, q.reason
FROM (VALUES (1, 'Own-Secret-1', NULL), (2, 'Own-Secret-1', 'domain'), (3, 'Own-Secret-1', 'holder'), (4, 'Auth-holder!1', NULL), (5, 'Auth-holder!1', 'domain'),
             (6, 'Auth-tech!1', 'tech'), (7, 'Auth-tech!1', 'holder'), (8, '', 'holder'), (9, 'Auth-holder!1', 'holder')) AS t (n, auth, of),
     (VALUES ('a.thick'), ('a.shared')) AS d (name),
     LATERAL (SELECT CASE t.of WHEN 'domain' THEN (SELECT o.roid FROM dos.domain AS o WHERE o.name = d.name)
                               ELSE (SELECT c.roid FROM dos.contact AS c WHERE c.handle = t.of) END AS roid) AS r,
     LATERAL test.outcome(format('SELECT code FROM dos.domain_info(''beta'', %L, auth => %L, auth_roid => %L)', d.name, t.auth, r.roid)) AS i,
     LATERAL test.outcome(format('SELECT code FROM dos.domain_transfer_request(''beta'', %L, %L, %L)', d.name, t.auth, r.roid)) AS q
ORDER BY d.name, (t.of, t.auth) IN (('holder', 'Auth-holder!1'), ('domain', 'Own-Secret-1')), t.n;
