-- Stored quotes: a price that is kept for a registrar, a name and a command until an instant. The command that
-- names it (extensions -> 'quote') gets that price, or is refused.

CREATE TABLE dos.quote (
    id           text CONSTRAINT quote_pkey PRIMARY KEY DEFAULT 'Q' || upper(left(replace(gen_random_uuid()::text, '-', ''), 20)),
    registrar_id int  NOT NULL,
    zone_id      int  NOT NULL,
    name         text NOT NULL,
    command      text NOT NULL,
    years        int  NOT NULL,
    phase        text,
    price        dos.price_data NOT NULL,
    made_at      timestamptz NOT NULL DEFAULT dos.now(),
    expires_at   timestamptz NOT NULL,
    used_at      timestamptz
);
CREATE INDEX quote_expires ON dos.quote (expires_at);
COMMENT ON TABLE dos.quote IS 'prices promised to a registrar for a command on a name until an instant, each for one use';
SELECT pg_catalog.pg_extension_config_dump('dos.quote', '');

CREATE FUNCTION dos_internal.quote_take(id text, name text, registrar_id int, command text, years int, at timestamptz, spend boolean) RETURNS dos.price_data
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    kept    dos.quote;
    problem text;
BEGIN
    SELECT q.* INTO kept FROM dos.quote AS q WHERE q.id = quote_take.id FOR NO KEY UPDATE;
    problem := CASE WHEN kept.id IS NULL OR kept.registrar_id <> quote_take.registrar_id THEN 'The quote is not known.'
                    WHEN kept.used_at IS NOT NULL THEN 'The quote has been used.'
                    WHEN kept.expires_at <= at THEN 'The quote has expired.'
                    WHEN kept.name <> quote_take.name THEN 'The quote is for another name.'
                    WHEN kept.command <> quote_take.command OR kept.years <> quote_take.years THEN format('The quote is for %s of %s year(s).', kept.command, kept.years) END;
    IF problem IS NOT NULL THEN
        PERFORM dos_internal.refuse(2306, 'quote_invalid', 'quote', 'the quote cannot be used', problem);
    END IF;
    IF spend THEN
        UPDATE dos.quote AS q SET used_at = dos.now() WHERE q.id = kept.id;
    END IF;
    RETURN kept.price;
END $$;
COMMENT ON FUNCTION dos_internal.quote_take(text, text, int, text, int, timestamptz, boolean) IS 'the price of a stored quote, used up when it is spent; R2306 when it is not for this command';
