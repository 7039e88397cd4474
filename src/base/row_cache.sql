-- Rows that every command reads are kept per backend (row_cache.c) and forgotten at commit of a change.

CREATE FUNCTION dos_internal.row_cache_changed() RETURNS trigger
LANGUAGE c AS 'MODULE_PATHNAME', 'dos_sql_row_cache_changed';
COMMENT ON FUNCTION dos_internal.row_cache_changed() IS 'statement trigger of tables whose rows backends keep: makes all of them forget the rows at commit';
