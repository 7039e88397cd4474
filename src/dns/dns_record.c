/*
 * dns_record.c
 *	  SQL faces of the RDATA encoders and of the table of what is published.
 *
 * RRsets are arrays of RDATA without duplicates in canonical order (RFC 4034 section 6.3), so two equal
 * RRsets are equal arrays. An RRset that cannot be made of what the registry holds is NULL, not an
 * error: one bad name must not keep a batch of others from publication.
 */
#include "postgres.h"

#include <openssl/sha.h>
#include <sys/socket.h>

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/inet.h"

#include "dns/dns_wire_rules.h"
#include "dns/publish_rules.h"

#define DIGEST_SHA256	2

PG_FUNCTION_INFO_V1(dos_sql_dns_rdata_ns);
PG_FUNCTION_INFO_V1(dos_sql_dns_rdata_ns_names);
PG_FUNCTION_INFO_V1(dos_sql_dns_rdata_address);
PG_FUNCTION_INFO_V1(dos_sql_dns_rdata_ds);
PG_FUNCTION_INFO_V1(dos_sql_dns_rdata_soa);
PG_FUNCTION_INFO_V1(dos_sql_dns_rdata_text);
PG_FUNCTION_INFO_V1(dos_sql_dns_rr);
PG_FUNCTION_INFO_V1(dos_sql_dns_type_text);

static Datum
bytea_datum(const uint8_t *octets, size_t length)
{
	return PointerGetDatum(cstring_to_text_with_len((const char *) octets, (int) length));
}

static int
rdata_order(const void *a, const void *b)
{
	const bytea *left = DatumGetByteaPP(*(const Datum *) a);
	const bytea *right = DatumGetByteaPP(*(const Datum *) b);

	return dos_dns_rdata_compare((const uint8_t *) VARDATA_ANY(left), VARSIZE_ANY_EXHDR(left),
								 (const uint8_t *) VARDATA_ANY(right), VARSIZE_ANY_EXHDR(right));
}

/* The RRset: sorted, every RDATA once. */
static ArrayType *
rrset_array(Datum *rdata, int count)
{
	int			kept = 0;

	qsort(rdata, count, sizeof(Datum), rdata_order);
	for (int i = 0; i < count; i++)
		if (kept == 0 || rdata_order(&rdata[kept - 1], &rdata[i]) != 0)
			rdata[kept++] = rdata[i];
	return construct_array(rdata, kept, BYTEAOID, -1, false, TYPALIGN_INT);
}

/* Elements of an array argument that holds no NULL. */
static Datum *
array_elements(ArrayType *array, Oid type, int16 length, int *count)
{
	Datum	   *elements;

	if (array_contains_nulls(array))
		ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("array must not contain nulls")));
	deconstruct_array(array, type, length, false, TYPALIGN_INT, &elements, NULL, count);
	return elements;
}

Datum
dos_sql_dns_rdata_ns(PG_FUNCTION_ARGS)
{
	int			count;
	Datum	   *rdata = array_elements(PG_GETARG_ARRAYTYPE_P(0), TEXTOID, -1, &count);

	for (int i = 0; i < count; i++)
	{
		text	   *name = DatumGetTextPP(rdata[i]);
		uint8_t		wire[DOS_DNAME_WIRE_MAX];
		size_t		length = dos_dname_wire(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), wire);

		if (length == 0)
			PG_RETURN_NULL();
		rdata[i] = bytea_datum(wire, length);
	}
	PG_RETURN_ARRAYTYPE_P(rrset_array(rdata, count));
}

Datum
dos_sql_dns_rdata_ns_names(PG_FUNCTION_ARGS)
{
	int			count;
	Datum	   *names = array_elements(PG_GETARG_ARRAYTYPE_P(0), BYTEAOID, -1, &count);

	for (int i = 0; i < count; i++)
	{
		bytea	   *wire = DatumGetByteaPP(names[i]);
		char		name[DOS_DNAME_WIRE_MAX + 1];

		if (dos_dname_from_wire((uint8_t *) VARDATA_ANY(wire), VARSIZE_ANY_EXHDR(wire), name) == 0)
			elog(ERROR, "NS RDATA in the image is not a name");
		names[i] = CStringGetTextDatum(name);
	}
	PG_RETURN_ARRAYTYPE_P(construct_array(names, count, TEXTOID, -1, false, TYPALIGN_INT));
}

Datum
dos_sql_dns_rdata_address(PG_FUNCTION_ARGS)
{
	int			count;
	int			kept = 0;
	Datum	   *rdata = array_elements(PG_GETARG_ARRAYTYPE_P(0), INETOID, -1, &count);
	int			family = PG_GETARG_INT32(1) == DNS_TYPE_A ? PGSQL_AF_INET : PGSQL_AF_INET6;

	for (int i = 0; i < count; i++)
	{
		inet	   *address = DatumGetInetPP(rdata[i]);

		if (ip_family(address) == family)
			rdata[kept++] = bytea_datum(ip_addr(address), ip_addrsize(address));
	}
	PG_RETURN_ARRAYTYPE_P(rrset_array(rdata, kept));
}

