-- Proof that what was done was charged, and what was charged was done. Event and entry of a command are of one
-- transaction, so they carry the same instant; events that say an amount are those of billable commands.

CREATE FUNCTION dos.billing_verify(since timestamptz DEFAULT '-infinity', OUT problem text, OUT object_name text, OUT entry_id bigint, OUT detail text) RETURNS SETOF record
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH kinds (event, kind) AS (VALUES ('domain.created', 'create'), ('application.created', 'create'), ('domain.renewed', 'renew'), ('domain.autorenewed', 'autorenew')),
    said AS (SELECT o.id, o.object_name, o.object_id, o.happened_at, k.kind, (o.content ->> 'amount_minor')::bigint AS amount_minor
               FROM dos.outbox AS o JOIN kinds AS k ON k.event = o.event WHERE o.happened_at >= since AND o.content ? 'amount_minor')
    SELECT 'command_without_entry', s.object_name, NULL::bigint, format('%s at %s for %s has no entry of this amount', s.kind, dos.iso8601(s.happened_at), s.amount_minor)
      FROM said AS s
     WHERE NOT EXISTS (SELECT FROM dos.ledger_entry AS e WHERE e.object_id = s.object_id AND e.kind = s.kind AND e.made_at = s.happened_at
                          AND e.amount_minor + coalesce((SELECT sum(p.amount_minor) FROM dos.ledger_entry AS p
                                                          WHERE e.pricing IS NOT NULL AND p.object_id = e.object_id AND p.pricing ->> 'with' = e.id::text), 0) = s.amount_minor)
    UNION ALL
    SELECT 'entry_without_command', e.object_name, e.id, format('%s of %s at %s', e.kind, e.amount_minor, dos.iso8601(e.made_at))
      FROM dos.ledger_entry AS e
     WHERE e.kind IN ('create', 'renew', 'autorenew') AND e.made_at >= greatest(since, (SELECT min(o.happened_at) FROM dos.outbox AS o)) AND e.pricing ->> 'with' IS NULL
       AND NOT EXISTS (SELECT FROM dos.outbox AS o WHERE o.object_name = e.object_name AND o.object_id = e.object_id AND o.happened_at = e.made_at AND (o.event LIKE 'domain.%' OR o.event = 'application.created'))
    UNION ALL
    SELECT 'grace_without_entry', d.name, g.entry_id, format('grace %s of a domain refers to an entry of another', g.kind)
      FROM dos.domain AS d, unnest(d.graces) AS g
     WHERE g.entry_id IS NOT NULL AND NOT EXISTS (SELECT FROM dos.ledger_entry AS e WHERE e.id = g.entry_id AND e.object_id = d.id AND e.reverses_id IS NULL)
    UNION ALL
    SELECT 'refund_twice_kept', d.name, g.entry_id, format('grace %s still stands for an entry that was taken back', g.kind)
      FROM dos.domain AS d, unnest(d.graces) AS g
     WHERE g.entry_id IS NOT NULL AND EXISTS (SELECT FROM dos.ledger_entry AS e WHERE e.reverses_id = g.entry_id)
    ORDER BY 2, 3, 1
$$;
COMMENT ON FUNCTION dos.billing_verify(timestamptz) IS
    'what is wrong between commands and charges since an instant: events of billable commands against entries of the same transaction, both ways as far back as '
    'the outbox goes, and grace periods against the entries they would refund. No row is the proof';

-- Automatic renewals that are due and not yet written down: readable before the worker comes by.
CREATE VIEW dos.autorenew_due AS
    SELECT d.name, dos_internal.registrar_clid(d.registrar_id) AS registrar, d.expires_at AS due_at, 
           dos_internal.term_times((dos_internal.zone_policy_at(dos_internal.zone_get(d.zone_id), d.expires_at, d.expires_at)).autorenew_years, s.renewals) AS years
      FROM dos.domain AS d, LATERAL dos_internal.domain_state(d, dos.now()) AS s
     WHERE d.next_event_at <= dos.now() + interval '1 day' AND d.expires_at <= dos.now() AND d.deleted_at IS NULL AND s.renewals > 0;
COMMENT ON VIEW dos.autorenew_due IS 'automatic renewals whose instant has come and which are not charged yet; years: of all that are due, or dos.months()';
