-- What a domain refers to: contacts, hosts, host attributes. Referenced rows are locked FOR KEY SHARE,
-- so that nobody can delete or rename them before the command commits.

CREATE FUNCTION dos_internal.domain_contacts(zone dos.zone, actor dos.registrar, registrant text, contacts text[],
                                             OUT registrant_id bigint, OUT admin_ids bigint[], OUT tech_ids bigint[], OUT billing_ids bigint[])
LANGUAGE c VOLATILE AS 'MODULE_PATHNAME', 'dos_sql_domain_contacts';
COMMENT ON FUNCTION dos_internal.domain_contacts(dos.zone, dos.registrar, text, text[]) IS
    'ids of the contacts a domain names (''admin:ID''), locked; R2303 unknown, R2201 another registrar''s';

-- Does the set of contacts fit the zone's contact model? Judged on the whole domain after a command.
CREATE FUNCTION dos_internal.domain_contacts_require(zone dos.zone, d dos.domain) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    present text[] := array_remove(ARRAY[CASE WHEN d.admin_ids <> '{}' THEN 'admin' END, CASE WHEN d.tech_ids <> '{}' THEN 'tech' END,
                                         CASE WHEN d.billing_ids <> '{}' THEN 'billing' END], NULL);
    role text;
    ids  bigint[];
    few  int;
    many int;
BEGIN
    IF present <@ zone.contacts_allowed AND zone.contacts_required <@ present AND zone.contacts_max >= 1 AND zone.contacts_counts = '{}'
       AND greatest(cardinality(d.admin_ids), cardinality(d.tech_ids), cardinality(d.billing_ids)) <= 1
       AND ((d.registrant_id IS NULL AND NOT zone.registrant_required) OR (d.registrant_id IS NOT NULL AND zone.registrant_allowed)) THEN
        RETURN;                                             -- the common case; below is why not
    END IF;
    IF d.registrant_id IS NULL AND zone.registrant_required THEN
        PERFORM dos_internal.refuse(2306, 'domain_registrant_required', 'domain:registrant', 'a registrant is required',
            format('Domains of zone "%s" have one.', zone.name));
    ELSIF d.registrant_id IS NOT NULL AND NOT zone.registrant_allowed THEN
        PERFORM dos_internal.refuse(2306, 'domain_registrant_forbidden', 'domain:registrant', 'a registrant is not allowed',
            format('Domains of zone "%s" have no contacts.', zone.name));
    END IF;
    FOREACH role IN ARRAY '{admin,tech,billing}'::text[] LOOP
        ids := CASE role WHEN 'admin' THEN d.admin_ids WHEN 'tech' THEN d.tech_ids ELSE d.billing_ids END;
        few := 0;
        many := zone.contacts_max;
        SELECT split_part(split_part(c, ':', 2), '-', 1)::int, split_part(c, '-', 2)::int INTO few, many
          FROM unnest(zone.contacts_counts) AS c WHERE split_part(c, ':', 1) = role;
        IF ids = '{}' AND role = ANY (zone.contacts_required) THEN
            PERFORM dos_internal.refuse(2306, 'domain_contact_required', 'domain:contact', format('a contact of type "%s" is required', role),
                format('Domains of zone "%s" have one.', zone.name));
        ELSIF ids <> '{}' AND role <> ALL (zone.contacts_allowed) THEN
            PERFORM dos_internal.refuse(2306, 'domain_contact_forbidden', 'domain:contact', format('a contact of type "%s" is not allowed', role),
                format('Domains of zone "%s" have none.', zone.name));
        ELSIF cardinality(ids) < few AND role = ANY (zone.contacts_allowed) THEN
            PERFORM dos_internal.refuse(2306, 'domain_contacts_too_few', 'domain:contact', format('too few contacts of type "%s"', role),
                format('Domains of zone "%s" have at least %s.', zone.name, few));
        ELSIF cardinality(ids) > coalesce(many, zone.contacts_max) THEN
            PERFORM dos_internal.refuse(2306, 'domain_contacts_too_many', 'domain:contact', format('too many contacts of type "%s"', role),
                format('Domains of zone "%s" have at most %s.', zone.name, coalesce(many, zone.contacts_max)));
        ELSIF cardinality(ids) > 1 AND (SELECT count(*) <> count(DISTINCT i) FROM unnest(ids) AS i) THEN
            PERFORM dos_internal.refuse(2306, 'domain_contact_repeated', 'domain:contact', format('a contact of type "%s" is given twice', role));
        END IF;
    END LOOP;
