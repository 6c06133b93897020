"""党员花名册: from the sheets a bureau really keeps to members, and from members to what an import would change (issue: roster)."""
