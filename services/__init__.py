"""Verbs: what happens. They decide by asking domain and remember through models; they see neither doors nor gateways."""
