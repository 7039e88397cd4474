-- Calendar arithmetic in UTC, whatever time zone the session has.

CREATE FUNCTION dos.period_add(at timestamptz, period interval) RETURNS timestamptz
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_period_add';
COMMENT ON FUNCTION dos.period_add(timestamptz, interval) IS
    'an instant plus a period, counted in UTC: months by the calendar (29 February plus a year is 28 February), days of 24 hours';

CREATE FUNCTION dos.period_add_years(at timestamptz, years int, began timestamptz) RETURNS timestamptz
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_period_add_years';
COMMENT ON FUNCTION dos.period_add_years(timestamptz, int, timestamptz) IS
    'the end of a term of whole years, or of dos.months(), later or (below zero) earlier; what began on 29 February ends on that day in every leap year, '
    'what began on a 31st on the last day of each month; infinity stays infinity';

-- A term is a number of years; above 1000 it is a number of months. Whatever says years may say months so.
CREATE FUNCTION dos.months(number int) RETURNS int
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF number NOT BETWEEN 1 AND 119 THEN
        RAISE EXCEPTION 'a term has 1 to 119 months' USING ERRCODE = 'numeric_value_out_of_range';
    END IF;
    RETURN CASE WHEN number % 12 = 0 THEN number / 12 ELSE 1000 + number END;
END $$;
COMMENT ON FUNCTION dos.months(int) IS 'a term of so many months, for whatever asks for years: in prices, quotes, and wherever years are shown; 22003';

CREATE FUNCTION dos_internal.term_months(term int) RETURNS int
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN abs(term) > 1000 THEN sign(term)::int * (abs(term) - 1000) ELSE 12 * term END;
COMMENT ON FUNCTION dos_internal.term_months(int) IS 'the months of a term';

CREATE FUNCTION dos_internal.term_times(term int, times int) RETURNS int
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN dos_internal.term_months(term) * times % 12 = 0 THEN dos_internal.term_months(term) * times / 12 ELSE 1000 + dos_internal.term_months(term) * times END;
COMMENT ON FUNCTION dos_internal.term_times(int, int) IS 'so many terms, one after the other, as one';

CREATE FUNCTION dos_internal.term_years(term int) RETURNS int
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN abs(term) > 1000 THEN sign(term)::int * ((abs(term) - 1000 + 11) / 12) ELSE term END;
COMMENT ON FUNCTION dos_internal.term_years(int) IS 'the years a term counts as in reports that know years alone: months count as the years they have begun';

CREATE FUNCTION dos.term_text(term int) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN abs(term) > 1000 THEN format('%s month(s)', dos_internal.term_months(term)) ELSE format('%s year(s)', term) END;
COMMENT ON FUNCTION dos.term_text(int) IS 'a term in words: years, or (above 1000) months';

CREATE FUNCTION dos_internal.period_has_length(period interval) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN period >= '0' AND extract(year FROM period) = 0 AND extract(month FROM period) = 0;
COMMENT ON FUNCTION dos_internal.period_has_length(interval) IS 'true for days and hours, not below zero: periods that last equally long whenever they begin';
