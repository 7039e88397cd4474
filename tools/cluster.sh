# Sourced after owner.sh. A private PostgreSQL cluster: loopback only, trust, superuser `postgres`.
#
#   port_free PORT                          does nothing listen there?
#   cluster_start DIR PORT [SETTING=VALUE...]   CLUSTER_UNDER="program with options" runs the server under it
#   cluster_stop DIR

PGBIN=$(pg_config --bindir)
export PGCTLTIMEOUT=600	# a slow machine starts slowly, too

port_free() {
	! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# cluster_start: DIR is made anew; its log is DIR.log
cluster_start() {
	local dir=$1 port=$2 setting
	shift 2
	rm -rf "$dir" "$dir.log"
	mkdir -p "$dir"
	chmod 700 "$dir"
	: > "$dir.log"
	give_owner "$dir" "$dir.log"
	as_owner "$PGBIN/initdb" -D "$dir" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir.log" 2>&1 || {
		cat "$dir.log" >&2; return 1; }
	{
		echo "listen_addresses = '127.0.0.1'"
		echo "port = $port"
		# a socket's path has a limit of 107 octets
		if [ ${#dir} -lt 80 ]; then echo "unix_socket_directories = '$dir'"; else echo "unix_socket_directories = ''"; fi
		echo "shared_preload_libraries = 'dos'"
		echo "timezone = 'UTC'"
		echo 'jit = off'
		echo "log_timezone = 'UTC'"
		for setting; do echo "$setting"; done
	} >> "$dir/postgresql.conf"
	if [ -n "${CLUSTER_UNDER:-}" ]
	then
		as_owner setsid $CLUSTER_UNDER "$PGBIN/postgres" -D "$dir" >> "$dir.log" 2>&1 </dev/null &
		for _ in $(seq 300); do "$PGBIN/pg_isready" -q -h 127.0.0.1 -p "$port" && return; sleep 1; done
		tail -20 "$dir.log" >&2
		return 1
	fi
	as_owner "$PGBIN/pg_ctl" -D "$dir" -l "$dir.log" -w -s start >/dev/null || { tail -20 "$dir.log" >&2; return 1; }
}

cluster_stop() {
	[ ! -s "$1/postmaster.pid" ] || as_owner "$PGBIN/pg_ctl" -D "$1" -m fast -w -s stop >/dev/null 2>&1 ||
		as_owner "$PGBIN/pg_ctl" -D "$1" -m immediate -w -s stop >/dev/null 2>&1 || true
}
