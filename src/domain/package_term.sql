-- Packages at work: who may create in one, its terms, its notices. The table is in room pricing.

CREATE FUNCTION dos_internal.package_domains(p dos.package) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT count(*) FROM dos.token AS t JOIN dos.token_use AS u ON u.token_id = t.id AND u.command = 'create'
      JOIN dos.domain AS d ON d.id = u.object_id AND d.registrar_id = p.registrar_id
     WHERE t.package_id = p.id
$$;
COMMENT ON FUNCTION dos_internal.package_domains(dos.package) IS 'how many domains that were created in a package are there, with its registrar';

-- Asked of tokens that are packages; the token's row is locked when it is to be spent, so the number is exact.
CREATE FUNCTION dos_internal.package_problem(t dos.token, zone_id int, name text, at timestamptz) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p dos.package;
BEGIN
    SELECT o.* INTO p FROM dos.package AS o WHERE o.id = t.package_id;
    RETURN CASE WHEN dos_internal.premium_class(zone_id, name, at) IS NOT NULL THEN format('Package "%s" is for standard names.', p.name)
                WHEN dos_internal.package_domains(p) >= p.domains_max THEN format('Package "%s" is full: it holds %s domains.', p.name, p.domains_max) END;
END $$;
COMMENT ON FUNCTION dos_internal.package_problem(dos.token, int, text, timestamptz) IS 'why a name cannot be created in a package, or NULL';

-- The token of a command: the one it says, or the first automatic one that fits.
CREATE FUNCTION dos_internal.token_choose(zone dos.zone, command text, years int, name text, actor dos.registrar, extensions jsonb, at timestamptz, spend boolean) RETURNS dos.token
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    said    text := extensions ->> 'token';
    skipped bigint[] := '{}';
    token   dos.token;
    problem text;
BEGIN
    LOOP
        token := dos_internal.token_find(said, zone.id, name, actor.id, command, at, spend, skipped);
        EXIT WHEN token.id IS NULL;
        problem := CASE WHEN command = 'create' AND token.years <> years THEN format('The token is for %s year(s).', token.years)
                        WHEN command = 'create' AND token.package_id IS NOT NULL THEN dos_internal.package_problem(token, zone.id, name, at) END;
        EXIT WHEN problem IS NULL;
        IF said IS NOT NULL THEN
            PERFORM dos_internal.refuse(2201, 'token_invalid', 'allocationToken:allocationToken', 'the allocation token cannot be used', problem);
        END IF;
        skipped := skipped || token.id;
    END LOOP;
    RETURN token;
END $$;
COMMENT ON FUNCTION dos_internal.token_choose(dos.zone, text, int, text, dos.registrar, jsonb, timestamptz, boolean) IS
    'the token of a command on a name: what it says (R2201), else the first automatic one in their order that takes the name, its years and, of a package, one more domain; NULL';

-- A price in a package says so.
CREATE FUNCTION dos_internal.package_explain(price dos.price_data, package_id int) RETURNS dos.price_data
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    said text := (SELECT format('; package "%s": create %s of %s, domain %s of %s, until %s', p.name, t.uses + 1, p.creates_max, dos_internal.package_domains(p) + 1, p.domains_max, dos.iso8601(p.ends_at))
                    FROM dos.package AS p JOIN dos.token AS t ON t.package_id = p.id WHERE p.id = package_explain.package_id);
BEGIN
    price.lines := (SELECT jsonb_agg(CASE WHEN l.n = 1 THEN l.line || jsonb_build_object('explanation', l.line ->> 'explanation' || said) ELSE l.line END ORDER BY l.n)
                      FROM jsonb_array_elements(price.lines) WITH ORDINALITY AS l (line, n));
    RETURN price;
END $$;
COMMENT ON FUNCTION dos_internal.package_explain(dos.price_data, int) IS 'the price of a create with the package it is in: which create, which domain, until when';

CREATE FUNCTION dos_internal.package_charge(p dos.package) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT dos_internal.ledger_spend(p.registrar_id, p.currency, p.price_minor, 'package', p.name, p.id, NULL, NULL, NULL, 'revenue', p.price_minor,
               jsonb_build_object('lines', jsonb_build_array(jsonb_build_object('item', 'package ' || p.name, 'amount_minor', p.price_minor, 'rule', 'package', 'id', p.id,
                   'entry', 'package', 'years', 0, 'refundable', false, 'explanation', format('%s creates, %s domains, %s month(s) from %s', p.creates_max, p.domains_max, p.months, dos.iso8601(p.began_at))))),
               coalesce((dos_internal.zone_get(p.zone_id)).operator_id, 1))
     WHERE p.price_minor > 0
