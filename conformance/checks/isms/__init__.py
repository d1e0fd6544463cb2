"""iSMS.gr: a file for each part of its page."""
