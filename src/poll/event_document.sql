-- An event as one document for readers outside: who did what to which object, what it was before and is after, what it cost.
-- It is put together when it is read, from the event, the object's history and the ledger, so that no command pays for it.

-- The version of an object before an event's transaction and the one after it; none before it was, none after it is gone.
CREATE FUNCTION dos_internal.event_images(e dos.outbox, kind text, present jsonb, OUT before jsonb, OUT after jsonb)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    first bigint;
    last  bigint;
BEGIN
    -- transaction numbers mean something in their own cluster only; after a move to another one the instant must do
    SELECT min(h.id), max(h.id) INTO first, last FROM dos.object_history AS h
     WHERE h.kind = event_images.kind AND h.object_id = e.object_id AND h.ended_at = e.happened_at
       AND (h.transaction = e.transaction OR e.cluster <> dos_internal.cluster_id());
    before := (SELECT h.image FROM dos.object_history AS h WHERE h.object_id = e.object_id AND h.kind = event_images.kind AND h.id = first);
    SELECT h.image INTO after FROM dos.object_history AS h
     WHERE h.kind = event_images.kind AND h.object_id = e.object_id AND h.id > coalesce(last, 0) AND (last IS NOT NULL OR h.ended_at >= e.happened_at)
     ORDER BY h.id LIMIT 1;
    after := coalesce(after, present);
    IF e.event LIKE '%.created' OR e.event LIKE '%.create_pending' THEN
        before := NULL;
    ELSIF first IS NULL THEN
        before := after;                                    -- it tells of something else than a change
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.event_images(dos.outbox, text, jsonb) IS 'the object of an event as rows without secrets, before and after';

-- A row as a document shows it: no hashes, nothing that is empty.
CREATE FUNCTION dos_internal.event_image(image jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE
RETURN jsonb_strip_nulls(image - '{auth_hash,act}'::text[] #- '{pending,request,auth_hash}');
COMMENT ON FUNCTION dos_internal.event_image(jsonb) IS 'the row of an object without secrets';

CREATE FUNCTION dos_internal.event_charges(e dos.outbox) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('entry', l.id, 'kind', l.kind, 'sku', coalesce(z.name || '/' || p.command || coalesce('/' || p.class, ''), l.kind),
               'price', l.price_id, 'years', l.years, 'amount', dos.money_text(CASE WHEN d.registrar_id IS NULL THEN -l.amount_minor ELSE l.amount_minor END, d.currency),
               'currency', d.currency, 'registrar', dos_internal.registrar_clid(coalesce(d.registrar_id, c.registrar_id)), 'reverses', l.reverses_id)) ORDER BY l.id), '[]')
      FROM dos.ledger_entry AS l
      JOIN dos.account AS d ON d.id = l.debit_account_id
      JOIN dos.account AS c ON c.id = l.credit_account_id
      LEFT JOIN dos.price AS p ON p.id = l.price_id
      LEFT JOIN dos.zone AS z ON z.id = p.zone_id
     WHERE l.object_id = e.object_id AND l.made_at = e.happened_at AND l.svtrid IS NOT DISTINCT FROM e.svtrid
       AND (d.registrar_id IS NOT NULL OR c.registrar_id IS NOT NULL)
$$;
COMMENT ON FUNCTION dos_internal.event_charges(dos.outbox) IS 'what a registrar paid (below zero: got back) in the transaction of an event, entry by entry';

CREATE FUNCTION dos.event_document(event dos.outbox) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    kind    text := split_part(event.event, '.', 1);
    present jsonb;
    images  record;
    answer  jsonb;
BEGIN
    answer := jsonb_build_object('version', 1, 'id', event.id, 'event', event.event, 'at', dos.iso8601(event.happened_at),
                                 'object', jsonb_strip_nulls(jsonb_build_object('kind', kind, 'name', event.object_name, 'id', event.object_id)),
                                 'actor', event.registrar, 'cltrid', event.cltrid, 'svtrid', event.svtrid,
                                 'correlation', event.cluster || '-' || event.transaction, 'content', coalesce(event.content, '{}') - 'notify');
    IF kind NOT IN ('domain', 'contact', 'host') OR event.object_id IS NULL THEN
        RETURN answer;
    END IF;
    present := CASE kind WHEN 'domain' THEN (SELECT to_jsonb(o) FROM dos.domain AS o WHERE o.id = event.object_id)
                         WHEN 'contact' THEN (SELECT to_jsonb(o) FROM dos.contact AS o WHERE o.id = event.object_id)
                         ELSE (SELECT to_jsonb(o) FROM dos.host AS o WHERE o.id = event.object_id) END;
    images := dos_internal.event_images(event, kind, present);
    RETURN answer || jsonb_build_object('before', dos_internal.event_image(images.before), 'after', dos_internal.event_image(images.after))
           || CASE kind WHEN 'domain' THEN jsonb_build_object('charges', dos_internal.event_charges(event)) ELSE '{}' END;
END $$;
COMMENT ON FUNCTION dos.event_document(dos.outbox) IS
    'an event as a document of version 1: id, event, at, object (kind, name, id), actor, cltrid, svtrid, correlation (events of one transaction share it), content, '
    'before and after its transaction (rows without secrets, null when there is none), charges (entry, kind, sku, price, years, amount, currency, registrar, reverses)';
