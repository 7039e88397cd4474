/*
 * epp_frame.h
 *		Frames of RFC 5734, section 4: four octets of length, then the document.
 *
 * The length counts its own four octets. Pure: bytes in, verdict out.
 */
#ifndef EPP_FRAME_H
#define EPP_FRAME_H

#include <stddef.h>
#include <stdint.h>

#define EPP_FRAME_HEADER 4

typedef enum EppFrameVerdict
{
	EPP_FRAME_PARTIAL,			/* more bytes are needed */
	EPP_FRAME_READY,			/* a whole frame is there */
	EPP_FRAME_SHORT,			/* length under 5: no document */
	EPP_FRAME_LONG				/* length over the limit */
} EppFrameVerdict;

/*
 * What do the first `available` bytes hold? `header` points to at least
 * min(available, 4) of them. *length is set to the length of the whole frame
 * as soon as the header is complete.
 */
EppFrameVerdict epp_frame_read(const uint8_t *header, size_t available, size_t max, size_t *length);

/* The header of a frame around a document of this size. */
void		epp_frame_write(uint8_t header[EPP_FRAME_HEADER], size_t document);

#endif
