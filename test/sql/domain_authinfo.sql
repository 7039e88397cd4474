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
