-- The verbs of registrars, by staff, in the sponsor's name: same checks, but for locks that staff lifts (unlock), and money
-- and dates where staff says so.

CREATE FUNCTION dos.domain_create_staff(registrar text, name text, parameters jsonb, reason text, staff text DEFAULT NULL, case_of text DEFAULT NULL,
                                        charge boolean DEFAULT true, created_at timestamptz DEFAULT NULL, expires_at timestamptz DEFAULT NULL)
RETURNS dos.domain
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    a     dos.audit;
    fresh dos.domain;
    zone  dos.zone := dos_internal.zone_of(dos.dname(name));
BEGIN
    PERFORM dos_internal.operator_require(zone.operator_id, 'domain:name', format('zone "%s"', zone.name));
    IF created_at > dos.now() OR expires_at <= coalesce(created_at, dos.now()) THEN
        PERFORM dos_internal.refuse(2306, 'admin_dates', 'domain:exDate', 'dates are not possible', 'A domain is not created in the future and expires after it was created.');
    END IF;
    a := dos_internal.staff_act('domain_create', 'domain', dos.dname(name), reason, staff, case_of, ARRAY[registrar],
             jsonb_build_object('registrar', registrar, 'parameters', parameters - '{auth}'::text[], 'charge', charge, 'created_at', created_at, 'expires_at', expires_at));
    PERFORM dos_internal.staff_call('domain_create', registrar, name, parameters, a.svtrid);
    SELECT * INTO fresh FROM dos.domain AS d WHERE d.name = dos.dname(domain_create_staff.name);
    IF NOT charge THEN
        PERFORM dos_internal.ledger_refund(g.entry_id, a.svtrid) FROM unnest(fresh.graces) AS g WHERE g.entry_id IS NOT NULL;
        fresh.graces := '{}';                               -- there is nothing that a delete could give back
    END IF;
    fresh.created_at := coalesce(domain_create_staff.created_at, fresh.created_at);
    fresh.expires_at := coalesce(domain_create_staff.expires_at, fresh.expires_at);
    UPDATE dos.domain AS d
       SET graces = fresh.graces, created_at = fresh.created_at, expires_at = fresh.expires_at, next_event_at = (dos_internal.domain_state(fresh, dos.now())).next_event_at
     WHERE d.id = fresh.id;
    fresh.auth_hash := NULL;
    RETURN fresh;
END $$;
COMMENT ON FUNCTION dos.domain_create_staff(text, text, jsonb, text, text, text, boolean, timestamptz, timestamptz) IS
    'staff: register a domain for a registrar with the parameters of dos.domain_create(), charged or not, with dates of its own; audited and announced by changePoll. Errors of the verb; R2003, R2306';
GRANT EXECUTE ON FUNCTION dos.domain_create_staff(text, text, jsonb, text, text, text, boolean, timestamptz, timestamptz) TO dos_admin;

CREATE FUNCTION dos.domain_update_staff(name text, parameters jsonb, reason text, staff text DEFAULT NULL, case_of text DEFAULT NULL, unlock boolean DEFAULT false)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    held   record := dos_internal.staff_domain(name, false);
    target dos.domain := held.target;
    a      dos.audit := dos_internal.staff_act('domain_update', 'domain', target.name, reason, staff, case_of, ARRAY[held.sponsor],
                            jsonb_build_object('parameters', parameters - '{chg_auth}'::text[], 'unlock', unlock));
    answer jsonb;
BEGIN
    PERFORM dos_internal.staff_domain(name, unlock);
    answer := dos_internal.staff_call('domain_update', held.sponsor, name, parameters, a.svtrid);
    PERFORM dos_internal.staff_domain_lock_again(target, unlock, held.statuses);
    RETURN answer;
END $$;
COMMENT ON FUNCTION dos.domain_update_staff(text, jsonb, text, text, text, boolean) IS
    'staff: change a domain with the parameters of dos.domain_update(), through its locks if unlock; audited and announced by changePoll. Errors of the verb; R2003, R2306';
GRANT EXECUTE ON FUNCTION dos.domain_update_staff(text, jsonb, text, text, text, boolean) TO dos_admin;

