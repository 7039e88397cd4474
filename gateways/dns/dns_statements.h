/*
 * dns_statements.h
 *		Everything this gateway asks the database for (the table is in
 *		dns_main.c; transfers are in dns_transfer.c).
 */
#ifndef DNS_STATEMENTS_H
#define DNS_STATEMENTS_H

enum
{
	STATEMENT_ZONES,
	STATEMENT_SECONDARIES,
	STATEMENT_SOA,
	STATEMENT_IXFR,
	STATEMENT_SEEN,
	STATEMENT_HEALTH,
	STATEMENT_COUNT
};

#endif
