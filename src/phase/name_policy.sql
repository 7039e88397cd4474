-- What a registry says about registering a name, before anybody asks for money or contacts: label rules,
-- state of the zone, IDN tables and variants, lists, phases, claims. domain_check and domain_create ask the
-- same question. A zone that uses none of these is answered in C without a query (name_policy.c).

CREATE FUNCTION dos_internal.name_facts(zone_id int) RETURNS dos_internal.name_facts
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT NOT (f.phases OR f.states OR f.indexed OR f.nndn OR f.lists <> '{}'), NOT (f.phases OR f.states OR f.indexed OR f.nndn), f.phases, f.lists,
           ARRAY(SELECT p.pattern FROM dos.reserved_pattern AS p WHERE p.list_id = ANY (f.lists)),
           EXISTS (SELECT FROM dos.phase AS p WHERE p.zone_id = name_facts.zone_id AND p.claims),
           ARRAY(SELECT u.table_id FROM dos.zone_idn_table AS u WHERE u.zone_id = name_facts.zone_id ORDER BY u.rank, u.table_id),
           f.indexed, f.nndn, calm.id, calm.name, calm.since, calm.until, f.applied
      FROM (SELECT EXISTS (SELECT FROM dos.phase AS p WHERE p.zone_id = name_facts.zone_id),
                   EXISTS (SELECT FROM dos.zone_state AS s WHERE s.zone_id = name_facts.zone_id),
                   dos_internal.reserved_lists(name_facts.zone_id),
                   EXISTS (SELECT FROM dos.zone AS z WHERE z.id = name_facts.zone_id AND z.confusables)
                   OR EXISTS (SELECT FROM dos.zone_idn_table AS u JOIN dos.idn_table AS t ON t.id = u.table_id
                               WHERE u.zone_id = name_facts.zone_id AND t.has_variants),
                   EXISTS (SELECT FROM dos.nndn AS n WHERE n.zone_id = name_facts.zone_id),
                   EXISTS (SELECT FROM dos.phase AS p WHERE p.zone_id = name_facts.zone_id AND p.mode <> 'registration' AND p.settled_at IS NULL)) AS f (phases, states, lists, indexed, nndn, applied)
      -- an open phase that asks for nothing, from when it is alone: the ordinary life of a zone after its launch
      LEFT JOIN LATERAL (SELECT p.id, p.name, coalesce(upper(p.during), 'infinity'),
                                greatest(lower(p.during), (SELECT max(upper(o.during)) FROM dos.phase AS o WHERE o.zone_id = p.zone_id AND o.id <> p.id AND o.during && p.during))
                           FROM dos.phase AS p
                          WHERE p.zone_id = name_facts.zone_id AND p.kind = 'open' AND NOT (p.launch_required OR p.mode <> 'registration' OR p.marks OR p.claims OR p.token_required)
                            AND num_nonnulls(p.registrars, p.label_min, p.label_max, p.label_pattern, p.names_list) = 0
                            AND NOT EXISTS (SELECT FROM dos.phase AS o WHERE o.zone_id = p.zone_id AND o.id <> p.id AND o.during && p.during AND upper_inf(o.during))
                          ORDER BY lower(p.during) DESC LIMIT 1) AS calm (id, name, until, since) ON NOT (f.states OR f.indexed OR f.nndn OR f.applied)
$$;
COMMENT ON FUNCTION dos_internal.name_facts(int) IS 'which kinds of policy a zone uses, read from the tables';

-- Lists: each class that holds the label must be released, by the phase, a token or the staff.
CREATE FUNCTION dos_internal.reserved_judge(zone dos.zone, label text, name text, registrar_id int, verb text, extensions jsonb, at timestamptz,
                                            facts dos_internal.name_facts, phase_id int) RETURNS dos_internal.name_verdict
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    hit      dos_internal.reserved_hit;
    verdict  dos_internal.name_verdict;
    released text[];
BEGIN
    FOR hit IN SELECT * FROM dos_internal.reserved_hits(facts.lists, facts.patterns <> '{}', zone.id, label, at) LOOP
        released := coalesce(released, (SELECT p.classes FROM dos.phase AS p WHERE p.id = phase_id), '{}');
        verdict.name_class := coalesce(verdict.name_class, hit.class);
        verdict.list := coalesce(verdict.list, hit.list);
        CONTINUE WHEN verdict.override_id IS NOT NULL;
        IF hit.phase AND hit.class = ANY (released) THEN
            verdict.on_hold := coalesce(verdict.on_hold, false) OR hit.on_hold;
        ELSIF hit.token AND dos_internal.token_opens(extensions ->> 'token', zone.id, name, registrar_id, CASE verb WHEN 'check' THEN 'create' ELSE verb END, at) THEN
            NULL;
        ELSE
            SELECT o.id INTO verdict.override_id FROM dos.reserved_override AS o
             WHERE o.name = reserved_judge.name AND o.registrar_id = reserved_judge.registrar_id AND o.used_at IS NULL AND o.expires_at > at LIMIT 1;
            IF verdict.override_id IS NULL THEN
                RETURN dos_internal.name_refusal('reserved_' || hit.class, hit.answer, name, format('The label is on list "%s".', hit.list));
            END IF;
        END IF;
    END LOOP;
    RETURN verdict;
END $$;
COMMENT ON FUNCTION dos_internal.reserved_judge(dos.zone, text, text, int, text, jsonb, timestamptz, dos_internal.name_facts, int) IS
    'what the lists of a zone say about a label: the strongest class that nothing releases, or the class it is registered as';

