-- What is wrong with a deposit that was read. Each check is one INSERT over all objects; an error keeps the deposit out.

CREATE FUNCTION dos_internal.escrow_note(import bigint, severity text, kind text, key text, line bigint, reason text, detail text DEFAULT NULL) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO dos.escrow_problem (import_id, severity, kind, key, line, reason, detail) VALUES (import, severity, kind, coalesce(key, ''), line, reason, detail)
$$;
COMMENT ON FUNCTION dos_internal.escrow_note(bigint, text, text, text, bigint, text, text) IS 'note a problem of a deposit';

CREATE FUNCTION dos_internal.escrow_secdns_problem(ds text[], keys text[]) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF dos_internal.secdns_canonical(ds, false) IS DISTINCT FROM ds OR dos_internal.secdns_canonical(keys, true) IS DISTINCT FROM keys THEN
        RETURN 'not in canonical form';
    END IF;
    RETURN NULL;
EXCEPTION WHEN SQLSTATE 'R2005' THEN
    RETURN SQLERRM;
END $$;
COMMENT ON FUNCTION dos_internal.escrow_secdns_problem(text[], text[]) IS 'why DNSSEC data cannot be stored, or NULL';

-- Registrars: by clID and IANA id together; one alone may be chance, so two that disagree are left to people. A
-- differential deposit does not describe those that did not change: they are who they were in the deposit before.
CREATE FUNCTION dos_internal.escrow_map_registrars(import bigint) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO dos.escrow_registrar_map (import_id, clid, iana_id, name, action, registrar_id)
    SELECT import, n.clid, g.iana_id, g.name, CASE WHEN coalesce(m.id, p.registrar_id) IS NOT NULL THEN 'use' END, coalesce(m.id, p.registrar_id)
      FROM (SELECT x.clid FROM (SELECT DISTINCT o.sponsor, o.creator, o.updater, o.transfer_requester, o.transfer_actor FROM dos.escrow_in_domain AS o WHERE o.import_id = import) AS o,
                   unnest(ARRAY[o.sponsor, o.creator, o.updater, o.transfer_requester, o.transfer_actor]) AS x (clid)
            UNION SELECT x.clid FROM (SELECT DISTINCT o.sponsor, o.creator, o.updater FROM dos.escrow_in_host AS o WHERE o.import_id = import) AS o, unnest(ARRAY[o.sponsor, o.creator, o.updater]) AS x (clid)
            UNION SELECT x.clid FROM (SELECT DISTINCT o.sponsor, o.creator, o.updater, o.transfer_requester, o.transfer_actor FROM dos.escrow_in_contact AS o WHERE o.import_id = import) AS o,
                   unnest(ARRAY[o.sponsor, o.creator, o.updater, o.transfer_requester, o.transfer_actor]) AS x (clid)
            UNION SELECT o.clid FROM dos.escrow_in_registrar AS o WHERE o.import_id = import) AS n
      LEFT JOIN LATERAL (SELECT o.iana_id, o.name FROM dos.escrow_in_registrar AS o WHERE o.import_id = import AND o.clid = n.clid LIMIT 1) AS g ON true
      LEFT JOIN dos.registrar AS m ON m.clid = n.clid
            AND (m.iana_id IS NOT DISTINCT FROM g.iana_id OR EXISTS (SELECT FROM dos.escrow_import AS c WHERE c.id = import AND c.type = 'CSV'))
      LEFT JOIN LATERAL (SELECT l.registrar_id FROM dos.escrow_import AS i
                           JOIN dos.escrow_import AS e ON e.zone_id = i.zone_id AND e.state = 'loaded'
                           JOIN dos.escrow_registrar_map AS l ON l.import_id = e.id AND l.clid = n.clid
                          WHERE i.id = import AND i.type <> 'FULL' ORDER BY e.id DESC LIMIT 1) AS p ON true
     WHERE n.clid IS NOT NULL
    ON CONFLICT ON CONSTRAINT escrow_registrar_map_pkey DO NOTHING
$$;
COMMENT ON FUNCTION dos_internal.escrow_map_registrars(bigint) IS 'a line of the mapping for every registrar that a deposit names; decided where clID and IANA id agree with one here';

