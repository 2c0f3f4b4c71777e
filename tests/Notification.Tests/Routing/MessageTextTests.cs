using EarlyWarning.Notification.Routing;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;

namespace EarlyWarning.Notification.Tests.Routing;

public sealed class MessageTextTests
{
    [Fact]
    public void Breach_Firing_IsThisMessage()
    {
        var message = MessageText.Breach(Breach());

        Assert.Equal("EXERCISE: Emergency: Xabria (XAB), Index at 70 or above", message.Subject);
        Assert.Equal(
            """
            EXERCISE. This is practice: the country and everything said of it are invented.

            EXERCISE. Xabria: Risk of atrocity crimes: 73 of 100, after 61 before (threshold 70). A risk score, not a finding.
            It fired on 1 March 2026 08:00 UTC.

            What to do now: look at what is behind it (`ew breach XAB-1`, or the board), and see that its case is answered. \
            The case asks those on the ladder by itself, each with a time of their own.
            Reference: breaches/XAB-1
            """.Replace("\\\n", "", StringComparison.Ordinal).ReplaceLineEndings(),
            message.Body
        );
    }

    [Fact]
    public void Breach_MovedByMoreThanItsSentenceNames_ListsThem()
    {
        var breach = Breach();
        breach.Movements.Add(
            Enumerable
                .Range(0, 5)
                .Select(n => new V1.Movement
                {
                    DisplayName = $"Sign {n}",
                    ValueAfter = n,
                    Amount = 1,
                })
        );

        Assert.Contains(
            """
            What moved it, largest first:
            - Incitement by officials: 2 to 5 cases
            - Sign 0: no valid value to 0
            - Sign 1: no valid value to 1
            - Sign 2: no valid value to 2
            - Sign 3: no valid value to 3
            - and 1 more
            """.ReplaceLineEndings(),
            MessageText.Breach(breach).Body,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Breach_Resolved_TellsOfTheResolutionAndNothingOfTheFiring()
    {
        var message = MessageText.Breach(new(Resolved()) { Exercise = false });

        Assert.Equal("Resolved: Xabria (XAB), Index at 70 or above", message.Subject);
        Assert.Equal(
            """
            Xabria: Risk of atrocity crimes: 48 of 100, after 73 when it fired.
            It fired on 1 March 2026 08:00 UTC and ended on 4 March 2026 08:00 UTC.

            What to do now: nothing for this breach. Its case stays open until people decide it or stand it down.
            Reference: breaches/XAB-1
            """.ReplaceLineEndings(),
            message.Body
        );
    }

    [Fact]
    public void Breach_OverBeforeAnybodyWasTold_IsNoMereResolution()
    {
        var message = MessageText.Breach(new(Resolved()) { Sequence = 1, Exercise = false });

        Assert.Equal("Received late, and over: Xabria (XAB), Index at 70 or above", message.Subject);
        Assert.Contains("What to do now: look at what came late and why", message.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Breach_Superseded_DoesNotPassForAResolution()
    {
        var message = MessageText.Breach(new(Resolved()) { State = V1.Breach.Types.State.Superseded });

        Assert.Equal("EXERCISE: No longer watched as it was: Xabria (XAB), Index at 70 or above", message.Subject);
        Assert.DoesNotContain("esolved", message.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Step_OfACase_IsThisMessage()
    {
        var escalation = Escalation(next: new V1.Step { Number = 2, DisplayName = "Competent national authorities" });
        escalation.Case.Exercise = false;

        var message = MessageText.Step(escalation);

        Assert.Equal("Answer by 1 March 2026 14:00 UTC: Emergency: Xabria (XAB), Index at 70 or above", message.Subject);
        Assert.Equal(
            """
            Xabria: Risk of atrocity crimes: 73 of 100, after 61 before (threshold 70). A risk score, not a finding.
            The condition still holds.

            You are asked as A step (national focal point).
            What to do by 1 March 2026 14:00 UTC: acknowledge the case, on the board or with
              ew acknowledge c1 --as {reader}
            Without an answer by then the case goes to the next step: Competent national authorities.
            Then record what you decide, with
              ew decide c1 --as {reader} --decision … --rationale …
            Reference: cases/c1, step 1 of 2; behind it breaches/XAB-1
            """.ReplaceLineEndings(),
            message.Body
        );
        Assert.Equal(Start.AddHours(6), message.AnswerDueTime.ToDateTimeOffset());
        Assert.Equal(("cases/c1", 1, "breaches/XAB-1"), (message.Case, message.Step, message.Breach));
    }

    [Fact]
    public void Step_AfterTheStateHasDecided_SaysWhatAndWhen()
    {
        var escalation = Escalation();
        escalation.Case.Climbs[0].StateDecision = new()
        {
            Time = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(Start),
            Text = "The ministry decided: preventive action by the competent authorities. Police went.",
        };

        Assert.Contains(
            "The State concerned has decided on 1 March 2026 08:00 UTC, which does not end its own climb: an answer is asked for all the "
                + "same. The ministry decided: preventive action by the competent authorities. Police went.",
            MessageText.Step(escalation).Body,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Step_LastOfTheLadder_SaysThatThereIsNoFurtherOne() =>
        Assert.Contains("the ladder has no further step", MessageText.Step(Escalation()).Body, StringComparison.Ordinal);

    [Fact]
    public void Step_OfADecisionMaker_AsksForTheDecision() =>
        Assert.Contains(
            "whether to bring the situation to the Security Council's attention",
            MessageText.Step(Escalation(V1.Role.DecisionMaker)).Body,
            StringComparison.Ordinal
        );

    [Fact]
    public void Step_FurtherCause_IsToldOfAndAsksForNothingNew()
    {
        var escalation = Escalation();
        escalation.Case.Causes.Add(
            new V1.Cause
            {
                Id = "unf/camps",
                Title = "Camps",
                Sentence = "Camps are being built.",
                Severity = V1.Severity.Advisory,
            }
        );
        escalation.NotedCause = "unf/camps";

        var message = MessageText.Step(escalation);

        Assert.Equal("EXERCISE: For your information: Advisory: Xabria (XAB), Camps", message.Subject);
        Assert.Contains("Camps are being built.", message.Body, StringComparison.Ordinal);
        Assert.Contains("nothing new is asked of you", message.Body, StringComparison.Ordinal);
        Assert.Null(message.AnswerDueTime);
    }

    [Fact]
    public void Step_ActTakenBack_SaysSoAndWhatComesNext()
    {
        var escalation = Escalation();
        escalation.Withdrawn = "The focal withdrew the acknowledgement of step 1.";

        var message = MessageText.Step(escalation);

        Assert.StartsWith("EXERCISE: Taken back: ", message.Subject, StringComparison.Ordinal);
        Assert.Contains(escalation.Withdrawn, message.Body, StringComparison.Ordinal);
        Assert.Contains("What comes next", message.Body, StringComparison.Ordinal);
        Assert.Contains("ew acknowledge c1 --as {reader}", message.Body, StringComparison.Ordinal);
        Assert.Null(message.AnswerDueTime);
    }

    [Fact]
    public void Step_CaseWithSeveralCauses_NamesThoseThatAreAskedAbout()
    {
        var escalation = Escalation();
        escalation.Case.Causes.Add(new V1.Cause { Id = "unf/camps", Title = "Camps" });

        Assert.Contains(
            "ew acknowledge c1 --as {reader} --cause unf/index\n",
            MessageText.Step(escalation).Body.ReplaceLineEndings("\n"),
            StringComparison.Ordinal
        );
    }
}
