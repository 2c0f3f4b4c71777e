using EarlyWarning.Catalogue.Files;
using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Yaml;

namespace EarlyWarning.Catalogue.Tests.Files;

/// <summary>Each method of a leaf from the file through the contract to the engine's model.</summary>
public sealed class MethodsOfLeavesTests
{
    public static TheoryData<string, Normalisation> Normalisations =>
        new()
        {
            { "goalposts", new Goalposts(1, 9) },
            {
                "{method: goalposts, uncapped: true, own-scale: true}",
                new Goalposts(1, 9, Capped: false) { OwnScale = true }
            },
            { "min-max", new MinMax(0, 100, Capped: true) },
            {
                "{method: min-max, low: -1, high: 0, uncapped: true, own-scale: true}",
                new MinMax(-1, 0, Capped: false) { OwnScale = true }
            },
            { "z-score", new ZScore(0, 1) },
            { "{method: z-score, mean: 50, deviation: 10}", new ZScore(50, 10) },
            { "rank", new Ranking() },
            {
                "{method: rank, own-scale: true}",
                new Ranking { OwnScale = true }
            },
            { "borda", new BordaCount() },
            { "percentile-rank", new PercentileRank() },
            { "{method: distance-to-target, target: 5}", new DistanceToTarget(5) },
            { "{method: distance-to-target, target: 50, capped: true}", new DistanceToTarget(50, Capped: true) },
            { "{method: distance-to-reference, unit: XAB}", new DistanceToReference("XAB") },
            { "{method: distance-to-reference, unit: XAB, capped: true}", new DistanceToReference("XAB", Capped: true) },
            { "distance-to-maximum", new DistanceToMaximum() },
            { "fraction-of-maximum", new FractionOfMaximum() },
            {
                "{method: categorical, steps: [{from: 0, score: 10}, {from: 3, score: 60}]}",
                new CategoricalBands([new(0, 10), new(3, 60)])
            },
            { "{method: logistic, midpoint: 4, steepness: 0.5}", new LogisticCurve(4, 0.5) },
            { "as-is", new AsIs() },
        };

    public static TheoryData<string, Treatment> Treatments =>
        new()
        {
            {
                "winsorise",
                new Winsorisation(5, Always: false) { Test = new(2, 3.5) }
            },
            {
                "{method: winsorise, maximum-points: 3, always: true, test: {skewness: 1.5}}",
                new Winsorisation(3, Always: true) { Test = new(1.5, 3.5) }
            },
            {
                "{method: winsorise, maximum-points: 0, test: {kurtosis: 4}}",
                new Winsorisation(null) { Test = new(2, 4) }
            },
            { "log", new LogTransform(LogForm.Shifted) },
            { "{method: log, form: shifted}", new LogTransform(LogForm.Shifted) },
            { "{method: log, form: shifted-by-skew}", new LogTransform(LogForm.ShiftedBySkew) },
            { "{method: log, form: shifted-by-one}", new LogTransform(LogForm.ShiftedByOne) },
            { "{method: log, form: innovation-index}", new LogTransform(LogForm.InnovationIndex) },
            { "{method: box-cox, lambda: 0.5}", new BoxCox(0.5) },
            { "{method: box-cox, lambda: 0, unshifted: true}", new BoxCox(0, MakePositive: false) },
            {
                "skew-driven",
                new SkewDriven
                {
                    First = new Winsorisation(5),
                    Second = new LogTransform(),
                    Combine = false,
                    Test = new(2, 3.5),
                }
            },
            {
                "{method: skew-driven, first-only: true}",
                new SkewDriven { Second = null }
            },
            {
                "{method: skew-driven, first: {method: winsorise, maximum-points: 2}, second: {method: box-cox, lambda: 2}, combine: "
                    + "true, test: {skewness: 1, kurtosis: 3}}",
                new SkewDriven
                {
                    First = new Winsorisation(2),
                    Second = new BoxCox(2),
                    Combine = true,
                    Test = new(1, 3),
                }
            },
            {
                "{method: skew-driven, first: log, second: winsorise}",
                new SkewDriven { First = new LogTransform(), Second = new Winsorisation() }
            },
        };

    public static TheoryData<string, Imputation> Imputations =>
        new()
        {
            { "central", new CentralValue(CentralStatistic.Mean) },
            { "{method: central, statistic: mean}", new CentralValue(CentralStatistic.Mean) },
            { "{method: central, statistic: median, group: region}", new CentralValue(CentralStatistic.Median, "region") },
            { "sibling", new SiblingValue(CentralStatistic.Mean) },
            { "{method: sibling, statistic: median}", new SiblingValue(CentralStatistic.Median) },
            { "linear", new LinearBetweenTimes(HoldEnds: true) },
            { "{method: linear, inside-only: true}", new LinearBetweenTimes(HoldEnds: false) },
            { "carried-forward", new CarriedForward() },
            { "{method: carried-forward, maximum-times: 2, hold-first: true}", new CarriedForward(2, HoldFirst: true) },
            { "expectation-maximisation", new ExpectationMaximisation() },
            { "{method: expectation-maximisation, within: index}", new ExpectationMaximisation("index") },
        };

    public static TheoryData<string, Denominator> Denominators =>
        new() { { "people", new Denominator("people", 1) }, { "{indicator: people, scale: 100000}", new Denominator("people", 100_000) } };

