-- What analysis says of bad deposits: a table of objects and their verdicts. Nothing of it is loaded.
SET dos.clock = '2026-06-01T12:00:00Z';
SELECT test.registrar('alpha') > 0 AS alpha, test.zone('example') > 0 AS example, test.thin_zone('thin') > 0 AS thin;
UPDATE dos.registrar SET iana_id = 8;
SELECT dos.escrow_open('example'), dos.escrow_open('thin');
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.escrow_import_begin('nowhere', 'test')$$) AS o;
SELECT dos.escrow_import_begin('example', 'test') AS import \gset

-- good objects that the bad ones stand beside
INSERT INTO dos.escrow_in_registrar (import_id, line, clid, name, iana_id) VALUES (:import, 1, 'alpha', 'Alpha', 8);
INSERT INTO dos.escrow_in_contact (import_id, line, handle, roid, statuses, int_postal, email, sponsor, created_at) VALUES
    (:import, 2, 'good', 'C1-X', '{ok}', '{Ann,NULL,NULL,NULL,NULL,City,NULL,NULL,US}', 'a@mail.example', 'alpha', '2020-01-01Z');
INSERT INTO dos.escrow_in_host (import_id, line, name, roid, statuses, addresses, sponsor, created_at) VALUES
    (:import, 3, 'ns1.good.example', 'H1-X', '{ok}', '{192.0.2.1,2001:db8::1}', 'alpha', '2020-01-01Z'), (:import, 4, 'ns.far.test', 'H2-X', '{ok}', '{}', 'alpha', '2020-01-01Z');
