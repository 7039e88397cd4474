-- A set of variants goes to another registrar as a whole: one name is asked for, by its authInfo, and charged; the others
-- go along at the same instant, without years and for nothing. Any answer to one is an answer to all.

CREATE FUNCTION dos_internal.variants_transfer_require(d dos.domain, zone dos.zone, actor dos.registrar) RETURNS dos.domain[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    other  text;
    m      dos.domain;
    others dos.domain[] := '{}';
BEGIN
    FOR other IN SELECT * FROM dos_internal.variants_of(d.name) LOOP
        IF (dos_internal.variant_policy_of(zone.id)).transfer = 'refuse' THEN
            PERFORM dos_internal.refuse(2106, 'transfer_variants', 'domain:name', format('domain "%s" cannot be transferred', d.name),
                format('It belongs to one holder with its variant "%s".', other));
        END IF;
        m := dos_internal.transfer_lock_or_null(other);
        CONTINUE WHEN m.id IS NULL;
        PERFORM dos_internal.transfer_free_require(m, zone, actor);
        others := others || m;
    END LOOP;
    RETURN others;
END $$;
COMMENT ON FUNCTION dos_internal.variants_transfer_require(dos.domain, dos.zone, dos.registrar) IS
    'the other names of a set, locked, each of which may be transferred; R2106, R2300, R2304 names the one that may not';

CREATE FUNCTION dos_internal.variants_transfer_begin(others dos.domain[], d dos.domain, actor dos.registrar, cltrid text, svtrid text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    m dos.domain;
BEGIN
    FOREACH m IN ARRAY others LOOP
        m.transfer := ROW('pending', actor.id, (d.transfer).requested_at, m.registrar_id, dos.period_add((d.transfer).requested_at, dos_internal.zone_period(m.zone_id, 'transfer_pending', (d.transfer).requested_at)),
                          0, NULL, NULL)::dos.transfer;
        PERFORM dos_internal.transfer_announce(m, m.registrar_id, actor.clid, cltrid, svtrid);
        PERFORM dos_internal.transfer_apply(m);
    END LOOP;
END $$;
COMMENT ON FUNCTION dos_internal.variants_transfer_begin(dos.domain[], dos.domain, dos.registrar, text, text) IS 'ask for the other names of a set with the one that is asked for';

CREATE FUNCTION dos_internal.variants_transfer_follow(d dos.domain, cltrid text, svtrid text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    other text;
    m     dos.domain;
    done  dos.transfer := d.transfer;
BEGIN
    FOR other IN SELECT * FROM dos_internal.variants_of(d.name) LOOP
        m := dos_internal.transfer_lock_or_null(other);     -- what is due on it by itself comes first
        CONTINUE WHEN (m.transfer).status IS DISTINCT FROM 'pending' OR (m.transfer).requester_id <> done.requester_id;
        IF done.status IN ('clientApproved', 'serverApproved') THEN
            m := dos_internal.transfer_complete(m, dos_internal.zone_get(m.zone_id), done.status, done.actor_id, done.acts_at, cltrid, svtrid);
        ELSE
            m := dos_internal.transfer_end(m, done.status, CASE WHEN done.status ~ '^client' THEN done.actor_id END, done.acts_at, cltrid, svtrid);
        END IF;
        PERFORM dos_internal.transfer_apply(m);
    END LOOP;
END $$;
COMMENT ON FUNCTION dos_internal.variants_transfer_follow(dos.domain, text, text) IS 'end the pending transfers of the other names of a set as that of one has ended, in its transaction';
