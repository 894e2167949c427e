import { createHash } from 'node:crypto'

/*
 * Redis runs a script as one step, so no other process sees half of it. All times are the server's.
 *
 * A field is stored as `stamp value`, a lock as `token end`. The first writing command of a script is the one that a full
 * Redis refuses; after it, Redis lets the script write to its end, so no change is made in part.
 */

export interface Script {
  readonly text: string
  readonly sha1: string
}

function toScript(...parts: readonly string[]): Script {
  const text = parts.join('\n')
  return { text, sha1: createHash('sha1').update(text).digest('hex') }
}

const TIME = `
local server = redis.call('TIME')
local time = server[1] * 1000 + math.floor(server[2] / 1000)
local function text(number) return string.format('%.0f', number) end
`

/** KEYS: meta. ARGV: TTL, an epoch to use if there is none. The clock never goes back, whatever the server's does. */
const META = `
local meta, ttl = KEYS[1], ARGV[1]
local known = redis.call('HMGET', meta, 'clock', 'epoch')
local clock, epoch = tonumber(known[1]) or 0, known[2]
local function begin_epoch()
  if epoch then return end
  epoch = ARGV[2]
  redis.call('HSET', meta, 'epoch', epoch)
  redis.call('PEXPIRE', meta, ttl)
end
`

/** The records of KEYS from `first` on and those that their fields link, each as its name and its fields. */
const READ_RECORDS = `
local function read_records(first, prefix)
  local found, seen, linked = {}, {}, {}
  for index = first, #KEYS do seen[KEYS[index]] = true end
  local function read(key, follows)
    local fields = redis.call('HGETALL', key)
    if #fields > 0 then found[#found + 1] = { string.sub(key, #prefix + 1), fields } end
    for at = 1, follows and #fields or 0, 2 do
      if string.byte(fields[at]) == 64 then
        local name = string.match(fields[at + 1], '^%S+ (.+)$')
        if name and not seen[prefix .. name] then
          seen[prefix .. name] = true
          linked[#linked + 1] = prefix .. name
        end
      end
    end
  end
  for index = first, #KEYS do read(KEYS[index], true) end
  for _, key in ipairs(linked) do read(key, false) end
  return found
end
`

/** KEYS: meta, records. ARGV: TTL, epoch, prefix of records. Returns the time, the epoch, the records. */
export const READ = toScript(
  TIME,
  META,
  READ_RECORDS,
  `
begin_epoch()
return { text(math.max(time, clock)), epoch, read_records(2, ARGV[3]) }
`
)

/**
 * KEYS: meta, locks, records. ARGV: TTL, epoch, prefix of records, token, prefix of this process's tokens, milliseconds of
 * the lock, number of locks, tokens that this process has given up. Returns 0 and the tokens of this process that are in
 * the way, or 1, the time, the epoch, whether a name was left unsettled, and the records.
 */
export const LOCK = toScript(
  TIME,
  META,
  READ_RECORDS,
  `
local token, own, count = ARGV[4], ARGV[5], tonumber(ARGV[7])
local given_up, in_the_way, unsettled = {}, {}, 0
for index = 8, #ARGV do given_up[ARGV[index]] = true end
for index = 2, count + 1 do
  local held = redis.call('GET', KEYS[index])
  if held then
    unsettled = 1
    local holder, ends = string.match(held, '^(%S+) (%d+)$')
    if holder and tonumber(ends) > time and not given_up[holder] then
      if string.sub(holder, 1, #own) ~= own then return { 0 } end
      in_the_way[#in_the_way + 1] = holder
    end
  end
end
if #in_the_way > 0 then return { 0, unpack(in_the_way) } end
local value = token .. ' ' .. text(time + ARGV[6])
for index = 2, count + 1 do redis.call('SET', KEYS[index], value, 'PX', text(ARGV[6] + ttl)) end
begin_epoch()
return { 1, text(math.max(time, clock)), epoch, unsettled, read_records(count + 2, ARGV[3]) }
`
)

/** KEYS: locks. ARGV: TTL, token, milliseconds. Returns 1, or 0 if one of the locks was lost. */
export const KEEP = toScript(
  TIME,
  `
local latest = time + ARGV[3]
for _, key in ipairs(KEYS) do
  local holder, ends = string.match(redis.call('GET', key) or '', '^(%S+) (%d+)$')
  if holder ~= ARGV[2] then return 0 end
  latest = math.max(latest, tonumber(ends))
end
for _, key in ipairs(KEYS) do
  redis.call('SET', key, ARGV[2] .. ' ' .. text(latest), 'PX', text(latest - time + ARGV[1]))
end
return 1
`
)

/**
 * KEYS: meta, locks, records. ARGV: TTL, epoch, most fields, number of locks, token, whether it is settled, and for each
 * change the number of its key, its field, its stamp (may be empty) and its value. Returns the stamp of the changes.
 *
 * Lua compares texts by the server's locale, so bytes are compared here.
 */
