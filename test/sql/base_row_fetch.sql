-- Tables that stay open in a call (row_fetch.c): an error in the middle of one leaves nothing behind, in a transaction of its own, in a
-- subtransaction, and when the same call is made again at once.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.thin_zone('example') > 0 AS zone;
SELECT (dos.domain_create('acme', 'a.example', 1)).code;

-- the error comes after the domain's table was opened
SELECT code, reason FROM test.outcome($$SELECT dos.domain_info('acme', 'none.example')$$);
SELECT (dos.domain_info('acme', 'none.example')).code;
SELECT (dos.domain_info('acme', 'a.example')).code;
DO $$
DECLARE
    wrong int := 0;
BEGIN
    FOR i IN 1 .. 50 LOOP
        BEGIN
            PERFORM dos.domain_info('acme', 'none.example');
            wrong := wrong + 1;
        EXCEPTION WHEN SQLSTATE 'R2303' THEN
            -- at once, where the failed call has been: found, and a change of the moment is seen
            UPDATE dos.domain SET max_sig_life = i WHERE name = 'a.example';
            wrong := wrong + ((dos.domain_info('acme', 'a.example')).max_sig_life <> i)::int;
        END;
        DECLARE
            answer dos.domain_data;
        BEGIN
            answer := dos.domain_info('acme', 'none.example');
            wrong := wrong + 1;
        EXCEPTION WHEN OTHERS THEN
            answer := dos.domain_info('acme', 'a.example');
            wrong := wrong + (answer.max_sig_life <> i)::int;
        END;
    END LOOP;
    RAISE NOTICE '% wrong', wrong;
END $$;

-- a call inside a call: policy asks by way of SQL what the outer one asks by key, on both sides of a change
SELECT dos.phase_create('example', 'general', 'open', '2026-04-01T00:00Z') > 0 AS phase;
SELECT name, available, reason FROM dos.domain_check('acme', '{a.example,b.example,c.example,xn--bcher-kva.example,a.elsewhere}');
SELECT name, status FROM dos.das_check('{a.example,b.example,c.example,xn--bcher-kva.example,a.elsewhere}');

-- nothing stays locked or open: the tables may be changed by others, and by this session
BEGIN;
SELECT count(*) FROM dos.rdap_domains('{a.example,b.example}', 'https://rdap.example/');
SAVEPOINT s;
SELECT (dos.domain_info('acme', 'none.example')).code;
ROLLBACK TO s;
SELECT count(*) FROM dos.whois_answers('{a.example,b.example}');
ALTER TABLE dos.domain ADD COLUMN tried int;
SELECT count(content) FROM dos.rdap_domains('{a.example,b.example}', 'https://rdap.example/');
ROLLBACK;
SELECT count(content) FROM dos.rdap_domains('{a.example,b.example}', 'https://rdap.example/');

-- a call that asks a query which asks by the same keys: names whose life is over, of which a look by key cannot decide
SELECT (dos.domain_create('acme', d || '.example', 1)).code FROM unnest('{d,e,f}'::text[]) AS d;
SELECT (dos.domain_delete('acme', d || '.example')).code FROM unnest('{d,e,f}'::text[]) AS d;
UPDATE dos.domain SET deleted_at = dos.now() - interval '1 year' WHERE name IN ('d.example', 'e.example', 'f.example');
SELECT c.name, c.available, c.reason FROM dos.domain_checks('{acme,acme}', '{"{d.example,a.example,e.example}","{f.example,a.example,d.example}"}', '{NULL,NULL}') AS c;
SELECT c.name, c.available, c.reason FROM dos.domain_check('acme', '{d.example,a.example,e.example,f.example}') AS c;
SELECT (dos.domain_create('acme', d || '.example', 1)).code FROM unnest('{past,gone}'::text[]) AS d;
UPDATE dos.domain SET deleted_at = dos.now() - interval '1 year', next_event_at = dos.now() + interval '1 day' WHERE name IN ('past.example', 'gone.example');
PREPARE asked(text[], text[], jsonb[]) AS SELECT name, available, reason FROM dos.domain_checks($1, $2, $3);
EXECUTE asked('{acme}', '{"{past.example,a.example,gone.example}"}', '{NULL}');
