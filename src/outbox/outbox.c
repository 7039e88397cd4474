/*
 * outbox.c
 *	  Which cluster an event was written in.
 */
#include "postgres.h"

#include "access/xlog.h"
#include "fmgr.h"

PG_FUNCTION_INFO_V1(dos_sql_cluster_id);

/* dos_internal.cluster_id(): made by initdb, kept by replicas and backups, another one after dump and restore. */
Datum
dos_sql_cluster_id(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) GetSystemIdentifier());
}
