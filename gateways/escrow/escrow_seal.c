/*
 * escrow_seal.c
 *		OpenPGP. See escrow_seal.h.
 */
#include "escrow_seal.h"
#include "escrow.h"
#include "gw_memory.h"

#include <errno.h>
#include <fcntl.h>
#include <gpgme.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* The encrypted message, cut into files of a size. */
typedef struct Splitter
{
	const char *prefix;
	const char *suffix;
	long		room;			/* in the file being written */
	int			fd;
	EscrowParts *parts;
} Splitter;

/* The parts, read as one. */
typedef struct Joiner
{
	char	   *const *paths;
	int			count;
	int			next;
	int			fd;
} Joiner;

static bool
gpg_failed(const char *what, gpgme_error_t error)
{
	return escrow_fail("openpgp", "%s: %s", what, gpgme_strerror(error));
}

static bool
context_open(gpgme_ctx_t *context)
{
	gpgme_error_t error;

	setlocale(LC_ALL, "");
	gpgme_check_version(NULL);
	error = gpgme_new(context);
	if (error)
		return gpg_failed("GPGME", error);
	gpgme_set_protocol(*context, GPGME_PROTOCOL_OpenPGP);
	gpgme_set_armor(*context, 0);
	error = gpgme_ctx_set_engine_info(*context, GPGME_PROTOCOL_OpenPGP, NULL, escrow_settings.gpg_home);
	if (error)
	{
		gpgme_release(*context);
		return gpg_failed("GnuPG", error);
	}
	return true;
}

static int
part_open(Splitter *splitter)
{
	EscrowParts *parts = splitter->parts;
	char		name[32];
	char	   *path;

	if (splitter->fd >= 0 && (fsync(splitter->fd) != 0 || close(splitter->fd) != 0))
		return -1;
	snprintf(name, sizeof(name), "_S%d_", parts->count + 1);
	path = gw_malloc(strlen(splitter->prefix) + strlen(name) + strlen(splitter->suffix) + 8);
	sprintf(path, "%s%s%s.ryde", splitter->prefix, name, splitter->suffix);
	parts->paths = gw_realloc(parts->paths, sizeof(char *) * (size_t) (parts->count + 1));
	parts->paths[parts->count++] = path;
	splitter->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	splitter->room = escrow_settings.split_bytes;
	return splitter->fd;
}

static ssize_t
split_write(void *handle, const void *data, size_t size)
{
	Splitter   *splitter = handle;
	ssize_t		written;

	if ((splitter->fd < 0 || splitter->room == 0) && part_open(splitter) < 0)
		return -1;
	if ((long) size > splitter->room)
		size = (size_t) splitter->room;
	written = write(splitter->fd, data, size);
	if (written > 0)
		splitter->room -= written;
	return written;
}

static ssize_t
join_read(void *handle, void *data, size_t size)
{
	Joiner	   *joiner = handle;

	for (;;)
	{
		ssize_t		got;

		if (joiner->fd < 0)
		{
			if (joiner->next == joiner->count)
				return 0;
			joiner->fd = open(joiner->paths[joiner->next++], O_RDONLY);
			if (joiner->fd < 0)
				return -1;
		}
		got = read(joiner->fd, data, size);
		if (got != 0)
			return got;
		close(joiner->fd);
		joiner->fd = -1;
	}
}

/* x.ryde has its signature in x.sig. */
static char *
signature_path(const char *part)
{
	size_t		length = strlen(part);
	char	   *path = gw_malloc(length + 5);

	if (length > 5 && strcasecmp(part + length - 5, ".ryde") == 0)
		length -= 5;
	memcpy(path, part, length);
	strcpy(path + length, ".sig");
	return path;
}

static bool
sign(gpgme_ctx_t context, const char *part)
{
	char	   *path = signature_path(part);
	int			in = open(part, O_RDONLY);
	int			out = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	gpgme_data_t text = NULL,
				signature = NULL;
	gpgme_error_t error = gpgme_data_new_from_fd(&text, in);

	if (!error)
		error = gpgme_data_new_from_fd(&signature, out);
	if (!error)
		error = gpgme_op_sign(context, text, signature, GPGME_SIG_MODE_DETACH);
	if (!error && fsync(out) != 0)
		error = gpgme_error_from_errno(errno);
	gpgme_data_release(text);
	gpgme_data_release(signature);
	close(in);
	close(out);
	free(path);
	return error ? gpg_failed("signing", error) : true;
}

static bool
key_find(gpgme_ctx_t context, const char *name, bool secret, gpgme_key_t *key)
{
	gpgme_error_t error = gpgme_get_key(context, name, key, secret);

	return error ? escrow_fail("openpgp", "key \"%s\": %s", name, gpgme_strerror(error)) : true;
}

