-- What the catalog says about the extension's objects; each query finds offenders and should find none.
-- Run by tools/check_database, which turns the rows into TAP: a title, then the names.

CREATE TEMPORARY VIEW member AS
    SELECT classid, objid FROM pg_depend
     WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass
       AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'dos');

SELECT 'every function in schema dos has a comment' AS title, p.oid::regprocedure::text AS offender
  FROM pg_proc AS p JOIN member AS m ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid
 WHERE p.pronamespace = 'dos'::regnamespace AND obj_description(p.oid, 'pg_proc') IS NULL
UNION ALL
SELECT 'every table and view in schema dos has a comment', c.oid::regclass::text
  FROM pg_class AS c JOIN member AS m ON m.classid = 'pg_class'::regclass AND m.objid = c.oid
 WHERE c.relnamespace = 'dos'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p') AND obj_description(c.oid, 'pg_class') IS NULL
UNION ALL
SELECT 'every type and domain in schema dos has a comment', t.oid::regtype::text
  FROM pg_type AS t JOIN member AS m ON m.classid = 'pg_type'::regclass AND m.objid = t.oid
  LEFT JOIN pg_class AS c ON c.oid = t.typrelid
 WHERE t.typnamespace = 'dos'::regnamespace AND t.typtype IN ('c', 'd', 'e', 'r') AND coalesce(c.relkind, 'c') = 'c'
   AND obj_description(t.oid, 'pg_type') IS NULL AND (c.oid IS NULL OR obj_description(c.oid, 'pg_class') IS NULL)
UNION ALL
SELECT 'every schema has a comment', n.nspname
  FROM pg_namespace AS n WHERE n.nspname IN ('dos', 'dos_internal') AND obj_description(n.oid, 'pg_namespace') IS NULL
UNION ALL
SELECT 'every PL/pgSQL and SECURITY DEFINER function sets search_path', p.oid::regprocedure::text
  FROM pg_proc AS p JOIN member AS m ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid
  JOIN pg_language AS l ON l.oid = p.prolang
 WHERE (l.lanname = 'plpgsql' OR p.prosecdef)
   AND NOT EXISTS (SELECT FROM unnest(p.proconfig) AS s WHERE s LIKE 'search_path=pg_catalog, pg_temp')
UNION ALL
SELECT 'no SECURITY DEFINER function may be called by everybody', p.oid::regprocedure::text
  FROM pg_proc AS p JOIN member AS m ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid
 WHERE p.prosecdef AND EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a WHERE a.grantee = 0)
UNION ALL
SELECT 'gateways may not read or write tables', c.oid::regclass || ' by ' || a.grantee::regrole
  FROM pg_class AS c JOIN member AS m ON m.classid = 'pg_class'::regclass AND m.objid = c.oid
 CROSS JOIN LATERAL aclexplode(c.relacl) AS a
 WHERE c.relkind IN ('r', 'v', 'm', 'p') AND (a.grantee = 0 OR a.grantee::regrole::text IN ('dos_epp', 'dos_rdds', 'dos_dns', 'dos_escrow'))
UNION ALL
SELECT 'every constraint has a name of its own', c.oid::regclass || ' ' || k.conname
  FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid
  JOIN member AS m ON m.classid = 'pg_class'::regclass AND m.objid = c.oid
 WHERE k.contype IN ('c', 'u', 'f', 'x') AND k.conname ~ '(_check|_key|_fkey|_excl)[0-9]*$'
 ORDER BY 1, 2;
