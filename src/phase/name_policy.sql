-- What a registry says about registering a name, before anybody asks for money or contacts: label rules,
-- state of the zone, IDN tables and variants, lists, phases, claims. domain_check and domain_create ask the
-- same question. A zone that uses none of these is answered in C without a query (name_policy.c).

CREATE TYPE dos_internal.name_verdict AS (
    code int, problem text, answer text, message text, element text, detail text,       -- problem is NULL: it may
    phase_id int, phase text, name_class text, list text, on_hold boolean, override_id bigint,
    table_id int, index_label text, skeleton text, notice text
);
COMMENT ON TYPE dos_internal.name_verdict IS 'what policy says of a name: why not (code, reason, text for check, message, element, detail), or what it would be registered as';

CREATE TYPE dos_internal.name_facts AS (plain boolean, lists_only boolean, phases boolean, lists int[], patterns text[]);
COMMENT ON TYPE dos_internal.name_facts IS 'which kinds of policy a zone uses; kept per backend';

CREATE FUNCTION dos_internal.name_facts(zone_id int) RETURNS dos_internal.name_facts
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT NOT (f.phases OR f.states OR f.lists <> '{}'), NOT (f.phases OR f.states), f.phases, f.lists,
           ARRAY(SELECT p.pattern FROM dos.reserved_pattern AS p WHERE p.list_id = ANY (f.lists))
      FROM (SELECT EXISTS (SELECT FROM dos.phase AS p WHERE p.zone_id = name_facts.zone_id),
                   EXISTS (SELECT FROM dos.zone_state AS s WHERE s.zone_id = name_facts.zone_id),
                   dos_internal.reserved_lists(name_facts.zone_id)) AS f (phases, states, lists)
$$;
COMMENT ON FUNCTION dos_internal.name_facts(int) IS 'which kinds of policy a zone uses, read from the tables';

-- A refusal as a verdict.
CREATE FUNCTION dos_internal.name_refusal(problem text, answer text, name text, detail text, code int DEFAULT 2306, element text DEFAULT 'domain:name')
RETURNS dos_internal.name_verdict
LANGUAGE sql IMMUTABLE
RETURN ROW(code, problem, answer, format('"%s" cannot be registered', name), element, detail,
           NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)::dos_internal.name_verdict;
COMMENT ON FUNCTION dos_internal.name_refusal(text, text, text, text, int, text) IS 'a verdict that refuses a name';

-- Does a running phase take this command? The verdict carries the phase, or the objection.
CREATE FUNCTION dos_internal.phase_judge(p dos.phase, label text, name text, registrar text, extensions jsonb) RETURNS dos_internal.name_verdict
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    verdict dos_internal.name_verdict;
BEGIN
    IF p.kind = 'quiet' THEN
        RETURN dos_internal.name_refusal('phase_quiet', 'Quiet period', name, 'Nothing is registered in a quiet period.');
    ELSIF registrar <> ALL (p.registrars) THEN
        RETURN dos_internal.name_refusal('phase_registrar', 'Not in this phase', name, format('The registrar takes no part in phase "%s".', p.name));
    ELSIF length(label) < p.label_min OR length(label) > p.label_max OR label !~ p.label_pattern
          OR (p.names_list IS NOT NULL AND NOT dos_internal.reserved_on_list(p.names_list, label)) THEN
        RETURN dos_internal.name_refusal('phase_name', 'Not in this phase', name, format('Phase "%s" does not take this label.', p.name));
    ELSIF p.token_required AND extensions ->> 'token' IS NULL THEN
        RETURN dos_internal.name_refusal('phase_token_required', 'Allocation token required', name,
            format('Phase "%s" takes names with an allocation token only.', p.name), 2306, 'allocationToken:allocationToken');
    END IF;
    verdict.phase_id := p.id;
    verdict.phase := p.name;
    RETURN verdict;
END $$;
COMMENT ON FUNCTION dos_internal.phase_judge(dos.phase, text, text, text, jsonb) IS 'whether a running phase takes a name from a registrar';

