-- docs/policies.md, as it stands there: each policy has at most ten lines; what it stops and what it lets through.
SET dos.clock = '2026-04-03T12:00:00Z';
CREATE TABLE page (n int GENERATED ALWAYS AS IDENTITY, line text);
\set manual `cat docs/policies.md 2>/dev/null | tr '\n' '\r'`
INSERT INTO page (line) SELECT l FROM regexp_split_to_table(:'manual', E'\r') AS l;
CREATE TABLE policy_text AS
    SELECT h.n AS section, h.number, h.title,
           (SELECT string_agg(l.line, E'\n' ORDER BY l.n) FROM page AS l WHERE l.n > opens.n AND l.n < closes.n) AS sql, closes.n - opens.n - 1 AS lines
      FROM (SELECT p.n, (regexp_match(p.line, '^## (\d+)\. (.*)'))[1]::int AS number, (regexp_match(p.line, '^## (\d+)\. (.*)'))[2] AS title FROM page AS p WHERE p.line ~ '^## \d') AS h,
           LATERAL (SELECT min(p.n) AS n FROM page AS p WHERE p.n > h.n AND p.line = '```sql') AS opens,
           LATERAL (SELECT min(p.n) AS n FROM page AS p WHERE p.n > opens.n AND p.line = '```') AS closes;
SELECT number, title, lines <= 10 AS short FROM policy_text ORDER BY number;

CREATE SCHEMA policy;
SELECT test.registrar('acme') > 0 AS acme, test.registrar('bolt') > 0 AS bolt, test.zone('shop', 'registrant_required=false', 'contacts_required={}', 'host_model=attribute') > 0 AS shop;
SELECT test.contact('acme', 'US-1'), (dos.contact_create('acme', 'SE-1', '{Ann,NULL,1 Street,NULL,NULL,Lund,NULL,22100,SE}', NULL, '+46.1', NULL, NULL, NULL, 'a@mail.example', 'Auth-1!a', NULL, NULL, NULL, 'T')).id;
SELECT (dos.domain_create('acme', n, auth => 'Secret-1!')).code FROM unnest('{one.shop,two.shop}'::text[]) AS n;