END $$;
COMMENT ON FUNCTION dos_internal.domain_contacts_require(dos.zone, dos.domain) IS 'refuse contacts that the zone''s contact model does not allow (R2306)';

-- Where a transfer leaves the old registrar's contacts to be replaced, nothing else is changed before they are.
CREATE FUNCTION dos_internal.domain_contacts_own(d dos.domain) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    foreign_id text := (SELECT c.handle FROM dos.contact AS c WHERE c.id = ANY (d.registrant_id || d.admin_ids || d.tech_ids || d.billing_ids) AND c.registrar_id <> d.registrar_id
                         ORDER BY c.id LIMIT 1);
BEGIN
    IF foreign_id IS NOT NULL THEN
        PERFORM dos_internal.refuse(2306, 'domain_contacts_new', 'domain:contact', format('the contacts of domain "%s" must be replaced', d.name),
            format('It was transferred; contact "%s" is another registrar''s.', foreign_id));
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.domain_contacts_own(dos.domain) IS 'refuse a domain that names contacts of another registrar (zones whose transfer_contacts is new): R2306';

CREATE FUNCTION dos_internal.domain_hosts(zone dos.zone, hosts text[]) RETURNS bigint[]
LANGUAGE c VOLATILE AS 'MODULE_PATHNAME', 'dos_sql_domain_hosts';
COMMENT ON FUNCTION dos_internal.domain_hosts(dos.zone, text[]) IS 'ids of the hosts a domain delegates to, locked; R2303 unknown, R2304 its domain is being deleted, R2306';

-- Host attributes: 'ns1.name.test 192.0.2.1 2001:db8::1'. Glue belongs to the domain's own name servers only.
CREATE FUNCTION dos_internal.domain_host_attrs(zone dos.zone, domain_name text, attrs text[]) RETURNS dos.host_attribute[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    words  text[];
    server dos.host_attribute;
    parsed dos.host_attribute[] := '{}';
    seen   text[] := '{}';
    attr   text;
    inside boolean;
BEGIN
    IF cardinality(attrs) > 0 AND zone.host_model <> 'attribute' THEN
        PERFORM dos_internal.refuse(2306, 'domain_host_model', 'domain:hostAttr', 'host attributes are not used in this zone',
            format('Zone "%s" takes host objects.', zone.name));
    END IF;
    FOREACH attr IN ARRAY coalesce(attrs, '{}') LOOP
        words := CASE WHEN attr !~ '\s' THEN ARRAY[attr] ELSE regexp_split_to_array(btrim(attr), '\s+') END;
        server.name := dos.dname(words[1]);
        IF cardinality(words) = 1 THEN                      -- most have no address, and a subtransaction costs as much as all the rest
            server.addresses := '{}';
        ELSE
            BEGIN
                server.addresses := words[2:]::inet[];
            EXCEPTION WHEN invalid_text_representation THEN
                PERFORM dos_internal.refuse(2005, 'host_address_invalid', 'domain:hostAddr', format('an address of host "%s" is not valid', server.name));
            END;
            PERFORM dos_internal.host_addresses_require(server.addresses);
        END IF;
        inside := server.name = domain_name OR domain_name = ANY (dos_internal.dname_ancestors(server.name));
        IF NOT dos_internal.host_name_is_good(server.name) THEN
            PERFORM dos_internal.host_name_require(server.name, 'domain:hostName');
        END IF;
        IF inside AND server.addresses = '{}' THEN
            PERFORM dos_internal.refuse(2306, 'host_glue_required', 'domain:hostAddr', format('host "%s" needs an address', server.name),
                'It lies inside the domain that it serves.');
        ELSIF NOT inside AND server.addresses <> '{}' THEN
            PERFORM dos_internal.refuse(2306, 'host_external_address', 'domain:hostAddr', format('host "%s" cannot have addresses here', server.name),
                'It lies outside the domain that it serves.');
        ELSIF server.name = ANY (seen) THEN
            PERFORM dos_internal.refuse(2306, 'domain_host_repeated', 'domain:hostAttr', format('host "%s" is given twice', server.name));
        END IF;
        parsed := parsed || server;
        seen := seen || server.name;
    END LOOP;
    RETURN parsed;
END $$;
COMMENT ON FUNCTION dos_internal.domain_host_attrs(dos.zone, text, text[]) IS
    'host attributes of a domain, checked: glue exactly for the name servers inside the domain; R2005, R2306';

-- Judged on the whole domain after a command.
CREATE FUNCTION dos_internal.domain_hosts_require(zone dos.zone, d dos.domain) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    bare text;
BEGIN
    IF cardinality(d.host_ids) + cardinality(d.host_attrs) > zone.hosts_max THEN
        PERFORM dos_internal.refuse(2306, 'domain_hosts_too_many', 'domain:ns', 'too many name servers',
            format('Domains of zone "%s" have at most %s.', zone.name, zone.hosts_max));
    END IF;
    IF zone.glue = 'wide' AND d.host_ids <> '{}' THEN       -- every delegation shows the addresses of all name servers in our zones
        SELECT h.name INTO bare FROM dos.host AS h WHERE h.id = ANY (d.host_ids) AND h.superordinate_id IS NOT NULL AND h.addresses = '{}' LIMIT 1;
        IF FOUND THEN
            PERFORM dos_internal.refuse(2306, 'host_glue_required', 'domain:hostObj', format('host "%s" needs an address', bare),
                'It lies in a zone of this registry, and the zone publishes wide glue.');
        END IF;
    END IF;
    IF d.created_at IS NULL THEN
        RETURN;                                             -- nothing can be subordinate to a domain that does not exist yet
    END IF;
    SELECT h.name INTO bare FROM dos.host AS h WHERE h.id = ANY (d.host_ids) AND h.superordinate_id = d.id AND h.addresses = '{}' LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2306, 'host_glue_required', 'domain:hostObj', format('host "%s" needs an address', bare),
            'It lies inside the domain that it serves.');
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.domain_hosts_require(dos.zone, dos.domain) IS 'refuse too many name servers, or one inside the domain without an address (R2306)';

