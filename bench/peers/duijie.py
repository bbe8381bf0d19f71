"""The matcher, everything: sheets checked, codes, limits, contributions, reasons for 20 services a need."""

import sys
from pathlib import Path

from bench.peers.stages import TOP, Stages
from matcher import Matcher, read_needs, read_services

stages = Stages()
folder = Path(sys.argv[1])
services, needs = read_services(folder / "services.csv"), read_needs(folder / "needs.csv")
stages.lap("read")
matcher = Matcher().fit(services)
stages.lap("index")
run = matcher.match(needs, TOP)
stages.lap("query")
stages.singles(lambda place: matcher.match(needs.iloc[[place]], TOP), len(needs))
stages.tell()
