-- pg_dump takes what the extension's tables hold only if they are registered for it. All are, but for these.

CREATE TEMPORARY TABLE exception (name text, reason text);
INSERT INTO exception VALUES
    ('dos.result_code', 'shipped, the same everywhere'),
    ('dos.dns_secondary_state', 'what the secondaries of one server did means nothing to the next'),
    ('dos.epp_gateway', 'what is connected to one server means nothing to the next'),
    ('dos.epp_session', 'what is connected to one server means nothing to the next'),
    ('dos.epp_replay', 'what is kept for seconds means nothing to the next server'),
    ('dos_internal.zone_part', 'shipped, the same everywhere'),
    ('dos.proof', 'what was proved of one server says nothing of the next'),
    ('dos.job_state', 'what became of the jobs of one server means nothing to the next');

CREATE TEMPORARY VIEW member AS
    SELECT c.oid, c.oid::regclass::text AS name, c.relkind, c.oid = ANY (e.extconfig) AS dumped
      FROM pg_extension AS e
      JOIN pg_depend AS d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND d.deptype = 'e'
      JOIN pg_class AS c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
     WHERE e.extname = 'dos';

SELECT m.name AS table_that_would_be_lost FROM member AS m
 WHERE m.relkind IN ('r', 'p') AND NOT m.dumped AND m.name NOT IN (SELECT x.name FROM exception AS x);
SELECT x.name AS exception_that_is_none, x.reason FROM exception AS x
 WHERE NOT EXISTS (SELECT FROM member AS m WHERE m.name = x.name AND NOT m.dumped);

-- sequences of dumped tables: identity sequences are no members of their own, but must be registered, too
SELECT s.oid::regclass AS sequence_that_would_start_again
  FROM member AS m
  JOIN pg_depend AS d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = m.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
  JOIN pg_class AS s ON s.oid = d.objid AND s.relkind = 'S'
 WHERE m.dumped AND s.oid <> ALL ((SELECT extconfig FROM pg_extension WHERE extname = 'dos')::oid[]);

-- a filter leaves shipped rows to the extension: such a table knows which they are
SELECT m.name, f.condition
  FROM member AS m, pg_extension AS e, unnest(e.extconfig, e.extcondition) AS f (oid, condition)
 WHERE e.extname = 'dos' AND f.oid = m.oid AND f.condition <> ''
   AND NOT EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = m.oid AND a.attname = 'own');
