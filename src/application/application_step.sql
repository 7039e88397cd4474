-- The one place where the registry changes the status of an application, with all that goes along with it.

CREATE FUNCTION dos_internal.application_announce(a dos.application, event text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM dos_internal.outbox_put(event, a.name, a.id, NULL, NULL, NULL,
        jsonb_strip_nulls(jsonb_build_object('notify', jsonb_build_array(dos_internal.registrar_clid(a.registrar_id)), 'reason', a.reason,
            'launch', dos_internal.application_launch(a),
            'pan', CASE WHEN a.decided_at IS NOT NULL THEN jsonb_build_object('name', a.name, 'result', a.status = 'allocated', 'cltrid', a.cltrid, 'svtrid', a.svtrid,
                                                                             'date', dos.iso8601(a.decided_at)) END)));
END $$;
COMMENT ON FUNCTION dos_internal.application_announce(dos.application, text) IS
    'the event of a status that an application has entered; the applicant is told, with infData or in the end panData (RFC 8334 section 2.5)';

-- Another name may have been allocated since, of which this one is a variant.
CREATE FUNCTION dos_internal.application_variant(zone dos.zone, d dos.domain) RETURNS dos_internal.name_verdict
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    tables  jsonb := (SELECT jsonb_build_object('idn', jsonb_build_object('table', t.name)) FROM dos.idn_table AS t WHERE t.id = d.idn_table_id);
    verdict dos_internal.name_verdict := dos_internal.name_idn(zone, split_part(d.name, '.', 1), d.name, 'create', tables, dos_internal.name_facts(zone.id));
    used    dos_internal.name_verdict;
BEGIN
    IF verdict.problem IS NOT NULL THEN
        PERFORM dos_internal.refuse(verdict.code, verdict.problem, verdict.element, verdict.message, verdict.detail);
    ELSIF verdict.variant_of IS NOT NULL THEN
        PERFORM dos_internal.variant_holder_require(verdict.variant_of, d.name, d.registrar_id, d.registrant_id);
    END IF;
    used.indexed := true;
    RETURN used;
END $$;
COMMENT ON FUNCTION dos_internal.application_variant(dos.zone, dos.domain) IS 'judge the label of an application once more as it is allocated, and let it join the set it is a variant of; R2306, R2304';

-- What the create of the application found out has to hold still: the name is free, what it refers to is there.
CREATE FUNCTION dos_internal.application_allot(a dos.application) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    zone    dos.zone := dos_internal.zone_get(a.zone_id);
    d       dos.domain := dos_internal.application_domain(a);
    clid    text := dos_internal.registrar_clid(a.registrar_id);
    verdict dos_internal.name_verdict;
    charged bigint;
BEGIN
    IF dos_internal.domain_hold(a.name) THEN
        PERFORM dos_internal.domain_claim(a.name);
    END IF;
    IF d.idn_indexed THEN
        verdict := dos_internal.application_variant(zone, d);
    END IF;
    IF NOT dos_internal.update_still_fits(d) OR EXISTS (SELECT FROM unnest(d.org_ids) AS i WHERE NOT EXISTS (SELECT FROM dos.org AS o WHERE o.id = i)) THEN
        PERFORM dos_internal.refuse(2305, 'application_references', 'launch:applicationID', format('application "%s" cannot be allocated', a.number),
            'A contact, host or organization that it refers to does not exist any more.');
    END IF;
    charged := dos_internal.ledger_capture(a.entry_id, a.svtrid);
    d.created_at := dos.now();
    d.expires_at := dos.period_add_years(d.created_at, a.years, d.created_at);
    d.next_event_at := d.expires_at;
    d.auth_until := CASE WHEN d.auth_hash IS NOT NULL THEN d.created_at + zone.auth_life END;
    d.act := dos_internal.act();
    d.graces := ARRAY[('add', dos.period_add(d.created_at, coalesce(CASE WHEN a.token_id IS NOT NULL THEN dos_internal.token_grace(a.token_id) END,
                       dos_internal.zone_period(zone.id, 'add_grace', d.created_at))),
                       charged, a.years)::dos.grace];
    PERFORM dos_internal.domain_put(d);
    IF d.idn_indexed THEN
        PERFORM dos_internal.name_policy_apply(zone, verdict, d.name, d.id, d.registrar_id, NULL, a.svtrid);
    END IF;
    IF d.host_ids <> '{}' OR d.host_attrs <> '{}' THEN
        PERFORM dos_internal.dns_mark(zone.id, d.name);
    END IF;
    PERFORM dos_internal.outbox_put('domain.created', d.name, d.id, clid, a.cltrid, a.svtrid,
        jsonb_build_object('years', a.years, 'expires_at', d.expires_at, 'application', a.number, 'sponsor', clid));
    IF d.statuses @> '{serverHold}' THEN
        PERFORM dos_internal.outbox_put('domain.collision_held', d.name, d.id, NULL, a.cltrid, a.svtrid, jsonb_build_object('notify', ARRAY[clid]));
    END IF;
    IF dos_internal.hook_exists('after', 'domain', 'create', zone.id) THEN
        PERFORM dos_internal.hook_run('after', 'domain', 'create', zone.id, dos_internal.hook_context(d, dos_internal.registrar_find(clid), a.years));
    END IF;
    DELETE FROM dos.name_applied AS n WHERE n.name = a.name AND n.number = a.number;
    RETURN charged;
END $$;
COMMENT ON FUNCTION dos_internal.application_allot(dos.application) IS
    'make the domain that an application asks for: what was held is charged, DNS, events, hooks as after a create; returns the entry of the charge. R2302 the name is taken, R2305';

CREATE FUNCTION dos_internal.application_step(a dos.application, act text, reason text, status_name text DEFAULT NULL) RETURNS dos.application
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    becomes text := dos_internal.application_allowed(a, act);
    charged bigint := a.entry_id;
BEGIN
    IF becomes = 'allocated' THEN
        charged := dos_internal.application_allot(a);
    ELSIF becomes = 'rejected' THEN
        PERFORM dos_internal.application_release(a);
    END IF;
    UPDATE dos.application AS o
       SET status = becomes, status_name = application_step.status_name, reason = application_step.reason, entry_id = charged,
           decided_at = CASE WHEN becomes IN ('allocated', 'rejected') THEN dos.now() END
     WHERE o.id = a.id RETURNING * INTO a;
    PERFORM dos_internal.application_announce(a, 'application.' || CASE act WHEN 'validate' THEN 'validated' WHEN 'invalidate' THEN 'invalidated' WHEN 'contend' THEN 'contended'
        WHEN 'allocate' THEN 'allocated' WHEN 'reject' THEN 'rejected' ELSE 'customized' END);
    RETURN a;
END $$;
COMMENT ON FUNCTION dos_internal.application_step(dos.application, text, text, text) IS
    'change the status of an application by an act of the registry: money, domain, event and message go along; R2304 its status does not allow it, R2302, R2305';

-- All that is open for a name, in one order, so that two decisions about it wait for each other.
CREATE FUNCTION dos_internal.application_others(name text, but bigint) RETURNS SETOF dos.application
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT a.* FROM dos.application AS a WHERE a.name = application_others.name AND a.decided_at IS NULL AND a.id <> but ORDER BY a.id FOR UPDATE;
END $$;
COMMENT ON FUNCTION dos_internal.application_others(text, bigint) IS 'the other open applications for a name, locked';

CREATE FUNCTION dos_internal.application_grant(a dos.application, reason text, others text) RETURNS dos.application
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    other dos.application;
BEGIN
    IF others NOT IN ('reject', 'leave') OR others IS NULL THEN
        PERFORM dos_internal.refuse(2306, 'application_others', 'others', 'what becomes of the other applications is not known', 'One of reject, leave.');
    END IF;
    a := dos_internal.application_step(a, 'allocate', reason);
    IF others = 'reject' THEN
        FOR other IN SELECT * FROM dos_internal.application_others(a.name, a.id) LOOP
            PERFORM dos_internal.application_step(other, 'reject', 'The name has been allocated to another applicant.');
        END LOOP;
    END IF;
    RETURN a;
END $$;
COMMENT ON FUNCTION dos_internal.application_grant(dos.application, text, text) IS 'allocate an application, and reject the others for its name or leave them';
