# Sourced. Who runs PostgreSQL and the servers around it: PostgreSQL refuses root, so for root it is the
# package's user `postgres`; for anybody else it is that person.
#
#   as_root COMMAND...   with the rights to install
#   as_owner COMMAND...  as the user that owns clusters and servers
#   give_owner FILE...   hand files over to that user

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

if [ "$(id -u)" = 0 ]
then
	OWNER=postgres
	owner_run="setpriv --reuid=postgres --regid=postgres --init-groups"
	# a checkout under /root (0700), say: let the owner's processes pass, but only then
	if ! $owner_run test -r "$ROOT/Makefile" -a -x "$ROOT/tools/setup" 2>/dev/null
	then
		owner_run="$owner_run --inh-caps=+dac_override --ambient-caps=+dac_override"
	fi
else
	OWNER=$(id -un)
	owner_run=
fi

as_root() {
	if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# HOME is not the caller's: libpq and others would look there for files they may not read
as_owner() {
	(cd / && HOME=/nonexistent $owner_run "$@")
}

give_owner() {
	[ "$(id -u)" != 0 ] || chown -R "$OWNER" "$@"
}
