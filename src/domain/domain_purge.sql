-- The end of a domain: the row disappears with everything that hangs on it; nothing may stand in the way.

-- What the registry does by itself, its sponsor is told.
CREATE FUNCTION dos_internal.notify_sponsor(d dos.domain) RETURNS jsonb
LANGUAGE sql STABLE
RETURN jsonb_build_object('notify', jsonb_build_array(dos_internal.registrar_clid((d).registrar_id)));
COMMENT ON FUNCTION dos_internal.notify_sponsor(dos.domain) IS 'the part of an event''s content that sends its message to the sponsor of a domain';

-- Hosts under a domain that goes, which other domains delegate to, get a name outside the registry (RFC 9874).
CREATE FUNCTION dos_internal.hosts_sacrifice(d dos.domain, zone dos.zone, svtrid text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    host     dos.host;
    affected dos.domain;
    new_name text;
BEGIN
    FOR host IN SELECT * FROM dos.host AS h WHERE h.superordinate_id = d.id
                   AND EXISTS (SELECT FROM dos.domain AS o WHERE o.host_ids @> ARRAY[h.id] AND o.id <> d.id) ORDER BY h.id LOOP
        new_name := format('h%s.%s', host.id, zone.sacrificial_zone);
        UPDATE dos.host AS h SET name = new_name, superordinate_id = NULL, addresses = '{}', updated_at = dos.now() WHERE h.id = host.id;
        FOR affected IN SELECT * FROM dos.domain AS o WHERE o.host_ids @> ARRAY[host.id] AND o.id <> d.id ORDER BY o.id LOOP
            PERFORM dos_internal.dns_mark(affected.zone_id, affected.name);
            PERFORM dos_internal.outbox_put('domain.host_renamed', affected.name, affected.id, NULL, NULL, svtrid,
                dos_internal.notify_sponsor(affected) || jsonb_build_object('cause', d.name, 'host', host.name, 'new_name', new_name));
        END LOOP;
        PERFORM dos_internal.outbox_put('host.updated', host.name, host.id, NULL, NULL, svtrid, jsonb_build_object('new_name', new_name, 'cause', d.name));
    END LOOP;
END $$;
COMMENT ON FUNCTION dos_internal.hosts_sacrifice(dos.domain, dos.zone, text) IS
    'rename the subordinate hosts of a domain that others delegate to into the zone''s sacrificial name space (RFC 9874 section 5), and tell those';

CREATE FUNCTION dos_internal.domain_purge(d dos.domain, event text, registrar text, cltrid text, svtrid text, more jsonb DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    zone     dos.zone := dos_internal.zone_get(d.zone_id);
    orphans  bigint[];
    affected dos.domain;
    blocked_for text;
BEGIN
    -- a host create holds our row FOR KEY SHARE: wait for it, then look for hosts
    PERFORM FROM dos.domain AS o WHERE o.id = d.id FOR UPDATE;
    -- and whoever is delegating to one holds that FOR KEY SHARE: wait again, so that the update below sees the delegation
    orphans := ARRAY(SELECT h.id FROM dos.host AS h WHERE h.superordinate_id = d.id ORDER BY h.id FOR UPDATE);
    IF orphans <> '{}' AND zone.delete_hosts = 'rename' THEN
        PERFORM dos_internal.hosts_sacrifice(d, zone, svtrid);
        orphans := ARRAY(SELECT h.id FROM dos.host AS h WHERE h.superordinate_id = d.id ORDER BY h.id);
    END IF;
    IF orphans <> '{}' THEN
        FOR affected IN UPDATE dos.domain AS o SET host_ids = ARRAY(SELECT i FROM unnest(o.host_ids) WITH ORDINALITY AS l (i, n)
                                                                     WHERE i <> ALL (orphans) ORDER BY n)
                         WHERE o.host_ids && orphans AND o.id <> d.id RETURNING o.* LOOP
            PERFORM dos_internal.dns_mark(affected.zone_id, affected.name);
            PERFORM dos_internal.outbox_put('domain.host_removed', affected.name, affected.id, NULL, NULL, svtrid, dos_internal.notify_sponsor(affected) || jsonb_build_object('cause', d.name));
        END LOOP;
        DELETE FROM dos.host AS h WHERE h.id = ANY (orphans);
    END IF;
    DELETE FROM dos.domain AS o WHERE o.id = d.id;
    PERFORM dos_internal.dns_mark(d.zone_id, d.name);
    PERFORM dos_internal.outbox_put(event, d.name, d.id, registrar, cltrid, svtrid, jsonb_build_object('roid', d.roid)
        || CASE WHEN registrar IS NULL THEN dos_internal.notify_sponsor(d) ELSE '{}' END || coalesce(more, '{}'));
    IF zone.blocks_drops THEN
        DELETE FROM dos.drop_block AS b WHERE b.name = d.name RETURNING b.reason INTO blocked_for;
        IF FOUND THEN
            PERFORM dos_internal.reserved_block(zone.id, d.name, blocked_for);
            PERFORM dos_internal.outbox_put('domain.blocked', d.name, d.id, NULL, NULL, svtrid, jsonb_build_object('reason', blocked_for));
        END IF;
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.domain_purge(dos.domain, text, text, text, text, jsonb) IS
    'remove a domain and its subordinate hosts, which leave other domains'' delegations or, where the zone says so, get another name';
