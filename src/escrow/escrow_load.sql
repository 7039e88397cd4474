-- Loading: a deposit becomes registry, in parts (escrow_part.sql). No charge, no message; every rule of the tables holds.
-- Objects keep their ROIDs; authInfo is random and known to nobody.
--
-- A plan made while a table is small must do when it is large: objects are looked up by subqueries that only an index
-- answers (OFFSET 0 keeps the planner from joining).

-- What is still to be loaded. A session takes a part, and the part is gone when its objects are committed: several sessions may
-- load at a time, and what one had begun when it failed is still there for another.
CREATE TABLE dos.escrow_part (
    import_id bigint NOT NULL CONSTRAINT escrow_part_import REFERENCES dos.escrow_import ON DELETE CASCADE,
    phase     int    NOT NULL CONSTRAINT escrow_part_phase_known CHECK (phase IN (2, 3, 4)),
    first_id  bigint NOT NULL,
    last_id   bigint NOT NULL,
    CONSTRAINT escrow_part_pkey PRIMARY KEY (import_id, phase, first_id)
);
COMMENT ON TABLE dos.escrow_part IS 'objects of imports that are still to be loaded, by their ids: contacts (phase 2), hosts (3), domains (4), which refer to those before';
SELECT pg_catalog.pg_extension_config_dump('dos.escrow_part', '');

CREATE FUNCTION dos_internal.escrow_auth() RETURNS bytea
LANGUAGE c VOLATILE AS 'MODULE_PATHNAME', 'dos_sql_escrow_auth';
COMMENT ON FUNCTION dos_internal.escrow_auth() IS 'a random hash of authorization information, which nobody can have: the sponsor sets another';

-- References by name, looked up in C (escrow_reference.c); 23503 when one has gone since analysis.
CREATE FUNCTION dos_internal.escrow_registrar_id(import bigint, clid text) RETURNS int
LANGUAGE c STABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_escrow_registrar_id';
COMMENT ON FUNCTION dos_internal.escrow_registrar_id(bigint, text) IS 'the registrar here that a registrar of a deposit is';

CREATE FUNCTION dos_internal.escrow_contact_id(handle text) RETURNS bigint
LANGUAGE c STABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_escrow_contact_id';
COMMENT ON FUNCTION dos_internal.escrow_contact_id(text) IS 'id of a contact that a deposit names';

CREATE FUNCTION dos_internal.escrow_contact_ids(contacts text[], role text) RETURNS bigint[]
LANGUAGE c STABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_escrow_contact_ids';
COMMENT ON FUNCTION dos_internal.escrow_contact_ids(text[], text) IS 'ids of the contacts "role:handle" of one role';

CREATE FUNCTION dos_internal.escrow_host_ids(hosts text[]) RETURNS bigint[]
LANGUAGE c STABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_escrow_host_ids';
COMMENT ON FUNCTION dos_internal.escrow_host_ids(text[]) IS 'ids of the hosts that a domain of a deposit names';

CREATE FUNCTION dos_internal.escrow_load_registrars(i dos.escrow_import) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    m      record;
    new_id int;
    done   bigint := 0;
BEGIN
    FOR m IN SELECT o.clid, r.* FROM dos.escrow_registrar_map AS o,
                    LATERAL (SELECT g.name, g.iana_id, g.state, g.postal, g.voice, g.fax, g.email, g.url, g.whois_server, g.created_at, g.updated_at
                               FROM dos.escrow_in_registrar AS g WHERE g.import_id = i.id AND g.clid = o.clid LIMIT 1) AS r
              WHERE o.import_id = i.id AND o.action = 'create' ORDER BY o.clid LOOP
        INSERT INTO dos.registrar AS r (clid, name, iana_id, state, postal, voice, fax, email, url, whois_server, created_at, updated_at)
        VALUES (m.clid, m.name, m.iana_id, coalesce(m.state, 'ok'), m.postal, m.voice, m.fax, m.email, m.url, m.whois_server,
                coalesce(m.created_at, i.watermark), coalesce(m.updated_at, m.created_at, i.watermark))
        RETURNING r.id INTO new_id;
        UPDATE dos.escrow_registrar_map AS o SET action = 'use', registrar_id = new_id WHERE o.import_id = i.id AND o.clid = m.clid;
        done := done + 1;
    END LOOP;
    RETURN done;
