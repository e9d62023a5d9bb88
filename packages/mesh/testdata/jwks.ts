/** A set of one public key (ES256). Its private half does not exist. */
export const JWKS =
  '{"keys":[{"kid":"k0","alg":"ES256","use":"sig","kty":"EC","x":"f_f-jGLcPsYxMN3_hcBigw8IZl5mXy6WBIlVvKlAQLM","y":"m7xcCUUE2IAeQuwB4yuC7AqpPlAE6cIWoLIXp_Le9Mc","crv":"P-256"}]}';
