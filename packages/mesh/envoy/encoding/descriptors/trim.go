package main

import (
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"
)

// trim takes from a file what no type of `used` needs, and the imports that are then without use.
func (used types) trim(file *descriptorpb.FileDescriptorProto) {
	scope := protoreflect.FullName(file.GetPackage())
	file.MessageType = used.trimMessages(file.MessageType, scope)
	file.EnumType = used.trimEnums(file.EnumType, scope)
	file.Options, file.Service, file.Extension = nil, nil, nil
	imports := map[string]bool{}
	used.collectImports(file.MessageType, imports)
	delete(imports, file.GetName())
	file.Dependency, file.PublicDependency, file.WeakDependency = sortedKeys(imports), nil, nil
}

// trimMessages: a message around a used one stays, without fields.
func (used types) trimMessages(all []*descriptorpb.DescriptorProto, scope protoreflect.FullName) []*descriptorpb.DescriptorProto {
	var kept []*descriptorpb.DescriptorProto
	for _, message := range all {
		name := scope.Append(protoreflect.Name(message.GetName()))
		message.NestedType = used.trimMessages(message.NestedType, name)
		message.EnumType = used.trimEnums(message.EnumType, name)
		if !used.has(name) {
			if len(message.NestedType)+len(message.EnumType) == 0 {
				continue
			}
			message.Field, message.OneofDecl = nil, nil
		}
		trimOptions(message)
		kept = append(kept, message)
	}
	return kept
}

// trimOptions leaves two options, which change the bytes: that a message is the entry of a map, and that a list is not packed.
func trimOptions(message *descriptorpb.DescriptorProto) {
	if !message.GetOptions().GetMapEntry() {
		message.Options = nil
	}
	for _, field := range message.Field {
		if field.GetOptions() != nil && field.Options.Packed == nil {
			field.Options = nil
		}
	}
	for _, oneof := range message.OneofDecl {
		oneof.Options = nil
	}
	message.ReservedRange, message.ReservedName = nil, nil
}

func (used types) trimEnums(all []*descriptorpb.EnumDescriptorProto, scope protoreflect.FullName) []*descriptorpb.EnumDescriptorProto {
	var kept []*descriptorpb.EnumDescriptorProto
	for _, enum := range all {
		if !used.has(scope.Append(protoreflect.Name(enum.GetName()))) {
			continue
		}
		enum.Options = nil
		for _, value := range enum.Value {
			value.Options = nil
		}
		kept = append(kept, enum)
	}
	return kept
}

// collectImports adds the files of the types of all fields. A type's name begins with a dot.
func (used types) collectImports(messages []*descriptorpb.DescriptorProto, imports map[string]bool) {
	for _, message := range messages {
		for _, field := range message.Field {
			if name := field.GetTypeName(); name != "" {
				imports[used[protoreflect.FullName(name[1:])].ParentFile().Path()] = true
			}
		}
		used.collectImports(message.NestedType, imports)
	}
}
