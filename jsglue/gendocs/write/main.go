// Command write writes the type declarations and the reference's tables.
package main

import (
	"log"
	"os"

	"github.com/zmqjs/zmqjs/jsglue/gendocs"
)

func main() {
	log.SetFlags(0)
	files, err := gendocs.Files(".")
	if err != nil {
		log.Fatal(err)
	}
	for name, content := range files {
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			log.Fatal(err)
		}
	}
}
