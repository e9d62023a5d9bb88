// descriptors: the descriptors of every protobuf type that the control plane sends to Envoy, as one
// google.protobuf.FileDescriptorSet. Only what these types use is in it, and no comments, options or services.
package main

import (
	"fmt"
	"os"

	"google.golang.org/protobuf/proto"
)

// The file that make-table.ts reads, in the folder where this runs.
const file = "descriptors.binpb"

func main() {
	used, err := typesUsedBy(roots)
	if err != nil {
		die(err)
	}
	set := used.fileSet()
	// Deterministic: the same version of Envoy gives the same bytes.
	bytes, err := proto.MarshalOptions{Deterministic: true}.Marshal(set)
	if err != nil {
		die(err)
	}
	if err := os.WriteFile(file, bytes, 0o644); err != nil {
		die(err)
	}
	fmt.Printf("%s: %d types of %d files, %d kB\n", file, len(used), len(set.File), len(bytes)/1000)
}

func die(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
