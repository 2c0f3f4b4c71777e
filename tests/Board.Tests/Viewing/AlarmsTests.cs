using EarlyWarning.Board.Live;
using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.Board.Viewing;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Board.Tests.Viewing;

public sealed class AlarmsTests
{
    private readonly Alarms _alarms = new();

    [Fact]
    public void Hear_WhatStoodWhenThePageFirstKnew_IsNoNews()
    {
        Assert.Empty(_alarms.Hear(Known.Sight(BoardState.Empty)));

        Assert.Empty(_alarms.Hear(Known.Sight(Known.State().With(Known.Case("AAA", due: TimeSpan.FromMinutes(5))))));
    }

    [Fact]
    public void Hear_ANewSituation_IsSaidOnce()
    {
        _alarms.Hear(Known.Sight(Known.State()));
        var now = Known.Sight(Known.State().With(Known.Case("AAA", Severity.Emergency, due: TimeSpan.FromHours(2))));

        Assert.Equal(["Emergency: Land AAA, High risk"], _alarms.Hear(now));
        Assert.Empty(_alarms.Hear(now));
    }

    [Fact]
    public void Hear_ASituationThatBecomesMoreSevereOrAsksAnew_IsSaidOnceMore()
    {
        var one = Known.Case("AAA", Severity.Warning);
        _alarms.Hear(Known.Sight(Known.State().With(one)));
        var worse = one.Clone();
        (worse.Severity, worse.Sequence) = (Severity.Emergency, 2);
        var again = worse.Clone();
        again.Sequence = 3;
        again.Climbs.Add(new Climb { Number = 2, State = Case.Types.State.AwaitingAcknowledgement });

        Assert.Equal(["Emergency, more severe than before: Land AAA, High risk"], _alarms.Hear(Known.Sight(Known.State().With(worse))));
        Assert.Equal(["Emergency: Land AAA, High risk"], _alarms.Hear(Known.Sight(Known.State().With(again))));
        Assert.Empty(_alarms.Hear(Known.Sight(Known.State().With(again))));
    }

    [Fact]
    public void Resume_OfATabThatWasCutOff_SaysWhatCameMeanwhile_AlsoWhereThatIsKnownLater()
    {
        var before = Known.Case("AAA");
        before.OpenTime = Known.Now.AddHours(-3).ToTimestamp();
        var state = Known.State().With(before).With(Known.Case("BBB", Severity.Emergency));
        var heard = Known.Now.AddHours(-2);

        Assert.Equal(["Emergency: Land BBB, High risk"], _alarms.Resume(Known.Sight(state), heard));
        Assert.Empty(_alarms.Hear(Known.Sight(state)));
        Alarms early = new();
        Assert.Empty(early.Resume(Known.Sight(BoardState.Empty), heard));
        Assert.Equal(["Emergency: Land BBB, High risk"], early.Hear(Known.Sight(state)));
    }

    [Fact]
    public void Hear_ADeadlineThatComesNear_IsSaidOnceToWhoeverCanAnswer()
    {
        var state = Known.State().With(Known.Case("AAA", due: TimeSpan.FromMinutes(20)));
        Alarms bystander = new();
        var near = Known.Sight(state) with { Now = Known.Now.AddMinutes(6) };
        _alarms.Hear(Known.Sight(state));
        bystander.Hear(Known.Sight(state, Bystander));

        Assert.Equal(["Land AAA: an answer is owed within 14 min"], _alarms.Hear(near));
        Assert.Empty(_alarms.Hear(near));
        Assert.Empty(bystander.Hear(near with { Viewer = Bystander }));
    }

    [Fact]
    public void Needed_CountsWhatTheViewerCanAnswer_AndOwedWhatAnybodyOwes()
    {
        var state = Known.State().With(Known.Case("AAA")).With(Known.Case("BBB", state: Case.Types.State.Decided));

        Assert.Equal(1, Known.Sight(state).Needed);
        Assert.Equal((0, 1), (Known.Sight(state, Bystander).Needed, Known.Sight(state, Bystander).Owed));
        Assert.Equal(1, Known.Sight(state, Bystander with { Recipients = ["recipients/r"] }).Needed);
    }

    private static Viewer Bystander { get; } = new(null as IReadOnlySet<string>);
}
