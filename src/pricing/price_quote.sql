-- What a command costs, and why. No price is a refusal, never free.

CREATE FUNCTION dos_internal.price_find(zone dos.zone, command text, years int, currency text, at timestamptz,
                                        OUT amount_minor bigint, OUT price_id bigint, OUT each_year boolean)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- an exact number of years beats the price of each year
    SELECT CASE WHEN p.years IS NULL THEN p.amount_minor * greatest(price_find.years, 1) ELSE p.amount_minor END, p.id, p.years IS NULL
      INTO amount_minor, price_id, each_year
      FROM dos.price AS p
     WHERE p.zone_id = zone.id AND p.command = price_find.command AND p.currency = price_find.currency
       AND (p.years = price_find.years OR p.years IS NULL) AND p.valid @> at
     ORDER BY p.years NULLS LAST
     LIMIT 1;
    IF NOT FOUND THEN
        PERFORM dos_internal.refuse(2306, 'price_missing', 'domain:period', 'no price is set for this command',
            format('Zone "%s" has no price for %s of %s year(s) in %s.', zone.name, command, years, currency));
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.price_find(dos.zone, text, int, text, timestamptz) IS 'the base price that applies, or R2306 price_missing';

CREATE FUNCTION dos.price_quote(name text, command text, years int DEFAULT 1, currency text DEFAULT NULL, at timestamptz DEFAULT dos.now(),
                                OUT line int, OUT item text, OUT amount_minor bigint, OUT line_currency text, OUT price_id bigint, OUT explanation text)
RETURNS SETOF record
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    zone  dos.zone := dos_internal.zone_of(dos.dname(name));
    found record;
    rule  dos.price;
BEGIN
    IF zone.id IS NULL THEN
        PERFORM dos_internal.refuse(2306, 'zone_unknown', 'domain:name', format('"%s" is in no zone of this registry', name));
    END IF;
    line_currency := coalesce(currency, zone.currency);
    SELECT * INTO found FROM dos_internal.price_find(zone, command, years, line_currency, at);
    SELECT * INTO rule FROM dos.price AS p WHERE p.id = found.price_id;
    line := 1;
    item := format('%s %s, %s year(s)', command, zone.name, years);
    amount_minor := found.amount_minor;
    price_id := found.price_id;
    explanation := format('base price %s: %s %s %s, valid %s%s', rule.id, dos.money_text(rule.amount_minor, line_currency), line_currency,
        CASE WHEN found.each_year THEN 'for each year' ELSE format('for %s year(s)', rule.years) END, rule.valid,
        coalesce(' (' || rule.comment || ')', ''));
    RETURN NEXT;
END $$;
COMMENT ON FUNCTION dos.price_quote(text, text, int, text, timestamptz) IS
    'the lines that make the price of a command on a name, in minor units, and the rule behind each; R2306 when no price is set, R2005 name';
