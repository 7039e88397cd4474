-- How many commands a registrar may send. The buckets are in the gateways' memory, for a row that every command updates
-- would be the slowest thing in the registry. What a gateway may let through is the registrar's rate times the share of
-- its sessions that are here; shares are dealt out anew with each report, so over all gateways they make the whole.

CREATE TABLE dos.epp_rate (
    registrar_id int CONSTRAINT epp_rate_registrar REFERENCES dos.registrar ON DELETE CASCADE,
    class        text NOT NULL CONSTRAINT epp_rate_class_known CHECK (class IN ('check', 'read', 'write', 'auth')),
    per_minute   int  NOT NULL CONSTRAINT epp_rate_range CHECK (per_minute BETWEEN 1 AND 10000000),
    burst        int  NOT NULL CONSTRAINT epp_rate_burst_range CHECK (burst BETWEEN 1 AND 1000000)
);
CREATE TRIGGER epp_rate_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dos.epp_rate
    FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.epp_server_changed('rates');
CREATE UNIQUE INDEX epp_rate_once ON dos.epp_rate (coalesce(registrar_id, 0), class);
COMMENT ON TABLE dos.epp_rate IS
    'EPP commands of a registrar (NULL: of each without a row of its own) by class: check; read (info, poll, transfer query); write (all others); '
    'auth (those answered 2202; beyond them no authInfo is looked at). '
    'Token buckets that fill at per_minute and hold burst; without a row there is no limit';
SELECT pg_catalog.pg_extension_config_dump('dos.epp_rate', '');

CREATE TABLE dos.epp_usage (
    day          date NOT NULL,
    registrar_id int  NOT NULL,
    class        text NOT NULL,
    commands     bigint NOT NULL,
    delayed      bigint NOT NULL,
    refused      bigint NOT NULL,
    CONSTRAINT epp_usage_pkey PRIMARY KEY (day, registrar_id, class)
) WITH (fillfactor = 70);
COMMENT ON TABLE dos.epp_usage IS 'EPP commands by day, registrar and class: how many, how many had to wait for their rate, how many were refused for it; gateways add up every few seconds';
SELECT pg_catalog.pg_extension_config_dump('dos.epp_usage', '');

-- 'class commands delayed refused clid' each; the clID is last, for it may have spaces
CREATE FUNCTION dos_internal.epp_usage_add(used text[]) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO dos.epp_usage AS u (day, registrar_id, class, commands, delayed, refused)
    SELECT (dos.now() AT TIME ZONE 'UTC')::date, r.id, p.piece[1], sum(p.piece[2]::bigint), sum(p.piece[3]::bigint), sum(p.piece[4]::bigint)
      FROM (SELECT regexp_match(item, '^(check|read|write|auth) (\d+) (\d+) (\d+) (.+)$') AS piece FROM unnest(used) AS item) AS p
      JOIN dos.registrar AS r ON r.clid = p.piece[5]
     GROUP BY r.id, p.piece[1]
     ORDER BY r.id, p.piece[1]
    ON CONFLICT ON CONSTRAINT epp_usage_pkey DO UPDATE
       SET commands = u.commands + excluded.commands, delayed = u.delayed + excluded.delayed, refused = u.refused + excluded.refused
$$;
COMMENT ON FUNCTION dos_internal.epp_usage_add(text[]) IS 'add what a gateway counted to dos.epp_usage';

-- 'class tokens-per-hour burst clid' each
CREATE FUNCTION dos_internal.epp_rate_shares(gateway text) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(format('%s %s %s %s', k.class, ceil(e.per_minute * 60 * n.here::numeric / n.everywhere),
                                     ceil(e.burst * n.here::numeric / n.everywhere), r.clid) ORDER BY r.clid, k.class), '{}')
      FROM (SELECT s.registrar_id, count(*) AS everywhere, count(*) FILTER (WHERE s.gateway = epp_rate_shares.gateway) AS here
              FROM dos.epp_session AS s
             WHERE s.registrar_id IN (SELECT h.registrar_id FROM dos.epp_session AS h WHERE h.gateway = epp_rate_shares.gateway)
               AND dos_internal.epp_session_lives(s.gateway)
             GROUP BY s.registrar_id) AS n
      JOIN dos.registrar AS r ON r.id = n.registrar_id
      CROSS JOIN (VALUES ('check'), ('read'), ('write'), ('auth')) AS k (class)
      JOIN LATERAL (SELECT x.per_minute, x.burst, x.registrar_id, 1 AS place FROM dos.epp_rate AS x
                     WHERE x.class = k.class AND coalesce(x.registrar_id, n.registrar_id) = n.registrar_id
                    UNION ALL
                    SELECT s.auth_tries_per_minute, s.auth_tries_burst, NULL, 2 FROM dos.epp_setting AS s WHERE k.class = 'auth'
                     ORDER BY place, registrar_id NULLS LAST LIMIT 1) AS e ON true
     WHERE n.here > 0
$$;
COMMENT ON FUNCTION dos_internal.epp_rate_shares(text) IS 'what one gateway may let through: the rate of each registrar with sessions there, by its share of them';
