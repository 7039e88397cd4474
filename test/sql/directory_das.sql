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
-- what lists, prices, phases and states say
SELECT test.zone('lists', 'spec5=false') > 0 AS lists, test.zone('launch', 'spec5=false') > 0 AS launch, test.zone('closed', 'spec5=false') > 0 AS closed \gset
SELECT dos.reserved_list_create('words', 'reserved', '{lists}') > 0 AS list, dos.reserved_add('words', 'kept') AS kept;
SELECT dos.price_class_set('lists', 'gold');
SELECT dos.price_set('lists', 'create', NULL, 'USD', 50000, class => 'gold') > 0 AS price, dos.premium_list_set('lists', 'words', 10) > 0 AS list;
SELECT dos.premium_set('lists', 'words', 'art', 'gold'), dos.premium_set('lists', 'words', 'kept', 'gold');
SELECT dos.phase_create('launch', 'sunrise', 'sunrise', '2026-01-01T00:00Z') > 0 AS sunrise;
SELECT dos.zone_state_set('closed', 'predelegation 2026-01-01T00:00Z');
SELECT * FROM dos.das_check('{free.lists,kept.lists,art.lists,any.launch,any.closed,xn--e1afmkfd.lists}');
SELECT dos.das_json('{free.lists,art.lists}');
