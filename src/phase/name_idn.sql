-- IDN: IDNA2008, the tables of the zone, scripts, and registered names that are variants or look alike.

-- Registered names with a key in common; a create holds the keys until its transaction ends.
CREATE FUNCTION dos_internal.idn_collision(zone dos.zone, name text, ulabel text, verb text) RETURNS dos_internal.name_verdict
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    k       record;
    other   text;
    what    text;
    verdict dos_internal.name_verdict;
BEGIN
    verdict.indexed := true;
    FOR k IN SELECT * FROM dos_internal.idn_keys(zone.id, zone.confusables, ulabel) LOOP
        IF verb = 'create' THEN
            PERFORM pg_advisory_xact_lock(hashtextextended(format('idn %s %s %s', zone.id, k.table_id, k.key), 0));
        END IF;
        FOR other IN SELECT o.name FROM dos.idn_key AS o
                      WHERE o.zone_id = zone.id AND o.key = k.key AND o.table_id = k.table_id AND o.name <> idn_collision.name ORDER BY o.name LOOP
            IF k.table_id = 0 THEN
                RETURN dos_internal.name_refusal('idn_confusable', 'Looks like another name', name,
                    format('It looks like "%s", which is registered.', dos.dname_unicode(other)));
            END IF;
            what := coalesce(dos_internal.idn_disposition(k.table_id, dos.dname_unicode(left(other, -length(zone.name) - 1)), ulabel),
                             dos_internal.idn_disposition(k.table_id, ulabel, dos.dname_unicode(left(other, -length(zone.name) - 1))));
            IF what IN ('allocatable', 'activated') THEN
                verdict.variant_of := other;
            ELSIF what IS NOT NULL THEN
                RETURN dos_internal.name_refusal('idn_variant_blocked', 'Variant of another name', name,
                    format('It is a variant of "%s", which is registered.', dos.dname_unicode(other)));
            END IF;
        END LOOP;
    END LOOP;
    RETURN verdict;
END $$;
COMMENT ON FUNCTION dos_internal.idn_collision(dos.zone, text, text, text) IS
    'registered names of which a name is a variant, or which it looks like: a refusal, or the name whose holder may have it';

CREATE FUNCTION dos_internal.idn_table_choose(zone dos.zone, name text, ulabel text, asked text, tables int[], must boolean) RETURNS dos_internal.name_verdict
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t         record;
    finding   record;
    verdict   dos_internal.name_verdict;
    objection dos_internal.name_verdict;
BEGIN
    FOR t IN SELECT o.id, o.name FROM unnest(tables) WITH ORDINALITY AS u (id, place) JOIN dos.idn_table AS o ON o.id = u.id
              WHERE asked IS NULL OR o.name = asked ORDER BY u.place LOOP
        SELECT * INTO finding FROM dos_internal.idn_judge(t.id, ulabel);
        IF finding.reason IS NULL THEN
            verdict.table_id := t.id;
            RETURN verdict;
        ELSIF objection.problem IS NULL THEN
            objection := dos_internal.name_refusal(finding.reason, 'Not in the IDN table', name, format('IDN table "%s": %s', t.name, finding.detail));
        END IF;
    END LOOP;
    IF objection.problem IS NULL AND asked IS NOT NULL THEN
        RETURN dos_internal.name_refusal('idn_table_unknown', 'IDN table not known', name, format('Zone "%s" has no IDN table "%s".', zone.name, asked), 2306, 'idn:table');
    END IF;
    RETURN CASE WHEN must OR asked IS NOT NULL THEN objection ELSE verdict END;
END $$;
COMMENT ON FUNCTION dos_internal.idn_table_choose(dos.zone, text, text, text, int[], boolean) IS 'the table of the zone that takes a U-label, or why the first does not';

CREATE FUNCTION dos_internal.name_idn(zone dos.zone, label text, name text, verb text, extensions jsonb, facts dos_internal.name_facts) RETURNS dos_internal.name_verdict
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    idn     jsonb := extensions -> 'idn';
    ulabel  text := dos.dname_unicode(label);
    is_idn  boolean := starts_with(label, 'xn--');
    finding record;
    verdict dos_internal.name_verdict;
    other   dos_internal.name_verdict;
    mixed   text;
BEGIN
    IF is_idn AND zone.emoji <> 'never' AND dos_internal.emoji_is_label(label) THEN
        IF idn ->> 'table' IS NOT NULL THEN
            RETURN dos_internal.name_refusal('idn_table_unknown', 'No IDN table has emoji', name, format('IDN table "%s" has no emoji.', idn ->> 'table'), 2306, 'idn:table');
        END IF;
        mixed := dos_internal.emoji_problem(zone, ulabel);
        RETURN CASE WHEN mixed IS NOT NULL THEN dos_internal.name_refusal('idn_emoji', 'Emoji not allowed here', name, mixed) END;
    END IF;
    IF is_idn THEN
        SELECT * INTO finding FROM dos_internal.idn_problem(ulabel);
        IF finding.reason IS NOT NULL THEN
            RETURN dos_internal.name_refusal(finding.reason, 'Not valid under IDNA2008', name, finding.detail);
        END IF;
    END IF;
    IF idn ->> 'uname' IS NOT NULL AND (dos.dname_problem(idn ->> 'uname') IS NOT NULL OR dos.dname(idn ->> 'uname') NOT IN (name, label)) THEN
        RETURN dos_internal.name_refusal('idn_uname_mismatch', 'Unicode form of another name', name, format('"%s" is another name.', idn ->> 'uname'), 2306, 'idn:uname');
    END IF;
    verdict := dos_internal.idn_table_choose(zone, name, ulabel, idn ->> 'table', facts.tables, is_idn);
    IF verdict.problem IS NOT NULL THEN
        RETURN verdict;
    END IF;
    IF is_idn AND verdict.table_id IS NULL AND NOT zone.mixed_scripts THEN
        mixed := dos_internal.idn_mixed(ulabel);
        IF mixed IS NOT NULL THEN
            RETURN dos_internal.name_refusal('idn_mixed_scripts', 'Mixes scripts', name, mixed);
        END IF;
    END IF;
    IF facts.indexed THEN
        other := dos_internal.idn_collision(zone, name, ulabel, verb);
        IF other.problem IS NOT NULL THEN
            RETURN other;
        END IF;
        verdict.indexed := true;
        verdict.variant_of := other.variant_of;
    END IF;
    RETURN verdict;
END $$;
COMMENT ON FUNCTION dos_internal.name_idn(dos.zone, text, text, text, jsonb, dos_internal.name_facts) IS
    'what IDNA2008, the IDN tables of a zone, scripts and registered variants say about a label; otherwise the table it is in';

CREATE FUNCTION dos_internal.nndn_judge(name text, at timestamptz) RETURNS dos_internal.name_verdict
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    n dos.nndn;
BEGIN
    SELECT * INTO n FROM dos.nndn AS o WHERE o.name = nndn_judge.name AND (o.expires_at > at) IS NOT FALSE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    RETURN dos_internal.name_refusal('nndn_' || n.state, CASE n.state WHEN 'blocked' THEN 'Blocked' WHEN 'withheld' THEN 'Withheld' ELSE 'Mirrored' END, name,
        format('The name is %s%s.', n.state, coalesce(format(', a variant of "%s"', dos.dname_unicode(n.variant_of)), '')));
END $$;
COMMENT ON FUNCTION dos_internal.nndn_judge(text, timestamptz) IS 'a refusal when the name is no domain and not free either';
