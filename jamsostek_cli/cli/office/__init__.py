"""`jcli init`, `status`, `db`, `workforce`, `provisions`, `audit` and `help`: the office itself."""
