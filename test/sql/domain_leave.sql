-- What hangs on a domain that goes: hosts that others use (RFC 9874), add grace limits, idle contacts and hosts.
SET dos.clock = '2026-01-01T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('other'), test.thin_zone('refuse') > 0, test.thin_zone('rename', 'delete_hosts=rename', 'sacrificial_zone=gone.invalid') > 0, test.thin_zone('detach', 'delete_hosts=detach') > 0;
SELECT count(dos.domain_create('acme', 'p.' || z)), count(dos.host_create('acme', 'ns1.p.' || z, '{192.0.2.1}')), count(dos.host_create('acme', 'ns2.p.' || z, '{192.0.2.2}')),
       count(dos.domain_create('other', 'user.' || z, hosts => ARRAY['ns1.p.' || z])) FROM unnest('{refuse,rename,detach}'::text[]) AS z;
-- in the add grace period it would be gone at once: refused, renamed, or detached, and those affected are told
SELECT z, test.would(format('SELECT * FROM dos.domain_delete(''acme'', ''p.%s'')', z)) FROM unnest('{refuse,rename,detach}'::text[]) AS z;
SELECT e.* FROM test.effect($$SELECT * FROM dos.domain_delete('acme', 'p.rename')$$) AS e;
SELECT e.* FROM test.effect($$SELECT * FROM dos.domain_delete('acme', 'p.detach')$$) AS e;
SELECT d.name, i.hosts, i.statuses FROM dos.domain AS d, dos.domain_info('other', d.name) AS i WHERE d.name LIKE 'user.%' ORDER BY 1;
SELECT h.name, h.addresses, h.superordinate_id IS NULL AS external, dos_internal.registrar_clid(h.registrar_id) AS sponsor FROM dos.host AS h ORDER BY 1;
SELECT r.clid, m.event, m.object_name, m.text FROM dos.poll_message AS m JOIN dos.registrar AS r ON r.id = m.registrar_id ORDER BY m.id;
SELECT string_agg(q.owner, ' ' ORDER BY q.owner) FROM (SELECT DISTINCT owner FROM dos.dns_dirty) AS q;
SELECT * FROM test.dangling();
-- a delete that can be restored leaves them alone until the purge
SELECT (dos.domain_create('acme', 'q.rename')).code, (dos.host_create('acme', 'ns1.q.rename', '{192.0.2.1}')).code, (dos.domain_create('other', 'w.rename', hosts => '{ns1.q.rename}')).code;
SET dos.clock = '2026-02-01T00:00:00Z';
SELECT code FROM dos.domain_delete('acme', 'q.rename');
SELECT i.hosts FROM dos.domain_info('other', 'w.rename') AS i;
SET dos.clock = '2026-03-08T00:00:00Z';
SELECT dos.job_run('domain_advance');
SELECT i.hosts FROM dos.domain_info('other', 'w.rename') AS i;
SELECT * FROM test.dangling();

-- add grace limits: refunds stop beyond the larger of a number and a share of the net new names of the month
SELECT test.thin_zone('limit', 'add_grace_free=2', 'add_grace_percent=10') > 0 AS zone, test.thin_zone('free', 'add_grace_free=0', 'add_grace_percent=0') > 0 AS free;
CREATE FUNCTION tasted(label text) RETURNS TABLE (name text, code text, refunded bigint) LANGUAGE plpgsql AS $$
DECLARE mark bigint := (SELECT max(id) FROM dos.ledger_entry);
BEGIN
    tasted.name := label;
    PERFORM dos.domain_create('acme', label);
    mark := (SELECT max(e.id) FROM dos.ledger_entry AS e);
    SELECT o.code INTO code FROM test.outcome(format('SELECT * FROM dos.domain_delete(''acme'', %L)', label)) AS o;
    refunded := (SELECT coalesce(sum(e.amount_minor), 0) FROM dos.ledger_entry AS e WHERE e.id > mark AND e.kind = 'refund');
    RETURN NEXT;
END $$;
SELECT t.* FROM generate_series(1, 4) AS n, tasted('t' || n || '.limit') AS t;
SELECT (SELECT name FROM dos.zone WHERE id = zone_id) AS zone, month, deletes, kept, creates, exempt FROM dos.add_grace_month;
-- thirty names that stay allow three
SELECT count(dos.domain_create('acme', 's' || n || '.limit')) FROM generate_series(1, 36) AS n;
SELECT t.* FROM generate_series(5, 8) AS n, tasted('t' || n || '.limit') AS t;
SELECT deletes, kept, creates, exempt FROM dos.add_grace_month;
-- another registrar, another zone and another month count for themselves
SELECT (dos.domain_create('other', 'o.limit')).code;
SELECT e.code, e.changed FROM test.effect($$SELECT * FROM dos.domain_delete('other', 'o.limit')$$) AS e;
SELECT t.* FROM tasted('t.rename') AS t;
SELECT t.* FROM tasted('none.free') AS t;
SET dos.clock = '2026-04-01T00:00:00Z';
SELECT t.* FROM tasted('t9.limit') AS t;
SELECT * FROM dos.ledger_verify();
-- exemptions: asked for, decided with a reason, refunded, once
SELECT o.code, o.reason FROM (VALUES ($$SELECT dos.add_grace_exemption_request('nobody', 'limit', '2026-03-01', 1, 'fraud')$$), ($$SELECT dos.add_grace_exemption_request('acme', 'nowhere', '2026-03-01', 1, 'fraud')$$),
    ($$SELECT dos.add_grace_exemption_request('acme', 'limit', '2026-03-01', 0, 'fraud')$$), ($$SELECT dos.add_grace_exemption_decide(99, true, 'x')$$)) AS t (command), test.outcome(t.command) AS o;
