/*
 * rdds_main.c
 *		dos-whois: WHOIS (RFC 3912) and the availability service (DAS) on TCP.
 */
#include "rdds.h"

int
main(int argc, char **argv)
{
	return gw_main(argc, argv, &rdds_program);
}
