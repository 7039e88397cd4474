/*
 * epp_session_end.h
 *		How sessions end: time-outs, polite closing, giving back. Between
 *		epp_session.c and epp_session_end.c only.
 */
#ifndef EPP_SESSION_END_H
#define EPP_SESSION_END_H

#include "epp_session.h"

int64_t		epp_clock_ms(void);

/* Change the state: asserts that it may. */
void		epp_session_enter(EppSession *session, EppState state);

/* Take it off the list; true if it was the last. */
bool		epp_session_forget(EppSession *session);

/* No session is left: tell the database, then leave. */
void		epp_sessions_quit(void);

/* Count why a session ended. */
void		epp_session_count_end(const char *reason);

/* Give the session back, once neither connection nor command holds it. */
void		epp_session_release(EppSession *session);

/* Close the connection at once. */
void		epp_session_drop(EppSession *session, const char *reason);

/* CLOSING and everything sent: end TLS, then wait shortly for the client to go. */
void		epp_session_linger(EppSession *session);

/* No more commands; what has been written goes out, then the end. */
void		epp_session_close(EppSession *session);

/* Set the timer for the next deadline; its callback. */
void		epp_session_arm(EppSession *session);
void		epp_session_timer(evutil_socket_t fd, short what, void *arg);

#endif
