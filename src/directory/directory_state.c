/*
 * directory_state.c
 *	  A domain row and its zone's policy, unpacked for dos_lifecycle_project().
 */
#include "postgres.h"

#include "datatype/timestamp.h"
#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/fmgroids.h"
#include "utils/timestamp.h"

#include "directory/directory_fetch.h"
#include "directory/directory_state.h"

#define GRACES_MAX		16

enum
{
	STATE_ZONE, STATE_STATUSES, STATE_EXPIRES, STATE_DELETED, STATE_GRACES, STATE_HOSTS, STATE_HOST_ATTRS
};

enum
{
	ZONE_AUTORENEW, ZONE_AUTORENEW_GRACE, ZONE_REDEMPTION, ZONE_PENDING_DELETE
};

static DirectoryTable zone_by_id = {
	.name = "zone", .index = "zone_pkey", .equals = F_INT4EQ,
	.columns = {"autorenew", "autorenew_grace", "redemption", "pending_delete"},
};

static uint32
status_bits(const DirectoryRow *row, int column)
{
	DirectoryList names = dos_row_texts(row, column);
	uint32		bits = 0;

	for (size_t i = 0; i < names.count; i++)
	{
		LifecycleStatus status = dos_lifecycle_status_find(names.items[i]);

		if (status == EPP_STATUS_COUNT)
			elog(ERROR, "status \"%s\" is not known", names.items[i]);
		bits |= EPP_STATUS_BIT(status);
	}
	return bits;
}

static size_t
graces_of(const DirectoryRow *row, int column, LifecycleGrace *graces)
{
	ArrayType  *array = DatumGetArrayTypeP(row->values[column]);
	Datum	   *rows;
	bool	   *nulls;
	int			count;
	size_t		used = 0;

	if (ARR_NDIM(array) == 0)
		return 0;
	deconstruct_array(array, ARR_ELEMTYPE(array), -1, false, TYPALIGN_DOUBLE, &rows, &nulls, &count);
	for (int i = 0; i < count && used < GRACES_MAX; i++)
	{
		DirectoryRow grace = dos_row_composite(rows[i]);

		graces[used].kind = dos_lifecycle_grace_find(dos_row_text(&grace, 0));
		graces[used].ends_at = dos_row_instant(&grace, 1);
		used += graces[used].kind != RGP_COUNT;
	}
	return used;
}

static int64
microseconds(const DirectoryRow *row, int column)
{
	const Interval *interval = DatumGetIntervalP(row->values[column]);

	return interval->time + (interval->day + INT64CONST(30) * interval->month) * USECS_PER_DAY;
}

static bool
is_empty(const DirectoryRow *row, int column)
{
	return ARR_NDIM(DatumGetArrayTypeP(row->values[column])) == 0;
}

bool
dos_directory_state(const DirectoryRow *row, int first, TimestampTz at, LifecycleState *state)
{
	LifecycleGrace graces[GRACES_MAX];
	LifecycleFacts facts = {.graces = graces};
	LifecyclePolicy policy;
	DirectoryRow zone;

	if (!dos_fetch(&zone_by_id, row->values[first + STATE_ZONE], &zone))
		return false;
	facts.statuses = status_bits(row, first + STATE_STATUSES);
	facts.expires_at = dos_row_instant(row, first + STATE_EXPIRES);
	facts.deleted_at = row->nulls[first + STATE_DELETED] ? LIFECYCLE_NEVER : dos_row_instant(row, first + STATE_DELETED);
	facts.grace_count = graces_of(row, first + STATE_GRACES, graces);
	facts.has_hosts = !is_empty(row, first + STATE_HOSTS) || !is_empty(row, first + STATE_HOST_ATTRS);
	policy.autorenew = dos_row_is_true(&zone, ZONE_AUTORENEW);
	policy.autorenew_grace = microseconds(&zone, ZONE_AUTORENEW_GRACE);
	policy.redemption = microseconds(&zone, ZONE_REDEMPTION);
	policy.pending_delete = microseconds(&zone, ZONE_PENDING_DELETE);
	dos_lifecycle_project(&facts, &policy, at, state);
	return true;
}
