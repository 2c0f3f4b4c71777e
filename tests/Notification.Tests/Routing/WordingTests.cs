using EarlyWarning.Notification.Routing;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;

namespace EarlyWarning.Notification.Tests.Routing;

public sealed class WordingTests
{
    [Fact]
    public void Breach_OfAnExercise_SaysSoFirst()
    {
        var message = Wording.Breach(Breach());

        Assert.Equal("EXERCISE: Emergency: Xabria (XAB), Index at 70 or above", message.Subject);
        Assert.StartsWith("EXERCISE.", message.Body, StringComparison.Ordinal);
        Assert.True(message.Exercise);
    }

    [Fact]
    public void Breach_Firing_SaysWhatWhyHowSureAndWhatIsAsked()
    {
        var body = Wording.Breach(Breach()).Body;

        Assert.Contains("The index rose from 61 to 72.5", body, StringComparison.Ordinal);
        Assert.Contains("- Incitement by officials: 2 to 5 cases (+8.25)", body, StringComparison.Ordinal);
        Assert.Contains("score 72.5 (high), with 90% probability between 66 and 79, from valid data for 81% of the weight", body.Replace(" %", "%", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Asked of you: check the observations", body, StringComparison.Ordinal);
        Assert.EndsWith("breaches/XAB-1", body, StringComparison.Ordinal);
    }

    [Fact]
    public void Breach_Actual_DoesNotSayExercise()
    {
        var message = Wording.Breach(new(Breach()) { Exercise = false });

        Assert.DoesNotContain("EXERCISE", message.Subject + message.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Breach_Superseded_DoesNotSayThatTheRiskWentDown()
    {
        var message = Wording.Breach(new(Resolved()) { State = V1.Breach.Types.State.Superseded });

        Assert.Contains("does not say that the risk has gone down", message.Body, StringComparison.Ordinal);
        Assert.StartsWith("EXERCISE: Ended by an edit", message.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void Step_OfACase_SaysUntilWhen()
    {
        var message = Wording.Step(Escalation());

        Assert.Equal(Start.AddHours(6), message.AnswerDueTime.ToDateTimeOffset());
        Assert.Contains("Acknowledge by 2026-03-01 14:00:00 UTC", message.Body, StringComparison.Ordinal);
        Assert.Equal(("cases/c1", 1, "breaches/XAB-1"), (message.Case, message.Step, message.Breach));
    }

    [Fact]
    public void Step_OfADecisionMaker_AsksForTheDecision() => Assert.Contains(
        "whether to bring the situation to the Security Council's attention", Wording.Step(Escalation(V1.Role.DecisionMaker)).Body, StringComparison.Ordinal);
}
