/*
 * epp_parameters.h
 *		The parameters of one SQL call, while they are collected.
 *
 * Arrays are literals under construction. The buffers are kept from one
 * command to the next. What the extensions of a command say is collected as
 * one JSON object, which becomes the parameter `extensions` of the verb.
 */
#ifndef EPP_PARAMETERS_H
#define EPP_PARAMETERS_H

#include "gw_buf.h"

#include <jansson.h>
#include <stdbool.h>

#define EPP_PARAMETER_MAX 24

/* Parameters of one SQL call; index 1 is $1. A parameter that was not set is NULL. */
typedef struct EppParameters
{
	bool		set[EPP_PARAMETER_MAX + 1];
	bool		list[EPP_PARAMETER_MAX + 1];	/* an array literal without its closing brace */
	GwBuf		value[EPP_PARAMETER_MAX + 1];
	json_t	   *extensions;		/* NULL: nothing */
} EppParameters;

void		epp_parameters_reset(EppParameters *parameters);
void		epp_parameters_text(EppParameters *parameters, int at, const char *value);	/* NULL: SQL NULL */

/* One more element of an array parameter. */
void		epp_parameters_append(EppParameters *parameters, int at, const GwBuf *element);

/* The object of what the extensions say; made at the first call. */
json_t	   *epp_parameters_extensions(EppParameters *parameters);

/* Make that object this parameter; SQL NULL if nothing was said. */
void		epp_parameters_store_extensions(EppParameters *parameters, int at);

/* Pointers for gw_db_call(): values[0] is $1. Closes the arrays. */
void		epp_parameters_values(EppParameters *parameters, int count, const char **values);

#endif
