"""What the demo's agreements and meetings are about."""

from typing import NamedTuple

from embassy_desk.application.demo.listed import rows_of


class Topic(NamedTuple):
    """A field of cooperation; `ministry` is the key of our ministry that leads it."""

    vi: str
    en: str
    pillar: str
    ministry: str


_ROWS = """
chuyển đổi số | digital transformation | digital | mic
an toàn, an ninh mạng | cybersecurity | digital | mic
phát triển nhân lực công nghệ số | digital workforce development | technology | most
công nghiệp bán dẫn | the semiconductor industry | technology | most
trí tuệ nhân tạo có trách nhiệm | responsible artificial intelligence | technology | most
bưu chính và hậu cần thương mại điện tử | postal services and e-commerce logistics | economic | mic
tần số vô tuyến điện và vệ tinh | radio frequencies and satellites | technology | mic
đô thị thông minh | smart cities | digital | moc
đổi mới sáng tạo và khởi nghiệp | innovation and start-ups | economic | most
công nhận kỹ năng số | recognition of digital skills | digital | moet
trao đổi thông tin báo chí | press exchanges | external_information | mic
y tế số và chăm sóc người cao tuổi | digital health and care for the elderly | medical | moh
trung tâm dữ liệu xanh | green data centres | energy | most
giảm nhẹ thiên tai bằng dữ liệu vệ tinh | disaster mitigation from space | environment | mae
giáo dục đại học và nghiên cứu chung | higher education and joint research | cultural | moet
chữ ký số và dịch vụ tin cậy | digital signatures and trust services | digital | most
thanh toán số xuyên biên giới | cross-border digital payments | economic | mof
bảo vệ dữ liệu cá nhân | personal data protection | digital | most
chính phủ số và dữ liệu mở | digital government and open data | digital | mic
mạng di động thế hệ mới | next-generation mobile networks | technology | most
bảo vệ trẻ em trên môi trường mạng | child safety online | digital | mic
tiêu chuẩn và đo lường công nghệ số | standards for digital technology | technology | most
bảo tồn di sản số | digital heritage preservation | cultural | mocst
lao động kỹ thuật cao | highly skilled workers | economic | moha
quan trắc môi trường biển | monitoring of the marine environment | environment | mae
nông nghiệp thông minh | smart agriculture | economic | mae
ứng dụng công nghệ vũ trụ | space technology applications | technology | most
phòng, chống lừa đảo trực tuyến | prevention of online fraud | digital | most
xuất bản và nội dung số | publishing and digital content | cultural | mocst
kết nối doanh nghiệp công nghệ nhỏ và vừa | links between small technology firms | economic | mpi
"""

TOPICS = tuple(Topic(*cells) for cells in rows_of(_ROWS))
