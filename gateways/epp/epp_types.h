/*
 * epp_types.h
 *		The simple types of the EPP schemas: what a value may look like.
 *
 * One row each: white space, length, enumeration, and a function for what
 * those cannot say. A value the XSD would reject is 2001; one the XSD lets
 * pass although the protocol cannot mean it (an IPv4 address of letters) is
 * 2005. Pure: text in, verdict and normalised text out.
 */
#ifndef EPP_TYPES_H
#define EPP_TYPES_H

#include "gw_buf.h"

typedef enum EppType
{
	/* not values */
	EPP_ELEMENTS,				/* child elements only */
	EPP_ANYTHING,				/* not looked at */
	EPP_FOREIGN,				/* exactly one element of another namespace */
	EPP_BLANK,					/* might hold elements by its schema, but must not here */
	EPP_MIXED,					/* any text and elements; the value is the text, or with elements the XML */

	/* eppcom-1.0, epp-1.0 */
	EPP_LABEL,					/* labelType: token, 1..255 */
	EPP_CLID,					/* clIDType: token, 3..16 */
	EPP_MIN_TOKEN,				/* minTokenType */
	EPP_TOKEN,
	EPP_ROID,					/* roidType */
	EPP_AUTH,					/* pwAuthInfoType: normalizedString */
	EPP_PASSWORD,				/* pwType: token, 6..16 */
	EPP_LONG_PASSWORD,			/* loginSec:pwType: token, from 6 */
	EPP_TRID,					/* trIDStringType: token, 3..64 */
	EPP_VERSION,				/* versionType; a good one that is not 1.0 is 2100 */
	EPP_LANGUAGE,
	EPP_URI,
	EPP_NORMALIZED,				/* normalizedString */
	EPP_BOOLEAN,				/* normalised to true or false */
	EPP_POLL_OP,
	EPP_MESSAGE_ID,				/* token; what is no number of ours is no message: 2303 */
	EPP_TRANSFER_OP,

	/* domain-1.0 */
	EPP_PERIOD,					/* pLimitType: 1..99 */
	EPP_PERIOD_UNIT,
	EPP_DATE,					/* normalised to YYYY-MM-DD */
	EPP_CONTACT_TYPE,
	EPP_HOSTS,
	EPP_CLID_CHANGE,			/* clIDChgType: token, 0..16 */
	EPP_DOMAIN_STATUS,

	/* host-1.0 */
	EPP_ADDRESS,				/* addrStringType; must be an address of the family in the qualifier */
	EPP_ADDRESS_FAMILY,
	EPP_HOST_STATUS,

	/* contact-1.0 */
	EPP_COUNTRY,				/* ccType: token of 2 */
	EPP_E164,					/* e164StringType */
	EPP_POSTAL_CODE,			/* pcType: token, 0..16 */
	EPP_POSTAL_LINE,			/* normalizedString, 1..255 */
	EPP_POSTAL_OPTIONAL,		/* normalizedString, 0..255 */
	EPP_POSTAL_TYPE,
	EPP_CONTACT_STATUS,

	/* secDNS-1.1 */
	EPP_UINT16,
	EPP_UINT8,
	EPP_MAX_SIG_LIFE,			/* int, from 1 */
	EPP_HEX,					/* hexBinary, upper case; empty is 2005 */
	EPP_BASE64,					/* base64Binary, at least one octet; white space removed */

	/* rgp-1.0 */
	EPP_RESTORE_OP,
	EPP_DATE_TIME,				/* xs:dateTime, with at most six digits of a second */

	/* fee-1.0 */
	EPP_ANY_TEXT,				/* any characters, kept as they are */
	EPP_CURRENCY,				/* three capital letters, nothing around them */
	EPP_FEE_COMMAND,
	EPP_FEE,					/* decimal, not negative */
	EPP_CREDIT,					/* decimal, not positive */
	EPP_DURATION,
	EPP_FEE_APPLIED,
	EPP_FEE_DRAFT_COMMAND,		/* fee-0.7 to 0.11: token, 3..16 */

	/* launch-1.0, signedMark-1.0 */
	EPP_LAUNCH_PHASE,
	EPP_LAUNCH_FORM,			/* of a check */
	EPP_LAUNCH_OBJECT,
	EPP_SMD_ENCODING,			/* token; base64 is the only one we read */

	/* ttl-1.0 */
	EPP_TTL,					/* 0..2147483647, or empty */
	EPP_RECORD_TYPE,
	EPP_CUSTOM_RECORD_TYPE,

	/* org-1.0 */
	EPP_ORG_STATUS,
	EPP_ORG_ROLE_STATUS,
	EPP_ORG_CONTACT,

	EPP_TYPE_COUNT
} EppType;

/*
 * Check a value and append its normal form to `out` (which the caller has
 * reset). Returns 0, or the EPP result code and a reason like "must be ...".
 * qualifier: for EPP_ADDRESS "v4" or "v6", else ignored.
 */
int			epp_type_read(EppType type, const char *text, const char *qualifier, GwBuf *out, const char **reason);

/* Characters (not octets) of UTF-8 text. */
size_t		epp_text_length(const char *text);

#endif
