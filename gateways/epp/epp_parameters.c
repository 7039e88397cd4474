/*
 * epp_parameters.c
 *		The parameters of one SQL call. See epp_parameters.h.
 */
#include "epp_parameters.h"
#include "gw_array.h"

#include <stdlib.h>

void
epp_parameters_reset(EppParameters *parameters)
{
	for (int i = 0; i <= EPP_PARAMETER_MAX; i++)
	{
		parameters->set[i] = false;
		parameters->list[i] = false;
		gw_buf_reset(&parameters->value[i]);
	}
	json_decref(parameters->extensions);
	parameters->extensions = NULL;
}

void
epp_parameters_text(EppParameters *parameters, int at, const char *value)
{
	parameters->set[at] = value != NULL;
	parameters->list[at] = false;
	gw_buf_reset(&parameters->value[at]);
	if (value)
		gw_buf_puts(&parameters->value[at], value);
}

void
epp_parameters_append(EppParameters *parameters, int at, const GwBuf *element)
{
	if (!parameters->set[at])
		gw_array_begin(&parameters->value[at]);
	parameters->set[at] = true;
	parameters->list[at] = true;
	gw_array_add_bytes(&parameters->value[at], element->length ? element->data : "", element->length);
}

json_t *
epp_parameters_extensions(EppParameters *parameters)
{
	if (parameters->extensions == NULL)
		parameters->extensions = json_object();
	return parameters->extensions;
}

void
epp_parameters_store_extensions(EppParameters *parameters, int at)
{
	char	   *text = json_object_size(parameters->extensions) > 0 ? json_dumps(parameters->extensions, JSON_COMPACT) : NULL;

	epp_parameters_text(parameters, at, text);
	free(text);
}

void
epp_parameters_values(EppParameters *parameters, int count, const char **values)
{
	for (int i = 1; i <= count; i++)
	{
		if (parameters->list[i])
			gw_array_end(&parameters->value[i]);
		parameters->list[i] = false;
		values[i - 1] = !parameters->set[i] ? NULL : parameters->value[i].data ? parameters->value[i].data : "";
	}
}
