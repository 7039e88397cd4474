/*
 * lifecycle_table_rules.c
 *	  The life of a domain as a table of phases and what leads from one to the next. The projection computes;
 *	  this table says it for people, is the diagram in docs/lifecycle.md, and a test holds the two equal.
 */
#include "lifecycle/lifecycle_table.h"

static const Transition transitions[] = {
	/* from			to				by			what */
	{"free", "pendingCreate", "command", "create that waits for approval"},
	{"free", "add", "command", "create"},
	{"pendingCreate", "add", "registry", "approved"},
	{"pendingCreate", "free", "registry", "rejected: the money goes back"},
	{"pendingCreate", "free", "clock", "pending_timeout, where that rejects"},
	{"pendingCreate", "add", "clock", "pending_timeout, where that approves"},
	{"add", "registered", "clock", "add_grace"},
	{"add", "free", "command", "delete: refunded"},
	{"registered", "registered", "command", "renew, update"},
	{"registered", "pendingTransfer", "command", "transfer request"},
	{"add", "pendingTransfer", "command", "transfer request, where nothing locks new names"},
	{"autorenew", "pendingTransfer", "command", "transfer request"},
	{"pendingTransfer", "registered", "command", "approve, reject, cancel"},
	{"pendingTransfer", "registered", "clock", "transfer_pending"},
	{"pendingTransfer", "add", "command", "reject, cancel within add_grace"},
	{"pendingTransfer", "autorenew", "command", "reject, cancel within autorenew_grace"},
	{"registered", "pendingUpdate", "command", "update that waits for approval"},
	{"add", "pendingUpdate", "command", "update that waits for approval"},
	{"autorenew", "pendingUpdate", "command", "update that waits for approval"},
	{"pendingUpdate", "registered", "registry", "approved or rejected"},
	{"pendingUpdate", "add", "registry", "the same within add_grace"},
	{"pendingUpdate", "autorenew", "registry", "the same within autorenew_grace"},
	{"pendingUpdate", "registered", "clock", "pending_timeout: rejected"},
	{"registered", "autorenew", "clock", "expiry, where it renews by itself"},
	{"autorenew", "registered", "clock", "autorenew_grace"},
	{"autorenew", "redemption", "command", "delete: refunded"},
	{"autorenew", "expired", "clock", "not paid by the deadline"},
	{"registered", "expired", "clock", "expiry, where it does not"},
	{"expired", "registered", "command", "renew"},
	{"expired", "redemption", "clock", "expiry_hold"},
	{"registered", "redemption", "command", "delete: running graces refunded"},
	{"redemption", "pendingRestore", "command", "restore request"},
	{"redemption", "registered", "command", "restore request, where no report is asked for"},
	{"pendingRestore", "registered", "command", "restore report"},
	{"pendingRestore", "redemption", "clock", "pending_restore"},
	{"redemption", "pendingDelete", "clock", "redemption"},
	{"pendingDelete", "free", "clock", "pending_delete, then the zone's release"},
	{"pendingDelete", "blocked", "clock", "the same, of a name flagged by drop_block_add"},
};

size_t
dos_lifecycle_transitions(const Transition **table)
{
	*table = transitions;
	return sizeof(transitions) / sizeof(transitions[0]);
}
