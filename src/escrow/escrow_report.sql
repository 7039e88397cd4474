-- What goes with a deposit: the report, what became of it, what is due, and the alarm when it is not there.

CREATE FUNCTION dos.escrow_report(deposit bigint, model text DEFAULT 'XML') RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT format(E'<?xml version="1.0" encoding="UTF-8"?>\n<rdeReport:report xmlns:rdeReport="urn:ietf:params:xml:ns:rdeReport-1.0" xmlns:rdeHeader="urn:ietf:params:xml:ns:rdeHeader-1.0">'
                  '<rdeReport:id>%s</rdeReport:id><rdeReport:version>1</rdeReport:version><rdeReport:rydeSpecEscrow>RFC8909</rdeReport:rydeSpecEscrow>'
                  '<rdeReport:rydeSpecMapping>RFC9022</rdeReport:rydeSpecMapping><rdeReport:resend>%s</rdeReport:resend><rdeReport:crDate>%s</rdeReport:crDate>'
                  '<rdeReport:kind>%s</rdeReport:kind><rdeReport:watermark>%s</rdeReport:watermark><rdeHeader:header><rdeHeader:tld>%s</rdeHeader:tld>%s</rdeHeader:header></rdeReport:report>',
                  d.deposit_id, d.resend, dos_internal.escrow_instant(d.created_at), CASE d.type WHEN 'THIN' THEN 'FULL' ELSE d.type END,
                  dos_internal.escrow_instant(d.watermark), d.zone,
                  (SELECT string_agg(format('<rdeHeader:count uri="urn:ietf:params:xml:ns:%s%s-1.0">%s</rdeHeader:count>',
                                            CASE WHEN model = 'CSV' AND k.n <= 6 THEN 'csv' ELSE 'rde' END, k.name, d.counts ->> k.kind), '' ORDER BY k.n)
                     FROM (VALUES (1, 'domain', 'Domain'), (2, 'host', 'Host'), (3, 'contact', 'Contact'), (4, 'registrar', 'Registrar'),
                                  (5, 'idn', 'IDN'), (6, 'nndn', 'NNDN'), (7, 'eppParams', 'EppParams'), (8, 'policy', 'Policy')) AS k (n, kind, name)
                    WHERE d.counts ? k.kind AND (model <> 'CSV' OR k.kind <> 'policy')))
      FROM dos.escrow_deposit AS d WHERE d.id = deposit AND d.state <> 'begun'
$$;
COMMENT ON FUNCTION dos.escrow_report(bigint, text) IS
    'the report of a written deposit for the escrow agent and ICANN (rdeReport-1.0): the statement that it was inspected and is complete, with the header of the deposit; '
    'model XML or CSV, as its objects were written; NULL before it is written';

