-- Availability: every answer, order, repetition, and the limit.
SET dos.clock = '2026-11-21T12:00:00Z';
INSERT INTO dos.registrar (id, clid, name) VALUES (1, 'alpha', 'Alpha');
SELECT dos.zone_create('shop', '{}', 'label_min=3', 'idn=true') AS shop \gset
SELECT dos.zone_create('co.shop') AS co \gset
INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, expires_at, deleted_at)
VALUES ('taken.shop', :shop, 'D1-DOS', 1, 1, '2027-01-01Z', NULL), ('xn--bcher-kva.shop', :shop, 'D2-DOS', 1, 1, '2027-01-01Z', NULL),
       ('redeemable.shop', :shop, 'D3-DOS', 1, 1, '2027-01-01Z', '2026-11-20Z'), ('gone.shop', :shop, 'D4-DOS', 1, 1, '2027-01-01Z', '2026-01-01Z');
SELECT * FROM dos.das_check('{taken.shop,TAKEN.shop.,free.shop,bücher.shop,redeemable.shop,gone.shop,ab.shop,www.taken.shop,any.co.shop,co.shop,shop,free.example,taken.shop,-a.shop,a..shop,"",NULL,"a b.shop"}');
SELECT dos.das(q) FROM unnest(ARRAY['taken.shop', 'Free.Shop', 'bücher.shop', E'a\r\nb', '']) AS q;
SELECT plan(3);
SELECT is((SELECT count(*) FROM dos.das_check('{}')), 0::bigint, 'no names, no answers');
SELECT is((SELECT count(*) FROM dos.das_check(array_fill('free.shop'::text, '{1000}'))), 1000::bigint, 'a thousand names');
SELECT throws_ok($$SELECT * FROM dos.das_check(array_fill('free.shop'::text, '{1001}'))$$, 'R2306', NULL, 'not one more');
SELECT finish();
