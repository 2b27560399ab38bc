package install

import (
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	status := m.Run()
	removeBuild()
	os.Exit(status)
}