-- What an escrow agent tells ICANN of a deposit; a registry that keeps its own, or tries one out, says it itself. Of a deposit
-- that did not come there is nothing to say but the last one that did.
CREATE FUNCTION dos.escrow_notification(deposit bigint, agent text DEFAULT NULL, status text DEFAULT 'DVPN', model text DEFAULT 'XML') RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT format(E'<?xml version="1.0" encoding="UTF-8"?>\n<rdeNotification:notification xmlns:rdeNotification="urn:ietf:params:xml:ns:rdeNotification-1.0">'
                  '<rdeNotification:deaName>%s</rdeNotification:deaName><rdeNotification:version>1</rdeNotification:version><rdeNotification:repDate>%s</rdeNotification:repDate>'
                  '<rdeNotification:status>%s</rdeNotification:status>%s%s%s</rdeNotification:notification>',
                  replace(replace(replace(a.name, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), to_char(d.watermark AT TIME ZONE 'UTC', 'YYYY-MM-DD'), status,
                  CASE WHEN status <> 'DRFN' THEN format('<rdeNotification:reDate>%s</rdeNotification:reDate><rdeNotification:vaDate>%1$s</rdeNotification:vaDate>', dos_internal.escrow_instant(dos.now())) END,
                  (SELECT '<rdeNotification:lastFullDate>' || to_char(max(f.watermark) AT TIME ZONE 'UTC', 'YYYY-MM-DD') || '</rdeNotification:lastFullDate>' FROM dos.escrow_deposit AS f
                    WHERE f.zone_id = d.zone_id AND f.type = 'FULL' AND f.state NOT IN ('begun', 'rejected') AND f.watermark <= d.watermark AND (f.id <> d.id OR status = 'DVPN')),
                  CASE WHEN status <> 'DRFN' THEN split_part(dos.escrow_report(d.id, model), E'\n', 2) END)
      FROM dos.escrow_deposit AS d,
           LATERAL (SELECT coalesce(agent, (SELECT o.escrow_agent FROM dos.zone AS z JOIN dos.operator AS o ON o.id = z.operator_id WHERE z.id = d.zone_id))) AS a (name)
     WHERE d.id = deposit AND d.state <> 'begun' AND status IN ('DVPN', 'DVFN', 'DRFN') AND length(a.name) BETWEEN 1 AND 255
$$;
COMMENT ON FUNCTION dos.escrow_notification(bigint, text, text, text) IS
    'the notification of a written deposit for ICANN (rdeNotification-1.0): DVPN it was verified, DVFN it is not valid, both with the report (model XML or CSV); DRFN it did not come. '
    'agent NULL: the one of the zone''s operator (dos.operator.escrow_agent). NULL before it is written, and without an agent';

CREATE FUNCTION dos.escrow_deposit_note(deposit bigint, state text, note text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    made dos.escrow_deposit;
BEGIN
    IF state IS NULL OR state NOT IN ('delivered', 'accepted', 'rejected') THEN
        PERFORM dos_internal.refuse(2005, 'escrow_deposit_state_known', 'state', 'a deposit becomes delivered, accepted or rejected');
    END IF;
    UPDATE dos.escrow_deposit AS d SET state = escrow_deposit_note.state, noted_at = dos.now(), note = escrow_deposit_note.note
     WHERE d.id = deposit AND d.state <> 'begun' RETURNING d.* INTO made;
    IF made.id IS NULL THEN
        PERFORM dos_internal.refuse(2303, 'escrow_deposit_unknown', 'deposit', format('deposit %s is not written', deposit));
    END IF;
    PERFORM dos_internal.outbox_put('escrow.' || made.state, made.zone, made.id, NULL, NULL, NULL,
        jsonb_build_object('deposit', made.deposit_id, 'type', made.type, 'resend', made.resend, 'note', note));
END $$;
COMMENT ON FUNCTION dos.escrow_deposit_note(bigint, text, text) IS
    'note that a deposit was delivered, or that the agent accepted or rejected it; after a rejection the next one of that watermark has the next resend number. R2005, R2303';

-- As of 00:00 UTC; on full_day (and when there is nothing to differ from) all of it. What ICANN fetches when thin_day begins is of the day before
-- (registry agreement, Specification 4 section 3).
CREATE FUNCTION dos.escrow_due(OUT zone text, OUT type text, OUT watermark timestamptz, OUT resend int) RETURNS SETOF record
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH today AS (SELECT date_trunc('day', dos.now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS midnight,
                          extract(dow FROM dos.now() AT TIME ZONE 'UTC') AS day)
    SELECT z.name::text, w.type, t.midnight, coalesce(l.resend + 1, 0)
      FROM today AS t, dos.escrow_setting AS s
      JOIN dos.zone AS z ON z.id = s.zone_id,
           LATERAL (SELECT CASE WHEN s.differential AND t.day <> s.full_day AND dos_internal.escrow_may_differ(z.id)
                                THEN 'DIFF' ELSE 'FULL' END
                    UNION ALL SELECT 'THIN' WHERE (t.day + 1) % 7 = s.thin_day) AS w (type)
      LEFT JOIN LATERAL (SELECT d.state, d.resend FROM dos.escrow_deposit AS d
                          WHERE d.zone_id = z.id AND d.watermark = t.midnight AND (d.type = 'THIN') = (w.type = 'THIN') AND d.state <> 'begun'
                          ORDER BY d.resend DESC, d.id DESC LIMIT 1) AS l ON true
     WHERE s.daily AND z.created_at <= t.midnight AND coalesce(l.state, 'rejected') = 'rejected'
     ORDER BY z.name, w.type
$$;
COMMENT ON FUNCTION dos.escrow_due() IS
    'the deposits that today''s watermark, 00:00 UTC, still wants: those not written yet, and those rejected, with their resend number';

CREATE FUNCTION dos_internal.escrow_watch() RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    late record;
    told bigint := 0;
BEGIN
    FOR late IN SELECT d.zone, d.type, d.watermark, s.zone_id FROM dos.escrow_due() AS d
                  JOIN dos.zone AS z ON z.name = d.zone JOIN dos.escrow_setting AS s ON s.zone_id = z.id
                 WHERE dos.now() >= d.watermark + s.due_within AND s.alarmed_at IS DISTINCT FROM d.watermark LOOP
        PERFORM dos_internal.outbox_put('escrow.missing', late.zone, late.zone_id::bigint, NULL, NULL, NULL, jsonb_build_object('type', late.type, 'watermark', late.watermark));
        UPDATE dos.escrow_setting AS s SET alarmed_at = late.watermark WHERE s.zone_id = late.zone_id;
        told := told + 1;
    END LOOP;
    RETURN 0;
END $$;
COMMENT ON FUNCTION dos_internal.escrow_watch() IS 'job: event escrow.missing, once a day, for a zone whose deposit is not written in time';
INSERT INTO dos.job (name, lane, function, every, on_wake) VALUES ('escrow_watch', 'default', 'dos_internal.escrow_watch()', '5 minutes', false);

-- Before a deposit leaves, its finished file is read again; what was set aside is known to be missing.
CREATE FUNCTION dos.escrow_set_aside(deposit bigint, OUT kind text, OUT key text) RETURNS SETOF record
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT q.kind, q.key FROM dos.escrow_quarantine AS q WHERE q.deposit_id = deposit
$$;
COMMENT ON FUNCTION dos.escrow_set_aside(bigint) IS 'the objects that a deposit is without, because it would not have been valid with them';
