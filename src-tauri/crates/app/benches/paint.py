"""From a click to painted charts, and the memory of all processes of the window.

Usage, inside a session bus and a display (see CONTRIBUTING.md on window tests):
    python3 paint.py PROGRAM STORE [ROUNDS]

PROGRAM is a built `yeji`, STORE the folder of an unencrypted or unlockable store (YEJI_PASSPHRASE). Goes
from the start page to Performance ROUNDS times and prints the milliseconds from the click until every chart
of the page stands in the document and nothing loads, then each process's proportional memory (Linux). Only
the standard library; needs WebKitWebDriver.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

CLICK = """
const [target, done] = [arguments[0], arguments[1]];
const start = performance.now();
document.querySelector(`[data-testid='${target}']`).click();
function look() {
  const charts = [...document.querySelectorAll('.echart')];
  const waits = document.querySelectorAll('.ant-skeleton, .ant-spin-spinning').length;
  const painted = charts.length > 0 && charts.every((one) => one.querySelector('svg'));
  if (painted && waits === 0) {
    // Two frames later the browser has drawn what stands in the document.
    requestAnimationFrame(() => requestAnimationFrame(() => done([performance.now() - start, charts.length])));
  } else if (performance.now() - start > 30000) done([-1, charts.length]);
  else requestAnimationFrame(look);
}
requestAnimationFrame(look);
"""


def call(base, method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(base + path, data=data, method=method)
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=90) as answer:
        return json.load(answer)["value"]


def memory(root):
    """Proportional set sizes of a process and all below it, in MB, by name."""
    parents, names, sizes = {}, {}, {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/stat", encoding="utf-8", errors="replace") as stat:
                name, rest = stat.read().split("(", 1)[1].rsplit(")", 1)
            with open(f"/proc/{entry}/smaps_rollup", encoding="utf-8") as rollup:
                kb = next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
        except (OSError, StopIteration):
            continue
        pid = int(entry)
        parents[pid], names[pid], sizes[pid] = int(rest.split()[1]), name, kb / 1024
    below, grew = {root}, True
    while grew:
        more = {pid for pid, parent in parents.items() if parent in below} - below
        below |= more
        grew = bool(more)
    return {f"{names[pid]}[{pid}]": round(sizes[pid]) for pid in sorted(below) if pid in names and pid != root}


def main():
    program, store = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as home:
        settings = {
            "TAURI_AUTOMATION": "true",
            "TAURI_WEBVIEW_AUTOMATION": "true",
            "XDG_DATA_HOME": f"{home}/data",
            "XDG_CONFIG_HOME": f"{home}/config",
            "XDG_CACHE_HOME": f"{home}/cache",
            "XDG_STATE_HOME": f"{home}/state",
            "GSETTINGS_BACKEND": "memory",
            "LIBGL_ALWAYS_SOFTWARE": "1",
        }
        driver = subprocess.Popen(
            ["WebKitWebDriver", f"--port={port}"],
            env=os.environ | settings,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            measure(f"http://127.0.0.1:{port}", [program, store], rounds, driver.pid)
        finally:
            driver.terminate()
            driver.wait()


def measure(base, command, rounds, driver):
    program, store = command
    for _ in range(100):
        try:
            call(base, "GET", "/status")
            break
        except OSError:
            time.sleep(0.1)
    asked = {"alwaysMatch": {"webkitgtk:browserOptions": {"binary": program, "args": ["--data", store]}}}
    session = "/session/" + call(base, "POST", "/session", {"capabilities": asked})["sessionId"]
    call(base, "POST", session + "/timeouts", {"script": 60000})
    ready = "return document.querySelector(\"[data-testid='nav-performance']\") !== null;"
    for _ in range(300):
        if call(base, "POST", session + "/execute/sync", {"script": ready, "args": []}):
            break
        time.sleep(0.1)
    taken = []
    for _ in range(rounds):
        for target in ("nav-home", "nav-performance"):
            arguments = {"script": CLICK, "args": [target]}
            time.sleep(0.3)
            answer = call(base, "POST", session + "/execute/async", arguments)
            if target == "nav-performance":
                taken.append(tuple(answer))
    charts = taken[0][1]
    times = sorted(ms for ms, _ in taken)
    print(f"first {taken[0][0]:.0f} ms, p50 {times[len(times) // 2]:.0f}, p95 {times[len(times) * 95 // 100]:.0f}, charts {charts}, rounds {rounds}")
    sizes = memory(driver)
    print(f"memory {sum(sizes.values())} MB:", ", ".join(f"{name} {size}" for name, size in sizes.items()))
    call(base, "DELETE", session)


if __name__ == "__main__":
    main()
