-- What happened to the names of a zone, as far as the monthly reports count it: one row for each happening, with the
-- registrar, the instant at which it took place (the clock may have been written down later) and the end of its grace.

CREATE TYPE dos_internal.report_happening AS (
    id bigint, what text, object_id bigint, object_name text, svtrid text, registrar text, other text, years int,
    at timestamptz, written_at timestamptz, ends_at timestamptz
);
COMMENT ON TYPE dos_internal.report_happening IS
    'an event that the monthly reports count: what, on which name, whose (other: the losing registrar of a transfer), when it took place, when it was written, when its grace ends';

-- The instant at which a name was purged, by the facts of its last version.
CREATE FUNCTION dos_internal.report_purged_at(object_id bigint, written_at timestamptz) RETURNS timestamptz
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    d     dos.domain;
    at    timestamptz;
    state dos.domain_state;
BEGIN
    SELECT v.* INTO d FROM (SELECT h.image, h.began_at FROM dos.object_history AS h
                             WHERE h.kind = 'domain' AND h.object_id = report_purged_at.object_id AND h.ended_at <= written_at ORDER BY h.id DESC LIMIT 1) AS h,
                           jsonb_populate_record(NULL::dos.domain, h.image) AS v;
    at := coalesce(d.deleted_at, d.updated_at, d.created_at);
    FOR step IN 1 .. 50 LOOP
        state := dos_internal.domain_state(d, at);
        IF NOT state.registered THEN
            RETURN least(at, written_at);
        END IF;
        EXIT WHEN state.next_event_at IS NULL OR state.next_event_at <= at OR state.next_event_at > written_at;
        at := state.next_event_at;
    END LOOP;
    RETURN written_at;
END $$;
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

-- Was a charge taken back in its grace? Money went back before its end, or went back with a transfer that took place before its end.
CREATE FUNCTION dos_internal.report_taken_back(object_id bigint, kind text, made_at timestamptz, ends_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM dos.ledger_entry AS e JOIN dos.ledger_entry AS r ON r.reverses_id = e.id AND r.kind = 'refund'
                    WHERE e.object_id = report_taken_back.object_id AND e.kind = report_taken_back.kind AND e.made_at = report_taken_back.made_at
                      AND (r.made_at < ends_at
                           OR EXISTS (SELECT FROM dos.outbox AS o
                                       WHERE o.object_id = report_taken_back.object_id AND o.event = 'domain.transfer_completed' AND o.happened_at = r.made_at
                                         AND (o.content -> 'transfer' ->> 'acts_at')::timestamptz < ends_at)))
$$;
COMMENT ON FUNCTION dos_internal.report_taken_back(bigint, text, timestamptz, timestamptz) IS
    'was the charge of a command refunded before its grace ended? The ledger says';

-- Nothing older than this before a month can end in it.
CREATE FUNCTION dos_internal.report_longest(zone dos.zone) RETURNS interval
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT max(greatest(p.add_grace, p.renew_grace, p.autorenew_grace, p.transfer_grace)) + interval '1 day'
      FROM unnest((zone).past_policies || dos_internal.zone_policy_of(zone, NULL)) AS p
$$;
COMMENT ON FUNCTION dos_internal.report_longest(dos.zone) IS 'the longest grace period that the zone has or had, and a day';

