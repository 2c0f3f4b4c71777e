using EarlyWarning.Scoring.Engine.Evaluation.Backtesting;
using EarlyWarning.Scoring.Engine.Fitting;
using EarlyWarning.Scoring.Engine.Fitting.Tables;
using static EarlyWarning.Engine.Tests.Infrastructure.TrainingTables;

namespace EarlyWarning.Engine.Tests.Fitting;

/// <summary>No model may learn from what only the future knows.</summary>
public partial class LeakGuardTests
{
    private static readonly int[] Onsets = [0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0];
    private static readonly double[] Honest = [2, 5, 1, 4, 3, 3, 2, 6, 5, 4, 1, 2, 7, 3, 1, 2];

    [Theory]
    [InlineData("onset")]
    [InlineData("onset_1")]
    [InlineData("onset_1or2")]
    public void Fit_DeclaredOutcomeOrLead_IsRefusedByName(string column)
    {
        // The values are noise, so nothing but the declaration can tell.
        var table = new TrainingTable(
            new OutcomeColumns("onset", "onset_1", "onset_1or2"),
            ["x", column],
            [.. Onsets.Select((onset, i) => new TrainingRow(onset == 1, [Honest[i], Honest[^(i + 1)]]))]
        );

        var error = Assert.Throws<LeakedColumnException>(() => Fit(table, "x", column));

        Assert.Equal(column, error.Column);
        Assert.Contains("declared", error.Reason, StringComparison.Ordinal);
        Assert.Contains("lag", error.Fix, StringComparison.Ordinal);
        Fit(table, "x");
    }

