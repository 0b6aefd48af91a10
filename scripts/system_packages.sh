#!/bin/sh
# Installs what the tests use beside Python, through apt-get where that is allowed. Never fails: tests say what they skip.
set -u
missing=""
need() { command -v "$1" >/dev/null 2>&1 || missing="$missing $2"; }
need soffice "libreoffice-writer"
# The sheets' test opens them in Calc, which Writer does not bring along.
[ -e /usr/lib/libreoffice/program/libsclo.so ] || command -v localc >/dev/null 2>&1 || missing="$missing libreoffice-calc"
need pdftoppm "poppler-utils"
need chromium "chromium"
need qpdf "qpdf"
[ -d /usr/share/fonts/truetype/liberation ] || missing="$missing fonts-liberation"
[ -d /usr/share/fonts/truetype/dejavu ] || missing="$missing fonts-dejavu-core"
[ -z "$missing" ] && exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "Not installed, and there is no apt-get to install them with:$missing. The tests that need them are skipped."
    exit 0
fi
run=""
if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        run="sudo -n"
    else
        echo "Not installed, and this user may not install them:$missing. The tests that need them are skipped."
        exit 0
    fi
fi
echo "Installing:$missing"
$run apt-get update -qq >/dev/null 2>&1
# shellcheck disable=SC2086
if ! DEBIAN_FRONTEND=noninteractive $run apt-get install -y -qq --no-install-recommends $missing python3-uno >/dev/null 2>&1; then
    echo "apt-get could not install all of:$missing. The tests that need them are skipped."
fi
exit 0
