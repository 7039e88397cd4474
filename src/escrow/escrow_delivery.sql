-- From a written deposit to one that the agent has and has accepted: sent by SFTP, told to ICANN (registry reporting
-- interface), accepted or rejected. dos-escrow does the sending; here is what is to be done, and what came of it.

CREATE TABLE dos.escrow_delivery (
    deposit_id     bigint CONSTRAINT escrow_delivery_pkey PRIMARY KEY CONSTRAINT escrow_delivery_deposit REFERENCES dos.escrow_deposit ON DELETE CASCADE,
    state          text NOT NULL DEFAULT 'waiting' CONSTRAINT escrow_delivery_state_known CHECK (state IN ('waiting', 'delivered', 'notified', 'refused')),
    attempts       int  NOT NULL DEFAULT 0,
    tried_at       timestamptz,
    next_at        timestamptz,
    error          text,
    files          text[] NOT NULL DEFAULT '{}',
    delivered_at   timestamptz,
    notice_http    int,
    notice_code    int,
    notice_message text,
    noticed_at     timestamptz,
    alarmed_at     timestamptz
);
COMMENT ON TABLE dos.escrow_delivery IS
    'delivery of a deposit: waiting (to be sent, or tried again at next_at), delivered (the agent has the files), notified (ICANN has the report), refused (ICANN refused it for good)';
COMMENT ON COLUMN dos.escrow_delivery.attempts IS 'in a row that failed, of sending or of telling';
COMMENT ON COLUMN dos.escrow_delivery.notice_code IS 'result code of the reporting interface: 1000 accepted, 2007 not open for this zone now, others why it was refused';
COMMENT ON COLUMN dos.escrow_delivery.alarmed_at IS 'when event escrow.unaccepted told that the agent had not accepted it in time';
SELECT pg_catalog.pg_extension_config_dump('dos.escrow_delivery', '');

-- A thin deposit is ICANN's to fetch, a plain one nobody's.
CREATE FUNCTION dos.escrow_deliveries(OUT deposit bigint, OUT zone text, OUT deposit_id text, OUT prefix text, OUT suffix text, OUT day date, OUT send boolean, OUT tell boolean, OUT ask boolean)
RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT d.id, d.zone, d.deposit_id, split_part(dos.escrow_file_name(d), '_S1_', 1), split_part(dos.escrow_file_name(d), '_S1_', 2), (d.watermark AT TIME ZONE 'UTC')::date,
           d.state = 'written', coalesce(y.state, 'waiting') IN ('waiting', 'delivered'), d.state IN ('written', 'delivered')
      FROM dos.escrow_deposit AS d JOIN dos.escrow_setting AS s ON s.zone_id = d.zone_id AND s.deliver
      LEFT JOIN dos.escrow_delivery AS y ON y.deposit_id = d.id
     WHERE d.type <> 'THIN' AND (d.state IN ('written', 'delivered') OR (d.state = 'accepted' AND coalesce(y.state, 'waiting') IN ('waiting', 'delivered')))
       AND d.watermark > dos.now() - interval '31 days' AND coalesce(y.next_at <= dos.now(), true)
     ORDER BY d.watermark, d.id
$$;
COMMENT ON FUNCTION dos.escrow_deliveries() IS
    'deposits of zones that are delivered (dos.escrow_setting) with something to do now, the oldest first: send the files, tell ICANN, ask whether the agent accepted it; names of their files';

-- Tried again after 1, 2, 4, ... minutes, at most an hour.
CREATE FUNCTION dos_internal.escrow_retry(attempts int) RETURNS interval
LANGUAGE sql IMMUTABLE
RETURN least(interval '1 minute' * 2 ^ least(attempts, 10), interval '1 hour');
COMMENT ON FUNCTION dos_internal.escrow_retry(int) IS 'how long to wait after so many failures before this one';

