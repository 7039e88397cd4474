-- The search itself: who may, what is found, and the page of it that is asked for.

CREATE FUNCTION dos_internal.rdap_search_refuse(setting text, key text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF setting = 'off' THEN
        PERFORM dos_internal.refuse(2101, 'rdap_search_off', NULL, 'this search is not offered');
    END IF;
    PERFORM dos_internal.refuse(CASE WHEN key IS NULL THEN 2200 ELSE 2201 END, 'rdap_search_readers', NULL, 'this search is for readers who are known and may search');
END $$;
COMMENT ON FUNCTION dos_internal.rdap_search_refuse(text, text) IS 'say why a search is not answered; R2101 (501), R2200 (401), R2201 (403)';

-- Names or handles that a search finds, those after `after`.
CREATE FUNCTION dos_internal.rdap_find(object text, criterion text, pattern text, key text, after text, up_to int) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    reader  dos.reader := dos_internal.reader_or_none(key);
    setting text := CASE object WHEN 'nameservers' THEN 'search_nameservers' WHEN 'entities' THEN 'search_entities' ELSE 'search_domains' END;
    value   text := dos_internal.directory_setting_of(NULL, setting);
    allowed boolean := dos_internal.rdap_search_allowed(value, reader);
    zones   int[];
BEGIN
    IF object IN ('domains', 'domains/reverse_search/entity') THEN
        zones := dos_internal.rdap_search_zones(reader);
        IF zones = '{}' THEN
            SELECT max(s.value) INTO value FROM dos.directory_setting AS s WHERE s.name = setting AND s.value = 'readers';
            PERFORM dos_internal.rdap_search_refuse(coalesce(value, 'off'), key);
        END IF;
        RETURN dos_internal.rdap_find_domains(criterion, pattern, zones, after, up_to);
    ELSIF object = 'nameservers' THEN
        -- by address everybody may (gTLD profile, TIG 2.2.3): one index entry for each answer
        IF NOT allowed AND criterion <> 'ip' THEN
            PERFORM dos_internal.rdap_search_refuse(value, key);
        END IF;
        RETURN dos_internal.rdap_find_hosts(CASE criterion WHEN 'name' THEN pattern END, CASE criterion WHEN 'ip' THEN pattern END, after, up_to);
    END IF;
    -- a registrar by its whole name everybody may (TIG 2.4.2)
    IF NOT allowed AND (criterion <> 'fn' OR strpos(pattern, '*') > 0) THEN
        PERFORM dos_internal.rdap_search_refuse(value, key);
    END IF;
    RETURN dos_internal.rdap_find_entities(criterion, pattern, allowed, after, up_to);
END $$;
COMMENT ON FUNCTION dos_internal.rdap_find(text, text, text, text, text, int) IS
    'what a search finds, in order, if the reader with this key, or with NULL the public, may search; R2005, R2101, R2200, R2201';

-- The members that RFC 8977 and 8982 add, without the braces around them.
CREATE FUNCTION dos_internal.rdap_metadata(object text, base text, sort text, fields text, total int, page int, next text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT replace(substr(m.text, 2, length(m.text) - 2), '<', '\u003c')
      FROM (SELECT json_strip_nulls(json_build_object(
          'reverse_search_properties_mapping', CASE WHEN strpos(object, '/') > 0 THEN
              json_build_array(json_build_object('property', 'handle', 'propertyPath', '$.entities[*].handle')) END,
          'paging_metadata', json_build_object('totalCount', total, 'pageSize', page,
              'links', CASE WHEN next IS NOT NULL THEN json_build_array(json_build_object('value', base, 'rel', 'next',
                  'href', base || '&cursor=' || next, 'title', 'Result Pagination Link', 'type', 'application/rdap+json')) END),
          'sorting_metadata', json_build_object('currentSort', sort, 'availableSorts', json_build_array(json_build_object('property', sort, 'default', true,
              'jsonPath', CASE object WHEN 'nameservers' THEN '$.nameserverSearchResults[*].ldhName' WHEN 'entities' THEN '$.entitySearchResults[*].handle'
                                        ELSE '$.domainSearchResults[*].ldhName' END))),
          'subsetting_metadata', json_build_object('currentFieldSet', fields, 'availableFieldSets', json_build_array(
              json_build_object('name', 'id', 'default', false, 'description', 'What identifies the objects'),
              json_build_object('name', 'brief', 'default', false, 'description', 'Also statuses and events'),
              json_build_object('name', 'full', 'default', true, 'description', 'All that look-ups show')))))::text AS text) AS m
$$;
COMMENT ON FUNCTION dos_internal.rdap_metadata(text, text, text, text, int, int, text) IS 'paging, sorting and subsetting metadata of a search (RFC 8977 section 2.2, RFC 8982 section 3.1)';

CREATE FUNCTION dos_internal.rdap_cursor(cursor text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN convert_from(decode(cursor, 'hex'), 'UTF8');
EXCEPTION WHEN data_exception THEN
    PERFORM dos_internal.refuse(2005, 'rdap_cursor', 'cursor', 'the cursor is not valid', 'Take it from the link in paging_metadata.');
END $$;
COMMENT ON FUNCTION dos_internal.rdap_cursor(text) IS 'the last name of the page before (RFC 8977 section 2.4); R2005';

CREATE FUNCTION dos.rdap_search(object text, keys text[], "values" text[], base_url text, key text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    page      CONSTANT int := 50;
    total_max CONSTANT int := 10000;
    known     text[] := CASE object WHEN 'domains' THEN '{name,nsLdhName,nsIp}' WHEN 'nameservers' THEN '{name,ip}'
                                    WHEN 'entities' THEN '{fn,handle}' ELSE '{handle}' END;
    roles     CONSTANT text[] := '{registrant,administrative,technical,billing}';
    asked     jsonb := coalesce((SELECT jsonb_object_agg(p.k, p.v) FROM unnest(keys, "values") AS p(k, v) WHERE p.k IS NOT NULL), '{}');
    criterion text := (SELECT min(k) FROM unnest(keys) AS k WHERE k = ANY (known));
    sort      text := CASE WHEN object = 'entities' THEN 'handle' ELSE 'name' END;
    fields    text := coalesce(asked ->> 'fieldSet', 'full');
    after     text := '';
    url       text;
    pattern   text;
    found     text[];
    total     int;
BEGIN
    IF criterion IS NULL OR (SELECT count(*) FROM unnest(keys) AS k WHERE k = ANY (known)) <> 1 OR coalesce(asked ->> criterion, '') = '' THEN
        PERFORM dos_internal.refuse(2005, 'rdap_criterion', NULL, 'the search is not valid', format('Exactly one of these is needed: %s.', array_to_string(known, ', ')));
    ELSIF coalesce(asked ->> 'sort', sort) NOT IN (sort, sort || ':a') THEN
        PERFORM dos_internal.refuse(2005, 'rdap_sort', 'sort', 'the sort is not valid', format('Results are sorted by %s.', sort));
    ELSIF strpos(object, '/') > 0 AND asked ? 'role' AND asked ->> 'role' <> ALL (roles) THEN
        PERFORM dos_internal.refuse(2005, 'rdap_role', 'role', 'the role is not valid', format('It is one of: %s.', array_to_string(roles, ', ')));
    ELSIF fields NOT IN ('id', 'brief', 'full') THEN
        PERFORM dos_internal.refuse(2005, 'rdap_field_set', 'fieldSet', 'the field set is not valid', 'It is id, brief or full.');
    ELSIF coalesce(asked ->> 'count', 'false') NOT IN ('true', 'false') THEN
        PERFORM dos_internal.refuse(2005, 'rdap_count', 'count', 'the count is not valid', 'It is true or false.');
    END IF;
    IF asked ? 'cursor' THEN
        after := dos_internal.rdap_cursor(asked ->> 'cursor');
    END IF;
    pattern := asked ->> criterion;
    IF strpos(object, '/') > 0 THEN
        criterion := 'contact ' || coalesce(asked ->> 'role', '');
    END IF;
    found := dos_internal.rdap_find(object, criterion, pattern, key, after, page + 1);
    IF found = '{}' THEN
        RETURN NULL;
    END IF;
    IF asked ->> 'count' = 'true' THEN
        total := cardinality(dos_internal.rdap_find(object, criterion, pattern, key, '', total_max + 1));
    END IF;
    url := base_url || CASE WHEN right(base_url, 1) = '/' THEN '' ELSE '/' END || object || '?'
           || (SELECT string_agg(p.k || '=' || dos_internal.url_encode(p.v), '&' ORDER BY p.n) FROM unnest(keys, "values") WITH ORDINALITY AS p(k, v, n)
                WHERE p.k = ANY (known) OR p.k IN ('role', 'fieldSet', 'sort', 'count'));
    RETURN dos_internal.rdap_results(object, found[1:page], base_url, coalesce((dos_internal.reader_or_none(key)).tier, ''), fields,
        dos_internal.rdap_metadata(object, url, sort, fields, nullif(total, total_max + 1), least(cardinality(found), page),
                                   CASE WHEN cardinality(found) > page THEN encode(convert_to(found[page], 'UTF8'), 'hex') END),
        CASE WHEN cardinality(found) > page THEN 'The results are a page of more; see paging_metadata.' END);
END $$;
COMMENT ON FUNCTION dos.rdap_search(text, text[], text[], text, text) IS
    'RDAP search: object domains, nameservers, entities or domains/reverse_search/entity, and the query string as keys and values (RFC 9082 section 3.2, 8977, 8982, 9536); key: of a known reader; NULL: nothing found; R2005, R2101, R2200, R2201';

GRANT EXECUTE ON FUNCTION dos.rdap_read(text, text, text, text), dos.rdap_search(text, text[], text[], text, text) TO dos_rdds;
