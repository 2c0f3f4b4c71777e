using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EarlyWarning.EndToEnd.Tests.Structure;

/// <summary>
/// Which room of the house may know which: services know each other only through protos, grain interfaces, topics and the catalogue that
/// they share. Board and Cli see protos only, only Host sees all, and nobody but Scoring, Catalogue and Risk sees the engine.
/// </summary>
public sealed partial class ReferenceTests
{
    private static readonly string[] s_everyService = ["Protos", "ServiceDefaults", "Contracts", "Catalogue"];

    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["Protos"] = [],
        ["ServiceDefaults"] = ["Protos"],
        ["Access"] = ["Protos", "ServiceDefaults", "Contracts", "Catalogue", "Store", "Yaml"],
        ["Engine"] = [],
        // Reads files for whoever has some.
        ["Yaml"] = ["Protos"],
        ["Catalogue"] = ["Protos", "Engine", "Yaml"],
        ["Contracts"] = ["Protos", "Catalogue"],
        ["Store"] = [],
        ["Messaging"] = ["Store"],
        ["Indicators"] = [.. s_everyService, "Store", "Yaml"],
        ["Risk"] = [.. s_everyService, "Engine", "Store", "Messaging"],
        ["Scoring"] = [.. s_everyService, "Engine", "Store"],
        ["Notification"] = [.. s_everyService, "Store", "Messaging", "Yaml"],
        ["Escalation"] = [.. s_everyService, "Store", "Messaging", "Yaml"],
        ["Ledger"] = [.. s_everyService, "Store"],
        ["Sidecar"] = ["Protos", "ServiceDefaults", "Store", "Yaml"],
        // What every service has at its start holds for the page too.
        ["Board"] = ["Protos", "ServiceDefaults"],
        ["Cli"] = ["Protos", "Yaml"],
        ["Host"] =
        [
            .. s_everyService,
            "Access",
            "Store",
            "Messaging",
            "Indicators",
            "Risk",
            "Scoring",
            "Notification",
            "Escalation",
            "Ledger",
            "Sidecar",
            "Board",
            "Yaml",
        ],
    };

    [Fact]
    public void Projects_ReferToEachOther_OnlyAsTheDesignAllows()
    {
        var projects = Projects();

        Assert.Equal(s_allowed.Keys.Order(StringComparer.Ordinal), projects.Keys.Order(StringComparer.Ordinal));
        Assert.All(projects, project =>
            Assert.Empty(References(project.Value).Except(s_allowed[project.Key]).Select(to => $"{project.Key} → {to}"))
        );
    }

    // A reference is passed on to whoever refers to its project, so the projects' files alone do not say what the code sees.
    [Fact]
    public void Sources_OfEachProject_UseOnlyWhatItRefersTo()
    {
        var rooms = Projects().Keys.ToHashSet(StringComparer.Ordinal);
        Assert.All(Projects(), project =>
            Assert.Empty(
                Sources(project.Value)
                    .SelectMany(source => Used(source, rooms).Select(to => (Source: source, To: to)))
                    .Where(use => use.To != project.Key && !References(project.Value).Contains(use.To))
                    .Select(use => $"{Path.GetRelativePath(Repository.Root, use.Source)} → {use.To}")
            )
        );
    }

    /// <summary>The rooms of the house, which are projects.</summary>
    public static IEnumerable<string> Rooms => s_allowed.Keys;

    private static Dictionary<string, string> Projects() =>
        Directory
            .GetFiles(Path.Combine(Repository.Root, "services"), "*.csproj", SearchOption.AllDirectories)
            .Append(Path.Combine(Repository.Root, "protos", "Protos.csproj"))
            .ToDictionary(project => Path.GetFileNameWithoutExtension(project)!);

    private static string[] References(string project) =>
        [
            .. XDocument
                .Load(project)
                .Descendants("ProjectReference")
                .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value)),
        ];

    private static IEnumerable<string> Sources(string project)
    {
        var folder = Path.GetDirectoryName(project)!;
        var inner = Directory
            .GetFiles(folder, "*.csproj", SearchOption.AllDirectories)
            .Select(other => Path.GetDirectoryName(other)!)
            .Where(other => other != folder);
        return Directory
            .EnumerateFiles(folder, "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor")
            .Where(file => !inner.Any(other => file.StartsWith(other + Path.DirectorySeparatorChar, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Used(string source, HashSet<string> rooms) =>
        Usings()
            .Matches(File.ReadAllText(source))
            .Select(use =>
                (use.Groups["room"].Value, use.Groups["inner"].Value) switch
                {
                    ("V1", _) => "Protos",
                    ("Scoring", "Engine") => "Engine",
                    var (room, _) => room,
                }
            )
            .Where(rooms.Contains)
            .Distinct();

    [GeneratedRegex(
        @"^@?using\s+(static\s+|\w+\s*=\s*)?EarlyWarning\.(?<room>\w+)(\.(?<inner>\w+))?|\b(?<room>V1)\.[A-Z]",
        RegexOptions.Multiline
    )]
    private static partial Regex Usings();
}
