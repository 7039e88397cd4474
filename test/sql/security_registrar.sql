-- Nobody's objects but one's own: registrar "rival" tries every verb that the EPP gateway may call on everything "acme" has.
-- The verbs come from the catalog, so a new one is tried as soon as it exists; a parameter nobody has a value for fails.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme', 987654321), test.registrar('rival'), test.registrar('third'),
       test.zone('example', 'registrant_required=false', 'contacts_required={}', 'transfer_lock=0 days') > 0 AS zone,
       test.zone('second', 'registrant_required=false', 'contacts_required={}', 'transfer_lock=0 days', 'host_model=attribute', 'add_grace=0') > 0 AS second;

-- what acme has; "kept" in a value marks what must not be told
SELECT test.contact('acme', 'AC-1'), test.contact('acme', 'AC-PEND'), test.contact('rival', 'RI-1');
UPDATE dos.contact SET email = 'kept-mail@mail.example', int_postal.name = 'Kept Name', voice = '+1.5555559999' WHERE registrar_id = (SELECT id FROM dos.registrar WHERE clid = 'acme');
SELECT d.name, (dos.domain_create('acme', d.name, registrant => 'AC-1', auth => 'Acme-kept-1')).code
  FROM unnest('{live.example,held.example,pend.example,wanted.example,gone.example}'::text[]) AS d (name);
SELECT (dos.domain_create('acme', 'gone.second', auth => 'Acme-kept-1')).code, (dos.domain_create('rival', 'rival.example', registrant => 'RI-1', auth => 'Rival-pw-1')).code AS rival,
       (dos.host_create('acme', 'ns1.live.example', '{192.0.2.1}')).code AS host, (dos.host_create('acme', 'ns1.elsewhere.test')).code AS outside,
       (dos.host_create('rival', 'ns1.rival.example', '{192.0.2.9}')).code AS rival_host;
SELECT dos.domain_update('acme', 'live.example', add_hosts => '{ns1.live.example}'),
       dos.domain_update('acme', 'held.example', add_statuses => '{clientHold,clientUpdateProhibited}');
SELECT (dos.org_create('acme', 'acme-org', '{"roles":[{"type":"reseller"}],"email":"kept-mail@mail.example"}')).code;
SELECT test.thin_zone('apply') > 0 AS zone, dos.phase_create('apply', 'landrush', 'landrush', '2026-04-01T00:00Z', '2026-06-01T00:00Z', 'mode=application') > 0 AS phase,
       (dos.domain_create('acme', 'wished.apply', registrant => 'AC-1', auth => 'Acme-kept-1', extensions => '{"launch": {"phase": "landrush"}}')).code;
SELECT (dos.quote_make('acme', 'quoted.example', 'create', valid => '10 years')).amount;
SELECT count(*) FROM dos.token_create('example', 1, 'token=KEPT-TOKEN', 'registrar=acme', 'percent=50');
SET dos.clock = '2026-05-03T00:00:00Z';
SELECT (dos.domain_delete('acme', 'gone.example')).code, (dos.domain_delete('acme', 'gone.second')).code AS second;
SELECT (dos.domain_transfer_request('third', 'pend.example', 'Acme-kept-1')).code, (dos.domain_transfer_request('rival', 'wanted.example', 'Acme-kept-1')).code AS rival,
       (dos.contact_transfer_request('third', 'AC-PEND', 'Auth-AC-PEND!1')).code AS contact;
SELECT r.clid, count(*) FROM dos.poll_message AS m JOIN dos.registrar AS r ON r.id = m.registrar_id GROUP BY 1 ORDER BY 1;

CREATE TABLE object AS
    SELECT * FROM (VALUES ('domain', 'live.example'), ('domain', 'held.example'), ('domain', 'pend.example'), ('domain', 'wanted.example'), ('domain', 'gone.example'),
        ('domain', 'gone.second'), ('host', 'ns1.live.example'), ('host', 'ns1.elsewhere.test'), ('contact', 'AC-1'), ('contact', 'AC-PEND'), ('org', 'acme-org'), ('application', 'wished.apply'),
        ('balance', 'USD'), ('funds', 'USD'), ('maintenance', '1')) AS o (kind, name)
    UNION ALL SELECT 'poll', m.id::text FROM dos.poll_message AS m JOIN dos.registrar AS r ON r.id = m.registrar_id WHERE r.clid <> 'rival'
    UNION ALL SELECT 'poll', '0' UNION ALL SELECT 'poll', '9223372036854775807';

