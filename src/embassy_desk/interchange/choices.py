"""Words that people write where a choice is made, beside its label: Vietnamese, and short forms.

They are compared folded. A label in the language of the reader comes from outside, see `labels` of
`read_table`; what stands here are the words that old registers use.
"""

from collections.abc import Mapping

from embassy_desk.domain.agreement import (
    AgreementForm,
    AgreementState,
    Binding,
    EntryMode,
    RenewalType,
)
from embassy_desk.domain.choices import LegalClass, OwingSide
from embassy_desk.domain.entity import Handling
from embassy_desk.domain.names import DisplayOrder
from embassy_desk.domain.task import Priority, TaskKind, TaskState
from embassy_desk.texts import LabelledEnum

YES = frozenset({"yes", "true", "1", "x", "y", "co", "dung"})
NO = frozenset({"no", "false", "0", "n", "khong", "sai"})

WORDS: Mapping[type[LabelledEnum], Mapping[LabelledEnum, tuple[str, ...]]] = {
    Handling: {
        Handling.PUBLIC: ("Công khai",),
        Handling.INTERNAL: ("Nội bộ",),
        Handling.RESTRICTED: ("Hạn chế",),
    },
    AgreementForm: {
        AgreementForm.MOU: ("Bản ghi nhớ", "Biên bản ghi nhớ", "Memorandum"),
        AgreementForm.MEMORANDUM_OF_COOPERATION: ("Bản ghi nhớ hợp tác", "MoC"),
        AgreementForm.AGREEMENT: ("Hiệp định",),
        AgreementForm.PROTOCOL: ("Nghị định thư",),
        AgreementForm.EXCHANGE_OF_NOTES: ("Công hàm trao đổi", "Trao đổi công hàm"),
        AgreementForm.ACTION_PLAN: (
            "Kế hoạch hành động",
            "Chương trình hành động",
            "Plan of action",
        ),
        AgreementForm.LETTER_OF_INTENT: ("Ý định thư", "LoI"),
        AgreementForm.JOINT_STATEMENT: ("Tuyên bố chung",),
        AgreementForm.TREATY: ("Hiệp ước",),
        AgreementForm.CONVENTION: ("Công ước",),
        AgreementForm.ARRANGEMENT: ("Thỏa thuận", "Thỏa thuận hợp tác"),
        AgreementForm.MINUTES: ("Biên bản", "Biên bản thỏa thuận"),
        AgreementForm.CONTRACT: ("Hợp đồng",),
        AgreementForm.OTHER: ("Khác",),
    },
    LegalClass: {
        LegalClass.TREATY_STATE: ("Điều ước quốc tế nhân danh Nhà nước",),
        LegalClass.TREATY_GOVERNMENT: ("Điều ước quốc tế nhân danh Chính phủ",),
        LegalClass.AGREEMENT_STATE: ("Thỏa thuận quốc tế nhân danh Nhà nước",),
        LegalClass.AGREEMENT_GOVERNMENT: ("Thỏa thuận quốc tế nhân danh Chính phủ",),
        LegalClass.AGREEMENT_MINISTRY: ("Thỏa thuận quốc tế nhân danh bộ", "Cấp bộ"),
        LegalClass.AGREEMENT_PROVINCE: ("Thỏa thuận quốc tế nhân danh tỉnh", "Cấp tỉnh"),
        LegalClass.AGREEMENT_BODY: ("Thỏa thuận quốc tế nhân danh cơ quan, tổ chức",),
        LegalClass.FIRM_LEVEL: ("Cấp doanh nghiệp", "Giữa các doanh nghiệp"),
        LegalClass.POLITICAL_TEXT: ("Văn kiện chính trị",),
        LegalClass.UNKNOWN: ("Chưa rõ", "Không rõ", "Unknown"),
    },
    Binding: {
        Binding.YES: ("Có", "Có ràng buộc"),
        Binding.NO: ("Không", "Không ràng buộc", "Non-binding"),
        Binding.PARTLY: ("Một phần", "Ràng buộc một phần"),
        Binding.UNKNOWN: ("Chưa rõ", "Không rõ", "Unknown"),
    },
    EntryMode: {
        EntryMode.ON_SIGNATURE: ("Khi ký", "Kể từ ngày ký"),
        EntryMode.FIXED_DATE: ("Ngày cố định",),
        EntryMode.EXCHANGE_OF_NOTES: ("Trao đổi công hàm",),
        EntryMode.AFTER_NOTIFICATION: ("Sau thông báo cuối cùng",),
        EntryMode.RATIFICATION: ("Phê chuẩn", "Phê duyệt"),
        EntryMode.UNKNOWN: ("Chưa rõ", "Không rõ", "Unknown"),
    },
    RenewalType: {
        RenewalType.NONE: ("Không", "Không gia hạn", "No"),
        RenewalType.TACIT: ("Tự động", "Tự động gia hạn", "Mặc nhiên", "Automatic"),
        RenewalType.EXPRESS: ("Bằng văn bản", "Thỏa thuận bằng văn bản", "In writing"),
        RenewalType.REVIEW: ("Sau khi rà soát", "Rà soát", "After review"),
    },
    AgreementState: {
        AgreementState.IDEA: ("Ý tưởng",),
        AgreementState.SCOPING: ("Đang nghiên cứu",),
        AgreementState.MANDATE_SOUGHT: ("Đang xin chủ trương",),
        AgreementState.MANDATE_GIVEN: ("Đã có chủ trương",),
        AgreementState.NEGOTIATING: ("Đang đàm phán", "Đàm phán"),
        AgreementState.TEXT_AGREED: ("Đã thống nhất văn bản",),
        AgreementState.DOMESTIC_CLEARANCE: ("Đang làm thủ tục trong nước",),
        AgreementState.AUTHORISED_TO_SIGN: ("Được phép ký", "Đã được ủy quyền ký"),
        AgreementState.SIGNED: ("Đã ký",),
        AgreementState.AWAITING_ENTRY: ("Chờ có hiệu lực", "Chưa có hiệu lực"),
        AgreementState.PROVISIONALLY_APPLIED: ("Tạm thời áp dụng",),
        AgreementState.IN_FORCE: ("Có hiệu lực", "Còn hiệu lực", "Đang có hiệu lực"),
        AgreementState.SUSPENDED: ("Tạm đình chỉ",),
        AgreementState.TERMINATED: ("Đã chấm dứt", "Chấm dứt hiệu lực"),
        AgreementState.WITHDRAWN: ("Đã rút khỏi",),
        AgreementState.SUPERSEDED: ("Đã được thay thế", "Được thay thế"),
        AgreementState.PARKED: ("Tạm gác",),
        AgreementState.ABANDONED: ("Đã từ bỏ",),
    },
    OwingSide: {
        OwingSide.OURS: ("Phía ta", "Phía Việt Nam"),
        OwingSide.THEIRS: ("Phía bạn", "Phía đối tác"),
        OwingSide.BOTH: ("Hai bên", "Cả hai bên"),
    },
    DisplayOrder: {
        DisplayOrder.FAMILY_FIRST: ("Họ trước",),
        DisplayOrder.GIVEN_FIRST: ("Tên trước",),
        DisplayOrder.SINGLE: ("Một tên",),
    },
    TaskKind: {
        TaskKind.OUTREACH: ("Vận động", "Tiếp cận đối tác"),
        TaskKind.FOLLOW_UP: ("Theo dõi",),
        TaskKind.REPORT: ("Báo cáo",),
        TaskKind.PREPARE_VISIT: ("Chuẩn bị chuyến thăm", "Chuẩn bị đoàn"),
        TaskKind.CLEARANCE: ("Thủ tục trong nước", "Xin ý kiến"),
        TaskKind.OBLIGATION: ("Nghĩa vụ",),
        TaskKind.TRANSLATION: ("Dịch thuật", "Biên dịch"),
        TaskKind.PUBLICATION: ("Xuất bản",),
        TaskKind.ADMIN: ("Hành chính",),
        TaskKind.OTHER: ("Khác",),
    },
    TaskState: {
        TaskState.OPEN: ("Mới", "Chưa làm"),
        TaskState.IN_PROGRESS: ("Đang làm", "Đang thực hiện"),
        TaskState.WAITING: ("Đang chờ",),
        TaskState.DONE: ("Xong", "Đã xong", "Hoàn thành", "Completed"),
        TaskState.CANCELLED: ("Đã hủy", "Hủy", "Canceled"),
        TaskState.DEFERRED: ("Đã hoãn", "Hoãn"),
    },
    Priority: {
        Priority.LOW: ("Thấp",),
        Priority.NORMAL: ("Bình thường", "Trung bình", "Medium"),
        Priority.HIGH: ("Cao",),
        Priority.URGENT: ("Khẩn", "Gấp"),
    },
}
"""Other words for a choice, by its class: members of two classes may be equal as texts."""
