-- A list as a whole: COPY, dry run, difference, bad rows, a date, a hundred thousand labels.
SET dos.clock = '2026-04-01T00:00:00Z';
SELECT test.registrar('acme');
SELECT test.thin_zone('one', 'idn=true') > 0 AS one;
SELECT dos.reserved_list_create('list', 'reserved', '{one}') > 0 AS list;
CREATE TABLE public.labels (label text);
COPY public.labels FROM STDIN;
alpha
Beta
bücher
alpha
two.labels
under_score

-bad
gamma
BETA
\.
SELECT * FROM dos.reserved_load('list', 'public.labels', true);
SELECT o.code, o.reason, o.element, o.message, o.detail FROM test.outcome($$SELECT * FROM dos.reserved_load('list', 'public.labels')$$) AS o;
SELECT o.code, o.reason FROM test.outcome($$SELECT * FROM dos.reserved_load('missing', 'public.labels')$$) AS o;
SELECT o.code, o.reason FROM test.outcome($$SELECT * FROM dos.reserved_load('spec5-7-igo', 'public.labels')$$) AS o;
SELECT o.code, o.reason FROM test.outcome($$SELECT * FROM dos.reserved_load('spec5-6-igo', 'public.labels')$$) AS o;
SELECT o.code, o.reason FROM test.outcome($$SELECT * FROM dos.reserved_load('list', 'public.labels', effective_at => '2026-03-31T23:59Z')$$) AS o;
SELECT count(*) FROM dos.reserved_name WHERE list_id >= 1000;

TRUNCATE public.labels;
INSERT INTO public.labels VALUES ('alpha'), ('Beta'), ('bücher');
SELECT * FROM dos.reserved_load('list', 'public.labels');
SELECT label, effective_at, expires_at FROM dos.reserved_name WHERE list_id >= 1000 ORDER BY label;
-- from a date on: until then what was, afterwards what will be
TRUNCATE public.labels;
INSERT INTO public.labels VALUES ('alpha'), ('gamma');
SELECT * FROM dos.reserved_load('list', 'public.labels', true, '2026-05-01T00:00Z');
SELECT * FROM dos.reserved_load('list', 'public.labels', false, '2026-05-01T00:00Z');
SELECT label, effective_at, expires_at FROM dos.reserved_name WHERE list_id >= 1000 ORDER BY label;
SELECT name, available, reason FROM dos.domain_check('acme', '{alpha.one,beta.one,bücher.one,gamma.one}');
SET dos.clock = '2026-04-30T23:59:59.999Z';
SELECT name, available, reason FROM dos.domain_check('acme', '{alpha.one,beta.one,bücher.one,gamma.one}');
SET dos.clock = '2026-05-01T00:00:00Z';
SELECT name, available, reason FROM dos.domain_check('acme', '{alpha.one,beta.one,bücher.one,gamma.one}');

TRUNCATE public.labels;
INSERT INTO public.labels SELECT 'n' || i FROM generate_series(1, 100000) AS i;
SELECT * FROM dos.reserved_load('list', 'public.labels');
SELECT available, reason FROM dos.domain_check('acme', '{n77777.one,n100001.one,alpha.one}');
SELECT * FROM dos.reserved_load('list', 'public.labels', true);
