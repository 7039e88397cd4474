-- Passwords, events of RFC 8807, back-off, private services: what a login finds out about itself.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('beta');
SELECT dos.registrar_password('acme', 'Secret-1'), dos.registrar_password('beta', 'Secret-1');
INSERT INTO dos.registrar_certificate (registrar_id, fingerprint, valid)
SELECT r.id, repeat(c.digit, 64), c.valid::tstzrange
  FROM dos.registrar AS r, (VALUES ('a', '(,2026-04-03)'), ('b', '[2026-04-03,2026-05-04)'), ('c', '[2026-04-03,)')) AS c (digit, valid) WHERE r.clid = 'acme';

-- why a login fails is for staff to know: every reason of it, in a function; the outside sees 2200
SELECT t.what, dos.registrar_login_explain(t.clid, t.password, repeat(t.digit, 64), t.address::inet, t.connection::jsonb)
FROM (VALUES
    (1, 'nothing',          'acme', 'Secret-1', 'b', '192.0.2.1', NULL),
    (2, 'nobody',           'none', 'Secret-1', 'b', '192.0.2.1', NULL),
    (3, 'all of it',        'beta', 'wrong',    'b', '192.0.2.1', NULL),
    (4, 'no certificate',   'acme', 'Secret-1', NULL, '192.0.2.1', NULL),
    (5, 'ended',            'acme', 'Secret-1', 'a', '192.0.2.1', NULL),
    (6, 'RSA of 2047',      'acme', 'Secret-1', 'b', '192.0.2.1', '{"key":"RSA","bits":2047}'),
    (7, 'RSA of 2048',      'acme', 'Secret-1', 'b', '192.0.2.1', '{"key":"RSA","bits":2048}'),
    (8, 'curve of 255',     'acme', 'Secret-1', 'b', '192.0.2.1', '{"key":"EC","bits":255}'),
    (9, 'curve of 256',     'acme', 'Secret-1', 'b', '192.0.2.1', '{"key":"EC","bits":256}')
    ) AS t (n, what, clid, password, digit, address, connection) ORDER BY t.n;
UPDATE dos.epp_setting SET certificate_life_max = '398 days';
SELECT t.not_after, dos.registrar_login_explain('acme', 'Secret-1', repeat('b', 64), NULL, jsonb_build_object('not_before', '2026-01-01T00:00:00Z', 'not_after', t.not_after))
FROM (VALUES ('2027-02-03T00:00:00Z'), ('2027-02-03T00:00:01Z')) AS t (not_after);
UPDATE dos.registrar SET ote = true, state = 'suspended', login_addresses = '{2001:db8::/32}' WHERE clid = 'beta';
SELECT dos.registrar_login_explain('beta', 'Secret-1', NULL, '192.0.2.1');
UPDATE dos.epp_setting SET ote = true;
SELECT dos.registrar_login_explain('beta', 'Secret-1', NULL, '192.0.2.1') AS where_ote_accounts_may;

