-- What <add>, <rem> and <chg> of an update make of a domain (RFC 5731 section 3.2.5, RFC 5910 section 5.2.5), or of what an application asks for.

-- Associations after removals and additions: what is removed must be there, what is added must not.
CREATE FUNCTION dos_internal.links_change(stored bigint[], removed bigint[], added bigint[], element text, what text) RETURNS bigint[]
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF removed && added THEN
        PERFORM dos_internal.refuse(2306, 'domain_link_added_and_removed', element, format('the same %s is both added and removed', what));
    ELSIF NOT removed <@ stored THEN
        PERFORM dos_internal.refuse(2306, 'domain_link_absent', element, format('a %s to be removed is not there', what));
    ELSIF added && stored THEN
        PERFORM dos_internal.refuse(2306, 'domain_link_present', element, format('a %s to be added is there already', what));
    END IF;
    RETURN ARRAY(SELECT i FROM unnest(stored) WITH ORDINALITY AS s (i, n) WHERE i <> ALL (removed) ORDER BY n) || added;
END $$;
COMMENT ON FUNCTION dos_internal.links_change(bigint[], bigint[], bigint[], text, text) IS 'links of a domain after removals and additions, or R2306';

-- Contacts named in a removal need not be the registrar's own: they leave the domain, nobody reads them.
CREATE FUNCTION dos_internal.contacts_of(contacts text[], role text, actor_id int, stored bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asked record;
    ids   bigint[] := '{}';
BEGIN
    FOR asked IN SELECT substr(t, strpos(t, ':') + 1) AS handle, c.id FROM unnest(contacts) AS t
                   LEFT JOIN LATERAL (SELECT o.id FROM dos.contact AS o WHERE o.handle = substr(t, strpos(t, ':') + 1)
                                        AND (o.id = ANY (stored) OR o.scope IN (0, actor_id)) ORDER BY o.id = ANY (stored) DESC, o.scope DESC LIMIT 1) AS c ON true
                  WHERE split_part(t, ':', 1) = role LOOP
        IF asked.id IS NULL THEN
            PERFORM dos_internal.refuse(2303, 'domain_contact_unknown', 'domain:contact', format('contact "%s" does not exist', asked.handle));
        END IF;
        ids := ids || asked.id;
    END LOOP;
    RETURN ids;
END $$;
COMMENT ON FUNCTION dos_internal.contacts_of(text[], text, int, bigint[]) IS 'ids of the contacts of one role in a list of ''role:ID'', those stored before others of the same name; R2303';

CREATE FUNCTION dos_internal.hosts_of(names text[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asked record;
    ids   bigint[] := '{}';
BEGIN
    FOR asked IN SELECT n AS name, h.id FROM unnest(names) AS n LEFT JOIN dos.host AS h ON h.name = dos.dname(n) LOOP
        IF asked.id IS NULL THEN
            PERFORM dos_internal.refuse(2303, 'domain_host_unknown', 'domain:hostObj', format('host "%s" does not exist', asked.name));
        END IF;
        ids := ids || asked.id;
    END LOOP;
    RETURN ids;
END $$;
COMMENT ON FUNCTION dos_internal.hosts_of(text[]) IS 'ids of hosts by name, in the order given; R2303';

CREATE FUNCTION dos_internal.host_attrs_change(stored dos.host_attribute[], removed text[], added dos.host_attribute[]) RETURNS dos.host_attribute[]
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    names text[] := ARRAY(SELECT dos.dname(split_part(btrim(r), ' ', 1)) FROM unnest(removed) AS r);
    odd   text;
BEGIN
    SELECT n INTO odd FROM unnest(names) AS n WHERE n <> ALL (ARRAY(SELECT s.name FROM unnest(stored) AS s)) LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2306, 'domain_link_absent', 'domain:hostAttr', format('name server "%s" to be removed is not there', odd));
    END IF;
    stored := ARRAY(SELECT ROW(s.name, s.addresses)::dos.host_attribute FROM unnest(stored) AS s WHERE s.name <> ALL (names));
    SELECT a.name INTO odd FROM unnest(added) AS a WHERE a.name = ANY (ARRAY(SELECT s.name FROM unnest(stored) AS s)) LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2306, 'domain_link_present', 'domain:hostAttr', format('name server "%s" to be added is there already', odd));
    END IF;
    RETURN stored || added;
END $$;
COMMENT ON FUNCTION dos_internal.host_attrs_change(dos.host_attribute[], text[], dos.host_attribute[]) IS
    'host attributes after removals (by name) and additions; a name server removed and added again in one command changes its addresses; R2306';

CREATE FUNCTION dos_internal.domain_contacts_change(zone dos.zone, actor dos.registrar, d dos.domain, add_contacts text[], rem_contacts text[], chg_registrant text) RETURNS dos.domain
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    added record := dos_internal.domain_contacts(zone, actor, chg_registrant, add_contacts);
BEGIN
    IF EXISTS (SELECT FROM unnest(rem_contacts) AS r WHERE split_part(r, ':', 1) NOT IN ('admin', 'tech', 'billing')) THEN
        PERFORM dos_internal.refuse(2005, 'domain_contact_role', 'domain:contact', 'contact type is not known');
    END IF;
    d.admin_ids := dos_internal.links_change(d.admin_ids, dos_internal.contacts_of(rem_contacts, 'admin', actor.id, d.admin_ids), added.admin_ids, 'domain:contact', 'contact');
    d.tech_ids := dos_internal.links_change(d.tech_ids, dos_internal.contacts_of(rem_contacts, 'tech', actor.id, d.tech_ids), added.tech_ids, 'domain:contact', 'contact');
    d.billing_ids := dos_internal.links_change(d.billing_ids, dos_internal.contacts_of(rem_contacts, 'billing', actor.id, d.billing_ids), added.billing_ids, 'domain:contact', 'contact');
    IF chg_registrant IS NOT NULL THEN
        d.registrant_id := added.registrant_id;
    END IF;
    RETURN d;
END $$;
COMMENT ON FUNCTION dos_internal.domain_contacts_change(dos.zone, dos.registrar, dos.domain, text[], text[], text) IS
    'a domain with other contacts (''role:ID'') and registrant (empty: none); NULL keeps. R2303, R2201, R2306, R2005';

CREATE FUNCTION dos_internal.domain_secdns_change(d dos.domain, rem_all_ds boolean, rem_ds text[], rem_keys text[], add_ds text[], add_keys text[]) RETURNS dos.domain
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF rem_all_ds THEN
        d.ds := '{}';
        d.keys := '{}';
    END IF;
    IF num_nonnulls(rem_ds, add_ds, rem_keys, add_keys) > 0 THEN
        d.ds := dos_internal.secdns_change(d.ds, dos_internal.secdns_canonical(rem_ds, false), dos_internal.secdns_canonical(add_ds, false), 'secDNS:dsData');
        d.keys := dos_internal.secdns_change(d.keys, dos_internal.secdns_canonical(rem_keys, true), dos_internal.secdns_canonical(add_keys, true), 'secDNS:keyData');
    END IF;
    RETURN d;
END $$;
COMMENT ON FUNCTION dos_internal.domain_secdns_change(dos.domain, boolean, text[], text[], text[], text[]) IS
    'a domain with other DS records and keys, all removed first if asked (RFC 5910 section 5.2.5); R2306, R2005';
