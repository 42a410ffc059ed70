import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson, type Json } from './canonical-json.ts';

/** 32 bytes in hexadecimal, as chains write them. */
export type Hash32 = `0x${string}`;

/** The SHA-256 (FIPS 180-4) of the canonical text of a JSON value, in UTF-8. @throws as `canonicalJson` */
export const sha256Of = (value: Json): Hash32 => `0x${bytesToHex(sha256(utf8ToBytes(canonicalJson(value))))}`;
