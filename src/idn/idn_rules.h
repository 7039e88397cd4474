/*
 * idn_rules.h
 *	  What no table may allow: IDNA2008 for registration (RFC 5891), and how labels look. Pure.
 */
#ifndef DOS_IDN_RULES_H
#define DOS_IDN_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "idn/lgr_rules.h"

#define IDN_EXPLANATION_MAX 256

/*
 * Why a U-label may not be registered under IDNA2008 (RFC 5891 section 4.2, RFC 5892 appendix A, RFC 5893):
 * a stable reason, and a sentence that names the code point; NULL when it may.
 */
extern const char *dos_idn_problem(const char *ulabel, char *explanation, size_t size);

/* Has the label letters of more than one script (UTS 39 section 5.1)? Then a sentence that names both. */
extern bool dos_idn_mixes_scripts(const char *ulabel, char *explanation, size_t size);

/* Labels that look alike have the same skeleton (UTS 39 section 4); false when it cannot be made. */
extern bool dos_idn_skeleton(const char *ulabel, char *skeleton, size_t size);

#endif