/* DS RDATA made from a key: SHA-256 over owner and DNSKEY RDATA (RFC 4034 section 5.1.4, RFC 4509). False if malformed. */
static bool
ds_of_key(text *owner, text *key, Datum *result)
{
	uint8_t		hashed[DOS_DNAME_WIRE_MAX + DNS_DNSKEY_MAX];
	uint8_t		ds[4 + SHA256_DIGEST_LENGTH];
	size_t		name = dos_dname_wire(VARDATA_ANY(owner), VARSIZE_ANY_EXHDR(owner), hashed);
	size_t		length = name == 0 ? 0 : dos_dns_dnskey(VARDATA_ANY(key), VARSIZE_ANY_EXHDR(key), hashed + name);
	uint16_t	keytag;

	if (length == 0)
		return false;
	keytag = dos_dns_keytag(hashed + name, length);
	ds[0] = (uint8_t) (keytag >> 8);
	ds[1] = (uint8_t) keytag;
	ds[2] = hashed[name + 3];
	ds[3] = DIGEST_SHA256;
	SHA256(hashed, name + length, ds + 4);
	*result = bytea_datum(ds, sizeof(ds));
	return true;
}

Datum
dos_sql_dns_rdata_ds(PG_FUNCTION_ARGS)
{
	text	   *owner = PG_GETARG_TEXT_PP(0);
	int			ds_count;
	int			key_count;
	Datum	   *ds = array_elements(PG_GETARG_ARRAYTYPE_P(1), TEXTOID, -1, &ds_count);
	Datum	   *keys = array_elements(PG_GETARG_ARRAYTYPE_P(2), TEXTOID, -1, &key_count);
	Datum	   *rdata = palloc(sizeof(Datum) * (ds_count + key_count + 1));

	for (int i = 0; i < ds_count; i++)
	{
		text	   *one = DatumGetTextPP(ds[i]);
		uint8_t		wire[4 + DNS_DIGEST_MAX];
		size_t		length = dos_dns_ds(VARDATA_ANY(one), VARSIZE_ANY_EXHDR(one), wire);

		if (length == 0)
			PG_RETURN_NULL();
		rdata[i] = bytea_datum(wire, length);
	}
	for (int i = 0; i < key_count; i++)
		if (!ds_of_key(owner, DatumGetTextPP(keys[i]), &rdata[ds_count + i]))
			PG_RETURN_NULL();
	PG_RETURN_ARRAYTYPE_P(rrset_array(rdata, ds_count + key_count));
}

Datum
dos_sql_dns_rdata_soa(PG_FUNCTION_ARGS)
{
	uint8_t		wire[DNS_SOA_MAX];
	DnsSoa		soa;
	size_t		length;

	soa.mname = text_to_cstring(PG_GETARG_TEXT_PP(0));
	soa.rname = text_to_cstring(PG_GETARG_TEXT_PP(1));
	soa.serial = (uint32_t) PG_GETARG_INT64(2);
	soa.refresh = (uint32_t) PG_GETARG_INT32(3);
	soa.retry = (uint32_t) PG_GETARG_INT32(4);
	soa.expire = (uint32_t) PG_GETARG_INT32(5);
	soa.minimum = (uint32_t) PG_GETARG_INT32(6);
	length = dos_dns_soa(&soa, wire);
	if (length == 0)
		elog(ERROR, "SOA names \"%s\" and \"%s\" have no wire form", soa.mname, soa.rname);
	PG_RETURN_DATUM(bytea_datum(wire, length));
}

Datum
dos_sql_dns_rdata_text(PG_FUNCTION_ARGS)
{
	bytea	   *rdata = PG_GETARG_BYTEA_PP(1);
	size_t		length = VARSIZE_ANY_EXHDR(rdata);
	text	   *result = palloc(VARHDRSZ + dos_dns_rdata_text_max(length));
	size_t		written = dos_dns_rdata_text(PG_GETARG_INT32(0), (uint8_t *) VARDATA_ANY(rdata), length, VARDATA(result));

	SET_VARSIZE(result, VARHDRSZ + written);
	PG_RETURN_TEXT_P(result);
}

Datum
dos_sql_dns_rr(PG_FUNCTION_ARGS)
{
	text	   *owner = PG_GETARG_TEXT_PP(0);
	bytea	   *rdata = PG_GETARG_BYTEA_PP(3);
	uint8_t		name[DOS_DNAME_WIRE_MAX];
	size_t		name_length = dos_dname_wire(VARDATA_ANY(owner), VARSIZE_ANY_EXHDR(owner), name);
	bytea	   *rr = palloc(VARHDRSZ + dos_dns_rr_length(name_length, VARSIZE_ANY_EXHDR(rdata)));
	size_t		length = dos_dns_rr((uint8_t *) VARDATA(rr), name, name_length, PG_GETARG_INT32(1), PG_GETARG_INT32(2),
									(uint8_t *) VARDATA_ANY(rdata), VARSIZE_ANY_EXHDR(rdata));

	SET_VARSIZE(rr, VARHDRSZ + length);
	PG_RETURN_BYTEA_P(rr);
}

Datum
dos_sql_dns_type_text(PG_FUNCTION_ARGS)
{
	char		text[16];

	PG_RETURN_TEXT_P(cstring_to_text(dos_dns_type_text(PG_GETARG_INT32(0), text)));
}
