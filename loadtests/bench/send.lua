-- A request of its own for every call: the same numbers over and over would flatter a cache.
-- Arguments: recipients a call, path before them, path after them.
local count, before, after
local n = 0

function init(args)
  count, before, after = tonumber(args[1]), args[2], args[3]
end

function request()
  local to = {}
  for i = 1, count do
    to[i] = string.format("3069%07d0", n % 10000000)
    n = n + 1
  end
  return wrk.format("GET", before .. table.concat(to, ",") .. after)
end
