#!/bin/sh
# Takes the place of Electron's binary where a test starts the desktop program: our Node, and a Chromium that is driven.
exec "${RUNBOARD_NODE:-node}" --disable-warning=ExperimentalWarning "$(dirname "$0")/launch.ts" "$@"