END $$;
COMMENT ON FUNCTION dos_internal.escrow_load_registrars(dos.escrow_import) IS 'loading: the registrars that are to be created; they cannot log in yet';

CREATE FUNCTION dos_internal.escrow_load_contacts(i dos.escrow_import, part dos.escrow_part, act dos.act) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO dos.contact AS e (id, handle, roid, registrar_id, creator_id, updater_id, created_at, updated_at, transferred_at, statuses, int_postal, loc_postal,
                                  voice, voice_x, fax, fax_x, email, auth_hash, disclose_flag, disclose, transfer, act)
    SELECT s.object_id, s.handle, s.roid, dos_internal.escrow_registrar_id(i.id, s.sponsor), dos_internal.escrow_registrar_id(i.id, coalesce(s.creator, s.sponsor)),
           dos_internal.escrow_registrar_id(i.id, s.updater), coalesce(s.created_at, i.watermark), s.updated_at, s.transferred_at, CASE WHEN s.statuses <@ '{ok,linked}' THEN '{}' ELSE dos_internal.escrow_statuses(s.statuses) END,
           dos_internal.postal_of(s.int_postal), dos_internal.postal_of(s.loc_postal), s.voice, s.voice_x, s.fax, s.fax_x, s.email, dos_internal.escrow_auth(),
           s.disclose_flag, coalesce(s.disclose, '{}'),
           CASE WHEN s.transfer_status IS NOT NULL THEN ROW(s.transfer_status, dos_internal.escrow_registrar_id(i.id, s.transfer_requester), s.transfer_requested_at,
               dos_internal.escrow_registrar_id(i.id, s.transfer_actor), s.transfer_acts_at, NULL, NULL, NULL)::dos.transfer END, act
      FROM dos.escrow_in_contact AS s WHERE s.import_id = i.id AND s.object_id BETWEEN part.first_id AND part.last_id
    ON CONFLICT ON CONSTRAINT contact_handle_taken DO UPDATE
       SET roid = excluded.roid, registrar_id = excluded.registrar_id, creator_id = excluded.creator_id, updater_id = excluded.updater_id, created_at = excluded.created_at,
           updated_at = excluded.updated_at, transferred_at = excluded.transferred_at, statuses = excluded.statuses, int_postal = excluded.int_postal,
           loc_postal = excluded.loc_postal, voice = excluded.voice, voice_x = excluded.voice_x, fax = excluded.fax, fax_x = excluded.fax_x, email = excluded.email,
           disclose_flag = excluded.disclose_flag, disclose = excluded.disclose, transfer = excluded.transfer
$$;
COMMENT ON FUNCTION dos_internal.escrow_load_contacts(dos.escrow_import, dos.escrow_part, dos.act) IS 'loading: a part of the contacts';

CREATE FUNCTION dos_internal.escrow_load_hosts(i dos.escrow_import, part dos.escrow_part, act dos.act) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO dos.host AS e (id, name, roid, registrar_id, creator_id, updater_id, created_at, updated_at, transferred_at, superordinate_id, addresses, statuses, act)
    SELECT s.object_id, s.name, s.roid, dos_internal.escrow_registrar_id(i.id, s.sponsor), dos_internal.escrow_registrar_id(i.id, coalesce(s.creator, s.sponsor)),
           dos_internal.escrow_registrar_id(i.id, s.updater), coalesce(s.created_at, i.watermark), s.updated_at, s.transferred_at,
           dos_internal.escrow_superordinate(i.id, s.name), coalesce(s.addresses, '{}')::inet[], CASE WHEN s.statuses <@ '{ok,linked}' THEN '{}' ELSE dos_internal.escrow_statuses(s.statuses) END, act
      FROM dos.escrow_in_host AS s WHERE s.import_id = i.id AND s.object_id BETWEEN part.first_id AND part.last_id
    ON CONFLICT ON CONSTRAINT host_name_taken DO UPDATE
       SET roid = excluded.roid, registrar_id = excluded.registrar_id, creator_id = excluded.creator_id, updater_id = excluded.updater_id, created_at = excluded.created_at,
           updated_at = excluded.updated_at, transferred_at = excluded.transferred_at, superordinate_id = excluded.superordinate_id, addresses = excluded.addresses,
           statuses = excluded.statuses
     WHERE e.roid = excluded.roid OR i.type NOT IN ('FULL', 'CSV')