-- the policy, then commands one after the other, then nothing of it
CREATE TABLE try (policy int, n int GENERATED ALWAYS AS IDENTITY, clock text, command text);
INSERT INTO try (policy, clock, command) VALUES
    (1, '2026-04-03T12:00:00Z', $$SELECT dos.domain_create('acme', 'early.shop')$$),
    (1, '2026-04-03T12:00:00Z', $$SELECT dos.domain_create('acme', 'early.shop', extensions => '{"fee": {"fees": [{"amount": "10008.00"}]}}')$$),
    (1, '2026-04-08T23:59:59.999Z', $$SELECT dos.domain_create('acme', 'later.shop', extensions => '{"fee": {"fees": [{"amount": "320.50"}]}}')$$),
    (1, '2026-04-09T00:00:00Z', $$SELECT dos.domain_create('acme', 'last.shop')$$),
    (2, '2026-06-02T11:59:59.999Z', $$SELECT dos.domain_transfer_request('bolt', 'one.shop', 'Secret-1!')$$),
    (2, '2026-06-02T12:00:00Z', $$SELECT dos.domain_transfer_request('bolt', 'one.shop', 'Secret-1!')$$),
    (3, NULL, $$SELECT dos.domain_create('acme', 'near.shop')$$),
    (3, NULL, $$SELECT dos.domain_create('acme', 'near.shop', registrant => 'US-1')$$),
    (3, NULL, $$SELECT dos.domain_create('acme', 'near.shop', registrant => 'SE-1')$$),
    (4, NULL, $$SELECT dos.domain_create('acme', 'april1.shop')$$),
    (4, NULL, $$SELECT dos.domain_create('acme', 'april2.shop', 2)$$),
    (4, '2026-05-01T00:00:00Z', $$SELECT dos.domain_create('acme', 'may.shop')$$),
    (5, NULL, $$SELECT dos.domain_create('acme', 'ab.shop')$$),
    (5, NULL, $$SELECT dos.domain_create('acme', 'cd.shop', extensions => '{"token": "OPEN-SESAME"}')$$),
    (5, NULL, $$SELECT dos.domain_create('acme', 'ab.shop', extensions => '{"token": "OPEN-SESAME"}')$$),
    (5, NULL, $$SELECT dos.domain_create('acme', 'abc.shop')$$),
    (6, NULL, $$SELECT dos.domain_create('acme', 'a1b.shop')$$),
    (6, NULL, $$SELECT dos.domain_create('acme', 'a1b.shop', extensions => '{"fee": {"fees": [{"amount": "900.00"}]}}')$$),
    (6, NULL, $$SELECT dos.domain_create('acme', 'abc.shop', extensions => '{"fee": {"fees": [{"amount": "500.00"}]}}')$$),
    (6, NULL, $$SELECT dos.domain_create('acme', 'abcd.shop')$$),
    (6, NULL, $$SELECT dos.domain_renew('acme', 'abc.shop', '2027-04-03')$$),
    (7, NULL, $$SELECT dos.domain_create('acme', 'many.shop')$$),
    (7, NULL, $$SELECT dos.domain_create('bolt', 'few.shop')$$),
    (8, NULL, $$SELECT dos.job_run('domain_advance')$$),
    (8, '2027-04-04T00:00:00Z', $$UPDATE dos.registrar SET state = 'suspended' WHERE clid = 'acme'$$),
    (8, '2027-04-04T00:00:00Z', $$SELECT dos_internal.domain_advance_due()$$),
    (8, '2027-04-05T00:00:00Z', $$UPDATE dos.registrar SET state = 'ok' WHERE clid = 'acme'$$),
    (8, '2027-04-05T00:00:00Z', $$SELECT dos_internal.domain_advance_due()$$),
    (9, NULL, $$SELECT dos.domain_create('acme', 'rsa.shop', host_attrs => '{ns1.a.net,ns2.a.net}', ds => ARRAY['1 8 2 ' || repeat('AB', 32)])$$),
    (9, NULL, $$SELECT dos.domain_create('acme', 'sha.shop', host_attrs => '{ns1.a.net,ns2.a.net}', ds => ARRAY['1 13 4 ' || repeat('AB', 48)])$$),
    (9, NULL, $$SELECT dos.domain_create('acme', 'ec.shop', host_attrs => '{ns1.a.net,ns2.a.net}', ds => ARRAY['1 13 2 ' || repeat('AB', 32)])$$),
    (10, '2026-12-24T00:00:00Z', $$SELECT dos.domain_create('acme', 'xmas.shop')$$),
    (10, '2026-12-24T00:00:00Z', $$SELECT dos.domain_renew('acme', 'one.shop', '2027-04-03')$$),
    (10, '2026-12-27T00:00:00Z', $$SELECT dos.domain_create('acme', 'xmas.shop')$$),
    (11, NULL, $$SELECT dos.domain_create('bolt', 'rude.shop')$$),
    (11, NULL, $$SELECT dos.domain_create('acme', 'naughty.shop')$$),
    (11, NULL, $$SELECT dos.domain_create('acme', 'rude.shop')$$),
    (12, NULL, $$SELECT dos.domain_create('acme', 'third.shop')$$),
    (12, NULL, $$SELECT dos.domain_create('bolt', 'third.shop')$$),
    (12, '2026-04-04T00:00:00Z', $$SELECT dos.domain_create('acme', 'fourth.shop')$$);
CREATE FUNCTION tried(policy int) RETURNS TABLE (command text, code text, reason text, charged text) LANGUAGE plpgsql AS $$
DECLARE
    t      try;
    answer text[] := '{}';
    before bigint;
    o      record;
BEGIN
    BEGIN
        EXECUTE (SELECT p.sql FROM policy_text AS p WHERE p.number = tried.policy);
        FOR t IN SELECT * FROM try AS x WHERE x.policy = tried.policy ORDER BY x.n LOOP
            PERFORM set_config('dos.clock', coalesce(t.clock, '2026-04-03T12:00:00Z'), true);
            before := (SELECT max(e.id) FROM dos.ledger_entry AS e);
            SELECT * INTO o FROM test.outcome(t.command);
            answer := answer || ARRAY[t.command, o.code, o.reason, (SELECT string_agg(e.kind || ' ' || e.object_name || ' ' || e.amount_minor, ', ' ORDER BY e.id) FROM dos.ledger_entry AS e WHERE e.id > before)];
        END LOOP;
        RAISE EXCEPTION 'undo' USING ERRCODE = 'XXUND';
    EXCEPTION WHEN SQLSTATE 'XXUND' THEN
        NULL;
    END;
    FOR n IN 1 .. cardinality(answer) / 4 LOOP
        command := answer[4 * n - 3]; code := answer[4 * n - 2]; reason := answer[4 * n - 1]; charged := answer[4 * n];
        RETURN NEXT;
    END LOOP;
END $$;
SELECT p.number, regexp_replace(t.command, '^SELECT dos\.(.*)$', '\1') AS command, t.code, t.reason, t.charged
  FROM policy_text AS p, tried(p.number) WITH ORDINALITY AS t (command, code, reason, charged, n) ORDER BY p.number, t.n;
