import { X509Certificate } from 'node:crypto';
import { at } from '../shop/objects.ts';
import { type Secret, text } from './dump.ts';

/** istioctl's table of secrets. Keys are neither read nor shown. Source: istio/istio, istioctl/pkg/writer/envoy/configdump/secret.go. */
export function secretRows(secrets: readonly Secret[], now: number): string[][] {
  const rows = secrets.map((secret) => {
    const { type, pem } = chainOf(secret);
    const certificate = parsed(pem);
    const facts = certificate === undefined ? ['false', '', '', ''] : factsOf(certificate, now);
    return [text(secret, 'name'), type, secret.state, ...facts];
  });
  return [['RESOURCE NAME', 'TYPE', 'STATUS', 'VALID CERT', 'SERIAL NUMBER', 'NOT AFTER', 'NOT BEFORE'], ...rows];
}

function factsOf(certificate: X509Certificate, now: number): string[] {
  const { serialNumber, validFromDate, validToDate } = certificate;
  const isValid = validFromDate.getTime() <= now && now <= validToDate.getTime();
  const time = (date: Date) => date.toISOString().replace('.000Z', 'Z');
  return [`${isValid}`, serialNumber.toLowerCase(), time(validToDate), time(validFromDate)];
}

function chainOf({ secret }: Secret): { type: string; pem: string } {
  const chain = at(secret, 'tls_certificate', 'certificate_chain');
  if (chain !== undefined) return { type: 'Cert Chain', pem: dataOf(chain) };
  return { type: 'CA', pem: dataOf(at(secret, 'validation_context', 'trusted_ca')) };
}

/** Envoy shows a text as it is, or as bytes in base64. */
function dataOf(source: unknown): string {
  const inline = text(source, 'inline_string');
  return inline || Buffer.from(text(source, 'inline_bytes'), 'base64').toString('utf8');
}

function parsed(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}
