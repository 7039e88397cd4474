-- Calendar arithmetic in UTC, whatever time zone the session has.

CREATE FUNCTION dos.period_add(at timestamptz, period interval) RETURNS timestamptz
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_period_add';
COMMENT ON FUNCTION dos.period_add(timestamptz, interval) IS
    'an instant plus a period, counted in UTC: months by the calendar (29 February plus a year is 28 February), days of 24 hours';
