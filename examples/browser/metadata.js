/** The metadata of an ONNX file, which ONNX Runtime for the web does not tell: field 14 of its protocol buffer. */
export function metadata(file) {
  const found = {};
  for (const { field, bytes } of fields(file)) {
    if (field === 14) {
      const [key, value] = fields(bytes).map(entry => new TextDecoder().decode(entry.bytes));
      found[key] = value;
    }
  }
  return found;
}

/** The fields of a message that have a length; others are passed over. */
function fields(bytes) {
  const found = [];
  let at = 0;
  const number = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) {
        throw new Error(`not a whole ONNX file: it ends after ${bytes.length} bytes`);
      }
      value += (byte & 127) * factor;
      if (byte < 128) {
        return value;
      }
    }
  };
  while (at < bytes.length) {
    const tag = number();
    switch (tag & 7) {
      case 0: number(); break;
      case 1: at += 8; break;
      case 5: at += 4; break;
      case 2: {
        const length = number();
        found.push({ field: tag >> 3, bytes: bytes.subarray(at, at + length) });
        at += length;
        break;
      }
      default: throw new Error(`not an ONNX file: byte ${at} is of no known kind`);
    }
  }
  return found;
}
