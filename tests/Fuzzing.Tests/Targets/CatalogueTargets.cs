using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Files;
using EarlyWarning.Escalation.Ladder;
using EarlyWarning.Fuzzing.Tests.Mutating;
using EarlyWarning.Fuzzing.Tests.Running;
using EarlyWarning.Host.Exercise;
using EarlyWarning.Indicators.Catalogue;
using EarlyWarning.Notification.Directory;
using EarlyWarning.Yaml;
using Google.Protobuf;
using static EarlyWarning.Fuzzing.Tests.Running.BrokenPromiseException;

namespace EarlyWarning.Fuzzing.Tests.Targets;

/// <summary>What an organisation writes before its first warning: frameworks, thresholds, the directory, the ladder, scenarios.</summary>
internal static class CatalogueTargets
{
    private const string Main = "main.yaml";

    private static readonly string[] s_frameworkWords =
    [
        "framework",
        "indicators",
        "thresholds",
        "errors",
        "tree",
        "logistic",
        "ensemble",
        "bands",
        "level",
        "children",
        "include",
        "indicator",
        "code",
        "name",
        "definition",
        "unit",
        "minimum",
        "maximum",
        "evidence",
        "direction",
        "increasing",
        "decreasing",
        "low",
        "high",
        "reason",
        "validity",
        "weight",
        "weight-reason",
        "missing-data",
        "treatment",
        "stated-value",
        "stated-spread",
        "aggregation",
        "geometric",
        "generalised",
        "copeland",
        "exponent",
        "normalisation",
        "z-score",
        "min-max",
        "reference-set",
        "file",
        "year",
        "unit-column",
        "error",
        "anchors",
        "screening",
        "scale-floor",
        "method",
        "calibration",
        "coefficients",
        "members",
        "above",
        "below",
        "rise",
        "window",
        "for",
        "severity",
        "minimum-coverage",
        "countries",
        "atrocity-crimes/01-armed-conflict.yaml",
        "table.csv",
        Main,
    ];

