; The starter for Windows: a program of some 50 kB that starts the version that the file `current`
; names, in a folder a version. A version that was started three times and never showed its window is
; left for the one before. The same rules as packaging/linux/starter.sh; see updates/installation.py.
; packaging/installers.py passes in:
;   OUTPUT     file to write       ICON    the .ico
;   VERSION, WINDOWS_VERSION       as 1.2.3 and 1.2.3.0
;   SIGN       command that signs the file after it, where there is one

Unicode true
ManifestDPIAware true
SilentInstall silent
RequestExecutionLevel user
Name "Embassy Desk"
OutFile "${OUTPUT}"
!ifdef SIGN
    !finalize '${SIGN} "%1"' = 0
!endif
Icon "${ICON}"

!include FileFunc.nsh
!include LogicLib.nsh
!include TextFunc.nsh

!define PROGRAM "embassy-desk.exe"
!define TRIES 3
!define MOVEFILE_REPLACE_EXISTING 1
!define CODE_NOTHING_TO_START 2

VIProductVersion "${WINDOWS_VERSION}"
VIAddVersionKey /LANG=1033 ProductName "Embassy Desk"
VIAddVersionKey /LANG=1033 FileDescription "Embassy Desk"
VIAddVersionKey /LANG=1033 FileVersion "${VERSION}"
VIAddVersionKey /LANG=1033 ProductVersion "${VERSION}"
VIAddVersionKey /LANG=1033 LegalCopyright "The Embassy Desk authors, Apache-2.0"

LoadLanguageFile "${NSISDIR}\Contrib\Language files\English.nlf"
LoadLanguageFile "${NSISDIR}\Contrib\Language files\Vietnamese.nlf"
LangString NothingToStart ${LANG_ENGLISH} "Embassy Desk is not whole. Install it again; your data stay."
LangString NothingToStart ${LANG_VIETNAMESE} "Embassy Desk không còn đầy đủ. Hãy cài đặt lại; dữ liệu vẫn còn nguyên."

; The first line of a file beside the starter; empty if there is none.
!macro READ NAME INTO
    StrCpy ${INTO} ""
    ClearErrors
    FileOpen $9 "$EXEDIR\${NAME}" r
    ${IfNot} ${Errors}
        FileRead $9 ${INTO}
        FileClose $9
        ${TrimNewLines} "${INTO}" ${INTO}
    ${EndIf}
!macroend

; How many lines the file of tries has.
!macro COUNT_TRIES INTO
    StrCpy ${INTO} 0
    ClearErrors
    FileOpen $9 "$EXEDIR\tried" r
    ${IfNot} ${Errors}
        ${Do}
            FileRead $9 $8
            ${If} ${Errors}
                ${ExitDo}
            ${EndIf}
            IntOp ${INTO} ${INTO} + 1
        ${Loop}
        FileClose $9
    ${EndIf}
!macroend

!macro NOTE_TRY
    ClearErrors
    FileOpen $9 "$EXEDIR\tried" a
    ${IfNot} ${Errors}
        FileSeek $9 0 END
        FileWrite $9 "$\n"
        FileClose $9
    ${EndIf}
!macroend

; At every moment `current` names the version on trial or the one before.
!macro GO_BACK
    FileOpen $9 "$EXEDIR\.current.part" w
    FileWrite $9 "$2$\n"
    FileClose $9
    System::Call 'kernel32::MoveFileExW(w "$EXEDIR\.current.part", w "$EXEDIR\current", i ${MOVEFILE_REPLACE_EXISTING})'
    Delete "$EXEDIR\trial"
    Delete "$EXEDIR\tried"
!macroend

Section
    ${GetParameters} $R0
    !insertmacro READ "current" $1
    !insertmacro READ "previous" $2
    !insertmacro READ "trial" $3
    ${If} $R0 == ""
    ${AndIf} $1 != ""
    ${AndIf} $1 == $3
        !insertmacro COUNT_TRIES $4
        ${If} $4 >= ${TRIES}
        ${AndIf} ${FileExists} "$EXEDIR\versions\$2\${PROGRAM}"
            !insertmacro GO_BACK
            StrCpy $1 $2
        ${Else}
            !insertmacro NOTE_TRY
        ${EndIf}
    ${EndIf}
    ${IfNot} ${FileExists} "$EXEDIR\versions\$1\${PROGRAM}"
        StrCpy $1 $2
    ${EndIf}
    ${IfNot} ${FileExists} "$EXEDIR\versions\$1\${PROGRAM}"
        MessageBox MB_OK|MB_ICONEXCLAMATION "$(NothingToStart)" /SD IDOK
        SetErrorLevel ${CODE_NOTHING_TO_START}
        Quit
    ${EndIf}
    Exec '"$EXEDIR\versions\$1\${PROGRAM}" $R0'
SectionEnd
