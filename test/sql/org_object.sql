-- Organizations (RFC 8543) and the objects that name them (RFC 8544); refusals first.
SET dos.clock = '2026-04-03T10:20:30.123Z';
SELECT test.registrar('acme'), test.registrar('rival'), test.thin_zone('example', 'transfer_lock=0 days') > 0 AS zone;
SELECT test.contact('acme', 'AC-1'), test.contact('rival', 'RI-1');
SELECT (dos.org_create('acme', 'top', '{"roles":[{"type":"registrar","role_id":"1362"},{"type":"reseller"}]}')).code,
       (dos.org_create('acme', 'mid', '{"roles":[{"type":"reseller"}],"parent":"top"}')).code AS mid,
       (dos.org_create('acme', 'low', '{"roles":[{"type":"reseller","statuses":["clientLinkProhibited"]},{"type":"privacyproxy"}],"parent":"mid","statuses":["clientDeleteProhibited"]}')).code AS low,
       (dos.org_create('acme', 'shut', '{"roles":[{"type":"reseller"}],"statuses":["clientLinkProhibited"]}')).code AS shut,
       (dos.org_create('rival', 'theirs', '{"roles":[{"type":"reseller"}]}')).code AS theirs;

SELECT t.what, e.*
FROM (VALUES
    (1, 'create: a short id',            $$org_create('acme', 'ab', '{"roles":[{"type":"reseller"}]}')$$),
    (2, 'create: taken',                 $$org_create('rival', 'top', '{"roles":[{"type":"reseller"}]}')$$),
    (3, 'create: no role',               $$org_create('acme', 'new', '{}')$$),
    (4, 'create: a role twice',          $$org_create('acme', 'new', '{"roles":[{"type":"reseller"},{"type":"reseller"}]}')$$),
    (5, 'create: a server''s status',    $$org_create('acme', 'new', '{"roles":[{"type":"reseller"}],"statuses":["hold"]}')$$),
    (6, 'create: of a role',             $$org_create('acme', 'new', '{"roles":[{"type":"reseller","statuses":["linked"]}]}')$$),
    (7, 'create: no such parent',        $$org_create('acme', 'new', '{"roles":[{"type":"reseller"}],"parent":"none"}')$$),
    (8, 'create: another''s parent',     $$org_create('acme', 'new', '{"roles":[{"type":"reseller"}],"parent":"theirs"}')$$),
    (9, 'create: no such contact',       $$org_create('acme', 'new', '{"roles":[{"type":"reseller"}],"contacts":[{"type":"admin","id":"NO-1"}]}')$$),
    (10, 'create: another''s contact',   $$org_create('acme', 'new', '{"roles":[{"type":"reseller"}],"contacts":[{"type":"admin","id":"RI-1"}]}')$$),
    (11, 'create: no e-mail',            $$org_create('acme', 'new', '{"roles":[{"type":"reseller"}],"email":"x"}')$$),
    (12, 'create: no country',           $$org_create('acme', 'new', '{"roles":[{"type":"reseller"}],"postal":[{"form":"int","name":"N","addr":{"city":"C","cc":"ZZ"}}]}')$$),
    (13, 'create: not ASCII',            $$org_create('acme', 'new', '{"roles":[{"type":"reseller"}],"postal":[{"form":"int","name":"Né"}]}')$$),
    (14, 'info: unknown',                $$org_info('acme', 'none')$$),
    (15, 'info: another''s',             $$org_info('rival', 'top')$$),
    (16, 'update: unknown',              $$org_update('acme', 'none', '{"chg":{"url":"x"}}')$$),
    (17, 'update: another''s',           $$org_update('rival', 'top', '{"chg":{"url":"x"}}')$$),
    (18, 'update: nothing',              $$org_update('acme', 'top', NULL)$$),
    (19, 'update: nothing in it',        $$org_update('acme', 'top', '{"add":{},"chg":{}}')$$),
    (20, 'update: a loop of two',        $$org_update('acme', 'top', '{"chg":{"parent":"mid"}}')$$),
    (21, 'update: a loop of three',      $$org_update('acme', 'top', '{"chg":{"parent":"low"}}')$$),
    (22, 'update: itself',               $$org_update('acme', 'top', '{"chg":{"parent":"top"}}')$$),
    (23, 'update: a role that is there', $$org_update('acme', 'top', '{"add":{"roles":[{"type":"reseller"}]}}')$$),
    (24, 'update: one that is not',      $$org_update('acme', 'top', '{"rem":{"roles":[{"type":"backend"}]}}')$$),
    (25, 'update: the last one',         $$org_update('acme', 'mid', '{"rem":{"roles":[{"type":"reseller"}]}}')$$),
    (26, 'update: a server''s status',   $$org_update('acme', 'mid', '{"add":{"statuses":["terminated"]}}')$$),
    (27, 'update: a contact not there',  $$org_update('acme', 'mid', '{"rem":{"contacts":[{"type":"admin","id":"AC-1"}]}}')$$),
    (28, 'delete: unknown',              $$org_delete('acme', 'none')$$),
    (29, 'delete: another''s',           $$org_delete('rival', 'top')$$),
    (30, 'delete: locked',               $$org_delete('acme', 'low')$$),
    (31, 'delete: one below it',         $$org_delete('acme', 'mid')$$),
    (32, 'link: unknown',                $$domain_create('acme', 'n.example', extensions => '{"org":{"add":[{"role":"reseller","id":"none"}]}}')$$),
    (33, 'link: another''s',             $$domain_create('acme', 'n.example', extensions => '{"org":{"add":[{"role":"reseller","id":"theirs"}]}}')$$),
    (34, 'link: not in this role',       $$domain_create('acme', 'n.example', extensions => '{"org":{"add":[{"role":"registrar","id":"mid"}]}}')$$),
    (35, 'link: closed',                 $$domain_create('acme', 'n.example', extensions => '{"org":{"add":[{"role":"reseller","id":"shut"}]}}')$$),
    (36, 'link: a closed role',          $$host_create('acme', 'ns1.elsewhere.test', extensions => '{"org":{"add":[{"role":"reseller","id":"low"}]}}')$$),
    (37, 'link: a role twice',           $$domain_create('acme', 'n.example', extensions => '{"org":{"add":[{"role":"reseller","id":"mid"},{"role":"reseller","id":"top"}]}}')$$)) AS t (n, what, command),
    test.effect('SELECT * FROM dos.' || t.command) AS e ORDER BY t.n;

