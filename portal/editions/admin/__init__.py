"""Where do authors propose editions, and reviewers and approvers sign them? Below /admin/editions/."""
