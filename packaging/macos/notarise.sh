#!/bin/sh
# Hands the signed application to Apple's notary, staples the answer, and packs it. Run on macOS after
# `make package` with EMBASSY_DESK_SIGNING_IDENTITY; MAC_PROFILE names a profile of notarytool.
set -eu
app="dist/Embassy Desk.app"
codesign --verify --deep --strict "$app"
ditto -c -k --keepParent "$app" dist/to-notarise.zip
xcrun notarytool submit dist/to-notarise.zip --keychain-profile "$MAC_PROFILE" --wait
rm dist/to-notarise.zip
xcrun stapler staple "$app"
spctl --assess --type execute "$app"
ditto -c -k --keepParent "$app" "dist/embassy-desk-macos.zip"
