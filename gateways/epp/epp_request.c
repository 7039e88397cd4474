/*
 * epp_request.c
 *		The envelope of a document, and the way into the grammars. See epp_request.h.
 *
 *		<epp> <hello/> | <command> VERB extension? clTRID? </command> </epp>
 */
#include "epp_request.h"
#include "epp_xml.h"

#include <stdio.h>
#include <string.h>

/* Attributes an element of the envelope may have: hints where schemas are. */
static bool
only_hints(const xmlNode *node, EppFlaw *flaw)
{
	char		name[80];

	for (const xmlAttr *a = node->properties; a; a = a->next)
	{
		if (a->ns && strcmp((const char *) a->ns->href, "http://www.w3.org/2001/XMLSchema-instance") == 0)
			continue;
		epp_flaw(flaw, 2001, node, "attribute \"%.40s\" of \"%s\" is not known", (const char *) a->name,
				 epp_node_name(node, name, sizeof(name)));
		return false;
	}
	return true;
}

/* A container of the envelope: elements only, no attributes. */
static bool
plain_container(const xmlNode *node, EppFlaw *flaw)
{
	char		name[80];

	if (!only_hints(node, flaw))
		return false;
	if (epp_elements_only(node))
		return true;
	epp_flaw(flaw, 2001, node, "element \"%s\" has text between its elements", epp_node_name(node, name, sizeof(name)));
	return false;
}

/* Take the client's transaction id, if it is one. */
static bool
read_cltrid(EppRequest *request, const xmlNode *node, EppFlaw *flaw)
{
	static const EppRow grammar[] = {
		{0, "clTRID", ONE, EPP_TRID, AS_TEXT, 1},
		{.name = NULL}
	};
	static EppParameters parameters;
	const char *value;

	epp_parameters_reset(&parameters);
	if (!epp_grammar_read(grammar, EPP_URI_EPP, node, &parameters, flaw))
		return false;
	epp_parameters_values(&parameters, 1, &value);
	snprintf(request->cltrid, sizeof(request->cltrid), "%s", value);
	return true;
}

/* The extension elements of a command. */
static bool
read_extensions(EppRequest *request, const xmlNode *node, EppFlaw *flaw)
{
	const xmlNode *child;

	if (!plain_container(node, flaw))
		return false;
	for (child = epp_element(node->children); child; child = epp_element(child->next))
	{
		if (child->ns == NULL || strcmp((const char *) child->ns->href, EPP_URI_EPP) == 0
			|| request->extension_count == EPP_EXTENSIONS_MAX)
		{
			epp_flaw(flaw, 2001, child, "extensions must be in other namespaces and at most %d", EPP_EXTENSIONS_MAX);
			return false;
		}
		request->extensions[request->extension_count++] = child;
	}
	if (request->extension_count == 0)
		epp_flaw(flaw, 2003, node, "element \"epp:extension\" is empty");
	return request->extension_count > 0;
}

/* The element of the object inside check, create and so on. */
static bool
read_object(EppRequest *request, EppFlaw *flaw)
{
	const xmlNode *verb = request->verb_node;
	const xmlNode *object = epp_element(verb->children);

	if (!epp_elements_only(verb))
	{
		epp_flaw(flaw, 2001, verb, "element \"epp:%s\" has text between its elements", epp_verb_name(request->verb));
		return false;
	}
	if (object == NULL)
	{
		epp_flaw(flaw, 2003, verb, "element \"epp:%s\" is empty", epp_verb_name(request->verb));
		return false;
	}
	if (object->ns == NULL || strcmp((const char *) object->ns->href, EPP_URI_EPP) == 0 || epp_element(object->next))
	{
		epp_flaw(flaw, 2001, verb, "element \"epp:%s\" must hold one element of another namespace",
				 epp_verb_name(request->verb));
		return false;
	}
	request->object_node = object;
	request->service = epp_service_of((const char *) object->ns->href);
	return true;
}

