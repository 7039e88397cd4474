-- <poll op="req"> and <poll op="ack">.

CREATE TYPE dos.poll_data AS (
    code int, count bigint, id bigint, queued_at timestamptz, text text, kind text, name text, status text, requester text,
    requested_at timestamptz, actor text, acts_at timestamptz, expires_at timestamptz,
    domain dos.domain_data, contact dos.contact_data, host dos.host_data, language text, extension jsonb
);
COMMENT ON TYPE dos.poll_data IS
    'what dos.poll_request() returns: the queue''s length, its first message and the language of its text, what comes with it (trnData, '
    'creData or renData in columns, infData as the object, the rest in extension: pan, maint, balance, change, launch)';

CREATE FUNCTION dos.poll_request(registrar text, language text DEFAULT 'en') RETURNS dos.poll_data
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor  dos.registrar := dos_internal.registrar_act(registrar, 'info');
    first  dos.poll_message;
    answer dos.poll_data;
    state  text;
BEGIN
    answer.count := (SELECT count(*) FROM dos.poll_message AS m WHERE m.registrar_id = actor.id);
    SELECT * INTO first FROM dos.poll_message AS m WHERE m.registrar_id = actor.id ORDER BY m.id LIMIT 1;
    IF NOT FOUND THEN
        answer.code := 1300;
        RETURN answer;
    END IF;
    answer.code := 1301;
    answer.id := first.id;
    answer.queued_at := first.queued_at;
    answer.text := (SELECT format(t.text, first.object_name) FROM dos.epp_text AS t
                     WHERE lower(t.language) = lower(poll_request.language) AND t.language <> 'en' AND t.key = first.event);
    answer.language := CASE WHEN answer.text IS NULL THEN 'en' ELSE language END;
    answer.text := coalesce(answer.text, first.text);
    answer.kind := first.kind;
    answer.name := coalesce(first.content ->> 'name', first.object_name);
    answer.status := first.content ->> 'status';
    answer.requester := first.content ->> 'requester';
    answer.requested_at := coalesce(first.content ->> 'requested_at', first.content ->> 'created_at');
    answer.actor := first.content ->> 'actor';
    answer.acts_at := first.content ->> 'acts_at';
    answer.expires_at := first.content ->> 'expires_at';
    state := coalesce(first.change ->> 'state', 'after');
    CASE first.kind
        WHEN 'domain:infData' THEN answer.domain := CASE WHEN first.event LIKE 'application.%' THEN dos_internal.poll_application(first) ELSE dos_internal.poll_domain(first, state) END;
        WHEN 'contact:infData' THEN answer.contact := dos_internal.poll_contact(first, state);
        WHEN 'host:infData' THEN answer.host := dos_internal.poll_host(first, state);
        ELSE NULL;
    END CASE;
    answer.extension := nullif(jsonb_strip_nulls(jsonb_build_object('change', first.change, 'launch', first.content -> 'launch',
                            'pan', CASE WHEN first.kind LIKE '%:panData' THEN first.content END,
                            'balance', CASE WHEN first.kind = 'balance:infData' THEN first.content END,
                            'maint', CASE WHEN first.kind = 'maint:infData' THEN first.content END)), '{}');
    RETURN answer;
END $$;
COMMENT ON FUNCTION dos.poll_request(text, text) IS
    'the oldest message of a registrar and how many there are: code 1301, or 1300 without one (RFC 5730 section 2.9.2.3), worded in a language where dos.epp_text has it; changes nothing';
GRANT EXECUTE ON FUNCTION dos.poll_request(text, text) TO dos_epp;

CREATE FUNCTION dos.poll_ack(registrar text, id bigint, OUT code int, OUT count bigint, OUT next_id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor dos.registrar := dos_internal.registrar_act(registrar, 'info');
BEGIN
    DELETE FROM dos.poll_message AS m WHERE m.registrar_id = actor.id AND m.id = poll_ack.id;
    IF FOUND THEN
        INSERT INTO dos.poll_acknowledged AS a (registrar_id, id) VALUES (actor.id, poll_ack.id)
        ON CONFLICT (registrar_id) DO UPDATE SET id = EXCLUDED.id;
    ELSIF NOT EXISTS (SELECT FROM dos.poll_acknowledged AS a WHERE a.registrar_id = actor.id AND a.id = poll_ack.id) THEN
        PERFORM dos_internal.refuse(2303, 'poll_message_unknown', 'msgID', format('message "%s" does not exist', id));
    END IF;
    SELECT count(*), min(m.id) INTO count, next_id FROM dos.poll_message AS m WHERE m.registrar_id = actor.id;
    code := 1000;
END $$;
COMMENT ON FUNCTION dos.poll_ack(text, bigint) IS
    'acknowledge a message, which removes it; how many remain and which is next (RFC 5730 section 2.9.2.3); the last one may be acknowledged again, for its answer may have been lost; R2303';
GRANT EXECUTE ON FUNCTION dos.poll_ack(text, bigint) TO dos_epp;
