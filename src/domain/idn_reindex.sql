-- Keys of registered names (IDN tables, look-alikes), made again.

CREATE FUNCTION dos.idn_reindex(zone text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.zone := dos_internal.zone_require(zone);
    made   bigint;
BEGIN
    DELETE FROM dos.idn_key AS k WHERE k.zone_id = target.id;
    INSERT INTO dos.idn_key (zone_id, key, table_id, name)
    SELECT target.id, k.key, k.table_id, d.name
      FROM dos.domain AS d, dos_internal.idn_keys(target.id, target.confusables, dos.dname_unicode(left(d.name, -length(target.name) - 1))) AS k
     WHERE d.zone_id = target.id;
    GET DIAGNOSTICS made = ROW_COUNT;
    UPDATE dos.domain AS d SET idn_indexed = true WHERE d.zone_id = target.id AND NOT d.idn_indexed AND EXISTS (SELECT FROM dos.idn_key AS k WHERE k.name = d.name);
    RETURN made;
END $$;
COMMENT ON FUNCTION dos.idn_reindex(text) IS 'make the keys of all registered names of a zone again, after its tables or the switch for look-alikes have changed; returns how many; R2303, R2201';