$$;
COMMENT ON FUNCTION dos_internal.escrow_load_hosts(dos.escrow_import, dos.escrow_part, dos.act) IS 'loading: a part of the hosts';

CREATE FUNCTION dos_internal.escrow_host_attrs(attrs text[]) RETURNS dos.host_attribute[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(ROW(split_part(a, ' ', 1), (string_to_array(a, ' '))[2:]::inet[])::dos.host_attribute ORDER BY n), '{}')
      FROM unnest(attrs) WITH ORDINALITY AS u (a, n)
$$;
COMMENT ON FUNCTION dos_internal.escrow_host_attrs(text[]) IS 'host attributes of a deposit as they are stored';

-- A full deposit brings names that nobody has, else it fails; only differences change what is here.
CREATE FUNCTION dos_internal.escrow_load_domains(i dos.escrow_import, part dos.escrow_part, act dos.act) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    done bigint;
BEGIN
    EXECUTE format($insert$
        WITH loaded AS (
            INSERT INTO dos.domain AS e (id, name, zone_id, roid, registrar_id, creator_id, updater_id, created_at, updated_at, transferred_at, expires_at, deleted_at,
                                         restore_at, transfer, graces, statuses, next_event_at, registrant_id, admin_ids, tech_ids, billing_ids, host_ids, host_attrs,
                                         ds, keys, max_sig_life, auth_hash, act, autorenew, expired_at, unpaid, release_at, registrant_changed_at, ttls, idn_table_id, pending, phase_id)
            SELECT s.object_id, s.name, ($1).zone_id, s.roid, dos_internal.escrow_registrar_id(($1).id, s.sponsor), dos_internal.escrow_registrar_id(($1).id, coalesce(s.creator, s.sponsor)),
                   dos_internal.escrow_registrar_id(($1).id, s.updater), s.created_at, s.updated_at, s.transferred_at, CASE WHEN f.never THEN 'infinity' ELSE s.expires_at END, f.deleted_at, f.restore_at,
                   CASE WHEN s.transfer_status IS NOT NULL THEN ROW(s.transfer_status, dos_internal.escrow_registrar_id(($1).id, s.transfer_requester), s.transfer_requested_at,
                       dos_internal.escrow_registrar_id(($1).id, s.transfer_actor), s.transfer_acts_at, CASE WHEN s.transfer_status = 'pending' AND s.transfer_expires_at IS NULL THEN 0 ELSE 1 END,
                       NULL, CASE WHEN s.transfer_status <> 'pending' THEN s.transfer_expires_at END)::dos.transfer END,
                   coalesce(f.graces, '{}'), CASE WHEN s.statuses <@ '{ok,inactive}' AND f.hidden IS NULL THEN '{}' ELSE dos_internal.escrow_statuses(s.statuses, f.derived, f.hidden) END,
                   -- the worker looks at what is under way, and puts the right instant there
                   CASE WHEN s.statuses && '{pendingDelete,pendingTransfer}' OR f.unpaid IS NOT NULL OR f.expired_at IS NOT NULL THEN least(($1).watermark, s.expires_at) ELSE s.expires_at END,
                   dos_internal.escrow_contact_id(s.registrant), coalesce(dos_internal.escrow_contact_ids(s.contacts, 'admin'), '{}'), coalesce(dos_internal.escrow_contact_ids(s.contacts, 'tech'), '{}'),
                   coalesce(dos_internal.escrow_contact_ids(s.contacts, 'billing'), '{}'), coalesce(dos_internal.escrow_host_ids(s.hosts), '{}'),
                   CASE WHEN s.host_attrs = '{}' THEN '{}' ELSE dos_internal.escrow_host_attrs(s.host_attrs) END, coalesce(s.ds, '{}'), coalesce(s.keys, '{}'), s.max_sig_life, dos_internal.escrow_auth(), $3,
                   f.autorenew, f.expired_at, f.unpaid, f.release_at, f.registrant_changed_at, f.ttls, CASE WHEN s.idn_table IS NOT NULL THEN (SELECT t.id FROM dos.idn_table AS t WHERE t.name = s.idn_table) END,
                   -- what waited for approval waits on; what an update asked for is not in a deposit
                   CASE WHEN s.statuses @> '{pendingCreate}' THEN ROW('create', s.created_at, NULL, NULL, NULL, 1, NULL, NULL, NULL)::dos.pending_action
                        WHEN s.statuses @> '{pendingUpdate}' THEN ROW('update', coalesce(s.updated_at, ($1).watermark), NULL, NULL, NULL, NULL, NULL, NULL, '{}')::dos.pending_action END,
                   CASE WHEN f.phase IS NOT NULL THEN (SELECT p.id FROM dos.phase AS p WHERE p.zone_id = ($1).zone_id AND p.name = f.phase ORDER BY p.id LIMIT 1) END
              FROM dos.escrow_in_domain AS s
              LEFT JOIN LATERAL (SELECT x.* FROM dos_internal.escrow_facts(dos_internal.escrow_staged(s), (SELECT z FROM dos.zone AS z WHERE z.id = ($1).zone_id), ($1).watermark) AS x
                                  WHERE coalesce(s.rgp, '{}') <> '{}' OR s.statuses @> '{pendingDelete}' OR s.facts IS NOT NULL OFFSET 0) AS f ON true
             WHERE s.import_id = ($1).id AND s.object_id BETWEEN ($2).first_id AND ($2).last_id
            %s
            RETURNING e.name)
        INSERT INTO dos.dns_dirty (zone_id, owner) SELECT ($1).zone_id, l.name FROM loaded AS l
    $insert$, CASE WHEN i.type NOT IN ('FULL', 'CSV') THEN $change$
            ON CONFLICT ON CONSTRAINT domain_name_taken DO UPDATE
               SET roid = excluded.roid, registrar_id = excluded.registrar_id, creator_id = excluded.creator_id, updater_id = excluded.updater_id, created_at = excluded.created_at,
                   updated_at = excluded.updated_at, transferred_at = excluded.transferred_at, expires_at = excluded.expires_at, deleted_at = excluded.deleted_at,
                   restore_at = excluded.restore_at, transfer = excluded.transfer, graces = excluded.graces, statuses = excluded.statuses,
                   next_event_at = excluded.next_event_at, registrant_id = excluded.registrant_id, admin_ids = excluded.admin_ids, tech_ids = excluded.tech_ids,
                   billing_ids = excluded.billing_ids, host_ids = excluded.host_ids, host_attrs = excluded.host_attrs, ds = excluded.ds, keys = excluded.keys,
                   max_sig_life = excluded.max_sig_life, autorenew = excluded.autorenew, expired_at = excluded.expired_at, unpaid = excluded.unpaid,
                   release_at = excluded.release_at, registrant_changed_at = excluded.registrant_changed_at, ttls = excluded.ttls, idn_table_id = excluded.idn_table_id,
                   pending = excluded.pending, phase_id = excluded.phase_id
    $change$ END) USING i, part, act;
    GET DIAGNOSTICS done = ROW_COUNT;
    RETURN done;
