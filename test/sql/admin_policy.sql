-- Policy history (P05): every table of the registry keeps its versions, or is known to be no policy; versions with range and author.
SET dos.clock = '2026-01-01T00:00:00Z';
-- what is no policy, and why not. A new table belongs here, or gets a trigger (src/admin/policy_history.sql)
CREATE TABLE no_policy (place text, because text);
INSERT INTO no_policy SELECT p, w.because FROM (VALUES
    ('objects, with a history of their own (dos.object_history)', '{domain,contact,host,org,domain_variant,application,name_applied}'),
    ('money: insert-only, or derived from what is', '{ledger_entry,ledger_proposal,account_slice,account_low,invoice,invoice_line,invoice_month,invoice_series,promotion_use,price_own,quote,add_grace_month,add_grace_kept,premium_edition,premium_label,exchange_rate}'),
    ('what happened: logs, events, messages, records of staff', '{outbox,poll_message,poll_acknowledged,audit,object_history,object_history_rest,policy_change,registrar_login,registrar_password_past,registrar_lockout,epp_address_lockout,epp_session,epp_replay,epp_gateway,epp_usage,reader_log,query_count,name_server_total,create_attempt,restore_report,token_use,claims_notice,portfolio_move,maintenance,reserved_override,idle_notice,domain_parked,price_alarm,release_seed,proof}'),
    ('publication: derived, with a journal of its own', '{zone_record,zone_serial,dns_image,dns_journal,dns_parked,dns_dirty,dns_secondary_state,zone_guard}'),
    ('data loaded or made: deposits, reports, keys', '{claims_key,idn_key,escrow_deposit,escrow_delivery,escrow_image,escrow_import,escrow_problem,escrow_quarantine,escrow_registrar_map,escrow_part,escrow_in_csv,escrow_in_domain,escrow_in_host,escrow_in_contact,escrow_in_registrar,escrow_in_idn,escrow_in_nndn,escrow_in_delete,report,report_correction}'),
    ('the extension''s own: what it ships and where it is', '{result_code,job,job_state,outbox_reader}')) AS w (because, places), unnest(w.places::text[]) AS p;
SELECT c.relname AS neither FROM pg_class AS c
 WHERE c.relnamespace = 'dos'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
   AND NOT EXISTS (SELECT FROM dos.policy_table AS t WHERE t.place = c.relname) AND NOT EXISTS (SELECT FROM no_policy AS n WHERE n.place = c.relname) ORDER BY 1;
SELECT n.place AS both FROM no_policy AS n JOIN dos.policy_table AS t USING (place);
SELECT n.place AS gone FROM no_policy AS n WHERE to_regclass('dos.' || n.place) IS NULL;
SELECT place, key, by_row FROM dos.policy_table ORDER BY place;
-- the triggers see every change, not some
SELECT t.tgname FROM pg_trigger AS t WHERE t.tgfoid = 'dos_internal.policy_changed'::regproc AND t.tgtype & 28 <> 28;
SELECT count(*) AS shipped_rows_are_no_changes FROM dos.policy_change;

-- a life of a few rows, by several people
SELECT test.registrar('acme') > 0 AS acme, test.zone('book') > 0 AS book;
CREATE FUNCTION public.nothing(context jsonb) RETURNS jsonb LANGUAGE sql AS $$ SELECT NULL::jsonb $$;
SET dos.clock = '2026-02-01T00:00:00Z';
SELECT dos.hook_add('check', 'domain', 'create', 'public.nothing') > 0 AS hook;
INSERT INTO dos.disclosure (zone_id, role, field, show) SELECT id, 'registrant', 'email', true FROM dos.zone WHERE name = 'book';
SELECT dos.reserved_list_create('few', 'reserved', '{book}', '{^x}') > 0 AS list, dos.reserved_add('few', 'one', 'two');
SET dos.clock = '2026-03-01T00:00:00Z';
CREATE ROLE regress_policy_editor SUPERUSER;
SET SESSION AUTHORIZATION regress_policy_editor;
SET dos.clock = '2026-03-01T00:00:00Z';
UPDATE dos.disclosure SET show = false;
UPDATE dos.hook SET enabled = false;
SELECT dos.reserved_remove('few', 'one');
RESET SESSION AUTHORIZATION;
SET dos.clock = '2026-04-01T00:00:00Z';
DELETE FROM dos.disclosure;
SELECT v.place, v.key, v.what -> 'show' AS show, v.valid, v.changed_by = 'regress_policy_editor' AS editor FROM dos.policy_version AS v WHERE v.place = 'disclosure' ORDER BY v.id;
SELECT at, (SELECT count(*) FROM dos.policy_at('disclosure', at)) AS rows, (SELECT p -> 'show' FROM dos.policy_at('disclosure', at) AS p) AS show
  FROM unnest('{2026-01-31T23:59:59Z,2026-02-01Z,2026-02-28T23:59:59Z,2026-03-01Z,2026-03-31T23:59:59Z,2026-04-01Z}'::timestamptz[]) AS at;
SELECT at, (SELECT p -> 'enabled' FROM dos.policy_at('hook', at) AS p) AS enabled FROM unnest('{2026-01-31Z,2026-02-01Z,2026-03-01Z}'::timestamptz[]) AS at;
SELECT c.became ->> 'label' AS came, c.was ->> 'label' AS went, c.changed_at FROM dos.policy_change AS c WHERE c.place = 'reserved_name' ORDER BY c.id;
SELECT v.place, v.what ->> 'pattern' AS pattern FROM dos.policy_version AS v WHERE v.place = 'reserved_pattern';
SELECT o.code, o.reason FROM unnest('{outbox,reserved_name,"price; DROP TABLE dos.price",nowhere}'::text[]) AS p, test.outcome(format('SELECT * FROM dos.policy_at(%L, now())', p)) AS o;
-- many labels are one change; secrets and tables' sources are not kept
SELECT dos.reserved_list_create('many', 'reserved', '{book}') AS id \gset
INSERT INTO dos.reserved_name (list_id, label) SELECT :id, 'n' || n FROM generate_series(1, 1000) AS n;
INSERT INTO dos.reserved_name (list_id, label) SELECT :id, 'm' || n FROM generate_series(1, 1001) AS n;
SELECT became ? 'label' AS each, count(*), max(became ->> 'number') AS number FROM dos.policy_change WHERE place = 'reserved_name' AND became ->> 'list_id' = :'id' GROUP BY 1 ORDER BY 1;
SELECT dos.idn_table_load('latin', E'U+0061..U+007A\n') > 0 AS loaded;
SELECT c.became ? 'source' AS source, c.became ->> 'name' AS name FROM dos.policy_change AS c WHERE c.place = 'idn_table';
SELECT count(*) FROM dos.policy_change AS c WHERE c.place = 'registrar' AND (c.became::text ~ 'scrypt' OR c.became ? 'password_hash');
-- a price names its rule; the version of the rule that was valid is found by its id
UPDATE dos.price SET amount_minor = 900 WHERE zone_id = (SELECT id FROM dos.zone WHERE name = 'book') AND command = 'create';
SELECT q.rule, q.amount_minor AS now, (SELECT string_agg(v.what ->> 'amount_minor' || ' ' || v.valid, ', ' ORDER BY v.id) FROM dos.policy_version AS v WHERE v.place = 'price' AND v.key = jsonb_build_object('id', q.rule_id)) AS versions
  FROM dos.price_quote('a.book', 'create') AS q;
DROP ROLE regress_policy_editor;
