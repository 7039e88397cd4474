-- States of a zone: dated, one after the other, each with its verbs (zone_rules.c). A zone without states
-- is open to everything.

CREATE FUNCTION dos.zone_state_allows(state text, verb text) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_zone_state_allows';
COMMENT ON FUNCTION dos.zone_state_allows(text, text) IS
    'whether a verb may be used in a zone of this state (predelegation, sunrise, quiet, general, test); info always may';

CREATE FUNCTION dos_internal.zone_state_rank(state text) RETURNS int
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_zone_state_rank';
COMMENT ON FUNCTION dos_internal.zone_state_rank(text) IS 'the place of a state in the order in which they follow each other, -1 for what is none';

CREATE TABLE dos.zone_state (
    zone_id int NOT NULL CONSTRAINT zone_state_zone REFERENCES dos.zone ON DELETE CASCADE,
    since   timestamptz NOT NULL,
    state   text NOT NULL CONSTRAINT zone_state_known CHECK (dos_internal.zone_state_rank(state) >= 0),
    CONSTRAINT zone_state_pkey PRIMARY KEY (zone_id, since)
);
CREATE TRIGGER zone_state_cached AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dos.zone_state
    FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.row_cache_changed();
COMMENT ON TABLE dos.zone_state IS 'states of zones, each from its date on; before the first one a zone is in predelegation; a zone without any is open';
SELECT pg_catalog.pg_extension_config_dump('dos.zone_state', '');

CREATE TYPE dos_internal.zone_states AS (states text[], since timestamptz[]);

CREATE FUNCTION dos.zone_state(zone_id int, at timestamptz DEFAULT dos.now()) RETURNS text
LANGUAGE c STABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_zone_state';
COMMENT ON FUNCTION dos.zone_state(int, timestamptz) IS 'the state of a zone at an instant, NULL when it has no states';

-- A state follows the one before it in the order of zone_rules.c.
CREATE FUNCTION dos_internal.zone_state_order() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wrong record;
BEGIN
    SELECT * INTO wrong
      FROM (SELECT s.state, s.since, lag(s.state) OVER (ORDER BY s.since) AS before FROM dos.zone_state AS s WHERE s.zone_id = NEW.zone_id) AS o
     WHERE dos_internal.zone_state_rank(o.state) <= dos_internal.zone_state_rank(o.before)
        OR 'test' IN (o.state, o.before) AND o.before IS NOT NULL;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2306, 'zone_state_order', 'state', format('state "%s" cannot follow "%s"', wrong.state, wrong.before));
    END IF;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION dos_internal.zone_state_order() IS 'trigger: the states of a zone follow each other in their order, and "test" stands alone (R2306)';
CREATE CONSTRAINT TRIGGER zone_state_order AFTER INSERT OR UPDATE ON dos.zone_state
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dos_internal.zone_state_order();

CREATE FUNCTION dos.zone_state_set(zone text, VARIADIC states text[] DEFAULT '{}') RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target_id int := (dos_internal.zone_require(zone)).id;
    changed   int;
BEGIN
    DELETE FROM dos.zone_state AS s WHERE s.zone_id = target_id;
    INSERT INTO dos.zone_state (zone_id, state, since)
    SELECT target_id, split_part(s, ' ', 1), CASE WHEN strpos(s, ' ') > 0 THEN substr(s, strpos(s, ' ') + 1)::timestamptz ELSE '-infinity' END
      FROM unnest(states) AS s;
    GET DIAGNOSTICS changed = ROW_COUNT;
    SET CONSTRAINTS dos.zone_state_order IMMEDIATE;
    SET CONSTRAINTS dos.zone_state_order DEFERRED;
    RETURN changed;
END $$;
COMMENT ON FUNCTION dos.zone_state_set(text, text[]) IS
    'give a zone its states with their dates (''sunrise 2026-05-01T00:00Z'', without a date: from ever); none makes it open; R2303, R2306 order';

-- Gather step of verbs on registered names; create and check have it in their name policy.
CREATE FUNCTION dos_internal.zone_state_require(zone_id int, verb text) RETURNS void
LANGUAGE c STABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_zone_state_require';
COMMENT ON FUNCTION dos_internal.zone_state_require(int, text) IS 'refuse a verb that the zone''s state does not allow (R2306 zone_state_prohibits); next to free for zones without states';
