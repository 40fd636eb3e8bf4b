-- Procedures: the server tells of their parameters; their results are declared, as no server knows them.

-- name: rename_devices
-- Gives devices another name; answers which they were, and what came of it.
-- @returns before Before(id: String, name: String)
-- @returns after After(devices: i64, last: Option<String>)
CALL rename_devices(:wanted, :label, :renamed);
