-- What follows a domain (T09): its contacts are kept, moved or copied, by the zone's policy, without stray duplicates.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('loser'), test.registrar('winner'), test.registrar('third');
SELECT z.name, test.thin_zone(z.name, 'transfer_lock=0', 'registrant_lock=0', 'transfer_contacts=' || z.name) > 0 AS zone FROM unnest('{keep,move,copy,new}'::text[]) AS z (name);
SELECT test.would($$SELECT test.thin_zone('odd', 'transfer_contacts=lose')$$);
CREATE FUNCTION contact_of(id bigint) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN c.handle LIKE 'T%-DOS' THEN 'copy of ' || (SELECT o.handle FROM dos.contact AS o WHERE o.id = c.copied_from) ELSE c.handle END
           || ' ' || dos_internal.registrar_clid(c.registrar_id) FROM dos.contact AS c WHERE c.id = contact_of.id
$$;
CREATE VIEW seen AS
    SELECT d.name, dos_internal.registrar_clid(d.registrar_id) AS sponsor, contact_of(d.registrant_id) AS registrant,
           ARRAY(SELECT contact_of(i) FROM unnest(d.admin_ids) AS i) AS admin, ARRAY(SELECT contact_of(i) FROM unnest(d.tech_ids) AS i) AS tech
      FROM dos.domain AS d ORDER BY d.name;
-- ONLY-z names one domain, BOTH-z two; SOLD is a contact of a third registrar already
SELECT test.contact('loser', k || '-' || z.name) FROM unnest('{keep,move,copy,new}'::text[]) AS z (name), unnest('{ONLY,BOTH,SOLD}'::text[]) AS k;
SELECT (dos.domain_create('loser', 'a.' || z.name, registrant => 'ONLY-' || z.name, contacts => ARRAY['admin:BOTH-' || z.name, 'tech:BOTH-' || z.name, 'tech:SOLD-' || z.name], auth => 'Code-1')).code,
       (dos.domain_create('loser', 'b.' || z.name, contacts => ARRAY['admin:BOTH-' || z.name], auth => 'Code-1')).code FROM unnest('{keep,move,copy,new}'::text[]) AS z (name);
SELECT (dos.contact_move('SOLD-' || z.name, 'third', 'sold')).status FROM unnest('{keep,move,copy,new}'::text[]) AS z (name);
SELECT count(*) AS contacts FROM dos.contact;

-- approved by the loser
SELECT (dos.domain_transfer_request('winner', 'a.' || z.name, 'Code-1')).code, (dos.domain_transfer_approve('loser', 'a.' || z.name)).status FROM unnest('{keep,move,copy,new}'::text[]) AS z (name);
SELECT * FROM seen WHERE name LIKE 'a.%';
-- complete by the clock; the contact that was copied before is used again
SELECT (dos.domain_transfer_request('winner', 'b.' || z.name, 'Code-1')).code FROM unnest('{keep,move,copy,new}'::text[]) AS z (name);
SET dos.clock = '2026-04-10T00:00:00Z';
SELECT dos.job_run('domain_advance') > 0 AS written;
SELECT * FROM seen;
SELECT count(*) AS contacts FROM dos.contact;
SELECT * FROM test.dangling();
-- the winner may change what it got
SELECT test.would(format('SELECT * FROM dos.domain_update(''winner'', ''a.%s'', add_statuses => ''{clientHold}'')', z.name)),
       test.would(format('SELECT * FROM dos.contact_update(''winner'', %L, voice => ''+1.5'')', (SELECT c.handle FROM dos.contact AS c JOIN dos.domain AS d ON d.registrant_id = c.id WHERE d.name = 'a.' || z.name)))
  FROM unnest('{keep,move,copy,new}'::text[]) AS z (name);

-- new: nothing else before the winner has named its own, all of them in one command; then as ever
SELECT test.contact('winner', 'MINE');
SELECT t.what, o.code, o.reason, o.detail FROM (VALUES
    (1, 'something else',       $$add_statuses => '{clientTransferProhibited}'$$),
    (2, 'only the registrant',  $$chg_registrant => 'MINE'$$),
    (3, 'one is left',          $$chg_registrant => 'MINE', rem_contacts => '{admin:BOTH-new,tech:BOTH-new}', add_contacts => '{admin:MINE}'$$),
    (4, 'all of them',          $$chg_registrant => 'MINE', rem_contacts => '{admin:BOTH-new,tech:BOTH-new,tech:SOLD-new}', add_contacts => '{admin:MINE}'$$),
    (5, 'something else now',   $$add_statuses => '{clientTransferProhibited}'$$)) AS t (n, what, arguments),
    test.outcome(format('SELECT * FROM dos.domain_update(''winner'', ''a.new'', %s)', t.arguments)) AS o ORDER BY t.n;
SELECT * FROM seen WHERE name = 'a.new';
SELECT test.would($$SELECT * FROM dos.domain_renew('winner', 'b.new', (SELECT expires_at::date FROM dos.domain WHERE name = 'b.new'))$$) AS renewed_meanwhile;
-- what a registrar has registered itself is its own affair
SELECT (dos.domain_create('loser', 'c.new', registrant => 'ONLY-new')).code, test.would($$SELECT * FROM dos.domain_update('loser', 'c.new', add_statuses => '{clientHold}')$$);

-- handles of each registrar's own: the winner can still take the loser's contact off its domain
UPDATE dos.contact SET scope = registrar_id WHERE handle LIKE '%-keep';
SELECT test.contact('winner', 'OTHER');
SELECT o.code, o.reason FROM test.outcome($$SELECT * FROM dos.domain_update('winner', 'b.keep', rem_contacts => '{admin:BOTH-keep}', add_contacts => '{admin:OTHER}')$$) AS o;
SELECT * FROM seen WHERE name = 'b.keep';

-- a copy that its owner has changed is not used again
SELECT code FROM dos.contact_update('winner', (SELECT c.handle FROM dos.contact AS c JOIN dos.domain AS d ON c.id = ANY (d.admin_ids) WHERE d.name = 'a.copy'), email => 'new@mail.example');
SELECT (dos.domain_create('loser', 'c.copy', contacts => '{admin:BOTH-copy}', auth => 'Code-1')).code;
SELECT status FROM dos.domain_move('c.copy', 'winner', 'court order', contacts => 'copy');
SELECT count(*) AS contacts FROM dos.contact;

-- the repository of the ROIDs
UPDATE dos.contact_setting SET roid_suffix = 'REP';
UPDATE dos.host_setting SET roid_suffix = 'REP';
SELECT test.contact('loser', 'ROID'), (dos.host_create('loser', 'ns1.elsewhere.net')).code;
SELECT roid ~ '^C[0-9]+-REP$' AS contact FROM dos.contact WHERE handle = 'ROID';
SELECT roid ~ '^H[0-9]+-REP$' AS host FROM dos.host;
