-- The object of a message as its registrar's <info> would have shown it: before or after the transaction that made the
-- message, from the object's history (room history).

CREATE FUNCTION dos_internal.poll_image(m dos.poll_message, object_kind text, state text, present jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    first bigint;
    last  bigint;
    image jsonb;
BEGIN
    SELECT min(h.id), max(h.id) INTO first, last FROM dos.object_history AS h
     WHERE h.kind = poll_image.object_kind AND h.object_id = m.object_id AND h.transaction = m.transaction;
    IF state = 'before' AND first IS NOT NULL THEN
        RETURN (SELECT h.image FROM dos.object_history AS h WHERE h.id = first AND h.object_id = m.object_id);
    END IF;
    -- the version after the last one that the transaction ended; of one it did not end, the first that ended later
    SELECT h.image INTO image FROM dos.object_history AS h
     WHERE h.kind = poll_image.object_kind AND h.object_id = m.object_id AND h.id > coalesce(last, 0) AND (last IS NOT NULL OR h.ended_at >= m.queued_at)
     ORDER BY h.id LIMIT 1;
    RETURN coalesce(image, present);
END $$;
COMMENT ON FUNCTION dos_internal.poll_image(dos.poll_message, text, text, jsonb) IS 'the row of a message''s object, before or after the transaction that made the message; NULL when it was gone';

CREATE FUNCTION dos_internal.poll_domain(m dos.poll_message, state text) RETURNS dos.domain_data
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    d     dos.domain;
    s     dos.domain_state;
    shown dos.domain_data;
BEGIN
    d := jsonb_populate_record(NULL::dos.domain, dos_internal.poll_image(m, 'domain', state,
             (SELECT to_jsonb(o) FROM dos.domain AS o WHERE o.id = m.object_id)));
    s := dos_internal.domain_state(d, m.queued_at);
    IF d.id IS NULL OR s.registered IS NOT TRUE AND state <> 'before' THEN
        RETURN NULL;
    END IF;
    shown.code := 1000;
    shown.name := d.name;
    shown.roid := d.roid;
    shown.statuses := CASE WHEN s.registered THEN s.statuses ELSE '{pendingDelete}' END;
    shown.rgp_statuses := coalesce(s.rgp_statuses, '{}');
    shown.rgp_ends_at := coalesce(s.rgp_ends_at, '{}');
    shown.sponsor := dos_internal.registrar_clid(d.registrar_id);
    shown.creator := dos_internal.registrar_clid(d.creator_id);
    shown.created_at := d.created_at;
    shown.updater := dos_internal.registrar_clid(d.updater_id);
    shown.updated_at := d.updated_at;
    shown.expires_at := coalesce(s.expires_at, d.expires_at);
    shown.transferred_at := d.transferred_at;
    shown.registrant := (SELECT c.handle FROM dos.contact AS c WHERE c.id = d.registrant_id);
    shown.contacts := ARRAY(SELECT l FROM unnest(dos_internal.domain_contact_list(d)) AS l WHERE l IS NOT NULL);
    shown.hosts := ARRAY(SELECT h.name::text FROM unnest(d.host_ids) WITH ORDINALITY AS u (i, n) JOIN dos.host AS h ON h.id = u.i ORDER BY u.n);
    shown.host_attrs := ARRAY(SELECT a.name || coalesce((SELECT string_agg(' ' || host(i), '') FROM unnest(a.addresses) AS i), '') FROM unnest(d.host_attrs) AS a);
    shown.ds := d.ds;
    shown.keys := d.keys;
    shown.max_sig_life := d.max_sig_life;
    RETURN shown;
END $$;
COMMENT ON FUNCTION dos_internal.poll_domain(dos.poll_message, text) IS 'the domain of a message as its infData';

CREATE FUNCTION dos_internal.poll_application(m dos.poll_message) RETURNS dos.domain_data
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    a     dos.application := jsonb_populate_record(NULL::dos.application, dos_internal.poll_image(m, 'application', 'after',
                                 (SELECT to_jsonb(o) FROM dos.application AS o WHERE o.id = m.object_id)));
    shown dos.domain_data;
BEGIN
    IF a.id IS NOT NULL THEN
        shown := dos_internal.application_data(a);
        shown.has_auth := NULL;
    END IF;
    RETURN shown;
END $$;
COMMENT ON FUNCTION dos_internal.poll_application(dos.poll_message) IS 'the launch application of a message as infData of the domain it asks for (RFC 8334 section 2.5)';

CREATE FUNCTION dos_internal.poll_contact(m dos.poll_message, state text) RETURNS dos.contact_data
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    c     dos.contact;
    shown dos.contact_data;
BEGIN
    c := jsonb_populate_record(NULL::dos.contact, dos_internal.poll_image(m, 'contact', state,
             (SELECT to_jsonb(o) FROM dos.contact AS o WHERE o.id = m.object_id)));
    IF c.id IS NULL THEN
        RETURN NULL;
    END IF;
    shown.code := 1000;
    shown.id := c.handle;
    shown.roid := c.roid;
    shown.statuses := dos_internal.object_statuses(c.statuses, dos_internal.contact_is_linked(c.id));
    shown.int_postal := dos_internal.postal_fields(c.int_postal);
    shown.loc_postal := dos_internal.postal_fields(c.loc_postal);
    shown.voice := c.voice;
    shown.voice_x := c.voice_x;
    shown.fax := c.fax;
    shown.fax_x := c.fax_x;
    shown.email := c.email;
    shown.sponsor := dos_internal.registrar_clid(c.registrar_id);
    shown.creator := dos_internal.registrar_clid(c.creator_id);
    shown.created_at := c.created_at;
    shown.updater := dos_internal.registrar_clid(c.updater_id);
    shown.updated_at := c.updated_at;
    shown.transferred_at := c.transferred_at;
    shown.disclose_flag := c.disclose_flag;
    shown.disclose := c.disclose;
    RETURN shown;
END $$;
COMMENT ON FUNCTION dos_internal.poll_contact(dos.poll_message, text) IS 'the contact of a message as its infData';

CREATE FUNCTION dos_internal.poll_host(m dos.poll_message, state text) RETURNS dos.host_data
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    h     dos.host;
    shown dos.host_data;
BEGIN
    h := jsonb_populate_record(NULL::dos.host, dos_internal.poll_image(m, 'host', state,
             (SELECT to_jsonb(o) FROM dos.host AS o WHERE o.id = m.object_id)));
    IF h.id IS NULL THEN
        RETURN NULL;
    END IF;
    shown.code := 1000;
    shown.name := h.name;
    shown.roid := h.roid;
    shown.statuses := dos_internal.object_statuses(h.statuses, dos_internal.host_is_linked(h.id));
    shown.addresses := h.addresses;
    shown.sponsor := dos_internal.registrar_clid(h.registrar_id);
    shown.creator := dos_internal.registrar_clid(h.creator_id);
    shown.created_at := h.created_at;
    shown.updater := dos_internal.registrar_clid(h.updater_id);
    shown.updated_at := h.updated_at;
    shown.transferred_at := h.transferred_at;
    RETURN shown;
END $$;
COMMENT ON FUNCTION dos_internal.poll_host(dos.poll_message, text) IS 'the host of a message as its infData';
