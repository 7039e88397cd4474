-- Operators: refusals first, what zones take from theirs, the document of a zone, and that one cannot go while it has anything.
SET dos.clock = '2026-04-03T00:00:00Z';
CREATE ROLE operator_verb_staff;
CREATE ROLE operator_verb_boss SUPERUSER;
SELECT id, name, invoice_prefix, own FROM dos.operator;
SELECT t.what, o.code, o.reason, o.element, o.message
FROM (VALUES
    (1, 'no name',            $$SELECT dos.operator_create(NULL)$$),
    (2, 'a name with spaces', $$SELECT dos.operator_create('North Ltd')$$),
    (3, 'taken',              $$SELECT dos.operator_create('registry', 'invoice_prefix=R')$$),
    (4, 'no such setting',    $$SELECT dos.operator_create('north', 'color=red')$$),
    (5, 'no value',           $$SELECT dos.operator_create('north', 'currency')$$),
    (6, 'its id',             $$SELECT dos.operator_create('north', 'id=7')$$),
    (7, 'no such currency',   $$SELECT dos.operator_create('north', 'currency=XXX')$$),
    (8, 'a ROID suffix',      $$SELECT dos.operator_create('north', 'roid_suffix=n-1')$$),
    (9, 'a country',          $$SELECT dos.operator_create('north', 'country=Norway')$$),
    (10, 'contacts: a list',  $$SELECT dos.operator_create('north', 'contacts=[]')$$),
    (11, 'the first series',  $$SELECT dos.operator_create('north', 'invoice_prefix=')$$),
    (12, 'a series in digits', $$SELECT dos.operator_create('north', 'invoice_prefix=2026')$$),
    (13, 'no such role',      $$SELECT dos.operator_create('north', 'role=operator_verb_none')$$),
    (14, 'a superuser',       $$SELECT dos.operator_create('north', 'role=operator_verb_boss')$$),
    (15, 'a gateway''s role', $$SELECT dos.operator_create('north', 'role=dos_epp')$$),
    (16, 'update: unknown',   $$SELECT dos.operator_update('north', 'country=NO')$$),
    (17, 'update: of nobody', $$SELECT dos.operator_update(NULL, 'country=NO')$$),
    (18, 'delete: unknown',   $$SELECT dos.operator_delete('north')$$),
    (19, 'delete: the first', $$SELECT dos.operator_delete('registry')$$),
    (20, 'zone: unknown',     $$SELECT dos.zone_create('fjord', '{}', 'operator=north')$$),
    (21, 'zone: by number',   $$SELECT dos.zone_create('fjord', '{}', 'operator_id=1')$$),
    (22, 'account: unknown',  $$SELECT dos.account_open('acme', 'USD', operator => 'north')$$)) AS t (n, what, command),
    test.outcome(t.command) AS o ORDER BY t.n;
SELECT count(*) FROM dos.operator;

SELECT dos.operator_create('north', 'legal_name=North Registry AS', 'currency=NOK', 'roid_suffix=NORTH', 'country=NO', 'tax_id=NO 999', 'escrow_agent=9999', 'role=operator_verb_staff',
    'contacts={"technical": {"email": "noc@north.example"}}') > 1 AS made;
SELECT name, legal_name, currency, roid_suffix, country, tax_id, invoice_prefix, escrow_agent, role, contacts FROM dos.operator WHERE name = 'north';
SELECT pg_has_role('operator_verb_staff', 'dos_operator', 'MEMBER') AS staff;

-- a zone begins with what its operator has, unless it is said
SELECT dos.zone_create('plain', '{}') > 0, dos.zone_create('fjord', '{}', 'operator=north') > 0, dos.zone_create('other', '{}', 'currency=EUR', 'operator=north', 'period_max=5') > 0;
SELECT z.name, o.name AS operator, z.currency, z.roid_suffix, z.period_max FROM dos.zone AS z JOIN dos.operator AS o ON o.id = z.operator_id ORDER BY 1;
SELECT test.registrar('acme'), dos.account_open('acme', 'NOK', operator => 'north') > 0 AS account;
SELECT dos.price_set('fjord', 'create', NULL, 'NOK', 100), dos.account_deposit('acme', 'NOK', 1000, 'kr 1', operator => 'north') > 0 AS paid;
SELECT test.contact('acme', 'ANN');
SELECT (dos.domain_create('acme', 'a.fjord', registrant => 'ANN', contacts => '{admin:ANN,tech:ANN}')).code;
SELECT name, roid ~ '-NORTH$' AS roid FROM dos.domain;

-- in the document of a zone; a change moves the zone and nothing that was booked
SELECT dos.zone_config('fjord') ->> 'operator' AS operator, dos.zone_config('fjord') -> 'settings' ? 'operator_id' AS as_setting;
SELECT * FROM dos.zone_config_diff('fjord', '{"operator": "registry"}');
SELECT o.code, o.reason, o.element FROM (VALUES ($$SELECT dos.zone_config_apply('fjord', '{"operator": "west"}', 'sold')$$), ($$SELECT dos.zone_config_apply('fjord', '{"operator": "registry"}', '')$$)) AS t (c), test.outcome(t.c) AS o;
SELECT dos.zone_config_apply('fjord', '{"operator": "registry"}', 'sold');
SELECT place, was ->> 'operator_id' IS DISTINCT FROM became ->> 'operator_id' AS moved, reason FROM dos.policy_change WHERE reason = 'sold';
SELECT registrar, operator, balance FROM dos.account_balance ORDER BY 1, 2;
SELECT o.code, o.reason, o.detail FROM test.outcome($$SELECT dos.domain_renew('acme', 'a.fjord', '2027-04-03')$$) AS o;
SELECT dos.zone_config_apply('fjord', '{"operator": "north"}', 'bought back');

-- changed, renamed, its role taken away; not deleted while it has zones and accounts
SELECT dos.operator_update('north', 'name=nord', 'tax_id=', 'role=');
SELECT name, tax_id, role FROM dos.operator WHERE id > 1;
SELECT pg_has_role('operator_verb_staff', 'dos_operator', 'MEMBER') AS staff;
SELECT o.code, o.reason, o.detail FROM test.outcome($$SELECT dos.operator_delete('nord')$$) AS o;
UPDATE dos.zone SET operator_id = 1;
SELECT o.code, o.reason, o.detail FROM test.outcome($$SELECT dos.operator_delete('nord')$$) AS o;
SELECT dos.operator_create('brief', 'role=operator_verb_staff') > 1, dos.operator_delete('brief');
SELECT pg_has_role('operator_verb_staff', 'dos_operator', 'MEMBER') AS staff, count(*) FROM dos.operator;
DROP ROLE operator_verb_staff, operator_verb_boss;
