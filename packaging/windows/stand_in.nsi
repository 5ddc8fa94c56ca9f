; A program for packaging/try_windows.py: it notes where it lies and how it was called, and stays as
; long as the file `stay` lies in the installation.   OUTPUT  file to write   NOTES  file to append to

Unicode true
SilentInstall silent
RequestExecutionLevel user
Name "stand-in"
OutFile "${OUTPUT}"

!include FileFunc.nsh
!include LogicLib.nsh

Section
    ${GetParameters} $R0
    FileOpen $0 "${NOTES}" a
    FileSeek $0 0 END
    FileWriteUTF16LE $0 "$EXEPATH $R0$\n"
    FileClose $0
    ${While} ${FileExists} "$EXEDIR\..\..\stay"
        Sleep 50
    ${EndWhile}
SectionEnd
