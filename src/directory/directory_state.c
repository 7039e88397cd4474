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
	STATE_ZONE, STATE_STATUSES, STATE_EXPIRES, STATE_DELETED, STATE_RESTORE, STATE_GRACES = STATE_TRANSFER + 1, STATE_HOSTS, STATE_HOST_ATTRS
};

enum
{
	ZONE_AUTORENEW, ZONE_AUTORENEW_GRACE, ZONE_REDEMPTION, ZONE_PENDING_DELETE, ZONE_PENDING_RESTORE, ZONE_TRANSFER_GRACE, ZONE_HORIZON
};

/* fields of dos.transfer */
enum
{
	TRANSFER_STATUS, TRANSFER_REQUESTER, TRANSFER_REQUESTED, TRANSFER_ACTOR, TRANSFER_ACTS, TRANSFER_YEARS
};

static DirectoryTable zone_by_id = {
	.name = "zone", .index = "zone_pkey", .equals = F_INT4EQ,
	.columns = {"autorenew", "autorenew_grace", "redemption", "pending_delete", "pending_restore", "transfer_grace", "horizon_years"},
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

static int64
instant_or_never(const DirectoryRow *row, int column)
{
	return row->nulls[column] ? LIFECYCLE_NEVER : dos_row_instant(row, column);
}

/* A transfer counts while it pends. */
static void
transfer_facts(const DirectoryRow *row, int column, LifecycleFacts *facts)
{
	DirectoryRow transfer;
	const char *status;

	facts->transfer_at = LIFECYCLE_NEVER;
	facts->transfer_years = 0;
	if (row->nulls[column])
		return;
	transfer = dos_row_composite(row->values[column]);
	status = dos_row_text(&transfer, TRANSFER_STATUS);
	if (status == NULL || strcmp(status, "pending") != 0)
		return;
	facts->transfer_at = instant_or_never(&transfer, TRANSFER_ACTS);
	facts->transfer_years = dos_row_int32(&transfer, TRANSFER_YEARS);
}

int32
dos_directory_transferee(const DirectoryRow *row, int first)
{
	DirectoryRow transfer = dos_row_composite(row->values[first + STATE_TRANSFER]);

	return dos_row_int32(&transfer, TRANSFER_REQUESTER);
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
	facts.deleted_at = instant_or_never(row, first + STATE_DELETED);
	facts.restore_at = instant_or_never(row, first + STATE_RESTORE);
	at = dos_lifecycle_not_before(&facts, at);
	transfer_facts(row, first + STATE_TRANSFER, &facts);
	facts.grace_count = graces_of(row, first + STATE_GRACES, graces);
	facts.has_hosts = !is_empty(row, first + STATE_HOSTS) || !is_empty(row, first + STATE_HOST_ATTRS);
	policy.autorenew = dos_row_is_true(&zone, ZONE_AUTORENEW);
	policy.autorenew_grace = microseconds(&zone, ZONE_AUTORENEW_GRACE);
	policy.redemption = microseconds(&zone, ZONE_REDEMPTION);
	policy.pending_delete = microseconds(&zone, ZONE_PENDING_DELETE);
	policy.pending_restore = microseconds(&zone, ZONE_PENDING_RESTORE);
	policy.transfer_grace = microseconds(&zone, ZONE_TRANSFER_GRACE);
	policy.horizon_years = dos_row_int32(&zone, ZONE_HORIZON);
	dos_lifecycle_project(&facts, &policy, at, state);
	return true;
}
