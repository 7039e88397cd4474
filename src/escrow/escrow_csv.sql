-- Objects from plain CSV files: through the same tables, analysis and loading as a deposit. What is not a value becomes a
-- problem of its line; bad lines keep everything out, or are left out one by one (dos.escrow_exclude).

CREATE FUNCTION dos.escrow_csv_tables() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    CREATE TEMPORARY TABLE csv_contact (id text, name text, org text, street1 text, street2 text, street3 text, city text, sp text, pc text, cc text,
        voice text, fax text, email text, registrar text, created_at text, roid text, statuses text, line bigint GENERATED ALWAYS AS IDENTITY);
    CREATE TEMPORARY TABLE csv_host (name text, addresses text, registrar text, created_at text, roid text, statuses text, line bigint GENERATED ALWAYS AS IDENTITY);
    CREATE TEMPORARY TABLE csv_domain (name text, registrar text, created_at text, expires_at text, registrant text, admin text, tech text, billing text,
        hosts text, ds text, statuses text, updated_at text, roid text, line bigint GENERATED ALWAYS AS IDENTITY);
END $$;
COMMENT ON FUNCTION dos.escrow_csv_tables() IS
    'make temporary tables csv_contact, csv_host and csv_domain for COPY ... (columns) FROM ... CSV HEADER; lists are words, DS records are separated by "|"';