static bool
encrypt(gpgme_ctx_t context, const char *source, Splitter *splitter)
{
	struct gpgme_data_cbs callbacks = {.write = split_write};
	GwList	   *recipients = &escrow_settings.recipients;
	gpgme_key_t *keys = gw_new(sizeof(gpgme_key_t) * (size_t) (recipients->count + 1));
	gpgme_data_t plain = NULL,
				cipher = NULL;
	int			in = open(source, O_RDONLY);
	gpgme_error_t error = 0;
	bool		done = true;

	for (int i = 0; done && i < recipients->count; i++)
		done = key_find(context, recipients->items[i], false, &keys[i]);
	if (done)
	{
		error = gpgme_data_new_from_fd(&plain, in);
		if (!error)
			error = gpgme_data_new_from_cbs(&cipher, &callbacks, splitter);
		/* the keys were given by name in the settings: that is the trust */
		if (!error)
			error = gpgme_op_encrypt(context, keys, GPGME_ENCRYPT_ALWAYS_TRUST, plain, cipher);
		if (!error && splitter->fd >= 0 && fsync(splitter->fd) != 0)
			error = gpgme_error_from_errno(errno);
		done = error ? gpg_failed("encrypting", error) : true;
	}
	gpgme_data_release(plain);
	gpgme_data_release(cipher);
	for (int i = 0; keys[i]; i++)
		gpgme_key_unref(keys[i]);
	free(keys);
	close(in);
	if (splitter->fd >= 0)
		close(splitter->fd);
	return done;
}

bool
escrow_seal(const char *source, const char *prefix, const char *suffix, EscrowParts *parts)
{
	Splitter	splitter = {prefix, suffix, 0, -1, parts};
	gpgme_ctx_t context;
	gpgme_key_t key = NULL;
	bool		done;

	memset(parts, 0, sizeof(*parts));
	if (escrow_settings.recipients.count == 0 || !escrow_settings.signer)
		return escrow_fail("openpgp", "settings recipients and signer are needed");
	if (!context_open(&context))
		return false;
	done = key_find(context, escrow_settings.signer, true, &key) && encrypt(context, source, &splitter);
	if (done)
		gpgme_signers_add(context, key);
	for (int i = 0; done && i < parts->count; i++)
		done = sign(context, parts->paths[i]);
	gpgme_key_unref(key);
	gpgme_release(context);
	return done;
}

/* Subkeys sign too: the fingerprint of the key or of its signing subkey may be trusted. */
static bool
is_trusted(gpgme_ctx_t context, const char *fingerprint)
{
	gpgme_key_t key = NULL;
	bool		trusted = false;

	if (gpgme_get_key(context, fingerprint, &key, 0) != 0)
		key = NULL;
	for (int i = 0; !trusted && i < escrow_settings.trusted.count; i++)
		trusted = strcasecmp(escrow_settings.trusted.items[i], fingerprint) == 0
			|| (key && key->fpr && strcasecmp(escrow_settings.trusted.items[i], key->fpr) == 0);
	gpgme_key_unref(key);
	return trusted;
}

static bool
verify(gpgme_ctx_t context, const char *part)
{
	char	   *path = signature_path(part);
	int			text_fd = open(part, O_RDONLY);
	int			signature_fd = open(path, O_RDONLY);
	gpgme_data_t text = NULL,
				signature = NULL;
	gpgme_error_t error = 0;
	bool		good = false;

	if (text_fd < 0)
		escrow_fail("openpgp", "%s: %s", part, strerror(errno));
	else if (signature_fd < 0)
		escrow_fail("openpgp", "%s has no signature: %s", part, strerror(errno));
	else
	{
		error = gpgme_data_new_from_fd(&text, text_fd);
		if (!error)
			error = gpgme_data_new_from_fd(&signature, signature_fd);
		if (!error)
			error = gpgme_op_verify(context, signature, text, NULL);
		if (error)
			gpg_failed(path, error);
		else
		{
			gpgme_verify_result_t result = gpgme_op_verify_result(context);

			for (gpgme_signature_t s = result->signatures; s && !good; s = s->next)
				good = gpgme_err_code(s->status) == GPG_ERR_NO_ERROR && is_trusted(context, s->fpr);
			if (!good)
				escrow_fail("openpgp", "%s is not signed by a trusted key", part);
		}
	}
	gpgme_data_release(text);
	gpgme_data_release(signature);
	if (text_fd >= 0)
		close(text_fd);
	if (signature_fd >= 0)
		close(signature_fd);
	free(path);
	return good;
}

static bool
decrypt(gpgme_ctx_t context, Joiner *joiner, const char *target)
{
	struct gpgme_data_cbs callbacks = {.read = join_read};
	gpgme_data_t cipher = NULL,
				plain = NULL;
	int			out = open(target, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	gpgme_error_t error;

	if (out < 0)
		return escrow_fail("file", "%s: %s", target, strerror(errno));
	error = gpgme_data_new_from_cbs(&cipher, &callbacks, joiner);
	if (!error)
		error = gpgme_data_new_from_fd(&plain, out);
	if (!error)
		error = gpgme_op_decrypt(context, cipher, plain);
	gpgme_data_release(cipher);
	gpgme_data_release(plain);
	close(out);
	if (joiner->fd >= 0)
		close(joiner->fd);
	return error ? gpg_failed("decrypting", error) : true;
}

bool
escrow_unseal(char *const *parts, int count, const char *target)
{
	Joiner		joiner = {parts, count, 0, -1};
	gpgme_ctx_t context;
	bool		done = true;

	if (!context_open(&context))
		return false;
	for (int i = 0; done && i < count; i++)
		done = verify(context, parts[i]);
	done = done && decrypt(context, &joiner, target);
	gpgme_release(context);
	return done;
}

void
escrow_parts_free(EscrowParts *parts)
{
	for (int i = 0; i < parts->count; i++)
		free(parts->paths[i]);
	free(parts->paths);
	memset(parts, 0, sizeof(*parts));
}
