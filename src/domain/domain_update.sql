-- An update that waits: what it would change is kept with the domain, of the authInfo its hash.
CREATE FUNCTION dos_internal.update_waits(zone dos.zone, target dos.domain, changed dos.domain, actor dos.registrar, cltrid text, svtrid text) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    request jsonb;
BEGIN
    IF NOT dos_internal.pending_wanted(zone, 'update', dos_internal.hook_context(changed, actor, NULL)) THEN
        RETURN false;
    END IF;
    changed.updater_id := actor.id;
    changed.updated_at := dos.now();
    request := (SELECT jsonb_object_agg(n.key, n.value) FROM jsonb_each(to_jsonb(changed)) AS n WHERE n.value IS DISTINCT FROM to_jsonb(target) -> n.key);
    target.pending := ROW('update', dos.now(), dos.period_add(dos.now(), zone.pending_timeout), false, NULL, NULL, cltrid, svtrid, request)::dos.pending_action;
    UPDATE dos.domain AS d SET pending = target.pending, next_event_at = (dos_internal.domain_state(target, dos.now())).next_event_at WHERE d.id = target.id;
    PERFORM dos_internal.outbox_put('domain.update_pending', target.name, target.id, actor.clid, cltrid, svtrid, NULL);
    RETURN true;
END $$;
COMMENT ON FUNCTION dos_internal.update_waits(dos.zone, dos.domain, dos.domain, dos.registrar, text, text) IS
    'if this update waits for approval: keep it with the domain, which is pendingUpdate from now on';

