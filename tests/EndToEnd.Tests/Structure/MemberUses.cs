using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace EarlyWarning.EndToEnd.Tests.Structure;

/// <summary>A type of ours, or a member of one; those of one name are one.</summary>
internal readonly record struct Part(string Type, string Member)
{
    public override string ToString() => Member.Length == 0 ? Type : $"{Type}.{Member}";
}

/// <summary>
/// What one assembly declares, and which of ours each of its members uses. What the compiler makes of a lambda, an iterator or an
/// asynchronous method counts as the member in which it was written.
/// </summary>
internal sealed partial class MemberUses : ISignatureTypeProvider<string, object?>
{
    private readonly PEReader _file;
    private readonly MetadataReader _reader;
    private Part _by;

    private MemberUses(PEReader file, MetadataReader reader) => (_file, _reader) = (file, reader);

    /// <summary>The types and methods that could be used from elsewhere and that no base type or interface asks for.</summary>
    public HashSet<Part> Declared { get; } = [];

    public HashSet<(Part By, Part Used)> Uses { get; } = [];

    /// <summary>Reads an assembly.</summary>
    public static MemberUses Of(PEReader file, MetadataReader reader)
    {
        var uses = new MemberUses(file, reader);
        foreach (var type in reader.TypeDefinitions.Select(reader.GetTypeDefinition))
        {
            uses.Read(type);
        }

        return uses;
    }

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        Use(NameOf(reader.GetTypeDefinition(handle)));

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Use(NameOf(handle));

    public string GetTypeFromSpecification(MetadataReader reader, object? context, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, context);

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => genericType;

    public string GetArrayType(string elementType, ArrayShape shape) => elementType;

    public string GetByReferenceType(string elementType) => elementType;

    public string GetFunctionPointerType(MethodSignature<string> signature) => "";

    public string GetGenericMethodParameter(object? context, int index) => "";

    public string GetGenericTypeParameter(object? context, int index) => "";

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetPinnedType(string elementType) => elementType;

    public string GetPointerType(string elementType) => elementType;

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => "";

    public string GetSZArrayType(string elementType) => elementType;

    private void Read(TypeDefinition type)
    {
        var full = NameOf(type);
        var written = Owner().Match(full) is { Success: true } inner ? inner.Groups["type"].Value : full;
        var isOurs =
            full.StartsWith(Assemblies.Prefix, StringComparison.Ordinal)
            && full == written
            && !IsGenerated(type.GetCustomAttributes())
            && !IsMessage(type)
            && !full.EndsWith("._Imports", StringComparison.Ordinal);
        var fields = type.GetFields().Select(_reader.GetFieldDefinition).ToList();

        // Of what holds constants alone nothing is left where they are used; a page is found by its address.
        var isOfConstants = type.GetMethods().Count == 0 && fields.TrueForAll(field => field.Attributes.HasFlag(FieldAttributes.Literal));
        if (isOurs && !isOfConstants && !Carries(type.GetCustomAttributes(), ".RouteAttribute"))
        {
            Declared.Add(new(full, ""));
        }

        _by = new(written, Owner().Match(full) is { Success: true } owner ? owner.Groups["member"].Value : "");
        UseAll([type.BaseType, .. type.GetInterfaceImplementations().Select(one => _reader.GetInterfaceImplementation(one).Interface)]);
        UseAll([.. type.GetCustomAttributes().Select(one => _reader.GetCustomAttribute(one).Constructor)]);
        UseAll([.. type.GetGenericParameters().SelectMany(ConstraintsOf)]);
        fields.ForEach(field => field.DecodeSignature(this, null));
        var asked = type.GetMethodImplementations().Select(one => _reader.GetMethodImplementation(one).MethodBody).ToHashSet();
        foreach (var handle in type.GetMethods())
        {
            Read(_reader.GetMethodDefinition(handle), written, isOurs && !asked.Contains(handle));
        }
    }

