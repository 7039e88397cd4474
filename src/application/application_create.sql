-- A create in a phase that takes applications. dos.domain_create() comes here, with its own arguments, once the name policy has
-- said so: the checks are those of a create, in its order; then the money is held, and the row says what the domain would be.

-- Host, contact, DNSSEC and authInfo rules, on the domain as it would be.
CREATE FUNCTION dos_internal.application_require(zone dos.zone, d dos.domain) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM dos_internal.domain_contacts_require(zone, d);
    IF cardinality(d.host_ids) + cardinality(d.host_attrs) > zone.hosts_max OR zone.glue = 'wide' THEN
        PERFORM dos_internal.domain_hosts_require(zone, d);
    END IF;
    IF d.ds <> '{}' OR d.keys <> '{}' THEN
        PERFORM dos_internal.secdns_require(zone, d.ds, d.keys);
    END IF;
    IF d.max_sig_life < 1 THEN
        PERFORM dos_internal.refuse(2005, 'secdns_max_sig_life', 'secDNS:maxSigLife', 'the signature lifetime is not valid', 'It is at least one second.');
    END IF;
    IF zone.restricted THEN
        PERFORM dos_internal.eligibility_require(zone, d);
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.application_require(dos.zone, dos.domain) IS 'refuse what no domain of the zone could be; R2306, R2005';

CREATE FUNCTION dos_internal.application_auth(zone dos.zone, auth text) RETURNS bytea
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF coalesce(auth, '') = '' THEN
        RETURN NULL;
    ELSIF zone.auth_length_min > 0 OR zone.auth_classes_min > 0 THEN
        PERFORM dos_internal.authinfo_require(zone, auth);
    END IF;
    RETURN dos_internal.authinfo_hash(auth);
END $$;
COMMENT ON FUNCTION dos_internal.application_auth(dos.zone, text) IS 'the hash of an authInfo that the zone takes; NULL of none';

CREATE FUNCTION dos_internal.application_draft(actor dos.registrar, zone dos.zone, verdict dos_internal.name_verdict, name text, years int, hosts text[],
                                               host_attrs text[], registrant text, contacts text[], auth text, ds text[], keys text[], max_sig_life int,
                                               extensions jsonb) RETURNS dos.domain
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    fresh dos.domain;
BEGIN
    fresh.name := name;
    SELECT c.registrant_id, c.admin_ids, c.tech_ids, c.billing_ids
      INTO fresh.registrant_id, fresh.admin_ids, fresh.tech_ids, fresh.billing_ids
      FROM dos_internal.domain_contacts(zone, actor, registrant, contacts) AS c;
    PERFORM dos_internal.domain_contacts_require(zone, fresh);
    PERFORM dos_internal.phase_terms_require(verdict.phase_id, years, fresh.registrant_id IS NOT NULL, fresh.admin_ids <> '{}', fresh.tech_ids <> '{}', fresh.billing_ids <> '{}');
    IF verdict.variant_of IS NOT NULL THEN
        PERFORM dos_internal.variant_holder_check(verdict.variant_of, name, actor.id, fresh.registrant_id);
    END IF;
    fresh.phase_id := verdict.phase_id;
    fresh.idn_table_id := verdict.table_id;
    fresh.idn_indexed := coalesce(verdict.indexed, false);
    fresh.host_ids := dos_internal.domain_hosts(zone, hosts);
    fresh.host_attrs := dos_internal.domain_host_attrs(zone, name, host_attrs);
    fresh.ds := coalesce(dos_internal.secdns_canonical(ds, false), '{}');
    fresh.keys := coalesce(dos_internal.secdns_canonical(keys, true), '{}');
    fresh.max_sig_life := max_sig_life;
    fresh.graces := '{}';
    fresh.statuses := CASE WHEN verdict.on_hold THEN '{serverHold}' ELSE '{}' END;
    fresh.id := nextval('dos.domain_id_seq');
    fresh.zone_id := zone.id;
    fresh.roid := 'D' || fresh.id || '-' || zone.roid_suffix;
    fresh.registrar_id := actor.id;
    fresh.creator_id := actor.id;
    fresh.auth_hash := dos_internal.application_auth(zone, auth);
    IF extensions ?| '{ttl,org}' THEN
        fresh := dos_internal.domain_extend(fresh, zone, actor, 'create', extensions);
    END IF;
    PERFORM dos_internal.application_require(zone, fresh);
    RETURN fresh;
