-- Maintenance windows (RFC 9167): what is refused, what registrars read, and what they are told and when.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('other');

SELECT t.what, o.code, o.reason
FROM (VALUES
    (1, 'nothing',            '{}'),
    (2, 'no systems',         '{"starts_at": "2026-05-01", "ends_at": "2026-05-02", "systems": []}'),
    (3, 'impact',             '{"starts_at": "2026-05-01", "ends_at": "2026-05-02", "systems": [{"name": "EPP", "impact": "much"}]}'),
    (4, 'system without name', '{"starts_at": "2026-05-01", "ends_at": "2026-05-02", "systems": [{"impact": "full"}]}'),
    (5, 'end before start',   '{"starts_at": "2026-05-02", "ends_at": "2026-05-01", "systems": [{"name": "EPP", "impact": "full"}]}'),
    (6, 'no length',          '{"starts_at": "2026-05-02", "ends_at": "2026-05-02", "systems": [{"name": "EPP", "impact": "full"}]}'),
    (7, 'reason',             '{"starts_at": "2026-05-01", "ends_at": "2026-05-02", "systems": [{"name": "EPP", "impact": "full"}], "reason": "whim"}'),
    (8, 'environment',        '{"starts_at": "2026-05-01", "ends_at": "2026-05-02", "systems": [{"name": "EPP", "impact": "full"}], "environment": "custom"}'),
    (9, 'detail',             '{"starts_at": "2026-05-01", "ends_at": "2026-05-02", "systems": [{"name": "EPP", "impact": "full"}], "detail": "a page"}'),
    (10, 'description',       '{"starts_at": "2026-05-01", "ends_at": "2026-05-02", "systems": [{"name": "EPP", "impact": "full"}], "descriptions": [{"text": "x", "type": "pdf"}]}'),
    (11, 'a stray member',    '{"starts_at": "2026-05-01", "ends_at": "2026-05-02", "systems": [{"name": "EPP", "impact": "full"}], "id": 7}')) AS t (n, what, data),
    test.outcome(format('SELECT dos.maintenance_create(%L, ''work'')', t.data)) AS o ORDER BY t.n;
SELECT t.what, o.code, o.reason FROM (VALUES
    ('info of none', 'SELECT dos.maintenance_info(''acme'', ''1'')'), ('info of no number', 'SELECT dos.maintenance_info(''acme'', ''x'')'),
    ('update of none', 'SELECT dos.maintenance_update(1, ''{}'', ''work'')'), ('delete of none', 'SELECT dos.maintenance_delete(1, ''work'')'),
    ('no reason', 'SELECT dos.maintenance_create(''{"starts_at": "2026-05-01", "ends_at": "2026-05-02", "systems": [{"name": "EPP", "impact": "full"}]}'', '' '')'),
    ('an unknown registrar', 'SELECT dos.maintenance_info(''nobody'')')) AS t (what, command), test.outcome(t.command) AS o;
SELECT data AS empty FROM dos.maintenance_info('acme');

SELECT dos.maintenance_create('{"name": "Servers", "types": ["hardware"], "starts_at": "2026-05-01T02:00:00Z", "ends_at": "2026-05-01T04:00:00Z", "tlds": ["example"],
    "systems": [{"name": "EPP", "host": "epp.nic.example", "impact": "full"}, {"name": "RDAP", "impact": "none"}], "detail": "https://nic.example/1",
    "descriptions": [{"text": "Sessions close.", "lang": "en"}], "connection": true}', 'new servers', 'Ann Officer') IS NOT NULL AS created;
SELECT dos.maintenance_create('{"starts_at": "2026-04-20T00:00:00Z", "ends_at": "2026-04-21T00:00:00Z", "systems": [{"name": "DNS", "impact": "partial"}], "reason": "emergency"}', 'a fire') IS NOT NULL AS created;
SELECT jsonb_pretty(i.data #- '{item,id}') FROM dos.maintenance AS m, dos.maintenance_info('acme', m.id::text) AS i WHERE m.name = 'Servers';
SELECT e ->> 'name' AS name, e ->> 'start' AS start FROM dos.maintenance_info('other') AS i, jsonb_array_elements(i.data -> 'list') AS e;

SET dos.clock = '2026-04-04T00:00:00Z';
SELECT dos.maintenance_update(m.id, '{"ends_at": "2026-05-01T05:00:00Z"}', 'takes longer') FROM dos.maintenance AS m WHERE m.name = 'Servers';
SELECT o.code, o.reason FROM dos.maintenance AS m, test.outcome(format('SELECT dos.maintenance_update(%s, ''{"ends_at": "2026-05-01T02:00:00Z"}'', ''work'')', m.id)) AS o WHERE m.name = 'Servers';

-- the end, to the millisecond and once; one that is prolonged afterwards ends again
CREATE FUNCTION ends(clock text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('dos.clock', clock, false), dos_internal.maintenance_end();
    RETURN QUERY SELECT m.object_name FROM dos.poll_message AS m JOIN dos.registrar AS r ON r.id = m.registrar_id AND r.clid = 'acme' WHERE m.event = 'maintenance.ended' ORDER BY m.id;
END $$;
SELECT * FROM ends('2026-05-01T04:59:59.999Z');
SELECT count(*) AS over FROM ends('2026-05-01T05:00:00Z');
SELECT count(*) AS once FROM ends('2026-05-01T06:00:00Z');
SELECT dos.maintenance_update(m.id, '{"ends_at": "2026-05-01T08:00:00Z"}', 'takes longer') FROM dos.maintenance AS m WHERE m.name = 'Servers';
SELECT count(*) AS again FROM ends('2026-05-01T08:00:00Z');
-- one that is over is forgotten silently, one to come is called off
SELECT dos.maintenance_delete(m.id, 'over') FROM dos.maintenance AS m WHERE m.name = 'Servers';
SELECT dos.maintenance_create('{"name": "Never", "starts_at": "2026-06-01T02:00:00Z", "ends_at": "2026-06-01T04:00:00Z", "systems": [{"name": "EPP", "impact": "full"}]}', 'work') IS NOT NULL AS created;
SELECT dos.maintenance_delete(m.id, 'over') FROM dos.maintenance AS m WHERE m.name = 'Never';
SELECT r.clid, m.kind, m.text, m.content #>> '{item,poll_type}' AS poll_type, m.content #>> '{item,end}' AS "end"
  FROM dos.poll_message AS m JOIN dos.registrar AS r ON r.id = m.registrar_id ORDER BY r.clid, m.id;
SELECT p.kind, p.extension #>> '{maint,item,name}' AS name FROM dos.poll_request('acme') AS p;

-- every act on record, with what was before and after
SELECT a.act, a.reason, a.staff = session_user AS by_role, a.staff = 'Ann Officer' AS ann, a.content #>> '{before,ends_at}' AS before, a.content #>> '{after,ends_at}' AS after,
       (SELECT count(*) FROM dos.outbox AS o WHERE o.svtrid = a.svtrid) AS events
  FROM dos.audit AS a ORDER BY a.id;
