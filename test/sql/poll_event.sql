-- Events as documents (V02): actor, object, before and after, years, price, correlation, a version, and no secret in any of them.
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme', 4000), test.registrar('other'), test.thin_zone('example', 'transfer_lock=0', 'registrant_lock=0') > 0 AS zone, test.contact('acme', 'ANN');
CREATE VIEW told AS
    SELECT o.id, x.d, x.d ->> 'event' AS event, x.d ->> 'actor' AS actor, x.d ->> 'svtrid' AS svtrid
      FROM dos.outbox AS o, dos.event_document(o) AS x (d) WHERE o.event ~ '^(domain|contact|host)\.';
CREATE FUNCTION since(id bigint) RETURNS TABLE (event text, name text, actor text, svtrid text, before text, after text, charges text) LANGUAGE sql AS $$
    SELECT t.event, t.d #>> '{object,name}', t.actor, t.svtrid,
           coalesce(t.d #>> '{before,expires_at}', t.d #>> '{before,voice}', t.d #>> '{before,addresses}', t.d #>> '{before,name}'),
           coalesce(t.d #>> '{after,expires_at}', t.d #>> '{after,voice}', t.d #>> '{after,addresses}', t.d #>> '{after,name}'),
           (SELECT string_agg(concat_ws(' ', c ->> 'kind', c ->> 'sku', c ->> 'years', c ->> 'amount', c ->> 'currency', c ->> 'registrar', CASE WHEN c ? 'reverses' THEN 'reverses' END), ', ')
              FROM jsonb_array_elements(t.d -> 'charges') AS c)
      FROM told AS t WHERE t.id > since.id ORDER BY t.id
$$;
-- a create, a change, a renewal, a host and a contact; what was refused tells nothing
SELECT coalesce(max(id), 0) AS last FROM dos.outbox \gset
SELECT (dos.domain_create('acme', 'a.example', 2, auth => 'Secret-kept-1', cltrid => 'CL-1', svtrid => 'SV-1')).code,
       (dos.host_create('acme', 'ns1.a.example', '{192.0.2.1}', svtrid => 'SV-2')).code AS host,
       (dos.contact_update('acme', 'ANN', voice => '+1.5', svtrid => 'SV-3')).code AS contact;
SET dos.clock = '2026-04-03T00:00:01Z';
SELECT (dos.domain_renew('acme', 'a.example', '2028-04-03', 1, svtrid => 'SV-4')).code, (dos.domain_update('acme', 'a.example', chg_auth => 'Other-kept-2', svtrid => 'SV-5')).code AS update,
       (dos.host_update('acme', 'ns1.a.example', add_addresses => '{192.0.2.2}', svtrid => 'SV-6')).code AS host, test.would($$SELECT dos.domain_renew('acme', 'a.example', '2029-04-03', 10, svtrid => 'SV-7')$$);
SELECT * FROM since(:last);
-- whole
SELECT jsonb_pretty(d - '{before,after,correlation,id}'::text[] #- '{object,id}' #- '{charges,0,entry}' #- '{charges,0,price}') AS document FROM told WHERE svtrid = 'SV-4';
-- of one transaction: one correlation
SELECT count(*) AS events, count(DISTINCT d ->> 'correlation') AS correlations, bool_and((d ->> 'version') = '1') AS version FROM told WHERE svtrid IN ('SV-1', 'SV-2', 'SV-3');

-- by the clock: an automatic renewal; given back by a delete in its grace; the purge
SELECT max(id) AS last FROM dos.outbox \gset
SET dos.clock = '2029-04-03T00:00:00Z';
SELECT dos.job_run('domain_advance');
SELECT * FROM since(:last);
SET dos.clock = '2029-04-04T00:00:00Z';
SELECT max(id) AS last FROM dos.outbox \gset
SELECT dos.host_delete('acme', 'ns1.a.example', svtrid => 'SV-8') AS code, (dos.domain_delete('acme', 'a.example', svtrid => 'SV-9')).code AS domain;
SELECT * FROM since(:last);
SET dos.clock = '2029-06-04T00:00:00Z';
SELECT max(id) AS last FROM dos.outbox \gset
SELECT dos.job_run('domain_advance');
SELECT event, name, actor, before, after IS NULL AS gone FROM since(:last);

-- a transfer changes hands; staff changes a date
SELECT max(id) AS last FROM dos.outbox \gset
SELECT (dos.domain_create('acme', 'b.example', auth => 'Secret-kept-1', svtrid => 'SV-10')).code, (dos.domain_transfer_request('other', 'b.example', 'Secret-kept-1', svtrid => 'SV-11')).code AS transfer;
SET dos.clock = '2029-06-05T00:00:00Z';
SELECT (dos.domain_transfer_approve('acme', 'b.example', svtrid => 'SV-12')).status;
SELECT event, actor, before = after AS unchanged, after, charges FROM since(:last);
SELECT d #>> '{before,registrar_id}' <> d #>> '{after,registrar_id}' AS hands FROM told WHERE svtrid = 'SV-12';
SELECT dos.domain_dates_set('b.example', NULL, '2031-01-01', 'court order', 'Ann Officer');
SELECT event, actor, svtrid ~ '^dos-staff-' AS staff, d #>> '{before,expires_at}' AS before, d #>> '{after,expires_at}' AS after FROM told ORDER BY id DESC LIMIT 1;

-- no secret, and everything that is no object has a document too
SELECT count(*) AS secrets FROM told WHERE d::text ~ 'kept|auth_hash';
SELECT count(*) AS documents, count(*) FILTER (WHERE d ?& '{version,id,event,at,object,actor,cltrid,svtrid,correlation,content}') AS whole FROM dos.outbox AS o, dos.event_document(o) AS x (d);
