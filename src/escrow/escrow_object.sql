-- The objects of a zone as a deposit shows them (RFC 9022): the same types are written out, read in and compared.
-- Times are instants, statuses those of the projection at the watermark, references are names.

CREATE TYPE dos.escrow_domain AS (
    name text, roid text, uname text, idn_table text, original_name text, statuses text[], facts text, rgp text[], registrant text, contacts text[],
    hosts text[], host_attrs text[], sponsor text, creator text, created_at timestamptz, expires_at timestamptz, updater text,
    updated_at timestamptz, max_sig_life int, ds text[], keys text[], transferred_at timestamptz, transfer_status text,
    transfer_requester text, transfer_requested_at timestamptz, transfer_actor text, transfer_acts_at timestamptz, transfer_expires_at timestamptz
);
COMMENT ON TYPE dos.escrow_domain IS
    'a domain in a deposit (RFC 9022 section 5.1); facts: "autorenew=no expiredDate=...", what the protocol has no field for; rgp: "status endDate=... years=...", contacts: "role:id", host_attrs: "name address ..."';

CREATE TYPE dos.escrow_host AS (
    name text, roid text, statuses text[], addresses text[], sponsor text, creator text, created_at timestamptz, updater text,
    updated_at timestamptz, transferred_at timestamptz
);
COMMENT ON TYPE dos.escrow_host IS 'a host in a deposit (RFC 9022 section 5.2)';

CREATE TYPE dos.escrow_contact AS (
    handle text, roid text, statuses text[], int_postal text[], loc_postal text[], voice text, voice_x text, fax text, fax_x text, email text,
    sponsor text, creator text, created_at timestamptz, updater text, updated_at timestamptz, transferred_at timestamptz, transfer_status text,
    transfer_requester text, transfer_requested_at timestamptz, transfer_actor text, transfer_acts_at timestamptz, disclose_flag boolean, disclose text[]
);
COMMENT ON TYPE dos.escrow_contact IS 'a contact in a deposit (RFC 9022 section 5.3); postal forms are name, org, street1-3, city, sp, pc, cc';

CREATE TYPE dos.escrow_registrar AS (
    clid text, name text, iana_id int, state text, postal text[], voice text, fax text, email text, url text, whois_server text, whois_url text,
    created_at timestamptz, updated_at timestamptz
);
COMMENT ON TYPE dos.escrow_registrar IS 'a registrar in a deposit (RFC 9022 section 5.4)';

CREATE TYPE dos.escrow_idn AS (id text, url text, policy_url text);
COMMENT ON TYPE dos.escrow_idn IS 'an IDN table in a deposit (RFC 9022 section 5.5)';

CREATE TYPE dos.escrow_nndn AS (
    name text, uname text, idn_table text, original_name text, state text, mirrored boolean, created_at timestamptz
);
COMMENT ON TYPE dos.escrow_nndn IS 'a name that is no domain in a deposit (RFC 9022 section 5.6): withheld, blocked or mirrored';