$$;
COMMENT ON FUNCTION dos_internal.package_charge(dos.package) IS 'charge a term of a package, by the operator of its zone (of all: the shipped one); R2104';

CREATE FUNCTION dos_internal.package_tell(p dos.package, event text, more jsonb DEFAULT '{}') RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT dos_internal.outbox_put(event, p.name, p.id, NULL, NULL, NULL, jsonb_build_object('notify', jsonb_build_array(dos_internal.registrar_clid(p.registrar_id)),
        'creates', (SELECT t.uses FROM dos.token AS t WHERE t.package_id = p.id), 'creates_max', p.creates_max, 'domains', dos_internal.package_domains(p), 'domains_max', p.domains_max,
        'ends_at', p.ends_at, 'renews', p.renews, 'price', dos.money_text(p.price_minor, p.currency), 'currency', p.currency) || more)
$$;
COMMENT ON FUNCTION dos_internal.package_tell(dos.package, text, jsonb) IS 'an event about a package, with a message for its registrar';

CREATE FUNCTION dos.package_create(registrar text, package text, creates int, domains int, price_minor bigint, currency text, zone text DEFAULT NULL, months int DEFAULT 12,
                                   create_minor bigint DEFAULT 0, renews boolean DEFAULT true, notice_percents int[] DEFAULT '{80,100}', notice_days int[] DEFAULT '{30,7}') RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p     dos.package;
    token dos.token;
BEGIN
    IF registrar IS NULL THEN
        PERFORM dos_internal.refuse(2003, 'package_registrar', 'clID', 'a package is a registrar''s');
    ELSIF zone IS NULL THEN
        PERFORM dos_internal.operator_require(0, 'zone', 'a package of no zone in particular');
    END IF;
    INSERT INTO dos.package AS n (name, registrar_id, zone_id, creates_max, domains_max, currency, price_minor, months, renews, notice_percents, notice_days, began_at, ends_at)
    VALUES (package, dos_internal.registrar_require(registrar), CASE WHEN zone IS NOT NULL THEN (dos_internal.zone_require(zone)).id END, creates, domains, upper(currency),
            package_create.price_minor, package_create.months, package_create.renews, package_create.notice_percents, package_create.notice_days,
            dos.now(), dos.period_add(dos.now(), make_interval(months => package_create.months)))
    RETURNING n.* INTO p;
    INSERT INTO dos.token AS n (token, max_uses, valid, zone_id, registrar_id, commands, price_minor, currency, package_id, comment)
    VALUES (upper(replace(gen_random_uuid()::text, '-', '')), p.creates_max, tstzrange(p.began_at, p.ends_at), p.zone_id, p.registrar_id, '{create}', create_minor,
            CASE WHEN create_minor IS NOT NULL THEN p.currency END, p.id, 'package ' || p.name)
    RETURNING n.* INTO token;
    PERFORM dos.token_automatic_set(token.token, zone, registrar, 50);
    PERFORM dos_internal.package_charge(p);
    PERFORM dos_internal.package_tell(p, 'package.begun');
    RETURN token.token;
END $$;
COMMENT ON FUNCTION dos.package_create(text, text, int, int, bigint, text, text, int, bigint, boolean, int[], int[]) IS
    'sell a registrar a package, from now on: so many creates in a term of months, so many domains at once, of standard names, for a price that is charged now and, '
    'if it renews, at the end of each term; a create in it costs create_minor (NULL: what it costs others) for each year. Returns its token, which commands need not say. R2303, R2104, R2003, R2201, 23505, 23514';

