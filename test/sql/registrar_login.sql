-- EPP logins (RFC 5730 section 2.9.1.1), in the order of precedence.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT server_id, languages, object_uris, dcp FROM dos.epp_greeting();
SELECT unnest(extension_uris) AS offered FROM dos.epp_greeting();
UPDATE dos.epp_setting SET failures_max = 3, lock_for = '10 minutes';
SELECT test.registrar('acme');
SELECT test.registrar('none');
SELECT dos.registrar_password('acme', 'Secret-1');
INSERT INTO dos.registrar_certificate (registrar_id, fingerprint, valid)
SELECT r.id, repeat(c.digit, 64), c.valid::tstzrange
  FROM dos.registrar AS r, (VALUES ('a', '(,2026-04-03)'), ('b', '[2026-04-03,2026-05-01)'), ('c', '[2026-04-04,)')) AS c (digit, valid) WHERE r.clid = 'acme';
INSERT INTO dos.registrar_certificate (registrar_id, fingerprint) SELECT id, repeat('e', 64) FROM dos.registrar WHERE clid = 'none';
UPDATE dos.registrar SET login_addresses = '{192.0.2.0/24,2001:db8::1}' WHERE clid = 'acme';

-- one row a login; each starts with no failures, so that rows stand alone
CREATE FUNCTION login(clid text, password text, new_password text, certificate text, address inet, language text DEFAULT 'en',
                      objects text[] DEFAULT '{}', extensions text[] DEFAULT '{}')
RETURNS TABLE (code text, reason text, element text, failures int, events bigint) LANGUAGE plpgsql AS $$
DECLARE
    before bigint := (SELECT count(*) FROM dos.outbox);
BEGIN
    DELETE FROM dos.registrar_lockout;
    DELETE FROM dos.epp_address_lockout;
    SELECT o.code, o.reason, o.element INTO code, reason, element
      FROM test.outcome(format('SELECT * FROM dos.epp_login(%L, %L, %L, %L, %L, %L, %L, %L)',
                               clid, password, new_password, repeat(certificate, 64), address, language, objects, extensions)) AS o;
    SELECT l.failures INTO failures FROM dos.registrar_lockout AS l;
    events := (SELECT count(*) FROM dos.outbox) - before;
    RETURN NEXT;
END $$;

SELECT t.what, l.*
FROM (VALUES
    -- what cannot be served comes before who it is
    (1, 'language',               'acme', 'Secret-1', NULL, 'b', '192.0.2.1', 'fr', '{}', '{}'),
    (2, 'object service',         'acme', 'Secret-1', NULL, 'b', '192.0.2.1', 'en', '{urn:ietf:params:xml:ns:domain-1.0,urn:x}', '{}'),
    (3, 'extension as object',    'acme', 'Secret-1', NULL, 'b', '192.0.2.1', 'en', '{urn:ietf:params:xml:ns:secDNS-1.1}', '{}'),
    (4, 'extension',              'acme', 'Secret-1', NULL, 'b', '192.0.2.1', 'en', '{}', '{urn:ietf:params:xml:ns:secDNS-1.1,urn:x}'),
    (5, 'object as extension',    'acme', 'Secret-1', NULL, 'b', '192.0.2.1', 'en', '{}', '{urn:ietf:params:xml:ns:host-1.0}'),
    -- every reason not to be who one says one is looks the same
    (6, 'unknown id',             'nobody', 'Secret-1', NULL, 'b', '192.0.2.1', 'en', '{}', '{}'),
    (7, 'id in other case',       'ACME', 'Secret-1', NULL, 'b', '192.0.2.1', 'en', '{}', '{}'),
    (8, 'no password is set',     'none', 'Secret-1', NULL, 'e', '192.0.2.1', 'en', '{}', '{}'),
    (9, 'no password is given',   'acme', NULL, NULL, 'b', '192.0.2.1', 'en', '{}', '{}'),
    (10, 'wrong password',        'acme', 'secret-1', NULL, 'b', '192.0.2.1', 'en', '{}', '{}'),
    (11, 'no certificate',        'acme', 'Secret-1', NULL, NULL, '192.0.2.1', 'en', '{}', '{}'),
    (12, 'unknown certificate',   'acme', 'Secret-1', NULL, 'd', '192.0.2.1', 'en', '{}', '{}'),
    (13, 'another''s certificate', 'acme', 'Secret-1', NULL, 'e', '192.0.2.1', 'en', '{}', '{}'),
    (14, 'certificate ended',     'acme', 'Secret-1', NULL, 'a', '192.0.2.1', 'en', '{}', '{}'),
    (15, 'certificate not begun', 'acme', 'Secret-1', NULL, 'c', '192.0.2.1', 'en', '{}', '{}'),
    (16, 'wrong network',         'acme', 'Secret-1', NULL, 'b', '192.0.3.1', 'en', '{}', '{}'),
    (17, 'wrong IPv6 address',    'acme', 'Secret-1', NULL, 'b', '2001:db8::2', 'en', '{}', '{}'),
    (18, 'no address',            'acme', 'Secret-1', NULL, 'b', NULL, 'en', '{}', '{}'),
    -- a new password is looked at after the old one
    (19, 'new, old is wrong',     'acme', 'wrong', 'Secret-2', 'b', '192.0.2.1', 'en', '{}', '{}'),
    (20, 'new of 7',              'acme', 'Secret-1', 'Secre-2', 'b', '192.0.2.1', 'en', '{}', '{}'),
    (21, 'new is the old',        'acme', 'Secret-1', 'Secret-1', 'b', '192.0.2.1', 'en', '{}', '{}'),
    (21, 'new has the id in it',  'acme', 'Secret-1', 'my-ACME-pw', 'b', '192.0.2.1', 'en', '{}', '{}'),
    (21, 'new is a protocol word', 'acme', 'Secret-1', '[LOGIN-SECURITY]', 'b', '192.0.2.1', 'en', '{}', '{}'),
    -- welcome
    (22, 'all is right',          'acme', 'Secret-1', NULL, 'b', '192.0.2.1', 'en', '{urn:ietf:params:xml:ns:domain-1.0}', '{urn:ietf:params:xml:ns:secDNS-1.1}'),
    (23, 'IPv6, "EN"', 'acme', 'Secret-1', NULL, 'b', '2001:db8::1', 'EN', '{}', '{}'),
    (24, 'new of 8',              'acme', 'Secret-1', 'Secret-2', 'b', '192.0.2.1', 'en', '{}', '{}'),
    (25, 'the old no more',       'acme', 'Secret-1', NULL, 'b', '192.0.2.1', 'en', '{}', '{}'),
    (26, 'the new one',           'acme', 'Secret-2', NULL, 'b', '192.0.2.1', 'en', '{}', '{}')
    ) AS t (n, what, clid, password, new_password, certificate, address, language, objects, extensions),
    login(t.clid, t.password, t.new_password, t.certificate, t.address::inet, t.language, t.objects::text[], t.extensions::text[]) AS l
