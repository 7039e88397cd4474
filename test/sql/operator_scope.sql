-- Two operators in one database: the staff of one sees no row of the other, and acts on nothing of it.
SET dos.clock = '2026-04-03T00:00:00Z';
CREATE ROLE operator_north;
CREATE ROLE operator_south;
CREATE ROLE operator_ann IN ROLE operator_north;
CREATE ROLE operator_both IN ROLE operator_north, operator_south;
CREATE ROLE operator_none IN ROLE dos_operator;
SELECT dos.operator_create('north', 'role=operator_north') > 1, dos.operator_create('south', 'role=operator_south') > 1;
SELECT test.registrar('acme'), test.registrar('bolt'), test.registrar('coil');
UPDATE dos.registrar SET postal = '{A,NULL,s,NULL,NULL,Oslo,NULL,NULL,NO}', iana_id = 1000 + id;
INSERT INTO dos.tax_rule (rate) VALUES (0);

-- each has one of everything; whatever is south's says so
CREATE TABLE made (operator text, move bigint, proposal bigint, invoice text, interruption int);
CREATE PROCEDURE furnish(x text) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('dos.clock', '2026-02-03T00:00:00Z', true);
    PERFORM test.zone(x, 'operator=' || x, 'kind=country', 'idn=true', 'emoji=alone', 'registrant_required=false', 'contacts_required={}', 'pending_verbs={update}', 'transfer_lock=0');
    PERFORM dos.account_open(r, 'USD', 1000, operator => x), dos.account_deposit(r, 'USD', 1000000, r || ' to ' || x, operator => x) FROM unnest('{acme,coil}'::text[]) AS r;
    PERFORM dos.fee_set(x, 'check', '{create}', 'USD', 5);
    INSERT INTO dos.promotion (name, zone_id, percent, quota) SELECT 'launch of ' || x, z.id, 10, 5 FROM dos.zone AS z WHERE z.name = x;
    PERFORM dos.phase_create(x, 'open', 'open', '2020-01-01'), dos.phase_create(x, 'launch', 'custom', '2026-08-01');
    PERFORM dos.reserved_list_create('held-' || x, 'blocked', ARRAY[x]), dos.reserved_add('held-' || x, x || '-only');
    PERFORM dos.price_class_set(x, 'tier', '{create,renew,transfer,restore,autorenew}'), dos.premium_list_set(x, 'gems');
    PERFORM dos.premium_set(x, 'gems', x || '-gem', 'tier');
    PERFORM dos.token_create(x, 1, 'token=TOKEN-' || x);
    PERFORM dos.nndn_add('held.' || x, 'withheld', comment => 'of ' || x);
    PERFORM dos.package_create('coil', 'bulk of ' || x, 10, 10, 500, 'USD', x);
    PERFORM dos.domain_create('acme', n || '.' || x) FROM unnest('{one,two}'::text[]) AS n;
    PERFORM dos.phase_create(x, 'rush', 'custom', '2020-01-01', '2026-03-01', 'mode=application', 'launch_required=true'), dos.phase_create(x, 'empty', 'custom', '2020-01-01', '2021-01-01', 'mode=application');
    PERFORM dos.domain_create('acme', n || '.' || x, extensions => '{"launch": {"phase": "custom", "phase_name": "rush"}}') FROM unnest('{wait,valid}'::text[]) AS n;
    PERFORM dos.application_validate(a.number, 'r') FROM dos.application AS a WHERE a.name = 'valid.' || x;
    PERFORM dos.domain_status_set('one.' || x, '{serverHold}', NULL, 'audited in ' || x);
    PERFORM dos.domain_update('acme', 'two.' || x, chg_auth => 'Waiting-77');
    PERFORM set_config('dos.clock', '2026-04-03T00:00:00Z', true);
    PERFORM dos.invoice_run('2026-02-01', x), dos.report_make(x, '2026-02-01', 'activity');
    UPDATE dos.ledger_setting SET two_persons = true;
    INSERT INTO made SELECT x, dos.registrar_portfolio_move(CASE x WHEN 'north' THEN 'coil' ELSE 'bolt' END, 'acme', 'r', zone => x),
        dos.ledger_propose('correction', 'acme', 'USD', 5, 'r', 'p-' || x, 'anybody', x), (SELECT min(i.number) FROM dos.invoice AS i WHERE i.operator = x),
        dos.interruption_begin(x, labels => '{clash}');
