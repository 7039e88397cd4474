-- The publisher: takes dirty names, computes their records, writes what differs from the image as one
-- batch under a new serial. It may be stopped anywhere and run twice; nothing changes, nothing is lost.

-- Server and timeline. A serial lost in a failover or restore may have reached secondaries with other
-- content, so on a new timeline or server the next serial jumps over all that may have been lost.
CREATE FUNCTION dos_internal.dns_origin() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT system_identifier || '/' || CASE WHEN pg_is_in_recovery() THEN '' ELSE left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) END
      FROM pg_control_system()
$$;
COMMENT ON FUNCTION dos_internal.dns_origin() IS 'identifier of the server and its timeline';

CREATE FUNCTION dos_internal.zone_soa(zone dos.zone, serial bigint) RETURNS bytea
LANGUAGE sql STABLE
RETURN dos_internal.dns_rdata_soa(zone.soa_mname, zone.soa_rname, serial, zone.soa_refresh, zone.soa_retry, zone.soa_expire, zone.soa_minimum);
COMMENT ON FUNCTION dos_internal.zone_soa(dos.zone, bigint) IS 'SOA RDATA of a zone under a serial';

CREATE FUNCTION dos_internal.zone_settings(zone dos.zone) RETURNS text
LANGUAGE sql STABLE
RETURN format('glue=%s ttl_ns=%s ttl_ds=%s ttl_address=%s ttl_record=%s', zone.glue, zone.ttl_ns, zone.ttl_ds, zone.ttl_address, zone.ttl_record);
COMMENT ON FUNCTION dos_internal.zone_settings(dos.zone) IS 'the settings every record of a zone depends on';

-- A zone begins at the Unix time, so that it is ahead of what was published before it came here.
CREATE FUNCTION dos_internal.zone_serial_next(current dos.zone_serial) RETURNS bigint
LANGUAGE sql STABLE
RETURN CASE
    WHEN current.serial IS NULL THEN extract(epoch FROM dos.now())::bigint
    WHEN current.origin <> dos_internal.dns_origin() THEN current.serial + 65536
    ELSE current.serial + 1
END;
COMMENT ON FUNCTION dos_internal.zone_serial_next(dos.zone_serial) IS 'the serial after this one: plus 1, or a leap over lost ones after a failover or restore';

-- The image at these names. Inlined; OFFSET 0 makes it one look-up a name whatever PostgreSQL thinks of the
-- size of the image, which may grow from nothing to millions of rows under one plan.
CREATE FUNCTION dos_internal.dns_published_rrsets(zone_id int, names text[])
RETURNS TABLE (place tid, owner text, rtype int, ttl int, rdata bytea[])
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT p.ctid, p.owner, p.rtype, p.ttl, p.rdata
      FROM unnest(names) AS n(name)
      CROSS JOIN LATERAL (SELECT i.ctid, i.owner, i.rtype, i.ttl, i.rdata FROM dos.dns_image AS i
                           WHERE i.zone_id = dns_published_rrsets.zone_id AND i.owner = n.name OFFSET 0) AS p;
END;
COMMENT ON FUNCTION dos_internal.dns_published_rrsets(int, text[]) IS 'the RRsets in the image at these names, and where each row stands';

