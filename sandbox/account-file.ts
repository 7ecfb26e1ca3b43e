import { DatabaseSync } from "node:sqlite";

/** Counts the forms that the file has had: one of another form is refused, since half of it would be misread. */
const layoutVersion = 1;

const layout = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS things (address TEXT PRIMARY KEY, body TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS operations (
    ordinal INTEGER PRIMARY KEY, run TEXT NOT NULL, urn TEXT NOT NULL, token TEXT NOT NULL, kind TEXT NOT NULL, seconds REAL NOT NULL
  );`;

/** How long another process may take for one operation. */
export const patienceMilliseconds = 5000;

/**
 * Opens the file, and makes it an account if it is new.
 * @throws Error naming the file, when another process is writing to it, it is not an account, or one of another version's.
 */
export function openAccount(file: string): DatabaseSync {
  try {
    const database = new DatabaseSync(file, { timeout: patienceMilliseconds });
    mustBeOurs(database);
    database.exec(layout);
    return database;
  } catch (error) {
    throw unusable(file, error);
  }
}

/** A new file has version 0 and no tables; it becomes ours. */
function mustBeOurs(database: DatabaseSync): void {
  const version = database.prepare("PRAGMA user_version").get()?.user_version;
  const tables = database.prepare("SELECT count(*) AS count FROM sqlite_schema").get()?.count;
  if (version === layoutVersion) return;
  if (version !== 0 || tables !== 0)
    throw new Error(
      `its layout is version ${String(version)}, and this sandbox keeps version ${layoutVersion}: \`make clean\` forgets it`,
    );
  database.exec(`PRAGMA user_version = ${layoutVersion}`);
}

/** An error of the database that names its file. */
export function unusable(file: string, error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error);
  return new Error(`${file} cannot be used as an account: ${reason}`, { cause: error });
}
