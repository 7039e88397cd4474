-- When things took place that the clock did and somebody wrote down later. Events say it themselves; of older ones the
-- versions of the object know.

-- The instant at which a name was purged, by the facts of its last version.
CREATE FUNCTION dos_internal.report_purged_at(object_id bigint, written_at timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT dos_internal.domain_gone_at(v, written_at)
                       FROM (SELECT h.image FROM dos.object_history AS h
                              WHERE h.kind = 'domain' AND h.object_id = report_purged_at.object_id AND h.ended_at <= written_at ORDER BY h.id DESC LIMIT 1) AS h,
                            jsonb_populate_record(NULL::dos.domain, h.image) AS v), written_at)
$$;
COMMENT ON FUNCTION dos_internal.report_purged_at(bigint, timestamptz) IS 'when a name left the registry by the clock, which may have been written down later';

CREATE FUNCTION dos_internal.report_lapsed_at(zone dos.zone, object_id bigint, written_at timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT least(dos.period_add(r.at, (dos_internal.zone_policy_at(zone, r.at, r.at)).pending_restore), written_at)
                       FROM (SELECT (h.image ->> 'restore_at')::timestamptz AS at FROM dos.object_history AS h
                              WHERE h.kind = 'domain' AND h.object_id = report_lapsed_at.object_id AND h.ended_at <= written_at
                                AND h.image ->> 'restore_at' IS NOT NULL ORDER BY h.id DESC LIMIT 1) AS r), written_at)
$$;
COMMENT ON FUNCTION dos_internal.report_lapsed_at(dos.zone, bigint, timestamptz) IS 'when a restore lapsed by the clock for want of its report, which may have been written down later';

-- Did a delete come in the add grace period? The version it ended knows.
CREATE FUNCTION dos_internal.report_in_add_grace(object_id bigint, deleted_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT EXISTS (SELECT FROM jsonb_array_elements(h.image -> 'graces') AS g
                                     WHERE g ->> 'kind' = 'add' AND (g ->> 'ends_at')::timestamptz > report_in_add_grace.deleted_at)
                       FROM dos.object_history AS h
                      WHERE h.kind = 'domain' AND h.object_id = report_in_add_grace.object_id AND h.ended_at <= report_in_add_grace.deleted_at
                      ORDER BY h.id DESC LIMIT 1), false)
$$;
COMMENT ON FUNCTION dos_internal.report_in_add_grace(bigint, timestamptz) IS 'was a name, deleted at an instant, in its add grace period?';

CREATE FUNCTION dos_internal.report_created_at(object_id bigint) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT d.created_at FROM dos.domain AS d WHERE d.id = report_created_at.object_id),
                    (SELECT (h.image ->> 'created_at')::timestamptz FROM dos.object_history AS h
                      WHERE h.kind = 'domain' AND h.object_id = report_created_at.object_id ORDER BY h.id DESC LIMIT 1))
$$;
COMMENT ON FUNCTION dos_internal.report_created_at(bigint) IS 'when a domain, present or past, was created';

-- Nothing older than this before a month can end in it.
CREATE FUNCTION dos_internal.report_longest(zone dos.zone) RETURNS interval
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT max(greatest(p.add_grace, p.renew_grace, p.autorenew_grace, p.transfer_grace)) + interval '1 day'
      FROM unnest((zone).past_policies || dos_internal.zone_policy_of(zone, NULL)) AS p
$$;
COMMENT ON FUNCTION dos_internal.report_longest(dos.zone) IS 'the longest grace period that the zone has or had, and a day';

-- The events one after the other, in C: what each counts as in a time, or (counted) only the numbers.
CREATE FUNCTION dos_internal.report_count(zone_id int, first timestamptz, next timestamptz, counted boolean, wanted text, OUT registrar text, OUT column_name text, OUT amount bigint,
                                          OUT at timestamptz, OUT object_name text, OUT svtrid text, OUT event text, OUT took_place_at timestamptz, OUT other text)
RETURNS SETOF record
LANGUAGE c STABLE AS 'MODULE_PATHNAME', 'dos_sql_report_count';
COMMENT ON FUNCTION dos_internal.report_count(int, timestamptz, timestamptz, boolean, text) IS
    'what the events of a zone count as in a time: each by itself (of one column, if wanted), or counted by registrar and column; column "created" is the names created, always counted';
