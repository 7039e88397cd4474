/*
 * epp_count.c
 *		Counting commands. See epp_count.h; the kinds are those of dos.query_kinds().
 */
#include "epp_count.h"
#include "gw_counts.h"
#include "gw_memory.h"

#include <stdio.h>
#include <string.h>

#define KINDS_MAX 64

static GwCounts *counts;
static GwCounts *attempts;			/* domain creates by registrar, whatever the answer */
static void (*end) (void);
static const char *kinds[KINDS_MAX];
static int	kind_of[KINDS_MAX * 2];		/* of each row of epp_commands; -1: not counted */

/*
 * "srs-dom-transfer-request" of a row; restore commands are updates with an op of their own, commands about applications count as
 * those about domains.
 */
static bool
kind_name(const EppCommand *command, char *name, size_t size)
{
	const char *op = command->op && strcmp(command->op, EPP_OP_APPLICATION) != 0 ? command->op : NULL;
	static const char *const objects[] = {[EPP_SERVICE_DOMAIN] = "dom",[EPP_SERVICE_HOST] = "host",[EPP_SERVICE_CONTACT] = "cont"};

	if (command->service != EPP_SERVICE_DOMAIN && command->service != EPP_SERVICE_HOST && command->service != EPP_SERVICE_CONTACT)
		return false;
	if (epp_command_is_restore(command))
		snprintf(name, size, "srs-%s-rgp-restore-%s", objects[command->service], command->op);
	else
		snprintf(name, size, "srs-%s-%s%s%s", objects[command->service], epp_verb_name(command->verb), op ? "-" : "", op ? op : "");
	return true;
}

void
epp_count_init(struct event_base *base, long period_s)
{
	char		name[64];
	int			kind_count = 0;

	for (int i = 0; i < epp_command_count && i < KINDS_MAX * 2; i++)
	{
		kind_of[i] = -1;
		if (!kind_name(&epp_commands[i], name, sizeof(name)))
			continue;
		for (int kind = 0; kind < kind_count; kind++)
			if (strcmp(kinds[kind], name) == 0)
				kind_of[i] = kind;
		if (kind_of[i] < 0 && kind_count < KINDS_MAX)
		{
			kinds[kind_count] = gw_strdup(name);
			kind_of[i] = kind_count++;
		}
	}
	counts = gw_counts_new(base, "dos-epp", kinds, kind_count, period_s, NULL);
	attempts = gw_counts_new_attempts(base, "dos-epp", period_s);
}

void
epp_count_answer(const EppRequest *request, const EppSession *session)
{
	long		row = request->command ? request->command - epp_commands : -1;
	const xmlNode *node;
	const char *name = NULL;

	if (counts == NULL || row < 0 || row >= KINDS_MAX * 2 || kind_of[row] < 0 || request->object_node == NULL)
		return;
	/* all objects begin with their name; a contact's id is in no zone */
	node = request->service == EPP_SERVICE_CONTACT ? NULL : epp_element(request->object_node->children);
	if (node && node->children)
		name = (const char *) node->children->content;
	gw_counts_add(counts, kind_of[row], name ? gw_counts_zone(counts, name) : GW_COUNTS_NO_ZONE);
	if (name && request->command->verb == EPP_CREATE && request->service == EPP_SERVICE_DOMAIN && *session->registrar)
		gw_counts_add(attempts, gw_counts_kind(attempts, session->registrar), gw_counts_zone(attempts, name));
}

static void
attempts_ended(void)
{
	gw_counts_end(counts, end);
}

void
epp_count_end(void (*ended) (void))
{
	end = ended;
	gw_counts_end(attempts, attempts_ended);
}