-- Bring the image of these names up to date; journal the difference under a serial. A first serial has
-- nothing before it, so no journal. What cannot be computed is parked and stays as it was published.
-- The records of `ready_names` are computed already, they are `ready`; those of `other_names` are not.
CREATE FUNCTION dos_internal.zone_image_write(zone dos.zone, ready_names text[], ready dos_internal.dns_rrset[], other_names text[],
                                              next_serial bigint, journal boolean,
                                              OUT removed bigint, OUT added bigint, OUT rrsets bigint, OUT changed bigint,
                                              OUT delegations bigint, OUT signed bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    names text[] := ready_names || other_names;
BEGIN
    WITH wanted AS MATERIALIZED (SELECT * FROM unnest(ready) UNION ALL SELECT * FROM dos_internal.dns_rrsets(zone, other_names)),
    published AS MATERIALIZED (SELECT * FROM dos_internal.dns_published_rrsets(zone.id, names)),
    difference AS MATERIALIZED (
        SELECT owner, rtype, p.place, p.ttl AS old_ttl, p.rdata AS old, w.ttl AS new_ttl, w.rdata AS new,
               ARRAY(SELECT o FROM unnest(p.rdata) AS o WHERE w.ttl IS DISTINCT FROM p.ttl OR o <> ALL (w.rdata) ORDER BY o) AS gone,
               ARRAY(SELECT n FROM unnest(w.rdata) AS n WHERE w.ttl IS DISTINCT FROM p.ttl OR n <> ALL (p.rdata) ORDER BY n) AS come
          FROM wanted AS w FULL JOIN published AS p USING (owner, rtype)
         WHERE (w.ttl, w.rdata) IS DISTINCT FROM (p.ttl, p.rdata) AND (w.owner IS NULL OR w.rdata IS NOT NULL)),
    gone AS (DELETE FROM dos.dns_image AS i WHERE i.ctid = ANY (ARRAY(SELECT d.place FROM difference AS d WHERE d.new IS NULL))),
    come AS (INSERT INTO dos.dns_image AS i (zone_id, owner, rtype, ttl, rdata)
             SELECT zone.id, d.owner, d.rtype, d.new_ttl, d.new FROM difference AS d WHERE d.new IS NOT NULL ORDER BY d.owner, d.rtype
             ON CONFLICT ON CONSTRAINT dns_image_pkey DO UPDATE SET ttl = excluded.ttl, rdata = excluded.rdata),
    journalled AS (INSERT INTO dos.dns_journal (zone_id, serial, added, owner, rtype, ttl, rdata)
                   SELECT zone.id, next_serial, false, d.owner, d.rtype, d.old_ttl, d.gone
                     FROM difference AS d WHERE zone_image_write.journal AND d.gone <> '{}'
                    UNION ALL
                   SELECT zone.id, next_serial, true, d.owner, d.rtype, d.new_ttl, d.come
                     FROM difference AS d WHERE zone_image_write.journal AND d.come <> '{}'),
    parked AS (INSERT INTO dos.dns_parked (zone_id, owner, problem)
               SELECT DISTINCT zone.id, w.owner, 'a name server, DS or key is malformed' FROM wanted AS w WHERE w.rdata IS NULL
               ON CONFLICT ON CONSTRAINT dns_parked_pkey DO NOTHING),
    unparked AS (DELETE FROM dos.dns_parked AS p
                  WHERE p.zone_id = zone.id AND p.owner = ANY (names) AND p.owner NOT IN (SELECT w.owner FROM wanted AS w WHERE w.rdata IS NULL))
    SELECT coalesce(sum(cardinality(d.gone)), 0), coalesce(sum(cardinality(d.come)), 0),
           count(*) FILTER (WHERE d.old IS NULL) - count(*) FILTER (WHERE d.new IS NULL), count(d.old),
           count(*) FILTER (WHERE d.old IS NULL AND d.rtype = 2 AND d.owner <> zone.name) - count(*) FILTER (WHERE d.new IS NULL AND d.rtype = 2 AND d.owner <> zone.name),
           count(*) FILTER (WHERE d.old IS NULL AND d.rtype = 43) - count(*) FILTER (WHERE d.new IS NULL AND d.rtype = 43)
      INTO removed, added, rrsets, changed, delegations, signed
      FROM difference AS d;
END $$;
COMMENT ON FUNCTION dos_internal.zone_image_write(dos.zone, text[], dos_internal.dns_rrset[], text[], bigint, boolean) IS
    'make the image of these names what the registry says; returns records removed and added, by how many RRsets, delegations and DS grew, and how many RRsets were not as they had been';

-- All names of the zone, in pieces.
CREATE FUNCTION dos_internal.zone_name_pieces(zone dos.zone) RETURNS SETOF text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT array_agg(p.name)
      FROM (SELECT n.name, (row_number() OVER (ORDER BY n.name COLLATE "C") - 1) / 2000 AS piece
              FROM dos_internal.dns_names(zone) AS n(name)) AS p
     GROUP BY p.piece
     ORDER BY p.piece
$$;
COMMENT ON FUNCTION dos_internal.zone_name_pieces(dos.zone) IS 'all names that may have records, 2,000 at a time';

-- Publish what depends on these names (NULL: all) under the zone's next serial, if anything differs. The zone is locked.
-- A guard's objection is an error, so that nothing of the batch stays; zone_publish_batch() takes note of it.
CREATE FUNCTION dos_internal.zone_serial_publish(zone dos.zone, dirty text[], unguarded boolean DEFAULT false) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    current dos.zone_serial := dos_internal.zone_current(zone.id);
    fresh   dos.zone_serial;
    whole   boolean := dirty IS NULL OR current.settings IS DISTINCT FROM dos_internal.zone_settings(zone);
    piece   text[];
    plain   dos_internal.dns_rrset[];
    others  text[];
    change  record;
    problem record;
BEGIN
    fresh.zone_id := zone.id;
    fresh.serial := dos_internal.zone_serial_next(current);
    fresh.published_at := dos.now();
    fresh.settings := dos_internal.zone_settings(zone);
    fresh.origin := dos_internal.dns_origin();
    fresh.removed := 0;
    fresh.added := 0;
    fresh.changed := 0;
    fresh.rrsets := coalesce(current.rrsets, 0);
    fresh.delegations := coalesce(current.delegations, 0);
    fresh.signed := coalesce(current.signed, 0);
    fresh.unguarded := unguarded;
    FOR piece IN SELECT dos_internal.zone_name_pieces(zone) WHERE whole UNION ALL SELECT dirty WHERE NOT whole LOOP
        plain := ARRAY(SELECT r FROM dos_internal.dns_plain_rrsets(zone, piece) AS r);
        others := ARRAY(SELECT r.owner FROM unnest(plain) AS r WHERE r.rtype = 0);
        IF others <> '{}' THEN
            piece := ARRAY(SELECT unnest(piece) EXCEPT SELECT unnest(others));
            plain := ARRAY(SELECT r FROM unnest(plain) AS r WHERE r.rtype <> 0);
            IF NOT whole THEN
                others := ARRAY(SELECT unnest(dos_internal.dns_affected(zone, others)) EXCEPT SELECT unnest(piece));
            END IF;
        END IF;
        SELECT * INTO change FROM dos_internal.zone_image_write(zone, piece, plain, others, fresh.serial, current.serial IS NOT NULL);
        fresh.removed := fresh.removed + change.removed;
        fresh.added := fresh.added + change.added;
        fresh.changed := fresh.changed + change.changed;
        fresh.rrsets := fresh.rrsets + change.rrsets;
        fresh.delegations := fresh.delegations + change.delegations;
        fresh.signed := fresh.signed + change.signed;
    END LOOP;
    IF fresh.removed = 0 AND fresh.added = 0
       AND current.soa = dos_internal.zone_soa(zone, current.serial) AND current.soa_ttl = zone.ttl_soa AND current.settings = fresh.settings THEN
        RETURN;
    END IF;
    IF fresh.changed > 0 AND NOT unguarded THEN
        problem := dos_internal.zone_guard_problem(zone, fresh);
        IF problem.guard IS NOT NULL THEN
            RAISE EXCEPTION USING ERRCODE = 'DOSGU', MESSAGE = problem.detail, CONSTRAINT = problem.guard;
        END IF;
    END IF;
    fresh.soa := dos_internal.zone_soa(zone, fresh.serial);
    fresh.soa_ttl := zone.ttl_soa;
    INSERT INTO dos.zone_serial SELECT fresh.*;
    PERFORM dos_internal.outbox_put('zone.published', zone.name::text, zone.id, NULL, NULL, NULL,
        jsonb_build_object('serial', fresh.serial & 4294967295, 'after', current.serial & 4294967295, 'removed', fresh.removed, 'added', fresh.added));
    PERFORM pg_notify('dos_zone', zone.name || ' ' || (fresh.serial & 4294967295));
END $$;
COMMENT ON FUNCTION dos_internal.zone_serial_publish(dos.zone, text[], boolean) IS
    'compute what depends on these names (NULL: the whole zone), and if the zone differs publish it under a new serial and say so on channel dos_zone; SQLSTATE DOSGU when a guard objects';

-- The marks of one batch, taken from the queue.
--
-- When very many names wait (a load, a burst of a hundred thousand expiries), ten batches go out as one serial, for a name costs a
-- third less in it, and with them one batch of the newest marks: who registers a name meanwhile does not wait for all before it.
--
-- The settings leave the index in the order of marks: PostgreSQL, which has seen the queue empty, would gather and sort all of it.
CREATE FUNCTION dos_internal.zone_marks_take(zone_id int, batch int, covered bigint, OUT names text[], OUT taken int)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET enable_bitmapscan = off SET enable_sort = off AS $$
DECLARE
    many boolean := EXISTS (SELECT FROM dos.dns_dirty AS q WHERE q.zone_id = zone_marks_take.zone_id ORDER BY q.id OFFSET 5 * batch);
BEGIN
    WITH oldest AS MATERIALIZED (SELECT q.id FROM dos.dns_dirty AS q
                                  WHERE q.zone_id = zone_marks_take.zone_id AND q.id <= coalesce(covered, 9223372036854775807)
                                  ORDER BY q.id LIMIT CASE WHEN many THEN 10 * batch ELSE batch END),
    newest AS MATERIALIZED (SELECT q.id FROM dos.dns_dirty AS q
                             WHERE many AND covered IS NULL AND q.zone_id = zone_marks_take.zone_id AND q.id > (SELECT max(o.id) FROM oldest AS o)
                             ORDER BY q.id DESC LIMIT batch),
    taken AS (DELETE FROM dos.dns_dirty AS q
               WHERE q.zone_id = zone_marks_take.zone_id AND q.id = ANY (ARRAY(SELECT o.id FROM oldest AS o UNION ALL SELECT n.id FROM newest AS n))
              RETURNING q.owner)
    SELECT array_agg(DISTINCT t.owner), count(*) INTO names, taken FROM taken AS t;
END $$;
COMMENT ON FUNCTION dos_internal.zone_marks_take(int, int, bigint) IS
    'take a batch of marks (up to and with one, if a release covers them) from a zone''s queue: their names, and how many marks they were';

-- One batch of one zone; the zone is locked for this transaction. Without name servers there is no zone, and
-- one that had some stops.
CREATE FUNCTION dos_internal.zone_publish_batch(zone dos.zone, batch int) RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    covered bigint := dos_internal.zone_release_covers(zone.id);
    marks   record;
    guard   text;
    detail  text;
BEGIN
    IF dos_internal.zone_is_stopped(zone.id) THEN
        RETURN 0;
    END IF;
    IF NOT EXISTS (SELECT FROM dos.zone_nameserver AS n WHERE n.zone_id = zone.id) THEN
        IF EXISTS (SELECT FROM dos.zone_serial AS s WHERE s.zone_id = zone.id) THEN
            PERFORM dos_internal.zone_stop(zone, 'apex', 'the zone has no name servers any more');
        END IF;
        RETURN 0;
    END IF;
    marks := dos_internal.zone_marks_take(zone.id, batch, covered);
    IF marks.taken > 0 THEN
        PERFORM dos_internal.zone_serial_publish(zone, marks.names, covered IS NOT NULL);
    END IF;
    RETURN marks.taken;
EXCEPTION WHEN SQLSTATE 'DOSGU' THEN
    GET STACKED DIAGNOSTICS guard = CONSTRAINT_NAME, detail = MESSAGE_TEXT;
    PERFORM dos_internal.zone_stop(zone, guard, detail);
    RETURN 0;
END $$;
COMMENT ON FUNCTION dos_internal.zone_publish_batch(dos.zone, int) IS
    'take a batch of a zone''s dirty names and publish them, or stop the zone if a guard objects; returns how many were taken';

-- The job. A zone that another session publishes is left to it.
--
-- The settings are for all that runs inside. Plans are made once a session and must stay right when small
-- tables grow; planning each name's queries again took ten times their own time; and a plan that cannot
-- avoid a scan looks so dear with enable_seqscan off that PostgreSQL would compile it, for 300 ms.
CREATE FUNCTION dos_internal.zone_publish_due(batch int DEFAULT 1000) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
DECLARE
    zone dos.zone;
    work bigint := 0;
BEGIN
    FOR zone IN SELECT * FROM dos.zone AS z
                 WHERE z.published AND EXISTS (SELECT FROM dos.dns_dirty AS q WHERE q.zone_id = z.id)
                   AND NOT dos_internal.zone_is_stopped(z.id) ORDER BY z.id LOOP
        IF pg_try_advisory_xact_lock(hashtext('dos zone publish'), zone.id) THEN
            work := work + dos_internal.zone_publish_batch(zone, batch);
        END IF;
    END LOOP;
    RETURN work;
END $$;
COMMENT ON FUNCTION dos_internal.zone_publish_due(int) IS 'job: publish a batch of dirty names of each zone; returns how many names were taken';

-- A quiet zone publishes a change at once; a busy one twenty serials a second, each with all that came meanwhile.
INSERT INTO dos.job (name, lane, function, every, rest) VALUES ('zone_publish', 'dns', 'dos_internal.zone_publish_due()', '1 second', '50 milliseconds');

CREATE FUNCTION dos.zone_publish(zone text, whole boolean DEFAULT false) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
DECLARE
    target dos.zone := dos_internal.zone_by_name(zone);
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('dos zone publish'), target.id);
    LOOP
        EXIT WHEN dos_internal.zone_publish_batch(target, 1000) = 0;
    END LOOP;
    IF whole AND NOT dos_internal.zone_is_stopped(target.id) THEN
        PERFORM dos_internal.zone_serial_publish(target, NULL, true);
    END IF;
    RETURN (dos_internal.zone_current(target.id)).serial & 4294967295;
END $$;
COMMENT ON FUNCTION dos.zone_publish(text, boolean) IS
    'publish all that waits in a zone now, or with "whole" compute every record anew; returns the serial. R2303. Works while the zone is paused, not while a guard has stopped it';
