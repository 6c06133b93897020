"""WeChat on one machine: the service-account and mini-program contract over real HTTP (wechat-platform.md)."""
