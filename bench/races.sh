# Sourced by bench/run. Rows that are right or wrong, and rows about idle sessions and DNS. Each prints one line of JSON.

load_race() {
	load_epp --warmup-ms=0 --duration-ms=60000 --ramp=8 --scenario=create "$@"
}

# 100 sessions ask for one name at the same time: one gets it, 99 are told, one charge.
row_race_name() {
	local label="r$BENCH_RUN-" answer
	answer=$(load_race --sessions=100 --count=100 --same-name=on --label="$label")
	stack_psql -At -v answer="$answer" -v name="${label}00000000.example" <<-'SQL'
	SELECT :'answer'::jsonb || jsonb_build_object('scenario', 'race_name', 'charges', e.n, 'domains', d.n, 'events', o.n, 'right',
	       :'answer'::jsonb -> 'codes' = '{"1000": 1, "2302": 99}' AND e.n = 1 AND d.n = 1 AND o.n = 1)
	  FROM (SELECT count(*) AS n FROM dos.ledger_entry WHERE object_name = :'name') AS e,
	       (SELECT count(*) AS n FROM dos.domain WHERE name = :'name') AS d,
	       (SELECT count(*) AS n FROM dos.outbox WHERE object_name = :'name') AS o;
	SQL
}

# 64 sessions race for 320 names on a balance that covers 160: not one cent too many, nor too few.
row_race_balance() {
	local answer
	stack_psql -c "SELECT dos.account_deposit('bench-99', 'USD', 800 * 160, 'race $BENCH_RUN')" >/dev/null
	answer=$(load_race --sessions=64 --count=320 --label="b$BENCH_RUN-" --accounts=bench-99:Bench-Pass-1)
	stack_psql -At -v answer="$answer" <<-'SQL'
	SELECT :'answer'::jsonb || jsonb_build_object('scenario', 'race_balance', 'balance_minor', b.balance_minor, 'ledger_problems', v.n, 'right',
	       :'answer'::jsonb -> 'codes' = '{"1000": 160, "2104": 160}' AND b.balance_minor = 0 AND v.n = 0)
	  FROM (SELECT balance_minor FROM dos.account_balance WHERE registrar = 'bench-99') AS b, (SELECT count(*) AS n FROM dos.ledger_verify()) AS v;
	SQL
}

rss_kib() {
	awk '/^VmRSS/ { print $2 }' "/proc/$1/status"
}

# What a logged-in session that does nothing costs, in memory and in other sessions' time.
row_idle() {
	local pid quiet busy before after out=$STACK/log/idle.out sessions=$BENCH_IDLE load
	pid=$(cat "$STACK/pid/dos-epp.pid")
	before=$(rss_kib "$pid")
	quiet=$(load_epp --scenario=check)
	load_epp --scenario=idle --sessions="$sessions" --ramp=4 --warmup-ms=0 --duration-ms=86400000 > "$out" &
	load=$!
	stack_wait 300 'idle sessions' grep -q ready "$out" || { kill $load; return 1; }
	after=$(rss_kib "$pid")
	busy=$(load_epp --scenario=check)
	kill $load
	wait $load 2>/dev/null || true
	jq -cn --argjson quiet "$quiet" --argjson busy "$busy" --argjson n "$sessions" --argjson before "$before" --argjson after "$after" \
		'{scenario: "idle", sessions: $n, kib_each: (($after - $before) / $n * 10 | round / 10), rss_kib: $after, p99_quiet_ms: $quiet.p99_ms, p99_ms: $busy.p99_ms,
		  right: (($after - $before) / $n <= 64 and $busy.p99_ms <= 2 * $quiet.p99_ms)}'
}

# From the EPP answer to the signed DS record at Knot DNS, of names that four sessions create, while others create BENCH_RATE a second.
row_dns() {
	local seconds=$((BENCH_MS * 3 / 1000)) load others=$STACK/log/dns_others.out
	bench_knot > "$STACK/log/bench_knot.log"
	load_epp --scenario=create --sessions=16 --rate="$BENCH_RATE" --label="p$BENCH_RUN-" --warmup-ms=1000 --duration-ms=$((seconds * 1000 + 6000)) > "$others" &
	load=$!
	sleep 2
	load_epp --scenario=dns --sessions=4 --accounts=bench-00:Bench-Pass-1 --dns-port="$KNOT_PORT" --label="d$BENCH_RUN-" --warmup-ms=3000 --duration-ms=$((seconds * 1000)) > "$STACK/log/dns.out"
	wait $load
	jq -c --argjson others "$(cat "$others")" '. + {meanwhile: $others.per_second, right: (.bad == 0 and .answers > 0 and .p99_ms <= 500 and $others.bad == 0)}' "$STACK/log/dns.out"
	as_owner kill "$(cat "$STACK/knot/knot.pid")"
}

