-- Adding registrars: what the table takes, and their passwords.
SET dos.clock = '2026-04-03T00:00:00Z';

-- clID is EPP's clIDType: a token of 3 to 16 characters
SELECT t.clid, length(t.clid) AS length, o.code, o.reason
FROM (VALUES (''), ('ab'), (' abc'), ('abc '), ('a  b'), (E'a\tb'), ('abç'), ('seventeen-letters'), (NULL),
             ('abc'), ('a b'), ('sixteen-letters!'), ('ABC')) AS t (clid),
     test.outcome(format('SELECT dos.registrar_create(%L, ''A registrar'')', t.clid)) AS o;

SELECT o.code, o.reason
FROM (VALUES
    ('SELECT dos.registrar_create(''abc'', ''Again'')'),
    ('SELECT dos.registrar_create(''acme'', '''')'),
    ('SELECT dos.registrar_create(''acme'', NULL)'),
    ('SELECT dos.registrar_create(''acme'', ''Acme'', 0)'),
    ('SELECT dos.registrar_create(''acme'', ''Acme'', 9999, ''XXX'')'),
    ('SELECT dos.registrar_create(''acme'', ''Acme'', 9999, ''EUR'', ''Secret-1'', ''https://rdap.acme.test/'')'),
    ('SELECT dos.registrar_create(''acme2'', ''Acme'', 9999)'),
    ('UPDATE dos.registrar SET state = ''closed'' WHERE clid = ''acme'''),
    ('UPDATE dos.registrar SET postal = ''{one,two}'' WHERE clid = ''acme''')) AS t (command), test.outcome(t.command) AS o;
SELECT clid, iana_id, name, state, currency, rdap_base_url, password_hash IS NOT NULL AS can_log_in, created_at FROM dos.registrar WHERE clid = 'acme';

-- a password is set for who exists; it lifts a lock-out
INSERT INTO dos.registrar_lockout (registrar_id, failures, locked_until) SELECT id, 3, dos.now() + '1 hour' FROM dos.registrar WHERE clid = 'acme';
SELECT o.code, o.reason, o.element FROM (VALUES ('nobody'), ('acme')) AS t (clid),
    test.outcome(format('SELECT dos.registrar_password(%L, ''Secret-2'')', t.clid)) AS o;
SELECT dos_internal.password_matches('Secret-1', password_hash) AS old, dos_internal.password_matches('Secret-2', password_hash) AS new,
       (SELECT count(*) FROM dos.registrar_lockout) AS locked
FROM dos.registrar WHERE clid = 'acme';

-- a registrar whose money is booked stays
SELECT dos.account_open('acme', 'EUR') > 0 AS opened;
SELECT o.code, o.reason FROM test.outcome('DELETE FROM dos.registrar WHERE clid = ''acme''') AS o;
