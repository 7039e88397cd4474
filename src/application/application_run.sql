-- Decisions about a whole phase, when it is over: names with one valid application are allocated, those with several go to an
-- auction, whose results come back.

CREATE VIEW dos.application_contention AS
    SELECT z.name AS zone, p.name AS phase, a.name, count(*) OVER n AS applications, a.number AS application, r.clid AS registrar,
           c.handle AS registrant, a.created_at, a.status, a.amount_minor, a.currency
      FROM dos.application AS a
      JOIN dos.zone AS z ON z.id = a.zone_id
      JOIN dos.phase AS p ON p.id = a.phase_id
      JOIN dos.registrar AS r ON r.id = a.registrar_id
      LEFT JOIN dos.contact AS c ON c.id = (a.request ->> 'registrant_id')::bigint
     WHERE a.status IN ('validated', 'pendingAllocation')
       AND EXISTS (SELECT FROM dos.application AS o WHERE o.name = a.name AND o.id <> a.id AND o.status IN ('validated', 'pendingAllocation'))
    WINDOW n AS (PARTITION BY a.name)
     ORDER BY a.name, a.id;
COMMENT ON VIEW dos.application_contention IS 'names that several valid applications ask for, each application a row';

CREATE FUNCTION dos_internal.csv_field(value text) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN CASE WHEN value ~ E'[",\r\n]' THEN '"' || replace(value, '"', '""') || '"' ELSE coalesce(value, '') END;
COMMENT ON FUNCTION dos_internal.csv_field(text) IS 'a value as a field of RFC 4180';

CREATE FUNCTION dos.application_export(zone text, phase text) RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.zone := dos_internal.zone_require(zone);
BEGIN
    RETURN NEXT 'name,application,registrar,registrant,applied_at,status,amount,currency';
    RETURN QUERY
        SELECT concat_ws(',', c.name, c.application, dos_internal.csv_field(c.registrar), dos_internal.csv_field(coalesce(c.registrant, '')), dos.iso8601(c.created_at), c.status,
                         dos.money_text(c.amount_minor, c.currency), c.currency)
          FROM dos.application_contention AS c WHERE c.zone = target.name AND c.phase = application_export.phase ORDER BY c.name, c.created_at, length(c.application), c.application;
END $$;
COMMENT ON FUNCTION dos.application_export(text, text) IS 'staff: the contended names of a phase for an auction, as lines of CSV: name, application, registrar, registrant, instant, status, money held; R2303, R2201';
GRANT EXECUTE ON FUNCTION dos.application_export(text, text) TO dos_admin;

CREATE FUNCTION dos_internal.application_phase(zone text, phase text) RETURNS dos.phase
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p dos.phase;
BEGIN
    SELECT o.* INTO p FROM dos.phase AS o WHERE o.zone_id = (dos_internal.zone_require(zone)).id AND o.name = phase;
    IF NOT FOUND THEN
        PERFORM dos_internal.refuse(2303, 'phase_unknown', 'name', format('zone "%s" has no phase "%s"', zone, phase));
    ELSIF p.mode = 'registration' THEN
        PERFORM dos_internal.refuse(2306, 'phase_registrations', 'name', format('phase "%s" takes no applications', phase));
    ELSIF upper_inf(p.during) OR upper(p.during) > dos.now() THEN
        PERFORM dos_internal.refuse(2304, 'phase_running', 'during', format('phase "%s" is not over', phase), 'More applications may come.');
    END IF;
    RETURN p;
END $$;
COMMENT ON FUNCTION dos_internal.application_phase(text, text) IS 'a phase of applications that is over; R2303, R2201, R2306, R2304';

