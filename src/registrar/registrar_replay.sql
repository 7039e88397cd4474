-- Repetitions. A client that lost its connection before it read the answer to a transform command does not know whether the
-- command was done. Where dos.epp_setting.replay_window is not 0 it may say it again: the same registrar, clTRID and content
-- within that time get the first answer, with the first svTRID, and nothing is done twice.
--
-- The gateway puts epp_replay_begin() before and epp_replay_keep() behind the verb, in one statement: what is kept commits with
-- the command or not at all. A refused command did nothing and is not kept; said again, it is tried again. Who says the same at
-- the same time, perhaps through another gateway, waits for the unique index. While the window is 0 nobody comes here.

-- Not dumped: what is kept for seconds means nothing to the next server.
CREATE TABLE dos.epp_replay (
    registrar_id int         NOT NULL,
    digest       bytea       NOT NULL,
    kept_at      timestamptz NOT NULL DEFAULT dos.now(),
    svtrid       text        NOT NULL,
    answer       text[],
    CONSTRAINT epp_replay_pkey PRIMARY KEY (registrar_id, digest)
) WITH (fillfactor = 70);
COMMENT ON TABLE dos.epp_replay IS 'answers to transform commands, for a client that says a command again: who, SHA-256 of clTRID and content, when, svTRID, columns of the answer';

CREATE FUNCTION dos_internal.record_texts(r record) RETURNS text[]
LANGUAGE c STABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_record_texts';
COMMENT ON FUNCTION dos_internal.record_texts(record) IS 'the columns of a row as they are written to a client';

CREATE FUNCTION dos.epp_replay_begin(client text, digest bytea, svtrid text) RETURNS SETOF text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    kept interval := (SELECT s.replay_window FROM dos.epp_setting AS s);
    r    dos.registrar := dos_internal.registrar_find(client);
BEGIN
    PERFORM dos_internal.act_named(svtrid);
    IF kept > '0' AND r.id IS NOT NULL THEN
        INSERT INTO dos.epp_replay AS o (registrar_id, digest, svtrid) VALUES (r.id, epp_replay_begin.digest, epp_replay_begin.svtrid)
        ON CONFLICT ON CONSTRAINT epp_replay_pkey DO UPDATE SET kept_at = EXCLUDED.kept_at, svtrid = EXCLUDED.svtrid, answer = NULL
              WHERE o.kept_at <= EXCLUDED.kept_at - kept;
        IF NOT FOUND THEN
            RETURN;
        END IF;
    END IF;
    RETURN NEXT client;
END $$;
COMMENT ON FUNCTION dos.epp_replay_begin(text, bytea, text) IS
    'for gateways: before a transform command; the registrar, as the command''s first argument, or no row when the command was answered within dos.epp_setting.replay_window';
GRANT EXECUTE ON FUNCTION dos.epp_replay_begin(text, bytea, text) TO dos_epp;

CREATE FUNCTION dos.epp_replay_keep(client text, digest bytea, answer record) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE dos.epp_replay AS o SET answer = dos_internal.record_texts(epp_replay_keep.answer)
     WHERE o.registrar_id = (dos_internal.registrar_find(client)).id AND o.digest = epp_replay_keep.digest;
    RETURN true;
END $$;
COMMENT ON FUNCTION dos.epp_replay_keep(text, bytea, record) IS 'for gateways: behind a transform command, keep its answer; always true';
GRANT EXECUTE ON FUNCTION dos.epp_replay_keep(text, bytea, record) TO dos_epp;

CREATE FUNCTION dos.epp_replay_answer(client text, digest bytea, OUT svtrid text, OUT answer text[]) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT o.svtrid, o.answer FROM dos.epp_replay AS o
     WHERE o.registrar_id = (dos_internal.registrar_find(client)).id AND o.digest = epp_replay_answer.digest
$$;
COMMENT ON FUNCTION dos.epp_replay_answer(text, bytea) IS 'for gateways: the first answer to a command that epp_replay_begin() gave no row for';
GRANT EXECUTE ON FUNCTION dos.epp_replay_answer(text, bytea) TO dos_epp;

CREATE FUNCTION dos_internal.epp_replay_trim() RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM dos.epp_replay AS o USING dos.epp_setting AS s WHERE o.kept_at <= dos.now() - s.replay_window;
    RETURN 0;
END $$;
COMMENT ON FUNCTION dos_internal.epp_replay_trim() IS 'job: forget answers that are older than dos.epp_setting.replay_window';
INSERT INTO dos.job (name, lane, function, every, on_wake) VALUES ('epp_replay_trim', 'default', 'dos_internal.epp_replay_trim()', '1 minute', false);
