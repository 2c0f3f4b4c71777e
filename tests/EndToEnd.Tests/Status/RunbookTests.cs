using System.Text.RegularExpressions;
using EarlyWarning.Cli;
using EarlyWarning.EndToEnd.Tests.Structure;

namespace EarlyWarning.EndToEnd.Tests.Status;

/// <summary>Holds the runbook to the alert rules that lead to it, and to the commands that there are.</summary>
public sealed partial class RunbookTests
{
    private const int NobodyIsThere = 3;
    private static readonly string s_runbook = Repository.Read("docs", "runbook.md");

    private static readonly IReadOnlyDictionary<string, string> s_sections = Section()
        .Matches(s_runbook)
        .ToDictionary(section => section.Groups["alert"].Value, section => section.Groups["text"].Value, StringComparer.Ordinal);

    [Fact]
    public void Rules_Each_LeadToTheirSection_AndEachSectionIsOfARule()
    {
        Assert.Equal(AlertRule.All.Select(rule => rule.Alert).Order(StringComparer.Ordinal), s_sections.Keys.Order(StringComparer.Ordinal));
        Assert.All(AlertRule.All, rule =>
            Assert.Equal($"docs/runbook.md#{rule.Alert.ToLowerInvariant()}", rule.Annotations["runbook_url"])
        );
    }

    [Fact]
    public void Sections_Each_SayWhatItMeansWhatToLookAtWhatToDoAndWhomToWake() => Assert.All(s_sections, section =>
        {
            var places = new[] { "Means", "Look", "Do", "Wake" }
                .Select(part => section.Value.IndexOf($"**{part}**: ", StringComparison.Ordinal))
                .ToList();
            Assert.DoesNotContain(-1, places);
            Assert.Equal(places.Order(), places);
        });

    // A command line that is not understood is said before anybody is called; these are, and nobody is there.
    [Fact]
    public async Task Commands_OfEw_AreUnderstood()
    {
        var commands = Command().Matches(s_runbook).Select(command => command.Groups[1].Value).Distinct().ToList();
        Assert.NotEmpty(commands);
        foreach (var command in commands)
        {
            var words = Word().Matches(command).Select(word => word.Value.Trim('"')).ToList();
            await using StringWriter said = new();
            var code = await Ew.RunAsync(
                words is [var alone] ? [alone, "--help"] : [.. words, "--endpoint", "http://127.0.0.1:1"],
                new() { Out = said, Error = said },
                TestContext.Current.CancellationToken
            );
            Assert.True(code == (words.Count == 1 ? 0 : NobodyIsThere), $"ew {command}: exit code {code}. {said}");
            Assert.True(
                words.Count > 1 || $"{said}".Contains($"ew {words[0]}", StringComparison.Ordinal),
                $"ew {command} is not known. {said}"
            );
        }
    }

    [Fact]
    public void Links_ToSectionsAndPages_LeadSomewhere() => Assert.All(Link().Matches(s_runbook), link =>
        {
            var (page, anchor) = (link.Groups["page"].Value, link.Groups["anchor"].Value);
            var text = page.Length == 0 ? s_runbook : Repository.Read(["docs", .. page.Split('/')]);
            Assert.True(
                anchor.Length == 0 || Heading().Matches(text).Any(heading => AnchorOf(heading.Groups[1].Value) == anchor),
                $"{link.Value} leads nowhere"
            );
        });

    private static string AnchorOf(string heading) => NotInAnchors().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"^### (?<alert>EarlyWarning\w+)\n(?<text>.*?)(?=^##|\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex("`ew ([^`]+)`")]
    private static partial Regex Command();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\]\((?<page>[\w./-]*)#?(?<anchor>[\w-]*)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w -]")]
    private static partial Regex NotInAnchors();
}