END $$;
COMMENT ON FUNCTION dos_internal.escrow_load_domains(dos.escrow_import, dos.escrow_part, dos.act) IS 'loading: a part of the domains, queued for publication; returns how many';

-- What a differential deposit says is gone: domains first, for they refer to the others.
CREATE FUNCTION dos_internal.escrow_load_deletes(i dos.escrow_import) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    odd  text;
    done bigint;
    all_done bigint := 0;
BEGIN
    WITH gone AS (DELETE FROM dos.domain AS d USING dos.escrow_in_delete AS x
                   WHERE x.import_id = i.id AND x.kind = 'domain' AND d.name = lower(x.key) COLLATE "C" AND d.zone_id = i.zone_id RETURNING d.name)
    INSERT INTO dos.dns_dirty (zone_id, owner) SELECT i.zone_id, g.name FROM gone AS g;
    GET DIAGNOSTICS all_done = ROW_COUNT;
    SELECT h.name INTO odd FROM dos.host AS h JOIN dos.escrow_in_delete AS x ON x.import_id = i.id AND x.kind = 'host' AND h.name = lower(x.key) COLLATE "C"
     WHERE dos_internal.host_is_linked(h.id) LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2305, 'host_linked', 'host:name', format('host "%s" is to be deleted, and a domain delegates to it', odd));
    END IF;
    DELETE FROM dos.host AS h USING dos.escrow_in_delete AS x WHERE x.import_id = i.id AND x.kind = 'host' AND h.name = lower(x.key) COLLATE "C";
    GET DIAGNOSTICS done = ROW_COUNT;
    all_done := all_done + done;
    SELECT c.handle INTO odd FROM dos.contact AS c JOIN dos.escrow_in_delete AS x ON x.import_id = i.id AND x.kind = 'contact' AND c.handle = x.key
     WHERE dos_internal.contact_is_linked(c.id) LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2305, 'contact_linked', 'contact:id', format('contact "%s" is to be deleted, and a domain refers to it', odd));
    END IF;
    DELETE FROM dos.contact AS c USING dos.escrow_in_delete AS x WHERE x.import_id = i.id AND x.kind = 'contact' AND c.handle = x.key;
    GET DIAGNOSTICS done = ROW_COUNT;
    RETURN all_done + done;
