/*
 * epp_frame.c
 *		Fuzz target: a stream of frames, each read as far as a gateway reads it
 *		before it asks the database, and shown back as in an error.
 */
#include "epp_frame.h"
#include "epp_request.h"
#include "epp_xml.h"

#include <string.h>

#define FRAME_MAX 4096

static void
run_document(const char *text, size_t length)
{
	static EppParameters parameters;
	static GwBuf copy;
	const char *values[EPP_PARAMETER_MAX];
	EppRequest	request;
	EppFlaw		flaw = {0};
	bool		good = epp_request_read(&request, text, length, &flaw);

	epp_parameters_reset(&parameters);
	if (good && request.command && epp_request_parameters(&request, ~(EppServices) 0, &parameters, &flaw))
	{
		epp_parameters_store_extensions(&parameters, EPP_PARAMETER_MAX);
		epp_parameters_values(&parameters, EPP_PARAMETER_MAX, values);
	}
	gw_buf_reset(&copy);
	if (flaw.node)
		epp_xml_copy(&copy, flaw.node);
	epp_request_find(&request, "domain:name", "\"a.example\"");
	epp_request_find(&request, "name", "\"a.example\"");
	epp_request_free(&request);
}

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t		length;

	while (epp_frame_read(data, size, FRAME_MAX, &length) == EPP_FRAME_READY)
	{
		run_document((const char *) data + EPP_FRAME_HEADER, length - EPP_FRAME_HEADER);
		data += length;
		size -= length;
	}
	/* what is left is a document without a frame, so that seeds can be plain XML */
	run_document((const char *) data, size);
	return 0;
}
