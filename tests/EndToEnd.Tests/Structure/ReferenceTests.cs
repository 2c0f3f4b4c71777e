using System.Xml.Linq;

namespace EarlyWarning.EndToEnd.Tests.Structure;

/// <summary>Which room of the house may know which: services know each other only through protos, grain interfaces and topics.</summary>
public sealed class ReferenceTests
{
    private static readonly string[] s_everyService = ["Protos", "ServiceDefaults", "Contracts"];

    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["Protos"] = [],
        ["ServiceDefaults"] = ["Protos"],
        ["Contracts"] = ["Protos", "Engine"],
        ["Engine"] = [],
        ["Store"] = [],
        ["Messaging"] = s_everyService,
        ["Indicators"] = [.. s_everyService, "Engine", "Store"],
        ["Risk"] = [.. s_everyService, "Engine", "Store", "Messaging"],
        ["Scoring"] = [.. s_everyService, "Engine", "Store"],
        ["Notification"] = [.. s_everyService, "Store", "Messaging"],
        ["Escalation"] = [.. s_everyService, "Store", "Messaging"],
        ["Ledger"] = [.. s_everyService, "Store"],
        ["Sidecar"] = [.. s_everyService, "Store"],
        ["Board"] = ["Protos", "ServiceDefaults"],
        ["Cli"] = ["Protos"],
    };

    [Fact]
    public void Projects_ReferToEachOther_OnlyAsTheDesignAllows()
    {
        var root = Repository.Root;
        var projects = Directory.GetFiles(Path.Combine(root, "services"), "*.csproj", SearchOption.AllDirectories)
            .Append(Path.Combine(root, "protos", "Protos.csproj"))
            .Where(project => Path.GetFileNameWithoutExtension(project) != "Host")
            .ToDictionary(project => Path.GetFileNameWithoutExtension(project)!, References);

        Assert.Equal(s_allowed.Keys.Order(StringComparer.Ordinal), projects.Keys.Order(StringComparer.Ordinal));
        Assert.All(projects, project => Assert.Empty(project.Value.Except(s_allowed[project.Key]).Select(to => $"{project.Key} → {to}")));
    }

    private static string[] References(string project) =>
    [
        .. XDocument.Load(project).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value)),
    ];
}
