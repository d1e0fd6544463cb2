#!/bin/sh
# Load from two hosts that share nothing but a wire: network namespaces of this machine. Needs root.
#   loadtests/namespaces.sh isms-http --rate 700 --for 60s
# The first host has an emulator, the master and a worker, the second another worker; each its own reports.
set -eu

smslab=${SMSLAB:-$(dirname "$0")/../.venv/bin/smslab}
first=smslab-$$-a second=smslab-$$-b
here=10.213.0.1 there=10.213.0.2
folder=$(mktemp -d)
jobs=

end() {
    for job in $jobs; do kill "$job" 2>/dev/null || true; done
    for job in $jobs; do wait "$job" 2>/dev/null || true; done
    ip netns delete $first 2>/dev/null || true
    ip netns delete $second 2>/dev/null || true
    rm -rf "$folder"
}
trap end EXIT
trap 'exit 130' INT TERM

ip netns add $first
ip netns add $second
ip -n $first link add wire type veth peer name wire netns $second
ip -n $first address add $here/24 dev wire
ip -n $second address add $there/24 dev wire
for host in $first $second; do
    ip -n $host link set lo up
    ip -n $host link set wire up
done

SMSLAB_CONTROL_TOKEN=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
export SMSLAB_CONTROL_TOKEN

ip netns exec $first "$smslab" serve --host $here --port 8000 --smpp-port 2775 --callbacks-anywhere \
    --ready-file "$folder/ready" >"$folder/serve" 2>&1 &
jobs="$jobs $!"
tries=300
until [ -s "$folder/ready" ]; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] || { tail -n 1 "$folder/serve" >&2; exit 3; }
    sleep 0.1
done

ip netns exec $first "$smslab" load --worker $here:5557 &
jobs="$jobs $!"
ip netns exec $second "$smslab" load --worker $here:5557 --listen $there &
jobs="$jobs $!"
ip netns exec $first "$smslab" load "$@" --target http://$here:8000 \
    --master --bind $here:5557 --expect-workers 2