ORDER BY t.n;
SELECT event, object_name, registrar, content FROM dos.outbox;

-- state, empty address list, certificates not demanded, a service switched off
UPDATE dos.registrar SET state = 'suspended' WHERE clid = 'acme';
SELECT 'suspended' AS what, l.* FROM login('acme', 'Secret-2', NULL, 'b', '192.0.2.1') AS l;
UPDATE dos.registrar SET state = 'readonly', login_addresses = '{}' WHERE clid = 'acme';
SELECT 'readonly, from anywhere' AS what, l.* FROM login('acme', 'Secret-2', NULL, 'b', NULL) AS l;
UPDATE dos.epp_setting SET certificate_required = false;
SELECT 'no certificate demanded' AS what, l.* FROM login('acme', 'Secret-2', NULL, NULL, '198.51.100.1') AS l;
UPDATE dos.epp_service SET enabled = false WHERE uri LIKE '%secDNS%';
SELECT 'service switched off' AS what, l.* FROM login('acme', 'Secret-2', NULL, NULL, NULL, 'en', '{}', '{urn:ietf:params:xml:ns:secDNS-1.1}') AS l;
SELECT 'urn:ietf:params:xml:ns:secDNS-1.1' = ANY (extension_uris) AS offered FROM dos.epp_greeting();

-- lock-out: the third failure locks for ten minutes, whatever comes; afterwards counting starts again
DELETE FROM dos.registrar_lockout;
CREATE TABLE attempt (n int, clock text, password text);
INSERT INTO attempt VALUES
    (1, '2026-04-03T00:00:00Z', 'wrong'), (2, '2026-04-03T00:00:00Z', 'wrong'), (3, '2026-04-03T00:00:00Z', 'Secret-2'),
    (4, '2026-04-03T00:00:00Z', 'wrong'), (5, '2026-04-03T00:00:00Z', 'wrong'), (6, '2026-04-03T00:01:00Z', 'wrong'),
    (7, '2026-04-03T00:01:00Z', 'Secret-2'), (8, '2026-04-03T00:10:59.999Z', 'Secret-2'),
    (9, '2026-04-03T00:11:00Z', 'wrong'), (10, '2026-04-03T00:11:00Z', 'wrong'), (11, '2026-04-03T00:11:00Z', 'Secret-2');
CREATE FUNCTION attempted() RETURNS TABLE (clock text, password text, code int, failures int, locked_until timestamptz) LANGUAGE plpgsql AS $$
DECLARE
    a attempt;
BEGIN
    FOR a IN SELECT * FROM attempt ORDER BY n LOOP
        PERFORM set_config('dos.clock', a.clock, false);
        clock := a.clock;
        password := a.password;
        code := (dos.epp_login('acme', a.password)).code;
        SELECT l.failures, l.locked_until INTO failures, locked_until FROM dos.registrar_lockout AS l;
        RETURN NEXT;
    END LOOP;
END $$;
SELECT * FROM attempted();
-- one failure may be enough
UPDATE dos.epp_setting SET failures_max = 1;
DELETE FROM dos.registrar_lockout;
DELETE FROM attempt WHERE n > 3;
SELECT * FROM attempted();

SELECT o.code, o.reason FROM (VALUES
    ('UPDATE dos.epp_setting SET failures_max = 0'), ('UPDATE dos.epp_setting SET lock_for = ''-1 second'''), ('UPDATE dos.epp_setting SET languages = ''{}'''),
    ('INSERT INTO dos.epp_setting (one) VALUES (false)'),
    ('INSERT INTO dos.registrar_certificate SELECT id, repeat(''A'', 64) FROM dos.registrar'),
    ('INSERT INTO dos.registrar_certificate SELECT id, repeat(''b'', 64) FROM dos.registrar WHERE clid = ''acme''')) AS t (command),
    test.outcome(t.command) AS o;
