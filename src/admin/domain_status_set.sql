-- Statuses set by the registry: serverHold, serverTransferProhibited and the like. Staff may also take off what the client
-- has set, when a court says so.

CREATE FUNCTION dos.domain_status_set(name text, add_statuses text[], rem_statuses text[], reason text, staff text DEFAULT NULL, case_of text DEFAULT NULL,
                                      billed boolean DEFAULT false)
RETURNS text[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target  dos.domain := (dos_internal.staff_domain(name, false)).target;
    before  dos.domain_state := dos_internal.domain_state(target, dos.now());
    changed dos.domain := target;
    zone    dos.zone := dos_internal.zone_get(target.zone_id);
    a       dos.audit;
BEGIN
    IF num_nonnulls(add_statuses, rem_statuses) = 0 THEN
        PERFORM dos_internal.refuse(2003, 'domain_update_empty', NULL, 'an update changes something');
    END IF;
    IF billed AND NOT dos_internal.price_exists(zone.id, 'lock') THEN
        PERFORM dos_internal.refuse(2306, 'price_missing', 'billed', 'no price is set for this', format('Zone "%s" has no fee for a lock.', zone.name));
    END IF;
    changed.statuses := dos_internal.statuses_change(target.statuses, add_statuses, rem_statuses,
        '{serverDeleteProhibited,serverHold,serverRenewProhibited,serverTransferProhibited,serverUpdateProhibited}'::text[]
        || ARRAY(SELECT s FROM unnest(rem_statuses) AS s WHERE s LIKE 'client%' AND s = ANY (target.statuses)), 'domain:status');
    a := dos_internal.staff_act('domain_status_set', 'domain', target.name, reason, staff, case_of,
             ARRAY[dos_internal.registrar_clid(target.registrar_id)], jsonb_build_object('before', target.statuses, 'after', changed.statuses) || CASE WHEN billed THEN '{"billed": true}'::jsonb ELSE '{}' END);
    IF billed THEN
        PERFORM dos_internal.domain_fee_charge(zone, 'lock', changed, dos_internal.registrar_find(dos_internal.registrar_clid(target.registrar_id)), NULL, a.svtrid);
    END IF;
    UPDATE dos.domain AS d SET statuses = changed.statuses, updated_at = dos.now() WHERE d.id = target.id;
    IF (dos_internal.domain_state(changed, dos.now())).delegated <> before.delegated THEN
        PERFORM dos_internal.dns_mark(target.zone_id, target.name);
    END IF;
    PERFORM dos_internal.outbox_put('domain.updated', target.name, target.id, NULL, NULL, a.svtrid, NULL);
    RETURN changed.statuses;
END $$;
COMMENT ON FUNCTION dos.domain_status_set(text, text[], text[], text, text, text, boolean) IS
    'staff: set and remove server statuses of a domain, or remove client ones (RFC 5731 section 2.3), audited and announced by changePoll; billed: the registrar asked for it and pays '
    'what the zone charges for a lock (dos.fee); the new set. R2303, R2003, R2306, R2104';
GRANT EXECUTE ON FUNCTION dos.domain_status_set(text, text[], text[], text, text, text, boolean) TO dos_admin;

CREATE FUNCTION dos.contact_status_set(id text, add_statuses text[], rem_statuses text[], reason text, staff text DEFAULT NULL, case_of text DEFAULT NULL)
RETURNS text[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.contact := dos_internal.contact_find_lock(id);
    fresh  text[];
    a      dos.audit;
BEGIN
    IF num_nonnulls(add_statuses, rem_statuses) = 0 THEN
        PERFORM dos_internal.refuse(2003, 'contact_update_empty', NULL, 'an update changes something');
    END IF;
    fresh := dos_internal.statuses_change(target.statuses, add_statuses, rem_statuses,
        '{serverDeleteProhibited,serverTransferProhibited,serverUpdateProhibited}'::text[]
        || ARRAY(SELECT s FROM unnest(rem_statuses) AS s WHERE s LIKE 'client%' AND s = ANY (target.statuses)), 'contact:status');
    a := dos_internal.staff_act('contact_status_set', 'contact', target.handle, reason, staff, case_of,
             ARRAY[dos_internal.registrar_clid(target.registrar_id)], jsonb_build_object('before', target.statuses, 'after', fresh));
    UPDATE dos.contact AS c SET statuses = fresh, updated_at = dos.now() WHERE c.id = target.id;
    PERFORM dos_internal.outbox_put('contact.updated', target.handle, target.id, NULL, NULL, a.svtrid, NULL);
    RETURN fresh;
END $$;
COMMENT ON FUNCTION dos.contact_status_set(text, text[], text[], text, text, text) IS
    'staff: set and remove server statuses of a contact, or remove client ones (RFC 5733 section 2.2), audited and announced by changePoll; the new set. R2303, R2003, R2306';
GRANT EXECUTE ON FUNCTION dos.contact_status_set(text, text[], text[], text, text, text) TO dos_admin;

CREATE FUNCTION dos.host_status_set(name text, add_statuses text[], rem_statuses text[], reason text, staff text DEFAULT NULL, case_of text DEFAULT NULL)
RETURNS text[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.host := dos_internal.host_find_lock(dos.dname(name));
    fresh  text[];
    a      dos.audit;
BEGIN
    IF num_nonnulls(add_statuses, rem_statuses) = 0 THEN
        PERFORM dos_internal.refuse(2003, 'host_update_empty', NULL, 'an update changes something');
    END IF;
    fresh := dos_internal.statuses_change(target.statuses, add_statuses, rem_statuses,
        '{serverDeleteProhibited,serverUpdateProhibited}'::text[]
        || ARRAY(SELECT s FROM unnest(rem_statuses) AS s WHERE s LIKE 'client%' AND s = ANY (target.statuses)), 'host:status');
    a := dos_internal.staff_act('host_status_set', 'host', target.name, reason, staff, case_of,
             ARRAY[dos_internal.registrar_clid(dos_internal.host_sponsor(target))], jsonb_build_object('before', target.statuses, 'after', fresh));
    UPDATE dos.host AS h SET statuses = fresh, updated_at = dos.now() WHERE h.id = target.id;
    PERFORM dos_internal.outbox_put('host.updated', target.name, target.id, NULL, NULL, a.svtrid, NULL);
    RETURN fresh;
END $$;
COMMENT ON FUNCTION dos.host_status_set(text, text[], text[], text, text, text) IS
    'staff: set and remove server statuses of a host, or remove client ones (RFC 5732 section 2.3), audited and announced by changePoll; the new set. R2303, R2003, R2306';
GRANT EXECUTE ON FUNCTION dos.host_status_set(text, text[], text[], text, text, text) TO dos_admin;
