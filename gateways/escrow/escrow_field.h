/*
 * escrow_field.h
 *		Fields of a row from children of an element: texts, names, instants, numbers and lists, in the order of the
 *		table's columns. What is not what it should be becomes a problem with its line, and NULL.
 */
#ifndef ESCROW_FIELD_H
#define ESCROW_FIELD_H

#include "escrow_object.h"

/* The object being written. */
typedef struct Row
{
	Stage	   *stage;
	StageTable	table;
	long		line;
	char	   *key;
} Row;

void		row_field(Row *row, const char *text);

/* The text of a child; empty is absent. */
void		row_child(Row *row, xmlNodePtr parent, const char *name);

/* dateTime of XML Schema with a zone. */
bool		text_is_instant(const char *at);

/* Names are compared: lower case, without the final dot. */
char	   *row_name_text(xmlNodePtr node);
void		row_name(Row *row, xmlNodePtr node);

void		row_instant(Row *row, xmlNodePtr parent, const char *name);
void		row_number(Row *row, xmlNodePtr parent, const char *name);

/* Attribute `s` of all elements of a name: statuses; RGP statuses have their text behind it. */
void		row_statuses(Row *row, xmlNodePtr parent, const char *name, bool with_text);

/* Words key=value in the text of a status. */
void		row_facts(Row *row, xmlNodePtr domain);

/* The texts of all children of a name as a list. */
void		row_texts(Row *row, xmlNodePtr parent, const char *name, bool names);

/* Whole objects: the fields of each in the order of its table. */
void		row_domain(Row *row, xmlNodePtr domain);
void		row_contact(Row *row, xmlNodePtr contact);
void		row_registrar(Row *row, xmlNodePtr registrar);

/* The five fields of a transfer that contacts and domains have. */
void		row_transfer(Row *row, xmlNodePtr transfer);

#endif
