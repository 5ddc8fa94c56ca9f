"""Words of the demo's agreements: titles by form, reasons, outlines, clauses, places."""

from embassy_desk.application.demo.plans import Plan
from embassy_desk.application.demo.topics import Topic
from embassy_desk.domain.agreement import AgreementForm
from embassy_desk.domain.choices import TREATY_CLASSES

_F = AgreementForm
_FORMS = {
    _F.MOU: ("Bản ghi nhớ", "Memorandum of Understanding", "MoU"),
    _F.MEMORANDUM_OF_COOPERATION: ("Bản ghi nhớ hợp tác", "Memorandum of Cooperation", "MoC"),
    _F.AGREEMENT: ("Hiệp định", "Agreement", "Hiệp định"),
    _F.PROTOCOL: ("Nghị định thư", "Protocol", "Nghị định thư"),
    _F.EXCHANGE_OF_NOTES: ("Trao đổi công hàm", "Exchange of Notes", "Công hàm trao đổi"),
    _F.ACTION_PLAN: ("Kế hoạch hành động", "Action Plan", "Kế hoạch hành động"),
    _F.LETTER_OF_INTENT: ("Ý định thư", "Letter of Intent", "Ý định thư"),
    _F.JOINT_STATEMENT: ("Tuyên bố chung", "Joint Statement", "Tuyên bố chung"),
    _F.TREATY: ("Hiệp ước", "Treaty", "Hiệp ước"),
    _F.CONVENTION: ("Công ước", "Convention", "Công ước"),
    _F.ARRANGEMENT: ("Thỏa thuận", "Arrangement", "Thỏa thuận"),
    _F.MINUTES: ("Biên bản hợp tác", "Minutes of Cooperation", "Biên bản"),
    _F.CONTRACT: ("Hợp đồng hợp tác", "Contract", "Hợp đồng"),
    _F.OTHER: ("Văn bản hợp tác", "Paper", "Văn bản"),
}

REASONS = (
    "Hai bên có nhu cầu và thế mạnh bổ sung cho nhau về {topic}; cần khuôn khổ chung.",
    "Kết quả hợp tác thời gian qua về {topic} tốt, doanh nghiệp hai nước đề nghị mở rộng.",
    "Góp phần thực hiện mục tiêu chuyển đổi số; đối tác có kinh nghiệm về {topic}.",
)
OUTLINES = (
    "Trao đổi chính sách, kinh nghiệm và chuyên gia.",
    "Lập nhóm công tác chung, họp mỗi năm một lần.",
    "Hỗ trợ doanh nghiệp hai nước tìm hiểu thị trường.",
    "Phối hợp đào tạo ngắn hạn cho cán bộ kỹ thuật.",
    "Tổ chức hội thảo luân phiên tại hai nước.",
    "Chia sẻ tiêu chuẩn kỹ thuật và thông lệ tốt.",
)
CLAUSES = (
    "Mỗi Bên có thể chấm dứt văn bản này bằng thông báo trước cho Bên kia qua đường ngoại giao.",
    "Mọi khác biệt trong giải thích hoặc thực hiện được giải quyết hữu nghị qua tham vấn.",
)
PLACES = ("Hà Nội", "Tokyo", "Mizuhara", "Đà Nẵng", "Kazahara")


def title_in_vietnamese(plan: Plan, topic: Topic, ours: str, theirs: str) -> str:
    """Return the whole title as it stands on the text; treaties are between governments."""
    if plan.legal_class in TREATY_CLASSES:
        ours = "Chính phủ nước Cộng hòa xã hội chủ nghĩa Việt Nam"
        theirs = "Chính phủ nước đối tác (hư cấu)"
    return f"{_FORMS[plan.form][0]} giữa {ours} và {theirs} về hợp tác trong lĩnh vực {topic.vi}"


def title_in_english(form: AgreementForm, topic: Topic) -> str:
    """Return the English title."""
    name = _FORMS[form][1]
    whole = name if "Cooperation" in name else f"{name} on Cooperation"
    return f"{whole} in {topic.en}"


def short_title(form: AgreementForm, topic: Topic) -> str:
    """Return what the mission calls it."""
    return f"{_FORMS[form][2]} {topic.vi}"
