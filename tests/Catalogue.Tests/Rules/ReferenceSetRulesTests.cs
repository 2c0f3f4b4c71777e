using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Catalogue.Tests.Rules;

public sealed class ReferenceSetRulesTests
{
    private const string Set = "framework.composite.reference_set";

    public static TheoryData<string, string, Action<V1.ReferenceSet>> Faults =>
        new()
        {
            { $"{Set}.units[1].code", "'' is no code of a unit. Use", set => set.Units[1].Code = "" },
            { $"{Set}.units[1].code", "'XAB@2020' is no code of a unit. Use", set => set.Units[1].Code = "XAB@2020" },
            { $"{Set}.units[1].code", "'XAB ' is no code of a unit. Use", set => set.Units[1].Code = "XAB " },
            { $"{Set}.units[2].code", "'XAA' is there twice. Give each unit once", set => set.Units[2].Code = "XAA" },
            { $"{Set}.units[3].year", "Either every unit has a year", set => set.Units[3].Year = 2020 },
            { $"{Set}.units[0].groups", "has no name. Name it", set => set.Units[0].Groups["region"] = "" },
            { $"{Set}.columns[0].indicator", "There is no indicator 'none'. Create it first", set => set.Columns[0].Indicator = "none" },
            {
                $"{Set}.columns[2].indicator",
                "'events' has two columns. Give each indicator one",
                set => set.Columns[2].Indicator = "events"
            },
            { $"{Set}.columns[1].values", "There are 5 values for 4 units. Give one for each", set => set.Columns[1].Values.Add(1) },
            {
                $"{Set}.columns[1].values[2]",
                "An infinite value has no place on any scale. Give",
                set => set.Columns[1].Values[2] = double.NegativeInfinity
            },
            { $"{Set}.at", "no time from the year 1 to 9999. Put it right", set => set.At = new() { Seconds = long.MaxValue } },
        };

    public static TheoryData<int, int> TooLarge =>
        new()
        {
            { 2_001, 1 },
            { 1, 1_001 },
            { 501, 1_000 },
        };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void TryGetModel_FaultInTheSet_SaysWhereWhatAndHow(string field, string message, Action<V1.ReferenceSet> spoil) =>
        FrameworkFaults.AssertOne(Sample.Constructed(), field, message, definition => spoil(definition.Composite.ReferenceSet));

    [Fact]
    public void TryGetModel_EmptySet_NamesUnitsAndColumns()
    {
        var definition = Sample.Constructed();
        definition.Composite.ReferenceSet = new();

        Assert.Equal([$"{Set}.units", $"{Set}.columns"], FrameworkFaults.Of(definition).Select(fault => fault.Field));
    }

    [Fact]
    public void TryGetModel_UnitOfSeveralYears_IsTakenOnceAYear()
    {
        var definition = Sample.Constructed();
        for (var i = 0; i < 4; i++)
        {
            (definition.Composite.ReferenceSet.Units[i].Code, definition.Composite.ReferenceSet.Units[i].Year) = ("XAA", 2019 + (i % 3));
        }

        var fault = Assert.Single(FrameworkFaults.Of(definition));

        Assert.Equal($"{Set}.units[3].code", fault.Field);
        Assert.StartsWith("'XAA@2019' is there twice.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryGetModel_YearThatIsNone_IsRefused()
    {
        var definition = Sample.Constructed();
        foreach (var unit in definition.Composite.ReferenceSet.Units)
        {
            unit.Year = unit.Code == "XAC" ? double.NaN : 2020;
        }

        Assert.Equal($"{Set}.units[2].year", Assert.Single(FrameworkFaults.Of(definition)).Field);
    }

    [Theory]
    [MemberData(nameof(TooLarge))]
    public void TryGetModel_SetBeyondALimit_IsRefusedAsAWhole(int units, int columns)
    {
        var definition = Sample.Constructed();
        definition.Composite.ReferenceSet = new()
        {
            Units = { Enumerable.Range(0, units).Select(i => new V1.ReferenceUnit { Code = $"U{i}" }) },
            Columns = { Enumerable.Range(0, columns).Select(i => new V1.ReferenceColumn { Indicator = $"i{i}" }) },
        };

        var fault = Assert.Single(FrameworkFaults.Of(definition));

        Assert.Equal((V1.ErrorReason.InvalidFramework, Set), (fault.Reason, fault.Field));
        Assert.Contains("Give at most 2,000 units, 1,000 columns and 500,000 values in all.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToDefinition_ReferenceSet_IsTheOneItWasMadeFrom()
    {
        var definition = Sample.Constructed();
        definition.Composite.ReferenceSet.Units[0].Groups.Clear();
        Assert.True(FrameworkModels.TryGetModel(definition, 1, FrameworkFaults.Find, out var model, out _));

        var set = ((CompositeFramework)model).Reference!;

        Assert.Equal([4, 40, double.NaN, 12], Enumerable.Range(0, 4).Select(row => set[row, "events"]));
        Assert.Equal([null, "north", "south", "south"], set.Units.Select(unit => unit.GroupIn("region")));
        Assert.Equal(definition.Composite.ReferenceSet, FrameworkModels.ToDefinition(set));
    }
}
