package docs

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestSite: in a browser no page of make site is wider than a phone or a screen, every link leads to a
// place that there is, and the search finds a function's section.
func TestSite(t *testing.T) {
	root, site := testkit.Root(t), filepath.Join(t.TempDir(), "site")
	options := testkit.Options{Dir: root, Limit: 20 * time.Minute, Group: true}
	if result := testkit.Run(t, options, "scripts/site", site); result.Status != 0 {
		t.Fatalf("%+v", result)
	}
	var pages []string
	err := filepath.WalkDir(site, func(path string, _ fs.DirEntry, err error) error {
		if name, _ := filepath.Rel(site, path); strings.HasSuffix(name, ".html") && name != "404.html" {
			pages = append(pages, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(site)))
	defer server.Close()
	result := testkit.Run(t, options, "node", append([]string{testdata(t, "site.cjs"), server.URL, ""}, pages...)...)
	checked := regexp.MustCompile(`^(\d+) pages, \d{3,} links\n$`)
	if result.Status != 0 || result.Stderr != "" || !checked.MatchString(result.Stdout) || len(pages) < 15 {
		t.Errorf("%d pages: %+v", len(pages), result)
	}
}
