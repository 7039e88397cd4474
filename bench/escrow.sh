# Sourced by bench/run. A registry of BENCH_ESCROW_NAMES names of its own, deposited, and its deposit imported into an empty one.

escrow_program() {
	local database=$1
	shift
	"$ROOT/build/bin/dos-escrow" --database="dbname=$database" --plain=yes --directory="$STACK/escrow" --log-file="$STACK/log/escrow.log" --log-level=debug "$@"
}

escrow_database() {
	stack_psql -d postgres -c "DROP DATABASE IF EXISTS $1 WITH (FORCE)" -c "CREATE DATABASE $1" 2>/dev/null
	stack_psql -d "$1" -c 'CREATE EXTENSION dos'
}

# Seconds since this instant, which is what `date +%s%N` said.
since() {
	awk -v b="$1" -v e="$(date +%s%N)" 'BEGIN { printf "%.2f", (e - b) / 1e9 }'
}

# The most memory of its own that the session of a database has while a program runs: shared buffers are everybody's.
escrow_memory() {
	local program=$1 database=$2 backend= now most=0
	while kill -0 "$program" 2>/dev/null
	do
		[ -n "$backend" ] || backend=$(stack_psql -d postgres -Atc "SELECT pid FROM pg_stat_activity WHERE datname = '$database' AND application_name = 'dos-escrow' LIMIT 1")
		now=$([ -z "$backend" ] || awk '/^RssAnon/ { print $2 }' "/proc/$backend/status" 2>/dev/null || true)
		[ "${now:-0}" -le "$most" ] || most=$now
		sleep 0.2
	done
	awk -v kib="$most" 'BEGIN { printf "%.0f", kib / 1024 }'
}

# A full deposit, written and checked: 60 seconds and 200 MiB for a million names.
row_escrow_out() {
	local began memory
	mkdir -p "$STACK/escrow"
	rm -f "$STACK"/escrow/*
	escrow_database bench_escrow
	stack_psql -d bench_escrow -v names="$BENCH_ESCROW_NAMES" -f "$ROOT/bench/sql/escrow.sql"
	began=$(date +%s%N)
	PGAPPNAME=dos-escrow escrow_program bench_escrow deposit escrow &
	memory=$(escrow_memory $! bench_escrow)
	wait $!
	jq -cn --argjson names "$BENCH_ESCROW_NAMES" --argjson seconds "$(since "$began")" --argjson mib "$memory" --argjson octets "$(cat "$STACK"/escrow/*.xml | wc -c)" \
		'{scenario: "escrow_out", names: $names, seconds: $seconds, names_s: ($names / $seconds | round), mib: $mib, xml_mib: ($octets / 1048576 | round)}
		 | . + {right: (.seconds <= 60 * $names / 1000000 and .mib <= 200 and .mib > 0)}'
	[ -n "${BENCH_KEEP:-}" ] || stack_psql -d postgres -c 'DROP DATABASE bench_escrow'
}

# That deposit into an empty registry with the same registrars: read and analyzed, then loaded. 20,000 names each second in all.
row_escrow_in() {
	local began read_s load_s import
	ls "$STACK"/escrow/*.xml >/dev/null 2>&1 || row_escrow_out >/dev/null
	escrow_database bench_escrow_in
	stack_psql -d bench_escrow_in -c "SELECT dos.zone_create('escrow', '{}', 'kind=test', 'spec5=false', 'guard_percent=100'), dos.escrow_open('escrow')" \
		-c "INSERT INTO dos.registrar (clid, name, iana_id, state) SELECT 'escrow-' || n, 'Registrar ' || n, 9000 + n, 'ok' FROM generate_series(1, 20) AS n" >/dev/null
	began=$(date +%s%N)
	import=$(escrow_program bench_escrow_in read escrow "$STACK"/escrow/*_full_S1_R0.xml)
	read_s=$(since "$began")
	began=$(date +%s%N)
	escrow_program bench_escrow_in load "$import"
	load_s=$(since "$began")
	stack_psql -d bench_escrow_in -At -v names="$BENCH_ESCROW_NAMES" -v read_s="$read_s" -v load_s="$load_s" <<-'SQL'
	SELECT jsonb_build_object('scenario', 'escrow_in', 'names', :names, 'read_s', :read_s, 'load_s', :load_s, 'names_s', round(:names / (:read_s + :load_s)),
	       'load_names_s', round(:names / :load_s), 'right', :names / (:read_s + :load_s) >= 20000 AND i.state = 'loaded' AND (SELECT count(*) FROM dos.domain) = (i.staged ->> 'domain')::bigint)
	  FROM dos.escrow_import AS i;
	SQL
	[ -n "${BENCH_KEEP:-}" ] || stack_psql -d postgres -c 'DROP DATABASE bench_escrow_in'
}
