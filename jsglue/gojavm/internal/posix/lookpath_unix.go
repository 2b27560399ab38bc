//go:build unix

package posix

import (
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// LookPath finds a program as execvp(3) does. A name with a slash is a path,
// relative to dir, the working directory of the child.
func LookPath(file, dir string) (string, error) {
	if strings.Contains(file, "/") {
		return file, nil
	}
	path, ok := os.LookupEnv("PATH")
	if !ok {
		path = "/bin:/usr/bin"
	}
	found := error(unix.ENOENT)
	for _, d := range filepath.SplitList(path) {
		if d == "" {
			d = "."
		}
		name := filepath.Join(d, file)
		check := name
		if !filepath.IsAbs(d) {
			name = "./" + name
			check = filepath.Join(dir, name)
		}
		st, err := os.Stat(check)
		if err != nil || st.IsDir() {
			continue
		}
		if err := unix.Access(check, unix.X_OK); err != nil {
			found = err
			continue
		}
		return name, nil
	}
	return "", found
}
