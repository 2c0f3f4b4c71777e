# The way to a suite's JSON form, and what its errors say, with curl and jq. Address and key come from EW_HTTP (default
# http://127.0.0.1:5050) and EW_API_KEY.
suite=${EW_HTTP:-http://127.0.0.1:5050}/v1
key=()
[ -z "${EW_API_KEY:-}" ] || key=(-H "authorization: Bearer $EW_API_KEY")

# Makes a call and prints its answer. What was not reached or not answered, or was UNAVAILABLE (503), is sent again as it was a second
# later: an observation that arrives twice is recorded once. Exits with 1 where it is refused for good, and with 75 where the same may
# succeed later.
retries=5
ask() {
  local path=$1 answer code
  shift
  answer=$(mktemp)
  code=$(curl -sS --max-time 10 --retry "$retries" --retry-delay 1 --retry-all-errors \
    -o "$answer" -w '%{http_code}' "${key[@]}" "$@" "$suite/$path") || true
  case $code in
    2??) cat "$answer" ;;
    000) ;;
    *) words < "$answer" >&2 ;;
  esac
  rm -f "$answer"
  case $code in
    2??) ;;
    429 | 5?? | 000) exit 75 ;;
    *) exit 1 ;;
  esac
}

# Says what an error says: the reason, as docs/errors.md lists them, and each field that is at fault.
words() {
  jq -r '([.details[]?.reason // empty] | join(" ")) as $reason
    | [.details[]?.fieldViolations[]? | "\n  \(.field): \(.description)"] as $fields
    | "\($reason): \(if $fields == [] then .message else $fields | add end)"'
}
