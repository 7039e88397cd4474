-- The daily proofs: which there are, when they run, and what a broken registry looks like.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme') > 0 AS acme, test.thin_zone('example', 'host_model=attribute') > 0 AS zone;
SELECT dos.domain_create('acme', 'a.example', host_attrs => '{ns.elsewhere.test}') IS NOT NULL AS made, dos.zone_publish('example') > 0 AS published;
SELECT * FROM test.outcome($$SELECT dos.proof_run('nothing')$$);
SELECT * FROM test.outcome($$SELECT dos.proof_run(NULL)$$);
SELECT * FROM test.outcome($$INSERT INTO dos.proof (name, proved_at, took, problems) VALUES ('x', dos.now(), '1 s', 1)$$);

-- never run: the oldest first, one a run, until none is due
SELECT h.part, h.name, h.state, h.detail FROM dos.health() AS h WHERE h.part LIKE 'proof%' ORDER BY 1, 2;
SELECT dos.job_run('proof'), dos.job_run('proof'), dos.job_run('proof'), dos.job_run('proof'), dos.job_run('proof');
SELECT p.name, p.proved_at, p.problems, p.first, p.took >= '0' AS took FROM dos.proof AS p ORDER BY p.name;
-- both sides of 20 hours
SET dos.clock = '2026-04-03T19:59:59Z';
SELECT dos.job_run('proof');
SET dos.clock = '2026-04-03T20:00:00Z';
SELECT dos.job_run('proof');
SELECT p.name AS fresh FROM dos.proof AS p WHERE p.proved_at = dos.now();
SET dos.clock = '2026-04-05T00:00:00Z';
SELECT h.name, h.state, h.value FROM dos.health() AS h WHERE h.part = 'proof old' ORDER BY 1;

-- one cent, one record and one row of the audit that are not what they were
UPDATE dos.account_slice AS s SET available_minor = available_minor + 1 WHERE s.ctid = (SELECT min(o.ctid) FROM dos.account_slice AS o);
UPDATE dos.dns_image SET ttl = ttl + 1 WHERE owner = 'a.example';
SELECT dos.proof_run('ledger') > 0 AS ledger, dos.proof_run('zone example') > 0 AS zone, dos.proof_run('audit') AS audit, dos.proof_run('billing') AS billing;
SELECT h.part, h.name, h.state, h.value FROM dos.health() AS h WHERE h.part = 'proof' AND h.state <> 'ok' ORDER BY 2;
SELECT h.part, h.state, h.findings FROM dos.health_summary() AS h WHERE h.part LIKE 'proof%' ORDER BY 1, 2;
-- put right, and well again; a zone that is gone has no proof
UPDATE dos.account_slice AS s SET available_minor = available_minor - 1 WHERE s.ctid = (SELECT o.ctid FROM dos.account_slice AS o ORDER BY o.available_minor DESC LIMIT 1);
UPDATE dos.dns_image SET ttl = ttl - 1 WHERE owner = 'a.example';
SELECT dos.proof_run('ledger') AS ledger, dos.proof_run('zone example') AS zone;
UPDATE dos.zone SET published = false WHERE name = 'example';
SELECT dos.job_run('proof') >= 0 AS ran;
SELECT count(*) AS zones FROM dos.proof AS p WHERE p.name LIKE 'zone %';
SELECT r AS role, has_function_privilege(r, 'dos.health_summary()', 'EXECUTE') AS summary, has_function_privilege(r, 'dos.proof_run(text)', 'EXECUTE') AS prove FROM unnest('{dos_admin,dos_epp,dos_rdds,dos_dns}'::text[]) AS r;