export const END = toScript(
  TIME,
  META,
  `
local function is_greater(one, other)
  for at = 1, math.min(#one, #other) do
    local left, right = string.byte(one, at), string.byte(other, at)
    if left ~= right then return left > right end
  end
  return #one > #other
end
local function is_later(stamp, value, than)
  local known, current = string.match(than, '^(%S+) (.*)$')
  known = tonumber(known)
  if not known then return true end
  if stamp ~= known then return stamp > known end
  return is_greater(value, current)
end

local most, count, token, settled = tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5], ARGV[6] == '1'
for index = 2, count + 1 do
  local held = redis.call('GET', KEYS[index])
  if settled and held and string.match(held, '^%S+') == token then redis.call('DEL', KEYS[index]) end
  -- The lock was lost, and its next holder has ended since.
  if not settled and not held then redis.call('SET', KEYS[index], token .. ' 0', 'PX', ttl) end
end

local stamp = text(math.max(time, clock + 1))
redis.call('HSET', meta, 'clock', stamp)
begin_epoch()
redis.call('PEXPIRE', meta, ttl)
for at = 7, #ARGV, 4 do
  local key, field, value = KEYS[tonumber(ARGV[at])], ARGV[at + 1], ARGV[at + 3]
  local own = ARGV[at + 2] == '' and stamp or ARGV[at + 2]
  local current = redis.call('HGET', key, field)
  if not current and redis.call('HLEN', key) >= most then redis.call('DEL', key) end
  if not current or is_later(tonumber(own), value, current) then redis.call('HSET', key, field, own .. ' ' .. value) end
end
for index = count + 2, #KEYS do redis.call('PEXPIRE', KEYS[index], ttl) end
return stamp
`
)

/**
 * KEYS: window, calls. ARGV: TTL, milliseconds of a window, milliseconds until silent processes are forgotten, process, its
 * calls in flight, calls wanted, share and number of calls that may be taken ahead, and for each response its limit (may be
 * empty), its calls left and the end of its window. Returns the calls taken, those taken ahead, the milliseconds until
 * the next window.
 *
 * The rules are those of one process (intercom-cloud, RateLimiter), with the calls in flight of all of them.
 */
export const CALLS = toScript(
  TIME,
  `
local ttl, length, process = ARGV[1], tonumber(ARGV[2]), ARGV[4]
local known = redis.call('HMGET', KEYS[1], 'limit', 'remaining', 'reset', 'estimated')
local limit, remaining = tonumber(known[1]) or math.huge, tonumber(known[2]) or math.huge
-- The server's clock may have gone back.
local reset, estimated = math.min(tonumber(known[3]) or 0, time + length), known[4] == '1'

local in_flight, own = 0, tonumber(ARGV[5])
local calls = redis.call('HGETALL', KEYS[2])
for at = 1, #calls, 2 do
  local count, stamp = string.match(calls[at + 1], '^(%d+) (%d+)$')
  if not count or math.abs(time - stamp) > tonumber(ARGV[3]) then redis.call('HDEL', KEYS[2], calls[at])
  elseif calls[at] ~= process then in_flight = in_flight + count end
end

own = own + (#ARGV - 8) / 3
for at = 9, #ARGV, 3 do
  own = own - 1
  limit = tonumber(ARGV[at]) or limit
  local left, ends = tonumber(ARGV[at + 1]), math.min(tonumber(ARGV[at + 2]), time + length)
  if ends > time and (ends >= reset or estimated) then
    local is_same = ends == reset or estimated
    remaining = is_same and math.min(remaining, left) or left - in_flight - own
    reset, estimated = ends, false
  end
end

local wanted, taken, ahead = tonumber(ARGV[6]), 0, 0
if wanted > 0 then
  if time >= reset then
    remaining, estimated = limit - in_flight - own, limit < math.huge
    reset = estimated and time + length or 0
  end
  taken = math.max(0, math.min(wanted, math.floor(remaining)))
  remaining = remaining - taken
  if remaining < math.huge then
    ahead = math.max(0, math.min(tonumber(ARGV[8]), math.floor(remaining * ARGV[7])))
    remaining = remaining - ahead
  end
end

local function stored(number) return number < math.huge and text(number) or '' end
redis.call('HSET', KEYS[1], 'limit', stored(limit), 'remaining', stored(remaining), 'reset', text(reset),
  'estimated', estimated and '1' or '0')
redis.call('PEXPIRE', KEYS[1], ttl)
redis.call('HSET', KEYS[2], process, text(own + taken + ahead) .. ' ' .. text(time))
redis.call('PEXPIRE', KEYS[2], ttl)
return { taken, ahead, text(math.max(0, reset - time)) }
`
)

/** KEYS: any key, for the node of a cluster. Returns what the server tells about itself, or an empty text. */
export const DESCRIBE = toScript(`
local function tell(section)
  local told = redis.pcall('INFO', section)
  return type(told) == 'string' and told or ''
end
return tell('server') .. tell('memory')
`)
