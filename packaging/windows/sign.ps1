# Signs every program and library of the bundle, then the installer, each with a time stamp.
# CERTIFICATE is a PFX file in base64, PASSWORD opens it; both come from the release environment.
$ErrorActionPreference = "Stop"
$pfx = Join-Path $env:RUNNER_TEMP "signing.pfx"
[IO.File]::WriteAllBytes($pfx, [Convert]::FromBase64String($env:CERTIFICATE))
try {
    $tool = Get-ChildItem "${env:ProgramFiles(x86)}\Windows Kits\10\bin\*\x64\signtool.exe" | Select-Object -Last 1
    function Sign($files) {
        & $tool.FullName sign /fd SHA256 /f $pfx /p $env:PASSWORD /tr http://timestamp.digicert.com /td SHA256 $files
        if ($LASTEXITCODE -ne 0) { throw "signtool refused" }
    }
    Get-ChildItem dist\embassy-desk -Recurse -Include *.exe, *.dll, *.pyd | ForEach-Object { Sign $_.FullName }
    # The installer holds the bundle, so it is made anew from the signed files; makensis has the
    # starter, what removes the program, and the installer itself signed as it makes them.
    $env:EMBASSY_DESK_SIGN = "`"$($tool.FullName)`" sign /fd SHA256 /f `"$pfx`" /p $env:PASSWORD /tr http://timestamp.digicert.com /td SHA256"
    .venv\Scripts\python packaging\installers.py dist\embassy-desk dist --only=exe
    if ($LASTEXITCODE -ne 0) { throw "the installer could not be made" }
} finally {
    Remove-Item $pfx
}
