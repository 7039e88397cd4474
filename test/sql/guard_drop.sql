-- A registry that holds domains is not dropped by accident; PUBLIC may do nothing.

SELECT test.registrar('acme') > 0 AS acme, test.zone('example', 'registrant_required=false', 'contacts_required={}') > 0 AS example;
SELECT code FROM dos.domain_create('acme', 'kept.example', svtrid => 'TEST-1');

DROP EXTENSION dos;
-- nor by way of something it needs, nor piece by piece
SET client_min_messages = warning;
DROP EXTENSION plpgsql CASCADE;
RESET client_min_messages;
DROP SCHEMA dos CASCADE;
DROP TABLE dos.domain;
BEGIN;
DROP EXTENSION IF EXISTS dos CASCADE;
ROLLBACK;
SELECT count(*) FROM dos.domain;
-- only a superuser may lift the guard
CREATE ROLE guard_tester;
SET ROLE guard_tester;
SET dos.allow_drop = on;
RESET ROLE;
DROP ROLE guard_tester;
-- other things that are called domain are none of its business
CREATE SCHEMA other;
CREATE TABLE other.domain AS SELECT 1 AS id;
DROP TABLE other.domain;
CREATE EVENT TRIGGER harmless ON ddl_command_start EXECUTE FUNCTION dos_internal.guard_load();
DROP EVENT TRIGGER harmless;
-- the library is loaded in a session that runs nothing but DDL (here by preload, otherwise by this event trigger)
SELECT evtname, evtevent, evtenabled, evttags IS NULL AS every_command FROM pg_event_trigger;

-- PUBLIC has no rights on anything
SELECT p.oid::regprocedure AS public_may_call FROM pg_proc AS p
 WHERE p.pronamespace IN ('dos'::regnamespace, 'dos_internal'::regnamespace)
   AND EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a WHERE a.grantee = 0);
SELECT c.oid::regclass AS public_may_see FROM pg_class AS c
 WHERE c.relnamespace IN ('dos'::regnamespace, 'dos_internal'::regnamespace)
   AND EXISTS (SELECT FROM aclexplode(c.relacl) AS a WHERE a.grantee = 0);
SELECT n.nspname AS public_may_enter FROM pg_namespace AS n
 WHERE n.nspname IN ('dos', 'dos_internal') AND EXISTS (SELECT FROM aclexplode(n.nspacl) AS a WHERE a.grantee = 0);
-- what a gateway was given it keeps
SELECT has_function_privilege('dos_epp', p.oid, 'EXECUTE') AS epp, has_function_privilege('dos_dns', p.oid, 'EXECUTE') AS dns
  FROM pg_proc AS p WHERE p.pronamespace = 'dos'::regnamespace AND p.proname = 'domain_create';

-- without domains, or when a superuser says so, it goes
BEGIN;
DELETE FROM dos.domain;
DROP EXTENSION dos;
ROLLBACK;
SET dos.allow_drop = on;
DROP EXTENSION dos;
SELECT count(*) AS left_behind FROM pg_namespace WHERE nspname IN ('dos', 'dos_internal');
