/*
 * reserve_rules.c
 *		Classes of reserved names: names once, strongest first, answers that fit domain:check.
 */
#include "reserve/reserve_rules.h"

#include "gw_tap.h"

int
main(void)
{
	for (const ReservedClass *class = dos_reserved_classes; class->name != NULL; class++)
	{
		ok(dos_reserved_rank(class->name) == class - dos_reserved_classes, class->name);
		ok(strlen(class->answer) > 0 && strlen(class->answer) <= 32, class->answer);
		ok(!class->on_hold || class->phase, "what is created on hold is released by a phase");
	}
	ok(dos_reserved_rank("blocked") == 0 && !dos_reserved_classes[0].token && !dos_reserved_classes[0].phase, "nothing releases what is blocked");
	ok(dos_reserved_rank("") == -1 && dos_reserved_rank("Blocked") == -1, "unknown classes have no place");
	return done();
}
