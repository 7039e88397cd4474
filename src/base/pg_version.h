/*
 * pg_version.h
 *	  What differs between PostgreSQL 15, 16, 17 and 18: no other file asks which of them it is compiled for.
 *
 * Macros, so that a file pays only for the PostgreSQL headers it needs anyway. Include it after those.
 */
#ifndef DOS_PG_VERSION_H
#define DOS_PG_VERSION_H

#include "postgres.h"

#if PG_VERSION_NUM < 150000 || PG_VERSION_NUM >= 190000
#error "DOS is written for PostgreSQL 15 to 18"
#endif

/* 16: values of variable length have a header of their own */
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/* 16: the memory of settings is PostgreSQL's, no longer malloc's */
#if PG_VERSION_NUM >= 160000
#define SETTING_ALLOC(size)		guc_malloc(LOG, (size))
#define SETTING_COPY(text)		guc_strdup(LOG, (text))
#define SETTING_FREE(memory)	guc_free(memory)
#else
#define SETTING_ALLOC(size)		malloc(size)
#define SETTING_COPY(text)		strdup(text)
#define SETTING_FREE(memory)	free(memory)
#endif

/* 16: names may be parsed without raising an error */
#if PG_VERSION_NUM >= 160000
#define QUALIFIED_NAME(name)	stringToQualifiedNameList((name), NULL)
#else
#define QUALIFIED_NAME(name)	stringToQualifiedNameList(name)
#endif

/* 16: an update may concern no index, all, or only those that summarize blocks */
#if PG_VERSION_NUM >= 160000
#define INDEXES_TO_UPDATE		TU_UpdateIndexes
#define INDEXES_ALL				TU_All
#define INDEX_UPDATED(target, slot, estate) \
	ExecInsertIndexTuples((target), (slot), (estate), true, false, NULL, NIL, false)
#else
#define INDEXES_TO_UPDATE		bool
#define INDEXES_ALL				true
#define INDEX_UPDATED(target, slot, estate) \
	ExecInsertIndexTuples((target), (slot), (estate), true, false, NULL, NIL)
#endif

/* 16: which columns a query writes left the range table's entry for a list of permissions; 18: relations not pruned are told */
#if PG_VERSION_NUM >= 180000
#define RANGE_TABLE_INIT(estate, entry, permissions) \
	ExecInitRangeTable((estate), list_make1(entry), (permissions), bms_make_singleton(1))
#elif PG_VERSION_NUM >= 160000
#define RANGE_TABLE_INIT(estate, entry, permissions) \
	ExecInitRangeTable((estate), list_make1(entry), (permissions))
#endif
#if PG_VERSION_NUM >= 160000
#define RANGE_TABLE_UPDATE(estate, entry, columns) \
	do { \
		List	   *permissions_ = NIL; \
		addRTEPermissionInfo(&permissions_, (entry))->updatedCols = (columns); \
		RANGE_TABLE_INIT((estate), (entry), permissions_); \
	} while (0)
#else
#define RANGE_TABLE_UPDATE(estate, entry, columns) \
	do { \
		(entry)->updatedCols = (columns); \
		ExecInitRangeTable((estate), list_make1(entry)); \
	} while (0)
#endif

/* 16: a recheck of a row that changed meanwhile may be told which relations are results; here there is no plan to run again */
#if PG_VERSION_NUM >= 160000
#define RECHECK_INIT(check, estate)	EvalPlanQualInit((check), (estate), NULL, NIL, -1, NIL)
#else
#define RECHECK_INIT(check, estate)	EvalPlanQualInit((check), (estate), NULL, NIL, -1)
#endif

/* 17: the number of a transaction that has none yet */
#if PG_VERSION_NUM >= 170000
#define TRANSACTION_NUMBER		(MyProc->vxid.lxid)
#else
#define TRANSACTION_NUMBER		(MyProc->lxid)
#endif

/* 18: checks that are not enforced; the compiled ones apart from NOT NULL of virtual columns */
#if PG_VERSION_NUM >= 180000
#define CHECK_EXPRESSIONS(target)	((target)->ri_CheckConstraintExprs)
#define CHECK_ENFORCED(check)	((check)->ccenforced)
#else
#define CHECK_EXPRESSIONS(target)	((target)->ri_ConstraintExprs)
#define CHECK_ENFORCED(check)	true
#endif

/* 18: a scan may count what it does */
#if PG_VERSION_NUM >= 180000
#define INDEX_SCAN(heap, index, snapshot, keys)	index_beginscan((heap), (index), (snapshot), NULL, (keys), 0)
#else
#define INDEX_SCAN(heap, index, snapshot, keys)	index_beginscan((heap), (index), (snapshot), (keys), 0)
#endif

#endif							/* DOS_PG_VERSION_H */
