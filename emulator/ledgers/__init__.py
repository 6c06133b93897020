"""Books the platform keeps: tokens, one-time codes, quotas, reply windows and subscriptions."""
