-- Accounts: register, log in, change a profile.

-- name: register :execlastid
-- Registers an account and answers its id. Fails with a violated unique key when the name or the address is taken.
--
-- SHA-256 with a salt keeps the sample free of dependencies. A real application hashes in the application with a
-- slow algorithm such as Argon2, so that no password ever reaches the server or its logs.
-- @param password: String
INSERT INTO account (username, email, password_salt, password_hash, full_name)
VALUES (:username, :email, :salt, UNHEX(SHA2(CONCAT(:salt, :password), 256)), :full_name);

-- name: credentials
-- What a login needs: the stored hash, and the hash of the password that was given, to be compared in Rust.
-- @param password: String
SELECT id, status, password_hash, UNHEX(SHA2(CONCAT(password_salt, :password), 256)) AS `given_hash!`
FROM account
WHERE username = :username;

-- name: logged_in :exec
UPDATE account SET last_login = CURRENT_TIMESTAMP WHERE id = ?;

-- name: find
-- Whole rows of a table are the table's struct, and a unique key makes it an `Option`.
SELECT * FROM account WHERE id = :id;

-- name: find_by_ids
-- A list of any length. An empty one finds nothing and is no error.
SELECT * FROM account WHERE id IN (:ids) ORDER BY id;

-- name: others
-- Every account but some.
SELECT username FROM account WHERE id NOT IN (:ids) ORDER BY username;

-- name: update_profile :execrows
-- Updates only the fields that are given: what is `None` stays as it is.
UPDATE account
SET email = COALESCE(:email?, email),
    full_name = COALESCE(:full_name?, full_name),
    bio = COALESCE(:bio?, bio)
WHERE id = :id;

-- name: set_roles
-- Without an annotation a write answers the number of rows.
UPDATE account SET roles = :roles WHERE id = :id;

-- name: suspend :execresult
UPDATE account SET status = 'suspended' WHERE username = :username;

-- name: count_by_status
SELECT status, COUNT(*) AS accounts FROM account GROUP BY status ORDER BY status;

-- name: contact :opt
-- @row Contact
SELECT username, email FROM account WHERE id = :id;

-- name: contacts
-- Shares its row type with `contact`.
-- @row Contact
SELECT username, email FROM account WHERE status = sqlc.arg(status) ORDER BY username;

-- name: delete_account :execrows
DELETE FROM account WHERE id = ?;