-- What a run makes of one name: its outcome, with what it says of why.
CREATE FUNCTION dos_internal.application_run_name(wanted text, phase_id int, reason text, others text, OUT outcome text, OUT number text, OUT detail text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    open  dos.application[] := ARRAY(SELECT a FROM dos_internal.application_others(wanted, 0) AS a WHERE a.phase_id = application_run_name.phase_id);
    valid dos.application[] := ARRAY(SELECT a FROM unnest(open) AS a WHERE a.status IN ('validated', 'pendingAllocation'));
    a     dos.application;
BEGIN
    IF EXISTS (SELECT FROM unnest(open) AS o WHERE o.status IN ('pendingValidation', 'custom')) THEN
        outcome := 'undecided';
    ELSIF cardinality(valid) > 1 THEN
        outcome := 'contention';
        FOREACH a IN ARRAY valid LOOP
            IF a.status = 'validated' THEN
                PERFORM dos_internal.application_step(a, 'contend', reason);
            END IF;
        END LOOP;
    ELSIF cardinality(valid) = 1 THEN
        outcome := 'allocated';
        number := valid[1].number;
        PERFORM dos_internal.application_grant(valid[1], reason, others);
    ELSIF others = 'reject' THEN
        outcome := 'rejected';
        FOREACH a IN ARRAY open LOOP
            PERFORM dos_internal.application_step(a, 'reject', coalesce(a.reason, reason));
        END LOOP;
    ELSE
        outcome := 'invalid';
    END IF;
EXCEPTION WHEN SQLSTATE 'R2302' OR SQLSTATE 'R2305' OR SQLSTATE 'R2306' OR SQLSTATE 'R2304' THEN
    GET STACKED DIAGNOSTICS detail = MESSAGE_TEXT;
    outcome := 'refused';
END $$;
COMMENT ON FUNCTION dos_internal.application_run_name(text, int, text, text) IS 'decide one name of a phase that is over, if it decides itself';

CREATE FUNCTION dos.application_run(zone text, phase text, reason text, staff text DEFAULT NULL, others text DEFAULT 'reject', at_most int DEFAULT 1000,
                                    OUT name text, OUT applications bigint, OUT outcome text, OUT application text, OUT detail text)
RETURNS SETOF record
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p dos.phase := dos_internal.application_phase(zone, phase);
BEGIN
    PERFORM dos_internal.application_staff('application_run', 'phase', zone || ' ' || phase, reason, staff, jsonb_build_object('others', others));
    FOR name, applications IN
        SELECT a.name, count(*) FROM dos.application AS a WHERE a.phase_id = p.id AND a.decided_at IS NULL
         GROUP BY a.name ORDER BY bool_and(a.status = 'pendingAllocation'), a.name LIMIT at_most LOOP
        SELECT r.outcome, r.number, r.detail INTO outcome, application, detail FROM dos_internal.application_run_name(name, p.id, reason, others) AS r;
        RETURN NEXT;
    END LOOP;
END $$;
COMMENT ON FUNCTION dos.application_run(text, text, text, text, text, int) IS
    'staff: decide the names of a phase that is over, at most so many in this transaction: one valid application is allocated (the others rejected, or left), several contend, '
    'invalid ones alone are rejected, names with an application not validated yet stay; one row for each name. R2303, R2306, R2304 the phase runs, R2003';
GRANT EXECUTE ON FUNCTION dos.application_run(text, text, text, text, text, int) TO dos_admin;

-- 'name,application' in each line; a heading, and what follows the second field, does not count.
CREATE FUNCTION dos_internal.application_results_read(csv text, OUT line int, OUT name text, OUT application text, OUT problem text) RETURNS SETOF record
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.line, r.name, r.number,
           CASE WHEN a.id IS NULL THEN 'no such application'
                WHEN a.name <> r.name THEN 'it is for another name'
                WHEN dos_internal.application_next(a.status, 'allocate') IS NULL THEN 'its status is ' || coalesce(a.status_name, a.status)
                WHEN count(*) OVER (PARTITION BY r.name) > 1 THEN 'two lines for the name' END
      FROM (SELECT l.n::int AS line, lower(btrim(split_part(l.text, ',', 1), E' "\r')) AS name, btrim(split_part(l.text, ',', 2), E' "\r') AS number
              FROM regexp_split_to_table(application_results_read.csv, E'\n') WITH ORDINALITY AS l (text, n)
             WHERE btrim(l.text, E' \r') <> '' AND NOT (l.n = 1 AND l.text ILIKE 'name,%')) AS r
      LEFT JOIN dos.application AS a ON a.number = r.number
     ORDER BY r.line
$$;
COMMENT ON FUNCTION dos_internal.application_results_read(text) IS 'the lines of an auction''s results, each with what is wrong with it';

CREATE FUNCTION dos.application_results(csv text, reason text, staff text DEFAULT NULL, dry_run boolean DEFAULT false,
                                        OUT line int, OUT name text, OUT application text, OUT problem text) RETURNS SETOF record
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    bad record;
BEGIN
    IF dry_run THEN
        RETURN QUERY SELECT * FROM dos_internal.application_results_read(csv);
        RETURN;
    END IF;
    SELECT * INTO bad FROM dos_internal.application_results_read(csv) AS r WHERE r.problem IS NOT NULL LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2005, 'application_results_line', 'csv', format('line %s of the results is not valid', bad.line),
            format('"%s" for "%s": %s.', bad.application, bad.name, bad.problem));
    END IF;
    FOR line, name, application IN SELECT r.line, r.name, r.application FROM dos_internal.application_results_read(csv) AS r LOOP
        PERFORM dos.application_award(name, application, reason, staff);
        RETURN NEXT;
    END LOOP;
END $$;
COMMENT ON FUNCTION dos.application_results(text, text, text, boolean) IS
    'staff: take the results of an auction, a line ''name,application'' for each winner, all of them or none; dry_run says what is wrong. R2005 with the line, and what dos.application_award() refuses';
GRANT EXECUTE ON FUNCTION dos.application_results(text, text, text, boolean) TO dos_admin;

CREATE FUNCTION dos.application_settle(zone text, phase text, reason text, staff text DEFAULT NULL) RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p    dos.phase := dos_internal.application_phase(zone, phase);
    left_over bigint := (SELECT count(*) FROM dos.application AS a WHERE a.phase_id = p.id AND a.decided_at IS NULL);
BEGIN
    IF left_over > 0 THEN
        PERFORM dos_internal.refuse(2305, 'phase_undecided', 'name', format('phase "%s" is not settled', phase), format('%s application(s) are not decided.', left_over));
    END IF;
    PERFORM dos_internal.application_staff('application_settle', 'phase', zone || ' ' || phase, reason, staff);
    UPDATE dos.phase AS o SET settled_at = coalesce(o.settled_at, dos.now()) WHERE o.id = p.id RETURNING o.settled_at INTO p.settled_at;
    RETURN p.settled_at;
END $$;
COMMENT ON FUNCTION dos.application_settle(text, text, text, text) IS
    'staff: close a phase whose applications are all decided: creates in its zone need not look for applications any more. R2303, R2306, R2304 it runs, R2305 not all are decided, R2003';
GRANT EXECUTE ON FUNCTION dos.application_settle(text, text, text, text) TO dos_admin;
