/*
 * epp_grammar.h
 *		One table per command: what its element may hold, and which SQL
 *		parameter each piece becomes.
 *
 * A grammar is a list of rows in the order of the schema; `depth` is the
 * indentation. Row 0 (depth 0) is the command's own element. Attributes are
 * rows whose name starts with '@', right behind their element.
 *
 *		{0, "create", ONE, EPP_ELEMENTS},
 *		{1, "name", ONE, EPP_LABEL, AS_TEXT, 2},			$2
 *		{1, "period", OPTIONAL, EPP_PERIOD, AS_TEXT, 3},
 *		{2, "@unit", ONE, EPP_PERIOD_UNIT, AS_TEXT, 4},
 *		{1, "ns", OPTIONAL, EPP_ELEMENTS},
 *		{2, "hostObj", SOME, EPP_LABEL, AS_LIST, 5, .choice = 1},
 *		{2, "hostAttr", SOME, EPP_ELEMENTS, AS_GROUP, 6, .choice = 1},
 *		...
 *		{.name = NULL}
 *
 * Neighbouring rows with the same `choice` are alternatives, exactly one of
 * which must appear. A flaw is a result code, the node at fault, and a reason.
 */
#ifndef EPP_GRAMMAR_H
#define EPP_GRAMMAR_H

#include "epp_node.h"
#include "epp_parameters.h"
#include "epp_types.h"

#include <libxml/tree.h>
#include <stdbool.h>

/* minimum and maximum number of times; 0 as maximum: no limit */
#define ONE 1, 1
#define OPTIONAL 0, 1
#define SOME 1, 0
#define ANY_NUMBER 0, 0
#define UP_TO(n) 0, (n)
#define ONE_TO(n) 1, (n)

/* What becomes of a value. `into` is the number of the SQL parameter, but for AS_FIELD. */
typedef enum EppShape
{
	AS_NOTHING,					/* checked only */
	AS_TEXT,					/* the parameter is the value */
	AS_EMPTY,					/* the parameter is '' (the element itself says all) */
	AS_LIST,					/* one more element of a text[] */
	AS_QUALIFIER,				/* attribute that the next AS_QUALIFIED or EPP_ADDRESS wants */
	AS_QUALIFIED,				/* one more element: 'qualifier:value' */
	AS_NAME,					/* one more element: 'localname' or 'localname:qualifier' */
	AS_GROUP,					/* one more element: all AS_PIECE below it, with spaces between */
	AS_PIECE,
	AS_POSTAL,					/* text[9] of the AS_FIELD below; qualifier int: this parameter, loc: the next */
	AS_FIELD,					/* `into` is the field; a repeated element fills the following ones */
	AS_UNIMPLEMENTED,			/* in the schema, not in this server: 2102 */

	/* in extensions: pieces of the JSON object that becomes one parameter (epp_parameters.h) */
	AS_MEMBER,					/* the value, as member `key` of the object at hand */
	AS_STRINGS,					/* one more element of the array `key` */
	AS_OBJECT,					/* an object `key` that takes everything below; a value of its own is its member `value` */
	AS_OBJECTS					/* one more such object in the array `key` */
} EppShape;

#define EPP_POSTAL_FIELDS 9

typedef struct EppRow
{
	int			depth;
	const char *name;			/* local name; '@name' is an attribute; NULL ends the table */
	int			min;
	int			max;
	EppType		type;
	EppShape	as;
	int			into;
	int			choice;
	bool		clears;			/* an absent attribute makes its parameter '' (update: a number without extension) */
	const char *key;			/* AS_MEMBER and following */
	const char *value;
	const char *uri;			/* of the element, where it is not that of the grammar */
	bool		unique;			/* AS_MEMBER: no other object of the array has this value */
} EppRow;

typedef struct EppFlaw
{
	int			code;			/* 0: none */
	const xmlNode *node;		/* to be shown to the client, or NULL */
	char		reason[160];
} EppFlaw;

void		epp_flaw(EppFlaw *flaw, int code, const xmlNode *node, const char *format, ...)
			__attribute__((format(printf, 4, 5)));

/*
 * Check an element of this namespace against its grammar, and fill the
 * parameters. False and a flaw if it does not fit; parameters are then of no
 * use. The row's name is compared too.
 */
bool		epp_grammar_read(const EppRow *grammar, const char *uri, const xmlNode *element, EppParameters *parameters,
							 EppFlaw *flaw);

#endif
