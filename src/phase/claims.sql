-- Trademark claims (RFC 9361): labels of protected marks, the keys under which a registrar finds the notice,
-- and the notice that a create must then carry (RFC 8334 section 3.3.2).

CREATE TABLE dos.claims_key (
    label       text COLLATE "C" NOT NULL CONSTRAINT claims_key_label_form CHECK (dos_internal.dname_is_canonical(label) AND strpos(label, '.') = 0),
    validator   text NOT NULL DEFAULT 'tmch',
    key         text NOT NULL CONSTRAINT claims_key_form CHECK (key ~ '^\S+$'),
    inserted_at timestamptz NOT NULL,
    CONSTRAINT claims_key_pkey PRIMARY KEY (label, validator)
);
COMMENT ON TABLE dos.claims_key IS 'labels on the list of a trademark validator, with their lookup keys (RFC 9361 section 6.1)';
SELECT pg_catalog.pg_extension_config_dump('dos.claims_key', '');

CREATE TABLE dos.claims_list (
    validator  text NOT NULL CONSTRAINT claims_list_pkey PRIMARY KEY,
    version    int  NOT NULL,
    created_at timestamptz NOT NULL,
    loaded_at  timestamptz NOT NULL DEFAULT dos.now(),
    labels     int  NOT NULL
);
COMMENT ON TABLE dos.claims_list IS 'which list of each trademark validator is loaded, made when';
SELECT pg_catalog.pg_extension_config_dump('dos.claims_list', '');

CREATE TABLE dos.claims_notice (
    domain_id    bigint NOT NULL,
    domain_name  text NOT NULL,
    registrar_id int  NOT NULL,
    notice_id    text NOT NULL,
    validator    text NOT NULL,
    not_after    timestamptz NOT NULL,
    accepted_at  timestamptz NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT dos.now(),
    CONSTRAINT claims_notice_pkey PRIMARY KEY (domain_id, notice_id)
);
COMMENT ON TABLE dos.claims_notice IS 'claims notices under which domains were created, kept for the report of registered names (RFC 9361 section 6.3)';
SELECT pg_catalog.pg_extension_config_dump('dos.claims_notice', '');

CREATE FUNCTION dos_internal.claims_notice_problem(id text, label text, not_after timestamptz) RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_claims_notice_problem';
COMMENT ON FUNCTION dos_internal.claims_notice_problem(text, text, timestamptz) IS
    'claims_notice_form or claims_notice_checksum when this cannot be a notice on this label with this expiry (RFC 9361 section 6.5), or NULL';

CREATE FUNCTION dos.claims_load(list text, validator text DEFAULT 'tmch', dry_run boolean DEFAULT false,
                                OUT added int, OUT changed int, OUT removed int, OUT kept int)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET client_min_messages = warning AS $$
DECLARE
    first text := split_part(list, E'\n', 1);
    bad   record;
