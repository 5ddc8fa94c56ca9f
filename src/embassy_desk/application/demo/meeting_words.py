"""Words of the demo's meetings: subjects by kind, readouts, promises."""

from embassy_desk.domain.engagement import EngagementKind

_K = EngagementKind

SUBJECTS = {
    _K.MEETING: ("Làm việc với {body} về {topic}", "Meeting with {body_en} on {topic_en}"),
    _K.CALL_ON: ("Thăm làm việc tại {body}: {topic}",),
    _K.COURTESY_CALL: ("Chào xã giao lãnh đạo {body}",),
    _K.PHONE: ("Điện đàm với {body} về {topic}",),
    _K.VIDEO: ("Họp trực tuyến với {body} về {topic}", "Video call with {body_en}: {topic_en}"),
    _K.RECEPTION: ("Tiếp xúc bên lề chiêu đãi cùng {body}",),
    _K.CONFERENCE: ("Hội thảo về {topic} cùng {body}", "Conference on {topic_en}"),
    _K.VISIT: ("Đoàn công tác thăm {body}, chủ đề {topic}",),
    _K.SITE_VISIT: ("Khảo sát thực tế tại {body}",),
    _K.LETTER: ("Thư gửi {body} về {topic}",),
    _K.NOTE_VERBALE: ("Công hàm gửi {body} về {topic}",),
    _K.PRESS: ("Trả lời phỏng vấn của {body} về {topic}",),
    _K.SERVICE: ("Hỗ trợ {body} tìm hiểu thị trường Việt Nam",),
    _K.EMAIL: ("Trao đổi thư điện tử với {body} về {topic}",),
    _K.OTHER: ("Tiếp xúc với {body}",),
}

READOUTS = (
    "Phía bạn giới thiệu kế hoạch năm tới về {topic} và mong muốn hợp tác với phía Việt Nam.",
    "Hai bên trao đổi về khả năng phối hợp về {topic}, trước mắt là đào tạo.",
    "Ta giới thiệu chính sách mới của Việt Nam; phía bạn đề nghị cung cấp bản dịch tiếng Anh.",
    "Phía bạn quan tâm tới nguồn nhân lực kỹ thuật và đề nghị kết nối với một số trường đại học.",
    "The partner asked for a list of firms with export experience and offered to host a seminar.",
    "Hai bên nhất trí giữ liên lạc ở cấp chuyên viên và họp lại trong quý tới.",
    "Phía bạn đánh giá cao vai trò cầu nối của cơ quan đại diện.",
    "Both sides agreed to compare their standards and to meet again at working level.",
    "Phía bạn lưu ý một số vướng mắc về thủ tục và đề nghị ta hỗ trợ tháo gỡ.",
)
FEEDBACK = (
    "Doanh nghiệp mong quy định về dữ liệu được hướng dẫn cụ thể hơn.",
    "Đối tác đề nghị rút ngắn thời gian cấp phép cho chuyên gia.",
    "Partner firms would welcome an English version of the new decree.",
)
NOT_HELD = ("Phía bạn bận công tác đột xuất", "Hoãn do thời tiết", "Trùng lịch đoàn cấp cao")
OUR_PROMISES = (
    "Gửi tài liệu giới thiệu môi trường đầu tư.",
    "Kết nối với đơn vị phụ trách tại Bộ chủ trì.",
    "Gửi danh sách doanh nghiệp phù hợp.",
    "Góp ý dự thảo chương trình hội thảo.",
    "Send the translated decree and a contact in Hà Nội.",
)
THEIR_PROMISES = (
    "Gửi bản đề cương hợp tác chi tiết.",
    "Trả lời về thời gian tiếp đoàn.",
    "Cung cấp số liệu thị trường mới nhất.",
    "Confirm the speaker for the seminar.",
)
PLACES = ("Trụ sở Đại sứ quán", "Khách sạn Hoshimi", "Trung tâm Hội nghị Mizuhara", "Trực tuyến")
