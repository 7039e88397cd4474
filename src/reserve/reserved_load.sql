-- A list as a whole: what COPY brought into a table becomes the list, or is shown what it would change.

CREATE FUNCTION dos.reserved_load(list text, source regclass, dry_run boolean DEFAULT false, effective_at timestamptz DEFAULT NULL,
                                  OUT verdict text, OUT number bigint, OUT sample text) RETURNS SETOF record
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET client_min_messages = warning AS $$
DECLARE
    target int := dos_internal.reserved_list_id(list);
    at     timestamptz := coalesce(effective_at, dos.now());
BEGIN
    IF target < 1000 THEN
        PERFORM dos_internal.refuse(2308, 'reserved_list_shipped', 'list', format('list "%s" is shipped', list), 'Release names of it, or load a list of your own.');
    ELSIF at < dos.now() THEN
        PERFORM dos_internal.refuse(2306, 'reserved_load_past', 'effective_at', 'a list cannot take effect in the past');
    END IF;
    DROP TABLE IF EXISTS pg_temp.dos_reserved_load;
    EXECUTE format($query$
        CREATE TEMP TABLE dos_reserved_load ON COMMIT DROP AS
        SELECT o.label AS given, o.row, CASE WHEN o.problem IS NULL THEN dos.dname(o.label) END COLLATE "C" AS label, o.problem
          FROM (SELECT s.label, row_number() OVER () AS row,
                       CASE WHEN s.label IS NULL THEN 'The label is missing.' WHEN strpos(rtrim(s.label, '.'), '.') > 0 THEN 'It is not a single label.'
                            ELSE dos.dname_problem(s.label) END AS problem
                  FROM %s AS s) AS o
    $query$, source);
    -- the first of equal labels counts, the others are named
    UPDATE pg_temp.dos_reserved_load AS l SET problem = format('It is on row %s already.', d.first)
      FROM (SELECT o.row, min(o.row) OVER (PARTITION BY o.label) AS first, count(*) OVER (PARTITION BY o.label) AS times
              FROM pg_temp.dos_reserved_load AS o WHERE o.problem IS NULL) AS d
     WHERE d.times > 1 AND d.row = l.row AND d.row > d.first;
    IF NOT dry_run AND EXISTS (SELECT FROM pg_temp.dos_reserved_load AS l WHERE l.problem IS NOT NULL) THEN
        PERFORM dos_internal.refuse(2005, 'reserved_load_invalid', 'label',
                                    format('row %s of the list is not valid: "%s"', l.row, l.given), l.problem)
           FROM pg_temp.dos_reserved_load AS l WHERE l.problem IS NOT NULL ORDER BY l.row LIMIT 1;
    END IF;
    RETURN QUERY
    SELECT v.verdict, count(*), (array_agg(v.example ORDER BY v.place, v.example))[1]
      FROM (SELECT CASE WHEN l.problem IS NOT NULL THEN 'invalid' WHEN n.label IS NULL THEN 'added' WHEN l.label IS NULL THEN 'removed' ELSE 'kept' END AS verdict,
                   CASE WHEN l.problem IS NOT NULL THEN format('row %s "%s": %s', l.row, l.given, l.problem) ELSE coalesce(l.label, n.label) END AS example,
                   coalesce(l.row, 0) AS place
              FROM pg_temp.dos_reserved_load AS l
              FULL JOIN (SELECT o.label FROM dos.reserved_name AS o WHERE o.list_id = target AND (o.expires_at > at) IS NOT FALSE) AS n
                ON n.label = l.label AND l.problem IS NULL) AS v
     GROUP BY v.verdict ORDER BY v.verdict;
    IF NOT dry_run THEN
        -- what is on the list stays on it until the date, what comes is on it from the date
        UPDATE dos.reserved_name AS n SET expires_at = at
         WHERE at > dos.now() AND n.list_id = target AND (n.expires_at > at) IS NOT FALSE AND (n.effective_at < at) IS NOT FALSE
           AND NOT EXISTS (SELECT FROM pg_temp.dos_reserved_load AS l WHERE l.label = n.label);
        DELETE FROM dos.reserved_name AS n
         WHERE n.list_id = target AND (at <= dos.now() OR n.effective_at >= at) AND NOT EXISTS (SELECT FROM pg_temp.dos_reserved_load AS l WHERE l.label = n.label);
        INSERT INTO dos.reserved_name (label, list_id, effective_at)
        SELECT l.label, target, CASE WHEN at > dos.now() THEN at END FROM pg_temp.dos_reserved_load AS l
        ON CONFLICT ON CONSTRAINT reserved_name_pkey DO UPDATE SET expires_at = NULL WHERE reserved_name.expires_at IS NOT NULL;
    END IF;
    DROP TABLE pg_temp.dos_reserved_load;
END $$;
COMMENT ON FUNCTION dos.reserved_load(text, regclass, boolean, timestamptz) IS
    'make a list hold exactly the labels in column "label" of a table filled by COPY, now or from a date on; returns what is added, removed, kept and (dry run) invalid; '
    'R2303 list, R2005 the first row that is invalid or repeated, R2308 shipped list';