SELECT dos.add_grace_exemption_request('acme', 'limit', '2026-03-20', 2, 'stolen cards') < dos.add_grace_exemption_request('acme', 'limit', '2026-03-01', 9, 'because') AS both;
SELECT b.balance_minor AS before FROM dos.account_balance AS b WHERE b.registrar = 'acme';
SELECT dos.add_grace_exemption_decide((SELECT min(id) FROM dos.add_grace_exemption), true, 'seen the charge-backs') AS refunds, dos.add_grace_exemption_decide((SELECT max(id) FROM dos.add_grace_exemption), false, 'no reason given') AS none;
SELECT b.balance_minor AS after FROM dos.account_balance AS b WHERE b.registrar = 'acme';
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.add_grace_exemption_decide((SELECT min(id) FROM dos.add_grace_exemption), true, 'again')$$) AS o;
SELECT month, names, request, granted, reason FROM dos.add_grace_exemption ORDER BY id;
SELECT month, deletes, kept, exempt FROM dos.add_grace_month ORDER BY 1, 2;
SELECT * FROM dos.ledger_verify();

-- idle contacts and hosts: listed, announced, removed; a dry run changes nothing
SELECT test.contact('acme', 'IDLE-1'), test.contact('acme', 'LOCK-1'), test.contact('acme', 'USED-1'), (dos.host_create('acme', 'idle.elsewhere.test')).code;
UPDATE dos.contact SET statuses = '{clientDeleteProhibited}' WHERE handle = 'LOCK-1';
SELECT (dos.domain_create('acme', 'keeps.refuse', registrant => 'USED-1')).code;
UPDATE dos.idle_setting SET after = '100 days', notice = '10 days';
SELECT own FROM dos.idle_setting;
CREATE FUNCTION idle_at(clock text) RETURNS TABLE (at text, dry text, done text) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('dos.clock', clock, false);
    at := clock;
    dry := (SELECT string_agg(s.step || ' ' || s.name, ', ' ORDER BY s.kind, s.name) FROM dos.idle_sweep() AS s WHERE s.name ~ '(-1|idle.elsewhere.test)$');
    PERFORM dos.job_run('idle_sweep');
    done := (SELECT string_agg(o.event || ' ' || o.object_name, ', ' ORDER BY o.event, o.object_name) FROM dos.outbox AS o
              WHERE o.happened_at = clock::timestamptz AND o.event ~ '(idle|deleted)$' AND o.object_name ~ '(-1|idle.elsewhere.test)$');
    RETURN NEXT;
END $$;
SELECT i.* FROM idle_at('2026-07-09T23:59:59.999Z') AS i;
SELECT i.* FROM idle_at('2026-07-10T00:00:00Z') AS i;
UPDATE dos.idle_setting SET enabled = true;
SELECT i.* FROM unnest('{2026-07-10T00:00:01Z,2026-07-10T00:00:02Z,2026-07-20T00:00:00.999Z}'::text[]) AS t (clock), idle_at(t.clock) AS i;
-- used again meanwhile: stays, and is announced anew when it is idle again
SELECT (dos.domain_create('acme', 'again.refuse', hosts => '{idle.elsewhere.test}')).code;
SELECT i.* FROM idle_at('2026-07-20T00:00:01Z') AS i;
SELECT r.clid, m.text FROM dos.poll_message AS m JOIN dos.registrar AS r ON r.id = m.registrar_id WHERE m.event ~ 'idle$' ORDER BY m.id;
SELECT handle FROM dos.contact ORDER BY 1;
SELECT kind, count(*) FROM dos.idle_notice GROUP BY 1 ORDER BY 1;
SELECT * FROM test.dangling();

-- the letter of RFC 5731 section 3.2.2: no delete while there is a subordinate host, whoever uses it or nobody
SELECT test.thin_zone('forbid', 'delete_hosts=forbid') > 0 AS zone, (dos.domain_create('acme', 'p.forbid')).code AS domain, (dos.host_create('acme', 'ns1.p.forbid', '{192.0.2.1}')).code AS host;
SELECT o.code, o.reason, o.detail FROM test.outcome($$SELECT * FROM dos.domain_delete('acme', 'p.forbid')$$) AS o;
SELECT dos.host_delete('acme', 'ns1.p.forbid') AS host;
SELECT (dos.domain_delete('acme', 'p.forbid')).code AS domain;
