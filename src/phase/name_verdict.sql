-- What policy says of a name.

CREATE TYPE dos_internal.name_verdict AS (
    code int, problem text, answer text, message text, element text, detail text,       -- problem is NULL: it may; code 1001: as an application
    phase_id int, phase text, name_class text, list text, on_hold boolean, override_id bigint,
    table_id int, variant_of text, indexed boolean, notice text
);
COMMENT ON TYPE dos_internal.name_verdict IS 'what policy says of a name: why not (code, reason, text for check, message, element, detail), or what it would be registered as';

-- A refusal as a verdict.
CREATE FUNCTION dos_internal.name_refusal(problem text, answer text, name text, detail text, code int DEFAULT 2306, element text DEFAULT 'domain:name')
RETURNS dos_internal.name_verdict
LANGUAGE sql IMMUTABLE
RETURN ROW(code, problem, answer, format('"%s" cannot be registered', name), element, detail,
           NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)::dos_internal.name_verdict;
COMMENT ON FUNCTION dos_internal.name_refusal(text, text, text, text, int, text) IS 'a verdict that refuses a name';

CREATE TYPE dos_internal.name_facts AS (plain boolean, lists_only boolean, phases boolean, lists int[], patterns text[], claims boolean, tables int[], indexed boolean, nndn boolean,
                                       calm_id int, calm_name text, calm_from timestamptz, calm_until timestamptz, applied boolean);
COMMENT ON TYPE dos_internal.name_facts IS 'which kinds of policy a zone uses; kept per backend';