    public static IReadOnlyList<Target> All { get; } =
    [
        new(
            "framework-file",
            s_frameworkWords,
            exception => exception is FaultyFileException,
            input =>
            {
                var file = FrameworkFileReader.Read(new Overlay(Texts.Of(input)), Main);
                if (file.Framework is { } framework)
                {
                    Decide(CatalogueDecisions.CreateFramework(CatalogueState.Empty, framework, file.Indicators, SuiteCatalogue.Countries));
                }

                foreach (var threshold in file.Thresholds)
                {
                    Decide(CatalogueDecisions.CreateThreshold(SuiteCatalogue.Shipped, threshold, SuiteCatalogue.Countries));
                }
            }
        )
        {
            BytesAtLeast = 64 << 20,
            BytesPerByte = 20_000,
        },
        new(
            "framework-message",
            [],
            exception => exception is InvalidProtocolBufferException,
            input =>
            {
                var request = V1.CreateFrameworkRequest.Parser.ParseFrom(input);
                if (request.Framework is { } framework)
                {
                    Decide(
                        CatalogueDecisions.CreateFramework(SuiteCatalogue.Shipped, framework, request.Indicators, SuiteCatalogue.Countries)
                    );
                }
            }
        )
        {
            Seeds = () => [.. Definitions(), .. Messages(V1.CreateFrameworkRequest.Descriptor)],
            BytesAtLeast = 64 << 20,
            BytesPerByte = 20_000,
        },
        new(
            "threshold-message",
            [],
            exception => exception is InvalidProtocolBufferException,
            input =>
            {
                var threshold = V1.Threshold.Parser.ParseFrom(input);
                Decide(CatalogueDecisions.CreateThreshold(SuiteCatalogue.Shipped, threshold, SuiteCatalogue.Countries));
                Decide(CatalogueDecisions.UpdateThreshold(SuiteCatalogue.Shipped, threshold, SuiteCatalogue.Countries));
            }
        )
        {
            Seeds = () =>
                [
                    .. SuiteCatalogue.Shipped.Thresholds.Values.Select(threshold => threshold.ToByteArray()),
                    .. Messages(V1.Threshold.Descriptor),
                ],
        },
        new(
            "coefficient-table",
            ["Variables", "(Intercept)", "a", "b", "NA"],
            exception => exception is FormatException,
            input =>
            {
                var read = LogisticCoefficients.Read(new StringReader(Texts.Of(input)), "a");
                Unless(double.IsFinite(read.Intercept) && read.Terms.All(term => double.IsFinite(term.Value)), "coefficients are finite");
            }
        )
        {
            Seeds = Texts.Seeds("Variables,a,b\n(Intercept),-3.5,1\nx,0.25,2\n\"y\",1e-3,4\n"),
        },
        new(
            "reference-table",
            ["unit", "year", "group", "x", "y", "NA", "NaN"],
            exception => exception is FormatException,
            input =>
            {
                var set = ReferenceTable.Read(new StringReader(Texts.Of(input)), new("unit", "year", ["group"], ["x", "y"]));
                Unless(set.Columns.All(column => column.Values.Count == set.Units.Count), "a column has a value for each unit");
            }
        )
        {
            Seeds = Texts.Seeds("unit,year,group,X,y\nA,2020,g,1,NA\nB,2021,,2.5,3\n"),
        },
        new(
            "directory",
            [
                "recipients",
                "organisations",
                "tlp",
                "short",
                "members",
                "id",
                "name",
                "role",
                "countries",
                "channels",
                "inbox",
                "webhook",
                "url",
                "secret",
                "secret-env",
                "operator",
                "focal-point",
                "TLP:RED",
                "https://127.0.0.1/x?y#z",
                "http://[::1]:5/",
                "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            ],
            exception => exception is FaultyFileException,
            input =>
            {
                _ = DirectoryReader.Read(Texts.Of(input), "directory.yaml", exercise: input.Length % 2 == 0, static name =>
                    name == "HOOK" ? "a secret of this size" : null
                );
            }
        )
        {
            Seeds = Texts.Seeds(
                "recipients:\n  - id: a\n    name: A\n    role: focal-point\n    countries: [SDN]\n    channels:\n      - inbox\n      - "
                    + "webhook: {url: \"https://a.example/x\", secret-env: HOOK}\n"
            ),
        },
        new(
            "ladder",
            ["steps", "name", "role", "acknowledge-within", "decide-within", "advisory", "warning", "emergency", "un-office", "2h", "400d"],
            exception => exception is FaultyFileException,
            input =>
            {
                var ladder = LadderFile.Read(Texts.Of(input), "ladder.yaml");
                Unless(ladder.Steps.Count > 0, "a ladder has a step");
            }
        ),
        new(
            "scenario",
            [
                "title",
                "seed",
                "frameworks",
                "sources",
                "step",
                "countries",
                "start",
                "from",
                "to",
                "drift",
                "share",
                "by",
                "deteriorations",
                "country",
                "at",
                "over",
                "toward",
                "nodes",
                "say",
            ],
            exception => exception is FaultyFileException,
            input =>
            {
                var scenario = Scenario.Read(Texts.File("scenario", "scenario.yaml", input));
                _ = new ScenarioWorld(scenario, [], []).Next(TimeSpan.FromSeconds(60), DateTimeOffset.UnixEpoch);
            }
        ),
    ];

    /// <summary>Messages with any values.</summary>
    public static IEnumerable<byte[]> Messages(Google.Protobuf.Reflection.MessageDescriptor descriptor, int count = 40)
    {
        RandomMessage random = new(new Random(1));
        return Enumerable.Range(0, count).Select(i => random.Of(descriptor, i % 5).ToByteArray());
    }

    private static IEnumerable<byte[]> Definitions() =>
        SuiteCatalogue.Shipped.Frameworks.Values.Select(versions =>
            new V1.CreateFrameworkRequest { Framework = versions[^1].Definition }.ToByteArray()
        );

    private static void Decide(CatalogueDecision decision)
    {
        Unless(decision.Faults.All(fault => fault.Message.Length > 0), "a fault says what is wrong");
        Unless(decision.Faults.Count == 0 || decision.Change is null, "what is refused changes nothing");
    }

    /// <summary>The file that is tried, beside those that the suite ships.</summary>
    private sealed class Overlay(string text) : FileFolder
    {
        public override IReadOnlyList<string> List() => [Main];

        public override TextReader? Open(string name) =>
            name switch
            {
                Main => new StringReader(text),
                "table.csv" => new StringReader("unit,x,y\nA,1,2\nB,2,3\n"),
                _ => Packaged.Open(name),
            };

        public override string Shown(string name) => name;
    }
}
