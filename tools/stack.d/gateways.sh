# Sourced by tools/stack.sh. Configuration files and start of the four gateways. The limits are those of a
# machine that only its owner can reach.

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
		stack_spawn "dos-$name" "$ROOT/build/bin/dos-$name" -c "$STACK/etc/dos-$name.conf"
	done
	stack_wait 120 dos-epp stack_listens "$EPP_PORT"
	stack_wait 120 dos-whois stack_listens "$WHOIS_PORT"
	stack_wait 120 dos-whois stack_listens "$DAS_PORT"
	stack_wait 120 dos-http stack_listens "$RDAP_PORT"
	stack_wait 120 dos-dns stack_listens "$DNS_PORT"
}

# NAME ROLE METRICS-PORT: what every gateway has
stack_common_conf() {
	cat <<-CONF
	database = host=$PGHOST port=$PGPORT dbname=$PGDATABASE user=$2
	pid_file = $STACK/pid/dos-$1.pid
	metrics_listen = 127.0.0.1:$3
	CONF
}

# PORT: the same on IPv6, where the machine has it
stack_six() {
	grep -q '^0*1 ' /proc/net/if_inet6 2>/dev/null && printf ', [::1]:%s' "$1" || true
}

stack_epp_conf() {
	stack_common_conf epp gateway_epp "$METRICS_EPP"
	cat <<-CONF
	listen = $EPP_HOST:$EPP_PORT$(stack_six "$EPP_PORT")
	count_s = 1
	db_connections = 16
	tls_certificate = $STACK/tls/server.crt
	tls_key = $STACK/tls/server.key
	tls_client_ca = $CAFILE
	sessions_per_address_max = 0
	CONF
}

stack_whois_conf() {
	stack_common_conf whois gateway_rdds "$METRICS_WHOIS"
	cat <<-CONF
	whois_listen = 127.0.0.1:$WHOIS_PORT$(stack_six "$WHOIS_PORT")
	das_listen = 127.0.0.1:$DAS_PORT$(stack_six "$DAS_PORT")
	das_udp_listen = 127.0.0.1:$DAS_PORT$(stack_six "$DAS_PORT")
	rate_limit = 0
	CONF
}

stack_http_conf() {
	stack_common_conf http gateway_rdds "$METRICS_HTTP"
	cat <<-CONF
	listen = 127.0.0.1:$RDAP_PORT$(stack_six "$RDAP_PORT")
	listen_tls = 127.0.0.1:$RDAPS_PORT$(stack_six "$RDAPS_PORT")
	tls_certificate = $STACK/tls/server.crt
	tls_key = $STACK/tls/server.key
	base_url = $RDAP_URL/
	rate_limit = 0
	CONF
}

stack_dns_conf() {
	stack_common_conf dns gateway_dns "$METRICS_DNS"
	cat <<-CONF
	probe_every_s = 2
	health_every_s = 5
	listen = 127.0.0.1:$DNS_PORT
	tsig_key = $TSIG_NAME:$TSIG_ALG:$TSIG_SECRET
	CONF
}