# What a check and a create cost the database with many more names (BENCH_GROW), against what they cost now. The publisher
# does not know the new names: its work is not what grows here.
row_growth() {
	local small large
	small=$(growth_costs s)
	stack_psql -f "$ROOT/bench/sql/grow.sql" -v from_number="$BENCH_NAMES" -v to_number=$((BENCH_GROW - 1)) -v expiry="$BENCH_EXPIRY"
	large=$(BENCH_NAMES=$BENCH_GROW growth_costs g)
	jq -cn --argjson small "$small" --argjson large "$large" --arg from "$BENCH_NAMES" --arg to "$BENCH_GROW" \
		'{scenario: "growth", from: $from, to: $to, check: ($large.check / $small.check * 100 | round / 100), create: ($large.create / $small.create * 100 | round / 100)}
		 | . + {right: (.check <= 1.3 and .create <= 1.3)}'
}

# Microseconds of database and gateway, the medians of three runs that alternate.
growth_costs() {
	local n
	for n in 1 2 3
	do
		load_epp --scenario=check
		load_epp --scenario=create --label="$1$BENCH_RUN-$n-"
	done | jq -cs 'def cost($what): map(select(.scenario == $what) | .database_us + .gateway_us) | sort | .[1]; {check: cost("check"), create: cost("create")}'
}

