# Sourced after owner.sh and cluster.sh. The registry stack: cluster, gateways and a signing Knot DNS, all on
# loopback, in one directory. `make demo` keeps it in run/; `make check` and the bench start their own.
#
#   stack_layout DIR SHIFT   set the variables of DIR/demo.env; ports are the demo's plus SHIFT
#   stack_ports_free         are all the ports free? says which are not
#   stack_start [SETTING..]  make everything anew and start it; settings are lines of postgresql.conf
#   stack_again NAME         start one server that has died: postgres, knot, dos-epp ...
#   stack_stop               end it
#
# The parts: tools/stack.d/*.sql (what is in the registry), certificates, gateways.sh, knot.sh.

stack_layout() {
	STACK=$1
	local shift=${2:-0}
	EPP_HOST=127.0.0.1 EPP_PORT=$((7700 + shift))
	CLID1=iana-9995 PW1=Demo-Pass-1 CERT1=$STACK/tls/client1.crt KEY1=$STACK/tls/client1.key
	CLID2=iana-9996 PW2=Demo-Pass-2 CERT2=$STACK/tls/client2.crt KEY2=$STACK/tls/client2.key
	CAFILE=$STACK/tls/ca.crt
	WHOIS_PORT=$((7043 + shift)) DAS_PORT=$((7044 + shift)) RDAP_PORT=$((7080 + shift)) RDAP_URL=http://127.0.0.1:$((7080 + shift))
	RDAPS_PORT=$((7443 + shift)) RDAPS_URL=https://localhost:$((7443 + shift))
	DNS_PORT=$((7053 + shift)) KNOT_PORT=$((7153 + shift))
	TSIG_NAME=dos-demo TSIG_ALG=hmac-sha256 TSIG_SECRET=
	PGHOST=127.0.0.1 PGPORT=$((7432 + shift)) PGDATABASE=dos PGUSER=postgres
	ZONE1=example ZONE2=test
	METRICS_EPP=$((9701 + shift)) METRICS_WHOIS=$((9702 + shift)) METRICS_HTTP=$((9703 + shift)) METRICS_DNS=$((9704 + shift))
	[ ! -e "$STACK/demo.env" ] || . "$STACK/demo.env"
	export PGHOST PGPORT PGDATABASE PGUSER
}

stack_ports_free() {
	local name taken=0
	for name in EPP_PORT WHOIS_PORT DAS_PORT RDAP_PORT RDAPS_PORT DNS_PORT KNOT_PORT PGPORT METRICS_EPP METRICS_WHOIS METRICS_HTTP METRICS_DNS
	do
		if ! port_free "${!name}"
		then
			echo "port ${!name} ($name) on 127.0.0.1 is taken by another program" >&2
			taken=1
		fi
	done
	return $taken
}

stack_say() {
	printf '%7.1f s  %s\n' "$(echo "$(date +%s%N) $stack_began" | awk '{ print ($1 - $2) / 1e9 }')" "$*"
}

# stack_wait SECONDS NAME COMMAND...: until the command succeeds; otherwise show what log/NAME.log says
stack_wait() {
	local limit=$((SECONDS + $1)) name=$2
	shift 2
	until "$@" >/dev/null 2>&1
	do
		if [ $SECONDS -ge $limit ]
		then
			echo "$name did not come up" >&2
			[ ! -s "$STACK/log/$name.log" ] || tail -n 8 "$STACK/log/$name.log" | sed 's/^/    /' >&2
			return 1
		fi
		sleep 0.1
	done
}

stack_again() {
	case $1 in
	postgres) as_owner "$PGBIN/pg_ctl" -D "$STACK/pg" -l "$STACK/pg.log" -w -s start >/dev/null ;;
	knot) stack_spawn knot env $KNOT_MEMORY knotd -c "$STACK/etc/knot.conf" ;;
	*) stack_spawn "$1" "$ROOT/build/bin/$1" -c "$STACK/etc/$1.conf" ;;
	esac
}

stack_listens() {
	! port_free "$1"
}

# stack_spawn NAME COMMAND...: a server in the background, owned by the owner; output to log/NAME.log
stack_spawn() {
	local name=$1
	shift
	(cd / && HOME=/nonexistent exec setsid $owner_run "$@") >>"$STACK/log/$name.log" 2>&1 </dev/null &
	disown
}

stack_start() {
	stack_began=$(date +%s%N)
	rm -rf "$STACK/tls" "$STACK/etc" "$STACK/knot" "$STACK/log" "$STACK/pid" "$STACK/demo.env"
	mkdir -p "$STACK/tls" "$STACK/etc" "$STACK/knot" "$STACK/log" "$STACK/pid"
	TSIG_SECRET=$(openssl rand -base64 32)

	stack_say "PostgreSQL: a cluster in ${STACK#"$ROOT/"}/pg, port $PGPORT"
	cluster_start "$STACK/pg" "$PGPORT" 'max_connections = 200' 'shared_buffers = 256MB' 'max_wal_size = 2GB' \
		"dos.databases = '$PGDATABASE'" "$@"
	stack_say "TLS: a CA, a server certificate and two registrars' certificates"
	stack_certificates
	stack_registry
	stack_env > "$STACK/demo.env"
	stack_gateways
	stack_knot
}

