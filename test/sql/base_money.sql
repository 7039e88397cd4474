-- Amounts of minor units as people see them, and the currencies and countries that ship.
SELECT t.amount, t.currency, o.code, o.reason, CASE WHEN o.code = 'ok' THEN dos.money_text(t.amount, t.currency) END AS text
FROM (VALUES
    (1050::bigint, 'XXX'), (1050, 'usd'),
    (1050, 'EUR'), (1050, 'JPY'), (1050, 'KWD'), (0, 'EUR'), (0, 'JPY'), (1, 'EUR'), (-1, 'EUR'), (-1050, 'KWD'), (99, 'USD'), (100, 'USD'),
    (9223372036854775807, 'USD'), (-9223372036854775808, 'KWD'), (9223372036854775807, 'JPY')) AS t (amount, currency),
    test.outcome(format('SELECT dos.money_text(%L, %L)', t.amount, t.currency)) AS o;

SELECT exponent, string_agg(code, ' ' ORDER BY code) AS currencies FROM dos.currency GROUP BY exponent ORDER BY exponent;
SELECT count(*) AS countries, bool_or(own) AS own FROM dos.country;

-- what the registry adds or changes is its own, and is dumped with it
INSERT INTO dos.country (code) VALUES ('XK');
INSERT INTO dos.currency (code, exponent) VALUES ('BHD', 3);
UPDATE dos.currency SET exponent = 3 WHERE code = 'ISK';
SELECT code, exponent, own FROM dos.currency WHERE own ORDER BY code;
SELECT code FROM dos.country WHERE own;
-- a restored row takes the place of the shipped one; two of the registry's own are two too many
INSERT INTO dos.currency (code, exponent) VALUES ('USD', 4);
SELECT code, exponent, own FROM dos.currency WHERE code = 'USD';
SELECT o.code, o.reason FROM (VALUES
    ('INSERT INTO dos.currency (code, exponent) VALUES (''BHD'', 3)'),
    ('INSERT INTO dos.currency (code, exponent) VALUES (''eur'', 2)'),
    ('INSERT INTO dos.currency (code, exponent) VALUES (''EURO'', 2)'),
    ('INSERT INTO dos.currency (code, exponent) VALUES (''XAA'', 5)'),
    ('INSERT INTO dos.currency (code, exponent) VALUES (''XAA'', -1)'),
    ('INSERT INTO dos.country (code) VALUES (''xk'')')) AS t (command), test.outcome(t.command) AS o;
