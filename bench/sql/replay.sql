-- A hundred thousand charged creates of one past day, judged again under a price list that is a tenth dearer; all taken back.
-- psql variable: commands. Prints commands judged, lines of the report, seconds.
\set ON_ERROR_STOP on
BEGIN;
INSERT INTO dos.ledger_entry (made_at, debit_account_id, credit_account_id, amount_minor, kind, object_name, object_id, years)
SELECT '2020-01-01T00:00:00Z'::timestamptz + n * interval '0.5 seconds', payer.id, dos_internal.ledger_own_account('revenue', 'USD'),
       800, 'create', 'replay' || n || '.example', -n, 1
  FROM generate_series(1, :commands) AS n
  JOIN LATERAL (SELECT a.id FROM dos.account AS a JOIN dos.registrar AS r ON r.id = a.registrar_id AND r.clid = 'bench-' || to_char(n % 16, 'FM00')) AS payer ON true;
UPDATE dos.price SET valid = tstzrange('2019-01-01', upper(valid));
ANALYZE dos.ledger_entry;
SELECT clock_timestamp() AS began \gset
CREATE TEMPORARY TABLE report AS
SELECT * FROM dos.policy_replay('2020-01-01Z', '2020-01-02Z', 'UPDATE dos.price SET amount_minor = amount_minor * 11 / 10');
SELECT sum(r.commands) || ' ' || count(*) || ' ' || round(extract(epoch FROM clock_timestamp() - :'began'::timestamptz), 1) || ' '
       || (min(r.verdict) = 'dearer' AND max(r.verdict) = 'dearer') FROM report AS r;
ROLLBACK;