    private void Read(MethodDefinition method, string type, bool isOurs)
    {
        var name = _reader.GetString(method.Name);
        var lambda = Owner().Match($"/{name}");
        var inType = _by;
        if (_by.Member.Length == 0)
        {
            _by = new(type, lambda.Success ? lambda.Groups["member"].Value : name);
        }

        method.DecodeSignature(this, null);
        UseAll([.. method.GetCustomAttributes().Select(one => _reader.GetCustomAttribute(one).Constructor)]);
        UseAll([.. method.GetGenericParameters().SelectMany(ConstraintsOf)]);
        if (method.RelativeVirtualAddress != 0)
        {
            var body = _file.GetMethodBody(method.RelativeVirtualAddress);
            if (!body.LocalSignature.IsNil)
            {
                _reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(this, null);
            }

            UseAll(body.Named());
        }

        _by = inType;
        if (
            isOurs
            && !lambda.Success
            && name[0] is not ('.' or '<')
            && !method.Attributes.HasFlag(MethodAttributes.Virtual)
            && (method.Attributes & MethodAttributes.MemberAccessMask) != MethodAttributes.Private
            && !IsGenerated(method.GetCustomAttributes())
            && !Carries(method.GetCustomAttributes(), ".JSInvokableAttribute")
        )
        {
            Declared.Add(new(type, name));
        }
    }

    private IEnumerable<EntityHandle> ConstraintsOf(GenericParameterHandle parameter) =>
        _reader.GetGenericParameter(parameter).GetConstraints().Select(one => _reader.GetGenericParameterConstraint(one).Type);

    private bool IsGenerated(CustomAttributeHandleCollection attributes) =>
        Carries(attributes, ".CompilerGeneratedAttribute") || Carries(attributes, ".GeneratedCodeAttribute");

    // What the contract's compiler writes has more than is used.
    private bool IsMessage(TypeDefinition type) =>
        type.GetInterfaceImplementations()
            .Select(one => _reader.GetInterfaceImplementation(one).Interface)
            .Any(one =>
                one.Kind == HandleKind.TypeReference
                && NameOf((TypeReferenceHandle)one).StartsWith("Google.Protobuf.", StringComparison.Ordinal)
            );

    private bool Carries(CustomAttributeHandleCollection attributes, string name) =>
        attributes.Any(one =>
            _reader.GetCustomAttribute(one).Constructor is { Kind: HandleKind.MemberReference } constructor
            && _reader.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } parent
            && NameOf((TypeReferenceHandle)parent).EndsWith(name, StringComparison.Ordinal)
        );

    private void UseAll(List<EntityHandle> handles) => handles.ForEach(handle => Use(handle, null));

    private void Use(EntityHandle handle, string? member)
    {
        switch (handle.Kind)
        {
            case var _ when handle.IsNil:
                break;
            case HandleKind.TypeDefinition:
                Use(NameOf(_reader.GetTypeDefinition((TypeDefinitionHandle)handle)), member);
                break;
            case HandleKind.TypeReference:
                Use(NameOf((TypeReferenceHandle)handle), member);
                break;
            case HandleKind.TypeSpecification:
                Use(_reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null), member);
                break;
            case HandleKind.FieldDefinition:
                Use(_reader.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType(), member);
                break;
            case HandleKind.MethodDefinition:
                var method = _reader.GetMethodDefinition((MethodDefinitionHandle)handle);
                Use(method.GetDeclaringType(), _reader.GetString(method.Name));
                break;
            case HandleKind.MemberReference:
                var reference = _reader.GetMemberReference((MemberReferenceHandle)handle);
                Use(reference.Parent, reference.GetKind() == MemberReferenceKind.Method ? _reader.GetString(reference.Name) : null);
                break;
            case HandleKind.MethodSpecification:
                var instance = _reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                instance.DecodeSignature(this, null);
                Use(instance.Method, member);
                break;
        }
    }

    private string Use(string type, string? member = null)
    {
        if (type.StartsWith(Assemblies.Prefix, StringComparison.Ordinal))
        {
            Uses.Add((_by, new(type, "")));
            if (member is not null)
            {
                Uses.Add((_by, new(type, member)));
            }
        }

        return type;
    }

    private string NameOf(TypeDefinition type) =>
        type.IsNested
            ? $"{NameOf(_reader.GetTypeDefinition(type.GetDeclaringType()))}/{Plain(type.Name)}"
            : $"{_reader.GetString(type.Namespace)}.{Plain(type.Name)}";

    private string NameOf(TypeReferenceHandle handle)
    {
        var type = _reader.GetTypeReference(handle);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{NameOf((TypeReferenceHandle)type.ResolutionScope)}/{Plain(type.Name)}"
            : $"{_reader.GetString(type.Namespace)}.{Plain(type.Name)}";
    }

    private string Plain(StringHandle name) => _reader.GetString(name).Split('`')[0];

    [GeneratedRegex("^(?<type>[^<]*?)/<(?<member>[^<>]*)>.*$")]
    private static partial Regex Owner();
}
