-- dos.billing_verify(): silent over a life of commands, and it finds each kind of fault, planted one at a time.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme') > 0 AS acme, test.thin_zone('shop', 'autorenew_grace=0', 'add_grace=0') > 0 AS shop;
INSERT INTO dos.promotion (name, percent) VALUES ('tenth', 10);
SELECT dos.early_access_set('shop', 'USD', '2026-04-03T00:00:00Z', '1 day', 100) AS steps;
SELECT (dos.domain_create('acme', 'a.shop', extensions => '{"fee": {"fees": [{"amount": "8.20"}]}}')).code;
SET dos.clock = '2026-04-05T00:00:00Z';
SELECT (dos.domain_create('acme', 'b.shop', 2)).code, (dos.domain_renew('acme', 'a.shop', '2027-04-03', 3)).code;
SET dos.clock = '2028-04-05T00:00:00Z';
SELECT * FROM dos.autorenew_due;
SELECT dos.job_run('domain_advance');
SELECT * FROM dos.autorenew_due;
SELECT e.kind, e.object_name, e.amount_minor FROM dos.ledger_entry AS e WHERE e.object_name IS NOT NULL ORDER BY e.id;
SELECT * FROM dos.billing_verify();
SELECT * FROM dos.ledger_verify();

CREATE FUNCTION planted(command text) RETURNS TABLE (problem text, object_name text, detail text) LANGUAGE plpgsql AS $$
DECLARE
    found text[];
BEGIN
    ALTER TABLE dos.ledger_entry DISABLE TRIGGER ledger_entry_final;
    BEGIN
        EXECUTE command;
        found := ARRAY(SELECT concat_ws('|', v.problem, v.object_name, v.detail) FROM dos.billing_verify() AS v);
        RAISE EXCEPTION 'undo' USING ERRCODE = 'XXUND';
    EXCEPTION WHEN SQLSTATE 'XXUND' THEN
    END;
    ALTER TABLE dos.ledger_entry ENABLE TRIGGER ledger_entry_final;
    RETURN QUERY SELECT split_part(f, '|', 1), split_part(f, '|', 2), split_part(f, '|', 3) FROM unnest(found) AS f;
END $$;
SELECT t.fault, p.* FROM (VALUES
    (1, 'an entry is deleted', $$DELETE FROM dos.ledger_entry WHERE object_name = 'b.shop' AND kind = 'create'$$),
    (2, 'an amount is changed', $$UPDATE dos.ledger_entry SET amount_minor = amount_minor - 1 WHERE object_name = 'a.shop' AND kind = 'renew'$$),
    (3, 'a part is lost', $$DELETE FROM dos.ledger_entry WHERE kind = 'early_access'$$),
    (4, 'an event is lost', $$DELETE FROM dos.outbox WHERE event = 'domain.renewed'$$),
    (5, 'money without a command', $$INSERT INTO dos.ledger_entry (debit_account_id, credit_account_id, amount_minor, kind, object_name, object_id) SELECT debit_account_id, credit_account_id, 5, 'renew', 'c.shop', 99 FROM dos.ledger_entry WHERE kind = 'renew'$$),
    (6, 'a grace of another''s entry', $$UPDATE dos.domain SET graces = ARRAY[('renew', '2030-01-01', 1, 1)::dos.grace] WHERE name = 'a.shop'$$),
    (7, 'nothing', 'SELECT 1')) AS t (n, fault, command)
LEFT JOIN LATERAL planted(t.command) AS p ON true ORDER BY t.n, p.problem;
