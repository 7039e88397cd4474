-- Names whose delegation may have changed, queued for the publisher (room dns) in the transaction of
-- the change. The queue lives down here because the verbs that fill it may not call a reader.

CREATE TABLE dos.dns_dirty (
    id      bigint GENERATED ALWAYS AS IDENTITY,
    zone_id int  NOT NULL,
    owner   text COLLATE "C" NOT NULL
);
-- Not unique: when a dump is restored, zones that come in queue marks of their own before the dump's marks
-- arrive with their ids. Both are wanted.
CREATE INDEX dns_dirty_id ON dos.dns_dirty (id);
COMMENT ON TABLE dos.dns_dirty IS 'registered names whose delegation is to be computed again; the publisher takes rows out';
SELECT pg_catalog.pg_extension_config_dump('dos.dns_dirty', '');
SELECT pg_catalog.pg_extension_config_dump('dos.dns_dirty_id_seq', '');

CREATE FUNCTION dos_internal.dns_mark(zone_id int, VARIADIC owners text[]) RETURNS void
LANGUAGE c VOLATILE AS 'MODULE_PATHNAME', 'dos_sql_dns_mark';
COMMENT ON FUNCTION dos_internal.dns_mark(int, text[]) IS 'queue names of a zone for publication and wake the publisher at commit';
