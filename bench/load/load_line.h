/*
 * load_line.h
 *		What the protocols of lines share: where the server is, and sockets to go there.
 */
#ifndef LOAD_LINE_H
#define LOAD_LINE_H

#include <netinet/in.h>

extern struct sockaddr_in load_line_address;

/* From the settings. */
void		load_line_address_set(void);

/* A socket that does not wait, coming from the address of the settings, if they have one. */
int			load_line_socket(void);

#endif
