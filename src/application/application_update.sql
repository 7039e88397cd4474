-- <update> with <launch:update>: what the domain would be changes. What was validated is validated again.

-- The domain asked for after the changes of an update.
CREATE FUNCTION dos_internal.application_changed(zone dos.zone, actor dos.registrar, d dos.domain, add_hosts text[], rem_hosts text[], add_host_attrs text[],
                                                 rem_host_attrs text[], add_contacts text[], rem_contacts text[], chg_registrant text, rem_all_ds boolean,
                                                 rem_ds text[], rem_keys text[], add_ds text[], add_keys text[]) RETURNS dos.domain
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF num_nonnulls(add_contacts, rem_contacts, chg_registrant) > 0 THEN
        d := dos_internal.domain_contacts_change(zone, actor, d, add_contacts, rem_contacts, chg_registrant);
    END IF;
    IF num_nonnulls(add_hosts, rem_hosts) > 0 THEN
        d.host_ids := dos_internal.links_change(d.host_ids, dos_internal.hosts_of(rem_hosts), dos_internal.domain_hosts(zone, add_hosts), 'domain:hostObj', 'host');
    END IF;
    IF num_nonnulls(add_host_attrs, rem_host_attrs) > 0 THEN
        d.host_attrs := dos_internal.host_attrs_change(d.host_attrs, rem_host_attrs, dos_internal.domain_host_attrs(zone, d.name, add_host_attrs));
    END IF;
    IF rem_all_ds OR num_nonnulls(rem_ds, add_ds, rem_keys, add_keys) > 0 THEN
        d := dos_internal.domain_secdns_change(d, rem_all_ds, rem_ds, rem_keys, add_ds, add_keys);
    END IF;
    RETURN d;
END $$;
COMMENT ON FUNCTION dos_internal.application_changed(dos.zone, dos.registrar, dos.domain, text[], text[], text[], text[], text[], text[], text, boolean, text[], text[], text[], text[]) IS
    'the domain that an application asks for, after the changes of an update; R2303, R2201, R2306, R2005';

CREATE FUNCTION dos.application_update(registrar text, name text, add_hosts text[] DEFAULT NULL, rem_hosts text[] DEFAULT NULL, add_host_attrs text[] DEFAULT NULL,
                                       rem_host_attrs text[] DEFAULT NULL, add_contacts text[] DEFAULT NULL, rem_contacts text[] DEFAULT NULL,
                                       add_statuses text[] DEFAULT NULL, rem_statuses text[] DEFAULT NULL, chg_registrant text DEFAULT NULL,
                                       chg_auth text DEFAULT NULL, rem_all_ds boolean DEFAULT false, rem_ds text[] DEFAULT NULL, rem_keys text[] DEFAULT NULL,
                                       add_ds text[] DEFAULT NULL, add_keys text[] DEFAULT NULL, chg_max_sig_life int DEFAULT NULL, urgent boolean DEFAULT false,
                                       cltrid text DEFAULT NULL, svtrid text DEFAULT NULL, extensions jsonb DEFAULT NULL, OUT code int, OUT extension jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor   dos.registrar := dos_internal.registrar_act(registrar, 'update', svtrid);                                     -- gather
    a       dos.application := dos_internal.application_find(actor, name, extensions -> 'launch', 'update');
    becomes text := dos_internal.application_allowed(a, 'update');
    zone    dos.zone := dos_internal.zone_get(a.zone_id);
    d       dos.domain := dos_internal.application_domain(a);
    was     text := a.status;
BEGIN
    IF num_nonnulls(add_hosts, rem_hosts, add_host_attrs, rem_host_attrs, add_contacts, rem_contacts, add_statuses, rem_statuses, chg_registrant, chg_auth,  -- decide
                    rem_ds, rem_keys, add_ds, add_keys, chg_max_sig_life, nullif(rem_all_ds, false), nullif(extensions ?| '{ttl,org}', false)) = 0 THEN
        PERFORM dos_internal.refuse(2003, 'domain_update_empty', NULL, 'an update changes something');
    ELSIF num_nonnulls(add_statuses, rem_statuses) > 0 THEN
        PERFORM dos_internal.refuse(2306, 'application_statuses', 'domain:status', 'an application has no statuses to set', 'It is pendingCreate until it is decided.');
    ELSIF urgent THEN
        PERFORM dos_internal.refuse(2102, 'secdns_urgent', 'secDNS:update', 'urgent is not supported', 'Nothing of an application is published.');
    END IF;
    d := dos_internal.application_changed(zone, actor, d, add_hosts, rem_hosts, add_host_attrs, rem_host_attrs, add_contacts, rem_contacts, chg_registrant,
                                          rem_all_ds, rem_ds, rem_keys, add_ds, add_keys);
    d.max_sig_life := coalesce(chg_max_sig_life, d.max_sig_life);
    IF chg_auth IS NOT NULL THEN
        d.auth_hash := dos_internal.application_auth(zone, chg_auth);
    END IF;
    IF extensions ?| '{ttl,org}' THEN
        d := dos_internal.domain_extend(d, zone, actor, 'update', extensions - '{launch,token}'::text[]);
    END IF;
    PERFORM dos_internal.application_require(zone, d);
    PERFORM dos_internal.phase_terms_require(a.phase_id, a.years, d.registrant_id IS NOT NULL, d.admin_ids <> '{}', d.tech_ids <> '{}', d.billing_ids <> '{}');
    IF dos_internal.hook_exists('check', 'domain', 'update', zone.id) THEN
        PERFORM dos_internal.hook_run('check', 'domain', 'update', zone.id, dos_internal.hook_context(d, actor, NULL));
    END IF;

    IF becomes = 'pendingValidation' AND NOT (SELECT p.validation FROM dos.phase AS p WHERE p.id = a.phase_id) THEN
        becomes := 'validated';
    END IF;
    a := dos_internal.application_request(a, d);                                                                  -- apply
    UPDATE dos.application AS o
       SET request = a.request, contact_ids = a.contact_ids, host_ids = a.host_ids, auth_hash = a.auth_hash, status = becomes, updater_id = actor.id, updated_at = dos.now(),
           reason = CASE WHEN becomes = was THEN o.reason END
     WHERE o.id = a.id RETURNING * INTO a;
    PERFORM dos_internal.outbox_put('application.updated', a.name, a.id, actor.clid, cltrid, svtrid, jsonb_build_object('launch', dos_internal.application_launch(a)));  -- announce
    IF becomes <> was THEN
        PERFORM dos_internal.application_announce(a, 'application.resubmitted');
    END IF;
    code := 1000;
END $$;
COMMENT ON FUNCTION dos.application_update(text, text, text[], text[], text[], text[], text[], text[], text[], text[], text, text, boolean, text[], text[], text[], text[], int, boolean, text, text, jsonb) IS
    'change what a launch application asks for (RFC 8334 section 3.4), as dos.domain_update() changes a domain; extensions -> launch says which. It is validated again. '
    'R2102, R2003, R2303, R2201, R2304 its status, R2306, R2005';
GRANT EXECUTE ON FUNCTION dos.application_update(text, text, text[], text[], text[], text[], text[], text[], text[], text[], text, text, boolean, text[], text[], text[], text[], int, boolean, text, text, jsonb) TO dos_epp;
