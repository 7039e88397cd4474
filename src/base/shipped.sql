-- Rows that this extension ships and a registry may change. Such a table has a column `own`: false in
-- shipped rows, which pg_dump leaves to the extension; a changed row becomes own, is dumped, and takes
-- the shipped row's place when it is restored.

CREATE FUNCTION dos_internal.shipped_row() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        EXECUTE format('DELETE FROM %s AS t WHERE NOT t.own AND t.%I = ($1).%2$I', TG_RELID::regclass, TG_ARGV[0]) USING NEW;
    ELSE
        NEW.own := true;
    END IF;
    RETURN NEW;
END $$;
COMMENT ON FUNCTION dos_internal.shipped_row() IS 'trigger of tables with shipped rows: a change makes a row the registry''s own, a restored row replaces the shipped one';
