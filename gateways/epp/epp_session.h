/*
 * epp_session.h
 *		One TLS connection of a registrar.
 *
 *		HANDSHAKE -> WAITING -> GREETED -> OPEN -> CLOSING -> freed
 *
 * WAITING: connected before the first greeting was known. One command runs at
 * a time; further frames wait in the input buffer, which is bounded. A session
 * whose client went away while a command ran lives on, without connection,
 * until the answer has been logged.
 */
#ifndef EPP_SESSION_H
#define EPP_SESSION_H

#include "epp_names.h"
#include "gw_buf.h"
#include "gw_tls.h"
#include "gw_network.h"

#include <event2/bufferevent.h>
#include <event2/listener.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/queue.h>

typedef enum EppState
{
	EPP_HANDSHAKE,
	EPP_WAITING,
	EPP_GREETED,
	EPP_OPEN,
	EPP_CLOSING
} EppState;

#define EPP_REGISTRAR_SIZE 68	/* 16 characters of up to 4 octets, and then some */
#define EPP_ADDRESS_SIZE 46
#define EPP_LANGUAGE_SIZE 40

struct EppRate;

typedef struct EppSession
{
	LIST_ENTRY(EppSession) link;
	struct bufferevent *bev;	/* NULL: the client is gone */
	struct event *timer;
	EppState	state;
	bool		running;		/* a command is being executed */
	bool		stepping;		/* frames are being run in a row */
	bool		ending;			/* to be closed when the command that runs is answered */
	bool		last;			/* that is answered: nothing but a logout is run any more */
	int			login_failures;
	int			junk;			/* documents in a row that were no command */
	int64_t		id;				/* in the database; 0: none there */
	struct EppRate *rate;
	EppServices services;		/* agreed at login */
	EppServices accepts;		/* further ones that commands may carry (lenient registrars) */
	int64_t		opened_ms;
	int64_t		active_ms;		/* last whole frame, or answer */
	int64_t		partial_ms;		/* an unfinished frame began; 0: none */
	char		registrar[EPP_REGISTRAR_SIZE];
	char		address[EPP_ADDRESS_SIZE];
	GwAddress	peer;
	char		language[EPP_LANGUAGE_SIZE];	/* empty: English */
} EppSession;

/* Limits, all settings. */
typedef struct EppLimits
{
	long		frame_bytes_max;
	long		frame_timeout_s;
	long		login_timeout_s;
	long		idle_timeout_s;
	long		session_timeout_s;
	long		write_timeout_s;
	long		login_attempts_max;
	long		sessions_max;
	long		sessions_per_address_max;
	long		junk_max;
	long		rate_delay_ms;
	long		report_s;
} EppLimits;

extern EppLimits epp_limits;

void		epp_sessions_init(struct event_base *base, GwTls *tls);

/* evconnlistener callback. */
void		epp_session_accept(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *address, int length,
							   void *arg);

/* Send one document. */
void		epp_session_send(EppSession *session, const GwBuf *document);

/* The running command is answered: go on with the next frame, or close. A session that ends answers the whole frames it has: 2500. */
void		epp_session_done(EppSession *session, bool close);

/* Login succeeded; id as the database knows the session. */
void		epp_session_open(EppSession *session, const char *registrar, int64_t id, EppServices services, EppServices accepts,
							 const char *language);

/* The registry wants this session to end: after the command that runs. */
void		epp_session_end(int64_t id);

/* Greet those who came before the greeting was known. */
void		epp_sessions_greet(void);

/* SIGTERM: close the idle ones now, the others after their answer; quit at the end. */
void		epp_sessions_drain(void);

#endif
