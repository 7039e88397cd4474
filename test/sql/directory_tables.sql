-- The tables of the directory's rules, whole: a changed rule is a changed line here.
\pset format unaligned
\pset footer off
SELECT * FROM dos.rdap_statuses();
SELECT * FROM dos.das_statuses();
SELECT * FROM dos.directory_settings();
-- shown (+), heard (?: the contact may choose), and how the field is redacted; by role
SELECT field,
       string_agg(CASE WHEN show THEN '+' ELSE '-' END || CASE WHEN preference THEN '?' ELSE ' ' END || method, ' | '
                  ORDER BY array_position('{registrant,administrative,technical,billing,contact}'::text[], role))
           AS "registrant | administrative | technical | billing | contact"
  FROM dos.disclosure_policy() WITH ORDINALITY AS p(role, field, show, preference, method, n)
 GROUP BY field ORDER BY min(n);
