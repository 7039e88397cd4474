-- 200 more rules for a zone, and a premium list. psql variables: labels. Prints the seconds that the list took, and what a check says of it at once.
\timing off
SELECT count(dos.price_set('quoted', 'create', years, 'USD', 100 * years + n, registrar => 'bench-' || to_char(n, 'FM00'), comment => 'bench'))
  FROM generate_series(1, 9) AS years, generate_series(1, 11) AS n;
SELECT count(dos.price_set('quoted', 'renew', years, 'USD', 100 * years + n, registrar => 'bench-' || to_char(n, 'FM00'), comment => 'bench'))
  FROM generate_series(1, 9) AS years, generate_series(1, 11) AS n;
SELECT dos.price_class_set('quoted', 'gold', '{renew,autorenew,transfer,restore}'), dos.price_set('quoted', 'create', NULL, 'USD', 9900, class => 'gold'),
       dos.price_set('quoted', 'create', 5, 'USD', 9500, class => 'gold'), dos.premium_list_set('quoted', 'million');
CREATE TEMPORARY TABLE given (label text, class text);
SELECT clock_timestamp() AS began \gset
INSERT INTO given SELECT CASE WHEN n % 2 = 0 THEN 'p' ELSE 'q' END || n, 'gold' FROM generate_series(1, :labels) AS n;
SELECT count(*) FROM dos.premium_import('quoted', 'million', 'given');
SELECT round(extract(epoch FROM clock_timestamp() - :'began')::numeric, 1) AS seconds,
       (SELECT sum(amount_minor) FROM dos.price_quote('p2.quoted', 'create', 1, registrar => 'bench-00')) = 9900 AS seen \gset
\pset tuples_only on
\pset format unaligned
\echo :seconds :seen