END $$;
INSERT INTO dos.ledger_setting (two_persons) VALUES (false);
CALL furnish('north');
CALL furnish('south');
UPDATE dos.domain SET expires_at = '2026-05-01' WHERE name LIKE 'one.%';

-- what a statement answers as a role; undone
CREATE FUNCTION answer_as(role text, command text, OUT code text, OUT rows jsonb) LANGUAGE plpgsql AS $$
BEGIN
    BEGIN
        code := 'done';
        EXECUTE format('SET LOCAL SESSION AUTHORIZATION %I', role);
        EXECUTE format('SELECT coalesce(jsonb_agg(to_jsonb(v)), ''[]'') FROM (%s) AS v', command) INTO rows;
        RAISE EXCEPTION 'undo' USING ERRCODE = 'XXUND';
    EXCEPTION WHEN SQLSTATE 'XXUND' THEN
        NULL;
    WHEN OTHERS THEN
        code := SQLSTATE;
    END;
END $$;

-- every table and view of the extension, really read
CREATE TABLE seen AS
    SELECT r.role, c.oid::regclass::text AS name, a.code, a.rows
      FROM unnest('{operator_north,operator_south,operator_ann,operator_both,operator_none}'::text[]) AS r (role), pg_class AS c,
           LATERAL answer_as(r.role, format('SELECT * FROM %s', c.oid::regclass)) AS a
     WHERE c.relnamespace IN ('dos'::regnamespace, 'dos_internal'::regnamespace) AND c.relkind IN ('r', 'p', 'v', 'm');
SELECT s.name,
       (SELECT jsonb_array_length(o.rows) > 0 FROM seen AS o WHERE o.name = s.name AND o.role = 'operator_south') AS south_has_rows,
       count(*) FILTER (WHERE v::text ~* 'north') > 0 AS own, count(*) FILTER (WHERE v::text ~* 'south|sud-') AS of_south
  FROM seen AS s LEFT JOIN LATERAL jsonb_array_elements(s.rows) AS v ON true WHERE s.role = 'operator_north' AND s.code = 'done' GROUP BY s.name ORDER BY 1;
