-- The end of a set of variants: which names go with one that goes, and how.

CREATE FUNCTION dos_internal.variants_ending(d dos.domain, by_command boolean) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    rule   text := (dos_internal.variant_policy_of(d.zone_id)).deletion;
    others text[] := ARRAY(SELECT v.v FROM dos_internal.variants_of(d.name) AS v (v));
BEGIN
    IF rule = 'alone' OR (rule <> 'set' AND EXISTS (SELECT FROM dos.domain_variant AS v WHERE v.name = d.name)) THEN
        RETURN '{}';
    ELSIF rule = 'refuse' AND by_command AND others <> '{}' THEN
        PERFORM dos_internal.refuse(2305, 'idn_variants_exist', 'domain:name', format('domain "%s" cannot be deleted', d.name),
            format('"%s" is a variant of it.', dos.dname_unicode(others[1])));
    END IF;
    RETURN others;
END $$;
COMMENT ON FUNCTION dos_internal.variants_ending(dos.domain, boolean) IS 'the names that go when a name goes; R2305 when an original with variants may not be deleted';

-- By command: each is deleted by the verb, with its own refunds, period and refusals. Those that are gone by then are not.
CREATE FUNCTION dos_internal.variants_delete(going text[], registrar text, cltrid text, svtrid text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    other text;
BEGIN
    FOREACH other IN ARRAY going LOOP
        PERFORM dos.domain_delete(registrar, other, cltrid, svtrid)
          WHERE EXISTS (SELECT FROM dos.domain AS d WHERE d.name = other AND d.deleted_at IS NULL);
    END LOOP;
END $$;
COMMENT ON FUNCTION dos_internal.variants_delete(text[], text, text, text) IS 'delete the other names of a set for their registrar; errors of dos.domain_delete()';

-- By the clock: in redemption since the instant at which the first of them went, or gone where there is none.
CREATE FUNCTION dos_internal.variants_end(going text[], at timestamptz, cause text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    other text;
    m     dos.domain;
    zone  dos.zone;
BEGIN
    FOREACH other IN ARRAY going LOOP
        m := dos_internal.transfer_lock_or_null(other);
        CONTINUE WHEN m.id IS NULL OR m.deleted_at IS NOT NULL;
        zone := dos_internal.zone_get(m.zone_id);
        PERFORM dos_internal.act_clock('advance');
        IF (m.pending).kind = 'create' THEN
            PERFORM dos_internal.create_reject(m, at, 'The name it is a variant of has expired.');
            CONTINUE;
        ELSIF (m.pending).kind = 'update' THEN
            m := dos_internal.pending_settle(m, false, at, 'The name it is a variant of has expired.');
        END IF;
        IF (m.transfer).status = 'pending' THEN
            m := dos_internal.transfer_end(m, 'serverCancelled', NULL, at, NULL, NULL);
        END IF;
        m := dos_internal.domain_refund(m, zone, NULL);
        m.deleted_at := greatest(at, m.created_at);
        IF (dos_internal.domain_state(m, dos.now())).registered THEN
            m.release_at := dos_internal.release_drawn(m, zone, dos_internal.domain_state(m, dos.now()));
            UPDATE dos.domain AS d
               SET deleted_at = m.deleted_at, release_at = m.release_at, expires_at = m.expires_at, graces = m.graces, unpaid = m.unpaid, expired_at = m.expired_at,
                   transfer = m.transfer, pending = m.pending, next_event_at = (dos_internal.domain_state(m, dos.now())).next_event_at
             WHERE d.id = m.id;
            PERFORM dos_internal.dns_mark(m.zone_id, m.name);
            PERFORM dos_internal.outbox_put('domain.redemption_begun', m.name, m.id, NULL, NULL, NULL,
                dos_internal.notify_sponsor(m) || jsonb_build_object('deleted_at', m.deleted_at, 'cause', cause));
        ELSE
            PERFORM dos_internal.domain_purge(m, 'domain.purged', NULL, NULL, NULL, jsonb_build_object('cause', cause));
        END IF;
        PERFORM dos_internal.act_clock(NULL);
    END LOOP;
END $$;
COMMENT ON FUNCTION dos_internal.variants_end(text[], timestamptz, text) IS 'end names of a set by the clock, because one of them went at an instant: refunds, DNS, messages';

CREATE FUNCTION dos_internal.variants_restore(d dos.domain, actor dos.registrar, cltrid text, svtrid text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    other text;
BEGIN
    IF (dos_internal.variant_policy_of(d.zone_id)).restore = 'set' THEN
        FOR other IN SELECT * FROM dos_internal.variants_of(d.name) LOOP
            PERFORM dos.domain_restore_request(actor.clid, other, cltrid, svtrid)
              FROM dos.domain AS o WHERE o.name = other AND 'redemptionPeriod' = ANY ((dos_internal.domain_state(o, dos.now())).rgp_statuses);
        END LOOP;
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.variants_restore(dos.domain, dos.registrar, text, text) IS 'restore the other names of a set that are in redemption, each at its price; errors of dos.domain_restore_request()';
