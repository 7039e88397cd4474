-- Rehearsal: a command runs as it would, everything it did is told, and all of it is taken back.

-- Is a row that can be seen, with this xmin, of this transaction? What others have committed is no longer in progress.
CREATE FUNCTION dos_internal.is_own_row(row_xmin xid) RETURNS boolean
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    SELECT pg_xact_status(CASE WHEN own.epoch + row_xmin::text::bigint > own.whole + 1000000000 THEN own.epoch + row_xmin::text::bigint - 4294967296
                               ELSE own.epoch + row_xmin::text::bigint END::text::xid8) = 'in progress'
      FROM (SELECT pg_current_xact_id()::text::bigint AS whole, (pg_current_xact_id()::text::bigint >> 32) << 32 AS epoch) AS own
$$;
COMMENT ON FUNCTION dos_internal.is_own_row(xid) IS 'whether a visible row was written by this transaction, subtransactions included';

-- What the publisher would make of the names marked since: records that come and go.
CREATE FUNCTION dos_internal.rehearsed_records(since bigint) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    marked  record;
    zone    dos.zone;
    changes jsonb := '[]';
BEGIN
    FOR marked IN SELECT d.zone_id, array_agg(DISTINCT d.owner) AS owners FROM dos.dns_dirty AS d
                   WHERE d.id > since AND dos_internal.is_own_row(d.xmin) GROUP BY d.zone_id ORDER BY d.zone_id LOOP
        zone := dos_internal.zone_get(marked.zone_id);
        CONTINUE WHEN NOT zone.published;
        changes := changes || coalesce((
            SELECT jsonb_agg(jsonb_build_object('change', c.change, 'record', c.record) ORDER BY c.record, c.change)
              FROM (SELECT CASE WHEN was.record IS NULL THEN 'added' ELSE 'removed' END AS change, coalesce(new.record, was.record) AS record
                      FROM (SELECT format('%s. %s %s %s', i.owner, i.ttl, dos_internal.dns_type_text(i.rtype), dos_internal.dns_rdata_text(i.rtype, r)) AS record
                              FROM dos.dns_image AS i, unnest(i.rdata) AS r
                             WHERE i.zone_id = zone.id AND i.owner = ANY (dos_internal.dns_affected(zone, marked.owners))) AS was
                      FULL JOIN (SELECT format('%s. %s %s %s', i.owner, i.ttl, dos_internal.dns_type_text(i.rtype), dos_internal.dns_rdata_text(i.rtype, r)) AS record
                              FROM dos_internal.dns_rrsets(zone, dos_internal.dns_affected(zone, marked.owners)) AS i, unnest(i.rdata) AS r) AS new USING (record)
                     WHERE was.record IS NULL OR new.record IS NULL) AS c), '[]');
    END LOOP;
    RETURN nullif(changes, '[]');
END $$;
COMMENT ON FUNCTION dos_internal.rehearsed_records(bigint) IS 'what a publication would change for the names that this transaction has marked after a place in the queue';

CREATE TYPE dos.rehearsal AS (
    code text, reason text, element text, message text, detail text, answer jsonb, money jsonb, records jsonb, messages jsonb, events jsonb
);
COMMENT ON TYPE dos.rehearsal IS
    'what a command would do: its result or refusal; the entries it would write with their price lines; the DNS records that would come and go; '
    'the messages registrars would get; the events';

-- Where tables that commands append to are now: what comes after and is ours was made by the command.
CREATE FUNCTION dos_internal.rehearsed_money(since bigint) RETURNS jsonb
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('from', coalesce(dr.clid, d.kind), 'to', coalesce(cr.clid, c.kind), 'amount', dos.money_text(e.amount_minor, d.currency),
                                        'currency', d.currency, 'kind', e.kind, 'object', e.object_name, 'years', e.years, 'price_id', e.price_id,
                                        'lines', e.pricing -> 'lines', 'conversion', e.pricing -> 'conversion')) ORDER BY e.id)
      FROM dos.ledger_entry AS e
      JOIN dos.account AS d ON d.id = e.debit_account_id LEFT JOIN dos.registrar AS dr ON dr.id = d.registrar_id
      JOIN dos.account AS c ON c.id = e.credit_account_id LEFT JOIN dos.registrar AS cr ON cr.id = c.registrar_id
     WHERE e.id > since AND dos_internal.is_own_row(e.xmin)
$$;
COMMENT ON FUNCTION dos_internal.rehearsed_money(bigint) IS 'the ledger entries this transaction has written after an id';

CREATE FUNCTION dos.rehearse(command text) RETURNS dos.rehearsal
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    entries  bigint := nextval('dos.ledger_entry_id_seq');
    events   bigint := nextval('dos.outbox_id_seq');
    messages bigint := nextval('dos.poll_message_id_seq');
    marks    bigint := nextval('dos.dns_dirty_id_seq');
    told     dos.rehearsal;
BEGIN
    IF command !~* '^\s*select\M' THEN
        PERFORM dos_internal.refuse(2001, 'rehearsal_command', 'command', 'a rehearsal is of a SELECT', 'For example: SELECT dos.domain_create(''acme'', ''a.example'').');
    END IF;
    BEGIN
        EXECUTE format('SELECT to_jsonb(answer) FROM (%s) AS answer LIMIT 1', rtrim(command, E'; \n\t')) INTO told.answer;
        -- SELECT f(...) gives one column that holds the row; SELECT * FROM f(...) gives the row
        IF (SELECT count(*) = 1 FROM jsonb_object_keys(told.answer)) THEN
            told.answer := (SELECT CASE jsonb_typeof(value) WHEN 'object' THEN value ELSE told.answer END FROM jsonb_each(told.answer));
        END IF;
        told.code := coalesce(told.answer ->> 'code', 'ok');
        told.money := dos_internal.rehearsed_money(entries);
        told.records := dos_internal.rehearsed_records(marks);
        told.messages := (SELECT jsonb_agg(jsonb_build_object('to', r.clid, 'event', m.event, 'text', m.text) ORDER BY m.id)
                            FROM dos.poll_message AS m JOIN dos.registrar AS r ON r.id = m.registrar_id WHERE m.id > messages AND dos_internal.is_own_row(m.xmin));
        told.events := (SELECT jsonb_agg(jsonb_build_object('event', o.event, 'object', o.object_name, 'content', o.content) ORDER BY o.id)
                          FROM dos.outbox AS o WHERE o.id > events AND dos_internal.is_own_row(o.xmin));
        RAISE EXCEPTION 'rehearsed' USING ERRCODE = 'R1000';
    EXCEPTION
        WHEN SQLSTATE 'R1000' THEN
            NULL;
        WHEN OTHERS THEN
            GET STACKED DIAGNOSTICS told.code = RETURNED_SQLSTATE, told.reason = CONSTRAINT_NAME, told.element = COLUMN_NAME,
                                    told.message = MESSAGE_TEXT, told.detail = PG_EXCEPTION_DETAIL;
            told.code := ltrim(told.code, 'R');
            told.reason := nullif(told.reason, '');
            told.element := nullif(told.element, '');
            told.detail := nullif(told.detail, '');
    END;
    RETURN told;
END $$;
COMMENT ON FUNCTION dos.rehearse(text) IS
    'run a command given as SELECT, tell what it would answer, charge, publish, tell registrars and announce, and take it all back; with the caller''s rights, names with their schema. '
    'Rules changed before in the same transaction count, so a policy can be tried: BEGIN; change; SELECT dos.rehearse(...); ROLLBACK. R2001';
