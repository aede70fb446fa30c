"""Grade untrusted notebooks: their code runs in a sandbox, and the judge stays outside."""
