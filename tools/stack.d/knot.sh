# Sourced by tools/stack.sh. Knot DNS as the signing secondary (RFC 9276: NSEC3 with 0 iterations, no salt;
# opt-out, as registries do), transferring from dos-dns with TSIG. The same settings as deploy/knot.conf.

# Knot walks the whole zone at each change: large pages make that walk several times faster (docs/dns.md)
KNOT_MEMORY='LD_PRELOAD=libjemalloc.so.2 MALLOC_CONF=thp:always'

stack_knot() {
	stack_say "Knot DNS: signing secondary on port $KNOT_PORT"
	stack_knot_conf > "$STACK/etc/knot.conf"
	give_owner "$STACK/etc/knot.conf"
	chmod 600 "$STACK/etc/knot.conf"
	stack_spawn knot env $KNOT_MEMORY knotd -c "$STACK/etc/knot.conf"
	stack_wait 120 knot stack_knot_signs "$ZONE1"
	stack_wait 120 knot stack_knot_signs "$ZONE2"
}

stack_knot_signs() {
	kdig +short +norec +timeout=1 +retry=0 @127.0.0.1 -p "$KNOT_PORT" "$1" DNSKEY | grep -q .
}

stack_knot_conf() {
	cat <<-CONF
	server:
	    rundir: "$STACK/knot"
	    pidfile: "knot.pid"
	    listen: 127.0.0.1@$KNOT_PORT
	    automatic-acl: on
	log:
	  - target: stdout
	    any: info
	database:
	    storage: "$STACK/knot"
	key:
	  - id: $TSIG_NAME
	    algorithm: $TSIG_ALG
	    secret: $TSIG_SECRET
	remote:
	  - id: dos
	    address: 127.0.0.1@$DNS_PORT
	    key: $TSIG_NAME
	    block-notify-after-transfer: on
	acl:
	  - id: loopback
	    address: 127.0.0.1
	    action: transfer
	policy:
	  - id: registry
	    algorithm: ECDSAP256SHA256
	    nsec3: on
	    nsec3-opt-out: on
	    nsec3-iterations: 0
	    nsec3-salt-length: 0
	template:
	  - id: default
	    storage: "$STACK/knot"
	    master: dos
	    acl: loopback
	    dnssec-signing: on
	    dnssec-policy: registry
	    zonefile-sync: -1
	    zonefile-load: none
	    journal-content: all
	    journal-max-usage: 2G
	    journal-max-depth: 1000000
	zone:
	  - domain: $ZONE1
	  - domain: $ZONE2
	CONF
}
