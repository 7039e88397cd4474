# Sourced. Runs tests that speak TAP and counts what they say.
#
#   tap NAME COMMAND...   run; count ok, not ok and skips. A command that fails, or a plan that does not fit,
#                         is one failure more. Failures and their diagnostics are shown, the rest only counted.
#   one NAME COMMAND...   the same for a command that says by its exit status whether it passed
#   tap_total             print the last line of `make check`; false when anything failed

TAP_PASSED=0 TAP_FAILED=0 TAP_SKIPPED=0
TAP_LOG=${TAP_LOG:-$ROOT/build/check}
mkdir -p "$TAP_LOG"

tap() {
	local name=$1 log status counts passed failed skipped began=$SECONDS
	shift
	log=$TAP_LOG/$(printf '%s' "$name" | tr -c 'a-zA-Z0-9_.-' '_').tap
	# a test that hangs is a test that fails; one on a slow machine only takes its time
	timeout --kill-after=10 "${TAP_LIMIT:-3600}" "$@" >"$log" 2>"$log.err" </dev/null && status=0 || status=$?
	counts=$(awk '
		/^(not )?ok( |$)/ { run++ }
		/^ok .*# *[Ss][Kk][Ii][Pp]/ { skipped++; next }
		/^ok( |$)/ { passed++ }
		/^not ok .*# *TODO/ { skipped++; next }
		/^not ok( |$)/ { failed++ }
		/^1\.\.[0-9]+/ { split($1, plan, /\.\./); planned += plan[2]; has_plan = 1 }
		/^1\.\.0.*[Ss][Kk][Ii][Pp]/ { skipped++ }
		END { print passed + 0, failed + 0, skipped + 0, has_plan ? planned - run : "none" }' "$log")
	read -r passed failed skipped off <<<"$counts"
	if [ "$off" != 0 ] || { [ $status != 0 ] && [ "$failed" = 0 ]; }
	then
		failed=$((failed + 1))
		echo "not ok - $name: exit status $status, $( [ "$off" = none ] && echo 'no plan' || echo "$off of the planned tests missing")" >> "$log"
	fi
	printf '%-34s %5d passed%s%s   %d s\n' "$name" "$passed" \
		"$([ "$failed" = 0 ] || echo ", $failed failed")" "$([ "$skipped" = 0 ] || echo ", $skipped skipped")" $((SECONDS - began))
	if [ "$failed" != 0 ]
	then
		awk '/^not ok/ { show = 1 } /^ok/ { show = 0 } show && ++lines <= 200 { print "    " $0 }' "$log"
		tail -40 "$log.err" | sed 's/^/    /'
	fi
	TAP_PASSED=$((TAP_PASSED + passed)) TAP_FAILED=$((TAP_FAILED + failed)) TAP_SKIPPED=$((TAP_SKIPPED + skipped))
}

one() {
	local name=$1 log
	shift
	log=$TAP_LOG/$(printf '%s' "$name" | tr -c 'a-zA-Z0-9_.-' '_').log
	local began=$SECONDS
	if timeout --kill-after=10 "${TAP_LIMIT:-3600}" "$@" >"$log" 2>&1 </dev/null
	then
		TAP_PASSED=$((TAP_PASSED + 1))
		printf '%-34s %5d passed   %d s\n' "$name" 1 $((SECONDS - began))
	else
		TAP_FAILED=$((TAP_FAILED + 1))
		printf '%-34s %5d failed   %d s\n' "$name" 1 $((SECONDS - began))
		tail -60 "$log" | sed 's/^/    /'
		return 1
	fi
}

tap_total() {
	if [ $TAP_SKIPPED = 0 ]
	then
		echo "$TAP_PASSED passed, $TAP_FAILED failed"
	else
		echo "$TAP_PASSED passed, $TAP_FAILED failed, $TAP_SKIPPED skipped"
	fi
	[ $TAP_FAILED = 0 ]
}
