/*
 * escrow_stage.h
 *		Rows on their way into the tables dos.escrow_in_*: written as COPY text, kept back per table, sent in pieces.
 *
 * A COPY stays open until rows of another table come, so that the database takes in what it has while the next rows are
 * being made.
 */
#ifndef ESCROW_STAGE_H
#define ESCROW_STAGE_H

#include "escrow.h"
#include "gw_buf.h"

typedef enum StageTable
{
	STAGE_DOMAIN,
	STAGE_HOST,
	STAGE_CONTACT,
	STAGE_REGISTRAR,
	STAGE_IDN,
	STAGE_NNDN,
	STAGE_DELETE,
	STAGE_PROBLEM,
	STAGE_CSV,
	STAGE_TABLES
} StageTable;

typedef struct Stage
{
	PGconn	   *database;
	char		import[24];
	GwBuf		rows[STAGE_TABLES];
	long		counts[STAGE_TABLES];
	int			copying;		/* the table that a COPY is open for, plus one; 0: none */
	bool		failed;			/* a COPY did; logged */
	char		error[1000];
	struct CsvDefinition *definitions;	/* CSV files that the deposit consists of; NULL: none */
} Stage;

/* The kind's name in dos.escrow_problem and dos.escrow_in_delete. */
const char *stage_kind(StageTable table);

/* A row: begin, its fields in the order of the table's columns after import_id and line, end. NULL is NULL. */
void		stage_begin(Stage *stage, StageTable table, long line);
void		stage_field(Stage *stage, StageTable table, const char *text);
void		stage_end(Stage *stage, StageTable table);

/* severity, kind, key, line, reason, detail */
void		stage_problem(Stage *stage, const char *severity, const char *kind, const char *key, long line, const char *reason, const char *detail);

/* Send what is kept back, and end. */
bool		stage_flush(Stage *stage);

/* End with nothing: what was sent last is not taken in. */
void		stage_break(Stage *stage);
void		stage_free(Stage *stage);

#endif
