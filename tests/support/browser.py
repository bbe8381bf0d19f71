"""The machine's own Chromium, for the browser stories and the screenshots."""

import os
import shutil
from pathlib import Path

VARIABLE = "CHROMIUM"
HOW_TO_INSTALL = "sudo apt-get install chromium fonts-wqy-microhei   (or set CHROMIUM=/path/to/chrome)"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

QUIET = (
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Unavailable(RuntimeError):
    """No browser can be had here; the message says how to get one."""


def find() -> Path | None:
    """Chromium or Chrome on this machine; None when there is none. CHROMIUM names another one."""
    wanted = os.environ.get(VARIABLE)
    found = (shutil.which(name) for name in ((wanted,) if wanted else NAMES))
    return next((Path(path) for path in found if path), None)


def launch_options() -> dict[str, object]:
    """What `playwright.chromium.launch(**launch_options())` needs here."""
    path = find()
    if path is None:
        message = f"Chromium is not installed: {HOW_TO_INSTALL}"
        raise Unavailable(message)
    # Chromium's sandbox refuses root, and is often unavailable in a container that runs CI.
    unsandboxed = ["--no-sandbox"] if os.geteuid() == 0 or os.environ.get("CI") else []
    return {"executable_path": str(path), "args": [*QUIET, *unsandboxed]}