CREATE FUNCTION dos.escrow_delivery_failed(deposit bigint, error text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO dos.escrow_delivery AS y (deposit_id, attempts, tried_at, next_at, error)
    SELECT d.id, 1, dos.now(), dos.now() + dos_internal.escrow_retry(0), escrow_delivery_failed.error FROM dos.escrow_deposit AS d WHERE d.id = deposit
    ON CONFLICT ON CONSTRAINT escrow_delivery_pkey DO UPDATE
       SET attempts = y.attempts + 1, tried_at = dos.now(), next_at = dos.now() + dos_internal.escrow_retry(y.attempts), error = excluded.error
$$;
COMMENT ON FUNCTION dos.escrow_delivery_failed(bigint, text) IS 'a deposit could not be sent, or nobody answered: note why, and when to try again (1, 2, 4, ... minutes later, at most an hour)';

CREATE FUNCTION dos.escrow_delivered(deposit bigint, files text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM dos.escrow_deposit AS d WHERE d.id = deposit AND d.state = 'written') THEN
        PERFORM dos.escrow_deposit_note(deposit, 'delivered', array_to_string(files, ' '));
        INSERT INTO dos.escrow_delivery AS y (deposit_id, state, files, tried_at, delivered_at) VALUES (deposit, 'delivered', escrow_delivered.files, dos.now(), dos.now())
        ON CONFLICT ON CONSTRAINT escrow_delivery_pkey DO UPDATE
           SET state = 'delivered', files = excluded.files, tried_at = dos.now(), delivered_at = dos.now(), attempts = 0, next_at = NULL, error = NULL;
    END IF;
END $$;
COMMENT ON FUNCTION dos.escrow_delivered(bigint, text[]) IS 'the files of a deposit are at the agent''s; said twice it changes nothing';

-- Only what may be otherwise tomorrow is tried again: 2007 (the interface is not open for the zone), a server that fails (5xx)
-- or asks to slow down (429). HTTP 200 does not mean accepted; code 1000 does.
CREATE FUNCTION dos.escrow_noticed(deposit bigint, http int, code int, message text, OUT state text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    again boolean := http >= 500 OR http = 429 OR code IS NOT DISTINCT FROM 2007;
    made  dos.escrow_deposit;
BEGIN
    SELECT d.* INTO made FROM dos.escrow_deposit AS d WHERE d.id = deposit AND d.state IN ('delivered', 'accepted', 'rejected');
    IF made.id IS NULL THEN
        PERFORM dos_internal.refuse(2303, 'escrow_deposit_unknown', 'deposit', format('deposit %s is not delivered', deposit));
    END IF;
    state := CASE WHEN code = 1000 AND http = 200 THEN 'notified' WHEN again THEN 'delivered' ELSE 'refused' END;
    INSERT INTO dos.escrow_delivery AS y (deposit_id, state, attempts, tried_at, next_at, error, notice_http, notice_code, notice_message, noticed_at)
    VALUES (deposit, state, again::int, dos.now(), CASE WHEN again THEN dos.now() + dos_internal.escrow_retry(0) END, CASE WHEN escrow_noticed.state <> 'notified' THEN message END, http, code, message, dos.now())
    ON CONFLICT ON CONSTRAINT escrow_delivery_pkey DO UPDATE
       SET state = excluded.state, attempts = CASE WHEN again THEN y.attempts + 1 ELSE 0 END, tried_at = dos.now(),
           next_at = CASE WHEN again THEN dos.now() + dos_internal.escrow_retry(y.attempts) END, error = excluded.error,
           notice_http = excluded.notice_http, notice_code = excluded.notice_code, notice_message = excluded.notice_message, noticed_at = dos.now();
    IF NOT again THEN
        PERFORM dos_internal.outbox_put('escrow.' || CASE state WHEN 'notified' THEN 'notified' ELSE 'notice_refused' END, made.zone, made.id, NULL, NULL, NULL,
            jsonb_build_object('deposit', made.deposit_id, 'type', made.type, 'resend', made.resend, 'http', http, 'code', code, 'message', message));
    END IF;
END $$;
COMMENT ON FUNCTION dos.escrow_noticed(bigint, int, int, text) IS
    'ICANN answered the report of a delivered deposit: HTTP status, result code and words are kept. Notified with 1000; tried again after 2007, 429 and 5xx; else refused. R2303';

-- What the agent told ICANN: DVPN it verified the deposit, DVFN it could not.
CREATE FUNCTION dos.escrow_agent_said(deposit bigint, status text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF status NOT IN ('DVPN', 'DVFN') OR NOT EXISTS (SELECT FROM dos.escrow_deposit AS d WHERE d.id = deposit AND d.state = 'delivered') THEN
        RETURN false;
    END IF;
    PERFORM dos.escrow_deposit_note(deposit, CASE status WHEN 'DVPN' THEN 'accepted' ELSE 'rejected' END, 'agent''s notification ' || status);
    RETURN true;
END $$;
COMMENT ON FUNCTION dos.escrow_agent_said(bigint, text) IS
    'the agent''s notification about a delivered deposit: DVPN accepts it, DVFN rejects it (it is due again under the next resend number); false when that says nothing new';

CREATE FUNCTION dos_internal.escrow_unaccepted() RETURNS TABLE (deposit_id bigint, zone text, deposit text, resend int, state text, error text, since timestamptz)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT d.id, d.zone, d.deposit_id, d.resend, d.state, coalesce(y.error, d.note), d.watermark + s.accepted_within
      FROM dos.escrow_deposit AS d JOIN dos.escrow_setting AS s ON s.zone_id = d.zone_id AND s.deliver LEFT JOIN dos.escrow_delivery AS y ON y.deposit_id = d.id
     WHERE d.type <> 'THIN' AND d.state IN ('written', 'delivered', 'rejected') AND d.watermark + s.accepted_within <= dos.now() AND d.watermark > dos.now() - interval '31 days'
       -- one that came later, for the same day or after it, makes up for it
       AND NOT EXISTS (SELECT FROM dos.escrow_deposit AS l WHERE l.zone_id = d.zone_id AND l.type <> 'THIN' AND l.watermark >= d.watermark AND l.id > d.id
                          AND (l.type = 'FULL' OR l.watermark = d.watermark) AND l.state = 'accepted')
$$;
COMMENT ON FUNCTION dos_internal.escrow_unaccepted() IS 'deposits of zones that are delivered which no agent has accepted in time, and what was last heard of them';

CREATE FUNCTION dos_internal.escrow_delivery_watch() RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    late record;
    told bigint := 0;
BEGIN
    FOR late IN SELECT u.* FROM dos_internal.escrow_unaccepted() AS u LEFT JOIN dos.escrow_delivery AS y ON y.deposit_id = u.deposit_id WHERE y.alarmed_at IS NULL LOOP
        PERFORM dos_internal.outbox_put('escrow.unaccepted', late.zone, late.deposit_id, NULL, NULL, NULL,
            jsonb_build_object('deposit', late.deposit, 'resend', late.resend, 'state', late.state, 'error', late.error));
        INSERT INTO dos.escrow_delivery AS y (deposit_id, alarmed_at) VALUES (late.deposit_id, dos.now()) ON CONFLICT ON CONSTRAINT escrow_delivery_pkey DO UPDATE SET alarmed_at = dos.now();
        told := told + 1;
    END LOOP;
    RETURN told;
END $$;
COMMENT ON FUNCTION dos_internal.escrow_delivery_watch() IS 'job: event escrow.unaccepted, once for each deposit that no agent has accepted in time';
INSERT INTO dos.job (name, lane, function, every, on_wake) VALUES ('escrow_delivery_watch', 'default', 'dos_internal.escrow_delivery_watch()', '5 minutes', false);
