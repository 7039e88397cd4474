-- The rows of one create. pgbench variables: run (unique), names (already there).
\set n :n + 1
\set contact random(1, 1000)
\set host random(1, 100)
\set account :client_id % 16 + 1
\set slice :client_id % 64
BEGIN;
INSERT INTO floor.domain (name, zone_id, roid, registrar_id, creator_id, created_at, expires_at, graces, statuses, next_event_at,
                          registrant_id, admin_ids, tech_ids, billing_ids, host_ids, host_attrs, ds, keys, auth_hash)
VALUES ('f' || :run::text || '-' || :client_id::text || '-' || :n::text || '.example', 1, 'D12345678-DOS', :account, :account, now(), '2031-01-01',
        '{"(add,\"2027-01-01 00:00:00+00\",123456,1)"}', '{}', '2031-01-01',
        :contact, ARRAY[:contact::bigint], '{1}', '{}', ARRAY[:host::bigint, 100 + :host::bigint], '{}', '{}', '{}',
        '\x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff0011223344556677');
UPDATE floor.account_slice SET available_minor = available_minor - 800 WHERE account_id = :account AND slice = :slice;
INSERT INTO floor.ledger_entry (made_at, debit_account_id, credit_account_id, amount_minor, kind, object_name, object_id, years, price_id, svtrid)
VALUES (now(), :account, 99, 800, 'create', 'f' || :run::text || '-' || :client_id::text || '-' || :n::text || '.example', :n, 1, 1, 'dos-0-19a2b3c4d5e-1f2e3d');
INSERT INTO floor.dns_dirty (zone_id, owner) VALUES (1, 'f' || :run::text || '-' || :client_id::text || '-' || :n::text || '.example');
INSERT INTO floor.outbox (cluster, transaction, happened_at, event, object_name, object_id, registrar, cltrid, svtrid, content)
VALUES (1, pg_current_xact_id(), now(), 'domain.created', 'f' || :run::text || '-' || :client_id::text || '-' || :n::text || '.example', :n, 'bench-00',
        'load-000012345', 'dos-0-19a2b3c4d5e-1f2e3d',
        '{"years": 1, "expires_at": "2027-11-21T11:42:11.123+00:00", "amount_minor": 800, "currency": "USD"}');
END;
