package jsglue

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// A certificate is a file with keys of CURVE, as those of czmq and pyzmq: the public one in
// one file, both in another whose name ends with _secret.
const secretSuffix = "_secret"

var loadCertificateFunction = &Function{
	Name:       "load_certificate",
	Parameters: []Parameter{{Name: "path", Type: Text}},
	Returns:    "Certificate",
	Summary:    "Reads the keys in the file of a certificate.",
	run: func(c *Call) (Data, error) {
		path := c.Arguments[0].Text
		public, secret, err := loadCertificate(path)
		if err != nil {
			return Data{}, fileError(err, path)
		}
		certificate := keypair(public, secret)
		if secret == "" {
			certificate.Elements[1] = Data{Kind: Null}
		}
		return certificate, nil
	},
}

var saveCertificateFunction = &Function{
	Name: "save_certificate",
	Parameters: []Parameter{
		{Name: "path", Type: Text},
		{Name: "public_key", Type: Text},
		{Name: "secret_key", Type: Text, Optional: true},
	},
	Returns: "0",
	Summary: "Writes the public key to the file of a certificate, and both keys to a second file that only its owner can read.",
	run:     saveCertificate,
}

func saveCertificate(c *Call) (Data, error) {
	path, public, secret := c.Arguments[0].Text, c.Arguments[1].Text, c.Arguments[2].Text
	if err := c.checkKey(1); err != nil {
		return Data{}, err
	}
	hasSecret := c.Arguments[2].Kind != Undefined
	if hasSecret {
		if err := c.checkKey(2); err != nil {
			return Data{}, err
		}
	}
	if err := writeCertificate(path, publicHeader, public, "", 0o644); err != nil {
		return Data{}, fileError(err, path)
	}
	if !hasSecret {
		return success, nil
	}
	if err := writeCertificate(path+secretSuffix, secretHeader, public, secret, 0o600); err != nil {
		return Data{}, fileError(err, path+secretSuffix)
	}
	return success, nil
}

const (
	publicHeader = "#   ZeroMQ CURVE Public Certificate\n#   Exchange securely, or use a secure mechanism to verify the contents\n#   of this file after exchange.\n"
	secretHeader = "#   ZeroMQ CURVE **Secret** Certificate\n#   DO NOT PROVIDE THIS FILE TO OTHER USERS nor change its permissions.\n"
)

// writeCertificate puts a whole file in the place of a former one.
func writeCertificate(path, header, public, secret string, mode fs.FileMode) error {
	content := fmt.Sprintf("%s\nmetadata\ncurve\n    public-key = \"%s\"\n", header, public)
	if secret != "" {
		content += fmt.Sprintf("    secret-key = \"%s\"\n", secret)
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".certificate-*") // mode 0600
	if err != nil {
		return err
	}
	_, err = file.WriteString(content)
	err = errors.Join(err, file.Chmod(mode), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name())
	}
	return err
}

var (
	errNoCertificate = errors.New("no certificate: it lacks a public-key in Z85, or its secret-key is none")
	errReadable      = errors.New("it has a secret key, and others than its owner can read it; chmod 600 ends that")
)

// A certificate is not longer, whatever its metadata.
const longestCertificate = 64 * 1024

func loadCertificate(path string) (public, secret string, err error) {
	file, err := openFile(path)
	if err != nil {
		return "", "", err
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, longestCertificate))
	if err != nil {
		return "", "", err
	}
	public, secret = key("public-key", content), key("secret-key", content)
	if !isKey(public) || secret != "" && !isKey(secret) {
		return "", "", errNoCertificate
	}
	info, err := file.Stat()
	if err == nil && secret != "" && othersCanRead(info) {
		err = errReadable
	}
	return public, secret, err
}

// key is the value of the line NAME = "VALUE"; "" if there is none.
func key(name string, content []byte) string {
	for line := range strings.Lines(string(content)) {
		left, right, _ := strings.Cut(line, "=")
		right = strings.TrimSpace(right)
		if strings.TrimSpace(left) == name && len(right) > 2 && right[0] == '"' && right[len(right)-1] == '"' {
			return right[1 : len(right)-1]
		}
	}
	return ""
}

// fileError is the exception for a file that was refused.
func fileError(err error, path string) error {
	errno, cause := errnoOf(err)
	switch {
	case errors.Is(err, errNoCertificate):
		errno = libzmq.EINVAL
	case errors.Is(err, errReadable):
		errno = libzmq.EACCES
	case errno == 0:
		return err
	default:
		err = cause
	}
	return &Error{
		Message: fmt.Sprintf("%s: %v", strings.ToValidUTF8(path, "\ufffd"), err),
		Code:    errnoName(int(errno)),
		Errno:   int(errno),
	}
}
