-- The rows of one renew. pgbench variables: names (those that are there).
\set id random(1, :names)
\set account :client_id % 16 + 1
\set slice :client_id % 64
BEGIN;
UPDATE floor.domain SET expires_at = expires_at + interval '1 year', next_event_at = next_event_at + interval '1 year',
       graces = '{"(renew,\"2027-01-01 00:00:00+00\",123456,1)"}', updater_id = :account, updated_at = now()
 WHERE id = :id;
UPDATE floor.account_slice SET available_minor = available_minor - 800 WHERE account_id = :account AND slice = :slice;
INSERT INTO floor.ledger_entry (made_at, debit_account_id, credit_account_id, amount_minor, kind, object_name, object_id, years, price_id, svtrid)
VALUES (now(), :account, 99, 800, 'renew', 'n' || :id::text || '.example', :id, 1, 1, 'dos-0-19a2b3c4d5e-1f2e3d');
INSERT INTO floor.outbox (cluster, transaction, happened_at, event, object_name, object_id, registrar, cltrid, svtrid, content)
VALUES (1, pg_current_xact_id(), now(), 'domain.renewed', 'n' || :id::text || '.example', :id, 'bench-00', 'load-000012345', 'dos-0-19a2b3c4d5e-1f2e3d',
        '{"years": 1, "expires_at": "2027-11-21T11:42:11.123+00:00", "amount_minor": 800, "currency": "USD"}');
END;
