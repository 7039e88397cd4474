-- What can be proved about the registry, proved again each day: one proof a run, so that none keeps the others waiting.

CREATE TABLE dos.proof (
    name      text CONSTRAINT proof_pkey PRIMARY KEY,
    proved_at timestamptz NOT NULL,
    took      interval NOT NULL,
    problems  bigint NOT NULL CONSTRAINT proof_problems_range CHECK (problems >= 0),
    first     text CONSTRAINT proof_first_said CHECK ((first IS NULL) = (problems = 0))
);
COMMENT ON TABLE dos.proof IS
    'how each proof of the registry ended when it was last run on this server: ledger (dos.ledger_verify), billing (of the last two days: dos.billing_verify), audit (dos.audit_verify), zone NAME (dos.zone_verify)';
COMMENT ON COLUMN dos.proof.first IS 'the first of the problems';

CREATE VIEW dos_internal.proof_due AS
    SELECT k.name, k.statement, p.proved_at
      FROM (SELECT 'ledger' AS name, 'SELECT problem, detail FROM dos.ledger_verify()' AS statement
            UNION ALL SELECT 'billing', $$SELECT problem, object_name || ': ' || detail FROM dos.billing_verify(dos.now() - interval '2 days')$$
            UNION ALL SELECT 'audit', 'SELECT problem, ''row '' || id FROM dos.audit_verify()'
            UNION ALL SELECT 'zone ' || z.name, format('SELECT problem, owner || '' '' || rtype FROM dos.zone_verify(%L) WHERE NOT pending', z.name) FROM dos.zone AS z WHERE z.published) AS k
      LEFT JOIN dos.proof AS p USING (name);
COMMENT ON VIEW dos_internal.proof_due IS 'the proofs there are, what each asks, and when it was last run';

CREATE FUNCTION dos.proof_run(name text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    proof dos_internal.proof_due;
    began timestamptz := clock_timestamp();
    found bigint;
    first text;
BEGIN
    SELECT * INTO proof FROM dos_internal.proof_due AS d WHERE d.name = proof_run.name;
    IF proof.name IS NULL THEN
        PERFORM dos_internal.refuse(2303, 'proof_unknown', 'name', format('there is no proof "%s"', name));
    END IF;
    EXECUTE format('SELECT count(*), (array_agg(coalesce(f.problem || '': '' || f.what, f.problem)))[1] FROM (%s) AS f (problem, what)', proof.statement) INTO found, first;
    INSERT INTO dos.proof AS p (name, proved_at, took, problems, first) VALUES (proof.name, dos.now(), clock_timestamp() - began, found, first)
    ON CONFLICT ON CONSTRAINT proof_pkey DO UPDATE SET proved_at = excluded.proved_at, took = excluded.took, problems = excluded.problems, first = excluded.first;
    RETURN found;
END $$;
COMMENT ON FUNCTION dos.proof_run(text) IS 'run one proof (ledger, billing, audit, zone NAME) and write down how it ended in dos.proof; returns the number of problems. R2303';
GRANT EXECUTE ON FUNCTION dos.proof_run(text) TO dos_admin;

CREATE FUNCTION dos_internal.proof_next() RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    next text;
BEGIN
    DELETE FROM dos.proof AS p WHERE NOT EXISTS (SELECT FROM dos_internal.proof_due AS d WHERE d.name = p.name);   -- of a zone that is gone
    SELECT d.name INTO next FROM dos_internal.proof_due AS d
     WHERE d.proved_at IS NULL OR d.proved_at <= dos.now() - interval '20 hours' OR d.proved_at > dos.now() ORDER BY d.proved_at NULLS FIRST, d.name LIMIT 1;
    IF next IS NULL THEN
        RETURN 0;
    END IF;
    PERFORM dos.proof_run(next);
    RETURN 1;
END $$;
COMMENT ON FUNCTION dos_internal.proof_next() IS 'job: run the proof that waits longest, if one is 20 hours old; called again until none is';

INSERT INTO dos.job (name, lane, function, every, on_wake) VALUES ('proof', 'proof', 'dos_internal.proof_next()', '1 hour', false);
