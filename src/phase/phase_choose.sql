-- Which of the running phases takes a command.

-- Does a running phase take this command? The verdict carries the phase, or the objection.
CREATE FUNCTION dos_internal.phase_judge(p dos.phase, label text, name text, registrar text, verb text, extensions jsonb) RETURNS dos_internal.name_verdict
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    verdict dos_internal.name_verdict;
    -- what the command makes; in a phase that takes both, without a word, an application
    wanted  text := CASE WHEN extensions ? 'launch' THEN coalesce(extensions -> 'launch' ->> 'type', 'any') WHEN p.mode = 'both' THEN 'registration' END;
    marked  boolean := coalesce((extensions -> 'launch') ?| '{smd,codes}', false);
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
    IF p.mode = 'application' AND wanted IS NULL THEN
        RETURN dos_internal.name_refusal('phase_launch_required', 'Launch phase required', name,
            format('Phase "%s" takes applications; the command names it in the launch extension.', p.name), 2306, 'launch:phase');
    ELSIF verb = 'create' AND p.mode = 'application' AND wanted = 'registration' THEN
        RETURN dos_internal.name_refusal('phase_applications', 'Applications only', name, format('Phase "%s" takes applications.', p.name), 2306, 'launch:create');
    ELSIF verb = 'create' AND p.mode = 'registration' AND wanted = 'application' THEN
        RETURN dos_internal.name_refusal('phase_registrations', 'Registrations only', name, format('Phase "%s" takes registrations.', p.name), 2306, 'launch:create');
    ELSIF p.mode <> 'registration' AND (verb = 'check' OR wanted <> 'registration') THEN
        verdict.code := 1001;                               -- marks of applications are for the registry's validation
    ELSIF verb = 'create' AND marked THEN
        -- marks that nobody has verified are worth nothing: better none than any
        RETURN dos_internal.name_refusal('phase_mark_unverified', 'Mark not verified', name, 'This server does not verify marks.', 2102, 'smd:encodedSignedMark');
    END IF;
    IF verb = 'create' AND p.marks AND NOT marked THEN
        RETURN dos_internal.name_refusal('phase_mark_required', 'Mark required', name, format('Phase "%s" asks for a signed mark.', p.name), 2306, 'smd:encodedSignedMark');
    END IF;
    verdict.phase_id := p.id;
    verdict.phase := p.name;
    RETURN verdict;
END $$;
COMMENT ON FUNCTION dos_internal.phase_judge(dos.phase, text, text, text, text, jsonb) IS 'whether a running phase takes a name from a registrar; code 1001: as an application';

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
    claims    boolean := launch ->> 'phase' = 'claims' AND dos_internal.claims_run(zone.id, at);
BEGIN
    FOR p IN SELECT * FROM dos.phase AS o WHERE o.zone_id = zone.id AND o.during @> at ORDER BY o.kind = 'claims', o.rank, o.id LOOP
        running := true;
        -- claims run beside the phase in which names are sold, whose rules count
        CONTINUE WHEN p.kind = 'claims' AND objection.problem IS NOT NULL;
        CONTINUE WHEN launch ->> 'phase' IS NOT NULL AND NOT dos_internal.phase_is_meant(p, launch)
                  AND NOT (launch ->> 'phase' = 'claims' AND claims AND coalesce(launch ->> 'phase_name' IN (p.name, p.kind), NOT p.launch_required));
        IF launch ->> 'phase' IS NULL AND p.launch_required THEN
            verdict := dos_internal.name_refusal('phase_launch_required', 'Launch phase required', name,
                format('Phase "%s" is running; the command names it in the launch extension.', p.name), 2306, 'launch:phase');
        ELSE
            verdict := dos_internal.phase_judge(p, label, name, registrar, verb, extensions);
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