# What the whole stack takes when nobody asks for anything: proportional set size, so shared pages count once.
row_footprint() {
	local pids
	pids=$(cat "$STACK"/pid/*.pid; head -1 "$STACK/pg/postmaster.pid"; pgrep -P "$(head -1 "$STACK/pg/postmaster.pid")")
	for pid in $pids; do awk '/^Pss:/ { print $2 }' "/proc/$pid/smaps_rollup" 2>/dev/null; done |
		awk -v n="$(echo $pids | wc -w)" '{ t += $1 } END { printf "{\"scenario\":\"footprint\",\"processes\":%d,\"mib\":%.0f,\"right\":%s}\n", n, t / 1024, t / 1024 < 300 ? "true" : "false" }'
}

# One address floods a gateway twenty times over its limit: what becomes of 32 others, who ask at a steady pace?
row_storm_rdap()  { storm http "$((RDAP_PORT + 40))" --scenario=rdap; }
row_storm_whois() { storm whois "$((WHOIS_PORT + 40))" --scenario=whois --expect='Domain Name:'; }
storm() {
	local name=$1 port=$2 flood=$STACK/log/flood.out quiet busy load
	shift 2
	[ -s "$STACK/pid/dos-$name-40.pid" ] || bench_gateway "$name" 40 'rate_limit = 100' 'rate_burst = 100' 'rate_exempt = 127.0.0.1/32'
	quiet=$(load_line --port="$port" --sessions=32 --rate=500 "$@")
	load_line --port="$port" --source=127.0.0.66 --sessions=16 --rate=2000 "$@" --warmup-ms=0 --duration-ms=$((BENCH_MS + BENCH_WARMUP_MS + 1000)) > "$flood" &
	load=$!
	busy=$(load_line --port="$port" --sessions=32 --rate=500 "$@")
	wait $load
	jq -cn --arg name "$name" --argjson quiet "$quiet" --argjson busy "$busy" --slurpfile flood "$flood" \
		'$flood[0] as $f | {scenario: "storm_\($name)", p99_quiet_ms: $quiet.p99_ms, p99_ms: $busy.p99_ms, flood_per_second: $f.per_second, flood_refused: ($f.bad / $f.answers * 100 | round), bad: ($quiet.bad + $busy.bad)}
		 | . + {right: (.p99_ms <= 2 * .p99_quiet_ms and .bad == 0 and .flood_refused >= 80)}'
}

# A whole transfer of the zone, beside Knot serving the same records from a file. Three of each, in turn.
row_axfr() {
	local knot=$STACK/knot-plain port=$((KNOT_PORT + 1)) pid n
	mkdir -p "$knot"
	while stack_listens $port; do port=$((port + 1)); done
	stack_psql -Atc "SELECT dos.zone_file('$ZONE1')" > "$knot/zone"
	printf 'server:\n    rundir: "%s"\n    listen: 127.0.0.1@%s\nlog:\n  - target: stderr\n    any: warning\ndatabase:\n    storage: "%s"\nacl:\n  - id: all\n    address: 127.0.0.0/8\n    action: transfer\nzone:\n  - domain: %s\n    file: "%s"\n    acl: all\n' \
		"$knot" $port "$knot" "$ZONE1" "$knot/zone" > "$knot/knot.conf"
	give_owner "$knot"
	as_owner knotd -c "$knot/knot.conf" > "$STACK/log/knot-plain.log" 2>&1 &
	stack_psql -c "SELECT dos.dns_secondary_add('bench', '127.0.0.9', '$ZONE1', notify => false)" >/dev/null
	stack_wait 120 knot-plain stack_listens $port
	until kdig @127.0.0.1 -p $port +short "$ZONE1" SOA | grep -q .; do sleep 0.2; done
	until kdig @127.0.0.1 -b 127.0.0.9 -p "$DNS_PORT" +time=1 +retry=0 "$ZONE1" SOA | grep -q NOERROR; do sleep 0.2; done
	for n in 1 2 3
	do
		"$ROOT/bench/axfr.py" "$DNS_PORT" "$ZONE1" 127.0.0.9 | jq -c '. + {server: "dos"}'
		"$ROOT/bench/axfr.py" $port "$ZONE1" | jq -c '. + {server: "knot"}'
	done | jq -cs 'def middle($server): map(select(.server == $server) | .records / .seconds) | sort | .[1];
		{scenario: "axfr", records: .[0].records, dos: (middle("dos") | round), knot: (middle("knot") | round), share: (middle("dos") / middle("knot") * 100 | round)}
		| . + {right: (.share >= 50)}'
	pid=$(pgrep -f "knotd -c $knot/knot.conf" | head -1)
	as_owner kill "$pid"
}

# How long the publisher needs for a burst: 10,000 names change at once.
row_burst() {
	local began
	stack_psql -c "UPDATE dos.domain SET statuses = CASE WHEN statuses = '{}' THEN '{clientHold}' ELSE '{}' END::text[] WHERE name IN (SELECT name FROM dos.domain WHERE name LIKE 'n%.$ZONE1' ORDER BY name LIMIT 10000)"
	began=$(date +%s%N)
	stack_psql -c "INSERT INTO dos.dns_dirty (zone_id, owner) SELECT zone_id, name FROM dos.domain WHERE name LIKE 'n%.$ZONE1' ORDER BY name LIMIT 10000" -c "SELECT dos_internal.wake('dns')" >/dev/null
	while [ "$(stack_psql -Atc 'SELECT EXISTS (SELECT FROM dos.dns_dirty)')" = t ]; do sleep 0.05; done
	echo "{\"scenario\":\"burst\",\"names\":10000,\"seconds\":$(awk -v b="$began" -v e="$(date +%s%N)" 'BEGIN { printf "%.2f", (e - b) / 1e9 }'),\"right\":true}"
}

# The great drop: BENCH_DROP names are over at once. How long until the last is gone, and what EPP's slowest feel meanwhile.
row_drop() {
	local names=${BENCH_DROP:-100000} began quiet busy=$STACK/log/drop.load load
	stack_psql -q -v names="$names" -v run="$BENCH_RUN" -f "$ROOT/bench/sql/drop.sql"
	stack_psql -q -c 'VACUUM ANALYZE dos.domain' -c CHECKPOINT
	bench_reset_expiry
	quiet=$(load_epp --scenario=mixed --rate=200 --first=$((BENCH_NAMES + BENCH_RUN * 100000)))
	bench_reset_expiry
	load_epp --scenario=mixed --rate=200 --first=$((BENCH_NAMES + BENCH_RUN * 100000 + 50000)) --duration-ms=$((names / 3)) > "$busy" &
	load=$!
	sleep 1
	began=$(date +%s%N)
	stack_psql -q -c "UPDATE dos.job_setting SET enabled = true WHERE name = 'domain_advance'" -c "SELECT dos_internal.wake('lifecycle')" >/dev/null
	while [ "$(stack_psql -Atc "SELECT EXISTS (SELECT FROM dos.domain WHERE next_event_at <= dos.now() AND deleted_at IS NOT NULL)")" = t ]; do sleep 0.1; done
	awk -v b="$began" -v e="$(date +%s%N)" 'BEGIN { printf "%.1f\n", (e - b) / 1e9 }' > "$busy.seconds"
	wait $load
	jq -cn --argjson names "$names" --argjson quiet "$quiet" --slurpfile busy "$busy" --slurpfile seconds "$busy.seconds" '
		{scenario: "drop", names: $names, seconds: $seconds[0], p99_quiet_ms: $quiet.p99_ms, p99_ms: $busy[0].p99_ms, bad: ($quiet.bad + $busy[0].bad)}
		| .right = (.seconds <= 60 and .p99_ms <= 3 * .p99_quiet_ms and .bad == 0)'
}

# A quote with 2 rules and no list, then with 200 rules and a list of BENCH_LABELS labels: what the list took to load, and what each quote costs.
row_prices() {
	local few many load
	stack_psql -c "SELECT dos.zone_create('quoted', '{}', 'registrant_required=false', 'contacts_required={}', 'spec5=false')" \
		-c "SELECT dos.price_set('quoted', c, NULL, 'USD', 800) FROM unnest('{create,renew}'::text[]) AS c" >/dev/null
	few=$(BENCH_NAMES=$BENCH_LABELS run_pgbench price_quote.sql 2)
	load=$(stack_psql -q -v labels="$BENCH_LABELS" -f "$ROOT/bench/sql/price_rules.sql" | tail -1)
	many=$(BENCH_NAMES=$BENCH_LABELS run_pgbench price_quote.sql 2)
	jq -cn --argjson few "$few" --argjson many "$many" --arg load "$load" --argjson labels "$BENCH_LABELS" '($load | split(" ")) as $l |
		{scenario: "prices", labels: $labels, few_us: ($few.average_ms * 1000 | round), many_us: ($many.average_ms * 1000 | round), load_s: ($l[0] | tonumber), seen: $l[1]}
		| .times = (.many_us / .few_us * 100 | round / 100) | .right = (.times <= 2 and .load_s <= 60 and .seen == "t" and $few.bad == 0 and $many.bad == 0)'
}

# What last month's commands would have been under other rules: all judged again, and the change taken back.
row_replay() {
	local found
	found=$(stack_psql -qAt -v commands="$BENCH_COMMANDS" -f "$ROOT/bench/sql/replay.sql" | tail -1)
	set -- $found
	echo "{\"scenario\":\"replay\",\"commands\":$1,\"lines\":$2,\"seconds\":$3,\"right\":$([ "$1" = "$BENCH_COMMANDS" ] && [ "$4" = true ] && awk "BEGIN { exit !($3 <= 60) }" && echo true || echo false)}"
}

# The monthly reports of a zone with BENCH_EVENTS transactions in the month, in a database of its own; every total is known.
row_reports() {
	local found
	stack_psql -d postgres -c 'DROP DATABASE IF EXISTS bench_reports' -c 'CREATE DATABASE bench_reports'
	stack_psql -d bench_reports -c 'CREATE EXTENSION dos'
	found=$(stack_psql -qAt -F ' ' -d bench_reports -v events="$BENCH_EVENTS" -f "$ROOT/bench/sql/reports.sql" | tail -1)
	stack_psql -d postgres -c 'DROP DATABASE bench_reports'
	set -- $found
	jq -cn --argjson events "$1" --argjson transactions "$2" --argjson activity "$3" --argjson make "$4" --argjson mib "$5" --arg totals "$6" \
		'{scenario: "reports", events: $events, transactions_s: $transactions, activity_s: $activity, make_s: $make, mib: $mib}
		 | .seconds = (($transactions + $activity) * 100 | round / 100) | .right = ($totals == "t" and .seconds <= 10)'
}