UPDATE dos.epp_setting SET password_history = 3;
-- the password is in the extension when the element says so (RFC 8807 section 3.2)
SELECT t.what, o.code, o.reason, o.element
FROM (VALUES
    (1, 'announced, not there',     '[LOGIN-SECURITY]', NULL, $$'{}'$$),
    (2, 'no extension at all',      '[LOGIN-SECURITY]', NULL, $$NULL$$),
    (3, 'there, not announced',     'Secret-1', NULL, $$'{"pw":"Secret-1"}'$$),
    (4, 'new one announced only',   'Secret-1', '[LOGIN-SECURITY]', $$'{}'$$),
    (5, 'new one there only',       'Secret-1', NULL, $$'{"newPW":"a longer password than that"}'$$),
    (6, 'wrong in the extension',   '[LOGIN-SECURITY]', NULL, $$'{"pw":"wrong"}'$$),
    (7, 'a word of the protocol',   'Secret-1', '[LOGIN-SECURITY]', $$'{"newPW":"[LOGIN-SECURITY]"}'$$),
    (8, 'of 257',                   'Secret-1', '[LOGIN-SECURITY]', $$jsonb_build_object('newPW', repeat('x', 257))$$),
    (9, 'right',                    '[LOGIN-SECURITY]', NULL, $$'{"pw":"Secret-1"}'$$),
    (10, 'of 256',                  '[LOGIN-SECURITY]', '[LOGIN-SECURITY]', $$jsonb_build_object('pw', 'Secret-1', 'newPW', repeat('x', 256))$$),
    (11, 'the long one',            '[LOGIN-SECURITY]', '[LOGIN-SECURITY]', $$jsonb_build_object('pw', repeat('x', 256), 'newPW', 'Secret-2')$$),
    (12, 'one that was before',     'Secret-2', 'Secret-1', $$NULL$$),
    (13, 'another',                 'Secret-2', 'Secret-3', $$NULL$$),
    (14, 'another',                 'Secret-3', 'Secret-4', $$NULL$$),
    (15, 'three are remembered',    'Secret-4', 'Secret-2', $$NULL$$),
    (16, 'the fourth is not',       'Secret-4', 'Secret-1', $$NULL$$)
    ) AS t (n, what, pw, new_pw, secure),
    test.outcome(format('SELECT * FROM dos.epp_login(''acme'', %L, %L, repeat(''b'', 64), ''192.0.2.1'', secure => (%s)::jsonb)', t.pw, t.new_pw, t.secure)) AS o
ORDER BY t.n;
SELECT count(*) AS remembered FROM dos.registrar_password_past;
-- none is remembered by default: a registrar may go there and back, but not stay where he is
UPDATE dos.epp_setting SET password_history = DEFAULT;
SELECT t.what, o.code, o.reason, o.element
FROM (VALUES (1, 'away', 'Secret-1', 'Secret-5'), (2, 'back', 'Secret-5', 'Secret-1'), (3, 'the same', 'Secret-1', 'Secret-1')) AS t (n, what, pw, new_pw),
    test.outcome(format('SELECT * FROM dos.epp_login(''acme'', %L, %L, repeat(''b'', 64), ''192.0.2.1'')', t.pw, t.new_pw)) AS o
ORDER BY t.n;
SELECT count(*) AS remembered FROM dos.registrar_password_past;

-- events: nothing to say, then each at both sides of its boundary
UPDATE dos.epp_setting SET password_life = '90 days', password_warning = '14 days', certificate_warning = '30 days';
DELETE FROM dos.registrar_lockout;
CREATE FUNCTION heard(clock text, digit text, connection jsonb DEFAULT NULL, new_password text DEFAULT NULL) RETURNS TABLE (code int, element text, event text) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('dos.clock', clock, false);
    RETURN QUERY SELECT l.code, l.element, nullif(array_to_string(l.events[7 * n + 1:7 * n + 7], ' | ', '-'), '')
      FROM dos.epp_login('acme', 'Secret-1', new_password, repeat(digit, 64), '192.0.2.1', connection => connection) AS l,
           generate_series(0, greatest(cardinality(l.events) / 7 - 1, 0)) AS n;
