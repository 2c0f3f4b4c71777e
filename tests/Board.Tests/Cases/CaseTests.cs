using Bunit;
using EarlyWarning.Board.Cases;
using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using CaseState = EarlyWarning.V1.Case.Types.State;

namespace EarlyWarning.Board.Tests.Cases;

public sealed class CaseTests : PageContext
{
    private static readonly Recipient s_focal = Who("focal", Role.FocalPoint);
    private static readonly Recipient s_authority = Who("authority", Role.CompetentAuthority);
    private static readonly Recipient s_decider = Who("decider", Role.DecisionMaker);

    [Fact]
    public void Offer_ToAFocalPoint_IsToAnswerAsItself()
    {
        Viewer focal = new(new HashSet<string> { "AAA" }) { Recipients = [s_focal.Name], Lacks = [Permission.CaseStandDown] };

        var offer = Assert.Single(Offers(Known.Case("AAA"), focal));

        Assert.Equal((CaseAct.Acknowledge, false), (offer.CaseAct, offer.IsForOthers));
        Assert.Equal([s_focal], offer.Own);
        Assert.Empty(offer.Others);
    }

    [Fact]
    public void Offer_ToAnOperator_IsToRecordAnAnswerOfThoseWhoWereAsked_AndOfNobodyElse()
    {
        Viewer desk = new(null) { Records = true, Lacks = [Permission.CaseStandDown] };

        var offer = Assert.Single(Offers(Known.Case("AAA"), desk));

        Assert.True(offer.IsForOthers);
        Assert.Equal([s_focal], offer.Others);
    }

    [Fact]
    public void Offer_ToWhoeverOnlyReads_IsNone()
    {
        Viewer reviewer = new(null) { Lacks = [Permission.CaseAcknowledge, Permission.CaseDecide, Permission.CaseStandDown] };

        Assert.Empty(Offers(Known.Case("AAA"), reviewer));
    }

    [Fact]
    public void Offer_OfAClosedCase_IsNone()
    {
        var closed = Known.Case("AAA", state: CaseState.StoodDown);
        closed.CloseTime = Known.Now.ToTimestamp();

        Assert.Empty(Offers(closed, Viewer.Anybody));
    }

    [Fact]
    public void Offer_OfADecision_ComesWithTheFirstAnswer()
    {
        var answered = Known.Case("AAA", state: CaseState.AwaitingDecision);
        answered.Climbs[0].Steps[0].AcknowledgeTime = Known.Now.ToTimestamp();

        Assert.DoesNotContain(Offers(Known.Case("AAA"), Viewer.Anybody), one => one.CaseAct == CaseAct.Decide);
        var decide = Assert.Single(Offers(answered, Viewer.Anybody), one => one.CaseAct == CaseAct.Decide);
        Assert.Equal([s_focal, s_decider], decide.Others);
    }

    [Fact]
    public void Offer_ToAcknowledge_IsNotOfWhoHasAndWhoseAnswerStands()
    {
        var one = Known.Case("AAA", state: CaseState.AwaitingDecision);
        Assert.Equal([s_focal], Assert.Single(Offers(one, Desk), offer => offer.CaseAct == CaseAct.Acknowledge).Others);
        var answer = Answered(one);
        Assert.DoesNotContain(Offers(one, Desk), offer => offer.CaseAct == CaseAct.Acknowledge);

        answer.WithdrawTime = Known.Now.ToTimestamp();
        Assert.Equal([s_focal], Assert.Single(Offers(one, Desk), offer => offer.CaseAct == CaseAct.Acknowledge).Others);
    }

    [Fact]
    public void Offer_ToWithdraw_IsOfWhatStandsAndNoDecisionGoesBy()
    {
        var one = Known.Case("AAA", state: CaseState.AwaitingDecision);
        Assert.DoesNotContain(Offers(one, Desk), offer => offer.CaseAct == CaseAct.Withdraw);
        var answer = Answered(one);
        Assert.Equal([s_focal], Assert.Single(Offers(one, Desk), offer => offer.CaseAct == CaseAct.Withdraw).Others);

        answer.Decided = true;
        Assert.DoesNotContain(Offers(one, Desk), offer => offer.CaseAct == CaseAct.Withdraw);
        (answer.Decided, answer.WithdrawTime) = (false, Known.Now.ToTimestamp());
        Assert.DoesNotContain(Offers(one, Desk), offer => offer.CaseAct == CaseAct.Withdraw);
    }

