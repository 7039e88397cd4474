-- Names that wait for approval travel: they wait on, and are approved or rejected here. The phase of a name travels too.
SET dos.clock = '2026-06-01T00:00:00Z';
SELECT test.registrar('alpha') > 0 AS alpha, test.thin_zone('example') > 0 AS zone;
SELECT dos.escrow_open('example');
INSERT INTO dos.phase (zone_id, name, kind, during) SELECT id, 'early birds', 'custom', '[2020-01-01Z,2020-02-01Z)' FROM dos.zone WHERE name = 'example';
SELECT dos.escrow_csv_tables();
INSERT INTO csv_domain (name, registrar, created_at, expires_at, statuses) VALUES ('made.example', 'alpha', '2026-05-31', '2027-05-31', 'pendingCreate inactive'), ('refused.example', 'alpha', '2026-05-31', '2027-05-31', 'pendingCreate inactive'),
    ('changed.example', 'alpha', '2025-01-01', '2027-01-01', 'pendingUpdate inactive'), ('renewed.example', 'alpha', '2025-01-01', '2027-01-01', 'pendingRenew inactive'), ('early.example', 'alpha', '2025-01-01', '2027-01-01', 'inactive');
SELECT dos.escrow_csv_read('example', 'domains.csv') AS import \gset
UPDATE dos.escrow_in_domain SET facts = 'phase=early%20birds' WHERE name = 'early.example';
SELECT * FROM dos.escrow_analyze(:import);
SELECT o.code, o.reason FROM test.outcome(format('SELECT dos.escrow_load(%s)', :import)) AS o;
SELECT dos.escrow_exclude(:import);
SELECT dos.escrow_load(:import);
SELECT o.name, o.statuses, o.facts FROM dos.zone AS z, dos_internal.escrow_domains(z.id, dos.now()) AS o ORDER BY 1;
-- nothing is held, so nothing is charged or goes back; an update whose wishes nobody knows changes nothing
SELECT dos.domain_pending_approve('made.example'), dos.domain_pending_reject('refused.example'), dos.domain_pending_approve('changed.example');
SELECT o.name, o.statuses FROM dos.zone AS z, dos_internal.escrow_domains(z.id, dos.now()) AS o ORDER BY 1;
SELECT count(*) AS ledger FROM dos.ledger_entry;
