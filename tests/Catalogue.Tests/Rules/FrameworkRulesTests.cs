using EarlyWarning.Catalogue.Tests.Infrastructure;

namespace EarlyWarning.Catalogue.Tests.Rules;

/// <summary>What the contract refuses of a tree before the engine sees it: field, what is wrong, and how to put it right.</summary>
public sealed class FrameworkRulesTests
{
    private const string Root = "framework.composite.root";
    private const string First = $"{Root}.children[0]";
    private const string Leaf = $"{First}.leaf";

    public static TheoryData<string, string, Action<V1.CompositeModel>> NodeFaults =>
        new()
        {
            { $"{Root}.aggregation", "99 is no aggregation. Use a value of Aggregation", m => m.Root.Aggregation = (V1.Aggregation)99 },
            { $"{Root}.exponent", "for AGGREGATION_GENERALISED alone. Leave it out", m => m.Root.Exponent = 2 },
            { $"{Root}.own_scale", "for AGGREGATION_COPELAND alone. Leave it out", m => m.Root.OwnScale = true },
            {
                $"{Root}.weighting.method",
                "99 is no method of weighting. Use",
                m => m.Root.Weighting = new() { Method = (V1.WeightingMethod)99 }
            },
            {
                $"{Root}.weighting.maximum_evaluations",
                "at most 100000 trials",
                m => m.Root.Weighting = new() { Method = V1.WeightingMethod.Correlation, MaximumEvaluations = 100_001 }
            },
            {
                $"{Root}.weighting.correlation",
                "no kind of correlation",
                m => m.Root.Weighting = new() { Method = V1.WeightingMethod.Correlation, Correlation = (V1.Correlation)9 }
            },
            {
                $"{Root}.weighting.influences",
                "for WEIGHTING_METHOD_CORRELATION alone. Leave it out",
                m => m.Root.Weighting = new() { Influences = { 1, 1 } }
            },
            {
                $"{Root}.weighting.correlation",
                "for WEIGHTING_METHOD_CORRELATION alone",
                m => m.Root.Weighting = new() { Method = V1.WeightingMethod.Equal, Correlation = V1.Correlation.Kendall }
            },
            {
                $"{Root}.weighting.tolerance",
                "for WEIGHTING_METHOD_CORRELATION alone",
                m => m.Root.Weighting = new() { Method = V1.WeightingMethod.Equal, Tolerance = 0.1 }
            },
            {
                $"{Root}.weighting.maximum_evaluations",
                "for WEIGHTING_METHOD_CORRELATION alone",
                m => m.Root.Weighting = new() { MaximumEvaluations = 10 }
            },
            { $"{First}.weighting", "A leaf has no children to weigh. Leave", m => m.Root.Children[0].Weighting = new() },
            { $"{First}.weight", "above 0 and finite. Leave the element out", m => m.Root.Children[0].Weight = double.PositiveInfinity },
            {
                $"{Root}.missing_data.treatment",
                "99 is no treatment of missing data. Use",
                m => m.Root.MissingData = new() { Treatment = (V1.MissingDataTreatment)99 }
            },
            {
                $"{Root}.missing_data.minimum_coverage",
                "for MISSING_DATA_TREATMENT_REWEIGHT alone. Leave it out",
                m => m.Root.MissingData = new() { Treatment = V1.MissingDataTreatment.RequireAll, MinimumCoverage = 0.5 }
            },
            {
                $"{Root}.missing_data.minimum_presence",
                "for MISSING_DATA_TREATMENT_REWEIGHT alone",
                m => m.Root.MissingData = new() { Treatment = V1.MissingDataTreatment.RequireAll, MinimumPresence = 0.5 }
            },
            {
                $"{Root}.missing_data.stated_value",
                "for MISSING_DATA_TREATMENT_STATED_VALUE alone",
                m => m.Root.MissingData = new() { StatedValue = 50 }
            },
            {
                $"{Root}.missing_data.stated_spread",
                "for MISSING_DATA_TREATMENT_STATED_VALUE alone",
                m => m.Root.MissingData = new() { StatedSpread = 5 }
            },
            {
                $"{Root}.missing_data.stated_value",
                "There is no value to stand in. Give",
                m => m.Root.MissingData = new() { Treatment = V1.MissingDataTreatment.StatedValue, StatedSpread = 5 }
            },
            {
                $"{Root}.missing_data.stated_spread",
                "Say how far the truth may lie",
                m => m.Root.MissingData = new() { Treatment = V1.MissingDataTreatment.StatedValue, StatedValue = 50 }
            },
            {
                $"{Root}.missing_data.minimum_coverage",
                "for MISSING_DATA_TREATMENT_REWEIGHT alone",
                m => (m.Root.Aggregation, m.Root.MissingData) = (V1.Aggregation.Minimum, new() { MinimumCoverage = 0.5 })
            },
            { "framework.composite.scale_floor", "cannot start at 100. Give a number", m => m.ScaleFloor = 100 },
            { "framework.composite.scale_floor", "cannot start at NaN. Give a number", m => m.ScaleFloor = double.NaN },
            { "framework.composite.scale_floor", "cannot start at -1. Give a number", m => m.ScaleFloor = -1 },
        };

