-- Replay: the commands of a past time, judged again under a changed policy, in a transaction that is taken back.
--
-- What the registry remembers of a command is its entry in the ledger: who, which name, for how many years, when and
-- for how much. Each is asked again at its own instant: may the name be had, do the hooks agree, what does it cost?

CREATE TYPE dos_internal.replayed AS (command text, zone text, currency text, registrar text, name text, verdict text, was_minor bigint, now_minor bigint);
COMMENT ON TYPE dos_internal.replayed IS 'one command judged again: verdict NULL when it would still be done, else the reason of the refusal';

CREATE FUNCTION dos_internal.replay_one(e dos.ledger_entry, payer dos.account, clock boolean) RETURNS dos_internal.replayed
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    told    dos_internal.replayed;
    zone    dos.zone := dos_internal.zone_of(e.object_name);
    actor   dos.registrar := dos_internal.registrar_find(dos_internal.registrar_clid(payer.registrar_id));
    d       dos.domain;
    policy  dos_internal.name_verdict;
    price   dos.price_data;
    command text := e.kind;
BEGIN
    told.command := e.kind;
    told.zone := zone.name;
    told.currency := payer.currency;
    told.registrar := actor.clid;
    told.name := e.object_name;
    told.was_minor := e.amount_minor + coalesce((SELECT sum(o.amount_minor) FROM dos.ledger_entry AS o
                                                  WHERE e.pricing IS NOT NULL AND o.object_id = e.object_id AND o.pricing ->> 'with' = e.id::text), 0);
    IF clock THEN
        PERFORM set_config('dos.clock', dos.iso8601(e.made_at), true);
    END IF;
    d.id := e.object_id;
    d.name := e.object_name;
    d.zone_id := zone.id;
    d.registrar_id := actor.id;
    IF command = 'create' THEN
        policy := dos_internal.name_policy(zone, e.object_name, actor.id, 'create', NULL, e.made_at);
        IF policy.problem IS NOT NULL THEN
            told.verdict := policy.problem;
            RETURN told;
        END IF;
    END IF;
    IF dos_internal.hook_exists('check', 'domain', command, zone.id) THEN
        PERFORM dos_internal.hook_run('check', 'domain', command, zone.id, dos_internal.hook_context(d, actor, e.years));
    END IF;
    price := dos_internal.domain_price(zone, command, coalesce(e.years, 0), d, actor, NULL, policy.phase, e.made_at, false, payer.currency);
    told.now_minor := price.amount_minor;
    RETURN told;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS told.verdict = CONSTRAINT_NAME;
    told.verdict := coalesce(nullif(told.verdict, ''), SQLSTATE);
    RETURN told;
END $$;
COMMENT ON FUNCTION dos_internal.replay_one(dos.ledger_entry, dos.account, boolean) IS 'judge the command behind a charge again at its own instant';

CREATE FUNCTION dos.policy_replay(since timestamptz, until timestamptz, VARIADIC changes text[] DEFAULT '{}',
                                  OUT command text, OUT zone text, OUT registrar text, OUT verdict text, OUT commands bigint, OUT currency text,
                                  OUT was text, OUT becomes text, OUT difference text, OUT example text) RETURNS SETOF record
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    change text;
    clock  boolean := (SELECT r.rolsuper FROM pg_roles AS r WHERE r.rolname = current_user);
    kept   dos_internal.replayed[];
BEGIN
    BEGIN
        FOREACH change IN ARRAY changes LOOP
            EXECUTE change;
        END LOOP;
        kept := ARRAY(SELECT dos_internal.replay_one(e, a, clock)
                        FROM dos.ledger_entry AS e
                        JOIN dos.account AS a ON a.id = e.debit_account_id AND a.kind = 'registrar'
                        JOIN dos.account AS o ON o.id = e.credit_account_id AND o.kind = 'revenue'
                       WHERE e.made_at >= since AND e.made_at < until AND e.kind IN ('create', 'renew', 'autorenew', 'transfer', 'restore')
                         AND e.object_name IS NOT NULL AND e.pricing ->> 'with' IS NULL);
        RAISE EXCEPTION 'replayed' USING ERRCODE = 'R1000';
    EXCEPTION WHEN SQLSTATE 'R1000' THEN
        NULL;
    END;
    RETURN QUERY
        SELECT k.command, k.zone, k.registrar, CASE WHEN k.verdict IS NULL AND k.was_minor = k.now_minor THEN 'same'
                    WHEN k.verdict IS NULL AND k.was_minor < k.now_minor THEN 'dearer' WHEN k.verdict IS NULL THEN 'cheaper' ELSE 'refused: ' || k.verdict END AS told,
               count(*), k.currency, dos.money_text(sum(k.was_minor)::bigint, k.currency), dos.money_text(sum(coalesce(k.now_minor, 0))::bigint, k.currency),
               dos.money_text((sum(coalesce(k.now_minor, 0)) - sum(k.was_minor))::bigint, k.currency), min(k.name)
          FROM unnest(kept) AS k GROUP BY k.command, k.zone, k.registrar, told, k.currency
         ORDER BY k.zone, k.command, told, k.registrar;
END $$;
COMMENT ON FUNCTION dos.policy_replay(timestamptz, timestamptz, text[]) IS
    'judge the commands that were charged in a time again after some changes of policy (SQL), and take the changes back: how many would be the same, cheaper, '
    'dearer or refused and why, and what that does to revenue, by zone, command and registrar. Prices are those of the instant of each command';