    [Fact]
    public void Fit_DeclaredLeadWithinAProduct_IsRefused()
    {
        var table = new TrainingTable(
            new OutcomeColumns("onset", "onset_1"),
            ["x", "onset_1"],
            [.. Onsets.Select((onset, i) => new TrainingRow(onset == 1, [Honest[i], Honest[^(i + 1)]]))]
        );

        Assert.Equal(
            "onset_1",
            Assert
                .Throws<LeakedColumnException>(() =>
                    ElasticNet.Fit(table, FeatureDesign.Linear("x").WithInteraction("x", "onset_1"), 0.1, new ElasticNetOptions())
                )
                .Column
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Fit_UndeclaredCopyOfTheOutcomeOrOfALead_IsRefused(int ahead)
    {
        var copy = Onsets.Select((_, i) => i + ahead < Onsets.Length ? Onsets[i + ahead] : 0.0).ToArray();

        var error = Assert.Throws<LeakedColumnException>(() => Fit(Series(Onsets, ("x", Honest), ("copy", copy)), "x", "copy"));

        Assert.Equal("copy", error.Column);
        Assert.Contains(ahead == 0 ? "row by row" : $"{ahead} ahead", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_CopyInOtherNumbers_IsRefused()
    {
        var mirrored = Onsets.Select(onset => 100 - (70.0 * onset)).ToArray();

        Assert.Throws<LeakedColumnException>(() => Fit(Series(Onsets, ("x", Honest), ("copy", mirrored)), "x", "copy"));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(1, 3)]
    public void Fit_WhetherTheEventComesWithinSomeRows_IsRefused(int first, int last)
    {
        var within = Onsets.Select((_, i) => Onsets.Skip(i + first).Take(last - first + 1).Any(onset => onset == 1) ? 1.0 : 0).ToArray();

        var error = Assert.Throws<LeakedColumnException>(() => Fit(Series(Onsets, ("x", Honest), ("within", within)), "x", "within"));

        Assert.Contains($"within {last}", error.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Fit_LagOfTheOutcome_IsLegitimate(int back)
    {
        var lag = Onsets.Select((_, i) => i >= back ? Onsets[i - back] : 0.0).ToArray();

        Assert.True(Fit(Series(Onsets, ("x", Honest), ("lag", lag)), "x", "lag").Diagnostics.Converged);
    }

    [Fact]
    public void Fit_LeadOfEachGroup_IsRefusedInAnyOrderOfRows()
    {
        // Two countries, rows mixed and not in order of time; the lead of the last year is filled by 0.
        int[][] onsets =
        [
            [0, 1, 0, 0, 1, 0],
            [1, 0, 0, 1, 0, 0],
        ];
        var rows = Enumerable
            .Range(0, 12)
            .OrderBy(i => i * 7 % 12)
            .Select(i => (Country: i / 6, Year: i % 6))
            .Select(at => new TrainingRow(
                onsets[at.Country][at.Year] == 1,
                [at.Year * (at.Country + 1.5), at.Year < 5 ? onsets[at.Country][at.Year + 1] : 0]
            )
            {
                Group = $"country {at.Country}",
                Period = 2000 + at.Year,
            })
            .ToList();

        var error = Assert.Throws<LeakedColumnException>(() => Fit(new TrainingTable(Outcome, ["x", "next"], rows), "x", "next"));

        Assert.Equal("next", error.Column);
    }

    [Fact]
    public void Fit_LeadAcrossAYearThatIsMissing_IsRefused()
    {
        // The row of period 3 is not there, so the next row is not the next period.
        var rows = Enumerable
            .Range(0, Onsets.Length - 1)
            .Where(i => i != 3)
            .Select(i => new TrainingRow(Onsets[i] == 1, [Honest[i], Onsets[i + 1]]) { Period = i })
            .ToList();

        Assert.Throws<LeakedColumnException>(() => Fit(new TrainingTable(Outcome, ["x", "next"], rows), "x", "next"));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(9)]
    public void Fit_LeadWithTheLastYearMissing_IsRefusedBeforeAndAfterImputation(double last)
    {
        // What fills the gap, the mean above all, is no part of the column.
        var panel = Panel(row => row.Year == Years - 1 ? last : Future(row.Country, row.Year, 1));
        var imputation = MeanImputation.Fit(panel.Columns, panel.Rows.Select(row => row.Values));

        Assert.Equal("column", Assert.Throws<LeakedColumnException>(() => Fit(panel.ToTrainingTable(imputation), "x", "column")).Column);
    }

    [Theory]
    [MemberData(nameof(Leaks))]
    public void Fit_ColumnThatTellsWhatIsToCome_IsRefused(string kind)
    {
        var error = Assert.Throws<LeakedColumnException>(() => Fit(Table(Panel(row => Leak(kind, row.Country, row.Year))), "x", "column"));

        Assert.Equal("column", error.Column);
    }

    [Theory]
    [MemberData(nameof(Facts))]
    public void Fit_ColumnThatKnowsNothingOfTheFuture_IsTaken(string kind) =>
        Fit(Table(Panel(row => Fact(kind, row.Country, row.Year))), "x", "column");

    [Fact]
    public void Fit_FewSteadyGroupsThatAnyColumnTellsApart_AreNoEvidence()
    {
        // The area of four countries, of which two always have the event and two never: one in three columns would tell them apart.
        double[] areas = [3, 4, 6, 8];
        var rows = Enumerable
            .Range(0, 80)
            .Select(i => new TrainingRow(i < 40, [i % 7, areas[i / 20]]) { Group = $"c{i / 20}", Period = i % 20 });

        Fit(new TrainingTable(Outcome, ["x", "area"], [.. rows]), "x", "area");
    }

    public static TheoryData<string> Leaks() =>
        ["inverse", "times-population", "time-to-the-event", "lead-with-noise-at-the-edges", "codes", "lead-of-two", "ever", "how-often"];

    public static TheoryData<string> Facts() => ["lag", "years-since-the-event", "events-so-far", "area", "noise", "trend"];

    [Fact]
    public void EveryWayToFit_LeakedColumn_IsRefused()
    {
        var table = Series(Onsets, ("x", Honest), ("copy", [.. Onsets.Select(onset => (double)onset)]));
        var design = FeatureDesign.Linear("x", "copy");
        var folds = FoldAssignment.ByRow(table, 2, 1);
        var plans = EnsemblePlan.Bootstraps(design, 0.1, new ElasticNetOptions(), 2, 1);

        Assert.Throws<LeakedColumnException>(() => LeakGuard.Check(table, design));
        Assert.Throws<LeakedColumnException>(() => ElasticNet.FitPath(table, design, new ElasticNetOptions()));
        Assert.Throws<LeakedColumnException>(() => CrossValidation.Run(table, design, new ElasticNetOptions(), folds));
        Assert.Throws<LeakedColumnException>(() => EnsembleFit.Equal(table, plans));
    }

    private const int Countries = 24;
    private const int Years = 20;

    private static Panel Panel(Func<(int Country, int Year), double> column) =>
        new(
            Outcome,
            1,
            ["x", "column"],
            from country in Enumerable.Range(0, Countries)
            from year in Enumerable.Range(0, Years)
            select new PanelRow(
                $"c{country:00}",
                year,
                [Mixed(country + year, year), column((country, year))],
                year < Years - 1 ? Onset(country, year + 1) : null
            )
        );

    private static TrainingTable Table(Panel panel) =>
        panel.ToTrainingTable(MeanImputation.Fit(panel.Columns, panel.Rows.Select(row => row.Values)));

    private static FittedModel Fit(TrainingTable table, params string[] columns) =>
        ElasticNet.Fit(table, FeatureDesign.Linear(columns), 0.1, new ElasticNetOptions());
}
