# Installs silently, works, refuses to go while the desk runs, upgrades, uninstalls; data must stay.
$ErrorActionPreference = "Stop"
$setup = (Get-ChildItem dist\*-setup.exe)[0].FullName
$folder = Join-Path $env:LOCALAPPDATA "Programs\Embassy Desk"
$profileFolder = Join-Path $env:LOCALAPPDATA "embassy-desk\profile"
function Expect($code, $wanted, $what) { if ($code -ne $wanted) { throw "$what ended with $code, not $wanted" } }
function Run($program, $words) { (Start-Process $program $words -Wait -PassThru).ExitCode }

Expect (Run $setup "/S") 0 "installing"
$cli = Join-Path $folder "embassy-desk-cli.cmd"
$version = Join-Path $folder "versions\$((Get-Content (Join-Path $folder current)).Trim())"
Set-Content phrase "Sen no mua ha 2026"
& $cli init --mission TOK --person "Nguyen Van An" --passphrase-file phrase
Expect $LASTEXITCODE 0 "init"
& $cli import "$version\_internal\embassy_desk\resources\examples\contacts.vcf" --passphrase-file phrase
Expect $LASTEXITCODE 0 "import"
foreach ($file in "report.docx", "report.pdf", "report.xlsx") {
    & $cli report periodic --to $file --passphrase-file phrase
    Expect $LASTEXITCODE 0 $file
}
Start-Process (Join-Path $folder "embassy-desk.exe") -Wait
Start-Sleep 15
$desk = Get-Process embassy-desk
if ($desk.Path -ne (Join-Path $version "embassy-desk.exe")) { throw "the starter started $($desk.Path)" }
Expect (Run $setup "/S") 3 "upgrading while the desk is open"
Stop-Process $desk
$desk.WaitForExit()
Expect (Run $setup "/S") 0 "upgrading"
& $cli verify --passphrase-file phrase
Expect $LASTEXITCODE 0 "verify"
Expect (Run (Join-Path $folder "uninstall.exe") @("/S", "_?=$folder")) 0 "uninstalling"
if (Test-Path $cli) { throw "the program is still there" }
if (-not (Test-Path (Join-Path $profileFolder "store.db"))) { throw "the data are gone" }
