-- For readers outside of the database. Verbs never notify (docs/decisions/0003-no-notify-in-verbs.md); whoever wants to be told
-- of events instead of asking for them adds a job of lane "outbox", which is woken at commit and sends one NOTIFY for all that
-- committed meanwhile.

CREATE FUNCTION dos_internal.outbox_notify() RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_notify('dos_outbox', coalesce(max(o.id), 0)::text) FROM dos.outbox AS o;
    RETURN 0;
END $$;
COMMENT ON FUNCTION dos_internal.outbox_notify() IS
    'job that a registry adds if it wants it: tell who listens on channel dos_outbox that there are events, with the highest id there is; it only wakes, dos.outbox_read() says what there is';
