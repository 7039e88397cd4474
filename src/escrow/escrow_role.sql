-- What dos-escrow may do: call these functions, and put rows into the tables a deposit is read into. It reads no table; what
-- a deposit shows it gets from dos.escrow_xml(). COPY into the staging tables needs INSERT on the columns it names, and the
-- sequences of the objects' numbers, their defaults; a copy through a function would write every row twice.

CREATE FUNCTION dos.escrow_deposit_files(deposit bigint, OUT prefix text, OUT suffix text) RETURNS record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT split_part(dos.escrow_file_name(d), '_S1_', 1), split_part(dos.escrow_file_name(d), '_S1_', 2) FROM dos.escrow_deposit AS d WHERE d.id = deposit
$$;
COMMENT ON FUNCTION dos.escrow_deposit_files(bigint) IS 'how the names of a deposit''s files begin (zone, day, type), and how they go on after the number of the part (R and the resend number)';

CREATE FUNCTION dos.escrow_deposit_made(deposit bigint, OUT zone text, OUT type text, OUT deposit_id text, OUT counts jsonb, OUT quarantined int) RETURNS record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT d.zone, d.type, d.deposit_id, d.counts, d.quarantined FROM dos.escrow_deposit AS d WHERE d.id = deposit
$$;
COMMENT ON FUNCTION dos.escrow_deposit_made(bigint) IS 'a deposit in one line: zone, type, id, objects counted, objects set aside';

CREATE FUNCTION dos.escrow_host_roid(name text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN coalesce((SELECT h.image ->> 'roid' FROM dos.object_history AS h WHERE h.kind = 'host' AND h.object_name = escrow_host_roid.name ORDER BY h.ended_at DESC LIMIT 1),
                (SELECT h.roid FROM dos.host AS h WHERE h.name = escrow_host_roid.name));
COMMENT ON FUNCTION dos.escrow_host_roid(text) IS 'the ROID of the host that last had a name: the CSV model deletes hosts by it (RFC 9022 section 5.2.2.2.1); NULL when there was none';

-- dos.escrow_xml() and dos.escrow_load() have queries of their own: they run as the owner, like the rest.
DO $$
DECLARE
    allowed regprocedure;
BEGIN
    FOREACH allowed IN ARRAY ARRAY[
        'dos.escrow_begin(text, text, timestamptz, int)', 'dos.escrow_xml(bigint)', 'dos.escrow_report(bigint, text)', 'dos.escrow_notification(bigint, text, text, text)',
        'dos.escrow_host_roid(text)',
        'dos.escrow_due()', 'dos.escrow_set_aside(bigint)', 'dos.escrow_deposit_files(bigint)', 'dos.escrow_deposit_made(bigint)',
        'dos.escrow_import_begin(text, text)', 'dos.escrow_import_read(bigint, text, text, text, text, timestamptz, jsonb)', 'dos.escrow_import_refuse(bigint, text)',
        'dos.escrow_csv_model(bigint)', 'dos.escrow_analyze(bigint)', 'dos.escrow_load(bigint, int)',
        'dos.escrow_deliveries()', 'dos.escrow_delivered(bigint, text[])', 'dos.escrow_delivery_failed(bigint, text)', 'dos.escrow_noticed(bigint, int, int, text)',
        'dos.escrow_agent_said(bigint, text)']::regprocedure[] LOOP
        EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = pg_catalog, pg_temp', allowed);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO dos_escrow', allowed);
    END LOOP;
END $$;

DO $$
DECLARE
    staging record;
BEGIN
    FOR staging IN SELECT a.attrelid::regclass AS name, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns
                     FROM pg_attribute AS a
                    WHERE a.attrelid = ANY ('{dos.escrow_in_domain,dos.escrow_in_host,dos.escrow_in_contact,dos.escrow_in_registrar,dos.escrow_in_idn,dos.escrow_in_nndn,dos.escrow_in_delete,dos.escrow_in_csv,
                                              dos.escrow_problem}'::regclass[])
                      AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'object_id' GROUP BY 1 LOOP
        EXECUTE format('GRANT INSERT (%s) ON %s TO dos_escrow', staging.columns, staging.name);
    END LOOP;
END $$;
GRANT USAGE ON SEQUENCE dos.domain_id_seq, dos.host_id_seq, dos.contact_id_seq TO dos_escrow;
