"""DOOR: WeChat messages and events of the service account, and the mini-program's push."""
