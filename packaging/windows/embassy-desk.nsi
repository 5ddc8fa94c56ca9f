; The installer for Windows, made by makensis on any system. packaging/installers.py passes in:
;   VERSION    as 1.2.3            BUNDLE   folder with the bundle
;   OUTPUT     file to write       ICON     the .ico        PICTURES  folder with side.bmp, head.bmp
;   STARTER    program made of starter.nsi  CLI  the .cmd for the command line
;   LICENCE    the licence         WINDOWS_VERSION  as 1.2.3.0
;   UPDATE_ROOT  the root.json that proves updates, where there is one
;   SIGN       command that signs the file after it, where there is one
;
; For one person by default, without an administrator; /ALLUSERS for the whole machine.
; Silent: /S (and /D=FOLDER as the last word). Exit code 0 done, 1 called off, 2 refused, 3 the desk is open.
;
; Laid out as updates need it, see updates/installation.py: a folder a version, a file that names
; the present one, a starter. A newer version is whole before it is named; the one before is kept.

Unicode true
ManifestDPIAware true
SetCompressor /SOLID lzma
RequestExecutionLevel user
AllowSkipFiles off
Name "Embassy Desk"
OutFile "${OUTPUT}"
!ifdef SIGN
    !finalize '${SIGN} "%1"' = 0
    !uninstfinalize '${SIGN} "%1"' = 0
!endif
BrandingText "Embassy Desk ${VERSION}"

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include TextFunc.nsh
!include WordFunc.nsh
!include x64.nsh

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\EmbassyDesk"
!define REMEMBERED "Software\EmbassyDesk"
!define EXIT_REFUSED 2
!define EXIT_OPEN 3
!define PROGRAM "embassy-desk.exe"
!define CONSOLE "embassy-desk-cli.exe"

VIProductVersion "${WINDOWS_VERSION}"
VIAddVersionKey /LANG=1033 ProductName "Embassy Desk"
VIAddVersionKey /LANG=1033 FileDescription "Embassy Desk installer"
VIAddVersionKey /LANG=1033 FileVersion "${VERSION}"
VIAddVersionKey /LANG=1033 ProductVersion "${VERSION}"
VIAddVersionKey /LANG=1033 LegalCopyright "The Embassy Desk authors, Apache-2.0"

Var ForAll
Var Removes

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PICTURES}/side.bmp"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${PICTURES}/side.bmp"
!define MUI_HEADERIMAGE
!define MUI_HEADERIMAGE_RIGHT
!define MUI_HEADERIMAGE_BITMAP "${PICTURES}/head.bmp"
!define MUI_HEADERIMAGE_UNBITMAP "${PICTURES}/head.bmp"
!define MUI_WELCOMEPAGE_TEXT "$(Welcome)"
!define MUI_ABORTWARNING
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "${REMEMBERED}"
!define MUI_LANGDLL_REGISTRY_VALUENAME "InstallerLanguage"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
UninstPage custom un.AskForData un.TakeAnswer
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Vietnamese"
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_RESERVEFILE_LANGDLL

