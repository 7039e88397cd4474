-- Variants of registered names (IDN tables): who may have them, and keys of names that are gone.

CREATE FUNCTION dos_internal.variant_holder_require(variant_of text, name text, registrar_id int, registrant_id bigint) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    holder dos.domain;
BEGIN
    SELECT * INTO holder FROM dos.domain AS d WHERE d.name = variant_of;
    IF FOUND AND (holder.registrar_id <> registrar_id OR holder.registrant_id IS DISTINCT FROM registrant_id) THEN
        PERFORM dos_internal.refuse(2306, 'idn_variant_held', 'domain:name', format('"%s" cannot be registered', name),
            format('It is a variant of "%s" and goes to its registrar and registrant only.', dos.dname_unicode(variant_of)));
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.variant_holder_require(text, text, int, bigint) IS 'refuse an allocatable variant to all but the sponsor and registrant of the name it is a variant of (R2306)';

CREATE FUNCTION dos_internal.domain_forget_keys() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM dos.idn_key AS k WHERE k.name = OLD.name;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION dos_internal.domain_forget_keys() IS 'trigger: the keys of a name go with its domain';
CREATE TRIGGER domain_forget_keys AFTER DELETE ON dos.domain
    FOR EACH ROW WHEN (OLD.idn_indexed) EXECUTE FUNCTION dos_internal.domain_forget_keys();

CREATE FUNCTION dos.idn_reindex(zone text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.zone;
    made   bigint;
BEGIN
    SELECT * INTO target FROM dos.zone AS z WHERE z.name = dos.dname(zone);
    IF NOT FOUND THEN
        PERFORM dos_internal.refuse(2303, 'zone_unknown', 'zone', format('zone "%s" does not exist', zone));
    END IF;
    DELETE FROM dos.idn_key AS k WHERE k.zone_id = target.id;
    INSERT INTO dos.idn_key (zone_id, key, table_id, name)
    SELECT target.id, k.key, k.table_id, d.name
      FROM dos.domain AS d, dos_internal.idn_keys(target.id, target.confusables, dos.dname_unicode(left(d.name, -length(target.name) - 1))) AS k
     WHERE d.zone_id = target.id;
    GET DIAGNOSTICS made = ROW_COUNT;
    UPDATE dos.domain AS d SET idn_indexed = true WHERE d.zone_id = target.id AND NOT d.idn_indexed AND EXISTS (SELECT FROM dos.idn_key AS k WHERE k.name = d.name);
    RETURN made;
END $$;
COMMENT ON FUNCTION dos.idn_reindex(text) IS 'make the keys of all registered names of a zone again, after its tables or the switch for look-alikes have changed; returns how many; R2303';