stack_certificates() {
	local tls=$STACK/tls name
	{
		openssl ecparam -name prime256v1 -genkey -noout -out "$tls/ca.key"
		openssl req -x509 -new -key "$tls/ca.key" -days 3650 -subj '/CN=DOS demo CA' -out "$tls/ca.crt"
		for name in server client1 client2
		do
			openssl ecparam -name prime256v1 -genkey -noout -out "$tls/$name.key"
			openssl req -new -key "$tls/$name.key" -subj "/CN=$name.dos.test" -out "$tls/$name.csr"
			printf 'subjectAltName = DNS:%s.dos.test, DNS:localhost, IP:127.0.0.1\nbasicConstraints = CA:FALSE\n' "$name" > "$tls/$name.ext"
			openssl x509 -req -in "$tls/$name.csr" -CA "$tls/ca.crt" -CAkey "$tls/ca.key" -CAcreateserial -days 3650 \
				-extfile "$tls/$name.ext" -out "$tls/$name.crt"
		done
	} >"$STACK/log/tls.log" 2>&1 || { cat "$STACK/log/tls.log" >&2; return 1; }
	rm -f "$tls"/*.csr "$tls"/*.ext
	chmod 600 "$tls"/*.key
	give_owner "$STACK/tls" "$STACK/etc" "$STACK/knot" "$STACK/log" "$STACK/pid"
}

# lower-case hex SHA-256 of the DER form, as dos.registrar_certificate wants it
stack_fingerprint() {
	openssl x509 -in "$1" -outform DER | sha256sum | cut -d' ' -f1
}

stack_psql() {
	psql -Xq -v ON_ERROR_STOP=1 "$@"
}

stack_registry() {
	stack_say "CREATE EXTENSION dos"
	stack_psql -d postgres -c "CREATE DATABASE $PGDATABASE"
	stack_psql -c 'CREATE EXTENSION dos' -f "$ROOT/tools/stack.d/roles.sql"
	stack_say "registrars: every row of test/data/registrar-ids-1.csv"
	(cd "$ROOT" && stack_psql -At -f tools/stack.d/registrars.sql -v clid1="$CLID1" -v pw1="$PW1" -v cert1="$(stack_fingerprint "$CERT1")" \
		-v clid2="$CLID2" -v pw2="$PW2" -v cert2="$(stack_fingerprint "$CERT2")") | while read -r line; do stack_say "  $line"; done
	stack_say "zones: $ZONE1 (contacts, host objects), $ZONE2 (no contacts, host attributes)"
	stack_psql -f "$ROOT/tools/stack.d/zones.sql" -v zone1="$ZONE1" -v zone2="$ZONE2" -v knot_port="$KNOT_PORT" -v key="$TSIG_NAME" >/dev/null
}

stack_env() {
	local name
	for name in EPP_HOST EPP_PORT CLID1 PW1 CERT1 KEY1 CLID2 PW2 CERT2 KEY2 CAFILE WHOIS_PORT DAS_PORT RDAP_URL RDAPS_URL DNS_PORT \
		KNOT_PORT TSIG_NAME TSIG_ALG TSIG_SECRET PGHOST PGPORT PGDATABASE PGUSER ZONE1 ZONE2
	do
		printf '%s=%q\n' "$name" "${!name}"
	done
}

# A pid file may be stale and its number another program's: ours has the stack's directory in its command line.
stack_pids() {
	local file pid
	for file in "$STACK"/pid/*.pid "$STACK"/knot/knot.pid
	do
		[ -s "$file" ] || continue
		pid=$(cat "$file")
		if tr '\0' ' ' < "/proc/$pid/cmdline" 2>/dev/null | grep -qF "$STACK/etc/"; then echo "$pid"; else rm -f "$file"; fi
	done
}

stack_stop() {
	local pids limit=$((SECONDS + 15))
	pids=$(stack_pids)
	[ -z "$pids" ] || as_owner kill -TERM $pids 2>/dev/null || true
	while pids=$(stack_pids) && [ -n "$pids" ]
	do
		[ $SECONDS -lt $limit ] || { as_owner kill -KILL $pids 2>/dev/null || true; break; }
		sleep 0.1
	done
	cluster_stop "$STACK/pg"
}

. "$ROOT/tools/stack.d/gateways.sh"
. "$ROOT/tools/stack.d/knot.sh"
