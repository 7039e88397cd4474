# DOS, the Domain Operating System. `make help` lists the targets.
#
# This file only says what to do; extension.mk builds the extension with PGXS, gateways/Makefile the
# gateways. That way it can be read on a machine that has no PostgreSQL yet, and `make setup` brings it.

.PHONY: all extension gateways install uninstall setup check check-faults regress demo stop bench fuzz docs clean help
.DEFAULT_GOAL = all

EXTENSION_MAKE = $(MAKE) --no-print-directory -f extension.mk
GATEWAYS_MAKE  = $(MAKE) --no-print-directory -C gateways

all: extension gateways

extension:
	+@$(EXTENSION_MAKE) all

gateways:
	+@$(GATEWAYS_MAKE)

install: extension
	+@$(EXTENSION_MAKE) install

uninstall:
	+@$(EXTENSION_MAKE) uninstall

# --- the commands people use ----------------------------------------------------------------------
setup:
	@tools/setup

check: setup
	@tools/check

# every kind of fault, for longer than `make check` does: make check-faults FAULTS=1000
check-faults: setup
	@test/faults/run $(FAULTS)

# make regress TESTS='ledger_charge price_quote'
regress: setup
	@tools/regress $(TESTS)

demo: setup
	@tools/demo

stop:
	@tools/stop

bench: setup
	@bench/run

fuzz: setup
	+@$(GATEWAYS_MAKE) fuzz

# write what the sources say into docs/
docs:
	@tools/result_codes src/base/result_codes.txt --doc > docs/result-codes.md
	@tools/reference

clean:
	+@-$(GATEWAYS_MAKE) clean
	@rm -rf build dos.so
	@find src \( -name '*.o' -o -name '*.bc' \) -delete

help:
	@sed -n 's/^## //p' tools/help.txt
