using EarlyWarning.Catalogue.Tests.Infrastructure;

namespace EarlyWarning.Catalogue.Tests;

/// <summary>What the engine finds is told by the field that was sent.</summary>
public sealed class ModelPathsTests
{
    private const string Root = "framework.composite.root";
    private const string Leaf = $"{Root}.children[0].leaf";
    private const string Members = "framework.ensemble.members";

    public static TheoryData<string, Action<V1.CompositeModel>> TreeErrors =>
        new()
        {
            { $"{Root}.exponent", m => m.Root.Aggregation = V1.Aggregation.Generalised },
            { $"{Root}.aggregation", m => (m.Root.Aggregation, m.ReferenceSet) = (V1.Aggregation.Copeland, null) },
            { $"{Root}.aggregation", m => (m.Root.Aggregation, m.ScaleFloor) = (V1.Aggregation.Geometric, 0) },
            {
                $"{Root}.weighting",
                m => (m.Root.Weighting, m.ReferenceSet) = (new() { Method = V1.WeightingMethod.PrincipalComponent }, null)
            },
            {
                $"{Root}.weighting.influences",
                m => m.Root.Weighting = new() { Method = V1.WeightingMethod.Correlation, Influences = { 1 } }
            },
            { $"{Root}.weighting.tolerance", m => m.Root.Weighting = new() { Method = V1.WeightingMethod.Correlation, Tolerance = 0 } },
            {
                $"{Root}.weighting.maximum_evaluations",
                m => m.Root.Weighting = new() { Method = V1.WeightingMethod.Correlation, MaximumEvaluations = 0 }
            },
            { $"{Root}.missing_data.minimum_presence", m => m.Root.MissingData = new() { MinimumPresence = 2 } },
            {
                $"{Root}.missing_data.stated_value",
                m =>
                    m.Root.MissingData = new()
                    {
                        Treatment = V1.MissingDataTreatment.StatedValue,
                        StatedValue = -1,
                        StatedSpread = 10,
                    }
            },
            { $"{Root}.children[1].code", m => m.Root.Children[1].Code = "risk" },
            { "framework.composite.screening.available", m => m.Screening = new() { Available = 2 } },
            { "framework.composite.screening.non_zero", m => m.Screening = new() { NonZero = double.NaN } },
        };

    public static TheoryData<string, Action<V1.Leaf>> LeafErrors =>
        new()
        {
            { $"{Leaf}.high", leaf => (leaf.Low, leaf.High) = (5, 4) },
            { $"{Leaf}.high", leaf => (leaf.High, leaf.Normalisation) = (-1, new() { Goalposts = new() { Uncapped = true } }) },
            { $"{Leaf}.normalisation.z_score.mean", leaf => leaf.Normalisation = new() { ZScore = new() { Mean = double.NaN } } },
            { $"{Leaf}.normalisation.z_score.deviation", leaf => leaf.Normalisation = new() { ZScore = new() { Deviation = 0 } } },
            {
                $"{Leaf}.normalisation.min_max.high",
                leaf =>
                    leaf.Normalisation = new()
                    {
                        MinMax = new() { Low = 200 },
                        OwnScale = true,
                    }
            },
            {
                $"{Leaf}.normalisation.distance_to_target.target",
                leaf => leaf.Normalisation = new() { DistanceToTarget = new() { Target = double.NaN } }
            },
            { $"{Leaf}.normalisation", leaf => leaf.Normalisation = new() { DistanceToReference = new() { Unit = "XZZ" } } },
            { $"{Leaf}.normalisation.categorical.steps", leaf => leaf.Normalisation = new() { Categorical = new() } },
            {
                $"{Leaf}.normalisation.categorical.steps[1].from",
                leaf =>
                    leaf.Normalisation = new()
                    {
                        Categorical = new()
                        {
                            Steps =
                            {
                                new V1.CategoryStep { From = 1 },
                                new V1.CategoryStep { From = 1, Score = 9 },
                            },
                        },
                    }
            },
            { $"{Leaf}.normalisation.logistic.steepness", leaf => leaf.Normalisation = new() { Logistic = new() } },
            {
                $"{Leaf}.treatment.winsorise.maximum_points",
                leaf =>
                    leaf.Treatment = new()
                    {
                        Winsorise = new() { MaximumPoints = 0, Always = true },
                    }
            },
            { $"{Leaf}.treatment.winsorise.test", leaf => leaf.Treatment = new() { Winsorise = new() { Test = new() { Skewness = 0 } } } },
            {
                $"{Leaf}.treatment.skew_driven.test",
                leaf => leaf.Treatment = new() { SkewDriven = new() { Test = new() { Kurtosis = double.NaN } } }
            },
            {
                $"{Leaf}.treatment.skew_driven.first.winsorise.test",
                leaf =>
                    leaf.Treatment = new() { SkewDriven = new() { First = new() { Winsorise = new() { Test = new() { Skewness = -1 } } } } }
            },
            {
                $"{Leaf}.treatment.skew_driven.second.box_cox.lambda",
                leaf => leaf.Treatment = new() { SkewDriven = new() { Second = new() { BoxCox = new() { Lambda = double.NaN } } } }
            },
            { $"{Leaf}.imputation.central.group", leaf => leaf.Imputation = new() { Central = new() { Group = "continent" } } },
            {
                $"{Leaf}.imputation.carried_forward.maximum_times",
                leaf => leaf.Imputation = new() { CarriedForward = new() { MaximumTimes = 0 } }
            },
            {
                $"{Leaf}.imputation.expectation_maximisation.within",
                leaf => leaf.Imputation = new() { ExpectationMaximisation = new() { Within = "cohesion" } }
            },
            {
                $"{Leaf}.denominator.validity",
                leaf =>
                    leaf.Denominator = new()
                    {
                        Indicator = "trust",
                        Validity = new() { Seconds = 1 },
                    }
            },
        };

