-- What a registrar is told a command costs, and what it says it will pay (RFC 8748). Amounts leave and enter as
-- decimals of a currency; inside they are minor units, as everywhere.

CREATE FUNCTION dos_internal.duration_text(duration interval) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp SET intervalstyle = 'iso_8601' AS $$ SELECT duration::text $$;
COMMENT ON FUNCTION dos_internal.duration_text(interval) IS 'a period as an xs:duration: P5D';

-- The currency's minor units of the fees and credits that a command names.
CREATE FUNCTION dos_internal.fee_sum(fee jsonb, currency text) RETURNS numeric
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(sum(dos_internal.json_number(f ->> 'amount', 'fee:fee')), 0) * 10::numeric ^ (SELECT c.exponent FROM dos.currency AS c WHERE c.code = currency)
      FROM jsonb_array_elements(coalesce(dos_internal.json_list(fee -> 'fees', 'fee:fee'), '[]') || coalesce(dos_internal.json_list(fee -> 'credits', 'fee:credit'), '[]')) AS f
$$;
COMMENT ON FUNCTION dos_internal.fee_sum(jsonb, text) IS 'what a command offers to pay, in minor units: the sum of its fees and (negative) credits (RFC 8748 section 3.4)';

CREATE FUNCTION dos_internal.fee_require(zone dos.zone, fee jsonb, price dos.price_data) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    costs text := format('The command costs %s %s', dos.money_text(price.amount_minor, price.currency), price.currency);
BEGIN
    IF fee ->> 'currency' <> price.currency THEN
        PERFORM dos_internal.refuse(2004, 'fee_currency', 'fee:currency', format('fees are not in %s', fee ->> 'currency'), costs || '.');
    ELSIF fee ? 'fees' THEN
        IF dos_internal.fee_sum(fee, price.currency) < price.amount_minor THEN
            PERFORM dos_internal.refuse(2004, 'fee_too_low', 'fee:fee', 'the fee is too low', costs || '.');
        END IF;
    ELSIF price.amount_minor > 0 AND (zone.fee_required = 'always' OR (zone.fee_required = 'premium' AND NOT price.standard)) THEN
        PERFORM dos_internal.refuse(2003, 'fee_missing', NULL, 'the fee must be stated', costs || '; the fee extension says so (RFC 8748 section 4).');
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.fee_require(dos.zone, jsonb, dos.price_data) IS
    'refuse a command whose stated fee is missing where it must be given (R2003), too low or in another currency (R2004; RFC 8748 section 4)';

CREATE FUNCTION dos_internal.domain_price_offered(zone dos.zone, command text, years int, d dos.domain, actor dos.registrar, extensions jsonb, phase text, at timestamptz)
RETURNS dos.price_data
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    price dos.price_data := dos_internal.domain_price(zone, command, years, d, actor, extensions, phase, at);
BEGIN
    IF extensions ? 'fee' OR NOT price.standard OR zone.fee_required = 'always' THEN
        PERFORM dos_internal.fee_require(zone, extensions -> 'fee', price);
    END IF;
    RETURN price;
END $$;
COMMENT ON FUNCTION dos_internal.domain_price_offered(dos.zone, text, int, dos.domain, dos.registrar, jsonb, text, timestamptz) IS
    'the price of a command, which offers it where it must (R2003, R2004)';

CREATE FUNCTION dos_internal.domain_price_plain(zone_id int, command text, years int, name text, domain_id bigint, actor dos.registrar, extensions jsonb)
RETURNS dos.price_data
LANGUAGE c VOLATILE AS 'MODULE_PATHNAME', 'dos_sql_domain_price_plain';
COMMENT ON FUNCTION dos_internal.domain_price_plain(int, text, int, text, bigint, dos.registrar, jsonb) IS
    'the price of a command where nothing but the price list makes it, and no fee need be offered; NULL: ask domain_price_offered(). R2306 without any price';

-- {"fees": [...], "credits": [...]} of a price: one fee of a plain price, one for each of its lines otherwise.
CREATE FUNCTION dos_internal.fee_amounts(zone dos.zone, command text, price dos.price_data) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    grace   interval := CASE command WHEN 'create' THEN coalesce(CASE WHEN price.token_id IS NOT NULL THEN dos_internal.token_grace(price.token_id) END, zone.add_grace) WHEN 'renew' THEN zone.renew_grace WHEN 'transfer' THEN zone.transfer_grace END;
    refund  jsonb := CASE WHEN grace > '0' THEN jsonb_build_object('refundable', true, 'grace_period', dos_internal.duration_text(grace))
                          ELSE '{"refundable": false}' END;
    fees    jsonb := '[]';
    credits jsonb := '[]';
    part    record;
