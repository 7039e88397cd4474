-- What the verbs of staff have in common: the record, who acts, what the sponsor is told, and calling a registrar's verb in
-- its sponsor's name, so that staff meets the same checks as everybody.

-- 'urs:FA2026-17', 'udrp:D2026-0001'; any other word is a case of the registry's own kind (RFC 8590 section 2).
CREATE FUNCTION dos_internal.staff_case(case_of text) RETURNS jsonb
LANGUAGE sql IMMUTABLE
RETURN CASE WHEN strpos(case_of, ':') > 1 THEN
    CASE WHEN split_part(case_of, ':', 1) IN ('udrp', 'urs') THEN jsonb_build_object('type', split_part(case_of, ':', 1))
         ELSE jsonb_build_object('type', 'custom', 'name', split_part(case_of, ':', 1)) END
    || jsonb_build_object('id', substr(case_of, strpos(case_of, ':') + 1)) END;
COMMENT ON FUNCTION dos_internal.staff_case(text) IS 'a case given as TYPE:ID, as changePoll''s caseId shows it; NULL when it has no type';

-- From here to the end of the transaction staff acts: on record with its reason, told to these registrars.
CREATE FUNCTION dos_internal.staff_act(act text, kind text, name text, reason text, staff text, case_of text, told text[], content jsonb)
RETURNS dos.audit
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    a     dos.audit;
    facts jsonb;
BEGIN
    IF case_of IS NOT NULL AND dos_internal.staff_case(case_of) IS NULL THEN
        PERFORM dos_internal.refuse(2005, 'admin_case_form', 'case', format('case "%s" has no type', case_of), 'A case is written TYPE:ID, such as urs:FA2026-17.');
    END IF;
    a := dos_internal.audit_put(act, kind, name, reason, staff,
             jsonb_strip_nulls(coalesce(content, '{}') || jsonb_build_object('case', case_of)));
    facts := jsonb_build_object('change', jsonb_strip_nulls(jsonb_build_object('who', left(a.staff, 255), 'reason', reason, 'case', dos_internal.staff_case(case_of))));
    IF told IS NOT NULL THEN
        facts := facts || jsonb_build_object('notify', to_jsonb(told));
    END IF;
    PERFORM dos_internal.act_staff(a.staff, act, a.svtrid, reason, facts);
    RETURN a;
END $$;
COMMENT ON FUNCTION dos_internal.staff_act(text, text, text, text, text, text, text[], jsonb) IS
    'begin an act of staff: audit row, reason and case for the history and changePoll, registrars to be told; R2003 without a reason, R2005 case';

-- The names of the parameters are those of the verb; staff cannot pass the ones that say who asks.
CREATE FUNCTION dos_internal.staff_call(verb text, registrar text, object_name text, parameters jsonb, svtrid text) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    known  text[] := (SELECT p.proargnames FROM pg_proc AS p WHERE p.pronamespace = 'dos'::regnamespace AND p.proname = verb);
    odd    text := (SELECT k FROM jsonb_object_keys(coalesce(parameters, '{}')) AS k
                     WHERE k <> ALL (known) OR k IN ('registrar', 'name', 'id', 'cltrid', 'svtrid', 'code', 'extension') LIMIT 1);
    given  text;
    answer jsonb;
BEGIN
    IF odd IS NOT NULL THEN
        PERFORM dos_internal.refuse(2306, 'admin_parameter_unknown', odd, format('verb "%s" has no parameter "%s"', verb, odd));
    END IF;
    SELECT coalesce(string_agg(format(', %I => %L', p.key, CASE jsonb_typeof(p.value)
               WHEN 'array' THEN (SELECT coalesce(array_agg(e ORDER BY n), '{}')::text FROM jsonb_array_elements_text(p.value) WITH ORDINALITY AS l (e, n))
               ELSE p.value #>> '{}' END), ''), '')
      INTO given FROM jsonb_each(coalesce(parameters, '{}')) AS p;
    EXECUTE format('SELECT to_jsonb(v) FROM dos.%I($1, $2%s, svtrid => $3) AS v', verb, given) INTO answer USING registrar, object_name, svtrid;
    RETURN answer;
END $$;
COMMENT ON FUNCTION dos_internal.staff_call(text, text, text, jsonb, text) IS 'call a verb in a registrar''s name with named parameters; what it refuses stays refused; R2306 for a parameter it does not have';

-- A lock is for registrars. Lifted for the act when staff says so, and put back.
CREATE FUNCTION dos_internal.staff_domain(name text, unlock boolean, OUT target dos.domain, OUT statuses text[], OUT sponsor text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    target := dos_internal.transfer_lock(name);
    PERFORM dos_internal.domain_own_require(target);
    statuses := target.statuses;
    sponsor := dos_internal.registrar_clid(target.registrar_id);
    IF unlock AND statuses <> '{}' THEN
        UPDATE dos.domain AS d SET statuses = '{}' WHERE d.id = target.id;
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.staff_domain(text, boolean) IS 'a domain for an act of staff: locked and up to date, its statuses (taken off it when asked), its sponsor; R2303, R2201 in a zone of another operator';

CREATE FUNCTION dos_internal.staff_domain_lock_again(d dos.domain, unlocked boolean, statuses text[]) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    UPDATE dos.domain AS o SET statuses = staff_domain_lock_again.statuses WHERE o.id = d.id AND unlocked AND staff_domain_lock_again.statuses <> '{}'
$$;
COMMENT ON FUNCTION dos_internal.staff_domain_lock_again(dos.domain, boolean, text[]) IS 'put the statuses back that staff_domain() took off';
