"""The wire: signatures, encryption and bodies of pushes and passive replies (wechat-platform.md §1–§4)."""
