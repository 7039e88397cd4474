-- From what a deposit shows back to the facts that are stored: dates where it states them, computed ones where not.

CREATE TYPE dos.escrow_facts AS (
    deleted_at timestamptz, restore_at timestamptz, graces dos.grace[], computed text[], autorenew boolean, expired_at timestamptz,
    unpaid dos.unpaid, release_at timestamptz, registrant_changed_at timestamptz, never boolean, ttls jsonb, derived text[], hidden text[], phase text
);
COMMENT ON TYPE dos.escrow_facts IS 'facts of a domain''s life made from a deposit, and which of its RGP statuses had no date, so that one was computed';

CREATE FUNCTION dos_internal.escrow_word_instant(words text, key text) RETURNS timestamptz
LANGUAGE sql IMMUTABLE
RETURN substring(words FROM key || '=(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)')::timestamptz;
COMMENT ON FUNCTION dos_internal.escrow_word_instant(text, text) IS 'the instant of a word key=instant in a text, or NULL';

CREATE FUNCTION dos_internal.escrow_facts_words(words text) RETURNS dos.escrow_facts
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT ROW(NULL, NULL, '{}', '{}', CASE substring(words FROM 'autorenew=(yes|no)') WHEN 'yes' THEN true WHEN 'no' THEN false END,
               dos_internal.escrow_word_instant(words, 'expiredDate'),
               CASE WHEN words ~ 'unpaidYears=\d{1,2} unpaidExpiry=\S+ unpaidUntil=' THEN
                   ROW(dos_internal.escrow_word_instant(words, 'unpaidExpiry'), substring(words FROM 'unpaidYears=(\d{1,2})')::int,
                       dos_internal.escrow_word_instant(words, 'unpaidUntil'))::dos.unpaid END,
               dos_internal.escrow_word_instant(words, 'releaseDate'), dos_internal.escrow_word_instant(words, 'registrantDate'),
               coalesce(words ~ '\mexpires=never\M', false),
               (SELECT jsonb_object_agg(split_part(t, ':', 1), split_part(t, ':', 2)::bigint)
                  FROM string_to_table(substring(words FROM '\mttl=([A-Z]+:\d{1,10}(?:,[A-Z]+:\d{1,10})*)'), ',') AS t),
               string_to_array(substring(words FROM '\mderived=(\S+)'), ','), string_to_array(substring(words FROM '\mhidden=(\S+)'), ','),
               replace(substring(words FROM '\mphase=(\S+)'), '%20', ' '))::dos.escrow_facts
$$;
COMMENT ON FUNCTION dos_internal.escrow_facts_words(text) IS 'facts from the words that our own deposits put into the text of a status; none from others';

-- Nobody loses time by a computed date: where nothing says when a period began, it begins at the watermark.
CREATE FUNCTION dos_internal.escrow_facts(o dos.escrow_domain, zone dos.zone, watermark timestamptz) RETURNS dos.escrow_facts
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    -- the words are dear to look for, and most domains have none
    facts   dos.escrow_facts := CASE WHEN strpos(o.facts, '=') > 0 THEN dos_internal.escrow_facts_words(o.facts)
                                     ELSE ROW(NULL, NULL, '{}', '{}', NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, NULL, NULL)::dos.escrow_facts END;
    shown   text;
    status  text;
    ends    timestamptz;
    years   int;
    started timestamptz;
    deleted timestamptz;
