-- Two hundred random changes of the small zone's domains and hosts, each in a transaction of its own.
SELECT setseed(0.1995);
CREATE PROCEDURE pg_temp.change(zone text, count int) LANGUAGE plpgsql AS $$
DECLARE
    d dos.domain;
    h dos.host;
BEGIN
    FOR i IN 1 .. count LOOP
        SELECT * INTO d FROM dos.domain WHERE dos_internal.dname_within(name, zone) ORDER BY random() LIMIT 1;
        SELECT * INTO h FROM dos.host WHERE dos_internal.dname_within(name, zone) ORDER BY random() LIMIT 1;
        CASE i % 4
        WHEN 0 THEN
            UPDATE dos.domain SET statuses = CASE WHEN statuses = '{}' THEN '{clientHold}' ELSE '{}' END::text[] WHERE id = d.id;
        WHEN 1 THEN
            UPDATE dos.domain SET host_ids = ARRAY(SELECT id FROM dos.host WHERE name LIKE '%.wire-test.invalid' OR dos_internal.dname_within(name, zone) ORDER BY random() LIMIT 1 + (random() * 3)::int)
             WHERE id = d.id;
        WHEN 2 THEN
            UPDATE dos.domain SET ds = ARRAY(SELECT k || ' 13 1 0102030405060708090a0b0c0d0e0f1011121314' FROM generate_series(1, (random() * 3)::int) AS k) WHERE id = d.id;
        ELSE
            UPDATE dos.host SET addresses = ARRAY['203.0.113.1'::inet + (random() * 200)::int] WHERE id = h.id;
            PERFORM dos_internal.host_mark(h.id);
        END CASE;
        PERFORM dos_internal.dns_mark(d.zone_id, d.name::text);
        COMMIT;
        IF i % 20 = 0 THEN
            PERFORM pg_sleep(0.05);
        END IF;
    END LOOP;
END $$;
CALL pg_temp.change(:'zone', 200);
