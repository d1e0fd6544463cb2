-- A request of its own for every call: the same numbers over and over would flatter a cache.
-- Arguments: recipients a call; path and media type of a POST, or two empty words; the token of a bearer, or
-- nothing; what comes before the recipients, between them and after them, in the body or, without one, in the
-- path of a GET.
local count, path, before, joint, after
local headers = {}
local n = 0

function init(args)
  count, path = tonumber(args[1]), args[2]
  if path ~= "" then
    headers["Content-Type"] = args[3]
  end
  if args[4] ~= "" then
    headers["Authorization"] = "Bearer " .. args[4]
  end
  before, joint, after = args[5], args[6], args[7]
end

function request()
  local to = {}
  for i = 1, count do
    to[i] = string.format("3069%07d0", n % 10000000)
    n = n + 1
  end
  local whole = before .. table.concat(to, joint) .. after
  if path == "" then
    return wrk.format("GET", whole, headers)
  end
  return wrk.format("POST", path, headers, whole)
end