CREATE FUNCTION dos_internal.escrow_instant(at timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
COMMENT ON FUNCTION dos_internal.escrow_instant(timestamptz) IS 'an instant as deposits write it (RFC 3339, UTC, milliseconds)';

CREATE FUNCTION dos_internal.escrow_rgp(s dos.domain_state, graces dos.grace[], transfer_years int, at timestamptz) RETURNS text[]
LANGUAGE c STABLE AS 'MODULE_PATHNAME', 'dos_sql_escrow_rgp';
COMMENT ON FUNCTION dos_internal.escrow_rgp(dos.domain_state, dos.grace[], int, timestamptz) IS 'the RGP statuses of a domain with the ends of their periods';

-- What a life has that EPP does not show: the text of a status carries it, and a successor goes on with it.
CREATE FUNCTION dos_internal.escrow_facts_text(d dos.domain, s dos.domain_state) RETURNS text
LANGUAGE sql STABLE
RETURN nullif(concat_ws(' ', 'autorenew=' || CASE d.autorenew WHEN true THEN 'yes' WHEN false THEN 'no' END,
                        'expiredDate=' || dos_internal.escrow_instant(d.expired_at),
                        'unpaidYears=' || (d.unpaid).years || ' unpaidExpiry=' || dos_internal.escrow_instant((d.unpaid).expires_at)
                            || ' unpaidUntil=' || dos_internal.escrow_instant((d.unpaid).until),
                        'releaseDate=' || dos_internal.escrow_instant(d.release_at),
                        'registrantDate=' || dos_internal.escrow_instant(d.registrant_changed_at),
                        CASE WHEN d.expires_at = 'infinity' THEN 'expires=never' END,
                        'phase=' || (SELECT replace(p.name, ' ', '%20') FROM dos.phase AS p WHERE p.id = d.phase_id),
                        'derived=' || (SELECT string_agg(x, ',' ORDER BY x) FROM unnest(s.statuses) AS x WHERE x ~ '^(client|server)' AND x <> ALL (d.statuses)),
                        'hidden=' || (SELECT string_agg(x, ',' ORDER BY x) FROM unnest(d.statuses) AS x WHERE x <> ALL (s.statuses)),
                        (SELECT 'ttl=' || string_agg(t.key || ':' || t.value, ',' ORDER BY t.key) FROM jsonb_each_text(d.ttls) AS t)), '');
COMMENT ON FUNCTION dos_internal.escrow_facts_text(dos.domain, dos.domain_state) IS
    'facts of a domain''s life that EPP does not show, as words key=value; derived and hidden: statuses that are not stored, and stored ones not shown';

CREATE FUNCTION dos_internal.escrow_original(d dos.domain) RETURNS text
LANGUAGE sql STABLE
RETURN (SELECT v.original FROM dos.domain_variant AS v WHERE v.name = d.name);
COMMENT ON FUNCTION dos_internal.escrow_original(dos.domain) IS 'the name that a domain is a variant of (RFC 9022 section 6), or NULL';

-- RFC 9022 wants a table with every IDN: one that was registered before the zone had tables is in the first that takes it.
CREATE FUNCTION dos_internal.escrow_idn_table(zone_id int, name text) RETURNS text
LANGUAGE sql STABLE
RETURN (SELECT t.name FROM dos.zone_idn_table AS z JOIN dos.idn_table AS t ON t.id = z.table_id
         WHERE z.zone_id = escrow_idn_table.zone_id
           AND (SELECT j.reason FROM dos_internal.idn_judge(t.id, dos.dname_unicode(split_part(escrow_idn_table.name, '.', 1))) AS j) IS NULL
         ORDER BY z.rank LIMIT 1);
COMMENT ON FUNCTION dos_internal.escrow_idn_table(int, text) IS 'the IDN table of a zone that takes a name, or NULL (RFC 9022 sections 5.1.1.1, 5.6.1.1)';

-- The rows as they were at the watermark: the present one if it had begun, else the version that held (dos.object_history).
CREATE FUNCTION dos_internal.escrow_domain_rows(at timestamptz) RETURNS SETOF dos.domain
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT d.* FROM dos.domain AS d WHERE coalesce((d.act).at, d.created_at) <= escrow_domain_rows.at
    UNION ALL
    SELECT r.* FROM dos.object_history AS h, jsonb_populate_record(NULL::dos.domain, h.image) AS r
     WHERE h.kind = 'domain' AND h.ended_at > escrow_domain_rows.at AND h.began_at <= escrow_domain_rows.at AND escrow_domain_rows.at < dos.now();
END;
COMMENT ON FUNCTION dos_internal.escrow_domain_rows(timestamptz) IS 'the domain rows as they were at an instant';

CREATE FUNCTION dos_internal.escrow_host_rows(at timestamptz) RETURNS SETOF dos.host
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT h.* FROM dos.host AS h WHERE coalesce((h.act).at, h.created_at) <= escrow_host_rows.at
    UNION ALL
    SELECT r.* FROM dos.object_history AS h, jsonb_populate_record(NULL::dos.host, h.image) AS r
     WHERE h.kind = 'host' AND h.ended_at > escrow_host_rows.at AND h.began_at <= escrow_host_rows.at AND escrow_host_rows.at < dos.now();
END;
COMMENT ON FUNCTION dos_internal.escrow_host_rows(timestamptz) IS 'the host rows as they were at an instant';

CREATE FUNCTION dos_internal.escrow_contact_rows(at timestamptz) RETURNS SETOF dos.contact
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT c.* FROM dos.contact AS c WHERE coalesce((c.act).at, c.created_at) <= escrow_contact_rows.at
    UNION ALL
    SELECT r.* FROM dos.object_history AS h, jsonb_populate_record(NULL::dos.contact, h.image) AS r
     WHERE h.kind = 'contact' AND h.ended_at > escrow_contact_rows.at AND h.began_at <= escrow_contact_rows.at AND escrow_contact_rows.at < dos.now();
END;
COMMENT ON FUNCTION dos_internal.escrow_contact_rows(timestamptz) IS 'the contact rows as they were at an instant';

CREATE FUNCTION dos_internal.escrow_name_then(kind text, object_id bigint, at timestamptz) RETURNS text
LANGUAGE sql STABLE
RETURN (SELECT h.object_name FROM dos.object_history AS h
         WHERE h.kind = escrow_name_then.kind AND h.object_id = escrow_name_then.object_id AND h.ended_at > at AND h.began_at <= at LIMIT 1);
COMMENT ON FUNCTION dos_internal.escrow_name_then(text, bigint, timestamptz) IS 'the name of an object at an instant, if a change or delete has ended that version since';

-- References are looked up in C (escrow_reference.c). One to nothing is NULL, so that the check of the object finds it.
CREATE FUNCTION dos_internal.escrow_contact_shown(id bigint, at timestamptz) RETURNS text
LANGUAGE c STABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_escrow_contact_shown';
COMMENT ON FUNCTION dos_internal.escrow_contact_shown(bigint, timestamptz) IS 'the handle of a contact at an instant, empty when there was none';

CREATE FUNCTION dos_internal.escrow_contacts_shown(admin_ids bigint[], billing_ids bigint[], tech_ids bigint[], at timestamptz) RETURNS text[]
LANGUAGE c STABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_escrow_contacts_shown';
COMMENT ON FUNCTION dos_internal.escrow_contacts_shown(bigint[], bigint[], bigint[], timestamptz) IS '"role:handle" of contacts at an instant; NULL for one that did not exist';

CREATE FUNCTION dos_internal.escrow_hosts_shown(ids bigint[], at timestamptz) RETURNS text[]
LANGUAGE c STABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_escrow_hosts_shown';
COMMENT ON FUNCTION dos_internal.escrow_hosts_shown(bigint[], timestamptz) IS
    'names of hosts at an instant, without those whose own domain is gone by the clock; NULL for one that did not exist';

-- Everything else is said in this one query: a function with a query of its own that is called from another one is planned
-- at each call.
CREATE FUNCTION dos_internal.escrow_domains(zone_id int, at timestamptz) RETURNS SETOF dos.escrow_domain
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT d.name::text, d.roid, CASE WHEN strpos(d.name, 'xn--') > 0 THEN dos.dname_unicode(d.name) END,
           CASE WHEN d.idn_table_id IS NOT NULL THEN (SELECT t.name FROM dos.idn_table AS t WHERE t.id = d.idn_table_id)
                WHEN starts_with(d.name, 'xn--') THEN dos_internal.escrow_idn_table(escrow_domains.zone_id, d.name) END, CASE WHEN d.idn_indexed THEN dos_internal.escrow_original(d) END,
           s.statuses,
           CASE WHEN num_nonnulls(d.autorenew, d.expired_at, d.release_at, d.registrant_changed_at, d.ttls, d.phase_id) > 0 OR d.unpaid IS DISTINCT FROM NULL OR d.expires_at = 'infinity'
                  OR NOT (d.statuses <@ s.statuses AND s.statuses <@ (d.statuses || '{ok,inactive,pendingTransfer,pendingDelete,pendingCreate,pendingUpdate}'::text[]))
                THEN dos_internal.escrow_facts_text(d, s) END,
           CASE WHEN s.rgp_statuses = '{}' THEN '{}' ELSE dos_internal.escrow_rgp(s, d.graces, (d.transfer).years, escrow_domains.at) END,
           dos_internal.escrow_contact_shown(d.registrant_id, escrow_domains.at),
           dos_internal.escrow_contacts_shown(d.admin_ids, d.billing_ids, d.tech_ids, escrow_domains.at),
           dos_internal.escrow_hosts_shown(d.host_ids, escrow_domains.at),
           CASE WHEN d.host_attrs = '{}' THEN '{}' ELSE
           ARRAY(SELECT a.name || coalesce((SELECT string_agg(' ' || host(i), '') FROM unnest(a.addresses) AS i), '') FROM unnest(d.host_attrs) AS a) END,
           dos_internal.registrar_clid(CASE WHEN s.transferred THEN (d.transfer).requester_id ELSE d.registrar_id END),
           dos_internal.registrar_clid(d.creator_id), d.created_at, nullif(s.expires_at, 'infinity'), dos_internal.registrar_clid(d.updater_id), d.updated_at,
           d.max_sig_life, d.ds, d.keys,
           CASE WHEN s.transferred THEN (d.transfer).acts_at ELSE d.transferred_at END,
           CASE WHEN s.transferred THEN 'serverApproved' ELSE (d.transfer).status END,
           dos_internal.registrar_clid((d.transfer).requester_id), (d.transfer).requested_at,
           dos_internal.registrar_clid((d.transfer).actor_id), (d.transfer).acts_at,
           CASE WHEN s.transferred THEN nullif(s.expires_at, 'infinity') WHEN (d.transfer).status <> 'pending' THEN nullif((d.transfer).expires_at, 'infinity')
                WHEN (d.transfer).years > 0 THEN (SELECT nullif(f.expires_at, 'infinity') FROM dos_internal.domain_state(d, (d.transfer).acts_at) AS f WHERE f.transferred) END
      FROM dos_internal.escrow_domain_rows(escrow_domains.at) AS d, LATERAL dos_internal.domain_state(d, escrow_domains.at) AS s
     WHERE d.zone_id = escrow_domains.zone_id AND s.registered;
END;
COMMENT ON FUNCTION dos_internal.escrow_domains(int, timestamptz) IS 'the domains of a zone at an instant, as deposits show them';

-- Hosts and contacts belong to no zone: a zone's deposit holds those that its domains refer to or that lie under
-- them, and, where its domains could refer to them, those that nothing refers to.
CREATE FUNCTION dos_internal.escrow_hosts(zone_id int, at timestamptz) RETURNS SETOF dos.escrow_host
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT h.name::text, h.roid, dos_internal.object_statuses(h.statuses, u.id IS NOT NULL),
           ARRAY(SELECT host(a) FROM unnest(h.addresses) AS a), dos_internal.registrar_clid(h.registrar_id), dos_internal.registrar_clid(h.creator_id),
           h.created_at, dos_internal.registrar_clid(h.updater_id), h.updated_at, h.transferred_at
      FROM dos_internal.escrow_host_rows(escrow_hosts.at) AS h
      LEFT JOIN (SELECT i AS id, bool_or(d.zone_id = escrow_hosts.zone_id) AS here FROM dos_internal.escrow_domain_rows(escrow_hosts.at) AS d, unnest(d.host_ids) AS i GROUP BY i) AS u ON u.id = h.id
      LEFT JOIN dos_internal.escrow_domain_rows(escrow_hosts.at) AS p ON p.id = h.superordinate_id
     WHERE (u.here OR p.zone_id = escrow_hosts.zone_id OR (u.id IS NULL AND p.id IS NULL AND (SELECT z.host_model FROM dos.zone AS z WHERE z.id = escrow_hosts.zone_id) = 'object'))
       AND (p.id IS NULL OR (p.deleted_at IS NULL AND p.expires_at > escrow_hosts.at) OR (dos_internal.domain_state(p, escrow_hosts.at)).registered);
END;
COMMENT ON FUNCTION dos_internal.escrow_hosts(int, timestamptz) IS 'the hosts of a zone''s deposit at an instant';

CREATE FUNCTION dos_internal.escrow_contacts(zone_id int, at timestamptz) RETURNS SETOF dos.escrow_contact
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT c.handle, c.roid,
           dos_internal.object_statuses(c.statuses || CASE WHEN p.pends AND NOT p.done THEN '{pendingTransfer}' ELSE '{}' END::text[], u.id IS NOT NULL),
           dos_internal.postal_fields(c.int_postal), dos_internal.postal_fields(c.loc_postal), c.voice, c.voice_x, c.fax, c.fax_x, c.email,
           dos_internal.registrar_clid(CASE WHEN p.done THEN (c.transfer).requester_id ELSE c.registrar_id END),
           dos_internal.registrar_clid(c.creator_id), c.created_at, dos_internal.registrar_clid(c.updater_id), c.updated_at,
           CASE WHEN p.done THEN (c.transfer).acts_at ELSE c.transferred_at END, CASE WHEN p.done THEN 'serverApproved' ELSE (c.transfer).status END,
           dos_internal.registrar_clid((c.transfer).requester_id), (c.transfer).requested_at,
           dos_internal.registrar_clid((c.transfer).actor_id), (c.transfer).acts_at, c.disclose_flag, c.disclose
      FROM dos_internal.escrow_contact_rows(escrow_contacts.at) AS c
     CROSS JOIN LATERAL (SELECT coalesce((c.transfer).status = 'pending', false),
                                coalesce((c.transfer).status = 'pending' AND (c.transfer).acts_at <= escrow_contacts.at, false)) AS p (pends, done)
      LEFT JOIN (SELECT i AS id, bool_or(d.zone_id = escrow_contacts.zone_id) AS here
                   FROM dos_internal.escrow_domain_rows(escrow_contacts.at) AS d, unnest(d.admin_ids || d.tech_ids || d.billing_ids || d.registrant_id) AS i GROUP BY i) AS u ON u.id = c.id
     WHERE u.here OR (u.id IS NULL AND (SELECT z.registrant_allowed OR z.contacts_allowed <> '{}' FROM dos.zone AS z WHERE z.id = escrow_contacts.zone_id));
END;
COMMENT ON FUNCTION dos_internal.escrow_contacts(int, timestamptz) IS 'the contacts of a zone''s deposit at an instant';

-- RFC 9022 knows three states of a registrar; one that may do nothing for the time being is shown as readonly.
CREATE FUNCTION dos_internal.escrow_registrars(zone_id int, at timestamptz) RETURNS SETOF dos.escrow_registrar
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT r.clid, r.name, r.iana_id, CASE WHEN r.state IN ('ok', 'terminated') THEN r.state ELSE 'readonly' END,
           r.postal, r.voice, r.fax, r.email, r.url, r.whois_server, NULL::text, r.created_at, nullif(r.updated_at, r.created_at)
      FROM dos.registrar AS r;
END;
COMMENT ON FUNCTION dos_internal.escrow_registrars(int, timestamptz) IS 'the registrars of a zone''s deposit';

-- One object each of what is not in a table: what EPP offers, and which optional elements the zone requires.
CREATE FUNCTION dos_internal.escrow_epp_xml() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT format('<rdeEppParams:eppParams><rdeEppParams:version>1.0</rdeEppParams:version>%s%s%s'
                  '<rdeEppParams:dcp xmlns="urn:ietf:params:xml:ns:epp-1.0">%s</rdeEppParams:dcp></rdeEppParams:eppParams>',
                  (SELECT string_agg(format('<rdeEppParams:lang>%s</rdeEppParams:lang>', l), '') FROM unnest(g.languages) AS l),
                  (SELECT string_agg(format('<rdeEppParams:objURI>%s</rdeEppParams:objURI>', u), '') FROM unnest(g.object_uris) AS u),
                  '<rdeEppParams:svcExtension>' || (SELECT string_agg(format('<epp:extURI>%s</epp:extURI>', u), '') FROM unnest(g.extension_uris) AS u)
                  || '</rdeEppParams:svcExtension>', g.dcp)
      FROM dos.epp_greeting() AS g
$$;
COMMENT ON FUNCTION dos_internal.escrow_epp_xml() IS 'the EPP parameters object of a deposit (RFC 9022 section 5.7), from the greeting';

-- What a zone came to require later is not required of a deposit in which older domains lack it.
CREATE FUNCTION dos_internal.escrow_policy_xml(zone_id int, registrants boolean DEFAULT true, contacts boolean DEFAULT true) RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT format('<rdePolicy:policy scope="//rde:deposit/rde:contents/rdeDomain:domain" element="%s"/>', e)
      FROM dos.zone AS z, unnest(ARRAY[CASE WHEN z.registrant_required AND registrants THEN 'rdeDomain:registrant' END,
                                       CASE WHEN z.contacts_required <> '{}' AND contacts THEN 'rdeDomain:contact' END]) AS e
     WHERE z.id = zone_id AND e IS NOT NULL
$$;
COMMENT ON FUNCTION dos_internal.escrow_policy_xml(int, boolean, boolean) IS
    'the policy objects of a zone''s deposit (RFC 9022 section 5.8): what the zone requires, as far as all domains written have it (registrants, contacts)';

CREATE FUNCTION dos_internal.escrow_idns(zone_id int, at timestamptz) RETURNS SETOF dos.escrow_idn
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT t.name, replace(coalesce(s.idn_table_url, 'https://www.iana.org/domains/idn-tables/#%s'), '%s', t.name),
           coalesce(s.idn_policy_url, 'https://www.iana.org/domains/idn-tables/')
      FROM (SELECT z.table_id FROM dos.zone_idn_table AS z WHERE z.zone_id = escrow_idns.zone_id
            UNION SELECT d.idn_table_id FROM dos.domain AS d WHERE d.zone_id = escrow_idns.zone_id AND d.idn_table_id IS NOT NULL) AS u
      JOIN dos.idn_table AS t ON t.id = u.table_id
      LEFT JOIN dos.escrow_setting AS s ON s.zone_id = escrow_idns.zone_id;
END;
COMMENT ON FUNCTION dos_internal.escrow_idns(int, timestamptz) IS 'the IDN tables of a zone''s deposit: those it has, and those that names were registered by when it had them';

-- Labels on the lists of the zone; patterns are rules, not names. Only variants of a name are withheld (RFC 9022 section
-- 5.6.1.1): what is reserved by itself is blocked.
CREATE FUNCTION dos_internal.escrow_nndns(zone_id int, at timestamptz) RETURNS SETOF dos.escrow_nndn
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT n.name::text, CASE WHEN strpos(n.name, 'xn--') > 0 THEN dos.dname_unicode(n.name) END,
           CASE WHEN EXISTS (SELECT FROM dos_internal.escrow_idns(n.zone_id, escrow_nndns.at) AS i WHERE i.id = n.idn_table) THEN n.idn_table
                WHEN starts_with(n.name, 'xn--') THEN dos_internal.escrow_idn_table(n.zone_id, n.name) END,
           n.variant_of::text, CASE WHEN n.state = 'withheld' AND n.variant_of IS NULL THEN 'blocked' ELSE n.state END,
           CASE n.state WHEN 'mirrored' THEN false END, n.created_at       -- its NS records are not published by themselves
      FROM dos.nndn AS n
     WHERE n.zone_id = escrow_nndns.zone_id AND n.created_at <= escrow_nndns.at AND coalesce(n.expires_at > escrow_nndns.at, true)
       AND NOT EXISTS (SELECT FROM dos_internal.escrow_domain_rows(escrow_nndns.at) AS d WHERE d.name = n.name)        -- never both (section 5.6)
    UNION ALL
    SELECT n.label || '.' || z.name, CASE WHEN starts_with(n.label, 'xn--') THEN dos.dname_unicode(n.label || '.' || z.name) END,
           CASE WHEN starts_with(n.label, 'xn--') THEN dos_internal.escrow_idn_table(z.id, n.label) END, NULL::text, 'blocked', NULL::boolean, max(coalesce(n.effective_at, l.effective_at))
      FROM dos.zone AS z, dos.reserved_list AS l
      JOIN dos.reserved_name AS n ON n.list_id = l.id
     WHERE z.id = escrow_nndns.zone_id AND l.id = ANY (dos_internal.reserved_lists(z.id))
       AND coalesce(l.effective_at <= escrow_nndns.at, true) AND coalesce(l.expires_at > escrow_nndns.at, true)
       AND coalesce(n.effective_at <= escrow_nndns.at, true) AND coalesce(n.expires_at > escrow_nndns.at, true)
       AND NOT EXISTS (SELECT FROM dos.reserved_release AS r WHERE r.zone_id = escrow_nndns.zone_id AND r.label = n.label)
       AND NOT EXISTS (SELECT FROM dos_internal.escrow_domain_rows(escrow_nndns.at) AS d WHERE d.name = n.label || '.' || z.name)
       AND NOT EXISTS (SELECT FROM dos.nndn AS o WHERE o.name = n.label || '.' || z.name AND o.created_at <= escrow_nndns.at AND coalesce(o.expires_at > escrow_nndns.at, true))
     GROUP BY n.label, z.id, z.name;
END;
COMMENT ON FUNCTION dos_internal.escrow_nndns(int, timestamptz) IS 'the names of a zone''s deposit that are no domains: those of dos.nndn with the names they are variants of, and reserved labels, which are blocked';
