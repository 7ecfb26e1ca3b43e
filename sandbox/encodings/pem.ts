/** What a text in PEM holds between two lines of dashes: https://www.rfc-editor.org/rfc/rfc7468 */
export interface Block {
  /** `CERTIFICATE`, `PRIVATE KEY` and so on. */
  readonly label: string;
  readonly bytes: Buffer;
}

const form =
  /-----BEGIN (?<label>[A-Z0-9 ]+)-----\r?\n(?<body>[A-Za-z0-9+/=\s]*?)\r?\n-----END \k<label>-----/g;

/** The blocks of a text in their order; what stands between them is left alone. */
export function blocksOf(text: string): readonly Block[] {
  return [...text.matchAll(form)].map(({ groups: { label = "", body = "" } = {} }) => ({
    label,
    bytes: Buffer.from(body, "base64"),
  }));
}

/** The text for a block, with the newline at its end that Go and OpenSSL write. */
export function pemOf(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
