-- The door: the registry is not dropped by accident (guard.c), and PUBLIC may do nothing.
-- What a gateway may call keeps the GRANT it got in its own room.

CREATE FUNCTION dos_internal.guard_load() RETURNS event_trigger
LANGUAGE c AS 'MODULE_PATHNAME', 'dos_sql_guard_load';
COMMENT ON FUNCTION dos_internal.guard_load() IS 'event trigger: loads the library that refuses to drop a registry which holds domains';

CREATE EVENT TRIGGER dos_guard ON ddl_command_start EXECUTE FUNCTION dos_internal.guard_load();
COMMENT ON EVENT TRIGGER dos_guard IS 'makes sure that DROP EXTENSION dos is refused while the registry holds domains';

REVOKE ALL ON ALL TABLES    IN SCHEMA dos, dos_internal FROM PUBLIC;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA dos, dos_internal FROM PUBLIC;
REVOKE ALL ON ALL ROUTINES  IN SCHEMA dos, dos_internal FROM PUBLIC;
