/*
 * epp_replay.h
 *		Transform commands that are said again, because their answer was lost.
 *
 * While the registry keeps answers (epp_server.replays) a transform command with
 * a clTRID goes to the database between dos.epp_replay_begin() and
 * dos.epp_replay_keep(), in one statement; what was answered before is answered
 * again, with the svTRID it had.
 */
#ifndef EPP_REPLAY_H
#define EPP_REPLAY_H

#include "epp_run.h"

/* Places for statements: one for each command, and the one that fetches an answer. */
int			epp_replay_statement_count(void);

/* Fill them; the first of them is statement `first`. */
void		epp_replay_statements(GwStatement *statements, int first);
void		epp_replay_init(GwDb *db);

/* Run the command unless it was run before; the answer goes to epp_answer_result(). values: those of the command. */
void		epp_replay_call(EppRun *run, const char *const *values);

#endif
