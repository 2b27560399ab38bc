package hostprocess

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// manyAllocations is the number from which on a package's initialisation is noticed.
const manyAllocations = 60

// initialising are the packages that allocate more than that while the library is loaded, and how often at
// most: half as often again as measured.
var initialising = map[string]int{
	"github.com/dop251/goja":                   460,
	"github.com/dop251/goja/parser":            80,
	"github.com/dlclark/regexp2/v2/syntax":     110,
	"github.com/evanw/esbuild/internal/compat": 1300,
	"github.com/evanw/esbuild/pkg/api":         140,
	"github.com/google/pprof/profile":          1750, // of goja's profiler
	"github.com/zmqjs/zmqjs/jsglue":            540,  // the module's table
	"github.com/zmqjs/zmqjs/jsglue/gojavm":     200,
	"golang.org/x/text/collate":                440,
	"runtime/metrics":                          140,
	"golang.org/x/text/cases":                  60,
}

// While the library is loaded, no package of Go's does more than it must: each host pays for that.
func TestInitialisation(t *testing.T) {
	if target.Emulated() {
		t.Skip("the library that it builds would be this machine's")
	}
	built := buildLibraries(t, nil, "lib", "lean", "STRIP=", "GODEFAULTS=-X runtime.godebugDefault=inittrace=1")
	host := host(t, "resident", plain)
	most := map[string]int{"libzmqjs.so": 5500, "lean/libzmqjs-lean.so": 680}
	for library, most := range most {
		t.Run(library, func(t *testing.T) {
			result := testkit.Run(t, testkit.Options{}, host, filepath.Join(built, library))
			all, packages := 0, 0
			for _, line := range strings.Split(result.Stderr, "\n") {
				name, allocations, ok := initialised(line)
				if !ok {
					continue
				}
				all, packages = all+allocations, packages+1
				if allocations > max(manyAllocations, initialising[name]) {
					t.Errorf("%s allocates %d times when it is initialised", name, allocations)
				}
			}
			t.Logf("%d packages allocate %d times", packages, all)
			if result.Status != 0 || packages < 15 || all == 0 || all > most {
				t.Errorf("%d packages allocate %d times, not at most %d: %+v", packages, all, most, result)
			}
		})
	}
}

// initialised reads a line of Go's: "init NAME @N ms, N ms clock, N bytes, N allocs".
func initialised(line string) (name string, allocations int, ok bool) {
	words := strings.Fields(line)
	if len(words) < 3 || words[0] != "init" || words[len(words)-1] != "allocs" {
		return "", 0, false
	}
	allocations, err := strconv.Atoi(words[len(words)-2])
	return words[1], allocations, err == nil
}

// The lean library takes at most 6 MiB of memory more than libzmq alone.
func TestResidentSize(t *testing.T) {
	host := host(t, "resident", plain)
	size := func(library string) int {
		var kibibytes int
		result := testkit.Run(t, testkit.Options{}, host, library)
		if _, err := fmt.Sscan(result.Stdout, &kibibytes); err != nil || result.Status != 0 {
			t.Fatalf("%+v", result)
		}
		return kibibytes
	}
	without := size(installed(t))
	for _, library := range librariesUnderTest(t) {
		more := size(library.path) - without
		t.Logf("%s: %d KiB more than libzmq's %d", library.name, more, without)
		if library.name == "lean" && (more < 0 || more > 6<<10) {
			t.Errorf("%d KiB more than libzmq alone", more)
		}
	}
}
