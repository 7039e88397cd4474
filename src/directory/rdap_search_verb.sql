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

-- Names or handles that a search finds, those after `after`, or before it.
CREATE FUNCTION dos_internal.rdap_find(object text, criterion text, pattern text, key text, after text, down boolean, up_to int) RETURNS text[]
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
        RETURN dos_internal.rdap_find_domains(criterion, pattern, zones, after, down, up_to);
    ELSIF object = 'nameservers' THEN
        -- by address everybody may (gTLD profile, TIG 2.2.3): one index entry for each answer
        IF NOT allowed AND criterion <> 'ip' THEN
            PERFORM dos_internal.rdap_search_refuse(value, key);
        END IF;
        RETURN dos_internal.rdap_find_hosts(CASE criterion WHEN 'name' THEN pattern END, CASE criterion WHEN 'ip' THEN pattern END, after, down, up_to);
    END IF;
    -- a registrar by its whole name everybody may (TIG 2.4.2)
    IF NOT allowed AND (criterion <> 'fn' OR strpos(pattern, '*') > 0) THEN
        PERFORM dos_internal.rdap_search_refuse(value, key);
    END IF;
    RETURN dos_internal.rdap_find_entities(criterion, pattern, allowed, after, down, up_to);
END $$;
COMMENT ON FUNCTION dos_internal.rdap_find(text, text, text, text, text, boolean, int) IS
    'what a search finds, in order, if the reader with this key, or with NULL the public, may search; R2005, R2101, R2200, R2201';

-- The members that RFC 8977, 8982 and 9536 add, without the braces around them. `page` and its number: only when there is more
-- than one (RFC 8977 section 2.1); `next`: URL of the next; `mapped`: what a reverse search went by.
CREATE FUNCTION dos_internal.rdap_metadata(object text, request text, sort text, fields text, total int, page int, number int, next text, mapped text[])
RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT replace(substr(m.text, 2, length(m.text) - 2), '<', '\u003c')
      FROM json_strip_nulls(json_build_object('totalCount', total, 'pageSize', page, 'pageNumber', number,
              'links', CASE WHEN next IS NOT NULL THEN json_build_array(json_build_object('value', request, 'rel', 'next',
                  'href', next, 'title', 'Result Pagination Link', 'type', 'application/rdap+json')) END)) AS paging,
           LATERAL (SELECT json_strip_nulls(json_build_object(
          'reverse_search_properties_mapping', (SELECT json_agg(json_build_object('property', p.property, 'propertyPath',
              '$.entities[*].' || CASE p.property WHEN 'role' THEN 'roles' ELSE p.property END)) FROM unnest(mapped) AS p(property)),
          'paging_metadata', CASE WHEN paging::text <> '{}' THEN paging END,
          'sorting_metadata', json_build_object('currentSort', sort, 'availableSorts', json_build_array(json_build_object(
              'property', split_part(sort, ':', 1), 'default', true,
              'jsonPath', CASE object WHEN 'nameservers' THEN '$.nameserverSearchResults[*].ldhName' WHEN 'entities' THEN '$.entitySearchResults[*].handle'
                                        ELSE '$.domainSearchResults[*].ldhName' END))),
          'subsetting_metadata', json_build_object('currentFieldSet', fields, 'availableFieldSets', json_build_array(
              json_build_object('name', 'id', 'default', false, 'description', 'What identifies the objects'),
              json_build_object('name', 'brief', 'default', false, 'description', 'Also statuses and events'),
              json_build_object('name', 'full', 'default', true, 'description', 'All that look-ups show')))))::text AS text) AS m
$$;
COMMENT ON FUNCTION dos_internal.rdap_metadata(text, text, text, text, int, int, int, text, text[]) IS 'paging, sorting and subsetting metadata of a search (RFC 8977 section 2.1, RFC 8982 section 2.1, RFC 9536 section 5)';

CREATE FUNCTION dos_internal.rdap_cursor(cursor text, OUT number int, OUT after text)
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    parts text[];
BEGIN
    IF cursor IS NOT NULL THEN
        parts := regexp_match(convert_from(decode(cursor, 'hex'), 'UTF8'), '^([1-9][0-9]{0,8}) (.+)$');
        IF parts IS NULL THEN
            RAISE data_exception;
        END IF;
    END IF;
    number := coalesce(parts[1]::int, 1);
    after := parts[2];
EXCEPTION WHEN data_exception THEN
    PERFORM dos_internal.refuse(2005, 'rdap_cursor', 'cursor', 'the cursor is not valid', 'Take it from the link in paging_metadata.');
END $$;
COMMENT ON FUNCTION dos_internal.rdap_cursor(text) IS 'number of the page, and the last name of the one before (RFC 8977 section 2.4); R2005';

