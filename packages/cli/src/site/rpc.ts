import * as z from 'zod';

/** JSON-RPC 2.0's own codes, and one of those that it leaves to servers. */
const PARSE_ERROR = -32_700;
const INVALID_REQUEST = -32_600;
const METHOD_NOT_FOUND = -32_601;
const CHAIN_GONE = -32_001;

/** {ms} */
const TIMEOUT = 20_000;
/** What a page and a wallet need. The others of a devnet move its clock and its balances. */
const ALLOWED = /^(eth|net|web3)_/;

const idSchema = z.union([z.string(), z.number(), z.null()]);
const requestSchema = z.looseObject({ jsonrpc: z.literal('2.0'), id: idSchema, method: z.string() });
const responsesSchema = z.array(z.looseObject({ id: idSchema }));

type Request = z.infer<typeof requestSchema>;
type Id = z.infer<typeof idSchema>;
type Response = z.infer<typeof responsesSchema>[number];

const failure = (id: Id, code: number, message: string, hint: string): Response => ({
  ...{ jsonrpc: '2.0', id },
  error: { code, message, data: { hint } },
});

const gone = ({ id }: Request): Response =>
  failure(id, CHAIN_GONE, 'the chain does not answer', 'wait a moment, or start the chain again');

/** Asks the chain; whatever goes wrong there, each request gets an answer. */
const ask = async (url: string, requests: readonly Request[]): Promise<readonly Response[]> => {
  if (requests.length === 0) return [];
  try {
    const answer = await fetch(url, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(requests) },
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const responses = responsesSchema.parse(await answer.json());
    const answered = new Set(responses.map(({ id }) => id));
    return [...responses, ...requests.filter(({ id }) => !answered.has(id)).map(gone)];
  } catch {
    return requests.map(gone);
  }
};

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

/**
 * Passes JSON-RPC on to the chain at `url`, single requests and batches. It never fails: a page that gets errors as JSON-RPC
 * can tell people what they mean, where a browser would only log that the network failed.
 *
 * @returns what to answer, with status 200
 */
export const forwardRpc = async (url: string, body: string): Promise<Response | readonly Response[]> => {
  const asked = parsed(body);
  if (asked === undefined) return failure(null, PARSE_ERROR, 'not JSON', 'send a JSON-RPC request');
  const refused: Response[] = [];
  const passed: Request[] = [];
  for (const one of Array.isArray(asked) ? asked : [asked]) {
    const { success, data } = requestSchema.safeParse(one);
    if (!success) refused.push(failure(null, INVALID_REQUEST, 'not a JSON-RPC 2.0 request', 'send id and method'));
    else if (ALLOWED.test(data.method)) passed.push(data);
    else refused.push(failure(data.id, METHOD_NOT_FOUND, `${data.method} is not served here`, 'ask the chain itself'));
  }
  const responses = [...refused, ...(await ask(url, passed))];
  const [first] = responses;
  if (Array.isArray(asked)) return responses;
  return first ?? failure(null, INVALID_REQUEST, 'an empty request', 'send id and method');
};