-- What a parameter is given, as a literal: in way 1 what may be left out is, 2 says a wrong authInfo, 3 the attacker's own contact's,
-- 4 changes everything there is.
CREATE TABLE given (parameter text PRIMARY KEY, literal text);
INSERT INTO given VALUES
    ('cltrid', $$'CL-1'$$), ('svtrid', $$'SV-1'$$), ('extensions', $$'{"fee": {}, "org": {"chg": [{"id": "acme-org", "role": "reseller"}]}}'$$), ('period', '1'), ('period_unit', $$'y'$$),
    ('registrant', $$'RI-1'$$), ('contacts', $$'{admin:RI-1}'$$), ('host_attrs', NULL), ('ds', NULL), ('keys', NULL), ('max_sig_life', NULL), ('language', $$'en'$$),
    ('addresses', $$'{192.0.2.66}'$$), ('add_addresses', $$'{192.0.2.66}'$$), ('rem_addresses', $$'{192.0.2.1}'$$), ('new_name', $$'ns9.rival.example'$$),
    ('add_hosts', $$'{ns1.rival.example}'$$), ('rem_hosts', $$'{ns1.live.example}'$$), ('add_host_attrs', NULL), ('rem_host_attrs', NULL), ('add_contacts', $$'{admin:RI-1}'$$), ('rem_contacts', NULL),
    ('add_statuses', $$'{clientUpdateProhibited}'$$), ('rem_statuses', $$'{clientHold}'$$), ('chg_registrant', $$'RI-1'$$), ('chg_auth', $$'Stolen-kept-1'$$), ('rem_all_ds', 'true'),
    ('rem_ds', NULL), ('rem_keys', NULL), ('add_ds', NULL), ('add_keys', NULL), ('chg_max_sig_life', NULL), ('urgent', 'false'),
    ('int_postal', $$ARRAY['Rival', NULL, NULL, NULL, NULL, 'Paris', NULL, NULL, 'FR']$$), ('loc_postal', NULL), ('voice', $$'+1.5'$$), ('voice_x', NULL), ('fax', NULL), ('fax_x', NULL),
    ('email', $$'rival@mail.example'$$), ('disclose_flag', 'true'), ('disclose', $$'{voice}'$$), ('pre_data', $$'a'$$), ('post_data', $$'b'$$), ('deleted_at', $$'2026-05-03'$$),
    ('restored_at', $$'2026-05-03'$$), ('reason', $$'r'$$), ('statements', $$'{one,two}'$$), ('other', NULL), ('operator', NULL),
    ('data', $$'{"chg": {"url": "https://rival.example"}, "roles": [{"type": "reseller"}]}'$$);
CREATE FUNCTION value(parameter text, kind text, name text, way int, optional boolean) RETURNS text LANGUAGE sql AS $$
    SELECT CASE
        WHEN parameter = 'registrar' THEN quote_literal('rival')
        WHEN parameter = 'extensions' AND kind = 'application' THEN (SELECT format('%L', jsonb_build_object('launch', jsonb_build_object('phase', 'landrush', 'include_mark', true, 'application_id', a.number)))
                                                                       FROM dos.application AS a WHERE a.name = value.name)
        WHEN parameter IN ('name', 'id') OR parameter = 'currency' AND way > 1 THEN quote_literal(name)
        WHEN parameter IN ('names', 'ids') THEN format('ARRAY[%L]', name)
        WHEN parameter = 'auth' THEN quote_literal((ARRAY[NULL, 'Wrong-kept-9', 'Auth-RI-1!1', 'Rival-pw-1'])[way])
        WHEN parameter = 'auth_roid' AND way = 3 THEN (SELECT quote_literal(c.roid) FROM dos.contact AS c WHERE c.handle = 'RI-1')
        WHEN parameter = 'auth_roid' AND way = 4 THEN (SELECT quote_literal(d.roid) FROM dos.domain AS d WHERE d.name = 'rival.example')
        WHEN parameter = 'current_expiry' THEN (SELECT quote_literal(coalesce(max(d.expires_at)::date, '2027-04-03')) FROM dos.domain AS d WHERE d.name = value.name)
        WHEN NOT optional OR way = 4 THEN (SELECT g.literal FROM given AS g WHERE g.parameter = value.parameter) END