-- What a month holds cannot be estimated from here, and a nested loop over it would take hours: hence enable_nestloop.
CREATE FUNCTION dos_internal.report_happenings(zone dos.zone, since timestamptz) RETURNS SETOF dos_internal.report_happening
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp SET enable_nestloop = off AS $$
    WITH said AS MATERIALIZED (
        SELECT o.id, o.event, o.object_id, o.object_name, o.svtrid, o.happened_at, o.content, dos_internal.term_years((o.content ->> 'years')::int) AS years,
               coalesce(o.registrar, o.content -> 'notify' ->> 0, o.content ->> 'sponsor') AS who,
               (o.content -> 'transfer' ->> 'acts_at')::timestamptz AS acts_at
          FROM dos.outbox AS o
         WHERE o.happened_at >= (SELECT since - dos_internal.report_longest(zone))
           AND o.event = ANY ('{domain.created,domain.create_pending,domain.renewed,domain.autorenewed,domain.transfer_approved,domain.transfer_completed,
                                domain.transfer_rejected,domain.deleted,domain.purged,domain.restored,domain.restore_lapsed,domain.renewal_undone}')
           AND substr(o.object_name, strpos(o.object_name, '.') + 1) = (SELECT (zone).name::text))
    SELECT s.id, 'create', s.object_id, s.object_name, s.svtrid, s.who, NULL, s.years, s.happened_at, s.happened_at,
           greatest(dos.period_add(b.at, dos_internal.zone_period((zone).id, 'add_grace', b.at)), s.happened_at)
      FROM said AS s LEFT JOIN said AS w ON w.event = 'domain.create_pending' AND w.object_id = s.object_id, LATERAL (SELECT coalesce(w.happened_at, s.happened_at) AS at) AS b
     WHERE s.event = 'domain.created'
    UNION ALL
    SELECT s.id, 'renew', s.object_id, s.object_name, s.svtrid, s.who, NULL, s.years, s.happened_at, s.happened_at,
           dos.period_add(s.happened_at, dos_internal.zone_period((zone).id, 'renew_grace', s.happened_at))
      FROM said AS s WHERE s.event = 'domain.renewed'
    UNION ALL
    SELECT s.id, 'autorenew', s.object_id, s.object_name, s.svtrid, s.who, NULL, s.years, b.at, s.happened_at,
           dos.period_add(b.at, (dos_internal.zone_policy_at(zone, b.at, b.at)).autorenew_grace)
      FROM said AS s, LATERAL (SELECT least(s.happened_at, dos.period_add_years(e.at, -s.years, coalesce(dos_internal.report_created_at(s.object_id), e.at))) AS at
                                 FROM (SELECT (s.content ->> 'expires_at')::timestamptz AS at) AS e) AS b
     WHERE s.event = 'domain.autorenewed'
    UNION ALL
    SELECT s.id, 'transfer', s.object_id, s.object_name, s.svtrid, s.content -> 'transfer' ->> 'requester', s.content -> 'notify' ->> 0, NULL, s.acts_at, s.happened_at,
           CASE WHEN EXISTS (SELECT FROM dos.ledger_entry AS e WHERE e.object_id = s.object_id AND e.kind = 'transfer' AND e.made_at = s.happened_at AND e.years > 0)
                THEN dos.period_add(s.acts_at, (dos_internal.zone_policy_at(zone, s.acts_at, s.acts_at)).transfer_grace) ELSE s.acts_at END
      FROM said AS s WHERE s.event IN ('domain.transfer_approved', 'domain.transfer_completed')
    UNION ALL
    SELECT s.id, substr(s.event, 8), s.object_id, s.object_name, s.svtrid,
           CASE s.event WHEN 'domain.transfer_rejected' THEN s.content -> 'transfer' ->> 'requester' ELSE s.who END, s.content -> 'notify' ->> 0, NULL, t.at, s.happened_at, t.at
      FROM said AS s, LATERAL (SELECT CASE s.event WHEN 'domain.purged' THEN dos_internal.report_purged_at(s.object_id, s.happened_at)
                                                  WHEN 'domain.restore_lapsed' THEN dos_internal.report_lapsed_at(zone, s.object_id, s.happened_at) ELSE s.happened_at END AS at) AS t
     WHERE s.event IN ('domain.deleted', 'domain.purged', 'domain.transfer_rejected', 'domain.restored', 'domain.restore_lapsed', 'domain.renewal_undone')
$$;
COMMENT ON FUNCTION dos_internal.report_happenings(dos.zone, timestamptz) IS
    'what the monthly reports count of the names of a zone, from the events written since an instant and as long before as a grace can last';
