-- What a command on a domain costs: the evaluator of room pricing with the facts of the domain, then the hooks of
-- stage price. Verbs, quotes and checks of fees ask here, so that all of them say the same.

CREATE FUNCTION dos_internal.hook_context(d dos.domain, actor dos.registrar, years int) RETURNS jsonb
LANGUAGE sql STABLE
RETURN jsonb_build_object('registrar', (actor).clid, 'name', (d).name, 'domain_id', (d).id, 'years', CASE WHEN years > 1000 THEN 0 ELSE years END, 'expires_at', (d).expires_at,
                          'statuses', (d).statuses, 'registrant_id', (d).registrant_id,
                          'ds', (d).ds, 'keys', (d).keys, 'hosts', cardinality((d).host_ids) + cardinality((d).host_attrs))
       || CASE WHEN years > 1000 THEN jsonb_build_object('months', dos_internal.term_months(years)) ELSE '{}' END;
COMMENT ON FUNCTION dos_internal.hook_context(dos.domain, dos.registrar, int) IS 'what hooks on domain verbs are given';

-- The currency a registrar pays in: the one it says, the zone's where it has an account in it, else its own.
CREATE FUNCTION dos_internal.price_currency(zone dos.zone, actor dos.registrar, said text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF said IS NOT NULL THEN
        IF (dos_internal.account_get(actor.id, 'registrar', said, zone.operator_id)).id IS NULL THEN
            PERFORM dos_internal.refuse(2004, 'fee_currency', 'fee:currency', 'the currency cannot be used',
                dos_internal.account_none(said, zone.operator_id));
        END IF;
        RETURN said;
    ELSIF actor.currency = zone.currency OR (dos_internal.account_get(actor.id, 'registrar', zone.currency, zone.operator_id)).id IS NOT NULL THEN
        RETURN zone.currency;
    END IF;
    RETURN actor.currency;
END $$;
COMMENT ON FUNCTION dos_internal.price_currency(dos.zone, dos.registrar, text) IS
    'the currency a registrar pays in for a zone: the one it asks for, the zone''s if it has an account in it, or its own; R2004';

-- The price with what the hooks of stage price make of it: the difference is a line.
CREATE FUNCTION dos_internal.price_hooked(price dos.price_data, zone dos.zone, command text, years int, d dos.domain, actor dos.registrar) RETURNS dos.price_data
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    answer     jsonb := dos_internal.hook_run('price', 'domain', command, zone.id, dos_internal.hook_context(d, actor, years)
                            || jsonb_build_object('amount_minor', price.amount_minor, 'currency', price.currency, 'class', price.class));
    difference bigint := (answer ->> 'amount_minor')::bigint - price.amount_minor;
BEGIN
    IF coalesce(difference, 0) <> 0 THEN
        -- what is not given back stays what it is, unless that would leave less than nothing
        price.entry_minor := price.entry_minor + difference;
        IF price.entry_minor < 0 THEN
            PERFORM dos_internal.refuse(2400, 'hook_failed', NULL, 'command failed', 'A policy of the registry could not be evaluated.');
        END IF;
        price.amount_minor := price.amount_minor + difference;
        price.lines := price.lines || jsonb_build_object('item', 'policy', 'amount_minor', difference, 'rule', 'hook', 'id', 0, 'entry', command,
            'years', years, 'refundable', true, 'explanation', coalesce(answer ->> 'explanation', 'set by a policy of the registry'));
    END IF;
    RETURN price;
END $$;
COMMENT ON FUNCTION dos_internal.price_hooked(dos.price_data, dos.zone, text, int, dos.domain, dos.registrar) IS 'a price after the hooks of stage price';

CREATE FUNCTION dos_internal.domain_price(zone dos.zone, command text, years int, d dos.domain, actor dos.registrar, extensions jsonb DEFAULT NULL,
                                          phase text DEFAULT NULL, at timestamptz DEFAULT dos.now(), spend boolean DEFAULT true,
                                          currency text DEFAULT NULL, explain boolean DEFAULT false) RETURNS dos.price_data
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    hooked  boolean := dos_internal.hook_exists('price', 'domain', command, zone.id);
    pays_in text := coalesce(currency, dos_internal.price_currency(zone, actor, extensions -> 'fee' ->> 'currency'));
    token   dos.token := CASE WHEN extensions ? 'token' OR dos_internal.token_candidates(zone.id, actor.id) IS NOT NULL
                              THEN dos_internal.token_choose(zone, command, years, d.name, actor, extensions, at, spend) END;
    price   dos.price_data;
    seen    jsonb;
BEGIN
    IF extensions ? 'quote' THEN
        price := dos_internal.quote_take(extensions ->> 'quote', d.name, actor.id, command, years, at, spend);
        price.operator_id := zone.operator_id;
        RETURN price;
    END IF;
    price := dos_internal.price_evaluate(zone.id, zone.name, zone.currency, d.name, command, years, actor.id, pays_in, at, phase, token, d.id, explain OR hooked);
    -- once nobody else uses these promotions, what is left of them decides; that may bring another one
    WHILE spend AND price.lines IS NOT NULL AND price.lines IS DISTINCT FROM seen AND dos_internal.promotions_lock(price.lines) LOOP
        seen := price.lines;
        price := dos_internal.price_evaluate(zone.id, zone.name, zone.currency, d.name, command, years, actor.id, pays_in, at, phase, token, d.id, true);
    END LOOP;
    IF price.class IS NOT NULL AND spend AND command = 'create' AND dos_internal.premium_refused(actor.id, zone.id, d.name, at) THEN
        PERFORM dos_internal.refuse(2306, 'premium_refused', 'domain:name', format('"%s" cannot be registered', d.name),
            'It is a premium name, and the registrar has said that it wants none.');
    END IF;
    IF token.package_id IS NOT NULL AND price.lines IS NOT NULL THEN
        price := dos_internal.package_explain(price, token.package_id);
    END IF;
    IF hooked THEN
        price := dos_internal.price_hooked(price, zone, command, years, d, actor);
    END IF;
    price.operator_id := zone.operator_id;
    RETURN price;
END $$;
COMMENT ON FUNCTION dos_internal.domain_price(dos.zone, text, int, dos.domain, dos.registrar, jsonb, text, timestamptz, boolean, text, boolean) IS
    'what a command on a domain costs a registrar, by rules, promotions, token (of the extensions) and hooks; to be charged with price_charge() when spend. '
    'A restore of so many years renews them too. R2306 no price, R2201 token, R2004 currency';

-- What is done with a command may cost something besides: its fees are lines of the command's price.
CREATE FUNCTION dos_internal.price_beside(price dos.price_data, zone dos.zone, act text, d dos.domain, actor dos.registrar, phase text, at timestamptz) RETURNS dos.price_data
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    besides dos.price_data := dos_internal.domain_price(zone, act, 1, d, actor, NULL, phase, at, false, price.currency, true);
BEGIN
    price.amount_minor := price.amount_minor + besides.amount_minor;
    price.entry_minor := price.entry_minor + besides.entry_minor;
    price.lines := price.lines || (SELECT coalesce(jsonb_agg(CASE WHEN (l.line ->> 'refundable')::boolean THEN l.line ELSE l.line || jsonb_build_object('entry', act) END ORDER BY l.n), '[]')
                                     FROM jsonb_array_elements(besides.lines) WITH ORDINALITY AS l (line, n));
    RETURN price;
END $$;
COMMENT ON FUNCTION dos_internal.price_beside(dos.price_data, dos.zone, text, dos.domain, dos.registrar, text, timestamptz) IS
    'a price with the fees of an act (application, status) that is done with its command; what no refund takes back is an entry of that name';

-- In a phase that takes nothing but applications a create hands one in.
CREATE FUNCTION dos_internal.price_applied(price dos.price_data, zone dos.zone, command text, d dos.domain, actor dos.registrar, phase text, at timestamptz) RETURNS dos.price_data
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF command = 'create' AND phase IS NOT NULL AND dos_internal.price_exists(zone.id, 'application')
       AND EXISTS (SELECT FROM dos.phase AS p WHERE p.zone_id = zone.id AND p.name = phase AND p.mode = 'application') THEN
        RETURN dos_internal.price_beside(price, zone, 'application', d, actor, phase, at);
    END IF;
    RETURN price;
END $$;
COMMENT ON FUNCTION dos_internal.price_applied(dos.price_data, dos.zone, text, dos.domain, dos.registrar, text, timestamptz) IS
    'the price of a command that is asked for, with the fees of an application where that is what a create of the phase is';

-- Fees of commands that have no price of their own (update, delete), and of the act (status) that is done with them.
CREATE FUNCTION dos_internal.domain_fee_charge(zone dos.zone, command text, d dos.domain, actor dos.registrar, extensions jsonb, svtrid text, act text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    price dos.price_data := dos_internal.domain_price(zone, command, 1, d, actor, extensions, explain => act IS NOT NULL);
BEGIN
    IF act IS NOT NULL THEN
        price := dos_internal.price_beside(price, zone, act, d, actor, NULL, dos.now());
    END IF;
    IF extensions -> 'fee' ? 'fees' AND (extensions -> 'fee' ->> 'currency' <> price.currency
       OR dos_internal.fee_sum(extensions -> 'fee', price.currency) < price.amount_minor) THEN
        PERFORM dos_internal.refuse(2004, 'fee_too_low', 'fee:fee', 'the fee is too low',
            format('The command costs %s %s.', dos.money_text(price.amount_minor, price.currency), price.currency));
    END IF;
    IF price.amount_minor > 0 THEN
        PERFORM dos_internal.price_charge(price, actor.id, command, d.name, d.id, 0, svtrid);
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.domain_fee_charge(dos.zone, text, dos.domain, dos.registrar, jsonb, text, text) IS
    'charge what an update, delete or lock costs in its zone, if anything, with the fees of an act that is done with it; R2104, R2004 when the command says it pays less';

CREATE FUNCTION dos.price_quote(name text, command text, years int DEFAULT 1, currency text DEFAULT NULL, at timestamptz DEFAULT dos.now(),
                                registrar text DEFAULT NULL, phase text DEFAULT NULL, token text DEFAULT NULL,
                                OUT line int, OUT item text, OUT amount_minor bigint, OUT line_currency text, OUT rule text, OUT rule_id bigint, OUT explanation text)
RETURNS SETOF record
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    zone  dos.zone := dos_internal.zone_of(dos.dname(name));
    actor dos.registrar := dos_internal.registrar_find(registrar);
    d     dos.domain;
    price dos.price_data;
BEGIN
    PERFORM dos_internal.zone_of_require(name, 'domain:name');
    IF registrar IS NOT NULL AND actor.id IS NULL THEN
        PERFORM dos_internal.refuse(2303, 'registrar_unknown', 'clID', format('registrar "%s" does not exist', registrar));
    END IF;
    SELECT o.* INTO d FROM dos.domain AS o WHERE o.name = dos.dname(price_quote.name);
    IF NOT FOUND OR command = 'create' THEN
        d := NULL;
        d.name := dos.dname(name);
    ELSIF registrar IS NULL THEN
        actor := dos_internal.registrar_find(dos_internal.registrar_clid(d.registrar_id));
    END IF;
    price := dos_internal.domain_price(zone, command, years, d, actor, CASE WHEN token IS NOT NULL THEN jsonb_build_object('token', token) END, phase, at, false,
                                       coalesce(upper(currency), CASE WHEN actor.id IS NULL THEN zone.currency END), true);
    price := dos_internal.price_applied(price, zone, command, d, actor, phase, at);
    RETURN QUERY
        SELECT l.n::int, l.line ->> 'item', (l.line ->> 'amount_minor')::bigint, price.currency, l.line ->> 'rule', (l.line ->> 'id')::bigint,
               concat(l.line ->> 'explanation', '; converted at ' || (price.conversion ->> 'explanation') || ', ' || (price.conversion ->> 'rounding'))
          FROM jsonb_array_elements(price.lines) WITH ORDINALITY AS l (line, n) ORDER BY l.n;
END $$;
COMMENT ON FUNCTION dos.price_quote(text, text, int, text, timestamptz, text, text, text) IS
    'the lines that make the price of a command on a name, in minor units, and the rule behind each, for a registrar (its account''s currency), in a phase, '
    'with a token; they add up to what the command would charge. R2306 no price, R2005 name, R2201 token, R2004 currency';

CREATE FUNCTION dos.quote_make(registrar text, name text, command text, years int DEFAULT 1, valid interval DEFAULT '1 hour', token text DEFAULT NULL, phase text DEFAULT NULL,
                               OUT quote text, OUT amount text, OUT currency text, OUT expires_at timestamptz)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    actor dos.registrar := dos_internal.registrar_act(registrar, 'check');
    zone  dos.zone := dos_internal.zone_of(dos.dname(name));
    d     dos.domain;
    price dos.price_data;
BEGIN
    IF zone.id IS NULL THEN
        PERFORM dos_internal.refuse(2306, 'zone_unknown', 'domain:name', format('"%s" is in no zone of this registry', name));
    END IF;
    SELECT o.* INTO d FROM dos.domain AS o WHERE o.name = dos.dname(quote_make.name) AND command <> 'create';
    d.name := dos.dname(name);
    price := dos_internal.domain_price(zone, command, years, d, actor, CASE WHEN token IS NOT NULL THEN jsonb_build_object('token', token) END, phase, dos.now(), false, explain => true);
    expires_at := dos.now() + valid;
    INSERT INTO dos.quote AS q (registrar_id, zone_id, name, command, years, phase, price, expires_at)
    VALUES (actor.id, zone.id, d.name, quote_make.command, quote_make.years, quote_make.phase, price, quote_make.expires_at) RETURNING q.id INTO quote;
    amount := dos.money_text(price.amount_minor, price.currency);
    currency := price.currency;
END $$;
COMMENT ON FUNCTION dos.quote_make(text, text, text, int, interval, text, text) IS
    'promise a registrar a price for a command on a name for some time; the command that carries extensions {"quote": id} gets it, once. R2306 no price, R2201';
