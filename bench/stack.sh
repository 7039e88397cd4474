# Sourced by bench/run after tools/stack.sh. The stack that is measured: the demo's, without Knot DNS (it would stand on
# a machine of its own; the row that needs it starts it), and with bench/sql/load.sql in the registry.

BENCH_ACCOUNTS=$(for n in $(seq -w 0 15); do printf 'bench-%s:Bench-Pass-1,' "$n"; done)
BENCH_EXPIRY=$(($(date -u +%Y) + 1))-12-15

# Gateways that are built; rows of the others are left out.
bench_has() {
	[ -x "$ROOT/build/bin/dos-$1" ]
}

stack_gateways() {
	local name
	for name in epp whois http dns
	do
		stack_${name}_conf > "$STACK/etc/dos-$name.conf"
	done
	chmod 600 "$STACK"/etc/*
	give_owner "$STACK/etc"
	stack_say "gateways: EPP $EPP_PORT, WHOIS $WHOIS_PORT, DAS $DAS_PORT, RDAP $RDAP_PORT, DNS $DNS_PORT"
	for name in epp whois http dns
	do
		if bench_has "$name"; then stack_spawn "dos-$name" "$ROOT/build/bin/dos-$name" -c "$STACK/etc/dos-$name.conf"; fi
	done
	bench_has epp && stack_wait 15 "dos-epp (see ${STACK#"$ROOT/"}/log/dos-epp.log)" stack_listens "$EPP_PORT"
	! bench_has whois || stack_wait 15 dos-whois stack_listens "$DAS_PORT"
	! bench_has http || stack_wait 15 dos-http stack_listens "$RDAP_PORT"
	! bench_has dns || stack_wait 15 dos-dns stack_listens "$DNS_PORT"
}

eval "bench_knot() $(declare -f stack_knot | tail -n +2)"
stack_knot() {
	:
}

# bench_start DIR: a stack of its own on free ports, with data
bench_start() {
	local shift=2000
	until stack_layout "$1" $shift && stack_ports_free 2>/dev/null
	do
		shift=$((shift + 100))
		[ $shift -lt 9000 ] || { echo 'no free ports' >&2; return 1; }
	done
	stack_start "track_io_timing = off" ${BENCH_SETTINGS:+"$BENCH_SETTINGS"}
	stack_say "data: 18 registrars, 18,000 contacts, 200 hosts, $BENCH_NAMES names"
	stack_psql -f "$ROOT/bench/sql/load.sql" -v names="$BENCH_NAMES" -v expiry="$BENCH_EXPIRY" -v certificate="$(stack_fingerprint "$CERT1")"
	stack_psql -f "$ROOT/bench/sql/floor.sql" 2>/dev/null
	bench_settle 300
	stack_psql -c 'VACUUM ANALYZE' -c CHECKPOINT
	stack_say 'ready'
}

# Wait until the publisher has nothing left to do, so that one row does not pay for another.
bench_settle() {
	local limit=$((SECONDS + ${1:-20}))
	while [ "$(stack_psql -Atc 'SELECT EXISTS (SELECT FROM dos.dns_dirty)')" = t ]
	do
		[ $SECONDS -lt $limit ] || { echo "    the publisher is behind: $(stack_psql -Atc 'SELECT count(*) FROM dos.dns_dirty') names" >&2; return 0; }
		sleep 0.2
	done
}

bench_database_pids() {
	local postmaster=$(head -1 "${BENCH_PG:-$STACK/pg}/postmaster.pid")
	echo "$postmaster" $(pgrep -P "$postmaster")
}

bench_gateway_pids() {
	local pid
	for pid in $(cat "$STACK"/pid/*.pid 2>/dev/null); do echo -n "$pid $(pgrep -P "$pid" | tr '\n' ' ')"; done
}

# bench_gateway NAME SHIFT SETTING...: one more gateway like the stack's, on ports SHIFT higher
bench_gateway() {
	local name=$1 shift=$2 RDAP_PORT=$RDAP_PORT RDAPS_PORT=$RDAPS_PORT WHOIS_PORT=$WHOIS_PORT DAS_PORT=$DAS_PORT METRICS_HTTP=$METRICS_HTTP METRICS_WHOIS=$METRICS_WHOIS
	shift 2
	RDAP_PORT=$((RDAP_PORT + shift)) RDAPS_PORT=$((RDAPS_PORT + shift)) WHOIS_PORT=$((WHOIS_PORT + shift)) DAS_PORT=$((DAS_PORT + shift)) METRICS_HTTP=$((METRICS_HTTP + shift)) METRICS_WHOIS=$((METRICS_WHOIS + shift))
	stack_${name}_conf | sed "s|^pid_file = .*|pid_file = $STACK/pid/dos-$name-$shift.pid|; /^rate_limit/d" > "$STACK/etc/dos-$name-$shift.conf"
	printf '%s\n' "$@" >> "$STACK/etc/dos-$name-$shift.conf"
	chmod 600 "$STACK/etc/dos-$name-$shift.conf"
	give_owner "$STACK/etc"
	stack_spawn "dos-$name-$shift" "$ROOT/build/bin/dos-$name" -c "$STACK/etc/dos-$name-$shift.conf"
	stack_wait 15 "dos-$name-$shift" stack_listens "$([ "$name" = http ] && echo "$RDAP_PORT" || echo "$DAS_PORT")"
}

# A hot standby in the stack's directory with gateways that prefer it; once.
bench_standby() {
	local port=$((PGPORT + 20)) hosts name
	[ ! -s "$STACK/standby/postmaster.pid" ] || return 0
	rm -rf "$STACK/standby"
	mkdir -p "$STACK/standby"
	chmod 700 "$STACK/standby"
	: > "$STACK/log/standby.log"
	give_owner "$STACK/standby" "$STACK/log"
	as_owner "$PGBIN/pg_basebackup" -h "$PGHOST" -p "$PGPORT" -U "$PGUSER" -D "$STACK/standby" -R -X stream -c fast >&2
	printf "port = %s\nunix_socket_directories = ''\nhot_standby = on\n" "$port" >> "$STACK/standby/postgresql.conf"
	as_owner "$PGBIN/pg_ctl" -D "$STACK/standby" -l "$STACK/log/standby.log" -w -s start >/dev/null
	hosts="database = host=$PGHOST,$PGHOST port=$port,$PGPORT dbname=$PGDATABASE user=gateway_rdds target_session_attrs=prefer-standby"
	for name in whois http; do ! bench_has "$name" || bench_gateway "$name" 20 "$hosts" 'rate_limit = 0'; done
}

bench_standby_stop() {
	[ ! -s "$STACK/standby/postmaster.pid" ] || cluster_stop "$STACK/standby"
}

# Seconds of processor time of these processes and of their children that have ended.
bench_cpu() {
	local pid
	for pid; do cat "/proc/$pid/stat" 2>/dev/null || true; done |
		sed 's/^.*) //' | awk -v tick="$(getconf CLK_TCK)" '{ t += $12 + $13 + $14 + $15 } END { printf "%.2f", t / tick }'
}

# One line of JSON about where and when.
bench_machine() {
	jq -cn --arg machine "$(date -u +%Y-%m-%d), $(git -C "$ROOT" log -1 --format=%h 2>/dev/null || echo 'no commit'): \
$(nproc) cores ($(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -1)), $(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo) GiB, \
Linux $(uname -r | cut -d- -f1), PostgreSQL $(stack_psql -Atc 'SHOW server_version' | cut -d' ' -f1), \
fsync $(stack_psql -Atc 'SHOW fsync'), synchronous_commit $(stack_psql -Atc 'SHOW synchronous_commit'), shared_buffers $(stack_psql -Atc 'SHOW shared_buffers'), \
$BENCH_NAMES names, runs of $((BENCH_MS / 1000)) s, medians of $BENCH_ROUNDS. Load of the machine before: $(cut -d' ' -f1 /proc/loadavg)." '{machine: $machine}'
}
