-- What a name asks of an application besides: claims notices, lists, variants, prices by phase and class, months.
SET dos.clock = '2026-04-01T00:00:00Z';
SELECT test.registrar('acme'), test.registrar('beta'), test.thin_zone('rush', 'idn=true', 'months_create={3,6}') > 0 AS rush;
INSERT INTO dos.price_policy (zone_id, month_terms) SELECT z.id, 'pro_rata' FROM dos.zone AS z;
SELECT dos.phase_create('rush', 'landrush', 'landrush', '2026-04-01T00:00Z', '2026-05-01T00:00Z', 'mode=application', 'validation=false', 'classes={collision}') > 0 AS landrush,
       dos.phase_create('rush', 'claims', 'claims', '2026-04-01T00:00Z', '2026-07-01T00:00Z') > 0 AS claims, dos.phase_create('rush', 'general', 'open', '2026-05-01T00:00Z') > 0 AS general;
CREATE FUNCTION apply(registrar text, name text, more jsonb DEFAULT '{}', rest text DEFAULT '') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer record;
BEGIN
    SELECT * INTO answer FROM test.outcome(format('SELECT dos.domain_create(%L, %L, svtrid => %L, extensions => %L%s)', registrar, name, registrar || ' ' || name,
                                                  jsonb_build_object('launch', '{"phase": "landrush"}'::jsonb || more), rest));
    RETURN answer.code || coalesce(' ' || answer.reason, '');
END $$;
CREATE FUNCTION decided(registrar text, name text, act text DEFAULT 'allocate') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer record;
BEGIN
    SELECT o.* INTO answer FROM dos.application AS a, test.outcome(format('SELECT dos.application_%s(%L, ''r'')', decided.act, a.number)) AS o WHERE a.svtrid = registrar || ' ' || decided.name;
    RETURN answer.code || coalesce(' ' || answer.reason, '');
END $$;

-- claims: a label of a trademark needs its notice, which is kept with the domain, and goes with an application that gets nothing
SELECT added FROM dos.claims_load(E'1,2026-01-01T00:00:00.0Z\nDNL,lookup-key,insertion-datetime\nclaimed,2026010100/1/a/b/key,2026-01-01T00:00:00.0Z\n');
CREATE FUNCTION noticed(phase jsonb) RETURNS jsonb LANGUAGE sql AS $$ SELECT phase || '{"notices": [{"id": "c76a92ed0000000000000000042", "not_after": "2099-01-01T00:00:00Z", "accepted_at": "2026-03-31T12:00:00Z"}]}' $$;
SELECT apply('acme', 'claimed.rush') AS without, apply('acme', 'claimed.rush', noticed('{}')) AS landrush, apply('beta', 'claimed.rush', noticed('{"phase": "claims", "phase_name": "landrush"}')) AS claims,
       apply('acme', 'other.rush', noticed('{}')) AS unexpected;
SELECT n.domain_name, a.svtrid, a.launch_phase, a.launch_name FROM dos.claims_notice AS n JOIN dos.application AS a ON a.id = n.domain_id ORDER BY a.id;
SELECT i.extension #- '{launch,application_id}' AS said FROM dos.application AS a,
       dos.application_info('beta', 'claimed.rush', extensions => jsonb_build_object('launch', jsonb_build_object('phase', 'claims', 'phase_name', 'landrush', 'application_id', a.number))) AS i WHERE a.svtrid = 'beta claimed.rush';
SELECT decided('beta', 'claimed.rush');
SELECT n.domain_name, r.clid FROM dos.claims_notice AS n JOIN dos.domain AS d ON d.id = n.domain_id JOIN dos.registrar AS r ON r.id = d.registrar_id;

-- lists: reserved, released by the phase and then on hold, permitted by staff once
SELECT dos.reserved_list_create('blocked', 'blocked', '{rush}') > 0 AS list, dos.reserved_add('blocked', 'never'),
       dos.reserved_list_create('clash', 'collision', '{rush}') > 0 AS collision, dos.reserved_add('clash', 'crash');
SELECT apply('acme', 'never.rush'), apply('acme', 'crash.rush'), dos.reserved_override_grant('never.rush', 'acme', 'as agreed') > 0 AS granted;
SELECT apply('acme', 'never.rush'), apply('acme', 'never.rush') AS again;
SELECT decided('acme', 'crash.rush'), decided('acme', 'never.rush');
SELECT d.name, d.statuses FROM dos.domain AS d WHERE d.name IN ('crash.rush', 'never.rush') ORDER BY 1;
SELECT p.event, p.text FROM dos.poll_message AS p WHERE p.object_name = 'crash.rush' ORDER BY p.id;

-- variants: one name of a set is another's once it is allocated, and not before; the same registrar's joins the set
SELECT dos.idn_table_load('turkish', $lgr$<?xml version="1.0" encoding="utf-8"?><lgr xmlns="urn:ietf:params:xml:ns:lgr-1.0"><meta><language>tr</language></meta><data>
<range first-cp="0061" last-cp="0068"/><range first-cp="006A" last-cp="007A"/><char cp="0069"><var cp="0131" type="allocatable"/></char><char cp="0131"><var cp="0069" type="allocatable"/></char>
</data></lgr>$lgr$) > 0 AS loaded;
SELECT dos.zone_idn_tables('rush', 'turkish');
SELECT dos.dname('kısır.rush') AS dotless, apply('acme', 'kisir.rush'), apply('beta', dos.dname('kısır.rush')), apply('acme', dos.dname('kısir.rush'));
SELECT count(*) AS keys FROM dos.idn_key;
SELECT decided('acme', 'kisir.rush') AS kisir, decided('beta', dos.dname('kısır.rush')) AS of_another, decided('acme', dos.dname('kısir.rush')) AS of_the_same;
SELECT dos.dname_unicode(v.name) AS variant, v.original FROM dos.domain_variant AS v;
SELECT count(*) AS keys FROM dos.idn_key;
SELECT apply('beta', dos.dname('kısır.rush')) AS now_refused;

-- a price of the phase, of a class, and terms in months
SELECT count(dos.price_set('rush', 'create', NULL, 'USD', 5000, phase => 'landrush'));
SELECT dos.price_class_set('rush', 'gold', '{restore,transfer}', true), dos.premium_list_set('rush', 'words') > 0 AS words, dos.premium_set('rush', 'words', 'dear', 'gold');
SELECT count(dos.price_set('rush', c, NULL, 'USD', 90000, class => 'gold', phase => CASE c WHEN 'create' THEN 'landrush' END)) FROM unnest('{create,renew}'::text[]) AS c;
SELECT apply('acme', 'dear.rush', '{}', ', period => 2') AS fee_unsaid, (dos.domain_create('acme', 'dear.rush', 2, svtrid => 'acme dear.rush', extensions => '{"launch": {"phase": "landrush"}, "fee": {"currency": "USD", "fees": [{"amount": "1800.00"}]}}')).code;
SELECT apply('acme', 'cheap.rush'), apply('acme', 'short.rush', '{}', ', period => 6, period_unit => ''m''');
SELECT a.name, a.years, a.amount_minor FROM dos.application AS a WHERE a.name IN ('cheap.rush', 'dear.rush', 'short.rush') ORDER BY 1;
SELECT count(*) AS promised FROM dos.price_own;
SELECT decided('acme', 'short.rush'), decided('acme', 'dear.rush', 'reject');
SELECT d.name, d.expires_at FROM dos.domain AS d WHERE d.name = 'short.rush';
SELECT count(*) AS promised FROM dos.price_own;
SELECT * FROM dos.ledger_verify();
SELECT * FROM dos.billing_verify();
