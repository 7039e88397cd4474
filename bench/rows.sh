# Sourced by bench/run. One function for each row that is measured: row_NAME prints one line of JSON.
# BENCH_MS and BENCH_WARMUP_MS say how long; BENCH_RUN is different each time.

load_epp() {
	"$ROOT/build/bin/dos-load" --port="$EPP_PORT" --certificate="$CERT1" --key="$KEY1" --ca="$CAFILE" --accounts="$BENCH_ACCOUNTS" \
		--stride=16 --names="$BENCH_NAMES" --contacts=1000 --hosts=200 --expiry="$BENCH_EXPIRY" \
		--duration-ms="$BENCH_MS" --warmup-ms="$BENCH_WARMUP_MS" --database-pids="$(bench_database_pids)" --gateway-pids="$(bench_gateway_pids)" "$@"
}

load_line() {
	"$ROOT/build/bin/dos-load" --names="$BENCH_NAMES" --duration-ms="$BENCH_MS" --warmup-ms="$BENCH_WARMUP_MS" \
		--database-pids="$(bench_database_pids)" --gateway-pids="$(bench_gateway_pids)" "$@"
}

# Run a program, and say what processor time database, gateways and the program itself spent on each of the "answers" of its line.
with_cpu() {
	local TIMEFORMAT='%U, %S' line database gateway client=$STACK/log/client.time
	database=$(bench_cpu $(bench_database_pids)) gateway=$(bench_cpu $(bench_gateway_pids))
	{ time line=$("$@" 2>&3); } 3>&2 2>"$client"
	jq -c --argjson database "[$database, $(bench_cpu $(bench_database_pids))]" --argjson gateway "[$gateway, $(bench_cpu $(bench_gateway_pids))]" \
		--argjson client "[$(cat "$client")]" '
		def each($seconds; $answers): $seconds / $answers * 1e7 | round / 10;
		. + {database_us: each($database[1] - $database[0]; .answers), gateway_us: each($gateway[1] - $gateway[0]; .answers),
		     client_us: each($client | add; .answers)}' <<< "$line"
}

floor() {
	with_cpu run_pgbench "$@"
}

# pgbench FILE CLIENTS: its transactions for each second, as a line like dos-load's
run_pgbench() {
	pgbench -n -M prepared -c "$2" -j 2 -T $(((BENCH_MS + 999) / 1000)) -D run="$BENCH_RUN" -D n=0 -D names="$BENCH_NAMES" \
		-f "$ROOT/bench/sql/$1" 2>&1 | awk -v clients="$2" -v file="$1" '
		/^number of transactions actually processed/ { answers = $NF }
		/^latency average/ { average = $4 }
		/^number of failed transactions/ { bad = $5 }
		/^tps =/ { tps = $3 }
		{ all = all $0 "\n" }
		END {
			if (!tps) { print all > "/dev/stderr"; exit 1 }
			printf "{\"scenario\":\"%s\",\"sessions\":%d,\"seconds\":%.3f,\"answers\":%d,\"per_second\":%.1f,\"good\":%d,\"bad\":%d,\"average_ms\":%s}\n",
				file, clients, answers / tps, answers, tps, answers, bad, average }'
}

row_floor_create()           { floor floor_create.sql 32; }
row_floor_create_pipelined() { floor floor_create_pipelined.sql 32; }
row_floor_renew()            { floor floor_renew.sql 32; }
row_floor_select()           { floor floor_select.sql 8; }

row_create_many() { load_epp --scenario=create --label="m$BENCH_RUN-"; }
row_create_one()  { load_epp --scenario=create --label="o$BENCH_RUN-" --accounts=bench-00:Bench-Pass-1; }
row_check()       { load_epp --scenario=check; }
row_check_one()   { load_epp --scenario=check --accounts=bench-00:Bench-Pass-1; }
row_info()        { load_epp --scenario=info; }
row_update()      { load_epp --scenario=update; }
row_mixed()       { bench_reset_expiry; load_epp --scenario=mixed --first=$((BENCH_NAMES + BENCH_RUN * 100000)); }
row_renew()       { bench_reset_expiry; load_epp --scenario=renew; }
row_whois()       { load_line --scenario=whois --port="$WHOIS_PORT" --sessions=32 --expect='Domain Name:'; }
row_whois_miss()  { load_line --scenario=whois-miss --port="$WHOIS_PORT" --sessions=32 --expect='No match'; }
row_das()         { load_line --scenario=das --port="$DAS_PORT" --sessions=16; }
row_rdap()        { with_cpu run_wrk; }
row_rdap_miss()   { RDAP_MISS=1 with_cpu run_wrk; }
run_wrk() {
	wrk -t1 -c32 -d"$(((BENCH_MS + 999) / 1000))s" --latency -s "$ROOT/bench/rdap.lua" "$RDAP_URL" -- "$BENCH_NAMES" | tail -1
}

# The same from a hot standby: gateways of their own, whose list of hosts has the primary in it too.
row_standby_whois() { on_standby row_whois; }
row_standby_rdap()  { on_standby row_rdap; }
on_standby() {
	bench_standby
	local RDAP_URL=http://127.0.0.1:$((RDAP_PORT + 20)) WHOIS_PORT=$((WHOIS_PORT + 20)) BENCH_PG=$STACK/standby
	[ "$(stack_psql -p $((PGPORT + 20)) -Atc "SELECT pg_is_in_recovery() AND count(*) > 0 FROM pg_stat_activity WHERE application_name IN ('dos-whois', 'dos-http')")" = t ]
	"$@"
}

# The same with few sessions: COMMAND_SESSIONS and floor_ROWS_CLIENTS, in half the time.
for bench_sessions in 1 8
do
	for bench_command in check info create renew update
	do
		eval "row_${bench_command}_$bench_sessions() { few_sessions $bench_command $bench_sessions; }"
	done
	for bench_floor in create renew select
	do
		eval "row_floor_${bench_floor}_$bench_sessions() { BENCH_MS=\$((BENCH_MS / 2)) floor floor_$bench_floor.sql $bench_sessions; }"
	done
done
few_sessions() {
	local BENCH_MS=$((BENCH_MS / 2))
	[ "$1" != renew ] || bench_reset_expiry
	# a create takes new names, the others those that are there
	[ "$1" != create ] || set -- "$@" --label="s$BENCH_RUN-"
	load_epp --scenario="$1" --sessions="$2" "${@:3}"
}

# Renewals begin at the expiry that dos-load believes in.
bench_reset_expiry() {
	stack_psql -c "UPDATE dos.domain SET expires_at = '$BENCH_EXPIRY', next_event_at = '$BENCH_EXPIRY', graces = '{}'
		WHERE name >= 'n' AND name < 'n' || to_char($BENCH_NAMES, 'FM00000000') AND expires_at <> '$BENCH_EXPIRY'"
}
