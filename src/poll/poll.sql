-- <poll op="req"> and <poll op="ack">.

CREATE TYPE dos.poll_data AS (
    code int, count bigint, id bigint, queued_at timestamptz, text text, kind text, name text, status text, requester text,
    requested_at timestamptz, actor text, acts_at timestamptz, expires_at timestamptz
);
COMMENT ON TYPE dos.poll_data IS 'what dos.poll_request() returns: the queue''s length, its first message, and the trnData that comes with it';

CREATE FUNCTION dos.poll_request(registrar text) RETURNS dos.poll_data
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor  dos.registrar := dos_internal.registrar_act(registrar, 'info');
    first  dos.poll_message;
    answer dos.poll_data;
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
    answer.text := first.text;
    answer.kind := first.kind;
    answer.name := coalesce(first.content ->> 'name', first.object_name);
    answer.status := first.content ->> 'status';
    answer.requester := first.content ->> 'requester';
    answer.requested_at := first.content ->> 'requested_at';
    answer.actor := first.content ->> 'actor';
    answer.acts_at := first.content ->> 'acts_at';
    answer.expires_at := first.content ->> 'expires_at';
    RETURN answer;
END $$;
COMMENT ON FUNCTION dos.poll_request(text) IS
    'the oldest message of a registrar and how many there are: code 1301, or 1300 without one (RFC 5730 section 2.9.2.3); changes nothing';
GRANT EXECUTE ON FUNCTION dos.poll_request(text) TO dos_epp;

CREATE FUNCTION dos.poll_ack(registrar text, id bigint, OUT code int, OUT count bigint, OUT next_id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor dos.registrar := dos_internal.registrar_act(registrar, 'info');
BEGIN
    DELETE FROM dos.poll_message AS m WHERE m.registrar_id = actor.id AND m.id = poll_ack.id;
    IF NOT FOUND THEN
        PERFORM dos_internal.refuse(2303, 'poll_message_unknown', 'msgID', format('message "%s" does not exist', id));
    END IF;
    SELECT count(*), min(m.id) INTO count, next_id FROM dos.poll_message AS m WHERE m.registrar_id = actor.id;
    code := 1000;
END $$;
COMMENT ON FUNCTION dos.poll_ack(text, bigint) IS 'acknowledge a message, which removes it; how many remain and which is next (RFC 5730 section 2.9.2.3); R2303';
GRANT EXECUTE ON FUNCTION dos.poll_ack(text, bigint) TO dos_epp;
