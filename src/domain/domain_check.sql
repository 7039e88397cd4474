CREATE FUNCTION dos.domain_check(registrar text, names text[], extensions jsonb DEFAULT NULL,
                                 OUT name text, OUT available boolean, OUT reason text, OUT extension jsonb) RETURNS SETOF record
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asked     text;
    canonical text;
    actor     dos.registrar := dos_internal.registrar_act(registrar, 'check');
    zone      dos.zone;
    taken     dos.domain;
    launch    jsonb := extensions -> 'launch';
    class     text;
    currency  text;                                     -- of the fees in this answer
    verdict   dos_internal.name_verdict;
BEGIN
    FOREACH asked IN ARRAY names LOOP
        name := asked;
        IF coalesce(launch ->> 'type', 'claims') <> 'avail' AND launch IS NOT NULL THEN       -- asks for trademarks, not for availability
            canonical := CASE WHEN dos.dname_problem(asked) IS NULL THEN dos.dname(asked) END;
            extension := dos_internal.claims_check(dos_internal.zone_of(canonical), canonical, launch, dos.now());
            RETURN NEXT;
            CONTINUE;
        END IF;
        reason := CASE WHEN dos.dname_problem(asked) IS NOT NULL THEN 'Invalid name' END;
        IF reason IS NULL THEN
            canonical := dos.dname(asked);
            SELECT * INTO taken FROM dos.domain AS d WHERE d.name = canonical;
            IF FOUND AND (NOT dos_internal.domain_is_due(taken) OR (dos_internal.domain_state(taken, dos.now())).registered) THEN
                reason := 'In use';
            ELSE
                zone := dos_internal.zone_of(canonical);
                verdict := dos_internal.name_policy(zone, canonical, actor.id, 'check', extensions, dos.now());
                reason := CASE WHEN zone.id IS NULL THEN 'Not in a zone of this registry'
                               WHEN taken.id IS NOT NULL AND dos_internal.drop_is_blocked(zone.blocks_drops, canonical) THEN 'Not available'
                               WHEN verdict.answer IS NOT NULL THEN verdict.answer
                               WHEN verdict.variant_of IS NOT NULL
                                    AND actor.id <> (SELECT d.registrar_id FROM dos.domain AS d WHERE d.name = verdict.variant_of) THEN 'Variant of another name' END;
                IF reason IS NULL THEN
                    class := dos_internal.premium_class(zone.id, canonical, dos.now());
                    IF class IS NOT NULL OR zone.fee_required = 'always' OR extensions ? 'token' THEN
                        reason := dos_internal.fee_objection(zone, canonical, actor, class, extensions, dos.now());
                    END IF;
                END IF;
            END IF;
        END IF;
        available := reason IS NULL;
        IF extensions ? 'fee' THEN
            zone := CASE WHEN reason IS DISTINCT FROM 'Invalid name' THEN dos_internal.zone_of(canonical) END;
            IF reason IS DISTINCT FROM 'In use' THEN
                taken := NULL;
                taken.name := canonical;
            END IF;
            extension := jsonb_build_object('fee', dos_internal.fee_check(zone, taken, actor, reason, extensions));
            IF currency <> extension -> 'fee' ->> 'currency' THEN
                extension := jsonb_build_object('fee', jsonb_build_object('avail', false,
                    'reason', format('Charged in %s; ask for it alone.', extension -> 'fee' ->> 'currency')));
            END IF;
            currency := coalesce(currency, extension -> 'fee' ->> 'currency');
        END IF;
        RETURN NEXT;
    END LOOP;
END $$;
COMMENT ON FUNCTION dos.domain_check(text, text[], jsonb) IS
    'which names may be registered, in the order asked; a bad name is not available; reasons have at most 32 characters (RFC 5731 section 3.1.1); with what it would cost (RFC 8748 section 5.1.1); R2201, R2003, R2004';
GRANT EXECUTE ON FUNCTION dos.domain_check(text, text[], jsonb) TO dos_epp;