/* The op of an element, normalised as the token that it is; empty if there is none. */
static void
read_op(EppRequest *request, const xmlNode *node)
{
	static GwBuf token;
	const char *reason;

	for (const xmlAttr *a = node->properties; a; a = a->next)
	{
		if (a->ns || strcmp((const char *) a->name, "op") != 0 || a->children == NULL || a->children->content == NULL)
			continue;
		gw_buf_reset(&token);
		epp_type_read(EPP_TOKEN, (const char *) a->children->content, "", &token, &reason);
		snprintf(request->op, sizeof(request->op), "%s", token.data);
	}
}

/* <rgp:restore op="..."> makes another command of an update (RFC 3915, section 4.2.5). */
static void
read_restore_op(EppRequest *request)
{
	for (int i = 0; i < request->extension_count; i++)
	{
		const xmlNode *restore = epp_element(request->extensions[i]->children);

		if (strcmp((const char *) request->extensions[i]->ns->href, EPP_URI_RGP) != 0)
			continue;
		if (restore)
			read_op(request, restore);
		/* whatever is wrong with it, the grammar of a request finds */
		if (strcmp(request->op, "report") != 0)
			snprintf(request->op, sizeof(request->op), "request");
	}
}

/*
 * <launch:applicationID> makes a command about an application of one about a domain (RFC 8334, section 2.1); an update or
 * delete that speaks of a launch phase is about one in any case.
 */
static void
read_application_op(EppRequest *request)
{
	for (int i = 0; i < request->extension_count && *request->op == '\0'; i++)
	{
		if (strcmp((const char *) request->extensions[i]->ns->href, EPP_URI_LAUNCH) != 0)
			continue;
		if (request->verb != EPP_INFO)
			snprintf(request->op, sizeof(request->op), "%s", EPP_OP_APPLICATION);
		for (const xmlNode *child = epp_element(request->extensions[i]->children); child; child = epp_element(child->next))
			if (epp_is(child, EPP_URI_LAUNCH, "applicationID"))
				snprintf(request->op, sizeof(request->op), "%s", EPP_OP_APPLICATION);
	}
}

/* <transfer op="..."> is the only verb of objects that has an attribute. */
static bool
check_transfer_op(const EppRequest *request, EppFlaw *flaw)
{
	static const EppRow grammar[] = {
		{0, "transfer", ONE, EPP_FOREIGN},
		{1, "@op", ONE, EPP_TRANSFER_OP},
		{.name = NULL}
	};

	return epp_grammar_read(grammar, EPP_URI_EPP, request->verb_node, NULL, flaw);
}

/* What the verb's element holds, as far as it concerns the envelope. */
static bool
read_verb(EppRequest *request, EppFlaw *flaw)
{
	const char *op;

	if (request->verb == EPP_POLL || request->verb == EPP_TRANSFER)
		read_op(request, request->verb_node);
	else if (request->verb == EPP_UPDATE)
		read_restore_op(request);
	if (request->verb == EPP_INFO || request->verb == EPP_UPDATE || request->verb == EPP_DELETE)
		read_application_op(request);
	op = *request->op ? request->op : NULL;
	request->command = epp_command_find(request->verb, EPP_NO_SERVICE, op);
	if (request->command)
		return true;
	if (request->verb != EPP_TRANSFER && !only_hints(request->verb_node, flaw))
		return false;
	if (!read_object(request, flaw) || (request->verb == EPP_TRANSFER && !check_transfer_op(request, flaw)))
		return false;
	request->command = epp_command_find(request->verb, request->service, op);
	return true;
}

/* The verb, known or not. */
static bool
find_verb(EppRequest *request, const xmlNode *node, EppFlaw *flaw)
{
	char		name[80];

	if (node && node->ns && strcmp((const char *) node->ns->href, EPP_URI_EPP) == 0)
		request->verb = epp_verb_of((const char *) node->name);
	if (request->verb < EPP_HELLO)
	{
		request->verb_node = node;
		return true;
	}
	request->verb = EPP_VERB_COUNT;
	if (node == NULL || epp_is(node, EPP_URI_EPP, "clTRID") || epp_is(node, EPP_URI_EPP, "extension"))
		epp_flaw(flaw, 2003, node ? node->parent : NULL, "there is no command");
	else
		epp_flaw(flaw, 2000, node, "command \"%s\" is not known", epp_node_name(node, name, sizeof(name)));
	return false;
}

