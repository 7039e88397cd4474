-- RDAP searches (RFC 9082 section 3.2) with sorting and paging (RFC 8977), partial answers (RFC 8982) and reverse search
-- (RFC 9536). Each criterion is answered from one index; its cost is that of reading a page of it.
--
--   criterion                     index                               cost, for n results of a page
--   domains?name=abc*.zone        domain_name_taken (collation C)     n + 1 entries from "abc" on
--   domains?nsLdhName=, nsIp=     host_name_taken, host_addresses, then domain_host_ids     hosts found, their domains
--   nameservers?name=, ip=        host_name_taken, host_addresses     n + 1 entries
--   entities?fn=, handle=         registrar_name_lower, contact_handle_taken                the registrars are few
--   domains/reverse_search/entity?handle=    contact_handle_taken, domain_contact_ids       the contact's domains

-- The internal look-ups for a tier of readers; the public's are in rdap.sql.
CREATE FUNCTION dos_internal.rdap_domain(name text, base_url text, tier text) RETURNS text
LANGUAGE c STABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_rdap_domain';
COMMENT ON FUNCTION dos_internal.rdap_domain(text, text, text) IS 'dos.rdap_domain() as a tier of readers sees it';
CREATE FUNCTION dos_internal.rdap_nameserver(name text, base_url text, tier text) RETURNS text
LANGUAGE c STABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_rdap_nameserver';
COMMENT ON FUNCTION dos_internal.rdap_nameserver(text, text, text) IS 'dos.rdap_nameserver() as a tier of readers sees it';
CREATE FUNCTION dos_internal.rdap_entity(handle text, base_url text, tier text) RETURNS text
LANGUAGE c STABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_rdap_entity';
COMMENT ON FUNCTION dos_internal.rdap_entity(text, text, text) IS 'dos.rdap_entity() as a tier of readers sees it';