CREATE FUNCTION dos.package_end(package text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p dos.package;
BEGIN
    UPDATE dos.package AS o SET ended_at = dos.now() WHERE o.name = package AND o.ended_at IS NULL RETURNING o.* INTO p;
    IF NOT FOUND THEN
        PERFORM dos_internal.refuse(2303, 'package_unknown', 'package', format('there is no package "%s" that runs', package));
    END IF;
    PERFORM dos_internal.operator_require(coalesce((dos_internal.zone_get(p.zone_id)).operator_id, 0), 'package', format('package "%s"', package));
    UPDATE dos.token AS t SET enabled = false WHERE t.package_id = p.id;
    DELETE FROM dos.token_automatic AS a USING dos.token AS t WHERE t.id = a.token_id AND t.package_id = p.id;
    PERFORM dos_internal.package_tell(p, 'package.ended');
END $$;
COMMENT ON FUNCTION dos.package_end(text) IS 'end a package now: creates cost what they cost others; its registrar is told; R2303, R2201';

CREATE VIEW dos.package_state AS
    SELECT p.name, dos_internal.registrar_clid(p.registrar_id) AS registrar, t.token, t.uses AS creates, p.creates_max, dos_internal.package_domains(p) AS domains, p.domains_max,
           p.currency, p.price_minor, t.price_minor AS create_minor, p.began_at, p.ends_at, p.renews, p.ended_at
      FROM dos.package AS p JOIN dos.token AS t ON t.package_id = p.id;
COMMENT ON VIEW dos.package_state IS 'packages with what is used of them';

-- What a package has reached that its registrar is told: 'creates 80', 'domains 100', 'days 7'.
CREATE FUNCTION dos_internal.package_marks(p dos.package) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT ARRAY(SELECT 'creates ' || x FROM unnest(p.notice_percents) AS x WHERE s.creates * 100 >= x::bigint * p.creates_max)
        || ARRAY(SELECT 'domains ' || x FROM unnest(p.notice_percents) AS x WHERE s.domains * 100 >= x::bigint * p.domains_max)
        || ARRAY(SELECT 'days ' || x FROM unnest(p.notice_days) AS x WHERE p.ends_at - make_interval(days => x) BETWEEN p.began_at + interval '1 millisecond' AND dos.now())
      FROM dos.package_state AS s WHERE s.name = p.name
$$;
COMMENT ON FUNCTION dos_internal.package_marks(dos.package) IS 'the thresholds that a package has reached';

CREATE FUNCTION dos_internal.package_turn(p dos.package) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT p.renews THEN
        PERFORM dos.package_end(p.name);
        RETURN;
    END IF;
    p.began_at := p.ends_at;
    p.ends_at := dos.period_add(p.ends_at, make_interval(months => p.months));
    BEGIN
        PERFORM dos_internal.package_charge(p);
    EXCEPTION WHEN SQLSTATE 'R2104' THEN
        PERFORM dos.package_end(p.name);
        RETURN;
    END;
    UPDATE dos.package AS o SET began_at = p.began_at, ends_at = p.ends_at, told = '{}' WHERE o.id = p.id;
    UPDATE dos.token AS t SET uses = 0, valid = tstzrange(lower(t.valid), p.ends_at) WHERE t.package_id = p.id;
    PERFORM dos_internal.package_tell(p, 'package.renewed');
END $$;
COMMENT ON FUNCTION dos_internal.package_turn(dos.package) IS 'the end of a package''s term: another one is charged and begins where the last ended, or the package ends: as agreed, or because it cannot be charged';

CREATE FUNCTION dos_internal.package_watch() RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p     dos.package;
    fresh text[];
    done  bigint := 0;
BEGIN
    FOR p IN SELECT o.* FROM dos.package AS o WHERE o.ended_at IS NULL ORDER BY o.id FOR UPDATE LOOP
        WHILE p.ends_at <= dos.now() AND p.ended_at IS NULL LOOP
            PERFORM dos_internal.package_turn(p);
            SELECT o.* INTO p FROM dos.package AS o WHERE o.id = p.id;
            done := done + 1;
        END LOOP;
        CONTINUE WHEN p.ended_at IS NOT NULL;
        fresh := ARRAY(SELECT m FROM unnest(dos_internal.package_marks(p)) AS m WHERE m <> ALL (p.told));
        CONTINUE WHEN fresh = '{}';
        UPDATE dos.package AS o SET told = o.told || fresh WHERE o.id = p.id;
        PERFORM dos_internal.package_tell(p, CASE WHEN array_to_string(fresh, ' ') ~ 'creates|domains' THEN 'package.filling' ELSE 'package.ending' END,
                                          jsonb_build_object('reached', fresh));
        done := done + 1;
    END LOOP;
    RETURN done;
END $$;
COMMENT ON FUNCTION dos_internal.package_watch() IS 'job: terms of packages end and begin, notices of their thresholds, each once in a term; returns how many';
INSERT INTO dos.job (name, lane, function, every) VALUES ('package_watch', 'default', 'dos_internal.package_watch()', '30 seconds');