/* <command>: verb, extension?, clTRID? */
static bool
read_command(EppRequest *request, const xmlNode *command, EppFlaw *flaw)
{
	const xmlNode *node = epp_element(command->children);
	const xmlNode *next;
	EppFlaw		trid_flaw = {0};
	char		name[80];

	/* First of all the transaction id, so that even a refusal can echo it. */
	for (next = node; next; next = epp_element(next->next))
		if (epp_is(next, EPP_URI_EPP, "clTRID"))
			read_cltrid(request, next, &trid_flaw);
	if (!find_verb(request, node, flaw) || !plain_container(command, flaw))
		return false;
	next = epp_element(node->next);
	if (next && epp_is(next, EPP_URI_EPP, "extension"))
	{
		if (!read_extensions(request, next, flaw))
			return false;
		next = epp_element(next->next);
	}
	if (next && epp_is(next, EPP_URI_EPP, "clTRID"))
		next = epp_element(next->next);
	if (next)
	{
		epp_flaw(flaw, 2001, next, "element \"%s\" is not expected here", epp_node_name(next, name, sizeof(name)));
		return false;
	}
	if (trid_flaw.code)
	{
		*flaw = trid_flaw;
		return false;
	}
	return read_verb(request, flaw);
}

/* <epp> and what is in it. */
static bool
read_root(EppRequest *request, const xmlNode *root, EppFlaw *flaw)
{
	const xmlNode *child;
	char		name[80];

	if (strcmp((const char *) root->name, "epp") != 0 || root->ns == NULL)
	{
		epp_flaw(flaw, 2001, NULL, "the document is not an EPP document");
		return false;
	}
	if (strcmp((const char *) root->ns->href, EPP_URI_EPP) != 0)
	{
		bool		other_version = strncmp((const char *) root->ns->href, "urn:ietf:params:xml:ns:epp-", 27) == 0;

		epp_flaw(flaw, other_version ? 2100 : 2001, NULL, "the namespace of EPP is \"%s\"", EPP_URI_EPP);
		return false;
	}
	child = epp_element(root->children);
	if (!plain_container(root, flaw))
		return false;
	if (child == NULL || epp_element(child->next))
	{
		epp_flaw(flaw, 2001, NULL, "element \"epp:epp\" must hold exactly one element");
		return false;
	}
	if (epp_is(child, EPP_URI_EPP, "hello"))
	{
		request->verb = EPP_HELLO;
		return true;
	}
	if (epp_is(child, EPP_URI_EPP, "command"))
		return read_command(request, child, flaw);
	if (epp_is(child, EPP_URI_EPP, "extension"))
		epp_flaw(flaw, 2103, child, "protocol extensions are not supported");
	else if (epp_is(child, EPP_URI_EPP, "greeting") || epp_is(child, EPP_URI_EPP, "response"))
		epp_flaw(flaw, 2001, NULL, "this is for servers to send");
	else
		epp_flaw(flaw, 2000, child, "command \"%s\" is not known", epp_node_name(child, name, sizeof(name)));
	return false;
}

bool
epp_request_read(EppRequest *request, const char *text, size_t length, EppFlaw *flaw)
{
	const char *reason = NULL;
	const xmlNode *root;

	memset(request, 0, sizeof(*request));
	request->verb = EPP_VERB_COUNT;
	request->service = -1;
	flaw->code = 0;
	request->document = epp_xml_parse(text, length, &reason);
	root = request->document ? xmlDocGetRootElement(request->document) : NULL;
	if (root == NULL)
	{
		epp_flaw(flaw, 2001, NULL, "%s", reason ? reason : "the document is empty");
		return false;
	}
	return read_root(request, root, flaw);
}

void
epp_request_free(EppRequest *request)
{
	if (request->document)
		epp_xml_free(request->document);
	request->document = NULL;
}
