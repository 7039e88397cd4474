CREATE TYPE dos.domain_created AS (code int, name text, created_at timestamptz, expires_at timestamptz, extension jsonb);
COMMENT ON TYPE dos.domain_created IS 'what dos.domain_create() returns';

CREATE FUNCTION dos_internal.domain_hold(name text) RETURNS boolean
LANGUAGE c VOLATILE STRICT AS 'MODULE_PATHNAME', 'dos_sql_domain_hold';
COMMENT ON FUNCTION dos_internal.domain_hold(text) IS 'hold a name until the end of the transaction, of many at once one after the other; then whether it has a row';

CREATE FUNCTION dos_internal.domain_put(d dos.domain) RETURNS bigint
LANGUAGE c VOLATILE STRICT AS 'MODULE_PATHNAME', 'dos_sql_domain_put';
COMMENT ON FUNCTION dos_internal.domain_put(dos.domain) IS 'insert a row into dos.domain and return its id: called as an expression, which needs no executor';

-- Gather step of a create that has the name in hand: what has a row may be over by the clock.
CREATE FUNCTION dos_internal.domain_claim(name text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    taken dos.domain;
BEGIN
    SELECT * INTO taken FROM dos.domain AS d WHERE d.name = domain_claim.name;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF dos_internal.domain_is_due(taken) AND NOT (dos_internal.domain_state(taken, dos.now())).registered THEN
        -- gone by the clock, and the worker has not come by yet
        IF dos_internal.drop_is_blocked((dos_internal.zone_get(taken.zone_id)).blocks_drops, name) THEN
            PERFORM dos_internal.refuse(2306, 'domain_blocked_at_drop', 'domain:name', format('"%s" cannot be registered', name), 'The name is blocked.');
        END IF;
        SELECT * INTO taken FROM dos.domain AS d WHERE d.id = taken.id FOR UPDATE;
        IF NOT FOUND OR (dos_internal.domain_advance(taken)).id IS NULL THEN
            RETURN;
        END IF;
    END IF;
    PERFORM dos_internal.refuse(2302, 'domain_name_taken', 'domain:name', format('domain "%s" exists', name));
END $$;
COMMENT ON FUNCTION dos_internal.domain_claim(text) IS 'make way for a create: a name whose time is over goes, or R2302, or R2306 when it was to be blocked as it dropped; after domain_hold()';

CREATE FUNCTION dos.domain_create(registrar text, name text, period int DEFAULT NULL, period_unit text DEFAULT 'y', hosts text[] DEFAULT NULL,
                                  host_attrs text[] DEFAULT NULL, registrant text DEFAULT NULL, contacts text[] DEFAULT NULL,
                                  auth text DEFAULT NULL, ds text[] DEFAULT NULL, keys text[] DEFAULT NULL, max_sig_life int DEFAULT NULL,
                                  cltrid text DEFAULT NULL, svtrid text DEFAULT NULL, extensions jsonb DEFAULT NULL)
RETURNS dos.domain_created
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor    dos.registrar := dos_internal.registrar_act(registrar, 'create', svtrid);                                    -- gather
    zone     dos.zone := dos_internal.zone_of(dos.dname(name));
    fresh    dos.domain;
    years    int;
    verdict  dos_internal.name_verdict;
    price    dos.price_data;
    entry_id bigint;
    waits    boolean := false;
BEGIN
    fresh.name := dos.dname(name);
    IF zone.id IS NULL THEN                                                                                       -- decide
        PERFORM dos_internal.refuse(2306, 'zone_unknown', 'domain:name', format('"%s" is in no zone of this registry', name));
    END IF;
    verdict := dos_internal.name_policy(zone, fresh.name, actor.id, 'create', extensions, dos.now());
    IF verdict.problem IS NOT NULL THEN
        PERFORM dos_internal.refuse(verdict.code, verdict.problem, verdict.element, verdict.message, verdict.detail);
    END IF;
    IF dos_internal.domain_hold(fresh.name) THEN
        PERFORM dos_internal.domain_claim(fresh.name);
    END IF;
    years := dos_internal.period_years(zone, period, period_unit, 'create');
    fresh.admin_ids := '{}';
    fresh.tech_ids := '{}';
    fresh.billing_ids := '{}';
    IF registrant <> '' OR cardinality(contacts) > 0 THEN
        SELECT c.registrant_id, c.admin_ids, c.tech_ids, c.billing_ids
          INTO fresh.registrant_id, fresh.admin_ids, fresh.tech_ids, fresh.billing_ids
          FROM dos_internal.domain_contacts(zone, actor, registrant, contacts) AS c;
        PERFORM dos_internal.domain_contacts_require(zone, fresh);
    ELSIF zone.registrant_required OR zone.contacts_required <> '{}' OR zone.contacts_counts <> '{}' THEN
        PERFORM dos_internal.domain_contacts_require(zone, fresh);
    END IF;
    IF verdict.phase_id IS NOT NULL THEN
        fresh.phase_id := verdict.phase_id;
        PERFORM dos_internal.phase_terms_require(fresh.phase_id, years, fresh.registrant_id IS NOT NULL, fresh.admin_ids <> '{}',
                                                 fresh.tech_ids <> '{}', fresh.billing_ids <> '{}');
    END IF;
    IF verdict.variant_of IS NOT NULL THEN
        PERFORM dos_internal.variant_holder_require(verdict.variant_of, fresh.name, actor.id, fresh.registrant_id);
    END IF;
    fresh.idn_table_id := verdict.table_id;
    fresh.idn_indexed := coalesce(verdict.indexed, false);
    fresh.host_ids := CASE WHEN cardinality(hosts) > 0 THEN dos_internal.domain_hosts(zone, hosts) ELSE '{}' END;
    fresh.host_attrs := CASE WHEN cardinality(host_attrs) > 0 THEN dos_internal.domain_host_attrs(zone, fresh.name, host_attrs) ELSE '{}' END;
    IF cardinality(fresh.host_ids) + cardinality(fresh.host_attrs) > zone.hosts_max OR zone.glue = 'wide' THEN
        PERFORM dos_internal.domain_hosts_require(zone, fresh);
    END IF;
    fresh.ds := coalesce(dos_internal.secdns_canonical(ds, false), '{}');
    fresh.keys := coalesce(dos_internal.secdns_canonical(keys, true), '{}');
    IF fresh.ds <> '{}' OR fresh.keys <> '{}' THEN
        PERFORM dos_internal.secdns_require(zone, fresh.ds, fresh.keys);
    END IF;

    fresh.id := nextval('dos.domain_id_seq');
    fresh.zone_id := zone.id;
    fresh.roid := 'D' || fresh.id || '-' || zone.roid_suffix;
    fresh.registrar_id := actor.id;
    fresh.creator_id := actor.id;
    fresh.created_at := dos.now();
    fresh.expires_at := dos.period_add_years(fresh.created_at, years, fresh.created_at);
    fresh.act := dos_internal.act();
    fresh.statuses := CASE WHEN verdict.on_hold THEN '{serverHold}' ELSE '{}' END;
    fresh.max_sig_life := max_sig_life;
    IF auth <> '' THEN
        IF zone.auth_length_min > 0 OR zone.auth_classes_min > 0 THEN
            PERFORM dos_internal.authinfo_require(zone, auth);
        END IF;
        fresh.auth_hash := dos_internal.authinfo_hash(auth);
        fresh.auth_until := dos.now() + zone.auth_life;
    END IF;
    IF max_sig_life < 1 THEN
        PERFORM dos_internal.refuse(2005, 'secdns_max_sig_life', 'secDNS:maxSigLife', 'the signature lifetime is not valid', 'It is at least one second.');
    END IF;
    IF extensions ?| '{ttl,org}' THEN
        fresh := dos_internal.domain_extend(fresh, zone, actor, 'create', extensions);
    END IF;
    IF zone.restricted THEN
        PERFORM dos_internal.eligibility_require(zone, fresh);
    END IF;
    IF dos_internal.hook_exists('check', 'domain', 'create', zone.id) THEN
        PERFORM dos_internal.hook_run('check', 'domain', 'create', zone.id, dos_internal.hook_context(fresh, actor, years));
    END IF;
    price := dos_internal.domain_price(zone, 'create', years, fresh, actor, extensions, verdict.phase);
    IF extensions ? 'fee' OR NOT price.standard OR zone.fee_required = 'always' THEN
        PERFORM dos_internal.fee_require(zone, extensions -> 'fee', price);
    END IF;

    IF zone.pending_verbs <> '{}' OR dos_internal.hook_exists('pending', 'domain', 'create', zone.id) THEN
        waits := dos_internal.pending_wanted(zone, 'create', dos_internal.hook_context(fresh, actor, years));
    END IF;

    entry_id := dos_internal.price_charge(price, actor.id, 'create', fresh.name, fresh.id, years, svtrid,         -- charge
                                          CASE WHEN waits THEN 'hold' ELSE 'revenue' END);
    IF waits THEN
        fresh.pending := ROW('create', fresh.created_at, dos.period_add(fresh.created_at, zone.pending_timeout), zone.pending_outcome = 'approve',
                             entry_id, years, cltrid, svtrid, NULL)::dos.pending_action;
    END IF;
    fresh.graces := ARRAY[('add', dos.period_add(fresh.created_at, coalesce(CASE WHEN price.token_id IS NOT NULL THEN dos_internal.token_grace(price.token_id) END,  -- apply
                                                                            dos_internal.zone_period(zone.id, 'add_grace', fresh.created_at))),
                           entry_id, years)::dos.grace];
    fresh.next_event_at := least(fresh.expires_at, (fresh.pending).acts_at);
    fresh.id := dos_internal.domain_put(fresh);
    IF verdict IS DISTINCT FROM NULL THEN
        PERFORM dos_internal.name_policy_apply(zone, verdict, fresh.name, fresh.id, actor.id, extensions, svtrid);
    END IF;
    IF (fresh.host_ids <> '{}' OR fresh.host_attrs <> '{}') AND NOT waits THEN
        PERFORM dos_internal.dns_mark(zone.id, fresh.name);
    END IF;
    PERFORM dos_internal.outbox_put(CASE WHEN waits THEN 'domain.create_pending' ELSE 'domain.created' END,       -- announce
        fresh.name, fresh.id, actor.clid, cltrid, svtrid,
        jsonb_build_object('years', years, 'expires_at', fresh.expires_at, 'amount_minor', price.amount_minor, 'currency', price.currency));
    IF verdict.on_hold THEN
        PERFORM dos_internal.outbox_put('domain.collision_held', fresh.name, fresh.id, NULL, cltrid, svtrid, jsonb_build_object('notify', ARRAY[actor.clid]));
    END IF;
    IF dos_internal.hook_exists('after', 'domain', 'create', zone.id) THEN
        PERFORM dos_internal.hook_run('after', 'domain', 'create', zone.id, dos_internal.hook_context(fresh, actor, years));
    END IF;
    RETURN (CASE WHEN waits THEN 1001 ELSE 1000 END, fresh.name::text, fresh.created_at, fresh.expires_at,
            CASE WHEN extensions ? 'fee' THEN jsonb_build_object('fee', dos_internal.fee_answer(zone, actor.id, 'create', price)) END);
END $$;
COMMENT ON FUNCTION dos.domain_create(text, text, int, text, text[], text[], text, text[], text, text[], text[], int, text, text, jsonb) IS
    'register a domain (RFC 5731 section 3.2.1), or with code 1001 for approval: rows, charge, DNS mark and event in one transaction. contacts as ''admin:ID'', host_attrs as '
    '''name address ...'', ds as ''tag algorithm digesttype HEX''. R2302, R2303, R2201, R2104, R2005, R2306; R2003, R2004 fee';
GRANT EXECUTE ON FUNCTION dos.domain_create(text, text, int, text, text[], text[], text, text[], text, text[], text[], int, text, text, jsonb) TO dos_epp;
