-- A domain, contact or host at any instant, in one call. What it then was (statuses, expiry) is dos_internal.domain_state()
-- of the answer at that instant.

CREATE FUNCTION dos.domain_at(name text, at timestamptz) RETURNS dos.domain
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT d FROM dos.domain AS d WHERE d.name = dos.dname(domain_at.name) AND coalesce((d.act).at, d.created_at) <= at),
                    jsonb_populate_record(NULL::dos.domain, dos_internal.history_image('domain', dos.dname(domain_at.name), at)))
$$;
COMMENT ON FUNCTION dos.domain_at(text, timestamptz) IS 'the row of a domain as it was at an instant, without its authInfo; NULL when it did not exist';

CREATE FUNCTION dos.contact_at(id text, at timestamptz) RETURNS dos.contact
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT c FROM dos.contact AS c WHERE c.handle = contact_at.id AND coalesce((c.act).at, c.created_at) <= at),
                    jsonb_populate_record(NULL::dos.contact, dos_internal.history_image('contact', contact_at.id, at)))
$$;
COMMENT ON FUNCTION dos.contact_at(text, timestamptz) IS 'the row of a contact as it was at an instant, without its authInfo; NULL when it did not exist';

CREATE FUNCTION dos.host_at(name text, at timestamptz) RETURNS dos.host
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT h FROM dos.host AS h WHERE h.name = dos.dname(host_at.name) AND coalesce((h.act).at, h.created_at) <= at),
                    jsonb_populate_record(NULL::dos.host, dos_internal.history_image('host', dos.dname(host_at.name), at)))
$$;
COMMENT ON FUNCTION dos.host_at(text, timestamptz) IS 'the row of a host of this name as it was at an instant; NULL when there was none';
