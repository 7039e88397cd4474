-- <delete> with <launch:delete>: the registrar withdraws an application.

-- As if it had not been: money and token go back, and the name has one application less.
CREATE FUNCTION dos_internal.application_release(a dos.application) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF a.entry_id IS NOT NULL THEN
        PERFORM dos_internal.ledger_hold_return(a.entry_id, a.svtrid);
    END IF;
    IF a.token_id IS NOT NULL THEN
        UPDATE dos.token AS t SET uses = t.uses - 1 WHERE t.id = a.token_id AND t.max_uses IS NOT NULL;
        DELETE FROM dos.token_use AS u WHERE u.token_id = a.token_id AND u.object_id = a.id AND u.command = 'create';
    END IF;
    DELETE FROM dos.price_own AS p WHERE p.domain_id = a.id;
    DELETE FROM dos.claims_notice AS n WHERE n.domain_id = a.id;
    DELETE FROM dos.name_applied AS n WHERE n.name = a.name AND n.number = a.number;
END $$;
COMMENT ON FUNCTION dos_internal.application_release(dos.application) IS 'the end of an application that gets nothing: its money is given back whole, its token too, its promises and notices go';

CREATE FUNCTION dos.application_delete(registrar text, name text, cltrid text DEFAULT NULL, svtrid text DEFAULT NULL,
                                       extensions jsonb DEFAULT NULL, OUT code int, OUT extension jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor   dos.registrar := dos_internal.registrar_act(registrar, 'delete', svtrid);                                     -- gather
    a       dos.application := dos_internal.application_find(actor, name, extensions -> 'launch', 'delete');
    refunds jsonb;
BEGIN
    PERFORM dos_internal.application_allowed(a, 'delete');                                                        -- decide
    IF extensions ? 'fee' THEN
        refunds := jsonb_build_object('currency', a.currency, 'credits', CASE WHEN a.amount_minor > 0 THEN
                       jsonb_build_array(jsonb_build_object('amount', dos.money_text(-a.amount_minor, a.currency), 'description', 'Application withdrawn')) ELSE '[]' END);
    END IF;
    PERFORM dos_internal.application_release(a);                                                                  -- charge
    DELETE FROM dos.application AS o WHERE o.id = a.id;                                                           -- apply
    PERFORM dos_internal.outbox_put('application.withdrawn', a.name, a.id, actor.clid, cltrid, svtrid,            -- announce
        jsonb_build_object('launch', dos_internal.application_launch(a) - '{status,status_name,status_text}'::text[]));
    IF refunds IS NOT NULL THEN
        extension := jsonb_build_object('fee', refunds || dos_internal.fee_balance(dos_internal.zone_get(a.zone_id), actor.id, a.currency));
    END IF;
    code := 1000;
END $$;
COMMENT ON FUNCTION dos.application_delete(text, text, text, text, jsonb) IS
    'withdraw a launch application (RFC 8334 section 3.5): it is gone, its money given back; extensions -> launch says which. R2102, R2003, R2303, R2201, R2306, R2304 it is decided';
GRANT EXECUTE ON FUNCTION dos.application_delete(text, text, text, text, jsonb) TO dos_epp;
