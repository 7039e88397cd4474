/*
 * escrow_element_rules.h
 *	  Elements of XML with their texts escaped, for the files that write objects. Pure.
 */
#ifndef DOS_ESCROW_ELEMENT_RULES_H
#define DOS_ESCROW_ELEMENT_RULES_H

#include "escrow/escrow_rules.h"

/* As it is. */
extern void dos_escrow_put(const EscrowWriter *out, const char *text);

extern void dos_escrow_start(const EscrowWriter *out, const char *element);
extern void dos_escrow_end(const EscrowWriter *out, const char *element);
extern void dos_escrow_element_text(const EscrowWriter *out, const char *element, const char *text);

/* Nothing for a value that is absent. */
extern void dos_escrow_element(const EscrowWriter *out, const char *name, const EscrowValue *value);

/* <element attribute="value"/>, or with a text. */
extern void dos_escrow_element_with(const EscrowWriter *out, const char *name, const char *attribute, const char *value, const char *text);

/* Split "word rest" at its first separator: the word is copied, cut at its limit; the rest, or NULL, is returned. */
extern const char *dos_escrow_word_split(const char *text, char separator, char *word, size_t size);

extern void dos_escrow_statuses(const EscrowWriter *out, const char *name, const EscrowValue *value);
extern void dos_escrow_address(const EscrowWriter *out, const char *name, const char *text);

extern void dos_escrow_domain_xml(const EscrowWriter *out, const EscrowValue *v, bool thin);

#endif
