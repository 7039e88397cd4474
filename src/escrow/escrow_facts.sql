-- From what a deposit shows back to the facts that are stored: dates where it states them, computed ones where not.

CREATE TYPE dos.escrow_facts AS (
    deleted_at timestamptz, restore_at timestamptz, graces dos.grace[], computed text[], autorenew boolean, expired_at timestamptz,
    unpaid dos.unpaid, release_at timestamptz, registrant_changed_at timestamptz, never boolean, ttls jsonb, derived text[], hidden text[], phase text
);
COMMENT ON TYPE dos.escrow_facts IS 'facts of a domain''s life made from a deposit, and which of its RGP statuses had no date, so that one was computed';

CREATE FUNCTION dos_internal.escrow_facts_words(words text) RETURNS dos.escrow_facts
LANGUAGE c IMMUTABLE AS 'MODULE_PATHNAME', 'dos_sql_escrow_facts_words';
COMMENT ON FUNCTION dos_internal.escrow_facts_words(text) IS 'facts from the words that our own deposits put into the text of a status; none from others';

CREATE FUNCTION dos_internal.escrow_facts(o dos.escrow_domain, zone dos.zone, watermark timestamptz) RETURNS dos.escrow_facts
LANGUAGE c IMMUTABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_escrow_facts';
COMMENT ON FUNCTION dos_internal.escrow_facts(dos.escrow_domain, dos.zone, timestamptz) IS 'the facts of a life that a deposit shows as RGP statuses (RFC 3915), so that the next step comes on time';

CREATE FUNCTION dos_internal.escrow_statuses(shown text[], derived text[] DEFAULT '{}', hidden text[] DEFAULT '{}') RETURNS text[]
LANGUAGE c IMMUTABLE AS 'MODULE_PATHNAME', 'dos_sql_escrow_statuses';
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
