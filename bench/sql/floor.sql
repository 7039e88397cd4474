-- Plain copies of the tables a create and a renew write: same columns, same indexes, same rows, but no domain types, checks,
-- triggers or functions. pgbench writes the very rows there that the verbs write, and nothing else.
DROP SCHEMA IF EXISTS floor CASCADE;
CREATE SCHEMA floor;
CREATE TABLE floor.domain (LIKE dos.domain INCLUDING INDEXES INCLUDING IDENTITY INCLUDING STORAGE INCLUDING DEFAULTS) WITH (fillfactor = 85);
CREATE TABLE floor.account_slice (LIKE dos.account_slice INCLUDING INDEXES) WITH (fillfactor = 10);
CREATE TABLE floor.ledger_entry (LIKE dos.ledger_entry INCLUDING INDEXES INCLUDING IDENTITY);
CREATE TABLE floor.outbox (LIKE dos.outbox INCLUDING INDEXES INCLUDING IDENTITY);
CREATE TABLE floor.dns_dirty (LIKE dos.dns_dirty INCLUDING INDEXES INCLUDING IDENTITY);
ALTER TABLE floor.domain ALTER name TYPE text COLLATE "C";
INSERT INTO floor.domain SELECT * FROM dos.domain;
SELECT setval(pg_get_serial_sequence('floor.domain', 'id'), (SELECT max(id) FROM floor.domain)) \g /dev/null
-- 16 accounts, as the bench has registrars
INSERT INTO floor.account_slice SELECT a, s, 100000000000 FROM generate_series(1, 16) AS a, generate_series(0, 63) AS s;
INSERT INTO floor.ledger_entry SELECT * FROM dos.ledger_entry;
SELECT setval(pg_get_serial_sequence('floor.ledger_entry', 'id'), (SELECT max(id) FROM floor.ledger_entry)) \g /dev/null
INSERT INTO floor.outbox SELECT * FROM dos.outbox;
