"""The service of headquarters: enrolment, the exchange, snapshots, attachments, administration."""
