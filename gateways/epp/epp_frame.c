/*
 * epp_frame.c
 *		Frames of RFC 5734. See epp_frame.h.
 */
#include "epp_frame.h"

EppFrameVerdict
epp_frame_read(const uint8_t *header, size_t available, size_t max, size_t *length)
{
	size_t		total;

	*length = 0;
	if (available < EPP_FRAME_HEADER)
		return EPP_FRAME_PARTIAL;
	total = (size_t) header[0] << 24 | (size_t) header[1] << 16 | (size_t) header[2] << 8 | header[3];
	*length = total;
	if (total <= EPP_FRAME_HEADER)
		return EPP_FRAME_SHORT;
	if (total > max)
		return EPP_FRAME_LONG;
	return available < total ? EPP_FRAME_PARTIAL : EPP_FRAME_READY;
}

void
epp_frame_write(uint8_t header[EPP_FRAME_HEADER], size_t document)
{
	size_t		total = document + EPP_FRAME_HEADER;

	header[0] = (uint8_t) (total >> 24);
	header[1] = (uint8_t) (total >> 16);
	header[2] = (uint8_t) (total >> 8);
	header[3] = (uint8_t) total;
}
