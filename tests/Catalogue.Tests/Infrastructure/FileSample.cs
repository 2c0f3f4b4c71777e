using EarlyWarning.Catalogue.Files;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Catalogue.Tests.Infrastructure;

/// <summary>A framework file to test with, and folders of files in memory.</summary>
internal static class FileSample
{
    public const string Framework = """
        framework:
          id: mine
          name: My framework
          description: For tests.
          bands:
            - {level: low, from: 0}
            - {level: high, from: 50}
          tree:
            code: index
            name: Index
            missing-data: {minimum-coverage: 0.5}
            children:
              - indicator: mine.attacks
                name: Attacks
                definition: Attacks on civilians in a month.
                unit: attacks per month
                minimum: 0
                evidence: Two independent reports.
                direction: increasing
                low: 0
                high: 20
                reason: Twenty is the worst month on record.
                validity: 60d
                weight: 2
              - code: institutions
                aggregation: geometric
                missing-data: {treatment: stated-value, stated-value: 50, stated-spread: 25}
                children:
                  - indicator: mine.courts
                    name: Courts
                    unit: judgement 0..4
                    minimum: 0
                    maximum: 4
                    direction: decreasing
                    low: 0
                    high: 4
        thresholds:
          - id: mine-high
            name: High
            above: 50
            clear: 45
            for: 2d
            minimum-coverage: 0.5
            countries: [XAA, XAB]
            severity: warning
        """;

    /// <summary>The line of what <see cref="Leaf"/> is given.</summary>
    public const int LineOfLeaf = 19;

    /// <summary>The line of what <see cref="Node"/> is given.</summary>
    public const int LineOfNode = 9;

    /// <summary>A file with a tree of two leaves, of which the first has one line more, and the other too where it is given.</summary>
    public static string Leaf(string line, string other = "reason: None.") => Tree("name: Index", line, other);

    /// <summary>A file with a tree of two leaves, of which the root has one line more.</summary>
    public static string Node(string line) => Tree(line, "reason: None.", "reason: None.");

    /// <summary>
    /// Compiles a file of <see cref="Leaf"/> or <see cref="Node"/> on a reference set in which all its methods are possible.
    /// </summary>
    public static void AssertCompiles(string text)
    {
        const string Set = "  reference-set: {file: set.csv, unit-column: iso3, groups: [region]}\n";
        const string Table = "iso3,region,attacks,people\nXAA,north,3,2\nXAB,north,8,3\nXAC,south,2,4\nXAD,south,5,7\nXAE,south,6,6\n";
        var file = FrameworkFileReader.Read(Folder(text + Set, ("set.csv", Table)), "main.yaml");
        var indicators = file.Indicators.ToDictionary(indicator => indicator.Code);
        Assert.True(
            FrameworkModels.TryCompile(file.Framework!, 1, indicators.GetValueOrDefault, out _, out var faults),
            string.Join('\n', faults)
        );
    }

    /// <summary>Reads a file as far as the engine's model.</summary>
    public static T Model<T>(string text, params (string Name, string Text)[] others)
        where T : Framework
    {
        var file = FrameworkFileReader.Read(Folder(text, others), "main.yaml");
        var indicators = file.Indicators.ToDictionary(indicator => indicator.Code);
        Assert.True(
            FrameworkModels.TryGetModel(file.Framework!, 1, indicators.GetValueOrDefault, out var model, out var faults),
            string.Join('\n', faults)
        );
        return Assert.IsType<T>(model);
    }

    public static FileFolderInMemory Folder(string text, params (string Name, string Text)[] others) =>
        new([("main.yaml", text), .. others]);

    private static string Tree(string node, string leaf, string other) =>
        $"""
            framework:
              id: tree
              name: Tree
              bands:
                - level: low
                  from: 0
              tree:
                code: index
                {node}
                children:
                  - indicator: attacks
                    name: Attacks
                    unit: attacks per month
                    minimum: 0
                    maximum: 100
                    direction: increasing
                    low: 1
                    high: 9
                    {leaf}
                  - indicator: people
                    name: People
                    unit: people
                    direction: increasing
                    low: 0
                    high: 10
                    {other}

            """;
}
