-- A UUID for whoever wants one instead of a repository object identifier. It is made from the ROID (RFC 9562 section 5.5), so
-- that nothing is stored, everybody can compute it, and a ROID that escrow or an import keeps keeps its UUID.

CREATE FUNCTION dos.object_uuid(roid text) RETURNS uuid
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_object_uuid';
COMMENT ON FUNCTION dos.object_uuid(text) IS
    'the UUID of an object, from its ROID: version 5 (RFC 9562 section 5.5) of ''epp:roid:'' and the ROID in the namespace of URLs';
