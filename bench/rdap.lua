-- wrk: RDAP look-ups of registered names at random; the last line is JSON. Arguments: number of names.
local names
function init(args)
   names = tonumber(args[1])
   math.randomseed(os.time())
end
function request()
   return wrk.format("GET", string.format("/domain/n%08d.example", math.random(0, names - 1)))
end
function done(summary, latency, requests)
   local errors = summary.errors
   local bad = errors.status + errors.connect + errors.read + errors.write + errors.timeout
   print(string.format('{"scenario":"rdap","seconds":%.3f,"answers":%d,"per_second":%.1f,"good":%d,"bad":%d,"lost":%d,"p50_ms":%.3f,"p95_ms":%.3f,"p99_ms":%.3f,"max_ms":%.3f}',
      summary.duration / 1e6, summary.requests, summary.requests / summary.duration * 1e6, summary.requests - errors.status, bad,
      errors.connect + errors.read, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3))
end
