-- Which month a thing counts in: both sides of each instant. One column in the table below is one line of the report.
SET dos.clock = '2026-04-01T00:00:00Z';
SELECT test.registrar('alpha') > 0 AS alpha, test.registrar('beta') > 0 AS beta, test.thin_zone('shop', 'kind=test', 'host_model=attribute') > 0 AS shop,
       test.thin_zone('other', 'kind=test') > 0 AS other;
UPDATE dos.registrar SET iana_id = CASE clid WHEN 'alpha' THEN 101 ELSE 102 END, name = CASE clid WHEN 'beta' THEN 'Beta, "the" Registrar' ELSE 'Alpha Inc' END;

CREATE FUNCTION cells(zone text, month date) RETURNS TABLE (cell text) LANGUAGE sql AS $$
    SELECT format('%s %s = %s', registrar, column_name, amount) FROM dos.report_counts(zone, month) WHERE amount <> 0
$$;
CREATE FUNCTION works() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    n bigint := 0;
BEGIN
    WHILE dos.job_run('domain_advance') > 0 LOOP n := n + 1; END LOOP;
    RETURN n;
END $$;

-- the add grace of 5 days ends one millisecond before the month does, or with it
SET dos.clock = '2026-04-25T23:59:59.999Z';
SELECT code FROM dos.domain_create('alpha', 'april.shop', 1, svtrid => 'SV-1');
SET dos.clock = '2026-04-26T00:00:00Z';
SELECT code FROM dos.domain_create('alpha', 'may.shop', 2, host_attrs => '{ns1.may.shop 192.0.2.1,ns2.far.example}', svtrid => 'SV-2');
SELECT code FROM dos.domain_create('beta', 'tasted.shop', 3);
SELECT code FROM dos.domain_create('beta', 'late.shop', 4);
SELECT code FROM dos.domain_create('beta', 'elsewhere.other', 5);
-- a renewal in the add grace, taken back with the name; and one that stays
SET dos.clock = '2026-04-27T00:00:00Z';
SELECT code FROM dos.domain_renew('beta', 'tasted.shop', '2029-04-26', 2);
SELECT code FROM dos.domain_renew('alpha', 'april.shop', '2027-04-25', 6);
-- deleted one millisecond before the end of the grace, or at its end
SET dos.clock = '2026-04-30T23:59:59.999Z';
SELECT code FROM dos.domain_delete('beta', 'tasted.shop', svtrid => 'SV-3');
SET dos.clock = '2026-05-01T00:00:00Z';
SELECT code FROM dos.domain_delete('beta', 'late.shop', svtrid => 'SV-4');
SELECT * FROM cells('shop', '2026-04-01');
-- as of now nothing counts that is to come: the renewal's grace ends on the second
SELECT * FROM cells('shop', '2026-05-31');
SET dos.clock = '2026-05-02T00:00:00Z';
SELECT * FROM cells('shop', '2026-05-01');
-- and April says what it said
SELECT * FROM cells('shop', '2026-04-30');
SELECT * FROM cells('other', '2026-05-01');

-- 30 and 5 days later the name is gone: on the fifth of June, whenever the worker comes by
SET dos.clock = '2026-06-04T23:59:59.999Z';
SELECT works() AS done, (SELECT count(*) FROM dos.domain WHERE name = 'late.shop') AS there;
-- a transfer that the clock completes on the last day of June, with nobody there to write it down before July
SET dos.clock = '2026-06-20T12:00:00Z';
SELECT code FROM dos.domain_update('alpha', 'may.shop', chg_auth => 'Open-Sesame-7');
SELECT code FROM dos.domain_update('alpha', 'april.shop', chg_auth => 'Open-Sesame-8');
SET dos.clock = '2026-06-25T00:00:00Z';
SELECT code FROM dos.domain_transfer_request('beta', 'april.shop', 'Open-Sesame-8');
SELECT code FROM dos.domain_transfer_reject('alpha', 'april.shop');
SET dos.clock = '2026-06-25T23:59:59.999Z';
SELECT code FROM dos.domain_transfer_request('beta', 'may.shop', 'Open-Sesame-7', svtrid => 'SV-5');
SET dos.clock = '2026-07-01T00:00:00Z';
SELECT cell FROM cells('shop', '2026-06-01');
SELECT * FROM dos.report_verify('shop', '2026-06-01') ORDER BY 1, 2;
SELECT * FROM test.outcome($$SELECT dos.report_make('shop', '2026-06-01', 'transactions')$$);
SELECT works() > 0 AS worked;
SELECT * FROM cells('shop', '2026-06-01');
SELECT * FROM dos.report_verify('shop', '2026-06-01');
-- the gaining side counts when the transfer grace ends
SET dos.clock = '2026-07-05T23:59:59.998Z';
SELECT * FROM cells('shop', '2026-07-01');
SET dos.clock = '2026-07-05T23:59:59.999Z';
SELECT * FROM cells('shop', '2026-07-01');

-- automatic renewals: in their grace of 45 days one is deleted, one changes hands, one stays
SET dos.clock = '2026-08-01T00:00:00Z';
SELECT code FROM unnest('{auto1,auto2,auto3}'::text[]) AS l, dos.domain_create('alpha', l || '.shop', 1);
SET dos.clock = '2027-08-03T00:00:00Z';
SELECT works() > 0 AS worked;
SELECT code FROM dos.domain_delete('alpha', 'auto1.shop');
SELECT code FROM dos.domain_update('alpha', 'auto2.shop', chg_auth => 'Open-Sesame-9');
SELECT code FROM dos.domain_transfer_request('beta', 'auto2.shop', 'Open-Sesame-9');
SELECT code FROM dos.domain_transfer_approve('alpha', 'auto2.shop');
-- out of redemption, with a report and without one
SET dos.clock = '2027-08-10T00:00:00Z';
SELECT code FROM dos.domain_restore_request('alpha', 'auto1.shop');
SET dos.clock = '2027-08-17T00:00:00Z';
SELECT works() > 0 AS worked;
SET dos.clock = '2027-08-18T00:00:00Z';
SELECT code FROM dos.domain_restore_request('alpha', 'auto1.shop');
SELECT code FROM dos.domain_restore_report('alpha', 'auto1.shop', 'before', 'after', '2027-08-03', '2027-08-18', 'an error', '{one,two}');
SET dos.clock = '2027-10-01T00:00:00Z';
SELECT works() > 0 AS worked;
SELECT m.month, c.cell FROM (VALUES ('2027-08-01'::date), ('2027-09-01')) AS m (month), cells('shop', m.month) AS c;
SELECT * FROM dos.report_verify('shop', '2027-08-01');
SELECT * FROM dos.report_verify('shop', '2027-09-01');

SELECT at, object_name, amount, what FROM dos.report_explain('shop', '2027-09-01', 'alpha', 'net-renews-1-yr');