$$;
CREATE VIEW verb AS
    SELECT p.oid, p.proname::text AS name, split_part(p.proname, '_', 1) AS kind, p.pronargs - p.pronargdefaults AS needed, p.proargnames[:p.pronargs] AS parameters
      FROM pg_proc AS p WHERE p.pronamespace = 'dos'::regnamespace AND has_function_privilege('dos_epp', p.oid, 'EXECUTE');

-- verbs of no known kind of object, parameters without a value: none
SELECT v.name FROM verb AS v WHERE v.parameters[1] = 'registrar' AND v.name <> 'epp_login' AND v.kind NOT IN (SELECT o.kind FROM object AS o);
SELECT v.name, p FROM verb AS v, unnest(v.parameters) AS p WHERE v.parameters[1] = 'registrar' AND v.name <> 'epp_login'
   AND p NOT IN (SELECT g.parameter FROM given AS g UNION SELECT unnest('{registrar,name,id,names,ids,currency,hosts,auth,auth_roid,current_expiry}'::text[]));

-- every table of the extension, row versions included
CREATE FUNCTION tables() RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    c    record;
    sum  text;
    sums jsonb := '{}';
BEGIN
    FOR c IN SELECT t.oid::regclass AS name FROM pg_depend AS m JOIN pg_class AS t ON t.oid = m.objid WHERE m.classid = 'pg_class'::regclass AND m.deptype = 'e'
                AND m.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'dos') AND t.relkind IN ('r', 'p') LOOP
        EXECUTE format('SELECT count(*) || md5(string_agg(ctid::text || xmin, '' '' ORDER BY ctid)) FROM %s', c.name) INTO sum;
        sums := sums || jsonb_build_object(c.name::text, sum);
    END LOOP;
    RETURN sums;
END $$;
SELECT count(*) > 100 AS tables FROM jsonb_object_keys(tables());