BEGIN
    FOR part IN SELECT l ->> 'rule' AS rule, coalesce(l ->> 'entry', command) AS entry, l ->> 'item' AS item, (l ->> 'amount_minor')::bigint AS amount,
                       coalesce((l ->> 'refundable')::boolean, true) AS refundable
                  FROM jsonb_array_elements(coalesce(price.lines, jsonb_build_array(jsonb_build_object('amount_minor', price.amount_minor, 'rule', 'price')))) AS l LOOP
        part.item := CASE WHEN part.rule NOT IN ('price', 'own') THEN upper(left(part.item, 1)) || substr(part.item, 2)
                          WHEN part.entry = 'create' THEN 'Registration fee' WHEN part.entry = 'renew' OR part.item LIKE 'renew %' THEN 'Renewal fee'
                          WHEN part.entry = 'transfer' THEN 'Transfer fee' WHEN part.entry = 'restore' THEN 'Restore fee' ELSE 'Fee' END;
        IF part.amount > 0 THEN
            fees := fees || jsonb_build_array(jsonb_build_object('amount', dos.money_text(part.amount, price.currency), 'description', part.item)
                                              || CASE WHEN part.refundable THEN refund ELSE '{"refundable": false}' END);
        ELSIF part.amount < 0 THEN
            credits := credits || jsonb_build_array(jsonb_build_object('amount', dos.money_text(part.amount, price.currency), 'description', part.item));
        END IF;
    END LOOP;
    RETURN jsonb_build_object('fees', fees, 'credits', credits);
END $$;
COMMENT ON FUNCTION dos_internal.fee_amounts(dos.zone, text, dos.price_data) IS 'a price as fees and credits of RFC 8748 section 3.4, with the grace period in which they are given back';

CREATE FUNCTION dos_internal.fee_balance(zone dos.zone, registrar_id int, currency text) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN zone.fee_balance THEN coalesce((
        SELECT jsonb_build_object('balance', dos.money_text(coalesce(sum(s.available_minor), 0)::bigint - a.credit_limit_minor, a.currency),
                                  'credit_limit', dos.money_text(a.credit_limit_minor, a.currency))
          FROM dos.account AS a LEFT JOIN dos.account_slice AS s ON s.account_id = a.id
         WHERE a.kind = 'registrar' AND a.registrar_id = fee_balance.registrar_id AND a.currency = fee_balance.currency AND a.operator_id = zone.operator_id
         GROUP BY a.id), '{}') ELSE '{}' END
$$;
COMMENT ON FUNCTION dos_internal.fee_balance(dos.zone, int, text) IS 'balance and credit limit for the answer to a billable command, where the zone shows them (RFC 8748 sections 3.5 and 3.6)';

CREATE FUNCTION dos_internal.fee_answer(zone dos.zone, registrar_id int, command text, price dos.price_data) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object('currency', price.currency) || dos_internal.fee_amounts(zone, command, price)
           || dos_internal.fee_balance(zone, registrar_id, price.currency)
$$;
COMMENT ON FUNCTION dos_internal.fee_answer(dos.zone, int, text, dos.price_data) IS 'what the fee extension says in the answer to a billable command';

-- What a delete gives back: the charges of the grace periods that run.
CREATE FUNCTION dos_internal.fee_refunds(zone dos.zone, registrar_id int, graces dos.grace[], at timestamptz) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object('currency', coalesce(max(a.currency), zone.currency),
               'credits', coalesce(jsonb_agg(jsonb_build_object('amount', dos.money_text(-e.amount_minor, a.currency),
                   'description', format('Refund in the %s grace period', g.kind)) ORDER BY e.id) FILTER (WHERE e.amount_minor > 0), '[]'))
      FROM unnest(graces) AS g
      JOIN dos.ledger_entry AS e ON e.id = g.entry_id
      JOIN dos.account AS a ON a.id = e.debit_account_id
     WHERE g.ends_at > at
$$;
COMMENT ON FUNCTION dos_internal.fee_refunds(dos.zone, int, dos.grace[], timestamptz) IS 'the credits that come with the end of a domain whose grace periods run (RFC 8748 section 5.2.2)';

