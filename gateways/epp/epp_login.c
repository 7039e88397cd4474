/*
 * epp_login.c
 *		Grammars of login and logout (RFC 5730, section 2.9.1).
 *
 * dos.epp_login($1 registrar, $2 password, $3 new_password, $4 certificate,
 * $5 address, $6 language, $7 object_uris, $8 extension_uris, $9 cltrid,
 * $10 svtrid); $4 and $5 come from the connection.
 */
#include "epp_commands.h"

const EppRow epp_login_grammar[] = {
	{0, "login", ONE, EPP_ELEMENTS},
	{1, "clID", ONE, EPP_CLID, AS_TEXT, 1},
	{1, "pw", ONE, EPP_PASSWORD, AS_TEXT, 2},
	{1, "newPW", OPTIONAL, EPP_PASSWORD, AS_TEXT, 3},
	{1, "options", ONE, EPP_ELEMENTS},
	{2, "version", ONE, EPP_VERSION},
	{2, "lang", ONE, EPP_LANGUAGE, AS_TEXT, 6},
	{1, "svcs", ONE, EPP_ELEMENTS},
	{2, "objURI", SOME, EPP_URI, AS_LIST, 7},
	{2, "svcExtension", OPTIONAL, EPP_ELEMENTS},
	{3, "extURI", SOME, EPP_URI, AS_LIST, 8},
	{.name = NULL}
};

const EppRow epp_logout_grammar[] = {
	{0, "logout", ONE, EPP_ANYTHING},
	{.name = NULL}
};