CREATE FUNCTION dos.domain_delete_staff(name text, reason text, staff text DEFAULT NULL, case_of text DEFAULT NULL, unlock boolean DEFAULT false, purge boolean DEFAULT false)
RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    held   record := dos_internal.staff_domain(name, false);
    target dos.domain := held.target;
    a      dos.audit := dos_internal.staff_act('domain_delete', 'domain', target.name, reason, staff, case_of, ARRAY[held.sponsor],
                            jsonb_build_object('unlock', unlock, 'purge', purge));
    code   int := 1000;
    going  text[] := '{}';
    variant text;
BEGIN
    PERFORM dos_internal.staff_domain(name, unlock AND NOT purge);
    IF NOT purge THEN
        code := (dos_internal.staff_call('domain_delete', held.sponsor, name, NULL, a.svtrid) ->> 'code')::int;
        PERFORM dos_internal.staff_domain_lock_again(target, unlock, held.statuses);
    ELSE
        IF (target.transfer).status = 'pending' THEN
            target := dos_internal.transfer_end(target, 'serverCancelled', NULL, dos.now(), NULL, a.svtrid);
        END IF;
        PERFORM dos_internal.ledger_refund(g.entry_id, a.svtrid) FROM unnest(target.graces) AS g WHERE g.ends_at > dos.now() AND g.entry_id IS NOT NULL;
        IF target.idn_indexed THEN
            going := dos_internal.variants_ending(target, false);
        END IF;
        PERFORM dos_internal.domain_purge(target, 'domain.deleted', held.sponsor, NULL, a.svtrid);
        FOREACH variant IN ARRAY going LOOP
            PERFORM dos.domain_delete_staff(variant, reason, staff, case_of, unlock, true) WHERE EXISTS (SELECT FROM dos.domain AS o WHERE o.name = variant);
        END LOOP;
    END IF;
    RETURN code;
END $$;
COMMENT ON FUNCTION dos.domain_delete_staff(text, text, text, text, boolean, boolean) IS
    'staff: delete a domain, through its locks if unlock, gone at once if purge; 1000 or 1001; audited and announced by changePoll. Errors of dos.domain_delete(); R2003';
GRANT EXECUTE ON FUNCTION dos.domain_delete_staff(text, text, text, text, boolean, boolean) TO dos_admin;

-- Back from redemption as if it had not been deleted; what the delete gave back stays given.
CREATE FUNCTION dos.domain_undelete(name text, reason text, staff text DEFAULT NULL, case_of text DEFAULT NULL) RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    held   record := dos_internal.staff_domain(name, false);
    target dos.domain := held.target;
    a      dos.audit;
    variant text;
BEGIN
    IF target.deleted_at IS NULL THEN
        PERFORM dos_internal.refuse(2304, 'domain_not_deleted', 'domain:name', format('domain "%s" is not deleted', name));
    END IF;
    a := dos_internal.staff_act('domain_undelete', 'domain', target.name, reason, staff, case_of, ARRAY[held.sponsor],
             jsonb_build_object('deleted_at', target.deleted_at, 'restore_at', target.restore_at, 'expires_at', target.expires_at));
    target.deleted_at := NULL;
    target.restore_at := NULL;
    UPDATE dos.domain AS d
       SET deleted_at = NULL, restore_at = NULL, updated_at = dos.now(), next_event_at = (dos_internal.domain_state(target, dos.now())).next_event_at
     WHERE d.id = target.id;
    PERFORM dos_internal.dns_mark(target.zone_id, target.name);
    PERFORM dos_internal.outbox_put('domain.restored', target.name, target.id, NULL, NULL, a.svtrid, jsonb_build_object('expires_at', target.expires_at));
    IF target.idn_indexed AND (dos_internal.variant_policy_of(target.zone_id)).restore = 'set' THEN
        FOR variant IN SELECT * FROM dos_internal.variants_of(target.name) LOOP
            PERFORM dos.domain_undelete(variant, reason, staff, case_of) WHERE EXISTS (SELECT FROM dos.domain AS d WHERE d.name = variant AND d.deleted_at IS NOT NULL);
        END LOOP;
    END IF;
    RETURN target.expires_at;
END $$;
COMMENT ON FUNCTION dos.domain_undelete(text, text, text, text) IS
    'staff: undo the delete of a domain that is not purged yet, at no price; its expiry, which renews itself if it has passed; audited and announced by changePoll. R2303, R2304, R2003';
GRANT EXECUTE ON FUNCTION dos.domain_undelete(text, text, text, text) TO dos_admin;
