-- The upkeep of queues: lists, acknowledging many, messages by staff, retention, age, and the warnings before an expiry.

CREATE TABLE dos.poll_setting (
    one               boolean CONSTRAINT poll_setting_pkey PRIMARY KEY DEFAULT true CONSTRAINT poll_setting_one CHECK (one),
    keep              interval CONSTRAINT poll_setting_keep_range CHECK (keep >= '1 day'),
    expiry_days       int[] NOT NULL DEFAULT '{30,7}' CONSTRAINT poll_setting_expiry_days_range CHECK (1 <= ALL (expiry_days) AND 366 >= ALL (expiry_days)),
    expiry_autorenew  boolean NOT NULL DEFAULT false,
    expiry_done_until timestamptz,
    own               boolean NOT NULL DEFAULT true
);
COMMENT ON TABLE dos.poll_setting IS
    'messages: how long they are kept (NULL: until acknowledged), how many days before an expiry its sponsor is warned, and whether also where domains renew themselves';
COMMENT ON COLUMN dos.poll_setting.expiry_done_until IS 'expiries have been looked at up to this instant of the clock';
SELECT pg_catalog.pg_extension_config_dump('dos.poll_setting', 'WHERE own');
INSERT INTO dos.poll_setting (own) VALUES (false);
CREATE TRIGGER poll_setting_shipped BEFORE INSERT OR UPDATE ON dos.poll_setting
    FOR EACH ROW EXECUTE FUNCTION dos_internal.shipped_row('one');

CREATE VIEW dos.poll_status AS
    SELECT r.clid AS registrar, count(*) AS messages, min(m.queued_at) AS oldest, dos.now() - min(m.queued_at) AS age
      FROM dos.poll_message AS m JOIN dos.registrar AS r ON r.id = m.registrar_id GROUP BY r.clid;
COMMENT ON VIEW dos.poll_status IS 'for each registrar with messages: how many, when the oldest was queued, and how long it has waited';

CREATE FUNCTION dos.poll_list(registrar text, after bigint DEFAULT 0, max int DEFAULT 100, OUT id bigint, OUT queued_at timestamptz, OUT event text,
                              OUT object_name text, OUT text text, OUT content jsonb, OUT change jsonb) RETURNS SETOF record
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor dos.registrar := dos_internal.registrar_act(registrar, 'info');
BEGIN
    RETURN QUERY SELECT m.id, m.queued_at, m.event, m.object_name, m.text, m.content, m.change FROM dos.poll_message AS m
                  WHERE m.registrar_id = actor.id AND m.id > after ORDER BY m.id LIMIT least(greatest(max, 1), 10000);
END $$;
COMMENT ON FUNCTION dos.poll_list(text, bigint, int) IS 'the messages of a registrar after an id, oldest first, at most so many; R2201';

