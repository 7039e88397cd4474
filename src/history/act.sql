-- Who acts, for the record (act.c): a registrar's command, a member of staff with a reason, or nobody, which is the clock.

CREATE TYPE dos.act AS (version int, at timestamptz, registrar text, staff text, verb text, svtrid text, reason text);
COMMENT ON TYPE dos.act IS
    'what made a version of an object: its number, when, which registrar or which member of staff (neither: the registry''s clock), by which verb and svTRID, why';

CREATE FUNCTION dos_internal.act() RETURNS dos.act
LANGUAGE c VOLATILE AS 'MODULE_PATHNAME', 'dos_sql_act';
COMMENT ON FUNCTION dos_internal.act() IS 'the act of this transaction, for the first version of an object';

CREATE FUNCTION dos_internal.act_staff(staff text, verb text, svtrid text, reason text, facts jsonb DEFAULT NULL) RETURNS void
LANGUAGE c VOLATILE AS 'MODULE_PATHNAME', 'dos_sql_act_staff';
COMMENT ON FUNCTION dos_internal.act_staff(text, text, text, text, jsonb) IS
    'until the end of the transaction it is staff that acts, also through the verbs of registrars: their events are the registry''s, with these facts in their content';

CREATE FUNCTION dos_internal.act_clock(verb text) RETURNS void
LANGUAGE c VOLATILE AS 'MODULE_PATHNAME', 'dos_sql_act_clock';
COMMENT ON FUNCTION dos_internal.act_clock(text) IS 'the clock acts inside whatever goes on; with NULL that goes on again';

CREATE FUNCTION dos_internal.act_named(svtrid text) RETURNS void
LANGUAGE c VOLATILE AS 'MODULE_PATHNAME', 'dos_sql_act_named';
COMMENT ON FUNCTION dos_internal.act_named(text) IS
    'the svTRID of this statement, for lines of PostgreSQL''s log that come of it; registrar_act() says it too';