CREATE FUNCTION dos.rdap_read(object text, term text, base_url text, key text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    reader dos.reader := dos_internal.reader_of(key);
BEGIN
    RETURN CASE object WHEN 'domain' THEN dos_internal.rdap_domain(term, base_url, reader.tier)
                       WHEN 'nameserver' THEN dos_internal.rdap_nameserver(term, base_url, reader.tier)
                       WHEN 'entity' THEN dos_internal.rdap_entity(term, base_url, reader.tier)
                       WHEN 'help' THEN dos.rdap_help(base_url) END;
END $$;
COMMENT ON FUNCTION dos.rdap_read(text, text, text, text) IS
    'RDAP answer to a known reader: object domain, nameserver, entity or help; NULL when there is none; R2200, R2005';

-- results: the array's name, its elements by name or handle in their order
CREATE FUNCTION dos_internal.rdap_results(object text, found text[], base_url text, tier text, fields text, metadata text, notice text, request text) RETURNS text
LANGUAGE c STABLE AS 'MODULE_PATHNAME', 'dos_sql_rdap_results';
COMMENT ON FUNCTION dos_internal.rdap_results(text, text[], text, text, text, text, text, text) IS
    'the document of a search: objects by their names, members that sorting and paging add, a notice or NULL, the URL asked for';

CREATE FUNCTION dos_internal.reader_or_none(key text) RETURNS dos.reader
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN CASE WHEN key IS NOT NULL THEN dos_internal.reader_of(key) END;
END $$;
COMMENT ON FUNCTION dos_internal.reader_or_none(text) IS 'the reader who has this key now, or with NULL none; R2200';

CREATE FUNCTION dos_internal.url_encode(value text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(string_agg(CASE WHEN c ~ '^[A-Za-z0-9._~*:-]$' THEN c
                                    ELSE (SELECT string_agg('%' || upper(encode(substring(convert_to(c, 'UTF8') FROM i FOR 1), 'hex')), '' ORDER BY i)
                                            FROM generate_series(1, octet_length(c)) AS i) END, '' ORDER BY n), '')
      FROM regexp_split_to_table(value, '') WITH ORDINALITY AS s(c, n)
$$;
COMMENT ON FUNCTION dos_internal.url_encode(text) IS 'a value as it stands in a query string (RFC 3986 section 3.4)';

-- What an asterisk stands for: a prefix, and what follows it. NULL: nothing may be found that way.
CREATE FUNCTION dos_internal.rdap_pattern(pattern text, OUT prefix text, OUT suffix text, OUT is_exact boolean)
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    parts text[] := string_to_array(pattern, '*');
BEGIN
    IF cardinality(parts) > 2 THEN
        PERFORM dos_internal.refuse(2005, 'rdap_pattern', NULL, 'the pattern is not valid', 'A pattern has one asterisk.');
    ELSIF cardinality(parts) = 2 AND (length(parts[1]) < 2 OR parts[2] !~ '^(\..+)?$') THEN
        PERFORM dos_internal.refuse(2005, 'rdap_pattern', NULL, 'the pattern is not valid',
                                    'An asterisk follows two characters at least, and stands at the end or before a dot.');
    END IF;
    prefix := parts[1];
    suffix := coalesce(parts[2], '');
    is_exact := cardinality(parts) = 1;
END $$;
COMMENT ON FUNCTION dos_internal.rdap_pattern(text) IS 'a search pattern of RFC 9082 section 4.1, taken apart; R2005';

-- may this reader (NULL: the public) search? `setting`: off, readers, all
CREATE FUNCTION dos_internal.rdap_search_allowed(setting text, reader dos.reader) RETURNS boolean
LANGUAGE sql IMMUTABLE
RETURN setting = 'all' OR (setting = 'readers' AND coalesce((reader).may_search, false));
COMMENT ON FUNCTION dos_internal.rdap_search_allowed(text, dos.reader) IS 'true when the setting allows a search to this reader';

CREATE FUNCTION dos_internal.directory_setting_of(zone_id int, name text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN coalesce((SELECT s.value FROM dos.directory_setting AS s
                  WHERE s.name = directory_setting_of.name AND (s.zone_id = directory_setting_of.zone_id OR s.zone_id IS NULL)
                  ORDER BY s.zone_id NULLS LAST LIMIT 1),
                (SELECT d.initial FROM dos.directory_settings() AS d WHERE d.name = directory_setting_of.name));
COMMENT ON FUNCTION dos_internal.directory_setting_of(int, text) IS 'a setting of the directory in force for a zone, or with NULL for what is in none';

-- Zones in which the reader may search for domains; those only are looked into.
CREATE FUNCTION dos_internal.rdap_search_zones(reader dos.reader) RETURNS int[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN ARRAY(SELECT z.id FROM dos.zone AS z
              WHERE dos_internal.rdap_search_allowed(dos_internal.directory_setting_of(z.id, 'search_domains'), reader));
COMMENT ON FUNCTION dos_internal.rdap_search_zones(dos.reader) IS 'the zones in which this reader may search for domains';

-- Pages follow each other from name to name, up or down; down from what no name is behind.
CREATE FUNCTION dos_internal.rdap_find_hosts(name text, ip text, after text, down boolean, up_to int) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    pattern record;
    address inet;
BEGIN
    IF ip IS NOT NULL THEN
        BEGIN
            address := ip::inet;
        EXCEPTION WHEN invalid_text_representation THEN
            address := NULL;
        END;
        IF address IS NULL OR strpos(ip, '/') > 0 THEN
            PERFORM dos_internal.refuse(2005, 'rdap_address', 'ip', 'the address is not valid', 'An IPv4 or IPv6 address is needed.');
        END IF;
        RETURN ARRAY(SELECT h.name FROM dos.host AS h WHERE h.addresses @> ARRAY[address] AND h.addresses <> '{}'
                        AND CASE WHEN down THEN h.name < after COLLATE "C" ELSE h.name > after COLLATE "C" END
                      ORDER BY CASE WHEN down THEN h.name END DESC, h.name LIMIT up_to);
    END IF;
    pattern := dos_internal.rdap_pattern(lower(name));
    IF pattern.is_exact THEN
        RETURN ARRAY(SELECT h.name FROM dos.host AS h WHERE h.name = dos.dname(rdap_find_hosts.name));
    ELSIF down THEN
        RETURN ARRAY(SELECT h.name FROM dos.host AS h
                      WHERE h.name >= pattern.prefix COLLATE "C" AND h.name < (pattern.prefix || U&'\FFFF') COLLATE "C" AND h.name < after COLLATE "C"
                        AND right(h.name, length(pattern.suffix)) = pattern.suffix
                      ORDER BY h.name DESC LIMIT up_to);
    END IF;
    RETURN ARRAY(SELECT h.name FROM dos.host AS h
                  WHERE h.name >= pattern.prefix COLLATE "C" AND h.name < (pattern.prefix || U&'\FFFF') COLLATE "C" AND h.name > after COLLATE "C"
                    AND right(h.name, length(pattern.suffix)) = pattern.suffix
                  ORDER BY h.name LIMIT up_to);
END $$;
COMMENT ON FUNCTION dos_internal.rdap_find_hosts(text, text, text, boolean, int) IS 'names of hosts by name pattern or by address, in order, those after a name';

CREATE FUNCTION dos_internal.rdap_find_domains(criterion text, pattern text, zones int[], after text, down boolean, up_to int) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    parts   record;
    ids     bigint[];
BEGIN
    IF criterion = 'name' THEN
        parts := dos_internal.rdap_pattern(lower(pattern));
        IF parts.is_exact THEN
            RETURN ARRAY(SELECT d.name FROM dos.domain AS d WHERE d.name = dos.dname(pattern) AND d.zone_id = ANY (zones));
        ELSIF down THEN
            RETURN ARRAY(SELECT d.name FROM dos.domain AS d
                          WHERE d.name >= parts.prefix COLLATE "C" AND d.name < (parts.prefix || U&'\FFFF') COLLATE "C" AND d.name < after COLLATE "C"
                            AND d.zone_id = ANY (zones) AND right(d.name, length(parts.suffix)) = parts.suffix
                          ORDER BY d.name DESC LIMIT up_to);
        END IF;
        RETURN ARRAY(SELECT d.name FROM dos.domain AS d
                      WHERE d.name >= parts.prefix COLLATE "C" AND d.name < (parts.prefix || U&'\FFFF') COLLATE "C" AND d.name > after COLLATE "C"
                        AND d.zone_id = ANY (zones) AND right(d.name, length(parts.suffix)) = parts.suffix
                      ORDER BY d.name LIMIT up_to);
    END IF;
    ids := CASE WHEN criterion IN ('nsLdhName', 'nsIp') THEN
        ARRAY(SELECT h.id FROM dos.host AS h
               WHERE h.name = ANY (dos_internal.rdap_find_hosts(CASE criterion WHEN 'nsLdhName' THEN pattern END,
                                                                CASE criterion WHEN 'nsIp' THEN pattern END, '', false, 1000)))
        ELSE ARRAY(SELECT c.id FROM dos.contact AS c WHERE c.handle = pattern OR c.roid = pattern) END;
    IF criterion IN ('nsLdhName', 'nsIp') THEN
        RETURN ARRAY(SELECT d.name FROM dos.domain AS d WHERE d.host_ids && ids AND d.zone_id = ANY (zones)
                        AND CASE WHEN down THEN d.name < after COLLATE "C" ELSE d.name > after COLLATE "C" END
                      ORDER BY CASE WHEN down THEN d.name END DESC, d.name LIMIT up_to);
    END IF;
    RETURN ARRAY(SELECT d.name FROM dos.domain AS d
                  WHERE (d.admin_ids || d.tech_ids || d.billing_ids || d.registrant_id) && ids
                    AND CASE criterion WHEN 'contact registrant' THEN d.registrant_id = ANY (ids) WHEN 'contact administrative' THEN d.admin_ids && ids
                                       WHEN 'contact technical' THEN d.tech_ids && ids WHEN 'contact billing' THEN d.billing_ids && ids ELSE true END
                    AND d.zone_id = ANY (zones) AND CASE WHEN down THEN d.name < after COLLATE "C" ELSE d.name > after COLLATE "C" END
                  ORDER BY CASE WHEN down THEN d.name END DESC, d.name LIMIT up_to);
END $$;
COMMENT ON FUNCTION dos_internal.rdap_find_domains(text, text, int[], text, boolean, int) IS
    'names of domains in these zones by name pattern, name server, address or contact handle, in order, those after a name';

CREATE FUNCTION dos_internal.rdap_find_entities(criterion text, pattern text, with_contacts boolean, after text, down boolean, up_to int) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    parts record;
BEGIN
    parts := dos_internal.rdap_pattern(lower(pattern));
    IF parts.suffix <> '' THEN
        PERFORM dos_internal.refuse(2005, 'rdap_pattern', criterion, 'the pattern is not valid', 'An asterisk stands at the end.');
    END IF;
    RETURN ARRAY(
        SELECT e.handle FROM (
            SELECT coalesce(r.iana_id::text, r.clid) AS handle FROM dos.registrar AS r
             WHERE CASE WHEN criterion = 'handle' AND parts.is_exact THEN lower(coalesce(r.iana_id::text, r.clid)) = parts.prefix
                        WHEN criterion = 'handle' THEN starts_with(lower(coalesce(r.iana_id::text, r.clid)), parts.prefix)
                        WHEN parts.is_exact THEN lower(r.name) = parts.prefix
                        ELSE starts_with(lower(r.name), parts.prefix) END
            UNION ALL
            SELECT c.handle FROM dos.contact AS c WHERE with_contacts AND criterion = 'handle' AND c.handle = pattern) AS e
         WHERE CASE WHEN down THEN e.handle COLLATE "C" < after COLLATE "C" ELSE e.handle COLLATE "C" > after COLLATE "C" END
         ORDER BY CASE WHEN down THEN e.handle END COLLATE "C" DESC, e.handle COLLATE "C" LIMIT up_to);
END $$;
COMMENT ON FUNCTION dos_internal.rdap_find_entities(text, text, boolean, text, boolean, int) IS
    'handles of registrars by name or handle pattern, and of a contact by its handle, in order, those after a handle';
