"""The page of headquarters: enrolment, how it stands, pouches, what was not accepted."""
