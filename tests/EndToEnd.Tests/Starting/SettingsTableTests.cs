using System.Reflection;
using System.Text.RegularExpressions;
using EarlyWarning.EndToEnd.Tests.Structure;
using EarlyWarning.Host.Options;
using EarlyWarning.Yaml.Binding;

namespace EarlyWarning.EndToEnd.Tests.Starting;

/// <summary>The table of sections in docs/operations.md is what the file of settings takes, with the defaults that hold.</summary>
public sealed partial class SettingsTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Each row's section with its keys, and the default of those that have one for every machine.</summary>
    private static readonly Dictionary<string, (string Key, string? Default)[]> s_rows = Row()
        .Matches(Repository.Read("docs", "operations.md"))
        .ToDictionary(
            row => row.Groups["section"].Value,
            row =>
                Key()
                    .Matches(row.Groups["keys"].Value)
                    .Select(key => (key.Groups["key"].Value, key.Groups["value"] is { Success: true, Value: var value } ? value : null))
                    .ToArray()
        );

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Table_HasEachSectionWithEachOfItsKeys_AndNoOther()
    {
        static IEnumerable<string> Lines(IEnumerable<(string Section, IEnumerable<string> Keys)> sections) =>
            sections
                .OrderBy(one => one.Section, StringComparer.Ordinal)
                .Select(one => $"{one.Section}: {string.Join(", ", one.Keys.Order(StringComparer.Ordinal))}");

        Assert.Equal(
            Lines(Settings.Sections.Select(one => (one.Key, (IEnumerable<string>)RecordForm.KeysOf(one.Value().GetType())))),
            Lines(s_rows.Select(row => (row.Key, row.Value.Select(key => key.Key))))
        );
    }

    [Fact]
    public async Task Defaults_OfTheTable_AreThoseInForce()
    {
        var file = _folder.In("settings.yaml");
        await File.WriteAllLinesAsync(
            file,
            s_rows.Select(row =>
            {
                var keys = row.Value.Where(key => key.Default is not null).Select(key => $"{key.Key}: {key.Default}");
                return $"{row.Key}: {{{string.Join(", ", keys)}}}";
            })
        );

        var settings = Settings.Read(file, isNamed: true, [], new Dictionary<string, string>());

        Assert.Empty(settings.Faults);
        Assert.All(Settings.Sections, section =>
            Assert.Equal(Values(section.Value()), Values(settings.Fill(section.Key, section.Value())))
        );
    }

    [Fact]
    public void OtherVariables_EachOne_StandsInTheDocuments()
    {
        var told = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md").Select(File.ReadAllText));

        // By it a test ends the suite at once: no operator has it.
        Assert.All(OtherVariables.Names.Except(["EW_CRASH_AT"]), name => Assert.Contains($"`{name}`", told, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Values(object options) =>
        options
            .GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite)
            .Select(property => $"{options.GetType().Name}.{property.Name} = {property.GetValue(options)}");

    [GeneratedRegex("^\\| `(?<section>[a-z-]+)` \\| (?<keys>`.*) \\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<key>[a-z-]+)(: (?<value>[^`]+))?`")]
    private static partial Regex Key();
}
