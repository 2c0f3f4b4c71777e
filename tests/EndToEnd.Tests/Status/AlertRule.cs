using EarlyWarning.EndToEnd.Tests.Structure;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace EarlyWarning.EndToEnd.Tests.Status;

/// <summary>A rule of the file that ships.</summary>
internal sealed class AlertRule
{
    /// <summary>All of them, in the file's order.</summary>
    public static IReadOnlyList<AlertRule> All { get; } =
    [
        .. new DeserializerBuilder()
            .WithNamingConvention(CamelCaseNamingConvention.Instance)
            .Build()
            .Deserialize<RuleFile>(Repository.Read("monitoring", "alerts.yaml"))
            .Groups.SelectMany(group => group.Rules),
    ];

    public string Alert { get; set; } = "";

    public string Expr { get; set; } = "";

    public string For { get; set; } = "";

    public Dictionary<string, string> Labels { get; set; } = [];

    public Dictionary<string, string> Annotations { get; set; } = [];

    private sealed class RuleFile
    {
        public List<RuleGroup> Groups { get; set; } = [];
    }

    private sealed class RuleGroup
    {
        public string Name { get; set; } = "";

        public List<AlertRule> Rules { get; set; } = [];
    }
}
