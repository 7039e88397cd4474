# The extension, built with PGXS from the top of the tree: `make -f extension.mk`, or just `make`.
# Sources are found by wildcard; the order of the SQL is dos--1.0.sql.

PG_CONFIG ?= pg_config

EXTENSION   = dos
MODULE_big  = dos
OBJS        = $(patsubst %.c,%.o,$(sort $(wildcard src/*.c src/*/*.c)))
DATA_built  = build/dos--1.0.sql
WARNINGS    = -Wall -Wextra -Werror -Wno-unused-parameter -Wno-sign-compare
PG_CPPFLAGS = -Isrc -Ibuild -D_GNU_SOURCE
PG_CFLAGS   = -std=gnu11 $(WARNINGS)
SHLIB_LINK  = -lidn2 -lcrypto -lxml2 -licui18n -licuuc -lzscanner
EXTRA_CLEAN = build

# no LLVM bitcode: the C here is called a few times per command, inlining it into plans buys nothing
override with_llvm = no

PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

$(OBJS): build/dos_result_codes.h $(wildcard src/*.h src/*/*.h)

build/dos_result_codes.h build/result_code_rows.sql: src/base/result_codes.txt tools/result_codes
	@mkdir -p build
	tools/result_codes $< build

build/dos--1.0.sql: dos--1.0.sql $(wildcard src/*/*.sql) build/result_code_rows.sql tools/assemble
	@mkdir -p build
	tools/assemble dos--1.0.sql > $@.new && mv $@.new $@

# the same sources read by another compiler, nothing kept: `make -f extension.mk syntax CC=clang`
GCC_ONLY = -fexcess-precision=% -Wimplicit-fallthrough=% -Wno-format-truncation -Wno-stringop-truncation
.PHONY: syntax
syntax: build/dos_result_codes.h
	@set -e; for source in $(OBJS:.o=.c); do \
		$(CC) $(patsubst -I/%,-isystem/%,$(CPPFLAGS)) $(filter-out $(GCC_ONLY),$(CFLAGS)) -fsyntax-only $$source; done
