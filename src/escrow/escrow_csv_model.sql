-- The CSV model of RFC 9022: records of several files become the objects that the XML model has, in the same tables.
-- A field is named by its element: csvDomain:fName; of children the parent's key says whose they are.

CREATE FUNCTION dos_internal.escrow_csv_domains(import bigint) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    WITH r AS MATERIALIZED (
        SELECT c.name, c.line, lower(c.record ->> 'csvDomain:fName') AS key, c.record AS v FROM dos.escrow_in_csv AS c
         WHERE c.import_id = import AND NOT c.deleted AND c.name IN ('domain', 'domainContacts', 'domainStatuses', 'domainNameServers', 'domainNameServersAddresses', 'dnssec', 'domainTransfer')),
    statuses AS (
        SELECT s.key, array_agg(s.status ORDER BY s.line) AS statuses
          FROM (SELECT r.key, r.v ->> 'csvDomain:fStatus' AS status, min(r.line) AS line FROM r WHERE r.name = 'domainStatuses' GROUP BY 1, 2) AS s GROUP BY s.key),
    texts AS (
        SELECT r.key, (array_agg(r.v ->> 'rdeCsv:fStatusDescription' ORDER BY r.line) FILTER (WHERE NOT r.v ? 'csvDomain:fRgpStatus' AND r.v ->> 'rdeCsv:fStatusDescription' LIKE '%=%'))[1] AS facts,
               array_agg(concat_ws(' ', r.v ->> 'csvDomain:fRgpStatus', r.v ->> 'rdeCsv:fStatusDescription') ORDER BY r.line) FILTER (WHERE r.v ? 'csvDomain:fRgpStatus') AS rgp
          FROM r WHERE r.name = 'domainStatuses' GROUP BY r.key),
    contacts AS (SELECT r.key, array_agg((r.v ->> 'csvDomain:fContactType') || ':' || (r.v ->> 'csvContact:fId') ORDER BY r.line) AS contacts FROM r WHERE r.name = 'domainContacts' GROUP BY r.key),
    host_names AS (
        SELECT c.record ->> 'rdeCsv:fRoid' AS roid, min(lower(c.record ->> 'csvHost:fName')) AS name FROM dos.escrow_in_csv AS c WHERE c.import_id = import AND c.name = 'host' GROUP BY 1),
    hosts AS (
        SELECT r.key, array_agg(coalesce(lower(r.v ->> 'csvHost:fName'), h.name, r.v ->> 'rdeCsv:fRoid') ORDER BY r.line) AS hosts
          FROM r LEFT JOIN host_names AS h ON h.roid = r.v ->> 'rdeCsv:fRoid' WHERE r.name = 'domainNameServers' GROUP BY r.key),
    attributes AS (
        SELECT a.key, array_agg(a.attribute ORDER BY a.line) AS attributes
          FROM (SELECT r.key, concat_ws(' ', lower(r.v ->> 'csvHost:fName'), string_agg(r.v ->> 'csvHost:fAddr', ' ' ORDER BY r.line)) AS attribute, min(r.line) AS line
                  FROM r WHERE r.name = 'domainNameServersAddresses' GROUP BY r.key, lower(r.v ->> 'csvHost:fName')) AS a GROUP BY a.key),
    keys AS (
        SELECT r.key, max(r.v ->> 'csvDomain:fMaxSigLife') AS max_sig_life,
               array_agg(concat_ws(' ', r.v ->> 'csvDomain:fKeyTag', r.v ->> 'csvDomain:fDsAlg', r.v ->> 'csvDomain:fDigestType', upper(r.v ->> 'csvDomain:fDigest'), k.data) ORDER BY r.line)
                   FILTER (WHERE r.v ? 'csvDomain:fKeyTag') AS ds,
               array_agg(k.data ORDER BY r.line) FILTER (WHERE NOT r.v ? 'csvDomain:fKeyTag') AS keys
          FROM r, LATERAL (SELECT nullif(concat_ws(' ', r.v ->> 'csvDomain:fFlags', r.v ->> 'csvDomain:fProtocol', r.v ->> 'csvDomain:fKeyAlg', r.v ->> 'csvDomain:fPubKey'), '') AS data) AS k
         WHERE r.name = 'dnssec' GROUP BY r.key)
    INSERT INTO dos.escrow_in_domain (import_id, line, name, roid, uname, idn_table, original_name, statuses, facts, rgp, registrant, contacts, hosts, host_attrs, sponsor, creator, created_at,
                                      expires_at, updater, updated_at, max_sig_life, ds, keys, transferred_at, transfer_status, transfer_requester, transfer_requested_at, transfer_actor,
                                      transfer_acts_at, transfer_expires_at)
    SELECT import, d.line, rtrim(d.key, '.'), d.v ->> 'rdeCsv:fRoid', d.v ->> 'rdeCsv:fUName', d.v ->> 'rdeCsv:fIdnTableId', d.v ->> 'csvDomain:fOriginalName', coalesce(s.statuses, '{}'), x.facts,
           coalesce(x.rgp, '{}'), d.v ->> 'rdeCsv:fRegistrant', coalesce(c.contacts, '{}'), coalesce(h.hosts, '{}'), coalesce(a.attributes, '{}'), d.v ->> 'rdeCsv:fClID', d.v ->> 'rdeCsv:fCrRr',
           (d.v ->> 'rdeCsv:fCrDate')::timestamptz, (d.v ->> 'rdeCsv:fExDate')::timestamptz, d.v ->> 'rdeCsv:fUpRr', (d.v ->> 'rdeCsv:fUpDate')::timestamptz,
           CASE WHEN k.max_sig_life ~ '^\d{1,9}$' THEN k.max_sig_life::int END, coalesce(k.ds, '{}'), coalesce(k.keys, '{}'), (d.v ->> 'rdeCsv:fTrDate')::timestamptz, t.v ->> 'rdeCsv:fTrStatus',
           t.v ->> 'rdeCsv:fReRr', (t.v ->> 'rdeCsv:fReDate')::timestamptz, t.v ->> 'rdeCsv:fAcRr', (t.v ->> 'rdeCsv:fAcDate')::timestamptz, (t.v ->> 'rdeCsv:fExDate')::timestamptz
      FROM r AS d
      LEFT JOIN statuses AS s ON s.key = d.key
      LEFT JOIN texts AS x ON x.key = d.key
      LEFT JOIN contacts AS c ON c.key = d.key
      LEFT JOIN hosts AS h ON h.key = d.key
      LEFT JOIN attributes AS a ON a.key = d.key
      LEFT JOIN keys AS k ON k.key = d.key
      LEFT JOIN r AS t ON t.name = 'domainTransfer' AND t.key = d.key
     WHERE d.name = 'domain' ORDER BY d.line
