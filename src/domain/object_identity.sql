-- Who is who, whatever it is called now: every object by its repository object identifier and UUID.
CREATE VIEW dos.object_identity AS
    SELECT 'domain' AS kind, d.name::text AS name, d.roid, dos.object_uuid(d.roid) AS uuid, dos_internal.registrar_clid(d.registrar_id) AS sponsor FROM dos.domain AS d
    UNION ALL SELECT 'host', h.name::text, h.roid, dos.object_uuid(h.roid), dos_internal.registrar_clid(h.registrar_id) FROM dos.host AS h
    UNION ALL SELECT 'contact', c.handle, c.roid, dos.object_uuid(c.roid), dos_internal.registrar_clid(c.registrar_id) FROM dos.contact AS c;
COMMENT ON VIEW dos.object_identity IS
    'every domain, host and contact with its ROID (RFC 5730 section 2.8) and UUID; by UUID it reads all of them, unless the registry adds an index on dos.object_uuid(roid)';
