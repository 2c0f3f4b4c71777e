namespace EarlyWarning.Indicators.Tests.Infrastructure;

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
            missing: {reweight-from: 0.5}
            children:
              - indicator: mine.attacks
                name: Attacks
                definition: Attacks on civilians in a month.
                unit: attacks per month
                range: [0, ~]
                evidence: Two independent reports.
                direction: increasing
                low: 0
                high: 20
                reason: Twenty is the worst month on record.
                validity: 60d
                weight: 2
              - code: institutions
                aggregation: geometric
                missing: {stated-value: 50}
                children:
                  - indicator: mine.courts
                    name: Courts
                    unit: judgement 0..4
                    range: [0, 4]
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

    public static FileFolderInMemory Folder(string text, params (string Name, string Text)[] others) => new([("main.yaml", text), .. others]);
}
