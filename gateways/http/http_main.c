/*
 * http_main.c
 *		dos-http: RDAP over HTTP and HTTPS.
 */
#include "http.h"

int
main(int argc, char **argv)
{
	return gw_main(argc, argv, &http_program);
}
