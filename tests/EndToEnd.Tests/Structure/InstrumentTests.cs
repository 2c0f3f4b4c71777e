using System.Text.RegularExpressions;

namespace EarlyWarning.EndToEnd.Tests.Structure;

/// <summary>
/// Each instrument has one name, of the one form, with its unit and a sentence that says what it tells, and stands in docs/monitoring.md;
/// meters and sources of spans go by their project.
/// </summary>
public sealed partial class InstrumentTests
{
    private static readonly (string File, string Text)[] s_sources =
    [
        .. Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "services"), "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(Path.Combine(Repository.Root, "services"), file), File.ReadAllText(file))),
    ];

    private static readonly (string File, string Kind, string Name, string Unit, string Description)[] s_instruments =
    [
        .. s_sources.SelectMany(source =>
            Instrument()
                .Matches(source.Text)
                .Select(match =>
                    (
                        source.File,
                        match.Groups["kind"].Value,
                        match.Groups["name"].Value,
                        match.Groups["unit"].Value,
                        match.Groups["text"].Value
                    )
                )
        ),
    ];

    [Fact]
    public void Instruments_Each_HasANameOfItsOwnAUnitAndASentence()
    {
        Assert.True(s_instruments.Length > 80, $"Only {s_instruments.Length} instruments were found.");
        Assert.Empty(s_instruments.GroupBy(one => one.Name).Where(same => same.Count() > 1).Select(same => same.Key));
        Assert.All(s_instruments, one =>
        {
            Assert.Matches("^earlywarning(\\.[a-z]+(_[a-z]+)*)+$", one.Name);
            Assert.Matches("^(s|By|1|\\{[a-z]+\\}|)$", one.Unit);
            Assert.EndsWith(".", one.Description, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Document_HasEachInstrument_AndNoOther()
    {
        var document = Repository.Read("docs", "monitoring.md");
        var documented = Documented().Matches(document).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var shown = s_instruments.Select(Shown).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(shown.Except(documented));
        Assert.Empty(documented.Except(shown));
    }

    [Fact]
    public void MetersAndSourcesOfSpans_EachProjectsOwn_GoByItsName()
    {
        var named = s_sources
            .SelectMany(source =>
                Named().Matches(source.Text).Select(match => (Project: source.File.Split('/', '\\')[0], Name: match.Groups[1].Value))
            )
            .ToList();

        Assert.True(named.Count >= 10, $"Only {named.Count} were found.");
        Assert.All(named, one => Assert.Equal($"EarlyWarning.{one.Project}", one.Name));
    }

    /// <summary>Static ones would count two suites in one process together.</summary>
    [Fact]
    public void Meters_OfEveryProject_AreMadeByTheFactoryOfItsServices() =>
        Assert.Empty(s_sources.Where(source => MadeOtherwise().IsMatch(source.Text)).Select(source => source.File));

    // As the exporter for Prometheus writes it.
    private static string Shown((string File, string Kind, string Name, string Unit, string Description) one)
    {
        var name = one.Name.Replace('.', '_');
        name += one.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };
        return one.Kind.EndsWith("Counter", StringComparison.Ordinal) && !one.Kind.Contains("UpDown", StringComparison.Ordinal)
            ? $"{name}_total"
            : name;
    }

    [GeneratedRegex(
        """(?<kind>Create\w+|new Gauge|\bGauge \w+ = new|\bnew)(<\w+>)?\(\s*"(?<name>earlywarning\.[^"]+)",(?<value>(?!\s*(null|"))[^,]+(\([^)]*\))?,)?\s*(null|"(?<unit>[^"]*)"),\s*"(?<text>[^"]*)"(\s*\+ "(?<text>[^"]*)")*""",
        RegexOptions.Singleline
    )]
    private static partial Regex Instrument();

    [GeneratedRegex(@"new Meter\(|\bMeter \w+ = new")]
    private static partial Regex MadeOtherwise();

    [GeneratedRegex("`(earlywarning_[a-z_]*[a-z])`")]
    private static partial Regex Documented();

    [GeneratedRegex(
        """"(?:meters\.Create\(|ActivitySource \w+ = new\(|ActivitySource Source \{ get; \} = new\(|new Meter\(|Meter \w+ = new\(|MeterName = |const string Name = )"(EarlyWarning\.\w+)""""
    )]
    private static partial Regex Named();
}