CREATE FUNCTION dos.domain_update(registrar text, name text, add_hosts text[] DEFAULT NULL, rem_hosts text[] DEFAULT NULL,
                                  add_host_attrs text[] DEFAULT NULL, rem_host_attrs text[] DEFAULT NULL, add_contacts text[] DEFAULT NULL,
                                  rem_contacts text[] DEFAULT NULL, add_statuses text[] DEFAULT NULL, rem_statuses text[] DEFAULT NULL,
                                  chg_registrant text DEFAULT NULL, chg_auth text DEFAULT NULL, rem_all_ds boolean DEFAULT false,
                                  rem_ds text[] DEFAULT NULL, rem_keys text[] DEFAULT NULL, add_ds text[] DEFAULT NULL, add_keys text[] DEFAULT NULL,
                                  chg_max_sig_life int DEFAULT NULL, urgent boolean DEFAULT false, cltrid text DEFAULT NULL,
                                  svtrid text DEFAULT NULL, extensions jsonb DEFAULT NULL, OUT code int, OUT extension jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor   dos.registrar := dos_internal.registrar_act(registrar, 'update', svtrid);                                     -- gather
    target  dos.domain := dos_internal.domain_lock(dos.dname(name), actor);
    zone    dos.zone := dos_internal.zone_get(target.zone_id);
    changed dos.domain := target;
    before  dos.domain_state := dos_internal.domain_state(target, dos.now());
    others  int := num_nonnulls(add_hosts, rem_hosts, add_host_attrs, rem_host_attrs, add_contacts, rem_contacts, chg_registrant, chg_auth,
                                rem_ds, rem_keys, add_ds, add_keys, chg_max_sig_life, nullif(rem_all_ds, false),
                                nullif(extensions ?| '{ttl,org,token,launch}', false));
    act     text := CASE WHEN num_nonnulls(add_statuses, rem_statuses) > 0 AND dos_internal.price_exists(zone.id, 'status') THEN 'status' END;
    lock    text := dos_internal.update_lock(before.statuses, rem_statuses, others = 0);
    written boolean;
BEGIN
    IF others + num_nonnulls(add_statuses, rem_statuses) = 0 THEN                                                 -- decide
        PERFORM dos_internal.refuse(2003, 'domain_update_empty', NULL, 'an update changes something');
    END IF;
    IF lock IS NOT NULL THEN
        PERFORM dos_internal.refuse(2304, 'domain_update_prohibited', 'domain:name', format('domain "%s" cannot be updated', name),
            format('Status "%s" is set.', lock));
    END IF;
    IF urgent THEN
        PERFORM dos_internal.refuse(2102, 'secdns_urgent', 'secDNS:update', 'urgent is not supported', 'Changes are published at once anyway.');
    END IF;
    IF chg_max_sig_life < 1 THEN
        PERFORM dos_internal.refuse(2005, 'secdns_max_sig_life', 'secDNS:maxSigLife', 'the signature lifetime is not valid', 'It is at least one second.');
    END IF;
    IF extensions ?| '{ttl,org,token,launch}' THEN
        changed := dos_internal.domain_extend(changed, zone, actor, 'update', extensions);
    END IF;
    IF extensions -> 'fee' ? 'fees' AND NOT dos_internal.price_exists(zone.id, 'update') THEN     -- an update costs nothing
        PERFORM dos_internal.fee_require(zone, extensions -> 'fee', ROW(0, 0, dos_internal.price_currency(zone, actor, extensions -> 'fee' ->> 'currency'), NULL, NULL, true, NULL, NULL, NULL, zone.operator_id)::dos.price_data);
    END IF;
    IF num_nonnulls(add_statuses, rem_statuses) > 0 THEN
        changed.statuses := dos_internal.statuses_change(target.statuses, add_statuses, rem_statuses,
            '{clientDeleteProhibited,clientHold,clientRenewProhibited,clientTransferProhibited,clientUpdateProhibited}', 'domain:status');
    END IF;

    IF num_nonnulls(add_contacts, rem_contacts, chg_registrant) > 0 THEN
        changed := dos_internal.domain_contacts_change(zone, actor, changed, add_contacts, rem_contacts, chg_registrant);
        PERFORM dos_internal.domain_contacts_require(zone, changed);
    END IF;
    IF zone.transfer_contacts = 'new' AND target.transferred_at IS NOT NULL THEN
        PERFORM dos_internal.domain_contacts_own(changed);
    END IF;
    IF num_nonnulls(add_hosts, rem_hosts, add_host_attrs, rem_host_attrs) > 0 THEN
        IF num_nonnulls(add_hosts, rem_hosts) > 0 THEN
            changed.host_ids := dos_internal.links_change(target.host_ids, dos_internal.hosts_of(rem_hosts),
                                                          dos_internal.domain_hosts(zone, add_hosts), 'domain:hostObj', 'host');
        END IF;
        IF num_nonnulls(add_host_attrs, rem_host_attrs) > 0 THEN
            changed.host_attrs := dos_internal.host_attrs_change(target.host_attrs, rem_host_attrs,
                                                                 dos_internal.domain_host_attrs(zone, target.name, add_host_attrs));
        END IF;
        PERFORM dos_internal.domain_hosts_require(zone, changed);
    END IF;
    IF rem_all_ds OR num_nonnulls(rem_ds, add_ds, rem_keys, add_keys) > 0 THEN
        changed := dos_internal.domain_secdns_change(changed, rem_all_ds, rem_ds, rem_keys, add_ds, add_keys);
    END IF;
    IF (changed.ds, changed.keys) IS DISTINCT FROM (target.ds, target.keys) THEN
        PERFORM dos_internal.secdns_require(zone, changed.ds, changed.keys);
    END IF;
    changed.max_sig_life := coalesce(chg_max_sig_life, target.max_sig_life);
    IF chg_auth IS NOT NULL THEN
        IF chg_auth <> '' AND (zone.auth_length_min > 0 OR zone.auth_classes_min > 0) THEN
            PERFORM dos_internal.authinfo_require(zone, chg_auth);
        END IF;
        changed.auth_hash := dos_internal.authinfo_hash(nullif(chg_auth, ''));
        changed.auth_until := dos.now() + zone.auth_life;
    END IF;
    IF zone.restricted THEN
        PERFORM dos_internal.eligibility_require(zone, changed);
    END IF;
    IF dos_internal.hook_exists('check', 'domain', 'update', zone.id) THEN
        PERFORM dos_internal.hook_run('check', 'domain', 'update', zone.id, dos_internal.hook_context(changed, actor, NULL));
    END IF;
    IF act IS NOT NULL OR dos_internal.price_exists(zone.id, 'update') THEN
        PERFORM dos_internal.domain_fee_charge(zone, 'update', changed, actor, extensions, svtrid, act);
    END IF;

    IF changed.registrant_id IS DISTINCT FROM target.registrant_id THEN
        changed.registrant_changed_at := dos.now();
    END IF;
    IF (zone.pending_verbs <> '{}' OR dos_internal.hook_exists('pending', 'domain', 'update', zone.id))
       AND dos_internal.update_waits(zone, target, changed, actor, cltrid, svtrid) THEN
        code := 1001;
        RETURN;
    END IF;

    changed.updater_id := actor.id;                                                                               -- apply
    changed.updated_at := dos.now();
    written := dos_internal.domain_write(changed, '{registrant_changed_at,statuses,registrant_id,admin_ids,tech_ids,billing_ids,host_ids,host_attrs,'
        'ds,keys,max_sig_life,auth_hash,auth_until,ttls,org_ids,org_roles,updater_id,updated_at}');
    IF (changed.host_ids, changed.host_attrs, changed.ds, changed.keys, changed.ttls)
       IS DISTINCT FROM (target.host_ids, target.host_attrs, target.ds, target.keys, target.ttls)
       OR (dos_internal.domain_state(changed, dos.now())).delegated <> before.delegated THEN
        PERFORM dos_internal.dns_mark(zone.id, target.name);
    END IF;
    PERFORM dos_internal.outbox_put('domain.updated', target.name, target.id, actor.clid, cltrid, svtrid, NULL);  -- announce
    IF dos_internal.hook_exists('after', 'domain', 'update', zone.id) THEN
        PERFORM dos_internal.hook_run('after', 'domain', 'update', zone.id, dos_internal.hook_context(changed, actor, NULL));
    END IF;
    code := 1000;
END $$;
COMMENT ON FUNCTION dos.domain_update(text, text, text[], text[], text[], text[], text[], text[], text[], text[], text, text, boolean, text[], text[], text[], text[], int, boolean, text, text, jsonb) IS
    'change a domain (RFC 5731 section 3.2.5, RFC 5910 section 5.2.5): everything or nothing, or with code 1001 for approval. NULL keeps, '''' removes. R2003, R2303, R2201, R2304, R2306, R2005, R2102';
GRANT EXECUTE ON FUNCTION dos.domain_update(text, text, text[], text[], text[], text[], text[], text[], text[], text[], text, text, boolean, text[], text[], text[], text[], int, boolean, text, text, jsonb) TO dos_epp;