CREATE FUNCTION dos_internal.escrow_csv_words(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE
RETURN CASE WHEN coalesce(words, '') = '' THEN '{}' ELSE array_remove(string_to_array(translate(words, E'\t\n\x0b\f\r', '     '), ' '), '') END;
COMMENT ON FUNCTION dos_internal.escrow_csv_words(text) IS 'the words of a field; none for an empty one';

CREATE FUNCTION dos_internal.escrow_instant_plain(value text) RETURNS timestamptz
LANGUAGE c IMMUTABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_escrow_instant_plain';
COMMENT ON FUNCTION dos_internal.escrow_instant_plain(text) IS 'the instant of "2026-06-11" or "2026-06-11T00:00:00Z"; NULL for a text of another form';

CREATE FUNCTION dos_internal.escrow_csv_instant_other(import bigint, kind text, key text, line bigint, value text) RETURNS timestamptz
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
BEGIN
    IF coalesce(value, '') ~ '^\s*$' THEN
        RETURN NULL;
    ELSIF value ~ '^\d{4}-\d\d-\d\d' THEN
        RETURN value::timestamptz;
    END IF;
    PERFORM dos_internal.escrow_note(import, 'error', kind, key, line, 'read_date', value);
    RETURN NULL;
EXCEPTION WHEN data_exception THEN
    PERFORM dos_internal.escrow_note(import, 'error', kind, key, line, 'read_date', value);
    RETURN NULL;
END $$;
COMMENT ON FUNCTION dos_internal.escrow_csv_instant_other(bigint, text, text, bigint, text) IS
    'an instant of a field in any form that PostgreSQL knows (UTC when it names no zone); what is none is noted';

-- Nearly all are of two forms, and a subtransaction for each that may fail is dear.
CREATE FUNCTION dos_internal.escrow_csv_instant(import bigint, kind text, key text, line bigint, value text) RETURNS timestamptz
LANGUAGE sql VOLATILE
RETURN CASE WHEN coalesce(value, '') <> '' THEN coalesce(dos_internal.escrow_instant_plain(value), dos_internal.escrow_csv_instant_other(import, kind, key, line, value)) END;
COMMENT ON FUNCTION dos_internal.escrow_csv_instant(bigint, text, text, bigint, text) IS 'a date, or a date and time (UTC when it names no zone), of a field; what is none is noted';

CREATE FUNCTION dos.escrow_csv_read(zone text, source text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    import bigint := dos.escrow_import_begin(zone, source);
    z      dos.zone := dos_internal.zone_get((SELECT i.zone_id FROM dos.escrow_import AS i WHERE i.id = import));
    empty  text[] := array_fill(NULL::text, ARRAY[9]);
BEGIN
    INSERT INTO dos.escrow_in_contact (import_id, line, object_id, handle, roid, statuses, int_postal, loc_postal, voice, fax, email, sponsor, created_at, disclose)
    SELECT import, c.line, n.id, c.id, coalesce(nullif(c.roid, ''), format('C%s-%s', n.id, z.roid_suffix)), dos_internal.escrow_csv_words(coalesce(nullif(c.statuses, ''), 'ok')),
           CASE WHEN octet_length(p.fields::text) = length(p.fields::text) THEN p.fields END, CASE WHEN octet_length(p.fields::text) <> length(p.fields::text) THEN p.fields END,
           nullif(c.voice, ''), nullif(c.fax, ''), c.email, c.registrar, coalesce(dos_internal.escrow_csv_instant(import, 'contact', c.id, c.line, c.created_at), dos.now()), '{}'
      FROM pg_temp.csv_contact AS c, LATERAL (SELECT nextval('dos.contact_id_seq') + 0 * c.line AS id) AS n,
           LATERAL (SELECT ARRAY[c.name, c.org, c.street1, c.street2, c.street3, c.city, c.sp, c.pc, c.cc] AS fields) AS p;
    INSERT INTO dos.escrow_in_host (import_id, line, object_id, name, roid, statuses, addresses, sponsor, created_at)
    SELECT import, h.line, n.id, lower(h.name), coalesce(nullif(h.roid, ''), format('H%s-%s', n.id, z.roid_suffix)), dos_internal.escrow_csv_words(coalesce(nullif(h.statuses, ''), 'ok')),
           dos_internal.escrow_csv_words(h.addresses), h.registrar, coalesce(dos_internal.escrow_csv_instant(import, 'host', h.name, h.line, h.created_at), dos.now())
      FROM pg_temp.csv_host AS h, LATERAL (SELECT nextval('dos.host_id_seq') + 0 * h.line AS id) AS n;
    INSERT INTO dos.escrow_in_domain (import_id, line, object_id, name, roid, statuses, registrant, contacts, hosts, host_attrs, sponsor, created_at, expires_at, updated_at, ds, keys)
    SELECT import, d.line, n.id, lower(d.name), coalesce(nullif(d.roid, ''), format('D%s-%s', n.id, z.roid_suffix)), dos_internal.escrow_csv_words(coalesce(nullif(d.statuses, ''), 'ok')),
           nullif(d.registrant, ''),
           ARRAY(SELECT r.role || ':' || c FROM (VALUES ('admin', d.admin), ('billing', d.billing), ('tech', d.tech)) AS r (role, ids), unnest(dos_internal.escrow_csv_words(r.ids)) AS c),
           CASE z.host_model WHEN 'object' THEN dos_internal.escrow_csv_words(lower(d.hosts)) ELSE '{}' END,
           CASE z.host_model WHEN 'object' THEN '{}' ELSE dos_internal.escrow_csv_words(lower(d.hosts)) END, d.registrar, t.created_at,
           coalesce(dos_internal.escrow_csv_instant(import, 'domain', d.name, d.line, d.expires_at), dos.period_add(t.created_at, make_interval(years => z.period_default))),
           dos_internal.escrow_csv_instant(import, 'domain', d.name, d.line, d.updated_at),
           CASE WHEN coalesce(d.ds, '') = '' OR btrim(d.ds) = '' THEN '{}' ELSE regexp_split_to_array(btrim(upper(d.ds)), '\s*\|\s*') END, '{}'
      FROM pg_temp.csv_domain AS d, LATERAL (SELECT nextval('dos.domain_id_seq') + 0 * d.line AS id) AS n,
           LATERAL (SELECT coalesce(dos_internal.escrow_csv_instant(import, 'domain', d.name, d.line, d.created_at), dos.now()) AS created_at) AS t;
    PERFORM dos.escrow_import_read(import, z.name, 'CSV', NULL, NULL, dos.now(), '{}');
    DROP TABLE pg_temp.csv_contact, pg_temp.csv_host, pg_temp.csv_domain;
    RETURN import;
END $$;
COMMENT ON FUNCTION dos.escrow_csv_read(text, text) IS
    'take what was copied into csv_contact, csv_host and csv_domain as an import of a zone and return its number; then dos.escrow_analyze() and dos.escrow_load(). '
    'Objects may refer to what the registry has; R2303';

-- What an excluded object was referred to by has an error in turn; so it goes on until none is left.
CREATE FUNCTION dos.escrow_exclude(import bigint) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    total bigint := 0;
    done  bigint;
    gone  bigint;
BEGIN
    LOOP
        INSERT INTO dos.escrow_problem (import_id, severity, kind, key, line, reason, detail)
        SELECT import, 'error', o.kind, o.key, o.line, 'registrar_undecided', o.sponsor
          FROM (SELECT 'domain' AS kind, d.name AS key, d.line, d.sponsor FROM dos.escrow_in_domain AS d WHERE d.import_id = import
                UNION ALL SELECT 'host', h.name, h.line, h.sponsor FROM dos.escrow_in_host AS h WHERE h.import_id = import
                UNION ALL SELECT 'contact', c.handle, c.line, c.sponsor FROM dos.escrow_in_contact AS c WHERE c.import_id = import) AS o
          JOIN dos.escrow_registrar_map AS m ON m.import_id = import AND m.clid = o.sponsor AND m.action IS NULL;
        DELETE FROM dos.escrow_in_domain AS o USING dos.escrow_problem AS p
         WHERE o.import_id = import AND p.import_id = import AND p.severity = 'error' AND p.kind = 'domain' AND (o.line = p.line OR (p.reason = 'repeated' AND o.name = p.key));
        GET DIAGNOSTICS gone = ROW_COUNT;
        DELETE FROM dos.escrow_in_host AS o USING dos.escrow_problem AS p
         WHERE o.import_id = import AND p.import_id = import AND p.severity = 'error' AND p.kind = 'host' AND (o.line = p.line OR (p.reason = 'repeated' AND o.name = p.key));
        GET DIAGNOSTICS done = ROW_COUNT;
        gone := gone + done;
        DELETE FROM dos.escrow_in_contact AS o USING dos.escrow_problem AS p
         WHERE o.import_id = import AND p.import_id = import AND p.severity = 'error' AND p.kind = 'contact' AND (o.line = p.line OR (p.reason = 'repeated' AND o.handle = p.key));
        GET DIAGNOSTICS done = ROW_COUNT;
        gone := gone + done;
        EXIT WHEN gone = 0;
        total := total + gone;
        UPDATE dos.escrow_problem AS p SET severity = 'excluded' WHERE p.import_id = import AND p.severity = 'error' AND p.kind IN ('domain', 'host', 'contact');
        DELETE FROM dos.escrow_registrar_map AS m WHERE m.import_id = import AND m.action IS NULL;
        PERFORM dos.escrow_analyze(import);
    END LOOP;
    RETURN total;
END $$;
COMMENT ON FUNCTION dos.escrow_exclude(bigint) IS
    'leave out of an analyzed import every object with an error, and those that refer to them; returns how many. They are in dos.escrow_problem as excluded; R2304';
