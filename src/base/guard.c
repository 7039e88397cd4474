/*
 * guard.c
 *	  A registry that holds domains is not dropped by accident.
 *
 * DROP EXTENSION dos, and every CASCADE that reaches it, deletes dos.domain before the extension itself, so
 * the object access hook watches for that table: while it has a row the command is refused, unless the
 * superuser set dos.allow_drop. A hook only works in a process that has loaded this library; without
 * preload an event trigger (guard.sql), called before every DDL command, sees to that.
 *
 * DROP DATABASE is not guarded: it runs in another database, which cannot look into this one.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/table.h"
#include "catalog/dependency.h"
#include "catalog/namespace.h"
#include "catalog/objectaccess.h"
#include "catalog/pg_class.h"
#include "commands/event_trigger.h"
#include "commands/extension.h"
#include "fmgr.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "base/guard.h"

static bool allow_drop = false;
static object_access_hook_type next_object_access_hook = NULL;

PG_FUNCTION_INFO_V1(dos_sql_guard_load);

/* Is this the table of domains of the extension, and not one that happens to be called so? */
static bool
is_domain_table(Oid relation)
{
	char	   *name = get_rel_name(relation);

	if (name == NULL || strcmp(name, "domain") != 0)
		return false;
	if (get_rel_namespace(relation) != get_namespace_oid("dos", true))
		return false;
	return OidIsValid(getExtensionOfObject(RelationRelationId, relation)) &&
		getExtensionOfObject(RelationRelationId, relation) == get_extension_oid("dos", true);
}

static bool
has_row(Oid relation)
{
	Relation	table = table_open(relation, AccessShareLock);
	SysScanDesc scan = systable_beginscan(table, InvalidOid, false, NULL, 0, NULL);
	bool		found = HeapTupleIsValid(systable_getnext(scan));

	systable_endscan(scan);
	table_close(table, AccessShareLock);
	return found;
}

static void
guard_object_access(ObjectAccessType access, Oid class_id, Oid object_id, int sub_id, void *arg)
{
	if (next_object_access_hook)
		next_object_access_hook(access, class_id, object_id, sub_id, arg);

	if (access != OAT_DROP || class_id != RelationRelationId || sub_id != 0 || allow_drop)
		return;
	if (is_domain_table(object_id) && has_row(object_id))
		ereport(ERROR,
				(errcode(ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST),
				 errmsg("extension \"dos\" cannot be dropped while its registry holds domains"),
				 errdetail("The whole registry would be lost: objects, ledger and events."),
				 errhint("Make a dump first. Then, as a superuser, SET dos.allow_drop = on and repeat the command.")));
}

void
dos_guard_init(void)
{
	DefineCustomBoolVariable("dos.allow_drop", "Allow DROP EXTENSION dos although the registry holds domains.", NULL,
							 &allow_drop, false, PGC_SUSET, 0, NULL, NULL, NULL);
	next_object_access_hook = object_access_hook;
	object_access_hook = guard_object_access;
}

/* dos_internal.guard_load(): event trigger; that this library is loaded to call it is all it is for. */
Datum
dos_sql_guard_load(PG_FUNCTION_ARGS)
{
	if (!CALLED_AS_EVENT_TRIGGER(fcinfo))
		elog(ERROR, "dos_internal.guard_load() was not called by the event trigger manager");
	PG_RETURN_POINTER(NULL);
}