CREATE FUNCTION dos.poll_ack_many(registrar text, ids bigint[], OUT code int, OUT acknowledged bigint, OUT count bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor dos.registrar := dos_internal.registrar_act(registrar, 'info');
BEGIN
    WITH gone AS (DELETE FROM dos.poll_message AS m WHERE m.registrar_id = actor.id AND m.id = ANY (ids) RETURNING 1)
    SELECT count(*) INTO acknowledged FROM gone;
    count := (SELECT count(*) FROM dos.poll_message AS m WHERE m.registrar_id = actor.id);
    code := 1000;
END $$;
COMMENT ON FUNCTION dos.poll_ack_many(text, bigint[]) IS 'acknowledge several messages of a registrar; those of others and unknown ones are passed over; how many were and how many remain; R2201';

CREATE FUNCTION dos.poll_send(registrars text[], text text, reason text, staff text DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    unknown text := (SELECT u FROM unnest(registrars) AS u WHERE (dos_internal.registrar_find(u)).id IS NULL LIMIT 1);
    a       dos.audit;
BEGIN
    IF unknown IS NOT NULL THEN
        PERFORM dos_internal.refuse(2303, 'registrar_unknown', 'clID', format('registrar "%s" does not exist', unknown));
    ELSIF coalesce(btrim(text), '') = '' OR cardinality(registrars) = 0 THEN
        PERFORM dos_internal.refuse(2003, 'poll_message_empty', 'msg', 'a message has a text and somebody to read it');
    END IF;
    a := dos_internal.audit_put('poll_send', 'registrar', array_to_string(registrars, ' '), reason, staff, jsonb_build_object('text', text));
    PERFORM dos_internal.outbox_put('registrar.message', a.svtrid, NULL, NULL, NULL, a.svtrid,
                                    jsonb_build_object('notify', to_jsonb(registrars), 'text', text));
    RETURN cardinality(registrars);
END $$;
COMMENT ON FUNCTION dos.poll_send(text[], text, text, text) IS 'put a message written by staff into the queues of registrars, with a reason for the record; to how many; R2303, R2003';
GRANT EXECUTE ON FUNCTION dos.poll_send(text[], text, text, text) TO dos_admin;

CREATE FUNCTION dos_internal.poll_trim() RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    WITH old AS (SELECT m.id FROM dos.poll_message AS m, dos.poll_setting AS s WHERE m.queued_at < dos.now() - s.keep ORDER BY m.id LIMIT 10000),
         away AS (DELETE FROM dos.poll_message AS m USING old WHERE m.id = old.id RETURNING 1)
    SELECT count(*) INTO gone FROM away;
    RETURN gone;
END $$;
COMMENT ON FUNCTION dos_internal.poll_trim() IS 'job: remove messages nobody acknowledged in the time dos.poll_setting says; returns how many';
INSERT INTO dos.job (name, lane, function, every, on_wake) VALUES ('poll_trim', 'default', 'dos_internal.poll_trim()', '1 hour', false);

-- Each run looks at the expiries that have come near since the one before: no domain is warned of twice or left out, and
-- the index on next_event_at leads to them. The first run looks back one day.
CREATE FUNCTION dos_internal.poll_warn_expiry() RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    setting dos.poll_setting;
    since   timestamptz;
    days    int;
    told    bigint := 0;
    d       dos.domain;
BEGIN
    SELECT * INTO setting FROM dos.poll_setting AS s FOR UPDATE;
    since := greatest(setting.expiry_done_until, dos.now() - interval '31 days');
    IF setting.expiry_days = '{}' OR since >= dos.now() THEN
        RETURN 0;
    END IF;
    FOREACH days IN ARRAY setting.expiry_days LOOP
        FOR d IN SELECT o.* FROM dos.domain AS o JOIN dos.zone AS z ON z.id = o.zone_id
                  WHERE o.next_event_at > coalesce(since, dos.now() - interval '1 day') + make_interval(days => days)
                    AND o.next_event_at <= dos.now() + make_interval(days => days)
                    AND o.expires_at = o.next_event_at AND o.deleted_at IS NULL AND (setting.expiry_autorenew OR NOT z.autorenew)
                  ORDER BY o.next_event_at LOOP
            PERFORM dos_internal.outbox_put('domain.expiring', d.name, d.id, NULL, NULL, NULL,
                jsonb_build_object('notify', jsonb_build_array(dos_internal.registrar_clid(d.registrar_id)), 'expires_at', d.expires_at, 'days', days));
            told := told + 1;
        END LOOP;
    END LOOP;
    UPDATE dos.poll_setting SET expiry_done_until = dos.now();
    RETURN told;
END $$;
COMMENT ON FUNCTION dos_internal.poll_warn_expiry() IS 'job: warn the sponsors of domains that expire in as many days as dos.poll_setting says; returns how many';
INSERT INTO dos.job (name, lane, function, every, on_wake) VALUES ('poll_warn_expiry', 'default', 'dos_internal.poll_warn_expiry()', '1 hour', false);
