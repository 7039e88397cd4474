-- Contact data models: the registry's data set, per role counts of a zone, ids of the registry or of each registrar.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('other'), test.zone('example', 'contacts_required={}', 'registrant_required=false', 'contacts_max=3', 'contacts_counts={admin:1-2,tech:0-1}') > 0 AS zone;
SELECT test.contact('acme', c.id) FROM unnest('{A-1,A-2,A-3,A-4}'::text[]) AS c (id);

-- how many of each role: both sides of each boundary; a role without counts has the zone's maximum
SELECT t.what, test.would(format('SELECT * FROM dos.domain_create(''acme'', ''a.example'', contacts => %L)', t.contacts)) FROM (VALUES
    (1, 'no admin',       '{}'), (2, 'one admin', '{admin:A-1}'), (3, 'two admins', '{admin:A-1,admin:A-2}'), (4, 'three admins', '{admin:A-1,admin:A-2,admin:A-3}'),
    (5, 'one tech',       '{admin:A-1,tech:A-1}'), (6, 'two techs', '{admin:A-1,tech:A-1,tech:A-2}'),
    (7, 'three billing',  '{admin:A-1,billing:A-1,billing:A-2,billing:A-3}'), (8, 'four billing', '{admin:A-1,billing:A-1,billing:A-2,billing:A-3,billing:A-4}')) AS t (n, what, contacts) ORDER BY n;
SELECT test.would($$SELECT test.zone('odd', 'contacts_counts={owner:1-2}')$$), test.would($$SELECT test.zone('odd', 'contacts_counts={admin:1}')$$);

