# Installs silently, works, refuses to go while the desk runs, upgrades, uninstalls; data must stay.
$ErrorActionPreference = "Stop"
$setup = (Get-ChildItem dist\*-setup.exe)[0].FullName
$folder = Join-Path $env:LOCALAPPDATA "Programs\Embassy Desk"
$profileFolder = Join-Path $env:LOCALAPPDATA "embassy-desk\profile"
function Expect($code, $wanted, $what) { if ($code -ne $wanted) { throw "$what ended with $code, not $wanted" } }
function Run($program, $words) { (Start-Process $program $words -Wait -PassThru).ExitCode }

Expect (Run $setup "/S") 0 "installing"
$cli = Join-Path $folder "embassy-desk-cli.exe"
Set-Content phrase "Sen no mua ha 2026"
& $cli init --mission TOK --person "Nguyen Van An" --passphrase-file phrase
Expect $LASTEXITCODE 0 "init"
& $cli import "$folder\_internal\embassy_desk\resources\examples\contacts.vcf" --passphrase-file phrase
Expect $LASTEXITCODE 0 "import"
foreach ($file in "report.docx", "report.pdf", "report.xlsx") {
    & $cli report periodic --to $file --passphrase-file phrase
    Expect $LASTEXITCODE 0 $file
}
$desk = Start-Process (Join-Path $folder "embassy-desk.exe") -PassThru
Start-Sleep 15
if ($desk.HasExited) { throw "the window did not stay" }
Expect (Run $setup "/S") 3 "upgrading while the desk is open"
Stop-Process $desk
$desk.WaitForExit()
Expect (Run $setup "/S") 0 "upgrading"
& $cli verify --passphrase-file phrase
Expect $LASTEXITCODE 0 "verify"
Expect (Run (Join-Path $folder "uninstall.exe") @("/S", "_?=$folder")) 0 "uninstalling"
if (Test-Path $cli) { throw "the program is still there" }
if (-not (Test-Path (Join-Path $profileFolder "store.db"))) { throw "the data are gone" }
