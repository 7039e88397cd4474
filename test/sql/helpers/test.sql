-- What tests have in common, in the template database of tools/regress: pgTAP (in public) and schema test.
-- Tests call them; they are not part of the extension.

CREATE SCHEMA test;

-- What a command answers: its result code and fields when it succeeds, the fields of the refusal when it does not.
CREATE FUNCTION test.outcome(command text, OUT code text, OUT reason text, OUT element text, OUT message text, OUT detail text)
LANGUAGE plpgsql AS $$
DECLARE
    answer jsonb;
BEGIN
    IF command ~* '^\s*(select|values|table|with)\M' THEN
        EXECUTE format('SELECT to_jsonb(answer) FROM (%s) AS answer LIMIT 1', command) INTO answer;
        -- SELECT f(...) gives one column that holds the row; SELECT * FROM f(...) gives the row
        IF (SELECT count(*) = 1 FROM jsonb_object_keys(answer)) THEN
            answer := (SELECT CASE jsonb_typeof(value) WHEN 'object' THEN value ELSE answer END FROM jsonb_each(answer));
        END IF;
    ELSE
        EXECUTE command;
    END IF;
    code := coalesce(answer ->> 'code', 'ok');
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, reason = CONSTRAINT_NAME, element = COLUMN_NAME,
                            message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL;
    reason := nullif(reason, '');
    element := nullif(element, '');
    detail := nullif(detail, '');
END $$;

-- A registrar that may act and pay.
CREATE FUNCTION test.registrar(clid text, deposit_minor bigint DEFAULT 100000000, currency text DEFAULT 'USD') RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
    new_id int := dos.registrar_create(clid, 'Registrar ' || clid, currency => currency);
BEGIN
    PERFORM dos.account_open(clid, currency, slices => 4);
    IF deposit_minor > 0 THEN
        PERFORM dos.account_deposit(clid, currency, deposit_minor, 'opening ' || clid);
    END IF;
    RETURN new_id;
END $$;

-- A zone with prices for everything: create 8.00, renew 8.00, transfer 8.00, restore 40.00 each; ICANN's names are free.
CREATE FUNCTION test.zone(name text, VARIADIC policy text[] DEFAULT '{}') RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
    new_id int := dos.zone_create(name, ARRAY['ns1.nic.' || name || ' 192.0.2.53'],
                                  VARIADIC CASE WHEN array_to_string(policy, ' ') ~ '\mspec5=' THEN policy ELSE policy || ARRAY['spec5=false'] END);
BEGIN
    PERFORM dos.price_set(z.name, p.command, NULL, z.currency, p.amount_minor)
       FROM (VALUES ('create', 800), ('renew', 800), ('transfer', 800), ('restore', 4000)) AS p(command, amount_minor),
            dos.zone AS z
      WHERE z.id = new_id;
    RETURN new_id;
END $$;

-- A contact with an ordinary address.
CREATE FUNCTION test.contact(registrar text, id text) RETURNS text
LANGUAGE sql AS $$
    SELECT c.id FROM dos.contact_create(registrar, id, ARRAY['Ann Example', NULL, '1 Main Street', NULL, NULL, 'Springfield', NULL, '12345', 'US'],
                                        NULL, '+1.5555550100', NULL, NULL, NULL, id || '@mail.example', 'Auth-' || id || '!1',
                                        NULL, NULL, NULL, 'TEST-contact-' || id) AS c
$$;

-- Everything a command may leave behind: each table's number of rows and a digest of what they hold.
CREATE FUNCTION test.footprint(OUT place text, OUT number bigint, OUT digest text) RETURNS SETOF record
LANGUAGE plpgsql AS $$
DECLARE
    watched text;
BEGIN
    FOREACH watched IN ARRAY '{registrar,registrar_lockout,zone,price,contact,host,domain,account,account_slice,ledger_entry,outbox,dns_dirty}'::text[] LOOP
        place := watched;
        EXECUTE format('SELECT count(*), md5(string_agg(t::text, E''\n'' ORDER BY t::text)) FROM dos.%I AS t', watched) INTO number, digest;
        RETURN NEXT;
    END LOOP;
    place := 'available_minor';
    SELECT coalesce(sum(available_minor), 0), NULL INTO number, digest FROM dos.account_slice;
    RETURN NEXT;
