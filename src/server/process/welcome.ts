/** The short screen that a started server prints. Secrets stay in their file; the curl line reads them from there. */
import type { AuthClients } from '../../engine/index.ts';

export interface Welcome {
  readonly address: string;
  readonly pipelineAddress: string | null;
  /** Path of `auth_clients.yml`. */
  readonly credentials: string;
  readonly clients: AuthClients;
  /** Files that this start wrote. */
  readonly written: readonly string[];
}

const shellQuote = (text: string): string => `'${text.replace(/'/g, "'\\''")}'`;

export function welcomeScreen({ address, pipelineAddress, credentials, clients, written }: Welcome): string[] {
  const client = Object.keys(clients.clients)[0];
  const lines = [
    '',
    `  Querent is ready at ${address}   (docs: ${address}/docs)`,
    ...(pipelineAddress ? [`  Data pipeline API at ${pipelineAddress}`] : []),
    `  Client credentials: ${credentials}${written.includes(credentials) ? '   (just generated)' : ''}`,
  ];
  if (client) {
    const secret = `$(sed -n ${shellQuote(`s/^ *${client.replace(/[^A-Za-z0-9_-]/g, '.')}: *//p`)} ${shellQuote(credentials)})`;
    const token = `$(curl -s ${address}/auth/token -d client_id=${client} --data-urlencode "client_secret=${secret}" -d grant_type=client_credentials | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`;
    const body = '{"workflow":"nl2sql","namespace":"demo","task":"top 5 products by revenue"}';
    lines.push(
      '  Try:',
      '',
      `curl -s ${address}/workflows/run -H "Authorization: Bearer ${token}" -H 'Content-Type: application/json' -d '${body}'`,
    );
  }
  return [...lines, ''];
}
