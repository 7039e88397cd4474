/*
 * das_udp.c
 *		Availability over UDP: one datagram of lines, one datagram of answer lines.
 *
 * An answer is hardly longer than its question, and who is over the limit gets
 * none, so that the service is no use for reflection.
 */
#include "rdds.h"
#include "rdds_line.h"
#include "gw_listen.h"
#include "gw_log.h"
#include "gw_memory.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>

#define DATAGRAM_MAX 512
#define NAMES_MAX 16
#define BURST 64				/* datagrams taken in one turn of the loop */

typedef struct DasDatagram
{
	int			fd;
	struct sockaddr_in6 peer;	/* or sockaddr_in, which is smaller */
	socklen_t	peer_length;
	int			count;
	int			waiting;
	struct
	{
		char		name[DATAGRAM_MAX + 1];
		char		status[16];
		int			zone;
	}			names[NAMES_MAX];
} DasDatagram;

typedef struct DasAsked
{
	DasDatagram *datagram;
	int			number;
} DasAsked;

/* All names are answered: say so. What cannot be sent now is lost, as datagrams are. */
static void
datagram_send(DasDatagram *datagram)
{
	char		answer[DATAGRAM_MAX + NAMES_MAX * 20];
	size_t		length = 0;

	for (int i = 0; i < datagram->count; i++)
		length += (size_t) snprintf(answer + length, sizeof(answer) - length, "%s %s\r\n", datagram->names[i].name, datagram->names[i].status);
	if (sendto(datagram->fd, answer, length, MSG_DONTWAIT, (struct sockaddr *) &datagram->peer, datagram->peer_length) < 0)
		gw_log(GW_LOG_DEBUG, "das_udp_lost", "%s", strerror(errno));
	free(datagram);
}

static void
name_answered(void *arg, GwDbOutcome outcome, const PGresult *result, int row)
{
	DasAsked   *asked = arg;
	DasDatagram *datagram = asked->datagram;

	rdds_count(RDDS_DAS, gw_db_outcome_names[outcome]);
	if (outcome == GW_DB_OK)
		gw_counts_add(rdds_counts, RDDS_KIND_DAS, datagram->names[asked->number].zone);
	snprintf(datagram->names[asked->number].status, sizeof(datagram->names[0].status), "%s",
			 outcome == GW_DB_OK ? PQgetvalue(result, row, 0) : "unavailable");
	free(asked);
	if (--datagram->waiting == 0)
		datagram_send(datagram);
}

/* The lines of a datagram, as many as there may be; false when a client is over its limit. */
static bool
datagram_read(DasDatagram *datagram, char *data, size_t length)
{
	size_t		used;

	if (data[length - 1] != '\n')
		data[length++] = '\n';
	for (; length > 0 && datagram->count < NAMES_MAX; data += used, length -= used)
	{
		char		line[RDDS_LINE_MAX + 1];
		RddsLine	verdict = rdds_line_take(data, length, line, &used);

		if (verdict == RDDS_LINE_BLANK)
			continue;
		if (!gw_limit_take(rdds_limit, (struct sockaddr *) &datagram->peer))
			return false;
		if (verdict != RDDS_LINE_READY)
		{
			strcpy(datagram->names[datagram->count].name, "?");
			strcpy(datagram->names[datagram->count].status, "invalid");
		}
		else
			snprintf(datagram->names[datagram->count].name, sizeof(datagram->names[0].name), "%.*s", DATAGRAM_MAX, line);
		datagram->count++;
		if (verdict != RDDS_LINE_READY && used == 0)
			break;
	}
	return true;
}

static void
datagram_ask(DasDatagram *datagram)
{
	/* one for ourselves, so that the last answer is after the last question */
	datagram->waiting = 1;
	for (int i = 0; i < datagram->count; i++)
	{
		DasAsked   *asked;

		if (datagram->names[i].status[0])
			continue;
		asked = gw_malloc(sizeof(*asked));
		*asked = (DasAsked) {datagram, i};
		datagram->names[i].zone = gw_counts_zone(rdds_counts, datagram->names[i].name);
		datagram->waiting++;
		gw_batch_ask(rdds_batch[RDDS_DAS], datagram->names[i].name, name_answered, asked);
	}
	if (--datagram->waiting == 0)
		datagram_send(datagram);
}

static void
socket_readable(evutil_socket_t fd, short what, void *arg)
{
	(void) what;
	(void) arg;
	for (int i = 0; i < BURST; i++)
	{
		char		data[DATAGRAM_MAX + 2];
		DasDatagram *datagram = gw_new(sizeof(*datagram));
		ssize_t		got;

		datagram->fd = fd;
		datagram->peer_length = sizeof(datagram->peer);
		got = recvfrom(fd, data, DATAGRAM_MAX + 1, MSG_DONTWAIT, (struct sockaddr *) &datagram->peer, &datagram->peer_length);
		if (got > 0 && got <= DATAGRAM_MAX && datagram_read(datagram, data, (size_t) got) && datagram->count > 0)
		{
			datagram_ask(datagram);
			continue;
		}
		free(datagram);
		if (got < 0)
			return;
		rdds_count(RDDS_DAS, got > DATAGRAM_MAX ? "too_long" : "limited");
	}
}

bool
das_udp_listen(const GwList *addresses)
{
	for (int i = 0; i < addresses->count; i++)
	{
		int			fd = gw_listen_udp(addresses->items[i]);

		if (fd < 0)
			return false;
		event_add(gw_memory_checked(event_new(rdds_loop, fd, EV_READ | EV_PERSIST, socket_readable, NULL)), NULL);
	}
	return true;
}
