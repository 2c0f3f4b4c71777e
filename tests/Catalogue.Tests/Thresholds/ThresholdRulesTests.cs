using EarlyWarning.Catalogue.Rules;
using EarlyWarning.Catalogue.States;
using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Catalogue.Thresholds;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Catalogue.Tests.Thresholds;

public sealed class ThresholdRulesTests
{
    private static readonly CatalogueState s_state = CatalogueState.Empty.Apply(
        new(1, Sample.Now, new V1.CreateFrameworkRequest { Framework = Sample.Tree(), Indicators = { Sample.Indicators() } })
    );

    public static TheoryData<string, Action<V1.Threshold>> Faults =>
        new()
        {
            { "threshold.name", t => t.Name = "thresholds/Upper" },
            { "threshold.name", t => t.Name = "high" },
            { "threshold.display_name", t => t.DisplayName = "" },
            { "threshold.framework", t => t.Framework = "frameworks/none" },
            { "threshold.target", t => t.Target = "none" },
            { "threshold.target", t => t.Target = "open" },
            { "threshold.severity", t => t.Severity = V1.Severity.Unspecified },
            { "threshold.condition", t => t.Condition = V1.Condition.Unspecified },
            { "threshold.value", t => t.Value = 101 },
            { "threshold.value", t => t.Value = double.NaN },
            { "threshold.value", t => t.ClearValue() },
            { "threshold.value", t => Rise(t, null, Days(30)) },
            {
                "threshold.value",
                t =>
                {
                    Level(t, "high");
                    t.Value = 0;
                }
            },
            { "threshold.value", t => (t.Value, t.ClearingValue) = (0, 0) },
            { "threshold.value", t => (t.Target, t.Value, t.ClearingValue) = ("trust", 1.5, 0.5) },
            { "threshold.clearing_value", t => t.ClearingValue = 61 },
            { "threshold.clearing_value", t => t.ClearingValue = -1 },
            { "threshold.clearing_value", t => t.Condition = V1.Condition.Below },
            { "threshold.level", t => t.Level = "high" },
            { "threshold.window", t => t.Window = Days(3) },
            { "threshold.window", t => Rise(t, 10, null) },
            { "threshold.window", t => Rise(t, 10, Days(401)) },
            { "threshold.value", t => Rise(t, 0, Days(30)) },
            { "threshold.value", t => Rise(t, 101, Days(30)) },
            { "threshold.level", t => Level(t, "none") },
            { "threshold.level", t => Level(t, "low") },
            { "threshold.for", t => t.For = Days(-1) },
            { "threshold.for", t => t.For = Days(401) },
            { "threshold.minimum_coverage", t => t.MinimumCoverage = 1.1 },
            { "threshold.minimum_probability", t => t.MinimumProbability = double.NaN },
            { "threshold.minimum_probability", t => t.MinimumProbability = 0 },
            { "threshold.minimum_sources", t => t.MinimumSources = 1 },
            { "threshold.minimum_sources", t => t.MinimumSources = 11 },
            {
                "threshold.minimum_sources",
                t =>
                {
                    Rise(t, 10, Days(30));
                    t.MinimumSources = 2;
                }
            },
            {
                "threshold.minimum_sources",
                t =>
                {
                    t.ClearClearingValue();
                    (t.Condition, t.MinimumSources) = (V1.Condition.Below, 2);
                }
            },
            { "threshold.countries[1]", t => t.Countries.Add(["XAA", "FRA"]) },
        };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void Check_OneFault_NamesTheField(string field, Action<V1.Threshold> spoil)
    {
        var threshold = Sample.Threshold();
        spoil(threshold);

        var fault = Assert.Single(Check(threshold));

        Assert.Equal(field, fault.Field);
        Assert.EndsWith(".", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_IndicatorThatOnlyDivides_IsWatchedByItsOwnValues()
    {
        var framework = Sample.Tree();
        framework.Composite.Root.Children[0].Leaf.Denominator = new() { Indicator = "open" };
        var threshold = Sample.Threshold();
        (threshold.Target, threshold.Value, threshold.ClearingValue) = ("open", 5_000, 4_000);

        Assert.Empty(Check(threshold, framework));
    }

    [Fact]
    public void Check_NodeOnAScaleWithoutEnds_TakesAnyValueAndAnyRise()
    {
        var framework = Sample.Constructed();
        framework.Name = "frameworks/sample";
        framework.Composite.Root.Children[0].Leaf.Normalisation = new() { ZScore = new() };
        var below = Sample.Threshold();
        (below.Condition, below.Value, below.ClearingValue) = (V1.Condition.Below, -1.5, -1);
        var rise = Sample.Threshold();
        Rise(rise, 500, Days(30));

        Assert.Empty(Check(below, framework));
        Assert.Empty(Check(rise, framework));
        Assert.Equal(["threshold.value", "threshold.clearing_value"], Check(below).Select(fault => fault.Field));
    }

    [Theory]
    [InlineData("", 0.4, true)]
    [InlineData("", 0.5, false)]
    [InlineData("", null, false)]
    [InlineData("trust", 0.1, false)]
    public void Check_CoverageBelowTheFloorOfTheNode_IsRefused(string target, double? coverage, bool refused)
    {
        var framework = Sample.Tree();
        framework.Composite.Root.MissingData = new() { MinimumCoverage = 0.5 };
        var threshold = Sample.Threshold();
        threshold.Target = target;
        if (target.Length > 0)
        {
            (threshold.Value, threshold.ClearingValue) = (0.6, 0.5);
        }

        if (coverage is { } asked)
        {
            threshold.MinimumCoverage = asked;
        }
        else
        {
            threshold.ClearMinimumCoverage();
        }

        Assert.Equal(refused ? ["threshold.minimum_coverage"] : [], Check(threshold, framework).Select(fault => fault.Field));
    }

    [Fact]
    public void Check_ProbabilityWhereErrorsAreMostlyNotStated_IsRefused()
    {
        var threshold = Sample.Threshold();
        threshold.MinimumProbability = 0.8;

        var fault = Assert.Single(Check(threshold));

        Assert.Equal("threshold.minimum_probability", fault.Field);
        Assert.Contains("default error", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ProbabilityWhereDefaultErrorsAreStated_IsAccepted()
    {
        var indicators = Sample
            .Indicators()
            .Select(indicator =>
            {
                indicator.DefaultError = new()
                {
                    Normal = new() { Relative = 0.1, Absolute = 0.1 },
                    Reason = "Sources differ by a tenth.",
                };
                return indicator;
            })
            .ToArray();
        var state = CatalogueState.Empty.Apply(
            new(1, Sample.Now, new V1.CreateFrameworkRequest { Framework = Sample.Tree(), Indicators = { indicators } })
        );
        var threshold = Sample.Threshold();
        threshold.MinimumProbability = 0.8;
        var faults = new List<CatalogueFault>();

        new ThresholdRules(threshold, state, Countries.For(exercise: true), faults).Check();

        Assert.Empty(faults);
    }

    [Fact]
    public void Check_EachCondition_IsAccepted()
    {
        var below = Sample.Threshold();
        (below.Target, below.Condition, below.Value, below.ClearingValue) = ("trust", V1.Condition.Below, 0.3, 0.4);
        var rise = Sample.Threshold();
        Rise(rise, 10, Days(30));
        var level = Sample.Threshold();
        Level(level, "severe");

        Assert.All([Sample.Threshold(), below, rise, level], threshold => Assert.Empty(Check(threshold)));
    }

    private static List<CatalogueFault> Check(V1.Threshold threshold, V1.Framework? framework = null)
    {
        var faults = new List<CatalogueFault>();
        var state = framework is null
            ? s_state
            : s_state.Apply(new(2, Sample.Now, new V1.CreateFrameworkRequest { Framework = framework }));
        new ThresholdRules(threshold, state, Countries.For(exercise: true), faults).Check();
        return faults;
    }

    private static void Rise(V1.Threshold threshold, double? value, Duration? window)
    {
        threshold.Condition = V1.Condition.Rise;
        threshold.ClearClearingValue();
        threshold.Window = window;
        threshold.ClearValue();
        if (value is { } rise)
        {
            threshold.Value = rise;
        }
    }

    private static void Level(V1.Threshold threshold, string level)
    {
        threshold.Condition = V1.Condition.Level;
        threshold.ClearClearingValue();
        threshold.ClearValue();
        threshold.Level = level;
    }

    private static Duration Days(int days) => new() { Seconds = days * 86_400L };
}
