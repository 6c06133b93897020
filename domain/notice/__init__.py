"""通知原文 notice: the text of a document in, a draft of its 配档表 out, each line with the sentence it came from (X6)."""