END $$;

-- What a command answers and what it changed: 'outbox+1 account_slice~ available_minor-800'; '' is nothing at all.
CREATE FUNCTION test.effect(command text, OUT code text, OUT reason text, OUT element text, OUT changed text)
LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := (SELECT jsonb_object_agg(f.place, to_jsonb(f)) FROM test.footprint() AS f);
BEGIN
    SELECT o.code, o.reason, o.element INTO code, reason, element FROM test.outcome(command) AS o;
    SELECT coalesce(string_agg(f.place || CASE WHEN f.number > was.number THEN '+' || f.number - was.number
                                               WHEN f.number < was.number THEN '-' || was.number - f.number ELSE '~' END, ' '), '')
      INTO changed
      FROM test.footprint() WITH ORDINALITY AS f (place, number, digest, n),
           jsonb_to_record(before -> f.place) AS was (number bigint, digest text)
     WHERE (f.number, f.digest) IS DISTINCT FROM (was.number, was.digest);
END $$;

-- How many domains, contacts or hosts are referred to and do not exist; 0 rows is right.
CREATE FUNCTION test.dangling(OUT what text, OUT name text) RETURNS SETOF record
LANGUAGE sql AS $$
    SELECT 'domain''s host', d.name::text FROM dos.domain AS d, unnest(d.host_ids) AS i WHERE NOT EXISTS (SELECT FROM dos.host AS h WHERE h.id = i)
    UNION ALL
    SELECT 'domain''s contact', d.name FROM dos.domain AS d, unnest(d.admin_ids || d.tech_ids || d.billing_ids || d.registrant_id) AS i
     WHERE i IS NOT NULL AND NOT EXISTS (SELECT FROM dos.contact AS c WHERE c.id = i)
    UNION ALL
    SELECT 'host''s domain', h.name FROM dos.host AS h
     WHERE h.superordinate_id IS NOT NULL AND NOT EXISTS (SELECT FROM dos.domain AS d WHERE d.id = h.superordinate_id)
    UNION ALL
    SELECT 'grace''s entry', d.name FROM dos.domain AS d, unnest(d.graces) AS g WHERE NOT EXISTS (SELECT FROM dos.ledger_entry AS e WHERE e.id = g.entry_id)
    ORDER BY 1, 2
$$;

-- Empty the registry again: isolation specs run several permutations in one database, each from the start.
CREATE FUNCTION test.reset() RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    emptied text;
BEGIN
    ALTER TABLE dos.ledger_entry DISABLE TRIGGER USER;
    FOREACH emptied IN ARRAY '{domain,host,contact,price,ledger_entry,account_slice,account,registrar_lockout,registrar_certificate,registrar,dns_dirty,zone_nameserver,zone,outbox}'::text[] LOOP
        EXECUTE format('DELETE FROM dos.%I', emptied);
    END LOOP;
    ALTER TABLE dos.ledger_entry ENABLE TRIGGER USER;
END $$;

-- What a command would answer, in one line; whatever it did is taken back.
CREATE FUNCTION test.would(command text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    o record;
BEGIN
    BEGIN
        SELECT * INTO o FROM test.outcome(command);
        RAISE EXCEPTION 'undo' USING ERRCODE = 'XXUND';
    EXCEPTION WHEN SQLSTATE 'XXUND' THEN
        RETURN o.code || coalesce(' ' || o.reason, '');
    END;
END $$;

-- A zone whose domains need no contacts.
CREATE FUNCTION test.thin_zone(name text, VARIADIC policy text[] DEFAULT '{}') RETURNS int
LANGUAGE sql AS $$
    SELECT test.zone(name, VARIADIC ARRAY['registrant_required=false', 'contacts_required={}'] || policy)
$$;