END $$;
SELECT t.*, h.* FROM (VALUES
    (1, 'nothing',                   '2026-04-03T00:00:00Z', 'b', NULL, NULL),
    (2, 'certificate ends in 30 d',  '2026-04-04T00:00:00Z', 'b', NULL, NULL),
    (3, '... as it says itself',     '2026-04-03T12:00:00Z', 'c', '{"not_after":"2026-05-03T12:00:00Z"}', NULL),
    (4, '... a second more',         '2026-04-03T12:00:00Z', 'c', '{"not_after":"2026-05-03T12:00:01Z"}', NULL),
    (5, 'TLS 1.3',                   '2026-04-03T12:00:00Z', 'c', '{"tls":"TLSv1.3","cipher":"TLS_AES_256_GCM_SHA384"}', NULL),
    (6, 'TLS 1.2, good',             '2026-04-03T12:00:00Z', 'c', '{"tls":"TLSv1.2","cipher":"ECDHE-RSA-AES128-GCM-SHA256"}', NULL),
    (7, 'TLS 1.1',                   '2026-04-03T12:00:00Z', 'c', '{"tls":"TLSv1.1","cipher":"ECDHE-RSA-AES128-GCM-SHA256"}', NULL),
    (8, 'no forward secrecy',        '2026-04-03T12:00:00Z', 'c', '{"tls":"TLSv1.2","cipher":"AES128-GCM-SHA256"}', NULL),
    (9, 'password ends in 14 d + 1', '2026-06-17T23:59:59Z', 'c', NULL, NULL),
    (10, 'password ends in 14 d',    '2026-06-18T00:00:00Z', 'c', NULL, NULL),
    (11, 'password has ended',       '2026-07-02T00:00:00Z', 'c', NULL, NULL),
    (12, '... and new one is weak',  '2026-07-02T00:00:00Z', 'c', NULL, 'short'),
    (13, '... and a new one comes',  '2026-07-02T00:00:00Z', 'c', NULL, 'Secret-5')
    ) AS t (n, what, clock, digit, connection, new_password), heard(t.clock, t.digit, t.connection::jsonb, t.new_password) AS h ORDER BY t.n;
SET dos.clock = '2026-07-02T00:00:00Z';
UPDATE dos.registrar SET login_addresses = '{192.0.2.0/24}' WHERE clid = 'acme';
UPDATE dos.epp_setting SET failures_warning = 2;
SELECT code FROM dos.epp_login('acme', 'wrong', certificate => repeat('c', 64), address => '192.0.2.1');
SELECT code, events FROM dos.epp_login('acme', 'Secret-5', certificate => repeat('c', 64), address => '192.0.2.1');
SELECT code FROM dos.epp_login('acme', 'wrong', certificate => repeat('c', 64), address => '192.0.2.1');
SELECT code FROM dos.epp_login('acme', 'Secret-5', certificate => repeat('c', 64), address => '198.51.100.1');
SELECT failures, rounds, reasons FROM dos.registrar_lockout;
SET dos.clock = '2026-07-02T01:00:00Z';
SELECT code, events FROM dos.epp_login('acme', 'Secret-5', certificate => repeat('c', 64), address => '192.0.2.1', secure => '{"app":"EPP SDK 1.0.0","os":"Linux"}');
SELECT last_at, address, user_agent FROM dos.registrar_login;

-- lock-outs double up to a limit; an address is counted apart, also for strangers, and IPv6 by its /64
UPDATE dos.epp_setting SET failures_max = 2, lock_for = '10 minutes', lock_max = '30 minutes', address_failures_max = 3;
TRUNCATE dos.registrar_lockout, dos.epp_address_lockout;
CREATE FUNCTION tries(clock text, clid text, password text, digit text, address text) RETURNS TABLE (code int, registrar_until timestamptz, address_until timestamptz) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('dos.clock', clock, false);
    code := (dos.epp_login(clid, password, NULL, repeat(digit, 64), address::inet)).code;
    registrar_until := (SELECT l.locked_until FROM dos.registrar_lockout AS l);
    address_until := (SELECT a.locked_until FROM dos.epp_address_lockout AS a WHERE a.address >>= tries.address::inet);
    RETURN NEXT;