    public static TheoryData<string, string, Action<V1.Leaf>> LeafFaults =>
        new()
        {
            { $"{Leaf}.normalisation", "no method. Give one, such as goalposts", leaf => leaf.Normalisation = new() { OwnScale = true } },
            {
                $"{Leaf}.normalisation.distance_to_reference.unit",
                "no country to measure the distance to. Give",
                leaf => leaf.Normalisation = new() { DistanceToReference = new() }
            },
            {
                $"{Leaf}.denominator.indicator",
                "There is no indicator 'none'. Create it first",
                leaf => leaf.Denominator = new() { Indicator = "none" }
            },
            {
                $"{Leaf}.denominator.indicator",
                "divided by itself is always 1. Name another",
                leaf => leaf.Denominator = new() { Indicator = "events" }
            },
            {
                $"{Leaf}.denominator.scale",
                "scale of 0 gives no quotient. Give",
                leaf => leaf.Denominator = new() { Indicator = "open", Scale = 0 }
            },
            {
                $"{Leaf}.denominator.scale",
                "scale of Infinity gives no quotient. Give",
                leaf => leaf.Denominator = new() { Indicator = "open", Scale = double.PositiveInfinity }
            },
            {
                $"{Leaf}.denominator.validity",
                "above 0 and at most 3,650,000 days. Leave it out",
                leaf => leaf.Denominator = new() { Indicator = "open", Validity = new() }
            },
            { $"{Leaf}.imputation", "no method. Give one of central", leaf => leaf.Imputation = new() },
            {
                $"{Leaf}.imputation.central.statistic",
                "99 is no middle",
                leaf => leaf.Imputation = new() { Central = new() { Statistic = (V1.CentralStatistic)99 } }
            },
            {
                $"{Leaf}.imputation.sibling.statistic",
                "99 is no middle",
                leaf => leaf.Imputation = new() { Sibling = new() { Statistic = (V1.CentralStatistic)99 } }
            },
            { $"{Leaf}.treatment", "no method. Give one of skew_driven", leaf => leaf.Treatment = new() },
            {
                $"{Leaf}.treatment.winsorise.maximum_points",
                "-1 is no number of points. Give",
                leaf => leaf.Treatment = new() { Winsorise = new() { MaximumPoints = -1 } }
            },
            {
                $"{Leaf}.treatment.log.form",
                "99 is no form of a logarithm. Use",
                leaf => leaf.Treatment = new() { Log = new() { Form = (V1.LogForm)99 } }
            },
            {
                $"{Leaf}.treatment.skew_driven.first",
                "no method. Give",
                leaf => leaf.Treatment = new() { SkewDriven = new() { First = new() } }
            },
            {
                $"{Leaf}.treatment.skew_driven.second",
                "cannot hold another. Give",
                leaf => leaf.Treatment = new() { SkewDriven = new() { Second = new() { SkewDriven = new() } } }
            },
            {
                $"{Leaf}.treatment.skew_driven.second",
                "there is no second. Leave out",
                leaf =>
                    leaf.Treatment = new()
                    {
                        SkewDriven = new()
                        {
                            Second = new() { Log = new() },
                            FirstOnly = true,
                        },
                    }
            },
        };

    [Theory]
    [MemberData(nameof(NodeFaults), DisableDiscoveryEnumeration = true)]
    public void TryGetModel_FaultInANode_SaysWhereWhatAndHow(string field, string message, Action<V1.CompositeModel> spoil) =>
        FrameworkFaults.AssertOne(Sample.Constructed(), field, message, definition => spoil(definition.Composite));

    [Theory]
    [MemberData(nameof(LeafFaults), DisableDiscoveryEnumeration = true)]
    public void TryGetModel_FaultInALeaf_SaysWhereWhatAndHow(string field, string message, Action<V1.Leaf> spoil) =>
        FrameworkFaults.AssertOne(Sample.Constructed(), field, message, definition => spoil(definition.Composite.Root.Children[0].Leaf));

    [Fact]
    public void TryGetModel_UnknownDenominator_HasAReasonOfItsOwn()
    {
        var definition = Sample.Constructed();
        definition.Composite.Root.Children[0].Leaf.Denominator = new() { Indicator = "none" };

        Assert.Equal(V1.ErrorReason.UnknownIndicator, Assert.Single(FrameworkFaults.Of(definition)).Reason);
    }

    [Fact]
    public void TryGetModel_MethodThatIgnoresGoalposts_TakesNone()
    {
        var definition = Sample.Constructed();
        var leaf = definition.Composite.Root.Children[0].Leaf;
        (leaf.Low, leaf.High, leaf.Normalisation) = (0, 0, new() { ZScore = new() });

        Assert.Empty(FrameworkFaults.Of(definition));
    }

    [Fact]
    public void TryGetModel_GoalpostsOfAQuotientBeyondTheRange_AreTaken()
    {
        var definition = Sample.Constructed();
        var leaf = definition.Composite.Root.Children[0].Leaf;
        (leaf.Low, leaf.High, leaf.Denominator) = (2_000, 5_000, new() { Indicator = "open", Scale = 100_000 });

        Assert.Empty(FrameworkFaults.Of(definition));
    }
}
