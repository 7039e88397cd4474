-- The operator's own records (dos.zone_record): what may get in, and the verb that writes them.

-- Whoever writes the table: what cannot stand in a zone does not get in.
CREATE FUNCTION dos_internal.zone_record_check() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    zone    dos.zone := dos_internal.zone_get(NEW.zone_id);
    cut     text := dos_internal.zone_record_cut(zone.name, NEW.owner);
    problem text;
BEGIN
    problem := CASE
        WHEN NEW.owner <> zone.name AND NEW.owner NOT LIKE '%.' || zone.name THEN format('"%s" does not lie in zone "%s".', NEW.owner, zone.name)
        WHEN NEW.owner <> zone.name AND (dos_internal.zone_of('x.' || NEW.owner)).id IS DISTINCT FROM zone.id
            THEN format('"%s" lies in another zone of this registry.', NEW.owner)
        WHEN NEW.interruption_id IS NOT NULL THEN NULL      -- ICANN wants these where it allows no others
        ELSE dos_internal.zone_record_problem(NEW.rtype, zone.kind IN ('generic', 'idn'), NEW.owner = zone.name, NEW.owner LIKE '*%') END;
    -- an interruption has looked, at all of its names together
    IF problem IS NULL AND cut IS NOT NULL AND NEW.interruption_id IS NULL THEN
        -- the name is nobody's now, and dos_internal.domain_claim() waits for us
        PERFORM pg_advisory_xact_lock(hashtextextended('domain ' || cut, 0));
        problem := CASE WHEN EXISTS (SELECT FROM dos.domain AS d WHERE d.name = cut AND (dos_internal.domain_state(d, dos.now())).registered)
                        THEN format('"%s" is a registered domain: what lies at or below it is not in this zone.', cut) END;
    END IF;
    IF problem IS NULL AND NEW.rtype IN (1, 28) AND EXISTS (SELECT FROM dos.zone_nameserver AS n WHERE n.name = NEW.owner) THEN
        problem := 'The addresses of a server of the zone are set with the server.';
    END IF;
    IF problem IS NOT NULL THEN
        PERFORM dos_internal.refuse(2306, 'zone_record_policy', 'owner', format('no such record in zone "%s"', zone.name), problem);
    END IF;
    IF EXISTS (SELECT FROM dos.zone_record AS r WHERE r.zone_id = NEW.zone_id AND r.owner = NEW.owner AND r.rtype <> NEW.rtype
                                                  AND 5 IN (r.rtype, NEW.rtype))
       OR NEW.rtype IN (5, 39) AND cardinality(NEW.rdata) > 1 THEN
        PERFORM dos_internal.refuse(2306, 'zone_record_alias', 'type', format('"%s" cannot have this record', NEW.owner),
            'A CNAME stands alone at its name (RFC 1034 section 3.6.2, RFC 2181 section 10.1).');
    END IF;
    NEW.cut := cut;
    NEW.rdata := ARRAY(SELECT DISTINCT r FROM unnest(NEW.rdata) AS r ORDER BY r);
    RETURN NEW;
END $$;
COMMENT ON FUNCTION dos_internal.zone_record_check() IS 'trigger: only what may stand in the zone, in canonical order; R2306';

CREATE TRIGGER zone_record_check BEFORE INSERT OR UPDATE ON dos.zone_record
    FOR EACH ROW EXECUTE FUNCTION dos_internal.zone_record_check();

CREATE FUNCTION dos_internal.zone_record_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND EXISTS (SELECT FROM dos.zone AS z WHERE z.id = OLD.zone_id) THEN
        PERFORM dos_internal.dns_mark(OLD.zone_id, OLD.owner);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM dos_internal.dns_mark(NEW.zone_id, NEW.owner);
    END IF;
    UPDATE dos.zone AS z SET has_records = x.used
      FROM (SELECT EXISTS (SELECT FROM dos.zone_record AS r WHERE r.zone_id = coalesce(NEW.zone_id, OLD.zone_id)) AS used) AS x
     WHERE z.id = coalesce(NEW.zone_id, OLD.zone_id) AND z.has_records <> x.used;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION dos_internal.zone_record_changed() IS 'trigger: a changed record is to be published, and its name not sold';

CREATE TRIGGER zone_record_changed AFTER INSERT OR UPDATE OR DELETE ON dos.zone_record
    FOR EACH ROW EXECUTE FUNCTION dos_internal.zone_record_changed();

CREATE FUNCTION dos.zone_record_set(zone text, owner text, type text, data text[], ttl int DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.zone := dos_internal.zone_by_name(zone);
    parsed record;
    name   text := dos_internal.zone_record_owner(owner);
BEGIN
    IF cardinality(data) = 0 THEN
        DELETE FROM dos.zone_record AS r
         WHERE r.zone_id = target.id AND r.owner = name AND dos_internal.dns_type_text(r.rtype) = upper(type);
        IF NOT FOUND THEN
            PERFORM dos_internal.refuse(2303, 'zone_record_unknown', 'owner', format('there is no %s record at "%s"', upper(type), name));
        END IF;
        RETURN;
    END IF;
    SELECT * INTO parsed FROM dos_internal.zone_record_rdata(type, data);
    INSERT INTO dos.zone_record (zone_id, owner, rtype, ttl, rdata) VALUES (target.id, name, parsed.rtype, ttl, parsed.rdata)
    ON CONFLICT ON CONSTRAINT zone_record_pkey DO UPDATE SET ttl = excluded.ttl, rdata = excluded.rdata;
END $$;
COMMENT ON FUNCTION dos.zone_record_set(text, text, text, text[], int) IS
    'make the records of one type at a name these ("{}": none), in zone file form with absolute names: (''example'', ''_dmarc.example'', ''TXT'', '
    '''{"\"v=DMARC1; p=reject\""}''); R2005 malformed, R2306 not allowed there, R2303';
