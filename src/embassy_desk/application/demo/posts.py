"""Posts that people hold, by the kind of body, in Vietnamese, English and Japanese."""

from typing import NamedTuple

from embassy_desk.application.demo.chance import Chance
from embassy_desk.application.demo.fiction import Body


class Post(NamedTuple):
    """A title in three languages and the unit it belongs to."""

    vi: str
    en: str
    original: str
    unit: str = ""


_PUBLIC = (
    Post("Vụ trưởng", "Director-General", "局長", "Vụ Hợp tác quốc tế"),
    Post("Phó Vụ trưởng", "Deputy Director-General", "審議官", "Vụ Hợp tác quốc tế"),
    Post("Trưởng phòng", "Director", "課長", "Phòng Chính sách số"),
    Post("Phó Trưởng phòng", "Deputy Director", "課長補佐", "Phòng Chính sách số"),
    Post("Chuyên viên", "Officer", "係長", "Phòng châu Á"),
    Post("Chuyên viên cao cấp", "Senior Officer", "企画官", "Phòng Kế hoạch"),
    Post("Thứ trưởng", "Vice-Minister", "審議官", ""),
    Post("Thư ký", "Secretary", "秘書官", "Văn phòng"),
)
_LOCAL = (
    Post("Thị trưởng", "Mayor", "市長"),
    Post("Phó Thị trưởng", "Deputy Mayor", "副市長"),
    Post("Giám đốc Sở", "Director", "局長", "Sở Công nghiệp"),
    Post("Trưởng phòng", "Head of Division", "課長", "Phòng Quốc tế"),
    Post("Chuyên viên", "Officer", "主査", "Phòng Quốc tế"),
    Post("Điều phối viên quan hệ quốc tế", "Coordinator", "国際交流員", "Phòng Quốc tế"),
)
_BUSINESS = (
    Post("Tổng Giám đốc", "Chief Executive Officer", "代表取締役社長"),
    Post("Phó Tổng Giám đốc", "Executive Vice-President", "副社長"),
    Post("Giám đốc Công nghệ", "Chief Technology Officer", "最高技術責任者"),
    Post("Giám đốc Phát triển kinh doanh", "Head of Business Development", "事業開発部長"),
    Post("Giám đốc khu vực Đông Nam Á", "Director for Southeast Asia", "東南アジア統括部長"),
    Post("Trưởng nhóm kỹ sư", "Lead Engineer", "主任技師"),
    Post("Quản lý dự án", "Project Manager", "プロジェクトマネージャー"),
    Post("Trưởng ban Đối ngoại", "Head of Public Affairs", "渉外部長"),
)
_ACADEMIC = (
    Post("Hiệu trưởng", "President", "学長"),
    Post("Phó Hiệu trưởng", "Vice-President", "副学長"),
    Post("Giáo sư", "Professor", "教授", "Khoa Khoa học máy tính"),
    Post("Phó Giáo sư", "Associate Professor", "准教授", "Khoa Điện tử"),
    Post("Trưởng phòng Hợp tác quốc tế", "Head of International Office", "国際課長"),
    Post("Nghiên cứu viên", "Researcher", "研究員"),
)
_MEDIA = (
    Post("Tổng Biên tập", "Editor-in-Chief", "編集長"),
    Post("Phóng viên", "Reporter", "記者", "Ban Công nghệ"),
    Post("Biên tập viên", "Editor", "編集者", "Ban Quốc tế"),
    Post("Trưởng ban Thời sự", "Head of News", "報道部長"),
)
_ASSOCIATION = (
    Post("Chủ tịch", "President", "会長"),
    Post("Phó Chủ tịch", "Vice-President", "副会長"),
    Post("Tổng Thư ký", "Secretary-General", "事務局長"),
    Post("Ủy viên Ban Chấp hành", "Board Member", "理事"),
    Post("Điều phối viên", "Coordinator", "コーディネーター"),
)
_FREE = Post("", "", "")
_BY_KIND = {
    "ministry": _PUBLIC,
    "ministerial_agency": _PUBLIC,
    "government_agency": _PUBLIC,
    "local_authority": _LOCAL,
    "university": _ACADEMIC,
    "research_institute": _ACADEMIC,
    "media": _MEDIA,
    "chamber": _ASSOCIATION,
    "association": _ASSOCIATION,
    "diaspora_association": _ASSOCIATION,
    "promotion_agency": _ASSOCIATION,
    "cluster": _ASSOCIATION,
}


def post_at(chance: Chance, body: Body | None) -> Post:
    """Return a post that such a body has; an empty one for a person without a body."""
    if body is None:
        return _FREE
    return chance.choice(_BY_KIND.get(body.kind, _BUSINESS))