SELECT s.code, count(*) > 100 AS tables FROM seen AS s WHERE s.role = 'operator_north' AND s.code <> 'done' GROUP BY 1;
-- the same by membership; both; nobody's
SELECT count(*) FROM seen AS a JOIN seen AS n USING (name) WHERE a.role = 'operator_ann' AND n.role = 'operator_north' AND (a.code, a.rows) IS DISTINCT FROM (n.code, n.rows);
SELECT rows FROM answer_as('operator_both', 'SELECT operator, zone FROM dos.operator_zone ORDER BY 1');
SELECT name FROM seen WHERE role = 'operator_none' AND rows <> '[]';
SELECT operator, zone FROM dos.operator_zone ORDER BY 1;                         -- the registry itself
-- a condition of the reader's own is not shown what it may not see
SET ROLE operator_north;
CREATE TEMP TABLE told (name text);
CREATE FUNCTION pg_temp.tell(name text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS $$ BEGIN INSERT INTO told VALUES (name); RETURN true; END $$;
SELECT count(*) FROM dos.operator_domain WHERE pg_temp.tell(name);
SELECT count(*) FROM dos.operator_token WHERE pg_temp.tell(coalesce(comment, token));
SELECT DISTINCT name FROM told ORDER BY 1;
RESET ROLE;

-- every verb that they may call: on the other's, and on their own
CREATE FUNCTION applied(asked text) RETURNS text LANGUAGE sql SECURITY DEFINER AS $$ SELECT a.number FROM dos.application AS a WHERE a.name = asked $$;
CREATE TABLE attempt (command text);
INSERT INTO attempt VALUES
    ($$dos.domain_status_set('one.X', '{serverUpdateProhibited}', NULL, 'r')$$), ($$dos.domain_create_staff('acme', 'new.X', '{}', 'r')$$), ($$dos.domain_update_staff('one.X', '{"chg_max_sig_life": 60}', 'r')$$),
    ($$dos.domain_delete_staff('one.X', 'r')$$), ($$dos.domain_undelete('one.X', 'r')$$), ($$dos.domain_renew_staff('one.X', 1, 'r')$$), ($$dos.domain_renew_undo('one.X', 'r')$$),
    ($$dos.domain_dates_set('one.X', NULL, '2027-06-01', 'r')$$), ($$dos.domain_move('one.X', 'bolt', 'r')$$), ($$dos.domain_pending_approve('two.X')$$), ($$dos.domain_pending_reject('two.X')$$),
    ($$dos.domain_autorenew_set('one.X', false)$$), ($$dos.domain_never_expires_set('one.X')$$), ($$dos.registrar_portfolio_count('acme', zone => 'X')$$),
    ($$dos.registrar_portfolio_move('acme', 'bolt', 'r', zone => 'X')$$), ($$dos.registrar_portfolio_run(MOVE)$$),
    ($$dos.application_validate(applied('wait.X'), 'r')$$), ($$dos.application_invalidate(applied('wait.X'), 'r')$$), ($$dos.application_customize(applied('wait.X'), 'own', 'r')$$),
    ($$dos.application_contend(applied('valid.X'), 'r')$$), ($$dos.application_reject(applied('wait.X'), 'r')$$), ($$dos.application_allocate(applied('valid.X'), 'r')$$),
    ($$dos.application_award('valid.X', applied('valid.X'), 'r')$$), ($$dos.application_run('X', 'rush', 'r')$$), ($$dos.application_export('X', 'rush')$$),
    ($$dos.application_results('valid.X,' || applied('valid.X'), 'r')$$), ($$dos.application_settle('X', 'empty', 'r')$$),
    ($$dos.zone_config('X')$$), ($$dos.zone_config_diff('X', '{}')$$), ($$dos.zone_config_apply('X', '{"settings": {"idn": true}}', 'r')$$), ($$dos.zone_state_set('X', 'general 2020-01-01')$$),
    ($$dos.zone_policy_set('X', '2026-06-01', 'redemption=10 days')$$), ($$dos.zone_ttl_set('X', 'NS', 60, 3600)$$), ($$dos.phase_create('X', 'more', 'custom', '2026-09-01')$$),
    ($$dos.phase_end('X', 'launch', '2026-12-01')$$), ($$dos.phase_copy('X', 'X')$$), ($$dos.price_set('X', 'update', NULL, 'USD', 100)$$), ($$dos.price_class_set('X', 'gold')$$),
    ($$dos.fee_set('X', 'second', '{create}', 'USD', 5)$$), ($$dos.early_access_set('X', 'USD', '2026-08-01', '1 day', 100)$$), ($$dos.price_gaps('X')$$), ($$dos.token_create('X')$$),
    ($$dos.premium_list_set('X', 'more')$$), ($$dos.premium_set('X', 'gems', 'ruby', 'tier')$$), ($$dos.premium_pattern_set('X', 'gems', '^..$', 'tier')$$), ($$dos.premium_export('X', 'gems')$$),
    ($$dos.premium_optout('acme', 'X')$$), ($$dos.reserved_list_create('more-X', 'blocked', ARRAY['X'])$$), ($$dos.reserved_add('held-X', 'a')$$), ($$dos.reserved_remove('held-X', 'a')$$),
    ($$dos.reserved_release_add('X', 'b')$$), ($$dos.account_open('bolt', 'USD', operator => 'X')$$), ($$dos.account_deposit('acme', 'USD', 5, 'd-X', 'X')$$),
    ($$dos.account_credit_limit('acme', 'USD', 2000, 'X')$$), ($$dos.account_threshold('acme', 'USD', 5, NULL, 'X')$$), ($$dos.account_billing('acme', 'USD', 'postpaid', 'X')$$),
    ($$dos.statement('acme', 'USD', operator => 'X')$$), ($$dos.ledger_propose('correction', 'acme', 'USD', 5, 'r', 'q-X', operator => 'X')$$), ($$dos.ledger_approve(PROPOSAL)$$),
    ($$dos.invoice_run('2026-03-01', 'X')$$), ($$dos.invoice_credit('INVOICE', 'r')$$), ($$dos.report_make('X', '2026-03-01', 'activity')$$),
    ($$dos.report_correct('X', '2026-03-01', 'acme', 'net-adds-1-yr', 1, 'r')$$), ($$dos.report_explain('X', '2026-03-01', 'acme', 'total-domains')$$), ($$dos.report_verify('X', '2026-03-01')$$),
    ($$dos.zone_emoji_allow('X', '☕')$$), ($$dos.zone_emoji_forbid('X', '☕')$$), ($$dos.zone_idn_tables('X')$$), ($$dos.idn_reindex('X')$$), ($$dos.interruption_begin('X', labels => '{more}')$$), ($$dos.interruption_end(INTERRUPTION)$$),
    ($$dos.reserved_override_grant('a.X', 'acme', 'r')$$), ($$dos.reserved_explain('a.X')$$), ($$dos.nndn_add('b.X', 'blocked')$$), ($$dos.nndn_remove('held.X')$$), ($$dos.drop_block_add('one.X', 'r')$$),
    ($$dos.price_affected('X', 'create')$$), ($$dos.price_quote('c.X', 'create', registrar => 'acme')$$), ($$dos.token_automatic_set('TOKEN-X', 'X')$$), ($$dos.package_create('acme', 'more of X', 10, 10, 500, 'USD', 'X')$$), ($$dos.package_end('bulk of X')$$),
    ($$dos.report_transactions('X', '2026-03-01')$$), ($$dos.report_activity('X', '2026-03-01')$$), ($$dos.report_text('X', '2026-02-01', 'activity')$$);
CREATE TABLE answered AS
    SELECT t.command, m.operator, a.code, a.rows
      FROM attempt AS t, made AS m, LATERAL answer_as('operator_north', 'SELECT * FROM ' || replace(replace(replace(replace(replace(t.command, 'INTERRUPTION', m.interruption::text), 'MOVE', m.move::text), 'PROPOSAL', m.proposal::text), 'INVOICE', m.invoice), 'X', m.operator)) AS a;
-- tried: all that may be called
SELECT p.oid::regprocedure FROM pg_proc AS p WHERE p.pronamespace = 'dos'::regnamespace AND has_function_privilege('operator_north', p.oid, 'EXECUTE')
   AND p.proname NOT IN ('now', 'money_text') AND NOT EXISTS (SELECT FROM attempt AS t WHERE t.command LIKE 'dos.' || p.proname || '(%');
SELECT operator, code, count(*) FROM answered GROUP BY 1, 2 ORDER BY 1, 2;
SELECT command, code FROM answered WHERE (operator = 'south' AND code <> 'R2201') OR (operator = 'north' AND code NOT IN ('done')) ORDER BY 1;
SELECT count(*) FROM answered WHERE operator = 'north' AND rows::text ~* 'south';

-- round the corner
SELECT w.what, a.code
  FROM (VALUES
    (1, 'another''s phases into one''s own',      $$SELECT dos.phase_copy('south', 'north')$$),
    (2, 'one''s own into another''s',             $$SELECT dos.phase_copy('north', 'south')$$),
    (3, 'another''s list for one''s zone',        $$SELECT dos.zone_config_apply('north', '{"lists": ["held-south"]}', 'r')$$),
    (4, 'one''s own list again',                  $$SELECT dos.zone_config_apply('north', '{"lists": ["held-north"], "settings": {"idn": true}}', 'r')$$),
    (5, 'another''s list for a phase',            $$SELECT dos.phase_create('north', 'p', 'custom', '2026-09-01', NULL, 'names_list=held-south')$$),
    (6, 'a condition in SQL',                     $$SELECT dos.zone_config_apply('north', '{"settings": {"registrar_predicate": "pg_read_file(''x'') IS NULL"}}', 'r')$$),
    (7, 'one''s zone given away',                 $$SELECT dos.zone_config_apply('north', '{"operator": "south"}', 'r')$$),
    (8, 'a token for all zones',                  $$SELECT dos.token_create(NULL, 1)$$),
    (9, 'a list for all zones',                   $$SELECT dos.reserved_list_create('all', 'blocked')$$),
    (10, 'a list for no zone',                    $$SELECT dos.reserved_list_create('none', 'blocked', '{}')$$),
    (11, 'a list for both',                       $$SELECT dos.reserved_list_create('both', 'blocked', '{north,south}')$$),
    (12, 'a portfolio over all zones',            $$SELECT dos.registrar_portfolio_move('acme', 'bolt', 'r')$$),
    (13, 'counted over all zones',                $$SELECT * FROM dos.registrar_portfolio_count('acme')$$),
    (14, 'the shipped operator''s money',         $$SELECT * FROM dos.statement('acme', 'USD', operator => 'registry')$$),
    (15, 'a name in the shipped one''s zone',     $$SELECT dos.domain_status_set('x.plain', '{serverHold}', NULL, 'r')$$),
    (16, 'no operator said: one''s own',          $$SELECT * FROM dos.statement('acme', 'USD')$$),
    (17, 'another role',                          $$SELECT set_config('role', 'operator_south', true)$$),
    (18, 'the registry''s role',                  $$SELECT set_config('role', 'dos_admin', true)$$),
    (19, 'an operator made',                      $$SELECT dos.operator_create('mine')$$),
    (20, 'a contact',                             $$SELECT dos.contact_delete_staff('ANN', 'r')$$),
    (21, 'a registrar',                           $$SELECT dos.registrar_create('mine', 'Mine')$$),
    (22, 'a hook',                                $$SELECT dos.hook_add('check', 'domain', 'create', 'dos.now()')$$),
    (23, 'all reports',                           $$SELECT dos.report_html('revenue')$$),
    (25, 'another''s token for one''s zone',      $$SELECT dos.token_automatic_set('TOKEN-south', 'north')$$),
    (26, 'one''s own token for all zones',        $$SELECT dos.token_automatic_set('TOKEN-north')$$),
    (27, 'a package for all zones',              $$SELECT dos.package_create('acme', 'all', 10, 10, 500, 'USD')$$),
    (28, 'prices of another''s zone',             $$SELECT dos.zone_config_diff('south', '{"prices": []}')$$),
    (29, 'prices of one''s own zone',             $$SELECT dos.zone_config_apply('north', '{"fees": [], "promotions": [{"name": "mine", "percent": 5}]}', 'r')$$),
    (24, 'a prompt of the inside',                $$SELECT dos_internal.operators_seen()$$)) AS w (n, what, command),
    answer_as('operator_north', w.command) AS a ORDER BY w.n;
SELECT a.code FROM answer_as('operator_both', $$SELECT * FROM dos.statement('acme', 'USD')$$) AS a
UNION ALL SELECT a.code FROM answer_as('operator_both', $$SELECT * FROM dos.statement('acme', 'USD', operator => 'south')$$) AS a
UNION ALL SELECT a.code FROM answer_as('operator_none', $$SELECT * FROM dos.statement('acme', 'USD', operator => 'south')$$) AS a;
SELECT test.zone('plain') > 0 AS zone;
SELECT a.code FROM answer_as('operator_north', $$SELECT dos.price_set('plain', 'update', NULL, 'USD', 1)$$) AS a;

-- tables have no row security, on which hot plans and puts would depend
SELECT count(*) FROM pg_class WHERE relnamespace IN ('dos'::regnamespace, 'dos_internal'::regnamespace) AND relrowsecurity;
SELECT dos.operator_update('north', 'role='), dos.operator_update('south', 'role=');
DROP OWNED BY operator_north, operator_none;
DROP ROLE operator_ann, operator_both, operator_none, operator_north, operator_south;
