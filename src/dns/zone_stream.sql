-- The journal for other readers than name servers: event zone.published says that there is a new serial,
-- dos.zone_changes() what it changed, from any serial that is still kept.

CREATE FUNCTION dos.zone_changes(zone text, after bigint)
RETURNS TABLE (serial bigint, published_at timestamptz, action text, owner text, type text, ttl int, data text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.zone := dos_internal.zone_by_name(zone);
    start  bigint;
BEGIN
    SELECT s.serial INTO start FROM dos.zone_serial AS s WHERE s.zone_id = target.id AND s.serial & 4294967295 = after ORDER BY s.serial DESC LIMIT 1;
    IF NOT FOUND THEN
        PERFORM dos_internal.refuse(2303, 'zone_serial_unknown', 'after', format('serial %s of zone "%s" is not kept', after, target.name),
            'Begin with dos.zone_file() and the serial of its SOA.');
    END IF;
    RETURN QUERY
    SELECT s.serial & 4294967295, s.published_at, CASE WHEN j.added THEN 'add' ELSE 'remove' END, j.owner,
           dos_internal.dns_type_text(j.rtype), j.ttl, dos_internal.dns_rdata_text(j.rtype, r)
      FROM dos.zone_serial AS s
      LEFT JOIN dos.dns_journal AS j ON j.zone_id = s.zone_id AND j.serial = s.serial
      LEFT JOIN LATERAL unnest(j.rdata) AS r ON true
     WHERE s.zone_id = target.id AND s.serial > start
     ORDER BY s.serial, j.added, j.owner, j.rtype, r;
END $$;
COMMENT ON FUNCTION dos.zone_changes(text, bigint) IS
    'every record that left or came since a serial, in order; a serial that changed only the SOA is one row without a record. R2303 zone or serial not kept';
