-- What strangers write: every text, text[], jsonb and domain parameter of every function that a gateway may call is given SQL, quotes,
-- backslashes, control and format characters, broken arrays and JSON, and very long values, one parameter at a time beside plausible
-- others. The answer is a result or a refusal with its EPP code; never another error, and never a change of anything but the rows asked for.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('rival'), test.thin_zone('example', 'transfer_lock=0', 'idn=true') > 0 AS zone, test.thin_zone('second', 'host_model=attribute') > 0 AS second;
SELECT dos.registrar_password('acme', 'Long-Passw0rd-1');
SELECT test.contact('acme', 'AC-1');
SELECT (dos.domain_create('acme', 'live.example', registrant => 'AC-1', auth => 'Acme-kept-1')).code, (dos.host_create('acme', 'ns1.live.example', '{192.0.2.1}')).code AS host,
       (dos.org_create('acme', 'acme-org', '{"roles":[{"type":"reseller"}]}')).code AS org;

-- one that fits, for parameters that would stop the command before the one in question is looked at
CREATE TABLE plausible (parameter text PRIMARY KEY, literal text);
INSERT INTO plausible VALUES ('registrar', $$'acme'$$), ('name', $$'live.example'$$), ('names', $$'{live.example}'$$), ('ids', $$'{AC-1}'$$), ('hosts', $$'{ns1.live.example}'$$), ('password', $$'Long-Passw0rd-1'$$),
    ('auth', $$'Acme-kept-1'$$), ('registrant', $$'AC-1'$$), ('contacts', $$'{admin:AC-1}'$$), ('int_postal', $$ARRAY['Ann', NULL, 's', NULL, NULL, 'Paris', NULL, NULL, 'FR']$$), ('email', $$'a@mail.example'$$),
    ('voice', $$'+1.5'$$), ('current_expiry', $$'2027-04-03'$$), ('addresses', $$'{192.0.2.66}'$$), ('statements', $$'{one,two}'$$), ('deleted_at', $$'2026-04-03'$$), ('restored_at', $$'2026-04-03'$$),
    ('data', $$'{"roles":[{"type":"reseller"}]}'$$), ('zone', $$'example'$$), ('query', $$'live.example'$$), ('queries', $$'{live.example}'$$), ('base_url', $$'https://rdap.example/'$$), ('language', $$'en'$$),
    ('period', '1'), ('period_unit', $$'y'$$), ('reason', $$'r'$$), ('gateway', $$'gw-1'$$), ('object', $$'domains'$$), ('keys', $$'{name}'$$), ('values', $$'{live*}'$$);
-- what is made must not be there
CREATE TABLE fresh (function text, parameter text, literal text, PRIMARY KEY (function, parameter));
INSERT INTO fresh VALUES ('domain_create', 'name', $$'new.example'$$), ('domain_create', 'hosts', 'NULL'), ('host_create', 'name', $$'ns9.live.example'$$), ('contact_create', 'id', $$'NEW-1'$$), ('org_create', 'id', $$'new-org'$$),
    ('contact_update', 'id', $$'AC-1'$$), ('contact_delete', 'id', $$'AC-1'$$), ('contact_info', 'id', $$'AC-1'$$), ('org_update', 'id', $$'acme-org'$$), ('org_info', 'id', $$'acme-org'$$), ('host_info', 'name', $$'ns1.live.example'$$),
    ('host_update', 'name', $$'ns1.live.example'$$), ('host_delete', 'name', $$'ns1.live.example'$$), ('domain_transfer_request', 'registrar', $$'rival'$$), ('contact_transfer_request', 'registrar', $$'rival'$$), ('contact_transfer_request', 'id', $$'AC-1'$$);

