-- Who may not log in does not learn why (E07): an unknown id, a wrong password, certificate or address have the same answer, and
-- take the same time. The shortest of several tries of each is looked at: what disturbs a machine only makes tries longer, and one
-- that is disturbed much gets more tries. A reason that is told apart stays so, however often it is tried.
SELECT test.registrar('acme');
UPDATE dos.epp_setting SET failures_max = 1000, address_failures_max = 100000;
SELECT dos.registrar_password('acme', 'the-right-password');
INSERT INTO dos.registrar_certificate (registrar_id, fingerprint) SELECT id, repeat('ab', 32) FROM dos.registrar WHERE clid = 'acme';
UPDATE dos.registrar SET login_addresses = '{192.0.2.0/24}' WHERE clid = 'acme';
CREATE TABLE reason (n int, what text, clid text, password text, certificate text, address inet);
INSERT INTO reason VALUES
    (1, 'unknown id',         'nobody', 'the-right-password', repeat('ab', 32), '192.0.2.7'),
    (2, 'wrong password',     'acme',   'a-wrong-password',   repeat('ab', 32), '192.0.2.7'),
    (3, 'wrong certificate',  'acme',   'the-right-password', repeat('cd', 32), '192.0.2.7'),
    (4, 'no certificate',     'acme',   'the-right-password', NULL,             '192.0.2.7'),
    (5, 'wrong address',      'acme',   'the-right-password', repeat('ab', 32), '198.51.100.7');
CREATE TABLE tried (n int, ms float8, answer jsonb);
CREATE FUNCTION try(r reason) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    began timestamptz := clock_timestamp();
    said  jsonb := (SELECT to_jsonb(l) FROM dos.epp_login(r.clid, r.password, certificate => r.certificate, address => r.address) AS l);
BEGIN
    INSERT INTO tried VALUES (r.n, extract(epoch FROM clock_timestamp() - began) * 1000, said);
END $$;
CREATE FUNCTION same_time() RETURNS boolean LANGUAGE sql AS $$
    SELECT max(best) / min(best) < 2 FROM (SELECT min(t.ms) AS best FROM tried AS t GROUP BY t.n) AS b
$$;
DO $$
BEGIN
    FOR round IN 1 .. 60 LOOP
        PERFORM try(r) FROM reason AS r ORDER BY r.n;
        EXIT WHEN round >= 3 AND same_time();
    END LOOP;
END $$;
SELECT r.what, string_agg(DISTINCT t.answer ->> 'code', ' ') AS codes FROM reason AS r JOIN tried AS t USING (n) GROUP BY r.n, r.what ORDER BY r.n;
SELECT count(DISTINCT t.answer) AS answers FROM tried AS t;
SELECT same_time();
-- and a good one is one
SELECT l.code FROM dos.epp_login('acme', 'the-right-password', certificate => repeat('ab', 32), address => '192.0.2.7') AS l;
