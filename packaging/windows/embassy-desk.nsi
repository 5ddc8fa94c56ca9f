; The installer for Windows, made by makensis on any system. packaging/installers.py passes in:
;   VERSION    as 1.2.3            BUNDLE  folder with the bundle
;   OUTPUT     file to write       ICON    the .ico
;   FILES      script that removes exactly the files of the bundle (written by installers.py)
;   WINDOWS_VERSION  as 1.2.3.0
;
; For one person by default, without an administrator; /ALLUSERS for the whole machine.
; Silent: /S (and /D=FOLDER as the last word). Exit code 0 done, 1 called off, 2 refused, 3 the desk is open.

Unicode true
ManifestDPIAware true
SetCompressor /SOLID lzma
RequestExecutionLevel user
Name "Embassy Desk"
OutFile "${OUTPUT}"
BrandingText "Embassy Desk ${VERSION}"

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include x64.nsh

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\EmbassyDesk"
!define REMEMBERED "Software\EmbassyDesk"
!define EXIT_REFUSED 2
!define EXIT_OPEN 3
; The open desk holds this name (embassy_desk.desktop); the installer only looks for it.
!define PROGRAM "embassy-desk.exe"

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

LangString IsOpen ${LANG_VIETNAMESE} "Embassy Desk đang mở. Hãy đóng cửa sổ Embassy Desk rồi thử lại."
LangString IsOpen ${LANG_ENGLISH} "Embassy Desk is open. Close its window and try again."
LangString NeedsAdministrator ${LANG_VIETNAMESE} "Cài đặt cho mọi người dùng của máy cần quyền quản trị viên."
LangString NeedsAdministrator ${LANG_ENGLISH} "Installing for everybody at this computer needs an administrator."
LangString NeedsWindows ${LANG_VIETNAMESE} "Embassy Desk cần Windows 10 hoặc 11, bản 64 bit."
LangString NeedsWindows ${LANG_ENGLISH} "Embassy Desk needs Windows 10 or 11, 64 bits."
LangString DataTitle ${LANG_VIETNAMESE} "Dữ liệu của bạn"
LangString DataTitle ${LANG_ENGLISH} "Your data"
LangString DataHint ${LANG_VIETNAMESE} "Những gì bạn đã nhập được giữ lại, trừ khi bạn chọn khác."
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

; A running program can be opened for reading but not for writing.
!macro REFUSE_WHILE_OPEN
    ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
        ClearErrors
        FileOpen $0 "$INSTDIR\${PROGRAM}" a
        ${If} ${Errors}
            !insertmacro REFUSE "$(IsOpen)" ${EXIT_OPEN}
        ${EndIf}
        FileClose $0
    ${EndIf}
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
    ; An older version goes first, file by file, so that nothing of it is left between the new ones.
    ${If} ${FileExists} "$INSTDIR\uninstall.exe"
        ExecWait '"$INSTDIR\uninstall.exe" /S /UPGRADE _?=$INSTDIR' $0
        ${If} $0 != 0
            SetErrorLevel ${EXIT_OPEN}
            Abort
        ${EndIf}
    ${EndIf}
    SetOutPath "$INSTDIR"
    File /r "${BUNDLE}/*"
    WriteUninstaller "$INSTDIR\uninstall.exe"
    CreateShortcut "$SMPROGRAMS\Embassy Desk.lnk" "$INSTDIR\${PROGRAM}"
    WriteRegStr SHCTX "${REMEMBERED}" "Folder" "$INSTDIR"
    WriteRegStr SHCTX "${REMEMBERED}" "InstallerLanguage" "$LANGUAGE"
    WriteRegStr SHCTX "Software\Classes\.pouch" "" "EmbassyDesk.Pouch"
    WriteRegStr SHCTX "Software\Classes\EmbassyDesk.Pouch" "" "Embassy Desk pouch"
    WriteRegStr SHCTX "Software\Classes\EmbassyDesk.Pouch\DefaultIcon" "" "$INSTDIR\${PROGRAM},0"
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
    !include "${FILES}"
    Delete "$SMPROGRAMS\Embassy Desk.lnk"
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
    ${un.GetParameters} $R0
    ClearErrors
    ${un.GetOptions} $R0 "/UPGRADE" $R1
    ${If} ${Errors}
        DeleteRegKey SHCTX "${UNINSTALL}"
        DeleteRegKey SHCTX "${REMEMBERED}"
        DeleteRegKey SHCTX "Software\Classes\EmbassyDesk.Pouch"
        DeleteRegKey SHCTX "Software\Classes\.pouch"
    ${EndIf}
    ; Only somebody who said so twice in the window loses data; never a silent run.
    ${If} $Removes == 1
    ${AndIfNot} ${Silent}
        SetShellVarContext current
        RMDir /r "$LOCALAPPDATA\embassy-desk"
    ${EndIf}
SectionEnd
