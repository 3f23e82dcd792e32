// Certificates makes a certificate authority and the certificates it signs, as PEM files in one folder.
//
// It reads a request as JSON from standard input. A folder that already has its ca.crt is left alone, so that a
// cluster keeps its identity between starts. Each file is readable by its owner only.
package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

type request struct {
	Folder string `json:"folder"`
	// The authority's common name.
	Authority    string        `json:"authority"`
	Certificates []certificate `json:"certificates"`
	// Names of bare keys, each with its public half (service accounts are signed with one).
	Keys []string `json:"keys"`
}

type certificate struct {
	// The files are Name.crt and Name.key.
	Name         string   `json:"name"`
	CommonName   string   `json:"commonName"`
	Organization []string `json:"organization"`
	// A certificate with hosts is a server's (and, as etcd's own needs it, a client's); without, a client's.
	Hosts []string `json:"hosts"`
}

func main() {
	var wanted request
	if err := json.NewDecoder(os.Stdin).Decode(&wanted); err != nil {
		fail(err)
	}
	if _, err := os.Stat(filepath.Join(wanted.Folder, "ca.crt")); err == nil {
		return
	}
	if err := makeAll(wanted); err != nil {
		fail(err)
	}
}

func makeAll(wanted request) error {
	if err := os.MkdirAll(wanted.Folder, 0o700); err != nil {
		return err
	}
	authorityKey, err := newKey()
	if err != nil {
		return err
	}
	authority := template(pkix.Name{CommonName: wanted.Authority})
	authority.IsCA = true
	authority.BasicConstraintsValid = true
	authority.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature
	for _, one := range wanted.Certificates {
		if err := sign(wanted.Folder, one, authority, authorityKey); err != nil {
			return err
		}
	}
	for _, name := range wanted.Keys {
		if err := writeBareKey(wanted.Folder, name); err != nil {
			return err
		}
	}
	// The authority comes last: its file says that the folder is complete. Its key is written nowhere.
	return writeCertificate(wanted.Folder, "ca", authority, authority, authorityKey.Public(), authorityKey)
}

func sign(folder string, one certificate, authority *x509.Certificate, authorityKey *ecdsa.PrivateKey) error {
	key, err := newKey()
	if err != nil {
		return err
	}
	leaf := template(pkix.Name{CommonName: one.CommonName, Organization: one.Organization})
	leaf.KeyUsage = x509.KeyUsageDigitalSignature
	leaf.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	if len(one.Hosts) > 0 {
		leaf.ExtKeyUsage = append(leaf.ExtKeyUsage, x509.ExtKeyUsageServerAuth)
	}
	for _, host := range one.Hosts {
		if address := net.ParseIP(host); address != nil {
			leaf.IPAddresses = append(leaf.IPAddresses, address)
		} else {
			leaf.DNSNames = append(leaf.DNSNames, host)
		}
	}
	if err := writeKey(folder, one.Name, key); err != nil {
		return err
	}
	return writeCertificate(folder, one.Name, leaf, authority, key.Public(), authorityKey)
}

func template(subject pkix.Name) *x509.Certificate {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		fail(err)
	}
	// An hour back for clocks that differ; ten years, since nobody renews a practice cluster.
	now := time.Now()
	return &x509.Certificate{
		Subject:      subject,
		SerialNumber: serial,
		NotBefore:    now.Add(-time.Hour),
		NotAfter:     now.AddDate(10, 0, 0),
	}
}

func newKey() (*ecdsa.PrivateKey, error) {
	return ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
}

func writeCertificate(folder, name string, leaf, parent *x509.Certificate, public crypto.PublicKey, signer crypto.Signer) error {
	der, err := x509.CreateCertificate(rand.Reader, leaf, parent, public, signer)
	if err != nil {
		return err
	}
	return writePEM(filepath.Join(folder, name+".crt"), "CERTIFICATE", der)
}

func writeKey(folder, name string, key *ecdsa.PrivateKey) error {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	return writePEM(filepath.Join(folder, name+".key"), "PRIVATE KEY", der)
}

func writeBareKey(folder, name string) error {
	key, err := newKey()
	if err != nil {
		return err
	}
	der, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return err
	}
	if err := writePEM(filepath.Join(folder, name+".pub"), "PUBLIC KEY", der); err != nil {
		return err
	}
	return writeKey(folder, name, key)
}

func writePEM(path, kind string, der []byte) error {
	return os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "certificates: "+err.Error())
	os.Exit(1)
}
