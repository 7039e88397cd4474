-- dos.ledger_verify() finds each kind of fault. They are planted behind the back of the trigger, one at a time.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme', 1000), test.registrar('other', 500);
SELECT dos.account_open('acme', 'EUR', 300) > 0 AS opened;
SELECT dos_internal.ledger_charge(1, 'USD', 100, 'create', 'a.example', 1, 1, NULL, 'SV-1') AS entry \gset
SELECT dos_internal.ledger_refund(:entry, 'SV-2') AS refund \gset
SELECT * FROM dos.ledger_verify();
-- which slice a charge took depends on the session; even them out
SELECT dos_internal.ledger_level(a.id, 0) FROM dos.account AS a WHERE a.key = '1/registrar/USD/1';

CREATE FUNCTION planted(command text) RETURNS TABLE (problem text, account text, kind text, detail text) LANGUAGE plpgsql AS $$
DECLARE
    found record;
BEGIN
    ALTER TABLE dos.ledger_entry DISABLE TRIGGER ledger_entry_final;
    BEGIN
        EXECUTE command;
        FOR found IN SELECT v.problem, coalesce(r.clid, a.kind) || ' ' || a.currency AS account, e.kind, regexp_replace(v.detail, 'entry \d+', 'entry N') AS detail
                       FROM dos.ledger_verify() AS v
                       LEFT JOIN dos.account AS a ON a.id = v.account_id
                       LEFT JOIN dos.registrar AS r ON r.id = a.registrar_id
                       LEFT JOIN dos.ledger_entry AS e ON e.id = v.entry_id
                      ORDER BY 1, 2, 3 LOOP
            problem := found.problem; account := found.account; kind := found.kind; detail := found.detail;
            RETURN NEXT;
        END LOOP;
        RAISE EXCEPTION 'undo' USING ERRCODE = 'XXUND';
    EXCEPTION WHEN SQLSTATE 'XXUND' THEN
    END;
    ALTER TABLE dos.ledger_entry ENABLE TRIGGER ledger_entry_final;
END $$;

SELECT t.fault, p.*
FROM (VALUES
    (1, 'an amount is changed',         format('UPDATE dos.ledger_entry SET amount_minor = 99 WHERE id = %s', :entry)),
    (2, 'an entry is deleted',          format('DELETE FROM dos.ledger_entry WHERE id = %s', :refund)),
    (3, 'a reversed entry is deleted',  format('DELETE FROM dos.ledger_entry WHERE id = %s', :entry)),
    (4, 'a deposit is made up',         $$INSERT INTO dos.ledger_entry (debit_account_id, credit_account_id, amount_minor, kind)
                                          SELECT b.id, a.id, 1, 'deposit' FROM dos.account AS a, dos.account AS b WHERE a.registrar_id = 1 AND a.currency = 'USD' AND b.kind = 'bank'$$),
    (5, 'a slice has more',             'UPDATE dos.account_slice SET available_minor = available_minor + 1 WHERE slice = 0 AND account_id = (SELECT id FROM dos.account WHERE registrar_id = 1 AND currency = ''USD'')'),
    (6, 'a slice is gone',              'DELETE FROM dos.account_slice WHERE slice = 3 AND account_id = (SELECT id FROM dos.account WHERE registrar_id = 1 AND currency = ''USD'')'),
    (7, 'money moves between slices of two', $$UPDATE dos.account_slice AS s SET available_minor = available_minor + CASE a.registrar_id WHEN 1 THEN 1 ELSE -1 END
                                          FROM dos.account AS a WHERE a.id = s.account_id AND a.currency = 'USD' AND s.slice = 0$$),
    (8, 'a limit is raised by hand',    'UPDATE dos.account SET credit_limit_minor = 1 WHERE registrar_id = 2'),
    (9, 'an account does not exist',    format('UPDATE dos.ledger_entry SET debit_account_id = 999 WHERE id = %s', :entry)),
    (10, 'two currencies in one entry', $$INSERT INTO dos.ledger_entry (debit_account_id, credit_account_id, amount_minor, kind)
                                          SELECT a.id, b.id, 0, 'create' FROM dos.account AS a, dos.account AS b WHERE a.registrar_id = 1 AND a.currency = 'EUR' AND b.kind = 'revenue'$$),
    (11, 'a refund of another amount',  format('UPDATE dos.ledger_entry SET amount_minor = 101 WHERE id = %s', :refund)),
    (12, 'a refund to somebody else',   format('UPDATE dos.ledger_entry SET credit_account_id = (SELECT id FROM dos.account WHERE registrar_id = 2) WHERE id = %s', :refund)),
    (13, 'a refund of nothing',         format('UPDATE dos.ledger_entry SET reverses_id = 999 WHERE id = %s', :refund)),
    (14, 'a refund turned round',       format('UPDATE dos.ledger_entry SET debit_account_id = credit_account_id, credit_account_id = debit_account_id WHERE id = %s', :refund)),
    (15, 'a refund of a refund',        format('INSERT INTO dos.ledger_entry (debit_account_id, credit_account_id, amount_minor, kind, reverses_id)
                                          SELECT credit_account_id, debit_account_id, amount_minor, ''refund'', id FROM dos.ledger_entry WHERE id = %s', :refund)),
    (16, 'an entry is renamed',         format('UPDATE dos.ledger_entry SET kind = ''gift'' WHERE id = %s', :entry)),
    (17, 'nothing',                     'SELECT 1')) AS t (n, fault, command)
LEFT JOIN LATERAL planted(t.command) AS p ON true
ORDER BY t.n, p.problem, p.account;
SELECT * FROM dos.ledger_verify();