-- 'y' and 'm' as a term of a zone's policy: whole years, or months (dos.months) where the zone takes them.
CREATE FUNCTION dos_internal.period_years(zone dos.zone, period int, unit text, verb text DEFAULT NULL) RETURNS int
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    years int := CASE WHEN period IS NULL THEN zone.period_default WHEN coalesce(unit, 'y') = 'y' THEN period
                      WHEN unit = 'm' AND period % 12 = 0 THEN period / 12 END;
BEGIN
    IF unit = 'm' AND period % 12 <> 0 AND period = ANY (CASE verb WHEN 'create' THEN zone.months_create WHEN 'renew' THEN zone.months_renew END) THEN
        RETURN dos.months(period);
    END IF;
    IF years IS NULL OR years NOT BETWEEN zone.period_min AND zone.period_max THEN
        PERFORM dos_internal.refuse(2306, 'domain_period_range', 'domain:period', 'period is not allowed',
            format('Zone "%s" takes %s to %s whole years%s.', zone.name, zone.period_min, zone.period_max,
                   coalesce(', or ' || array_to_string(CASE verb WHEN 'create' THEN zone.months_create WHEN 'renew' THEN zone.months_renew END, ', ') || ' months', '')));
    END IF;
    IF years <> ALL (CASE verb WHEN 'create' THEN zone.years_create WHEN 'renew' THEN zone.years_renew END) THEN
        PERFORM dos_internal.refuse(2306, 'domain_period_range', 'domain:period', 'period is not allowed',
            format('Zone "%s" takes %s years.', zone.name, array_to_string(CASE verb WHEN 'create' THEN zone.years_create ELSE zone.years_renew END, ', ')));
    END IF;
    RETURN years;
END $$;
COMMENT ON FUNCTION dos_internal.period_years(dos.zone, int, text, text) IS 'a period as a term of the zone''s policy, in whole years or dos.months() (the default for NULL), or R2306';