LangString Welcome ${LANG_VIETNAMESE} "Không cần mạng; chỉ cài cho tài khoản đang dùng thì cũng không cần quyền quản trị viên.$\r$\n$\r$\nNếu máy này đã có Embassy Desk, dữ liệu được giữ nguyên và phiên bản trước được giữ lại để có thể quay về.$\r$\n$\r$\n$_CLICK"
LangString Welcome ${LANG_ENGLISH} "No network is needed and, for your own account, no administrator.$\r$\n$\r$\nIf Embassy Desk is on this computer already, your data stay as they are, and the version before is kept in case you want it back.$\r$\n$\r$\n$_CLICK"
LangString IsOpen ${LANG_VIETNAMESE} "Embassy Desk đang mở. Hãy đóng cửa sổ Embassy Desk rồi thử lại."
LangString IsOpen ${LANG_ENGLISH} "Embassy Desk is open. Close its window and try again."
LangString NeedsAdministrator ${LANG_VIETNAMESE} "Cài đặt cho mọi người dùng của máy cần quyền quản trị viên."
LangString NeedsAdministrator ${LANG_ENGLISH} "Installing for everybody at this computer needs an administrator."
LangString NeedsWindows ${LANG_VIETNAMESE} "Embassy Desk cần Windows 10 hoặc 11, bản 64 bit."
LangString NeedsWindows ${LANG_ENGLISH} "Embassy Desk needs Windows 10 or 11, 64 bits."
LangString NewerIsHere ${LANG_VIETNAMESE} "Máy này đã có phiên bản Embassy Desk mới hơn."
LangString NewerIsHere ${LANG_ENGLISH} "A newer version of Embassy Desk is installed here."
LangString DataTitle ${LANG_VIETNAMESE} "Dữ liệu đã nhập"
LangString DataTitle ${LANG_ENGLISH} "Your data"
LangString DataHint ${LANG_VIETNAMESE} "Những gì đã nhập được giữ lại, trừ khi quý vị chọn khác."
LangString DataHint ${LANG_ENGLISH} "What you entered is kept unless you choose otherwise."
LangString DataKeep ${LANG_VIETNAMESE} "Giữ dữ liệu của tôi (nên chọn)"
LangString DataKeep ${LANG_ENGLISH} "Keep my data (recommended)"
LangString DataRemove ${LANG_VIETNAMESE} "Xóa vĩnh viễn mọi dữ liệu trên máy này"
LangString DataRemove ${LANG_ENGLISH} "Delete all my data on this computer for good"
LangString DataSure ${LANG_VIETNAMESE} "Mọi dữ liệu chưa gửi về Bộ sẽ mất và không thể khôi phục. Xóa chứ?"
LangString DataSure ${LANG_ENGLISH} "Whatever was not sent to headquarters is lost and cannot be brought back. Delete it?"

!macro REFUSE TEXT CODE
    IfSilent +2
    MessageBox MB_OK|MB_ICONEXCLAMATION "${TEXT}"
    SetErrorLevel ${CODE}
    Quit
!macroend

; A running program can be opened for reading but not for writing. Folders of others are passed by.
!macro REFUSE_WHILE_OPEN
    FindFirst $1 $2 "$INSTDIR\versions\*"
    ${DoWhile} $2 != ""
        ${If} ${FileExists} "$INSTDIR\versions\$2\${CONSOLE}"
            ClearErrors
            FileOpen $0 "$INSTDIR\versions\$2\${PROGRAM}" a
            ${If} ${Errors}
                !insertmacro REFUSE "$(IsOpen)" ${EXIT_OPEN}
            ${EndIf}
            FileClose $0
        ${EndIf}
        FindNext $1 $2
    ${Loop}
    FindClose $1
!macroend

; Removes every version but the two that are named, and nothing that is not one of ours.
!macro REMOVE_VERSIONS_BUT KEPT ALSO_KEPT
    FindFirst $1 $2 "$INSTDIR\versions\*"
    ${DoWhile} $2 != ""
        ${If} $2 != "${KEPT}"
        ${AndIf} $2 != "${ALSO_KEPT}"
        ${AndIf} ${FileExists} "$INSTDIR\versions\$2\${CONSOLE}"
            RMDir /r "$INSTDIR\versions\$2"
        ${EndIf}
        FindNext $1 $2
    ${Loop}
    FindClose $1
!macroend

; The version that is started at present, into $R8; empty if there is none.
!macro PRESENT_VERSION
    StrCpy $R8 ""
    ClearErrors
    FileOpen $0 "$INSTDIR\current" r
    ${IfNot} ${Errors}
        FileRead $0 $R8
        FileClose $0
        ${TrimNewLines} "$R8" $R8
    ${EndIf}
!macroend

!macro NAME_VERSION FILE VERSION
    FileOpen $0 "$INSTDIR\${FILE}" w
    FileWrite $0 "${VERSION}$\n"
    FileClose $0
!macroend

!macro CHOOSE_WHOM
    ${If} $ForAll == 1
        SetShellVarContext all
    ${Else}
        SetShellVarContext current
    ${EndIf}
