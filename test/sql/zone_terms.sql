-- What else a zone says: years for each verb, who is eligible, which name servers, states and the verbs on names that exist.
SET dos.clock = '2026-04-01T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('beta');
SELECT test.thin_zone('terms', 'years_create={1,2,5}', 'years_renew={1}') > 0 AS terms, test.zone('closed', 'contacts_required={}') > 0 AS closed;
SELECT o.code, o.reason, o.element, t.setting
FROM (VALUES ('years_create={}'), ('years_create={0}'), ('years_renew={11}'), ('nameservers_allowed={}'), ('registrar_predicate=nonsense'), ('registrar_predicate=1; DROP TABLE x'),
             ('registrant_predicate=registrant.nothing'), ('claims_window=-1 day'), ('claims_window=1 month'), ('label_characters_min=0'), ('label_characters_max=64'), ('label_characters_min=5,label_characters_max=4')) AS t (setting),
     test.outcome(format('SELECT dos.zone_create(''bad'', ''{}'', VARIADIC %L)', CASE WHEN t.setting LIKE '%,label%' THEN string_to_array(t.setting, ',') ELSE ARRAY[t.setting] END)) AS o;

-- years: both verbs have their own; months are whole years
SELECT t.period, t.unit, test.would(format('SELECT dos.domain_create(''acme'', ''a.terms'', period => %L, period_unit => %L)', t.period, t.unit))
FROM (VALUES (NULL, 'y'), (1, 'y'), (2, 'y'), (3, 'y'), (5, 'y'), (6, 'y'), (24, 'm'), (36, 'm'), (6, 'm')) AS t (period, unit);
SELECT code FROM dos.domain_create('acme', 'kept.terms');
SELECT t.period, test.would(format('SELECT dos.domain_renew(''acme'', ''kept.terms'', ''2027-04-01'', %s)', t.period)) FROM (VALUES (1), (2)) AS t (period);

-- who may: the registrar, the registrant
SELECT test.contact('acme', 'us-1'), test.contact('acme', 'us-2'), test.contact('beta', 'b-1');
UPDATE dos.zone SET registrar_predicate = $$registrar.clid = 'acme'$$ WHERE name = 'closed';
SELECT t.r, test.would(format('SELECT dos.domain_create(%L, ''a.closed'', registrant => %L)', t.r, t.c)) FROM (VALUES ('acme', 'us-1'), ('beta', 'b-1')) AS t (r, c);
UPDATE dos.zone SET registrar_predicate = NULL, registrant_predicate = $$registrant.handle <> 'us-2'$$ WHERE name = 'closed';
SELECT t.c, test.would(format('SELECT dos.domain_create(''acme'', ''a.closed'', registrant => %L)', t.c)) FROM (VALUES ('us-1'), ('us-2')) AS t (c);
SELECT code FROM dos.domain_create('acme', 'a.closed', registrant => 'us-1');
SELECT test.would($$SELECT * FROM dos.domain_update('acme', 'a.closed', chg_registrant => 'us-2')$$);
UPDATE dos.zone SET registrant_predicate = NULL, nameservers_allowed = '{ns.good.test,*.dns.test}' WHERE name = 'closed';
SELECT count(dos.host_create('acme', h)) FROM unnest('{ns.good.test,a.dns.test,dns.test,adns.test,b.ns.good.test}'::text[]) AS h;
SELECT h, test.would(format('SELECT * FROM dos.domain_update(''acme'', ''a.closed'', add_hosts => %L)', ARRAY[h])) FROM unnest('{ns.good.test,a.dns.test,dns.test,adns.test,b.ns.good.test}'::text[]) AS h;
UPDATE dos.zone SET nameservers_allowed = NULL WHERE name = 'closed';
SELECT restricted FROM dos.zone WHERE name = 'closed';

-- names that are no domains
SELECT o.code, o.reason, t.command
FROM (VALUES ($$SELECT dos.nndn_add('x.nowhere', 'blocked')$$), ($$SELECT dos.nndn_add('x_.terms', 'blocked')$$), ($$SELECT dos.nndn_add('x.terms', 'lost')$$), ($$SELECT dos.nndn_add('x.terms', 'withheld', 'X.terms')$$),
             ($$SELECT dos.nndn_add('x.terms', 'blocked', NULL, '2026-03-01')$$), ($$SELECT dos.nndn_add('X.terms', 'blocked')$$), ($$SELECT dos.nndn_add('x.terms', 'mirrored')$$),
             ($$SELECT dos.nndn_add('held.terms', 'withheld', 'kept.terms', '2026-05-01T00:00Z')$$), ($$SELECT dos.nndn_add('mirror.terms', 'mirrored', 'kept.terms')$$)) AS t (command), test.outcome(t.command) AS o;
SELECT c.name, c.available, c.reason, test.would(format('SELECT dos.domain_create(''acme'', %L)', c.name)) FROM dos.domain_check('acme', '{x.terms,held.terms,mirror.terms,free.terms}') AS c;
SET dos.clock = '2026-05-01T00:00:00Z';
SELECT available FROM dos.domain_check('acme', '{held.terms}');
SELECT dos.nndn_remove('x.terms'), dos.nndn_remove('x.terms');
SELECT available FROM dos.domain_check('acme', '{x.terms}');

-- verbs on a name that exists, in each state of its zone
SELECT dos.zone_state_set('terms', 'predelegation');
SELECT v.verb, test.would(v.command) FROM (VALUES (1, 'info', $$SELECT * FROM dos.domain_info('acme', 'kept.terms')$$), (2, 'update', $$SELECT * FROM dos.domain_update('acme', 'kept.terms', add_statuses => '{clientHold}')$$),
             (3, 'renew', $$SELECT * FROM dos.domain_renew('acme', 'kept.terms', '2027-04-01')$$), (4, 'delete', $$SELECT * FROM dos.domain_delete('acme', 'kept.terms')$$),
             (5, 'transfer', $$SELECT * FROM dos.domain_transfer_request('beta', 'kept.terms', 'x')$$)) AS v (n, verb, command) ORDER BY v.n;
SELECT dos.zone_state_set('terms', 'quiet');
SELECT v.verb, test.would(v.command) FROM (VALUES (2, 'update', $$SELECT * FROM dos.domain_update('acme', 'kept.terms', add_statuses => '{clientHold}')$$),
             (3, 'renew', $$SELECT * FROM dos.domain_renew('acme', 'kept.terms', '2027-04-01')$$), (4, 'delete', $$SELECT * FROM dos.domain_delete('acme', 'kept.terms')$$)) AS v (n, verb, command) ORDER BY v.n;