BEGIN
    IF first !~ '^1,\d{4}-\d\d-\d\dT[0-9:.]+Z\r?$' OR split_part(list, E'\n', 2) !~ '^DNL,lookup-key,insertion-datetime\r?$' THEN
        PERFORM dos_internal.refuse(2005, 'claims_list_form', 'list', 'this is no list of domain name labels',
            'Its first line is "1,<date>", its second "DNL,lookup-key,insertion-datetime".');
    END IF;
    DROP TABLE IF EXISTS pg_temp.dos_claims_load;
    CREATE TEMP TABLE dos_claims_load ON COMMIT DROP AS
        SELECT t.row, split_part(t.line, ',', 1) COLLATE "C" AS label, split_part(t.line, ',', 2) AS key, split_part(t.line, ',', 3) AS inserted_at,
               t.line ~ '^[a-z0-9-]+,[^,[:space:]]+,\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$' AS good
          FROM (SELECT rtrim(l.line, E'\r') AS line, l.row FROM string_to_table(list, E'\n') WITH ORDINALITY AS l (line, row)) AS t
         WHERE t.row > 2 AND t.line <> '';
    SELECT l.row, l.label INTO bad FROM pg_temp.dos_claims_load AS l
     WHERE NOT l.good OR NOT dos_internal.dname_is_canonical(l.label)
        OR EXISTS (SELECT FROM pg_temp.dos_claims_load AS o WHERE o.label = l.label AND o.row < l.row) ORDER BY l.row LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2005, 'claims_list_row', 'list', format('line %s of the list is not valid: "%s"', bad.row, bad.label));
    END IF;
    SELECT count(*) FILTER (WHERE k.label IS NULL), count(*) FILTER (WHERE k.key <> l.key), count(*) FILTER (WHERE l.label IS NULL), count(*) FILTER (WHERE k.key = l.key)
      INTO added, changed, removed, kept
      FROM pg_temp.dos_claims_load AS l
      FULL JOIN (SELECT * FROM dos.claims_key AS o WHERE o.validator = claims_load.validator) AS k ON k.label = l.label;
    IF NOT dry_run THEN
        DELETE FROM dos.claims_key AS k WHERE k.validator = claims_load.validator
           AND NOT EXISTS (SELECT FROM pg_temp.dos_claims_load AS l WHERE l.label = k.label);
        INSERT INTO dos.claims_key AS k (label, validator, key, inserted_at)
        SELECT l.label, claims_load.validator, l.key, l.inserted_at::timestamptz FROM pg_temp.dos_claims_load AS l
        ON CONFLICT ON CONSTRAINT claims_key_pkey DO UPDATE SET key = excluded.key, inserted_at = excluded.inserted_at
         WHERE (k.key, k.inserted_at) IS DISTINCT FROM (excluded.key, excluded.inserted_at);
        INSERT INTO dos.claims_list (validator, version, created_at, labels)
        VALUES (claims_load.validator, 1, rtrim(split_part(first, ',', 2), E'\r')::timestamptz, added + changed + kept)
        ON CONFLICT ON CONSTRAINT claims_list_pkey DO UPDATE SET created_at = excluded.created_at, loaded_at = dos.now(), labels = excluded.labels;
    END IF;
    DROP TABLE pg_temp.dos_claims_load;
END $$;
COMMENT ON FUNCTION dos.claims_load(text, text, boolean) IS
    'swap the list of a trademark validator for the text of its file (RFC 9361 section 6.1), or show what that would change; R2005 with the line that is not valid';

CREATE FUNCTION dos_internal.claims_run(zone_id int, at timestamptz) RETURNS boolean
LANGUAGE sql STABLE
RETURN EXISTS (SELECT FROM dos.phase AS p WHERE p.zone_id = claims_run.zone_id AND p.claims AND p.during @> at);
COMMENT ON FUNCTION dos_internal.claims_run(int, timestamptz) IS 'whether a phase with trademark claims runs in a zone';

CREATE FUNCTION dos_internal.claims_keys(zone_id int, label text, at timestamptz, OUT validator text, OUT key text) RETURNS SETOF record
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT k.validator, k.key FROM dos.claims_key AS k
     WHERE k.label = claims_keys.label AND dos_internal.claims_run(zone_id, at) ORDER BY k.validator
$$;
COMMENT ON FUNCTION dos_internal.claims_keys(int, text, timestamptz) IS 'the keys of a label while claims run in the zone (RFC 8334 section 3.1.1)';

-- What a create says about claims: notices that are there, are not there, or are no good.
CREATE FUNCTION dos_internal.claims_judge(zone dos.zone, label text, name text, extensions jsonb, at timestamptz) RETURNS dos_internal.name_verdict
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    notices  jsonb := coalesce(extensions -> 'launch' -> 'notices', '[]');
    running  boolean := dos_internal.claims_run(zone.id, at);
    k        dos.claims_key;
    notice   jsonb;
    listed   boolean := false;
    problem  text;
    verdict  dos_internal.name_verdict;
