-- wrk: RDAP look-ups at random; the last line is JSON. Argument: number of registered names; with RDAP_MISS in the environment of names
-- that are not (done() sees no arguments).
local names
local miss = os.getenv("RDAP_MISS")
function init(args)
   names = tonumber(args[1])
   math.randomseed(os.time())
end
function request()
   return wrk.format("GET", string.format("/domain/n%08d.example", math.random(0, names - 1) + (miss and names or 0)))
end
function done(summary, latency, requests)
   local errors = summary.errors
   local lost = errors.connect + errors.read
   -- wrk counts an answer of 400 and above as an error; 404 is what a miss is asked for
   local good = miss and errors.status or summary.requests - errors.status
   local bad = summary.requests - good + lost + errors.write + errors.timeout
   print(string.format('{"scenario":"rdap","seconds":%.3f,"answers":%d,"per_second":%.1f,"good":%d,"bad":%d,"lost":%d,"p50_ms":%.3f,"p95_ms":%.3f,"p99_ms":%.3f,"max_ms":%.3f}',
      summary.duration / 1e6, summary.requests, summary.requests / summary.duration * 1e6, good, bad,
      lost, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3))
end
