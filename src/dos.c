/*
 * dos.c
 *	  The module: one magic block, and the rooms' start-up in floor order.
 *
 * Each room declares its own settings, hooks and shared memory in its dos_<room>_init();
 * this file only calls them.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/guc.h"

#include "base/clock.h"
#include "base/guard.h"
#include "history/act.h"
#include "job/job.h"
#include "policy/hook.h"

PG_MODULE_MAGIC;

void		_PG_init(void);

void
_PG_init(void)
{
	dos_clock_init();
	dos_guard_init();
	dos_act_log_init();
	dos_hook_init();
	dos_job_init();

	MarkGUCPrefixReserved("dos");
}