$$;
COMMENT ON FUNCTION dos_internal.escrow_csv_domains(bigint) IS 'domains from the records of a deposit of the CSV model (RFC 9022 section 5.1.2)';

CREATE FUNCTION dos_internal.escrow_csv_hosts(import bigint) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    WITH r AS MATERIALIZED (
        SELECT c.name, c.line, c.record ->> 'rdeCsv:fRoid' AS key, c.record AS v FROM dos.escrow_in_csv AS c
         WHERE c.import_id = import AND NOT c.deleted AND c.name IN ('host', 'hostStatuses', 'hostAddresses')),
    statuses AS (SELECT r.key, array_agg(r.v ->> 'csvHost:fStatus' ORDER BY r.line) AS statuses FROM r WHERE r.name = 'hostStatuses' GROUP BY r.key),
    addresses AS (SELECT r.key, array_agg(r.v ->> 'csvHost:fAddr' ORDER BY r.line) AS addresses FROM r WHERE r.name = 'hostAddresses' GROUP BY r.key)
    INSERT INTO dos.escrow_in_host (import_id, line, name, roid, statuses, addresses, sponsor, creator, created_at, updater, updated_at, transferred_at)
    SELECT import, h.line, rtrim(lower(h.v ->> 'csvHost:fName'), '.'), h.key, coalesce(s.statuses, '{}'), coalesce(a.addresses, '{}'), h.v ->> 'rdeCsv:fClID', h.v ->> 'rdeCsv:fCrRr',
           (h.v ->> 'rdeCsv:fCrDate')::timestamptz, h.v ->> 'rdeCsv:fUpRr', (h.v ->> 'rdeCsv:fUpDate')::timestamptz, (h.v ->> 'rdeCsv:fTrDate')::timestamptz
      FROM r AS h LEFT JOIN statuses AS s ON s.key = h.key LEFT JOIN addresses AS a ON a.key = h.key
     WHERE h.name = 'host' ORDER BY h.line
$$;
COMMENT ON FUNCTION dos_internal.escrow_csv_hosts(bigint) IS 'hosts from the records of a deposit of the CSV model (RFC 9022 section 5.2.2)';