-- the registry's data set: each setting, a contact that fits and one that does not
CREATE FUNCTION created(int_fields text[], loc_fields text[], voice text DEFAULT NULL, fax text DEFAULT NULL, auth text DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
    SELECT test.would(format('SELECT * FROM dos.contact_create(''acme'', ''NEW-1'', %L, %L, voice => %L, fax => %L, email => ''a@b.example'', auth => %L)', int_fields, loc_fields, voice, fax, auth))
$$;
\set bare '{Ann,NULL,NULL,NULL,NULL,Paris,NULL,NULL,FR}'
\set full '{Ann,Org,Street 1,NULL,NULL,Paris,State,75001,FR}'
SELECT created(:'bare', NULL), created(:'bare', :'full');
UPDATE dos.contact_setting SET postal = 'int';
SELECT created(:'bare', NULL) AS int, created(NULL, :'bare') AS loc, created(:'bare', :'bare') AS both;
UPDATE dos.contact_setting SET postal = 'loc';
SELECT created(:'bare', NULL) AS int, created(NULL, :'bare') AS loc, created(:'bare', :'bare') AS both;
UPDATE dos.contact_setting SET postal = 'both';
SELECT created(:'bare', NULL) AS int, created(NULL, :'bare') AS loc, created(:'bare', :'bare') AS both;
UPDATE dos.contact_setting SET postal = 'one';
SELECT created(:'bare', NULL) AS int, created(NULL, :'bare') AS loc, created(:'bare', :'bare') AS both;
UPDATE dos.contact_setting SET postal = 'any';
CREATE FUNCTION required(asked text) RETURNS TABLE (field text, bare text, complete text, one_form text) LANGUAGE plpgsql AS $$
BEGIN
    UPDATE dos.contact_setting SET required_fields = ARRAY[asked];
    RETURN QUERY SELECT asked, created('{Ann,NULL,NULL,NULL,NULL,Paris,NULL,NULL,FR}', NULL),
        created('{Ann,Org,Street 1,NULL,NULL,Paris,State,75001,FR}', NULL, '+1.5', '+1.6', 'Code-1'),
        created('{Ann,Org,Street 1,NULL,NULL,Paris,State,75001,FR}', '{Ann,NULL,NULL,NULL,NULL,Paris,NULL,NULL,FR}', '+1.5', '+1.6', 'Code-1');
    UPDATE dos.contact_setting SET required_fields = '{}';
END $$;
SELECT r.* FROM unnest('{org,street,sp,pc,voice,fax,auth}'::text[]) AS f (name), required(f.name) AS r;
CREATE FUNCTION forbidden(asked text) RETURNS TABLE (field text, bare text, complete text) LANGUAGE plpgsql AS $$
BEGIN
    UPDATE dos.contact_setting SET forbidden_fields = ARRAY[asked];
    RETURN QUERY SELECT asked, created('{Ann,NULL,NULL,NULL,NULL,Paris,NULL,NULL,FR}', NULL),
        created(NULL, '{Ann,Org,Street 1,NULL,NULL,Paris,State,75001,FR}', '+1.5', '+1.6', 'Code-1');
    UPDATE dos.contact_setting SET forbidden_fields = '{}';
END $$;
SELECT r.* FROM unnest('{org,street,sp,pc,voice,fax}'::text[]) AS f (name), forbidden(f.name) AS r;
SELECT test.would($$UPDATE dos.contact_setting SET required_fields = '{org}', forbidden_fields = '{org}'$$);
-- an update must leave the data set whole, too
UPDATE dos.contact_setting SET required_fields = '{voice}';
SELECT test.would($$SELECT * FROM dos.contact_update('acme', 'A-1', voice => '')$$), test.would($$SELECT * FROM dos.contact_update('acme', 'A-1', email => 'x@y.example')$$);
UPDATE dos.contact_setting SET required_fields = '{}';

-- ids of each registrar: the same id twice, each sees its own; those of the registry stay
UPDATE dos.contact_setting SET handles = 'registrar', transfer = false;
SELECT test.contact('acme', 'SAME'), test.contact('other', 'SAME');
SELECT test.would($$SELECT test.contact('acme', 'SAME')$$) AS again, test.would($$SELECT test.contact('other', 'A-1')$$) AS of_the_registry;
SELECT r.clid, i.roid, i.sponsor FROM unnest('{acme,other}'::text[]) AS r (clid), dos.contact_info(r.clid, 'SAME') AS i;
SELECT test.contact('acme', 'MINE');
SELECT id, available FROM dos.contact_check('acme', '{SAME,MINE,A-1,NEW}');
SELECT id, available FROM dos.contact_check('other', '{SAME,MINE,A-1,NEW}');
SELECT r.clid, (dos.domain_create(r.clid, r.clid || '.example', registrant => 'SAME', contacts => '{admin:SAME}')).code FROM unnest('{acme,other}'::text[]) AS r (clid);
SELECT d.name, c.roid FROM dos.domain AS d JOIN dos.contact AS c ON c.id = d.registrant_id ORDER BY 1;
SELECT t.what, test.would('SELECT * FROM ' || t.command) FROM (VALUES
    (1, 'info of another''s',            $$dos.contact_info('other', 'MINE')$$),
    (2, 'update of another''s',          $$dos.contact_update('other', 'MINE', voice => '+1.5')$$),
    (3, 'named by another',              $$dos.domain_create('other', 'b.example', contacts => '{admin:MINE}')$$),
    (4, 'own one removed from a domain', $$dos.domain_update('other', 'other.example', add_contacts => '{tech:SAME}')$$),
    (5, 'delete, linked',                $$dos.contact_delete('other', 'SAME')$$),
    (6, 'staff, of two',                 $$dos.contact_update_staff('SAME', '{"voice": "+1.7"}', 'r')$$),
    (7, 'staff, by ROID',                $$dos.contact_update_staff((SELECT c.roid FROM dos.contact AS c WHERE c.handle = 'SAME' ORDER BY c.id LIMIT 1), '{"voice": "+1.7"}', 'r')$$)) AS t (n, what, command) ORDER BY n;
-- moved with a whole portfolio: an id the other one has already becomes a new one
SELECT dos.registrar_portfolio_move('acme', 'other', 'ends') AS whole \gset
SELECT dos.registrar_portfolio_run(:whole);
SELECT c.roid, c.handle ~ '^T[0-9]+-DOS$' AS renamed, CASE WHEN c.handle !~ '^T' THEN c.handle END AS handle, dos_internal.registrar_clid(c.registrar_id) AS sponsor FROM dos.contact AS c ORDER BY c.id;