-- What is wrong with a search is said before anything is looked for.
CREATE FUNCTION dos_internal.rdap_search_require(object text, keys text[], known text[], asked jsonb, sort text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    roles     CONSTANT text[] := '{registrant,administrative,technical,billing}';
    given     text[] := ARRAY(SELECT k FROM unnest(keys) AS k WHERE k = ANY (known));
BEGIN
    -- RFC 9536 section 7
    IF strpos(object, '/') > 0 AND keys && '{fn,email}' THEN
        PERFORM dos_internal.refuse(2101, 'rdap_search_off', NULL, 'this search is not offered');
    ELSIF cardinality(given) <> 1 OR coalesce(asked ->> given[1], '') = '' THEN
        PERFORM dos_internal.refuse(2005, 'rdap_criterion', NULL, 'the search is not valid', format('Exactly one of these is needed: %s.', array_to_string(known, ', ')));
    ELSIF coalesce(asked ->> 'sort', sort) NOT IN (sort, sort || ':a', sort || ':d') THEN
        PERFORM dos_internal.refuse(2005, 'rdap_sort', 'sort', 'the sort is not valid', format('Results are sorted by %s.', sort));
    ELSIF strpos(object, '/') > 0 AND asked ? 'role' AND asked ->> 'role' <> ALL (roles) THEN
        PERFORM dos_internal.refuse(2005, 'rdap_role', 'role', 'the role is not valid', format('It is one of: %s.', array_to_string(roles, ', ')));
    ELSIF coalesce(asked ->> 'fieldSet', 'full') NOT IN ('id', 'brief', 'full') THEN
        PERFORM dos_internal.refuse(2005, 'rdap_field_set', 'fieldSet', 'the field set is not valid', 'It is id, brief or full.');
    ELSIF coalesce(asked ->> 'count', 'no') NOT IN ('true', 'yes', '1', 'false', 'no', '0') THEN
        PERFORM dos_internal.refuse(2005, 'rdap_count', 'count', 'the count is not valid', 'It is true or false.');
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.rdap_search_require(text, text[], text[], jsonb, text) IS 'refuse a search whose parameters are not valid; R2005, R2101';

CREATE FUNCTION dos.rdap_search(object text, keys text[], "values" text[], base_url text, key text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    page      CONSTANT int := 50;
    total_max CONSTANT int := 10000;
    known     text[] := CASE object WHEN 'domains' THEN '{name,nsLdhName,nsIp}' WHEN 'nameservers' THEN '{name,ip}'
                                    WHEN 'entities' THEN '{fn,handle}' ELSE '{handle}' END;
    asked     jsonb := coalesce((SELECT jsonb_object_agg(p.k, p.v) FROM unnest(keys, "values") AS p(k, v) WHERE p.k IS NOT NULL), '{}');
    criterion text := (SELECT min(k) FROM unnest(keys) AS k WHERE k = ANY (known));
    pattern   text := asked ->> criterion;
    sort      text := CASE WHEN object = 'entities' THEN 'handle' ELSE 'name' END;
    down      boolean := coalesce(asked ->> 'sort' LIKE '%:d', false);
    here      record;
    url       text;
    found     text[];
    more      boolean;
    several   boolean;
    total     int;
BEGIN
    PERFORM dos_internal.rdap_search_require(object, keys, known, asked, sort);
    here := dos_internal.rdap_cursor(asked ->> 'cursor');
    IF strpos(object, '/') > 0 THEN
        criterion := 'contact ' || coalesce(asked ->> 'role', '');
    END IF;
    found := dos_internal.rdap_find(object, criterion, pattern, key, coalesce(here.after, CASE WHEN down THEN U&'\FFFF' ELSE '' END), down, page + 1);
    IF found = '{}' THEN
        RETURN NULL;
    END IF;
    more := cardinality(found) > page;
    several := more OR here.number > 1;
    IF asked ->> 'count' IN ('true', 'yes', '1') THEN
        total := cardinality(dos_internal.rdap_find(object, criterion, pattern, key, '', false, total_max + 1));
    END IF;
    url := base_url || CASE WHEN right(base_url, 1) = '/' THEN '' ELSE '/' END || object || '?'
           || (SELECT string_agg(p.k || '=' || dos_internal.url_encode(p.v), '&' ORDER BY p.n) FROM unnest(keys, "values") WITH ORDINALITY AS p(k, v, n)
                WHERE p.k = ANY (known) OR p.k IN ('role', 'fieldSet', 'sort', 'count'));
    RETURN dos_internal.rdap_results(object, found[1:page], base_url, coalesce((dos_internal.reader_or_none(key)).tier, ''), coalesce(asked ->> 'fieldSet', 'full'),
        dos_internal.rdap_metadata(object, url || coalesce('&cursor=' || (asked ->> 'cursor'), ''), coalesce(asked ->> 'sort', sort),
                                   coalesce(asked ->> 'fieldSet', 'full'), nullif(total, total_max + 1),
                                   CASE WHEN several THEN least(cardinality(found), page) END, CASE WHEN several THEN here.number END,
                                   CASE WHEN more THEN url || '&cursor=' || encode(convert_to(here.number + 1 || ' ' || found[page], 'UTF8'), 'hex') END,
                                   CASE WHEN strpos(object, '/') > 0 THEN ARRAY(SELECT k FROM unnest('{handle,role}'::text[]) AS k WHERE asked ? k) END),
        CASE WHEN more THEN 'The results are a page of more; see paging_metadata.' END, url || coalesce('&cursor=' || (asked ->> 'cursor'), ''));
END $$;
COMMENT ON FUNCTION dos.rdap_search(text, text[], text[], text, text) IS
    'RDAP search: object domains, nameservers, entities or domains/reverse_search/entity, and the query string as keys and values (RFC 9082 section 3.2, 8977, 8982, 9536); key: of a known reader; NULL: nothing found; R2005, R2101, R2200, R2201';

GRANT EXECUTE ON FUNCTION dos.rdap_read(text, text, text, text), dos.rdap_search(text, text[], text[], text, text) TO dos_rdds;
