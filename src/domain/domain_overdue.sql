-- Nothing stays due for long, and what fails is seen.

CREATE TABLE dos.domain_parked (
    domain_id bigint CONSTRAINT domain_parked_pkey PRIMARY KEY,
    name      text NOT NULL,
    since     timestamptz NOT NULL DEFAULT dos.now(),
    failed_at timestamptz NOT NULL DEFAULT dos.now(),
    failures  int NOT NULL DEFAULT 1,
    error     text NOT NULL
);
COMMENT ON TABLE dos.domain_parked IS 'domains whose due transition failed: since when, how often, with which error; tried again every hour, gone from here when it works';
SELECT pg_catalog.pg_extension_config_dump('dos.domain_parked', '');

CREATE FUNCTION dos_internal.domain_stumbled(d dos.domain, error text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO dos.domain_parked AS p (domain_id, name, error) VALUES (d.id, d.name, error)
    ON CONFLICT ON CONSTRAINT domain_parked_pkey DO UPDATE SET failed_at = dos.now(), failures = p.failures + 1, error = EXCLUDED.error;
    UPDATE dos.domain AS o SET next_event_at = dos.now() + interval '1 hour' WHERE o.id = d.id;
END $$;
COMMENT ON FUNCTION dos_internal.domain_stumbled(dos.domain, text) IS 'park a domain whose due transition failed: the error is kept, the next try is in an hour';

-- Bookkeeping apart from the hot path: names that were parked and went on are taken off the list.
CREATE FUNCTION dos_internal.domain_unpark() RETURNS bigint
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    WITH better AS (DELETE FROM dos.domain_parked AS p
                     WHERE NOT EXISTS (SELECT FROM dos.domain AS d WHERE d.id = p.domain_id AND (dos_internal.domain_is_due(d) OR d.next_event_at <= dos.now()))
                    RETURNING true)
    SELECT count(*) FROM better
$$;
COMMENT ON FUNCTION dos_internal.domain_unpark() IS 'job: forget parked domains that are not due any more; returns how many';
INSERT INTO dos.job (name, lane, function, every) VALUES ('domain_unpark', 'lifecycle', 'dos_internal.domain_unpark()', '1 minute');

CREATE VIEW dos.domain_overdue AS
    SELECT d.name, least(d.next_event_at, p.since) AS due_at, dos.now() - least(d.next_event_at, p.since) AS late_by, p.failures, p.error
      FROM dos.domain AS d LEFT JOIN dos.domain_parked AS p ON p.domain_id = d.id
     WHERE d.next_event_at < dos.now() - interval '1 hour' OR p.since < dos.now() - interval '1 hour';
COMMENT ON VIEW dos.domain_overdue IS 'domains of which something has been due for more than an hour, and why; no row is what a healthy registry shows';
