import type { SelfSignedCertArgs } from "@pulumi/tls";
import * as asn1 from "asn1js";
import type { Value } from "../../encodings/asn1.ts";
import { encode, identifierOf, inside, objectIdentifier, sequence, setOf } from "../../encodings/asn1.ts";
import type { Planned } from "../model.ts";

/** One attribute of a distinguished name, which may have several values. */
interface Attribute {
  /** By number, such as `2.5.4.3`. */
  readonly type: string;
  readonly values: readonly string[];
}

/** A distinguished name, its attributes in the order in which Go writes them. */
export type Name = readonly Attribute[];

type Subject = NonNullable<Planned<SelfSignedCertArgs, never>["subject"]>;

/** An attribute that a program can give. */
interface Kind {
  readonly type: string;
  /** What Go calls it. @default Go does not know it */
  readonly label?: string;
  readonly of: (subject: Subject) => string | readonly string[] | undefined;
}

/** https://www.rfc-editor.org/rfc/rfc2985#section-5.2.1 */
const emailAddress = "1.2.840.113549.1.9.1";

/** In the order in which Go writes them: https://pkg.go.dev/crypto/x509/pkix#Name */
const kinds: readonly Kind[] = [
  { type: "2.5.4.6", label: "C", of: ({ country }) => country },
  { type: "2.5.4.8", label: "ST", of: ({ province }) => province },
  { type: "2.5.4.7", label: "L", of: ({ locality }) => locality },
  { type: "2.5.4.9", label: "STREET", of: ({ streetAddresses }) => streetAddresses },
  { type: "2.5.4.17", label: "POSTALCODE", of: ({ postalCode }) => postalCode },
  { type: "2.5.4.10", label: "O", of: ({ organization }) => organization },
  { type: "2.5.4.11", label: "OU", of: ({ organizationalUnit }) => organizationalUnit },
  { type: "2.5.4.3", label: "CN", of: ({ commonName }) => commonName },
  { type: "2.5.4.5", label: "SERIALNUMBER", of: ({ serialNumber }) => serialNumber },
  { type: emailAddress, of: (subject) => subject.emailAddress },
];

const labels = new Map(
  kinds.flatMap(({ type, label }) => (label === undefined ? [] : [[type, label] as const])),
);

/** The name that a program describes. */
export function nameOf(subject: Subject = {}): Name {
  const attributes = kinds.map(({ type, of }) => ({
    type,
    values: [of(subject) ?? []].flat().filter((value) => value !== ""),
  }));
  return attributes.filter(({ values }) => values.length > 0);
}

/** Go's choice of a type for a text: https://pkg.go.dev/encoding/asn1#Marshal */
function textOf(value: string): Value {
  const isPrintable = /^[A-Za-z0-9 '()+,./:=?-]*$/.test(value);
  return isPrintable ? new asn1.PrintableString({ value }) : new asn1.Utf8String({ value });
}

function valueOf(type: string, value: string): Value {
  return type === emailAddress ? new asn1.IA5String({ value }) : textOf(value);
}

/** As certificates hold it: the values of an attribute together. */
export function writeName(name: Name): Value {
  const sets = name.map(({ type, values }) =>
    setOf(...values.map((value) => sequence(objectIdentifier(type), valueOf(type, value)))),
  );
  return sequence(...sets);
}

interface Pair {
  readonly type: string;
  readonly value: string;
}

function pairsIn(name: Value | undefined): readonly Pair[] {
  return inside(name).flatMap((set) =>
    inside(set).flatMap((pair): readonly Pair[] => {
      const [first, value] = inside(pair);
      const type = identifierOf(first);
      return type !== undefined && value instanceof asn1.BaseStringBlock
        ? [{ type, value: value.getValue() }]
        : [];
    }),
  );
}

/** What a certificate or a request holds, as Go sees it: attributes that it does not know are left out. */
export function readName(name: Value | undefined): Name {
  const pairs = pairsIn(name);
  const attributes = [...labels.keys()].map((type) => ({
    type,
    values: pairs.filter((pair) => pair.type === type).map(({ value }) => value),
  }));
  return attributes.filter(({ values }) => values.length > 0);
}

/** As people read it, the last first: https://www.rfc-editor.org/rfc/rfc2253. What Go does not know comes at the end. */
export function showName(name: Value | undefined): string {
  const others = pairsIn(name).filter(({ type }) => !labels.has(type));
  const shown = [
    ...others.map(({ type, value }) => `${type}=#${encode(textOf(value)).toString("hex")}`),
    ...readName(name).map(({ type, values }) =>
      values.map((value) => `${labels.get(type) ?? type}=${escaped(value)}`).join("+"),
    ),
  ];
  return shown.toReversed().join(",");
}

function escaped(value: string): string {
  return value.replaceAll(/[,+"\\<>;]|^[# ]| $/g, String.raw`\$&`);
}
