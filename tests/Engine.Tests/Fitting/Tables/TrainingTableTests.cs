using System.Collections.Immutable;
using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Engine.Tests.Fitting.Tables;

public class TrainingTableTests
{
    private static readonly ImmutableArray<string> Columns = ["gdp", "coups"];

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Table_ValueIsNotFinite_IsRefusedWithColumnAndRow(double value)
    {
        var error = Assert.Throws<FittingException>(() => Table(new(true, [1, 2]), new(false, [1, value])));

        Assert.Equal("coups[1]", error.Subject);
        Assert.Contains("row 1", error.Reason, StringComparison.Ordinal);
        Assert.Contains("Impute", error.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_RowHasTooFewValues_IsRefused() =>
        Assert.Equal("rows[0]", Assert.Throws<FittingException>(() => Table(new TrainingRow(true, [1]))).Subject);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void Table_WeightIsNotAboveZero_IsRefused(double weight) =>
        Assert.Equal(
            "rows[0].weight",
            Assert.Throws<FittingException>(() => Table(new TrainingRow(true, [1, 2]) { Weight = weight })).Subject
        );

    [Fact]
    public void Table_NameTwice_IsRefused() =>
        Assert.Equal(
            "gdp",
            Assert.Throws<FittingException>(() => new TrainingTable(TrainingTables.Outcome, ["gdp", "gdp"], [new(true, [1, 2])])).Subject
        );

    [Fact]
    public void Table_NoRow_IsRefused() => Assert.Equal("rows", Assert.Throws<FittingException>(() => Table()).Subject);

    [Fact]
    public void Select_RowsInAnyOrder_KeepsTheirValues()
    {
        var table = Table(
            new(true, [1, 2]) { Group = "a", Period = 7 },
            new(false, [3, 4])
            {
                Group = "b",
                Period = 8,
                Weight = 3,
            },
            new(false, [5, 6]) { Group = "c" }
        );

        var selected = table.Select([1, 0, 1]);

        Assert.Equal([3, 1, 3], selected.Column(0).ToArray());
        Assert.Equal([4, 2, 4], selected.Column(1).ToArray());
        Assert.Equal([false, true, false], selected.Outcomes.ToArray());
        Assert.Equal([3, 1, 3], selected.Weights.ToArray());
        Assert.Equal(["b", "a", "b"], selected.Groups);
        Assert.Equal([8, 7, 8], selected.Periods);
        Assert.Equal(1, selected.EventCount);
        Assert.Throws<FittingException>(() => table.Select([]));
    }

    private static TrainingTable Table(params TrainingRow[] rows) => new(TrainingTables.Outcome, Columns, rows);
}
