-- Every table that decides keeps what its rows were, by whom and when (dos.policy_change). Rooms that read their own past have
-- their triggers beside their tables; all others stand here, after the rows that are shipped. Columns named in a trigger are no
-- policy: what jobs write beside it, secrets, or what is too large to be kept twice. A test holds every table to one side or the other.

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY '{account,add_grace_exemption,address_range,claims_list,contact_setting,country,currency,directory_setting,disclosure,dns_secondary,drop_block,
                         epp_rate,epp_service,epp_service_grant,epp_setting,epp_text,epp_tls_advice,escrow_setting,history_setting,hook,host_setting,idle_setting,idn_table,
                         interruption,invoice_customer,job_setting,ledger_setting,nndn,operator,outbox_setting,poll_setting,poll_switched_off,poll_type,reader,registrar,
                         registrar_certificate,registrar_contact,report_column,report_setting,reserved_pattern,tax_rule,whois_line}'::text[] LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON dos.%I FOR EACH ROW EXECUTE FUNCTION dos_internal.policy_changed(%s)', t || '_history', t,
            CASE t WHEN 'escrow_setting' THEN '''alarmed_at''' WHEN 'idn_table' THEN '''source''' WHEN 'poll_setting' THEN '''expiry_done_until''' WHEN 'reader' THEN '''keys'''
                   WHEN 'registrar' THEN '''password_hash''' WHEN 'report_setting' THEN '''failed_at'', ''problem''' ELSE '' END);
    END LOOP;
END $$;

-- A million labels are one change with their number and digest; up to a thousand each has its own.
CREATE FUNCTION dos_internal.reserved_names_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    number bigint := (SELECT count(*) FROM changed);
BEGIN
    IF number = 0 OR NOT current_setting('check_function_bodies')::boolean THEN
        RETURN NULL;
    END IF;
    INSERT INTO dos.policy_change (place, was, became)
    SELECT 'reserved_name', CASE TG_OP WHEN 'DELETE' THEN c.what END, CASE TG_OP WHEN 'DELETE' THEN NULL ELSE c.what END
      FROM (SELECT to_jsonb(r) AS what FROM changed AS r WHERE number <= 1000
            UNION ALL
            SELECT jsonb_build_object('list_id', r.list_id, 'number', count(*), 'digest', md5(string_agg(r.label, ' ' ORDER BY r.label))) FROM changed AS r WHERE number > 1000 GROUP BY r.list_id) AS c;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION dos_internal.reserved_names_changed() IS 'trigger: labels that come to a list, change or go, kept in dos.policy_change; of more than a thousand in one statement their number and digest';
CREATE TRIGGER reserved_name_history_insert AFTER INSERT ON dos.reserved_name REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.reserved_names_changed();
CREATE TRIGGER reserved_name_history_update AFTER UPDATE ON dos.reserved_name REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.reserved_names_changed();
CREATE TRIGGER reserved_name_history_delete AFTER DELETE ON dos.reserved_name REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.reserved_names_changed();

CREATE VIEW dos.policy_table AS
    SELECT c.relname::text AS place, (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_catalog.pg_attribute AS a
                                        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND coalesce(a.attnum = ANY (u.conkey), a.attname ~ '_id$|^class$')) AS key,
           bool_and(t.tgtype & 1 = 1) AS by_row
      FROM pg_catalog.pg_class AS c
      JOIN pg_catalog.pg_trigger AS t ON t.tgrelid = c.oid AND t.tgfoid IN ('dos_internal.policy_changed'::regproc, 'dos_internal.reserved_names_changed'::regproc)
      -- the few without such a constraint are told apart by what they refer to
      LEFT JOIN LATERAL (SELECT o.conkey FROM pg_catalog.pg_constraint AS o WHERE o.conrelid = c.oid AND o.contype IN ('p', 'u') ORDER BY o.contype, o.oid LIMIT 1) AS u ON true
     GROUP BY c.relname, c.oid, u.conkey;
COMMENT ON VIEW dos.policy_table IS 'tables whose changes are kept in dos.policy_change, the columns that tell their rows apart, and whether each row is kept (else a statement with many is one change)';

CREATE VIEW dos.policy_version AS
    SELECT c.id, c.place, c.zone_id, c.key, c.became AS what, tstzrange(c.changed_at, lead(c.changed_at) OVER next) AS valid, c.changed_by, c.reason
      FROM (SELECT p.*, (SELECT jsonb_object_agg(k, coalesce(p.became, p.was) -> k) FROM unnest(t.key) AS k) AS key
              FROM dos.policy_change AS p JOIN dos.policy_table AS t ON t.place = p.place AND t.by_row) AS c
    WINDOW next AS (PARTITION BY c.place, c.key ORDER BY c.id);
COMMENT ON VIEW dos.policy_version IS
    'each version of each row of the tables that decide: what it said, from when to when, by whom and why; what = NULL: it was not there. What a rule said when a quote or refusal named it is the version of its id that was valid then';

CREATE FUNCTION dos.policy_at(place text, at timestamptz) RETURNS SETOF jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    keys text[] := (SELECT t.key FROM dos.policy_table AS t WHERE t.place = policy_at.place AND t.by_row);
BEGIN
    IF keys IS NULL THEN
        PERFORM dos_internal.refuse(2303, 'policy_table_unknown', 'place', format('no versions of rows of "%s" are kept', place));
    END IF;
    -- the present, and what changed since, undone
    RETURN QUERY EXECUTE format(
        'WITH later AS (SELECT DISTINCT ON (v.key) v.key, v.was FROM (SELECT c.id, c.was, (SELECT jsonb_object_agg(k, coalesce(c.became, c.was) -> k) FROM unnest($1) AS k) AS key
                                                                   FROM dos.policy_change AS c WHERE c.place = $2 AND c.changed_at > $3) AS v ORDER BY v.key, v.id)
         SELECT l.was FROM later AS l WHERE l.was IS NOT NULL
         UNION ALL
         SELECT n.what FROM (SELECT to_jsonb(o) AS what FROM dos.%I AS o) AS n
          WHERE NOT EXISTS (SELECT FROM later AS l WHERE l.key = (SELECT jsonb_object_agg(k, n.what -> k) FROM unnest($1) AS k))', place) USING keys, place, at;
END $$;
COMMENT ON FUNCTION dos.policy_at(text, timestamptz) IS 'the rows of a table that decides, as they were at an instant; R2303 for a table whose rows are not kept';
