using EarlyWarning.Driver.Judging;
using EarlyWarning.Driver.Reports;
using EarlyWarning.Driver.Scenarios;

namespace EarlyWarning.Load.Tests.Judging;

public class SteadyStateTests
{
    private static readonly ClosedProfile s_closed = new(16);

    [Fact]
    public void Judge_OfAnEvenRate_IsSteady() => Assert.True(SteadyState.Judge(s_closed, Windows(i => 100 + (i % 3), _ => 5)).IsSteady);

    [Fact]
    public void Judge_OfARateThatFalls_IsNot()
    {
        var judged = SteadyState.Judge(s_closed, Windows(i => 200 - (3 * i), _ => 5));

        Assert.False(judged.IsSteady);
        Assert.InRange(judged.DriftPercent, -65, -50);
    }

    [Fact]
    public void Judge_OfAnOpenFlowWhoseQueueGrows_IsNot() =>
        Assert.False(SteadyState.Judge(OpenProfile.Inject(100), Windows(_ => 100, i => 5 + (10 * i))).IsSteady);

    [Fact]
    public void Judge_OfALoadThatChangesByIntent_DoesNotAsk() =>
        Assert.True(SteadyState.Judge(new OpenProfile([new(1, 100, 1)]), Windows(i => i, i => 10 * i)).IsSteady);

    [Fact]
    public void Judge_OfAFewSeconds_DoesNotSaySteady() =>
        Assert.False(SteadyState.Judge(s_closed, Windows(_ => 100, _ => 5)[..5]).IsSteady);

    private static List<Window> Windows(Func<int, long> calls, Func<int, double> median) =>
        [
            .. Enumerable
                .Range(0, 30)
                .Select(i => new Window(i + 1, calls(i), calls(i), calls(i), 0, median(i), 2 * median(i), 3 * median(i), 1)),
        ];
}
