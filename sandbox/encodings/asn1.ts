import * as asn1 from "asn1js";

/** A value of ASN.1, of any of its types: https://www.itu.int/rec/T-REC-X.680 */
export type Value = asn1.BaseBlock;

/** Values in an order that means something. */
export function sequence(...value: Value[]): asn1.Sequence {
  return new asn1.Sequence({ value });
}

/** Values in the order of their bytes. */
export function setOf(...value: Value[]): asn1.Set {
  return new asn1.Set({ value: value.toSorted((left, right) => encode(left).compare(encode(right))) });
}

/** `2.5.29.17` */
export function objectIdentifier(value: string): asn1.ObjectIdentifier {
  return new asn1.ObjectIdentifier({ value });
}

const contextSpecific = 3;

/** Values, or bytes, that their place tells from others by number. */
export function tagged(tagNumber: number, content: readonly Value[] | Uint8Array): Value {
  const idBlock = { tagClass: contextSpecific, tagNumber };
  return content instanceof Uint8Array
    ? new asn1.Primitive({ idBlock, valueHex: content })
    : new asn1.Constructed({ idBlock, value: [...content] });
}

/** Whether a value is the one of that number. */
export function isTagged({ idBlock }: Value, tagNumber: number): boolean {
  return idBlock.tagClass === contextSpecific && idBlock.tagNumber === tagNumber;
}

/** In the Distinguished Encoding Rules: https://www.itu.int/rec/T-REC-X.690 */
export function encode(value: Value): Buffer {
  return Buffer.from(value.toBER());
}

/** The value that is all of the bytes. @throws Error where they hold none, or more */
export function decode(bytes: Uint8Array): Value {
  const { offset, result } = asn1.fromBER(bytes);
  if (offset === bytes.length) return result;
  throw new Error(`asn1: syntax error: ${offset === -1 ? result.error : "trailing data"}`);
}

/** The values inside one, or inside the bytes that it holds. */
export function inside(value: Value | undefined): readonly Value[] {
  const holds = value instanceof asn1.Constructed || value instanceof asn1.OctetString;
  return holds ? value.valueBlock.value : [];
}

/** The bytes of one that holds no values. */
export function bytesOf(value: Value | undefined): Buffer {
  const holds =
    value instanceof asn1.BitString || value instanceof asn1.OctetString || value instanceof asn1.Primitive;
  return Buffer.from(holds ? value.valueBlock.valueHexView : []);
}

/** `2.5.29.17`; `undefined` for what is no such number. */
export function identifierOf(value: Value | undefined): string | undefined {
  return value instanceof asn1.ObjectIdentifier ? value.getValue() : undefined;
}
