@echo off
rem The command line of the version that the file `current` names; see starter.nsi.
setlocal
set "here=%~dp0"
for /f "usebackq" %%v in ("%here%current") do set "version=%%v"
if not exist "%here%versions\%version%\embassy-desk-cli.exe" for /f "usebackq" %%v in ("%here%previous") do set "version=%%v"
"%here%versions\%version%\embassy-desk-cli.exe" %*
exit /b %errorlevel%
