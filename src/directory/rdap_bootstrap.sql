-- The bootstrap file of this registry's zones (RFC 9224 section 4; RFC 7484 before it).

CREATE FUNCTION dos.rdap_bootstrap(base_url text DEFAULT NULL) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT json_build_object('version', '1.0', 'publication', to_char(dos.now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                             'description', 'RDAP services of the zones of this registry',
                             'services', coalesce(json_agg(json_build_array(s.zones, json_build_array(s.url)) ORDER BY s.url), '[]'))::text
      FROM (SELECT u.url, json_agg(z.name ORDER BY z.name COLLATE "C") AS zones
              FROM dos.zone AS z,
                   LATERAL (SELECT coalesce(dos_internal.directory_setting_of(z.id, 'rdap_base_url'), regexp_replace(base_url, '/?$', '/')) AS url) AS u
             WHERE u.url IS NOT NULL GROUP BY u.url) AS s
$$;
COMMENT ON FUNCTION dos.rdap_bootstrap(text) IS
    'a file in the form of RFC 9224: the zones and the RDAP base URLs of the setting rdap_base_url, or base_url where it is not set; zones with neither are left out';

GRANT EXECUTE ON FUNCTION dos.rdap_bootstrap(text) TO dos_rdds;
