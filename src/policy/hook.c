/*
 * hook.c
 *	  The DBA's hooks: SQL functions at the stages of a verb.
 */
#include "postgres.h"

#include "policy/hook.h"

void
dos_hook_init(void)
{
}
