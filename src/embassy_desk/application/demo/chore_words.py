"""Words of the demo's tasks: titles by kind, outcomes, checklists, routines."""

from embassy_desk.domain.task import TaskKind

_K = TaskKind

TITLES = {
    _K.OUTREACH: (
        "Gọi điện mời đối tác dự hội thảo về {topic}",
        "Gửi thư giới thiệu chương trình về {topic}",
        "Call partners about the seminar on {topic_en}",
    ),
    _K.FOLLOW_UP: (
        "Gửi tài liệu về {topic} như đã hứa",
        "Hỏi kết quả trao đổi về {topic}",
        "Send the notes of the meeting on {topic_en}",
    ),
    _K.REPORT: ("Viết báo cáo chuyên đề về {topic}", "Tổng hợp số liệu về {topic}"),
    _K.PREPARE_VISIT: ("Chuẩn bị chương trình đoàn về {topic}", "Đặt lịch làm việc cho đoàn"),
    _K.CLEARANCE: ("Xin ý kiến các bộ về dự thảo {topic}", "Gửi công hàm về dự thảo {topic}"),
    _K.OBLIGATION: ("Đôn đốc thực hiện cam kết về {topic}", "Chuẩn bị họp nhóm công tác chung"),
    _K.TRANSLATION: ("Dịch dự thảo văn bản về {topic}", "Rà soát bản dịch tiếng Anh về {topic}"),
    _K.PUBLICATION: ("Đăng bài về {topic} trên trang của Đại sứ quán", "Soạn tin về {topic}"),
    _K.ADMIN: ("Gia hạn hợp đồng thuê phòng họp", "Cập nhật danh bạ khách mời Quốc khánh"),
    _K.OTHER: ("Tìm hiểu quy định mới về {topic}", "Read the new study on {topic_en}"),
}
OUTCOMES = (
    "Đã hoàn thành, phía bạn xác nhận qua thư điện tử.",
    "Đã gửi; đối tác hẹn trả lời trong tháng.",
    "Done; the partner thanked us for the quick answer.",
    "Đã thống nhất lịch và nội dung.",
    "Đã báo cáo lãnh đạo, không cần làm thêm.",
)
CHECKLISTS = (
    ("Soạn dự thảo", "Xin ý kiến lãnh đạo", "Gửi đối tác"),
    ("Đặt phòng", "Gửi thư mời", "Xác nhận khách", "In tài liệu"),
    ("Collect figures", "Check the sources", "Write the summary"),
)
ROUTINES = (
    ("Báo cáo tháng về công tác đối ngoại số", _K.REPORT, "FREQ=MONTHLY", 3),
    ("Rà soát danh mục văn bản hợp tác", _K.ADMIN, "FREQ=MONTHLY;INTERVAL=3", 12),
    ("Bản tin công nghệ hằng tuần", _K.PUBLICATION, "FREQ=WEEKLY;BYDAY=FR", 0),
    ("Giao ban cơ quan", _K.ADMIN, "FREQ=WEEKLY;BYDAY=MO", 4),
    ("Kiểm tra đồng ý nhận thư đã hết hạn", _K.OUTREACH, "FREQ=MONTHLY;BYMONTHDAY=1", 9),
    ("Họp nhóm công tác chung hằng năm", _K.OBLIGATION, "FREQ=YEARLY", 40),
)
"""Title, kind, rule, and in how many days the next one is due."""
