CREATE TYPE dos.domain_created AS (code int, name text, created_at timestamptz, expires_at timestamptz, extension jsonb);
COMMENT ON TYPE dos.domain_created IS 'what dos.domain_create() returns';

CREATE FUNCTION dos_internal.domain_hold(name text) RETURNS boolean
LANGUAGE c VOLATILE STRICT AS 'MODULE_PATHNAME', 'dos_sql_domain_hold';
COMMENT ON FUNCTION dos_internal.domain_hold(text) IS 'hold a name until the end of the transaction, of many at once one after the other; then whether it has a row';

CREATE FUNCTION dos_internal.domain_put(d dos.domain) RETURNS bigint
LANGUAGE c VOLATILE STRICT AS 'MODULE_PATHNAME', 'dos_sql_domain_put';
COMMENT ON FUNCTION dos_internal.domain_put(dos.domain) IS 'insert a row of what a create may set into dos.domain and return its id: called as an expression, which needs no executor';

-- Gather step of a create that has the name in hand: what has a row may be over by the clock.
CREATE FUNCTION dos_internal.domain_claim(name text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    taken dos.domain;
BEGIN
    SELECT * INTO taken FROM dos.domain AS d WHERE d.name = domain_claim.name;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF dos_internal.domain_is_due(taken) AND NOT (dos_internal.domain_state(taken, dos.now())).registered THEN
        -- gone by the clock, and the worker has not come by yet
        IF dos_internal.drop_is_blocked((dos_internal.zone_get(taken.zone_id)).blocks_drops, name) THEN
            PERFORM dos_internal.refuse(2306, 'domain_blocked_at_drop', 'domain:name', format('"%s" cannot be registered', name), 'The name is blocked.');
        END IF;
        SELECT * INTO taken FROM dos.domain AS d WHERE d.id = taken.id FOR UPDATE;
        IF NOT FOUND OR (dos_internal.domain_advance(taken)).id IS NULL THEN
            RETURN;
        END IF;
    END IF;
    PERFORM dos_internal.refuse(2302, 'domain_name_taken', 'domain:name', format('domain "%s" exists', name));
END $$;
COMMENT ON FUNCTION dos_internal.domain_claim(text) IS 'make way for a create: a name whose time is over goes, or R2302, or R2306 when it was to be blocked as it dropped; after domain_hold()';

-- Steps of a create that few commands need (domain_create.c).

CREATE FUNCTION dos_internal.domain_hooks(stage text, verb text, zone dos.zone, d dos.domain, actor dos.registrar, years int) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN dos_internal.hook_run(stage, 'domain', verb, zone.id, dos_internal.hook_context(d, actor, years));
END $$;
COMMENT ON FUNCTION dos_internal.domain_hooks(text, text, dos.zone, dos.domain, dos.registrar, int) IS 'run the hooks of a stage of a verb on a domain';

CREATE FUNCTION dos_internal.create_waits(zone dos.zone, d dos.domain, actor dos.registrar, years int) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN dos_internal.pending_wanted(zone, 'create', dos_internal.hook_context(d, actor, years));
END $$;
COMMENT ON FUNCTION dos_internal.create_waits(dos.zone, dos.domain, dos.registrar, int) IS 'does this create wait for approval?';

CREATE FUNCTION dos_internal.create_pending(zone dos.zone, at timestamptz, hold_id bigint, years int, cltrid text, svtrid text) RETURNS dos.pending_action
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN ROW('create', at, dos.period_add(at, zone.pending_timeout), zone.pending_outcome = 'approve', hold_id, years, cltrid, svtrid, NULL)::dos.pending_action;
END $$;
COMMENT ON FUNCTION dos_internal.create_pending(dos.zone, timestamptz, bigint, int, text, text) IS 'what is kept with a domain whose create waits';

CREATE FUNCTION dos_internal.fee_extension(zone dos.zone, registrar_id int, command text, price dos.price_data) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN jsonb_build_object('fee', dos_internal.fee_answer(zone, registrar_id, command, price));
END $$;
COMMENT ON FUNCTION dos_internal.fee_extension(dos.zone, int, text, dos.price_data) IS 'what the fee extension answers to a command';

CREATE FUNCTION dos.domain_create(registrar text, name text, period int DEFAULT NULL, period_unit text DEFAULT 'y', hosts text[] DEFAULT NULL,
                                  host_attrs text[] DEFAULT NULL, registrant text DEFAULT NULL, contacts text[] DEFAULT NULL,
                                  auth text DEFAULT NULL, ds text[] DEFAULT NULL, keys text[] DEFAULT NULL, max_sig_life int DEFAULT NULL,
                                  cltrid text DEFAULT NULL, svtrid text DEFAULT NULL, extensions jsonb DEFAULT NULL)
RETURNS dos.domain_created
LANGUAGE c VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'dos_sql_domain_create';
COMMENT ON FUNCTION dos.domain_create(text, text, int, text, text[], text[], text, text[], text, text[], text[], int, text, text, jsonb) IS
    'register a domain (RFC 5731 section 3.2.1), or with code 1001 for approval or as an application (RFC 8334): rows, charge, DNS mark and event in one transaction. contacts as ''admin:ID'', host_attrs as '
    '''name address ...'', ds as ''tag algorithm digesttype HEX''. R2302, R2303, R2201, R2104, R2005, R2306; R2003, R2004 fee';
GRANT EXECUTE ON FUNCTION dos.domain_create(text, text, int, text, text[], text[], text, text[], text, text[], text[], int, text, text, jsonb) TO dos_epp;