    [Theory]
    [MemberData(nameof(Normalisations), DisableDiscoveryEnumeration = true)]
    public void Read_Normalisation_IsTheEnginesMethodAndCompiles(string text, Normalisation expected)
    {
        AssertSame(expected, LeafWith("normalisation", text).Normalisation);
        FileSample.AssertCompiles(FileSample.Leaf("normalisation: " + text));
    }

    [Theory]
    [MemberData(nameof(Treatments), DisableDiscoveryEnumeration = true)]
    public void Read_Treatment_IsTheEnginesMethodAndCompiles(string text, Treatment expected)
    {
        Assert.Equal(expected, LeafWith("treatment", text).Treatment);
        FileSample.AssertCompiles(FileSample.Leaf("treatment: " + text));
    }

    [Theory]
    [MemberData(nameof(Imputations), DisableDiscoveryEnumeration = true)]
    public void Read_Imputation_IsTheEnginesMethodAndCompiles(string text, Imputation expected)
    {
        Assert.Equal(expected, LeafWith("imputation", text).Imputation);
        FileSample.AssertCompiles(FileSample.Leaf($"imputation: {text}", $"imputation: {text}"));
    }

    [Theory]
    [MemberData(nameof(Denominators), DisableDiscoveryEnumeration = true)]
    public void Read_Denominator_IsTheEnginesAndCompiles(string text, Denominator expected)
    {
        Assert.Equal(expected, LeafWith("denominator", text).Denominator);
        FileSample.AssertCompiles(FileSample.Leaf("denominator: " + text));
    }

    [Fact]
    public void Read_NoMethods_IsGoalpostsAlone()
    {
        var leaf = LeafWith("reason", "None.");

        Assert.Equal((new Goalposts(1, 9), 1.0), ((Goalposts)leaf.Normalisation, leaf.Weight));
        Assert.Equal((null, null, null, null), (leaf.Denominator, leaf.Imputation, leaf.Treatment, leaf.Validity));
    }

    [Fact]
    public void Read_DenominatorWithNameAndUnit_IsAnIndicatorOfTheFile()
    {
        var file = FrameworkFileReader.Read(
            FileSample.Folder(FileSample.Leaf("denominator: {indicator: area, name: Area, unit: km2, minimum: 0, validity: 800d}")),
            "main.yaml"
        );

        Assert.Equal(800 * 86_400L, file.Framework!.Composite.Root.Children[0].Leaf.Denominator.Validity.Seconds);
        Assert.Equal(["attacks", "area", "people"], file.Indicators.Select(indicator => indicator.Code));
        Assert.Equal("area", file.Framework.Composite.Root.Children[0].Leaf.Denominator.Indicator);
    }

    [Fact]
    public void Read_MethodThatIgnoresGoalposts_NeedsNone()
    {
        var text = FileSample
            .Leaf("normalisation: rank")
            .Replace("low: 1", "", StringComparison.Ordinal)
            .Replace("high: 9", "", StringComparison.Ordinal);

        var file = FrameworkFileReader.Read(FileSample.Folder(text), "main.yaml");

        Assert.Equal(V1.Normalisation.MethodOneofCase.Rank, file.Framework!.Composite.Root.Children[0].Leaf.Normalisation.MethodCase);
    }

    [Theory]
    [InlineData("normalisation: ranks", "normalisation", "'ranks' is not known as normalisation. Did you mean 'rank'?")]
    [InlineData("normalisation: distance-to-target", "normalisation", "'target' is missing")]
    [InlineData("normalisation: {method: distance-to-target}", "normalisation.target", "'target' is missing")]
    [InlineData("normalisation: {method: rank, mean: 5}", "normalisation.mean", "'mean' is not known here")]
    [InlineData("normalisation: {own-scale: true}", "normalisation.method", "'method' is missing")]
    [InlineData("normalisation: [rank]", "normalisation", "keys with values")]
    [InlineData("treatment: {method: winsorise, maximum-points: 2.5}", "treatment.maximum-points", "no whole number")]
    [InlineData(
        "treatment: {method: log, form: plain}",
        "treatment.form",
        "Write shifted, shifted-by-skew, shifted-by-one or innovation-index."
    )]
    [InlineData(
        "treatment: {method: skew-driven, first: cut}",
        "treatment.first",
        "'cut' is not known as first. Write skew-driven, winsorise, log or box-cox."
    )]
    [InlineData("imputation: {method: central, statistic: mode}", "imputation.statistic", "Write mean or median.")]
    [InlineData("imputation: guess", "imputation", "'guess' is not known as imputation")]
    [InlineData("denominator: {scale: 1000}", "denominator.indicator", "'indicator' is missing")]
    public void Read_FaultInAMethod_NamesLineAndPath(string line, string path, string message)
    {
        var faults = Assert
            .Throws<FaultyFileException>(() => FrameworkFileReader.Read(FileSample.Folder(FileSample.Leaf(line)), "main.yaml"))
            .Faults;

        Assert.Contains(faults, fault =>
            fault.Place.Line == FileSample.LineOfLeaf
            && fault.Place.Path == $"framework.tree.children[0].{path}"
            && fault.Message.Contains(message, StringComparison.Ordinal)
        );
    }

    private static Leaf LeafWith(string key, string text) =>
        (Leaf)FileSample.Model<CompositeFramework>(FileSample.Leaf($"{key}: {text}")).Root.Children[0];

    // Records compare the arrays in them by reference.
    private static void AssertSame(Normalisation expected, Normalisation actual)
    {
        Assert.IsType(expected.GetType(), actual);
        Assert.Equivalent(expected, actual, strict: true);
    }
}
