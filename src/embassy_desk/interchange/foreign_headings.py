"""Headings of Outlook in the languages of its users, said in the English ones.

Outlook writes the same ninety columns in every language: where (at work, at home, elsewhere), what
(street, telephone …) and which of several. Words are compared folded; where and what may stand in
either order.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from embassy_desk.domain.vietnamese import fold

_AT: Mapping[str, tuple[str, ...]] = {
    "business": (
        "geschäftlich", "dienstlich", "bureau", "professionnel", "professionnelle", "travail",
        "会社", "勤務先", "cơ quan", "công ty", "doanh nghiệp", "nơi làm việc", "công việc",
    ),
    "home": (
        "privat", "domicile", "personnel", "personnelle", "maison", "自宅", "nhà riêng", "nhà",
        "gia đình",
    ),
    "other": (
        "weitere", "weiterer", "weiteres", "weitere r", "weitere s", "autre", "その他の", "その他",
        "khác",
    ),
}  # fmt: skip
"""Where a street or a telephone is."""

_WHAT: Mapping[str, tuple[str, ...]] = {
    "street": ("Straße", "Rue", "番地", "町名番地", "住所", "Đường", "Phố", "Địa chỉ đường"),
    "city": ("Ort", "Stadt", "Ville", "市区町村", "Thành phố", "Thành phố/Quận"),
    "state": (
        "Region", "Bundesland", "Kanton", "Bundesland/Kanton", "Dép/Région", "Département",
        "Région", "État", "都道府県", "Tỉnh", "Bang", "Tiểu bang", "Tỉnh/Thành phố", "Tỉnh/Bang",
    ),
    "postal code": (
        "Postleitzahl", "PLZ", "Code postal", "郵便番号", "Mã bưu điện", "Mã bưu chính", "Mã Zip",
    ),
    "country region": (
        "Land", "Land/Region", "Pays", "Pays/Région", "国", "国/地域", "Quốc gia", "Nước",
        "Quốc gia/Vùng", "Quốc gia/Khu vực",
    ),
    "po box": ("Postfach", "Boîte postale", "B.P.", "私書箱", "Hộp thư", "Hòm thư"),
    "fax": ("Fax", "Télécopie", "FAX", "Số fax"),
    "phone": ("Telefon", "Téléphone", "Tél.", "電話", "Điện thoại", "Số điện thoại", "ĐT"),
}  # fmt: skip
"""What stands at work, at home or elsewhere."""

_WHOLE: Mapping[str, tuple[str, ...]] = {
    "title": ("Anrede", "Civilité", "肩書き", "Danh xưng", "Xưng hô"),
    "first name": ("Vorname", "Prénom", "名"),
    "middle name": ("Weitere Vornamen", "Deuxième prénom", "ミドルネーム", "ミドル ネーム"),
    "last name": ("Nachname", "Nom", "姓", "Họ"),
    "suffix": ("Suffix", "Namenszusatz", "Suffixe", "敬称", "Hậu tố"),
    "nickname": ("Spitzname", "Surnom", "ニックネーム"),
    "company": ("Firma", "Société", "会社名", "会社"),
    "department": ("Abteilung", "Service", "部署", "部署名"),
    "job title": ("Position", "Titre", "Titre1", "Fonction", "役職", "Chức danh công việc"),
    "mobile phone": (
        "Mobiltelefon", "Handy", "Tél. mobile", "Téléphone mobile", "Mobile", "携帯電話",
        "Điện thoại di động",
    ),
    "primary phone": ("Haupttelefon", "Téléphone principal", "通常の電話", "Điện thoại chính"),
    "car phone": ("Autotelefon", "Téléphone (voiture)", "Téléphone voiture", "自動車電話",
                  "Điện thoại ô tô"),
    "pager": ("Pager", "Récepteur de radiomessagerie", "ポケットベル", "Máy nhắn tin"),
    "company main phone": ("Telefon Firma", "Téléphone société", "会社代表電話",
                           "Điện thoại chính công ty"),
    "assistant s phone": ("Telefon Assistent", "Telefon Assistent/in", "秘書の電話",
                          "Téléphone de l'assistant(e)", "Điện thoại trợ lý"),
    "e mail address": ("E-Mail-Adresse", "E-Mail: Adresse", "Adresse de messagerie",
                       "Adresse e-mail",
                       "Adresse courriel", "電子メール アドレス",
                       "メール アドレス", "Địa chỉ e-mail"),
    "e mail 2 address": ("E-Mail 2: Adresse", "Adresse de messagerie 2", "電子メール 2 アドレス",
                         "Adresse e-mail 2", "Địa chỉ e-mail 2"),
    "e mail 3 address": ("E-Mail 3: Adresse", "Adresse de messagerie 3", "電子メール 3 アドレス",
                         "Adresse e-mail 3", "Địa chỉ e-mail 3"),
    "birthday": ("Geburtstag", "Anniversaire", "Date de naissance", "誕生日"),
    "categories": ("Kategorien", "Catégories", "分類", "分類項目", "Thể loại", "Danh mục"),
    "notes": ("Notizen", "Notes", "メモ", "備考"),
    "web page": ("Webseite", "Page Web", "Site Web", "Web ページ", "Trang Web"),
    "manager s name": ("Name des/der Vorgesetzten", "Responsable", "上司の氏名",
                       "Tên người quản lý"),
    "assistant s name": ("Name Assistent", "Assistant(e)", "秘書の氏名", "Tên trợ lý"),
    "profession": ("Beruf", "Profession", "職業"),
    "office location": ("Büro", "Bureau", "事業所", "Vị trí văn phòng"),
    "location": ("Ort", "Emplacement", "場所"),
    "spouse": ("Partner", "Partner/in", "Ehepartner", "Conjoint(e)", "配偶者", "Vợ/chồng"),
    "children": ("Kinder", "Enfants", "子供", "Con cái"),
    "anniversary": ("Jahrestag", "Anniversaire de mariage ou fête", "記念日", "Ngày kỷ niệm"),
    "gender": ("Geschlecht", "Sexe", "性別", "Giới tính"),
    "hobby": ("Hobby", "Hobbys", "Passe-temps", "趣味", "Sở thích"),
    "government id number": ("Regierungs-Nr.", "Numéro d'identification gouvernement",
                             "Code gouvernement", "個人 ID 番号", "Số ID chính phủ"),
    "organizational id number": ("Organisations-Nr.", "Organisationsnr.", "組織の ID 番号",
                                 "Numéro d'identification de l'organisation", "Mã số tổ chức"),
    "e mail type": (
        "E-Mail-Typ", "E-Mail 2: Typ", "E-Mail 3: Typ", "Type de messagerie",
        "Type de messagerie 2", "Type de messagerie 3", "電子メールの種類", "電子メール 2 の種類",
        "電子メール 3 の種類", "Loại e-mail", "Loại e-mail 2", "Loại e-mail 3",
    ),
    "e mail display name": (
        "E-Mail: Angezeigter Name", "E-Mail 2: Angezeigter Name", "E-Mail 3: Angezeigter Name",
        "Nom complet de l'adresse de messagerie", "Nom complet de l'adresse de messagerie 2",
        "Nom complet de l'adresse de messagerie 3", "電子メール表示名", "電子メール 2 表示名",
        "電子メール 3 表示名", "Tên hiển thị e-mail", "Tên hiển thị e-mail 2",
        "Tên hiển thị e-mail 3",
    ),
    "subject": (
        "Abrechnungsinformation", "Informations facturation", "経費情報", "Rückmeldung", "Rappel",
        "コールバック", "ISDN", "RNIS", "Telex", "Télex", "テレックス", "Radiotéléphone",
        "無線電話",
        "Mobiltelefon 2", "Telefon für Hörbehinderte", "Téléphone TDD/TTY", "TTY/TDD", "Benutzer 1",
        "Benutzer 2", "Benutzer 3", "Benutzer 4", "Utilisateur 1", "Utilisateur 2", "Utilisateur 3",
        "Utilisateur 4", "ユーザー 1", "ユーザー 2", "ユーザー 3", "ユーザー 4", "Empfohlen von",
        "Recommandé par", "紹介者", "Initialen", "Initiales", "頭文字", "イニシャル",
        "Internet Frei/Gebucht", "Internet-Frei/Gebucht", "Disponibilité Internet",
        "インターネット空き時間情報", "Konto", "Compte", "アカウント", "Priorität", "Priorité",
        "優先度", "Privat", "Privé", "プライベート", "Reisekilometer", "Kilométrage", "経費",
        "Sprache",
        "Langue", "言語", "Stichwörter", "Mots clés", "キーワード", "Vertraulichkeit",
        "Critère de diffusion", "秘密度", "Verzeichnisserver", "Serveur d'annuaire",
        "ディレクトリ サーバー", "ふりがな 姓", "ふりがな 名", "フリガナ (姓)", "フリガナ (名)",
        "会社名フリガナ", "Ưu tiên", "Độ nhạy", "Riêng tư", "Ngôn ngữ", "Từ khóa", "Tài khoản",
    ),
}  # fmt: skip
"""Columns of which there is one; the last say nothing that is kept."""

_SIGNS = re.compile(r"[()\[\]/:.\s-]+")


@lru_cache(maxsize=1_024)  # the same headings are asked about for every kind of register
def english_heading(heading: str) -> str | None:
    """Return what Outlook in English calls a column, folded; nothing where no language tells.

    Args:
        heading: Such as `Telefon geschäftlich 2`, `Rue (bureau)`, `会社電話` or `Fax cơ quan`.
    """
    spaced = _spaced(heading)
    whole = _whole().get(spaced)
    if whole is not None:
        return whole
    number = " ".join(filter(str.isdecimal, spaced.split()))
    rest = " ".join(word for word in spaced.split() if not word.isdecimal())
    for at, what in _cut(rest):
        found = _what().get(what)
        if found is not None:
            return f"{at} {found} {number}".strip()
    return None


def _spaced(heading: str) -> str:
    """Return a heading folded, with spaces for signs, also beside Chinese and Japanese letters."""
    return fold(_SIGNS.sub(" ", heading))


def _cut(text: str) -> Iterator[tuple[str, str]]:
    """Yield where something is and what it is, in each way in which a heading can be cut."""
    for word, at in _at():
        for begins, ends in ((f"{word} ", ""), ("", f" {word}")):
            if text.startswith(begins) and text.endswith(ends) and len(text) > len(word) + 1:
                yield at, text[len(begins) : len(text) - len(ends)]
        if not word.isascii() and text.startswith(word):
            yield at, text[len(word) :].strip()


@cache
def _whole() -> Mapping[str, str]:
    return {_spaced(each): english for english, several in _WHOLE.items() for each in several}


@cache
def _what() -> Mapping[str, str]:
    return {_spaced(each): english for english, several in _WHAT.items() for each in several}


@cache
def _at() -> tuple[tuple[str, str], ...]:
    """Return the words for places, the longest first."""
    words = {_spaced(each): english for english, several in _AT.items() for each in several}
    return tuple(sorted(words.items(), key=lambda each: -len(each[0])))