!macroend

Function .onInit
    ${GetParameters} $R0
    StrCpy $ForAll 0
    ClearErrors
    ${GetOptions} $R0 "/ALLUSERS" $R1
    ${IfNot} ${Errors}
        StrCpy $ForAll 1
    ${EndIf}
    IfSilent +2
    !insertmacro MUI_LANGDLL_DISPLAY
    ${IfNot} ${RunningX64}
        !insertmacro REFUSE "$(NeedsWindows)" ${EXIT_REFUSED}
    ${EndIf}
    SetRegView 64
    ${If} $ForAll == 1
        UserInfo::GetAccountType
        Pop $0
        ${If} $0 != "Admin"
            !insertmacro REFUSE "$(NeedsAdministrator)" ${EXIT_REFUSED}
        ${EndIf}
    ${EndIf}
    !insertmacro CHOOSE_WHOM
    ${If} $INSTDIR == ""
        ReadRegStr $INSTDIR SHCTX "${REMEMBERED}" "Folder"
    ${EndIf}
    ${If} $INSTDIR == ""
        ${If} $ForAll == 1
            StrCpy $INSTDIR "$PROGRAMFILES64\Embassy Desk"
        ${Else}
            StrCpy $INSTDIR "$LOCALAPPDATA\Programs\Embassy Desk"
        ${EndIf}
    ${EndIf}
FunctionEnd

Section
    !insertmacro REFUSE_WHILE_OPEN
    !insertmacro PRESENT_VERSION
    ${If} $R8 != ""
        ${VersionCompare} "$R8" "${VERSION}" $0
        ${If} $0 == 1
            !insertmacro REFUSE "$(NewerIsHere)" ${EXIT_REFUSED}
        ${EndIf}
    ${EndIf}
    ${If} $R8 != "${VERSION}"
        RMDir /r "$INSTDIR\versions\${VERSION}"
    ${EndIf}
    SetOutPath "$INSTDIR\versions\${VERSION}"
    File /r "${BUNDLE}/*"
    SetOutPath "$INSTDIR"
    File "/oname=${PROGRAM}" "${STARTER}"
    File "${CLI}"
!ifdef UPDATE_ROOT
    File "/oname=root.json" "${UPDATE_ROOT}"
!endif
    ${If} $R8 != ""
    ${AndIf} $R8 != "${VERSION}"
        !insertmacro NAME_VERSION "previous" "$R8"
    ${EndIf}
    !insertmacro NAME_VERSION "current" "${VERSION}"
    Delete "$INSTDIR\trial"
    Delete "$INSTDIR\tried"
    !insertmacro REMOVE_VERSIONS_BUT "${VERSION}" "$R8"
    WriteUninstaller "$INSTDIR\uninstall.exe"
    CreateShortcut "$SMPROGRAMS\Embassy Desk.lnk" "$INSTDIR\${PROGRAM}"
    WriteRegStr SHCTX "${REMEMBERED}" "Folder" "$INSTDIR"
    WriteRegStr SHCTX "${REMEMBERED}" "InstallerLanguage" "$LANGUAGE"
    WriteRegStr SHCTX "Software\Classes\.pouch" "" "EmbassyDesk.Pouch"
    WriteRegStr SHCTX "Software\Classes\EmbassyDesk.Pouch" "" "Embassy Desk pouch"
    WriteRegStr SHCTX "Software\Classes\EmbassyDesk.Pouch\DefaultIcon" "" "$INSTDIR\${PROGRAM},0"
    WriteRegStr SHCTX "Software\Classes\EmbassyDesk.Pouch\shell\open\command" "" '"$INSTDIR\${PROGRAM}" open "%1"'
    WriteRegStr SHCTX "Software\Classes\.enrolment" "" "EmbassyDesk.Enrolment"
    WriteRegStr SHCTX "Software\Classes\EmbassyDesk.Enrolment" "" "Embassy Desk enrolment"
    WriteRegStr SHCTX "Software\Classes\EmbassyDesk.Enrolment\DefaultIcon" "" "$INSTDIR\${PROGRAM},0"
    WriteRegStr SHCTX "Software\Classes\EmbassyDesk.Enrolment\shell\open\command" "" '"$INSTDIR\${PROGRAM}" open "%1"'
    WriteRegStr SHCTX "${UNINSTALL}" "DisplayName" "Embassy Desk"
    WriteRegStr SHCTX "${UNINSTALL}" "DisplayVersion" "${VERSION}"
    WriteRegStr SHCTX "${UNINSTALL}" "Publisher" "The Embassy Desk authors"
    WriteRegStr SHCTX "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
    WriteRegStr SHCTX "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr SHCTX "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegStr SHCTX "${UNINSTALL}" "InstallLocation" "$INSTDIR"
    WriteRegDWORD SHCTX "${UNINSTALL}" "NoModify" 1
    WriteRegDWORD SHCTX "${UNINSTALL}" "NoRepair" 1
    WriteRegDWORD SHCTX "${UNINSTALL}" "ForAll" $ForAll
    ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
    IntFmt $0 "0x%08X" $0
    WriteRegDWORD SHCTX "${UNINSTALL}" "EstimatedSize" "$0"