CREATE FUNCTION dos.escrow_map(import bigint, clid text, registrar text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.registrar := dos_internal.registrar_find(registrar);
BEGIN
    IF registrar IS NOT NULL AND target.id IS NULL THEN
        PERFORM dos_internal.refuse(2303, 'registrar_unknown', 'registrar', format('registrar "%s" does not exist', registrar));
    END IF;
    UPDATE dos.escrow_registrar_map AS m SET action = CASE WHEN registrar IS NULL THEN 'create' ELSE 'use' END, registrar_id = target.id
     WHERE m.import_id = import AND m.clid = escrow_map.clid AND EXISTS (SELECT FROM dos.escrow_import AS i WHERE i.id = import AND i.state IN ('read', 'analyzed'));
    IF NOT FOUND THEN
        PERFORM dos_internal.refuse(2303, 'escrow_map_unknown', 'clid', format('import %s has no registrar "%s" to map', import, clid));
    END IF;
END $$;
COMMENT ON FUNCTION dos.escrow_map(bigint, text, text) IS 'decide which registrar here a registrar of a deposit is; NULL: it is created as the deposit has it. Then analyze again. R2303';

-- Nearly all domains are good, and this says so for a tenth of what the questions below cost. It may only be stricter than they are.
CREATE FUNCTION dos_internal.escrow_domain_good(o dos.escrow_in_domain, z dos.zone, watermark timestamptz, latest timestamptz) RETURNS boolean
LANGUAGE c STABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_escrow_domain_good';
COMMENT ON FUNCTION dos_internal.escrow_domain_good(dos.escrow_in_domain, dos.zone, timestamptz, timestamptz) IS
    'true: dos_internal.escrow_analyze_names() has nothing to say about this domain; latest: the last expiry it takes';

CREATE FUNCTION dos_internal.escrow_analyze_names(i dos.escrow_import, z dos.zone) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO dos.escrow_problem (import_id, severity, kind, key, line, reason, detail)
    SELECT i.id, p.severity, 'domain', coalesce(o.name, ''), o.line, p.reason, p.detail
      FROM dos.escrow_in_domain AS o,
           LATERAL (SELECT 'error', 'name_invalid', coalesce(dos.dname_problem(o.name), 'It is not in canonical form.')
                     WHERE o.name IS NULL OR NOT dos_internal.dname_is_canonical(o.name)
                    UNION ALL SELECT 'error', 'name_outside', format('It is not under "%s".', z.name) WHERE (dos_internal.zone_of(o.name)).id IS DISTINCT FROM z.id
                    UNION ALL SELECT 'warning', 'name_policy', l FROM dos_internal.zone_label_problem(z, o.name) AS l
                               WHERE l IS NOT NULL AND (dos_internal.zone_of(o.name)).id = z.id
                    UNION ALL SELECT 'error', 'roid_missing', NULL WHERE o.roid IS NULL
                    UNION ALL SELECT 'error', 'date_missing', 'Creation and expiry are needed.' WHERE o.created_at IS NULL OR (o.expires_at IS NULL AND NOT coalesce((dos_internal.escrow_facts_words(o.facts)).never, false))
                    UNION ALL SELECT 'error', 'date_absurd', format('Created %s, expires %s.', o.created_at, o.expires_at)
                               WHERE o.created_at > o.expires_at OR o.created_at > i.watermark + interval '1 day' OR o.created_at < '1985-01-01Z'
                                  OR o.expires_at > i.watermark + interval '101 years' OR o.updated_at > i.watermark + interval '1 day'
                                  OR o.updated_at < o.created_at
                    UNION ALL SELECT 'warning', 'expiry_beyond_horizon', o.expires_at::text
                               WHERE o.expires_at > dos.period_add(i.watermark, make_interval(years => z.horizon_years)) + interval '1 day'
                    UNION ALL SELECT 'error', 'registrar_missing', 'It has no sponsor.' WHERE o.sponsor IS NULL
                    UNION ALL SELECT 'error', 'status_missing', NULL WHERE coalesce(o.statuses, '{}') = '{}'
                    UNION ALL SELECT 'error', 'status_unknown', s FROM unnest(o.statuses) AS s
                               WHERE s NOT IN (SELECT k.status FROM dos.lifecycle_statuses() AS k) OR s = 'linked'
                    UNION ALL SELECT 'error', 'status_pending', s FROM unnest(o.statuses) AS s WHERE s = 'pendingRenew'
                    UNION ALL SELECT 'warning', 'waits_for_approval', s FROM unnest(o.statuses) AS s WHERE s IN ('pendingCreate', 'pendingUpdate')
                    UNION ALL SELECT 'warning', 'idn_table_unknown', o.idn_table WHERE o.idn_table IS NOT NULL AND NOT EXISTS (SELECT FROM dos.idn_table AS t WHERE t.name = o.idn_table)
                    UNION ALL SELECT 'error', 'transfer_incomplete', NULL
                               WHERE (o.transfer_status IS NOT NULL AND num_nulls(o.transfer_requester, o.transfer_requested_at, o.transfer_actor, o.transfer_acts_at) > 0)
                                  OR ('pendingTransfer' = ANY (o.statuses) AND o.transfer_status IS DISTINCT FROM 'pending')
                                  OR o.transfer_status NOT IN ('pending', 'clientApproved', 'clientCancelled', 'clientRejected', 'serverApproved', 'serverCancelled')
                    UNION ALL SELECT 'error', 'secdns_invalid', d FROM dos_internal.escrow_secdns_problem(o.ds, o.keys) AS d WHERE (o.ds <> '{}' OR o.keys <> '{}') AND d IS NOT NULL
                    UNION ALL SELECT 'warning', 'secdns_policy', 'Algorithm or digest type is not one the zone allows.'
                               WHERE EXISTS (SELECT FROM unnest(o.ds) AS d WHERE NOT (split_part(d, ' ', 2) = ANY (z.ds_algorithms::text[]) AND split_part(d, ' ', 3) = ANY (z.ds_digests::text[])))
                    UNION ALL SELECT 'warning', 'host_model', format('The zone uses host %ss.', z.host_model)
                               WHERE (z.host_model = 'object' AND o.host_attrs <> '{}') OR (z.host_model = 'attribute' AND o.hosts <> '{}')
                    UNION ALL SELECT 'warning', 'hosts_too_many', NULL WHERE cardinality(o.hosts) + cardinality(o.host_attrs) > z.hosts_max
                    UNION ALL SELECT 'warning', 'contact_model', 'The zone requires a registrant.' WHERE z.registrant_required AND o.registrant IS NULL
                    UNION ALL SELECT 'warning', 'contact_model', format('The zone requires a contact of type "%s".', r) FROM unnest(z.contacts_required) AS r
                               WHERE NOT EXISTS (SELECT FROM unnest(o.contacts) AS c WHERE starts_with(c, r || ':'))) AS p (severity, reason, detail)
     WHERE o.import_id = i.id
       AND dos_internal.escrow_domain_good(o, z, i.watermark, least(i.watermark + interval '101 years', dos.period_add(i.watermark, make_interval(years => z.horizon_years)))) IS NOT TRUE
$$;
COMMENT ON FUNCTION dos_internal.escrow_analyze_names(dos.escrow_import, dos.zone) IS 'analysis: each domain by itself';

CREATE FUNCTION dos_internal.escrow_contact_good(o dos.escrow_in_contact, countries text[], watermark timestamptz) RETURNS boolean
LANGUAGE c STABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_escrow_contact_good';
COMMENT ON FUNCTION dos_internal.escrow_contact_good(dos.escrow_in_contact, text[], timestamptz) IS
    'true: dos_internal.escrow_analyze_objects() has nothing to say about this contact';

CREATE FUNCTION dos_internal.escrow_analyze_objects(i dos.escrow_import) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO dos.escrow_problem (import_id, severity, kind, key, line, reason, detail)
    SELECT i.id, 'error', 'host', coalesce(o.name, ''), o.line, p.reason, p.detail
      FROM dos.escrow_in_host AS o,
           LATERAL (SELECT 'name_invalid', dos.dname_problem(o.name) WHERE o.name IS NULL OR NOT dos_internal.dname_is_canonical(o.name)
                    UNION ALL SELECT 'roid_missing', NULL WHERE o.roid IS NULL
                    UNION ALL SELECT 'registrar_missing', 'It has no sponsor.' WHERE o.sponsor IS NULL
                    UNION ALL SELECT 'date_absurd', o.created_at::text WHERE o.created_at > i.watermark + interval '1 day' OR o.created_at < '1985-01-01Z'
                    UNION ALL SELECT 'address_invalid', a FROM unnest(o.addresses) AS a WHERE a !~ '^(\d{1,3}(\.\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)$'
                    UNION ALL SELECT 'status_unknown', s FROM unnest(o.statuses) AS s
                               WHERE s NOT IN ('ok', 'linked', 'clientDeleteProhibited', 'clientUpdateProhibited', 'serverDeleteProhibited', 'serverUpdateProhibited',
                                               'pendingTransfer')) AS p (reason, detail)
     WHERE o.import_id = i.id
    UNION ALL
    SELECT i.id, p.severity, 'contact', coalesce(o.handle, ''), o.line, p.reason, p.detail
      FROM dos.escrow_in_contact AS o,
           LATERAL (SELECT 'error', 'handle_invalid', 'An id has 3 to 16 characters.' WHERE NOT dos_internal.contact_handle_valid(o.handle)
                    UNION ALL SELECT 'error', 'roid_missing', NULL WHERE o.roid IS NULL
                    UNION ALL SELECT 'error', 'registrar_missing', 'It has no sponsor.' WHERE o.sponsor IS NULL
                    UNION ALL SELECT 'error', 'date_absurd', o.created_at::text WHERE o.created_at > i.watermark + interval '1 day' OR o.created_at < '1985-01-01Z'
                    UNION ALL SELECT 'error', 'email_missing', NULL WHERE coalesce(o.email, '') = ''
                    UNION ALL SELECT 'error', 'postal_missing', NULL WHERE o.int_postal IS NULL AND o.loc_postal IS NULL
                    UNION ALL SELECT 'error', 'country_unknown', f[9] FROM (VALUES (o.int_postal), (o.loc_postal)) AS v (f)
                               WHERE f IS NOT NULL AND NOT EXISTS (SELECT FROM dos.country AS c WHERE c.code = f[9])
                    UNION ALL SELECT 'error', 'postal_incomplete', 'Name and city are needed.' FROM (VALUES (o.int_postal), (o.loc_postal)) AS v (f)
                               WHERE f IS NOT NULL AND (coalesce(f[1], '') = '' OR coalesce(f[6], '') = '')
                    UNION ALL SELECT 'error', 'status_unknown', s FROM unnest(o.statuses) AS s
                               WHERE s NOT IN ('ok', 'linked', 'clientDeleteProhibited', 'clientTransferProhibited', 'clientUpdateProhibited', 'serverDeleteProhibited',
                                               'serverTransferProhibited', 'serverUpdateProhibited', 'pendingTransfer')
                    UNION ALL SELECT 'warning', 'email_invalid', o.email WHERE o.email <> '' AND NOT dos_internal.contact_email_valid(o.email)
                    UNION ALL SELECT 'warning', 'voice_invalid', o.voice WHERE NOT dos_internal.contact_e164_valid(o.voice)
                    UNION ALL SELECT 'warning', 'fax_invalid', o.fax WHERE NOT dos_internal.contact_e164_valid(o.fax)) AS p (severity, reason, detail)
     WHERE o.import_id = i.id AND dos_internal.escrow_contact_good(o, (SELECT array_agg(c.code) FROM dos.country AS c), i.watermark) IS NOT TRUE
$$;
COMMENT ON FUNCTION dos_internal.escrow_analyze_objects(dos.escrow_import) IS 'analysis: each host and contact by itself';

-- The domain of the deposit, or of the registry, that a host lies under: its id, as it is or will be.
CREATE FUNCTION dos_internal.escrow_superordinate(import bigint, host text) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT x.id
      FROM unnest(ARRAY[host] || dos_internal.dname_ancestors(host)) WITH ORDINALITY AS a (name, n),
           LATERAL (SELECT d.id, 1 FROM dos.domain AS d WHERE d.name = a.name COLLATE "C"
                    UNION ALL SELECT s.object_id, 2 FROM dos.escrow_in_domain AS s WHERE s.name = a.name COLLATE "C" AND s.import_id = import) AS x (id, rank)
     ORDER BY a.n, x.rank LIMIT 1
$$;
COMMENT ON FUNCTION dos_internal.escrow_superordinate(bigint, text) IS 'id of the domain that a host of a deposit is subordinate to (RFC 5732 section 1.1), or NULL';

CREATE FUNCTION dos_internal.escrow_suspects(import bigint, OUT kind text, OUT key text, OUT line bigint, OUT reason text, OUT detail text) RETURNS SETOF record
LANGUAGE c STABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_escrow_suspects';
COMMENT ON FUNCTION dos_internal.escrow_suspects(bigint) IS
    'objects that may be there twice, and references to hosts (host_unknown) and contacts (contact_unknown) that the import does not have, in one pass';

-- A differential deposit may refer to what an earlier one brought.
CREATE FUNCTION dos_internal.escrow_analyze_references(i dos.escrow_import, z dos.zone) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    WITH suspects AS MATERIALIZED (SELECT DISTINCT s.* FROM dos_internal.escrow_suspects(i.id) AS s)
    INSERT INTO dos.escrow_problem (import_id, severity, kind, key, line, reason, detail)
    SELECT i.id, 'error', 'domain', o.name, min(o.line), 'repeated', count(*) || ' times' FROM dos.escrow_in_domain AS o
     WHERE o.import_id = i.id AND o.name IN (SELECT s.key FROM suspects AS s WHERE s.reason = 'repeated' AND s.kind = 'domain') GROUP BY o.name HAVING count(*) > 1
    UNION ALL
    SELECT i.id, 'error', 'host', o.name, min(o.line), 'repeated', count(*) || ' times' FROM dos.escrow_in_host AS o
     WHERE o.import_id = i.id AND o.name IN (SELECT s.key FROM suspects AS s WHERE s.reason = 'repeated' AND s.kind = 'host') GROUP BY o.name HAVING count(*) > 1
    UNION ALL
    SELECT i.id, 'error', 'contact', o.handle, min(o.line), 'repeated', count(*) || ' times' FROM dos.escrow_in_contact AS o
     WHERE o.import_id = i.id AND o.handle IN (SELECT s.key FROM suspects AS s WHERE s.reason = 'repeated' AND s.kind = 'contact') GROUP BY o.handle HAVING count(*) > 1
    UNION ALL
    SELECT i.id, 'error', s.kind, s.key, s.line, s.reason, s.detail FROM suspects AS s
     WHERE s.reason = 'host_unknown' AND NOT (i.type <> 'FULL' AND EXISTS (SELECT FROM dos.host AS e WHERE e.name = s.detail COLLATE "C"))
    UNION ALL
    SELECT i.id, 'error', s.kind, s.key, s.line, s.reason, s.detail FROM suspects AS s
     WHERE s.reason = 'contact_unknown' AND NOT (i.type <> 'FULL' AND EXISTS (SELECT FROM dos.contact AS e WHERE e.handle = s.detail))
    UNION ALL
    SELECT i.id, 'error', 'host', o.name, o.line, 'superordinate_missing', format('No domain of the deposit is above it, and it lies in zone "%s".', z.name)
      FROM dos.escrow_in_host AS o
     WHERE o.import_id = i.id AND (dos_internal.zone_of(o.name)).id = z.id AND dos_internal.escrow_superordinate(i.id, o.name) IS NULL
    UNION ALL
    SELECT i.id, 'warning', 'host', o.name, o.line, 'orphan', 'No domain of the deposit uses it.'
      FROM dos.escrow_in_host AS o
     WHERE o.import_id = i.id AND i.type = 'FULL' AND (i.staged ->> 'host')::bigint < 1000 AND (i.staged ->> 'domain')::bigint < 100000     -- many would not be read
       AND o.name NOT IN (SELECT h FROM dos.escrow_in_domain AS d, unnest(d.hosts) AS h WHERE d.import_id = i.id AND h IS NOT NULL)
    UNION ALL
    SELECT i.id, 'error', 'domain', o.name, o.line, 'exists_already', NULL
      FROM dos.escrow_in_domain AS o JOIN dos.domain AS e ON e.name = o.name COLLATE "C" WHERE o.import_id = i.id AND i.type IN ('FULL', 'CSV')
    UNION ALL
    SELECT i.id, 'error', 'contact', o.handle, o.line, 'exists_already', NULL
      FROM dos.escrow_in_contact AS o JOIN dos.contact AS e ON e.handle = o.handle COLLATE "C"
     WHERE o.import_id = i.id AND i.type IN ('FULL', 'CSV') AND e.roid <> o.roid
    UNION ALL
    SELECT i.id, 'warning', 'host', o.name, o.line, 'exists_already', 'The one that is here stays as it is.'
      FROM dos.escrow_in_host AS o JOIN dos.host AS e ON e.name = o.name COLLATE "C"
     WHERE o.import_id = i.id AND i.type IN ('FULL', 'CSV') AND e.roid <> o.roid
    UNION ALL
    SELECT i.id, 'error', 'registrar', m.clid, NULL, 'registrar_undecided', 'Decide with dos.escrow_map() which registrar it is here.'
      FROM dos.escrow_registrar_map AS m WHERE m.import_id = i.id AND m.action IS NULL
    UNION ALL
    SELECT i.id, 'error', 'registrar', m.clid, NULL, 'registrar_unnamed', 'The deposit does not describe it, so it cannot be created.'
      FROM dos.escrow_registrar_map AS m WHERE m.import_id = i.id AND m.action = 'create' AND m.name IS NULL
    UNION ALL
    SELECT i.id, 'warning', 'domain', d.name, NULL, 'date_computed', format('%s: deleted %s', coalesce(nullif(d.status, ''), 'pendingDelete'), d.deleted_at) FROM dos.escrow_deletions(i.id) AS d WHERE d.computed
$$;

COMMENT ON FUNCTION dos_internal.escrow_analyze_references(dos.escrow_import, dos.zone) IS 'analysis: what is repeated, refers to nothing, is here already or is to be decided';

CREATE FUNCTION dos.escrow_analyze(import bigint, OUT severity text, OUT kind text, OUT reason text, OUT number bigint) RETURNS SETOF record
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    i dos.escrow_import;
    z dos.zone;
BEGIN
    SELECT * INTO i FROM dos.escrow_import AS o WHERE o.id = import AND o.state IN ('read', 'analyzed') FOR UPDATE;
    IF i.id IS NULL THEN
        PERFORM dos_internal.refuse(2304, 'escrow_not_read', 'import', format('import %s cannot be analyzed', import), 'It was not read to its end, or is loaded.');
    END IF;
    z := dos_internal.zone_get(i.zone_id);
    DELETE FROM dos.escrow_problem AS p WHERE p.import_id = import AND p.severity <> 'excluded' AND p.reason NOT LIKE 'read_%';
    ANALYZE dos.escrow_in_domain (import_id, object_id, name), dos.escrow_in_host (import_id, object_id, name), dos.escrow_in_contact (import_id, object_id, handle);
    PERFORM dos_internal.escrow_map_registrars(import);
    IF i.deposit_zone <> z.name THEN
        PERFORM dos_internal.escrow_note(import, 'error', 'deposit', i.deposit_zone, NULL, 'zone_differs', format('It is to be loaded into "%s".', z.name));
    END IF;
    IF i.watermark > dos.now() THEN
        PERFORM dos_internal.escrow_note(import, 'error', 'deposit', i.deposit_id, NULL, 'watermark_future', i.watermark::text);
    END IF;
    IF i.type = 'DIFF' AND NOT EXISTS (SELECT FROM dos.escrow_import AS p WHERE p.zone_id = i.zone_id AND p.state = 'loaded' AND p.deposit_id = i.prev_id) THEN
        PERFORM dos_internal.escrow_note(import, 'error', 'deposit', i.deposit_id, NULL, 'previous_missing', format('Deposit "%s" was not loaded.', i.prev_id));
    END IF;
    PERFORM dos_internal.escrow_analyze_names(i, z);
    PERFORM dos_internal.escrow_analyze_objects(i);
    PERFORM dos_internal.escrow_analyze_references(i, z);
    UPDATE dos.escrow_import AS o SET state = 'analyzed' WHERE o.id = import;
    RETURN QUERY SELECT p.severity, p.kind, p.reason, count(*) FROM dos.escrow_problem AS p WHERE p.import_id = import
                  GROUP BY p.severity, p.kind, p.reason ORDER BY p.severity, p.kind, p.reason;
END $$;
COMMENT ON FUNCTION dos.escrow_analyze(bigint) IS
    'find what is wrong with a deposit that was read, and sum it up; the objects are in dos.escrow_problem, registrars to decide in dos.escrow_registrar_map. '
    'Nothing else changes; may be said again. R2304';
