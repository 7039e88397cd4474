-- Every kind of message: the table whole, equal to the manual, and what comes with each.
SELECT event, kind, operation, op, states, switchable, text FROM dos.poll_type ORDER BY event COLLATE "C";

-- the manual's table is this one
CREATE TABLE page (line text, n int GENERATED ALWAYS AS IDENTITY);
\set manual `cat docs/poll.md 2>/dev/null | tr '\n' '\r'`
INSERT INTO page (line) SELECT l FROM regexp_split_to_table(:'manual', E'\r') AS l;
SELECT count(*) > 1 AS found FROM page;
SELECT coalesce(t.event, m.event) AS differs
  FROM dos.poll_type AS t
  FULL JOIN (SELECT trim(BOTH '` ' FROM split_part(line, '|', 2)) AS event, trim(BOTH '` ' FROM split_part(line, '|', 3)) AS kind,
                    trim(BOTH '` ' FROM split_part(line, '|', 4)) AS operation, trim(split_part(line, '|', 5)) AS states, trim(split_part(line, '|', 6)) AS off
               FROM page WHERE line ~ '^\| `[a-z]+\.[a-z_]+` \|') AS m ON m.event = t.event
 WHERE (coalesce(t.kind, ''), concat_ws(' ', t.operation, t.op), array_to_string(t.states, ', '), CASE WHEN t.switchable THEN 'yes' ELSE '' END)
       IS DISTINCT FROM (m.kind, m.operation, m.states, m.off);

-- French is shipped whole: no kind of message without words but the one whose words are staff's, no words without a kind
SELECT coalesce(t.event, f.key) AS differs FROM (SELECT p.event FROM dos.poll_type AS p WHERE p.text <> '%s') AS t
  FULL JOIN (SELECT x.key FROM dos.epp_text AS x WHERE x.language = 'fr' AND x.key !~ '^[0-9]') AS f ON f.key = t.event WHERE t.event IS NULL OR f.key IS NULL;
SELECT x.language, x.key FROM dos.epp_text AS x WHERE x.key !~ '^[0-9]' AND (length(x.text) - length(replace(x.text, '%s', ''))) <> 2;
SELECT r.code FROM dos.result_code AS r WHERE NOT EXISTS (SELECT FROM dos.epp_text AS x WHERE x.language = 'fr' AND x.key = r.code::text);

-- what the clock does, with the object as it was at the time and who did it; what came later does not show
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('other'), test.thin_zone('example') > 0 AS example,
       test.thin_zone('fixed', 'autorenew=false', 'redemption=1 day', 'pending_delete=1 day') > 0 AS fixed;
SELECT (dos.domain_create('acme', n.name)).code FROM unnest('{a.example,b.fixed}'::text[]) AS n (name);
SELECT test.contact('acme', 'ANN');
CREATE FUNCTION drain(clid text) RETURNS TABLE (event text, text text, kind text, shown text, statuses text[], expires_at date, change jsonb) LANGUAGE plpgsql AS $$
DECLARE
    p dos.poll_data;
BEGIN
    LOOP
        p := dos.poll_request(clid);
        EXIT WHEN p.code = 1300;
        event := (SELECT m.event FROM dos.poll_message AS m WHERE m.id = p.id);
        text := p.text;
        kind := p.kind;
        shown := coalesce((p.domain).name, (p.contact).id, (p.host).name);
        statuses := coalesce((p.domain).statuses, (p.contact).statuses, (p.host).statuses);
        expires_at := (p.domain).expires_at::date;
        change := p.extension -> 'change';
        RETURN NEXT;
        PERFORM dos.poll_ack(clid, p.id);
    END LOOP;
END $$;
SET dos.clock = '2027-03-04T00:00:00Z';
SELECT dos.job_run('poll_warn_expiry'), dos.job_run('poll_warn_expiry');
SET dos.clock = '2027-03-27T12:00:00Z';
SELECT dos.job_run('poll_warn_expiry'), dos.job_run('poll_warn_expiry');
SET dos.clock = '2027-04-03T00:00:00Z';
SELECT dos.job_run('domain_advance');
SET dos.clock = '2027-04-05T00:00:00Z';
SELECT dos.job_run('domain_advance');
SELECT (dos.domain_renew('acme', 'a.example', '2028-04-03', 2)).code;
SELECT event, text, kind, shown, statuses, expires_at, change - 'svTRID' AS change, change ->> 'svTRID' ~ '^dos-event-[0-9]+$' AS svtrid FROM drain('acme');

-- switched off, per registrar; what must be heard cannot be
SELECT t.what, test.would(format('SELECT dos.poll_switch(%s, false)', t.arguments)) FROM (VALUES
    (1, 'no registrar', $$'nobody', 'domain.expiring'$$), (2, 'no such kind', $$'acme', 'domain.exploded'$$), (3, 'must be heard', $$'acme', 'domain.transfer_requested'$$),
    (4, 'may be', $$'acme', 'domain.autorenewed'$$)) AS t (n, what, arguments) ORDER BY n;
SELECT dos.poll_switch('acme', 'domain.autorenewed', false), dos.poll_switch('acme', 'domain.autorenewed', false);
SELECT (dos.domain_create('other', 'o.example')).code;
SET dos.clock = '2030-04-06T00:00:00Z';
SELECT dos.job_run('domain_advance');
SELECT dos.poll_switch('acme', 'domain.autorenewed', true);
SET dos.clock = '2031-04-04T00:00:00Z';
SELECT dos.job_run('domain_advance');
SELECT r.clid, count(*) FROM dos.poll_message AS m JOIN dos.registrar AS r ON r.id = m.registrar_id GROUP BY 1 ORDER BY 1;

-- lists, many at once, messages by staff, age, retention
SELECT event, object_name, text FROM dos.poll_list('other', 0, 2);
SELECT acknowledged, count FROM dos.poll_ack_many('other', (SELECT array_agg(id) FROM dos.poll_list('other')) || (SELECT min(id) FROM dos.poll_list('acme')) || 999999);
SELECT count(*) FROM dos.poll_list('acme');
SELECT t.what, test.would(format('SELECT dos.poll_send(%s)', t.arguments)) FROM (VALUES
    (1, 'unknown',   $$'{acme,nobody}', 'Hello', 'a reason'$$), (2, 'no text',   $$'{acme}', ' ', 'a reason'$$),
    (3, 'nobody',    $$'{}', 'Hello', 'a reason'$$),            (4, 'no reason', $$'{acme}', 'Hello', ''$$)) AS t (n, what, arguments) ORDER BY n;
SELECT dos.poll_send('{acme,other}', 'Maintenance on Sunday, 100% off.', 'yearly work', 'Ann Officer');
SELECT text, kind FROM dos.poll_request('other');
SELECT act, object_name, reason, staff FROM dos.audit;
SET dos.clock = '2031-05-04T00:00:00Z';
SELECT registrar, messages, oldest, age FROM dos.poll_status ORDER BY 1;
SELECT dos.job_run('poll_trim');
UPDATE dos.poll_setting SET keep = '30 days';
SELECT dos.job_run('poll_trim');
UPDATE dos.poll_setting SET keep = '29 days 23:59:59';
SELECT dos.job_run('poll_trim');
SELECT * FROM dos.poll_status;
