-- dos.health(): nothing is wrong in a new registry; each thing that goes wrong shows, and only that.
SELECT s.measured, dos_internal.health_state(s.measured, 10, 20) AS state FROM (VALUES (NULL), (9.999), (10), (19.999), (20), (-1)) AS s (measured);
SET dos.clock = '2026-04-03T00:00:00Z';
SELECT test.registrar('acme'), test.thin_zone('example') > 0 AS zone;
CREATE VIEW wrong AS SELECT h.part, h.name, h.state, h.value, h.unit FROM dos.health() AS h
 WHERE h.state <> 'ok' AND h.part NOT IN ('connections', 'oldest transaction', 'transaction ids', 'job late');
SELECT count(*) > 3 AS measured, count(*) FILTER (WHERE h.state NOT IN ('ok', 'warn', 'bad') OR h.part IS NULL OR h.name IS NULL OR h.unit IS NULL) AS malformed FROM dos.health() AS h;
SELECT * FROM wrong;

-- a certificate that ends: both sides of both thresholds
INSERT INTO dos.registrar_certificate SELECT r.id, repeat('ab', 32), tstzrange('2026-01-01Z', '2026-05-03T00:00:00Z') FROM dos.registrar AS r;
CREATE FUNCTION wrong_at(instant text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('dos.clock', instant, false);
    RETURN (SELECT string_agg(w.state || ' ' || w.value, ',') FROM wrong AS w WHERE w.part = 'certificate ends');
END $$;
SELECT t.at, wrong_at(t.at) FROM unnest('{2026-04-02T23:50:00Z,2026-04-03T00:00:00Z,2026-04-25T23:50:00Z,2026-04-26T00:00:00Z}'::text[]) AS t (at);
DELETE FROM dos.registrar_certificate;
SET dos.clock = '2026-04-03T00:00:00Z';

-- a queue nobody reads, an account running low, a job that fails, a zone that is stopped
INSERT INTO dos.account_low SELECT a.id, dos.now() - interval '2 days' FROM dos.account AS a JOIN dos.registrar AS r ON r.id = a.registrar_id WHERE r.clid = 'acme';
INSERT INTO dos.zone_guard (zone_id, guard, detail) SELECT z.id, 'delegations', 'half of them would go' FROM dos.zone AS z;
SET dos.clock = '2026-04-03T00:10:00Z';
SELECT * FROM wrong;

-- staff may look, gateways may not
SELECT r AS role, has_function_privilege(r, 'dos.health()', 'EXECUTE') AS may FROM unnest('{dos_admin,dos_epp,dos_rdds,dos_dns}'::text[]) AS r;
