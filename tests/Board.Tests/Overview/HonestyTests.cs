using Bunit;
using EarlyWarning.Board.Overview;
using EarlyWarning.Board.Parts;
using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.Board.Viewing;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using CaseState = EarlyWarning.V1.Case.Types.State;

namespace EarlyWarning.Board.Tests.Overview;

/// <summary>What is not known is never shown as well, as nothing, or as over.</summary>
public sealed class HonestyTests : PageContext
{
    [Fact]
    public void Lines_StatusHeardOnceAndNoLonger_IsNotKnown()
    {
        var state = Known.State() with
        {
            Status = new() { PathHealth = Health.Ok },
            Broken = Known.State().Broken.Add("status", "Deadline exceeded"),
        };

        var page = Show<Lines>(Known.Sight(state));

        Assert.Contains("is not known", page.Find(".path").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("path of a warning works.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_CasesHeardOnceAndNoLonger_SayWhatWasOwedThen()
    {
        var state = Known.State().With(Known.Case("AAA", due: TimeSpan.FromHours(1))) with
        {
            Broken = Known.State().Broken.Add("cases", "Connection refused"),
        };

        var owed = Show<Lines>(Known.Sight(state)).Find(".owed").TextContent;

        Assert.Contains("When last heard: 1 answer owed.", owed, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_LadderEndedWithoutAnAnswer_DoNotSayThatNobodyOwesOne()
    {
        var ended = Known.Case("AAA", state: CaseState.Exhausted);
        ended.Climbs[0].Steps[0].AcknowledgeDueTime = Known.Now.AddMinutes(-5).ToTimestamp();

        var owed = Show<Lines>(Known.Sight(Known.State().With(ended))).Find(".owed").TextContent;

        Assert.DoesNotContain("Nobody owes an answer", owed, StringComparison.Ordinal);
        Assert.Contains("1 step is late", owed, StringComparison.Ordinal);
        Assert.Contains("1 ladder ended", owed, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_AllAnsweredAndDecided_CountNoStepAsLate()
    {
        var decided = Known.Case("AAA", state: CaseState.Decided);
        decided.Climbs[0].Steps[0].AcknowledgeDueTime = Known.Now.AddMinutes(-5).ToTimestamp();

        var owed = Show<Lines>(Known.Sight(Known.State().With(decided))).Find(".owed").TextContent;

        Assert.Contains("Nobody owes an answer.", owed, StringComparison.Ordinal);
        Assert.DoesNotContain("late", owed, StringComparison.Ordinal);
    }

    [Fact]
    public void Situations_CasesHeardOnceAndNoLonger_SayThatNoneWasOpenThen()
    {
        var state = Known.State() with { Broken = Known.State().Broken.Add("cases", "Connection refused") };

        var page = Show<Situations>(Known.Sight(state)).Markup;

        Assert.Contains("When last heard no case was open.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("No case is open.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Situations_ThresholdFiresWithoutACaseForLongerThanOneTakes_NameTheCountry()
    {
        var (firing, known) = (Known.Risk("AAA", 90, 2), Known.Risk("BBB", 95, 2));
        (firing.FiringThresholds, known.FiringThresholds) = (1, 1);
        var state = Known.State(firing, known).With(Known.Case("BBB"));

        // The case of a breach comes after it: until then nothing is wrong.
        Assert.Empty(Show<Situations>(After(4)).FindAll(".unasked"));

        var later = Show<Situations>(After(5));

        Assert.Contains("1 country without an open case: Land AAA.", later.Find(".unasked").TextContent, StringComparison.Ordinal);

        Sight After(int seconds) => new(state, Viewer.Anybody, Known.Now.AddSeconds(seconds), null);
    }

    [Fact]
    public void Situations_OfAnotherViewersCountry_NameNoneThatFires()
    {
        var firing = Known.Risk("AAA", 90, 2);
        firing.FiringThresholds = 1;

        var page = Show<Situations>(Known.Sight(Known.State(firing), new Viewer(new HashSet<string> { "BBB" })));

        Assert.DoesNotContain("Land AAA", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Situation_DataGoneSinceItFired_DoesNotSayThatItsConditionHolds()
    {
        var silent = Known.Risk("AAA", null);
        silent.FiringThresholds = 1;
        silent.Missing.Add(new MissingPart { DisplayName = "Attacks", Stale = true });
        silent.Missing.Add(new MissingPart { DisplayName = "Courts" });

        var open = Known.Case("AAA", due: TimeSpan.FromHours(1));
        open.Firing = true;

        var page = Show<Situations>(Known.Sight(Known.State(silent).With(open)));

        var words = page.Find("article header").TextContent;
        Assert.DoesNotContain("still holds", words, StringComparison.Ordinal);
        Assert.Contains("fires; too little data for a score", words, StringComparison.Ordinal);
        Assert.Contains("no news of Attacks, no data on Courts", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Since_CasesHeardOnceAndNoLonger_DoesNotSayThatNothingHappened()
    {
        var state = Known.State() with { Broken = Known.State().Broken.Add("cases", "Connection refused") };

        var page = Show<Since>(Known.Sight(state, seen: Known.Now.AddHours(-1))).Markup;

        Assert.DoesNotContain("Nothing has happened", page, StringComparison.Ordinal);
    }
}
