/** Weights as one compressed file: a JSON tree in which typed arrays and maps are kept as binary sections. */
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

const ARRAYS = {
  i8: Int8Array,
  u8: Uint8Array,
  i16: Int16Array,
  u16: Uint16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f32: Float32Array,
} as const;
type ArrayName = keyof typeof ARRAYS;
type Packed = Int8Array | Uint8Array | Int16Array | Uint16Array | Uint32Array | Int32Array | Float32Array;

const MAGIC = 0x51574731;

/** Packs plain data with typed arrays and `Map<string, number>` inside. */
export function packWeights(value: unknown): Uint8Array {
  const sections: Uint8Array[] = [];
  let offset = 0;
  const section = (array: Packed): { $: string; at: number; n: number } => {
    const name = (Object.keys(ARRAYS) as ArrayName[]).find((k) => array instanceof ARRAYS[k])!;
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    const at = offset;
    sections.push(bytes);
    offset += bytes.length;
    const pad = (4 - (offset % 4)) % 4;
    if (pad > 0) sections.push(new Uint8Array(pad));
    offset += pad;
    return { $: name, at, n: array.length };
  };
  const walk = (v: unknown): unknown => {
    if (ArrayBuffer.isView(v)) return section(v as Packed);
    if (v instanceof Map) {
      const entries = [...(v as Map<string, number>)];
      const counting = entries.every(([, n], i) => n === i);
      return {
        $: 'map',
        keys: entries.map(([k]) => k).join('\n'),
        values: counting ? null : section(Float32Array.from(entries, ([, n]) => n)),
      };
    }
    if (Array.isArray(v)) return v.map(walk);
    if (v !== null && typeof v === 'object') return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, walk(x)]));
    return v;
  };
  const json = new TextEncoder().encode(JSON.stringify(walk(value)));
  const head = new Uint32Array([MAGIC, json.length]);
  const body = Buffer.concat([
    new Uint8Array(head.buffer),
    json,
    new Uint8Array((4 - (json.length % 4)) % 4),
    ...sections,
  ]);
  return brotliCompressSync(body, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 },
  });
}

/** Throws on a file that {@link packWeights} did not write. */
export function unpackWeights(file: Uint8Array): unknown {
  const raw = brotliDecompressSync(file);
  const body = new Uint8Array(raw.length);
  body.set(raw);
  const [magic, length] = new Uint32Array(body.buffer, 0, 2);
  if (magic !== MAGIC || length === undefined) throw new Error('not a weights file');
  const tree = JSON.parse(new TextDecoder().decode(body.subarray(8, 8 + length))) as unknown;
  const start = 8 + length + ((4 - (length % 4)) % 4);
  const array = (ref: { $: string; at: number; n: number }): Packed =>
    new ARRAYS[ref.$ as ArrayName](body.buffer, start + ref.at, ref.n);
  /** Counting maps of the same keys are one map in memory. */
  const counting = new Map<string, Map<string, number>>();
  const walk = (v: unknown): unknown => {
    if (Array.isArray(v)) return v.map(walk);
    if (v === null || typeof v !== 'object') return v;
    const tagged = v as { $?: string; keys?: string; values?: { $: string; at: number; n: number } | null };
    if (tagged.$ === 'map') {
      const text = tagged.keys!;
      const keys = text === '' ? [] : text.split('\n');
      if (tagged.values) {
        const values = array(tagged.values);
        return new Map(keys.map((k, i) => [k, values[i]!]));
      }
      let map = counting.get(text);
      if (map === undefined) {
        map = new Map(keys.map((k, i) => [k, i]));
        counting.set(text, map);
      }
      return map;
    }
    if (tagged.$ !== undefined) return array(v as { $: string; at: number; n: number });
    return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, walk(x)]));
  };
  return walk(tree);
}