BEGIN
    FOR k IN SELECT * FROM dos.claims_key AS o WHERE running AND o.label = claims_judge.label LOOP
        listed := true;
        -- a label that has been on the list for less than a day needs no notice yet (RFC 9361 section 5.3.2)
        IF k.inserted_at <= at - interval '24 hours'
           AND NOT EXISTS (SELECT FROM jsonb_array_elements(notices) AS n WHERE coalesce(n ->> 'validator', 'tmch') = k.validator) THEN
            RETURN dos_internal.name_refusal('claims_notice_required', 'Claims notice required', name,
                format('A trademark of validator "%s" has this label; the create carries the accepted notice.', k.validator), 2304, 'launch:notice');
        END IF;
    END LOOP;
    IF notices <> '[]' AND NOT listed THEN
        RETURN dos_internal.name_refusal('claims_notice_unexpected', 'Claims notice not expected', name,
            CASE WHEN running THEN 'No trademark has this label.' ELSE 'No claims phase is running.' END, 2306, 'launch:notice');
    END IF;
    FOR notice IN SELECT n FROM jsonb_array_elements(notices) AS n LOOP
        IF NOT EXISTS (SELECT FROM dos.claims_key AS o WHERE o.label = claims_judge.label AND o.validator = coalesce(notice ->> 'validator', 'tmch')) THEN
            RETURN dos_internal.name_refusal('claims_validator_unknown', 'Claims validator not known', name,
                format('No trademark of validator "%s" has this label.', notice ->> 'validator'), 2306, 'launch:noticeID');
        ELSIF (notice ->> 'not_after')::timestamptz <= at THEN
            RETURN dos_internal.name_refusal('claims_notice_expired', 'Claims notice expired', name, 'The claims notice has expired.', 2306, 'launch:notAfter');
        ELSIF (notice ->> 'accepted_at')::timestamptz > at THEN
            RETURN dos_internal.name_refusal('claims_acceptance_future', 'Claims accepted in the future', name, 'The acceptance lies in the future.', 2306, 'launch:acceptedDate');
        ELSIF (notice ->> 'accepted_at')::timestamptz < at - zone.claims_window THEN
            RETURN dos_internal.name_refusal('claims_acceptance_old', 'Claims accepted too long ago', name,
                format('The notice was accepted more than %s ago.', zone.claims_window), 2306, 'launch:acceptedDate');
        END IF;
        problem := dos_internal.claims_notice_problem(notice ->> 'id', label, (notice ->> 'not_after')::timestamptz);
        IF problem IS NOT NULL THEN
            RETURN dos_internal.name_refusal(problem, 'Claims notice not valid', name,
                CASE problem WHEN 'claims_notice_form' THEN 'The notice identifier has eight hexadecimal digits and a number of 19 digits.'
                             ELSE 'The notice is one of another label or expiry.' END,
                CASE problem WHEN 'claims_notice_form' THEN 2005 ELSE 2306 END, 'launch:noticeID');
        END IF;
        verdict.notice := notice ->> 'id';
    END LOOP;
    RETURN verdict;
END $$;
COMMENT ON FUNCTION dos_internal.claims_judge(dos.zone, text, text, jsonb, timestamptz) IS
    'what trademark claims say about a create (RFC 9361 section 5.3.2): notice missing, not expected, expired, not valid, or accepted too long ago';

-- The answer of a claims or trademark check (RFC 8334 sections 3.1.1 and 3.1.3).
CREATE FUNCTION dos_internal.claims_check(zone dos.zone, name text, launch jsonb, at timestamptz) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asked_label text := left(name, -length(zone.name) - 1);
    keys        jsonb;
BEGIN
    IF zone.id IS NOT NULL AND launch ->> 'phase' IS NOT NULL AND launch ->> 'phase' <> 'open'
       AND NOT EXISTS (SELECT FROM dos.phase AS p WHERE p.zone_id = zone.id AND p.during @> at
                          AND (dos_internal.phase_is_meant(p, launch) OR launch ->> 'phase' = 'claims' AND p.claims)) THEN
        PERFORM dos_internal.refuse(2306, 'phase_other', 'launch:phase', 'the phase that the command names is not running');
    END IF;
    IF launch ->> 'type' = 'trademark' THEN
        SELECT jsonb_agg(jsonb_build_object('validator', k.validator, 'key', k.key) ORDER BY k.validator) INTO keys FROM dos.claims_key AS k WHERE k.label = asked_label;
    ELSE
        SELECT jsonb_agg(jsonb_build_object('validator', k.validator, 'key', k.key)) INTO keys FROM dos_internal.claims_keys(zone.id, asked_label, at) AS k;
    END IF;
    RETURN jsonb_build_object('launch', jsonb_strip_nulls(jsonb_build_object('phase', launch ->> 'phase', 'phase_name', launch ->> 'phase_name',
                              'exists', keys IS NOT NULL, 'keys', keys)));
END $$;
COMMENT ON FUNCTION dos_internal.claims_check(dos.zone, text, jsonb, timestamptz) IS 'whether trademarks have the label of a name, with their lookup keys; R2306 when the phase named is not running';
