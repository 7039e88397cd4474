CREATE TYPE dos.host_created AS (code int, name text, created_at timestamptz, extension jsonb);
COMMENT ON TYPE dos.host_created IS 'what dos.host_create() returns';

CREATE FUNCTION dos.host_create(registrar text, name text, addresses inet[] DEFAULT '{}', cltrid text DEFAULT NULL, svtrid text DEFAULT NULL,
                                extensions jsonb DEFAULT NULL)
RETURNS dos.host_created
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor      dos.registrar := dos_internal.registrar_act(registrar, 'create', svtrid);                                  -- gather
    host_name  text := dos.dname(name);
    host_id    bigint;
    parent_id  bigint;
    ttls       jsonb;
    org_ids    bigint[];
    org_roles  text[];
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('host ' || host_name, 0));
    addresses := coalesce(addresses, '{}');                                                                       -- decide
    PERFORM dos_internal.host_name_require(host_name, 'host:name');
    IF EXISTS (SELECT FROM dos.host AS h WHERE h.name = host_name AND NOT dos_internal.host_is_gone(h)) THEN
        PERFORM dos_internal.refuse(2302, 'host_name_taken', 'host:name', format('host "%s" exists', name));
    END IF;
    PERFORM dos_internal.host_addresses_require(addresses);
    parent_id := dos_internal.host_place(host_name, actor, addresses);
    IF extensions ? 'ttl' THEN
        ttls := dos_internal.host_ttls(parent_id, NULL, extensions);
    END IF;
    IF extensions ? 'org' THEN
        SELECT o.ids, o.roles INTO org_ids, org_roles FROM dos_internal.orgs_change(NULL, NULL, extensions -> 'org', actor) AS o;
    END IF;
    PERFORM dos_internal.hook_run('check', 'host', 'create', NULL, jsonb_build_object('registrar', actor.clid, 'name', host_name))
      WHERE dos_internal.hook_exists('check', 'host', 'create', NULL);

    host_id := nextval('dos.host_id_seq');                                                                        -- apply
    INSERT INTO dos.host (id, name, roid, registrar_id, creator_id, superordinate_id, addresses, act, ttls, org_ids, org_roles)
    VALUES (host_id, host_name, 'H' || host_id || '-' || (SELECT s.roid_suffix FROM dos.host_setting AS s), actor.id, actor.id, parent_id, addresses, dos_internal.act(), ttls, org_ids, org_roles);
    PERFORM dos_internal.outbox_put('host.created', host_name, host_id, actor.clid, cltrid, svtrid, NULL);        -- announce
    PERFORM dos_internal.hook_run('after', 'host', 'create', NULL, jsonb_build_object('registrar', actor.clid, 'name', host_name))
      WHERE dos_internal.hook_exists('after', 'host', 'create', NULL);
    RETURN (1000, host_name, dos.now(), NULL::jsonb);
END $$;
COMMENT ON FUNCTION dos.host_create(text, text, inet[], text, text, jsonb) IS
    'create a host (RFC 5732 section 3.2.1); under a domain of ours it is subordinate to it. R2302, R2303, R2201, R2304, R2005, R2306';
GRANT EXECUTE ON FUNCTION dos.host_create(text, text, inet[], text, text, jsonb) TO dos_epp;
