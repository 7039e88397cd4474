-- Packages and automatic tokens (Q16): in which order tokens are tried, what a package holds, its terms and notices.
SET dos.clock = '2026-01-31T00:00:00Z';
SELECT test.registrar('acme', 100000) > 0 AS acme, test.registrar('bolt', 100000) > 0 AS bolt, test.thin_zone('pack', 'add_grace=1 day') > 0 AS pack, test.thin_zone('else') > 0 AS other;
SELECT dos.price_class_set('pack', 'gold'), dos.price_set('pack', 'create', NULL, 'USD', 50000, class => 'gold') > 0, dos.premium_pattern_set('pack', 'short', '^.$', 'gold');
CREATE FUNCTION pg_temp.costs(registrar text, asked text, years int DEFAULT 1) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(q.amount_minor || ' ' || regexp_replace(q.explanation, '^token \d+', 'token'), ' | ' ORDER BY q.line) FROM dos.price_quote(asked, 'create', years, registrar => costs.registrar) AS q $$;
CREATE FUNCTION pg_temp.owed(registrar text) RETURNS bigint LANGUAGE sql AS $$
    SELECT sum(s.available_minor)::bigint FROM dos.account AS a JOIN dos.account_slice AS s ON s.account_id = a.id JOIN dos.registrar AS r ON r.id = a.registrar_id WHERE r.clid = owed.registrar $$;
CREATE FUNCTION pg_temp.told(after bigint) RETURNS TABLE (event text, notify text, reached text, creates int, domains int, ends_at timestamptz) LANGUAGE sql AS $$
    SELECT o.event, o.content ->> 'notify', o.content ->> 'reached', (o.content ->> 'creates')::int, (o.content ->> 'domains')::int, (o.content ->> 'ends_at')::timestamptz
      FROM dos.outbox AS o WHERE o.id > after AND o.event ~ '^package' ORDER BY o.id $$;

-- automatic tokens: the lowest rank first; one that does not fit is passed over, for whatever reason
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.token_automatic_set('NOBODY')$$) AS o;
SELECT dos.token_create('else', 1, 'token=TWO-YEARS', 'percent=50', 'years=2', 'max_uses=9');
SELECT dos.token_create('else', 1, 'token=ONE-ONLY', 'percent=30', 'max_uses=1');
SELECT dos.token_create('else', 1, 'token=FOR-BOLT', 'percent=20', 'registrar=bolt', 'max_uses=9');
SELECT dos.token_create('else', 1, 'token=FOR-ALL', 'percent=10', 'max_uses=9');
SELECT dos.token_automatic_set(t.token, 'else', NULL, t.rank) FROM (VALUES ('FOR-ALL', 40), ('TWO-YEARS', 10), ('ONE-ONLY', 20), ('FOR-BOLT', 30)) AS t (token, rank);
SELECT r.r AS registrar, y AS years, pg_temp.costs(r.r, 'a.else', y) FROM unnest('{acme,bolt}'::text[]) AS r (r), generate_series(1, 2) AS y ORDER BY 1, 2;
SELECT code FROM dos.domain_create('acme', 'first.else');
SELECT pg_temp.costs('acme', 'a.else'), pg_temp.costs('bolt', 'a.else');

-- a package: refused without its parts or its money
SELECT t.n, o.code, o.reason FROM (VALUES
    (1, $$SELECT dos.package_create('nobody', 'p', 5, 3, 1000, 'USD')$$), (2, $$SELECT dos.package_create(NULL, 'p', 5, 3, 1000, 'USD')$$), (3, $$SELECT dos.package_create('acme', 'p', 0, 3, 1000, 'USD')$$),
    (4, $$SELECT dos.package_create('acme', 'p', 5, 0, 1000, 'USD')$$), (5, $$SELECT dos.package_create('acme', 'p', 5, 3, -1, 'USD')$$), (6, $$SELECT dos.package_create('acme', 'p', 5, 3, 100001, 'USD')$$),
    (7, $$SELECT dos.package_create('acme', 'p', 5, 3, 1000, 'XXX')$$), (8, $$SELECT dos.package_create('acme', 'p', 5, 3, 1000, 'USD', months => 0)$$), (9, $$SELECT dos.package_create('acme', 'p', 5, 3, 1000, 'USD', 'nowhere')$$),
    (10, $$SELECT dos.package_create('acme', 'p', 5, 3, 1000, 'USD', notice_percents => '{101}')$$)) AS t (n, command), test.outcome(t.command) AS o ORDER BY t.n;
SELECT count(*) AS packages, (SELECT count(*) FROM dos.token AS t WHERE t.package_id IS NOT NULL) AS tokens, pg_temp.owed('acme') FROM dos.package;
SELECT max(id) AS seen FROM dos.outbox \gset
SELECT length(dos.package_create('acme', 'starter', 5, 3, 30000, 'USD', 'pack', months => 1)) AS token;
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.package_create('acme', 'starter', 5, 3, 30000, 'USD', 'pack')$$) AS o;
SELECT pg_temp.owed('acme'), e.kind, e.object_name, e.amount_minor FROM dos.ledger_entry AS e WHERE e.kind = 'package';
SELECT * FROM pg_temp.told(:seen);

