"""What a fibre network is: tables, changes, rules, messages. No files, no database, no Qt."""
