using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Catalogue.Tests;

public sealed class FrameworkModelsTests
{
    private static readonly Dictionary<string, V1.Indicator> s_indicators = Sample.Indicators().ToDictionary(indicator => indicator.Code);

    public static TheoryData<string, Action<V1.Framework>> TreeFaults =>
        new()
        {
            { "framework.name", f => f.Name = "frameworks/Upper" },
            { "framework.display_name", f => f.DisplayName = "" },
            { "framework.bands[0].level", f => f.Bands[0].Level = "Low" },
            { "framework.bands[0].lower_bound", f => f.Bands[0].LowerBound = 5 },
            { "framework.bands[2].lower_bound", f => f.Bands[2].LowerBound = 60 },
            { "framework.composite.root.code", f => f.Composite.Root.Code = "" },
            { "framework.composite.root.children[0].weight", f => f.Composite.Root.Children[0].Weight = 0 },
            { "framework.composite.root.children[0].code", f => f.Composite.Root.Children[0].Code = "other" },
            {
                "framework.composite.root.children[0].leaf.direction",
                f => f.Composite.Root.Children[0].Leaf.Direction = V1.Direction.Unspecified
            },
            { "framework.composite.root.children[0].leaf.indicator", f => f.Composite.Root.Children[0].Leaf.Indicator = "none" },
            { "framework.composite.root.children[0].leaf.high", f => f.Composite.Root.Children[0].Leaf.Low = 200 },
            { "framework.composite.root.children[0].leaf.low", f => f.Composite.Root.Children[0].Leaf.ClearLow() },
            { "framework.composite.root.children[0].leaf.high", f => f.Composite.Root.Children[0].Leaf.ClearHigh() },
            {
                "framework.composite.root.children[0].leaf.low",
                f => (f.Composite.Root.Children[0].Leaf.Low, f.Composite.Root.Children[0].Leaf.High) = (1_000, 2_000)
            },
            { "framework.composite.root.children[0].leaf.validity", f => f.Composite.Root.Children[0].Leaf.Validity = new() },
            { "framework.composite.root.children[1].children", f => f.Composite.Root.Children[1].Children.Clear() },
            {
                "framework.composite.root.children[1].children[0].code",
                f => f.Composite.Root.Children[1].Children[0].Leaf.Indicator = "events"
            },
            { "framework.composite.root.missing_data.minimum_coverage", f => f.Composite.Root.MissingData = new() { MinimumCoverage = 2 } },
            {
                "framework.composite.root.missing_data.stated_value",
                f =>
                    f.Composite.Root.MissingData = new()
                    {
                        Treatment = V1.MissingDataTreatment.StatedValue,
                        StatedValue = 101,
                        StatedSpread = 10,
                    }
            },
            { "framework.composite.root", f => f.Composite.Root = null },
            { "framework", f => f.ClearModel() },
        };

    public static TheoryData<string, Action<V1.Framework>> LogisticFaults =>
        new()
        {
            { "framework.logistic.intercept", f => f.Logistic.Intercept = double.NaN },
            { "framework.logistic.coefficients", f => f.Logistic.Coefficients.Clear() },
            { "framework.logistic.coefficients[0].value", f => f.Logistic.Coefficients[0].Value = double.PositiveInfinity },
            { "framework.logistic.coefficients[1].indicator", f => f.Logistic.Coefficients[1].Indicator = "none" },
            {
                "framework.logistic.coefficients[1].stated_value",
                f => (f.Logistic.Coefficients[0].StatedValue, f.Logistic.Coefficients[1].Value) = (1, 2)
            },
            {
                "framework.logistic.coefficients[0].stated_value",
                f => (f.Logistic.Coefficients[0].Indicator, f.Logistic.Coefficients[0].StatedValue) = ("open", 1)
            },
            { "framework.bands[1].lower_bound", f => f.Bands[1].LowerBound = 1 },
        };

    [Theory]
    [MemberData(nameof(TreeFaults), DisableDiscoveryEnumeration = true)]
    public void TryCompile_FaultInATree_NamesTheField(string field, Action<V1.Framework> spoil) => AssertFault(Sample.Tree(), field, spoil);

    [Theory]
    [MemberData(nameof(LogisticFaults), DisableDiscoveryEnumeration = true)]
    public void TryCompile_FaultInALogisticModel_NamesTheField(string field, Action<V1.Framework> spoil) =>
        AssertFault(Sample.Logistic(), field, spoil);

    [Fact]
    public void TryCompile_Tree_KeepsWeightsDirectionsAndOrder()
    {
        var definition = Sample.Tree();
        definition.Composite.Root.Children[0].Weight = 3;

        Assert.True(FrameworkModels.TryCompile(definition, 4, s_indicators.GetValueOrDefault, out var compiled, out _));

        var model = Assert.IsType<CompositeFramework>(compiled.Model);
        Assert.Equal(("sample", 4, 0), (model.Id, model.Version, model.ScaleFloor));
        Assert.Equal(["events", "trust"], compiled.Leaves.Select(leaf => leaf.Indicator));
        Assert.Equal([0.75, 0.25], compiled.Leaves.Select(leaf => leaf.EffectiveWeight));
        Assert.Equal(Direction.Lowers, ((Node)model.Root.Children[1]).Children[0].Direction);
    }

    [Fact]
    public void TryCompile_GeometricMeanSomewhere_ScaleStartsAtOne()
    {
        var definition = Sample.Tree();
        definition.Composite.Root.Children[1].Aggregation = V1.Aggregation.Geometric;

        Assert.True(FrameworkModels.TryCompile(definition, 1, s_indicators.GetValueOrDefault, out var compiled, out _));

        Assert.Equal(1, ((CompositeFramework)compiled.Model).ScaleFloor);
    }

    [Fact]
    public void TryCompile_LogisticWithZeroCoefficients_IsAccepted()
    {
        Assert.True(FrameworkModels.TryCompile(Sample.Logistic(), 1, s_indicators.GetValueOrDefault, out var compiled, out _));
        Assert.IsType<RefuseIncomplete>(((LogisticFramework)compiled.Model).Missing);
    }

    [Fact]
    public void TryCompile_LogisticWithStatedValues_HoldsThem()
    {
        var definition = Sample.Logistic();
        definition.Logistic.Coefficients[0].StatedValue = 3;

        Assert.True(FrameworkModels.TryCompile(definition, 1, s_indicators.GetValueOrDefault, out var compiled, out _));

        var model = (LogisticFramework)compiled.Model;
        Assert.IsType<HoldDefaults>(model.Missing);
        Assert.Equal((3, new ValueRange(0, 1_000)), (model.Predictors[0].Default!.Value, model.Predictors[0].Range!));
    }

    private static void AssertFault(V1.Framework definition, string field, Action<V1.Framework> spoil)
    {
        spoil(definition);
        Assert.False(FrameworkModels.TryCompile(definition, 1, s_indicators.GetValueOrDefault, out _, out var faults));
        Assert.Contains(field, faults.Select(fault => fault.Field));
    }
}
