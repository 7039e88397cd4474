-- Sessions over several gateways: limits, gateways that vanish, sessions ended from SQL, shares of rates.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('beta');
SELECT dos.registrar_password('acme', 'Secret-1'), dos.registrar_password('beta', 'Secret-1');
UPDATE dos.epp_setting SET certificate_required = false, sessions_max = 3, gateway_life = '1 hour';

CREATE FUNCTION login(clid text, gateway text, address text DEFAULT '192.0.2.1') RETURNS int LANGUAGE sql AS $$
    SELECT code FROM dos.epp_login(clid, 'Secret-1', address => address::inet,
                                   connection => jsonb_build_object('gateway', gateway, 'incarnation', '1', 'tls', 'TLSv1.3'))
$$;
SELECT dos.epp_gateway_report('a', '1'), dos.epp_gateway_report('b', '1');
-- the limit holds over gateways, for each registrar
SELECT t.n, t.gateway, login('acme', t.gateway) FROM (VALUES (1, 'a'), (2, 'b'), (3, 'a'), (4, 'b'), (5, 'a')) AS t (n, gateway) ORDER BY t.n;
SELECT login('beta', 'a') AS another;
-- a session that ended makes place, once
SELECT dos.epp_gateway_report('a', '1', ARRAY(SELECT min(id) FROM dos.epp_session WHERE gateway = 'a'));
SELECT login('acme', 'b') AS one_place, login('acme', 'b') AS no_more;
-- a gateway cannot end another's sessions
SELECT dos.epp_gateway_report('a', '1', ARRAY(SELECT id FROM dos.epp_session WHERE gateway = 'b'));
SELECT clid, gateway, address, tls FROM dos.epp_session_open ORDER BY id;
-- one that does not report is gone with its sessions; when it reports again they are back
UPDATE dos.epp_gateway SET seen_at = clock_timestamp() - interval '61 minutes' WHERE name = 'b';
SELECT count(*) AS open FROM dos.epp_session_open WHERE clid = 'acme';
SELECT login('acme', 'a') AS place FROM generate_series(1, 3);
SELECT dos.epp_gateway_report('b', '1');
SELECT login('acme', 'a') AS none;
-- one that starts anew has none
SELECT dos.epp_gateway_report('b', '2');
SELECT gateway, count(*) FROM dos.epp_session GROUP BY gateway;
SELECT login('acme', 'a') AS none;
UPDATE dos.registrar SET sessions_max = 4 WHERE clid = 'acme';
SELECT login('acme', 'a') AS its_own_limit, login('acme', 'a') AS none;
-- addresses
UPDATE dos.epp_setting SET sessions_max = NULL, address_sessions_max = 2;
UPDATE dos.registrar SET sessions_max = NULL;
SELECT login('beta', 'a', '192.0.2.9'), login('acme', 'a', '192.0.2.9'), login('beta', 'a', '192.0.2.9') AS none, login('beta', 'a', '192.0.2.8') AS elsewhere;
-- a refused login with a new password changes nothing
SELECT code FROM dos.epp_login('beta', 'Secret-1', 'Secret-9', address => '192.0.2.9', connection => '{"gateway":"a","incarnation":"1"}');
SELECT dos.registrar_login_explain('beta', 'Secret-1') AS still_good;

-- ended from SQL
SELECT dos.epp_session_end(max(id), 'maintenance') AS ended, dos.epp_session_end(-1) AS unknown FROM dos.epp_session;
SELECT cardinality(ending) AS to_end FROM dos.epp_gateway_report('a', '1');
SELECT cardinality(ending) AS to_end FROM dos.epp_gateway_report('b', '2');
SELECT dos.registrar_sessions_end('acme') AS ended, dos.registrar_sessions_end('acme') AS again, dos.registrar_sessions_end('nobody') AS nobody;

-- rates: by share of the sessions; its own row goes before the one for all
TRUNCATE dos.epp_session;
UPDATE dos.epp_setting SET address_sessions_max = NULL;
SELECT login('acme', 'a'), login('acme', 'a'), login('acme', 'b'), login('beta', 'b');
SELECT rates AS no_limit FROM dos.epp_gateway_report('a', '1');
INSERT INTO dos.epp_rate (registrar_id, class, per_minute, burst) VALUES (NULL, 'check', 600, 30), (NULL, 'write', 1, 1);
INSERT INTO dos.epp_rate (registrar_id, class, per_minute, burst) SELECT id, 'auth', 6, 6 FROM dos.registrar WHERE clid = 'beta';
INSERT INTO dos.epp_rate (registrar_id, class, per_minute, burst) SELECT id, 'check', 60, 10 FROM dos.registrar WHERE clid = 'beta';
SELECT g.gateway, r.rate FROM (VALUES ('a', '1'), ('b', '2')) AS g (gateway, incarnation), dos.epp_gateway_report(g.gateway, g.incarnation) AS report, unnest(report.rates) AS r (rate);
SELECT o.code, o.reason FROM (VALUES ('INSERT INTO dos.epp_rate VALUES (NULL, ''check'', 5, 5)'), ('INSERT INTO dos.epp_rate VALUES (NULL, ''hello'', 5, 5)'),
    ('INSERT INTO dos.epp_rate VALUES (NULL, ''read'', 0, 5)')) AS t (command), test.outcome(t.command) AS o;
-- what was used adds up by day
SELECT FROM dos.epp_gateway_report('a', '1', '{}', ARRAY['check 10 2 1 acme', 'write 1 0 0 acme', 'check 5 0 0 nobody', 'nonsense']);
SELECT FROM dos.epp_gateway_report('b', '2', '{}', ARRAY['check 7 0 4 acme', 'check 1 0 0 beta']);
SELECT u.day, r.clid, u.class, u.commands, u.delayed, u.refused FROM dos.epp_usage AS u JOIN dos.registrar AS r ON r.id = u.registrar_id ORDER BY 2, 3;
