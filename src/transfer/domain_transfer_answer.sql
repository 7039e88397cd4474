-- What follows a request: query, approve, reject, cancel.

-- Of a transfer that pends: the gaining registrar sees what it will pay, the losing one what it gets back.
CREATE FUNCTION dos_internal.transfer_fee(d dos.domain, viewer_id int) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    zone   dos.zone := dos_internal.zone_get(d.zone_id);
    period jsonb := CASE WHEN (d.transfer).years > 0 THEN jsonb_build_object('period', (d.transfer).years, 'unit', 'y') ELSE '{}' END;
    held   dos.price_data;
BEGIN
    IF (d.transfer).status IS DISTINCT FROM 'pending' THEN
        RETURN NULL;
    ELSIF viewer_id = (d.transfer).requester_id THEN
        SELECT coalesce(max(e.amount_minor), 0) AS amount_minor, coalesce(max(a.currency), zone.currency) AS currency INTO held.amount_minor, held.currency
          FROM dos.ledger_entry AS e JOIN dos.account AS a ON a.id = e.debit_account_id WHERE e.id = (d.transfer).hold_id;
        RETURN jsonb_build_object('currency', held.currency) || period || dos_internal.fee_amounts(zone, 'transfer', held);
    ELSIF viewer_id = d.registrar_id THEN
        RETURN dos_internal.fee_refunds(zone, d.registrar_id, ARRAY(SELECT g FROM unnest(d.graces) AS g WHERE g.kind = 'autorenew'), (d.transfer).acts_at) || period;
    END IF;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION dos_internal.transfer_fee(dos.domain, int) IS 'what the fee extension says of a pending transfer to one of its registrars (RFC 8748 section 5.1.2), or NULL';

CREATE FUNCTION dos.domain_transfer_query(registrar text, name text, auth text DEFAULT NULL, auth_roid text DEFAULT NULL,
                                          extensions jsonb DEFAULT NULL) RETURNS dos.transfer_data
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor  dos.registrar := dos_internal.registrar_act(registrar, 'info');
    target dos.domain;
    state  dos.domain_state;
    answer dos.transfer_data;
BEGIN
    SELECT * INTO target FROM dos.domain AS d WHERE d.name = dos.dname(domain_transfer_query.name);
    state := dos_internal.domain_state(target, dos.now());
    IF state.registered IS NOT TRUE THEN
        PERFORM dos_internal.refuse(2303, 'domain_unknown', 'domain:name', format('domain "%s" does not exist', name));
    END IF;
    IF auth IS NOT NULL AND NOT dos_internal.domain_auth_opens(target, auth, auth_roid) THEN
        PERFORM dos_internal.refuse(2202, 'domain_auth_wrong', 'domain:pw', 'authorization information is not valid');
    END IF;
    PERFORM dos_internal.transfer_query_require('domain', target.name, target.registrar_id, target.transfer, actor, auth IS NOT NULL);
    IF state.transferred THEN
        target.transfer := ROW('serverApproved', (target.transfer).requester_id, (target.transfer).requested_at, (target.transfer).actor_id,
                               (target.transfer).acts_at, (target.transfer).years, NULL,
                               (dos_internal.domain_state(target, (target.transfer).acts_at)).expires_at)::dos.transfer;
    END IF;
    answer := dos_internal.transfer_view(target, 1000);
    IF extensions ? 'fee' THEN
        answer.extension := nullif(jsonb_strip_nulls(jsonb_build_object('fee', dos_internal.transfer_fee(target, actor.id))), '{}');
    END IF;
    RETURN answer;
END $$;
COMMENT ON FUNCTION dos.domain_transfer_query(text, text, text, text, jsonb) IS
    'the last transfer of a domain, pending or done, for its two registrars or who knows the authInfo (RFC 5731 section 3.1.3); R2303, R2202, R2201, R2301';
GRANT EXECUTE ON FUNCTION dos.domain_transfer_query(text, text, text, text, jsonb) TO dos_epp;

