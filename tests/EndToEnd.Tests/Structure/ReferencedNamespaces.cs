using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace EarlyWarning.EndToEnd.Tests.Structure;

/// <summary>
/// Which namespaces of one assembly use which others of it: by what types are made of, and by what the code of their methods names. A
/// constant is not seen, because the compiler writes its value.
/// </summary>
internal sealed class ReferencedNamespaces : ISignatureTypeProvider<object?, object?>
{
    private readonly PEReader _file;
    private readonly MetadataReader _reader;
    private readonly HashSet<(string From, string To)> _edges = [];
    private string _from = "";

    private ReferencedNamespaces(PEReader file, MetadataReader reader) => (_file, _reader) = (file, reader);

    /// <summary>Reads an assembly.</summary>
    public static IReadOnlySet<(string From, string To)> Of(PEReader file, MetadataReader reader)
    {
        var graph = new ReferencedNamespaces(file, reader);
        foreach (var handle in reader.TypeDefinitions)
        {
            graph._from = reader.NamespaceOf(handle);
            if (graph._from.StartsWith(Assemblies.Prefix, StringComparison.Ordinal))
            {
                graph.ReadType(reader.GetTypeDefinition(handle));
            }
        }

        return graph._edges;
    }

    public object? GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        Add(handle);
        return null;
    }

    public object? GetTypeFromSpecification(MetadataReader reader, object? context, TypeSpecificationHandle handle, byte rawTypeKind)
    {
        Add(handle);
        return null;
    }

    // What a type is made of is visited by itself.
    public object? GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => null;

    public object? GetArrayType(object? elementType, ArrayShape shape) => null;

    public object? GetByReferenceType(object? elementType) => null;

    public object? GetFunctionPointerType(MethodSignature<object?> signature) => null;

    public object? GetGenericInstantiation(object? genericType, ImmutableArray<object?> typeArguments) => null;

    public object? GetGenericMethodParameter(object? context, int index) => null;

    public object? GetGenericTypeParameter(object? context, int index) => null;

    public object? GetModifiedType(object? modifier, object? unmodifiedType, bool isRequired) => null;

    public object? GetPinnedType(object? elementType) => null;

    public object? GetPointerType(object? elementType) => null;

    public object? GetPrimitiveType(PrimitiveTypeCode typeCode) => null;

    public object? GetSZArrayType(object? elementType) => null;

    private void ReadType(TypeDefinition type)
    {
        Add(type.BaseType);
        foreach (var one in type.GetInterfaceImplementations())
        {
            Add(_reader.GetInterfaceImplementation(one).Interface);
        }

        foreach (var constraint in type.GetGenericParameters().SelectMany(one => _reader.GetGenericParameter(one).GetConstraints()))
        {
            Add(_reader.GetGenericParameterConstraint(constraint).Type);
        }

        foreach (var field in type.GetFields())
        {
            _reader.GetFieldDefinition(field).DecodeSignature(this, null);
        }

        foreach (var attribute in type.GetCustomAttributes())
        {
            Add(_reader.GetCustomAttribute(attribute).Constructor);
        }

        foreach (var method in type.GetMethods().Select(_reader.GetMethodDefinition))
        {
            method.DecodeSignature(this, null);
            if (method.RelativeVirtualAddress != 0)
            {
                ReadBody(_file.GetMethodBody(method.RelativeVirtualAddress));
            }
        }
    }

    private void ReadBody(MethodBodyBlock body)
    {
        if (!body.LocalSignature.IsNil)
        {
            _reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(this, null);
        }

        body.Named().ForEach(Add);
    }

    private void Add(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case var _ when handle.IsNil:
                break;
            case HandleKind.TypeDefinition:
                var to = _reader.NamespaceOf((TypeDefinitionHandle)handle);
                if (to != _from && to.StartsWith(Assemblies.Prefix, StringComparison.Ordinal))
                {
                    _edges.Add((_from, to));
                }

                break;
            case HandleKind.TypeSpecification:
                _reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null);
                break;
            case HandleKind.FieldDefinition:
                Add(_reader.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MethodDefinition:
                Add(_reader.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MemberReference:
                Add(_reader.GetMemberReference((MemberReferenceHandle)handle).Parent);
                break;
            case HandleKind.MethodSpecification:
                var method = _reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                method.DecodeSignature(this, null);
                Add(method.Method);
                break;
        }
    }
}
