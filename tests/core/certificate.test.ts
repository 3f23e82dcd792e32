import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { readCertificates } from '../../core/certificate.ts'

// Self-signed, of a key that nobody has.
const pem = `-----BEGIN CERTIFICATE-----
MIIB0zCCAXqgAwIBAgIUSs7VN+ymQncayAxIJGLdeGQcLqswCgYIKoZIzj0EAwIw
LDEQMA4GA1UECgwHRXhhbXBsZTEYMBYGA1UEAwwPYXBpLmV4YW1wbGUub3JnMB4X
DTI2MTEyMzEzMzYzM1oXDTM2MTEyMDEzMzYzM1owLDEQMA4GA1UECgwHRXhhbXBs
ZTEYMBYGA1UEAwwPYXBpLmV4YW1wbGUub3JnMFkwEwYHKoZIzj0CAQYIKoZIzj0D
AQcDQgAEfonBGB/GNfkRKYgCzfRRDTw7rD85fldNWF/qr+VQzH8mH4ZXaMIXFP7n
gyrPBKhQwhy1w2BshRJrmcOYXQCHH6N6MHgwHQYDVR0OBBYEFK+YAiTe6Z3Ae/F2
Hn9k5MVujbWuMB8GA1UdIwQYMBaAFK+YAiTe6Z3Ae/F2Hn9k5MVujbWuMA8GA1Ud
EwEB/wQFMAMBAf8wJQYDVR0RBB4wHIIPYXBpLmV4YW1wbGUub3JnggNhcGmHBAoA
AAEwCgYIKoZIzj0EAwIDRwAwRAIgZCLSoiSJt56kLctcSgG0hTjV9zZ1EFm9eo9d
3YIsmrsCIAf2XK27L+yP9ymEyPLdVNMAGI3IoocnUcxYCCTCVrFV
-----END CERTIFICATE-----`

test('a certificate is read as OpenSSL reads it', () => {
  const [certificate, ...more] = readCertificates(`about it\n${pem}\n`)
  const known = new X509Certificate(pem)
  expect(more).toEqual([])
  expect(certificate).toEqual({
    subject: 'O=Example, CN=api.example.org',
    issuer: 'O=Example, CN=api.example.org',
    from: new Date(known.validFrom),
    until: new Date(known.validTo),
    names: ['api.example.org', 'api', '10.0.0.1'],
  })
})

test('a bundle gives all that can be read', () => {
  const broken = pem.replace(/\n[A-Za-z0-9+/]{20}/, '\nAAAA')
  expect(readCertificates([pem, broken, pem].join('\n'))).toHaveLength(2)
})

test.each([
  ['nothing', ''],
  ['another thing in PEM', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'],
  ['what is no base64', '-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----'],
  ['what is cut off', pem.slice(0, 200)],
  ['a length beyond its end', '-----BEGIN CERTIFICATE-----\nMIT/////\n-----END CERTIFICATE-----'],
])('%s is none', (_, text) => {
  expect(readCertificates(text)).toEqual([])
})