-- The rules that cost a query, in order of precedence.
CREATE FUNCTION dos_internal.name_policy_judge(zone dos.zone, label text, name text, registrar_id int, verb text, extensions jsonb,
                                               at timestamptz, facts dos_internal.name_facts) RETURNS dos_internal.name_verdict
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    launch  jsonb := extensions -> 'launch';
    state   text := dos.zone_state(zone.id, at);
    verdict dos_internal.name_verdict;
    listed  dos_internal.name_verdict;
    idn     dos_internal.name_verdict;
BEGIN
    IF NOT dos.zone_state_allows(state, verb) THEN
        RETURN dos_internal.name_refusal('zone_state_prohibits', 'Zone not open', name, format('The state of the zone is "%s".', state));
    END IF;
    IF facts.indexed OR extensions ? 'idn' OR starts_with(label, 'xn--') THEN
        idn := dos_internal.name_idn(zone, label, name, verb, extensions, facts);
        IF idn.problem IS NOT NULL THEN
            RETURN idn;
        END IF;
    END IF;
    IF facts.nndn THEN
        verdict := dos_internal.nndn_judge(name, at);
        IF verdict.problem IS NOT NULL THEN
            RETURN verdict;
        END IF;
    END IF;
    IF facts.phases THEN
        verdict := dos_internal.phase_choose(zone, label, name, dos_internal.registrar_clid(registrar_id), verb, extensions, at);
    ELSIF launch ->> 'phase' IS DISTINCT FROM NULL AND launch ->> 'phase' <> 'open' THEN
        verdict := dos_internal.name_refusal('phase_other', 'Launch phase not running', name, 'The zone has no launch phases.', 2306, 'launch:phase');
    END IF;
    IF facts.applied AND verdict.problem IS NULL AND verdict.code IS DISTINCT FROM 1001 AND EXISTS (SELECT FROM dos.name_applied AS a WHERE a.name = name_policy_judge.name) THEN
        RETURN dos_internal.name_refusal('name_applied', 'Under application', name, 'Applications for the name are not decided yet.', 2302);
    END IF;
    IF verdict.problem IS NULL AND facts.lists <> '{}' THEN
        listed := dos_internal.reserved_judge(zone, label, name, registrar_id, verb, extensions, at, facts, verdict.phase_id);
        IF listed.problem IS NOT NULL THEN
            RETURN listed;
        END IF;
        verdict.name_class := listed.name_class;
        verdict.list := listed.list;
        verdict.on_hold := listed.on_hold;
        verdict.override_id := listed.override_id;
    END IF;
    IF verdict.problem IS NULL AND verb = 'create' AND (facts.claims OR launch ? 'notices') THEN
        listed := dos_internal.claims_judge(zone, label, name, extensions, at);
        IF listed.problem IS NOT NULL THEN
            RETURN listed;
        END IF;
        verdict.notice := listed.notice;
    END IF;
    IF verdict.problem IS NULL THEN
        verdict.table_id := idn.table_id;
        verdict.variant_of := idn.variant_of;
        verdict.indexed := idn.indexed;
        IF verdict.code = 1001 THEN
            verdict.problem := CASE verb WHEN 'create' THEN 'phase_application' END;
        END IF;
    END IF;
    RETURN verdict;
END $$;
COMMENT ON FUNCTION dos_internal.name_policy_judge(dos.zone, text, text, int, text, jsonb, timestamptz, dos_internal.name_facts) IS
    'what the zone''s states, tables, lists and phases say about a name whose label is in order; phase_application with code 1001 is no refusal: the create is an application';

CREATE FUNCTION dos_internal.name_policy(zone dos.zone, name text, registrar_id int, verb text, extensions jsonb, at timestamptz)
RETURNS dos_internal.name_verdict
LANGUAGE c VOLATILE AS 'MODULE_PATHNAME', 'dos_sql_name_policy';
COMMENT ON FUNCTION dos_internal.name_policy(dos.zone, text, int, text, jsonb, timestamptz) IS
    'what policy says about a canonical name for a verb (check, create): the verdict with its problem, or NULL when there is nothing to say';

-- Apply step of a create: what the verdict used up.
CREATE FUNCTION dos_internal.name_policy_apply(zone dos.zone, verdict dos_internal.name_verdict, name text, domain_id bigint, registrar_id int, extensions jsonb, svtrid text)
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE dos.reserved_override AS o SET used_at = dos.now(), svtrid = name_policy_apply.svtrid
     WHERE o.id = verdict.override_id AND o.used_at IS NULL;
    IF verdict.override_id IS NOT NULL AND NOT FOUND THEN
        PERFORM dos_internal.refuse(2306, 'reserved_' || verdict.name_class, 'domain:name', format('"%s" cannot be registered', name),
            format('The label is on list "%s".', verdict.list));
    END IF;
    IF verdict.indexed THEN
        INSERT INTO dos.idn_key (zone_id, key, table_id, name)
        SELECT zone.id, k.key, k.table_id, name
          FROM dos_internal.idn_keys(zone.id, zone.confusables, dos.dname_unicode(left(name, -length(zone.name) - 1))) AS k
        ON CONFLICT ON CONSTRAINT idn_key_pkey DO NOTHING;
    END IF;
    IF verdict.notice IS NOT NULL THEN
        INSERT INTO dos.claims_notice (domain_id, domain_name, registrar_id, notice_id, validator, not_after, accepted_at)
        SELECT name_policy_apply.domain_id, name, name_policy_apply.registrar_id, n ->> 'id', coalesce(n ->> 'validator', 'tmch'),
               (n ->> 'not_after')::timestamptz, (n ->> 'accepted_at')::timestamptz
          FROM jsonb_array_elements(extensions -> 'launch' -> 'notices') AS n;
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.name_policy_apply(dos.zone, dos_internal.name_verdict, text, bigint, int, jsonb, text) IS
    'write down what a create used: a permission of the staff, which is used once, and claims notices';
