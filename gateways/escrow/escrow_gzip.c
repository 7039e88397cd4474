/*
 * escrow_gzip.c
 *		One buffer at a time, either way.
 */
#include "escrow.h"
#include "escrow_gzip.h"
#include "gw_memory.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

struct GzipReader
{
	ParseRead	read;
	void	   *source;
	void		(*seen) (void *arg, const char *data, int length);
	void	   *arg;
	z_stream	stream;
	bool		ended;
	char		buffer[1 << 16];
};

static bool
checksum_of(const char *path, unsigned long *checksum)
{
	static unsigned char buffer[1 << 16];
	FILE	   *file = fopen(path, "r");
	size_t		got;
	bool		done;

	*checksum = crc32(0, NULL, 0);
	while (file && (got = fread(buffer, 1, sizeof(buffer), file)) > 0)
		*checksum = crc32(*checksum, buffer, (uInt) got);
	done = file && !ferror(file) && fsync(fileno(file)) == 0;
	if (file)
		fclose(file);
	return done;
}

bool
gzip_file(const char *path, unsigned long *checksum)
{
	static char buffer[1 << 16];
	char	   *packed = gw_malloc(strlen(path) + 4);
	FILE	   *file = fopen(path, "r");
	gzFile		out;
	size_t		got;
	bool		done;

	sprintf(packed, "%s.gz", path);
	out = gzopen(packed, "wb");
	done = file && out;
	while (done && (got = fread(buffer, 1, sizeof(buffer), file)) > 0)
		done = gzwrite(out, buffer, (unsigned) got) == (int) got;
	done = done && !ferror(file);
	if (out && gzclose(out) != Z_OK)
		done = false;
	if (file)
		fclose(file);
	done = done && checksum_of(packed, checksum) && unlink(path) == 0;
	if (!done)
		escrow_fail("file", "%s: %s", packed, strerror(errno));
	free(packed);
	return done;
}

GzipReader *
gzip_open(ParseRead read, void *source, void (*seen) (void *arg, const char *data, int length), void *arg)
{
	GzipReader *reader = gw_new(sizeof(GzipReader));

	reader->read = read;
	reader->source = source;
	reader->seen = seen;
	reader->arg = arg;
	inflateInit2(&reader->stream, 16 + MAX_WBITS);
	return reader;
}

int
gzip_take(void *self, char *buffer, int size)
{
	GzipReader *reader = self;
	z_stream   *stream = &reader->stream;

	stream->next_out = (Bytef *) buffer;
	stream->avail_out = (uInt) size;
	while (!reader->ended && stream->avail_out == (uInt) size)
	{
		int			status;

		if (stream->avail_in == 0)
		{
			int			got = reader->read(reader->source, reader->buffer, sizeof(reader->buffer));

			if (got <= 0)
				return -1;
			reader->seen(reader->arg, reader->buffer, got);
			stream->next_in = (Bytef *) reader->buffer;
			stream->avail_in = (uInt) got;
		}
		status = inflate(stream, Z_NO_FLUSH);
		reader->ended = status == Z_STREAM_END;
		if (status != Z_OK && status != Z_STREAM_END)
			return -1;
	}
	return size - (int) stream->avail_out;
}

void
gzip_close(GzipReader *reader)
{
	inflateEnd(&reader->stream);
	free(reader);
}
