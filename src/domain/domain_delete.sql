-- Each running grace gives back its own charge and takes its years; so do years that were never paid.
CREATE FUNCTION dos_internal.domain_refund(d dos.domain, zone dos.zone, svtrid text) RETURNS dos.domain
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    running dos.grace;
BEGIN
    FOREACH running IN ARRAY d.graces LOOP
        IF running.ends_at > dos.now() AND (running.entry_id IS NOT NULL OR running.kind <> 'autorenew' OR d.unpaid IS NULL) THEN
            IF running.entry_id IS NOT NULL AND (running.kind <> 'add' OR dos_internal.add_grace_use(d, zone, running.entry_id)) THEN
                PERFORM dos_internal.ledger_refund(running.entry_id, svtrid);
            END IF;
            d.expires_at := dos_internal.domain_years(d, -running.years);
        END IF;
    END LOOP;
    IF d.unpaid IS NOT NULL THEN
        d.expires_at := (d.unpaid).expires_at;
        d.unpaid := NULL;
    END IF;
    d.graces := '{}';
    d.expired_at := NULL;
    RETURN d;
END $$;
COMMENT ON FUNCTION dos_internal.domain_refund(dos.domain, dos.zone, text) IS
    'a domain that is being deleted: each running grace period refunds its own charge and takes its years back; the caller writes the row';

CREATE FUNCTION dos.domain_delete(registrar text, name text, cltrid text DEFAULT NULL, svtrid text DEFAULT NULL,
                                  extensions jsonb DEFAULT NULL, OUT code int, OUT extension jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor   dos.registrar := dos_internal.registrar_act(registrar, 'delete', svtrid);                                     -- gather
    target  dos.domain := dos_internal.domain_lock(dos.dname(name), actor);
    state   dos.domain_state := dos_internal.domain_state(target, dos.now());
    lock    text := dos.lifecycle_refusal('delete', state.statuses);
    zone    dos.zone := dos_internal.zone_get(target.zone_id);
    used    text;
    refunds jsonb;
    going   text[] := '{}';
BEGIN
    IF lock IS NOT NULL THEN                                                                                      -- decide
        PERFORM dos_internal.refuse(2304, 'domain_delete_prohibited', 'domain:name', format('domain "%s" cannot be deleted', name),
            format('Status "%s" is set.', lock));
    END IF;
    IF extensions ? 'launch' THEN                           -- RFC 8334 section 3.5
        PERFORM dos_internal.refuse(2102, 'launch_application', 'launch:delete', 'launch applications are not supported');
    END IF;
    -- wait for commands that are delegating to our hosts, so that the next statement sees them
    PERFORM FROM dos.host AS h WHERE h.superordinate_id = target.id ORDER BY h.id FOR UPDATE;
    SELECT h.name INTO used FROM dos.host AS h
     WHERE zone.delete_hosts IN ('forbid', 'refuse') AND h.superordinate_id = target.id                           -- RFC 5731 section 3.2.2
       AND (zone.delete_hosts = 'forbid' OR EXISTS (SELECT FROM dos.domain AS d WHERE d.host_ids @> ARRAY[h.id] AND d.id <> target.id)) LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2305, 'domain_hosts_in_use', 'domain:name', format('domain "%s" cannot be deleted', name),
            format(CASE zone.delete_hosts WHEN 'forbid' THEN 'Host "%s" is subordinate to it.' ELSE 'Another domain delegates to host "%s".' END, used));
    END IF;
    IF NOT isfinite(target.expires_at) THEN
        PERFORM dos_internal.refuse(2304, 'domain_never_expires', 'domain:name', format('domain "%s" cannot be deleted', name), 'It never expires.');
    END IF;
    IF target.idn_indexed THEN
        going := dos_internal.variants_ending(target, true);
    END IF;
    IF dos_internal.hook_exists('check', 'domain', 'delete', target.zone_id) THEN
        PERFORM dos_internal.hook_run('check', 'domain', 'delete', target.zone_id, dos_internal.hook_context(target, actor, NULL));
    END IF;

    IF extensions ? 'fee' THEN
        refunds := dos_internal.fee_refunds(zone, actor.id, target.graces, dos.now());
    END IF;
    IF dos_internal.price_exists(zone.id, 'delete') THEN                                                          -- charge
        PERFORM dos_internal.domain_fee_charge(zone, 'delete', target, actor, extensions, svtrid);
    END IF;
    target := dos_internal.domain_refund(target, zone, svtrid);
    target.deleted_at := dos.now();
    -- gone at once in the add grace period, and where redemption and pendingDelete last no time
    IF 'addPeriod' = ANY (state.rgp_statuses) OR NOT (dos_internal.domain_state(target, dos.now())).registered THEN   -- apply, announce
        PERFORM dos_internal.domain_purge(target, 'domain.deleted', actor.clid, cltrid, svtrid, jsonb_build_object('in_grace', 'addPeriod' = ANY (state.rgp_statuses)));
        code := 1000;
    ELSE
        target.release_at := dos_internal.release_drawn(target, zone, dos_internal.domain_state(target, dos.now()));
        UPDATE dos.domain AS d
           SET deleted_at = target.deleted_at, graces = '{}', unpaid = NULL, expired_at = NULL, release_at = target.release_at, expires_at = target.expires_at, updater_id = actor.id, updated_at = dos.now(),
               next_event_at = (dos_internal.domain_state(target, dos.now())).next_event_at
         WHERE d.id = target.id;
        PERFORM dos_internal.dns_mark(target.zone_id, target.name);
        PERFORM dos_internal.outbox_put('domain.delete_pending', target.name, target.id, actor.clid, cltrid, svtrid, NULL);
        code := 1001;
    END IF;
    PERFORM dos_internal.variants_delete(going, registrar, cltrid, svtrid) WHERE going <> '{}';
    IF refunds IS NOT NULL THEN
        extension := jsonb_build_object('fee', refunds || dos_internal.fee_balance(dos_internal.zone_get(target.zone_id), actor.id, refunds ->> 'currency'));
    END IF;
    IF dos_internal.hook_exists('after', 'domain', 'delete', target.zone_id) THEN
        PERFORM dos_internal.hook_run('after', 'domain', 'delete', target.zone_id, dos_internal.hook_context(target, actor, NULL));
    END IF;
END $$;
COMMENT ON FUNCTION dos.domain_delete(text, text, text, text, jsonb) IS
    'delete a domain (RFC 5731 section 3.2.2, RFC 3915): in the add grace period gone at once (1000), else pendingDelete (1001); running grace '
    'periods are refunded. R2303, R2201, R2304, R2305';
GRANT EXECUTE ON FUNCTION dos.domain_delete(text, text, text, text, jsonb) TO dos_epp;