-- Phases filter prices (RFC 8748 section 3.8): the one phase that a command of a check means, as its attributes and by its name here.
CREATE FUNCTION dos_internal.fee_phase(zone dos.zone, said_phase text, said_subphase text, at timestamptz,
                                       OUT name text, OUT phase text, OUT subphase text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p     dos.phase;
    fits  int := 0;
    any_phase boolean := false;
BEGIN
    IF said_phase IS NULL AND said_subphase IS NOT NULL THEN
        PERFORM dos_internal.refuse(2003, 'fee_phase_missing', 'fee:command', 'a subphase is of a phase');
    END IF;
    FOR p IN SELECT * FROM dos.phase AS o WHERE o.zone_id = zone.id ORDER BY o.rank, o.id LOOP
        any_phase := true;
        CONTINUE WHEN NOT p.during @> at OR p.kind = 'quiet'
                   OR NOT dos_internal.phase_is_meant(p, jsonb_build_object('phase', coalesce(said_phase, CASE WHEN p.kind = 'early-access' THEN 'custom' ELSE p.kind END),
                                                      'phase_name', CASE WHEN said_phase IS NULL OR said_phase = 'custom' AND said_subphase IS NULL THEN p.name ELSE said_subphase END));
        fits := fits + 1;
        name := p.name;
        phase := CASE WHEN p.kind = 'early-access' THEN 'custom' ELSE p.kind END;
        subphase := CASE WHEN phase = 'custom' OR said_subphase IS NOT NULL THEN p.name END;
    END LOOP;
    IF fits > 1 THEN
        PERFORM dos_internal.refuse(2003, 'fee_phase_ambiguous', 'fee:command', 'several launch phases run', 'The fee depends on the phase; name it.');
    ELSIF fits = 0 AND said_phase IS NULL AND any_phase THEN
        phase := 'open';                                    -- a quiet period
    ELSIF fits = 0 AND said_phase IS NOT NULL AND (any_phase OR said_phase <> 'open' OR said_subphase IS NOT NULL) THEN
        PERFORM dos_internal.refuse(2004, 'fee_phase_unknown', 'fee:command', format('phase "%s" is not known', concat_ws('/', said_phase, said_subphase)),
            format('Zone "%s" has no such launch phase now.', zone.name));
    ELSIF fits = 0 THEN
        phase := said_phase;
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.fee_phase(dos.zone, text, text, timestamptz) IS
    'the phase of a command in a fee check; R2004 one that does not run, R2003 a subphase alone or a choice not made';

-- One command of a fee check on a name that a zone has; d is the domain, or holds the name alone.
CREATE FUNCTION dos_internal.fee_check_command(zone dos.zone, d dos.domain, actor dos.registrar, extensions jsonb, asked jsonb, phase text) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    command text := asked ->> 'name';
    said    jsonb := asked - '{period,unit}'::text[];
    years   int;
    price   dos.price_data;
BEGIN
    IF command = 'custom' AND asked ->> 'custom_name' IN ('application', 'status', 'lock') AND dos_internal.price_exists(zone.id, asked ->> 'custom_name') THEN
        command := asked ->> 'custom_name';
    ELSIF command IS NULL OR command NOT IN ('create', 'delete', 'renew', 'update', 'transfer', 'restore') THEN
        PERFORM dos_internal.refuse(2306, 'fee_command_unknown', 'fee:command', 'the command is not known',
            CASE command WHEN 'custom' THEN 'There is no such custom command.' ELSE 'There is no such command.' END);
    END IF;
    IF command IN ('application', 'status', 'lock') THEN
        years := 1;
    ELSIF command <> 'restore' THEN
        years := CASE WHEN NOT asked ? 'period' AND command = 'transfer' THEN zone.transfer_years
                      ELSE dos_internal.period_years(zone, dos_internal.json_whole(asked ->> 'period', 'fee:period'), asked ->> 'unit', command) END;
        said := said || CASE WHEN asked ? 'period' THEN jsonb_build_object('period', asked -> 'period', 'unit', asked -> 'unit')
                             ELSE jsonb_build_object('period', greatest(years, 1), 'unit', 'y') END;
        IF command = 'transfer' AND years <> zone.transfer_years THEN
            PERFORM dos_internal.refuse(2306, 'transfer_period', 'fee:period', 'the period is not allowed',
                format('A transfer in zone "%s" adds %s year(s).', zone.name, zone.transfer_years));
        END IF;
    END IF;
    IF command IN ('update', 'delete') THEN
        IF NOT dos_internal.price_exists(zone.id, command) THEN
            RETURN said || '{"standard": true}';
        END IF;
        years := 1;
    END IF;
    IF command = 'create' THEN
        d.id := NULL;                                       -- what it would cost anew
    END IF;
    IF extensions ? 'token' AND EXISTS (SELECT FROM dos.token AS t WHERE t.token = extensions ->> 'token' AND command <> ALL (t.commands)) THEN
        extensions := extensions - 'token';                 -- it is for other commands, which this check may ask for too
    END IF;
    price := dos_internal.domain_price(zone, command, coalesce(years, 0), d, actor, extensions, phase, spend => false, explain => true);
    price := dos_internal.price_applied(price, zone, command, d, actor, phase, dos.now());
    RETURN said || jsonb_build_object('standard', price.standard) || dos_internal.fee_amounts(zone, command, price);
END $$;
COMMENT ON FUNCTION dos_internal.fee_check_command(dos.zone, dos.domain, dos.registrar, jsonb, jsonb, text) IS
    'what one command costs, as a fee check answers it (RFC 8748 section 5.1.1); refuses as the command would';

CREATE FUNCTION dos_internal.fee_object(name text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN CASE WHEN dos.dname_problem(name) IS NULL THEN dos.dname(name) END;
COMMENT ON FUNCTION dos_internal.fee_object(text) IS 'the name that a command of a fee check is about, where each says so (fee-0.7 to 0.9); NULL when it is none';

-- What a fee check says of one name: every command, each with its fees or the reason why there are none.
CREATE FUNCTION dos_internal.fee_check(zone dos.zone, d dos.domain, actor dos.registrar, problem text, extensions jsonb) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asked    jsonb := extensions -> 'fee';
    currency text;
    c        jsonb;
    chosen   record;
    commands jsonb := '[]';
    avail    boolean := true;
    why      text;
    class    text;
BEGIN
    IF zone.id IS NULL THEN
        RETURN jsonb_build_object('currency', coalesce(asked ->> 'currency', actor.currency), 'avail', false, 'reason', problem)
               || CASE WHEN asked ? 'each' THEN jsonb_build_object('commands', (SELECT coalesce(jsonb_agg(e || jsonb_build_object('reason', problem)), '[]')
                                                                                  FROM jsonb_array_elements(dos_internal.json_list(asked -> 'commands', 'fee:command')) AS e WHERE NOT e ? 'object')) ELSE '{}' END;
    END IF;
    currency := dos_internal.price_currency(zone, actor, asked ->> 'currency');
    class := coalesce(dos_internal.premium_class(zone.id, d.name, dos.now()), 'standard');
    FOR c IN SELECT e FROM jsonb_array_elements(dos_internal.json_list(asked -> 'commands', 'fee:command')) AS e WHERE NOT e ? 'object' OR dos_internal.fee_object(e ->> 'object') = d.name LOOP
        IF asked ? 'each' THEN                              -- the drafts of RFC 8748: each command for itself
            c := (asked - '{commands,fees,credits,each}'::text[]) || c
                 || jsonb_build_object('currency', dos_internal.price_currency(zone, actor, coalesce(c ->> 'currency', asked ->> 'currency')));
            extensions := jsonb_set(extensions, '{fee,currency}', c -> 'currency');
        END IF;
        IF c ->> 'class' <> class THEN
            commands := commands || jsonb_build_array(c || jsonb_build_object('reason', format('The name is of class "%s".', class)));
            avail := false;
            CONTINUE;
        END IF;
        chosen := dos_internal.fee_phase(zone, c ->> 'phase', c ->> 'subphase', dos.now());
        c := c || jsonb_strip_nulls(jsonb_build_object('phase', chosen.phase, 'subphase', chosen.subphase));
        BEGIN
            commands := commands || jsonb_build_array(dos_internal.fee_check_command(zone, d, actor, extensions, c, chosen.name));
        EXCEPTION WHEN SQLSTATE 'R2000' THEN
            GET STACKED DIAGNOSTICS why = PG_EXCEPTION_DETAIL;
            commands := commands || jsonb_build_array(c || jsonb_build_object('reason', why));
            avail := false;
        END;
    END LOOP;
    RETURN jsonb_build_object('currency', currency, 'avail', avail, 'class', class, 'commands', commands);
END $$;
COMMENT ON FUNCTION dos_internal.fee_check(dos.zone, dos.domain, dos.registrar, text, jsonb) IS
    'what a fee check answers for one name (RFC 8748 section 5.1.1); R2004 for another currency or phase, R2003 for a subphase alone';

-- Why a name that may be registered could not be by this command, for money''s sake; NULL: it could.
CREATE FUNCTION dos_internal.fee_objection(zone dos.zone, name text, actor dos.registrar, class text, extensions jsonb, at timestamptz) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN CASE
        WHEN extensions ? 'token' AND dos_internal.token_problem((SELECT t FROM dos.token AS t WHERE t.token = extensions ->> 'token'), zone.id, name, actor.id,
                                                                 'create', at) IS NOT NULL THEN 'Allocation Token mismatch'
        WHEN class IS NOT NULL AND dos_internal.premium_refused(actor.id, zone.id, name, at) THEN 'Premium name refused'
        -- RFC 8748 section 4: what a create without fee would be refused is not available without one
        WHEN extensions ? 'fee' THEN NULL
        WHEN class IS NOT NULL AND zone.fee_required = 'premium' THEN 'Premium: the fee must be stated'
        WHEN zone.fee_required = 'always' THEN 'The fee must be stated'
    END;
END $$;
COMMENT ON FUNCTION dos_internal.fee_objection(dos.zone, text, dos.registrar, text, jsonb, timestamptz) IS
    'why a check says that a name is not available although no rule of names stands against it: token (RFC 8495 section 3.1.1), premium names refused, fee not stated';
