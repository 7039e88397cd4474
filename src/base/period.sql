-- Calendar arithmetic in UTC, whatever time zone the session has.

CREATE FUNCTION dos.period_add(at timestamptz, period interval) RETURNS timestamptz
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_period_add';
COMMENT ON FUNCTION dos.period_add(timestamptz, interval) IS
    'an instant plus a period, counted in UTC: months by the calendar (29 February plus a year is 28 February), days of 24 hours';

CREATE FUNCTION dos.period_add_years(at timestamptz, years int, began timestamptz) RETURNS timestamptz
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_period_add_years';
COMMENT ON FUNCTION dos.period_add_years(timestamptz, int, timestamptz) IS
    'the end of a period whole years later or (below zero) earlier; what began on 29 February ends on that day in every leap year; infinity stays infinity';

CREATE FUNCTION dos_internal.period_has_length(period interval) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN period >= '0' AND extract(year FROM period) = 0 AND extract(month FROM period) = 0;
COMMENT ON FUNCTION dos_internal.period_has_length(interval) IS 'true for days and hours, not below zero: periods that last equally long whenever they begin';
