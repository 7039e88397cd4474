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
                reason := CASE WHEN zone.id IS NULL THEN 'Not in a zone of this registry'
                               ELSE (dos_internal.name_policy(zone, canonical, actor.id, 'check', extensions, dos.now())).answer END;
            END IF;
        END IF;
        available := reason IS NULL;
        RETURN NEXT;
    END LOOP;
END $$;
COMMENT ON FUNCTION dos.domain_check(text, text[], jsonb) IS
    'which names may be registered, in the order asked; a bad name is not available; reasons have at most 32 characters (RFC 5731 section 3.1.1); R2201';
GRANT EXECUTE ON FUNCTION dos.domain_check(text, text[], jsonb) TO dos_epp;