SectionEnd

Function un.onInit
    SetRegView 64
    StrCpy $Removes 0
    StrCpy $ForAll 0
    ReadRegDWORD $0 HKLM "${UNINSTALL}" "ForAll"
    ReadRegStr $1 HKLM "${REMEMBERED}" "Folder"
    ${If} $0 == 1
    ${AndIf} $1 == $INSTDIR
        StrCpy $ForAll 1
    ${EndIf}
    !insertmacro CHOOSE_WHOM
    IfSilent +2
    !insertmacro MUI_UNGETLANGUAGE
    !insertmacro REFUSE_WHILE_OPEN
FunctionEnd

Function un.AskForData
    !insertmacro MUI_HEADER_TEXT "$(DataTitle)" "$(DataHint)"
    nsDialogs::Create 1018
    Pop $0
    ${NSD_CreateRadioButton} 0 20u 100% 12u "$(DataKeep)"
    Pop $1
    ${NSD_Check} $1
    ${NSD_CreateRadioButton} 0 40u 100% 12u "$(DataRemove)"
    Pop $2
    nsDialogs::Show
FunctionEnd

Function un.TakeAnswer
    ${NSD_GetState} $2 $Removes
    ${If} $Removes == ${BST_CHECKED}
        MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$(DataSure)" IDYES sure
        StrCpy $Removes 0
        Abort
        sure:
    ${EndIf}
FunctionEnd

Section "un.Program"
    !insertmacro REMOVE_VERSIONS_BUT "" ""
    RMDir "$INSTDIR\versions"
    ${If} ${FileExists} "$INSTDIR\updates\state.json"
        RMDir /r "$INSTDIR\updates"
    ${EndIf}
    Delete "$INSTDIR\${PROGRAM}"
    Delete "$INSTDIR\embassy-desk-cli.cmd"
    Delete "$INSTDIR\root.json"
    Delete "$INSTDIR\current"
    Delete "$INSTDIR\previous"
    Delete "$INSTDIR\trial"
    Delete "$INSTDIR\tried"
    Delete "$SMPROGRAMS\Embassy Desk.lnk"
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
    DeleteRegKey SHCTX "${UNINSTALL}"
    DeleteRegKey SHCTX "${REMEMBERED}"
    DeleteRegKey SHCTX "Software\Classes\EmbassyDesk.Pouch"
    DeleteRegKey SHCTX "Software\Classes\.pouch"
    DeleteRegKey SHCTX "Software\Classes\EmbassyDesk.Enrolment"
    DeleteRegKey SHCTX "Software\Classes\.enrolment"
    ; Only somebody who said so twice in the window loses data; never a silent run.
    ${If} $Removes == 1
    ${AndIfNot} ${Silent}
        SetShellVarContext current
        RMDir /r "$LOCALAPPDATA\embassy-desk"
    ${EndIf}
SectionEnd