CREATE FUNCTION domain(import bigint, line int, change text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    o dos.escrow_in_domain;
BEGIN
    o := jsonb_populate_record(NULL::dos.escrow_in_domain, jsonb_build_object('import_id', import, 'line', line, 'object_id', nextval('dos.domain_id_seq'), 'name', 'n' || line || '.example',
        'roid', 'D' || line || '-X', 'statuses', '["ok"]'::jsonb, 'registrant', 'good', 'contacts', '["admin:good","tech:good"]'::jsonb, 'hosts', '["ns.far.test"]'::jsonb, 'sponsor', 'alpha',
        'created_at', '2020-01-01T00:00:00Z', 'expires_at', '2027-01-01T00:00:00Z') || change::jsonb);
    INSERT INTO dos.escrow_in_domain SELECT o.*;
END $$;
SELECT count(domain(:import, 10 + n::int, c)) FROM unnest(ARRAY[
    '{"name": "good.example", "hosts": ["ns1.good.example", "ns.far.test"]}', '{"name": "UPPER.example"}', '{"name": "under_score.example"}', '{"name": "a.b.example"}', '{"name": "other.test"}',
    '{"name": null}', '{"roid": null}', '{"expires_at": null}', '{"created_at": "2028-01-01Z"}', '{"created_at": "1066-10-14Z"}', '{"expires_at": "9999-01-01Z"}',
    '{"updated_at": "2019-01-01Z"}', '{"updated_at": "2026-07-01Z"}', '{"expires_at": "2040-01-01Z"}', '{"sponsor": null}', '{"sponsor": "stranger"}', '{"statuses": []}', '{"statuses": ["happy"]}',
    '{"statuses": ["pendingCreate"]}', '{"statuses": ["pendingTransfer"]}', '{"transfer_status": "clientApproved"}', '{"hosts": ["ns9.far.test"]}', '{"registrant": "nobody"}',
    '{"contacts": ["admin:nobody", "tech:good"]}', '{"contacts": ["tech:good"]}', '{"registrant": null}', '{"hosts": [], "host_attrs": ["ns1.far.test"]}', '{"ds": ["1 13 2 ZZ"]}', '{"ds": ["1 8 1 DA39A3EE5E6B4B0D3255BFEF95601890AFD80709"]}',
    '{"statuses": ["pendingDelete"], "rgp": ["redemptionPeriod"], "updated_at": "2026-05-20T00:00:00Z"}', '{"statuses": ["pendingDelete"], "updated_at": "2024-05-20T00:00:00Z"}',
    '{"statuses": ["pendingDelete"], "rgp": ["pendingDelete"], "updated_at": "2026-04-29T00:00:00Z"}', '{"statuses": ["pendingDelete"], "rgp": ["pendingRestore"], "updated_at": "2026-05-30T00:00:00Z"}',
    '{"statuses": ["pendingDelete"], "rgp": ["redemptionPeriod endDate=2026-06-11T00:00:00.0Z"]}', '{"rgp": ["addPeriod"]}', '{"name": "n11.example"}', '{"name": "n11.example"}']) WITH ORDINALITY AS u (c, n);
INSERT INTO dos.escrow_in_contact (import_id, line, handle, roid, statuses, int_postal, email, sponsor, created_at, voice) VALUES
    (:import, 61, 'no', 'C61-X', '{ok}', '{Ann,NULL,NULL,NULL,NULL,City,NULL,NULL,US}', 'a@mail.example', 'alpha', '2020-01-01Z', NULL),
    (:import, 62, 'c-place', 'C62-X', '{ok}', '{Ann,NULL,NULL,NULL,NULL,City,NULL,NULL,ZZ}', 'a@mail.example', 'alpha', '2020-01-01Z', NULL),
    (:import, 63, 'c-city', 'C63-X', '{ok}', '{Ann,NULL,NULL,NULL,NULL,NULL,NULL,NULL,US}', 'a@mail.example', 'alpha', '2020-01-01Z', NULL),
    (:import, 64, 'c-post', 'C64-X', '{ok}', NULL, 'a@mail.example', 'alpha', '2020-01-01Z', NULL),
    (:import, 65, 'c-mail', 'C65-X', '{ok}', '{Ann,NULL,NULL,NULL,NULL,City,NULL,NULL,US}', 'at', 'alpha', '2020-01-01Z', '555'),
    (:import, 66, 'c-stat', 'C66-X', '{clientHold}', '{Ann,NULL,NULL,NULL,NULL,City,NULL,NULL,US}', NULL, 'alpha', '2036-01-01Z', NULL);
INSERT INTO dos.escrow_in_host (import_id, line, name, roid, statuses, addresses, sponsor, created_at) VALUES
    (:import, 71, 'ns1.gone.example', 'H71-X', '{ok}', '{192.0.2.1}', 'alpha', '2020-01-01Z'), (:import, 72, 'ns_1.far.test', NULL, '{clientHold}', '{here}', NULL, '2020-01-01Z'),
    (:import, 73, 'ns.far.test', 'H73-X', '{ok}', '{}', 'alpha', '2020-01-01Z');

-- what was lost on the way, and what has no header
SELECT o.code, o.reason, o.message FROM test.outcome(format($$SELECT dos.escrow_import_read(%s, 'example', 'FULL', '1', NULL, '2026-06-01Z', '{"domain": 99, "host": 5}')$$, :import)) AS o;
SELECT o.code, o.reason, o.message FROM test.outcome(format($$SELECT dos.escrow_import_read(%s, 'example', 'FULL', '1', NULL, '2026-06-01Z', NULL)$$, :import)) AS o;
SELECT o.code, o.reason FROM test.outcome(format($$SELECT dos.escrow_analyze(%s)$$, :import)) AS o;
SELECT dos.escrow_import_read(:import, 'EXAMPLE', 'FULL', '20260601001', NULL, '2026-06-01Z', '{"domain": 37, "host": 5}');
SELECT * FROM dos.escrow_analyze(:import);
SELECT severity, kind, key, line, reason, detail FROM dos.escrow_problem ORDER BY severity, kind, line, key, reason, detail;
SELECT * FROM dos.escrow_deletions(:import);
SELECT o.code, o.reason FROM test.outcome(format($$SELECT dos.escrow_load(%s)$$, :import)) AS o;
SELECT (SELECT count(*) FROM dos.domain) AS domains, (SELECT count(*) FROM dos.contact) AS contacts, (SELECT count(*) FROM dos.host) AS hosts;

-- another zone's, of the future, and a difference to nothing
SELECT dos.escrow_import_begin('thin', 'test') AS import \gset
SELECT dos.escrow_import_read(:import, 'thick', 'DIFF', '2', '1', '2026-07-01Z', '{"domain": 5}');
SELECT * FROM dos.escrow_analyze(:import);