CREATE FUNCTION dos_internal.escrow_csv_postal(v jsonb, form text DEFAULT '') RETURNS text[]
LANGUAGE sql IMMUTABLE
RETURN CASE WHEN num_nonnulls(v ->> ('csvContact:fCity' || form), v ->> ('csvContact:fCc' || form)) > 0
            THEN ARRAY[coalesce(v ->> ('csvContact:fName' || form), ''), v ->> ('csvContact:fOrg' || form), v ->> ('csvContact:fStreet0' || form), v ->> ('csvContact:fStreet1' || form),
                       v ->> ('csvContact:fStreet2' || form), v ->> ('csvContact:fCity' || form), v ->> ('csvContact:fSp' || form), v ->> ('csvContact:fPc' || form), v ->> ('csvContact:fCc' || form)] END;
COMMENT ON FUNCTION dos_internal.escrow_csv_postal(jsonb, text) IS 'the nine fields of an address of a record, or NULL without city and country; form Loc: those with isLoc="true"';

CREATE FUNCTION dos_internal.escrow_csv_contacts(import bigint) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    WITH r AS MATERIALIZED (
        SELECT c.name, c.line, c.record ->> 'csvContact:fId' AS key, c.record AS v FROM dos.escrow_in_csv AS c
         WHERE c.import_id = import AND NOT c.deleted AND c.name IN ('contact', 'contactStatuses', 'contactPostal', 'contactTransfer', 'contactDisclose')),
    statuses AS (SELECT r.key, array_agg(r.v ->> 'csvContact:fStatus' ORDER BY r.line) AS statuses FROM r WHERE r.name = 'contactStatuses' GROUP BY r.key),
    shown AS (
        SELECT r.key, coalesce(r.v ->> 'csvContact:fDiscloseFlag', '') IN ('1', 'true') AS flag,
               ARRAY(SELECT n.field FROM (VALUES ('name:int', 'NameInt'), ('name:loc', 'NameLoc'), ('org:int', 'OrgInt'), ('org:loc', 'OrgLoc'), ('addr:int', 'AddrInt'), ('addr:loc', 'AddrLoc'),
                                                 ('voice', 'Voice'), ('fax', 'Fax'), ('email', 'Email')) AS n (field, name)
                      WHERE r.v ->> ('csvContact:fDisclose' || n.name) IN ('1', 'true')) AS fields
          FROM r WHERE r.name = 'contactDisclose')
    INSERT INTO dos.escrow_in_contact (import_id, line, handle, roid, statuses, int_postal, loc_postal, voice, voice_x, fax, fax_x, email, sponsor, creator, created_at, updater, updated_at,
                                       transferred_at, transfer_status, transfer_requester, transfer_requested_at, transfer_actor, transfer_acts_at, disclose_flag, disclose)
    SELECT import, c.line, c.key, c.v ->> 'rdeCsv:fRoid', coalesce(s.statuses, '{}'), dos_internal.escrow_csv_postal(i.v), dos_internal.escrow_csv_postal(l.v), c.v ->> 'csvContact:fVoice',
           c.v ->> 'csvContact:fVoiceExt', c.v ->> 'csvContact:fFax', c.v ->> 'csvContact:fFaxExt', c.v ->> 'csvContact:fEmail', c.v ->> 'rdeCsv:fClID', c.v ->> 'rdeCsv:fCrRr',
           (c.v ->> 'rdeCsv:fCrDate')::timestamptz, c.v ->> 'rdeCsv:fUpRr', (c.v ->> 'rdeCsv:fUpDate')::timestamptz, (c.v ->> 'rdeCsv:fTrDate')::timestamptz, t.v ->> 'rdeCsv:fTrStatus',
           t.v ->> 'rdeCsv:fReRr', (t.v ->> 'rdeCsv:fReDate')::timestamptz, t.v ->> 'rdeCsv:fAcRr', (t.v ->> 'rdeCsv:fAcDate')::timestamptz, d.flag, coalesce(d.fields, '{}')
      FROM r AS c
      LEFT JOIN statuses AS s ON s.key = c.key
      LEFT JOIN r AS i ON i.name = 'contactPostal' AND i.v ->> 'csvContact:fPostalType' = 'int' AND i.key = c.key
      LEFT JOIN r AS l ON l.name = 'contactPostal' AND l.v ->> 'csvContact:fPostalType' = 'loc' AND l.key = c.key
      LEFT JOIN r AS t ON t.name = 'contactTransfer' AND t.key = c.key
      LEFT JOIN shown AS d ON d.key = c.key
     WHERE c.name = 'contact' ORDER BY c.line
