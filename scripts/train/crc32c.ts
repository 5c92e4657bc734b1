/** CRC-32C (Castagnoli; RFC 3720, appendix B.4), byte by byte: the polynomial with its bits reversed. */
const POLYNOMIAL = 0x82f63b78;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = remainder >>> 1 ^ ((remainder & 1) === 1 ? POLYNOMIAL : 0);
  return remainder;
});

/** The CRC-32C of some bytes, from 0 to 2³² − 1. */
export function crc32c(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) crc = crc >>> 8 ^ TABLE[(crc ^ byte) & 255]!;
  return ~crc >>> 0;
}
