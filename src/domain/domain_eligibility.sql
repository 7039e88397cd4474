-- Who may have a domain of a zone, and on which name servers: conditions of the DBA in SQL, checked when they are set.

-- A condition that cannot be evaluated is refused before it can stop every create.
CREATE FUNCTION dos_internal.zone_predicate_check() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    setting   text;
    predicate text;
BEGIN
    FOREACH setting IN ARRAY '{registrar,registrant}'::text[] LOOP
        predicate := CASE setting WHEN 'registrar' THEN NEW.registrar_predicate ELSE NEW.registrant_predicate END;
        CONTINUE WHEN predicate IS NULL;
        BEGIN
            EXECUTE format('SELECT (%s)::boolean FROM %s AS %I LIMIT 0', predicate, CASE setting WHEN 'registrar' THEN 'dos.registrar' ELSE 'dos.contact' END, setting);
        EXCEPTION WHEN OTHERS THEN
            PERFORM dos_internal.refuse(2306, 'zone_predicate_valid', setting || '_predicate', format('condition of zone "%s" cannot be evaluated', NEW.name), SQLERRM);
        END;
    END LOOP;
    RETURN NEW;
END $$;
COMMENT ON FUNCTION dos_internal.zone_predicate_check() IS 'trigger: conditions of a zone on registrars and registrants can be evaluated (R2306)';
CREATE TRIGGER zone_predicate_check BEFORE INSERT OR UPDATE OF registrar_predicate, registrant_predicate ON dos.zone
    FOR EACH ROW WHEN (NEW.registrar_predicate IS NOT NULL OR NEW.registrant_predicate IS NOT NULL) EXECUTE FUNCTION dos_internal.zone_predicate_check();

CREATE FUNCTION dos_internal.eligibility_require(zone dos.zone, d dos.domain) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    good   boolean;
    server text;
BEGIN
    IF zone.registrar_predicate IS NOT NULL THEN
        EXECUTE format('SELECT (%s)::boolean FROM dos.registrar AS registrar WHERE registrar.id = $1', zone.registrar_predicate) INTO good USING d.registrar_id;
        IF good IS NOT TRUE THEN
            PERFORM dos_internal.refuse(2306, 'domain_registrar_ineligible', 'domain:name', 'the registrar is not eligible',
                format('Zone "%s" is not open to it.', zone.name));
        END IF;
    END IF;
    IF zone.registrant_predicate IS NOT NULL AND d.registrant_id IS NOT NULL THEN
        EXECUTE format('SELECT (%s)::boolean FROM dos.contact AS registrant WHERE registrant.id = $1', zone.registrant_predicate) INTO good USING d.registrant_id;
        IF good IS NOT TRUE THEN
            PERFORM dos_internal.refuse(2306, 'domain_registrant_ineligible', 'domain:registrant', 'the registrant is not eligible',
                format('Zone "%s" is not open to it.', zone.name));
        END IF;
    END IF;
    SELECT s.name INTO server
      FROM (SELECT h.name::text FROM dos.host AS h WHERE h.id = ANY (d.host_ids) UNION ALL SELECT a.name FROM unnest(d.host_attrs) AS a) AS s (name)
     WHERE NOT EXISTS (SELECT FROM unnest(zone.nameservers_allowed) AS p (pattern)
                        WHERE s.name = p.pattern OR (starts_with(p.pattern, '*.') AND right(s.name, length(p.pattern) - 1) = substr(p.pattern, 2)))
     ORDER BY s.name LIMIT 1;
    IF FOUND AND zone.nameservers_allowed IS NOT NULL THEN
        PERFORM dos_internal.refuse(2306, 'domain_nameserver_forbidden', 'domain:ns', format('name server "%s" is not allowed', server),
            format('Domains of zone "%s" use name servers from a list.', zone.name));
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.eligibility_require(dos.zone, dos.domain) IS 'refuse registrars, registrants and name servers that a zone does not take (R2306)';
