"""iSMS.gr over SMPP 3.4: PDUs become orders of the core, what it reports becomes PDUs."""
