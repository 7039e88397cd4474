-- Labels of emoji. IDNA2008 disallows them, and a zone takes none unless it says so (zone setting emoji), never a generic TLD.
-- Which ones are rows: sequences in normal form, without variation selectors. A label is made of listed sequences and, where the
-- setting is mixed, of letters, digits and hyphens.

CREATE TABLE dos.zone_emoji (
    zone_id  int  NOT NULL CONSTRAINT zone_emoji_zone REFERENCES dos.zone ON DELETE CASCADE,
    sequence text COLLATE "C" NOT NULL CONSTRAINT zone_emoji_normal CHECK (sequence = dos_internal.emoji_normal(sequence) AND sequence !~ '[a-z0-9-]'),
    CONSTRAINT zone_emoji_pkey PRIMARY KEY (zone_id, sequence)
);
COMMENT ON TABLE dos.zone_emoji IS 'emoji that labels of a zone may hold: sequences of code points in normal form, as dos.zone_emoji_allow() writes them';
SELECT pg_catalog.pg_extension_config_dump('dos.zone_emoji', '');
CREATE TRIGGER zone_emoji_history AFTER INSERT OR UPDATE OR DELETE ON dos.zone_emoji FOR EACH ROW EXECUTE FUNCTION dos_internal.policy_changed();

CREATE FUNCTION dos.zone_emoji_allow(zone text, VARIADIC emoji text[]) RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.zone := dos_internal.zone_require(zone);
    odd    text;
    added  int;
BEGIN
    SELECT e INTO odd FROM unnest(emoji) AS e WHERE dos_internal.emoji_normal(e) IS NULL OR e ~ '[A-Za-z0-9-]' LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2005, 'zone_emoji_normal', 'emoji', format('"%s" is no emoji', odd));
    END IF;
    INSERT INTO dos.zone_emoji (zone_id, sequence) SELECT DISTINCT target.id, dos_internal.emoji_normal(e) FROM unnest(emoji) AS e ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS added = ROW_COUNT;
    RETURN added;
END $$;
COMMENT ON FUNCTION dos.zone_emoji_allow(text, text[]) IS 'let labels of a zone hold these emoji, in force at commit; returns how many are new; R2303, R2005 what is no emoji';

CREATE FUNCTION dos.zone_emoji_forbid(zone text, VARIADIC emoji text[]) RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target  dos.zone := dos_internal.zone_require(zone);
    removed int;
BEGIN
    DELETE FROM dos.zone_emoji AS z WHERE z.zone_id = target.id AND z.sequence IN (SELECT dos_internal.emoji_normal(e) FROM unnest(emoji) AS e);
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
END $$;
COMMENT ON FUNCTION dos.zone_emoji_forbid(text, text[]) IS 'take emoji off the list of a zone; names that have them stay; returns how many were on it; R2303';

-- The longest listed sequence counts at each place. Why a label is not taken, or NULL.
CREATE FUNCTION dos_internal.emoji_problem(zone dos.zone, ulabel text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    rest  text := ulabel;
    taken int;
BEGIN
    WHILE rest <> '' LOOP
        SELECT max(length(z.sequence)) INTO taken FROM dos.zone_emoji AS z WHERE z.zone_id = zone.id AND starts_with(rest, z.sequence);
        taken := coalesce(taken, CASE WHEN zone.emoji = 'mixed' AND rest ~ '^[a-z0-9-]' THEN 1 END);
        IF taken IS NULL THEN
            RETURN CASE WHEN rest ~ '^[a-z0-9-]' THEN 'A label of emoji holds nothing else in this zone.'
                        ELSE format('U+%s is not on the zone''s list of emoji here.', upper(lpad(to_hex(ascii(rest)), greatest(4, length(to_hex(ascii(rest)))), '0'))) END;
        END IF;
        rest := substr(rest, taken + 1);
    END LOOP;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION dos_internal.emoji_problem(dos.zone, text) IS 'why a zone that takes emoji does not take this U-label, naming the code point, or NULL';