CREATE TABLE payload (n int GENERATED ALWAYS AS IDENTITY, words text);
INSERT INTO payload (words) VALUES ($p$'; DROP TABLE dos.domain; --$p$), ($p$' OR '1'='1$p$), ($p$live.example' UNION SELECT password_hash::text FROM dos.registrar --$p$), ($p$\'; SELECT 1$p$), ($p$"$p$), ($p$\$p$),
    ($p$$$; SELECT 1; $$$p$), ($p$%s%n%1$s%%$p$), ($p${"a":$p$), ($p${a,{b}$p$), ($p$),('x$p$), (E'\x01\x02\x1b[2J'), (E'a\r\nDomain Name: forged.example\r\n'), (E'\t'), (E'\u202e\u200b\ufeff'), (E'\U0001f600'),
    (''), (' '), ('NULL'), ('.'), ('-1'), ('99999999999999999999999'), ('1e999'), ('2026-13-45'), ('infinity'), ('../../etc/passwd'), ('<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>&y;'),
    ('$1'), ('{}'), ('*'), ('xn--99999999'), (repeat('a.', 200)), (repeat('a', 64) || '.example'), (repeat('x', 100000)), (repeat('{', 20000));
-- the extensions of a command, each with each kind of value
CREATE TABLE shape AS
    SELECT k AS key, v FROM unnest('{fee,token,launch,idn,ttl,org,addl_email,quote,secdns,x}'::text[]) AS k,
           unnest(ARRAY['null', '"''; DROP TABLE dos.domain; --"', '-1.5', '1e400', 'true', '[]', '[null]', '["x"]', '{}', '{"":null}', '{"currency":[],"email":{},"table":[],"phase":{},"add":"x"}']) AS v
    UNION ALL
    SELECT * FROM (VALUES ('fee', '{"currency":"''","fees":"x"}'), ('fee', '{"currency":"USD","fees":[{"amount":"x"}]}'), ('fee', '{"currency":"USD","fees":[{"amount":"NaN"}]}'), ('fee', '{"currency":"USD","fees":[{"amount":"1e9999"}],"credits":{}}'),
        ('fee', '{"currency":"USD","commands":[{"name":"''","period":"x","unit":[]}]}'), ('fee', '{"currency":"USD","commands":[{"name":"create","period":1e30,"unit":"y"}]}'), ('fee', '{"currency":"USD","commands":{}}'), ('fee', '{"currency":"USD","commands":[[]]}'),
        ('launch', '{"phase":"''","type":"x"}'), ('launch', '{"phase":"sunrise","notices":[{"id":null,"not_after":"x","accepted_at":"y"}],"codes":{},"smd":[1]}'), ('launch', '{"phase":"claims","notices":{}}'), ('launch', '{"phase":"open","application_id":[]}'),
        ('idn', '{"table":"''","uname":"\u0001"}'), ('ttl', '[{"for":"NS","ttl":"x"}]'), ('ttl', '[{"for":"''","ttl":-1}]'), ('ttl', '[{"for":"NS","ttl":1e99}]'), ('ttl', '[{"for":null}]'),
        ('org', '{"add":[{"role":1,"id":{}}],"rem":[[]],"chg":{}}'), ('org', '{"add":[{"role":"reseller","id":"acme-org"}],"rem":"x"}'), ('addl_email', '{"email":"''@","primary":"x"}'), ('quote', '"Q1"')) AS own (key, v);

-- functions that take something from strangers
CREATE TABLE target AS
    SELECT p.oid, p.proname::text AS name, p.proargnames[:p.pronargs] AS parameters, p.proargtypes::oid[] AS types, p.pronargs - p.pronargdefaults AS needed, r.role
      FROM pg_proc AS p, unnest('{dos_epp,dos_rdds,dos_dns}'::text[]) AS r (role)
     WHERE p.pronamespace = 'dos'::regnamespace AND EXISTS (SELECT FROM aclexplode(p.proacl) AS a WHERE a.grantee = to_regrole(r.role) AND a.privilege_type = 'EXECUTE');
-- the value of a parameter, a literal of its type; NULL when the type takes no such words
CREATE FUNCTION value(type oid, words text) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT quote_literal(words) WHERE type IN ('text'::regtype, 'varchar'::regtype, 'dos.hostname'::regtype)
    UNION ALL SELECT quote_literal(v) FROM unnest(ARRAY[ARRAY[words]::text, ARRAY[NULL, words, words]::text]) AS v WHERE type = 'text[]'::regtype
    UNION ALL SELECT quote_literal(v) FROM unnest(ARRAY[to_jsonb(words)::text, jsonb_build_object(words, jsonb_build_array(words))::text]) AS v WHERE type = 'jsonb'::regtype
$$;
CREATE FUNCTION command(t target, place int, literal text) RETURNS text LANGUAGE sql AS $$
    SELECT format('SELECT count(*) FROM dos.%I(%s) AS answer', t.name, string_agg(format('%I => %s', t.parameters[n], CASE WHEN n = place THEN literal ELSE l.literal END), ', ' ORDER BY n))
      FROM generate_series(1, cardinality(t.parameters)) AS n,
           LATERAL (SELECT CASE WHEN n = place THEN literal ELSE coalesce((SELECT f.literal FROM fresh AS f WHERE f.function = t.name AND f.parameter = t.parameters[n]), (SELECT p.literal FROM plausible AS p WHERE p.parameter = t.parameters[n]), CASE WHEN n <= t.needed THEN 'NULL' END) END AS literal) AS l
     WHERE l.literal IS NOT NULL
$$;
CREATE TABLE answered (name text, parameter text, n int, code text, message text);
GRANT INSERT ON answered TO dos_epp, dos_rdds, dos_dns;
-- undone each time
CREATE PROCEDURE try(role text, name text, parameter text, n int, command text) LANGUAGE plpgsql AS $$
DECLARE
    said text;
BEGIN
    BEGIN
        EXECUTE format('SET LOCAL SESSION AUTHORIZATION %I', role);
        EXECUTE command;
        RAISE EXCEPTION 'undo' USING ERRCODE = 'XXUND';
    EXCEPTION WHEN SQLSTATE 'XXUND' THEN
        INSERT INTO answered VALUES (name, parameter, n, 'done');
    WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS said = PG_EXCEPTION_DETAIL;
        INSERT INTO answered VALUES (name, parameter, n, SQLSTATE, concat_ws(' | ', SQLERRM, said));
    END;
END $$;
CREATE FUNCTION tables() RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    c    record;
    sum  text;
    sums jsonb := '{}';
BEGIN
    FOR c IN SELECT t.oid::regclass AS name FROM pg_depend AS m JOIN pg_class AS t ON t.oid = m.objid WHERE m.classid = 'pg_class'::regclass AND m.deptype = 'e'
                AND m.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'dos') AND t.relkind IN ('r', 'p') LOOP
        EXECUTE format('SELECT count(*) || md5(string_agg(v::text, '' '' ORDER BY v::text)) FROM %s AS v', c.name) INTO sum;
        sums := sums || jsonb_build_object(c.name::text, sum);
    END LOOP;
    RETURN sums;
END $$;
CREATE TABLE before AS SELECT tables() AS tables, (SELECT count(*) FROM pg_class) AS classes, (SELECT count(*) FROM pg_roles) AS roles;
DO $$
DECLARE
    t target;
    v record;
BEGIN
    FOR t IN SELECT * FROM target LOOP
        FOR v IN SELECT g.place, p.n AS payload, l AS literal FROM generate_series(1, cardinality(t.parameters)) AS g (place), payload AS p, value(t.types[g.place - 1], p.words) AS l
                            -- every other one, by turns; of ids that are only kept, and logins, which take their time, a seventh
                            WHERE p.n % 7 = 0 OR (p.n + g.place) % 2 = 0 AND NOT (t.parameters[g.place] IN ('cltrid', 'svtrid') OR t.name IN ('epp_login', 'epp_gateway_report'))
                 UNION ALL SELECT g.place, 1000 + row_number() OVER (), quote_literal(jsonb_build_object(s.key, s.v::jsonb)::text) FROM generate_series(1, cardinality(t.parameters)) AS g (place), shape AS s
                            WHERE t.types[g.place - 1] = 'jsonb'::regtype AND t.name <> 'epp_login' LOOP
            CALL try(t.role, t.name, t.parameters[v.place], v.payload::int, command(t, v.place, v.literal));
        END LOOP;
    END LOOP;
END $$;
-- how much was tried (9,000 calls or so), and what was answered otherwise than by a result or a refusal
SELECT count(*) > 6000 AS many, count(DISTINCT name) > 60 AS functions, count(*) FILTER (WHERE code = 'done') > 1000 AS done, count(*) FILTER (WHERE code LIKE 'R2%') > 3000 AS refused FROM answered;
SELECT name, parameter, code, count(*), min(n) AS first, left(min(message), 100) AS message FROM answered WHERE code <> 'done' AND code !~ '^R2[0-9]{3}$' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
-- what is told has no word of the inside
SELECT name, parameter, code, left(message, 120) FROM answered WHERE code LIKE 'R%' AND message ~* 'dos_internal|relation "|column "|syntax error|invalid input|pg_|plpgsql|violates' GROUP BY 1, 2, 3, 4 ORDER BY 1, 2 LIMIT 20;
-- everything is as it was
SELECT b.tables = tables() AS same, b.classes <= (SELECT count(*) FROM pg_class) AS there, b.roles = (SELECT count(*) FROM pg_roles) AS roles FROM before AS b;
SELECT n.key FROM before AS b, jsonb_each(b.tables) AS o, jsonb_each(tables()) AS n WHERE n.key = o.key AND n.value <> o.value;
