-- What a domain is at an instant: its facts and its zone's policy, projected.

CREATE FUNCTION dos_internal.domain_state(d dos.domain, at timestamptz) RETURNS dos.domain_state
LANGUAGE c STABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_domain_state';
COMMENT ON FUNCTION dos_internal.domain_state(dos.domain, timestamptz) IS 'the state of a domain row at an instant';

CREATE FUNCTION dos_internal.domain_gone_at(d dos.domain, until timestamptz) RETURNS timestamptz
LANGUAGE c STABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_domain_gone_at';
COMMENT ON FUNCTION dos_internal.domain_gone_at(dos.domain, timestamptz) IS 'when a domain that is not registered any more left the registry by the clock; at the latest `until`, when somebody noticed';

-- A transfer that the clock has completed counts, whether or not it has been written down.
CREATE FUNCTION dos_internal.domain_sponsor(d dos.domain) RETURNS int
LANGUAGE sql STABLE
RETURN CASE WHEN (d.transfer).status = 'pending' AND (dos_internal.domain_state(d, dos.now())).transferred
            THEN (d.transfer).requester_id ELSE (d).registrar_id END;
COMMENT ON FUNCTION dos_internal.domain_sponsor(dos.domain) IS 'the registrar that sponsors a domain at this instant';

CREATE FUNCTION dos.domain_state(name text, at timestamptz DEFAULT dos.now()) RETURNS dos.domain_state
LANGUAGE sql STABLE
RETURN (SELECT dos_internal.domain_state(d, at) FROM dos.domain AS d WHERE d.name = dos.dname(domain_state.name));
COMMENT ON FUNCTION dos.domain_state(text, timestamptz) IS
    'statuses, RGP statuses, expiry and delegation of a domain at an instant (RFC 5731 section 2.3, RFC 3915); NULL when there is no such domain';

-- The gate of verbs of staff on one domain.
CREATE FUNCTION dos_internal.domain_own_require(d dos.domain) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    zone dos.zone := dos_internal.zone_get(d.zone_id);
BEGIN
    PERFORM dos_internal.operator_require(zone.operator_id, 'domain:name', format('domain "%s"', d.name));
END $$;
COMMENT ON FUNCTION dos_internal.domain_own_require(dos.domain) IS 'refuse staff of an operator a domain in a zone of another; R2201';
