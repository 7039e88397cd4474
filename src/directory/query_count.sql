-- How many queries the directory and commands the EPP server has answered: gathered in the gateways, brought here in batches, read by the
-- registry's reports. Answering a query writes nothing, so standbys can; only this needs the primary.

CREATE FUNCTION dos.query_kinds(OUT kind text, OUT meaning text) RETURNS SETOF record
LANGUAGE sql IMMUTABLE
BEGIN ATOMIC
    VALUES ('whois', 'WHOIS queries on port 43 answered'),
           ('whois-limited', 'WHOIS queries refused by the rate limit'),
           ('web-whois', 'queries answered through the web page'),
           ('das', 'availability queries answered, on all transports'),
           ('das-limited', 'availability queries refused by the rate limit'),
           ('rdap-domain', 'RDAP look-ups of domains answered, found or not'),
           ('rdap-nameserver', 'RDAP look-ups of name servers answered'),
           ('rdap-entity', 'RDAP look-ups of entities answered'),
           ('rdap-help', 'RDAP help queries answered'),
           ('rdap-search-domain', 'RDAP searches for domains answered'),
           ('rdap-search-nameserver', 'RDAP searches for name servers answered'),
           ('rdap-search-entity', 'RDAP searches for entities answered'),
           ('rdap-rate-limit', 'RDAP queries refused by the rate limit (429)'),
           ('rdap-redirects', 'RDAP queries redirected'),
           ('rdap-authenticated', 'RDAP queries answered to a reader who was known; also counted by their kind'),
           ('rdap-truncated-authorization', 'RDAP answers with members left out for lack of authorization'),
           ('rdap-truncated-load', 'RDAP answers cut because of their size'),
           ('rdap-truncated-unexplainable', 'RDAP answers cut for a reason that cannot be given'),
           ('dns-udp-queries-received', 'DNS queries over UDP that name servers received'),
           ('dns-udp-queries-responded', 'DNS queries over UDP that name servers answered'),
           ('dns-tcp-queries-received', 'DNS queries over TCP that name servers received'),
           ('dns-tcp-queries-responded', 'DNS queries over TCP that name servers answered'),
           ('srs-dom-check', 'EPP commands answered: domain check'),
           ('srs-dom-create', 'EPP commands answered: domain create'),
           ('srs-dom-delete', 'EPP commands answered: domain delete'),
           ('srs-dom-info', 'EPP commands answered: domain info'),
           ('srs-dom-renew', 'EPP commands answered: domain renew'),
           ('srs-dom-rgp-restore-report', 'EPP commands answered: domain restore-report'),
           ('srs-dom-rgp-restore-request', 'EPP commands answered: domain restore-request'),
           ('srs-dom-transfer-approve', 'EPP commands answered: domain transfer-approve'),
           ('srs-dom-transfer-cancel', 'EPP commands answered: domain transfer-cancel'),
           ('srs-dom-transfer-query', 'EPP commands answered: domain transfer-query'),
           ('srs-dom-transfer-reject', 'EPP commands answered: domain transfer-reject'),
           ('srs-dom-transfer-request', 'EPP commands answered: domain transfer-request'),
           ('srs-dom-update', 'EPP commands answered: domain update, not counting restore'),
           ('srs-host-check', 'EPP commands answered: host check'),
           ('srs-host-create', 'EPP commands answered: host create'),
           ('srs-host-delete', 'EPP commands answered: host delete'),
           ('srs-host-info', 'EPP commands answered: host info'),
           ('srs-host-update', 'EPP commands answered: host update'),
           ('srs-cont-check', 'EPP commands answered: contact check'),
           ('srs-cont-create', 'EPP commands answered: contact create'),
           ('srs-cont-delete', 'EPP commands answered: contact delete'),
           ('srs-cont-info', 'EPP commands answered: contact info'),
           ('srs-cont-transfer-approve', 'EPP commands answered: contact transfer-approve'),
           ('srs-cont-transfer-cancel', 'EPP commands answered: contact transfer-cancel'),
           ('srs-cont-transfer-query', 'EPP commands answered: contact transfer-query'),
           ('srs-cont-transfer-reject', 'EPP commands answered: contact transfer-reject'),
           ('srs-cont-transfer-request', 'EPP commands answered: contact transfer-request'),
           ('srs-cont-update', 'EPP commands answered: contact update');
END;
COMMENT ON FUNCTION dos.query_kinds() IS 'the kinds of queries that are counted; the rdap- kinds that no search or limit names add up to rdap-queries of the activity report';

CREATE FUNCTION dos_internal.query_kind_known(kind text) RETURNS boolean
LANGUAGE sql IMMUTABLE
RETURN kind IN (SELECT k.kind FROM dos.query_kinds() AS k);
COMMENT ON FUNCTION dos_internal.query_kind_known(text) IS 'true for the kinds that dos.query_kinds() lists';

CREATE TABLE dos.query_count (
    zone_id int CONSTRAINT query_count_zone REFERENCES dos.zone ON DELETE CASCADE,
    month   date NOT NULL CONSTRAINT query_count_month_first CHECK (extract(day FROM month) = 1),
    kind    text NOT NULL CONSTRAINT query_count_kind_known CHECK (dos_internal.query_kind_known(kind)),
    count   bigint NOT NULL CONSTRAINT query_count_positive CHECK (count > 0),
    CONSTRAINT query_count_taken UNIQUE NULLS NOT DISTINCT (zone_id, month, kind)
);
COMMENT ON TABLE dos.query_count IS
    'directory queries and EPP commands by zone, month (its first day, UTC) and kind (dos.query_kinds()); zone_id NULL: about no zone of ours, or about no name';
SELECT pg_catalog.pg_extension_config_dump('dos.query_count', '');

CREATE FUNCTION dos.query_count_add(zone_ids int[], kinds text[], counts bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO dos.query_count AS c (zone_id, month, kind, count)
    SELECT z.id, date_trunc('month', dos.now() AT TIME ZONE 'UTC')::date, n.kind, sum(n.count)
      FROM unnest(zone_ids, kinds, counts) AS n(zone_id, kind, count) LEFT JOIN dos.zone AS z ON z.id = n.zone_id
     WHERE n.count > 0 AND dos_internal.query_kind_known(n.kind)
     GROUP BY 1, 2, 3 ORDER BY 1, 3
    ON CONFLICT (zone_id, month, kind) DO UPDATE SET count = c.count + excluded.count;
$$;
COMMENT ON FUNCTION dos.query_count_add(int[], text[], bigint[]) IS
    'add to the counts of this month: three arrays side by side; zones that are gone count as none, unknown kinds are left out';

CREATE FUNCTION dos.query_count_zones(OUT name text, OUT zone_id int) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT z.name, z.id FROM dos.zone AS z
     UNION SELECT dos.dname_unicode(z.name), z.id FROM dos.zone AS z;
$$;
COMMENT ON FUNCTION dos.query_count_zones() IS 'the zones by their A-label and U-label names, for gateways that count queries by zone';

GRANT EXECUTE ON FUNCTION dos.query_count_add(int[], text[], bigint[]), dos.query_count_zones() TO dos_rdds, dos_epp;