-- Is this the phase that the command's launch extension means? A custom phase is named; others may be.
CREATE FUNCTION dos_internal.phase_is_meant(p dos.phase, launch jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE
RETURN CASE WHEN launch ->> 'phase' = 'custom' THEN p.kind IN ('custom', 'early-access') AND coalesce(p.name = launch ->> 'phase_name', false)
            ELSE p.kind = launch ->> 'phase' AND p.name = coalesce(launch ->> 'phase_name', p.name) END;
COMMENT ON FUNCTION dos_internal.phase_is_meant(dos.phase, jsonb) IS 'whether <launch:phase> names this phase (RFC 8334 section 2.3)';

CREATE FUNCTION dos_internal.phase_choose(zone dos.zone, label text, name text, registrar text, verb text, extensions jsonb, at timestamptz)
RETURNS dos_internal.name_verdict
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    launch    jsonb := extensions -> 'launch';
    p         dos.phase;
    verdict   dos_internal.name_verdict;
    objection dos_internal.name_verdict;
    running   boolean := false;
BEGIN
    FOR p IN SELECT * FROM dos.phase AS o WHERE o.zone_id = zone.id AND o.during @> at ORDER BY o.rank, o.id LOOP
        running := true;
        CONTINUE WHEN launch ->> 'phase' IS NOT NULL AND NOT dos_internal.phase_is_meant(p, launch);
        IF launch ->> 'phase' IS NULL AND p.launch_required AND verb <> 'check' THEN
            verdict := dos_internal.name_refusal('phase_launch_required', 'Launch phase required', name,
                format('Phase "%s" is running; the command names it in the launch extension.', p.name), 2306, 'launch:phase');
        ELSE
            verdict := dos_internal.phase_judge(p, label, name, registrar, extensions);
        END IF;
        IF verdict.problem IS NULL THEN
            RETURN verdict;
        ELSIF objection.problem IS NULL OR objection.problem = 'phase_launch_required' THEN
            objection := verdict;
        END IF;
    END LOOP;
    IF objection.problem IS NOT NULL THEN
        RETURN objection;
    ELSIF NOT running THEN
        RETURN dos_internal.name_refusal('phase_none', 'No phase is running', name, 'No phase of the zone is running.');
    END IF;
    RETURN dos_internal.name_refusal('phase_other', 'Launch phase not running', name, 'The phase that the command names is not running.', 2306, 'launch:phase');
END $$;
COMMENT ON FUNCTION dos_internal.phase_choose(dos.zone, text, text, text, text, jsonb, timestamptz) IS
    'the running phase that takes a command, by the server''s clock; otherwise the objection of the best candidate';

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
        ELSIF hit.token AND dos_internal.reserved_token_opens(extensions ->> 'token', zone.id, name, registrar_id, verb, at) THEN
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
BEGIN
    IF NOT dos.zone_state_allows(state, verb) THEN
        RETURN dos_internal.name_refusal('zone_state_prohibits', 'Zone not open', name, format('The state of the zone is "%s".', state));
    END IF;
    IF facts.phases THEN
        verdict := dos_internal.phase_choose(zone, label, name, dos_internal.registrar_clid(registrar_id), verb, extensions, at);
    ELSIF launch ->> 'phase' IS DISTINCT FROM NULL AND launch ->> 'phase' <> 'open' THEN
        verdict := dos_internal.name_refusal('phase_other', 'Launch phase not running', name, 'The zone has no launch phases.', 2306, 'launch:phase');
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
    RETURN verdict;
END $$;
COMMENT ON FUNCTION dos_internal.name_policy_judge(dos.zone, text, text, int, text, jsonb, timestamptz, dos_internal.name_facts) IS
    'what the zone''s states, tables, lists and phases say about a name whose label is in order';

CREATE FUNCTION dos_internal.name_policy(zone dos.zone, name text, registrar_id int, verb text, extensions jsonb, at timestamptz)
RETURNS dos_internal.name_verdict
LANGUAGE c VOLATILE AS 'MODULE_PATHNAME', 'dos_sql_name_policy';
COMMENT ON FUNCTION dos_internal.name_policy(dos.zone, text, int, text, jsonb, timestamptz) IS
    'what policy says about a canonical name for a verb (check, create): the verdict with its problem, or NULL when there is nothing to say';

-- Apply step of a create: what the verdict used up.
CREATE FUNCTION dos_internal.name_policy_apply(verdict dos_internal.name_verdict, name text, domain_id bigint, svtrid text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE dos.reserved_override AS o SET used_at = dos.now(), svtrid = name_policy_apply.svtrid
     WHERE o.id = verdict.override_id AND o.used_at IS NULL;
    IF verdict.override_id IS NOT NULL AND NOT FOUND THEN
        PERFORM dos_internal.refuse(2306, 'reserved_' || verdict.name_class, 'domain:name', format('"%s" cannot be registered', name),
            format('The label is on list "%s".', verdict.list));
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.name_policy_apply(dos_internal.name_verdict, text, bigint, text) IS 'write down what a create used: a permission of the staff is used once';
