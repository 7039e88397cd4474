CREATE TYPE dos.domain_data AS (
    code int, name text, roid text, statuses text[], registrant text, contacts text[], hosts text[], host_attrs text[], subordinate_hosts text[],
    sponsor text, creator text, created_at timestamptz, updater text, updated_at timestamptz, expires_at timestamptz, transferred_at timestamptz,
    has_auth boolean, rgp_statuses text[], ds text[], keys text[], max_sig_life int, extension jsonb
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

CREATE FUNCTION dos.domain_info(registrar text, name text, auth text DEFAULT NULL, auth_roid text DEFAULT NULL, hosts text DEFAULT 'all',
                                extensions jsonb DEFAULT NULL)
RETURNS dos.domain_data
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor  dos.registrar := dos_internal.registrar_act(registrar, 'info');
    target dos.domain;
    state  dos.domain_state;
    full_view boolean;
    answer dos.domain_data;
BEGIN
    SELECT * INTO target FROM dos.domain AS d WHERE d.name = dos.dname(domain_info.name);
    state := dos_internal.domain_state(target, dos.now());
    IF state.registered IS NOT TRUE THEN
        PERFORM dos_internal.refuse(2303, 'domain_unknown', 'domain:name', format('domain "%s" does not exist', name));
    END IF;
    IF state.transferred THEN                               -- complete by the clock, not yet written down
        target.registrar_id := (target.transfer).requester_id;
        target.transferred_at := (target.transfer).acts_at;
        target.auth_hash := NULL;
    END IF;
    full_view := target.registrar_id = actor.id;
    IF auth <> '' THEN
        IF NOT dos_internal.domain_auth_opens(target, auth, auth_roid) THEN
            PERFORM dos_internal.refuse(2202, 'domain_auth_wrong', 'domain:pw', 'authorization information is not valid');
        END IF;
        full_view := true;
    END IF;

    answer.code := 1000;
    answer.name := target.name;
    answer.roid := target.roid;
    answer.statuses := state.statuses;
    answer.rgp_statuses := state.rgp_statuses;
    answer.sponsor := dos_internal.registrar_clid(target.registrar_id);
    answer.created_at := target.created_at;
    answer.expires_at := state.expires_at;                         -- NULL: it never expires
    answer.has_auth := false;
    hosts := coalesce(hosts, 'all');                               -- RFC 5731 section 3.1.2
    IF hosts IN ('all', 'del') THEN
        answer.hosts := '{}';
        answer.host_attrs := '{}';
        IF target.host_ids <> '{}' THEN
            answer.hosts := ARRAY(SELECT h.name::text FROM unnest(target.host_ids) WITH ORDINALITY AS u (i, n)
                                    JOIN dos.host AS h ON h.id = u.i ORDER BY u.n);
        ELSIF target.host_attrs <> '{}' THEN
            answer.host_attrs := ARRAY(SELECT a.name || coalesce((SELECT string_agg(' ' || host(i), '') FROM unnest(a.addresses) AS i), '')
                                         FROM unnest(target.host_attrs) AS a);
        END IF;
    END IF;
    IF hosts IN ('all', 'sub') THEN
        answer.subordinate_hosts := ARRAY(SELECT h.name::text FROM dos.host AS h WHERE h.superordinate_id = target.id ORDER BY h.name);
    END IF;
    IF full_view THEN
        answer.registrant := (SELECT c.handle FROM dos.contact AS c WHERE c.id = target.registrant_id);
        answer.contacts := dos_internal.domain_contact_list(target);
        answer.creator := dos_internal.registrar_clid(target.creator_id);
        answer.updater := dos_internal.registrar_clid(target.updater_id);
        answer.updated_at := target.updated_at;
        answer.transferred_at := target.transferred_at;
    END IF;
    answer.ds := target.ds;
    answer.keys := target.keys;
    answer.max_sig_life := target.max_sig_life;
    IF extensions IS NOT NULL OR target.org_ids IS NOT NULL OR target.idn_table_id IS NOT NULL THEN
        answer.extension := dos_internal.domain_info_extension(target, full_view, extensions);
    END IF;
    RETURN answer;
END $$;
COMMENT ON FUNCTION dos.domain_info(text, text, text, text, text, jsonb) IS
    'a domain at this instant (RFC 5731 section 3.1.2): whole for its sponsor or who knows its authInfo, without contacts and history for others; R2303, R2202, R2005, R2201, R2306';
GRANT EXECUTE ON FUNCTION dos.domain_info(text, text, text, text, text, jsonb) TO dos_epp;
