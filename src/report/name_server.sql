-- DNS queries for the activity report, from the statistics of the name servers: counters that only grow, until a server starts
-- again. What is told twice counts once; what a server counted between its last word and its end is lost.

CREATE TABLE dos.name_server_total (
    server  text NOT NULL CONSTRAINT name_server_total_server_given CHECK (btrim(server) <> ''),
    zone_id int  NOT NULL CONSTRAINT name_server_total_zone REFERENCES dos.zone ON DELETE CASCADE,
    kind    text NOT NULL,
    total   bigint NOT NULL CONSTRAINT name_server_total_range CHECK (total >= 0),
    read_at timestamptz NOT NULL DEFAULT dos.now(),
    CONSTRAINT name_server_total_pkey PRIMARY KEY (server, zone_id, kind)
);
COMMENT ON TABLE dos.name_server_total IS 'the last word of each name server: its counters of DNS queries for a zone since it started; the differences are in dos.query_count';
SELECT pg_catalog.pg_extension_config_dump('dos.name_server_total', '');

CREATE FUNCTION dos.name_server_count(server text, zone text, udp_received bigint, udp_responded bigint, tcp_received bigint, tcp_responded bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target dos.zone;
    said   record;
    before bigint;
BEGIN
    SELECT z.* INTO target FROM dos.zone AS z WHERE z.name = dos.dname(name_server_count.zone);
    IF target.id IS NULL THEN
        PERFORM dos_internal.refuse(2303, 'zone_unknown', 'zone', format('zone "%s" does not exist', zone));
    END IF;
    FOR said IN SELECT v.kind, v.total FROM (VALUES ('dns-tcp-queries-received', tcp_received), ('dns-tcp-queries-responded', tcp_responded),
                                                    ('dns-udp-queries-received', udp_received), ('dns-udp-queries-responded', udp_responded)) AS v (kind, total)
                 WHERE v.total IS NOT NULL LOOP
        INSERT INTO dos.name_server_total AS t (server, zone_id, kind, total) VALUES (name_server_count.server, target.id, said.kind, 0) ON CONFLICT ON CONSTRAINT name_server_total_pkey DO NOTHING;
        SELECT t.total INTO before FROM dos.name_server_total AS t WHERE t.server = name_server_count.server AND t.zone_id = target.id AND t.kind = said.kind FOR UPDATE;
        UPDATE dos.name_server_total AS t SET total = said.total, read_at = dos.now() WHERE t.server = name_server_count.server AND t.zone_id = target.id AND t.kind = said.kind;
        PERFORM dos.query_count_add(ARRAY[target.id], ARRAY[said.kind], ARRAY[CASE WHEN said.total >= before THEN said.total - before ELSE said.total END]);
    END LOOP;
END $$;
COMMENT ON FUNCTION dos.name_server_count(text, text, bigint, bigint, bigint, bigint) IS
    'tell the counters of a name server for a zone since it started (NULL: not known): what is new is counted in this month''s activity report; a counter that is lower began anew. R2303';
GRANT EXECUTE ON FUNCTION dos.name_server_count(text, text, bigint, bigint, bigint, bigint) TO dos_dns;
