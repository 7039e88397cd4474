-- Objects from CSV: good lines, bad lines, all or nothing, and one by one.
SET dos.clock = '2026-06-01T00:00:00Z';
SELECT test.registrar('alpha') > 0 AS alpha, test.registrar('beta') > 0 AS beta, test.zone('example', 'kind=test') > 0 AS example;
UPDATE dos.registrar SET iana_id = 8 WHERE clid = 'alpha';
SELECT test.contact('alpha', 'c-here'), (dos.host_create('alpha', 'ns.here.test')).code, dos.escrow_open('example');
SELECT dos.escrow_csv_tables();
COPY csv_contact (id, name, street1, city, cc, voice, email, registrar) FROM STDIN CSV HEADER;
id,name,street1,city,cc,voice,email,registrar
c-ann,"Ann, Example",1 Main Street,Springfield,US,+1.5555550100,ann@mail.example,alpha
c-zoe,Zoë,Hauptstraße 1,Köln,DE,,zoe@mail.example,beta
c-bad,Bad,1 Main Street,Springfield,XX,,bad@mail.example,alpha
\.
COPY csv_host (name, addresses, registrar) FROM STDIN CSV HEADER;
name,addresses,registrar
NS1.one.example,192.0.2.1 2001:db8::1,alpha
ns.far.test,,beta
ns1.nowhere.example,192.0.2.2,alpha
\.
COPY csv_domain (name, registrar, created_at, expires_at, registrant, admin, tech, hosts, ds, statuses) FROM STDIN CSV HEADER;
name,registrar,created_at,expires_at,registrant,admin,tech,hosts,ds,statuses
One.example,alpha,2020-01-01,2030-01-01T12:00:00Z,c-ann,c-ann,c-zoe c-here,ns1.one.example ns.far.test,12345 13 2 BE74359954660069D5C63D200C39F5603827D7DD02B56F120EE9F3A86764247C,clientHold
two.example,beta,,,c-here,c-here,c-here,ns.here.test,,
three.example,alpha,yesterday,2030-01-01,c-ann,c-ann,c-ann,,,
four.example,stranger,2020-01-01,2030-01-01,c-ann,c-ann,c-ann,,,
five.example,alpha,2020-01-01,2030-01-01,c-bad,c-ann,c-ann,,,
six.example,alpha,2020-13-01,2030-01-01,c-ann,c-ann,c-ann,,,
twice.example,beta,,,c-here,c-here,c-here,,,
twice.example,beta,,,c-here,c-here,c-here,,,
seven.elsewhere,alpha,2020-01-01,2030-01-01,c-ann,c-ann,c-ann,,,
\.
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.escrow_csv_read('nowhere', 'test')$$) AS o;
SELECT dos.escrow_csv_read('example', 'test.csv') AS import \gset
SELECT * FROM dos.escrow_analyze(:import);
SELECT severity, kind, key, line, reason, detail FROM dos.escrow_problem ORDER BY severity, kind, line, reason, detail;
-- all or nothing
SELECT o.code, o.reason FROM test.outcome(format($$SELECT dos.escrow_load(%s)$$, :import)) AS o;
SELECT count(*) FROM dos.domain;
-- one by one: what refers to a bad object goes with it
SELECT dos.escrow_exclude(:import);
SELECT severity, kind, key, line, reason FROM dos.escrow_problem WHERE severity <> 'warning' ORDER BY kind, line, reason;
SELECT dos.escrow_load(:import);
SELECT d.name, d.roid ~ '^D\d+-DOS$' AS roid, dos_internal.registrar_clid(d.registrar_id) AS sponsor, d.created_at, d.expires_at, d.statuses, cardinality(d.host_ids) AS hosts, cardinality(d.tech_ids) AS techs, cardinality(d.ds) AS ds FROM dos.domain AS d ORDER BY d.name;
SELECT h.name, h.addresses, h.superordinate_id IS NOT NULL AS inside FROM dos.host AS h ORDER BY h.name;
SELECT c.handle, c.int_postal IS DISTINCT FROM NULL AS int, c.loc_postal IS DISTINCT FROM NULL AS loc FROM dos.contact AS c ORDER BY c.handle;
SELECT count(*) AS dangling FROM test.dangling();
SELECT (dos.domain_info('beta', 'two.example')).code, (dos.domain_renew('beta', 'two.example', '2027-06-01')).code AS renewed;
