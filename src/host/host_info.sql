CREATE TYPE dos.host_data AS (
    code int, name text, roid text, statuses text[], addresses inet[], sponsor text, creator text, created_at timestamptz,
    updater text, updated_at timestamptz, transferred_at timestamptz, extension jsonb
);
COMMENT ON TYPE dos.host_data IS 'what dos.host_info() returns';

CREATE FUNCTION dos.host_info(registrar text, name text, extensions jsonb DEFAULT NULL) RETURNS dos.host_data
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor  dos.registrar := dos_internal.registrar_act(registrar, 'info');
    target dos.host;
    answer dos.host_data;
BEGIN
    SELECT * INTO target FROM dos.host AS h WHERE h.name = dos.dname(host_info.name);
    IF NOT FOUND OR dos_internal.host_is_gone(target) THEN
        PERFORM dos_internal.refuse(2303, 'host_unknown', 'host:name', format('host "%s" does not exist', name));
    END IF;
    IF dos_internal.host_sponsor(target) <> actor.id AND NOT (SELECT s.info_open FROM dos.host_setting AS s) THEN
        PERFORM dos_internal.refuse(2201, 'host_of_other_registrar', 'host:name', format('host "%s" is sponsored by another registrar', name));
    END IF;
    SELECT 1000, target.name, target.roid,
           dos_internal.object_statuses(target.statuses, dos_internal.host_is_linked(target.id)), target.addresses,
           -- a subordinate host follows the sponsor of its domain (RFC 5732 section 3.2.4)
           (SELECT r.clid FROM dos.registrar AS r
             WHERE r.id = coalesce((SELECT dos_internal.domain_sponsor(d) FROM dos.domain AS d WHERE d.id = target.superordinate_id), target.registrar_id)),
           dos_internal.registrar_clid(target.creator_id), target.created_at,
           dos_internal.registrar_clid(target.updater_id), target.updated_at,
           coalesce((SELECT (d.transfer).acts_at FROM dos.domain AS d
                      WHERE d.id = target.superordinate_id AND dos_internal.domain_sponsor(d) <> d.registrar_id), target.transferred_at), NULL
      INTO answer;
    IF extensions ? 'ttl' THEN
        answer.extension := dos_internal.host_ttls_answer(target, extensions);
    END IF;
    IF target.org_ids IS NOT NULL THEN
        answer.extension := nullif(coalesce(answer.extension, '{}') || jsonb_strip_nulls(jsonb_build_object('org',
            dos_internal.orgs_answer(target.org_ids, target.org_roles, target.registrar_id))), '{}');
    END IF;
    RETURN answer;
END $$;
COMMENT ON FUNCTION dos.host_info(text, text, jsonb) IS 'a host, open to every registrar unless dos.host_setting says otherwise (RFC 5732 section 3.1.2); R2303, R2005, R2201';
GRANT EXECUTE ON FUNCTION dos.host_info(text, text, jsonb) TO dos_epp;
