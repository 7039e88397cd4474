/*
 * epp_run.h
 *		One document on its way from frame to answer, and the answers.
 *
 * Every run ends in exactly one epp_answer_...() call, which sends, writes the
 * log line, counts, frees the run, and lets the session go on.
 */
#ifndef EPP_RUN_H
#define EPP_RUN_H

#include "epp_request.h"
#include "epp_session.h"
#include "gw_db.h"

#define EPP_SVTRID_SIZE 64
#define EPP_REPLAY_DIGEST_SIZE 67	/* \x and 64 digits */

typedef struct EppRun
{
	EppSession *session;
	EppRequest	request;
	EppServices login_services; /* those a login asks for */
	char		login_language[EPP_LANGUAGE_SIZE];
	bool		shares;			/* an info: its row is one of several */
	bool		is_alone;		/* an info that a shared call could not answer */
	struct event *wait;			/* until the rate of its registrar allows it */
	int64_t		started_us;
	char		svtrid[EPP_SVTRID_SIZE];
	char		replay[EPP_REPLAY_DIGEST_SIZE]; /* epp_replay.c: what makes the command this one */
} EppRun;

/* What an answer without result data says; all but the code may be NULL. */
typedef struct EppVerdict
{
	int			code;
	const char *message;		/* NULL: the text of the RFC */
	const xmlNode *node;		/* shown beside the detail; NULL: the command's own */
	const char *detail;
	const char *reason;			/* name for log and statistics */
	void		(*extend) (EppResponse *response, const PGresult *result);	/* writes extensions from: */
	const PGresult *result;
	EppServices services;		/* with extend: what the client reads */
} EppVerdict;

int64_t		epp_clock_us(clockid_t clock);
void		epp_answers_init(const char *instance);

/* Unique: instance, process, time of the first one, counter. The first three tell one start of a gateway from another. */
void		epp_svtrid(char svtrid[EPP_SVTRID_SIZE]);
void		epp_incarnation(char text[EPP_SVTRID_SIZE]);

void		epp_answer(EppRun *run, const EppVerdict *verdict);
void		epp_answer_plain(EppRun *run, int code, const char *reason);
void		epp_answer_flaw(EppRun *run, const EppFlaw *flaw);
void		epp_answer_hello(EppRun *run);

/* What the database said, whatever it was. */
void		epp_answer_result(void *run, GwDbOutcome outcome, const PGresult *result, int first_row, int row_count);

/* epp_login.c: parameters that the connection knows, and the row of dos.epp_login(). */
void		epp_login_complete(EppRun *run, EppParameters *parameters);
void		epp_login_answer(EppRun *run, const PGresult *result);

#endif
