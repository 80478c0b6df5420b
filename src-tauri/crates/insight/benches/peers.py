"""Milliseconds a series of statsforecast's AutoETS: peers.py FILE SEASON STEP, for benches/peers.rs."""

import sys
import time

import numpy
from statsforecast.models import AutoETS

path, season, step = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
series = []
with open(path, encoding="utf-8") as lines:
    for line in list(lines)[1:][::step]:
        _, _, horizon, values, _ = line.strip().split(",")
        series.append((numpy.array(values.split(";"), float), int(horizon)))
# What is compiled or loaded at the first call is not counted.
AutoETS(season_length=season).forecast(y=series[0][0], h=series[0][1])
start = time.perf_counter()
for values, horizon in series:
    AutoETS(season_length=season).forecast(y=values, h=horizon)
print(f"{(time.perf_counter() - start) * 1000 / len(series):.1f} ms a series ({len(series)} series)")
