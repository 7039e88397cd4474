-- A zone's policy as a document: exported, compared, applied whole or not at all; and what it was before.
SET dos.clock = '2026-04-01T00:00:00Z';
SELECT test.thin_zone('conf') > 0 AS zone, dos.reserved_list_create('words', 'reserved', '{}') > 0 AS list, dos.idn_table_load('az', 'U+0061..U+007A') > 0 AS idn;
SELECT dos.phase_create('conf', 'old', 'landrush', '2026-03-01T00:00Z', '2026-03-15T00:00Z') > 0 AS past, dos.phase_create('conf', 'gone', 'custom', '2026-05-01T00:00Z') > 0 AS future;
SELECT jsonb_object_keys(dos.zone_config('conf'));
SELECT count(*) AS nothing_changes FROM dos.zone_config_diff('conf', dos.zone_config('conf'));
SELECT count(*) AS nothing_is_said FROM dos.zone_config_diff('conf', '{}');

\set document '{"settings": {"label_min": 3, "add_grace": "3 days", "label_max": 63}, "states": ["sunrise 2026-04-01 00:00:00+00", "general 2026-06-01 00:00:00+00"], "lists": ["words"], "idn_tables": ["az"], "nameservers": [{"name": "ns1.nic.conf", "addresses": ["192.0.2.99"]}], "phases": [{"name": "old", "kind": "landrush", "during": "[\\"2026-03-01 00:00:00+00\\",\\"2026-03-15 00:00:00+00\\")"}, {"name": "open", "kind": "open", "during": "[\\"2026-06-01 00:00:00+00\\",)", "years": [1]}]}'
SELECT part, item, is_now, would_be FROM dos.zone_config_diff('conf', :'document'::jsonb #- '{phases,0}') WHERE part <> 'phases';
SELECT part, item, is_now IS NULL AS new, would_be IS NULL AS gone FROM dos.zone_config_diff('conf', :'document'::jsonb) WHERE part = 'phases';
SELECT o.code, o.reason, o.element
FROM (VALUES (1, 'missing', '{}'::jsonb, 'why'), (2, 'conf', '{"colours": []}', 'why'), (3, 'conf', '{"settings": {"colour": 1}}', 'why'), (4, 'conf', '{"settings": {"id": 1}}', 'why'),
             (5, 'conf', '{"settings": {"label_min": 3}}', ' '), (6, 'conf', '{"settings": {"label_min": 3}}', NULL), (7, 'conf', '{"settings": {"label_min": 64}}', 'why'),
             (8, 'conf', '{"settings": {"label_min": 4}, "lists": ["none"]}', 'why'), (9, 'conf', '{"settings": {"label_min": 4}, "states": ["general", "quiet 2030-01-01"]}', 'why'),
             (10, 'conf', '{"phases": []}', 'why')) AS t (n, zone, doc, why),
     test.outcome(format('SELECT dos.zone_config_apply(%L, %L, %L)', t.zone, t.doc, t.why)) AS o ORDER BY t.n;
SELECT label_min FROM dos.zone WHERE name = 'conf';

SELECT dos.zone_config_apply('conf', jsonb_set(:'document'::jsonb, '{phases,0}', dos.zone_config('conf') -> 'phases' -> 0), 'launch plan 3');
SELECT c.* FROM dos.zone_config('conf') AS d, LATERAL (VALUES ('states', d -> 'states'), ('lists', d -> 'lists'), ('idn_tables', d -> 'idn_tables'), ('nameservers', d -> 'nameservers'),
    ('phases', jsonb_path_query_array(d, '$.phases[*].name')), ('label_min', d -> 'settings' -> 'label_min'), ('add_grace', d -> 'settings' -> 'add_grace')) AS c;
SELECT place, was IS NULL AS new, became IS NULL AS gone, reason FROM dos.policy_change WHERE reason IS NOT NULL ORDER BY place, 2, 3;
-- an edit by hand has no reason; what was can be asked for
SET dos.clock = '2026-04-02T00:00:00Z';
UPDATE dos.zone SET label_min = 5 WHERE name = 'conf';
SELECT place, was ->> 'label_min' AS was, became ->> 'label_min' AS became, reason FROM dos.policy_change WHERE changed_at = '2026-04-02';
SELECT a, dos.zone_at('conf', a) ->> 'label_min' AS label_min FROM unnest('{2026-03-31,2026-04-01,2026-04-02}'::timestamptz[]) AS a;
-- emoji, variants and times to live are in the document, too; a part that names some of its settings keeps the others
SELECT dos.zone_create('parts', '{}', 'kind=country', 'idn=true', 'emoji=alone', 'spec5=false') > 0 AS parts;
SELECT d -> 'emoji' AS emoji, d -> 'variants' AS variants, d -> 'ttls' AS ttls FROM dos.zone_config('parts') AS d;
SELECT o.code, o.reason FROM (VALUES ('{"emoji": ["a"]}'), ('{"variants": {"deletion": "never"}}'), ('{"ttls": {"TXT": {"ttl_min": 1, "ttl_max": 2}}}'), ('{"ttls": {"NS": {"ttl_min": 2, "ttl_max": 1}}}')) AS t (doc), test.outcome(format('SELECT dos.zone_config_apply(%L, %L, %L)', 'parts', t.doc, 'no')) AS o;
SELECT dos.zone_config_apply('parts', '{"emoji": ["☕"], "variants": {"deletion": "original"}, "ttls": {"NS": {"ttl_min": 300, "ttl_max": 86400}}}', 'reviewed');
SELECT d -> 'emoji' AS emoji, d -> 'variants' AS variants, d -> 'ttls' AS ttls FROM dos.zone_config('parts') AS d;
SELECT count(*) AS again FROM dos.zone_config_diff('parts', dos.zone_config('parts'));
SELECT place, reason FROM dos.policy_change WHERE reason = 'reviewed' ORDER BY id;
