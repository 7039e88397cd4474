-- When deleted names become free again: by the projection for every reader; here what is drawn, listed and told.

CREATE FUNCTION dos_internal.release_drawn(d dos.domain, zone dos.zone, state dos.domain_state) RETURNS timestamptz
LANGUAGE sql IMMUTABLE
RETURN CASE (dos_internal.zone_policy_at(zone, (state).deleted_at, (state).expires_at)).release WHEN 'random' THEN (state).purge_at END;
COMMENT ON FUNCTION dos_internal.release_drawn(dos.domain, dos.zone, dos.domain_state) IS 'the instant to keep with a name that is deleted where lots are drawn: a lot once drawn stays, whatever becomes of the seed';

CREATE VIEW dos.domain_release AS
    SELECT d.name, z.name AS zone, s.purge_at AS release_at, b.name IS NOT NULL AS blocked
      FROM dos.domain AS d JOIN dos.zone AS z ON z.id = d.zone_id CROSS JOIN LATERAL dos_internal.domain_state(d, dos.now()) AS s
      LEFT JOIN dos.drop_block AS b ON b.name = d.name
     WHERE s.registered AND s.purge_at IS NOT NULL AND 'pendingDelete' = ANY (s.rgp_statuses);
COMMENT ON VIEW dos.domain_release IS 'names in pendingDelete and the instant each becomes free, or blocked; for the registry: with random release the instants are secret';

-- In zones that release by list, each day's names in the order of their lots get their places in the window.
CREATE FUNCTION dos.release_list_draw(zone text, day date, OUT names bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.zone;
    opens  timestamptz;
BEGIN
    SELECT * INTO target FROM dos.zone AS z WHERE z.name = dos.dname(zone) FOR UPDATE;
    IF target.id IS NULL THEN
        PERFORM dos_internal.refuse(2303, 'zone_unknown', 'zone', format('zone "%s" does not exist', zone));
    ELSIF target.release <> 'list' THEN
        PERFORM dos_internal.refuse(2306, 'zone_releases_otherwise', 'zone', format('zone "%s" does not release names by a list', zone));
    END IF;
    opens := day::timestamp AT TIME ZONE 'UTC' + target.release_hour;
    WITH due AS (
        SELECT d.id, s.rgp_ends_at[array_position(s.rgp_statuses, 'pendingDelete')] AS ends_at, sha256(target.release_seed || convert_to(d.name, 'UTF8')) AS lot
          FROM dos.domain AS d CROSS JOIN LATERAL dos_internal.domain_state(d, dos.now()) AS s
         WHERE d.zone_id = target.id AND d.deleted_at IS NOT NULL AND d.release_at IS NULL AND s.registered
           AND s.purge_at = opens + target.release_window AND opens > dos.now()
    ), placed AS (
        SELECT due.id, opens + target.release_window * ((row_number() OVER (ORDER BY due.lot) - 1)::float8 / count(*) OVER ()) AS at FROM due
    ), stored AS (
        UPDATE dos.domain AS d SET release_at = date_trunc('milliseconds', placed.at), next_event_at = date_trunc('milliseconds', placed.at)
          FROM placed WHERE d.id = placed.id RETURNING true
    )
    SELECT count(*) INTO names FROM stored;
END $$;
COMMENT ON FUNCTION dos.release_list_draw(text, date) IS
    'give the names that become free in a zone''s release window of a day their places in it, once and for all; how many. R2303, R2306 the zone has no list';

-- Tomorrow's lists, a day ahead.
CREATE FUNCTION dos_internal.release_lists() RETURNS bigint
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(sum(dos.release_list_draw(z.name, (dos.now() AT TIME ZONE 'UTC')::date + n)), 0)::bigint
      FROM dos.zone AS z, generate_series(0, 1) AS n WHERE z.release = 'list'
$$;
COMMENT ON FUNCTION dos_internal.release_lists() IS 'job: draw the release lists of today and tomorrow where zones have lists; returns how many names got a place';
INSERT INTO dos.job (name, lane, function, every) VALUES ('release_lists', 'lifecycle', 'dos_internal.release_lists()', '10 minutes');

CREATE FUNCTION dos.release_list(zone text, day date, OUT line text) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT 'release_at,name'
     UNION ALL
    (SELECT dos.iso8601(d.release_at) || ',' || d.name
       FROM dos.domain AS d JOIN dos.zone AS z ON z.id = d.zone_id AND z.name = dos.dname(release_list.zone) AND z.release = 'list'
      WHERE d.release_at >= day::timestamp AT TIME ZONE 'UTC' + z.release_hour
        AND d.release_at < day::timestamp AT TIME ZONE 'UTC' + z.release_hour + z.release_window
      ORDER BY d.release_at, d.name)
$$;
COMMENT ON FUNCTION dos.release_list(text, date) IS 'the published list of a day, as lines of CSV: when each name becomes free';
GRANT EXECUTE ON FUNCTION dos.release_list(text, date) TO dos_rdds, dos_epp;

-- Fairness can be checked afterwards: the digest of the seed is known before, the seed when another one is in use.
CREATE TABLE dos.release_seed (
    zone_id      int NOT NULL,
    seed         bytea NOT NULL,
    disclosed_at timestamptz NOT NULL DEFAULT dos.now(),
    CONSTRAINT release_seed_pkey PRIMARY KEY (zone_id, seed)
);
COMMENT ON TABLE dos.release_seed IS 'seeds from which lots were drawn and that are disclosed: the lot of a name is the first 32 bits of sha256(seed, name)';
SELECT pg_catalog.pg_extension_config_dump('dos.release_seed', '');

CREATE FUNCTION dos.release_seed_digest(zone text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT encode(sha256(z.release_seed), 'hex') FROM dos.zone AS z WHERE z.name = dos.dname(release_seed_digest.zone));
COMMENT ON FUNCTION dos.release_seed_digest(text) IS 'sha256 of the secret seed from which a zone draws lots now: publish it, and the seed when it is disclosed';

CREATE FUNCTION dos.release_seed_disclose(zone text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.zone;
BEGIN
    SELECT * INTO target FROM dos.zone AS z WHERE z.name = dos.dname(zone) FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM dos_internal.refuse(2303, 'zone_unknown', 'zone', format('zone "%s" does not exist', zone));
    END IF;
    -- every lot drawn from it is kept with its name first
    PERFORM dos_internal.domain_advance(d) FROM (SELECT o.* FROM dos.domain AS o WHERE o.zone_id = target.id AND o.next_event_at <= dos.now()
                                                 FOR NO KEY UPDATE) AS d;
    INSERT INTO dos.release_seed (zone_id, seed) VALUES (target.id, target.release_seed);
    UPDATE dos.zone AS z SET release_seed = uuid_send(gen_random_uuid()) WHERE z.id = target.id;
    RETURN encode(target.release_seed, 'hex');
END $$;
COMMENT ON FUNCTION dos.release_seed_disclose(text) IS 'disclose the seed from which a zone has drawn lots and draw the next ones from a new one; R2303';
