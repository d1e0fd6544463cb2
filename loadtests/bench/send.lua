-- A request of its own for every call: the same numbers over and over would flatter a cache.
-- Arguments: recipients a call; path and media type of a POST, or two empty words; what comes before the
-- recipients, between them and after them, in the body or, without one, in the path of a GET.
local count, path, before, joint, after
local headers = {}
local n = 0

function init(args)
  count, path, headers["Content-Type"] = tonumber(args[1]), args[2], args[3]
  before, joint, after = args[4], args[5], args[6]
end

function request()
  local to = {}
  for i = 1, count do
    to[i] = string.format("3069%07d0", n % 10000000)
    n = n + 1
  end
  local whole = before .. table.concat(to, joint) .. after
  if path == "" then
    return wrk.format("GET", whole)
  end
  return wrk.format("POST", path, headers, whole)
end
