"""Who has read which edition, who still has to, and what do readers remark?"""
