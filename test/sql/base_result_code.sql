-- The result codes, whole, and the fields of a refusal.
SELECT * FROM dos.result_code ORDER BY code;

-- code becomes SQLSTATE; no detail repeats the message, for EPP's reason may not be left out
SELECT o.*
FROM (VALUES
    ('SELECT dos_internal.refuse(2303, ''thing_unknown'', ''thing:name'', ''thing "x" does not exist'', ''Look again.'')'),
    ('SELECT dos_internal.refuse(2303, ''thing_unknown'', ''thing:name'', ''thing "x" does not exist'')'),
    ('SELECT dos_internal.refuse(2400, ''failed'', NULL, ''command failed'')'),
    ('SELECT dos_internal.refuse(2005, ''percent'', ''thing:name'', ''100% of "%s" is wrong'', ''100% and %s'')')) AS t (command),
    test.outcome(t.command) AS o;