SELECT * FROM dos.org_check('acme', '{top,new-1,x,theirs}');
SELECT (dos.domain_create('acme', 'n.example', auth => 'Secret-1!', extensions => '{"org":{"add":[{"role":"reseller","id":"mid"},{"role":"privacyproxy","id":"low"}]}}')).code,
       (dos.host_create('acme', 'ns1.elsewhere.test', extensions => '{"org":{"add":[{"role":"reseller","id":"top"}]}}')).code AS host,
       (dos.contact_update('acme', 'AC-1', extensions => '{"org":{"add":[{"role":"reseller","id":"top"}]}}')).code AS contact;
SELECT i.extension FROM dos.domain_info('acme', 'n.example') AS i;
SELECT i.extension FROM dos.domain_info('rival', 'n.example') AS i;
SELECT i.extension FROM dos.host_info('acme', 'ns1.elsewhere.test') AS i;
SELECT i.extension FROM dos.contact_info('acme', 'AC-1') AS i;
SELECT i.code, i.data FROM dos.org_info('acme', 'mid') AS i;

-- links changed: what is there, what is not
SELECT t.asked, o.code, o.reason, (SELECT i.extension -> 'org' FROM dos.domain_info('acme', 'n.example') AS i) AS before FROM (VALUES
    (1, '{"add":[{"role":"reseller","id":"top"}]}'), (2, '{"rem":[{"role":"registrar","id":"top"}]}'), (3, '{"rem":[{"role":"reseller","id":"top"}]}'),
    (4, '{"chg":[{"role":"registrar","id":"top"}]}'), (5, '{"chg":[{"role":"reseller","id":"top"}]}'), (6, '{"rem":[{"role":"reseller","id":"top"}],"add":[{"role":"reseller","id":"mid"}]}')) AS t (n, asked),
    test.outcome(format('SELECT * FROM dos.domain_update(''acme'', ''n.example'', extensions => ''{"org":%s}'')', t.asked)) AS o ORDER BY t.n;
SELECT i.extension FROM dos.domain_info('acme', 'n.example') AS i;

-- updates of every part
SELECT dos.org_update('acme', 'mid', '{"add":{"contacts":[{"type":"custom","type_name":"legal","id":"AC-1"}],"roles":[{"type":"backend"}],"statuses":["clientUpdateProhibited"]},
    "chg":{"postal":[{"form":"loc","name":"Né","addr":{"streets":["1 Main"],"city":"Oslo","cc":"NO"}}],"voice":{"number":"+47.1","x":"2"},"email":"a@b.example","url":"https://b.example"}}');
SELECT t.asked, o.code, o.reason FROM (VALUES (1, '{"chg":{"url":""}}'), (2, '{"rem":{"statuses":["clientUpdateProhibited"]},"chg":{"url":""}}'), (3, '{"rem":{"statuses":["clientUpdateProhibited"]}}'),
    (4, '{"rem":{"roles":[{"type":"reseller"}]}}'), (5, '{"rem":{"roles":[{"type":"backend"}],"contacts":[{"type":"custom","type_name":"legal","id":"AC-1"}]},"chg":{"url":"","voice":{"number":""}}}')) AS t (n, asked),
    test.outcome(format('SELECT * FROM dos.org_update(''acme'', ''mid'', %L)', t.asked)) AS o ORDER BY t.n;
SELECT i.data FROM dos.org_info('acme', 'mid') AS i;

SELECT dos.org_update('acme', 'mid', '{"add":{"contacts":[{"type":"tech","id":"AC-1"}]}}') AS linked, (SELECT i.statuses FROM dos.contact_info('acme', 'AC-1') AS i);
SELECT o.code, o.reason FROM test.outcome($$SELECT * FROM dos.contact_delete('acme', 'AC-1')$$) AS o;

-- who has lost the object has lost the link; and what nothing refers to goes
SELECT (dos.domain_transfer_request('rival', 'n.example', 'Secret-1!')).status, (dos.domain_transfer_approve('acme', 'n.example')).status AS approved;
SELECT i.extension FROM dos.domain_info('rival', 'n.example') AS i;
SELECT u.code FROM dos.contact_update('acme', 'AC-1', extensions => '{"org":{"rem":[{"role":"reseller","id":"top"}]}}') AS u;
SELECT dos.org_delete('acme', 'shut'), (SELECT o.reason FROM test.outcome($$SELECT dos.org_delete('acme', 'top')$$) AS o) AS top;
SELECT o.event, o.object_name FROM dos.outbox AS o WHERE o.event LIKE 'org.%' ORDER BY o.id;