$$;
COMMENT ON FUNCTION dos_internal.escrow_csv_contacts(bigint) IS 'contacts from the records of a deposit of the CSV model (RFC 9022 section 5.3.2)';

CREATE FUNCTION dos.escrow_csv_model(import bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM dos.escrow_import AS i WHERE i.id = import AND i.state = 'reading') THEN
        RAISE EXCEPTION 'import % is not being read', import USING ERRCODE = 'undefined_object';
    END IF;
    ANALYZE dos.escrow_in_csv;
    PERFORM dos_internal.escrow_csv_domains(import), dos_internal.escrow_csv_hosts(import), dos_internal.escrow_csv_contacts(import);
    INSERT INTO dos.escrow_in_registrar (import_id, line, clid, name, iana_id, state, postal, voice, fax, email, url, whois_server, whois_url, created_at, updated_at)
    SELECT import, c.line, c.v ->> 'csvRegistrar:fId', coalesce(c.v ->> 'csvRegistrar:fName', c.v ->> 'csvRegistrar:fNameLoc'),
           CASE WHEN c.v ->> 'csvRegistrar:fGurid' ~ '^\d{1,9}$' THEN (c.v ->> 'csvRegistrar:fGurid')::int END, c.v ->> 'csvRegistrar:fStatus',
           coalesce(dos_internal.escrow_csv_postal(c.v - 'csvContact:fName'), dos_internal.escrow_csv_postal(c.v - 'csvContact:fNameLoc', 'Loc')), c.v ->> 'csvContact:fVoice', c.v ->> 'csvContact:fFax',
           c.v ->> 'csvContact:fEmail', c.v ->> 'rdeCsv:fUrl', c.v ->> 'rdeCsv:whoisServer', c.v ->> 'csvRegistrar:fWhoisUrl', (c.v ->> 'rdeCsv:fCrDate')::timestamptz, (c.v ->> 'rdeCsv:fUpDate')::timestamptz
      FROM (SELECT o.line, o.record AS v FROM dos.escrow_in_csv AS o WHERE o.import_id = import AND o.name = 'registrar' AND NOT o.deleted) AS c;
    INSERT INTO dos.escrow_in_idn (import_id, line, id, url, policy_url)
    SELECT import, o.line, o.record ->> 'rdeCsv:fIdnTableId', o.record ->> 'rdeCsv:fUrl', o.record ->> 'rdeCsv:urlPolicy'
      FROM dos.escrow_in_csv AS o WHERE o.import_id = import AND o.name = 'idnLanguage' AND NOT o.deleted;
    INSERT INTO dos.escrow_in_nndn (import_id, line, name, uname, idn_table, original_name, state, mirrored, created_at)
    SELECT import, o.line, lower(o.record ->> 'csvNNDN:fAName'), o.record ->> 'rdeCsv:fUName', o.record ->> 'rdeCsv:fIdnTableId', o.record ->> 'csvNNDN:fOriginalName',
           o.record ->> 'csvNNDN:fNameState', (o.record ->> 'csvNNDN:fMirroringNS') IN ('1', 'true'), (o.record ->> 'rdeCsv:fCrDate')::timestamptz
      FROM dos.escrow_in_csv AS o WHERE o.import_id = import AND o.name = 'NNDN' AND NOT o.deleted;
    INSERT INTO dos.escrow_in_delete (import_id, line, kind, key)
    SELECT import, o.line, CASE o.name WHEN 'idnLanguage' THEN 'idn' ELSE lower(o.name) END,
           coalesce((SELECT v.value FROM jsonb_each_text(o.record) AS v WHERE v.key <> 'rdeCsv:fRoid' LIMIT 1), (SELECT h.name::text FROM dos.host AS h WHERE h.roid = o.record ->> 'rdeCsv:fRoid'), '')
      FROM dos.escrow_in_csv AS o WHERE o.import_id = import AND o.deleted;
    DELETE FROM dos.escrow_in_csv AS o WHERE o.import_id = import;
END $$;
COMMENT ON FUNCTION dos.escrow_csv_model(bigint) IS 'make objects of the records of a deposit of the CSV model (RFC 9022 section 4.6), in the tables that the XML model is read into. 42704';
