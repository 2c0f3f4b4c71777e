using CsCheck;
using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Fitting;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Engine.Tests.Fitting;

public class FoldAssignmentTests
{
    [Fact]
    public void ByRow_AnyTable_DealsRowsAndEventsEvenly() =>
        Gen.Select(TrainingTables.Any(), Gen.Int[2, 10], Gen.ULong)
            .Sample(
                (table, count, seed) =>
                {
                    var folds = FoldAssignment.ByRow(table, count, seed);

                    var sizes = Enumerable.Range(0, count).Select(fold => folds.Folds.Count(other => other == fold)).ToArray();
                    var events = Enumerable
                        .Range(0, count)
                        .Select(fold => Enumerable.Range(0, table.RowCount).Count(row => folds.Folds[row] == fold && table.Outcomes[row]))
                        .ToArray();
                    Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
                    Assert.InRange(events.Max() - events.Min(), 0, 1);
                    Assert.Equal(folds.Folds, FoldAssignment.ByRow(table, count, seed).Folds);
                },
                iter: 100
            );

    [Fact]
    public void ByRow_OtherSeed_IsAnotherDeal() =>
        Assert.NotEqual(
            FoldAssignment.ByRow(TrainingTables.Reference, 4, 1).Folds.AsEnumerable(),
            FoldAssignment.ByRow(TrainingTables.Reference, 4, 2).Folds.AsEnumerable()
        );

    [Fact]
    public void ByGroup_AnyTable_PartsNoGroup() =>
        Gen.Select(TrainingTables.Any(), Gen.Int[2, 7], Gen.ULong)
            .Sample(
                (table, count, seed) =>
                {
                    var folds = FoldAssignment.ByGroup(table, count, seed);

                    Assert.Equal(count, folds.Folds.Distinct().Count());
                    foreach (var group in Enumerable.Range(0, table.RowCount).GroupBy(row => table.Groups[row]))
                        Assert.Single(group.Select(row => folds.Folds[row]).Distinct());
                },
                iter: 100
            );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ByGroup_RarerOutcomeInTwoGroups_NoFoldHoldsAllOfIt(bool rarer) =>
        Gen.Select(Gen.Int[2, 7], Gen.ULong)
            .Sample(
                (count, seed) =>
                {
                    var rows = Enumerable
                        .Range(0, 70)
                        .Select(i => new TrainingRow((i is 3 or 11 or 12) == rarer, [i]) { Group = $"g{i % 7}" });
                    var table = new TrainingTable(TrainingTables.Outcome, ["x"], [.. rows]);

                    var folds = FoldAssignment.ByGroup(table, count, seed);

                    Assert.True(new[] { 3, 11, 12 }.Select(row => folds.Folds[row]).Distinct().Count() > 1);
                },
                iter: 100
            );

    [Fact]
    public void ByGroup_RowsInAnotherOrder_PutsGroupsIntoTheSameFolds()
    {
        var rows = Enumerable.Range(0, 40).Select(i => new TrainingRow(i % 6 == 0, [i]) { Group = $"g{i * 7 % 9}" }).ToList();
        var table = new TrainingTable(TrainingTables.Outcome, ["x"], rows);
        var order = Enumerable.Range(0, table.RowCount).OrderBy(row => row * 31 % 97).ToArray();

        var folds = FoldAssignment.ByGroup(table, 3, 5);
        var shuffled = FoldAssignment.ByGroup(table.Select(order), 3, 5);

        Assert.Equal(order.Select(row => folds.Folds[row]), shuffled.Folds);
    }

    [Fact]
    public void ByPeriod_Years_PartsNoYear()
    {
        var rows = Enumerable.Range(0, 40).Select(i => new TrainingRow(i % 5 == 0, [i]) { Period = 1990 + (i / 4) }).ToList();

        var folds = FoldAssignment.ByPeriod(new TrainingTable(TrainingTables.Outcome, ["x"], rows), 5, 3);

        foreach (var year in Enumerable.Range(0, 40).GroupBy(i => i / 4))
            Assert.Single(year.Select(i => folds.Folds[i]).Distinct());
        Assert.Equal(5, folds.Folds.Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    public void ByRow_CountThatCannotBe_IsRefused(int count) =>
        Assert.Equal("folds", Assert.Throws<FittingException>(() => FoldAssignment.ByRow(TrainingTables.Reference, count, 1)).Subject);
}
