/*
 * epp_request_parameters.c
 *		From a command whose envelope is read to the parameters of its SQL: the grammars of the object and of each
 *		extension, and what schemas cannot say about both. See epp_request.h.
 */
#include "epp_request.h"
#include "epp_fee.h"

#include <string.h>

/* RFC 8807, section 4.1: one of the elements must be there, and one of those of a user agent. */
static bool
check_login_security(const xmlNode *security, EppFlaw *flaw)
{
	const xmlNode *first = epp_element(security->children);

	if (first && epp_is(first, EPP_URI_LOGINSEC, "userAgent") && epp_element(first->children) == NULL)
		epp_flaw(flaw, 2003, first, "one of app, tech and os must be given");
	else if (first == NULL)
		epp_flaw(flaw, 2003, security, "one of userAgent, pw and newPW must be given");
	return flaw->code == 0;
}

/* Each extension by its own grammar. */
static bool
read_extension_parameters(EppRequest *request, EppServices services, EppParameters *parameters, EppFlaw *flaw)
{
	for (int i = 0; i < request->extension_count; i++)
	{
		const xmlNode *node = request->extensions[i];
		const char *uri = (const char *) node->ns->href;
		int			service = epp_service_of(uri);
		const EppExtension *extension = epp_extension_find(service, request->command);

		if (service < 0 || !EPP_AGREED(services, service) || extension == NULL)
		{
			epp_flaw(flaw, 2103, node, "extension \"%.90s\" %s", uri,
					 service >= 0 && EPP_AGREED(services, service) ? "does not extend this command"
					 : "was not agreed at login");
			return false;
		}
		for (int j = 0; j < i; j++)
		{
			/* two versions of one count as the same */
			if (epp_service_of((const char *) request->extensions[j]->ns->href) != service
				&& strcmp(epp_prefix_of((const char *) request->extensions[j]->ns->href), epp_prefix_of(uri)) != 0)
				continue;
			epp_flaw(flaw, 2001, node, "extension \"%.90s\" is given twice", uri);
			return false;
		}
		if (!epp_grammar_read(extension->grammar, uri, node, parameters, flaw))
			return false;
		if ((EPP_FEE_SERVICES & EPP_SERVICE_BIT(service)) && service != EPP_SERVICE_FEE)
			epp_fee_draft_complete(parameters);
		if (service == EPP_SERVICE_LOGINSEC && !check_login_security(node, flaw))
			return false;
	}
	return true;
}

bool
epp_request_parameters(EppRequest *request, EppServices services, EppParameters *parameters, EppFlaw *flaw)
{
	const EppCommand *command = request->command;
	const xmlNode *node = request->object_node ? request->object_node : request->verb_node;
	const char *uri = command->service >= 0 ? epp_service_uri((EppService) command->service) : EPP_URI_EPP;
	const xmlNode *first;

	if (!epp_grammar_read(command->grammar, uri, node, parameters, flaw))
		return false;
	/* a login may use what it asks for; whether it gets it, the database says */
	if (request->verb == EPP_LOGIN)
		services = epp_login_services(parameters);
	if (!read_extension_parameters(request, services, parameters, flaw))
		return false;
	/* RFC 5731 to 5733, section 3.2.5: an update without extension changes something. RFC 3915 wants an empty change. */
	first = epp_element(node->children);
	if (request->verb == EPP_UPDATE && (request->extension_count == 0 || epp_command_is_restore(command)) && first
		&& epp_element(first->next) == NULL)
	{
		epp_flaw(flaw, 2003, node, "one of add, rem and chg must be given");
		return false;
	}
	return true;
}