    public static TheoryData<string, Action<V1.LogisticModel>> LogisticErrors =>
        new()
        {
            {
                "framework.logistic.interactions[0].indicators",
                m => m.Interactions.Add(new V1.Interaction { Indicators = { "events" }, Value = 1 })
            },
            {
                "framework.logistic.interactions[0].indicators[1]",
                m => m.Interactions.Add(new V1.Interaction { Indicators = { "events", "open" }, Value = 1 })
            },
            {
                "framework.logistic.interactions[0].value",
                m => m.Interactions.Add(new V1.Interaction { Indicators = { "events", "events" }, Value = double.NaN })
            },
            { "framework.logistic.calibration.platt.slope", m => m.Calibration = new() { Platt = new() } },
            { "framework.logistic.calibration.isotonic.points", m => m.Calibration = new() { Isotonic = new() } },
            {
                "framework.logistic.calibration.isotonic.points[0].frequency",
                m => m.Calibration = new() { Isotonic = new() { Points = { new V1.CalibrationPoint { Frequency = 2 } } } }
            },
            { "framework.logistic.coefficients[0].stated_value", m => m.Coefficients[0].StatedValue = double.NaN },
        };

    public static TheoryData<string, Action<V1.EnsembleModel>> EnsembleErrors =>
        new()
        {
            { Members, m => m.Members.RemoveAt(1) },
            { $"{Members}[1].code", m => m.Members[1].Code = "first" },
            { $"{Members}[1].model.intercept", m => m.Members[1].Model.Intercept = double.NaN },
            { $"{Members}[1].model.coefficients[0].value", m => m.Members[1].Model.Coefficients[0].Value = double.NaN },
            { $"{Members}[1].model.coefficients[0].validity", m => m.Members[1].Model.Coefficients[0].Validity = new() { Seconds = 1 } },
            {
                $"{Members}[1].model.interactions[0].indicators[0]",
                m => m.Members[1].Model.Interactions.Add(new V1.Interaction { Indicators = { "events", "trust" } })
            },
            { $"{Members}[1].model.calibration.platt.slope", m => m.Members[1].Model.Calibration = new() { Platt = new() } },
            {
                "framework.ensemble.calibration.platt.intercept",
                m =>
                    m.Calibration = new()
                    {
                        Platt = new() { Slope = 1, Intercept = double.NaN },
                    }
            },
        };

    [Theory]
    [MemberData(nameof(TreeErrors), DisableDiscoveryEnumeration = true)]
    public void TryCompile_ErrorOfATree_NamesTheField(string field, Action<V1.CompositeModel> spoil) =>
        AssertError(Sample.Constructed(), field, definition => spoil(definition.Composite));

    [Theory]
    [MemberData(nameof(LeafErrors), DisableDiscoveryEnumeration = true)]
    public void TryCompile_ErrorOfALeaf_NamesTheField(string field, Action<V1.Leaf> spoil) =>
        AssertError(Sample.Constructed(), field, definition => spoil(definition.Composite.Root.Children[0].Leaf));

    [Theory]
    [MemberData(nameof(LogisticErrors), DisableDiscoveryEnumeration = true)]
    public void TryCompile_ErrorOfALogisticModel_NamesTheField(string field, Action<V1.LogisticModel> spoil) =>
        AssertError(Sample.Logistic(), field, definition => spoil(definition.Logistic));

    [Theory]
    [MemberData(nameof(EnsembleErrors), DisableDiscoveryEnumeration = true)]
    public void TryCompile_ErrorOfAnEnsemble_NamesTheField(string field, Action<V1.EnsembleModel> spoil) =>
        AssertError(Sample.Ensemble(), field, definition => spoil(definition.Ensemble));

    // Past the contract's own rules, so that it is the engine that found it.
    private static void AssertError(V1.Framework definition, string field, Action<V1.Framework> spoil)
    {
        Assert.True(FrameworkModels.TryCompile(definition, 1, FrameworkFaults.Find, out _, out _));
        spoil(definition);
        Assert.Empty(FrameworkFaults.Of(definition));

        Assert.False(FrameworkModels.TryCompile(definition, 1, FrameworkFaults.Find, out _, out var faults));

        Assert.Equal([field], faults.Select(fault => fault.Field));
    }
}
