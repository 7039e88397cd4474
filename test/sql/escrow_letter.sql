-- What an escrow agent's examiner holds against a deposit, by section of RFC 8909 and RFC 9022.
CALL test.escrow_registry();
CREATE FUNCTION deposit(zone text, type text DEFAULT 'FULL') RETURNS SETOF text LANGUAGE sql
AS $$ SELECT l FROM (SELECT string_agg(x, '') AS t FROM (SELECT dos.escrow_xml(dos.escrow_begin(zone, type)) AS x) AS p) AS whole, regexp_split_to_table(t, E'\n') AS l $$;
CREATE TABLE line (l text);
CREATE PROCEDURE keep(zone text, type text DEFAULT 'FULL') LANGUAGE plpgsql AS $$
BEGIN
    COMMIT;
    SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
    DELETE FROM line;
    INSERT INTO line SELECT l FROM deposit(zone, type) AS l;
    COMMIT;
END $$;

-- RFC 9022 5.1.1.1, 5.6.1.1: an IDN has its table, also where it was registered or reserved before the zone had one;
-- 5.6.1.1: only variants of a name are withheld
SELECT dos.idn_table_load('de', E'U+002D\nU+0030..U+0039\nU+0061..U+007A\nU+00E4\nU+00F6\nU+00FC\n') \gset
SELECT dos.zone_idn_tables('example', 'de') \gset
SELECT dos.nndn_add('alone.example', 'withheld'), dos.nndn_add('bücher.example', 'withheld', 'plain.example'), dos.nndn_add('smørrebrød.example', 'blocked');
SELECT dos.reserved_list_create('held', 'reserved', '{example}') AS held \gset
INSERT INTO dos.reserved_name (label, list_id) VALUES ('gold', :held), ('xn--kln-sna', :held);
SELECT o.name, o.idn_table, o.original_name, o.state FROM dos.zone AS z, dos_internal.escrow_nndns(z.id, dos.now()) AS o WHERE z.name = 'example' ORDER BY 1;
SELECT o.name, o.uname, o.idn_table FROM dos.zone AS z, dos_internal.escrow_domains(z.id, dos.now()) AS o WHERE z.name = 'example' AND o.uname IS NOT NULL;

-- a name is never both a domain and none, and the table of a name is there although the zone has given it up
SELECT dos.nndn_add('plain.example', 'blocked');
SELECT count(*) AS both FROM dos.zone AS z, dos_internal.escrow_nndns(z.id, dos.now()) AS o WHERE z.name = 'example' AND o.name = 'plain.example';
UPDATE dos.domain SET idn_table_id = (SELECT id FROM dos.idn_table WHERE name = 'de') WHERE name = 'xn--mnchen-3ya.example';
UPDATE dos.nndn SET idn_table = 'gone' WHERE name = 'xn--bcher-kva.example';
BEGIN;
DELETE FROM dos.zone_idn_table;
SELECT i.id FROM dos.zone AS z, dos_internal.escrow_idns(z.id, dos.now()) AS i WHERE z.name = 'example';
SELECT o.name, o.idn_table FROM dos.zone AS z, dos_internal.escrow_nndns(z.id, dos.now()) AS o WHERE z.name = 'example' AND o.uname IS NOT NULL ORDER BY 1;
ROLLBACK;
SELECT o.name, o.idn_table FROM dos.zone AS z, dos_internal.escrow_nndns(z.id, dos.now()) AS o WHERE z.name = 'example' AND o.uname IS NOT NULL ORDER BY 1;

-- 5.4.1.1: no date of modification for a registrar that never was modified
SELECT o.clid, o.updated_at FROM dos.zone AS z, dos_internal.escrow_registrars(z.id, dos.now()) AS o WHERE z.name = 'example' ORDER BY 1;
UPDATE dos.registrar SET updated_at = '2026-05-01T00:00:00Z' WHERE clid = 'beta';
SELECT o.clid, o.updated_at FROM dos.zone AS z, dos_internal.escrow_registrars(z.id, dos.now()) AS o WHERE z.name = 'example' AND o.updated_at IS NOT NULL;

-- hosts and contacts that nothing refers to are only where domains could refer to them
SELECT z.name, z.host_model, (SELECT count(*) FROM dos_internal.escrow_hosts(z.id, dos.now())) AS hosts, (SELECT count(*) FROM dos_internal.escrow_contacts(z.id, dos.now())) AS contacts
  FROM dos.zone AS z ORDER BY 1;
UPDATE dos.zone SET registrant_required = false, registrant_allowed = false, contacts_required = '{}', contacts_allowed = '{}' WHERE name IN ('attr', 'fixed');
SELECT z.name, (SELECT count(*) FROM dos_internal.escrow_contacts(z.id, dos.now())) AS contacts FROM dos.zone AS z WHERE NOT z.registrant_allowed ORDER BY 1;