-- Decide step of the answers: a transfer pends, and this registrar is the one to take this step.
CREATE FUNCTION dos_internal.transfer_answer_lock(name text, actor dos.registrar, gaining boolean) RETURNS dos.domain
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.domain := dos_internal.transfer_lock(name);
BEGIN
    PERFORM dos_internal.transfer_side_require('domain', target.name, target.registrar_id, target.transfer, actor, gaining);
    RETURN target;
END $$;
COMMENT ON FUNCTION dos_internal.transfer_answer_lock(text, dos.registrar, boolean) IS 'a domain whose pending transfer this registrar may answer; R2303, R2201, R2301';

CREATE FUNCTION dos.domain_transfer_approve(registrar text, name text, cltrid text DEFAULT NULL, svtrid text DEFAULT NULL,
                                            extensions jsonb DEFAULT NULL) RETURNS dos.transfer_data
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor  dos.registrar := dos_internal.registrar_act(registrar, 'transfer', svtrid);
    target dos.domain := dos_internal.transfer_answer_lock(name, actor, false);
BEGIN
    target := dos_internal.transfer_complete(target, dos_internal.zone_get(target.zone_id), 'clientApproved', actor.id, dos.now(), cltrid, svtrid);
    PERFORM dos_internal.transfer_apply(target);
    PERFORM dos_internal.variants_transfer_follow(target, cltrid, svtrid) WHERE target.idn_indexed;
    RETURN dos_internal.transfer_view(target, 1000);
END $$;
COMMENT ON FUNCTION dos.domain_transfer_approve(text, text, text, text, jsonb) IS 'let a domain go to the registrar that asked for it (RFC 5731 section 3.2.4); R2303, R2201, R2301';
GRANT EXECUTE ON FUNCTION dos.domain_transfer_approve(text, text, text, text, jsonb) TO dos_epp;

CREATE FUNCTION dos.domain_transfer_reject(registrar text, name text, cltrid text DEFAULT NULL, svtrid text DEFAULT NULL,
                                            extensions jsonb DEFAULT NULL) RETURNS dos.transfer_data
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor  dos.registrar := dos_internal.registrar_act(registrar, 'transfer', svtrid);
    target dos.domain := dos_internal.transfer_answer_lock(name, actor, false);
BEGIN
    target := dos_internal.transfer_end(target, 'clientRejected', actor.id, dos.now(), cltrid, svtrid);
    PERFORM dos_internal.transfer_apply(target);
    PERFORM dos_internal.variants_transfer_follow(target, cltrid, svtrid) WHERE target.idn_indexed;
    RETURN dos_internal.transfer_view(target, 1000);
END $$;
COMMENT ON FUNCTION dos.domain_transfer_reject(text, text, text, text, jsonb) IS 'keep a domain that another registrar asked for (RFC 5731 section 3.2.4); R2303, R2201, R2301';
GRANT EXECUTE ON FUNCTION dos.domain_transfer_reject(text, text, text, text, jsonb) TO dos_epp;

CREATE FUNCTION dos.domain_transfer_cancel(registrar text, name text, cltrid text DEFAULT NULL, svtrid text DEFAULT NULL,
                                            extensions jsonb DEFAULT NULL) RETURNS dos.transfer_data
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor  dos.registrar := dos_internal.registrar_act(registrar, 'transfer', svtrid);
    target dos.domain := dos_internal.transfer_answer_lock(name, actor, true);
BEGIN
    target := dos_internal.transfer_end(target, 'clientCancelled', actor.id, dos.now(), cltrid, svtrid);
    PERFORM dos_internal.transfer_apply(target);
    PERFORM dos_internal.variants_transfer_follow(target, cltrid, svtrid) WHERE target.idn_indexed;
    RETURN dos_internal.transfer_view(target, 1000);
END $$;
COMMENT ON FUNCTION dos.domain_transfer_cancel(text, text, text, text, jsonb) IS 'take a request for a domain back (RFC 5731 section 3.2.4); R2303, R2201, R2301';
GRANT EXECUTE ON FUNCTION dos.domain_transfer_cancel(text, text, text, text, jsonb) TO dos_epp;
