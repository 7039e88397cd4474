-- Failed logins: counted for the registrar and for the address they come from, each with lock-outs that grow.

CREATE TABLE dos.epp_address_lockout (
    address      cidr CONSTRAINT epp_address_lockout_pkey PRIMARY KEY,
    failures     int NOT NULL,
    rounds       int NOT NULL DEFAULT 0,
    failed_at    timestamptz NOT NULL,
    locked_until timestamptz
);
CREATE INDEX epp_address_lockout_age ON dos.epp_address_lockout (failed_at);
COMMENT ON TABLE dos.epp_address_lockout IS 'addresses (IPv6: /64) with failed logins in the last day, and until when nobody logs in from them';
SELECT pg_catalog.pg_extension_config_dump('dos.epp_address_lockout', '');

CREATE FUNCTION dos_internal.lockout_network(address inet) RETURNS cidr
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT network(set_masklen(address, CASE family(address) WHEN 6 THEN 64 ELSE 32 END))
$$;
COMMENT ON FUNCTION dos_internal.lockout_network(inet) IS 'what failed logins of an address are counted for: itself, or its /64';

-- The next lock-out: twice as long as the one before.
CREATE FUNCTION dos_internal.lockout_until(rounds int) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT dos.now() + least(s.lock_for * 2 ^ least(rounds, 30), s.lock_max) FROM dos.epp_setting AS s
$$;
COMMENT ON FUNCTION dos_internal.lockout_until(int) IS 'until when somebody is locked out who has been so many times since the last good login';

CREATE FUNCTION dos_internal.lockout_count(r dos.registrar, address inet, reasons text[], cltrid text, svtrid text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    setting dos.epp_setting := (SELECT s FROM dos.epp_setting AS s);
    now_locked timestamptz;
BEGIN
    IF r.id IS NOT NULL THEN
        INSERT INTO dos.registrar_lockout AS l (registrar_id, failures) VALUES (r.id, 0) ON CONFLICT DO NOTHING;
        UPDATE dos.registrar_lockout AS l
           SET failures = CASE WHEN l.failures + 1 >= setting.failures_max THEN 0 ELSE l.failures + 1 END,
               rounds = CASE WHEN l.failures + 1 >= setting.failures_max THEN l.rounds + 1 ELSE l.rounds END,
               locked_until = CASE WHEN l.failures + 1 >= setting.failures_max THEN dos_internal.lockout_until(l.rounds) END,
               failed_at = dos.now(), reasons = lockout_count.reasons
         WHERE l.registrar_id = r.id
        RETURNING l.locked_until INTO now_locked;
        IF now_locked IS NOT NULL THEN
            PERFORM dos_internal.outbox_put('registrar.locked_out', r.clid, r.id, r.clid, cltrid, svtrid,
                                            jsonb_build_object('until', now_locked, 'address', address, 'reasons', reasons));
        END IF;
    END IF;
    IF address IS NOT NULL THEN
        DELETE FROM dos.epp_address_lockout AS a
         WHERE a.failed_at < dos.now() - interval '1 day' AND (a.locked_until IS NULL OR a.locked_until <= dos.now());
        INSERT INTO dos.epp_address_lockout AS a (address, failures, failed_at)
        VALUES (dos_internal.lockout_network(address), 0, dos.now()) ON CONFLICT DO NOTHING;
        -- a good login lifts nothing here: it may be the guesser's own. What is older than lock_for is forgotten
        UPDATE dos.epp_address_lockout AS a
           SET failures = CASE WHEN n.failures >= setting.address_failures_max THEN 0 ELSE n.failures END,
               rounds = CASE WHEN n.failures >= setting.address_failures_max THEN a.rounds + 1 ELSE a.rounds END,
               locked_until = CASE WHEN n.failures >= setting.address_failures_max THEN dos_internal.lockout_until(a.rounds) END,
               failed_at = dos.now()
          FROM (SELECT o.address, CASE WHEN o.failed_at < dos.now() - setting.lock_for THEN 1 ELSE o.failures + 1 END AS failures
                  FROM dos.epp_address_lockout AS o WHERE o.address = dos_internal.lockout_network(lockout_count.address) FOR UPDATE) AS n
         WHERE a.address = n.address;
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.lockout_count(dos.registrar, inet, text[], text, text) IS
    'count a failed login for its registrar (NULL: for none) and its address; writes registrar.locked_out when that was one too many';