-- 5.8: a policy demands only what every domain of the deposit has
INSERT INTO dos.escrow_setting (zone_id, differential) SELECT id, true FROM dos.zone WHERE name = 'example';
CALL keep('example');
SELECT l FROM line WHERE l LIKE '<rdePolicy%';
UPDATE dos.domain SET registrant_id = NULL WHERE name = 'plain.example';
CALL keep('example');
SELECT regexp_replace(l, '^.*(.urn:ietf:params:xml:ns:rdePolicy-1.0.>[0-9]).*$', '\1') FROM line WHERE l LIKE '<rdePolicy%' OR l LIKE '<rdeHeader%';
UPDATE dos.domain SET admin_ids = '{}', tech_ids = '{}' WHERE name = 'held.example';
CALL keep('example');
SELECT regexp_replace(l, '^.*(.urn:ietf:params:xml:ns:rdePolicy-1.0.>[0-9]).*$', '\1') FROM line WHERE l LIKE '<rdePolicy%' OR l LIKE '<rdeHeader%';

-- RFC 8909 5.2: deletes in the order in which they can be applied; section 2: an incremental deposit says again what the
-- differential ones since the full one said, also of objects that the full one never had
CALL test.escrow_at('2026-06-01T10:00:00Z', $c$dos.domain_delete('beta', 'new.example')$c$, $c$dos.host_delete('beta', 'idle.elsewhere.test')$c$, $c$dos.contact_delete('beta', 'c-idle')$c$,
    $c$dos.domain_create('alpha', 'fresh.example', registrant => 'c-reg', contacts => '{admin:c-adm,tech:c-tec}')$c$);
CALL test.escrow_at('2026-06-02T00:00:00Z');
CALL keep('example', 'DIFF');
SELECT l FROM line WHERE l LIKE '%:delete>%';
CALL test.escrow_at('2026-06-02T10:00:00Z', $c$dos.domain_delete('alpha', 'fresh.example')$c$);
CALL test.escrow_at('2026-06-03T00:00:00Z');
CALL keep('example', 'DIFF');
SELECT l FROM line WHERE l LIKE '%:delete>%';
CALL test.escrow_at('2026-06-04T00:00:00Z');
CALL keep('example', 'INCR');
SELECT l FROM line WHERE l LIKE '%:delete>%';
-- a full one forgets what is gone
CALL test.escrow_at('2026-06-05T00:00:00Z');
CALL keep('example');
SELECT count(*) FROM line WHERE l LIKE '%:delete%';
CALL test.escrow_at('2026-06-06T00:00:00Z');
CALL keep('example', 'INCR');
SELECT count(*) FROM line WHERE l LIKE '%:delete>%';
-- RFC 9022 5.2.2.2.1: the CSV model deletes hosts by ROID, whether they are gone or not
SELECT name, dos.escrow_host_roid(name) FROM unnest('{idle.elsewhere.test,ns1.elsewhere.test,never.elsewhere.test}'::text[]) AS name;

-- registry agreement, Specification 4: bulk access has the names of name servers alone
CALL keep('attr', 'THIN');
SELECT regexp_replace(l, '^.*(<rdeDomain:ns>.*</rdeDomain:ns>).*$', '\1') FROM line WHERE l LIKE '%:ns>%';

-- the report has the header of the deposit, in its model (RFC 9022 5.9.1); thin deposits count what they have
SELECT d.type, m.model, c[1] AS uri, c[2] AS count
  FROM (SELECT DISTINCT ON (type) * FROM dos.escrow_deposit WHERE type IN ('FULL', 'THIN') ORDER BY type, id DESC) AS d, (VALUES ('XML'), ('CSV')) AS m (model),
       regexp_matches(dos.escrow_report(d.id, m.model), 'ns:([a-zA-Z]+)-1.0">(\d+)<', 'g') WITH ORDINALITY AS r (c, n)
 WHERE d.type = 'FULL' OR m.model = 'XML' ORDER BY d.type, m.model DESC, r.n;

-- the notification: without report and dates when nothing came; lastFullDate is of one that was verified; the operator's agent
SELECT max(id) AS id FROM dos.escrow_deposit WHERE type = 'FULL' \gset
SELECT s.status, e.elements FROM (VALUES (1, 'DVPN'), (2, 'DVFN'), (3, 'DRFN')) AS s (n, status),
       LATERAL (SELECT string_agg(m.e[1], ' ') FROM regexp_matches(dos.escrow_notification(:id, 'Agent & Co', s.status), '<rdeNotification:([a-zA-Z]+>[^<]*)<', 'g') AS m (e)) AS e (elements) ORDER BY s.n;
SELECT dos.escrow_notification(:id, 'Agent', 'DRFN') LIKE '%rdeReport%' AS absent, dos.escrow_notification(:id, 'Agent', 'DVFN') LIKE '%rdeReport:id%' AS invalid,
       dos.escrow_notification(:id) IS NULL AS no_agent, dos.escrow_notification(:id, '') IS NULL AS no_name, dos.escrow_notification(:id, 'Agent', 'OK') IS NULL AS no_status;
UPDATE dos.operator SET escrow_agent = 'Agent of the house' WHERE id = 1;
SELECT substring(dos.escrow_notification(:id) FROM '<rdeNotification:deaName>([^<]*)') AS agent;
