CREATE FUNCTION dos_internal.domain_look(registrar text, names text[], OUT name text, OUT available boolean, OUT reason text, OUT undecided boolean)
RETURNS SETOF record
LANGUAGE c STABLE AS 'MODULE_PATHNAME', 'dos_sql_domain_look';
COMMENT ON FUNCTION dos_internal.domain_look(text, text[]) IS
    'which names may be registered as far as that takes no query: names that are taken or malformed, and free ones where policy has nothing more to say; R2201';

-- What a look could not decide.
CREATE FUNCTION dos_internal.domain_objection(canonical text, actor dos.registrar, extensions jsonb) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    zone    dos.zone;
    taken   dos.domain;
    class   text;
    verdict dos_internal.name_verdict;
    reason  text;
BEGIN
    SELECT * INTO taken FROM dos.domain AS d WHERE d.name = canonical;
    IF FOUND AND (NOT dos_internal.domain_is_due(taken) OR (dos_internal.domain_state(taken, dos.now())).registered) THEN
        RETURN 'In use';
    END IF;
    zone := dos_internal.zone_of(canonical);
    verdict := dos_internal.name_policy(zone, canonical, actor.id, 'check', extensions, dos.now());
    reason := CASE WHEN zone.id IS NULL THEN 'Not in a zone of this registry'
                   WHEN taken.id IS NOT NULL AND dos_internal.drop_is_blocked(zone.blocks_drops, canonical) THEN 'Not available'
                   WHEN verdict.answer IS NOT NULL THEN verdict.answer
                   WHEN verdict.variant_of IS NOT NULL
                        AND EXISTS (SELECT FROM dos.domain AS d WHERE d.name = verdict.variant_of AND (d.registrar_id <> actor.id OR d.deleted_at IS NOT NULL OR (d.transfer).status = 'pending')) THEN 'Variant of another name' END;
    IF reason IS NULL THEN
        class := dos_internal.premium_class(zone.id, canonical, dos.now());
        IF class IS NOT NULL OR zone.fee_required = 'always' OR extensions ? 'token' THEN
            reason := dos_internal.fee_objection(zone, canonical, actor, class, extensions, dos.now());
        END IF;
    END IF;
    RETURN reason;
END $$;
COMMENT ON FUNCTION dos_internal.domain_objection(text, dos.registrar, jsonb) IS 'why a registrar cannot register a canonical name, in at most 32 characters, or NULL';

CREATE FUNCTION dos.domain_check(registrar text, names text[], extensions jsonb DEFAULT NULL,
                                 OUT name text, OUT available boolean, OUT reason text, OUT extension jsonb) RETURNS SETOF record
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asked     text;
    canonical text;
    actor     dos.registrar;
    zone      dos.zone;
    taken     dos.domain;
    launch    jsonb := extensions -> 'launch';
    currency  text;                                     -- of the fees in this answer
    undecided boolean;
BEGIN
    IF extensions IS NULL THEN
        FOR name, available, reason, undecided IN SELECT * FROM dos_internal.domain_look(registrar, names) LOOP
            IF undecided THEN
                actor := dos_internal.registrar_act(registrar, 'check');
                reason := CASE WHEN name IS NULL THEN 'Invalid name' ELSE dos_internal.domain_objection(dos.dname(name), actor, NULL) END;
                available := reason IS NULL;
            END IF;
            RETURN NEXT;
        END LOOP;
        RETURN;
    END IF;
    actor := dos_internal.registrar_act(registrar, 'check');
    PERFORM dos_internal.check_require(cardinality(names), 'domain:name');
    FOREACH asked IN ARRAY names LOOP
        name := asked;
        IF coalesce(launch ->> 'type', 'claims') <> 'avail' AND launch IS NOT NULL THEN       -- asks for trademarks, not for availability
            canonical := CASE WHEN dos.dname_problem(asked) IS NULL THEN dos.dname(asked) END;
            extension := dos_internal.claims_check(dos_internal.zone_of(canonical), canonical, launch, dos.now());
            RETURN NEXT;
            CONTINUE;
        END IF;
        canonical := CASE WHEN dos.dname_problem(asked) IS NULL THEN dos.dname(asked) END;
        reason := CASE WHEN canonical IS NULL THEN 'Invalid name' ELSE dos_internal.domain_objection(canonical, actor, extensions) END;
        available := reason IS NULL;
        IF extensions ? 'fee' THEN
            zone := dos_internal.zone_of(canonical);
            taken := NULL;
            taken.name := canonical;
            IF reason = 'In use' THEN
                SELECT * INTO taken FROM dos.domain AS d WHERE d.name = canonical;
            END IF;
            extension := jsonb_build_object('fee', dos_internal.fee_check(zone, taken, actor, reason, extensions));
            IF currency <> extension -> 'fee' ->> 'currency' AND NOT extensions -> 'fee' ? 'each' THEN
                extension := jsonb_build_object('fee', jsonb_build_object('avail', false,
                    'reason', format('Charged in %s; ask for it alone.', extension -> 'fee' ->> 'currency')));
            END IF;
            currency := coalesce(currency, extension -> 'fee' ->> 'currency');
        END IF;
        RETURN NEXT;
    END LOOP;
END $$;
COMMENT ON FUNCTION dos.domain_check(text, text[], jsonb) IS
    'which names may be registered, in the order asked; a bad name is not available; reasons have at most 32 characters (RFC 5731 section 3.1.1); with what it would cost (RFC 8748 section 5.1.1); R2201, R2306 too many names, R2003, R2004';
GRANT EXECUTE ON FUNCTION dos.domain_check(text, text[], jsonb) TO dos_epp;

CREATE FUNCTION dos.domain_checks(registrars text[], names text[], extensions jsonb[],
                                  OUT name text, OUT available boolean, OUT reason text, OUT extension jsonb) RETURNS SETOF record
LANGUAGE c STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'dos_sql_domain_checks';
COMMENT ON FUNCTION dos.domain_checks(text[], text[], jsonb[]) IS
    'what dos.domain_check() says to each of these registrars about its names (the literal of a text[]) and extensions, one after the other in one call: for gateways that answer many at once; R2201';
GRANT EXECUTE ON FUNCTION dos.domain_checks(text[], text[], jsonb[]) TO dos_epp;