END $$;
COMMENT ON FUNCTION dos_internal.escrow_load_deletes(dos.escrow_import) IS 'loading: the deletes of a differential deposit; R2305 when something still refers to a host or contact';

CREATE FUNCTION dos_internal.escrow_roid_number(roid text, letter text) RETURNS bigint
LANGUAGE c IMMUTABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_escrow_roid_number';
COMMENT ON FUNCTION dos_internal.escrow_roid_number(text, text) IS 'the number of a ROID of our own form, "D17-DOS" of letter D, or NULL';

-- ROIDs stay unique: new objects count on from the highest number that came with a ROID of our own form.
CREATE FUNCTION dos_internal.escrow_roids_pass(import bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t record;
    n bigint;
BEGIN
    FOR t IN SELECT * FROM (VALUES ('D', 'dos.escrow_in_domain', 'dos.domain_id_seq'), ('H', 'dos.escrow_in_host', 'dos.host_id_seq'),
                                   ('C', 'dos.escrow_in_contact', 'dos.contact_id_seq')) AS v (letter, source, sequence) LOOP
        EXECUTE format('SELECT max(dos_internal.escrow_roid_number(o.roid, %L)) FROM %s AS o WHERE o.import_id = $1', t.letter, t.source) INTO n USING import;
        PERFORM setval(t.sequence::regclass, n + 1) WHERE n >= (SELECT last_value FROM pg_sequences WHERE schemaname || '.' || sequencename = t.sequence);
    END LOOP;
END $$;
COMMENT ON FUNCTION dos_internal.escrow_roids_pass(bigint) IS 'let ids, and so new ROIDs, begin beyond those that a deposit brought';

-- Names that were given as variants are sets again, where one registrar has both.
CREATE FUNCTION dos_internal.escrow_load_variants(i dos.escrow_import) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM dos.domain_variant AS v USING dos.escrow_in_domain AS s WHERE s.import_id = i.id AND v.name = s.name;
    INSERT INTO dos.domain_variant (name, original, since)
    SELECT d.name, o.name, d.created_at
      FROM dos.escrow_in_domain AS s JOIN dos.domain AS d ON d.name = s.name JOIN dos.domain AS o ON o.name = lower(s.original_name) AND o.registrar_id = d.registrar_id
     WHERE s.import_id = i.id AND s.original_name IS NOT NULL AND o.name <> d.name;
    UPDATE dos.domain AS d SET idn_indexed = true
     WHERE NOT d.idn_indexed AND d.name IN (SELECT n.name FROM dos.escrow_in_domain AS s JOIN dos.domain_variant AS v ON v.name = s.name, LATERAL (VALUES (v.name), (v.original)) AS n (name)
                                             WHERE s.import_id = i.id AND s.original_name IS NOT NULL)
$$;
COMMENT ON FUNCTION dos_internal.escrow_load_variants(dos.escrow_import) IS 'loading: the sets of variants that a deposit tells by originalName (RFC 9022 section 5.1)';

-- Names that are no domains go onto a list of the zone, unless a list has them already.
CREATE FUNCTION dos_internal.escrow_load_nndns(i dos.escrow_import) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    shown   text;
    list    text;
    list_id int;
    done    bigint;
    total   bigint := 0;
BEGIN
    -- what belongs to another name, or is mirrored
    INSERT INTO dos.nndn AS n (name, zone_id, state, variant_of, idn_table, created_at)
    SELECT o.name, i.zone_id, o.state, nullif(lower(o.original_name), o.name), o.idn_table, coalesce(o.created_at, i.watermark)
      FROM dos.escrow_in_nndn AS o
     WHERE o.import_id = i.id AND (o.state = 'mirrored' OR o.original_name IS NOT NULL) AND o.name LIKE '%.' || i.zone AND dos_internal.dname_is_canonical(o.name)
       AND coalesce(dos_internal.dname_is_canonical(lower(o.original_name)), true)
    ON CONFLICT ON CONSTRAINT nndn_pkey DO UPDATE SET state = excluded.state, variant_of = excluded.variant_of, idn_table = excluded.idn_table;
    GET DIAGNOSTICS total = ROW_COUNT;
    FOR shown IN SELECT DISTINCT o.state FROM dos.escrow_in_nndn AS o WHERE o.import_id = i.id AND o.state IN ('withheld', 'blocked') AND o.original_name IS NULL ORDER BY 1 LOOP
        list := left('escrow-' || shown || '-' || i.zone, 63);
        SELECT l.id INTO list_id FROM dos.reserved_list AS l WHERE l.name = list;
        IF list_id IS NULL THEN
            list_id := dos.reserved_list_create(list, CASE shown WHEN 'blocked' THEN 'blocked' ELSE 'reserved' END, ARRAY[i.zone]);
        END IF;
        INSERT INTO dos.reserved_name (label, list_id, effective_at)
        SELECT n.label, list_id, n.created_at
          FROM (SELECT left(o.name, -length(i.zone) - 1) AS label, min(o.created_at) AS created_at FROM dos.escrow_in_nndn AS o
                 WHERE o.import_id = i.id AND o.state = shown AND o.original_name IS NULL AND o.name LIKE '%.' || i.zone GROUP BY 1) AS n
         WHERE strpos(n.label, '.') = 0 AND dos_internal.dname_is_canonical(n.label)
           AND NOT EXISTS (SELECT FROM dos.reserved_name AS r WHERE r.label = n.label COLLATE "C" AND r.list_id = ANY (dos_internal.reserved_lists(i.zone_id)))
        ON CONFLICT ON CONSTRAINT reserved_name_pkey DO NOTHING;
        GET DIAGNOSTICS done = ROW_COUNT;
        total := total + done;
    END LOOP;
    RETURN total;
END $$;
COMMENT ON FUNCTION dos_internal.escrow_load_nndns(dos.escrow_import) IS 'loading: withheld and blocked names, onto lists escrow-withheld-ZONE and escrow-blocked-ZONE; mirrored ones and those of another name into dos.nndn';
