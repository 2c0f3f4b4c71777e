using System.Reflection.Metadata;
using System.Text.RegularExpressions;

namespace EarlyWarning.EndToEnd.Tests.Structure;

/// <summary>
/// Sources keep to a size at which one reads them in one go. What does not is named here with its reason; a name that is not needed any
/// longer fails.
/// </summary>
public sealed partial class ShapeTests
{
    private const int MostLines = 250;
    private const int MostColumns = 140;
    private const int MostParameters = 7;
    private const int MostGrainLines = 200;

    private const string Patterns = "A pattern stands in one piece.";
    private const string Inputs = "A parser's first inputs stand as they are sent.";

    private static readonly Dictionary<string, string> s_longFiles = new() { ["tests/Fuzzing.Tests/Targets/CatalogueTargets.cs"] = Inputs };

    private static readonly Dictionary<string, string> s_longLines = new()
    {
        ["tests/EndToEnd.Tests/Structure/InstrumentTests.cs"] = Patterns,
        ["tests/Fuzzing.Tests/Targets/ImportTargets.cs"] = Inputs,
        ["tests/Fuzzing.Tests/Targets/MessagingTargets.cs"] = Inputs,
        ["tests/Fuzzing.Tests/Targets/RequestTargets.cs"] = Inputs,
        ["tests/Fuzzing.Tests/Targets/SettingTargets.cs"] = Inputs,
        ["tests/Fuzzing.Tests/Targets/TokenTargets.cs"] = Inputs,
    };

    private static readonly Dictionary<string, string> s_manyParameters = new()
    {
        ["ScoringApi"] = "It has a worker for each rpc, and nothing else.",
    };

    private static readonly Dictionary<string, string> s_longGrains = [];

    private static readonly IReadOnlyList<(string Path, string[] Lines)> s_sources =
    [
        .. new[] { "services", "tests", "load", "samples", "eng" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor")
            .Select(file => (Path: Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'), Lines: File.ReadAllLines(file)))
            .Where(file => !Built().IsMatch(file.Path)),
    ];

    [Fact]
    public void Files_OfCode_AreOf250LinesAtMost() =>
        AssertNamed(s_longFiles, s_sources.Where(file => file.Lines.Length > MostLines).Select(file => file.Path));

    [Fact]
    public void Lines_OfCode_AreOf140ColumnsAtMost() =>
        AssertNamed(s_longLines, s_sources.Where(file => file.Lines.Any(line => line.Length > MostColumns)).Select(file => file.Path));

    [Fact]
    public void Grains_InAllTheirFiles_AreOf200LinesAtMost() =>
        AssertNamed(
            s_longGrains,
            s_sources
                .SelectMany(file => file.Lines.SelectMany(line => Grain().Matches(line)).Select(found => (found.Groups[1].Value, file)))
                .GroupBy(found => found.Value, found => found.file.Lines.Length)
                .Where(grain => grain.Sum() > MostGrainLines)
                .Select(grain => grain.Key)
        );

    // A record of data has as many as it has fields.
    [Fact]
    public void Constructors_OfClasses_HaveSevenParametersAtMost() =>
        AssertNamed(
            s_manyParameters,
            Assemblies
                .Read(
                    (_, reader) =>
                        reader
                            .Written()
                            .Select(reader.GetTypeDefinition)
                            .Where(type => HasMany(reader, type))
                            .Select(type => reader.GetString(type.Name))
                            .ToArray()
                )
                .SelectMany(room => room.Value)
        );

    private static bool HasMany(MetadataReader reader, TypeDefinition type)
    {
        var methods = type.GetMethods().Select(reader.GetMethodDefinition).ToList();
        return methods.All(method => reader.GetString(method.Name) is not ("<Clone>$" or "PrintMembers"))
            && methods.Any(method =>
                reader.GetString(method.Name) == ".ctor"
                && method.GetParameters().Count(one => reader.GetParameter(one).SequenceNumber > 0) > MostParameters
            );
    }

    private static void AssertNamed(Dictionary<string, string> named, IEnumerable<string> found) =>
        Assert.Equal(named.Keys.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));

    [GeneratedRegex(@"(^|/)(bin|obj|artifacts|node_modules)/")]
    private static partial Regex Built();

    [GeneratedRegex(@"^[a-z ]*\bclass (\w+Grain)\b(?!\.)")]
    private static partial Regex Grain();
}
