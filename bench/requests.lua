-- Walks a file of prepared HTTP requests, each thread its own, none twice. A file is: length, newline, that many bytes, and again.
-- Who comes to the end of its file stops before its time; the rate counts the time that was used.
local threads = {}

function setup(thread)
   thread:set("number", #threads)
   table.insert(threads, thread)
end

function init(args)
   local file = assert(io.open(args[1] .. "." .. number, "rb"))
   prepared, sent = {}, 0
   while true do
      local length = file:read("*l")
      if not length then break end
      table.insert(prepared, file:read(tonumber(length)))
   end
   file:close()
   again = args[2] == "again"
end

function request()
   local at = sent
   sent = sent + 1
   if again then at = at % #prepared
   elseif at >= #prepared then wrk.thread:stop() end
   return prepared[at + 1] or prepared[#prepared]
end

function done(summary, latency, requests)
   local each, had = {}, {}
   for _, thread in ipairs(threads) do
      table.insert(each, thread:get("sent"))
   end
   local errors = summary.errors
   io.write(string.format(
      '\nRESULT {"answered": %d, "microseconds": %d, "p50": %d, "p99": %d, "refused": %d, "broken": %d, "sent": [%s]}\n',
      summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), errors.status,
      errors.connect + errors.read + errors.write + errors.timeout, table.concat(each, ",")))
end