END $$;
COMMENT ON FUNCTION dos_internal.application_draft(dos.registrar, dos.zone, dos_internal.name_verdict, text, int, text[], text[], text, text[], text, text[], text[], int, jsonb) IS
    'the domain that a create in a phase of applications asks for, with every check of a create; R2303, R2201, R2304, R2306, R2005';

CREATE FUNCTION dos_internal.application_create(actor dos.registrar, zone dos.zone, verdict dos_internal.name_verdict, registrar text, name text, period int, period_unit text,
                                                hosts text[], host_attrs text[], registrant text, contacts text[], auth text, ds text[], keys text[],
                                                max_sig_life int, cltrid text, svtrid text, extensions jsonb) RETURNS dos.domain_created
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    years  int := dos_internal.period_years(zone, period, period_unit, 'create');                                         -- gather
    launch jsonb := extensions -> 'launch';
    asked  text := dos.dname(name);
    d      dos.domain;
    a      dos.application;
    price  dos.price_data;
    fee    boolean := dos_internal.price_exists(zone.id, 'application');
BEGIN
    PERFORM dos_internal.domain_claim(asked);                                                                     -- decide
    d := dos_internal.application_draft(actor, zone, verdict, asked, years, hosts, host_attrs, registrant, contacts, auth, ds, keys, max_sig_life, extensions);
    a.marks := dos_internal.application_marks(launch);
    IF dos_internal.hook_exists('check', 'domain', 'create', zone.id) THEN
        PERFORM dos_internal.hook_run('check', 'domain', 'create', zone.id, dos_internal.hook_context(d, actor, years));
    END IF;
    price := dos_internal.domain_price(zone, 'create', years, d, actor, extensions, verdict.phase, explain => fee);
    IF fee THEN
        price := dos_internal.price_beside(price, zone, 'application', d, actor, verdict.phase, dos.now());
    END IF;
    PERFORM dos_internal.fee_require(zone, extensions -> 'fee', price);

    a.id := d.id;
    a.number := 'A' || a.id || '-' || zone.roid_suffix;
    a.name := asked;
    a.zone_id := zone.id;
    a.phase_id := verdict.phase_id;
    a.launch_phase := launch ->> 'phase';
    a.launch_name := launch ->> 'phase_name';
    a.registrar_id := actor.id;
    a.status := CASE WHEN (SELECT p.validation FROM dos.phase AS p WHERE p.id = a.phase_id) THEN 'pendingValidation' ELSE 'validated' END;
    a.years := years;
    a.amount_minor := price.amount_minor - (SELECT coalesce(sum((l ->> 'amount_minor')::bigint), 0) FROM jsonb_array_elements(price.lines) AS l WHERE l ->> 'entry' = 'application' AND NOT (l ->> 'refundable')::boolean);
    a.currency := price.currency;
    a.token_id := price.token_id;
    a.cltrid := cltrid;
    a.svtrid := svtrid;
    a.created_at := dos.now();
    a.act := dos_internal.act();
    a := dos_internal.application_request(a, d);
    a.entry_id := dos_internal.price_charge(price, actor.id, 'create', a.name, a.id, years, svtrid, 'hold');       -- charge
    INSERT INTO dos.application SELECT a.*;                                                                       -- apply
    INSERT INTO dos.name_applied (name, number) VALUES (a.name, a.number);
    verdict.indexed := false;                               -- the label has its keys when the name is allocated
    PERFORM dos_internal.name_policy_apply(zone, verdict, a.name, a.id, actor.id, extensions, svtrid);
    PERFORM dos_internal.outbox_put('application.created', a.name, a.id, actor.clid, cltrid, svtrid,              -- announce
        jsonb_build_object('launch', dos_internal.application_launch(a), 'years', years, 'amount_minor', a.amount_minor, 'currency', a.currency));
    RETURN (1001, a.name::text, a.created_at, NULL::timestamptz,
            jsonb_build_object('launch', dos_internal.application_launch(a) - '{status,status_name,status_text}'::text[])
            || CASE WHEN extensions ? 'fee' THEN jsonb_build_object('fee', dos_internal.fee_answer(zone, actor.id, 'create', price)) ELSE '{}' END);
END $$;
COMMENT ON FUNCTION dos_internal.application_create(dos.registrar, dos.zone, dos_internal.name_verdict, text, text, int, text, text[], text[], text, text[], text, text[], text[], int, text, text, jsonb) IS
    'the rest of dos.domain_create() in a phase that takes applications (RFC 8334 section 3.3): checked as a create, the money held, code 1001, no domain. Refuses what a create refuses; R2005 a mark that is none';
