using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace EarlyWarning.EndToEnd.Tests.Structure;

/// <summary>The suite's own assemblies as they were built, without what Orleans and the contract's compiler generate.</summary>
internal static class Assemblies
{
    public const string Prefix = "EarlyWarning.";

    /// <summary>Reads something of each, by its name without the prefix.</summary>
    public static IReadOnlyDictionary<string, T> Read<T>(Func<PEReader, MetadataReader, T> read)
    {
        string[] rooms = [.. ReferenceTests.Rooms.Where(room => room != "Protos")];
        return rooms.ToDictionary(
            room => room,
            room =>
            {
                using PEReader file = new(File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"{NameOf(room)}.dll")));
                return read(file, file.GetMetadataReader());
            }
        );
    }

    /// <summary>The types that somebody wrote: those that stand in one of the suite's namespaces, not within another type.</summary>
    public static IEnumerable<TypeDefinitionHandle> Written(this MetadataReader reader) =>
        reader.TypeDefinitions.Where(handle =>
            reader.GetTypeDefinition(handle) is { IsNested: false } type
            && reader.GetString(type.Namespace).StartsWith(Prefix, StringComparison.Ordinal)
            && reader.GetString(type.Name)[0] is not ('<' or '_')
        );

    /// <summary>The namespace in which a type stands; that of the outermost where types stand within types.</summary>
    public static string NamespaceOf(this MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        return type.IsNested ? reader.NamespaceOf(type.GetDeclaringType()) : reader.GetString(type.Namespace);
    }

    private static string NameOf(string room) => room == "Cli" ? "ew" : Prefix + room;
}
