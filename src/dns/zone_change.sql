-- Changes of a zone's own rows reach the publisher as a dirty apex; a zone that goes takes its image along.

CREATE FUNCTION dos_internal.zone_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    parent dos.zone := dos_internal.zone_of(coalesce(NEW.name, OLD.name));
BEGIN
    IF TG_OP <> 'DELETE' AND dos_internal.dns_rdata_ds(NEW.name, NEW.ds, '{}') IS NULL THEN
        PERFORM dos_internal.refuse(2005, 'zone_ds_malformed', 'ds', format('a DS record of zone "%s" is malformed', NEW.name),
            'A DS is "keytag algorithm digesttype HEX", the digest as long as its type says (RFC 4034 section 5).');
    END IF;
    IF parent.id IS NOT NULL AND (TG_OP <> 'UPDATE' OR NEW.ds <> OLD.ds) THEN
        PERFORM dos_internal.dns_mark(parent.id, coalesce(NEW.name, OLD.name)::text);
    END IF;
    IF TG_OP = 'DELETE' THEN
        DELETE FROM dos.dns_dirty AS q WHERE q.zone_id = OLD.id;
        DELETE FROM dos.dns_image AS i WHERE i.zone_id = OLD.id;
        DELETE FROM dos.dns_journal AS j WHERE j.zone_id = OLD.id;
        DELETE FROM dos.dns_parked AS p WHERE p.zone_id = OLD.id;
        DELETE FROM dos.zone_guard AS g WHERE g.zone_id = OLD.id;
        DELETE FROM dos.zone_serial AS s WHERE s.zone_id = OLD.id;
        DELETE FROM dos.dns_secondary AS s WHERE s.zone_id = OLD.id;
        DELETE FROM dos.dns_secondary_state AS s WHERE s.zone_id = OLD.id;
    ELSE
        PERFORM dos_internal.dns_mark(NEW.id, NEW.name::text);
    END IF;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION dos_internal.zone_changed() IS 'trigger: a new or changed zone is to be published, in its parent too; a deleted one takes its records along';

CREATE TRIGGER zone_changed AFTER INSERT OR UPDATE OR DELETE ON dos.zone
    FOR EACH ROW EXECUTE FUNCTION dos_internal.zone_changed();

CREATE FUNCTION dos_internal.zone_nameserver_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    zone   dos.zone;
    parent dos.zone;
BEGIN
    FOR zone IN SELECT * FROM dos.zone AS z WHERE z.id IN (OLD.zone_id, NEW.zone_id) LOOP
        PERFORM dos_internal.dns_mark(zone.id, zone.name::text);
        parent := dos_internal.zone_of(zone.name);
        IF parent.id IS NOT NULL THEN
            PERFORM dos_internal.dns_mark(parent.id, zone.name::text);
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION dos_internal.zone_nameserver_changed() IS 'trigger: a change of a zone''s name servers is published in the zone and in its parent';

CREATE TRIGGER zone_nameserver_changed AFTER INSERT OR UPDATE OR DELETE ON dos.zone_nameserver
    FOR EACH ROW EXECUTE FUNCTION dos_internal.zone_nameserver_changed();
