package main

import (
	"fmt"
	"sort"

	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
)

// types: messages and enums by their full names.
type types map[protoreflect.FullName]protoreflect.Descriptor

// typesUsedBy: these messages, and all messages and enums of their fields. It fails for a name that no imported package has.
func typesUsedBy(names []protoreflect.FullName) (types, error) {
	used := types{}
	for _, name := range names {
		root, err := protoregistry.GlobalFiles.FindDescriptorByName(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w (is its package imported in roots.go?)", name, err)
		}
		used.add(root)
	}
	return used, nil
}

func (used types) add(one protoreflect.Descriptor) {
	if used.has(one.FullName()) {
		return
	}
	used[one.FullName()] = one
	message, isMessage := one.(protoreflect.MessageDescriptor)
	if !isMessage {
		return
	}
	fields := message.Fields()
	for i := 0; i < fields.Len(); i++ {
		if of := fields.Get(i).Message(); of != nil {
			used.add(of)
		}
		if of := fields.Get(i).Enum(); of != nil {
			used.add(of)
		}
	}
}

func (used types) has(name protoreflect.FullName) bool {
	_, found := used[name]
	return found
}

// fileSet: the files of these types with nothing else in them. Each file comes after those that it imports.
func (used types) fileSet() *descriptorpb.FileDescriptorSet {
	files := map[string]protoreflect.FileDescriptor{}
	for _, one := range used {
		files[one.ParentFile().Path()] = one.ParentFile()
	}
	set := &descriptorpb.FileDescriptorSet{}
	seen := map[string]bool{}
	var visit func(file protoreflect.FileDescriptor)
	visit = func(file protoreflect.FileDescriptor) {
		if seen[file.Path()] {
			return
		}
		seen[file.Path()] = true
		imports := file.Imports()
		for i := 0; i < imports.Len(); i++ {
			visit(imports.Get(i).FileDescriptor)
		}
		if files[file.Path()] != nil {
			trimmed := protodesc.ToFileDescriptorProto(file)
			used.trim(trimmed)
			set.File = append(set.File, trimmed)
		}
	}
	for _, path := range sortedKeys(files) {
		visit(files[path])
	}
	return set
}

func sortedKeys[Value any](of map[string]Value) []string {
	keys := make([]string, 0, len(of))
	for key := range of {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
