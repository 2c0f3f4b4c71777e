using System.CommandLine;
using EarlyWarning.Cli.Coinr.Methods;
using EarlyWarning.Cli.Coinr.Tables;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;
using Duration = Google.Protobuf.WellKnownTypes.Duration;

namespace EarlyWarning.Cli.Coinr;

/// <summary>The methods that were asked for, read and checked.</summary>
internal sealed class MethodChoices
{
    private readonly Dictionary<string, NormaliseMethod> _normalisations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Treatment?> _treatments = new(StringComparer.Ordinal);
    private NormaliseMethod _normalisation = null!;
    private Treatment? _treatment;
    private Imputation? _imputation;
    private bool _denominates;
    private Duration? _validity;
    private string[] _aggregations = [];
    private string[] _weightings = [];
    private string[]? _shares;

    public Screening? Screening { get; private init; }

    public static MethodChoices Of(ParseResult parse, CoinrOptions options, MetaTable meta)
    {
        (double, double)? range = parse.GetValue(options.Range) is { } text ? MethodText.Pair("--range", text, "0:100") : null;
        var unit = parse.GetValue(options.ReferenceUnit);
        var test = parse.GetValue(options.TreatTest) is { } limits ? TestOf(limits) : null;
        var combine = parse.GetValue(options.Combine);
        var choices = new MethodChoices
        {
            Screening = parse.GetValue(options.Screen) is { } screen ? ScreeningOf(screen) : null,
            _normalisation = NormaliseMethod.Parse("--normalise", parse.GetValue(options.Normalise) ?? "min-max", range, unit),
            _treatment = parse.GetResult(options.Treat) is not { Implicit: false }
                ? null
                : TreatMethod.Parse("--treat", parse.GetValue(options.Treat) ?? "default", test, combine),
            _imputation = ImputeMethod.Parse(
                "--impute",
                parse.GetValue(options.Impute) ?? "none",
                GroupOf(parse.GetValue(options.Group), meta)
            ),
            _denominates = parse.GetValue(options.Denominate),
            _validity = parse.GetValue(options.Validity) is { } span ? Duration.FromTimeSpan(TimeOptions.Span(span, "--validity")) : null,
            _aggregations = LevelMethods.Spread("--aggregate", parse.GetValue(options.Aggregate) ?? "arithmetic", meta.Steps),
            _weightings = LevelMethods.Spread("--weights", parse.GetValue(options.Weights) ?? "given", meta.Steps),
            _shares = parse.GetValue(options.DatThresh) is { } shares ? LevelMethods.Spread("--dat-thresh", shares, meta.Steps) : null,
        };
        foreach (var (code, method) in Each("--normalise-indicator", parse.GetValue(options.NormaliseIndicator), meta))
        {
            choices._normalisations[code] = NormaliseMethod.Parse("--normalise-indicator", method, range, unit);
        }

        foreach (var (code, method) in Each("--treat-indicator", parse.GetValue(options.TreatIndicator), meta))
        {
            choices._treatments[code] = TreatMethod.Parse("--treat-indicator", method, test, combine);
        }

        return choices;
    }

    public void ApplyTo(Leaf leaf, MetaTable meta, MetaRow row)
    {
        _normalisations.GetValueOrDefault(row.ICode, _normalisation).Apply(meta, row, leaf);
        leaf.Treatment = _treatments.GetValueOrDefault(row.ICode, _treatment)?.Clone();
        leaf.Imputation = _imputation?.Clone();
        leaf.Validity = _validity;
        if (_denominates && row.Denominator.Length > 0)
        {
            leaf.Denominator = new() { Indicator = meta.Find(row.Denominator)!.Code, Validity = _validity };
        }
    }

    public void ApplyTo(Node node, int level)
    {
        LevelMethods.Aggregate("--aggregate", _aggregations[level - 2], node);
        LevelMethods.Weigh("--weights", _weightings[level - 2], node);
        if (_shares is { } shares)
        {
            LevelMethods.RequireShare("--dat-thresh", shares[level - 2], node);
        }
    }

    /// <summary>A leaf stands on the framework's scale, which has to be the one that COINr's parameters mean.</summary>
    public bool NeedsScaleFromZero(Node node) =>
        node.Leaf is { } leaf ? !leaf.Normalisation.OwnScale : node.Children.Any(NeedsScaleFromZero);

    /// <summary>The ends of the index's scale; nothing where it has none.</summary>
    public (double Low, double High)? ScaleOf(Node root) =>
        root switch
        {
            { Aggregation: Aggregation.Copeland } => null,
            _ when LeavesOf(root)
                    .All(leaf => leaf.Normalisation is { OwnScale: true, MethodCase: Normalisation.MethodOneofCase.Goalposts }) => (0, 1),
            _ => _normalisation.Scale,
        };

    private static IEnumerable<Leaf> LeavesOf(Node node) => node.Leaf is { } leaf ? [leaf] : node.Children.SelectMany(LeavesOf);

    private static IEnumerable<(string Code, string Method)> Each(string option, string[]? given, MetaTable meta) =>
        (given ?? []).Select(text =>
            text.Split('=', 2) switch
            {
                [var code, var method] when meta.Find(code) is { Type: MetaType.Indicator } => (code, method),
                [var code, _] => throw new CliException($"{option}: '{code}' is not the iCode of an indicator of {meta.Path}."),
                _ => throw new CliException($"{option}: '{text}' was to be an iCode, = and a method."),
            }
        );

    private static string? GroupOf(string? group, MetaTable meta) =>
        group is null || meta.Find(group) is { Type: MetaType.Group }
            ? group
            : throw new CliException(
                $"--group: '{group}' is not a row of type Group of {meta.Path}. There are: "
                    + $"{string.Join(", ", meta.Groups.Select(row => row.ICode))}."
            );

    private static Screening ScreeningOf(string text)
    {
        if (!text.Contains(':', StringComparison.Ordinal))
        {
            return new() { Available = MethodText.NumberOf(text, "--screen", text) };
        }

        var (available, nonZero) = MethodText.Pair("--screen", text, "0.66:0.05");
        return new() { Available = available, NonZero = nonZero };
    }

    private static ShapeTest TestOf(string text)
    {
        var (skewness, kurtosis) = MethodText.Pair("--treat-test", text, "2:3.5");
        return new() { Skewness = skewness, Kurtosis = kurtosis };
    }
}
