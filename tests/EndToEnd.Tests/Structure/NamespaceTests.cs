using System.Reflection.Metadata;

namespace EarlyWarning.EndToEnd.Tests.Structure;

/// <summary>
/// Within a project data flow one way, so that a part can be read, and taken out, without the rest: no namespace uses one that uses it. A
/// type's name is of one namespace, so that a word has one meaning.
/// </summary>
public sealed class NamespaceTests
{
    /// <summary>Which namespaces of a project are in a cycle still, without the project's own prefix. It may only shrink.</summary>
    private static readonly Dictionary<string, string[]> s_cycles = new() { };

    /// <summary>The names that types of several namespaces have still. It may only shrink.</summary>
    private static readonly string[] s_homonyms = ["Ranking"];

    [Fact]
    public void Namespaces_OfEachProject_AreInNoCycleThatIsNotNamedHere()
    {
        var found = Assemblies
            .Read(ReferencedNamespaces.Of)
            .Select(room =>
                (Room: room.Key, Cycles: InCycles(room.Value).Select(name => Short(room.Key, name)).Order(StringComparer.Ordinal))
            )
            .Where(room => room.Cycles.Any())
            .OrderBy(room => room.Room, StringComparer.Ordinal)
            .Select(room => $"[\"{room.Room}\"] = [{string.Join(", ", room.Cycles.Select(name => $"\"{name}\""))}],");

        Assert.Equal(
            s_cycles
                .OrderBy(room => room.Key, StringComparer.Ordinal)
                .Select(room => $"[\"{room.Key}\"] = [{string.Join(", ", room.Value.Select(name => $"\"{name}\""))}],"),
            found
        );
    }

    [Fact]
    public void Names_OfTypes_AreOfOneNamespaceEach()
    {
        var found = Assemblies
            .Read((_, reader) => reader.Written().Select(reader.GetTypeDefinition).Select(type => Full(reader, type)).ToArray())
            .SelectMany(room => room.Value)
            .GroupBy(type => type.Name, type => type.Namespace)
            .Where(name => name.Distinct().Count() > 1)
            .Select(name => name.Key)
            .Order(StringComparer.Ordinal);

        Assert.Equal(s_homonyms, found);
    }

    private static (string Namespace, string Name) Full(MetadataReader reader, TypeDefinition type) =>
        (reader.GetString(type.Namespace), reader.GetString(type.Name).Split('`')[0]);

    private static string Short(string room, string name) =>
        name == Assemblies.Prefix + room
            ? ""
            : name.Replace(Assemblies.Prefix + (room == "Engine" ? "Scoring.Engine." : $"{room}."), "", StringComparison.Ordinal);

    private static IEnumerable<string> InCycles(IReadOnlySet<(string From, string To)> edges)
    {
        var next = edges.ToLookup(edge => edge.From, edge => edge.To);
        return next.Select(from => from.Key).Where(start => Reached(start, next).Contains(start));
    }

    private static HashSet<string> Reached(string start, ILookup<string, string> next)
    {
        HashSet<string> reached = [];
        Stack<string> open = new([start]);
        while (open.TryPop(out var at))
        {
            foreach (var to in next[at].Where(reached.Add))
            {
                open.Push(to);
            }
        }

        return reached;
    }
}
