"""The matcher's catalogue changed: 1,000 services added, 1,000 rewritten, 1,000 taken away."""

import sys
from copy import copy
from pathlib import Path

from bench.peers.stages import Stages
from matcher import Matcher, read_services

MANY = 1000

folder = Path(sys.argv[1])
services = read_services(folder / "services.csv")
matcher = Matcher().fit(services.iloc[MANY:])
rewritten = services.iloc[MANY : 2 * MANY]
rewritten = rewritten.assign(description=rewritten["description"] + "，周末也做")
# The first change also pays for the memory that two catalogues take side by side; a server pays once.
copy(matcher).change(services.iloc[:0])
stages = Stages()
copy(matcher).change(services.iloc[:MANY])
stages.lap("add")
copy(matcher).change(rewritten)
stages.lap("rewrite")
copy(matcher).change(services.iloc[:0], services["service_id"].iloc[-MANY:].tolist())
stages.lap("remove")
stages.tell()