END $$;
SELECT t.*, r.* FROM (VALUES
    (1, '2026-07-02T02:00:00Z', 'acme', 'wrong', 'c', '192.0.2.1'),
    (2, '2026-07-02T02:00:00Z', 'acme', 'wrong', 'c', '192.0.2.2'),
    (3, '2026-07-02T02:09:59Z', 'acme', 'Secret-5', 'c', '192.0.2.3'),
    (4, '2026-07-02T02:10:00Z', 'acme', 'wrong', 'c', '192.0.2.3'),
    (5, '2026-07-02T02:10:00Z', 'acme', 'wrong', 'c', '192.0.2.4'),
    (6, '2026-07-02T02:30:00Z', 'acme', 'wrong', 'c', '192.0.2.5'),
    (7, '2026-07-02T02:30:00Z', 'acme', 'wrong', 'c', '192.0.2.6'),
    (8, '2026-07-02T03:00:00Z', 'acme', 'Secret-5', 'c', '192.0.2.6'),
    (9, '2026-07-02T04:00:00Z', 'acme', 'wrong', 'f', '2001:db8::1'),
    (10, '2026-07-02T04:00:00Z', 'nobody', 'wrong', 'f', '2001:db8::2'),
    (11, '2026-07-02T04:00:00Z', 'acme', 'wrong', 'f', '2001:db8::3'),
    (12, '2026-07-02T04:09:59Z', 'acme', 'Secret-5', 'c', '2001:db8::4'),
    (13, '2026-07-02T04:09:59Z', 'acme', 'Secret-5', 'c', '2001:db8:0:1::4'),
    (14, '2026-07-02T04:09:59Z', 'acme', 'Secret-5', 'c', '192.0.2.1'),
    (15, '2026-07-02T04:20:00Z', 'nobody', 'wrong', 'f', '2001:db8::2'),
    (16, '2026-07-02T04:20:00Z', 'nobody', 'wrong', 'f', '2001:db8::2'),
    (17, '2026-07-02T04:31:00Z', 'nobody', 'wrong', 'f', '2001:db8::2')
    ) AS t (n, clock, clid, password, digit, address), tries(t.clock, t.clid, t.password, t.digit, t.address) AS r ORDER BY t.n;
SELECT event, object_name, content FROM dos.outbox WHERE event = 'registrar.locked_out' ORDER BY id;

-- services: switched off, private, granted; who is lenient accepts all that it might have asked for
UPDATE dos.epp_setting SET certificate_required = false, address_failures_max = 1000;
UPDATE dos.registrar SET login_addresses = '{}', state = 'ok' ;
INSERT INTO dos.epp_service (uri, kind, private) VALUES ('urn:x:private-1.0', 'extension', true);
SELECT 'urn:x:private-1.0' = ANY (extension_uris) AS offered_to_all FROM dos.epp_greeting();
CREATE FUNCTION service(clid text, uri text) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT concat_ws(' ', o.code, o.reason) FROM test.outcome(format('SELECT code FROM dos.epp_login(%L, %L, extension_uris => ARRAY[%L])', clid, CASE clid WHEN 'acme' THEN 'Secret-5' ELSE 'Secret-1' END, uri)) AS o
$$;
SELECT service('acme', 'urn:x:private-1.0') AS not_granted;
INSERT INTO dos.epp_service_grant SELECT 'urn:x:private-1.0', id FROM dos.registrar WHERE clid = 'acme';
SELECT service('acme', 'urn:x:private-1.0') AS granted, service('beta', 'urn:x:private-1.0') AS to_another;
UPDATE dos.epp_service SET enabled = false WHERE uri = 'urn:x:private-1.0';
SELECT service('acme', 'urn:x:private-1.0') AS switched_off;
SELECT accepts IS NULL AS strict FROM dos.epp_login('acme', 'Secret-5');
UPDATE dos.registrar SET lenient = true WHERE clid = 'acme';
SELECT 'urn:ietf:params:xml:ns:secDNS-1.1' = ANY (accepts) AS lenient, 'urn:x:private-1.0' = ANY (accepts) AS what_is_off FROM dos.epp_login('acme', 'Secret-5');

-- languages: every result code has its text; a shipped one that is changed is the registry's own, and another language is a row
SELECT t.language, count(*) FILTER (WHERE t.key ~ '^\d+$') AS codes, (SELECT count(*) FROM dos.result_code) AS of FROM dos.epp_text AS t GROUP BY t.language;
SELECT count(*) AS offered FROM dos.epp_texts();
UPDATE dos.epp_setting SET languages = '{en,fr,de}';
INSERT INTO dos.epp_text (language, key, text) VALUES ('de', '1000', 'Befehl ausgeführt'), ('fr', '1000', 'Fait');
SELECT * FROM dos.epp_texts() WHERE code = 1000;
SELECT o.code, o.reason FROM unnest('{de,FR,tlh}'::text[]) AS l, test.outcome(format('SELECT code FROM dos.epp_login(''acme'', ''Secret-5'', language => %L)', l)) AS o;
