-- Contacts and hosts that nothing refers to for long: announced to their sponsor, and removed when they are
-- still idle after the notice.

CREATE TABLE dos.idle_setting (
    kind    text CONSTRAINT idle_setting_pkey PRIMARY KEY CONSTRAINT idle_setting_kind_known CHECK (kind IN ('contact', 'host')),
    after   interval NOT NULL DEFAULT '180 days' CONSTRAINT idle_setting_after_range CHECK (dos_internal.period_has_length(after)),
    notice  interval NOT NULL DEFAULT '30 days' CONSTRAINT idle_setting_notice_range CHECK (dos_internal.period_has_length(notice)),
    enabled boolean NOT NULL DEFAULT false,
    own     boolean NOT NULL DEFAULT true
);
COMMENT ON TABLE dos.idle_setting IS
    'after how long without change and reference a contact or host is announced as idle, how long the notice is, whether any of this is done; own marks those the registry changed';
INSERT INTO dos.idle_setting (kind, own) VALUES ('contact', false), ('host', false);
SELECT pg_catalog.pg_extension_config_dump('dos.idle_setting', 'WHERE own');
CREATE TRIGGER idle_setting_shipped BEFORE INSERT OR UPDATE ON dos.idle_setting
    FOR EACH ROW EXECUTE FUNCTION dos_internal.shipped_row('kind');

CREATE TABLE dos.idle_notice (
    kind         text NOT NULL,
    object_id    bigint NOT NULL,
    announced_at timestamptz NOT NULL DEFAULT dos.now(),
    CONSTRAINT idle_notice_pkey PRIMARY KEY (kind, object_id)
);
COMMENT ON TABLE dos.idle_notice IS 'contacts and hosts whose removal has been announced';
SELECT pg_catalog.pg_extension_config_dump('dos.idle_notice', '');

CREATE VIEW dos.idle_object AS
    SELECT 'contact' AS kind, c.id AS object_id, c.handle AS name, c.registrar_id, greatest(c.created_at, c.updated_at, c.transferred_at) AS since, n.announced_at,
           n.announced_at + s.notice AS removed_at
      FROM dos.contact AS c JOIN dos.idle_setting AS s ON s.kind = 'contact'
      LEFT JOIN dos.idle_notice AS n ON n.kind = 'contact' AND n.object_id = c.id
     WHERE greatest(c.created_at, c.updated_at, c.transferred_at) <= dos.now() - s.after AND NOT dos_internal.contact_is_linked(c.id)
       AND NOT c.statuses && '{clientDeleteProhibited,serverDeleteProhibited}'
    UNION ALL
    SELECT 'host', h.id, h.name, h.registrar_id, greatest(h.created_at, h.updated_at, h.transferred_at), n.announced_at, n.announced_at + s.notice
      FROM dos.host AS h JOIN dos.idle_setting AS s ON s.kind = 'host'
      LEFT JOIN dos.idle_notice AS n ON n.kind = 'host' AND n.object_id = h.id
     WHERE greatest(h.created_at, h.updated_at, h.transferred_at) <= dos.now() - s.after AND NOT dos_internal.host_is_linked(h.id)
       AND NOT h.statuses && '{clientDeleteProhibited,serverDeleteProhibited}';
COMMENT ON VIEW dos.idle_object IS 'contacts and hosts that nothing refers to and nobody has changed for the time of dos.idle_setting; when announced, when they will be removed';

CREATE FUNCTION dos_internal.idle_remove_one(idle dos.idle_object) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- the lock waits for a command that is linking it; the next statement sees what that did
    IF idle.kind = 'contact' THEN
        PERFORM FROM dos.contact AS c WHERE c.id = idle.object_id FOR UPDATE;
        DELETE FROM dos.contact AS c WHERE c.id = idle.object_id AND NOT dos_internal.contact_is_linked(c.id);
    ELSE
        PERFORM FROM dos.host AS h WHERE h.id = idle.object_id FOR UPDATE;
        DELETE FROM dos.host AS h WHERE h.id = idle.object_id AND NOT dos_internal.host_is_linked(h.id);
    END IF;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM dos.idle_notice AS n WHERE n.kind = idle.kind AND n.object_id = idle.object_id;
    PERFORM dos_internal.outbox_put(idle.kind || '.deleted', idle.name, idle.object_id, NULL, NULL, NULL, '{"reason": "idle"}');
    RETURN true;
END $$;
COMMENT ON FUNCTION dos_internal.idle_remove_one(dos.idle_object) IS 'remove an idle contact or host, unless a command has just linked it';

CREATE FUNCTION dos.idle_sweep(dry_run boolean DEFAULT true, most int DEFAULT 500,
                               OUT kind text, OUT name text, OUT registrar text, OUT idle_since timestamptz, OUT step text) RETURNS SETOF record
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    idle dos.idle_object;
BEGIN
    IF NOT dry_run THEN                                     -- what is used again is no longer announced
        DELETE FROM dos.idle_notice AS n WHERE NOT EXISTS (SELECT FROM dos.idle_object AS i WHERE i.kind = n.kind AND i.object_id = n.object_id);
    END IF;
    FOR idle IN SELECT i.* FROM dos.idle_object AS i JOIN dos.idle_setting AS s ON s.kind = i.kind
                 WHERE (s.enabled OR dry_run) AND (i.announced_at IS NULL OR i.removed_at <= dos.now())
                 ORDER BY i.kind, i.object_id LIMIT most LOOP
        kind := idle.kind;
        name := idle.name;
        registrar := dos_internal.registrar_clid(idle.registrar_id);
        idle_since := idle.since;
        step := CASE WHEN idle.announced_at IS NULL THEN 'announce' ELSE 'remove' END;
        IF NOT dry_run AND step = 'announce' THEN
            INSERT INTO dos.idle_notice (kind, object_id) VALUES (idle.kind, idle.object_id);
            PERFORM dos_internal.outbox_put(idle.kind || '.idle', idle.name, idle.object_id, NULL, NULL, NULL,
                jsonb_build_object('notify', jsonb_build_array(registrar), 'idle_since', idle.since));
        ELSIF NOT dry_run THEN
            CONTINUE WHEN NOT dos_internal.idle_remove_one(idle);
        END IF;
        RETURN NEXT;
    END LOOP;
END $$;
COMMENT ON FUNCTION dos.idle_sweep(boolean, int) IS 'announce idle contacts and hosts, remove those whose notice is over; what is done, or in a dry run would be done, one row each';

CREATE FUNCTION dos_internal.idle_job() RETURNS bigint
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$ SELECT count(*) FROM dos.idle_sweep(false) $$;
COMMENT ON FUNCTION dos_internal.idle_job() IS 'job: dos.idle_sweep(false), a bounded batch a call';
INSERT INTO dos.job (name, lane, function, every, on_wake) VALUES ('idle_sweep', 'lifecycle', 'dos_internal.idle_job()', '1 hour', false);
