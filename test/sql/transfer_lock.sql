-- When a domain may not be asked for, and when it may again (both sides of each instant): after create, transfer, change of
-- registrant, expiry; and the horizon, capped or refused.
SET dos.clock = '2026-01-01T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('other'), test.zone('example', 'transfer_lock=60 days', 'registrant_lock=30 days', 'contacts_required={}', 'transfer_pending=0') > 0 AS example,
       test.thin_zone('refuse', 'transfer_lock=0', 'transfer_horizon=refuse') > 0 AS refuse, test.thin_zone('cap', 'transfer_lock=0', 'transfer_pending=0') > 0 AS cap,
       test.thin_zone('expires', 'autorenew=false', 'transfer_lock=0', 'expiry_hold=10 days') > 0 AS expires;
SELECT test.contact('acme', 'R-1'), test.contact('acme', 'R-2');
-- each question is undone, so that it can be asked at several instants
CREATE FUNCTION may(name text, VARIADIC clocks text[]) RETURNS TABLE (at text, answer text) LANGUAGE plpgsql AS $$
BEGIN
    FOREACH at IN ARRAY clocks LOOP
        PERFORM set_config('dos.clock', at, false);
        answer := test.would(format('SELECT dos.domain_transfer_request(''other'', %L, ''Secret-1!'')', name));
        RETURN NEXT;
    END LOOP;
END $$;
SELECT (dos.domain_create('acme', 'a.example', 5, registrant => 'R-1', auth => 'Secret-1!')).code;
SELECT * FROM may('a.example', '2026-01-01T00:00:01Z', '2026-03-01T23:59:59.999Z', '2026-03-02T00:00:00Z');
-- another change of the domain locks nothing; another registrant does, until its time, which the refusal states
SELECT code FROM dos.domain_update('acme', 'a.example', add_contacts => '{tech:R-2}');
SELECT * FROM may('a.example', '2026-03-02T00:00:01Z');
SET dos.clock = '2026-04-01T00:00:00Z';
SELECT code FROM dos.domain_update('acme', 'a.example', chg_registrant => 'R-2');
SELECT o.code, o.reason, o.detail FROM test.outcome($$SELECT dos.domain_transfer_request('other', 'a.example', 'Secret-1!')$$) AS o;
SELECT * FROM may('a.example', '2026-04-30T23:59:59.999Z', '2026-05-01T00:00:00Z');
-- after a transfer
SELECT code FROM dos.domain_transfer_request('other', 'a.example', 'Secret-1!');
SELECT code FROM dos.domain_update('other', 'a.example', chg_auth => 'Secret-1!');
SELECT test.would($$SELECT dos.domain_transfer_request('acme', 'a.example', 'Secret-1!')$$);
-- after expiry: not while it is kept, as before once it is renewed
SELECT (dos.domain_create('acme', 'a.expires', auth => 'Secret-1!')).code;
SELECT * FROM may('a.expires', '2027-04-30T23:59:59.999Z', '2027-05-01T00:00:00Z');
SELECT code FROM dos.domain_renew('acme', 'a.expires', '2027-05-01');
SELECT * FROM may('a.expires', '2027-05-01T00:00:01Z');
-- beyond the horizon
SET dos.clock = '2028-01-01T00:00:00Z';
SELECT count(dos.domain_create('acme', n, 10, auth => 'Secret-1!')), count(dos.domain_create('acme', 'nine-' || n, 9, auth => 'Secret-1!')) FROM unnest('{a.refuse,a.cap}'::text[]) AS n;
SELECT n, test.would(format('SELECT dos.domain_transfer_request(''other'', %L, ''Secret-1!'')', n)) FROM unnest('{a.refuse,nine-a.refuse,a.cap,nine-a.cap}'::text[]) AS n;
SELECT expires_at FROM dos.domain_transfer_request('other', 'a.cap', 'Secret-1!');