CREATE TABLE attempt (verb text, name text, code text, told text);
CREATE FUNCTION attack(verb text, name text, command text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    code   text;
    answer text;
    hint   text;
BEGIN
    BEGIN
        EXECUTE format('SELECT string_agg(to_jsonb(answer)::text, '' ''), coalesce(min(to_jsonb(answer) ->> ''code''), ''1000'') FROM (%s) AS answer', command) INTO answer, code;
    EXCEPTION WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, answer = MESSAGE_TEXT, hint = PG_EXCEPTION_DETAIL;
    END;
    INSERT INTO attempt VALUES (verb, name, ltrim(code, 'R'),
        substring(concat_ws(' ', answer, hint) FROM '(?i)acme-kept|kept-mail|kept name|5555559999|KEPT-TOKEN|Auth-AC|9876[0-9.]{5}|Wrong-kept|Stolen-kept|\\x[0-9a-f]{20}'));
    RETURN ltrim(code, 'R');
END $$;
CREATE FUNCTION command_of(verb text, kind text, name text, way int) RETURNS text LANGUAGE sql AS $$
    SELECT format('SELECT * FROM dos.%I(%s)', verb, string_agg(format('%I => %s', a.name, coalesce(l.literal, 'NULL')), ', ' ORDER BY a.n))
      FROM verb AS v, unnest(v.parameters) WITH ORDINALITY AS a (name, n), value(a.name, kind, command_of.name, way, a.n > v.needed) AS l (literal)
     WHERE v.name = verb AND (l.literal IS NOT NULL OR a.n <= v.needed)
$$;
-- one verb on everything, in all ways; what it changed. Not the cancelling of one's own request.
CREATE FUNCTION siege(verb text, kind text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := tables();
    after  jsonb;
BEGIN
    PERFORM attack(verb, o.name, command_of(verb, o.kind, o.name, w)) FROM object AS o, generate_series(1, 4) AS w
      WHERE o.kind = siege.kind AND (verb, o.name) <> ('domain_transfer_cancel', 'wanted.example');
    after := tables();
    RETURN (SELECT string_agg(b.key, ' ') FROM jsonb_each(before) AS b WHERE b.value IS DISTINCT FROM after -> b.key);
END $$;

-- whole: what changed by each verb (nothing), on how many objects it was tried, how often, what it answered and what secrets it told (none)
CREATE TABLE sieged AS SELECT v.name AS verb, siege(v.name, v.kind) AS changed FROM verb AS v WHERE v.parameters[1] = 'registrar' AND v.name <> 'epp_login';
SELECT s.verb, s.changed, count(DISTINCT a.name) AS objects, count(*) AS tries, string_agg(DISTINCT a.code, ' ' ORDER BY a.code) AS codes, string_agg(DISTINCT a.told, ' ') AS told
  FROM sieged AS s JOIN attempt AS a USING (verb) GROUP BY 1, 2 ORDER BY 1;
SELECT count(DISTINCT a.verb) AS verbs, count(*) AS tries, count(*) FILTER (WHERE a.code ~ '^2') AS refused, count(*) FILTER (WHERE a.code ~ '^1') AS answered FROM attempt AS a;

-- another's things as something else than the object: refused, and nothing remains of it
SELECT t.what, e.* FROM (VALUES
    (1, 'a host below another''s domain',   $$SELECT * FROM dos.host_create('rival', 'evil.live.example', '{192.0.2.66}')$$),
    (2, 'a host moved below it',            $$SELECT * FROM dos.host_update('rival', 'ns1.rival.example', new_name => 'evil.live.example')$$),
    (3, 'an attribute host below it',       $$SELECT * FROM dos.domain_create('rival', 'new.second', host_attrs => '{ns1.live.example 192.0.2.66}')$$),
    (4, 'another''s registrant',            $$SELECT * FROM dos.domain_create('rival', 'new.example', registrant => 'AC-1')$$),
    (5, 'another''s contact',               $$SELECT * FROM dos.domain_create('rival', 'new.example', contacts => '{admin:AC-1}')$$),
    (6, 'another''s contact, later',        $$SELECT * FROM dos.domain_update('rival', 'rival.example', chg_registrant => 'AC-1')$$),
    (7, 'another''s quote',                 format($$SELECT * FROM dos.domain_create('rival', 'quoted.example', extensions => '{"quote": "%s"}')$$, (SELECT q.id FROM dos.quote AS q))),
    (8, 'another''s token',                 $$SELECT * FROM dos.domain_create('rival', 'new.example', extensions => '{"token": "KEPT-TOKEN"}')$$),
    (9, 'another''s organization',          $$SELECT * FROM dos.domain_update('rival', 'rival.example', extensions => '{"org": {"add": [{"id": "acme-org", "role": "reseller"}]}}')$$),
    (10, 'another''s parent organization',  $$SELECT * FROM dos.org_create('rival', 'rival-org', '{"roles": [{"type": "reseller"}], "parent": "acme-org"}')$$),
    (11, 'another''s authInfo roid',        $$SELECT * FROM dos.domain_transfer_request('rival', 'live.example', 'Auth-AC-1!1', 'C999-DOS')$$),
    (12, 'a login with one''s own password', $$SELECT * FROM dos.epp_login('acme', 'Rival-pw-1')$$),
    (13, 'a transfer approved by its gainer', $$SELECT * FROM dos.domain_transfer_approve('rival', 'wanted.example')$$),
    (14, 'a transfer answered by neither',  $$SELECT * FROM dos.domain_transfer_reject('rival', 'pend.example')$$)) AS t (n, what, command),
    test.effect(t.command) AS e ORDER BY t.n;