BEGIN
    FOREACH shown IN ARRAY coalesce(o.rgp, '{}') ||
                           CASE WHEN 'pendingDelete' = ANY (o.statuses)
                                 AND NOT EXISTS (SELECT FROM unnest(o.rgp) AS r WHERE r ~ '^(redemptionPeriod|pendingDelete|pendingRestore)\M')
                                THEN '{redemptionPeriod}' ELSE '{}' END::text[] LOOP
        status := split_part(shown, ' ', 1);
        ends := dos_internal.escrow_word_instant(shown, 'endDate');
        deleted := dos_internal.escrow_word_instant(shown, 'deletedDate');
        years := substring(shown FROM 'years=(\d{1,4})\M')::int;
        IF ends IS NULL THEN
            facts.computed := facts.computed || status;
        END IF;
        CASE status
            WHEN 'addPeriod' THEN
                facts.graces := facts.graces || ('add', coalesce(ends, dos.period_add(o.created_at, zone.add_grace)), NULL, coalesce(years, 0))::dos.grace;
            WHEN 'autoRenewPeriod' THEN
                facts.graces := facts.graces || ('autorenew', coalesce(ends, dos.period_add(dos.period_add(o.expires_at, '-1 year'), zone.autorenew_grace)), NULL, coalesce(years, 1))::dos.grace;
            WHEN 'renewPeriod' THEN
                facts.graces := facts.graces || ('renew', coalesce(ends, dos.period_add(coalesce(o.updated_at, watermark), zone.renew_grace)), NULL, coalesce(years, 1))::dos.grace;
            WHEN 'transferPeriod' THEN
                facts.graces := facts.graces || ('transfer', coalesce(ends, dos.period_add(coalesce(o.transferred_at, o.transfer_acts_at, watermark), zone.transfer_grace)), NULL, coalesce(years, 1))::dos.grace;
            WHEN 'redemptionPeriod' THEN
                started := CASE WHEN dos.period_add(o.updated_at, zone.redemption) > watermark AND o.updated_at <= watermark THEN o.updated_at ELSE watermark END;
                facts.deleted_at := coalesce(greatest(deleted, dos.period_add(ends, -zone.redemption)), started);
            WHEN 'pendingDelete' THEN
                started := CASE WHEN dos.period_add(o.updated_at, zone.redemption) <= watermark
                                 AND dos.period_add(o.updated_at, zone.redemption + zone.pending_delete) > watermark THEN o.updated_at
                                ELSE dos.period_add(watermark, -zone.redemption) END;
                facts.deleted_at := coalesce(deleted, dos.period_add(ends, -(zone.redemption + zone.pending_delete)), started);
            WHEN 'pendingRestore' THEN
                facts.restore_at := coalesce(dos.period_add(ends, -zone.pending_restore), CASE WHEN o.updated_at <= watermark AND dos.period_add(o.updated_at, zone.pending_restore) > watermark THEN o.updated_at END, watermark);
                facts.deleted_at := coalesce(deleted, facts.restore_at);
            ELSE NULL;
        END CASE;
    END LOOP;
    facts.graces := ARRAY(SELECT g FROM unnest(facts.graces) WITH ORDINALITY AS u (kind, ends_at, entry_id, years, n),
                                 LATERAL (SELECT (u.kind, u.ends_at, u.entry_id, u.years)::dos.grace) AS l (g)
                           WHERE u.ends_at > watermark AND facts.deleted_at IS NULL ORDER BY u.n);
    RETURN facts;
END $$;
COMMENT ON FUNCTION dos_internal.escrow_facts(dos.escrow_domain, dos.zone, timestamptz) IS 'the facts of a life that a deposit shows as RGP statuses (RFC 3915), so that the next step comes on time';

CREATE FUNCTION dos_internal.escrow_statuses(shown text[], derived text[] DEFAULT '{}', hidden text[] DEFAULT '{}') RETURNS text[]
LANGUAGE sql IMMUTABLE
RETURN ARRAY(SELECT DISTINCT s FROM unnest(shown || hidden) AS s WHERE s <> ALL (coalesce(derived, '{}')) AND s ~ '^(client|server)(Hold|(Delete|Renew|Transfer|Update)Prohibited)$' ORDER BY s);
COMMENT ON FUNCTION dos_internal.escrow_statuses(text[], text[], text[]) IS 'the statuses of an object that are stored; the others follow from facts';

CREATE FUNCTION dos_internal.escrow_staged(s dos.escrow_in_domain) RETURNS dos.escrow_domain
LANGUAGE sql IMMUTABLE
RETURN ROW(s.name, s.roid, s.uname, s.idn_table, s.original_name, s.statuses, s.facts, s.rgp, s.registrant, s.contacts, s.hosts, s.host_attrs,
           s.sponsor, s.creator, s.created_at, s.expires_at, s.updater, s.updated_at, s.max_sig_life, s.ds, s.keys, s.transferred_at,
           s.transfer_status, s.transfer_requester, s.transfer_requested_at, s.transfer_actor, s.transfer_acts_at, s.transfer_expires_at)::dos.escrow_domain;
COMMENT ON FUNCTION dos_internal.escrow_staged(dos.escrow_in_domain) IS 'a domain that was read, as deposits show domains';

CREATE FUNCTION dos.escrow_deletions(import bigint, OUT name text, OUT status text, OUT deleted_at timestamptz, OUT redemption_ends_at timestamptz,
                                     OUT purge_at timestamptz, OUT report_due_at timestamptz, OUT computed boolean) RETURNS SETOF record
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT s.name, split_part(s.rgp[1], ' ', 1), f.deleted_at, dos.period_add(f.deleted_at, z.redemption),
           dos.period_add(f.deleted_at, z.redemption + z.pending_delete), dos.period_add(f.restore_at, z.pending_restore), f.computed <> '{}'
      FROM dos.escrow_import AS i
      JOIN dos.zone AS z ON z.id = i.zone_id
      JOIN dos.escrow_in_domain AS s ON s.import_id = i.id,
           LATERAL dos_internal.escrow_facts(dos_internal.escrow_staged(s), z, i.watermark) AS f
     WHERE i.id = import AND s.statuses @> '{pendingDelete}'
     ORDER BY 3, 1
$$;
COMMENT ON FUNCTION dos.escrow_deletions(bigint) IS 'the names of a deposit that are being deleted, with the dates they will have here; computed: the deposit did not say';
