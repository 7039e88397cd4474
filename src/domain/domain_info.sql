CREATE TYPE dos.domain_data AS (
    code int, name text, roid text, statuses text[], registrant text, contacts text[], hosts text[], host_attrs text[], subordinate_hosts text[],
    sponsor text, creator text, created_at timestamptz, updater text, updated_at timestamptz, expires_at timestamptz, transferred_at timestamptz,
    has_auth boolean, rgp_statuses text[], ds text[], keys text[], max_sig_life int, rgp_ends_at timestamptz[], extension jsonb
);
COMMENT ON TYPE dos.domain_data IS 'what dos.domain_info() returns';

CREATE FUNCTION dos_internal.domain_contact_list(d dos.domain) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    list   text[] := '{}';
    i      bigint;
    seen   bigint;
    handle text;
    role   text;
BEGIN
    FOREACH role IN ARRAY '{admin,billing,tech}'::text[] LOOP
        FOREACH i IN ARRAY CASE role WHEN 'admin' THEN d.admin_ids WHEN 'billing' THEN d.billing_ids ELSE d.tech_ids END LOOP
            IF i IS DISTINCT FROM seen THEN                     -- one contact often has several roles
                SELECT c.handle INTO handle FROM dos.contact AS c WHERE c.id = i;
                seen := i;
            END IF;
            list := list || (role || ':' || handle);
        END LOOP;
    END LOOP;
    RETURN list;
END $$;
COMMENT ON FUNCTION dos_internal.domain_contact_list(dos.domain) IS 'the contacts of a domain but the registrant, as ''role:ID''';

CREATE TYPE dos_internal.domain_found AS (answer dos.domain_data, extends boolean);
COMMENT ON TYPE dos_internal.domain_found IS 'the answer to an info, and whether extensions have something to add though nobody asked';

CREATE FUNCTION dos_internal.domain_answer(registrar text, name text, hosts text, entitled boolean) RETURNS dos_internal.domain_found
LANGUAGE c STABLE AS 'MODULE_PATHNAME', 'dos_sql_domain_answer';
COMMENT ON FUNCTION dos_internal.domain_answer(text, text, text, boolean) IS
    'a domain at this instant, fetched by keys: whole for its sponsor or when entitled; without what extensions add; R2303, R2005, R2201';

-- An info that carries authInfo or an extension, or is about a domain of which extensions have something to say.
CREATE FUNCTION dos_internal.domain_info_more(registrar text, name text, auth text, auth_roid text, hosts text, extensions jsonb) RETURNS dos.domain_data
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found    dos_internal.domain_found := dos_internal.domain_answer(registrar, name, hosts, false);
    answer   dos.domain_data := found.answer;
    entitled boolean := answer.sponsor = registrar;
    target   dos.domain;
BEGIN
    SELECT * INTO target FROM dos.domain AS d WHERE d.name = answer.name;
    IF auth IS NOT NULL THEN                                -- an empty one matches nothing (RFC 9154 section 4.3)
        IF NOT dos_internal.domain_auth_opens(target, auth, auth_roid) THEN
            PERFORM dos_internal.refuse(2202, 'domain_auth_wrong', 'domain:pw', 'authorization information is not valid');
        END IF;
        answer := (dos_internal.domain_answer(registrar, name, hosts, true)).answer;
        entitled := true;
    END IF;
    IF extensions IS NOT NULL OR found.extends THEN
        answer.extension := dos_internal.domain_info_extension(target, entitled, extensions);
    END IF;
    IF extensions ? 'fee' THEN                              -- fee-0.7
        answer.extension := coalesce(answer.extension, '{}') || jsonb_build_object('fee',
            dos_internal.fee_check(dos_internal.zone_get(target.zone_id), target, dos_internal.registrar_find(registrar), NULL, extensions));
    END IF;
    RETURN answer;
END $$;
COMMENT ON FUNCTION dos_internal.domain_info_more(text, text, text, text, text, jsonb) IS 'dos.domain_info() where it takes more than the row; R2202 and what its extensions refuse';

CREATE FUNCTION dos.domain_info(registrar text, name text, auth text DEFAULT NULL, auth_roid text DEFAULT NULL, hosts text DEFAULT 'all',
                                extensions jsonb DEFAULT NULL)
RETURNS dos.domain_data
LANGUAGE c STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'dos_sql_domain_info';
COMMENT ON FUNCTION dos.domain_info(text, text, text, text, text, jsonb) IS
    'a domain at this instant (RFC 5731 section 3.1.2): whole for its sponsor or who knows its authInfo, without contacts and history for others; R2303, R2202, R2005, R2201, R2306';
GRANT EXECUTE ON FUNCTION dos.domain_info(text, text, text, text, text, jsonb) TO dos_epp;

CREATE FUNCTION dos.domain_infos(registrars text[], names text[]) RETURNS SETOF dos.domain_data
LANGUAGE c STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'dos_sql_domain_infos';
COMMENT ON FUNCTION dos.domain_infos(text[], text[]) IS
    'what dos.domain_info() says to each of these registrars about its names (the literal of a text[]), one after the other in one call: for gateways that answer many at once; a row of NULL: ask dos.domain_info() about this name; R2201, R2005';
GRANT EXECUTE ON FUNCTION dos.domain_infos(text[], text[]) TO dos_epp;
