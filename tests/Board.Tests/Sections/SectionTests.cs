using Bunit;
using EarlyWarning.Board.Live;
using EarlyWarning.Board.Sections;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Ranking = EarlyWarning.Board.Sections.Ranking;

namespace EarlyWarning.Board.Tests.Sections;

public sealed class SectionTests : BunitContext
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly Framework s_framework = new()
    {
        Name = "frameworks/f/versions/1",
        DisplayName = "F",
        Composite = new() { Root = new() { Code = "risk" } },
    };

    private static BoardState Live => BoardState.Empty with { HeardAt = s_now };

    [Fact]
    public void Banner_NothingHeard_SaysSoAloud() =>
        Assert.Contains(
            "Nothing has been heard",
            Show<Banner>(BoardState.Empty).Find("[role=alert]").TextContent,
            StringComparison.Ordinal
        );

    [Fact]
    public void Banner_PartOfTheFeedBroken_NamesPartReasonAndAge()
    {
        var state = Live with { HeardAt = s_now.AddSeconds(-42), Broken = Live.Broken.Add("breaches", "Connection refused") };

        var alert = Show<Banner>(state).Find("[role=alert]").TextContent;

        Assert.Contains("no news of breaches", alert, StringComparison.Ordinal);
        Assert.Contains("42 s ago", alert, StringComparison.Ordinal);
        Assert.Contains("Connection refused", alert, StringComparison.Ordinal);
    }

    [Fact]
    public void Banner_Exercise_SaysExercise() =>
        Assert.StartsWith("EXERCISE", Show<Banner>(Live with { Exercise = true }).Find(".exercise").TextContent, StringComparison.Ordinal);

    [Fact]
    public void Banner_LiveAndActual_IsEmpty() => Assert.Empty(Show<Banner>(Live).Markup.Trim());

    [Fact]
    public void Status_WorstLineComesFirst_InWordsAndWithWhatToDo()
    {
        var status = new GetStatusResponse
        {
            Lines =
            {
                new StatusLine
                {
                    Subject = "store",
                    Health = Health.Ok,
                    Text = "Answers.",
                },
                new StatusLine
                {
                    Subject = "intake",
                    Health = Health.Failing,
                    Text = "Off.",
                    Action = "Bring the store back.",
                },
            },
        };

        var first = Show<StatusStrip>(Live with { Status = status }).FindAll("li")[0].TextContent;

        Assert.Contains("failing: intake", first, StringComparison.Ordinal);
        Assert.Contains("Bring the store back.", first, StringComparison.Ordinal);
    }

    [Fact]
    public void Status_TwoHeadings_StandApartEachWithItsAnswer()
    {
        var status = new GetStatusResponse
        {
            Lines =
            {
                new StatusLine
                {
                    Subject = "store",
                    Health = Health.Ok,
                    Text = "Answers.",
                    Heading = Heading.Path,
                },
                new StatusLine
                {
                    Subject = "cases",
                    Health = Health.Failing,
                    Text = "Exhausted.",
                    Heading = Heading.Answers,
                },
            },
        };

        var page = Show<StatusStrip>(Live with { Status = status });

        Assert.Equal(
            ["Does the path of a warning work? yes", "Who has not answered? see below, now"],
            page.FindAll("h3").Select(heading => heading.TextContent)
        );
        Assert.Contains("store", page.Find("[data-heading=path]").TextContent, StringComparison.Ordinal);
        Assert.Contains("cases", page.Find("[data-heading=answers]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranking_HighestLevelThenHighestScore_IsFirst()
    {
        var intent = Risk("BBB", 20);
        (intent.Level, intent.LevelOrder, intent.DecidingNode, intent.DecidingNodeName) = ("severe", 4, "r10", "Signs of intent");
        var state = Ranked(Risk("DDD", 30), intent, Risk("CCC", 70));

        var page = Show<Ranking>(state);

        Assert.Equal(["BBB", "CCC", "DDD"], page.FindAll(".ranking tr[data-country]").Select(row => row.GetAttribute("data-country")));
        Assert.Contains("by Signs of intent", page.Find("tr[data-country=BBB]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranking_InsufficientData_IsListedApartWithoutARank()
    {
        var known = Risk("AAA", null);
        (known.LevelAtLeast, known.LevelOrder, known.DecidingNodeName, known.Coverage) = ("severe", 4, "Signs of intent", 0.1);
        known.Missing.Add(
            new MissingPart
            {
                Code = "common",
                DisplayName = "Common risk factors",
                Weight = 0.5,
            }
        );
        var state = Ranked(Risk("BBB", 20), Risk("CCC", null), known);

        var page = Show<Ranking>(state);

        Assert.Equal(["BBB"], page.FindAll(".ranking tr[data-country]").Select(row => row.GetAttribute("data-country")));
        Assert.Equal(["AAA", "CCC"], page.FindAll(".insufficient tr[data-country]").Select(row => row.GetAttribute("data-country")));
        Assert.Contains("does not mean a low risk", page.Markup, StringComparison.Ordinal);
        var row = page.Find("tr[data-country=AAA]").TextContent;
        Assert.Contains("severe or higher, by Signs of intent", row, StringComparison.Ordinal);
        Assert.Contains("Common risk factors", row, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranking_NoCountryWithValidData_SaysSoAndNotThatNoneWasObserved()
    {
        var (one, other) = (Risk("AAA", null), Risk("BBB", null));
        (one.Coverage, other.Coverage) = (0, 0);

        var page = Show<Ranking>(Ranked(one, other));

        Assert.Contains(
            "The 2 countries followed have no valid data under this framework. That does not mean a low risk.",
            page.Markup,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("No country has been observed", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranking_FaultyAndFiringCountry_IsMarkedInWords()
    {
        var risk = Risk("AAA", 90);
        (risk.Faulty, risk.FiringThresholds) = (true, 2);

        var row = Show<Ranking>(Ranked(risk)).Find("tr[data-country=AAA]").TextContent;

        Assert.Contains("faulty", row, StringComparison.Ordinal);
        Assert.Contains("2 firing", row, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranking_NobodyObserved_SaysWhatToDo() =>
        Assert.Contains("ew observe", Show<Ranking>(Ranked()).Markup, StringComparison.Ordinal);

    [Fact]
    public void Cases_OpenCase_ShowsWhoIsAskedWhoAnsweredAndHowToAnswer()
    {
        var open = new Case
        {
            Name = "cases/AAA-1",
            Country = "AAA",
            CountryName = "Aland",
            State = Case.Types.State.AwaitingAcknowledgement,
            Severity = Severity.Warning,
            OpenTime = s_now.ToTimestamp(),
            Causes =
            {
                new Cause
                {
                    Id = "un/index",
                    Title = "High risk",
                    Sentence = "The score rose.",
                    Climb = 1,
                },
            },
            Climbs =
            {
                new Climb
                {
                    Number = 1,
                    Causes = { "un/index" },
                    CurrentStep = 3,
                    DueTime = s_now.AddMinutes(5).ToTimestamp(),
                    Due = "Step 4 is asked unless somebody answers.",
                    Steps =
                    {
                        new Step
                        {
                            Number = 1,
                            DisplayName = "Focal point",
                            ReachTime = s_now.ToTimestamp(),
                            AcknowledgeTime = s_now.ToTimestamp(),
                            AcknowledgedBy = "A. Focal",
                        },
                        new Step
                        {
                            Number = 2,
                            DisplayName = "Ministry",
                            ReachTime = s_now.ToTimestamp(),
                            Unaddressed = "The directory names nobody in this role for AAA.",
                        },
                        new Step
                        {
                            Number = 3,
                            DisplayName = "Authorities",
                            ReachTime = s_now.ToTimestamp(),
                        },
                        new Step { Number = 4, DisplayName = "Region" },
                    },
                },
            },
            Entries =
            {
                new CaseEntry
                {
                    Time = s_now.ToTimestamp(),
                    Kind = CaseEntry.Types.Kind.Acknowledged,
                    Actor = "A. Focal",
                    Text = "answered",
                },
            },
        };

        var page = Show<Cases>(Live with { Cases = Live.Cases.Add(open.Name, open) });

        Assert.Contains("answered by A. Focal", page.Find("li.answered").TextContent, StringComparison.Ordinal);
        Assert.Contains("nobody to ask", page.Find("li.silent").TextContent, StringComparison.Ordinal);
        Assert.Contains("The score rose.", page.Find("ul.causes").TextContent, StringComparison.Ordinal);
        Assert.Contains("no answer yet", page.Find("li.current").TextContent, StringComparison.Ordinal);
        Assert.Contains("not asked", page.Find("li.ahead").TextContent, StringComparison.Ordinal);
        Assert.Contains("(unverified)", page.Find(".entries").TextContent, StringComparison.Ordinal);
        Assert.Contains("ew acknowledge AAA-1", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Breaches_TextFromOutside_IsEscaped()
    {
        var breach = new Breach
        {
            Name = "breaches/AAA-1",
            Country = "AAA",
            CountryName = "<b>Aland</b>",
            State = Breach.Types.State.Firing,
            Framework = "frameworks/f/versions/1",
            Sentence = "<script>alert(1)</script>",
            FireTime = s_now.ToTimestamp(),
            Threshold = new() { DisplayName = "High", Severity = Severity.Emergency },
        };

        var page = Show<EarlyWarning.Board.Sections.Breaches>(Live with { Breaches = Live.Breaches.Add(breach.Name, breach) });

        Assert.Empty(page.FindAll("script"));
        Assert.Contains("<script>alert(1)</script>", page.Find("[data-breach]").TextContent, StringComparison.Ordinal);
    }

    private static BoardState Ranked(params CountryRisk[] risks) =>
        Live with
        {
            Frameworks = Live.Frameworks.Add("f", s_framework),
            Risks = Live.Risks.SetItems(risks.Select(risk => KeyValuePair.Create(risk.Name, risk))),
        };

    private static CountryRisk Risk(string country, double? score)
    {
        var risk = new CountryRisk
        {
            Name = $"frameworks/f/risks/{country}",
            Country = country,
            CountryName = country,
            Framework = s_framework.Name,
            State = score is null ? DataState.Insufficient : DataState.Sufficient,
            Coverage = 0.5,
            ChangeTime = s_now.ToTimestamp(),
        };
        if (score is { } known)
        {
            (risk.Score, risk.Level, risk.LevelOrder) = (known, "low", 0);
        }

        return risk;
    }

    private IRenderedComponent<T> Show<T>(BoardState state)
        where T : Microsoft.AspNetCore.Components.IComponent =>
        Render<T>(
            (ComponentParameterCollectionBuilder<T> parameters) =>
            {
                parameters.TryAdd("State", state);
                parameters.TryAdd("Now", s_now);
            }
        );
}