-- a create in it costs nothing and says so; names of a class, other registrars and other zones pay
SELECT pg_temp.costs('acme', 'one.pack'), pg_temp.costs('acme', 'two.pack', 2);
SELECT pg_temp.costs('bolt', 'one.pack'), pg_temp.costs('acme', 'x.pack'), pg_temp.costs('acme', 'b.else');
SELECT code FROM unnest('{one,two,three}'::text[]) AS n, dos.domain_create('acme', n || '.pack');
SELECT pg_temp.owed('acme');
-- full: the fourth domain costs what it costs others, unless the token is said
SELECT pg_temp.costs('acme', 'four.pack');
SELECT o.code, o.reason, o.detail FROM dos.token AS t, test.outcome(format('SELECT dos.domain_create(''acme'', ''four.pack'', extensions => %L)', jsonb_build_object('token', t.token))) AS o WHERE t.package_id IS NOT NULL;
SELECT o.code, o.reason, o.detail FROM dos.token AS t, test.outcome(format('SELECT dos.domain_create(''acme'', ''x.pack'', extensions => %L)', jsonb_build_object('token', t.token))) AS o WHERE t.package_id IS NOT NULL;
SELECT o.code, o.reason FROM dos.token AS t, test.outcome(format('SELECT dos.domain_create(''bolt'', ''four.pack'', extensions => %L)', jsonb_build_object('token', t.token))) AS o WHERE t.package_id IS NOT NULL;
-- a domain that goes makes room, its create stays counted; the fifth create is the last
SELECT code FROM dos.domain_delete('acme', 'three.pack');
SELECT code FROM dos.domain_create('acme', 'four.pack');
SELECT code FROM dos.domain_delete('acme', 'four.pack');
SELECT code FROM dos.domain_create('acme', 'five.pack');
SELECT code FROM dos.domain_delete('acme', 'five.pack');
SELECT pg_temp.costs('acme', 'six.pack');
SELECT name, registrar, creates, creates_max, domains, domains_max, price_minor, create_minor, ends_at FROM dos.package_state;
SELECT pg_temp.owed('acme');
SELECT * FROM dos.ledger_verify();

-- notices, each once: of both creates marks; domains 2 of 3 is below 80; then days
SELECT max(id) AS seen FROM dos.outbox \gset
SELECT dos_internal.package_watch(), dos_internal.package_watch();
SELECT * FROM pg_temp.told(:seen);
SET dos.clock = '2026-02-20T23:59:59.999Z';
SELECT dos_internal.package_watch();
SET dos.clock = '2026-02-21T00:00:00Z';
SELECT max(id) AS seen FROM dos.outbox \gset
SELECT dos_internal.package_watch();
SELECT * FROM pg_temp.told(:seen);

-- the end of a term, to the instant: over at 28 February, renewed to 28 March, creates counted anew
SET dos.clock = '2026-02-27T23:59:59.999Z';
SELECT dos_internal.package_watch();
SET dos.clock = '2026-02-28T00:00:00Z';
SELECT pg_temp.costs('acme', 'six.pack');
SELECT max(id) AS seen FROM dos.outbox \gset
SELECT dos_internal.package_watch();
SELECT event, creates, domains, ends_at FROM pg_temp.told(:seen);
SELECT pg_temp.costs('acme', 'six.pack'), pg_temp.owed('acme');
-- late by two terms: each is charged; the third cannot be paid, and it ends
SET dos.clock = '2026-05-01T00:00:00Z';
SELECT max(id) AS seen FROM dos.outbox \gset
SELECT dos_internal.package_watch();
SELECT event, ends_at FROM pg_temp.told(:seen);
SELECT pg_temp.costs('acme', 'six.pack'), pg_temp.owed('acme');
SELECT count(*) AS terms, sum(amount_minor) FROM dos.ledger_entry WHERE kind = 'package';
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.package_end('starter')$$) AS o;
SELECT ended_at, (SELECT count(*) FROM dos.token_automatic AS a JOIN dos.token AS t ON t.id = a.token_id WHERE t.package_id = p.id) AS automatic FROM dos.package AS p;
-- one with its own price for creates, that ends as agreed
SELECT length(dos.package_create('bolt', 'small', 10, 10, 0, 'USD', create_minor => 300, renews => false, months => 12)) AS token;
SELECT pg_temp.costs('bolt', 'bb.pack'), pg_temp.costs('bolt', 'bb.pack', 3);
SET dos.clock = '2027-05-01T00:00:00Z';
SELECT dos_internal.package_watch();
SELECT pg_temp.costs('bolt', 'bb.pack');
SELECT place, count(*) FROM dos.policy_change WHERE place = 'package' GROUP BY 1;
SELECT * FROM dos.ledger_verify();
