"""The tour of a first day: steps that tick themselves off as the person does them."""
