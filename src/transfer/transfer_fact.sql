-- What transfers of domains and of contacts have in common (RFC 5731 and 5733 section 3.2.4): the stored fact, its view,
-- and the message to both sides. It comes before the tables, which hold the fact.

-- The last transfer of an object; with status pending a fact of its life.
CREATE TYPE dos.transfer AS (
    status text, requester_id int, requested_at timestamptz, actor_id int, acts_at timestamptz, years int, hold_id bigint, expires_at timestamptz
);
COMMENT ON TYPE dos.transfer IS
    'a transfer (RFC 5731 and 5733 section 3.2.4): its status, who asked, who acts or acted and when; of a domain: years it adds, ledger entry of the money held, expiry once complete';

CREATE TYPE dos.transfer_data AS (
    code int, name text, status text, requester text, requested_at timestamptz, actor text, acts_at timestamptz, expires_at timestamptz,
    extension jsonb
);
COMMENT ON TYPE dos.transfer_data IS 'what the transfer verbs return: EPP''s trnData; name is a contact''s id';

CREATE FUNCTION dos_internal.transfer_shown(result_code int, name text, t dos.transfer, expires_at timestamptz) RETURNS dos.transfer_data
LANGUAGE sql STABLE
RETURN ROW(result_code, name, (t).status, dos_internal.registrar_clid((t).requester_id), (t).requested_at,
           dos_internal.registrar_clid((t).actor_id), (t).acts_at, expires_at, NULL)::dos.transfer_data;
COMMENT ON FUNCTION dos_internal.transfer_shown(int, text, dos.transfer, timestamptz) IS 'a transfer as EPP shows it';

-- Tell both sides, in the transaction of the step.
CREATE FUNCTION dos_internal.transfer_tell(kind text, object_id bigint, shown dos.transfer_data, loser_id int, actor text, cltrid text, svtrid text)
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM dos_internal.outbox_put(kind || '.transfer_' || CASE shown.status WHEN 'pending' THEN 'requested' WHEN 'clientApproved' THEN 'approved'
            WHEN 'serverApproved' THEN 'completed' WHEN 'clientRejected' THEN 'rejected' ELSE 'cancelled' END,
        shown.name, object_id, actor, cltrid, svtrid,
        jsonb_build_object('notify', to_jsonb(ARRAY[dos_internal.registrar_clid(loser_id), shown.requester]),
                           'kind', kind || ':trnData', 'transfer', to_jsonb(shown) - '{code,extension}'::text[]));
END $$;
COMMENT ON FUNCTION dos_internal.transfer_tell(text, bigint, dos.transfer_data, int, text, text, text) IS
    'the event of a transfer step of a domain or contact, with a poll message for both registrars';

-- Who may look at a transfer, and who may answer one that pends.
CREATE FUNCTION dos_internal.transfer_side_require(kind text, name text, sponsor_id int, t dos.transfer, actor dos.registrar, gaining boolean) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    element text := kind || CASE kind WHEN 'contact' THEN ':id' ELSE ':name' END;
BEGIN
    IF actor.id NOT IN (sponsor_id, coalesce(t.requester_id, 0)) THEN
        PERFORM dos_internal.refuse(2201, 'transfer_of_others', element, format('%s "%s" is not the registrar''s to answer for', kind, name));
    ELSIF t.status IS DISTINCT FROM 'pending' THEN
        PERFORM dos_internal.refuse(2301, 'transfer_not_pending', element, format('%s "%s" is not being transferred', kind, name));
    ELSIF actor.id <> (CASE WHEN gaining THEN t.requester_id ELSE sponsor_id END) THEN
        PERFORM dos_internal.refuse(2201, 'transfer_other_side', element, CASE WHEN gaining THEN 'only the requesting registrar cancels a transfer'
            ELSE 'only the sponsoring registrar approves or rejects a transfer' END);
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.transfer_side_require(text, text, int, dos.transfer, dos.registrar, boolean) IS
    'R2201 or R2301 unless a transfer pends and this registrar is the one to take this step';

CREATE FUNCTION dos_internal.transfer_query_require(kind text, name text, sponsor_id int, t dos.transfer, actor dos.registrar, authorized boolean) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    element text := kind || CASE kind WHEN 'contact' THEN ':id' ELSE ':name' END;
BEGIN
    IF NOT authorized AND actor.id NOT IN (sponsor_id, coalesce(t.requester_id, 0), coalesce(t.actor_id, 0)) THEN
        PERFORM dos_internal.refuse(2201, 'transfer_of_others', element, 'the transfer is between other registrars');
    ELSIF t.status IS NULL THEN
        PERFORM dos_internal.refuse(2301, 'transfer_none', element, format('%s "%s" has no transfer', kind, name));
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.transfer_query_require(text, text, int, dos.transfer, dos.registrar, boolean) IS
    'R2201 for a stranger to a transfer without the authInfo, R2301 where there never was one';
