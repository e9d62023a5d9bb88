import 'reflect-metadata'; // before x509: its parts are put together by decorators
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
  type Extension,
} from '@peculiar/x509';

/** A certificate and its private key, both PEM. */
export interface Pair {
  certificate: string;
  key: string;
}

interface Validity {
  notBefore: Date;
  notAfter: Date;
}

/** The contents of a workload's certificate. */
interface Leaf extends Validity {
  /** The critical URI SAN: `spiffe://cluster.local/ns/shop/sa/checkout`. */
  identity: string;
}

const { subtle } = crypto;
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' };

/** A new root of a trust domain; it may sign workloads but no other authority. */
export async function createRoot(trustDomain: string, { notBefore, notAfter }: Validity): Promise<Pair> {
  const keys = await subtle.generateKey(CURVE, true, ['sign', 'verify']);
  const root = await X509CertificateGenerator.createSelfSigned({
    name: [{ O: [trustDomain] }],
    notBefore,
    notAfter,
    keys,
    signingAlgorithm: SIGNATURE,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: pem(root), key: await privatePem(keys.privateKey) };
}

/** Makes the function that signs workloads' certificates with a root. Throws if the root's key is no EC P-256 key. */
export async function signerOf(root: Pair): Promise<(leaf: Leaf) => Promise<Pair>> {
  const signingKey = await subtle.importKey('pkcs8', PemConverter.decodeFirst(root.key), CURVE, false, ['sign']);
  const issuer = new X509Certificate(root.certificate);

  return async function sign({ identity, notBefore, notAfter }) {
    const keys = await subtle.generateKey(CURVE, true, ['sign', 'verify']);
    const leaf = await X509CertificateGenerator.create({
      issuer: issuer.subjectName,
      notBefore,
      notAfter,
      publicKey: keys.publicKey,
      signingKey,
      signingAlgorithm: SIGNATURE,
      extensions: await leafExtensions(identity, keys.publicKey, issuer),
    });
    return { certificate: pem(leaf), key: await privatePem(keys.privateKey) };
  };
}

/** The URI is critical because there is no subject (SPIFFE X509-SVID, section 4; RFC 5280, 4.2.1.6). */
async function leafExtensions(identity: string, publicKey: CryptoKey, issuer: X509Certificate): Promise<Extension[]> {
  return [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth]),
    new SubjectAlternativeNameExtension([{ type: 'url', value: identity }], true),
    await SubjectKeyIdentifierExtension.create(publicKey),
    await AuthorityKeyIdentifierExtension.create(issuer),
  ];
}

function pem(certificate: X509Certificate): string {
  return `${certificate.toString('pem').trimEnd()}\n`;
}

async function privatePem(key: CryptoKey): Promise<string> {
  return `${PemConverter.encode(await subtle.exportKey('pkcs8', key), PemConverter.PrivateKeyTag).trimEnd()}\n`;
}
