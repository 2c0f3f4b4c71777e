using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Evaluation.Backtesting;
using EarlyWarning.Scoring.Engine.Fitting;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Engine.Tests.Evaluation.Backtesting;

public class PanelTests
{
    private static readonly OutcomeColumns Outcome = new("onset_next");

    [Fact]
    public void KnownBy_LeadOfTwo_StopsTwoPeriodsBack()
    {
        var panel = Panels.History(lead: 2);

        Assert.Equal(2008, panel.KnownBy(2010).Rows[^1].Period);
        Assert.Equal(2009, Panels.History(lead: 0).KnownBy(2010).Rows[^1].Period);
        Assert.Empty(panel.KnownBy(2001).Rows);
        Assert.Equal(27, panel.KnownBy(3000).Rows[^1].Period - 2000);
    }

    [Fact]
    public void ToTrainingTable_UnknownOutcomes_AreLeftOut()
    {
        var panel = new Panel(
            Outcome,
            1,
            ["x"],
            [new("b", 2001, [2], null), new("a", 2001, [double.NaN], true), new("a", 2000, [4], false)]
        );

        var table = panel.ToTrainingTable(MeanImputation.Fit(panel.Columns, panel.Rows.Select(row => row.Values)));

        Assert.Equal([4, 3], table.Column(0).ToArray());
        Assert.Equal(["a", "a"], table.Groups);
        Assert.Equal([2000, 2001], table.Periods);
        Assert.Equal([false, true], table.Outcomes.ToArray());
    }

    [Fact]
    public void Panel_TwoRowsOfOnePeriod_IsRefused() =>
        Assert.Equal("a, 2000", Refusal(1, new("a", 2000, [1], true), new("b", 2000, [1], true), new("a", 2000, [2], false)));

    [Fact]
    public void Panel_RowOfAnotherLength_IsRefused() => Assert.Equal("a, 2000", Refusal(1, new PanelRow("a", 2000, [1, 2], true)));

    [Fact]
    public void Panel_InfiniteValue_IsRefused() =>
        Assert.Equal("x (a, 2000)", Refusal(1, new PanelRow("a", 2000, [double.NegativeInfinity], true)));

    [Fact]
    public void Panel_LeadBelowZero_IsRefused() => Assert.Equal("outcomeLead", Refusal(-1, new PanelRow("a", 2000, [1], true)));

    private static string Refusal(int lead, params PanelRow[] rows) =>
        Assert.Throws<FittingException>(() => new Panel(Outcome, lead, ["x"], rows)).Subject;
}