    [Fact]
    public void Offer_ToReopen_IsOfWhatWasStoodDown_ToWhoeverMayStandDown()
    {
        var closed = Known.Case("AAA", state: CaseState.StoodDown);
        (closed.CloseTime, closed.Causes[0].CloseTime) = (Known.Now.ToTimestamp(), Known.Now.ToTimestamp());

        Assert.Equal(["f/index"], Offer.Reopen(File(closed), Viewer.Anybody)?.Causes);
        Assert.Null(Offer.Reopen(File(closed), new Viewer(null) { Lacks = [Permission.CaseStandDown] }));
        Assert.Null(Offer.Reopen(File(Known.Case("AAA")), Viewer.Anybody));
    }

    [Fact]
    public void UndoneBy_AnAcknowledgement_IsItsWithdrawalAboutAllOfItsCauses()
    {
        var one = Known.Case("AAA", state: CaseState.AwaitingDecision);
        Answered(one);
        var offers = Offers(one, Desk);
        RecordedAct act = new(CaseAct.Acknowledge, s_focal.Name, ["f/index"], "");

        Assert.Equal(CaseAct.Withdraw, act.UndoneBy(offers)?.CaseAct);
        Assert.Null((act with { Recipient = s_authority.Name }).UndoneBy(offers));
        Assert.Null((act with { Causes = ["f/index", "f/camps"] }).UndoneBy(offers));
        Assert.Null((act with { CaseAct = CaseAct.Decide }).UndoneBy(offers));
    }

    [Fact]
    public void Picture_OfAnAnswerThatWasWithdrawn_SaysBothAndThatItWaits()
    {
        var one = Known.Case("AAA", due: TimeSpan.FromHours(1));
        var answer = Answered(one);
        (answer.WithdrawTime, one.Climbs[0].Steps[0].AcknowledgeTime) = (Known.Now.ToTimestamp(), null);

        var picture = Show<LadderPicture>(Known.Sight(Known.State()), ("File", File(one)), ("Climb", one.Climbs[0]));

        var step = picture.Find("li");
        Assert.Contains("and withdrew it", step.TextContent, StringComparison.Ordinal);
        Assert.NotNull(step.QuerySelector("line.withdrawn"));
        Assert.NotNull(step.QuerySelector("line.answered"));
        Assert.Contains("asked", step.ClassName, StringComparison.Ordinal);
    }

    [Fact]
    public void Scale_OfALadder_PlacesWhatIsToComeWhereItWouldCome()
    {
        var one = Known.Case("AAA", due: TimeSpan.FromHours(1));
        TimeScale whole = new(one, one.Climbs[0], Known.Now, soFar: false);
        TimeScale soFar = new(one, one.Climbs[0], Known.Now, soFar: true);

        Assert.Equal((Known.Now.AddHours(-1), Known.Now.AddHours(5)), (whole.From, whole.To));
        Assert.Equal((Known.Now.AddHours(1), Known.Now.AddHours(5)), whole.Window(one.Climbs[0].Steps[1]));
        Assert.Equal(100 / 6.0, whole.Place(Known.Now), 6);
        Assert.Equal(100, soFar.Place(Known.Now));
    }

    [Fact]
    public void Scale_OfAStepWithNobodyToAsk_TakesNoTime()
    {
        var one = Known.Case("AAA");
        var step = one.Climbs[0].Steps[0];
        (step.AskTime, step.AcknowledgeDueTime, step.Unaddressed) = (null, null, "The directory names nobody.");
        one.Climbs[0].CurrentStep = 2;

        TimeScale scale = new(one, one.Climbs[0], Known.Now, soFar: false);

        Assert.Equal((Known.Now.AddHours(-1), Known.Now.AddHours(-1)), scale.Window(step));
    }

    private static Viewer Desk => new(null) { Records = true, Lacks = [Permission.CaseStandDown] };

    private static StepAcknowledgement Answered(Case one)
    {
        StepAcknowledgement answer = new()
        {
            Recipient = s_focal.Name,
            DisplayName = s_focal.DisplayName,
            Time = Known.Now.AddMinutes(-30).ToTimestamp(),
        };
        one.Climbs[0].Steps[0].Acknowledgements.Add(answer);
        one.Climbs[0].Steps[0].AcknowledgeTime = answer.Time;
        return answer;
    }

    private static CaseFile File(Case one) => new(one, [], [], [], [], [s_focal, s_authority, s_decider]);

    private static List<Offer> Offers(Case one, Viewer viewer) => [.. Offer.Of(File(one), one.Climbs[0], viewer, mayOverride: false)];

    private static Recipient Who(string id, Role role) =>
        new()
        {
            Name = $"recipients/{id}",
            DisplayName = id,
            Role = role,
        };
}
